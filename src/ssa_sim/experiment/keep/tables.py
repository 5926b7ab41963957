"""The tables of a result folder: their columns and types, and the digest of what they hold."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from ssa_sim.experiment.ask.design import Axis, Design
from ssa_sim.experiment.ask.plan import Experiment
from ssa_sim.experiment.keep.disk import flush
from ssa_sim.experiment.keep.matching import POINT
from ssa_sim.experiment.keep.results import MONTHLY_COLUMNS, RUN_COLUMNS, TEXT, TRAJECTORY_COLUMNS
from ssa_sim.experiment.keep.shard_runs import ShardRuns
from ssa_sim.experiment.keep.table_file import TableSchema, opened_table, read_whole

TableName = Literal["runs.parquet", "monthly.parquet", "trajectories.parquet", "design.parquet"]

_TYPES = {
    "run_id": pa.string(),
    "scenario": pa.string(),
    "status": pa.string(),
    "error": pa.string(),
    "trace": pa.string(),
    "outcome": pa.string(),
    POINT: pa.int64(),
    "replicate": pa.int64(),
    "seed": pa.int64(),
    "n": pa.int64(),
    "month": pa.timestamp("us"),
}
_ROWS_A_GROUP = 32_768
_FEW = 64
"""Distinct values of a column that a dictionary is worth."""
_HOLE = -(2**63)
"""Stands for a missing whole number, date or yes or no in a digest."""


def runs_schema(outcomes: Sequence[str], axes: Sequence[Axis] | None, rows: int | None = None) -> TableSchema:
    """Of the runs in the results.

    Args:
        outcomes: names of those kept.
        axes: of the design; None: there is none.
        rows: how many runs there are.
    """
    fields = [(name, _TYPES[name]) for name in RUN_COLUMNS]
    if axes is not None:
        fields += [(POINT, _TYPES[POINT]), *((axis.column, _axis_type(axis)) for axis in axes)]
    fields += [(name, pa.float64()) for name in outcomes]
    return TableSchema(pa.schema(fields), _with_holes(axes or ()) | {"error"}, rows)


def shard_schema(outcomes: Sequence[str], axes: Sequence[Axis] | None, rows: int | None = None) -> TableSchema:
    """Of the runs in a shard, which have their traces beside them."""
    runs = runs_schema(outcomes, axes, rows)
    return replace(
        runs, columns=runs.columns.append(pa.field("trace", _TYPES["trace"])), with_holes=runs.with_holes | {"trace"}
    )


def months_schema(outcomes: Sequence[str], *, has_design: bool, rows: int | None = None) -> TableSchema:
    """Of the months of runs."""
    names = [*TRAJECTORY_COLUMNS, *([POINT] if has_design else []), *outcomes]
    return TableSchema(pa.schema([(name, _TYPES.get(name, pa.float64())) for name in names]), rows=rows)


def design_schema(axes: Sequence[Axis], rows: int | None = None) -> TableSchema:
    """Of the points of a design."""
    fields = [(POINT, _TYPES[POINT]), *((axis.column, _axis_type(axis)) for axis in axes)]
    return TableSchema(pa.schema(fields), _with_holes(axes), rows)


def monthly_schema() -> TableSchema:
    """Of the means and quantiles by month."""
    return TableSchema(pa.schema([(name, _TYPES.get(name, pa.float64())) for name in MONTHLY_COLUMNS]))


def _with_holes(axes: Sequence[Axis]) -> frozenset[str]:
    """A point may leave an axis as the scenario has it."""
    return frozenset(axis.column for axis in axes)


def runs_table(experiment: Experiment, runs: ShardRuns) -> pa.Table:
    """A row a run of a shard: `RUN_COLUMNS`, then point and a column for each axis if there is a design, then the outcomes;
    and last its trace, which stays in the shard."""
    design = experiment.design
    schema = shard_schema(experiment.outcomes, None if design is None else design.axes).columns
    names = np.array(experiment.scenario_names, object)
    columns: dict[str, Any] = {
        "run_id": list(runs.run_ids),
        "scenario": names[runs.scenarios].tolist(),
        "replicate": runs.replicates,
        "seed": np.full(len(runs.run_ids), experiment.seed, np.int64),
        "status": ["ok" if error is None else "failed" for error in runs.errors],
        "error": list(runs.errors),
    }
    if design is not None:
        columns[POINT] = runs.points
        for axis, column in zip(design.axes, design.points[runs.points].T, strict=True):
            columns[axis.column] = _axis_column(axis, column)
    columns.update({name: runs.totals[:, index] for index, name in enumerate(experiment.outcomes)})
    columns["trace"] = list(runs.traces)
    return pa.table([pa.array(columns[field.name], field.type) for field in schema], schema=schema)


def months_table(experiment: Experiment, runs: ShardRuns) -> pa.Table:
    """A row a run and month, for the runs of a shard whose months are kept: `TRAJECTORY_COLUMNS` (and point, if there is a
    design), then the outcomes."""
    n_runs, n_months = runs.months.shape[:2]
    names = np.array(experiment.scenario_names, object)
    months = np.asarray(experiment.scenarios[0].scenario.month_starts(), "datetime64[us]")
    columns: dict[str, Any] = {
        "scenario": np.repeat(names[runs.scenarios[:n_runs]], n_months).tolist(),
        "replicate": np.repeat(runs.replicates[:n_runs], n_months),
        "month": np.tile(months, n_runs),
    }
    if experiment.design is not None:
        columns[POINT] = np.repeat(runs.points[:n_runs], n_months)
    values = runs.months.reshape(-1, len(experiment.outcomes))
    columns.update({name: values[:, index] for index, name in enumerate(experiment.outcomes)})
    schema = months_schema(experiment.outcomes, has_design=experiment.design is not None).columns
    return pa.table([pa.array(columns[field.name], field.type) for field in schema], schema=schema)


def design_table(design: Design) -> pa.Table:
    """A row a point of a design: its number and what each axis is set to."""
    return pa.concat_tables(design_parts(design))


def design_parts(design: Design) -> Iterator[pa.Table]:
    """The same in parts of some thousand rows, one in memory at a time."""
    schema = design_schema(design.axes).columns
    for start in range(0, max(len(design), 1), _ROWS_A_GROUP):
        numbers = np.ascontiguousarray(design.points[start : start + _ROWS_A_GROUP].T)
        points = np.arange(start, start + numbers.shape[1], dtype=np.int64)
        columns = [_axis_column(axis, column) for axis, column in zip(design.axes, numbers, strict=True)]
        yield pa.table([pa.array(points), *columns], schema=schema)


def _axis_type(axis: Axis) -> pa.DataType:
    if axis.values is None:
        return pa.int64() if axis.is_whole else pa.float64()
    kinds = {type(value) for value in axis.values}
    return {frozenset({str}): pa.string(), frozenset({bool}): pa.bool_(), frozenset({int}): pa.int64()}.get(
        frozenset(kinds), pa.float64()
    )


def _axis_column(axis: Axis, numbers: npt.NDArray[np.float64]) -> pa.Array:
    """What an axis is set to for numbers of a design; a gap where a point leaves it alone."""
    missing, kind = np.isnan(numbers), _axis_type(axis)
    if axis.values is None and not axis.is_whole:
        return pa.array(numbers, kind, mask=missing)
    whole = pa.array(np.where(missing, 0.0, numbers).astype(np.int64), mask=missing)
    return whole if axis.values is None else pa.array(axis.values, kind).take(whole)


def frame_table(frame: pd.DataFrame) -> pa.Table:
    """A data frame whose columns are texts, months and numbers of known types, or else float64."""
    names = [str(name) for name in frame.columns]
    schema = pa.schema([(name, _TYPES.get(name, pa.float64())) for name in names])
    columns = [_column(frame[name], schema.field(name).type) for name in names]
    return pa.table(columns, schema=schema)


def write_table(table: pa.Table, path: Path) -> None:
    """Write one Parquet file, readable by pandas, Polars, R and DuckDB alike, down to the disk; it must not exist yet."""
    write_tables([table], table.schema, path)


def write_tables(tables: Iterable[pa.Table], schema: pa.Schema, path: Path) -> None:
    """Write tables of one schema below one another into one file; they are read one by one, and few are held at a time."""
    groups = _groups(tables, schema)
    first = next(groups)
    with path.open("xb") as file:
        with pq.ParquetWriter(
            file, schema, compression="zstd", use_dictionary=_repeated(first), write_page_checksum=True
        ) as writer:
            for group in chain([first], groups):
                writer.write_table(group)
        flush(file)


def _groups(tables: Iterable[pa.Table], schema: pa.Schema) -> Iterator[pa.Table]:
    """The tables put together into groups of rows; at least one, if of no rows."""
    held = [schema.empty_table()]
    for table in tables:
        held.append(table)
        if sum(each.num_rows for each in held) >= _ROWS_A_GROUP:
            yield pa.concat_tables(held)
            held = []
    if held:
        yield pa.concat_tables(held)


def _repeated(table: pa.Table) -> list[str]:
    """The columns that hold the same few values again and again, such as names, and levels of a design; for others a dictionary
    would cost time and room."""
    return [
        field.name
        for field in table.schema
        if (pa.types.is_string(field.type) and field.name != "run_id")
        or (pa.types.is_floating(field.type) and pc.count_distinct(table.column(field.name)).as_py() <= _FEW)
    ]


def read_table(path: Path, schema: TableSchema) -> pd.DataFrame:
    """Read one Parquet file back as the data frame that it was; errors as for `table_file.opened_table`."""
    return frame_of(read_whole(path, schema))


def frame_of(table: pa.Table) -> pd.DataFrame:
    """The data frame that a table was."""
    return pd.DataFrame({name: _pandas(name, table.column(name)) for name in table.column_names})


class Digest:
    """SHA-256 over the content of a table that is given piece by piece: names, columns and values.

    How a table is cut into pieces, and how a file encodes it, changes nothing.
    """

    def __init__(self) -> None:
        self._columns: dict[str, Any] = {}
        self._rows = 0

    def add(self, table: pa.Table) -> None:
        """Take in the next rows."""
        self._rows += table.num_rows
        for name in table.column_names:
            self._columns.setdefault(name, hashlib.sha256()).update(_bytes(table.column(name)))

    def value(self) -> str:
        """The digest of all rows so far, in hexadecimal."""
        total = hashlib.sha256(str(self._rows).encode())
        for name, column in self._columns.items():
            total.update(f"\0{name}\0{column.hexdigest()}".encode())
        return total.hexdigest()


def digest_of(table: pa.Table) -> str:
    """The digest of one whole table."""
    digest = Digest()
    digest.add(table)
    return digest.value()


def combined_digest(digests: Mapping[TableName, str]) -> str:
    """One digest for all tables of a folder, from each one's own."""
    text = "\n".join(f"{name} {digests[name]}" for name in sorted(digests))
    return hashlib.sha256(text.encode()).hexdigest()


