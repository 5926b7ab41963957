"""The result folder: a manifest, the tables, and figures; on disk it is whole or not there at all."""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from ssa_sim.errors import InputError
from ssa_sim.experiment.disk import (
    checksum,
    existing_folder_above,
    explained,
    put_in_place,
    reason,
    temporary_folder,
    write_new,
)
from ssa_sim.experiment.manifest import MANIFEST, Manifest, manifest_of, outcomes_of, read_manifest
from ssa_sim.experiment.plan import Experiment
from ssa_sim.experiment.results import Results
from ssa_sim.experiment.tables import digest, read_table, tables_of, write_table

_ANOTHER = "a folder that does not exist yet, or an empty one"
_BYTES_A_VALUE = 10
_BYTES_BESIDE = 4_000_000


def check_out(out: Path, experiment: Experiment) -> Results | None:
    """Before anything is computed: can the results go there, or are they there already?

    Returns:
        The results, if the folder holds this very experiment's, whole and unchanged; None if it can be
        written.

    Raises:
        InputError: a file or a folder with anything else stands there, or it cannot be written.
    """
    with explained(out):
        target = out.resolve()
        if target.exists() and not target.is_dir():
            raise InputError("A file stands where the result folder should go.", where=out, allowed=_ANOTHER)
        if target.is_dir() and any(target.iterdir()):
            return _already_there(out, experiment)
        if target == Path.cwd() or os.path.ismount(target):
            raise InputError("The result folder cannot take the place of this one.", where=out, allowed=_ANOTHER)
        ground = existing_folder_above(target)
        with temporary_folder(ground):
            pass
        _check_space(ground, out, experiment)
    return None


def write_results(results: Results, out: Path) -> None:
    """Write the result folder.

    If that fails, nothing half-written stays behind, and the results are kept in the system's folder for
    temporary files if that has room; the error says where.

    Raises:
        InputError: the folder cannot be written.
    """
    try:
        _write(results, out)
    except OSError as error:
        raise InputError(f"{reason(error)} {_kept_elsewhere(results)}", where=out, allowed=_ANOTHER) from error


def place_figure(out: Path, name: str, draw: Callable[[Path], object]) -> Path:
    """Put a figure into a result folder's `figures/`, whole or not at all; returns its path.

    Args:
        out: the result folder.
        name: the figure's file name; its ending is its format.
        draw: writes the figure to the path that it is given.

    Raises:
        InputError: it cannot be written.
    """
    path = out / "figures" / name
    with explained(path):
        path.parent.mkdir(exist_ok=True)
        with temporary_folder(path.parent) as folder:
            draw(folder / name)
            (folder / name).replace(path)
    return path


def load_results(folder: str | Path) -> Results:
    """Read a result folder.

    Raises:
        InputError: it is no result folder, or one that is damaged or of another version.
    """
    where = Path(folder)
    with explained(where):
        manifest = read_manifest(where)
        frames = {name: _table(where / name, expected) for name, expected in manifest.files.items()}
    for name in ("runs.parquet", "monthly.parquet"):
        if name not in frames:
            raise InputError(f"The manifest does not list {name}.", where=where / MANIFEST)
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
        provenance=manifest.provenance,
    )


def _already_there(out: Path, experiment: Experiment) -> Results:
    if not (out / MANIFEST).exists():
        raise InputError("The folder holds other files; nothing was overwritten.", where=out, allowed=_ANOTHER)
    manifest = read_manifest(out)
    if manifest.identity != experiment.identity():
        raise InputError(
            f"The folder holds other results ({_described(manifest)}); nothing was overwritten. "
            "Remove it if you no longer need it, or name another.",
            where=out,
            allowed=_ANOTHER,
        )
    return load_results(out)


def _described(manifest: Manifest) -> str:
    asked = manifest.experiment
    model = manifest.provenance.get("model_version")
    return f"'{asked.title}', {asked.replications} replications, seed {asked.seed}, model version {model}"


def _write(results: Results, out: Path) -> None:
    target = out.resolve()
    with temporary_folder(existing_folder_above(target)) as folder:
        tables = tables_of(results)
        for name, table in tables.items():
            write_table(table, folder / name)
        files = {name: checksum(folder / name) for name in tables}
        manifest = manifest_of(results, files, digest(tables))
        write_new(folder / MANIFEST, f"{manifest.model_dump_json(indent=2)}\n".encode())
        (folder / "figures").mkdir()
        put_in_place(folder, target)


def _kept_elsewhere(results: Results) -> str:
    """Try to save results that cannot go where they should; a sentence on what came of it."""
    try:
        refuge = Path(tempfile.mkdtemp(prefix="ssa_sim-"))
    except OSError:
        return _LOST
    try:
        _write(results, refuge / "results")
    except OSError:
        refuge.rmdir()
        return _LOST
    return f"The results were kept in {refuge / 'results'}: move them from there."


_LOST = "The results could not be kept elsewhere either; please run again with another folder."


def _table(path: Path, expected: str) -> pd.DataFrame:
    if not path.is_file():
        raise InputError("The file is missing; remove the folder and run the experiment again.", where=path)
    if checksum(path) != expected:
        raise InputError("The file has been changed; remove the folder and run the experiment again.", where=path)
    return read_table(path)


def _check_space(ground: Path, out: Path, experiment: Experiment) -> None:
    n_runs = experiment.replications * len(experiment.scenarios)
    rows = n_runs
    if experiment.monthly != "none":
        rows += 10 * experiment.months * len(experiment.scenarios)
    if experiment.monthly == "all":
        rows += n_runs * experiment.months
    needed = rows * len(experiment.outcomes) * _BYTES_A_VALUE + _BYTES_BESIDE
    disk = shutil.disk_usage(ground)
    if disk.total and disk.free < needed:
        raise InputError(
            f"There is no space for the results: they may take {needed / 1e6:.0f} MB, "
            f"and {disk.free / 1e6:.0f} MB are free.",
            where=out,
            allowed="a folder on a disk with more room",
        )
