"""What a comparison says: its tables and sentences."""

import math
from collections.abc import Iterator
from functools import partial
from typing import Any, get_args

import pandas as pd

from ssa_sim.analysis.compare import MOST_REPLICATIONS_ADVISED, NEEDED_CONFIDENCE, POWER, Comparison, Verdict
from ssa_sim.analysis.lever_effects import LeverEffects
from ssa_sim.catalogue.outcomes import Outcome
from ssa_sim.telling.table import Column, Fitting, Kind, Row, Table
from ssa_sim.telling.values import Filled, Interval, Number, PartsOfWhole, Percent, Text, Told
from ssa_sim.words.numbers import Counted, number, percent, span, whole, with_interval, written
from ssa_sim.words.texts import Language, Word, texts

_MOST_NAMED = 3
_COLUMNS = ("outcome", "first", "scenario", "difference", "interval", "shares", "pairing", "verdict", "needed")
_FITTING = Fitting(paired_below=160)


def told(comparison: Comparison, language: Language = "en") -> Iterator[Table | str]:
    """A table a scenario with the reasons of what is undecided; how to read them, advice, and the closing sentence."""
    for scenario in comparison.others:
        yield table(comparison, scenario)
        yield from reasons(comparison, scenario, language)
        yield ""
    closing = (note(comparison, language), advice(comparison, language), sentence(comparison, language))
    yield from (f"{text}\n" for text in closing if text)


def as_json(comparison: Comparison, language: Language = "en") -> dict[str, object]:
    """The facts, and the sentences of a language."""
    facts = comparison.as_json()
    rows: Any = facts["table"]
    for row, (_, shown) in zip(rows, comparison.table.iterrows(), strict=True):
        row["why_undecided"] = why_undecided(shown, comparison.confidence, language)
    sentences = {"sentence": sentence, "note": note, "advice": advice}
    return {**facts, **{name: tell(comparison, language) for name, tell in sentences.items()}}


def table(comparison: Comparison, scenario: str) -> Table:
    """A row an outcome, of one scenario; an asterisk marks a bootstrap interval."""
    rows = [_row(outcome, comparison.row(scenario, outcome.name)) for outcome in comparison.outcomes]
    title = Filled(Word("comparison.title"), {"scenario": Text(scenario), "first": Text(comparison.first)})
    return Table(title, columns(comparison.confidence), rows, _FITTING)


def columns(confidence: float) -> list[Column]:
    """What the table holds: the outcome, and then each cell."""
    kinds: dict[str, Kind] = {"outcome": "text", "verdict": "verdict"}
    level = {"level": Percent(confidence)}
    return [
        Column(Filled(Word(f"comparison.headings.{name}"), level), kinds.get(name, "number"), breaks=name == "outcome")
        for name in _COLUMNS
    ]


def _row(outcome: Outcome, row: pd.Series) -> Row:
    first, mean, difference, low, high = (
        float(row[name]) for name in ("first_mean", "mean", "difference", "low", "high")
    )
    cells = (
        Number(first, beside=(mean,)),
        Number(mean, beside=(first,)),
        Number(difference, beside=(low, high), is_apart=True, signed=True),
        Interval(low, high, beside=(difference,), signed=True, mark="*" if row["method"] == "bootstrap" else ""),
        shares(row),
        Percent(row["variance_reduction"]),
        Word(f"comparison.verdicts.{row['verdict']}"),
        Told(partial(needed_text, row)),
    )
    return Row(Told(outcome.label), cells, note=Told(outcome.unit_in))


def shares(row: pd.Series) -> PartsOfWhole:
    """In what shares of the pairs the scenario does better, the same and worse."""
    return PartsOfWhole((row["better"], row["same"], row["worse"]))


def verdict_word(verdict: Verdict, language: Language = "en") -> str:
    """A verdict in the language."""
    return texts(language, "comparison")(f"verdicts.{verdict}")


def replications_text(needed: float, language: Language = "en") -> str:
    """A number of replications to make; ">100,000" beyond what can be advised; empty if there is none."""
    if math.isnan(needed):
        return ""
    if needed > MOST_REPLICATIONS_ADVISED:
        return f">{whole(MOST_REPLICATIONS_ADVISED, language)}"
    return whole(int(needed), language)


def needed_text(row: pd.Series, language: Language = "en") -> str:
    """From how many to how many replications would settle a row of `Comparison.table`; "?" where nobody can say, else empty."""
    if row["verdict"] != "undecided":
        return ""
    ends = [replications_text(row[f"replications_needed_{end}"], language) for end in ("low", "high")]
    return "?" if "" in ends else ends[0] if ends[0] == ends[1] else span(ends, language)


def why_undecided(row: pd.Series, confidence: float, language: Language = "en") -> str:
    """Why a row of `Comparison.table` is undecided: by which test, and among how many rows; empty if it is not."""
    said = texts(language, "comparison")
    if row["verdict"] != "undecided":
        return ""
    if math.isnan(row["adjusted_p_value"]):
        return said("why_untested")
    p_value, adjusted = (number(row[name], language) for name in ("p_value", "adjusted_p_value"))
    return said(
        "why",
        p=p_value,
        test=said(f"tests.{row['method']}"),
        adjusted=adjusted,
        rows=whole(int(row["family"]), language),
        level=written(f"{1.0 - confidence:.2g}", language),
    )


