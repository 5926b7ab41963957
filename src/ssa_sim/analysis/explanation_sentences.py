"""What an explanation of readiness says in words, in English and French. Texts are of the last month explained."""

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ssa_sim.analysis.explanation import PARTS, Explanation, state_of
from ssa_sim.analysis.ledger import Entry
from ssa_sim.analysis.rule_labels import phase_label, rule_label
from ssa_sim.catalogue.outcomes import outcome_named
from ssa_sim.typography import french
from ssa_sim.words.numbers import whole, written
from ssa_sim.words.texts import Language

_MOST_NAMED = 2
_WORTH_NAMING = 0.1
"""Share of the month's largest effect below which the sentence names no rule."""
_FEWEST_DECIMALS, _MOST_DECIMALS = 3, 5
_ARROW = "→"


@dataclass(frozen=True)
class Phrases:
    """The words of one language; braces are filled in."""

    months: tuple[str, ...]
    title: str
    statuses: dict[str, str]
    zones: dict[str, str]
    state: dict[str, str]
    where: dict[str, str]
    on_course: str
    soldiers: str
    first_month: str
    rose: str
    fell: str
    stayed: str
    nothing: str
    lost: str
    gained: str
    then: str
    weak_link: str
    colon: str
    semicolon: str


PHRASES: dict[Language, Phrases] = {
    "en": Phrases(
        months=(
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ),
        title="Unit {unit}, {month}: readiness {before} → {after} ({change})",
        statuses={"rest": "at rest", "operations": "on operations", "training": "on a course"},
        zones={"north": "North", "centre": "Centre", "south": "South"},
        state={
            "status": "status",
            "zone": "zone",
            "together": "trained together",
            "elsewhere": "trained elsewhere",
            "untrained": "untrained",
            "ghosts": "ghosts",
            "officers_abroad": "officers abroad",
            "killed": "killed since the start",
            "trainees": "soldiers on a course",
            "courses": "courses taken",
            "vehicles_working": "vehicles working",
            "vehicles_broken": "vehicles broken down",
            "vehicles_in_depot": "vehicles in the depot",
            "vehicles_known": "knowledge of the vehicles",
            "skill": "individual skill",
            "drill": "collective drill",
            "doctrine": "consistent doctrine",
            "leadership": "leadership",
            "fatigue": "fatigue",
            "morale": "morale",
        },
        where={
            "rest": "At the month's end it is at rest (last posted to the {zone}).",
            "operations": "At the month's end it is on operations in the {zone}.",
            "training": "At the month's end it is on a course as a whole.",
        },
        on_course="Of its soldiers {trainees} are on a course.",
        soldiers=(
            "It has {present} soldiers for {strength} posts: {together} trained together, {elsewhere} trained elsewhere, "
            "{untrained} untrained. Besides, {ghosts} ghosts on the payroll; {killed} killed since the start."
        ),
        first_month=(
            "This is the first month of the run: nothing was assessed before it, so it is measured against the unit as the "
            "run finds it, assessed by the same rule."
        ),
        rose="In {month} the readiness of unit {unit} rose from {before} to {after}",
        fell="In {month} the readiness of unit {unit} fell from {before} to {after}",
        stayed="In {month} the readiness of unit {unit} stayed at {after}",
        nothing="nothing that happened moved it",
        lost="it lost most by {rules}",
        gained="it gained most by {rules}",
        then=", then ",
        weak_link="its weak link is {part}: were that alone perfect, readiness would be {best}.",
        colon=": ",
        semicolon="; ",
    ),
    "fr": french(
        Phrases(
            months=(
                *("janvier", "février", "mars", "avril", "mai", "juin"),
                *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
            ),
            title="Unité {unit}, {month} : disponibilité {before} → {after} ({change})",
            statuses={"rest": "au repos", "operations": "en opération", "training": "en stage"},
            zones={"north": "Nord", "centre": "Centre", "south": "Sud"},
            state={
                "status": "situation",
                "zone": "zone",
                "together": "formés ensemble",
                "elsewhere": "formés ailleurs",
                "untrained": "non formés",
                "ghosts": "soldats fantômes",
                "officers_abroad": "officiers à l'étranger",
                "killed": "tués depuis le début",
                "trainees": "soldats en stage",
                "courses": "stages suivis",
                "vehicles_working": "véhicules en état",
                "vehicles_broken": "véhicules en panne",
                "vehicles_in_depot": "véhicules au dépôt",
                "vehicles_known": "connaissance des véhicules",
                "skill": "compétence individuelle",
                "drill": "entraînement collectif",
                "doctrine": "cohérence doctrinale",
                "leadership": "encadrement",
                "fatigue": "fatigue",
                "morale": "moral",
            },
            where={
                "rest": "À la fin du mois, elle est au repos (dernière affectation : {zone}).",
                "operations": "À la fin du mois, elle est en opération ({zone}).",
                "training": "À la fin du mois, elle est tout entière en stage.",
            },
            on_course="Soldats en stage : {trainees}.",
            soldiers=(
                "Effectif : {present} soldats pour {strength} postes, formés ensemble : {together}, formés ailleurs : "
                "{elsewhere}, non formés : {untrained}. En outre, soldats fantômes : {ghosts} ; tués depuis le début : {killed}."
            ),
            first_month=(
                "C'est le premier mois de la simulation : rien n'a été évalué auparavant ; il est donc mesuré par rapport à l'unité "
                "telle que la simulation la trouve, évaluée selon la même règle."
            ),
            rose="En {month}, la disponibilité de l'unité {unit} est passée de {before} à {after}",
            fell="En {month}, la disponibilité de l'unité {unit} est tombée de {before} à {after}",
            stayed="En {month}, la disponibilité de l'unité {unit} est restée à {after}",
            nothing="rien de ce qui s'est passé ne l'a modifiée",
            lost="baisse surtout par {rules}",
            gained="hausse surtout par {rules}",
            then=", puis ",
            weak_link="son point faible est « {part} » : s'il était seul parfait, la disponibilité serait de {best}.",
            colon=" : ",
            semicolon=" ; ",
        )
    ),
}


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
    return PHRASES[language].title.format(
        unit=explanation.unit,
        month=_month(explanation, language),
        before=fixed(before, digits, language),
        after=fixed(after, digits, language),
        change=fixed(after - before, digits, language, signed=True),
    )


