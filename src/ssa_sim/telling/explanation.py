"""What an explanation of readiness says: tables and sentences of the last month explained."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ssa_sim.analysis.explanation import PARTS, Explanation, state_of
from ssa_sim.analysis.ledger import Entry
from ssa_sim.catalogue.outcomes import outcome_named
from ssa_sim.model.month import Phase
from ssa_sim.telling.table import Column, Row, Table
from ssa_sim.telling.values import EMPTY, Fixed, Text, Told, Value
from ssa_sim.words import glossary
from ssa_sim.words.numbers import fixed, whole
from ssa_sim.words.texts import Language, Word, texts

_MOST_NAMED = 2
_WORTH_NAMING = 0.1
"""Share of the month's largest effect below which the sentence names no rule."""
_FEWEST_DECIMALS, _MOST_DECIMALS = 3, 5
_ARROW = "→"
_DECIMALS_OF_PARTS = 3


WIDEST = 120
"""Columns beyond which lines of text are hard to read."""


def told(made: Explanation, language: Language = "en") -> Iterator[Table | str]:
    """Where the unit stands, a line a rule, a line a part of readiness, and the month in one sentence."""
    yield f"{title(made, language)}\n"
    yield f"{context(made, language)}\n"
    yield _rules_table(made, language)
    yield _parts_table(made)
    yield f"{texts(language, 'explanation')('note')}\n"
    yield sentence(made, language)


def as_json(made: Explanation, language: Language = "en") -> dict[str, object]:
    """The facts, with what people call rules and parts, and the sentence."""
    shares = made.rules.set_index("rule")[list(PARTS)].to_dict(orient="index")
    rules = [
        {
            "rule": line.rule,
            "label": line.label,
            "phase": line.phase,
            "change": line.change,
            "parts": {part: shares[line.rule][part] for part in line.parts},
            "effects": list(line.effects),
        }
        for line in rule_lines(made, language)
    ]
    facts = made.as_json()
    rows: Any = facts["parts"]
    parts = [{"part": row["part"], "label": part_label(row["part"], language), **row} for row in rows]
    return {**facts, "rules": rules, "parts": parts, "sentence": sentence(made, language)}


def _rules_table(made: Explanation, language: Language) -> Table:
    """A line a rule, the largest effect first, and their sum."""
    digits = decimals(made)
    said = texts(language, "explanation")
    rows = []
    for line in rule_lines(made, language):
        moved = ", ".join(part_label(part, language) for part in line.parts)
        cells = (line.phase, line.label, moved, said("semicolon").join(line.effects))
        rows.append(Row(Fixed(line.change, digits, signed=True), tuple(map(Text, cells))))
    total = (EMPTY, Word("explanation.total"), EMPTY, EMPTY)
    rows.append(Row(Fixed(made.change, digits, signed=True), total, is_apart=True))
    columns = [Column(Word(f"explanation.headings.{name}"), "text") for name in ("phase", "rule", "moved", "effects")]
    return Table(Word("explanation.rules"), [Column(Word("explanation.headings.change"), breaks=False), *columns], rows)


def _parts_table(made: Explanation) -> Table:
    """A line a part of readiness."""
    digits = decimals(made)
    rows = []
    for row in part_lines(made).to_dict(orient="records"):
        cells: tuple[Value, ...] = (
            *(Fixed(row[name], _DECIMALS_OF_PARTS) for name in ("before", "after")),
            Fixed(row["through"], digits, signed=True),
            Fixed(row["missing"], _DECIMALS_OF_PARTS, signed=True),
        )
        rows.append(Row(Told(outcome_named(PARTS[row["part"]]).label), cells))
    columns = [Column(Word(f"explanation.headings.{name}")) for name in ("before", "after", "through", "missing")]
    return Table(Word("explanation.parts"), [Column(Word("explanation.headings.part"), "text"), *columns], rows)


@dataclass(frozen=True)
class RuleLine:
    """What a rule did in the month, for people.

    Attributes:
        rule: its name.
        label: what people call it.
        phase: what people call its phase.
        change: what it did to readiness.
        parts: the parts of readiness that it moved, those first through which most of the change came.
        effects: what it changed of the unit beside readiness; empty if only what is not told (such as months of service).
    """

    rule: str
    label: str
    phase: str
    change: float
    parts: tuple[str, ...]
    effects: tuple[str, ...]


def title(explanation: Explanation, language: Language = "en") -> str:
    """The month's heading: unit, month, readiness before and after."""
    before, after = _ends(explanation)
    digits = decimals(explanation)
    return texts(language, "explanation")(
        "title",
        unit=explanation.unit,
        month=_month(explanation, language),
        before=fixed(before, digits, language),
        after=fixed(after, digits, language),
        change=fixed(after - before, digits, language, signed=True),
    )


def context(explanation: Explanation, language: Language = "en") -> str:
    """Where the unit stands at the month's end, and who is in it."""
    said = texts(language, "explanation")
    ledger = explanation.ledgers[-1]
    state: dict[str, Any] = state_of(ledger.after)
    sentences = [said(f"where.{state['status']}", zone=said(f"zones.{state['zone']}"))]
    if state["trainees"] > 0 and state["status"] != "training":
        sentences.append(said("on_course", **state))
    present = state["together"] + state["elsewhere"] + state["untrained"]
    sentences.append(said("soldiers", present=present, **state))
    if ledger.month == 0:
        sentences.append(said("first_month"))
    return " ".join(sentences)


