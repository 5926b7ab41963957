"""A table as rich shows it on a terminal."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ssa_sim.telling.table import Cell, Column, Table
from ssa_sim.words.texts import Language

if TYPE_CHECKING:
    from rich.table import Table as RichTable
    from rich.text import Text

STYLES = {"better": "bold blue", "worse": "bold magenta", "undecided": "dim", "no-difference": "dim"}
"""Of verdicts, by the kind of their cells."""


def on_terminal(table: Table, language: Language, width: int) -> Iterator["RichTable"]:
    """The table for a terminal so many columns wide: as one table, or as several one below another."""
    fitting = table.fitting
    across = max(fitting.least, (width - fitting.heading) // fitting.cell) if fitting.cell else len(table.columns)
    for first in range(1, len(table.columns), across):
        yield _rich(_part(table, first, first + across), language, is_paired=width < fitting.paired_below)


def _part(table: Table, first: int, end: int) -> Table:
    """The row headings and some of the columns."""
    rows = [replace(row, cells=row.cells[first - 1 : end - 1]) for row in table.rows]
    return replace(table, columns=[table.columns[0], *table.columns[first:end]], rows=rows)


def _rich(table: Table, language: Language, *, is_paired: bool) -> "RichTable":
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    written = table.written(language)
    shown = RichTable(
        title=Text(written.caption, style="bold") if table.title else None,
        title_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
    )
    _add_column(shown, Text(written.headings[0]), table.columns[:1])
    headings = [Text(heading) for heading in written.headings[1:]]
    columns = [[column] for column in table.columns[1:]]
    if is_paired:
        headings, columns = (
            _pairs(headings),
            [[*upper, *lower] for upper, lower in zip(columns[::2], columns[1::2], strict=True)],
        )
    for heading, below in zip(headings, columns, strict=True):
        _add_column(shown, heading, below)
    for row, texts in zip(table.rows, written.rows, strict=True):
        if row.is_apart:
            shown.add_section()
        cells = [_styled(cell) for cell in texts.cells]
        note = f"{chr(10) if is_paired else ' '}({texts.note})" if texts.note else ""
        shown.add_row(Text(f"{texts.heading}{note}"), *(_pairs(cells) if is_paired else cells))
    return shown


def _add_column(shown: "RichTable", heading: "Text", columns: Sequence[Column]) -> None:
    """A column of the terminal, which one column of the table fills or two."""
    are_numbers = all(column.kind == "number" for column in columns)
    breaks = all(column.breaks for column in columns)
    shown.add_column(heading, justify="right" if are_numbers else "left", overflow="fold", no_wrap=not breaks)


def _styled(cell: Cell) -> "Text":
    from rich.text import Text

    return Text(cell.text, style=STYLES.get(cell.kind, ""))


def _pairs(texts: Sequence["Text"]) -> list["Text"]:
    """Every second text on a line below the one before it."""
    from rich.text import Text

    return [Text.assemble(upper, "\n", lower) for upper, lower in zip(texts[::2], texts[1::2], strict=True)]
