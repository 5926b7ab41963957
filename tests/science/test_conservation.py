"""Soldiers, vehicles and euros: every one that leaves a stock is booked to a cause, every month, in any world."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings

from accounts import (
    discrepancies,
    granted_in_a_month,
    held_by_partners,
    is_sound,
    presence_in_a_month,
    world_of,
)
from baselines.results import names
from ssa_sim.model.driver import run_months
from ssa_sim.model.state import (
    COURSE,
    EQUIPMENT,
    LAPSED,
    MENTORING,
    ROTTING,
    RUNNING,
    TRANSACTION,
    USED,
    WAITING,
    World,
)
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
    assert min(book.donors_spent[:MENTORING]) > 0  # a partner that goes by needs alone sends no mentors


@settings(max_examples=150)
@given(scenarios())
@example(upheaval())
def test_the_accounts_close_in_any_world(scenario: Scenario) -> None:
    world = world_of(scenario)
    for month in range(scenario.months):
        gap = _gained_unasked(world, month)
        assert is_sound(world), (month, discrepancies(world))
        assert not gap.any(), (month, gap)


def _gained_unasked(world: World, month: int) -> np.ndarray:
    """EUR that each partner holds after the month, less what it held before and was granted; last, what the mission spent on
    being there, less what of its budget was left for it."""
    before = world._replace(donors=world.donors.copy(), nation=world.nation.copy())
    run_months(world, month, month + 1)
    partners = held_by_partners(world) - held_by_partners(before) - granted_in_a_month(before, world)
    standing = world.nation[0].book.mission_standing - before.nation[0].book.mission_standing
    return np.append(partners, int(standing) - presence_in_a_month(before, world))


def test_every_euro_of_each_partner_ends_somewhere(baseline: Scenario) -> None:
    """Not only all partners' together: each holds what it was granted."""
    world = world_of(baseline)
    for month in range(baseline.months):
        gap = _gained_unasked(world, month)
        assert not gap.any(), (month, gap)
    assert (world.donors.use.sum(axis=(0, 1, 2))[:LAPSED] > 0).all()  # nobody was told to go in the midst of a project
    assert min(world.nation[0].book.donors_spent) > 0
    held = held_by_partners(world)
    world.donors.use[4, 0, 0, USED] -= 1
    world.donors.use[5, 0, 0, USED] += 1
    assert is_sound(world)  # together they hold what they did
    assert np.flatnonzero(held_by_partners(world) - held).tolist() == [4, 5]


def test_the_accounts_close_through_a_coup_and_an_expulsion() -> None:
    """And all that the upheaval is for does happen in it."""
    scenario = upheaval()
    world = world_of(scenario)
    nation = world.nation[0]
    expelled_in = -1
    for month in range(scenario.months):
        gap = _gained_unasked(world, month)
        assert is_sound(world), (month, discrepancies(world))
        assert not gap.any(), (month, gap)
        if nation.host.expelled and expelled_in < 0:
            expelled_in = month
    book = nation.book
    assert nation.host.coups > 0
    assert 20 <= expelled_in < scenario.months - 6
    assert not nation.forces["soldiers"].any()
    assert min(book.conditions_paid, book.conditions_withheld, book.population_spent, book.donors_lapsed) > 0
    assert min(book.mission_tracking, book.mission_mentors, book.projects_delivered) > 0
    assert book.projects_abandoned > 0
    standing = [month_s > 0 for month_s in _standing_by_month(scenario)]
    assert standing[:12] == [True] * 6 + [False] * 3 + [True] * 3
    assert all(standing[12 : expelled_in + 1])
    assert not any(standing[expelled_in + 1 :])
    assert is_sound(world)
    _pay_too_little_for_the_mission(world)
    found = [name for name, gap in discrepancies(world).items() if gap]
    assert found == ["mission's euros end somewhere"]  # by how much it was there less is seen month by month


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


def _lose_a_gendarme(world: World) -> None:
    world.nation[0].zones["officers"][1] -= 1


def _forget_who_waits_for_a_post(world: World) -> None:
    world.nation[0].officers_reserve += 1


def _recruit_police_for_nothing(world: World) -> None:
    world.nation[0].book.host_officers -= 1


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


def _use_a_euro_twice(world: World) -> None:
    world.donors.use[2, COURSE, 0, USED] += 1


def _call_a_course_a_vehicle(world: World) -> None:
    world.donors.use[2, COURSE, 0, USED] -= 1
    world.donors.use[2, EQUIPMENT, 0, USED] += 1


def _use_what_waits(world: World) -> None:
    donor, slot = np.argwhere(world.donors.projects["status"] == RUNNING)[0]
    project = world.donors.projects[donor, slot]
    world.donors.use[donor, project.kind, project.target, WAITING] -= 1
    world.donors.use[donor, project.kind, project.target, USED] += 1


def _forget_that_it_waits(world: World) -> None:
    donor, slot = np.argwhere(world.donors.projects["status"] == RUNNING)[0]
    world.donors.projects["waiting"][donor, slot] -= 1


