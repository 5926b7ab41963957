"""The right half of a comparison: each scenario's paired difference from the first, with its interval."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matplotlib.ticker import FixedLocator

from ssa_sim.figures.labels import figure_words, scaled_unit
from ssa_sim.figures.number_format import decimals_for, format_decided, scale_for
from ssa_sim.figures.rows import plain_rows
from ssa_sim.figures.style import MUTED, QUIET_TEXT, ScenarioStyle
from ssa_sim.figures.ticks import FittingTicks, LanguageTicks
from ssa_sim.words.numbers import grouped
from ssa_sim.words.texts import Language

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ssa_sim.catalogue.outcomes import Outcome


VALUES = 36.0
"""Points right of the panel, for the values."""


@dataclass(frozen=True)
class Difference:
    """One mark: a difference with its interval, in the outcome's unit; NaN where there is none."""

    scenario: str
    value: float
    low: float
    high: float
    decided: bool


def differences_of(table: "pd.DataFrame", outcome: str, scenarios: Sequence[str]) -> list[Difference]:
    """The marks of one outcome, in the order of `scenarios`; those that the table does not hold are left out.

    A mark is decided if the comparison's verdict says better or worse and its own interval excludes zero.
    """
    rows = table[table["outcome"] == outcome]
    marks = {}
    for scenario, value, low, high, verdict in zip(
        *(rows[name] for name in ("scenario", "difference", "low", "high", "verdict")), strict=True
    ):
        decided = verdict in ("better", "worse") and bool(low > 0.0 or high < 0.0)
        marks[scenario] = Difference(scenario, float(value), float(low), float(high), decided)
    return [marks[scenario] for scenario in scenarios if scenario in marks]


def draw_differences(
    axes: "Axes",
    marks: Sequence[Difference],
    outcome: "Outcome",
    styles: Mapping[str, ScenarioStyle],
    letters: Mapping[str, str],
    language: Language,
    *,
    ticks: int = 2,
) -> None:
    """Draw marks one below another around a line at zero, letters on the left and values on the right.

    Args:
        axes: where to draw.
        marks: from top to bottom.
        outcome: what they are differences of.
        styles: of each scenario.
        letters: that stand for each scenario beside its mark, as in the legend.
        language: of labels and numbers.
        ticks: how many intervals between ticks there may be.
    """
    words = figure_words(language)
    ends = [end for mark in marks for end in (mark.value, mark.low, mark.high) if math.isfinite(end)]
    scale = scale_for(ends)
    decimals = decimals_for(end / scale for end in ends)
    axes.axvline(0.0, color="#4D4D4D", linewidth=1.0, zorder=2)
    for height, mark in enumerate(marks):
        _draw_mark(axes, height, mark, styles[mark.scenario])
        shown = mark.value / scale
        value = (
            format_decided(shown, language, decimals=decimals)
            if mark.decided
            else grouped(shown, language, decimals=decimals, signed=True)
        )
        axes.annotate(
            value,
            (1.0, height),
            xycoords=("axes fraction", "data"),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            color="black" if mark.decided else QUIET_TEXT,
            weight="bold" if mark.decided else "normal",
        )
    plain_rows(axes, [letters[mark.scenario] for mark in marks])
    axes.spines["left"].set_visible(False)
    _set_range(axes, ends, ticks)
    axes.xaxis.set_major_formatter(LanguageTicks(language, scale=scale, signed=True))
    axes.set_xlabel(words(f"shared.difference_of.{outcome.summary}", unit=scaled_unit(outcome, scale, language)))
    better = words("shared.better_to_the_right" if outcome.better == "higher" else "shared.better_to_the_left")
    axes.annotate(
        better,
        (1.0, 1.0),
        xycoords="axes fraction",
        xytext=(VALUES, 5),
        textcoords="offset points",
        ha="right",
    )


def _draw_mark(axes: "Axes", height: int, mark: Difference, style: ScenarioStyle) -> None:
    colour = style.colour if mark.decided else MUTED
    if math.isfinite(mark.low) and math.isfinite(mark.high):
        width = 2.2 if mark.decided else 1.2
        axes.plot([mark.low, mark.high], [height, height], color=colour, linewidth=width, zorder=3)
    if math.isfinite(mark.value):
        axes.plot(
            [mark.value],
            [height],
            linestyle="none",
            marker=style.marker,
            markersize=1.3 * style.marker_size,
            color=colour,
            markerfacecolor=colour if mark.decided else "white",
            markeredgecolor=colour,
            zorder=4,
        )


def _set_range(axes: "Axes", ends: Sequence[float], ticks: int) -> None:
    """Zero in sight, some air on both sides, and few ticks; only zero is named where nothing differs."""
    low, high = min([0.0, *ends]), max([0.0, *ends])
    if low == high:
        axes.set_xlim(-1.0, 1.0)
        axes.xaxis.set_major_locator(FixedLocator([0.0]))
        return
    margin = 0.08 * (high - low)
    axes.set_xlim(low - margin, high + margin)
    axes.xaxis.set_major_locator(FittingTicks(axes, ticks))
