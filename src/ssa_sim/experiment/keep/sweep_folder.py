"""A result folder while its runs are being made: a manifest, and shards that are on disk whole or not at all.

Each shard is one Parquet file of runs, with the digest of its content in its own metadata, and where months are kept a second
file that is written before it. Files are written under a temporary name, flushed to the disk and then renamed. What counts as
done is what is there under its right name and agrees with its digest; nothing else keeps count. One process at a time holds
the folder's lock, which the system lets go of when the process dies.
"""

import json
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import pyarrow as pa  # type: ignore[import-untyped]
from filelock import FileLock, Timeout
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.layout import SHARD_LAYOUT
from ssa_sim.experiment.ask.plan import Experiment
from ssa_sim.experiment.keep.disk import PART, flush_folder, refuse_link, replace_file
from ssa_sim.experiment.keep.manifest import Manifest, axes_of, read_manifest, with_planned
from ssa_sim.experiment.keep.manifest_file import MANIFEST
from ssa_sim.experiment.keep.result_tables import check_file
from ssa_sim.experiment.keep.shard_runs import ShardRuns
from ssa_sim.experiment.keep.table_file import TableSchema, opened_table, read_whole
from ssa_sim.experiment.keep.tables import (
    digest_of,
    months_schema,
    months_table,
    runs_table,
    shard_schema,
    write_table,
)

SHARDS = "shards"
SET_ASIDE = "set_aside"
"""Holds what lay among the shards and is none: nothing of it is read, and nothing removed."""
LOCK = ".lock"
_PATIENCE_SECONDS = 1.0
"""Longer than somebody who only looks whether the folder is in use."""
_ABOUT = b"ssa_sim"
_NAME = re.compile(r"(\d{7,12})\.parquet")
_OURS = re.compile(r"(\d{7,12})(-months)?\.parquet")
_LEFTOVER = re.compile(r"\.ssa_sim-[0-9a-f]{8}|\..+-[0-9a-f]{8}\.part|\.\d{7,12}(-months)?\.parquet\.part")
_UNREADABLE = (InputError, OSError)
"""What reading a damaged shard raises."""


class ShardFacts(NamedTuple):
    """What a shard's file says of itself: whose it is, how many runs failed, and digests of what it and its months hold."""

    identity: str
    number: Annotated[int, Field(ge=0)]
    runs: Annotated[int, Field(ge=1)]
    failed: Annotated[int, Field(ge=0)]
    content: str
    months: str


_FACTS = TypeAdapter(ShardFacts, config=ConfigDict(strict=True))


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
        self._identity = _identity_of_shards(experiment.identity())
        axes = None if experiment.design is None else experiment.design.axes
        self._runs_schema = shard_schema(experiment.outcomes, axes)
        self._months_schema = months_schema(experiment.outcomes, has_design=axes is not None)
        self.shards = folder / SHARDS

    @property
    def is_complete(self) -> bool:
        """Whether all runs are there and the tables are written."""
        return read_manifest(self.path).is_complete

    def note_planned(self, runs: int) -> None:
        """Keep that more runs are needed than was known."""
        self.write_manifest(with_planned(read_manifest(self.path), runs))

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
        """The shards that are there, whole and of this experiment. Whatever else lies there is set aside, and told."""
        found = {}
        for number, path in _shard_files(self.shards):
            facts = self._checked(number, path)
            if facts is not None:
                found[number] = facts
        for path in sorted(self.shards.iterdir()):
            number = _number_in(path)
            if is_leftover(path):
                _remove(path)
            elif path == self.runs_path(number) and number not in found:
                self._set_aside(path, "is torn, damaged or of another sweep", tell, ", and will be made anew")
            elif path != self.runs_path(number) and not self._holds_months(path):
                self._set_aside(path, "is no file of this sweep", tell)
        return found

    def read_runs(self, number: int, columns: Sequence[str] | None = None) -> pa.Table:
        """A shard's runs, traces included, or some columns of them."""
        return read_whole(self.runs_path(number), self._runs_schema, columns, threads=False)

    def whole_runs(self, facts: ShardFacts) -> pa.Table:
        """A shard's runs, once it is sure that they are what was written.

        Raises:
            DamagedShardError: they are not.
        """
        return _whole_runs(self.runs_path(facts.number), facts, self._runs_schema)

    def whole_months(self, facts: ShardFacts) -> pa.Table:
        """The months that a shard keeps; errors as for `whole_runs`."""
        with suppress(*_UNREADABLE):
            months = read_whole(self.months_path(facts.number), self._months_schema, threads=False)
            if digest_of(months) == facts.months:
                return months
        raise DamagedShardError(facts.number)

    def drop(self, number: int) -> None:
        """Remove a shard that is to be made anew."""
        self.runs_path(number).unlink(missing_ok=True)

    def remove_leftovers(self, tell: Callable[[str], None] = lambda _: None) -> None:
        """Remove what processes have left that died while they wrote or removed something else than a shard.

        Raises:
            InputError: the folder says that it is complete, and is not: then its shards stay.
            OSError: the system refuses.
        """
        for leftover in filter(is_leftover, self.path.iterdir()):
            _remove(leftover)
        refuse_link(self.shards)
        manifest = read_manifest(self.path)
        if manifest.is_complete and self.shards.exists():
            for name, expected in manifest.files.items():
                check_file(self.path / name, expected)
            self.remove_shards(tell)

    def remove_shards(self, tell: Callable[[str], None] = lambda _: None) -> None:
        """Remove the shards once the tables hold what is in them; whatever else lies there is set aside."""
        for path in sorted(self.shards.iterdir()):
            facts = shard_facts(path)
            is_shard = facts is not None and facts.identity == self._identity and path == self.runs_path(facts.number)
            if is_shard or is_leftover(path) or self._holds_months(path):
                _remove(path)
            else:
                self._set_aside(path, "is no whole shard of this sweep", tell)
        self.shards.rmdir()

    def set_aside(self, number: int, why: str, tell: Callable[[str], None]) -> None:
        """Put a shard that is not to be used where nothing is lost of it."""
        for path in filter(Path.exists, (self.runs_path(number), self.months_path(number))):
            self._set_aside(path, why, tell)

    def _holds_months(self, path: Path) -> bool:
        """Whether a file holds months of this experiment's shards; that of a shard that was never finished is written anew."""
        if path != self.months_path(_number_in(path)):
            return False
        try:
            with opened_table(path, self._months_schema):
                return True
        except _UNREADABLE:
            return False

    def _set_aside(self, path: Path, why: str, tell: Callable[[str], None], then: str = "") -> None:
        target = self.path / SET_ASIDE
        refuse_link(target)
        target.mkdir(exist_ok=True)
        place, number = target / path.name, 2
        while place.exists() or place.is_symlink():
            place, number = target / f"{path.name}.{number}", number + 1
        path.rename(place)
        tell(f"{path} {why}: it was moved to {SET_ASIDE}/{place.name}{then}.")

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
        return facts if _is_whole(path, facts, self._runs_schema) else None

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
        with opened_table(path) as file:
            return _facts_in(file)
    except _UNREADABLE:
        return None


