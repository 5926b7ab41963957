"""Opens the Parquet files of result folders: none is read before its footer says that it is what it should be.

A folder may come from somebody else, and a file of a megabyte can be written that fills the memory when it is read. So every
file is opened here: its columns are held against the schema of its table, and what it takes in memory against its size.
"""

import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from ssa_sim.errors import InputError

UNPACKED_FREELY = 256_000_000
"""Bytes that any table may take in memory."""
MOST_UNPACKED = 1000
"""How many times its size on the disk a table may take beyond that; those that we write take up to about 150 times."""
UNREADABLE = (ValueError, LookupError, MemoryError, OverflowError, pa.ArrowException)
"""What reading a damaged file raises, by where the damage is, beside OSError."""
_AS_WRITTEN = "the table as ssa-sim wrote it: take the folder again from where it came from, or make it anew elsewhere"


@dataclass(frozen=True)
class TableSchema:
    """What a table of a result folder holds.

    Attributes:
        columns: names and Arrow types, in order.
        with_holes: the columns in which a value may be missing.
        rows: how many there are; None: any number.
        may_hold_more: whether other columns may follow, as other versions of the model write them.
    """

    columns: pa.Schema
    with_holes: frozenset[str] = frozenset()
    rows: int | None = None
    may_hold_more: bool = False


@contextmanager
def opened_table(path: Path, schema: TableSchema | None = None) -> Iterator[pq.ParquetFile]:
    """A Parquet file, open, once its footer is in order; texts come as dictionaries, so that none is unpacked unseen.

    Args:
        path: the file.
        schema: of the table; None: any that is not too large, for a table that has been checked before.

    Raises:
        InputError: it is no table, not this one, damaged, or too large for its size on the disk; also while it is read.
        OSError: the system refuses.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise InputError("This is no ordinary file.", where=path, allowed=_AS_WRITTEN)
        footer = pq.read_metadata(path)
        _check_size(footer, path)
        wanted = pa.schema([]) if schema is None else schema.columns
        texts = [one.name for one in wanted if pa.types.is_string(one.type) and one.name in footer.schema.names]
        with pq.ParquetFile(path, metadata=footer, page_checksum_verification=True, read_dictionary=texts) as file:
            if schema is not None:
                _check_columns(file, schema, path)
            yield file
    except UNREADABLE as error:
        raise damaged(path) from error
    except OSError as error:
        if error.errno is None:  # Arrow's own, of what it read
            raise damaged(path) from error
        raise


def read_whole(
    path: Path, schema: TableSchema, columns: Sequence[str] | None = None, *, threads: bool = True
) -> pa.Table:
    """A table of a result folder, or some columns of it, with nothing missing that must be there; errors as for `opened_table`."""
    with opened_table(path, schema) as file:
        return unpacked(file.read(columns=columns, use_threads=threads), path, schema)


def unpacked(table: pa.Table, path: Path, schema: TableSchema) -> pa.Table:
    """What was read from an opened table, its texts no longer dictionaries.

    Raises:
        InputError: the texts would be too large, or a value is missing.
    """
    table = table.replace_schema_metadata(None)
    for index, field in enumerate(table.schema):
        column = table.column(index)
        if column.null_count and field.name not in schema.with_holes and not pa.types.is_floating(field.type):
            raise InputError(f"A value is missing in the column {field.name!r}.", where=path, allowed=_AS_WRITTEN)
        if pa.types.is_dictionary(field.type):
            _check_texts(column, path)
            table = table.set_column(index, field.name, column.cast(field.type.value_type))
    return table


def damaged(path: Path) -> InputError:
    """What is said of a table that cannot be read."""
    return InputError("The table is damaged and cannot be read.", where=path, allowed=_AS_WRITTEN)


def _check_size(footer: Any, path: Path) -> None:
    """Refuse what would take far more memory than its size on the disk lets one expect: by rows and columns, and by the
    uncompressed sizes that it claims."""
    # By group: to ask for a single column of a damaged footer can end the process.
    claimed = sum(footer.row_group(number).total_byte_size for number in range(footer.num_row_groups))
    _check_bytes(max(8 * footer.num_rows * footer.num_columns, claimed), path)


def _check_texts(column: pa.ChunkedArray, path: Path) -> None:
    lengths = (pc.binary_length(chunk.dictionary).take(chunk.indices) for chunk in column.chunks)
    _check_bytes(sum(pc.sum(each).as_py() or 0 for each in lengths), path)


def _check_bytes(needed: int, path: Path) -> None:
    size = path.stat().st_size
    if needed > UNPACKED_FREELY + MOST_UNPACKED * size:
        raise InputError(
            f"The table takes {size / 1e6:,.1f} MB on the disk and would take {needed / 1e6:,.0f} MB in memory: it was not read.",
            where=path,
            allowed=f"{UNPACKED_FREELY / 1e6:,.0f} MB and {MOST_UNPACKED:,} times what is on the disk; ssa-sim writes no such table",
        )


def _check_columns(file: pq.ParquetFile, schema: TableSchema, path: Path) -> None:
    found: pa.Schema = file.schema_arrow
    wanted = schema.columns
    types = {field.name: _read_type(field.type) for field in wanted}
    lost = [name for name in wanted.names if found.names.count(name) != 1]
    if lost:
        raise InputError(f"The table should have one column {lost[0]!r}.", where=path, allowed=_AS_WRITTEN)
    for field in found:
        if field.name not in types:
            if schema.may_hold_more and _is_plain(field.type):
                continue
            raise InputError(
                f"The table holds a column {field.name!r}, which it should not.", where=path, allowed=_AS_WRITTEN
            )
        if field.type not in (types[field.name], wanted.field(field.name).type):
            raise InputError(
                f"The column {field.name!r} should be of type {wanted.field(field.name).type}, and is {field.type}.",
                where=path,
                allowed=_AS_WRITTEN,
            )
    if not schema.may_hold_more and found.names != wanted.names:
        raise InputError("The columns do not stand in their order.", where=path, allowed=_AS_WRITTEN)
    rows = file.metadata.num_rows
    if schema.rows is not None and rows != schema.rows:
        raise InputError(
            f"The table should have {schema.rows:,} rows, and has {rows:,}.", where=path, allowed=_AS_WRITTEN
        )


def _read_type(kind: pa.DataType) -> pa.DataType:
    """As which a column is read."""
    return pa.dictionary(pa.int32(), pa.string()) if pa.types.is_string(kind) else kind


def _is_plain(kind: pa.DataType) -> bool:
    return bool(pa.types.is_primitive(kind) or pa.types.is_string(kind))
