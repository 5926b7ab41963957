"""The figure of a comparison: trajectories with bands, and paired differences with intervals beside them."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from matplotlib.figure import Figure

from ssa_sim.figures.caption import comparison_facts
from ssa_sim.figures.chosen import headline_outcomes
from ssa_sim.figures.differences import differences_of, draw_differences
from ssa_sim.figures.page_size import asked, framed, panel_title, tick_count
from ssa_sim.figures.scenario_styles import styles_of
from ssa_sim.figures.trajectories import draw_trajectories
from ssa_sim.words import glossary

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ssa_sim.analysis.compare import Comparison
    from ssa_sim.experiment.keep.results import Results

Layout = Literal["slide", "page"]
LAYOUTS: tuple[Layout, ...] = ("slide", "page")
MOST_OUTCOMES = 9


def comparison_figure(
    results: "Results",
    comparison: "Comparison",
    language: str = "en",
    *,
    outcomes: Sequence[str] | None = None,
    names: Mapping[str, str] | None = None,
    layout: str = "slide",
) -> Figure:
    """Draw a comparison, ready to be shown.

    Args:
        results: what was run; its monthly table gives medians and bands.
        comparison: of these results; its table gives differences and intervals.
        language: "en" or "fr".
        outcomes: which outcomes, at most `MOST_OUTCOMES`; by default the headline ones among those compared.
        names: what to call scenarios, by their name in the results; by default that name without underscores.
        layout: "slide" (16:9, 1600 by 900 pixels) or "page" (16 cm wide, as high as it needs).

    Raises:
        InputError: the language, the layout or an outcome is not known, or too many outcomes are asked for.
    """
    spoken, page, _ = asked(language, layout, LAYOUTS)
    chosen = headline_outcomes(comparison.outcomes, outcomes, MOST_OUTCOMES)
    shown = styles_of((comparison.first, *comparison.others), names)
    across = min(page.across, math.ceil(len(chosen) / 3))
    ticks = tick_count(page, across)
    with framed(
        page,
        title=glossary.experiment_title(results.title, spoken),
        legend=shown.legend(spoken),
        facts=comparison_facts(results, comparison, chosen, shown.letters[comparison.first], spoken),
        rows=math.ceil(len(chosen) / across),
    ) as figure:
        for outcome, (left, right) in zip(chosen, _panels(figure, len(chosen), across), strict=True):
            draw_trajectories(left, results.monthly, outcome, shown.styles, spoken, ticks=ticks)
            left.set_title(panel_title(outcome.label(spoken), page, across))
            marks = differences_of(comparison.table, outcome.name, shown.names[1:])
            draw_differences(right, marks, outcome, shown.styles, shown.letters, spoken, ticks=ticks)
    return figure


def _panels(figure: Figure, count: int, across: int) -> list[tuple["Axes", "Axes"]]:
    """Axes for trajectories and differences of each outcome, down the columns, which share their months."""
    down = math.ceil(count / across)
    grid = figure.add_gridspec(down, 2 * across, width_ratios=[1.3, 1.0] * across)
    pairs: list[tuple[Axes, Axes]] = []
    for place in range(count):
        column, row = divmod(place, down)
        left = figure.add_subplot(grid[row, 2 * column], sharex=pairs[column * down][0] if row else None)
        right = figure.add_subplot(grid[row, 2 * column + 1])
        left.tick_params(axis="x", labelbottom=row == down - 1 or place == count - 1)
        pairs.append((left, right))
    return pairs
