"""The figure of a comparison: trajectories with bands, and paired differences with intervals beside them."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from matplotlib.figure import Figure

from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.outcome_names import unknown_outcome
from ssa_sim.figures.caption import caption
from ssa_sim.figures.cast import cast_of
from ssa_sim.figures.differences import differences_of, draw_differences
from ssa_sim.figures.sheet import framed, panel_title, sheet_named, tick_count
from ssa_sim.figures.style import in_style
from ssa_sim.figures.trajectories import draw_trajectories
from ssa_sim.figures.wording import language_named

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ssa_sim.analysis.compare import Comparison
    from ssa_sim.catalogue.outcomes import Outcome
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
    spoken = language_named(language)
    sheet = sheet_named(layout, LAYOUTS)
    chosen = chosen_outcomes(comparison.outcomes, outcomes)
    cast = cast_of((comparison.first, *comparison.others), names)
    across = min(sheet.across, math.ceil(len(chosen) / 3))
    ticks = tick_count(sheet, across)
    with in_style(sheet.text_sizes()):
        figure = framed(
            sheet,
            title=results.title,
            legend=cast.legend(spoken),
            caption=caption(results, comparison, chosen, cast.letters[comparison.first], spoken),
            rows=math.ceil(len(chosen) / across),
        )
        for outcome, (left, right) in zip(chosen, _panels(figure, len(chosen), across), strict=True):
            draw_trajectories(left, results.monthly, outcome, cast.styles, spoken, ticks=ticks)
            left.set_title(panel_title(outcome.label(spoken), sheet, across))
            marks = differences_of(comparison.table, outcome.name, cast.scenarios[1:])
            draw_differences(right, marks, outcome, cast.styles, cast.letters, spoken, ticks=ticks)
    return figure


def chosen_outcomes(
    compared: Sequence["Outcome"], names: Sequence[str] | None, most: int = MOST_OUTCOMES
) -> tuple["Outcome", ...]:
    """The outcomes of those names; by default the headline ones, or the first ones if there are none.

    Raises:
        InputError: one is not among those compared, or there are too many.
    """
    held = {outcome.name: outcome for outcome in compared}
    if names is None:
        headline = [outcome for outcome in compared if outcome.headline]
        return tuple((headline or list(compared))[:most])
    unknown = [name for name in names if name not in held]
    if unknown:
        raise unknown_outcome(unknown[0], held)
    if not 1 <= len(names) <= most:
        raise InputError(f"{len(names)} outcomes do not fit one figure.", allowed=f"1 to {most}")
    return tuple(held[name] for name in names)


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
