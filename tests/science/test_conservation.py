"""Soldiers, vehicles and euros: every one that leaves a stock is booked to a cause, every month, in any world."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings

from accounts import discrepancies, is_sound, world_of
from baselines.results import names
from ssa_sim.model.driver import run_months
from ssa_sim.model.state import World
from ssa_sim.scenario.schema import Scenario
from strategies import scenarios, upheaval


@pytest.mark.parametrize("name", names())
def test_the_accounts_close_every_month(name: str, library: dict[str, Scenario]) -> None:
    scenario = library[name]
    world = world_of(scenario)
    assert is_sound(world)
    for month in range(scenario.months):
        run_months(world, month, month + 1)
        assert is_sound(world), (month, discrepancies(world))
    book = world.nation[0].book
    moved = (book.soldiers_killed, book.soldiers_deserted, book.soldiers_left, book.soldiers_recruited)
    assert min(moved) > 0
    assert min(book.vehicles_given, book.vehicles_abandoned, book.vehicles_destroyed) > 0
    assert book.vehicles_never_deployed > 0
    assert min(book.donors_spent) > 0


@settings(max_examples=150)
@given(scenarios())
@example(upheaval())
def test_the_accounts_close_in_any_world(scenario: Scenario) -> None:
    world = world_of(scenario)
    for month in range(scenario.months):
        run_months(world, month, month + 1)
        assert is_sound(world), (month, discrepancies(world))


def test_the_accounts_close_through_a_coup_and_an_expulsion() -> None:
    """And all that the upheaval is for does happen in it."""
    scenario = upheaval()
    world = world_of(scenario)
    nation = world.nation[0]
    expelled_in = -1
    for month in range(scenario.months):
        run_months(world, month, month + 1)
        assert is_sound(world), (month, discrepancies(world))
        if nation.host.expelled and expelled_in < 0:
            expelled_in = month
    book = nation.book
    assert nation.host.coups > 0
    assert 20 <= expelled_in < scenario.months - 6
    assert nation.un_soldiers == nation.counter_terrorism_soldiers == 0.0
    assert min(book.conditions_paid, book.conditions_withheld, book.population_spent, book.donors_lapsed) > 0
    assert min(book.mission_tracking, book.mission_mentors, book.projects_delivered) > 0
    assert book.projects_abandoned > 0
    standing = [month_s > 0 for month_s in _standing_by_month(scenario)]
    assert standing[:12] == [True] * 6 + [False] * 3 + [True] * 3
    assert all(standing[12 : expelled_in + 1])
    assert not any(standing[expelled_in + 1 :])
    assert is_sound(world)
    _pay_too_little_for_the_mission(world)
    assert [name for name, gap in discrepancies(world).items() if gap] == ["standing cost for the months run"]


def _standing_by_month(scenario: Scenario) -> list[int]:
    """What the mission's presence cost, month by month."""
    world = world_of(scenario)
    booked = [0]
    for month in range(scenario.months):
        run_months(world, month, month + 1)
        booked.append(int(world.nation[0].book.mission_standing))
    return [after - before for before, after in pairwise(booked)]


def _lose_a_soldier(world: World) -> None:
    world.units[2].untrained -= 1


def _forge_a_vehicle(world: World) -> None:
    world.units[0].kit_depot[3] += 1


def _pocket_a_euro(world: World) -> None:
    world.nation[0].book.donors_spent[1] -= 1


def _keep_what_is_withheld(world: World) -> None:
    world.nation[0].book.conditions_withheld -= 1


def _overcharge_the_population(world: World) -> None:
    world.nation[0].book.population_spent += 1


def _track_for_nothing(world: World) -> None:
    world.nation[0].book.mission_tracking += 1


def _pay_too_little_for_the_mission(world: World) -> None:
    world.nation[0].book.mission_standing -= 1
    world.nation[0].book.mission_granted -= 1


def _forget_a_gift(world: World) -> None:
    world.levers.circumstances_vehicle_gift[3] += 1


def _hide_a_project(world: World) -> None:
    world.nation[0].projects_running -= 1


@pytest.mark.parametrize(
    ("fault", "account"),
    [
        (_pay_too_little_for_the_mission, "standing cost for the months run"),
        (_lose_a_soldier, "soldiers"),
        (_forge_a_vehicle, "vehicles"),
        (_pocket_a_euro, "donors' euros"),
        (_keep_what_is_withheld, "conditional euros"),
        (_overcharge_the_population, "euros for the population"),
        (_track_for_nothing, "mission's euros"),
        (_hide_a_project, "projects"),
        (_forget_a_gift, "price of single gifts"),
    ],
)
def test_a_planted_fault_shows_in_the_accounts(fault, account: str, baseline: Scenario) -> None:
    world = world_of(baseline)
    run_months(world, 0, 30)
    assert is_sound(world)
    fault(world)
    assert [name for name, gap in discrepancies(world).items() if gap] == [account]
