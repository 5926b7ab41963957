"""Figures of a sensitivity analysis: bars with intervals (shares of the variance, or a tornado of effects), and the plane of
elementary effects."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.outcome_names import unknown_outcome
from ssa_sim.figures.caption import SEPARATOR
from ssa_sim.figures.index_panels import (
    COLOURS,
    LINE_A_NAME,
    MARKS,
    MOST_ROWS,
    draw_plane,
    draw_shares,
    draw_tornado,
    list_names,
    name_parameters,
)
from ssa_sim.figures.indices_wording import WORDS
from ssa_sim.figures.lettering import wrapped
from ssa_sim.figures.number_format import format_number
from ssa_sim.figures.rows import row_inches
from ssa_sim.figures.sheet import POINTS, ROW_HEIGHT, framed, sheet_named
from ssa_sim.figures.style import MUTED, PALETTE, QUIET_TEXT, ScenarioStyle, in_style
from ssa_sim.figures.wording import language_named, wording
from ssa_sim.words.numbers import Counted

if TYPE_CHECKING:
    import pandas as pd

    from ssa_sim.analysis.sensitivity import Sensitivity
    from ssa_sim.catalogue.outcomes import Outcome
    from ssa_sim.words.texts import Language

ABREAST = {"slide": 3, "page": 1, "column": 1}
DOWN = {"slide": 2, "page": 4, "column": 3}
"""Panels one below another, at most."""
LABEL_SHARE = 0.40
"""Of a panel's width, for the names of parameters."""
_PANEL_FRAME = 0.75
"""Inches of a panel for its title, ticks and unit."""


def indices_figure(
    found: "Sensitivity",
    language: str = "en",
    *,
    scenario: str | None = None,
    levers: str = "",
    outcomes: Sequence[str] | None = None,
    layout: str = "slide",
) -> Figure:
    """The parameters that move each outcome most, as bars with intervals.

    Sobol: the total share of the variance as a bar, the share caused alone as a mark on it. Morris: a tornado of the mean effects.

    Args:
        found: what to draw.
        language: "en" or "fr".
        scenario: which; the first by default.
        levers: which combination of crossed levers, as in the table.
        outcomes: which; as many as fit by default.
        layout: "slide", "page" or "column".

    Raises:
        InputError: the language, the layout or an outcome is not known, or there are too many outcomes.
    """
    spoken = language_named(language)
    sheet = sheet_named(layout, ABREAST)
    ground = scenario or found.scenarios[0]
    chosen = _chosen(found, outcomes, layout)
    across = min(ABREAST[layout], len(chosen))
    down = math.ceil(len(chosen) / across)
    most = MOST_ROWS if down == 1 or sheet.height is None else MOST_ROWS - 3
    tables = [index_rows(found, ground, levers, outcome.name, most) for outcome in chosen]
    words = WORDS[spoken]
    is_morris = found.sample.method == "morris"
    with in_style(sheet.text_sizes()):
        needed = max(row_inches(max(3, len(table)), sheet) for table in tables) + _PANEL_FRAME
        figure = framed(
            sheet,
            title=words.tornado_title if is_morris else words.bars_title,
            legend=_legend(tables, spoken, is_morris=is_morris),
            caption=_caption(found, chosen, ground, levers, spoken),
            rows=down * needed / ROW_HEIGHT,
        )
        grid = figure.subplots(down, across, squeeze=False).ravel()
        room = LABEL_SHARE * sheet.text_width / across
        for axes, outcome, table in zip(grid, chosen, tables, strict=False):
            draw = draw_tornado if is_morris else draw_shares
            draw(axes, table, outcome, spoken)
            name_parameters(axes, table, sheet, room, spoken)
            axes.set_title("\n".join(wrapped(outcome.label(spoken), sheet.letters, 0.55 * sheet.text_width / across)))
        for axes in grid[len(chosen) :]:
            axes.remove()
    return figure


def plane_figure(
    found: "Sensitivity",
    language: str = "en",
    *,
    scenario: str | None = None,
    levers: str = "",
    outcomes: Sequence[str] | None = None,
    layout: str = "slide",
) -> Figure:
    """The plane of elementary effects: how far each parameter moves an outcome, and how much that depends on the others.

    Arguments and errors as for `indices_figure`; the results of a Morris design are needed.
    """
    spoken = language_named(language)
    sheet = sheet_named(layout, ABREAST)
    if found.sample.method != "morris":
        raise InputError("Only elementary effects have a plane.", allowed='a sweep with method = "morris"')
    ground = scenario or found.scenarios[0]
    chosen = _chosen(found, outcomes, layout)
    words = WORDS[spoken]
    across = min(ABREAST[layout], len(chosen))
    down = math.ceil(len(chosen) / across)
    tables = [index_rows(found, ground, levers, outcome.name, 10_000) for outcome in chosen]
    named = MOST_ROWS if down == 1 or sheet.height is None else MOST_ROWS - 3
    is_beside = layout == "page"  # names stand beside the plane, or below it
    list_height = (LINE_A_NAME * named + 1.0) * sheet.letters / POINTS
    with in_style(sheet.text_sizes()):
        figure = framed(
            sheet,
            title=words.plane_title,
            legend=_legend(tables, spoken, is_morris=True, is_plane=True),
            caption=_caption(found, chosen, ground, levers, spoken, is_plane=True),
            rows=down * (max(PLANE, list_height) if is_beside else PLANE + list_height) / ROW_HEIGHT,
        )
        if is_beside:
            grid = figure.add_gridspec(down, 2)
        else:
            grid = figure.add_gridspec(2 * down, across, height_ratios=[PLANE, list_height] * down)
        room = (0.46 if is_beside else 0.85 / across) * sheet.text_width
        for number, (outcome, table) in enumerate(zip(chosen, tables, strict=True)):
            row, column = divmod(number, across)
            places = ((row, 0), (row, 1)) if is_beside else ((2 * row, column), (2 * row + 1, column))
            axes, beside = (figure.add_subplot(grid[place]) for place in places)
            draw_plane(axes, table, outcome, spoken, named=named)
            axes.set_title("\n".join(wrapped(outcome.label(spoken), sheet.letters, 0.6 * sheet.text_width / across)))
            list_names(beside, table, sheet, room, spoken, named)
    return figure


