"""Rules over several months and over sizes of the army: what no single step, worked out by hand, shows."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts import world_of
from small_world import blank_world
from ssa_sim.model import driver
from ssa_sim.model.month import PHASES, STEPS
from ssa_sim.model.rules import (
    absorption,
    calendar,
    divergent_interests,
    double_task,
    drill,
    foreign_forces,
    partnership,
    presence,
    resistance_to_change,
    security,
    training,
    turnover,
)
from ssa_sim.model.rules.aid_in_use import target_of
from ssa_sim.model.state import (
    ADVICE,
    COURSE,
    EQUIPMENT,
    INFRASTRUCTURE,
    INSTITUTIONAL,
    KIT_TYPES,
    LOGISTICS,
    MINISTER,
    NO_PROJECT,
    OPERATIONS,
    REFORM_COUNT,
    REGIONS,
    REST,
    ROTTING,
    RUNNING,
    SUB_UNITS,
    TRAINING,
    TRANSACTION,
    UN,
    WAITING,
    World,
)
from ssa_sim.scenario.events import Event
from ssa_sim.scenario.schema import Scenario


def small(
    levers: dict | None = None,
    uncertainties: dict | None = None,
    mechanisms: dict | None = None,
    structures: dict | None = None,
) -> World:
    return world_of(
        Scenario(title="small")
        .with_period(end=date(2015, 2, 1))
        .with_size(units=4)
        .with_levers(levers or {})
        .with_uncertainties(uncertainties or {})
        .with_mechanisms(mechanisms or {})
        .with_structures(structures or {})
    )


def context(world: World, month: int = 0) -> tuple[Any, Any, Any]:
    return world.nation[0], world.levers[month], world.parameters[0]


def follow(rule, world: World, actor: str = "unit", index: int = 0, month: int = 0, **draws: float) -> Any:
    """Let one actor follow a rule, with some of its draws set by hand."""
    row = getattr(world, f"{actor}_draws")[month, index]
    for name, value in draws.items():
        row[name] = value
    driver.take_step(world, month, driver.STEP_NUMBERS[rule.__name__], index)
    nation = world.nation[0]
    if actor in ("host", "mission"):
        return nation[actor]
    actors = {"unit": world.units, "battalion": world.battalions, "donor": world.donors, "zone": nation.zones}
    return actors[actor][index]


def man(unit: Any, together: int, elsewhere: int, untrained: int) -> None:
    unit.together, unit.elsewhere, unit.untrained = together, elsewhere, untrained


# Turnover


@given(
    st.integers(0, 200), st.integers(0, 200), st.integers(0, 200), st.floats(0, 1), st.floats(0, 1, exclude_max=True)
)
def test_soldiers_removed_are_exactly_so_many(together, elsewhere, untrained, share, uniform) -> None:
    unit = blank_world().units[0]
    man(unit, together, elsewhere, untrained)
    present = together + elsewhere + untrained
    count = int(share * present)
    turnover.remove_soldiers(unit, count, uniform)
    assert unit.together + unit.elsewhere + unit.untrained == present - count
    assert 0 <= unit.together <= together
    assert 0 <= unit.elsewhere <= elsewhere
    assert 0 <= unit.untrained <= untrained


# Aid


PAID = 1_000_003


def under_way(kind: int, overload: str, served: float, months: int) -> tuple[World, list[int]]:
    """A project of seven months, of a host that has hours for a share of it; and what was paid of it after each month."""
    world = small({"donors.dialogue_effort": 0.1}, structures={"overload": overload})
    nation = world.nation[0]
    donor = world.donors[0]
    project = donor.projects[0]
    project.status, project.kind, project.function, project.target = (
        RUNNING,
        kind,
        LOGISTICS,
        target_of(kind, LOGISTICS),
    )
    project.euros, project.duration, project.fit = PAID, 7, 1.0
    nation.projects[kind, LOGISTICS, 0], nation.projects_running = 1, 1
    nation.host.served[:], nation.host.offices[MINISTER].months = served, 1000
    paid = []
    for _ in range(months):
        follow(absorption.deliver_projects, world, "donor")
        follow(absorption.close_projects, world, "donor")
        paid.append(int(donor.use.sum()))
    return world, paid


@pytest.mark.parametrize("overload", ["delay", "quality", "partial_use"])
@pytest.mark.parametrize("kind", [EQUIPMENT, INFRASTRUCTURE, INSTITUTIONAL, ADVICE])
@pytest.mark.parametrize("served", [1.0, 0.5, 0.1])
def test_the_money_is_spent_in_time_whatever_is_delivered(kind: int, overload: str, served: float) -> None:
    """M16, F47: all of it is paid in the months planned, and ends when the project does, sooner or later; what was not
    done serves nobody. A gift arrives when it was to arrive."""
    waits = overload == "delay" and kind != EQUIPMENT
    months = {1.0: 7, 0.5: 14, 0.1: 21}[served] if waits else 7  # not for ever: three times as long
    world, paid = under_way(kind, overload, served, months)
    nation, donor = world.nation[0], world.donors[0]
    assert paid[:7] == sorted(set(paid[:7]))
    assert paid[6:] == [PAID] * (months - 6)
    assert nation.book.donors_spent[kind] + nation.book.donors_spent_on_dialogue == PAID
    assert (donor.projects[0].status, donor.projects[0].waiting, nation.projects_running) == (NO_PROJECT, 0, 0)
    assert (nation.book.projects_delivered, nation.book.projects_late) == (1, int(months > 7))
    uses = donor.use.sum(axis=(0, 1))
    assert uses[WAITING] == 0
    assert uses[TRANSACTION] == 7 * int(PAID / 7 * 0.1)
    done = min(1.0, served * months / 7)
    spoilt = 1.0 - done ** (1.5 if overload == "quality" else 1.0)
    if kind != EQUIPMENT:
        assert uses[ROTTING] == pytest.approx(spoilt * (PAID - uses[TRANSACTION]), abs=1)
    else:
        bought = (PAID - uses[TRANSACTION]) / (60_000 * (1.0 + 0.1 * 0.6 + 0.1 * 0.15))
        assert world.units.kit_depot.sum() == pytest.approx(
            bought * (done if overload == "partial_use" else 1.0), abs=1
        )
    if waits and served > 0.1:
        assert under_way(kind, overload, served, months - 1)[0].nation[0].projects_running == 1


def test_a_project_of_which_half_is_used_brings_half() -> None:
    """M15: partial use halves what arrives; delay brings it all, later."""
    stocks = {}
    for overload, months in (("delay", 14), ("quality", 7), ("partial_use", 7)):
        stocks[overload] = float(under_way(ADVICE, overload, 0.5, months)[0].nation[0].host.advice)
    net = PAID * 0.9
    assert stocks["delay"] == pytest.approx(1.0 - np.exp(-net / 3e6))
    assert stocks["partial_use"] == pytest.approx(1.0 - np.exp(-0.5 * net / 3e6))
    assert stocks["quality"] == pytest.approx(0.5**1.5 * stocks["delay"])


# Training


def instruction(weeks: float, months: int = 14, site: int = 0, **faults: int) -> list[int]:
    """What a course of 33 soldiers has cost after each month."""
    world = small(uncertainties={"training.trainee_week_cost": 99.7, "training.away_cost": 0.37})
    unit, nation = world.units[0], world.nation[0]
    man(unit, 0, 0, 33)
    unit.status, unit.course_programme, unit.trainees, unit.site = TRAINING, SUB_UNITS, 33, site
    unit.course_weeks = unit.course_weeks_left = weeks
    nation.mission.places_used[site] = nation.mission.programme_used[SUB_UNITS] = 33
    booked = []
    for month in range(months):
        nation.mission.suspended = int(month >= faults.get("suspended_from", months))
        if month == faults.get("recalled_in"):
            training.leave_course(unit, nation)
        follow(training.follow_course, world)
        booked.append(int(nation.book.mission_instruction))
    assert nation.book.mission_granted == nation.book.mission_instruction == nation.mission.use[COURSE].sum()
    assert nation.mission.use[COURSE, WAITING] == unit.course_paid == 0
    lost = nation.book.mission_instruction if faults else 0
    assert nation.mission.use[COURSE, ROTTING] == lost
    assert nation.mission.places_used.sum() == nation.mission.programme_used.sum() == 0
    return booked


@pytest.mark.parametrize("weeks", [2.0, 5.3, 12.0, 52.0])
@pytest.mark.parametrize("site", [0, 2])
def test_a_course_is_paid_as_it_is_taught_and_whole_by_its_end(weeks: float, site: int) -> None:
    booked = instruction(weeks, site=site)
    price = 99.7 * (1.37 if site else 1.0)
    assert booked[-1] == int(33 * price * weeks)
    taught = [min(weeks, (month + 1) * training.WEEKS_A_MONTH) for month in range(14)]
    ends = next(month for month in range(14) if weeks - taught[month] <= 0.5 * training.WEEKS_A_MONTH)
    assert booked[:ends] == [int(33 * price * each) for each in taught[:ends]]
    assert booked[ends:] == [booked[-1]] * (14 - ends)


@pytest.mark.parametrize("fault", ["suspended_from", "recalled_in"])
def test_a_course_that_is_broken_off_has_cost_what_was_taught(fault: str) -> None:
    whole, broken = instruction(26.0), instruction(26.0, **{fault: 2})
    assert broken == whole[:2] + [whole[1]] * 12
    assert 0 < broken[-1] < whole[-1]


@pytest.mark.parametrize(
    ("decay", "status", "used", "months"),
    [
        ("disuse", REST, 0.0, 12),
        ("disuse", REST, 0.5, 24),
        ("drift", REST, 0.5, 24),
        ("always", REST, 0.5, 12),
        ("always", TRAINING, 0.0, 12),
    ],
)
def test_unused_skill_halves_in_its_half_life(decay: str, status: int, used: float, months: int) -> None:
    """ARTHUR1998: what is used half the time fades half as fast, unless all of it fades always."""
    world = small(
        uncertainties={"training.skill_half_life": 12.0, "training.use_at_rest": used}, structures={"decay": decay}
    )
    unit = world.units[0]
    unit.status, unit.skill = status, 0.8
    ground = world.parameters[0].turnover_recruit_skill
    for _ in range(months):
        follow(drill.practise_and_forget, world)
    assert unit.skill - ground == pytest.approx((0.8 - ground) / 2.0)


@pytest.mark.parametrize("decay", ["disuse", "drift"])
def test_what_is_used_all_the_time_does_not_fade(decay: str) -> None:
    world = small(structures={"decay": decay})
    unit = world.units[0]
    unit.status, unit.skill, unit.tactical = TRAINING, 0.8, 0.7
    for _ in range(12):
        follow(drill.practise_and_forget, world)
    assert (unit.skill, unit.tactical) == (0.8, 0.7)


@pytest.mark.parametrize(
    ("decay", "left"), [("disuse", 0.5 ** (12 * 0.1 / 6.5)), ("always", 0.5 ** (12 / 6.5)), ("drift", None)]
)
def test_drill_on_operations(decay: str, left: float | None) -> None:
    """Where it drifts it comes nearer to the habits of the field each month, and does not fade."""
    world = small(structures={"decay": decay})
    unit = world.units[0]
    unit.status, unit.tactical, unit.habit = OPERATIONS, 0.7, 0.1
    expected = 0.7
    for _ in range(12):
        follow(drill.practise_and_forget, world)
        expected -= 0.05 * (expected - unit.habit) if left is None else 0.0
    if left is None:
        assert unit.habit < unit.tactical < 0.7
        assert unit.tactical == pytest.approx(expected, rel=0.05)
    else:
        assert unit.tactical == pytest.approx(0.7 * left)


@pytest.mark.parametrize("units", [1, 3, 4, 5, 11])
def test_a_battalion_s_drill_is_the_same_for_all_its_companies_and_fades_with_their_disuse(units: int) -> None:
    """F04: the last battalion may be short of companies, and no company belongs to two."""
    world = world_of(Scenario(title="battalions").with_size(units=units))
    assert world.battalions.size == -(-units // 4)
    world.units["status"], world.units["led_together"] = REST, 1.0
    world.units["together"], world.units["untrained"] = 100, 0
    world.battalions["drill"] = np.linspace(0.8, 0.3, world.battalions.size)
    before = world.battalions.drill.copy()
    for index in range(world.battalions.size):
        follow(training.muster, world, "battalion", index)
        follow(drill.keep_battalion_drill, world, "battalion", index)
    assert world.battalions.present.sum() == 100 * units
    assert world.battalions.drill == pytest.approx(before * 0.5 ** (0.8 / 6.5))  # a fifth of the time it is used
    assert world.units.battalion_drill == pytest.approx(world.battalions.drill[np.arange(units) // 4])


def test_a_call_that_nobody_follows_runs_out() -> None:
    """F04: companies that are called stay off operations, but not for ever."""
    world = world_of(Scenario(title="called").with_size(units=4).with_uncertainties({"training.call_months": 3.0}))
    world.units["called"], world.units["status"], world.units["months_in_status"] = 1, REST, 12
    world.battalions["call_months"] = 3
    world.nation[0].posts_wanted, world.nation[0].on_operations = 4, 0
    called = []
    for _ in range(4):
        follow(training.muster, world, "battalion")
        follow(double_task.go_out, world, call=0.0)
        called.append((int(world.units.called.sum()), int(world.units[0].status)))
    assert called == [(4, REST), (4, REST), (0, OPERATIONS), (0, OPERATIONS)]


# Security and the calendar


def test_threat_stays_where_nothing_moves_it_and_within_bounds() -> None:
    still = {
        "security.contagion": 0.1,
        "security.neighbours": 0.0,
        "security.shield_effect": 0.2,
        "security.threat_south": 0.006,
    }
    world = small(uncertainties=still)
    for _ in range(200):
        for z in range(3):
            follow(security.remember_threat, world, "zone", z)
        for z in range(3):
            follow(security.move_threat, world, "zone", z, threat=3.0)
        threat = world.nation[0].zones["threat"]
        assert ((threat >= 0.001) & (threat <= 0.999)).all()


def test_contingents_relieve_one_another_on_time() -> None:
    world = small({"training.contingent_rotation_months": 4.0})
    rotations = []
    for _ in range(13):
        follow(calendar.rotate_contingent, world, "mission")
        rotations.append(int(world.nation[0].mission.rotations))
    assert rotations == [1] * 4 + [2] * 4 + [3] * 4 + [4]


def test_a_mission_that_comes_begins_with_a_contingent_of_its_own() -> None:
    world = small({"training.contingent_rotation_months": 4.0, "training.mission": False})
    world.levers.training_mission[5:] = 1
    rotations = []
    for month in range(13):
        follow(calendar.rotate_contingent, world, "mission", month=month)
        rotations.append(int(world.nation[0].mission.rotations))
    assert rotations == [0] * 5 + [1] * 4 + [2] * 4


# Interests: fear, coups, the will to have a capable army


def test_a_dated_coup_is_staged_once_and_not_again_while_it_holds() -> None:
    """F34: the month in which the lever becomes true counts, not how long it stays so."""
    world = small()
    world.levers.circumstances_coup[:5] = (1, 1, 1, 0, 1)
    host = world.nation[0].host
    counted = []
    for month in range(5):
        follow(divergent_interests.stage_coup, world, "host", month=month, coup=0.999)
        counted.append((int(host.coups), int(host.months_since_coup)))
    assert counted == [(1, 0), (1, 1), (1, 2), (1, 3), (2, 0)]
    assert host.offices[MINISTER].changes == 2


@pytest.mark.parametrize(("months", "suspended"), [(0.0, 0), (3.4, 3), (3.5, 4), (12.0, 12)])
def test_a_suspension_begins_with_the_month_after_the_coup_and_is_one_for_all_phases(
    months: float, suspended: int
) -> None:
    """F34: phases 9 and 13 see the same mission, in the month of the coup as in the last one of the suspension."""
    coup = Event(date=date(2013, 8, 1), set={"circumstances.coup": True})
    rare = {"interests.suspension_months": months, "interests.coup_base": 0.0003}
    world = world_of(Scenario(title="coup").with_size(units=4).with_uncertainties(rare).with_events((coup,)))
    seen = []
    for month in range(24):
        nation, levers, _ = context(world, month)
        work = []
        for phase in PHASES:
            for step in phase.steps:
                several = {
                    "unit": world.units,
                    "battalion": world.battalions,
                    "donor": world.donors,
                    "zone": nation.zones,
                }
                actors = several.get(step.actor, [0])
                for index in range(len(actors)):
                    driver.take_step(world, month, driver.STEP_NUMBERS[step.name], index)
            if phase.number in (8, 9, 12, 13):
                work.append(bool(presence.mission_open(nation, levers)))
        assert len(set(work)) == 1, month
        seen.append(work[0])
    assert seen == [True] * 7 + [False] * suspended + [True] * (17 - suspended)


# Reform: rents, effort, conditions


@pytest.mark.parametrize("reform", range(REFORM_COUNT))
@pytest.mark.parametrize("office", [MINISTER, REGIONS])
def test_the_size_of_an_army_says_nothing_about_its_will_to_reform(office: int, reform: int) -> None:
    """M33: rents grow with the army, and so does what they weigh as little as. Only the maintenance budget, a sum of
    its own, is a larger share of a smaller army's money."""
    drives = []
    for units in (20, 80, 160):
        world = world_of(Scenario(title="army").with_size(units=units).with_levers({"host.maintenance_budget": 0}))
        nation, levers, parameters = context(world)
        host = nation.host
        host.will, host.payroll_soldiers, host.payroll_ghosts = 0.4, 120 * units, 15 * units
        follow(resistance_to_change.take_rents, world, "host")
        drives.append(float(resistance_to_change.reform_drive(host, nation, levers, parameters, office, reform)))
    assert drives == pytest.approx([drives[0]] * 3)
    assert drives[0] < 3.0 * 0.4 - 1.2  # rents do weigh