def rule_lines(explanation: Explanation, language: Language = "en") -> list[RuleLine]:
    """What rules did to the unit in the month: the largest effects on readiness first, then those on other things."""
    table = explanation.rules
    rows = table[table["month"] == _start(explanation)].to_dict(orient="records")
    entries = explanation.ledgers[-1].entries
    lines = [_line(entry, row, language) for entry, row in zip(entries, rows, strict=True)]
    told = [line for line in lines if line.change != 0.0 or line.parts or line.effects]
    return sorted(told, key=lambda line: -abs(line.change))


def sentence(explanation: Explanation, language: Language = "en") -> str:
    """The month in one sentence: what happened to readiness, mostly by which rules, and its weak link."""
    said = texts(language, "explanation")
    lines = rule_lines(explanation, language)
    least = _WORTH_NAMING * max((abs(line.change) for line in lines), default=0.0)
    worth = [line for line in lines if line.change != 0.0 and abs(line.change) >= least]
    reasons = [
        form.format(rules=_named(chosen, explanation, language))
        for form, chosen in (
            (said("lost"), [line for line in worth if line.change < 0.0]),
            (said("gained"), [line for line in worth if line.change > 0.0]),
        )
        if chosen
    ]
    before, after = _ends(explanation)
    if after > before:
        reasons.reverse()
    clauses = [*(reasons or [said("nothing")]), _weak_link(explanation, language)]
    return _opening(explanation, language) + said("colon") + said("semicolon").join(clauses)


def decimals(explanation: Explanation) -> int:
    """With how many decimals readiness is written, so that two digits of the month's change can be seen."""
    before, after = _ends(explanation)
    if before == after:
        return _FEWEST_DECIMALS
    return min(_MOST_DECIMALS, max(_FEWEST_DECIMALS, 1 - math.floor(math.log10(abs(after - before)))))


def rule_label(rule: str, language: Language) -> str:
    """What a rule is called: a noun phrase that opens with a capital; `KeyError` where the schedule has no such rule."""
    return texts(language, "rules")(f"rules.{rule}")


def phase_label(phase: Phase, language: Language) -> str:
    """What a phase of the month is called."""
    return texts(language, "rules")(f"phases.{phase.name}")


def part_label(part: str, language: Language = "en") -> str:
    """What a part of readiness is called."""
    return outcome_named(PARTS[part]).label(language)


def part_lines(explanation: Explanation) -> pd.DataFrame:
    """The rows of the month in the table of parts."""
    return explanation.parts[explanation.parts["month"] == _start(explanation)]


def _line(entry: Entry, row: dict[Any, Any], language: Language) -> RuleLine:
    moved = [part for part in PARTS if entry.before[f"{part}_part"] != entry.after[f"{part}_part"]]
    moved.sort(key=lambda part: -abs(row[part]))
    return RuleLine(
        rule=entry.step.name,
        label=rule_label(entry.step.name, language),
        phase=phase_label(entry.phase, language),
        change=float(row["change"]),
        parts=tuple(moved),
        effects=tuple(_effects(entry, language)),
    )


def _effects(entry: Entry, language: Language) -> list[str]:
    """What a step changed of the unit, each as "what before→after"; changes too small to be seen are left out."""
    said = texts(language, "explanation")
    before, after = state_of(entry.before), state_of(entry.after)
    sentences = []
    for name, label in said.table("state").items():
        old, new = (_value(state[name], name, language) for state in (before, after))
        if old != new:
            sentences.append(f"{label} {old}{_ARROW}{new}")
    return sentences


def _value(value: int | float | str, name: str, language: Language) -> str:
    said = texts(language, "explanation")
    if isinstance(value, str):
        return said(f"statuses.{value}") if name == "status" else said(f"zones.{value}")
    return whole(value, language) if isinstance(value, int) else fixed(value, _FEWEST_DECIMALS, language)


def _opening(explanation: Explanation, language: Language) -> str:
    said = texts(language, "explanation")
    ends = _ends(explanation)
    before, after = (fixed(value, decimals(explanation), language) for value in ends)
    way = "stayed" if before == after else "rose" if ends[1] > ends[0] else "fell"
    return said(way, unit=explanation.unit, month=_month(explanation, language), before=before, after=after)


def _named(lines: list[RuleLine], explanation: Explanation, language: Language) -> str:
    """The first few rules with what they did."""
    digits = decimals(explanation)
    named = [
        f"{_small(line.label)} ({fixed(line.change, digits, language, signed=True)})" for line in lines[:_MOST_NAMED]
    ]
    return texts(language, "explanation")("then").join(named)


def _weak_link(explanation: Explanation, language: Language) -> str:
    missing = part_lines(explanation).set_index("part")["missing"]
    part = explanation.weak_link
    best = fixed(explanation.after + float(missing[part]), _FEWEST_DECIMALS, language)
    return texts(language, "explanation")("weak_link", part=_small(part_label(part, language)), best=best)


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]


def _ends(explanation: Explanation) -> tuple[float, float]:
    ledger = explanation.ledgers[-1]
    return float(ledger.before.readiness), float(ledger.after.readiness)


def _start(explanation: Explanation) -> pd.Timestamp:
    return pd.Timestamp(explanation.scenario.month_starts()[explanation.ledgers[-1].month])


def _month(explanation: Explanation, language: Language) -> str:
    return glossary.month_in_words(_start(explanation), language)
