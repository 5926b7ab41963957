"""Experiment files: which scenarios to run on common random numbers, how often, and what to keep."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from ssa_sim.errors import InputError
from ssa_sim.experiment.plan import (
    DEFAULT_REPLICATIONS,
    DEFAULT_SEED,
    LARGEST_SEED,
    MOST_REPLICATIONS,
    Experiment,
    MonthlyDetail,
    experiment_from_scenarios,
)
from ssa_sim.scenario.catalogue import entries_of
from ssa_sim.scenario.fields import Group
from ssa_sim.scenario.paths import KeyPath
from ssa_sim.scenario.problems import Problem, problems_in, refusal
from ssa_sim.scenario.toml_file import TomlFile, read_toml
from ssa_sim.scenario.unknown_names import TOP_KEYS, unknown_key


class OutputSettings(Group):
    """What to keep: which outcomes (all if the list is empty), and which months."""

    outcomes: tuple[str, ...] = ()
    monthly: MonthlyDetail = "summary"


class ExperimentFile(Group):
    """The content of an experiment file.

    Attributes:
        title: for people.
        scenarios: scenario files, relative to this one; the others are compared with the first.
        replications: replicates, each run once a scenario.
        seed: root seed of all draws.
        output: what to keep.
    """

    title: str = Field(min_length=1)
    scenarios: tuple[str, ...] = Field(min_length=1)
    replications: int = Field(DEFAULT_REPLICATIONS, ge=1, le=MOST_REPLICATIONS)
    seed: int = Field(DEFAULT_SEED, ge=0, le=LARGEST_SEED)
    output: OutputSettings = OutputSettings()


def load_experiment(path: str | Path, *, replications: int | None = None, seed: int | None = None) -> Experiment:
    """The experiment that a TOML file describes.

    Args:
        path: the file; the scenario files that it names are relative to its folder.
        replications: in place of the file's.
        seed: in place of the file's.

    Raises:
        InputError: the file, or a scenario file that it names, is not in order.
    """
    file = read_toml(Path(path))
    content = _validated(file)
    try:
        return experiment_from_scenarios(
            [file.path.parent / name for name in content.scenarios],
            title=content.title,
            replications=content.replications if replications is None else replications,
            seed=content.seed if seed is None else seed,
            outcomes=content.output.outcomes or None,
            monthly=content.output.monthly,
        )
    except InputError as error:
        if error.where is not None:
            raise
        raise InputError(error.message, where=file.path, allowed=error.allowed) from None


def is_experiment_file(path: Path) -> bool:
    """Whether a file that can be read as TOML names scenarios; False for one that cannot be read."""
    try:
        return "scenarios" in read_toml(path).document
    except InputError:
        return False


def experiment_schema() -> dict[str, Any]:
    """The JSON Schema of experiment files."""
    return ExperimentFile.model_json_schema()


def _validated(file: TomlFile) -> ExperimentFile:
    document = _with_tuples(file.document)
    problems = _unknown_keys(document, ExperimentFile, "in an experiment file", ())
    if isinstance(document.get("output"), dict):
        problems += _unknown_keys(document["output"], OutputSettings, "in [output]", ("output",))
    known = {key: value for key, value in document.items() if key in ExperimentFile.model_fields}
    if isinstance(known.get("output"), dict):
        known["output"] = {key: value for key, value in known["output"].items() if key in OutputSettings.model_fields}
    content = None
    try:
        content = ExperimentFile.model_validate(known)
    except ValidationError as error:
        entries = {entry.path: entry for entry in entries_of(ExperimentFile)}
        problems += problems_in(error, entries, lambda name: tuple(name.split(".")))
    if content is None or problems:
        raise refusal(problems, _place_in(file))
    return content


def _unknown_keys(table: dict[str, Any], model: type[Group], inside: str, at: KeyPath) -> list[Problem]:
    known = tuple(model.model_fields)
    return [
        Problem("[design] is for sweeps, which this version does not run yet", None, (*at, key))
        if key == "design"
        else unknown_key(key, known, inside, (*at, key), _where_it_belongs)
        for key in table
        if key not in known
    ]


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
