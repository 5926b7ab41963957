"""The tables of a complete result folder, read only as what the manifest says they are: files, columns, rows and values."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import Axis
from ssa_sim.experiment.keep.disk import checksum
from ssa_sim.experiment.keep.manifest import Manifest, axes_of
from ssa_sim.experiment.keep.matching import POINT
from ssa_sim.experiment.keep.table_file import TableSchema, read_whole
from ssa_sim.experiment.keep.tables import TableName, design_schema, monthly_schema, months_schema, runs_schema

Integers = npt.NDArray[np.int64]


def schemas_of(manifest: Manifest) -> dict[TableName, TableSchema]:
    """The schema of each table that a complete folder holds."""
    outcomes, axes = manifest.outcome_names, axes_of(manifest)
    asked = manifest.experiment
    has_design = asked.design is not None
    every: dict[TableName, TableSchema] = {
        "runs.parquet": runs_schema(outcomes, axes if has_design else None, manifest.counts.planned),
        "design.parquet": design_schema(axes, asked.n_points),
        "trajectories.parquet": months_schema(outcomes, has_design=has_design),
        "monthly.parquet": monthly_schema(),
    }
    return {name: every[name] for name in manifest.tables}


def check_file(path: Path, expected: str) -> None:
    """Make sure that a file is there and is what was written.

    Raises:
        InputError: it is not.
        OSError: the system refuses.
    """
    if not path.is_file():
        raise InputError("The file is missing; remove the folder and run the experiment again.", where=path)
    if checksum(path) != expected:
        raise InputError("The file has been changed; remove the folder and run the experiment again.", where=path)


def read_tables(folder: Path, manifest: Manifest) -> dict[TableName, pa.Table]:
    """The tables of a complete folder.

    Raises:
        InputError: one is missing, changed, or is not what the manifest says; it names the file and what is wrong.
        OSError: the system refuses.
    """
    tables = {}
    for name, schema in schemas_of(manifest).items():
        check_file(folder / name, manifest.files[name])
        tables[name] = read_whole(folder / name, schema)
    _check_values(folder, manifest, tables)
    return tables


def check_row(row: Mapping[str, Any], manifest: Manifest, where: Path) -> None:
    """Make sure that one run's row is one that the experiment has.

    Raises:
        InputError: it is not.
    """
    asked, axes = manifest.experiment, axes_of(manifest)
    first = asked.first_replicate
    is_known = (
        row["scenario"] in asked.scenarios
        and row["status"] in ("ok", "failed")
        and row["seed"] == asked.seed
        and isinstance(row["replicate"], int)
        and first <= row["replicate"]
        and (asked.design is None or 0 <= row[POINT] < asked.n_points)
        and all(row[axis.column] is None or _holds(axis, row[axis.column]) for axis in axes)
    )
    if not is_known:
        raise InputError(
            "A run in it is none of this experiment's.", where=where, allowed="the file as ssa-sim wrote it"
        )


def _holds(axis: Axis, value: Any) -> bool:
    return bool(np.isfinite(value)) if axis.values is None else value in axis.values


def _check_values(folder: Path, manifest: Manifest, tables: Mapping[TableName, pa.Table]) -> None:
    """Refuse tables whose rows are not those of the manifest's experiment, each once."""
    asked = manifest.experiment
    runs, path = tables["runs.parquet"], folder / "runs.parquet"
    cells = _cells(runs, manifest, path)
    if not np.array_equal(np.sort(cells), np.arange(runs.num_rows)):
        raise _wrong("A run is missing, or stands there twice.", path)
    status, error = runs.column("status"), runs.column("error")
    if not _all_in(status, ("ok", "failed")) or not pc.all(pc.equal(pc.equal(status, "ok"), error.is_null())).as_py():
        raise _wrong("Whether a run failed is not clear: status and error do not agree.", path)
    if runs.num_rows and not pc.all(pc.equal(runs.column("seed"), asked.seed)).as_py():
        raise _wrong(f"A run has another seed than {asked.seed}.", path)
    if error.length() - error.null_count != manifest.counts.failed:
        raise _wrong(f"The manifest counts {manifest.counts.failed} failed runs, and the table holds others.", path)
    if "design.parquet" in tables:
        _check_design(folder, manifest, tables["design.parquet"], runs)
    _check_monthly(manifest, tables["monthly.parquet"], folder / "monthly.parquet")
    if "trajectories.parquet" in tables:
        _check_months(manifest, tables["trajectories.parquet"], folder / "trajectories.parquet")


