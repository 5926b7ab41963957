"""The result folder as those see it who run an experiment or read its results."""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.forecast import disk_needed
from ssa_sim.experiment.ask.layout import layout
from ssa_sim.experiment.ask.plan import Experiment
from ssa_sim.experiment.keep.assemble import FAILURES, Assembled, assemble
from ssa_sim.experiment.keep.disk import (
    existing_folder_above,
    explained,
    flush_folder,
    refuse_link,
    temporary_folder,
)
from ssa_sim.experiment.keep.manifest import (
    Counts,
    Manifest,
    completed,
    manifest_of,
    outcomes_of,
    read_manifest,
    scenarios_in,
)
from ssa_sim.experiment.keep.manifest_file import ANOTHER_FOLDER, MANIFEST, refuse_other_content
from ssa_sim.experiment.keep.refusal import refuse_another, refuse_other_versions
from ssa_sim.experiment.keep.reopening import reopen
from ssa_sim.experiment.keep.result_tables import check_file, read_tables
from ssa_sim.experiment.keep.results import Results
from ssa_sim.experiment.keep.sweep_folder import LOCK, SHARDS, ShardFacts, SweepFolder, is_leftover, locked
from ssa_sim.experiment.keep.tables import frame_of
from ssa_sim.model.version import MODEL_VERSION


def check_out(out: Path, experiment: Experiment) -> bool:
    """Before anything is computed: can the results go there, or are they there already?

    Returns:
        True if the folder holds this very experiment's results, whole; False if they can be made there, or resumed.

    Raises:
        InputError: a file, or a folder with anything else, stands there, or it cannot be written.
    """
    with explained(out):
        target = out.resolve()
        has_content = target.is_dir() and any(one.name != LOCK and not is_leftover(one) for one in target.iterdir())
        if has_content or not target.is_dir():
            refuse_other_content(out)
        if has_content:
            return _already_there(out, experiment)
        if target == Path.cwd() or os.path.ismount(target):
            raise InputError("The result folder cannot take the place of this one.", where=out, allowed=ANOTHER_FOLDER)
        ground = target if target.is_dir() else existing_folder_above(target)
        with temporary_folder(ground):
            pass
        _check_space(ground, out, experiment)
    return False


def _already_there(out: Path, experiment: Experiment) -> bool:
    manifest = read_manifest(out)
    refuse_another(manifest, experiment, out)
    if manifest.is_complete:
        for name in manifest.files:
            if not (out / name).is_file():
                raise InputError(
                    f"{name} is missing; remove the folder and run the experiment again.", where=out / name
                )
    else:
        refuse_other_versions(manifest, out)
    return manifest.is_complete and not (out / SHARDS).exists()


@contextlib.contextmanager
def opened(
    out: Path,
    experiment: Experiment,
    *,
    engine: str = "compiled",
    command: str = "",
    tell: Callable[[str], None] = lambda _: None,
) -> Iterator[SweepFolder]:
    """A folder to make an experiment's runs in, new or resumed, locked.

    Another process may have held it until now, so it may turn out to be complete.

    Raises:
        InputError: it cannot be used; see `check_out` and `sweep_folder.locked`.
    """
    with explained(out, "What is done is kept; once this is mended, the same command goes on."):
        out.mkdir(parents=True, exist_ok=True)
        with contextlib.ExitStack() as afterwards, locked(out):
            afterwards.callback(_remove_lock, out)
            check_out(out, experiment)
            folder = SweepFolder(out, experiment)
            if not (out / MANIFEST).exists():
                planned = layout(experiment).n_runs
                folder.write_manifest(manifest_of(experiment, planned, engine=engine, command=command))
            folder.remove_leftovers(tell)
            if not folder.is_complete:
                folder.shards.mkdir(exist_ok=True)
            yield folder


def _remove_lock(out: Path) -> None:
    """A folder in which nothing is left to do needs no lock."""
    if not (out / SHARDS).exists():
        (out / LOCK).unlink(missing_ok=True)


def check_results(out: Path) -> Counts:
    """Make sure that a result folder is complete and whole, without reading its tables; returns how many runs it holds.

    Raises:
        InputError: it is not.
    """
    with explained(out):
        manifest = complete_manifest(out)
        for name, expected in manifest.files.items():
            check_file(out / name, expected)
    return manifest.counts


def counts_in(out: Path) -> Counts:
    """How many runs a folder was planned for, and how many are done and failed once it is complete."""
    return read_manifest(out).counts


