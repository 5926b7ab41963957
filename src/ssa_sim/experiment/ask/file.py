"""Experiment files: which scenarios to run on common random numbers, how often, what varies, and what to keep."""

import math
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import numpy as np
from pydantic import Field, ValidationError

from ssa_sim.catalogue.entries import Entry, ParameterValue, entries_of
from ssa_sim.catalogue.groups import Group
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import Axis, Design, Method, Part, listed_design, make_design, range_axis
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
from ssa_sim.scenario.problems import (
    AnyModel,
    KeyPath,
    Problem,
    did_you_mean,
    nearest,
    problems_in,
    refusal,
    shown,
    whole_number,
)
from ssa_sim.scenario.tables import (
    LEVERS,
    MECHANISMS,
    STRUCTURES,
    TOP_KEYS,
    UNCERTAINTIES,
    Section,
    leaves,
    named_in,
    read_overrides,
    unknown_key,
    unknown_parameter,
)
from ssa_sim.scenario.toml_file import TomlFile, read_given, read_toml

METHODS: tuple[Method, ...] = get_args(Method)
ALL = "all"
_PARTS: dict[Part, Section] = {
    "levers": LEVERS,
    "uncertainties": UNCERTAINTIES,
    "mechanisms": MECHANISMS,
    "structures": STRUCTURES,
}
DESIGN_KEYS = ("method", "samples", "seed", "second_order", "crossed", "points", *_PARTS)
_SPANS = ("low", "high", "steps")
_SAMPLED: tuple[Method, ...] = ("latin_hypercube", "sobol", "morris")
_METHODS_WITH: dict[str, tuple[Method, ...]] = {
    "samples": _SAMPLED,
    "seed": _SAMPLED,
    "second_order": ("sobol",),
    "crossed": _SAMPLED,
    "points": ("list",),
    **dict.fromkeys(_PARTS, ("grid", "one_at_a_time", *_SAMPLED)),
}
"""The methods that a key says something to."""
_HOW = "a list of values, or { low = ..., high = ... }, with steps for a grid; { } takes the catalogue's range"


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
        design: what varies beside the scenarios; see `DesignReader`.
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
    problems: list[Problem] = []
    content, until = _content(_with_tuples(file.document), problems)
    design = None
    if content is not None and content.design is not None and not problems:
        reader = DesignReader(content.design, content.seed if seed is None else seed, problems)
        design = reader.design()
    if content is None or problems:
        raise refusal(problems, lambda problem: file.where(problem.at))
    precision = None
    if replications is None:
        replications = content.replications
        if until is not None:
            replications = until.first
            precision = Precision(**until.model_dump(exclude={"first"}))
    try:
        return experiment_from_scenarios(
            [_scenario_file(file, name) for name in content.scenarios],
            title=content.title,
            replications=replications,
            seed=content.seed if seed is None else seed,
            outcomes=content.output.outcomes or None,
            monthly=content.output.monthly,
            first_replicate=content.first_replicate,
            design=design,
            precision=precision,
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


def _content(document: Mapping[str, Any], problems: list[Problem]) -> tuple[ExperimentFile | None, Replications | None]:
    """What the file says, and its [replications] where that is a table; what is wrong with it is noted."""
    problems += _unknown_keys(document, ExperimentFile.model_fields, "in an experiment file", (), _where_it_belongs)
    known = {key: value for key, value in document.items() if key in ExperimentFile.model_fields}
    until = None
    if isinstance(known.get("replications"), dict):
        table = _known_keys(Replications, known.pop("replications"), "replications", problems)
        until = _checked(Replications, table, ("replications",), problems)
    if isinstance(known.get("output"), dict):
        known["output"] = _known_keys(OutputSettings, known["output"], "output", problems)
    return _checked(ExperimentFile, known, (), problems), until


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
    problems += _unknown_keys(table, model.model_fields, f"in [{name}]", (name,), _where_it_belongs)
    return {key: value for key, value in table.items() if key in model.model_fields}


def _unknown_keys(
    table: Mapping[str, Any],
    known: Collection[str],
    inside: str,
    at: KeyPath,
    advice: Callable[[str], str] = lambda _: "",
) -> list[Problem]:
    return [unknown_key(key, known, inside, (*at, key), advice) for key in table if key not in known]


def _where_it_belongs(key: str) -> str:
    """A hint for a key that is right in another place."""
    if key in OutputSettings.model_fields:
        return f' "{key}" belongs under [output].'
    if key in TOP_KEYS:
        return f' "{key}" belongs in a scenario file; this is an experiment file.'
    return ""


def _with_tuples(value: Any) -> Any:
    """TOML's lists as tuples, which the strict models take."""
    if isinstance(value, list):
        return tuple(_with_tuples(element) for element in value)
    if isinstance(value, dict):
        return {key: _with_tuples(element) for key, element in value.items()}
    return value


class DesignReader:
    """Reads [design].

    Args:
        table: the section.
        seed: the experiment's, in place of one of its own.
        problems: takes what is wrong with it.
    """

    def __init__(self, table: dict[str, Any], seed: int, problems: list[Problem]) -> None:
        self._table = table
        self._seed = seed
        self._problems = problems

    def design(self) -> Design | None:
        """The design; None if there are problems."""
        self._problems += _unknown_keys(self._table, DESIGN_KEYS, "in [design]", ("design",), _part_it_belongs_to)
        method = self._method()
        samples = self._whole("samples", 1, 10_000_000, needed=method in _SAMPLED)
        seed = self._whole("seed", 0, 2**32 - 1, needed=False)
        flags = {name: self._flag(name) for name in ("second_order", "crossed")}
        axes = [axis for part in _PARTS for axis in self._axes(part)]
        if self._problems or method is None:
            return None
        try:
            if method == "list":
                return self._listed()
            if not axes:
                self._note("Nothing varies", "[design.levers], [design.uncertainties] or both")
                return None
            chosen = self._seed % 2**32 if seed is None else seed
            return make_design(method, axes, samples=samples or 0, seed=chosen, **flags)
        except InputError as error:
            self._note(error.message, error.allowed)
        return None

    def _method(self) -> Method | None:
        method = self._table.get("method")
        chosen = next((each for each in METHODS if each == method), None)
        if chosen is not None:
            for key, methods in _METHODS_WITH.items():
                if self._table.get(key, False) is not False and chosen not in methods:
                    listed = ", ".join(f'"{each}"' for each in methods)
                    self._note(f'"{key}" says nothing to the method "{chosen}"', f"with {listed}", key)
            return chosen
        words = "is missing" if method is None else f"is {shown(method)}"
        near = nearest(method, METHODS) if isinstance(method, str) else None
        hint = f".{did_you_mean(near)}" if near else ""
        self._note(f'"method" {words}{hint}', ", ".join(f'"{each}"' for each in METHODS), "method")
        return None

    def _note(self, message: str, allowed: str | None = None, *at: str | int) -> None:
        self._problems.append(Problem(message, allowed, ("design", *at)))

    def _whole(self, name: str, low: int, high: int, *, needed: bool) -> int | None:
        value = self._table.get(name)
        if value is None:
            if needed:
                self._note(f'"{name}" is missing', f"a whole number from {low}")
            return None
        try:
            whole_number(name, value, low, high)
        except InputError as error:
            self._note(error.message, error.allowed, name)
            return None
        return int(value)

    def _flag(self, name: str) -> bool:
        value = self._table.get(name, False)
        if not isinstance(value, bool):
            self._note(f'"{name}" is {shown(value)}', "true or false, without quotes", name)
        return value is True

    def _axes(self, part: Part) -> Iterator[Axis]:
        section, table = _PARTS[part], self._table.get(part, {})
        if table == ALL and part == "uncertainties":
            table = {entry.path: {} for entry in section.catalogue() if not entry.is_known}
        if not isinstance(table, Mapping):
            allowed = f'"{ALL}", or a table' if part == "uncertainties" else "a table"
            self._note(f'"{part}" is {shown(table)}', allowed, part)
            return
        seen: set[str] = set()
        for name, at, value in named_in(section, table, ("design", part), self._problems, within="design."):
            if name in seen:
                self._problems.append(Problem(f'"{name}" is given twice, dotted and nested', "one of the two", at))
            seen.add(name)
            try:
                axis = self._axis(part, section, section.entries()[name], value, at)
            except InputError as error:
                self._problems.append(Problem(error.message, error.allowed, at))
            else:
                if axis is not None:
                    yield axis

    def _axis(self, part: Part, section: Section, entry: Entry, value: Any, at: KeyPath) -> Axis | None:
        if isinstance(value, Mapping):
            return self._span(part, section, entry, value, at)
        if not isinstance(value, list | tuple) or not value:
            what = "an empty list" if isinstance(value, list | tuple) else shown(value)
            self._problems.append(Problem(f'"{entry.path}" is {what}', _HOW, at))
            return None
        read = [self._value(section, entry, each, at) for each in value]
        values = tuple(each for each in read if each is not None)
        if len(values) < len(read):
            return None
        if len(set(values)) < len(values):
            self._problems.append(Problem(f'"{entry.path}" lists a value twice', "each value once", at))
            return None
        return Axis(part, entry.path, values)

    def _span(self, part: Part, section: Section, entry: Entry, span: Mapping[str, Any], at: KeyPath) -> Axis | None:
        wrong = _unknown_keys(span, _SPANS, f'for "{entry.path}"', at)
        self._problems += wrong
        if entry.kind in ("choice", "bool") and span:
            raise InputError(f'"{entry.path}" has no range.', allowed="a list of its values; { } takes all of them")
        ends = {key: self._value(section, entry, span[key], at) for key in ("low", "high") if key in span}
        if wrong or None in ends.values():
            return None
        axis = range_axis(part, entry, **{key: float(value) for key, value in ends.items() if value is not None})
        return axis.in_steps(span["steps"]) if "steps" in span else axis

    def _value(self, section: Section, entry: Entry, value: Any, at: KeyPath) -> ParameterValue | None:
        """One value, checked against the catalogue; None if it is not allowed."""
        values, problems = read_overrides(section, {entry.path: value})
        self._problems += [Problem(problem.message, problem.allowed, at) for problem in problems]
        return values.get(entry.path)

    def _listed(self) -> Design | None:
        points = self._table.get("points")
        if not isinstance(points, list | tuple) or not points or not all(isinstance(each, Mapping) for each in points):
            self._note("The points of the list are missing", "[[design.points]], each with what it sets")
            return None
        rows = [self._point(point, number) for number, point in enumerate(points)]
        if self._problems:
            return None
        self._refuse_repeated(rows)
        if self._problems:
            return None
        names = list(dict.fromkeys(name for row in rows for name in row))
        if not names:
            self._note("No point sets anything", "the parameters that vary", "points", 0)
            return None
        axes = [
            self._listed_axis(part, name, [row[part, name] for row in rows if (part, name) in row])
            for part, name in names
        ]
        numbers = [[_number(axis, row.get((axis.part, axis.path))) for axis in axes] for row in rows]
        return listed_design(axes, np.array(numbers, np.float64))

    def _refuse_repeated(self, rows: list[dict[tuple[Part, str], ParameterValue]]) -> None:
        """Note points that set what an earlier one sets: they would be the same runs once more."""
        first: dict[frozenset[tuple[tuple[Part, str], ParameterValue]], int] = {}
        for number, row in enumerate(rows):
            earlier = first.setdefault(frozenset(row.items()), number)
            if earlier != number:
                allowed = "each point once; more replications make more runs of it"
                self._note(f"Point {number} sets the same as point {earlier}", allowed, "points", number)

    def _point(self, point: Mapping[str, Any], number: int) -> dict[tuple[Part, str], ParameterValue]:
        """One point of a list: each name belongs to whichever part knows it."""
        found: dict[tuple[Part, str], ParameterValue] = {}
        for name, at, value in leaves(point, ("design", "points", number)):
            part = next((part for part, section in _PARTS.items() if name in section.entries()), None)
            if part is None:
                self._problems.append(unknown_parameter(LEVERS, name, value, at, within="design."))
                continue
            if (part, name) in found:
                self._problems.append(Problem(f'"{name}" is given twice, dotted and nested', "one of the two", at))
            read = self._value(_PARTS[part], _PARTS[part].entries()[name], value, at)
            if read is not None:
                found[part, name] = read
        return found

    @staticmethod
    def _listed_axis(part: Part, name: str, values: list[ParameterValue]) -> Axis:
        entry = _PARTS[part].entries()[name]
        if entry.kind in ("choice", "bool"):
            return Axis(part, name, tuple(dict.fromkeys(values)))
        numbers = [float(value) for value in values]
        return Axis(part, name, None, min(numbers), max(numbers), is_whole=entry.kind == "int")


def _number(axis: Axis, value: ParameterValue | None) -> float:
    """What a design holds for a value; None: the point leaves it as the scenario has it."""
    if value is None:
        return math.nan
    return float(value) if axis.values is None else float(axis.values.index(value))


def _part_it_belongs_to(key: str) -> str:
    """A hint for a parameter that stands in [design] itself."""
    for part, section in _PARTS.items():
        if section.holds(key):
            return f' "{key}" belongs under [design.{part}].'
    return ""
