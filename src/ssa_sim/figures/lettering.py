"""Text width and line breaks: titles, names and captions end where the page does."""

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

import matplotlib
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties, findfont, get_font

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

LINE = 1.3
"""Height of a line of text, in heights of its letters."""


def width_of(text: str, size: float, *, weight: str = "normal") -> float:
    """How wide one line of text is in points, in the figures' font (call it inside their style)."""
    font = FontProperties(size=size, weight=weight)
    with unwarned():
        width, _, _ = _renderer().get_text_width_height_descent(text, font, False)  # type: ignore[no-untyped-call]
    return float(width)


@cache
def _renderer() -> RendererAgg:
    """At 72 dots an inch, where a dot is a point."""
    return RendererAgg(1, 1, 72)  # type: ignore[no-untyped-call]


def wrapped(text: str, size: float, width: float, *, weight: str = "normal") -> list[str]:
    """The text in lines no wider than `width` points; a word that is wider by itself is cut short."""
    lines: list[str] = []
    for word in filter(None, text.split(" ")):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, weight=weight) <= width:
            lines[-1] = longer
        else:
            lines.append(shortened(word, size, width, weight=weight))
    return lines


def shortened(text: str, size: float, width: float, *, weight: str = "normal") -> str:
    """The text, or as much of its beginning as fits `width` points with an ellipsis."""
    if width_of(text, size, weight=weight) <= width:
        return text
    kept = text
    while kept and width_of(f"{kept}…", size, weight=weight) > width:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


@contextmanager
def unwarned() -> Iterator[None]:
    """Without matplotlib's warning for each letter that the font lacks: `missing_letters` is told once of all."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        yield


def missing_letters(texts: "Iterable[Text]") -> set[str]:
    """The letters of a figure's texts that their fonts lack."""
    return {
        letter
        for text in texts
        for letter in text.get_text()
        if letter != "\n" and ord(letter) not in _letters_in(findfont(text.get_fontproperties()))
    }


@cache
def _letters_in(path: str) -> frozenset[int]:
    """Numbers in Unicode of the letters that a font has."""
    return frozenset(get_font(path).get_charmap())


def letters_of(setting: str) -> float:
    """Points of the letters that one of matplotlib's settings, such as "legend.fontsize", asks for (call it inside a style)."""
    settings: Any = matplotlib.rcParams
    return float(FontProperties(size=settings[setting]).get_size_in_points())


def room_of(axes: "Axes") -> float:
    """How wide axes are, in points."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    return 72.0 * float(axes.get_window_extent().width) / figure.dpi
