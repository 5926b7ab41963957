"""Lists for the terminal: a name a line, what it is beside it, as wide as the terminal and broken between words only."""

import textwrap
from collections.abc import Iterable
from itertools import groupby

import typer

from ssa_sim.cli.streams import console

UNBROKEN = "\x1f"
"""A space at which no line ends."""
_GAP = 2
_WIDEST_NAMES = 0.6
"""Share of the width; beside longer names too little is left, and the text goes below."""


def print_list(title: str, rows: Iterable[tuple[str, str]], *, note: str = "", by_group: bool = False) -> None:
    """Print names and texts under a title.

    Args:
        title: what they are.
        rows: a name, which is never broken since people copy it, and what to say of it.
        note: how to read them.
        by_group: set each group of names by itself; "training" is the group of "training.course_weeks".
    """
    from rich.text import Text

    screen = console()
    screen.print(Text(title, style="bold"))
    if note:
        screen.print(Text(note))
    groups = groupby(rows, lambda row: row[0].partition(".")[0] if by_group else "")
    for _, group in groups:
        typer.echo()
        for line in _lines(list(group), screen.width):
            typer.echo(line)


def _lines(rows: list[tuple[str, str]], width: int) -> Iterable[str]:
    indent = max(len(name) for name, _ in rows) + _GAP
    is_below = indent > _WIDEST_NAMES * width
    for name, text in rows:
        if is_below:
            yield name
        lines = textwrap.wrap(
            text or "-",
            width,
            initial_indent=" " * 4 if is_below else name.ljust(indent),
            subsequent_indent=" " * (4 if is_below else indent),
            break_long_words=False,
            break_on_hyphens=False,
        )
        yield from (line.replace(UNBROKEN, " ") for line in lines)
