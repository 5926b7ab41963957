"""The tables of a result folder as Parquet: their columns and types, and the digest of what they hold."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from ssa_sim.experiment.disk import flush
from ssa_sim.experiment.results import TEXT, Results

TableName = Literal["runs.parquet", "monthly.parquet", "trajectories.parquet"]

_TYPES = {
    "run_id": pa.string(),
    "scenario": pa.string(),
    "status": pa.string(),
    "error": pa.string(),
    "outcome": pa.string(),
    "replicate": pa.int64(),
    "seed": pa.int64(),
    "n": pa.int64(),
    "month": pa.timestamp("us"),
}


def tables_of(results: Results) -> dict[TableName, pa.Table]:
    """The tables of a result folder by file name; every column that is not listed above is a float64."""
    frames: dict[TableName, pd.DataFrame] = {
        "runs.parquet": results.runs,
        "monthly.parquet": results.monthly,
    }
    if results.trajectories is not None:
        frames["trajectories.parquet"] = results.trajectories
    return {name: _arrow(frame) for name, frame in frames.items()}


def write_table(table: pa.Table, path: Path) -> None:
    """Write one Parquet file, readable by pandas, Polars, R and DuckDB alike."""
    with path.open("xb") as file:
        pq.write_table(table, file, compression="zstd")
        flush(file)


def read_table(path: Path) -> pd.DataFrame:
    """Read one Parquet file back as the data frame that it was."""
    table = pq.read_table(path)
    return pd.DataFrame({name: _pandas(name, table.column(name)) for name in table.column_names})


def digest(tables: Mapping[TableName, pa.Table]) -> str:
    """SHA-256 over the content of the tables: names, columns and values, not their encoding in a file."""
    total = hashlib.sha256()
    for name in sorted(tables):
        total.update(f"{name}\0{tables[name].num_rows}\0".encode())
        for column in tables[name].column_names:
            total.update(f"{column}\0".encode())
            total.update(_bytes(tables[name].column(column)))
    return total.hexdigest()


def _arrow(frame: pd.DataFrame) -> pa.Table:
    names = [str(name) for name in frame.columns]
    schema = pa.schema([(name, _TYPES.get(name, pa.float64())) for name in names])
    columns = [_column(frame[name], schema.field(name).type) for name in names]
    return pa.table(columns, schema=schema)


def _column(values: pd.Series, kind: pa.DataType) -> pa.Array:
    if pa.types.is_floating(kind):
        # A NaN stays a NaN: "not defined" is a value of the outcome, not a hole in the table.
        return pa.array(values.to_numpy(np.float64), kind)
    return pa.array(values, kind, from_pandas=True)


def _pandas(name: str, column: pa.ChunkedArray) -> object:
    if pa.types.is_string(column.type):
        return pd.Series(column.to_pylist(), dtype="object" if name == "error" else TEXT)
    return column.to_numpy()


def _bytes(column: pa.ChunkedArray) -> bytes:
    if pa.types.is_string(column.type):
        return b"".join(_text_bytes(text) for text in column.to_pylist())
    values: npt.NDArray[Any] = column.to_numpy()
    if values.dtype.kind == "f":
        return np.where(np.isnan(values), np.nan, values).astype("<f8").tobytes()
    return values.astype("<i8").tobytes()


def _text_bytes(text: str | None) -> bytes:
    return b"-" if text is None else b"%d:%s" % (len(text.encode()), text.encode())