def take_apart(experiment: Experiment, folder: SweepFolder) -> int:
    """Put a finished folder's shards back, but for those with failed runs; returns how many runs are missing. See `reopening`.

    Raises:
        InputError: a file of it has changed, or Python or a library has another version than then.
        OSError: the system refuses.
    """
    check_results(folder.path)
    return reopen(experiment, folder)


def finish(
    experiment: Experiment,
    folder: SweepFolder,
    shards: Mapping[int, ShardFacts],
    tell: Callable[[str], None] = lambda _: None,
    **provenance: Any,
) -> None:
    """Put all shards together into the folder's tables, complete its manifest and remove the shards; `tell` hears of what lay
    among them and is none.

    A process that dies in the midst of it leaves the shards, and the next one does it again.

    Raises:
        DamagedShardError: a shard has to be made anew.
        OSError: the system refuses.
    """
    ordered = [shards[number] for number in sorted(shards)]
    with temporary_folder(folder.path) as target:
        made = assemble(experiment, folder, ordered, target)
        flush_folder(target)
        for file in target.iterdir():
            file.replace(folder.path / file.name)
        if not made.failed:  # of runs that have been made anew since
            (folder.path / FAILURES).unlink(missing_ok=True)
        flush_folder(folder.path)
    folder.write_manifest(_complete(experiment, read_manifest(folder.path), made, provenance))
    (folder.path / "figures").mkdir(exist_ok=True)
    folder.remove_shards(tell)


def _complete(experiment: Experiment, manifest: Manifest, made: Assembled, provenance: Mapping[str, Any]) -> Manifest:
    return completed(
        manifest,
        digest=made.digest,
        files=made.files,
        replications=made.runs // (experiment.n_points * len(experiment.scenarios)),
        runs=made.runs,
        failed=made.failed,
        **provenance,
    )


def place_figure(out: Path, name: str, draw: Callable[[Path], object]) -> Path:
    """Put a figure into a result folder's `figures/`, whole or not at all; returns its path.

    Args:
        out: the result folder.
        name: the figure's file name; its ending is its format.
        draw: writes the figure to the path that it is given.

    Raises:
        InputError: it cannot be written, or `figures` is a link to another place.
    """
    path = out / "figures" / name
    with explained(path):
        refuse_link(path.parent)
        path.parent.mkdir(exist_ok=True)
        with temporary_folder(path.parent) as folder:
            draw(folder / name)
            (folder / name).replace(path)
    return path


def load_results(folder: str | Path) -> Results:
    """Read a result folder.

    Raises:
        InputError: it is no result folder, one whose runs are not all there yet, or one that is damaged or of another version.
    """
    where = Path(folder)
    with explained(where):
        manifest = complete_manifest(where)
        if (
            manifest.model_version == MODEL_VERSION
        ):  # of others the scenarios may be unknown here, and the numbers can be read
            scenarios_in(manifest.provenance, where / MANIFEST)
        frames = {name: frame_of(table) for name, table in read_tables(where, manifest).items()}
    return Results(
        title=manifest.experiment.title,
        identity=manifest.identity,
        scenario_names=manifest.experiment.scenarios,
        outcomes=outcomes_of(manifest),
        replications=manifest.experiment.replications,
        seed=manifest.experiment.seed,
        monthly_detail=manifest.experiment.monthly,
        runs=frames["runs.parquet"],
        monthly=frames["monthly.parquet"],
        trajectories=frames.get("trajectories.parquet"),
        provenance=cast(Mapping[str, object], manifest.provenance),
        design=frames.get("design.parquet"),
        design_request=cast(Mapping[str, Any] | None, manifest.experiment.design),
    )


def complete_manifest(folder: Path) -> Manifest:
    """The manifest of a folder whose runs are all there.

    Raises:
        InputError: they are not, or it is none that can be read.
    """
    manifest = read_manifest(folder)
    if not manifest.is_complete:
        raise InputError(
            "The runs are not all there yet.",
            where=folder,
            allowed=f"`ssa-sim status {folder}` says what completes it; what is there can be read as it lies, a file for each shard: "
            f"{folder / SHARDS}/*[0-9].parquet",
        )
    return manifest


def _check_space(ground: Path, out: Path, experiment: Experiment) -> None:
    needed = disk_needed(experiment).at_most
    disk = shutil.disk_usage(ground)
    if disk.total and disk.free < needed:
        raise InputError(
            f"There is no space for the results: they may take {needed / 1e6:.0f} MB, "
            f"and {disk.free / 1e6:.0f} MB are free.",
            where=out,
            allowed="a folder on a disk with more room, fewer outcomes, or less of the months",
        )
