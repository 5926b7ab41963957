"""From the schedule to compiled code: whole months in one call, or one step of one actor.

Both are put together from the same list (`month.STEPS`), so that nothing here decides an order. `run_months` serves
`simulate`; `take_step` serves the Mesa model, whose agents act one by one.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numba

from ssa_sim.model.compiled import inlined, rule
from ssa_sim.model.month import STEPS, Rule, Step, record_outcomes
from ssa_sim.model.state import World

# The functions below are compiled: numba finds their types (world: World, month and index: int64).


def _zone_follows(follow: Rule) -> Rule:
    @inlined
    def one(world, month, index):
        nation = world.nation[0]
        follow(nation.zones[index], nation, world.levers[month], world.parameters[0], world.zone_draws[month, index])

    return one


def _host_follows(follow: Rule) -> Rule:
    @inlined
    def one(world, month, index):
        nation = world.nation[0]
        follow(nation.host, nation, world.levers[month], world.parameters[0], world.host_draws[month, 0])

    return one


def _mission_follows(follow: Rule) -> Rule:
    @inlined
    def one(world, month, index):
        nation = world.nation[0]
        follow(nation.mission, nation, world.levers[month], world.parameters[0], world.mission_draws[month, 0])

    return one


def _donor_follows(follow: Rule) -> Rule:
    @inlined
    def one(world, month, index):
        donor = world.donors[index]
        draws = world.donor_draws[month, index]
        follow(donor, world.units, world.nation[0], world.levers[month], world.parameters[0], draws)

    return one


def _unit_follows(follow: Rule) -> Rule:
    @inlined
    def one(world, month, index):
        draws = world.unit_draws[month, index]
        follow(world.units[index], world.nation[0], world.levers[month], world.parameters[0], draws)

    return one


_FOLLOWS: dict[str, Callable[[Rule], Rule]] = {
    "zone": _zone_follows,
    "host": _host_follows,
    "mission": _mission_follows,
    "donor": _donor_follows,
    "unit": _unit_follows,
}


def _every_zone(one: Rule) -> Rule:
    @inlined
    def loop(world, month):
        for index in range(world.zone_draws.shape[1]):
            one(world, month, index)

    return loop


def _single(one: Rule) -> Rule:
    @inlined
    def once(world, month):
        one(world, month, 0)

    return once


def _every_donor(one: Rule) -> Rule:
    @inlined
    def loop(world, month):
        for index in range(world.donors.shape[0]):
            one(world, month, index)

    return loop


def _every_donor_in_turn(one: Rule) -> Rule:
    @inlined
    def loop(world, month):
        for turn in range(world.donors.shape[0]):
            one(world, month, world.donor_order[month, turn])

    return loop


def _every_unit(one: Rule) -> Rule:
    @inlined
    def loop(world, month):
        for index in range(world.units.shape[0]):
            one(world, month, index)

    return loop


def _every_unit_in_turn(one: Rule) -> Rule:
    @inlined
    def loop(world, month):
        for turn in range(world.units.shape[0]):
            one(world, month, world.unit_order[month, turn])

    return loop


_LOOPS: dict[tuple[str, bool], Callable[[Rule], Rule]] = {
    ("zone", False): _every_zone,
    ("host", False): _single,
    ("mission", False): _single,
    ("donor", False): _every_donor,
    ("donor", True): _every_donor_in_turn,
    ("unit", False): _every_unit,
    ("unit", True): _every_unit_in_turn,
}


def _one(step: Step) -> Rule:
    return _FOLLOWS[step.actor](step.rule)


def _loop(step: Step) -> Rule:
    return _LOOPS[step.actor, step.in_turn](_one(step))


def _in_order(loops: Sequence[Rule]) -> Rule:
    """One function that calls all of them in order; by halves, since each level nests the compiler once more."""
    if len(loops) == 1:
        return loops[0]
    middle = len(loops) // 2
    first, second = _in_order(loops[:middle]), _in_order(loops[middle:])

    @inlined
    def both(world, month):
        first(world, month)
        second(world, month)

    return both


def _by_number(ones: Sequence[Rule], offset: int = 0) -> Rule:
    """One function that calls the one whose number it is given, found by halves."""
    if len(ones) == 1:
        only = ones[0]

        @inlined
        def leaf(world, month, number, index):
            only(world, month, index)

        return leaf
    middle = len(ones) // 2
    first, second = _by_number(ones[:middle], offset), _by_number(ones[middle:], offset + middle)
    bound = offset + middle

    @inlined
    def branch(world, month, number, index):
        if number < bound:
            first(world, month, number, index)
        else:
            second(world, month, number, index)

    return branch


_month = _in_order([_loop(step) for step in STEPS])
_step = _by_number([_one(step) for step in STEPS])

STEP_NUMBERS: dict[str, int] = {step.name: number for number, step in enumerate(STEPS)}


@rule
def run_months(world, first, last):
    """Months `first` to `last` (not included): every step of the schedule, then a row of outcomes."""
    for month in range(first, last):
        _month(world, month)
        record_outcomes(world.history[month], world.nation[0], world.levers[month])


@rule
def take_step(world, month, number, index):
    """The step of that number in `STEPS`, for the one actor of that index."""
    _step(world, month, number, index)


def step_taker(world: World) -> Callable[[World, int, int, int], Any]:
    """`take_step` compiled for worlds like this one, without the search for types at every call.

    Finding the types of thirteen structured arrays costs several times what a step does.
    """
    if not hasattr(take_step, "compile"):  # compilation is disabled
        return take_step
    types = (numba.typeof(world), numba.int64, numba.int64, numba.int64)
    take_step.compile(types)
    return take_step.get_overload(types)  # type: ignore[no-any-return,attr-defined]
