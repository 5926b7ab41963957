"""The manifest of the results of runs: what was asked, what came of it, and with what it was made."""

import json
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Literal, cast

from pydantic import Field, ValidationError, model_validator

from ssa_sim.catalogue.outcomes import Outcome, outcome_named
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import Axis
from ssa_sim.experiment.ask.design import Design as MadeDesign
from ssa_sim.experiment.ask.plan import Experiment, MonthlyDetail, NamedScenario, identity_of
from ssa_sim.experiment.keep.manifest_file import MANIFEST, ManifestFile, ManifestPart, manifest_in
from ssa_sim.experiment.keep.manifest_parts import (
    Count,
    Design,
    Fields,
    Label,
    Name,
    PrecisionRequest,
    Provenance,
    Replications,
    Seed,
    Sum,
)
from ssa_sim.experiment.keep.matching import POINT
from ssa_sim.experiment.keep.provenance import provenance_of
from ssa_sim.experiment.keep.results import RUN_COLUMNS, TRAJECTORY_COLUMNS
from ssa_sim.experiment.keep.tables import TableName
from ssa_sim.model.version import MODEL_VERSION
from ssa_sim.scenario.schema import Scenario


class Counts(ManifestPart):
    """How many runs were planned, done and failed."""

    planned: Count
    done: Count
    failed: Count


class Asked(ManifestPart):
    """The experiment as it was asked for.

    `replications` are those made; with a `precision`, `first_stage` of them in the first stage.
    """

    title: str
    scenarios: Annotated[tuple[Label, ...], Field(min_length=1)]
    replications: Replications
    first_replicate: Seed
    first_stage: Replications
    seed: Seed
    monthly: MonthlyDetail
    design: Design | None
    precision: PrecisionRequest | None

    @property
    def n_points(self) -> int:
        """How many points every scenario is run at; one without a design."""
        return 1 if self.design is None else self.design["points"]


class OutcomeEntry(ManifestPart):
    """An outcome as it was defined when the results were made."""

    name: Name
    label_en: str
    label_fr: str
    unit: str
    better: Literal["higher", "lower"]
    definition: str
    summary: Literal["final", "total", "mean"]
    headline: bool


