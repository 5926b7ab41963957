"""The sheet a figure is drawn on: its size, title and legend on top, caption below, and the room between."""

import math
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from ssa_sim.errors import InputError, MissingLetters
from ssa_sim.figures.lettering import (
    LINE,
    letters_of,
    missing_letters,
    room_of,
    shortened,
    unwarned,
    width_of,
    wrapped,
)
from ssa_sim.figures.style import QUIET_TEXT, ScenarioStyle

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backend_bases import RendererBase
    from matplotlib.transforms import Bbox

POINTS = 72
"""Points in an inch."""
ROW_HEIGHT = 1.4
"""Inches for a row of panels on a sheet that is as high as its content needs."""

LEGEND_LINE = 1.75
LEGEND_HANDLE = 3.6
LEGEND_GAP = 2.0
"""Of the legend, in heights of its letters: a line, the sample of a line, the gap between columns."""


@dataclass(frozen=True)
class Sheet:
    """A size that figures are made for.

    Attributes:
        width: inches.
        height: inches; None for as high as the content needs.
        dots_per_inch: of the picture.
        letters: height of ordinary text, in points.
        across: how many outcomes may stand side by side.
        headline: points by which the title is larger than ordinary text.
    """

    width: float
    height: float | None
    dots_per_inch: int
    letters: float
    across: int
    headline: float = 4.0

    @property
    def margin(self) -> float:
        """Points left free on each side."""
        return 0.8 * self.letters

    @property
    def text_width(self) -> float:
        """Points that a line of text may take: a little less than from margin to margin.

        Somebody who saves the figure without `save_figure` gets letters that are up to 5% wider.
        """
        return 0.95 * (self.width * POINTS - 2.0 * self.margin)

    def text_sizes(self) -> dict[str, Any]:
        """Matplotlib's settings for the sizes of text on this sheet."""
        small = self.letters - 1.0
        return {
            "font.size": self.letters,
            "axes.titlesize": self.letters,
            "axes.labelsize": small,
            "xtick.labelsize": small,
            "ytick.labelsize": small,
            "legend.fontsize": self.letters,
        }


SHEETS: dict[str, Sheet] = {
    "slide": Sheet(width=40 / 3, height=7.5, dots_per_inch=120, letters=10.0, across=3),
    "page": Sheet(width=6.3, height=None, dots_per_inch=150, letters=7.5, across=1),
    "column": Sheet(width=8.5 / 2.54, height=None, dots_per_inch=200, letters=6.5, across=1, headline=2.0),
}


def sheet_named(layout: str, allowed: Iterable[str] = tuple(SHEETS)) -> Sheet:
    """The sheet of that name.

    Raises:
        InputError: there is none, or the figure does not fit it.
    """
    names = tuple(allowed)
    if layout not in names:
        known = (
            f"The figure does not fit the size {layout!r}." if layout in SHEETS else f"There is no layout {layout!r}."
        )
        raise InputError(known, allowed=names)
    return SHEETS[layout]


class Drawing(Figure):
    """A figure that says once which letters its font lacks, wherever it is drawn: in a file, a report, a notebook."""

    _told: frozenset[str] = frozenset()

    def draw(self, renderer: "RendererBase") -> None:
        """Draw it; a `MissingLetters` warning tells of letters for which boxes stand."""
        with unwarned():
            super().draw(renderer)
        missing = missing_letters(text for text in self.findobj(Text) if isinstance(text, Text) and text.get_visible())
        if missing - self._told:
            self._told |= missing
            warnings.warn(MissingLetters(missing), stacklevel=2)

    def get_tightbbox(self, renderer: "RendererBase | None" = None, *args: Any, **settings: Any) -> "Bbox":
        """As matplotlib measures it, for notebooks that crop what they show."""
        with unwarned():
            return super().get_tightbbox(renderer, *args, **settings)


