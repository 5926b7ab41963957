"""Experiment files: which scenarios to run on common random numbers, how often, and what to keep."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from ssa_sim.catalogue.entries import entries_of
from ssa_sim.catalogue.groups import Group
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import Design
from ssa_sim.experiment.ask.design_section import DesignReader
from ssa_sim.experiment.ask.plan import (
    DEFAULT_REPLICATIONS,
    DEFAULT_SEED,
    LARGEST_SEED,
    MOST_REPLICATIONS,
    Experiment,
    MonthlyDetail,
    Precision,
    experiment_from_scenarios,
)
from ssa_sim.scenario.library import LIBRARY, library_file
from ssa_sim.scenario.problems import AnyModel, KeyPath, Problem, problems_in, refusal
from ssa_sim.scenario.tables import TOP_KEYS, unknown_key
from ssa_sim.scenario.toml_file import TomlFile, read_given, read_toml


class OutputSettings(Group):
    """What to keep: which outcomes (all if the list is empty), and which months."""

    outcomes: tuple[str, ...] = Field(default=(), description="Names of outcomes; all if left out.")
    monthly: MonthlyDetail = Field(default="summary", description="Which months are kept: summary, all or none.")


class Replications(Group):
    """Replications until the mean paired difference of an outcome is known well enough; see `plan.Precision`."""

    outcome: str = Field(description="Name of the outcome.")
    half_width: float = Field(gt=0.0, description="Half the width that the interval may have, in the outcome's unit.")
    scenario: str | None = Field(None, description="Compared with the first; all others if left out.")
    first: int = Field(50, ge=10, le=MOST_REPLICATIONS, description="Replications of the first stage.")
    maximum: int = Field(10_000, ge=10, le=MOST_REPLICATIONS, description="Replications at most.")
    confidence: float = Field(0.95, ge=0.5, lt=1.0, description="Of the interval.")


class ExperimentFile(Group):
    """The content of an experiment file.

    Attributes:
        title: for people.
        scenarios: scenario files, relative to this one; the others are compared with the first.
        replications: replicates, each run once a scenario and point.
        first_replicate: number of the first of them; a folder of replicates 100 to 199 goes on where one of 100 ended.
        seed: root seed of all draws.
        design: what varies beside the scenarios; see `design_section`.
        output: what to keep.
    """

    title: str = Field(min_length=1, description="For people.")
    scenarios: tuple[str, ...] = Field(
        min_length=1, description="Scenario files, relative to this one; the others are compared with the first."
    )
    replications: int = Field(DEFAULT_REPLICATIONS, ge=1, le=MOST_REPLICATIONS)
    first_replicate: int = Field(
        0, ge=0, le=LARGEST_SEED - MOST_REPLICATIONS, description="Number of the first replicate."
    )
    seed: int = Field(DEFAULT_SEED, ge=0, le=LARGEST_SEED, description="Root seed of all draws.")
    design: dict[str, Any] | None = None
    output: OutputSettings = OutputSettings()


def load_experiment(path: str | Path, *, replications: int | None = None, seed: int | None = None) -> Experiment:
    """The experiment that a TOML file describes.

    Args:
        path: the file, or the name of an experiment that comes with the package. The scenario files that it names are
            relative to its folder, or come with the package and are named without ending.
        replications: in place of the file's.
        seed: in place of the file's.

    Raises:
        InputError: the file, or a scenario file that it names, is not in order.
    """
    file = read_given(path, "experiments")
    content, until = _validated(file)
    root = content.seed if seed is None else seed
    made = _design(file, content, root)
    precision = None if until is None else Precision(**until.model_dump(exclude={"first"}))
    first = content.replications if until is None else until.first
    try:
        plain = experiment_from_scenarios(
            [_scenario_file(file, name) for name in content.scenarios],
            title=content.title,
            replications=first if replications is None else replications,
            seed=root,
            outcomes=content.output.outcomes or None,
            monthly=content.output.monthly,
        )
        return replace(
            plain,
            design=made,
            precision=precision if replications is None else None,
            first_replicate=content.first_replicate,
        )
    except InputError as error:
        if error.where is not None and str(file.path.parent) in error.where:
            raise
        where = str(file.path) if error.where is None else f"{file.path}, {error.where}"
        raise InputError(error.message, where=where, allowed=error.allowed) from None


def _scenario_file(file: TomlFile, name: str) -> Path:
    """The scenario file that an experiment file names: beside it, or by its name alone one that comes with the package."""
    beside = file.path.parent / name
    return beside if name not in LIBRARY["scenarios"] or beside.is_file() else library_file("scenarios", name)


def _design(file: TomlFile, content: ExperimentFile, seed: int) -> Design | None:
    if content.design is None:
        return None
    reader = DesignReader(content.design, seed)
    design = reader.design()
    if reader.problems:
        raise refusal(reader.problems, _place_in(file))
    return design


def scenario_files(path: Path) -> list[Path]:
    """The scenario files that a sound experiment file names.

    Raises:
        InputError: it cannot be read.
    """
    return [path.parent / name for name in read_toml(path).document["scenarios"]]


def is_experiment_file(path: Path) -> bool:
    """Whether a file that can be read as TOML names scenarios; False for one that cannot be read."""
    try:
        return "scenarios" in read_toml(path).document
    except InputError:
        return False


def _validated(file: TomlFile) -> tuple[ExperimentFile, Replications | None]:
    """The file's content, and its [replications] where that is a table."""
    document = _with_tuples(file.document)
    problems = _unknown_keys(document, ExperimentFile, "in an experiment file", ())
    known = {key: value for key, value in document.items() if key in ExperimentFile.model_fields}
    until = None
    if isinstance(known.get("replications"), dict):
        table = _known_keys(Replications, known.pop("replications"), "replications", problems)
        until = _checked(Replications, table, ("replications",), problems)
    if isinstance(known.get("output"), dict):
        known["output"] = _known_keys(OutputSettings, known["output"], "output", problems)
    content = _checked(ExperimentFile, known, (), problems)
    if content is None or problems:
        raise refusal(problems, _place_in(file))
    return content, until


