"""The tables of a report: what was found, in numbers."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from ssa_sim.analysis.compare import Comparison
from ssa_sim.analysis.decompose import Decomposition
from ssa_sim.analysis.decomposition_cells import level_cells, level_headings, mechanism_cells, mechanism_headings
from ssa_sim.analysis.points import axes_table, spread_table
from ssa_sim.analysis.samples import draws_of
from ssa_sim.catalogue.outcomes import Outcome
from ssa_sim.experiment.keep.results import Results
from ssa_sim.figures.waterfall import level_name
from ssa_sim.report.wording import WORDINGS
from ssa_sim.telling import comparison as telling
from ssa_sim.telling.table import Cell, Written, WrittenRow
from ssa_sim.words import glossary
from ssa_sim.words.numbers import Counted, numbers, parts, parts_of_whole, percent, percents_apart, whole, with_interval
from ssa_sim.words.texts import Language

MOST_ACROSS = 5
"""Scenarios that stand side by side in the overview; more of them stand one below another."""


def overview(comparison: Comparison, titles: Mapping[str, str], language: Language) -> Written:
    """Differences and verdicts of all scenarios in one table."""
    caption = WORDINGS[language].overview_caption.format(
        first=titles[comparison.first], level=percent(comparison.confidence, language)
    )
    cells = {
        (scenario, outcome.name): _verdict(comparison, scenario, outcome.name, language)
        for scenario in comparison.others
        for outcome in comparison.outcomes
    }
    return _crossed(caption, comparison.others, comparison.outcomes, cells, titles, language)


def overview_of_points(
    results: Results, outcomes: Sequence[Outcome], titles: Mapping[str, str], language: Language
) -> Written:
    """In what share of a design's points each other scenario does better than the first."""
    first, *others = results.scenario_names
    caption = WORDINGS[language].overview_of_points.format(first=titles[first])
    spread = spread_table(results, outcomes)
    cells = {(row["scenario"], row["outcome"]): Cell(_share(row, language)) for _, row in spread.iterrows()}
    notes = [_note_on_shares(results, language)]
    return _crossed(caption, others, outcomes, cells, titles, language, notes)


def _share(row: pd.Series, language: Language) -> str:
    """The shares of points in which a scenario does better, the same and worse; the first with its interval if it has one."""
    shares = [row["share_better"], row["share_same"], row["share_worse"]]
    if math.isnan(row["share_low"]):
        return parts_of_whole(shares, language)
    better, same, worse = parts(shares, language)
    low, high = percents_apart([row["share_low"], row["share_high"]], language)
    return WORDINGS[language].share.format(better=better, low=low, high=high, same=same, worse=worse)


def _note_on_shares(results: Results, language: Language) -> str:
    """What the interval of a share of points is, or why there is none."""
    words = WORDINGS[language]
    return words.share_chosen if draws_of(results) is None else words.share_drawn


def _crossed(
    caption: str,
    scenarios: Sequence[str],
    outcomes: Sequence[Outcome],
    cells: Mapping[tuple[str, str], Cell],
    titles: Mapping[str, str],
    language: Language,
    notes: Sequence[str] = (),
) -> Written:
    """A table of scenarios by outcomes: the scenarios side by side, or one below another where they are many."""
    labels = {outcome.name: f"{outcome.label(language)} ({outcome.unit_in(language)})" for outcome in outcomes}
    if len(scenarios) <= MOST_ACROSS:
        rows = [
            WrittenRow(label, tuple(cells[name, outcome] for name in scenarios)) for outcome, label in labels.items()
        ]
        return Written(caption, ["", *(titles[name] for name in scenarios)], rows, notes=notes)
    rows = [WrittenRow(titles[name], tuple(cells[name, outcome] for outcome in labels)) for name in scenarios]
    return Written(caption, ["", *labels.values()], rows, notes=notes)


def _verdict(comparison: Comparison, scenario: str, outcome: str, language: Language) -> Cell:
    row = comparison.row(scenario, outcome)
    difference = with_interval(row["difference"], row["low"], row["high"], language, signed=True)
    note = WORDINGS[language].overview_cell.format(
        verdict=telling.verdict_word(row["verdict"], language), shares=telling.shares(row).to(language)
    )
    return Cell(difference, row["verdict"].replace(" ", "-"), note)


