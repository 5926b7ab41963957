"""A sheet to draw on, and panels with axes."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy.typing as npt

from ssa_sim.figures.style import PALETTE, QUIET_TEXT

COMPARISON_COLOUR, POLICY_COLOUR = PALETTE[0], PALETTE[1]
ALARM_COLOUR = PALETTE[2]
GAIN_COLOUR = "#1F7A55"
INK = "#1A1A1A"
GRID = "#DDDDDD"
WORLD_COLOURS = (COMPARISON_COLOUR, POLICY_COLOUR)
WORLD_TINTS = ("#C9C9C9", "#B9C8F7")
DASHES = ("9 5", "")
"""The world compared with is dashed, so that nothing rests on colour alone."""

Point = tuple[float, float]
Series = Sequence[float] | npt.NDArray[Any]


class Canvas:
    """SVG in the making."""

    def __init__(self, width: float, height: float, description: str) -> None:
        """A sheet of that many units, with words for those who do not see it."""
        self._size = (width, height)
        self._description = description
        self._parts: list[str] = []

    def svg(self) -> str:
        """The whole picture."""
        width, height = self._size
        words = escape(self._description, quote=True)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img" '
            f'aria-label="{words}" class="drawing" font-family="inherit">{"".join(self._parts)}</svg>'
        )

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = 18,
        anchor: str = "start",
        colour: str = INK,
        bold: bool = False,
    ) -> None:
        """Words at a point; `anchor` is start, middle or end."""
        weight = ' font-weight="700"' if bold else ""
        self._parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}" fill="{colour}"{weight}>'
            f"{escape(words)}</text>"
        )

    def line(self, points: Iterable[Point], *, colour: str = INK, width: float = 3, dash: str = "") -> None:
        """A line through points."""
        drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<polyline points="{drawn}" fill="none" stroke="{colour}" stroke-width="{width:g}"{dashed} '
            'stroke-linejoin="round"/>'
        )

    def area(self, points: Iterable[Point], *, colour: str, opacity: float = 1.0, edge: str = "none") -> None:
        """A filled shape."""
        drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self._parts.append(f'<polygon points="{drawn}" fill="{colour}" fill-opacity="{opacity:g}" stroke="{edge}"/>')

    def box(self, x: float, y: float, width: float, height: float, *, colour: str, edge: str = "none") -> None:
        """A filled rectangle; a height or width below zero goes the other way."""
        x, width = (x + width, -width) if width < 0 else (x, width)
        y, height = (y + height, -height) if height < 0 else (y, height)
        self._parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}" stroke="{edge}"/>'
        )

    def disc(self, x: float, y: float, radius: float, *, colour: str, edge: str = INK, label: str = "") -> None:
        """A filled circle, with words that appear when it is pointed at."""
        title = f"<title>{escape(label)}</title>" if label else ""
        self._parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour}" stroke="{edge}">{title}</circle>'
        )


@dataclass(frozen=True)
class Panel:
    """Part of a sheet with axes: where it lies, and what its axes cover.

    Attributes:
        left: of the plotting area.
        top: of it.
        width: of it.
        height: of it.
        months: how many months the horizontal axis has.
        low: bottom of the vertical axis.
        high: top of it.
    """

    left: float
    top: float
    width: float
    height: float
    months: int
    low: float
    high: float

    def x(self, month: float) -> float:
        """Where the end of a month lies; month 0 ends one month after the left edge."""
        return self.left + self.width * (month + 1) / max(1, self.months)

    def y(self, value: float) -> float:
        """Where a value lies."""
        span = self.high - self.low or 1.0
        return self.top + self.height * (1.0 - (value - self.low) / span)

    def points(self, values: Series, first: int = 0) -> list[Point]:
        """The points of a series of months; those without a value are left out."""
        return [(self.x(first + i), self.y(float(v))) for i, v in enumerate(values) if math.isfinite(v)]

    def between(self, lower: Series, upper: Series) -> list[Point]:
        """The outline of a band."""
        return [*self.points(upper), *reversed(self.points(lower))]

    def draw_axes(
        self, canvas: Canvas, ticks: Sequence[tuple[float, str]], years: Sequence[tuple[int, str]], *, size: float = 16
    ) -> None:
        """Horizontal lines with their numbers, and years below.

        Args:
            canvas: to draw on.
            ticks: values and their labels.
            years: months at which a year begins, and its label.
            size: of the letters.
        """
        for value, label in ticks:
            y = self.y(value)
            canvas.line([(self.left, y), (self.left + self.width, y)], colour=GRID, width=1)
            canvas.text(self.left - 6, y + size / 3, label, size=size, anchor="end", colour=QUIET_TEXT)
        for month, label in years:
            x = self.x(month - 1)
            base = self.top + self.height
            canvas.line([(x, base), (x, base + 5)], colour=QUIET_TEXT, width=1)
            canvas.text(x, base + size + 6, label, size=size, anchor="middle", colour=QUIET_TEXT)


def nice_ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round numbers from `low` to at least `high`, few of them."""
    span = high - low
    if not math.isfinite(span) or span <= 0:
        return [low, low + 1.0]
    rough = span / most
    magnitude = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * magnitude for factor in (1, 2, 2.5, 5, 10) if factor * magnitude >= rough)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [step * position for position in range(first, last + 1)]
