"""Tables of parameters: the parts of a scenario in which they are set by name, and how what somebody sets is read.

A name may be dotted or nested. One that does not exist is answered with what was probably meant, and where it belongs.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError

from ssa_sim.catalogue.entries import (
    Entry,
    ParameterValue,
    entries_of,
    lever_catalogue,
    mechanism_catalogue,
    structure_catalogue,
    uncertainty_catalogue,
    values_of,
)
from ssa_sim.catalogue.groups import Group, Levers, Mechanisms, Structures, Uncertainties, plain
from ssa_sim.scenario.problems import (
    KeyPath,
    Problem,
    allowed_values,
    did_you_mean,
    in_quotes,
    nearest,
    problems_in,
    refusal,
    shown,
)

AnyGroup = TypeVar("AnyGroup", bound=Group)


@dataclass(frozen=True)
class Section:
    """A part of a scenario in which parameters are set by name.

    Attributes:
        name: the table's name in a scenario file, and the command that lists what may stand in it.
        noun: what one of its parameters is called, with its article.
        model: the group that declares the parameters.
        catalogue: gives the parameters.
    """

    name: str
    noun: str
    model: type[Group]
    catalogue: Callable[[], tuple[Entry, ...]]

    def entries(self) -> dict[str, Entry]:
        """The parameters by dotted name."""
        return {entry.path: entry for entry in self.catalogue()}

    def holds(self, name: str) -> bool:
        """Whether a name is that of a parameter, or of a group of them."""
        entries = self.entries()
        return name in entries or is_group(entries, name)


LEVERS = Section("levers", "a lever", Levers, lever_catalogue)
UNCERTAINTIES = Section("uncertainties", "an uncertainty", Uncertainties, uncertainty_catalogue)
MECHANISMS = Section("mechanisms", "a mechanism", Mechanisms, mechanism_catalogue)
STRUCTURES = Section("structures", "a structure", Structures, structure_catalogue)
SECTIONS = (LEVERS, UNCERTAINTIES, MECHANISMS, STRUCTURES)

OF_STRUCTURES = f"{STRUCTURES.name}."
"""What the name of a structure begins with among those of levers."""

TOP_KEYS = (
    "title",
    "question",
    "extends",
    "period",
    "size",
    "levers",
    "uncertainties",
    "mechanisms",
    "structures",
    "donors",
    "events",
)
"""What may stand at the top of a scenario file."""

EXAMPLE_OF_A_SET = '{ "training.course_weeks" = 24 }'
"""What an event may set."""

RENAMED = {
    "foreign.counter_terrorism_soldiers": "foreign.french_soldiers",
    "security.un_share_north": "forces.un_north",
    "security.un_share_centre": "forces.un_centre",
    "security.counter_terrorism_share_north": "forces.french_north",
    "security.counter_terrorism_share_centre": "forces.french_centre",
    "training.standing_cost": "training.budget",
}
"""What names of earlier releases are called now."""

_EXPERIMENT_KEYS = ("scenarios", "replications", "seed", "design", "output")
_PARTS = {"start": "period", "end": "period", "units": "size", "company_strength": "size"}


def is_group(names: Iterable[str], name: str) -> bool:
    """Whether a name is the beginning of others, as "training" is of "training.course_weeks"."""
    return any(each.startswith(f"{name}.") for each in names)


def leaves(table: Mapping[str, Any], at: KeyPath = ()) -> Iterator[tuple[str, KeyPath, Any]]:
    """Every value below `table` as (dotted name, keys as written, value); an empty table is a value.

    Both `{"training.course_weeks": 24}` and `{"training": {"course_weeks": 24}}` give the name
    "training.course_weeks"; the keys tell them apart.
    """
    for key, value in table.items():
        if isinstance(value, Mapping) and value:
            for name, keys, leaf in leaves(value, (*at, key)):
                yield f"{key}.{name}", keys, leaf
        else:
            yield str(key), (*at, key), value


def nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """Dotted names as nested tables; no name may be the beginning of another."""
    tables: dict[str, Any] = {}
    for name, value in values.items():
        *groups, last = name.split(".")
        table = tables
        for group in groups:
            table = table.setdefault(group, {})
        table[last] = value
    return tables


def unknown_key(
    name: str,
    known: Iterable[str],
    inside: str,
    at: KeyPath,
    advice: Callable[[str], str] = lambda _: "",
) -> Problem:
    """A key that does not belong where it stands.

    Args:
        name: the key.
        known: the keys that do belong there.
        inside: where it stands, such as "in [period]".
        at: the keys that lead to it.
        advice: gives a hint, or nothing, where no known key is near.
    """
    names = tuple(known)
    message = f"There is no key {in_quotes(name)} {inside}."
    hint = advice(name)
    if hint:
        return Problem(f"{message}{hint}", at=at)
    return Problem(f"{message}{did_you_mean(nearest(name, names))}", ", ".join(names), at)


def unknown_parameter(section: Section, name: str, value: object, at: KeyPath, *, within: str = "") -> Problem:
    """A name under [levers], [uncertainties], [mechanisms] or [structures] that is not in the section's catalogue.

    Args:
        section: what it stands in.
        name: it.
        value: what it is set to.
        at: the keys that lead to it.
        within: the beginning of the sections' names where they are parts of another table, such as "design.".
    """
    entries = section.entries()
    for other in SECTIONS:
        if other is not section and name in other.entries():
            message = f'"{name}" is {other.noun}, not {section.noun}; please set it under [{within}{other.name}]'
            return Problem(message, at=at)
    if is_group(entries, name):
        members = ", ".join(entry for entry in entries if entry.startswith(f"{name}."))
        message = f'"{name}" is {shown(value)}, but it is a group of {section.name}; please set its members'
        return Problem(message, members, at)
    above = next((entry for entry in entries if name.startswith(f"{entry}.")), None)
    if above is not None:
        return Problem(f'"{above}" is given a table; {section.noun} takes one value', at=at[:-1])
    message = f"There is no {section.noun.split()[-1]} {in_quotes(name)}."
    hint = advice_in_table(name)
    if hint:
        return Problem(f"{message}{hint}", at=at)
    if name in RENAMED:
        return Problem(f"{message} It is called {in_quotes(RENAMED[name])} now.", at=at)
    near = did_you_mean(nearest(name, entries))
    return Problem(f"{message}{near}", f"what `ssa-sim {section.name}` lists", at)


def advice_in_table(name: str) -> str:
    """A hint for a key that stands in a table and belongs elsewhere."""
    if name in ("title", "question", "extends"):
        return f' "{name}" belongs at the top of the file, above the first line in [brackets].'
    return _where_it_belongs(name)


def advice_at_top(name: str) -> str:
    """A hint for a key that stands at the top and belongs in a table, or in a file of another kind."""
    if name in _EXPERIMENT_KEYS:
        return f' "{name}" belongs in an experiment file; this should be a scenario file.'
    return _where_it_belongs(name)


def advice_in_event(name: str) -> str:
    """A hint for a key of an event that is a lever."""
    if LEVERS.holds(name) or name == LEVERS.name:
        return f" What an event changes goes into its set, as in set = {EXAMPLE_OF_A_SET}."
    return advice_in_table(name)


def _where_it_belongs(name: str) -> str:
    if name in _PARTS:
        return f' "{name}" belongs under [{_PARTS[name]}].'
    for section in SECTIONS:
        if name in section.entries():
            return f' "{name}" is {section.noun}; please set it under [{section.name}].'
        if is_group(section.entries(), name):
            return f' "{name}" is a group of {section.name}; please write [{section.name}.{name}].'
    return ""


def named_in(
    section: Section,
    table: Mapping[str, Any],
    at: KeyPath,
    problems: list[Problem],
    *,
    prefix: str = "",
    within: str = "",
) -> Iterator[tuple[str, KeyPath, Any]]:
    """The parameters named in a table, dotted or nested, with their keys and what is said of them, which may be a table.

    Args:
        section: whose parameters they are.
        table: the table.
        at: the keys that lead to it.
        problems: takes what is wrong with a name.
        prefix: what the names begin with where the table is that of a group.
        within: as for `unknown_parameter`.
    """
    entries = section.entries()
    for key, value in table.items():
        name, place = f"{prefix}{key}", (*at, key)
        if name in entries:
            yield name, place, value
        elif is_group(entries, name) and isinstance(value, Mapping):
            yield from named_in(section, value, place, problems, prefix=f"{name}.", within=within)
        else:
            problems.append(unknown_parameter(section, name, value, place, within=within))


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


def revise_group(group: AnyGroup, table: Mapping[str, Any], inside: str, at: KeyPath) -> tuple[AnyGroup, list[Problem]]:
    """A group with some of its fields replaced; or the group itself, and what is wrong with the replacements.

    Args:
        group: holds the values that stay.
        table: the new values by field name.
        inside: says where they stand, such as "in [period]".
        at: the keys that lead to the table.
    """
    revised, problems = _read(type(group), group.model_dump(), table, inside, at, advice_in_table)
    return revised or group, problems


def read_new_group(
    model: type[AnyGroup],
    table: Mapping[str, Any],
    inside: str,
    at: KeyPath,
    advice: Callable[[str], str] = advice_in_table,
) -> tuple[AnyGroup | None, list[Problem]]:
    """A group made of a table alone, or None and what is wrong; `advice` is for keys that do not belong."""
    return _read(model, {}, table, inside, at, advice)


def _read(
    model: type[AnyGroup],
    inherited: Mapping[str, Any],
    table: Mapping[str, Any],
    inside: str,
    at: KeyPath,
    advice: Callable[[str], str],
) -> tuple[AnyGroup | None, list[Problem]]:
    entries = {entry.path: entry for entry in entries_of(model)}
    known = {name: plain(value) for name, value in table.items() if name in entries}
    problems = [unknown_key(name, entries, inside, (*at, name), advice) for name in table if name not in entries]
    try:
        group = model.model_validate({**inherited, **known})
    except ValidationError as error:
        return None, problems + problems_in(error, entries, lambda name: _keys(at, name), f"{at[0]}.")
    return (None if problems else group), problems


def _keys(at: KeyPath, name: str) -> KeyPath:
    """The keys of a field; those of the whole table where the fault is in how its fields go together."""
    return (*at, name.partition(".")[0]) if name else at
