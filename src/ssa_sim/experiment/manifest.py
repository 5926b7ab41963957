"""The manifest of a result folder: what was asked, what came of it, and with what it was made."""

import json
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from ssa_sim.errors import InputError
from ssa_sim.experiment.design import Axis, Design
from ssa_sim.experiment.plan import Experiment, MonthlyDetail, NamedScenario
from ssa_sim.experiment.provenance import provenance_of
from ssa_sim.experiment.tables import TableName
from ssa_sim.model.outcomes import Outcome, outcome_named
from ssa_sim.model.version import MODEL_VERSION
from ssa_sim.scenario.schema import Scenario

MANIFEST = "manifest.json"
FORMAT: Literal[2] = 2
"""Raised when older code could no longer read a folder written now."""


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


class Counts(_Part):
    """How many runs were planned, done and failed."""

    planned: int
    done: int
    failed: int


class Asked(_Part):
    """The experiment as it was asked for.

    `replications` are those made; with a `precision`, `first_stage` of them in the first stage.
    """

    title: str
    scenarios: tuple[str, ...]
    replications: int
    first_replicate: int
    first_stage: int
    seed: int
    monthly: MonthlyDetail
    design: dict[str, Any] | None
    precision: dict[str, Any] | None


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
        state: "incomplete" while runs are missing.
        identity: `Experiment.identity()`.
        fields: `Experiment.fields()`: what the identity is a hash of.
        digest: SHA-256 over the content of the tables, whenever and wherever they were made; empty while incomplete.
        counts: of runs; while incomplete none are counted as done, since the shards are the count.
        experiment: what was asked.
        outcomes: what is kept.
        files: SHA-256 of each table's file.
        provenance: resolved scenarios, versions, platform; and for each command that worked on the folder a note of when,
            how long, with what and on what machine (see `sessions`).
    """

    kind: Literal["ssa_sim results"] = "ssa_sim results"
    format: Literal[2] = FORMAT
    ssa_sim: str
    state: Literal["incomplete", "complete"]
    identity: str
    fields: dict[str, Any]
    digest: str
    counts: Counts
    experiment: Asked
    outcomes: tuple[OutcomeEntry, ...]
    files: dict[TableName, str]
    provenance: dict[str, Any]

    @property
    def is_complete(self) -> bool:
        """Whether all runs are there."""
        return self.state == "complete"

    @property
    def model_version(self) -> str:
        """The version of the model that made it."""
        return str(self.fields["model_version"])

    def text(self) -> bytes:
        """The file's content."""
        return f"{self.model_dump_json(indent=2)}\n".encode()


def manifest_of(experiment: Experiment, planned: int, *, engine: str = "compiled", command: str = "") -> Manifest:
    """The manifest of an experiment of which nothing has been run; `command` is what would go on with it."""
    precision = experiment.precision
    return Manifest(
        ssa_sim=version("ssa-sim"),
        state="incomplete",
        identity=experiment.identity(),
        fields=_plain(experiment.fields()),
        digest="",
        counts=Counts(planned=planned, done=0, failed=0),
        experiment=Asked(
            title=experiment.title,
            scenarios=experiment.scenario_names,
            replications=experiment.replications,
            first_replicate=experiment.first_replicate,
            first_stage=experiment.replications,
            seed=experiment.seed,
            monthly=experiment.monthly,
            design=None if experiment.design is None else _plain(_design_as_asked(experiment.design)),
            precision=None if precision is None else _plain(experiment.fields()["precision"]),
        ),
        outcomes=tuple(OutcomeEntry(**outcome_named(name)._asdict()) for name in experiment.outcomes),
        files={},
        provenance={**provenance_of(experiment, engine), "command": command},
    )


def with_planned(manifest: Manifest, planned: int) -> Manifest:
    """The manifest once more runs are known to be needed."""
    return manifest.model_copy(update={"counts": manifest.counts.model_copy(update={"planned": planned})})


def with_provenance(manifest: Manifest, more: Mapping[str, Any]) -> Manifest:
    """The manifest once more is known of how its results are made."""
    return manifest.model_copy(update={"provenance": {**manifest.provenance, **more}})