def _cells(table: pa.Table, manifest: Manifest, path: Path) -> Integers:
    """Which of the plan's runs each row is of: counted over replicates, points and scenarios."""
    asked, names = manifest.experiment, pa.array(manifest.experiment.scenarios)
    if not _all_in(table.column("scenario"), asked.scenarios):
        raise _wrong("A row is of no scenario of the experiment.", path)
    scenarios = pc.index_in(table.column("scenario"), value_set=names).to_numpy().astype(np.int64)
    replicates: Integers = table.column("replicate").to_numpy() - asked.first_replicate
    points: Integers = table.column(POINT).to_numpy() if POINT in table.column_names else np.zeros_like(replicates)
    for found, count, what in ((replicates, asked.replications, "replicate"), (points, asked.n_points, "point")):
        if len(found) and not 0 <= found.min() <= found.max() < count:
            raise _wrong(f"A row is of no {what} of the experiment.", path)
    cells: Integers = (replicates * asked.n_points + points) * len(asked.scenarios) + scenarios
    return cells


def _check_design(folder: Path, manifest: Manifest, design: pa.Table, runs: pa.Table) -> None:
    """Points are numbered, hold what their axes hold, and are what the runs say of themselves."""
    path = folder / "design.parquet"
    if not np.array_equal(design.column(POINT).to_numpy(), np.arange(design.num_rows)):
        raise _wrong("The points are not numbered from 0.", path)
    for axis in axes_of(manifest):
        column = design.column(axis.column).combine_chunks()
        if axis.values is not None and not _all_in(column.drop_null(), axis.values):
            raise _wrong(f"A point sets {axis.column} to none of its values.", path)
        if axis.values is None and not pc.all(pc.is_finite(column.drop_null()), min_count=0).as_py():
            raise _wrong(f"A point sets {axis.column} to no finite number.", path)
        if not _same(runs.column(axis.column).combine_chunks(), column.take(runs.column(POINT).combine_chunks())):
            raise _wrong(f"Runs and design do not agree on {axis.column}.", folder / "runs.parquet")


def _same(one: pa.Array, other: pa.Array) -> bool:
    if pa.types.is_floating(one.type):
        return bool(
            np.array_equal(one.to_numpy(zero_copy_only=False), other.to_numpy(zero_copy_only=False), equal_nan=True)
        )
    return bool(one.equals(other))


def _check_monthly(manifest: Manifest, table: pa.Table, path: Path) -> None:
    """A row a scenario, outcome and month."""
    asked, outcomes = manifest.experiment, manifest.outcome_names
    months = pc.unique(table.column("month"))
    if not (_all_in(table.column("scenario"), asked.scenarios) and _all_in(table.column("outcome"), outcomes)):
        raise _wrong("A row is of no scenario, or no outcome, of the experiment.", path)
    keys = table.group_by(["scenario", "outcome", "month"]).aggregate([]).num_rows
    wanted = 0 if asked.monthly == "none" else len(asked.scenarios) * len(outcomes) * max(len(months), 1)
    if not table.num_rows == keys == wanted:
        raise _wrong("It should hold each scenario, outcome and month once.", path)


def _check_months(manifest: Manifest, table: pa.Table, path: Path) -> None:
    """A row a run and month."""
    cells = _cells(table, manifest, path)
    months = pc.unique(table.column("month"))
    numbers = pc.index_in(table.column("month"), value_set=months).to_numpy().astype(np.int64)
    if not np.array_equal(
        np.sort(cells * len(months) + numbers), np.arange(manifest.counts.planned * max(len(months), 1))
    ):
        raise _wrong("It should hold each run and month once.", path)


def _all_in(column: Any, values: Any) -> bool:
    if len(column) == 0:
        return True
    return bool(pc.all(pc.is_in(column, value_set=pa.array(list(values), column.type))).as_py())


def _wrong(message: str, path: Path) -> InputError:
    return InputError(
        message, where=path, allowed="the table as ssa-sim wrote it: make the folder anew, or take it again"
    )