class Manifest(ManifestFile):
    """The content of manifest.json.

    Attributes:
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
    format: Literal[2] = 2
    ssa_sim: str
    state: Literal["incomplete", "complete"]
    identity: Sum
    fields: Fields
    digest: Sum | Literal[""]
    counts: Counts
    experiment: Asked
    outcomes: Annotated[tuple[OutcomeEntry, ...], Field(min_length=1)]
    files: dict[TableName, Sum]
    provenance: Provenance

    @model_validator(mode="after")
    def _is_of_one_piece(self) -> "Manifest":
        """Refuse parts that contradict one another, and a state that nothing bears out."""
        for problem in _contradictions(self):
            raise ValueError(problem)
        return self

    @property
    def is_complete(self) -> bool:
        """Whether all runs are there."""
        return self.state == "complete"

    @property
    def model_version(self) -> str:
        """The version of the model that made it."""
        return self.fields["model_version"]

    @property
    def outcome_names(self) -> tuple[str, ...]:
        """Names of the outcomes kept."""
        return tuple(entry.name for entry in self.outcomes)

    @property
    def tables(self) -> tuple[TableName, ...]:
        """The tables that the folder holds once it is complete."""
        asked = self.experiment
        design: tuple[TableName, ...] = () if asked.design is None else ("design.parquet",)
        months: tuple[TableName, ...] = ("trajectories.parquet",) if asked.monthly == "all" else ()
        return ("runs.parquet", *design, *months, "monthly.parquet")


def _contradictions(manifest: Manifest) -> Iterator[str]:
    """What in a manifest cannot be so, in words."""
    asked, fields = manifest.experiment, manifest.fields
    if identity_of(fields) != manifest.identity:
        yield "the identity is not that of the fields"
    named = [[entry["name"], entry["identity"]] for entry in manifest.provenance["scenarios"]]
    if fields["scenarios"] != named or [name for name, _ in named] != list(asked.scenarios):
        yield "fields, experiment and provenance do not name the same scenarios"
    if len(set(asked.scenarios)) < len(named):
        yield "a scenario stands there twice"
    if fields["outcomes"] != list(manifest.outcome_names) or len(set(fields["outcomes"])) < len(manifest.outcomes):
        yield "fields and outcomes do not name the same outcomes, each once"
    told = [asked.first_replicate, asked.first_stage], asked.seed, asked.monthly, asked.design is None, asked.precision
    kept = fields["replications"], fields["seed"], fields["monthly"], fields["design"] is None, fields["precision"]
    if told != kept or manifest.model_version != manifest.provenance["model_version"]:
        yield "fields, experiment and provenance do not say the same"
    if asked.design is not None:
        columns = {axis.column for axis in axes_of(manifest)}
        if columns & ({*RUN_COLUMNS, *TRAJECTORY_COLUMNS, POINT} | set(manifest.outcome_names)):
            yield "a parameter has the name of another column"
    counts = manifest.counts
    if not manifest.is_complete:
        if manifest.digest or manifest.files:
            yield 'the state is "incomplete", but a digest or tables are given'
        return
    if not manifest.digest or set(manifest.files) != set(manifest.tables):
        yield (
            'the state is "complete", but the digest or tables are missing; while there are shards, "incomplete" is right, and '
            "the same command goes on"
        )
    runs = asked.replications * len(named) * asked.n_points
    if not counts.planned == counts.done + counts.failed == runs:
        yield 'the state is "complete", but the counts are not those of all runs'


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
        provenance=cast(Provenance, {**provenance_of(experiment, engine), "command": command}),
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


def read_manifest(folder: Path) -> Manifest:
    """Read and check the manifest of a result folder.

    Raises:
        InputError: there is none, or it is damaged or of another version.
    """

    def other(kind: str) -> InputError:
        return InputError(
            f"The folder holds {kind!r}, not the results of runs.",
            where=folder,
            allowed="a folder of ssa-sim compare, sweep, decompose or run",
        )

    return manifest_in(folder, Manifest, other)


def outcomes_of(manifest: Manifest) -> tuple[Outcome, ...]:
    """The outcomes kept, as they were defined then."""
    return tuple(Outcome(**entry.model_dump()) for entry in manifest.outcomes)


def scenarios_in(provenance: Mapping[str, Any], where: object = MANIFEST) -> tuple[NamedScenario, ...]:
    """The scenarios that results were made with, from their provenance; `where` opens the message if they cannot be had.

    Raises:
        InputError: they are damaged, or this version of the model does not know them.
    """
    is_ours = provenance["model_version"] == MODEL_VERSION
    found = []
    for entry in provenance["scenarios"]:
        try:
            scenario = Scenario.model_validate_json(json.dumps(entry["resolved"]))
        except (ValidationError, InputError):
            scenario = None
        if scenario is None and not is_ours:
            raise InputError(
                f"The scenarios were written by model version {provenance['model_version']}, and this is {MODEL_VERSION}, "
                "which knows other parameters.",
                where=where,
                allowed="the version of ssa-sim that the manifest names",
            )
        if scenario is None or (is_ours and scenario.identity() != entry["identity"]):
            raise InputError(
                f"The scenario {entry['name']!r} is not as it was written.",
                where=where,
                allowed="the manifest as ssa-sim wrote it",
            )
        found.append(NamedScenario(entry["name"], scenario))
    return tuple(found)


def axes_of(manifest: Manifest) -> tuple[Axis, ...]:
    """The axes of the folder's design; none without a design."""
    return () if manifest.experiment.design is None else axes_asked(manifest.experiment.design)


def axes_asked(request: Mapping[str, Any]) -> tuple[Axis, ...]:
    """The axes of a design as it was asked for: of `Results.design_request`."""
    return tuple(
        Axis(
            part=axis["part"],
            path=axis["path"],
            values=None if axis["values"] is None else tuple(axis["values"]),
            low=axis["low"],
            high=axis["high"],
            prior=axis["prior"],
            mode=axis["mode"],
            is_whole=axis["is_whole"],
        )
        for axis in request["axes"]
    )


def _design_as_asked(design: MadeDesign) -> dict[str, Any]:
    return {
        **design.request,
        "points": len(design),
        "axes": [vars(axis) for axis in design.axes],
    }


def _plain(content: Any) -> Any:
    """The same as JSON gives it back."""
    return json.loads(json.dumps(content))
