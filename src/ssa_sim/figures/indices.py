"""Figures of a sensitivity analysis: bars with intervals (shares of the variance, or a tornado of effects), and the plane of
elementary effects."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from ssa_sim.errors import InputError
from ssa_sim.figures.caption import drawn_from, per_cent
from ssa_sim.figures.chosen import chosen_outcomes
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
from ssa_sim.figures.labels import figure_words
from ssa_sim.figures.lettering import wrapped
from ssa_sim.figures.page_size import POINTS, ROW_HEIGHT, asked, framed
from ssa_sim.figures.rows import row_inches
from ssa_sim.figures.style import MUTED, PALETTE, QUIET_TEXT, ScenarioStyle
from ssa_sim.words import glossary
from ssa_sim.words.numbers import grouped

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
    spoken, page, words = asked(language, layout, ABREAST)
    shown = scenario or found.scenarios[0]
    chosen = chosen_outcomes(found.outcomes, outcomes, ABREAST[layout] * DOWN[layout])
    across = min(ABREAST[layout], len(chosen))
    down = math.ceil(len(chosen) / across)
    most = MOST_ROWS if down == 1 or page.height is None else MOST_ROWS - 3
    tables = [index_rows(found, shown, levers, outcome.name, most) for outcome in chosen]
    is_morris = found.sample.method == "morris"
    needed = max(row_inches(max(3, len(table)), page) for table in tables) + _PANEL_FRAME
    with framed(
        page,
        title=words("indices.tornado_title" if is_morris else "indices.bars_title"),
        legend=_legend(tables, spoken, is_morris=is_morris),
        facts=_caption(found, chosen, shown, levers, spoken),
        rows=down * needed / ROW_HEIGHT,
    ) as figure:
        grid = figure.subplots(down, across, squeeze=False).ravel()
        room = LABEL_SHARE * page.text_width / across
        for axes, outcome, table in zip(grid, chosen, tables, strict=False):
            draw = draw_tornado if is_morris else draw_shares
            draw(axes, table, outcome, spoken)
            name_parameters(axes, table, page, room, spoken)
            axes.set_title("\n".join(wrapped(outcome.label(spoken), page.letters, 0.55 * page.text_width / across)))
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
    spoken, page, words = asked(language, layout, ABREAST)
    if found.sample.method != "morris":
        raise InputError("Only elementary effects have a plane.", allowed='a sweep with method = "morris"')
    shown = scenario or found.scenarios[0]
    chosen = chosen_outcomes(found.outcomes, outcomes, ABREAST[layout] * DOWN[layout])
    across = min(ABREAST[layout], len(chosen))
    down = math.ceil(len(chosen) / across)
    tables = [index_rows(found, shown, levers, outcome.name, 10_000) for outcome in chosen]
    named = MOST_ROWS if down == 1 or page.height is None else MOST_ROWS - 3
    is_beside = layout == "page"  # names stand beside the plane, or below it
    list_height = (LINE_A_NAME * named + 1.0) * page.letters / POINTS
    with framed(
        page,
        title=words("indices.plane_title"),
        legend=_legend(tables, spoken, is_morris=True, is_plane=True),
        facts=_caption(found, chosen, shown, levers, spoken, is_plane=True),
        rows=down * (max(PLANE, list_height) if is_beside else PLANE + list_height) / ROW_HEIGHT,
    ) as figure:
        if is_beside:
            grid = figure.add_gridspec(down, 2)
        else:
            grid = figure.add_gridspec(2 * down, across, height_ratios=[PLANE, list_height] * down)
        room = (0.46 if is_beside else 0.85 / across) * page.text_width
        for number, (outcome, table) in enumerate(zip(chosen, tables, strict=True)):
            row, column = divmod(number, across)
            places = ((row, 0), (row, 1)) if is_beside else ((2 * row, column), (2 * row + 1, column))
            axes, beside = (figure.add_subplot(grid[place]) for place in places)
            draw_plane(axes, table, outcome, spoken, named=named)
            axes.set_title("\n".join(wrapped(outcome.label(spoken), page.letters, 0.6 * page.text_width / across)))
            list_names(beside, table, page, room, spoken, named)
    return figure


PLANE = 2.0
"""Inches of a plane with its title, ticks and units."""


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
    words = figure_words(language)
    parts = dict.fromkeys(part for table in tables for part in table["part", ""])
    entries = [
        (glossary.part(part, language), ScenarioStyle(colour, "none", MARKS[part] if is_plane else "s", 6.0))
        for part, colour in COLOURS.items()
        if part in parts
    ]
    if is_plane:
        return [*entries, (words("indices.diagonal"), ScenarioStyle("#4D4D4D", (0, (4, 3)), "none", 0.0))]
    ink = PALETTE[0]
    if is_morris:
        return [*entries, (words("indices.size"), ScenarioStyle(ink, "none", "D", 4.2))]
    return [
        *entries,
        (words("indices.total"), ScenarioStyle(MUTED, "none", "s", 6.0)),
        (words("indices.first"), ScenarioStyle(ink, "none", "D", 4.2)),
        (words("indices.chance"), ScenarioStyle(QUIET_TEXT, (0, (1, 1.5)), "none", 0.0)),
    ]


def _caption(
    found: "Sensitivity",
    shown: Sequence["Outcome"],
    scenario: str,
    levers: str,
    language: "Language",
    *,
    is_plane: bool = False,
) -> list[str]:
    """What the bars are, how many samples, and what is left open."""
    words = figure_words(language)
    rows = found.summary
    rows = rows[rows["scenario"].eq(scenario) & rows["levers"].eq(levers)]
    is_morris = found.sample.method == "morris"
    facts = [
        words("shared.scenario", name=f"{scenario} ({levers})" if levers else scenario),
        words(
            "indices.trajectories" if is_morris else "indices.base_rows",
            count=grouped(float(rows["samples"].max()), language),
        ),
        *drawn_from(int(rows["replications"].max()), found.seed, language),
        words("indices.intervals", confidence=per_cent(found.confidence, language)),
    ]
    if is_plane:
        facts.append(words("indices.plane"))
    else:
        facts.append(words("indices.hollow"))
        facts.append(words("indices.effects" if is_morris else "indices.shares"))
    if rows["dropped"].any():
        facts.append(words("indices.dropped", count=grouped(float(rows["dropped"].max()), language)))
    settled = rows.loc[rows["width"].notna(), ["outcome", "ranking_settled"]]
    settled = settled[settled["outcome"].isin([outcome.name for outcome in shown])]
    open_ones = list(settled.loc[~settled["ranking_settled"].astype(bool), "outcome"])
    if open_ones:
        labels = {outcome.name: outcome.label(language) for outcome in found.outcomes}
        facts.append(words("indices.unsettled", named=", ".join(labels[name] for name in open_ones)))
    return facts