def reopened(manifest: Manifest) -> Manifest:
    """The manifest of a complete folder some of whose runs are to be made anew."""
    asked = manifest.experiment
    return manifest.model_copy(
        update={
            "state": "incomplete",
            "digest": "",
            "counts": Counts(planned=manifest.counts.planned, done=0, failed=0),
            "experiment": asked.model_copy(update={"replications": asked.first_stage}),
            "files": {},
        }
    )


def completed(
    manifest: Manifest,
    *,
    digest: str,
    files: Mapping[TableName, str],
    replications: int,
    runs: int,
    failed: int,
    **more: Any,
) -> Manifest:
    """The manifest once all runs are there; `more` goes into the provenance."""
    return manifest.model_copy(
        update={
            "state": "complete",
            "digest": digest,
            "counts": Counts(planned=runs, done=runs - failed, failed=failed),
            "experiment": manifest.experiment.model_copy(update={"replications": replications}),
            "files": dict(files),
            "provenance": {**manifest.provenance, **more},
        }
    )


def manifest_in(folder: Path) -> Path:
    """Where the manifest of a result folder is.

    Raises:
        InputError: there is no such folder, or no manifest in it.
        OSError: the system refuses.
    """
    if not folder.exists():
        raise InputError("There is no such folder.", where=folder)
    path = folder / MANIFEST
    if not path.is_file():
        raise InputError(f"This is no result folder: there is no {MANIFEST} in it.", where=folder)
    return path


def read_manifest(folder: Path) -> Manifest:
    """Read and check the manifest of a result folder.

    Raises:
        InputError: there is none, or it is damaged or of another version.
        OSError: it cannot be read.
    """
    path = manifest_in(folder)
    content = path.read_bytes()
    try:
        return Manifest.model_validate_json(content)
    except ValidationError as error:
        kind = _field_of(content, "kind")
        if isinstance(kind, str) and kind != Manifest.model_fields["kind"].default:
            raise InputError(
                f"The folder holds {kind!r}, not the results of runs.",
                where=folder,
                allowed="a folder of ssa-sim compare, sweep, decompose or run",
            ) from None
        if _field_of(content, "format") == 1:
            raise InputError(
                "The folder was written by an earlier version of ssa-sim, in a layout that is no longer read.",
                where=path,
                allowed="that version, or the experiment run again into another folder",
            ) from None
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


def scenarios_in(provenance: Mapping[str, Any]) -> tuple[NamedScenario, ...]:
    """The scenarios that results were made with, from their provenance.

    Raises:
        InputError: this version of the model does not know them.
    """
    try:
        return tuple(
            NamedScenario(entry["name"], Scenario.model_validate_json(json.dumps(entry["resolved"])))
            for entry in provenance["scenarios"]
        )
    except ValidationError:
        raise InputError(
            f"The scenarios were written by model version {provenance['model_version']}, and this is {MODEL_VERSION}, which "
            "knows other parameters.",
            where=MANIFEST,
            allowed="the version of ssa-sim that the manifest names",
        ) from None


def axes_of(manifest: Manifest) -> tuple[Axis, ...]:
    """The axes of the folder's design; none without a design."""
    return () if manifest.experiment.design is None else axes_asked(manifest.experiment.design)


def axes_asked(request: Mapping[str, Any]) -> tuple[Axis, ...]:
    """The axes of a design as it was asked for: of `Results.design_request`."""
    return tuple(
        Axis(**{**axis, "values": None if axis["values"] is None else tuple(axis["values"])})
        for axis in request["axes"]
    )


def _design_as_asked(design: Design) -> dict[str, Any]:
    return {
        **design.request,
        "points": len(design),
        "axes": [vars(axis) for axis in design.axes],
    }


def _plain(content: Any) -> Any:
    """The same as JSON gives it back."""
    return json.loads(json.dumps(content))


def _field_of(content: bytes, name: str) -> object:
    try:
        return json.loads(content).get(name)
    except (ValueError, AttributeError):
        return None
