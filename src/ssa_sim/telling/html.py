"""A table as HTML, escaped: for a report, and for the page that a workshop keeps."""

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from ssa_sim.telling.table import Cell, Written, WrittenRow

MOST_COLUMNS = 7
"""Columns of a table up to which a number's interval is never broken into two lines."""


def html_table(table: Written) -> Markup:
    """The table with its caption and the notes below it, in a frame that scrolls where the window is narrow."""
    kinds = ["numbers" if table.is_numeric else "words", *(["many"] if len(table.headings) > MOST_COLUMNS else [])]
    first, *others = table.headings
    corner = Markup('<th scope="col">{}</th>').format(first) if first else Markup("<td></td>")
    head = corner + _joined(Markup('<th scope="col">{}</th>').format(heading) for heading in others)
    return Markup(
        '<div class="scroll" role="region" tabindex="0" aria-label="{caption}">\n<table class="{kinds}">\n'
        "<caption><span>{caption}</span></caption>\n<thead><tr>{head}</tr></thead>\n<tbody>{rows}\n</tbody>\n</table>\n</div>{notes}"
    ).format(
        caption=table.caption,
        kinds=" ".join(kinds),
        head=head,
        rows=_joined(_row(row, table) for row in table.rows),
        notes=_joined(Markup('\n<p class="note">{}</p>').format(with_code(note)) for note in table.notes),
    )


def with_code(text: str) -> Markup:
    """A text, escaped, in which what stands between backquotes is set as code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))


def _row(row: WrittenRow, table: Written) -> Markup:
    """A row; one without cells is a heading over the rows below it."""
    if not row.cells:
        heading = Markup('\n<tr class="group"><th scope="rowgroup" colspan="{}">{}{}</th></tr>')
        return heading.format(len(table.headings), row.heading, _note(row.note))
    cells = _joined(_cell(cell, is_numeric=table.is_numeric) for cell in row.cells)
    return Markup('\n<tr><th scope="row">{}{}</th>{}</tr>').format(row.heading, _note(row.note), cells)


def _cell(cell: Cell, *, is_numeric: bool) -> Markup:
    text = _with_intervals_together(cell.text) if is_numeric else escape(cell.text)
    return Markup('<td class="{}">{}{}</td>').format(cell.kind, text, _note(cell.note))


def _note(note: str) -> Markup:
    return Markup(" <small>{}</small>").format(note) if note else Markup("")


def _with_intervals_together(text: str) -> Markup:
    """A text whose line breaks before what stands in parentheses sooner than within it."""
    return Markup(re.sub(r"(\([^()]+\))", r"<span>\1</span>", str(escape(text))))


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)
