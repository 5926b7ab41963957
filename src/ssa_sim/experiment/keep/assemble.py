"""Puts the shards of a finished sweep together into the tables of a result folder, a few of them in memory at a time."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]

from ssa_sim.experiment.ask.layout import SUMMARY_CELLS
from ssa_sim.experiment.ask.plan import Experiment
from ssa_sim.experiment.keep.disk import checksum, replace_file
from ssa_sim.experiment.keep.results import MONTHLY_COLUMNS, monthly_summary
from ssa_sim.experiment.keep.sweep_folder import ShardFacts, SweepFolder
from ssa_sim.experiment.keep.tables import (
    Digest,
    TableName,
    columns_without_trace,
    combined_digest,
    design_parts,
    digest_of,
    first_rows,
    frame_table,
    write_table,
    write_tables,
)

FAILURES = "failures.json"


@dataclass(frozen=True)
class Assembled:
    """Digests and counts of the tables: one digest for all, the checksum of each file, and how many runs there are and failed."""

    digest: str
    files: dict[TableName, str]
    runs: int
    failed: int


def assemble(experiment: Experiment, folder: SweepFolder, shards: Sequence[ShardFacts], target: Path) -> Assembled:
    """Write the tables of a result folder.

    Args:
        experiment: what was run.
        folder: holds the shards.
        shards: all of them, by number.
        target: an empty folder to write into.

    Raises:
        DamagedShardError: a shard has changed since it was checked.
        OSError: the system refuses.
    """
    digests: dict[TableName, str] = {}
    failures: list[dict[str, Any]] = []
    runs = _runs(folder, shards, failures)
    digests["runs.parquet"] = _write(runs, target / "runs.parquet")
    if experiment.design is not None:
        digests["design.parquet"] = _write(design_parts(experiment.design), target / "design.parquet")
    monthly = frame_table(monthly_summary("", [], (), np.empty((0, 0, 0)))[list(MONTHLY_COLUMNS)])
    if experiment.monthly != "none":
        trajectories = target / "trajectories.parquet"
        digests["trajectories.parquet"] = _write(_months(folder, shards), trajectories)
        monthly = frame_table(_monthly(experiment, trajectories, sum(fact.runs for fact in shards)))
        if experiment.monthly == "summary":
            trajectories.unlink()
            del digests["trajectories.parquet"]
    write_table(monthly, target / "monthly.parquet")
    digests["monthly.parquet"] = digest_of(monthly)
    if failures:
        replace_file(target / FAILURES, f"{json.dumps(failures, indent=2, ensure_ascii=False)}\n".encode())
    files = {name: checksum(target / name) for name in digests}
    return Assembled(combined_digest(digests), files, sum(fact.runs for fact in shards), len(failures))


def _write(tables: Iterator[pa.Table], path: Path) -> str:
    """Write tables below one another; returns their digest."""
    digest = Digest()
    first = next(tables)

    def digested() -> Iterator[pa.Table]:
        for table in chain([first], tables):
            digest.add(table)
            yield table

    write_tables(digested(), first.schema, path)
    return digest.value()


def _runs(folder: SweepFolder, shards: Sequence[ShardFacts], failures: list[dict[str, Any]]) -> Iterator[pa.Table]:
    """The runs of all shards; whatever is known of failed ones is noted beside."""
    for fact in shards:
        table = folder.whole_runs(fact)
        if fact.failed:
            failures += [_failure(row) for row in table.to_pylist() if row["status"] == "failed"]
        yield columns_without_trace(table)


def _failure(row: dict[str, Any]) -> dict[str, Any]:
    """A failed run with its parameters and trace, without the outcomes that it has not."""
    return {name: value for name, value in row.items() if value == value and value is not None}


def _months(folder: SweepFolder, shards: Sequence[ShardFacts]) -> Iterator[pa.Table]:
    for fact in shards:
        if fact.months:
            yield folder.whole_months(fact)


def _monthly(experiment: Experiment, trajectories: Path, runs: int) -> pd.DataFrame:
    """Mean and quantiles by scenario, outcome and month, a column in memory at a time."""
    scenarios, months = (
        experiment.scenario_names,
        [pd.Timestamp(m) for m in experiment.scenarios[0].scenario.month_starts()],
    )
    cells = min(SUMMARY_CELLS, runs // len(scenarios))
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in scenarios}
    for outcome in experiment.outcomes:
        values = first_rows(trajectories, outcome, cells * len(scenarios) * len(months))
        by_cell = values.reshape(cells, len(scenarios), len(months))
        for index, name in enumerate(scenarios):
            parts[name].append(monthly_summary(name, months, [outcome], by_cell[:, index, :, None]))
    return pd.concat([part for name in scenarios for part in parts[name]], ignore_index=True)
