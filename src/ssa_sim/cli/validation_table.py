"""The pattern table on the terminal: patterns one after the other, each with its rows and remarks."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ssa_sim.cli.streams import console

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from ssa_sim.analysis.validation import Validation
    from ssa_sim.words.texts import Language


def print_validation(title: str, validation: "Validation", language: "Language") -> None:
    """The patterns one after the other, each with its rows; below a row that fails, the reason if it is known; a summary."""
    from rich.text import Text

    from ssa_sim.catalogue.patterns import PATTERNS
    from ssa_sim.telling.validation import cells, remarks, seen, summary, table

    screen = console()
    width = min(screen.width, _WIDEST)
    screen.print(Text(f"{title}\n", style="bold"))
    _print_row(table(validation).written(language).headings, width, "bold")
    for pattern in PATTERNS:
        screen.print(Text(f"\n{pattern.id}  {pattern.label.to(language)}", style="bold"), width=width)
        screen.print(Text(seen(pattern, language), style="dim"), width=width)
        for finding in validation.of(pattern):
            _print_row([finding.row.id, *(cell.to(language) for cell in cells(validation, finding))], width)
            for text in remarks(finding, language):
                screen.print(_line(("", Text(text)), (_ID, width - _ID - 2), "italic"))
    screen.print()
    screen.print(Text(summary(validation, language)), width=width)


def _print_row(cells: Sequence[str], width: int, style: str = "") -> None:
    """A row of the table; on a narrow screen, what is measured on a line of its own and the numbers below it."""
    from rich.text import Text

    screen = console()
    texts = [Text(cell) for cell in cells]
    texts[_VERDICT].highlight_words(_STRIKING, "bold magenta")
    if width < _SIDE_BY_SIDE:
        screen.print(_line(texts[: -len(_NUMBERS)], (_ID, width - _ID - 2), style))
        screen.print(_line(texts[-len(_NUMBERS) :], _NUMBERS, style))
    else:
        rest = width - sum(each + 1 for each in (_ID, *_NUMBERS)) - 1
        screen.print(_line(texts, (_ID, rest, *_NUMBERS), style))


def _line(cells: "Sequence[Text | str]", widths: Sequence[int], style: str = "") -> "Table":
    """Cells beside one another; lines of the same widths line up below one another."""
    from rich.table import Table

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1, 0, 0), style=style)
    for width in widths:
        table.add_column(width=width, overflow="fold")
    table.add_row(*cells)
    return table


_WIDEST = 150
_SIDE_BY_SIDE = 110
"""Columns of a screen from which on what is measured stands beside its numbers."""
_ID = 4
_NUMBERS = (17, 17, 16, 13, 12)
"""Columns of each cell but what is measured, which takes what is left."""
_VERDICT = 5
"""Place of the verdict among a row's cells."""
_STRIKING = ("fails", "ne tient pas")
