"""Ticks of a horizontal axis, so many that their labels stand side by side without touching."""

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from matplotlib.ticker import MaxNLocator

from ssa_sim.figures.lettering import room_of, width_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GAP = 0.8
"""Between two labels, in heights of their letters."""


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