def reviewed(
    amount: int, indicators: int, credibility: float, gained: float = 0.0, months: int = 12, **draws: Any
) -> Any:
    """The world after so many months of conditional aid, reforms having gained so much since it came into force."""
    world = small(
        {"conditions.amount": amount, "conditions.indicators": indicators, "conditions.credibility": credibility},
        {"reforms.belief_step": 0.3},
    )
    nation = world.nation[0]
    nation.host.belief = 0.4
    for _ in range(months):
        follow(resistance_to_change.count_conditions, world, "host")
        nation.host.files[:] = nation.host.reforms[:] = gained
        follow(resistance_to_change.review_conditions, world, "host", **draws)
    return nation


@pytest.mark.parametrize(("months", "reviews"), [(1, 0), (11, 0), (12, 1), (23, 1), (24, 2)])
def test_conditions_are_reviewed_after_each_twelve_months_in_force(months: int, reviews: int) -> None:
    book = reviewed(14_000_000, 13, 1.0, months=months).book
    assert book.conditions_paid + book.conditions_withheld == reviews * 14_000_000
    assert book.conditions_granted == sum(14_000_000 * month // 12 for month in (months % 12, 12 * (months // 12)))


def under_conditions(amounts: list[int], suspended: tuple[int, ...] = (), expelled: tuple[int, ...] = ()) -> World:
    """A world after months with these amounts a year in force, in which nobody reforms and all is paid."""
    world = small({"conditions.credibility": 0.0})
    nation = world.nation[0]
    world.levers.conditions_amount[: len(amounts)] = amounts
    for month in range(len(amounts)):
        nation.mission.suspended, nation.host.expelled = int(month in suspended), int(month in expelled)
        for rule in (resistance_to_change.count_conditions, resistance_to_change.review_conditions):
            follow(rule, world, "host", month=month)
    return world


YEAR = 13_000_001


@pytest.mark.parametrize("months", [1, 5, 11, 12])
def test_conditional_aid_that_ends_is_reviewed_for_the_months_that_it_was_in_force(months: int) -> None:
    """A pause before the review is no way to have the stake for nothing; the next year begins anew."""
    book = under_conditions([YEAR] * months + [0] * 3).nation[0].book
    assert book.conditions_paid == book.conditions_granted == YEAR * months // 12 > 0
    again = under_conditions([YEAR] * months + [0] + [YEAR] * 11).nation[0]
    assert again.book.conditions_paid == YEAR * months // 12
    assert again.host.conditions_due == YEAR * 11 // 12
    assert again.host.conditions_months == 11


def test_each_year_costs_its_amount_to_the_euro_however_it_is_cut() -> None:
    two_years = under_conditions([YEAR] * 24).nation[0].book
    assert two_years.conditions_paid == 2 * YEAR
    cut = under_conditions(([YEAR] * 5 + [0]) * 4).nation[0].book
    assert cut.conditions_paid == 4 * (5 * YEAR // 12)


def test_conditional_aid_pauses_while_the_mission_is_suspended_and_loses_nothing() -> None:
    """F34, assumption: nothing at stake, nothing due, no month counted; and then it goes on where it was."""
    world = under_conditions([YEAR] * 15, suspended=(5, 6, 7, 8))
    nation = world.nation[0]
    assert (nation.host.conditions_months, nation.host.conditions_due) == (11, YEAR * 11 // 12)
    assert nation.book.conditions_paid == 0
    assert under_conditions([YEAR] * 16, suspended=(5, 6, 7, 8)).nation[0].book.conditions_paid == YEAR
    reviewed_before = under_conditions([YEAR] * 16, suspended=(12, 13, 14, 15)).nation[0]
    assert (reviewed_before.book.conditions_paid, reviewed_before.host.conditions_months) == (YEAR, 12)


def test_what_is_due_when_partners_are_told_to_go_is_settled_then() -> None:
    nation = under_conditions([YEAR] * 9, expelled=(4, 5, 6, 7, 8)).nation[0]
    assert nation.book.conditions_granted == nation.book.conditions_paid == YEAR * 4 // 12
    assert (nation.host.conditions_due, nation.host.conditions_months) == (0, 0)


@settings(max_examples=40)
@given(
    st.integers(0, 200_000_000),
    st.integers(1, 30),
    st.floats(0.0, 1.0),
    st.floats(0.0, 1.0),
    st.floats(0, 1, exclude_max=True),
)
def test_conditional_euros_are_paid_or_withheld(amount, indicators, credibility, gained, draw) -> None:
    nation = reviewed(amount, indicators, credibility, gained, withhold=draw)
    book = nation.book
    assert book.conditions_paid + book.conditions_withheld == book.conditions_granted == amount
    assert min(book.conditions_paid, book.conditions_withheld) >= 0
    assert 0.0 <= nation.host.belief <= 1.0
    assert 0.0 <= nation.host.withheld <= 1.0


# Foreign forces that leave


def strengths(months: int, horizon: int = 14, expelled: bool = False, goal: int = 0) -> list[float]:
    """The UN mission's strength month by month after 6000 are told to become `goal`."""
    world = small({"foreign.departure_months": months, "foreign.un_soldiers": 6000}, {"security.expulsion_months": 4.0})
    nation = world.nation[0]
    if not expelled:
        world.levers.foreign_un_soldiers[:] = goal
    nation.host.expelled = int(expelled)
    found = []
    for _ in range(horizon):
        follow(foreign_forces.move_foreign_forces, world, "host")
        found.append(float(nation.forces[UN].soldiers))
    return found


def test_forces_leave_at_an_even_pace_over_the_months_asked_for() -> None:
    """F35, M63."""
    assert strengths(1)[:2] == [0.0, 0.0]
    gone = strengths(12)
    assert gone[:12] == pytest.approx([6000.0 - 500.0 * month for month in range(1, 13)])
    assert gone[11:] == pytest.approx([0.0, 0.0, 0.0], abs=1e-6)


def test_forces_come_at_once_and_go_no_further_than_decided() -> None:
    assert strengths(12, goal=9000) == [9000.0] * 14
    assert strengths(6, goal=5500)[-1] == 5500.0


def test_expelled_forces_leave_in_the_months_that_they_are_given() -> None:
    """F35, M65: whatever time they would have taken by themselves, if that is not less."""
    assert strengths(60, expelled=True)[:5] == pytest.approx([4500.0, 3000.0, 1500.0, 0.0, 0.0], abs=1e-6)
    assert strengths(1, expelled=True)[0] == 0.0


# Relations, expulsion, rivals


def test_what_an_army_does_itself_is_in_proportion_to_its_pay() -> None:
    """M13: the same aid a soldier leaves the same ownership, whatever the size of the army."""
    owned = []
    for units in (20, 80):
        world = world_of(Scenario(title="army").with_size(units=units))
        host = world.nation[0].host
        host.aid_euros, host.fitting_euros = 4e5 * units, 1e5 * units
        owned.append(float(follow(partnership.own_aid, world, "host").ownership))
    assert owned[0] == pytest.approx(owned[1], abs=1e-12)


# Population and state


def test_forces_that_come_are_explained_in_the_same_month() -> None:
    world = small({"population.communication": 1.0, **dict.fromkeys(FORCES, 0)})
    world.levers.foreign_un_soldiers[1:] = 5000
    spent = []
    for month in range(3):
        driver.run_months(world, month, month + 1)
        spent.append(int(world.nation[0].book.population_spent))
    cost = int(world.parameters[0].population_communication_cost)
    assert spent == [0, cost, 2 * cost]


FORCES = ("foreign.un_soldiers", "foreign.french_soldiers", "foreign.regional_soldiers")


# All rules


def test_every_rule_says_what_it_does() -> None:
    for step in STEPS:
        assert len(step.rule.__doc__ or "") > 20, step.name


def test_no_field_hides_behind_a_name_that_records_already_have() -> None:
    """`record.size` would be NumPy's, not ours; in compiled code it would be ours."""
    world = small()
    for name in World._fields:
        fields = getattr(world, name).dtype.names or ()
        clashes = [field for field in fields if hasattr(np.record, field)]
        assert clashes == [], (name, clashes)
    nested = ("zones", "host", "mission", "pool", "book", "tally")
    for part in nested:
        assert not [f for f in world.nation.dtype[part].base.names if hasattr(np.record, f)]
    assert not [f for f in world.donors.dtype["projects"].base.names if hasattr(np.record, f)]
    assert world.units.kit_working.shape[1] == KIT_TYPES
