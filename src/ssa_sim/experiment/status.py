"""How far a sweep is, seen from outside: from the folder alone. Nothing in it is changed; only its lock is tried for a moment, to
see whether somebody holds it."""

import math
from dataclasses import dataclass
from pathlib import Path

from ssa_sim.experiment.disk import explained
from ssa_sim.experiment.manifest import Manifest, read_manifest
from ssa_sim.experiment.sweep_folder import is_locked, shard_paths, standing_facts

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
    """

    manifest: Manifest
    done: int
    failed: int
    planned: int
    is_running: bool | None
    per_second: float

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
        InputError: it is no result folder.
    """
    with explained(folder):
        manifest = read_manifest(folder)
        counts = manifest.counts
        if manifest.is_complete:
            done = counts.done + counts.failed
            return Status(manifest, done, counts.failed, counts.planned, is_locked(folder), math.nan)
        facts = standing_facts(folder)
        is_running = is_locked(folder)
        return Status(
            manifest,
            done=sum(each.runs for each in facts.values()),
            failed=sum(each.failed for each in facts.values()),
            planned=counts.planned,
            is_running=is_running,
            per_second=_pace(folder, {number: each.runs for number, each in facts.items()}) if is_running else math.nan,
        )


def _pace(folder: Path, runs: dict[int, int]) -> float:
    """Runs a second over the last shards, by the time at which their files were written."""
    written = sorted((path.stat().st_mtime, runs.get(int(path.stem), 0)) for path in shard_paths(folder))
    recent = written[-_RECENT_SHARDS:]
    if len(recent) < 2 or recent[-1][0] <= recent[0][0]:
        return math.nan
    return sum(count for _, count in recent[1:]) / (recent[-1][0] - recent[0][0])
