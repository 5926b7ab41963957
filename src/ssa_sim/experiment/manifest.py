"""The manifest of a result folder: what was asked, what came of it, and with what it was made."""

from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from ssa_sim.errors import InputError
from ssa_sim.experiment.plan import MonthlyDetail
from ssa_sim.experiment.results import Results
from ssa_sim.experiment.tables import TableName
from ssa_sim.model.outcomes import Outcome

MANIFEST = "manifest.json"
FORMAT: Literal[1] = 1
"""Raised when older code could no longer read a folder written now."""


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


class Counts(_Part):
    """How many runs were planned, done and failed."""

    planned: int
    done: int
    failed: int


class Asked(_Part):
    """The experiment as it was asked for."""

    title: str
    scenarios: tuple[str, ...]
    replications: int
    seed: int
    monthly: MonthlyDetail


class OutcomeEntry(_Part):
    """An outcome as it was defined when the results were made."""

    name: str
    label_en: str
    label_fr: str
    unit: str
    better: Literal["higher", "lower"]
    definition: str
    summary: Literal["final", "total", "mean"]
    headline: bool


class Manifest(_Part):
    """The content of manifest.json.

    Attributes:
        kind: marks the file as one of ours.
        format: version of the folder's layout.
        ssa_sim: version of the package that wrote it.
        identity: `Experiment.identity()`.
        digest: SHA-256 over the content of the tables, whenever and wherever they were made.
        counts: of runs.
        experiment: what was asked.
        outcomes: what was kept.
        files: SHA-256 of each table's file.
        provenance: resolved scenarios, versions, platform, time.
    """

    kind: Literal["ssa_sim results"] = "ssa_sim results"
    format: Literal[1] = FORMAT
    ssa_sim: str
    identity: str
    digest: str
    counts: Counts
    experiment: Asked
    outcomes: tuple[OutcomeEntry, ...]
    files: dict[TableName, str]
    provenance: dict[str, Any]


def manifest_of(results: Results, files: dict[TableName, str], digest: str) -> Manifest:
    """The manifest for results whose tables have these checksums and this digest."""
    n_runs = len(results.runs)
    return Manifest(
        ssa_sim=version("ssa-sim"),
        identity=results.identity,
        digest=digest,
        counts=Counts(planned=n_runs, done=n_runs - results.n_failed, failed=results.n_failed),
        experiment=Asked(
            title=results.title,
            scenarios=results.scenario_names,
            replications=results.replications,
            seed=results.seed,
            monthly=results.monthly_detail,
        ),
        outcomes=tuple(OutcomeEntry(**outcome._asdict()) for outcome in results.outcomes),
        files=files,
        provenance=dict(results.provenance),
    )


def read_manifest(folder: Path) -> Manifest:
    """Read and check the manifest of a result folder.

    Raises:
        InputError: there is none, or it is damaged or of another version.
        OSError: it cannot be read.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise InputError(f"This is no result folder: there is no {MANIFEST} in it.", where=folder)
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise InputError(
            f"The manifest cannot be read: {first['msg']}{f' (at {place})' if place else ''}.",
            where=path,
            allowed=f"a manifest of format {FORMAT} as ssa-sim wrote it",
        ) from None


def outcomes_of(manifest: Manifest) -> tuple[Outcome, ...]:
    """The outcomes kept, as they were defined then."""
    return tuple(Outcome(**entry.model_dump()) for entry in manifest.outcomes)