PLANE = 2.0
"""Inches of a plane with its title, ticks and units."""


def _chosen(found: "Sensitivity", names: Sequence[str] | None, layout: str) -> tuple["Outcome", ...]:
    most = ABREAST[layout] * DOWN[layout]
    if names is None:
        return found.outcomes[:most]
    held = {outcome.name: outcome for outcome in found.outcomes}
    for name in names:
        if name not in held:
            raise unknown_outcome(name, held)
    if not 1 <= len(names) <= most:
        raise InputError(f"{len(names)} outcomes do not fit one figure.", allowed=f"1 to {most}")
    return tuple(held[name] for name in names)


def index_rows(found: "Sensitivity", scenario: str, levers: str, outcome: str, most: int = MOST_ROWS) -> "pd.DataFrame":
    """What the panels draw: the parameters that matter most, levers before uncertainties, a row each; columns (index, what).

    Args:
        found: the analysis.
        scenario: which, by name.
        levers: which combination of crossed levers, as in the analysis' table; "" where none is crossed.
        outcome: which, by name.
        most: parameters.
    """
    rows = found.indices
    rows = rows[rows["scenario"].eq(scenario) & rows["levers"].eq(levers) & rows["outcome"].eq(outcome)]
    wide = rows.pivot(index="path", columns="index", values=["value", "low", "high", "floor", "above_chance"])
    wide = wide.swaplevel(axis="columns")
    wide["part", ""] = rows.drop_duplicates("path").set_index("path")["part"]
    kept = wide.sort_values((found.main_index, "value"), ascending=False, kind="stable").head(most)
    places = {part: place for place, part in enumerate(COLOURS)}
    if most < 10_000:
        kept = kept.sort_values(("part", ""), key=lambda parts: parts.map(places), kind="stable")
    return kept


def _legend(
    tables: Sequence["pd.DataFrame"], language: "Language", *, is_morris: bool, is_plane: bool = False
) -> list[tuple[str, ScenarioStyle]]:
    words = WORDS[language]
    parts = dict.fromkeys(part for table in tables for part in table["part", ""])
    entries = [
        (words.parts[part], ScenarioStyle(colour, "none", MARKS[part] if is_plane else "s", 6.0))
        for part, colour in COLOURS.items()
        if part in parts
    ]
    if is_plane:
        return [*entries, (words.diagonal, ScenarioStyle("#4D4D4D", (0, (4, 3)), "none", 0.0))]
    ink = PALETTE[0]
    if is_morris:
        return [*entries, (words.size, ScenarioStyle(ink, "none", "D", 4.2))]
    return [
        *entries,
        (words.total, ScenarioStyle(MUTED, "none", "s", 6.0)),
        (words.first, ScenarioStyle(ink, "none", "D", 4.2)),
        (words.chance, ScenarioStyle(QUIET_TEXT, (0, (1, 1.5)), "none", 0.0)),
    ]


def _caption(
    found: "Sensitivity",
    shown: Sequence["Outcome"],
    scenario: str,
    levers: str,
    language: "Language",
    *,
    is_plane: bool = False,
) -> str:
    """What the bars are, how many samples, and what is left open."""
    words, common = WORDS[language], wording(language)
    rows = found.summary
    rows = rows[rows["scenario"].eq(scenario) & rows["levers"].eq(levers)]
    is_morris = found.sample.method == "morris"
    facts = [
        words.scenario.format(name=f"{scenario} ({levers})" if levers else scenario),
        (words.trajectories if is_morris else words.base_rows).format(
            count=format_number(float(rows["samples"].max()), language)
        ),
        common.replications.format(count=Counted(int(rows["replications"].max()), language)),
        common.seed.format(seed=found.seed),
        words.intervals.format(confidence=format_number(100.0 * found.confidence, language)),
    ]
    if is_plane:
        facts.append(words.plane)
    else:
        facts.append(words.hollow)
        facts.append(words.effects if is_morris else words.shares)
    if rows["dropped"].any():
        facts.append(words.dropped.format(count=format_number(float(rows["dropped"].max()), language)))
    settled = rows.loc[rows["width"].notna(), ["outcome", "ranking_settled"]]
    settled = settled[settled["outcome"].isin([outcome.name for outcome in shown])]
    open_ones = list(settled.loc[~settled["ranking_settled"].astype(bool), "outcome"])
    if open_ones:
        labels = {outcome.name: outcome.label(language) for outcome in found.outcomes}
        facts.append(words.unsettled.format(named=", ".join(labels[name] for name in open_ones)))
    return SEPARATOR.join(facts)