def comparison_tables(comparison: Comparison, titles: Mapping[str, str], language: Language) -> list[Written]:
    """A table for each scenario compared."""
    words = WORDINGS[language]
    tables = []
    for scenario in comparison.others:
        table = telling.table(comparison, scenario).written(language)
        caption = words.table_comparison.format(scenario=titles[scenario], first=titles[comparison.first])
        notes = [words.pairs_note, *telling.reasons(comparison, scenario, language)]
        rows = [replace(row, cells=tuple(map(_together, row.cells))) for row in table.rows]
        tables.append(replace(table, caption=caption, rows=rows, notes=notes))
    return tables


def _together(cell: Cell) -> Cell:
    """A verdict whose words stay on one line."""
    return cell if cell.kind == "number" else replace(cell, text=cell.text.replace(" ", "\u00a0"))


def decomposition_tables(found: Decomposition, language: Language) -> list[Written]:
    """From level to level, and mechanism by mechanism."""
    words = WORDINGS[language]
    levels = [
        WrittenRow(level_name(level["level"], found.outcome, language), _cells(level_cells(level, language)))
        for _, level in found.levels.iterrows()
    ]
    mechanisms = [
        WrittenRow(row[f"label_{language}"], _cells(mechanism_cells(row, language)))
        for _, row in found.table.iterrows()
    ]
    return [
        Written(words.table_levels, level_headings(found, language), levels),
        Written(words.table_mechanisms, mechanism_headings(found, language), mechanisms),
    ]


def design_tables(
    results: Results, outcomes: Sequence[Outcome], titles: Mapping[str, str], language: Language
) -> list[Written]:
    """How outcomes spread over the points in each scenario."""
    words, tables = WORDINGS[language], []
    spread = spread_table(results, outcomes)
    for scenario in results.scenario_names:
        own = spread[spread["scenario"] == scenario]
        rows = []
        for outcome, (_, row) in zip(outcomes, own.iterrows(), strict=True):
            texts = [
                whole(int(row["points"]), language),
                *numbers([row[name] for name in ("lowest", "p05", "p50", "p95", "highest")], language),
                _share(row, language),
            ]
            rows.append(WrittenRow(outcome.label(language), _cells(texts), note=outcome.unit_in(language)))
        notes = [words.spread_note.format(first=titles[results.scenario_names[0]]), _note_on_shares(results, language)]
        caption = words.table_spread.format(scenario=titles[scenario])
        tables.append(Written(caption, words.spread_headings, rows, notes=notes))
    return tables


def axes_part(results: Results, language: Language) -> Written:
    """What a design varies."""
    words = WORDINGS[language]
    axes = [_axis(axis, language) for _, axis in axes_table(results).iterrows()]
    return Written(words.table_axes, words.axes_headings, axes, is_numeric=False)


def single_table(
    results: Results, outcomes: Sequence[Outcome], titles: Mapping[str, str], language: Language
) -> Written:
    """How the outcomes of one scenario spread over its runs."""
    words = WORDINGS[language]
    (scenario,) = results.scenario_names
    rows = []
    for outcome in outcomes:
        values = results.values(scenario, outcome.name)
        defined = values[~np.isnan(values)]
        quantiles = np.quantile(defined, [0.0, 0.05, 0.5, 0.95, 1.0]) if len(defined) else np.full(5, np.nan)
        rows.append(
            WrittenRow(
                outcome.label(language), _cells(numbers(quantiles.tolist(), language)), note=outcome.unit_in(language)
            )
        )
    notes = [words.single_note.format(count=Counted(len(results.runs), language))]
    return Written(words.table_single.format(scenario=titles[scenario]), words.single_headings, rows, notes=notes)


def _axis(axis: pd.Series, language: Language) -> WrittenRow:
    words = WORDINGS[language]
    values = axis["values"]
    if not isinstance(values, str):
        ends = [glossary.value(float(str(axis[name])), language) for name in ("low", "high")]
        values = words.range.format(low=ends[0], high=ends[1])
    texts = (
        words.parts[str(axis["part"])],
        values,
        words.priors.get(str(axis["prior"]), ""),
        glossary.source(str(axis["source"]), language),
    )
    return WrittenRow(
        str(axis[f"label_{language}"]), tuple(Cell(text, "text") for text in texts), note=str(axis["path"])
    )


def _cells(texts: Sequence[str]) -> tuple[Cell, ...]:
    return tuple(Cell(text) for text in texts)
