"""A workshop as a file, to be taken up again: the scenario that it began with, and what the room did since."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from ssa_sim.catalogue.entries import ParameterValue
from ssa_sim.errors import InputError
from ssa_sim.scenario.problems import checked
from ssa_sim.scenario.schema import Scenario
from ssa_sim.scenario.tables import LEVERS, checked_overrides
from ssa_sim.words.texts import Language
from ssa_sim.workshop.injects import INJECTS
from ssa_sim.workshop.remembered import TabMemory
from ssa_sim.workshop.scenario_text import pairs, scenario_text
from ssa_sim.workshop.session import Memory
from ssa_sim.workshop.storyline import check_fits, storyline_named, storylines
from ssa_sim.workshop.timeline import Choice, Kind

TABLE = "workshop"
"""The table that makes of a scenario file a workshop's."""
LONGEST_NAME = 80
MOST_REPLICATE = 9999
"""That the page lets one choose."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Choice(_Part):
    month: int = Field(ge=0)
    kind: Kind = "lever"
    name: str = Field("", max_length=LONGEST_NAME)
    months: int | None = Field(None, ge=1)
    in_both: bool = False
    values: dict[str, ParameterValue]


class _Workshop(_Part):
    name: str = Field(max_length=LONGEST_NAME)
    model_version: str = ""
    seed: int = Field(ge=0, lt=2**63)
    replicate: int = Field(ge=0, le=MOST_REPLICATE)
    month: int = Field(ge=0)
    budget: float | None = Field(None, allow_inf_nan=False)
    language: Language
    storyline: str = ""
    step: int = Field(0, ge=0)
    votes: dict[str, int] = {}
    choices: list[_Choice] = []


def workshop_text(memory: TabMemory) -> str:
    """TOML from which `workshop_in` makes the same memory."""
    return "\n".join(_lines(memory)) + "\n"


def _lines(memory: TabMemory) -> Iterator[str]:
    session = memory.session
    yield scenario_text(session.base)
    told: dict[str, Any] = {"name": memory.name[:LONGEST_NAME], "model_version": memory.model_version}
    told |= {"language": memory.language, "month": session.month}
    told |= {"seed": session.seed, "replicate": session.replicate, "budget": session.budget}
    told |= {"storyline": memory.storyline, "step": memory.step}
    yield from (f"[{TABLE}]", *pairs(_given(told)))
    if memory.votes:
        yield from ("", f"[{TABLE}.votes]", *pairs(dict(memory.votes)))
    for choice in session.choices:
        made = {"month": choice.month, "kind": choice.kind, "name": choice.name, "months": choice.months}
        yield from ("", f"[[{TABLE}.choices]]", *pairs(_given({**made, "in_both": choice.in_both})))
        yield f"values = {{ {', '.join(pairs(dict(choice.values)))} }}"


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    """Those that are something; the others are as when nothing is said."""
    return {name: value for name, value in values.items() if value not in (None, "")}


def workshop_in(table: object, base: Scenario, where: str) -> TabMemory:
    """What a file's table says of a workshop.

    Args:
        table: the file's `TABLE`.
        base: the scenario that the rest of the file is.
        where: the file's name, for messages.

    Raises:
        InputError: it is not as the page writes it.
    """
    if not isinstance(table, dict):
        raise InputError("This is no workshop as the page saves it.", where=where, allowed=f"a table [{TABLE}]")
    told = checked(_Workshop, table, {}, f"{TABLE}.")
    known = {"inject": {inject.name for inject in INJECTS}, "storyline": {"", *(story.name for story in storylines())}}
    names = [("storyline", told.storyline), *(("inject", one.name) for one in told.choices if one.kind == "inject")]
    for kind, name in names:
        if name not in known[kind]:
            raise InputError(f'There is no {kind} "{name}".', where=where, allowed=sorted(known[kind] - {""}))
    if told.storyline:
        check_fits(storyline_named(told.storyline), base)
    choices = tuple(_choice(one) for one in told.choices)
    session = Memory(base, told.seed, told.replicate, choices, told.month, told.budget)
    votes = tuple(told.votes.items())
    return TabMemory(session, told.name, told.language, votes, told.storyline, told.step, told.model_version)


def _choice(told: _Choice) -> Choice:
    values = checked_overrides(LEVERS, told.values)
    return Choice(told.month, tuple(values.items()), told.kind, told.name, told.months, told.in_both)