def framed(
    sheet: Sheet,
    *,
    title: str,
    legend: Sequence[tuple[str, ScenarioStyle]] = (),
    caption: str,
    rows: float,
) -> Figure:
    """A figure with title, legend (if there is one) and caption; its layout leaves the rest of the sheet to `rows` of panels.

    Call it inside the figures' style: it measures text. Text breaks at the margins.
    """
    head, small = sheet.letters + sheet.headline, sheet.letters - 1.0
    title_lines = wrapped(title, head, sheet.text_width, weight="bold")
    caption_lines = wrapped(caption, small, sheet.text_width)
    labels, columns = _legend_columns([label for label, _ in legend], sheet)
    above = sheet.margin + LINE * head * len(title_lines)
    legend_height = LEGEND_LINE * sheet.letters * math.ceil(len(labels) / max(columns, 1))
    below = sheet.margin + LINE * small * len(caption_lines)
    taken = above + legend_height + below
    height = taken + ROW_HEIGHT * POINTS * rows if sheet.height is None else sheet.height * POINTS
    figure = Drawing((sheet.width, height / POINTS), dpi=sheet.dots_per_inch)
    room = (0.0, below / height, 1.0, 1.0 - taken / height)
    figure.set_layout_engine("constrained", rect=room, w_pad=0.06, h_pad=0.05, wspace=0.02, hspace=0.02)
    left, edge = sheet.margin / (sheet.width * POINTS), sheet.margin / height
    figure.text(left, 1.0 - edge, "\n".join(title_lines), va="top", size=head, weight="bold")
    figure.text(left, edge, "\n".join(caption_lines), va="bottom", size=small, color=QUIET_TEXT)
    if not legend:
        return figure
    drawn = figure.legend(
        [_sample(style) for _, style in legend],
        labels,
        loc="upper left",
        bbox_to_anchor=(left, 1.0 - above / height),
        ncols=columns,
        borderaxespad=0.0,
        borderpad=0.0,
        handlelength=LEGEND_HANDLE,
        columnspacing=LEGEND_GAP,
    )
    drawn.set_in_layout(False)
    return figure


def legend_above(axes: "Axes", legend: Sequence[tuple[str, ScenarioStyle]], *, handle: float = LEGEND_HANDLE) -> None:
    """Draw a legend above axes that stand on no sheet, in as many columns as their width has room for.

    Args:
        axes: where to draw.
        legend: names, each with its style, as `Cast.legend` gives them.
        handle: length of the samples of lines, in heights of the letters.
    """
    letters = letters_of("legend.fontsize")
    widest = max(width_of(label, letters) for label, _ in legend) + (handle + LEGEND_GAP + 1.0) * letters
    axes.legend(
        [_sample(style) for _, style in legend],
        [label for label, _ in legend],
        loc="lower left",
        bbox_to_anchor=(0.0, 1.0),
        ncols=max(1, min(len(legend), int(room_of(axes) // widest))),
        borderaxespad=0.4,
        borderpad=0.0,
        handlelength=handle,
        columnspacing=LEGEND_GAP,
    )


def panel_title(title: str, sheet: Sheet, across: int) -> str:
    """An outcome's name in lines that leave room for what is right of it, with `across` outcomes in a row."""
    room = sheet.text_width / across - 10.0 * sheet.letters
    return "\n".join(wrapped(title, sheet.letters, room, weight="bold"))


def tick_count(sheet: Sheet, across: int) -> int:
    """How many long labels stand side by side below a panel, with `across` outcomes in a row."""
    return min(4, max(2, round(0.06 * sheet.text_width / across / sheet.letters)))


def _legend_columns(labels: Sequence[str], sheet: Sheet) -> tuple[list[str], int]:
    """The labels, cut short where one alone does not fit, and how many columns fit side by side."""
    beside = (LEGEND_HANDLE + LEGEND_GAP + 1.0) * sheet.letters
    fitting = [shortened(label, sheet.letters, sheet.text_width - beside) for label in labels]
    widths = [width_of(label, sheet.letters) + beside for label in fitting]
    if sum(widths) <= sheet.text_width:
        return fitting, len(fitting)
    rows = math.ceil(len(fitting) / max(1, int(sheet.text_width // max(widths))))
    return fitting, math.ceil(len(fitting) / rows)


def _sample(style: ScenarioStyle) -> Line2D:
    return Line2D(
        [],
        [],
        color=style.colour,
        linestyle=style.line_style,
        marker=style.marker,
        markersize=1.2 * style.marker_size,
        markeredgecolor="white",
    )
