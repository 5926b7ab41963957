"""What the commands that read a sweep's results share: which folder, outcomes and scenarios, what to do with gaps, and tables."""

from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ssa_sim.cli.output import console

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Result folder of a sweep.")]


class Gaps(StrEnum):
    """What to do with points at which a run failed or an outcome is not defined."""

    refuse = "refuse"
    drop = "drop"


MissingOption = Annotated[
    Gaps,
    typer.Option(
        "--missing",
        help="Where a run failed or an outcome is not defined: refuse, or leave out the whole trajectories, base rows or "
        "futures concerned and say how many.",
    ),
]
FiguresOption = Annotated[bool, typer.Option("--figures/--no-figures", help="Draw figures into the folder.")]


def names(listed: str | None) -> tuple[str, ...] | None:
    """Names from a list with commas."""
    return None if listed is None else tuple(filter(None, (name.strip() for name in listed.split(","))))


def place(folder: Path, name: str, figure: "Figure") -> Path:
    """Put a figure into a result folder; returns its path."""
    from ssa_sim.experiment.keep.store import place_figure
    from ssa_sim.figures.style import save_figure

    return place_figure(folder, name, partial(save_figure, figure))


def print_table(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]], *, texts: int = 1) -> None:
    """A table on standard output; its first columns, so many, are texts, the others numbers."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title, style="bold"), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for number, heading in enumerate(headings):
        is_text = number < texts
        table.add_column(heading, justify="left" if is_text else "right", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console().print(table)


def print_texts(texts: Sequence[str]) -> None:
    """Paragraphs on standard output."""
    screen = console()
    for text in filter(None, texts):
        screen.print(f"{text}\n", markup=False)
