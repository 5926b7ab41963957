"""`export`: the tables of a result folder for those who live in spreadsheets.

Texts come from files that somebody else may have written. A spreadsheet takes a cell that begins with =, + , - or @ for a
formula; such texts, headings among them, are marked so that none is ever computed (CWE-1236).
"""

import io
import re
import shutil
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.csv as pa_csv  # type: ignore[import-untyped]

from ssa_sim.errors import InputError
from ssa_sim.experiment.keep.disk import existing_folder_above, explained, refuse_link, temporary_folder
from ssa_sim.experiment.keep.store import complete_manifest
from ssa_sim.extras import require
from ssa_sim.report.export_tables import ExportTable, export_tables
from ssa_sim.words.texts import language_named, texts

if TYPE_CHECKING:
    import xlsxwriter.worksheet

Format = Literal["csv", "xlsx"]

ROWS_OF_A_SHEET = 1_048_576
"""What a sheet of an .xlsx file holds, headings included."""
LETTERS_OF_A_CELL = 32_767
FORMULA_OPENINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A text that begins so may be taken for a formula; the wide ones too, where people write Chinese or Japanese."""
NAMES: dict[Format, str] = {"csv": "export", "xlsx": "export.xlsx"}
"""What is written in the result folder, unless something else is named: a folder of CSV files, or a workbook."""
_WIDEST = 60
_ALIKE = 200
"""Rows looked at for the width of a column."""


def export(
    folder: str | Path,
    out: str | Path | None = None,
    format: str = "xlsx",  # noqa: A002  the option's own name
    *,
    language: str = "en",
    all_outcomes: bool = False,
) -> Path:
    """Write a result folder's tables as CSV files in a folder, or as the sheets of one workbook.

    Numbers stay numbers, months are dates, what is not defined is an empty cell. An earlier export in the place is replaced.

    Args:
        folder: a result folder whose runs are all there.
        out: where to; by default `export/` or `export.xlsx` in the folder.
        format: "csv" or "xlsx"; the latter needs XlsxWriter.
        language: "en" or "fr": of the account of the tables.
        all_outcomes: compare every outcome, in place of the headline ones.

    Returns:
        The folder or file written.

    Raises:
        InputError: it cannot be read or written, a table does not fit a sheet, or XlsxWriter is missing.
    """
    spoken = language_named(language)
    if format not in get_args(Format):
        raise InputError(f"There is no export to {format!r}.", where="--format", allowed=get_args(Format))
    where = Path(folder)
    with explained(where):
        manifest = complete_manifest(where)
        target = where / NAMES["csv" if format == "csv" else "xlsx"] if out is None else Path(out)
        refuse_link(target)
        if format == "xlsx":
            _check_workbook(target)
        else:
            _check_folder(target)
        tables = export_tables(where, manifest, spoken, all_outcomes=all_outcomes)
    with explained(target):
        if format == "csv":
            _in_place(target, lambda made: _write_files(tables, made))
        else:
            _check_rows(tables)
            _in_place(target, lambda made: _write_workbook(tables, made))
    return target


def misread_names(names: Sequence[str]) -> list[str]:
    """The names that `pandas.read_csv`, left to itself, takes for missing values or for numbers: NA, NULL, nan, 2013 ..."""
    read = pd.read_csv(io.StringIO(pd.Series(names, name="scenario").to_csv(index=False)))["scenario"]
    return [name for name, back in zip(names, read, strict=True) if back != name]


def _check_folder(target: Path) -> None:
    ours = {f"{name}.csv" for name in texts("en", "export").table("holds")}
    if target.exists() and (not target.is_dir() or any(one.name not in ours for one in target.iterdir())):
        raise InputError(
            "Something else stands there; nothing was overwritten.",
            where=target,
            allowed="a folder that does not exist yet, an empty one, or one of an earlier export",
        )


def _check_workbook(target: Path) -> None:
    require(
        "xlsxwriter",
        "excel",
        "A workbook needs XlsxWriter, which is not installed.",
        where="--format xlsx",
        otherwise="--format csv needs nothing",
    )
    if target.suffix.lower() != ".xlsx" or target.is_dir():
        raise InputError(
            "A workbook cannot be written there.", where=target, allowed="the name of a file, ending in .xlsx"
        )


def _check_rows(tables: Sequence[ExportTable]) -> None:
    for sheet in tables:
        if sheet.n_rows + 1 > ROWS_OF_A_SHEET:
            raise InputError(
                f"The table {sheet.name} has {sheet.n_rows:,} rows, and a sheet holds {ROWS_OF_A_SHEET - 1:,}.",
                where="--format xlsx",
                allowed="--format csv, which has no limit",
            )


def _in_place(target: Path, write: Callable[[Path], None]) -> None:
    """Write beside the target and put the result in its place, whole."""
    beside = target.parent if target.parent.is_dir() else existing_folder_above(target)
    with temporary_folder(beside) as folder:
        made = folder / target.name
        write(made)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            shutil.rmtree(target)
        made.replace(target)


def _write_files(tables: Sequence[ExportTable], folder: Path) -> None:
    """A CSV file a sheet: UTF-8, commas, points in numbers, as programs read it."""
    folder.mkdir()
    for sheet in tables:
        schema = pa.schema([(_marked(field.name), _csv_type(field.type)) for field in sheet.schema])
        with pa_csv.CSVWriter(folder / f"{sheet.name}.csv", schema) as writer:
            for piece in sheet.pieces():
                writer.write_batch(pa.record_batch([_for_csv(column) for column in piece.columns], schema=schema))


def _csv_type(kind: pa.DataType) -> pa.DataType:
    """As what a column is written: numbers, dates, yes or no, and whatever else there is as texts."""
    if pa.types.is_timestamp(kind):
        return pa.date32()
    is_kept = (
        pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_boolean(kind) or pa.types.is_date(kind)
    )
    return kind if is_kept else pa.string()


def _for_csv(column: pa.Array) -> pa.Array:
    """The column as it is written: texts that look like formulas behind an apostrophe, undefined numbers empty."""
    kind = _csv_type(column.type)
    if pa.types.is_floating(kind):
        return pc.if_else(pc.is_nan(column), pa.scalar(None, kind), column)
    if not pa.types.is_string(kind):
        return column.cast(kind)
    texts = column if pa.types.is_string(column.type) else pa.array(map(_text, column.to_pylist()), kind)
    return pc.replace_substring_regex(
        texts, pattern=rf"\A([{re.escape(''.join(FORMULA_OPENINGS))}])", replacement=r"'\1"
    )


def _text(value: Any) -> str | None:
    """What is no number, date, or yes or no, as a text."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return None if value is None else str(value)


