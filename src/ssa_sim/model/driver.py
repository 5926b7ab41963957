"""From the schedule to compiled code: whole months in one call, or one step of one actor.

Both are written out from the same list (`month.STEPS`), so that nothing here decides an order: a function of many plain
calls compiles in half the time that nested functions take. `run_months` serves `simulate`; `take_step` serves the Mesa model,
whose agents act one by one.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numba

from ssa_sim.model.compiled import rule
from ssa_sim.model.month import STEPS, ActorKind, Rule, Step, record_outcomes
from ssa_sim.model.state import World

_CALL: dict[ActorKind, str] = {
    "zone": "nation.zones[index], nation, levers, parameters, world.zone_draws[month, index]",
    "host": "nation.host, nation, levers, parameters, world.host_draws[month, 0]",
    "mission": "nation.mission, nation, levers, parameters, world.mission_draws[month, 0]",
    "donor": "world.donors[index], world.units, nation, levers, parameters, world.donor_draws[month, index]",
    "battalion": "world.battalions[index], world.units, nation, levers, parameters, world.battalion_draws[month, index]",
    "unit": "world.units[index], nation, levers, parameters, world.unit_draws[month, index]",
}
"""With what each kind of actor follows a rule."""
_LOOP: dict[tuple[ActorKind, bool], str] = {
    ("zone", False): "for index in range(world.zone_draws.shape[1]):",
    ("donor", False): "for index in range(world.donors.shape[0]):",
    ("donor", True): "for index in world.donor_order[month]:",
    ("battalion", False): "for index in range(world.battalions.shape[0]):",
    ("battalion", True): "for index in world.battalion_order[month]:",
    ("unit", False): "for index in range(world.units.shape[0]):",
    ("unit", True): "for index in world.unit_order[month]:",
}
"""Every actor of a kind, by number or by turn; of the others there is one."""
_SETTING = (
    "nation = world.nation[0]",
    "levers = world.levers[month]",
    "parameters = world.parameters[0]",
)

STEP_NUMBERS: dict[str, int] = {step.name: number for number, step in enumerate(STEPS)}


def _written(head: str, lines: Iterable[str]) -> Rule:
    """A function whose text is given, in which every rule of the schedule goes by its name."""
    text = "\n    ".join((head, *lines))
    names: dict[str, Any] = {step.name: step.rule for step in STEPS} | {"record_outcomes": record_outcomes}
    made: dict[str, Rule] = {}
    exec(compile(text, __file__, "exec"), {**names, "__name__": __name__}, made)
    (function,) = made.values()
    return function


def _taken(steps: Iterable[Step]) -> Iterable[str]:
    """Steps of a month in order, each for every actor."""
    for step in steps:
        call = f"{step.name}({_CALL[step.actor]})"
        loop = _LOOP.get((step.actor, step.in_turn))
        yield from (loop, f"    {call}") if loop else (call,)


def _months(lines: Iterable[str]) -> Rule:
    """Months `first` to `last` (not included) of a world, each of these lines."""
    body = (f"    {line}" for line in (*_SETTING, *lines))
    return _written("def run_months(world, first, last):", ("for month in range(first, last):", *body))


def months_of(names: Sequence[str]) -> Rule:
    """As `run_months`, but of these steps alone and without outcomes; not compiled yet."""
    return _months(_taken(step for step in STEPS if step.name in names))


def _steps() -> Iterable[str]:
    """The step of a number, for the one actor of an index."""
    for number, step in enumerate(STEPS):
        yield f"if number == {number}:"
        yield f"    {step.name}({_CALL[step.actor]})"


run_months = rule(_months((*_taken(STEPS), "record_outcomes(world.history[month], nation, levers)")))
"""Months `first` to `last` (not included) of a world: every step of the schedule, then a row of outcomes."""

take_step = rule(_written("def take_step(world, month, number, index):", (*_SETTING, *_steps())))
"""The step of that number in `STEPS`, in a month of a world, for the one actor of that index."""


def step_taker(world: World) -> Callable[[World, int, int, int], Any]:
    """`take_step` compiled for worlds like this one, without the search for types at every call.

    Finding the types of fifteen structured arrays costs several times what a step does.
    """
    if not hasattr(take_step, "compile"):  # compilation is disabled
        return take_step
    types = (numba.typeof(world), numba.int64, numba.int64, numba.int64)
    take_step.compile(types)
    return take_step.get_overload(types)  # type: ignore[no-any-return,attr-defined]
