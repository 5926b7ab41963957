"""The result folder of a decomposition: a manifest, the mechanisms' table, the runs, and figures."""

from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
from pydantic import BaseModel, ConfigDict, ValidationError

from ssa_sim.errors import InputError
from ssa_sim.experiment.disk import (
    checksum,
    existing_folder_above,
    explained,
    put_in_place,
    temporary_folder,
    write_new,
)
from ssa_sim.experiment.manifest import MANIFEST, Counts
from ssa_sim.experiment.store import check_out
from ssa_sim.experiment.subsets import SubsetPlan, SubsetRuns
from ssa_sim.experiment.tables import write_table

MECHANISMS_TABLE = "decomposition.parquet"
SUBSETS_TABLE = "subsets.parquet"


class SubsetManifest(BaseModel):
    """The content of the manifest.

    Attributes:
        kind: marks the folder as a decomposition's.
        format: version of the folder's layout.
        ssa_sim: version of the package that wrote it.
        identity: `SubsetPlan.identity()`.
        counts: of runs.
        title: the scenario's.
        scenario: its name.
        mechanisms: in the order of the subsets' bits.
        outcomes: kept.
        replications: replicates planned.
        seed: root seed.
        levels: what the waterfall passes through, as `Decomposition.levels` has it.
        files: SHA-256 of each table's file.
        provenance: resolved scenario, versions, platform, time.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    kind: Literal["ssa_sim decomposition"] = "ssa_sim decomposition"
    format: Literal[1] = 1
    ssa_sim: str
    identity: str
    counts: Counts
    title: str
    scenario: str
    mechanisms: tuple[str, ...]
    outcomes: tuple[str, ...]
    replications: int
    seed: int
    levels: list[dict[str, Any]]
    files: dict[str, str]
    provenance: dict[str, Any]


def check_subset_folder(out: Path, plan: SubsetPlan) -> bool:
    """Before anything is computed: are the plan's results in this folder already (True), or can they go there
    (False)?

    Raises:
        InputError: anything else stands there, or the folder cannot be written.
    """
    with explained(out):
        manifest = _manifest_in(out)
    if manifest is None:
        if check_out(out, plan.experiment) is not None:
            raise InputError("The folder holds results of another kind; nothing was overwritten.", where=out)
        return False
    if manifest.identity != plan.identity():
        raise InputError(
            f"The folder holds another decomposition ('{manifest.title}', {len(manifest.mechanisms)} mechanisms, "
            f"{manifest.replications} replications, seed {manifest.seed}); nothing was overwritten.",
            where=out,
            allowed="a folder that does not exist yet, or an empty one",
        )
    with explained(out):
        for name, expected in manifest.files.items():
            if not (out / name).is_file() or checksum(out / name) != expected:
                raise InputError("The file is missing or was changed; remove the folder first.", where=out / name)
    return True


def write_subset_folder(runs: SubsetRuns, mechanisms: pd.DataFrame, levels: pd.DataFrame, out: Path) -> None:
    """Write the folder, whole or not at all.

    Args:
        runs: all of them.
        mechanisms: a row a mechanism, as `Decomposition.table` has it.
        levels: as `Decomposition.levels` has it.
        out: the folder.

    Raises:
        InputError: it cannot be written.
    """
    plan = runs.plan
    with explained(out):
        target = out.resolve()
        with temporary_folder(existing_folder_above(target)) as folder:
            tables = {MECHANISMS_TABLE: mechanisms, SUBSETS_TABLE: subsets_table(runs)}
            for name, table in tables.items():
                write_table(pa.Table.from_pandas(table, preserve_index=False), folder / name)
            manifest = SubsetManifest(
                ssa_sim=version("ssa-sim"),
                identity=plan.identity(),
                counts=Counts(planned=plan.n_runs, done=plan.n_runs - len(runs.errors), failed=len(runs.errors)),
                title=plan.experiment.title,
                scenario=plan.experiment.scenario_names[0],
                mechanisms=plan.mechanisms,
                outcomes=plan.experiment.outcomes,
                replications=plan.experiment.replications,
                seed=plan.experiment.seed,
                levels=[{str(name): value for name, value in row.items()} for _, row in levels.iterrows()],
                files={name: checksum(folder / name) for name in tables},
                provenance=dict(runs.provenance),
            )
            write_new(folder / MANIFEST, f"{manifest.model_dump_json(indent=2)}\n".encode())
            (folder / "figures").mkdir()
            put_in_place(folder, target)


def subsets_table(runs: SubsetRuns) -> pd.DataFrame:
    """A row a replicate and subset: `replicate`, `subset` (bit i: the i-th mechanism acts), a column a mechanism
    (True: acts), a column an outcome in its unit, and `error` (None where the run is in order)."""
    plan = runs.plan
    subset = np.tile(np.arange(plan.n_subsets, dtype=np.int64), plan.experiment.replications)
    columns: dict[str, object] = {
        "replicate": np.repeat(np.array(plan.experiment.replicates, np.int64), plan.n_subsets),
        "subset": subset,
    }
    columns.update({f"mechanism.{name}": (subset >> bit & 1) == 1 for bit, name in enumerate(plan.mechanisms)})
    columns.update({name: runs.of(name).ravel() for name in plan.experiment.outcomes})
    first = plan.experiment.first_replicate
    errors = {(replicate - first) * plan.n_subsets + number: text for replicate, number, text in runs.errors}
    columns["error"] = pd.Series([errors.get(row) for row in range(plan.n_runs)], dtype="string")
    return pd.DataFrame(columns)


def read_subset_folder(out: Path, plan: SubsetPlan) -> SubsetRuns:
    """The runs in a folder that `check_subset_folder` has found to hold the plan's results.

    Raises:
        InputError: it cannot be read.
    """
    with explained(out):
        manifest = _manifest_in(out)
        table = pd.read_parquet(out / SUBSETS_TABLE)
    if manifest is None:
        raise InputError("This is no folder of a decomposition.", where=out)
    shape = (plan.experiment.replications, plan.n_subsets, len(plan.experiment.outcomes))
    failed = table[table["error"].notna()]
    return SubsetRuns(
        plan=plan,
        values=table[list(plan.experiment.outcomes)].to_numpy(np.float64).reshape(shape),
        errors=tuple(zip(failed["replicate"], failed["subset"], failed["error"], strict=True)),
        provenance=manifest.provenance,
    )


def _manifest_in(out: Path) -> SubsetManifest | None:
    path = out / MANIFEST
    if not path.is_file():
        return None
    try:
        return SubsetManifest.model_validate_json(path.read_bytes())
    except ValidationError:
        return None  # Of another kind: the caller's other check says what it is.
