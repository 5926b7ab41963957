"""Reading groups of plain fields, such as the period or a donor profile, from tables."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from ssa_sim.catalogue.entries import entries_of
from ssa_sim.catalogue.groups import Group, plain
from ssa_sim.scenario.paths import KeyPath
from ssa_sim.scenario.problems import Problem, problems_in
from ssa_sim.scenario.unknown_names import advice_in_table, unknown_key

AnyGroup = TypeVar("AnyGroup", bound=Group)


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