def _checked(
    model: type[AnyModel], table: Mapping[str, Any], at: tuple[str, ...], problems: list[Problem]
) -> AnyModel | None:
    """What a table of known keys makes; None where something in it is wrong, which is noted."""
    entries = {entry.path: entry for entry in entries_of(model)}
    try:
        return model.model_validate(table)
    except ValidationError as error:
        prefix = "".join(f"{key}." for key in at)
        problems += problems_in(error, entries, lambda name: (*at, *filter(None, name.split("."))), prefix)
    return None


def _known_keys(model: type[Group], table: dict[str, Any], name: str, problems: list[Problem]) -> dict[str, Any]:
    """The part of a table that a model knows; what it does not know is noted."""
    problems += _unknown_keys(table, model, f"in [{name}]", (name,))
    return {key: value for key, value in table.items() if key in model.model_fields}


def _unknown_keys(table: dict[str, Any], model: type[Group], inside: str, at: KeyPath) -> list[Problem]:
    known = tuple(model.model_fields)
    return [unknown_key(key, known, inside, (*at, key), _where_it_belongs) for key in table if key not in known]


def _where_it_belongs(key: str) -> str:
    """A hint for a key that is right in another place."""
    if key in OutputSettings.model_fields:
        return f' "{key}" belongs under [output].'
    if key in TOP_KEYS:
        return f' "{key}" belongs in a scenario file; this is an experiment file.'
    return ""


def _place_in(file: TomlFile) -> Callable[[Problem], str | None]:
    return lambda problem: file.where(problem.at)


def _with_tuples(value: Any) -> Any:
    """TOML's lists as tuples, which the strict models take."""
    if isinstance(value, list):
        return tuple(_with_tuples(element) for element in value)
    if isinstance(value, dict):
        return {key: _with_tuples(element) for key, element in value.items()}
    return value
