"""The army's mix of doctrines over time, under the contingents that brought them."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, NullLocator

from ssa_sim.analysis.observation_tables import doctrine_mix
from ssa_sim.figures.caption import one_run
from ssa_sim.figures.labels import doctrine_name, figure_words
from ssa_sim.figures.page_size import asked, framed, legend_above, tick_count
from ssa_sim.figures.style import PALETTE, ScenarioStyle
from ssa_sim.figures.ticks import LanguageTicks
from ssa_sim.figures.trajectories import dates_fitting, set_months
from ssa_sim.model.state import HOST_LINEAGE, LINEAGES
from ssa_sim.words.numbers import grouped

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ssa_sim.model.observation import Observation
    from ssa_sim.words.texts import Language

COLOURS = ("#D0D0D0", *PALETTE[1:LINEAGES])
"""Of the lineages, the army's own first."""
WHITE_ON = (False, True, True, False, True, False)
"""Whether a number on the colour is white."""
THICK_ENOUGH = 0.045
"""Share of the mix from which a band carries its number."""
NARROWEST = 0.02
"""Share of the period from which a contingent's box carries its number."""


def doctrine_figure(observation: "Observation", language: str = "en", *, layout: str = "slide") -> Figure:
    """Draw the mix of doctrines month by month, below the contingents of the training mission.

    Args:
        observation: of all months, or of several.
        language: "en" or "fr".
        layout: "slide", "page" or "column".

    Raises:
        InputError: the language or the layout is not known.
    """
    spoken, page, words = asked(language, layout)
    mix = doctrine_mix(observation.units)
    own = grouped(100.0 * float(mix[HOST_LINEAGE].iloc[-1]), spoken)
    with framed(
        page,
        title=words("doctrine.title", own=own, count=observation.mission["contingent"].max()),
        legend=_legend(mix, spoken),
        facts=[*one_run(observation, spoken), words("doctrine.mix"), words("doctrine.contingents")],
        rows=2.2,
    ) as figure:
        strip, axes = figure.subplots(2, 1, sharex=True, height_ratios=[0.09, 1.0])
        draw_contingents(strip, observation.mission, spoken)
        draw_doctrine(axes, mix, spoken, ticks=tick_count(page, 1) + 2, has_legend=False)
    return figure


def draw_doctrine(
    axes: "Axes", mix: "pd.DataFrame", language: "Language", *, ticks: int | None = None, has_legend: bool = True
) -> None:
    """Draw the shares of doctrines as bands on top of one another.

    Letters are as large as the style says: `in_style(PAGE_SIZES["column"].text_sizes())` suits axes as wide as a column.

    Args:
        axes: where to draw.
        mix: a row a month, a column a lineage; see `doctrine_mix`.
        language: of the numbers.
        ticks: how many dates with their month there is room for; by default as many as the axes' width and letters leave.
        has_legend: name the doctrines above the axes, in as many columns as there is room for.
    """
    months = mix.index.to_numpy()
    bottom = np.zeros(len(mix))
    for lineage in range(LINEAGES):
        share = mix[lineage].to_numpy(np.float64)
        axes.fill_between(months, bottom, bottom + share, color=COLOURS[lineage], edgecolor="white", linewidth=0.6)
        at = int(share.argmax())
        inside = min(max(at, len(mix) // 30), len(mix) - 1 - len(mix) // 30)
        if share[inside] >= THICK_ENOUGH:
            colour = "white" if WHITE_ON[lineage] else "black"
            height = bottom[inside] + 0.5 * share[inside]
            axes.text(months[inside], height, str(lineage), ha="center", va="center", color=colour, weight="bold")
        bottom = bottom + share
    set_months(axes, mix.index.to_series(), dates_fitting(axes) if ticks is None else ticks)
    if has_legend:
        legend_above(axes, _legend(mix, language), handle=1.0)
    axes.set_ylim(0.0, 1.0)
    axes.grid(visible=False)
    axes.set_ylabel(figure_words(language)("doctrine.share"))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4))
    axes.yaxis.set_major_formatter(LanguageTicks(language))


def _legend(mix: "pd.DataFrame", language: "Language") -> list[tuple[str, ScenarioStyle]]:
    """The doctrines that are there in some month."""
    shown = [lineage for lineage in range(LINEAGES) if mix[lineage].max() > 0.0]
    return [(doctrine_name(lineage, language), ScenarioStyle(COLOURS[lineage], "none", "s", 6.0)) for lineage in shown]


def draw_contingents(axes: "Axes", mission: "pd.DataFrame", language: "Language") -> None:
    """Draw a strip with a box for each contingent, coloured and numbered by its doctrine.

    Args:
        axes: where to draw.
        mission: as `Observation.mission`.
        language: of the words.
    """
    dates = date2num(mission["month"].to_numpy())  # type: ignore[no-untyped-call]
    step = float(np.median(np.diff(dates))) if len(dates) > 1 else 30.0
    runs = mission["contingent"].ne(mission["contingent"].shift()).cumsum().to_numpy()
    for run in np.unique(runs):
        rows = np.flatnonzero(runs == run)
        lineage = int(mission["lineage"].iloc[rows[0]])
        start, width = dates[rows[0]], dates[rows[-1]] - dates[rows[0]] + step
        axes.barh(0.0, width, left=start, height=1.0, color=COLOURS[lineage], edgecolor="white", linewidth=0.8)
        seen = min(start + width, dates[-1]) - start
        if seen < NARROWEST * (dates[-1] - dates[0] + step):
            continue
        middle = start + 0.5 * seen
        colour = "white" if WHITE_ON[lineage] else "black"
        axes.text(middle, 0.0, str(lineage), ha="center", va="center_baseline", color=colour, weight="bold")
    axes.set_ylim(-0.5, 0.5)
    axes.yaxis.set_major_locator(NullLocator())
    axes.tick_params(axis="x", length=0, labelbottom=False)
    axes.grid(visible=False)
    axes.set_title(figure_words(language)("doctrine.strip"), weight="normal")
    for spine in axes.spines.values():
        spine.set_visible(False)
