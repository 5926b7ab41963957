"""How far a sweep is, seen from outside: from the folder alone. Nothing in it is changed; only its lock is tried for a moment, to
see whether somebody holds it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ssa_sim.experiment.keep.disk import explained
from ssa_sim.experiment.keep.manifest import Manifest, read_manifest
from ssa_sim.experiment.keep.result_tables import check_file, schemas_of
from ssa_sim.experiment.keep.sweep_folder import ShardFacts, is_locked, shard_paths, standing_shards
from ssa_sim.experiment.keep.table_file import opened_table

_RECENT_SHARDS = 30


@dataclass(frozen=True)
class Status:
    """How far a sweep is.

    Attributes:
        manifest: what was asked, and with what it is made.
        done: runs on the disk.
        failed: of them.
        planned: runs in all, as far as it is known.
        is_running: whether a process is working on it; None if that cannot be told from here.
        per_second: runs a second of late; NaN if nothing is known of it.
        not_counted: files that look like shards, and are none that is whole and of this sweep.
    """

    manifest: Manifest
    done: int
    failed: int
    planned: int
    is_running: bool | None
    per_second: float
    not_counted: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether all runs are there and the tables are written."""
        return self.manifest.is_complete

    @property
    def seconds_left(self) -> float:
        """How long the rest takes at the pace of late; NaN if that is not known."""
        return (self.planned - self.done) / self.per_second if self.per_second > 0.0 else math.nan


def status_of(folder: Path) -> Status:
    """How far the sweep in a folder is.

    Raises:
        InputError: it is no result folder, or says that it is complete and is not.
    """
    with explained(folder):
        manifest = read_manifest(folder)
        counts = manifest.counts
        if manifest.is_complete:
            for name, expected in manifest.files.items():
                check_file(folder / name, expected)
            for name, schema in schemas_of(manifest).items():
                with opened_table(folder / name, schema):
                    pass  # its columns and how many rows it has are those that it should
            return Status(manifest, counts.planned, counts.failed, counts.planned, is_locked(folder), math.nan)
        standing = standing_shards(folder, manifest)
        is_running = is_locked(folder)
        done = min(counts.planned, sum(facts.runs for facts, _ in standing))
        return Status(
            manifest,
            done=done,
            failed=min(done, sum(facts.failed for facts, _ in standing)),
            planned=counts.planned,
            is_running=is_running,
            per_second=_pace(standing) if is_running else math.nan,
            not_counted=len(shard_paths(folder)) - len(standing),
        )


def _pace(standing: Sequence[tuple[ShardFacts, Path]]) -> float:
    """Runs a second over the last shards, by the time at which their files were written."""
    written = sorted((path.stat().st_mtime, facts.runs) for facts, path in standing)
    recent = written[-_RECENT_SHARDS:]
    if len(recent) < 2 or recent[-1][0] <= recent[0][0]:
        return math.nan
    return sum(count for _, count in recent[1:]) / (recent[-1][0] - recent[0][0])
