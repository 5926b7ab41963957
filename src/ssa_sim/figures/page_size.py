"""The page that a figure is drawn on: its size, title and legend on top, caption below, and the room between."""

import math
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from ssa_sim.errors import InputError, MissingLetters
from ssa_sim.figures.labels import figure_words
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
from ssa_sim.figures.style import QUIET_TEXT, ScenarioStyle, in_style
from ssa_sim.words.texts import Language, Texts, language_named

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backend_bases import RendererBase
    from matplotlib.transforms import Bbox

POINTS = 72
"""Points in an inch."""
ROW_HEIGHT = 1.4
"""Inches for a row of panels on a page that is as high as its content needs."""

SEPARATOR = "\u00a0· "
"""Between the facts of a caption; lines break after it, not before."""

LEGEND_LINE = 1.75
LEGEND_HANDLE = 3.6
LEGEND_GAP = 2.0
"""Of the legend, in heights of its letters: a line, the sample of a line, the gap between columns."""


@dataclass(frozen=True)
class PageSize:
    """A size that figures are made for.

    Attributes:
        width: inches.
        height: inches; None for as high as the content needs.
        dots_per_inch: of the picture.
        letters: height of ordinary text, in points.
        across: how many outcomes may stand side by side where each has two panels.
        abreast: how many where each has one.
        headline: points by which the title is larger than ordinary text.
    """

    width: float
    height: float | None
    dots_per_inch: int
    letters: float
    across: int
    abreast: int
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
        """Matplotlib's settings for the sizes of text on this page."""
        small = self.letters - 1.0
        return {
            "font.size": self.letters,
            "axes.titlesize": self.letters,
            "axes.labelsize": small,
            "xtick.labelsize": small,
            "ytick.labelsize": small,
            "legend.fontsize": self.letters,
        }


PAGE_SIZES: dict[str, PageSize] = {
    "slide": PageSize(width=40 / 3, height=7.5, dots_per_inch=120, letters=10.0, across=3, abreast=3),
    "page": PageSize(width=6.3, height=None, dots_per_inch=150, letters=7.5, across=1, abreast=2),
    "column": PageSize(
        width=8.5 / 2.54, height=None, dots_per_inch=200, letters=6.5, across=1, abreast=1, headline=2.0
    ),
}


def asked(language: str, layout: str, allowed: Iterable[str] = tuple(PAGE_SIZES)) -> tuple[Language, PageSize, Texts]:
    """The language, the page and the words that a figure is asked for in.

    Raises:
        InputError: there is no such language or page, or the figure does not fit the page.
    """
    spoken = language_named(language)
    names = tuple(allowed)
    if layout not in names:
        known = (
            f"The figure does not fit the size {layout!r}."
            if layout in PAGE_SIZES
            else f"There is no layout {layout!r}."
        )
        raise InputError(known, allowed=names)
    return spoken, PAGE_SIZES[layout], figure_words(spoken)


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


@contextmanager
def framed(
    page: PageSize,
    *,
    title: str,
    legend: Sequence[tuple[str, ScenarioStyle]] = (),
    facts: Sequence[str],
    rows: float,
) -> Iterator[Figure]:
    """A figure to draw panels into, in the figures' style with text as large as the page wants it.

    Args:
        page: what it is drawn on.
        title: on top; text breaks at the margins.
        legend: below the title, if there is one.
        facts: of the caption at the bottom.
        rows: of panels that there is to be room for, where the page is as high as its content.
    """
    with in_style(page.text_sizes()):
        yield _framed(page, title, legend, SEPARATOR.join(facts), rows)


def _framed(
    page: PageSize, title: str, legend: Sequence[tuple[str, ScenarioStyle]], caption: str, rows: float
) -> Figure:
    head, small = page.letters + page.headline, page.letters - 1.0
    title_lines = wrapped(title, head, page.text_width, weight="bold")
    caption_lines = wrapped(caption, small, page.text_width)
    labels, columns = _legend_columns([label for label, _ in legend], page)
    above = page.margin + LINE * head * len(title_lines)
    legend_height = LEGEND_LINE * page.letters * math.ceil(len(labels) / max(columns, 1))
    below = page.margin + LINE * small * len(caption_lines)
    taken = above + legend_height + below
    height = taken + ROW_HEIGHT * POINTS * rows if page.height is None else page.height * POINTS
    figure = Drawing((page.width, height / POINTS), dpi=page.dots_per_inch)
    room = (0.0, below / height, 1.0, 1.0 - taken / height)
    figure.set_layout_engine("constrained", rect=room, w_pad=0.06, h_pad=0.05, wspace=0.02, hspace=0.02)
    left, edge = page.margin / (page.width * POINTS), page.margin / height
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


def without_axes(axes: "Axes") -> None:
    """Leave nothing of axes but the room that they take."""
    axes.set_axis_off()
    axes.set_xticks([])
    axes.set_yticks([])


def legend_above(axes: "Axes", legend: Sequence[tuple[str, ScenarioStyle]], *, handle: float = LEGEND_HANDLE) -> None:
    """Draw a legend above axes that stand on no page, in as many columns as their width has room for.

    Args:
        axes: where to draw.
        legend: names, each with its style, as `ScenarioStyles.legend` gives them.
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


def panel_title(title: str, page: PageSize, across: int) -> str:
    """An outcome's name in lines that leave room for what is right of it, with `across` outcomes in a row."""
    room = page.text_width / across - 10.0 * page.letters
    return "\n".join(wrapped(title, page.letters, room, weight="bold"))


def tick_count(page: PageSize, across: int) -> int:
    """How many long labels stand side by side below a panel, with `across` outcomes in a row."""
    return min(4, max(2, round(0.06 * page.text_width / across / page.letters)))


def _legend_columns(labels: Sequence[str], page: PageSize) -> tuple[list[str], int]:
    """The labels, cut short where one alone does not fit, and how many columns fit side by side."""
    beside = (LEGEND_HANDLE + LEGEND_GAP + 1.0) * page.letters
    fitting = [shortened(label, page.letters, page.text_width - beside) for label in labels]
    widths = [width_of(label, page.letters) + beside for label in fitting]
    if sum(widths) <= page.text_width:
        return fitting, len(fitting)
    rows = math.ceil(len(fitting) / max(1, int(page.text_width // max(widths))))
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