def _marked(text: str) -> str:
    """A text behind an apostrophe if it looks like a formula."""
    return f"'{text}" if text.startswith(FORMULA_OPENINGS) else text


def _write_workbook(tables: Sequence[ExportTable], path: Path) -> None:
    """A workbook, a sheet a table, written row by row."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    try:
        heading = {"bold": True, "bottom": 1}
        bold, bold_quoted = book.add_format(heading), book.add_format({**heading, "quote_prefix": True})
        quoted = book.add_format({"quote_prefix": True})
        for sheet in tables:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            _set_widths(page, sheet)
            for column, name in enumerate(sheet.schema.names):
                page.write_string(0, column, name, bold_quoted if name.startswith(FORMULA_OPENINGS) else bold)
            row = 1
            for piece in sheet.pieces():
                for values in zip(*(column.to_pylist() for column in piece.columns), strict=True):
                    for column, value in enumerate(values):
                        _write_cell(page, row, column, value, quoted)
                    row += 1
    finally:
        book.close()


def _set_widths(page: "xlsxwriter.worksheet.Worksheet", sheet: ExportTable) -> None:
    """Columns as wide as their first entries are long."""
    piece = next(sheet.pieces(), None)
    for column, name in enumerate(sheet.schema.names):
        texts = [] if piece is None else [str(value) for value in piece.column(column).slice(0, _ALIKE).to_pylist()]
        numeric = pa.types.is_floating(sheet.schema.field(column).type)
        longest = max((min(len(text), 12) if numeric else len(text) for text in texts), default=0)
        page.set_column(column, column, min(_WIDEST, max(longest, len(name)) + 2))


def _write_cell(page: "xlsxwriter.worksheet.Worksheet", row: int, column: int, value: Any, quoted: Any) -> None:
    if value is None or value != value:
        return
    if isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        if abs(value) == float("inf") or (isinstance(value, int) and abs(value) > 10**15):
            page.write_string(row, column, str(value))
        else:
            page.write_number(row, column, value)
    elif isinstance(value, datetime):
        page.write_datetime(row, column, value)
    else:
        text = (_text(value) or "")[:LETTERS_OF_A_CELL]
        page.write_string(row, column, text, quoted if text.startswith(FORMULA_OPENINGS) else None)
