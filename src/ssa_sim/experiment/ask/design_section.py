"""The [design] of an experiment file: what varies, over which values, by which method."""

import math
from collections.abc import Iterator, Mapping
from typing import Any, get_args

import numpy as np

from ssa_sim.catalogue.entries import Entry, ParameterValue
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import Axis, Design, Method, Part, listed_design, make_design, range_axis
from ssa_sim.scenario.problems import KeyPath, Problem, nearest, shown, whole_number
from ssa_sim.scenario.tables import (
    LEVERS,
    MECHANISMS,
    STRUCTURES,
    UNCERTAINTIES,
    Section,
    is_group,
    leaves,
    nested,
    read_overrides,
    unknown_key,
    unknown_parameter,
)

METHODS: tuple[Method, ...] = get_args(Method)
ALL = "all"
_PARTS: dict[Part, Section] = {
    "levers": LEVERS,
    "uncertainties": UNCERTAINTIES,
    "mechanisms": MECHANISMS,
    "structures": STRUCTURES,
}
KEYS = ("method", "samples", "seed", "second_order", "crossed", "points", *_PARTS)
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


class DesignReader:
    """Reads the section.

    Args:
        table: the section.
        seed: the experiment's, in place of one of its own.

    Attributes:
        problems: what is wrong with it.
    """

    def __init__(self, table: Mapping[str, Any], seed: int) -> None:
        self._table = table
        self._seed = seed
        self.problems: list[Problem] = []

    def design(self) -> Design | None:
        """The design; None if there are problems."""
        for key in self._table:
            if key not in KEYS:
                self.problems.append(unknown_key(key, KEYS, "in [design]", ("design", key), _where_it_belongs))
        method = self._method()
        samples = self._whole("samples", 1, 10_000_000, needed=method in _SAMPLED)
        seed = self._whole("seed", 0, 2**32 - 1, needed=False)
        flags = {name: self._flag(name) for name in ("second_order", "crossed")}
        axes = [axis for part in _PARTS for axis in self._axes(part)]
        if self.problems or method is None:
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
        hint = f'. Did you mean "{near}"?' if near else ""
        self._note(f'"method" {words}{hint}', ", ".join(f'"{each}"' for each in METHODS), "method")
        return None

    def _note(self, message: str, allowed: str | None = None, *at: str | int) -> None:
        self.problems.append(Problem(message, allowed, ("design", *at)))

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
            for entry in section.catalogue():
                if not entry.is_known:
                    yield range_axis(part, entry)
            return
        if not isinstance(table, Mapping):
            allowed = f'"{ALL}", or a table' if part == "uncertainties" else "a table"
            self._note(f'"{part}" is {shown(table)}', allowed, part)
            return
        seen: set[str] = set()
        for name, at, value in self._named(section, table, "", ("design", part)):
            if name in seen:
                self.problems.append(Problem(f'"{name}" is given twice, dotted and nested', "one of the two", at))
            seen.add(name)
            try:
                axis = self._axis(part, section, section.entries()[name], value, at)
            except InputError as error:
                self.problems.append(Problem(error.message, error.allowed, at))
            else:
                if axis is not None:
                    yield axis

    def _named(
        self, section: Section, table: Mapping[str, Any], prefix: str, at: KeyPath
    ) -> Iterator[tuple[str, KeyPath, Any]]:
        """The parameters named in a table, dotted or nested, with their keys and what is said of them."""
        entries = section.entries()
        for key, value in table.items():
            name, place = f"{prefix}{key}", (*at, key)
            if name in entries:
                yield name, place, value
            elif is_group(entries, name) and isinstance(value, Mapping):
                yield from self._named(section, value, f"{name}.", place)
            else:
                self.problems.append(unknown_parameter(section, name, value, place, within="design."))

    def _axis(self, part: Part, section: Section, entry: Entry, value: Any, at: KeyPath) -> Axis | None:
        if isinstance(value, Mapping):
            return self._span(part, section, entry, value, at)
        if not isinstance(value, list | tuple) or not value:
            what = "an empty list" if isinstance(value, list | tuple) else shown(value)
            self.problems.append(Problem(f'"{entry.path}" is {what}', _HOW, at))
            return None
        read = [self._value(section, entry, each, at) for each in value]
        values = tuple(each for each in read if each is not None)
        if len(values) < len(read):
            return None
        if len(set(values)) < len(values):
            self.problems.append(Problem(f'"{entry.path}" lists a value twice', "each value once", at))
            return None
        return Axis(part, entry.path, values)

    def _span(self, part: Part, section: Section, entry: Entry, span: Mapping[str, Any], at: KeyPath) -> Axis | None:
        wrong = [unknown_key(key, _SPANS, f'for "{entry.path}"', (*at, key)) for key in span if key not in _SPANS]
        self.problems += wrong
        if entry.kind in ("choice", "bool") and span:
            raise InputError(f'"{entry.path}" has no range.', allowed="a list of its values; { } takes all of them")
        ends = {key: self._value(section, entry, span[key], at) for key in ("low", "high") if key in span}
        if wrong or None in ends.values():
            return None
        axis = range_axis(part, entry, **{key: float(value) for key, value in ends.items() if value is not None})
        if "steps" not in span:
            return axis
        whole_number("steps", span["steps"], 2, 10_000)
        marks = np.linspace(axis.low, axis.high, span["steps"])
        if axis.is_whole:
            return Axis(part, entry.path, tuple(dict.fromkeys(int(mark) for mark in np.rint(marks))))
        return Axis(part, entry.path, tuple(float(mark) for mark in marks))

    def _value(self, section: Section, entry: Entry, value: Any, at: KeyPath) -> ParameterValue | None:
        """One value, checked against the catalogue; None if it is not allowed."""
        values, problems = read_overrides(section, nested({entry.path: value}))
        self.problems += [Problem(problem.message, problem.allowed, at) for problem in problems]
        return values.get(entry.path)

    def _listed(self) -> Design | None:
        points = self._table.get("points")
        if not isinstance(points, list | tuple) or not points or not all(isinstance(each, Mapping) for each in points):
            self._note("The points of the list are missing", "[[design.points]], each with what it sets")
            return None
        rows = [self._point(point, number) for number, point in enumerate(points)]
        if self.problems:
            return None
        self._refuse_repeated(rows)
        if self.problems:
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
                self.problems.append(unknown_parameter(LEVERS, name, value, at, within="design."))
                continue
            if (part, name) in found:
                self.problems.append(Problem(f'"{name}" is given twice, dotted and nested', "one of the two", at))
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


def _belongs(section: Section, key: str) -> bool:
    return key in section.entries() or is_group(section.entries(), key)


def _where_it_belongs(key: str) -> str:
    """A hint for a parameter that stands in [design] itself."""
    for part, section in _PARTS.items():
        if _belongs(section, key):
            return f' "{key}" belongs under [design.{part}].'
    return ""