def _spend_what_has_lapsed(world: World) -> None:
    world.donors.lapsed[3] -= 1
    world.donors.available[3] += 1


def _pass_dialogue_for_work(world: World) -> None:
    world.donors.use[2, COURSE, 0, TRANSACTION] -= 1
    world.donors.use[2, COURSE, 0, USED] += 1


def _owe_a_use(world: World) -> None:
    short = 1 + int(world.donors.use[2, COURSE, 0, ROTTING])
    world.donors.use[2, COURSE, 0, ROTTING] -= short
    world.donors.use[2, COURSE, 0, USED] += short


def _overdraw(world: World) -> None:
    short = 1 + int(world.donors.available[3])
    world.donors.available[3] -= short
    world.donors.use[3, COURSE, 0, LAPSED] += short
    world.nation[0].book.donors_lapsed += short


def _lose_a_euro_of_the_mission(world: World) -> None:
    world.nation[0].mission.use[COURSE, TRANSACTION] -= 1


def _let_a_course_wait_that_is_over(world: World) -> None:
    world.nation[0].mission.use[COURSE, WAITING] += 1
    world.nation[0].mission.use[COURSE, USED] -= 1


def _owe_a_use_of_the_mission(world: World) -> None:
    use = world.nation[0].mission.use
    use[EQUIPMENT, ROTTING], use[EQUIPMENT, USED] = -1, use[EQUIPMENT, USED] + 1


def _lose_a_gift_s_euro(world: World) -> None:
    world.nation[0].book.gifts_use[USED] -= 1


def _let_a_gift_wait(world: World) -> None:
    world.nation[0].book.gifts_use[USED] -= 1
    world.nation[0].book.gifts_use[WAITING] += 1


def _seat_a_trainee_elsewhere(world: World) -> None:
    world.nation[0].mission.places_used[:2] += (-1, 1)


def _teach_a_trainee_something_else(world: World) -> None:
    world.nation[0].mission.programme_used[:2] += (-1, 1)


def _miscount_a_battalion(world: World) -> None:
    world.battalions.together[1] += 1


def _call_a_company_for_no_course(world: World) -> None:
    idle = int(np.argmin(world.battalions.call_months))
    assert world.battalions.call_months[idle] == 0
    world.units.called[4 * idle] = 1


def _seat_a_partner_twice(world: World) -> None:
    world.nation[0].members += 1


ENDS, KINDS = "partners' euros end somewhere", "partners' euros by kind of work"


@pytest.mark.parametrize(
    ("fault", "accounts"),
    [
        (_pay_too_little_for_the_mission, ("mission's budget for the months run", "mission's euros end somewhere")),
        (_lose_a_soldier, ("soldiers", "soldiers by battalion")),
        (_lose_a_gendarme, ("police, gendarmes and guards",)),
        (_forget_who_waits_for_a_post, ("police, gendarmes and guards",)),
        (_recruit_police_for_nothing, ("host's euros",)),
        (_forge_a_vehicle, ("vehicles",)),
        (_pocket_a_euro, ("donors' euros", KINDS)),
        (_keep_what_is_withheld, ("conditional euros",)),
        (_overcharge_the_population, ("euros for the population",)),
        (_track_for_nothing, ("mission's euros", "mission's euros end somewhere")),
        (_hide_a_project, ("projects",)),
        (_forget_a_gift, ("price of single gifts",)),
        (_use_a_euro_twice, (ENDS, KINDS)),
        (_call_a_course_a_vehicle, (KINDS,)),
        (_use_what_waits, ("partners' euros that wait",)),
        (_forget_that_it_waits, ("partners' euros that wait",)),
        (_spend_what_has_lapsed, ("donors' euros", "partners' euros that lapsed")),
        (_pass_dialogue_for_work, (KINDS, "partners' euros on the way")),
        (_owe_a_use, ("partners' uses below zero",)),
        (_overdraw, ("partners' uses below zero",)),
        (_lose_a_euro_of_the_mission, ("mission's euros end somewhere",)),
        (_let_a_course_wait_that_is_over, ("mission's euros that wait",)),
        (_owe_a_use_of_the_mission, ("mission's uses below zero",)),
        (_lose_a_gift_s_euro, ("gifts' euros, by use",)),
        (_let_a_gift_wait, ("gifts' euros, by use",)),
        (_seat_a_trainee_elsewhere, ("course places by site",)),
        (_teach_a_trainee_something_else, ("course places by programme",)),
        (_miscount_a_battalion, ("soldiers by battalion",)),
        (_call_a_company_for_no_course, ("companies called without a call",)),
        (_seat_a_partner_twice, ("partners at the table",)),
    ],
)
def test_a_planted_fault_shows_in_the_accounts(fault, accounts: tuple[str, ...], baseline: Scenario) -> None:
    world = world_of(baseline)
    run_months(world, 0, 30)
    assert is_sound(world)
    fault(world)
    assert [name for name, gap in discrepancies(world).items() if gap] == list(accounts)
