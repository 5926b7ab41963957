"""The tables of a report, written in a language."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from ssa_sim.analysis.changes import Change
from ssa_sim.analysis.compare import Comparison
from ssa_sim.analysis.decompose import Decomposition
from ssa_sim.catalogue.entries import LeverEntry, ParameterValue
from ssa_sim.catalogue.outcomes import Outcome
from ssa_sim.report.material import Spread
from ssa_sim.telling import comparison as telling
from ssa_sim.telling import decomposition
from ssa_sim.telling.table import Cell, Written, WrittenRow
from ssa_sim.typography import with_apostrophes
from ssa_sim.words import glossary
from ssa_sim.words.numbers import numbers, parts, parts_of_whole, percents_apart, span, whole, with_interval
from ssa_sim.words.texts import Language, texts

MOST_ACROSS = 5
"""Scenarios that stand side by side in the overview; more of them stand one below another."""


def crossed(
    caption: str,
    scenarios: Mapping[str, str],
    outcomes: Sequence[Outcome],
    cells: Mapping[tuple[str, str], Cell],
    language: Language,
    notes: Sequence[str] = (),
) -> Written:
    """A table of scenarios by outcomes: the scenarios side by side, or one below another where they are many.

    Args:
        caption: of the table.
        scenarios: what each is called, by name.
        outcomes: that are shown.
        cells: by scenario and outcome.
        language: of the outcomes' labels.
        notes: below the table.
    """
    labels = {outcome.name: f"{outcome.label(language)} ({outcome.unit_in(language)})" for outcome in outcomes}
    if len(scenarios) <= MOST_ACROSS:
        rows = [WrittenRow(label, tuple(cells[name, key] for name in scenarios)) for key, label in labels.items()]
        return Written(caption, ["", *scenarios.values()], rows, notes=notes)
    rows = [WrittenRow(title, tuple(cells[name, key] for key in labels)) for name, title in scenarios.items()]
    return Written(caption, ["", *labels.values()], rows, notes=notes)


def verdict_cell(row: Any, language: Language) -> Cell:
    """A row of a comparison in one cell: difference with interval, verdict, and shares of better, same and worse."""
    difference = with_interval(row["difference"], row["low"], row["high"], language, signed=True)
    verdict = telling.verdict_word(row["verdict"], language)
    note = texts(language, "report")("overview.cell", verdict=verdict, shares=telling.shares(row).to(language))
    return Cell(difference, row["verdict"].replace(" ", "-"), note)


def share_text(row: Any, language: Language) -> str:
    """The shares of points in which a scenario does better, the same and worse; the first with its interval if it has one."""
    shares = [row["share_better"], row["share_same"], row["share_worse"]]
    if math.isnan(row["share_low"]):
        return parts_of_whole(shares, language)
    better, same, worse = parts(shares, language)
    ends = span(percents_apart([row["share_low"], row["share_high"]], language), language)
    return f"{better} ({ends}) / {same} / {worse}"


def comparison_table(comparison: Comparison, scenario: str, caption: str, language: Language) -> Written:
    """One scenario compared, outcome by outcome; below it why what is undecided is."""
    table = telling.table(comparison, scenario).written(language)
    notes = [texts(language, "report")("numbers.pairs_note"), *telling.reasons(comparison, scenario, language)]
    rows = [replace(row, cells=tuple(map(_together, row.cells))) for row in table.rows]
    return replace(table, caption=caption, rows=rows, notes=notes)


def _together(cell: Cell) -> Cell:
    """A verdict whose words stay on one line."""
    return cell if cell.kind == "number" else replace(cell, text=cell.text.replace(" ", "\u00a0"))


def decomposition_tables(found: Decomposition, language: Language) -> list[Written]:
    """From level to level, and mechanism by mechanism."""
    said = texts(language, "report")
    levels = decomposition.levels_table(found).written(language)
    mechanisms = decomposition.mechanisms_table(found).written(language)
    rows = [replace(row, heading=with_apostrophes(row.heading)) for row in levels.rows]
    return [
        replace(levels, caption=said("numbers.levels_caption"), rows=rows),
        replace(mechanisms, caption=said("numbers.mechanisms_caption")),
    ]


def spread_rows(spread: Spread, scenario: str, outcomes: Sequence[Outcome], language: Language) -> list[WrittenRow]:
    """How each outcome spreads over the points in a scenario."""
    own = spread.table[spread.table["scenario"] == scenario]
    return [
        numbers_row(
            outcome,
            [
                whole(int(row["points"]), language),
                *numbers([row[name] for name in ("lowest", "p05", "p50", "p95", "highest")], language),
                share_text(row, language),
            ],
            language,
        )
        for outcome, (_, row) in zip(outcomes, own.iterrows(), strict=True)
    ]


def numbers_row(outcome: Outcome, written: Sequence[str], language: Language) -> WrittenRow:
    """An outcome with its unit, and numbers."""
    return WrittenRow(outcome.label(language), _cells(written), note=outcome.unit_in(language))


def axis_row(axis: Any, listed: Sequence[ParameterValue] | None, language: Language) -> WrittenRow:
    """A parameter that a design varies: what it is, its values or range, the shape of the draws, the sources."""
    said = texts(language, "report")
    if listed is None:
        values = span([glossary.value(float(axis[name]), language) for name in ("low", "high")], language)
    else:
        values = said("varies.between").join(glossary.value(value, language) for value in listed)
    written = (
        glossary.part(str(axis["part"]), language),
        values,
        said.table("varies.priors").get(str(axis["prior"]), ""),
        _sources(str(axis["source"]), language),
    )
    return WrittenRow(str(axis[f"label_{language}"]), _words(written), note=str(axis["path"]))


def scenario_rows(changes: Sequence[Change], scenario: str, title: str, language: Language) -> list[WrittenRow]:
    """What a scenario changes: its levers, and apart from them what is no policy."""
    said = texts(language, "report")
    own = [change for change in changes if change.scenario == scenario]
    levers = [change for change in own if change.part == "lever"]
    rest = [change for change in own if change.part != "lever"]
    rows = [WrittenRow(title, note="" if own else said("changes.nothing")), *change_rows(levers, language)]
    if rest:
        rows += [WrittenRow(title, note=said("changes.besides")), *change_rows(rest, language)]
    return rows


def change_rows(changes: Sequence[Change], language: Language) -> list[WrittenRow]:
    """A row a parameter: what it was, what it is, who decides, what it costs, what it rests on."""
    return [_change_row(change, language) for change in changes]


def _change_row(change: Change, language: Language) -> WrittenRow:
    entry = change.entry
    name = entry.label(language)
    if change.part == "donor":
        name = f"{change.path.split('.')[1]}: {name}"
    decided_by, cost = "", ""
    if isinstance(entry, LeverEntry):
        decided_by = glossary.decider(entry.decided_by, language)
        cost = entry.cost_in(language)
    written = (
        _course([(glossary.month(stretch.since), stretch.against) for stretch in change.stretches], language),
        _course([(glossary.month(stretch.since), stretch.value) for stretch in change.stretches], language),
        decided_by,
        cost,
        _sources(entry.source, language),
    )
    return WrittenRow(name, _words(written), note=glossary.unit(entry.unit, language))


def _course(values: Sequence[tuple[str, ParameterValue | None]], language: Language) -> str:
    """The values one after the other, each later one with its first month."""
    said = texts(language, "report")
    stretches = [next(group) for _, group in groupby(values, key=lambda pair: pair[1])]
    (_, opening), *later = stretches
    written = [glossary.value(opening, language)]
    written += [said("changes.since", month=month, value=glossary.value(value, language)) for month, value in later]
    return said("changes.between").join(written)


def _sources(source: str, language: Language) -> str:
    """Evidence ids, or that it is assumed."""
    between = texts(language, "report")("changes.between")
    return between.join(glossary.source(source, language).split("; "))


def _cells(written: Sequence[str]) -> tuple[Cell, ...]:
    return tuple(Cell(text) for text in written)


def _words(written: Sequence[str]) -> tuple[Cell, ...]:
    return tuple(Cell(text, "text") for text in written)
