"""One look for all figures: colours, lines and marks that stay apart for every reader; and files.

The palette was chosen by measurement: to normal sight and to simulated protanopia, deuteranopia and
tritanopia (Machado, Oliveira and Fernandes 2009, full severity) no two colours come closer than 24 in
CIELAB, every colour has a contrast of 3:1 or more against white, and the first five stay apart in grey
print. A line style and a mark go with each colour, so that nothing rests on colour alone.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any, Literal, cast

import matplotlib.style

from ssa_sim.errors import InputError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PALETTE = ("#1A1A1A", "#1442CC", "#CC3314", "#42A67C", "#5D0066", "#D96CCB", "#730E00", "#7F5976")
LINE_STYLES: tuple[Any, ...] = (
    "-",
    (0, (6, 1.5)),
    (0, (6, 1.5, 1.2, 1.5)),
    (0, (3, 1.2)),
    (0, (1.2, 1.2)),
    (0, (8, 1.5, 1.2, 1.5, 1.2, 1.5)),
    (0, (4, 1.2, 2, 1.2)),
    (0, (10, 3)),
)
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "p")
MARKER_SIZES = (5.0, 4.6, 5.6, 4.2, 5.6, 5.6, 5.6, 5.6)
"""In points, such that all marks look equally large."""
MOST_SCENARIOS = len(PALETTE)

MUTED = "#8C8C8C"
"""Grey of what is not decided; 3:1 against white, so that it can still be read as a mark."""
QUIET_TEXT = "#595959"
"""Grey of captions: 7:1 against white."""

Format = Literal["png", "svg", "pdf"]
FORMATS: tuple[Format, ...] = ("png", "svg", "pdf")

STYLE: dict[str, Any] = {
    "font.family": "DejaVu Sans",  # comes with matplotlib, so that a figure is the same on every machine
    "text.parse_math": False,  # a dollar sign in a title is a dollar sign
    "text.usetex": False,
    "text.hinting": "none",  # letters as wide in a picture as they are measured to be
    "axes.unicode_minus": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#4D4D4D",
    "axes.linewidth": 0.8,
    "axes.grid": True,
    "axes.grid.axis": "both",
    "axes.axisbelow": True,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "grid.color": "#E3E3E3",
    "grid.linewidth": 0.6,
    "xtick.color": "#333333",
    "ytick.color": "#333333",
    "xtick.major.size": 3.0,
    "ytick.major.size": 3.0,
    "lines.linewidth": 1.8,
    "lines.solid_capstyle": "butt",
    "legend.frameon": False,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "svg.hashsalt": "ssa_sim",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
}


@dataclass(frozen=True)
class ScenarioStyle:
    """How one scenario is drawn, the same in every panel."""

    colour: str
    line_style: Any
    marker: str
    marker_size: float


def scenario_styles(count: int) -> tuple[ScenarioStyle, ...]:
    """Styles for `count` scenarios in order; the first one is the reference.

    Raises:
        ValueError: more than `MOST_SCENARIOS`, beyond which colours could no longer be told apart.
    """
    if count > MOST_SCENARIOS:
        raise ValueError(f"{count} scenarios cannot be told apart in one figure; {MOST_SCENARIOS} can.")
    parts = zip(PALETTE, LINE_STYLES, MARKERS, MARKER_SIZES, strict=True)
    return tuple(ScenarioStyle(*each) for each in parts)[:count]


def in_style(settings: Mapping[str, Any] = MappingProxyType({})) -> AbstractContextManager[None]:
    """Draw in the house style, and in it alone: what a machine's own matplotlib settings say does not count.

    Args:
        settings: matplotlib settings that come on top.
    """
    return matplotlib.style.context(["default", cast("Any", {**STYLE, **settings})])


def save_figure(figure: "Figure", path: Path) -> None:
    """Write a figure in the format that the path's ending names; the same figure gives the same bytes.

    Raises:
        InputError: the ending is not one of `FORMATS`, or the file cannot be written.
    """
    kind = path.suffix.lower().removeprefix(".")
    if kind not in FORMATS:
        raise InputError(
            f"A figure cannot be written as {path.suffix or 'a file without ending'}.",
            where=path,
            allowed=[f".{each}" for each in FORMATS],
        )
    try:
        write_figure(figure, path, kind)
    except OSError as error:
        raise InputError(f"The figure cannot be written: {error.strerror}.", where=path) from error


def write_figure(figure: "Figure", target: "Path | IO[bytes]", kind: Format) -> None:
    """Write a figure to a path or into an open file; the same figure gives the same bytes, since no date is in them."""
    undated: dict[str, dict[str, Any]] = {
        "png": {"Software": "ssa_sim"},
        "svg": {"Date": None, "Creator": "ssa_sim"},
        "pdf": {"CreationDate": None, "Creator": "ssa_sim"},
    }
    with in_style():
        figure.savefig(target, format=kind, metadata=undated[kind])
