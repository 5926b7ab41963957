"""Reading what somebody sets: levers, uncertainties, mechanisms and structures by name, nested or dotted."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from ssa_sim.catalogue.entries import Entry, ParameterValue, values_of
from ssa_sim.catalogue.groups import plain
from ssa_sim.scenario.paths import KeyPath, leaves, nested
from ssa_sim.scenario.problems import Problem, allowed_values, problems_in, refusal, shown
from ssa_sim.scenario.sections import LEVERS, STRUCTURES, Section, is_group
from ssa_sim.scenario.unknown_names import unknown_parameter

OF_STRUCTURES = f"{STRUCTURES.name}."
"""What the name of a structure begins with among those of levers."""


def read_overrides(
    section: Section, table: Mapping[str, Any], at: KeyPath = ()
) -> tuple[dict[str, ParameterValue], list[Problem]]:
    """The parameters set in a table, by dotted name, and what is wrong with them.

    Where something is wrong the values are incomplete.
    """
    entries = section.entries()
    given: dict[str, Any] = {}
    keys: dict[str, KeyPath] = {}
    problems = []
    for name, written, value in leaves(table, at):
        if name in keys:
            message = f'"{name}" is given twice in this table, dotted and nested; please keep one of the two'
            problems.append(Problem(message, at=written))
        elif name in entries:
            given[name], keys[name] = plain(value), written
        elif not (is_group(entries, name) and isinstance(value, Mapping)):
            problem = unknown_parameter(section, name, value, written)
            problems += [problem] if problem not in problems else []
    try:
        group = section.model.model_validate(nested(given))
    except ValidationError as error:
        return {}, problems + problems_in(error, entries, lambda name: keys.get(name, at))
    values = values_of(group, tuple(entries[name] for name in given))
    return {name: _one_zero(value) for name, value in values.items()}, problems


def checked_overrides(section: Section, table: Mapping[str, Any]) -> dict[str, ParameterValue]:
    """The parameters set in a table, by dotted name.

    Raises:
        InputError: a name is unknown or a value not allowed.
    """
    if not isinstance(table, Mapping):
        raise refusal(
            [Problem(f"{shown(table)} sets nothing", f"a table from the name of {section.noun} to its value")]
        )
    values, problems = read_overrides(section, table)
    if problems:
        raise refusal(problems)
    return values


def parse_setting(text: str) -> tuple[str, ParameterValue]:
    """The name and the value in "LEVER=VALUE" or "structures.NAME=CHOICE"; the lever's kind decides how its value is read.

    Raises:
        InputError: there is no "=", no such lever or structure, or the value is not allowed.
    """
    name, equals, word = (part.strip() for part in text.partition("="))
    if not equals:
        allowed = "LEVER=VALUE, as in training.course_weeks=24, or structures.NAME=CHOICE"
        raise refusal([Problem(f"{shown(text)} sets no lever", allowed)])
    section = STRUCTURES if name.startswith(OF_STRUCTURES) else LEVERS
    path = name.removeprefix(OF_STRUCTURES)
    entry = section.entries().get(path)
    if entry is not None and not word:
        raise refusal([Problem(f'"{name}" is set to nothing', allowed_values(entry))])
    value = word if entry is None else _read_word(entry, word)
    return name, checked_overrides(section, {path: value})[path]


def _one_zero(value: ParameterValue) -> ParameterValue:
    """Minus zero is zero, so that the same scenario has one identity."""
    return value + 0.0 if isinstance(value, float) else value


def _read_word(entry: Entry, word: str) -> ParameterValue:
    """A word from the command line as the kind of value that the parameter takes, or as it is."""
    if entry.kind == "bool":
        return {"true": True, "false": False}.get(word.lower(), word)
    readers: dict[str, Callable[[str], ParameterValue]] = {"int": int, "float": float}
    try:
        return readers.get(entry.kind, str)(word)
    except ValueError:
        return word