def _facts_in(file: Any) -> ShardFacts | None:
    try:
        facts = _FACTS.validate_json((file.schema_arrow.metadata or {}).get(_ABOUT, b""))
    except ValidationError:
        return None
    return facts if facts.failed <= facts.runs == file.metadata.num_rows else None


def is_as_written(path: Path, manifest: Manifest) -> bool:
    """Whether a shard's file of runs is of the experiment that a manifest describes, and holds what it says of itself."""
    facts = shard_facts(path)
    return facts is not None and _is_of(facts, path, manifest) and _is_whole(path, facts, _schema_of(manifest))


def _is_whole(path: Path, facts: ShardFacts, schema: TableSchema) -> bool:
    try:
        _whole_runs(path, facts, schema)
    except DamagedShardError:
        return False
    return True


def _whole_runs(path: Path, facts: ShardFacts, schema: TableSchema) -> pa.Table:
    with suppress(*_UNREADABLE):
        runs = read_whole(path, schema, threads=False)
        counts = runs.num_rows, runs.num_rows - runs.column("error").null_count
        if counts == (facts.runs, facts.failed) and digest_of(runs) == facts.content:
            return runs
    raise DamagedShardError(facts.number)


def standing_shards(folder: Path, manifest: Manifest) -> list[tuple[ShardFacts, Path]]:
    """The shards in a folder that are whole and of its own experiment, without changing anything: for a look from outside.

    Whole means that every page of a file agrees with its own checksum: what it holds is not looked at.
    """
    schema = _schema_of(manifest)
    paths = shard_paths(folder)
    with ThreadPoolExecutor() as pool:
        facts = pool.map(lambda path: _standing_facts(path, manifest, schema), paths)
        return [(each, path) for each, path in zip(facts, paths, strict=True) if each is not None]


def _standing_facts(path: Path, manifest: Manifest, schema: TableSchema) -> ShardFacts | None:
    try:
        with opened_table(path, schema) as file:
            facts = _facts_in(file)
            if facts is None or not _is_of(facts, path, manifest):
                return None
            file.read(use_threads=False)
        if facts.months:
            with opened_table(path.with_name(f"{path.stem}-months.parquet")) as file:
                file.read(use_threads=False)
        return facts
    except _UNREADABLE:
        return None


def _is_of(facts: ShardFacts, path: Path, manifest: Manifest) -> bool:
    return facts.identity == _identity_of_shards(manifest.identity) and facts.number == _number_in(path)


def _schema_of(manifest: Manifest) -> TableSchema:
    return shard_schema(manifest.outcome_names, None if manifest.experiment.design is None else axes_of(manifest))


def _identity_of_shards(experiment: str) -> str:
    """Whose a shard is: cut otherwise, it would be another."""
    return f"{experiment}-{SHARD_LAYOUT}"


def _number_in(path: Path) -> int:
    """The number of the shard whose file it is by its name; -1 if it is none."""
    match = _OURS.fullmatch(path.name)
    return int(match.group(1)) if match else -1


def is_leftover(path: Path) -> bool:
    """Whether a file or folder is one that is being written, or was when its process died."""
    return _LEFTOVER.fullmatch(path.name) is not None


def _remove(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def shard_paths(folder: Path) -> list[Path]:
    """The files of the shards in a result folder, in order."""
    return [path for _, path in _shard_files(folder / SHARDS)]


def _shard_files(shards: Path) -> list[tuple[int, Path]]:
    named = ((_NAME.fullmatch(path.name), path) for path in shards.glob("*.parquet"))
    return sorted((int(match.group(1)), path) for match, path in named if match and path.is_file())


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
