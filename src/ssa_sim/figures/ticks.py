"""Ticks of an axis: round numbers as the language writes them, and so many that their labels do not touch."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.ticker import Formatter, MaxNLocator

from ssa_sim.figures.lettering import room_of, width_of
from ssa_sim.figures.number_format import MOST_DECIMALS
from ssa_sim.words.numbers import grouped
from ssa_sim.words.texts import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

GAP = 0.8
"""Between two labels, in heights of their letters."""


def number_axis(
    axis: "Axis", language: Language, *, most: int = 4, scale: float = 1.0, signed: bool = False, whole: bool = False
) -> None:
    """Give an axis round ticks, in the language's numbers.

    Args:
        axis: `axes.xaxis` or `axes.yaxis`.
        language: "en" or "fr".
        most: intervals between ticks.
        scale: by which values are divided.
        signed: write a plus before positive numbers.
        whole: whole numbers only.
    """
    axis.set_major_locator(MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10], integer=whole))
    axis.set_major_formatter(LanguageTicks(language, scale=scale, signed=signed))


class LanguageTicks(Formatter):
    """Tick labels in the language's numbers, all of one axis with the same number of decimals."""

    def __init__(self, language: Language, *, scale: float = 1.0, signed: bool = False) -> None:
        """Format in `language`, values divided by `scale`, with a plus sign if `signed`."""
        self.language: Language = language
        self.scale = scale
        self.signed = signed

    def __call__(self, value: float, position: int | None = None) -> str:
        """One tick's label, with as many decimals as its own digits need."""
        return self.format_ticks([value])[0]

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """The labels of one axis: enough decimals to tell the ticks apart, and no more."""
        shown = np.asarray(values, np.float64) / self.scale
        decimals = next(
            (places for places in range(MOST_DECIMALS) if np.allclose(np.round(shown, places), shown, rtol=1e-9)),
            MOST_DECIMALS,
        )
        return [grouped(float(value), self.language, decimals=decimals, signed=self.signed) for value in shown]


class FittingTicks(MaxNLocator):
    """Round values, at most so many intervals, and fewer where the labels would touch: at last the one nearest to zero alone."""

    def __init__(self, axes: "Axes", most: int) -> None:
        """Begin with `most` intervals below these axes."""
        super().__init__(nbins=most, steps=[1, 2, 5, 10], min_n_ticks=2)
        self.axes = axes
        self.most = most

    def tick_values(self, vmin: float, vmax: float) -> Any:
        """The ticks within the view, whose limits these are."""
        ticks = {}
        for intervals in range(self.most, 0, -1):
            self.set_params(nbins=intervals)
            ticks[intervals] = [value for value in super().tick_values(vmin, vmax) if vmin <= value <= vmax]
        most = ticks[self.most]
        by_size = sorted(most, key=abs)
        choices = [*ticks.values(), sorted([*by_size[:1], *by_size[-1:]]), [*most[:1], *most[-1:]]]
        return next((each for each in choices if len(set(each)) > 1 and self._fits(each, vmax - vmin)), by_size[:1])

    def _fits(self, ticks: list[float], span: float) -> bool:
        size = float(self.axes.xaxis.get_major_ticks(1)[0].label1.get_fontsize())
        widths = [width_of(label, size) for label in self.axes.xaxis.get_major_formatter().format_ticks(ticks)]
        point = span / room_of(self.axes)
        return all(
            (right - left) / point >= (one + other) / 2.0 + GAP * size
            for (left, one), (right, other) in pairwise(zip(ticks, widths, strict=True))
        )
