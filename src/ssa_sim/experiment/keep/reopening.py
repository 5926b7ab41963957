"""A finished folder taken apart again, so that the shards with failed runs can be made anew and the rest need not."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]

from ssa_sim.experiment.ask.layout import cells_with_months, layout
from ssa_sim.experiment.ask.plan import Experiment
from ssa_sim.experiment.keep.manifest import read_manifest, reopened
from ssa_sim.experiment.keep.refusal import refuse_other_versions
from ssa_sim.experiment.keep.result_tables import schemas_of
from ssa_sim.experiment.keep.sweep_folder import SweepFolder
from ssa_sim.experiment.keep.table_file import TableSchema, damaged, opened_table, unpacked
from ssa_sim.experiment.keep.tables import TableName

_ROWS_AT_A_TIME = 32_768


def reopen(experiment: Experiment, folder: SweepFolder) -> int:
    """Put a finished folder's shards back as they were, without those in which a run failed; returns how many runs are missing.

    Where months are kept as a summary only, those that it rests on are gone, so their shards are missing too; and so are all
    later stages, since how long they are follows from the first. The folder is incomplete then. A process that dies before leaves it finished.

    Args:
        experiment: what was run.
        folder: the folder, locked, whose files have been checked.

    Raises:
        InputError: Python or a library has another version than then.
        OSError: the system refuses.
    """
    manifest = read_manifest(folder.path)
    refuse_other_versions(manifest, folder.path)
    folder.shards.mkdir()
    plan = layout(experiment)
    shards = [plan.shard(number) for number in plan.numbers]
    schemas = schemas_of(manifest)
    runs_path = folder.path / "runs.parquet"
    runs = _cut(runs_path, schemas["runs.parquet"], (shard.cells * len(experiment.scenarios) for shard in shards))
    months = _months(experiment, folder.path, schemas, [shard.cells for shard in shards])
    missing = manifest.counts.planned - plan.n_runs
    for shard, table, kept in zip(shards, runs, months, strict=True):
        is_gone = kept is None and cells_with_months(experiment, shard) > 0
        if is_gone or table.column("error").null_count < table.num_rows:
            missing += table.num_rows
        else:
            traces = pa.nulls(table.num_rows, pa.string())
            folder.keep_tables(shard.number, table.append_column("trace", traces), kept)
    folder.write_manifest(reopened(manifest))
    return missing


def _months(
    experiment: Experiment, folder: Path, schemas: Mapping[TableName, TableSchema], cells: Iterable[int]
) -> Iterator[pa.Table | None]:
    """For each shard the months of all its runs; None if they are not there."""
    if experiment.monthly != "all":
        yield from (None for _ in cells)
        return
    a_cell = len(experiment.scenarios) * experiment.months
    yield from _cut(folder / "trajectories.parquet", schemas["trajectories.parquet"], (each * a_cell for each in cells))


def _cut(path: Path, schema: TableSchema, lengths: Iterable[int]) -> Iterator[pa.Table]:
    """A table's rows in pieces of some lengths, read a little ahead."""
    with opened_table(path, schema) as file:
        batches = file.iter_batches(batch_size=_ROWS_AT_A_TIME, use_threads=False)
        held = schema.columns.empty_table()
        for length in lengths:
            while held.num_rows < length:
                batch = next(batches, None)
                if batch is None:
                    raise damaged(path)
                held = pa.concat_tables([held, unpacked(pa.Table.from_batches([batch]), path, schema)])
            yield held.slice(0, length).combine_chunks()
            held = held.slice(length)
