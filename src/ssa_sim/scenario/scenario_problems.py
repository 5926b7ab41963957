"""What is wrong with a scenario as a whole, part by part; partners are called by their names, events by their dates."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ssa_sim.catalogue.donors import DonorProfile
from ssa_sim.catalogue.entries import entries_of
from ssa_sim.catalogue.groups import Group, Size
from ssa_sim.scenario.events import Event
from ssa_sim.scenario.period import Period
from ssa_sim.scenario.problems import Problem, problem_of
from ssa_sim.scenario.tables import SECTIONS

_PLAIN_PARTS: dict[str, type[Group]] = {"period": Period, "size": Size, "donors": DonorProfile, "events": Event}


def as_tables(value: Any) -> Any:
    """Groups, also those within tuples, as tables of their values, so that validating these checks each value anew."""
    if isinstance(value, Group):
        return {name: as_tables(each) for name, each in value.__dict__.items()}
    if isinstance(value, tuple | list):
        return tuple(as_tables(each) for each in value)
    return value


def problems_in_scenario(error: ValidationError, fields: Mapping[str, Any]) -> list[Problem]:
    """A validation error's findings in plain words.

    Args:
        error: what pydantic found.
        fields: what it looked at: the scenario's parts.
    """
    return [_problem_in(detail, fields) for detail in error.errors(include_url=False)]


def _problem_in(detail: ErrorDetails, fields: Mapping[str, Any]) -> Problem:
    part, *rest = [str(key) for key in detail["loc"]] or [""]
    for section in SECTIONS:
        if section.name == part and rest:
            path = ".".join(rest)
            return problem_of(path, section.entries().get(path), detail, ())
    entry = None
    if part in _PLAIN_PARTS and rest:
        entry = {each.path: each for each in entries_of(_PLAIN_PARTS[part])}.get(rest[-1])
        if rest[0].isdigit():
            rest[0] = _called(fields[part][int(rest[0])], rest[0])
    return problem_of(".".join([part, *rest]), entry, detail, ())


def _called(element: Any, position: str) -> str:
    """The name of a partner, the date of an event; the position of what has neither."""
    values = element if isinstance(element, Mapping) else getattr(element, "__dict__", {})
    return str(values.get("name", values.get("date", position)))
