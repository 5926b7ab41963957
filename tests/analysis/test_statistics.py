"""What happens by chance happens as often as the parameters say: two-sided, fixed seeds, and shown to fail on a fault."""

import numpy as np
import pytest

from accounts import world_of
from ssa_sim.model.driver import run_months
from ssa_sim.model.rules import turnover
from ssa_sim.model.simulate import simulate_replicate
from ssa_sim.model.state import World
from ssa_sim.scenario.schema import Scenario

REPLICATES = 60


def z_score(observed: np.ndarray, expected: float) -> float:
    """How many standard errors the mean of replicates lies from what is expected."""
    return float((observed.mean() - expected) / (observed.std(ddof=1) / np.sqrt(observed.size)))


def final(scenario: Scenario, outcome: str) -> np.ndarray:
    return np.array([simulate_replicate([scenario], seed=99, replicate=r)[0][outcome][-1] for r in range(REPLICATES)])


@pytest.mark.parametrize(("fault", "caught"), [(1.0, False), (1.5, True), (0.6, True)])
def test_ministers_change_at_the_rate_that_the_register_gives(baseline: Scenario, fault: float, caught: bool) -> None:
    """F15: the planted fault is a rate half as large again, or little more than half."""
    rate = baseline.uncertainties.calendar.minister_change_rate
    scenario = baseline.with_uncertainties({"calendar.minister_change_rate": min(0.12, max(0.05, rate * fault))})
    changes = final(scenario.with_size(units=1), "ministers")
    assert (abs(z_score(changes, rate * baseline.months)) > 3.5) is caught


@pytest.mark.parametrize(("fault", "caught"), [(1.0, False), (1.25, True), (0.75, True)])
def test_soldiers_move_at_the_rate_that_the_scenario_gives(baseline: Scenario, fault: float, caught: bool) -> None:
    """One month's moves over the soldiers there were; the planted fault is a rate a quarter off."""
    rate = baseline.uncertainties.turnover.reassignment_rate
    scenario = baseline.with_uncertainties({"turnover.reassignment_rate": rate * fault})
    shares = []
    for replicate in range(REPLICATES):
        world = world_of(scenario, seed=5, replicate=replicate)
        stock = int(world.units.untrained.sum())
        shares.append(_moved_in_one_month(world) / stock)
    assert (abs(z_score(np.array(shares), rate)) > 3.5) is caught


def _moved_in_one_month(world: World) -> int:
    nation = world.nation[0]
    for u in range(world.units.size):
        turnover.move_away(world.units[u], nation, world.levers[0], world.parameters[0], world.unit_draws[0, u])
    return int(nation.pool.untrained + nation.pool.trained)


@pytest.mark.parametrize(("fault", "caught"), [(0.0, False), (4.0, True)])
def test_recruits_arrive_as_many_as_decided(baseline: Scenario, fault: float, caught: bool) -> None:
    decided = 347  # not a whole number a month, so that chance decides; and posts enough for all of them
    few = baseline.with_levers({"personnel.recruits_per_year": decided}).with_uncertainties(
        {"turnover.initial_fill": 0.6}
    )
    arrived = []
    for replicate in range(REPLICATES):
        world = world_of(few, seed=3, replicate=replicate)
        run_months(world, 0, 84)
        arrived.append(float(world.nation[0].book.soldiers_recruited) + fault)
    assert (abs(z_score(np.array(arrived), decided * 7)) > 3.5) is caught