def context(explanation: Explanation, language: Language = "en") -> str:
    """Where the unit stands at the month's end, and who is in it."""
    words = PHRASES[language]
    ledger = explanation.ledgers[-1]
    state: dict[str, Any] = state_of(ledger.after)
    texts = [words.where[state["status"]].format(zone=words.zones[state["zone"]])]
    if state["trainees"] > 0 and state["status"] != "training":
        texts.append(words.on_course.format(**state))
    present = state["together"] + state["elsewhere"] + state["untrained"]
    texts.append(words.soldiers.format(present=present, **state))
    if ledger.month == 0:
        texts.append(words.first_month)
    return " ".join(texts)


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
    words = PHRASES[language]
    lines = rule_lines(explanation, language)
    least = _WORTH_NAMING * max((abs(line.change) for line in lines), default=0.0)
    worth = [line for line in lines if line.change != 0.0 and abs(line.change) >= least]
    reasons = [
        form.format(rules=_named(chosen, explanation, language))
        for form, chosen in (
            (words.lost, [line for line in worth if line.change < 0.0]),
            (words.gained, [line for line in worth if line.change > 0.0]),
        )
        if chosen
    ]
    before, after = _ends(explanation)
    if after > before:
        reasons.reverse()
    clauses = [*(reasons or [words.nothing]), _weak_link(explanation, language)]
    return _opening(explanation, language) + words.colon + words.semicolon.join(clauses)


def decimals(explanation: Explanation) -> int:
    """With how many decimals readiness is written, so that two digits of the month's change can be seen."""
    before, after = _ends(explanation)
    if before == after:
        return _FEWEST_DECIMALS
    return min(_MOST_DECIMALS, max(_FEWEST_DECIMALS, 1 - math.floor(math.log10(abs(after - before)))))


def fixed(value: float, digits: int, language: Language = "en", *, signed: bool = False) -> str:
    """A number with so many decimals; zero has no sign."""
    text = f"{value:{'+' if signed else ''}.{digits}f}"
    if float(text) == 0.0:
        text = text.lstrip("+-")
    return written(text, language)


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
    words = PHRASES[language]
    before, after = state_of(entry.before), state_of(entry.after)
    texts = []
    for name, label in words.state.items():
        old, new = (_value(state[name], name, language) for state in (before, after))
        if old != new:
            texts.append(f"{label} {old}{_ARROW}{new}")
    return texts


def _value(value: int | float | str, name: str, language: Language) -> str:
    words = PHRASES[language]
    if isinstance(value, str):
        return words.statuses[value] if name == "status" else words.zones[value]
    return whole(value, language) if isinstance(value, int) else fixed(value, _FEWEST_DECIMALS, language)


def _opening(explanation: Explanation, language: Language) -> str:
    words = PHRASES[language]
    ends = _ends(explanation)
    before, after = (fixed(value, decimals(explanation), language) for value in ends)
    form = words.stayed if before == after else words.rose if ends[1] > ends[0] else words.fell
    return form.format(unit=explanation.unit, month=_month(explanation, language), before=before, after=after)


def _named(lines: list[RuleLine], explanation: Explanation, language: Language) -> str:
    """The first few rules with what they did."""
    digits = decimals(explanation)
    named = [
        f"{_small(line.label)} ({fixed(line.change, digits, language, signed=True)})" for line in lines[:_MOST_NAMED]
    ]
    return PHRASES[language].then.join(named)


def _weak_link(explanation: Explanation, language: Language) -> str:
    missing = part_lines(explanation).set_index("part")["missing"]
    part = explanation.weak_link
    best = fixed(explanation.after + float(missing[part]), _FEWEST_DECIMALS, language)
    return PHRASES[language].weak_link.format(part=_small(part_label(part, language)), best=best)


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]


def _ends(explanation: Explanation) -> tuple[float, float]:
    ledger = explanation.ledgers[-1]
    return float(ledger.before.readiness), float(ledger.after.readiness)


def _start(explanation: Explanation) -> pd.Timestamp:
    return pd.Timestamp(explanation.scenario.month_starts()[explanation.ledgers[-1].month])


def _month(explanation: Explanation, language: Language) -> str:
    day = _start(explanation)
    return f"{PHRASES[language].months[day.month - 1]} {day.year}"
