"""The one kind of table: what is in it, without a language; and the same table written in one, for whatever shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ssa_sim.telling.values import Value
from ssa_sim.words.texts import Language, Word

Kind = Literal["number", "text", "verdict"]
"""What a column holds: numbers stand to the right, texts to the left; a verdict has its name as its cells' kind."""


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        heading: what stands above it.
        kind: of its cells.
        breaks: whether a line of it may be broken where the terminal is narrow.
    """

    heading: Value
    kind: Kind = "number"
    breaks: bool = True


@dataclass(frozen=True)
class Row:
    """A row: what it is about and its cells.

    Attributes:
        heading: stands in the first column.
        cells: one for each of the other columns.
        note: beside the heading, such as its unit.
        is_apart: whether a line parts it from the rows before it.
    """

    heading: Value
    cells: tuple[Value, ...]
    note: Value | None = None
    is_apart: bool = False


@dataclass(frozen=True)
class Fitting:
    """How a table is fitted into a terminal, in columns of it.

    Attributes:
        paired_below: narrower than this, each two columns share one, one cell below the other.
        heading: what the first column takes ...
        cell: ... and each other one: those that do not fit go into further tables; 0: the table stays whole.
        least: as many columns stay side by side whatever the width.
    """

    paired_below: int = 0
    heading: int = 0
    cell: int = 0
    least: int = 1


@dataclass(frozen=True)
class Table:
    """A table in no language.

    Attributes:
        title: what it shows.
        columns: the first is that of the rows' headings.
        rows: in order.
        fitting: how it is fitted into a terminal.
    """

    title: Value | None
    columns: Sequence[Column]
    rows: Sequence[Row]
    fitting: Fitting = Fitting()

    def written(self, language: Language) -> "Written":
        """The table in a language."""
        kinds = [column.kind for column in self.columns[1:]]
        return Written(
            "" if self.title is None else self.title.to(language),
            [column.heading.to(language) for column in self.columns],
            [
                WrittenRow(
                    row.heading.to(language),
                    tuple(_cell(value, kind, language) for value, kind in zip(row.cells, kinds, strict=True)),
                    note="" if row.note is None else row.note.to(language),
                )
                for row in self.rows
            ],
        )


@dataclass(frozen=True)
class Cell:
    """A cell's text; `kind` is how it looks: "number", "text", or a verdict's name with hyphens for spaces."""

    text: str
    kind: str = "number"
    note: str = ""


@dataclass(frozen=True)
class WrittenRow:
    """A row as texts; without cells the heading stands for the rows below it."""

    heading: str
    cells: tuple[Cell, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Written:
    """A table as texts of one language; the first heading is that of the row headings."""

    caption: str
    headings: Sequence[str]
    rows: Sequence[WrittenRow]
    is_numeric: bool = True
    notes: Sequence[str] = ()


def _cell(value: Value, kind: Kind, language: Language) -> Cell:
    """A cell in a language; of a verdict, its own name is the kind."""
    if kind == "verdict" and isinstance(value, Word):
        return Cell(value.to(language), value.key.replace(" ", "-"))
    return Cell(value.to(language), kind)
