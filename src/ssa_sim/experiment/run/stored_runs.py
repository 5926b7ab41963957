"""Single runs of a result folder, finished or not: looked up without reading all of them, and made once more."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]

from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import Axis
from ssa_sim.experiment.ask.layout import Shard
from ssa_sim.experiment.keep.assemble import FAILURES
from ssa_sim.experiment.keep.disk import checksum, explained
from ssa_sim.experiment.keep.manifest import axes_of, read_manifest, scenarios_in
from ssa_sim.experiment.keep.manifest_file import MANIFEST, content_of, parsed
from ssa_sim.experiment.keep.manifest_parts import Failure
from ssa_sim.experiment.keep.matching import POINT
from ssa_sim.experiment.keep.result_tables import check_row, schemas_of
from ssa_sim.experiment.keep.shard_runs import ShardRuns
from ssa_sim.experiment.keep.sweep_folder import SHARDS, is_as_written, shard_paths, standing_shards
from ssa_sim.experiment.keep.table_file import opened_table, read_whole, unpacked
from ssa_sim.experiment.keep.tables import Digest, combined_digest, runs_schema, shard_schema
from ssa_sim.experiment.run.shards import RunSimulator, Task, compute
from ssa_sim.model.variants import simulate_variant

Floats = npt.NDArray[np.float64]
Row = dict[str, Any]
_ROWS_AT_A_TIME = 32_768


@dataclass(frozen=True)
class Again:
    """A stored run, and the same run made once more.

    Attributes:
        stored: its row, with what varies and the outcomes.
        trace: what was stored of its failure beside the error; empty if nothing.
        made: what came of it now.
        outcomes: names of the outcomes kept.
    """

    stored: Row
    trace: str
    made: ShardRuns
    outcomes: tuple[str, ...]

    @property
    def different(self) -> list[str]:
        """What is not the same to the last bit: outcomes by name, or "run_id", "status"."""
        found = []
        if self.made.run_ids[0] != self.stored["run_id"]:
            found.append("run_id")
        if (self.made.errors[0] is None) != (self.stored["status"] == "ok"):
            found.append("status")
        before = np.array([self.stored[name] for name in self.outcomes], np.float64)
        now = self.made.totals[0]
        same = (before.view(np.int64) == now.view(np.int64)) | (np.isnan(before) & np.isnan(now))
        return found + [name for name, is_same in zip(self.outcomes, same, strict=True) if not is_same]


class StoredRuns:
    """The runs in a result folder.

    Args:
        folder: a result folder, whose runs need not all be there.

    Raises:
        InputError: it is none.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = read_manifest(folder)
        self._files = [folder / "runs.parquet"]
        axes = None if self.manifest.experiment.design is None else self._axes
        self._schema = runs_schema(self.outcomes, axes)
        if not self.manifest.is_complete:
            self._schema = shard_schema(self.outcomes, axes)
            with explained(folder):
                self._files = [path for _, path in standing_shards(folder, self.manifest)]

    @cached_property
    def _index(self) -> tuple[npt.NDArray[Any], npt.NDArray[np.bool_], list[tuple[Path, int]]]:
        """Every run's id and whether it is in order, and where each stands."""
        ids, is_ok, places = [], [], []
        for path in self._files:
            table = self._read(path, ["run_id", "status"])
            ids.append(table.column("run_id").to_numpy(zero_copy_only=False))
            is_ok.append(table.column("status").to_numpy(zero_copy_only=False) == "ok")
            places.append((path, table.num_rows))
        if not ids:
            return np.empty(0, object), np.empty(0, bool), []
        return np.concatenate(ids), np.concatenate(is_ok), places

    def __len__(self) -> int:
        """How many runs there are."""
        return len(self._index[0])

    def changed_files(self) -> list[str]:
        """The names of the files that are not what was written: changed, damaged or gone; the manifest, if all tables are as it says
        and yet not what its digest is of."""
        if self.manifest.is_complete:
            sums = self.manifest.files.items()
            with explained(self.folder):
                changed: list[str] = [name for name, expected in sums if _checksum(self.folder / name) != expected]
                return changed or ([] if self._digest() == self.manifest.digest else [MANIFEST])
        return [f"{SHARDS}/{path.name}" for path in shard_paths(self.folder) if not is_as_written(path, self.manifest)]

    def _digest(self) -> str:
        """The digest of what the tables hold now, a few rows in memory at a time."""
        digests = {}
        for name, schema in schemas_of(self.manifest).items():
            digest, path = Digest(), self.folder / name
            with opened_table(path, schema) as file:
                digest.add(unpacked(file.schema_arrow.empty_table(), path, schema))
                for batch in file.iter_batches(_ROWS_AT_A_TIME):
                    digest.add(unpacked(pa.Table.from_batches([batch]), path, schema))
            digests[name] = digest.value()
        return combined_digest(digests)

    def sample(self, size: int, seed: int) -> list[Row]:
        """The rows of some runs that are in order, drawn at random; all of them if there are fewer."""
        candidates = np.flatnonzero(self._index[1])
        size = min(size, len(candidates))
        chosen = np.random.default_rng(seed).choice(candidates, size, replace=False)
        return list(self._rows(np.sort(chosen).tolist()))

    def find(self, run_id: str) -> Row:
        """The row of one run.

        Raises:
            InputError: there is no such run.
        """
        found = np.flatnonzero(self._index[0] == run_id)
        if not len(found):
            raise InputError(
                f"There is no run {run_id!r} here.",
                where=self.folder,
                allowed="a run_id of runs.parquet; `ssa-sim status` lists those that failed",
            )
        return next(self._rows([int(found[0])]))

    def failures(self) -> list[Row]:
        """The failed runs: parameters, seed, error and trace, without outcomes."""
        if self.manifest.is_complete:
            if not self.manifest.counts.failed:
                return []
            path = self.folder / FAILURES
            failures = parsed(content_of(self.folder, FAILURES), list[Failure], path)
            if len(failures) != self.manifest.counts.failed:
                raise InputError(
                    f"{len(failures)} failed runs stand there, and the manifest counts {self.manifest.counts.failed}.",
                    where=path,
                    allowed="the file as ssa-sim wrote it",
                )
            return [dict(failure) for failure in failures]
        failed = [table.filter(pa.compute.equal(table["status"], "failed")) for table in map(self._read, self._files)]
        return [
            {name: value for name, value in row.items() if value == value and value is not None}
            for table in failed
            for row in table.to_pylist()
        ]

    def trace_of(self, run_id: str) -> str:
        """What was stored of a run's failure beside the error; empty if nothing."""
        return next((str(row.get("trace", "")) for row in self.failures() if row["run_id"] == run_id), "")

    def task_of(self, row: Row, simulate: RunSimulator = simulate_variant) -> Task:
        """What makes one run once more, its months included."""
        axes = self._axes
        numbers = [[_number(axis, row[axis.column]) for axis in axes]]
        scenarios = {named.name: named for named in self._scenarios}
        return Task(
            shard=Shard(0, range(row["replicate"], row["replicate"] + 1), range(1)),
            scenarios=(scenarios[row["scenario"]],),
            points=(row.get(POINT, 0),),
            axes=axes,
            values=np.array(numbers, np.float64).reshape(1, len(axes)),
            seed=row["seed"],
            outcomes=self.outcomes,
            months_of=range(1),
            simulate=simulate,
        )

    def again(self, row: Row, made: ShardRuns | None = None) -> Again:
        """A run made once more: here, unless it has been made already."""
        made = compute(self.task_of(row)) if made is None else made
        return Again(row, self.trace_of(row["run_id"]) if row["status"] == "failed" else "", made, self.outcomes)

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Names of the outcomes kept."""
        return self.manifest.outcome_names

    @cached_property
    def _axes(self) -> tuple[Axis, ...]:
        return axes_of(self.manifest)

    @cached_property
    def _scenarios(self) -> Sequence[Any]:
        return scenarios_in(self.manifest.provenance, self.folder / MANIFEST)

    def _rows(self, positions: Sequence[int]) -> Iterator[Row]:
        """The rows at some positions, in ascending order; only the parts of files that hold them are read."""
        wanted = list(positions)
        offset = 0
        for path, length in self._index[2]:
            inside = [position - offset for position in wanted if offset <= position < offset + length]
            if inside:
                for row in self._rows_of(path, inside):
                    check_row(row, self.manifest, path)
                    yield row
            offset += length

    def _read(self, path: Path, columns: Sequence[str] | None = None) -> pa.Table:
        with explained(path):
            return read_whole(path, self._schema, columns)

    def _rows_of(self, path: Path, positions: Sequence[int]) -> Iterator[Row]:
        with explained(path), opened_table(path, self._schema) as file:
            offset = 0
            for group in range(file.num_row_groups):
                length = file.metadata.row_group(group).num_rows
                inside = [position - offset for position in positions if offset <= position < offset + length]
                if inside:
                    rows = file.read_row_group(group).take(pa.array(inside))
                    yield from unpacked(rows, path, self._schema).to_pylist()
                offset += length


def _checksum(path: Path) -> str:
    return checksum(path) if path.is_file() else ""


def _number(axis: Axis, value: Any) -> float:
    """The number that a design holds for a value read from a table."""
    if value is None:
        return math.nan
    return float(value) if axis.values is None else float(axis.values.index(value))
