"""The readiness ledger: what each step of the month does to one unit.

The run goes step by step, in the order of the schedule (`month.PHASES`). Before the month and after every step, the unit
is assessed on a scratch copy of its record by the rule that ends the month, `readiness.assess_readiness`: what its
readiness would be if it were assessed now. The differences from step to step therefore add up to the month's change,
and a step of anybody (a partner that delivers, the host that recruits) counts if it reached the unit. The world itself
goes through the months as it does under `driver.run_months`, to the last bit.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ssa_sim.model.driver import STEP_NUMBERS, run_months, step_taker
from ssa_sim.model.month import PHASES, Phase, Rule, Step, record_outcomes
from ssa_sim.model.rules import readiness
from ssa_sim.model.state import World

_run: Rule = run_months
_record: Rule = record_outcomes
_ASSESS = STEP_NUMBERS[readiness.assess_readiness.__name__]


@dataclass(frozen=True, eq=False)
class Entry:
    """A step that changed the unit's record.

    Attributes:
        phase: of the month.
        step: which rule, and whose.
        before: the unit as assessed before the step: a copy of its record (`state.UNIT`), readiness and parts included.
        after: the same after it.
    """

    phase: Phase
    step: Step
    before: Any
    after: Any

    @property
    def change(self) -> float:
        """What the step did to readiness."""
        return float(self.after.readiness - self.before.readiness)


@dataclass(frozen=True, eq=False)
class MonthLedger:
    """One month of one unit.

    Attributes:
        month: its position in the period, from 0.
        before: the unit as the month found it, assessed.
        entries: the steps that changed it, in order.
        after: the unit as the month left it; its readiness is what the run records.
    """

    month: int
    before: Any
    entries: tuple[Entry, ...]
    after: Any

    @property
    def change(self) -> float:
        """What the month did to readiness."""
        return float(self.after.readiness - self.before.readiness)


def keep_ledger(world: World, unit: int, first: int, last: int) -> Iterator[MonthLedger]:
    """Run a world and keep the ledger of one unit over some of its months.

    Args:
        world: as `start.new_world` makes it; stands after the month whose ledger was yielded last.
        unit: its position in `world.units`.
        first: position in the period of the first month to keep; those before it are run in one call.
        last: position of the last one.
    """
    _run(world, 0, first)
    take_step = step_taker(world)
    assess = _assessor(world, unit, take_step)
    for month in range(first, last + 1):
        before = latest = assess(month)
        entries = []
        for phase, step in _schedule():
            for actor in _actors(world, step, month):
                take_step(world, month, STEP_NUMBERS[step.name], actor)
            now = assess(month)
            if now.tobytes() != latest.tobytes():
                entries.append(Entry(phase, step, latest, now))
                latest = now
        _record(world.history[month], world.nation[0], world.levers[month])
        yield MonthLedger(month, before, tuple(entries), latest)


def _assessor(world: World, unit: int, take_step: Callable[[World, int, int, int], Any]) -> Callable[[int], Any]:
    """A function that assesses the unit as it stands in a month, and leaves the world alone."""
    scratch = world._replace(units=world.units.copy())

    def assess(month: int) -> Any:
        scratch.units[unit] = world.units[unit]
        take_step(scratch, month, _ASSESS, unit)
        return scratch.units[unit].copy()

    return assess


def _schedule() -> Iterator[tuple[Phase, Step]]:
    return ((phase, step) for phase in PHASES for step in phase.steps)


def _actors(world: World, step: Step, month: int) -> Sequence[int]:
    """Who takes a step, by number or by the month's drawn turn."""
    if step.in_turn:
        orders = {"unit": world.unit_order, "battalion": world.battalion_order, "donor": world.donor_order}
        return [int(index) for index in orders[step.actor][month]]
    numbers = {
        "zone": world.zone_draws.shape[1],
        "host": 1,
        "mission": 1,
        "donor": len(world.donors),
        "battalion": len(world.battalions),
        "unit": len(world.units),
    }
    return range(numbers[step.actor])
