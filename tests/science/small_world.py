"""A world so small that one step can be worked out by hand: three units, partners and zones, all zero but what is given.

A case says what one actor finds (`given`), and what it leaves (`then`): these values, and no other number of the world. The
actor is the middle one of three, in the middle one of three months: the levers and draws of other months, and the draws of
other actors, are no numbers at all, so that a rule that looks there is found out. Where a battalion acts there are three of them,
of four, four and three companies.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pytest
from scipy import stats

from accounts import world_of
from ssa_sim.catalogue.donors import DEFAULT_PROFILES
from ssa_sim.catalogue.entries import lever_catalogue, mechanism_catalogue, structure_catalogue, uncertainty_catalogue
from ssa_sim.model import driver
from ssa_sim.model.month import STEPS, record_outcomes
from ssa_sim.model.noise import (
    BATTALION_STREAMS,
    DONOR_STREAMS,
    HOST_STREAMS,
    MISSION_STREAMS,
    UNIT_STREAMS,
    ZONE_STREAMS,
)
from ssa_sim.model.state import World
from ssa_sim.scenario.schema import Scenario

MONTH = 1
ACTORS = {step.name: step.actor for step in STEPS}
RECORD = "record_outcomes"
_STREAMS = {
    "unit": UNIT_STREAMS,
    "battalion": BATTALION_STREAMS,
    "donor": DONOR_STREAMS,
    "zone": ZONE_STREAMS,
    "host": HOST_STREAMS,
    "mission": MISSION_STREAMS,
}
_LEVERS = {entry.path for entry in lever_catalogue()}
_PARAMETERS = {
    *(entry.path for entry in uncertainty_catalogue()),
    *(f"mechanisms.{entry.path}" for entry in mechanism_catalogue()),
    *(f"structures.{entry.path}" for entry in structure_catalogue()),
}
_PARTS = ("host", "mission", "pool", "book", "tally")


class Case(NamedTuple):
    """One step of one actor, worked out by hand."""

    step: str
    means: str
    given: Mapping[str, Any]
    then: Mapping[str, float]
    index: int = 1


def by_hand(step: str, ground: Mapping[str, Any], *rows: tuple[Any, ...]) -> Iterator[Case]:
    """Cases of one step on one ground: what each is to show, what is otherwise than on the ground, and what is left.

    A fourth number is the actor's, where it is not the middle one.
    """
    for means, otherwise, then, *index in rows:
        yield Case(step, means, {**ground, **otherwise}, then, *index)


def quantile(uniform: float, count: int, probability: float) -> int:
    """How many of so many: SciPy's binomial, for the model's own."""
    return int(stats.binom.ppf(uniform, count, probability))


def blank_world(actor: str = "unit") -> World:
    """Everything zero but the actors' numbers and the switches of mechanisms, which are on; structures are the baseline's."""
    world = _a_world(11 if actor == "battalion" else 3)
    copied = World(*(part.copy() for part in world))
    return copied._replace(**{name: getattr(copied, name).view(np.recarray) for name in _RECORDS})


_RECORDS = tuple(name for name in World._fields if not name.endswith("_order"))


@cache
def _a_world(units: int) -> World:
    one_profile = DEFAULT_PROFILES[0].model_copy(update={"partners": 3})
    scenario = Scenario(title="small").with_period(end=date(2013, 5, 1)).with_size(units=units)
    world = world_of(scenario.with_donors((one_profile,)))
    for name in _RECORDS:
        getattr(world, name)[...] = np.zeros((), getattr(world, name).dtype)
    nation = world.nation[0]
    nation.month, nation.units = MONTH, units
    for actors in (nation.zones, world.units, world.battalions):
        actors["index"] = range(len(actors))
    for entry in mechanism_catalogue():
        world.parameters[f"mechanisms_{entry.path}"] = 1.0
    for month in (0, 2):
        for name in world.levers.dtype.names or ():
            world.levers[name][month] = -9
    for actor, streams in _STREAMS.items():
        draws = getattr(world, f"{actor}_draws")
        for stream in streams:
            draws[stream.name] = np.nan
    return world


def prepare(given: Mapping[str, Any], actor: str, index: int = 1) -> World:
    """The blank world with these values. Uniform draws of the actor are one half and normal ones zero unless given."""
    world = blank_world(actor)
    row = world[World._fields.index(f"{actor}_draws")][MONTH, _place(actor, index)]
    for stream in _STREAMS[actor]:
        row[stream.name] = 0.5 if stream.law == "uniform" else 0.0
    for path, value in given.items():
        record, rest = _record(world, path, actor, index)
        _set(record, rest, value)
    return world


def take(world: World, step: str, index: int = 1) -> None:
    """Let the actor of this index follow the rule of this name."""
    if step == RECORD:
        record_outcomes(world.history[MONTH], world.nation[0], world.levers[MONTH])
    else:
        driver.take_step(world, MONTH, driver.STEP_NUMBERS[step], _place(ACTORS[step], index))


def moved(world: World, before: World, actor: str, index: int = 1) -> dict[str, float]:
    """Every number of the state that is not what it was, by its path."""
    found: dict[str, float] = {}
    parts = (
        ("nation", "nation"),
        ("units", "unit"),
        ("battalions", "battalion"),
        ("donors", "donor"),
        ("history", "history"),
    )
    for part, name in parts:
        rows, old = getattr(world, part), getattr(before, part)
        for place in range(rows.shape[0]):
            acts = place == (
                index if name == actor else MONTH if name == "history" else 0 if name == "nation" else None
            )
            path = name if acts else f"{part}[{place}]"
            _differences(rows[place], old[place], path, found)
    here = f"zones[{index}]." if actor == "zone" else "no zone"
    return {_plain(path).replace(here, "zone."): value for path, value in found.items()}


def check(case: Case) -> None:
    """Fail with every path on which hand and rule disagree."""
    actor = ACTORS.get(case.step, "host")
    world, before = (prepare(case.given, actor, case.index) for _ in range(2))
    take(world, case.step, case.index)
    found = moved(world, before, actor, case.index)
    wrong = [
        f"{path}: by hand {case.then.get(path, 'as it was')}, found {found.get(path, 'as it was')}"
        for path in sorted({*case.then, *found})
        if not {path} <= found.keys() & case.then.keys()
        or found[path] != pytest.approx(case.then[path], rel=1e-9, abs=1e-12, nan_ok=True)
    ]
    assert not wrong, f"{case.step}: {case.means}\n  " + "\n  ".join(wrong)


def _place(actor: str, index: int) -> int:
    return index if actor in ("unit", "battalion", "donor", "zone") else 0


def _record(world: World, path: str, actor: str, index: int) -> tuple[Any, str]:
    """The record that a path starts from, and the rest of it."""
    nation = world.nation[0]
    field = path.replace(".", "_")
    head, _, rest = path.partition(".")
    if path in _LEVERS:
        return world.levers[MONTH], field
    if path in _PARAMETERS:
        return world.parameters[0], field
    if head == "draws":
        return getattr(world, f"{actor}_draws")[MONTH, _place(actor, index)], rest
    if head in _PARTS:
        return nation[head], rest
    if head == "nation":
        return nation, rest
    acting = {"unit": world.units, "battalion": world.battalions, "donor": world.donors, "zone": nation.zones}
    if head in acting and head == actor:
        return acting[head][index], rest
    found = re.fullmatch(r"(units|battalions|donors|zones)\[(\d+)\]", head)
    assert found, f"no such path in a small world: {path}"
    return acting[found[1].removesuffix("s")][int(found[2])], rest


def _set(record: Any, path: str, value: Any) -> None:
    head, _, rest = path.partition(".")
    found = re.fullmatch(r"(\w+)(?:\[([\d,]+)\])?", head)
    assert found, path
    name, place = found[1], tuple(int(number) for number in (found[2] or "").split(",") if number)
    assert name in record.dtype.names, f"no field {name}"
    if rest:
        _set(record[name][place], rest, value)
    elif place:
        record[name][place] = value
    else:
        record[name] = value


def _differences(row: Any, old: Any, path: str, found: dict[str, float]) -> None:
    if row.shape:
        for place in np.ndindex(row.shape):
            if row[place].tobytes() != old[place].tobytes():
                number = ",".join(map(str, place))
                _differences(row[place], old[place], f"{path}[{number}]", found)
    elif row.dtype.names:
        for name in row.dtype.names:
            if row[name].tobytes() != old[name].tobytes():
                _differences(row[name], old[name], f"{path}.{name}", found)
    else:
        found[path] = row.item()


def _plain(path: str) -> str:
    """What lies within the nation goes by its own name: `host.will`, `zones[0].threat`."""
    head, _, rest = path.partition(".")
    part = re.split(r"[.\[]", rest)[0]
    return rest if head == "nation" and part in (*_PARTS, "zones") else path
