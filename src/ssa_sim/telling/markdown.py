"""A table in Markdown, for documents."""

from collections.abc import Sequence

from ssa_sim.telling.table import Table
from ssa_sim.words.texts import Language


def as_markdown(table: Table, language: Language) -> str:
    """The table, a line a row; lines within a cell are broken as HTML does."""
    written = table.written(language)
    rows = [[row.heading, *(cell.text for cell in row.cells)] for row in written.rows]
    return "\n".join([_line(written.headings), f"|{' --- |' * len(written.headings)}", *map(_line, rows)])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace(chr(10), '<br>') for cell in cells)} |"
