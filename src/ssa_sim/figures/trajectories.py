"""The left half of a comparison: how one outcome moves month by month in each scenario."""

import textwrap
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.dates import date2num, num2date
from matplotlib.ticker import FixedLocator, Formatter, NullLocator

from ssa_sim.errors import InputError
from ssa_sim.figures.labels import figure_words, scaled_unit
from ssa_sim.figures.lettering import letters_of, room_of
from ssa_sim.figures.number_format import scale_for
from ssa_sim.figures.style import QUIET_TEXT, ScenarioStyle
from ssa_sim.figures.ticks import number_axis
from ssa_sim.words.texts import Language

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ssa_sim.catalogue.outcomes import Outcome

MARKS_PER_LINE = 4
TICK_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)
"""Months from one tick to the next."""


class MonthTicks(Formatter):
    """Dates that read the same in every language: 2016 where all ticks are Januaries, else 2016-04."""

    def __call__(self, value: float, position: int | None = None) -> str:
        """One tick's label."""
        return self.format_ticks([value])[0]

    def format_ticks(self, values: list[float]) -> list[str]:
        """The labels of one axis."""
        dates = [num2date(value) for value in values]  # type: ignore[no-untyped-call]
        pattern = "%Y" if all((date.month, date.day) == (1, 1) for date in dates) else "%Y-%m"
        return [date.strftime(pattern) for date in dates]


def draw_trajectories(
    axes: "Axes",
    monthly: "pd.DataFrame",
    outcome: "Outcome",
    styles: Mapping[str, ScenarioStyle],
    language: Language,
    *,
    ticks: int = 2,
) -> None:
    """Draw the median of each scenario with the band that holds 90% of replications.

    Args:
        axes: where to draw.
        monthly: columns scenario, month, outcome, p05, p50, p95; NaN where an outcome is not defined.
        outcome: which to draw, in its own unit.
        styles: of the scenarios to draw, by name; later ones are drawn on top of earlier ones.
        language: of labels and numbers.
        ticks: how many dates with their month there is room for below the panel.

    Raises:
        InputError: there is no scenario to draw.
    """
    if not styles:
        held = list(dict.fromkeys(monthly["scenario"]))
        raise InputError("There is no scenario to draw.", allowed=[f"styles of {', '.join(held)}"] if held else None)
    words = figure_words(language)
    rows = monthly[(monthly["outcome"] == outcome.name) & monthly["scenario"].isin(list(styles))]
    scale = scale_for(rows[["p05", "p95"]].to_numpy(np.float64).ravel())
    unit = scaled_unit(outcome, scale, language)
    axes.set_ylabel(words("shared.each_month", unit=unit) if outcome.summary == "total" else unit)
    if not rows.empty:
        set_months(axes, rows["month"], ticks)
    if rows["p50"].isna().all():
        _say(axes, words("shared.no_months" if monthly.empty else "shared.never_defined"))
        return
    for place, (name, style) in enumerate(styles.items()):
        _draw_scenario(axes, rows[rows["scenario"] == name].sort_values("month"), style, place)
    number_axis(axes.yaxis, language, scale=scale)


def _draw_scenario(axes: "Axes", rows: "pd.DataFrame", style: ScenarioStyle, place: int) -> None:
    months = rows["month"].to_numpy()
    low, middle, high = (rows[name].to_numpy(np.float64) for name in ("p05", "p50", "p95"))
    axes.fill_between(months, low, high, color=style.colour, alpha=0.10, linewidth=0, zorder=1 + 0.01 * place)
    step = max(1, len(months) // MARKS_PER_LINE)
    # Marks of different scenarios stand in different months, so that lines that coincide can be told apart.
    start = (step * (2 * place + 1) // (2 * MARKS_PER_LINE)) % step
    axes.plot(
        months,
        middle,
        color=style.colour,
        linestyle=style.line_style,
        marker=style.marker,
        markevery=(start, step),
        markersize=style.marker_size,
        markeredgecolor="white",
        markeredgewidth=0.6,
        zorder=3 + 0.01 * place,
    )


def set_months(axes: "Axes", months: "pd.Series[pd.Timestamp]", ticks: int) -> None:
    """From the first month to the last; a single month stands in the middle of its neighbours."""
    beside = timedelta(days=30 if months.nunique() == 1 else 0)
    first, last, *named = date2num(  # type: ignore[no-untyped-call]
        [months.min() - beside, months.max() + beside, *_dates_named(months, ticks)]
    )
    axes.set_xlim(first, last)
    axes.xaxis.set_major_locator(FixedLocator(named))
    axes.xaxis.set_major_formatter(MonthTicks())


def dates_fitting(axes: "Axes") -> int:
    """How many dates with their month fit below axes of this width, in the style's letters."""
    return max(1, int(room_of(axes) / (6.0 * letters_of("xtick.labelsize"))))


def _dates_named(months: "pd.Series[pd.Timestamp]", ticks: int) -> list["pd.Timestamp"]:
    """Months that get a tick, evenly spaced: a year's name takes half the room of a month's."""
    dates = sorted(set(months))
    for step in TICK_STEPS:
        chosen = [date for date in dates if (12 * date.year + date.month - 1) % step == 0]
        if len(chosen) <= (2 * ticks if step % 12 == 0 else ticks):
            return chosen or dates[:1]
    return dates[:1]


def _say(axes: "Axes", text: str) -> None:
    """Words in place of lines."""
    lines = "\n".join(textwrap.wrap(text, 18))
    axes.text(0.5, 0.5, lines, transform=axes.transAxes, ha="center", va="center", color=QUIET_TEXT)
    axes.yaxis.set_major_locator(NullLocator())
    axes.grid(visible=False)