def reasons(comparison: Comparison, scenario: str, language: Language = "en") -> list[str]:
    """For each undecided row of a scenario, why it is."""
    form = texts(language, "comparison")("reason")
    rows = ((outcome, comparison.row(scenario, outcome.name)) for outcome in comparison.outcomes)
    told = ((outcome, why_undecided(row, comparison.confidence, language)) for outcome, row in rows)
    return [form.format(outcome=outcome.label(language), why=why) for outcome, why in told if why]


def rows_together(compared: Comparison | LeverEffects, language: Language = "en") -> str:
    """How many rows the verdicts answer for together."""
    first, *rest = (whole(size, language) for size in compared.families)
    return texts(language, "comparison")("families", first=first, rest=rest[0]) if rest else first


def sentence(comparison: Comparison, language: Language = "en") -> str:
    """One sentence that says what the table shows, what it leaves open, and how sure it is."""
    said = texts(language, "comparison")
    opening = said("opening") if len(comparison.outcomes) > 1 else said("opening_one")
    is_alone = len(comparison.others) == 1
    parts = [_scenario_part(comparison, name, name, language, is_naming=is_alone) for name in comparison.others]
    return (
        opening.format(
            first=comparison.first,
            pairs=Counted(comparison.replications, language),
            unmatched=said("unmatched", pairs=Counted(comparison.n_unmatched, language))
            if comparison.n_unmatched
            else "",
            outcomes=len(comparison.outcomes),
        )
        + said("apart").join(parts)
        + said("closing", risk=percent(1.0 - comparison.confidence, language))
    )


def scenario_sentence(comparison: Comparison, scenario: str, called: str, language: Language = "en") -> str:
    """What the table shows of one scenario, by the outcomes' names; `called` is what to call the scenario."""
    return f"{_scenario_part(comparison, scenario, called, language, is_naming=True)}."


def note(comparison: Comparison, language: Language = "en") -> str:
    """How to read the table, and what is missing from it."""
    said, table = texts(language, "comparison"), comparison.table
    incomplete = table["n_missing"] > 0
    found = [
        said("difference", first=comparison.first),
        said(
            "plain_interval",
            level=percent(comparison.confidence, language),
            rows=rows_together(comparison, language),
            risk=percent(1.0 - comparison.confidence, language),
        ),
        said("pairing"),
        said("columns"),
    ]
    if (table["method"] == "bootstrap").any():
        found.append(said("bootstrap"))
    if comparison.count("no difference"):
        found.append(said("equal"))
    if incomplete.any():
        pairs, rows = (Counted(int(count), language) for count in (table["n_missing"].sum(), incomplete.sum()))
        found.append(said("missing", pairs=pairs, rows=rows))
    if comparison.n_failed:
        found.append(said("failed", count=whole(comparison.n_failed, language)))
    return " ".join(found)


def advice(comparison: Comparison, language: Language = "en") -> str:
    """How many replications would probably settle what is undecided; empty if nothing is."""
    said = texts(language, "comparison")
    undecided = comparison.table[comparison.table["verdict"] == "undecided"]
    known = undecided[undecided["replications_needed"].notna()].sort_values("replications_needed", kind="stable")
    is_testable = undecided["method"].isin(["t", "bootstrap"])
    found = []
    if len(known):
        settle = said("settle") if len(known) > 1 else said("settle_one")
        found.append(
            settle.format(
                least=needed_text(known.iloc[0], language),
                most=needed_text(known.iloc[-1], language),
                power=percent(POWER, language),
                range=percent(NEEDED_CONFIDENCE, language),
            )
        )
    n_unknown, n_untested = int(is_testable.sum()) - len(known), int((~is_testable).sum())
    for text, count in ((said("not_known"), n_unknown), (said("no_guide"), n_untested)):
        if count:
            found.append(text.format(count=said("rows", count=Counted(count, language))))
    return " ".join(found)


def _scenario_part(comparison: Comparison, scenario: str, called: str, language: Language, *, is_naming: bool) -> str:
    """How many outcomes have each verdict, the first few of them by name if asked for."""
    said = texts(language, "comparison")
    rows = comparison.table[comparison.table["scenario"] == scenario]
    parts = []
    for verdict in get_args(Verdict):
        matching = rows[rows["verdict"] == verdict]
        if matching.empty:
            continue
        part = said(f"parts.{verdict}", count=len(matching))
        if is_naming and verdict in ("better", "worse"):
            part = said("named", part=part, names=_named(comparison, matching, language))
        parts.append(part)
    return said("subject", name=called, parts=(said("apart") if is_naming else ", ").join(parts))


def _named(comparison: Comparison, rows: pd.DataFrame, language: Language) -> str:
    """The first few outcomes with their differences and the intervals of these."""
    outcomes = {outcome.name: outcome for outcome in comparison.outcomes}
    named = [
        f"{outcomes[row['outcome']].label(language)} "
        f"{with_interval(row['difference'], row['low'], row['high'], language, signed=True)}"
        for _, row in rows.iterrows()
    ]
    if len(named) > _MOST_NAMED:
        named[_MOST_NAMED:] = [texts(language, "comparison")("more", count=len(named) - _MOST_NAMED)]
    return ", ".join(named)
