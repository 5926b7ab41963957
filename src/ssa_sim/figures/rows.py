"""Rows of a panel that are named on its left: bars, ranges and marks one below another."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ssa_sim.figures.lettering import shortened, wrapped
from ssa_sim.figures.page_size import PageSize

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LINES_A_ROW = 2.6
"""Height of a row, in lines of text: two lines of a label and some air."""


def plain_rows(axes: "Axes", labels: Sequence[str], *, above: float = 0.5, below: float = 0.5) -> None:
    """Label rows 0, 1, ... downwards, without ticks and lines; so much room above the first and below the last row's middle."""
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 1.0 + below, -above)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")


def name_rows(
    axes: "Axes", names: Sequence[str], page: PageSize, room: float, *, bold: Sequence[bool] = (), lines: int = 3
) -> None:
    """Write the names of rows 0, 1, ... downwards, each in so many `lines` at most that fit `room` points."""
    weights = ["bold" if is_bold else "normal" for is_bold in (bold or [False] * len(names))]
    size = page.letters - 1.0
    labels = []
    for name, weight in zip(names, weights, strict=True):
        broken = wrapped(name, size, room, weight=weight)
        if len(broken) > lines:
            broken = [*broken[: lines - 1], shortened(" ".join(broken[lines - 1 :]), size, room, weight=weight)]
        labels.append("\n".join(broken))
    plain_rows(axes, labels, above=0.6, below=0.6)
    for tick, weight in zip(axes.get_yticklabels(), weights, strict=True):
        tick.set_fontweight(weight)
        tick.set_linespacing(1.05)


def row_inches(rows: int, page: PageSize) -> float:
    """Inches that so many rows need."""
    return rows * LINES_A_ROW * page.letters / 72
