"""A result folder while its runs are being made: a manifest, and shards that are on disk whole or not at all.

Each shard is one Parquet file of runs, with the digest of its content in its own metadata, and where months are kept a second
file that is written before it. Files are written under a temporary name, flushed to the disk and then renamed. What counts as
done is what is there under its right name and agrees with its digest; nothing else keeps count. One process at a time holds
the folder's lock, which the system lets go of when the process dies.
"""

import json
import re
import shutil
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
from filelock import FileLock, Timeout

from ssa_sim.errors import InputError
from ssa_sim.experiment.disk import PART, TEMPORARY, flush_folder, replace_file
from ssa_sim.experiment.manifest import MANIFEST, Manifest, read_manifest
from ssa_sim.experiment.plan import Experiment
from ssa_sim.experiment.shards import CUTTING, ShardRuns
from ssa_sim.experiment.tables import digest_of, months_table, read_plainly, runs_table, write_table

SHARDS = "shards"
LOCK = ".lock"
_PATIENCE_SECONDS = 1.0
"""Longer than somebody who only looks whether the folder is in use."""
_ABOUT = b"ssa_sim"
_NAME = re.compile(r"(\d{7,})\.parquet")
_UNREADABLE = (OSError, ValueError, LookupError, MemoryError, pa.ArrowException)
"""What reading a damaged file raises, by where the damage is."""


class ShardFacts(NamedTuple):
    """What a shard's file says of itself: whose it is, how many runs failed, and digests of what it and its months hold."""

    identity: str
    number: int
    runs: int
    failed: int
    content: str
    months: str


class DamagedShardError(Exception):
    """A shard is not what was written; `number` says which is to be made anew."""

    def __init__(self, number: int) -> None:
        """Say which."""
        super().__init__(number)
        self.number = number


class SweepFolder:
    """The shards of one experiment in one folder.

    Args:
        folder: the result folder.
        experiment: what is run.
    """

    def __init__(self, folder: Path, experiment: Experiment) -> None:
        self.path = folder
        self._experiment = experiment
        self._identity = f"{experiment.identity()}-{CUTTING}"
        self.shards = folder / SHARDS

    @property
    def is_complete(self) -> bool:
        """Whether all runs are there and the tables are written."""
        return read_manifest(self.path).is_complete

    def keep(self, runs: ShardRuns) -> ShardFacts:
        """Put a shard on the disk; when this returns, it is there to stay.

        Raises:
            OSError: the system refuses.
        """
        months = months_table(self._experiment, runs) if len(runs.months) else None
        return self.keep_tables(runs.shard.number, runs_table(self._experiment, runs), months)

    def keep_tables(self, number: int, runs: pa.Table, months: pa.Table | None) -> ShardFacts:
        """The same with a shard's tables of runs, traces included, and of the months that it keeps."""
        if months is not None:
            self._write(months, self.months_path(number))
        failed = runs.num_rows - runs.column("error").null_count
        digests = digest_of(runs), "" if months is None else digest_of(months)
        facts = ShardFacts(self._identity, number, runs.num_rows, failed, *digests)
        about = {**(runs.schema.metadata or {}), _ABOUT: json.dumps(facts._asdict()).encode()}
        self._write(runs.replace_schema_metadata(about), self.runs_path(number))
        flush_folder(self.shards)
        return facts

    def done(self, tell: Callable[[str], None] = lambda _: None) -> dict[int, ShardFacts]:
        """The shards that are there, whole and of this experiment. Anything else that looks like one is renamed, and told."""
        found = {}
        for number, path in _shard_files(self.shards):
            facts = self._checked(number, path)
            if facts is None:
                aside = path.with_name(f"{path.name}.damaged-{uuid.uuid4().hex[:6]}")
                path.rename(aside)
                tell(
                    f"{path} is torn, damaged or of another sweep: it was renamed to {aside.name}, and will be made anew."
                )
            else:
                found[number] = facts
        for leftover in filter(is_leftover, self.shards.iterdir()):
            leftover.unlink()
        return found

    def read_runs(self, number: int, columns: Sequence[str] | None = None) -> pa.Table:
        """A shard's runs, traces included, or some columns of them."""
        return read_plainly(self.runs_path(number), columns).replace_schema_metadata(None)

    def whole_runs(self, facts: ShardFacts) -> pa.Table:
        """A shard's runs, once it is sure that they are what was written.

        Raises:
            DamagedShardError: they are not.
        """
        return _whole_runs(self.runs_path(facts.number), facts)

    def whole_months(self, facts: ShardFacts) -> pa.Table:
        """The months that a shard keeps; errors as for `whole_runs`."""
        with suppress(*_UNREADABLE):
            months = read_plainly(self.months_path(facts.number))
            if digest_of(months) == facts.months:
                return months
        raise DamagedShardError(facts.number)

    def drop(self, number: int) -> None:
        """Remove a shard that is to be made anew."""
        self.runs_path(number).unlink(missing_ok=True)

    def remove_leftovers(self) -> None:
        """Remove what processes have left that died while they wrote or removed something else than a shard."""
        for leftover in filter(is_leftover, self.path.iterdir()):
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
        if self.is_complete and self.shards.exists():
            shutil.rmtree(self.shards)

    def runs_path(self, number: int) -> Path:
        """The file of a shard's runs."""
        return self.shards / f"{number:07d}.parquet"

    def months_path(self, number: int) -> Path:
        """The file of a shard's months."""
        return self.shards / f"{number:07d}-months.parquet"

    def write_manifest(self, manifest: Manifest) -> None:
        """Put the manifest in the place of the one that is there."""
        replace_file(self.path / MANIFEST, manifest.text())

    def _checked(self, number: int, path: Path) -> ShardFacts | None:
        facts = shard_facts(path)
        if facts is None or facts.identity != self._identity or facts.number != number:
            return None
        if facts.months and not self.months_path(number).is_file():
            return None
        return facts if is_as_written(path) else None

    def _write(self, table: pa.Table, path: Path) -> None:
        part = path.with_name(f".{path.name}{PART}")
        part.unlink(missing_ok=True)
        try:
            write_table(table, part)
            part.replace(path)
        except OSError:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise


def shard_facts(path: Path) -> ShardFacts | None:
    """What a shard's file says of itself; None if it is no whole shard."""
    try:
        metadata: Mapping[bytes, bytes] = pq.read_schema(path).metadata or {}
        return ShardFacts(**json.loads(metadata[_ABOUT]))
    except (*_UNREADABLE, TypeError):
        return None


def is_as_written(path: Path) -> bool:
    """Whether a shard's file of runs holds what it says of itself."""
    facts = shard_facts(path)
    if facts is None:
        return False
    try:
        _whole_runs(path, facts)
    except DamagedShardError:
        return False
    return True


def _whole_runs(path: Path, facts: ShardFacts) -> pa.Table:
    with suppress(*_UNREADABLE):
        runs = read_plainly(path).replace_schema_metadata(None)
        counts = runs.num_rows, runs.num_rows - runs.column("error").null_count
        if counts == (facts.runs, facts.failed) and digest_of(runs) == facts.content:
            return runs
    raise DamagedShardError(facts.number)


def standing_facts(folder: Path) -> dict[int, ShardFacts]:
    """What the shards in a folder say of themselves, without reading or changing them: for a look from outside."""
    facts = ((number, shard_facts(path)) for number, path in _shard_files(folder / SHARDS))
    return {number: fact for number, fact in facts if fact is not None}


def is_leftover(path: Path) -> bool:
    """Whether a file or folder is one that is being written, or was when its process died."""
    return path.name.startswith(TEMPORARY) or (path.name.startswith(".") and path.name.endswith(PART))


def shard_paths(folder: Path) -> list[Path]:
    """The files of the shards in a result folder, in order."""
    return [path for _, path in _shard_files(folder / SHARDS)]


def _shard_files(shards: Path) -> list[tuple[int, Path]]:
    matches = ((_NAME.fullmatch(path.name), path) for path in shards.glob("*.parquet"))
    return sorted((int(match.group(1)), path) for match, path in matches if match)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder against other processes.

    Raises:
        InputError: another process holds it.
    """
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=_PATIENCE_SECONDS)
    except Timeout:
        raise InputError(
            "Another process is working on this folder right now; nothing was changed.",
            where=folder,
            allowed="one sweep at a time; `ssa-sim status` shows how far it is",
        ) from None
    try:
        yield
    finally:
        lock.release()


def is_locked(folder: Path) -> bool | None:
    """Whether another process is working on a folder; None if that cannot be told, as where nobody may write.

    The lock is taken, if it is free, and let go of at once: there is no other way to ask.
    """
    if not (folder / LOCK).exists():
        return False
    lock: Any = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    except OSError:
        return None
    lock.release()
    return False