def first_rows(path: Path, column: str, rows: int) -> npt.NDArray[np.float64]:
    """The first so many numbers of a column, read without the rest of the file."""
    parts: list[npt.NDArray[np.float64]] = []
    with opened_table(path) as file:
        for batch in file.iter_batches(columns=[column], batch_size=_ROWS_A_GROUP):
            parts.append(batch.column(0).to_numpy(zero_copy_only=False))
            if sum(map(len, parts)) >= rows:
                break
    return np.concatenate(parts)[:rows] if parts else np.empty(0)


def _column(values: pd.Series, kind: pa.DataType) -> pa.Array:
    if pa.types.is_floating(kind):
        # A NaN stays a NaN: "not defined" is a value of the outcome, not a hole in the table.
        return pa.array(values.to_numpy(np.float64), kind)
    return pa.array(values, kind, from_pandas=True)


def _pandas(name: str, column: pa.ChunkedArray) -> object:
    if pa.types.is_string(column.type):
        return pd.Series(column.to_pylist(), dtype="object" if name == "error" else TEXT)
    if column.null_count and pa.types.is_boolean(column.type):
        return pd.Series(column.to_pylist(), dtype="boolean")
    return column.to_numpy()


def _bytes(column: pa.ChunkedArray) -> bytes:
    if pa.types.is_string(column.type):
        return b"".join(_text_bytes(text) for text in column.to_pylist())
    if pa.types.is_floating(column.type):
        values: npt.NDArray[Any] = column.to_numpy()
        return np.where(np.isnan(values), np.nan, values).astype("<f8").tobytes()
    return bytes(column.cast(pa.int64()).fill_null(_HOLE).to_numpy().astype("<i8").tobytes())


def _text_bytes(text: str | None) -> bytes:
    return b"-" if text is None else b"%d:%s" % (len(text.encode()), text.encode())


def columns_without_trace(table: pa.Table) -> pa.Table:
    """A shard's runs as they stand in the results."""
    names: Sequence[str] = [name for name in table.column_names if name != "trace"]
    return table.select(names)
