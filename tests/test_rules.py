"""Single rules, each on a small world set up for the case."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts import world_of
from ssa_sim.model import driver
from ssa_sim.model.month import PHASES, STEPS
from ssa_sim.model.rules import (
    absorption,
    calendar,
    coordination,
    divergent_interests,
    double_task,
    equipment,
    learning,
    needs,
    partnership,
    population,
    presence,
    readiness,
    record,
    resistance_to_change,
    security,
    supply_driven_aid,
    training,
    turnover,
)
from ssa_sim.model.state import (
    BLOCKED,
    COMMAND,
    COURSE,
    EQUIPMENT,
    HR_REFORM,
    INFANTRY,
    INSTITUTIONAL,
    KIT_TYPES,
    LOGISTICS_REFORM,
    MENTORING,
    MISSION_KIT,
    MOVING,
    NO_PROJECT,
    OFFERED,
    OPERATIONS,
    PAY_REFORM,
    REFORM_COUNT,
    REST,
    RUNNING,
    STALLED,
    STANDARD_KIT,
    TRAINING,
    World,
)
from ssa_sim.scenario.events import Event
from ssa_sim.scenario.schema import Scenario


def small(levers: dict | None = None, uncertainties: dict | None = None, mechanisms: dict | None = None) -> World:
    return world_of(
        Scenario(title="small")
        .with_period(end=date(2015, 2, 1))
        .with_size(units=4)
        .with_levers(levers or {})
        .with_uncertainties(uncertainties or {})
        .with_mechanisms(mechanisms or {})
    )


def context(world: World, month: int = 0) -> tuple[Any, Any, Any]:
    return world.nation[0], world.levers[month], world.parameters[0]


def follow(rule, world: World, actor: str = "unit", index: int = 0, month: int = 0, **draws: float) -> Any:
    """Let one actor follow a rule, with some of its draws set by hand."""
    nation, levers, parameters = context(world, month)
    records = {"unit": world.units, "donor": world.donors, "zone": nation.zones}
    numbers = {
        "unit": world.unit_draws,
        "donor": world.donor_draws,
        "zone": world.zone_draws,
        "host": world.host_draws,
        "mission": world.mission_draws,
    }[actor]
    row = numbers[month, index if actor in records else 0 :][:1].copy().view(np.recarray)[0]
    for name, value in draws.items():
        row[name] = value
    record = {"host": nation.host, "mission": nation.mission}.get(actor)
    if record is None:
        record = records[actor][index]
    if actor == "donor":
        rule(record, world.units, nation, levers, parameters, row)
    else:
        rule(record, nation, levers, parameters, row)
    return record


def man(unit: Any, together: int, elsewhere: int, untrained: int) -> None:
    unit.together, unit.elsewhere, unit.untrained = together, elsewhere, untrained


# Turnover


@given(
    st.integers(0, 200), st.integers(0, 200), st.integers(0, 200), st.floats(0, 1), st.floats(0, 1, exclude_max=True)
)
def test_soldiers_removed_are_exactly_so_many(together, elsewhere, untrained, share, uniform) -> None:
    unit = world_of(Scenario(title="one").with_size(units=1).with_period(end=date(2013, 3, 1))).units[0]
    man(unit, together, elsewhere, untrained)
    present = together + elsewhere + untrained
    count = int(share * present)
    turnover.remove_soldiers(unit, count, uniform)
    assert unit.together + unit.elsewhere + unit.untrained == present - count
    assert 0 <= unit.together <= together
    assert 0 <= unit.elsewhere <= elsewhere
    assert 0 <= unit.untrained <= untrained


def test_a_posting_rule_holds_those_who_trained_together_and_nobody_else() -> None:
    free, held = small(), small({"personnel.stabilisation": 1.0})
    for world in (free, held):
        man(world.units[0], 60, 30, 30)
        follow(turnover.move_away, world, moved_together=0.9, moved_elsewhere=0.9, moved_untrained=0.9)
    assert free.units[0].together < 60
    assert held.units[0].together == 60
    assert held.units[0].elsewhere == free.units[0].elsewhere < 30
    assert free.nation[0].pool.trained > held.nation[0].pool.trained > 0


@pytest.mark.parametrize(
    ("rule", "draws"),
    [
        (turnover.leave_the_army, {"left": 0.999}),
        (turnover.move_away, {"moved_together": 0.999, "moved_elsewhere": 0.999, "moved_untrained": 0.999}),
    ],
)
def test_no_more_officers_are_abroad_than_the_unit_has_soldiers(rule: Any, draws: dict[str, float]) -> None:
    world = small(uncertainties={"turnover.leaving_rate": 0.015, "turnover.reassignment_rate": 0.04})
    unit = world.units[0]
    man(unit, 2, 2, 2)
    unit.abroad = 6
    follow(rule, world, **draws)
    left = unit.together + unit.elsewhere + unit.untrained
    assert left < 6
    assert unit.abroad == left


def test_newcomers_dilute_what_a_unit_knows_but_not_what_its_team_can_do() -> None:
    world = small()
    unit, pool = world.units[0], world.nation[0].pool
    man(unit, 100, 0, 0)
    unit.ghosts = 0
    unit.skill, unit.tactical = 0.6, 0.5
    unit.kit_known[:] = 0.8
    pool.untrained, pool.untrained_for_each, pool.mean_skill, pool.skill_sum = 50, 1.0, 0.2, 10.0
    follow(turnover.receive, world, trained=0.0, untrained=0.0)
    assert unit.untrained == 50
    assert unit.skill == pytest.approx((100 * 0.6 + 50 * 0.2) / 150)
    assert unit.kit_known[2] == pytest.approx(0.8 * 100 / 150)
    assert unit.tactical == 0.5


# Operations


def test_a_unit_is_relieved_when_its_time_is_up() -> None:
    world = small()
    unit = world.units[0]
    unit.status, unit.months_in_status = OPERATIONS, 7
    world.nation[0].on_operations = 1
    follow(double_task.come_back, world)
    assert unit.status == OPERATIONS
    follow(double_task.come_back, world)
    assert unit.status == REST
    assert world.nation[0].on_operations == 0


def test_no_more_units_go_out_than_wanted() -> None:
    world = small({"operations.tempo": 0.5})
    follow(double_task.plan_operations, world, "host")
    world.units.status, world.units.months_in_status = REST, 12
    world.nation[0].on_operations = 0
    for index in range(4):
        follow(double_task.go_out, world, index=index, call=0.0)
    assert (world.units.status == OPERATIONS).sum() == 2


def test_a_stronger_threat_costs_no_fewer_lives() -> None:
    killed = []
    for threat in (0.1, 0.4, 0.9):
        world = small()
        world.nation[0].zones["threat"] = threat
        follow(double_task.plan_operations, world, "host")
        world.units[0].status = OPERATIONS
        follow(double_task.meet_the_threat, world, contact=0.0, contest=0.99, killed=0.9)
        killed.append(int(world.nation[0].book.soldiers_killed))
    assert killed == sorted(killed)
    assert killed[0] < killed[-1]


@pytest.mark.parametrize(("contest", "wins"), [(0.0, True), (0.99, False)])
def test_engagements_win_or_lose_positions(contest: float, wins: bool) -> None:
    world = small()
    zone = world.nation[0].zones[int(world.units[0].zone)]
    follow(double_task.plan_operations, world, "host")
    world.units[0].status = OPERATIONS
    before = float(zone.held)
    follow(double_task.meet_the_threat, world, contact=0.0, contest=contest)
    assert bool(zone.held > before) is wins
    assert bool(zone.wins == 1) is wins


def test_abuses_come_from_units_badly_led() -> None:
    """M46."""
    abuses = []
    for leadership in (0.0, 1.0):
        world = small()
        follow(double_task.plan_operations, world, "host")
        world.units[0].status, world.units[0].leadership = OPERATIONS, leadership
        follow(double_task.meet_the_threat, world, contact=0.0, abuse=0.01)
        abuses.append(int(world.nation[0].book.abuses))
    assert abuses == [1, 0]


def test_mines_close_the_roads() -> None:
    """M51."""
    world = small(uncertainties={"security.mines_effect": 0.6})
    zone = world.nation[0].zones[1]
    for threat in (0.1, 0.9):
        zone.threat_before = threat
        follow(security.move_threat, world, "zone", 1)
        assert zone.mobility == pytest.approx(1.0 - 0.6 * threat)


# Aid


def offering(levers: dict | None = None, **draws: float) -> tuple[World, Any]:
    world = small(levers)
    donor = world.donors[0]
    donor.active, donor.available = 1, donor.annual_budget
    world.nation[0].calendar_month = 6
    follow(supply_driven_aid.offer_project, world, "donor", offer=0.0, refusal=0.99, **draws)
    return world, donor


def test_an_offer_sets_its_money_aside() -> None:
    world, donor = offering()
    project = donor.projects[0]
    assert project.status == OFFERED
    assert donor.available + project.euros == donor.annual_budget
    assert world.nation[0].projects_running == 1


def test_the_host_declines_above_its_cap() -> None:
    world, donor = offering({"host.project_cap": 0})
    assert donor.projects[0].status == NO_PROJECT
    assert donor.available == donor.annual_budget
    assert world.nation[0].book.projects_declined == 1


def test_a_partner_led_by_needs_asks_what_is_needed_and_one_led_by_itself_does_not() -> None:
    """Maintenance is needed and does not show (M10)."""
    chosen = []
    for weight in (1.0, 0.0):
        world = small({"donors.needs_weight": weight})
        donor = world.donors[0]
        donor.active, donor.available, donor.visibility = 1, donor.annual_budget, 1.0
        donor.perceived[:] = 0.1
        donor.perceived[7] = 0.9
        world.donor_draws["taste"][0, 0] = 0.0
        follow(supply_driven_aid.offer_project, world, "donor", offer=0.0, refusal=0.99)
        chosen.append(int(donor.projects[0].function))
    assert chosen == [7, INFANTRY]


def duplicate(regime: str, comply: float, participation: float = 1.0, told: bool = True) -> tuple[World, Any]:
    """A partner offers what another already does."""
    world = small({"coordination.regime": regime, "coordination.participation": participation})
    donor = world.donors[0]
    project = donor.projects[0]
    project.status, project.kind, project.function, project.euros = OFFERED, COURSE, INFANTRY, 1000
    nation = world.nation[0]
    nation.projects[COURSE, INFANTRY, project.zone] = 1
    nation.known_projects[COURSE, INFANTRY, project.zone] = int(told)
    nation.projects_running = 2
    donor.openness, donor.willingness = 0.5, 0.1
    follow(coordination.settle_offers, world, "donor", comply=comply)
    return world, project


def test_without_a_regime_a_duplicate_starts() -> None:
    _, project = duplicate("none", comply=0.0)
    assert project.status == RUNNING
    assert project.duplicate == 1


@pytest.mark.parametrize(
    ("regime", "gives_way_at_half"),
    [("information", False), ("lead_partner", False), ("host_led", False), ("binding", True)],
)
def test_who_gives_way_depends_on_authority(regime: str, gives_way_at_half: bool) -> None:
    _, project = duplicate(regime, comply=0.5)
    assert bool(project.duplicate == 0) is gives_way_at_half
    _, willing = duplicate(regime, comply=0.05)
    assert willing.duplicate == 0


@pytest.mark.parametrize(("regime", "seen"), [("information", False), ("lead_partner", False), ("host_led", True)])
def test_what_partners_do_not_tell_only_the_host_s_list_shows(regime: str, seen: bool) -> None:
    """M21: a forum knows what its members say; the host knows what it has accepted."""
    _, project = duplicate(regime, comply=0.05, told=False)
    assert bool(project.duplicate == 0) is seen


def test_plans_are_shared_by_those_at_the_table_who_are_ready_to() -> None:
    for openness, candour, shared in ((0.1, 0.1, 1), (0.9, 0.1, 0), (0.1, 0.9, 0)):
        world = small({"coordination.forum": "information", "coordination.participation": 0.5})
        donor = world.donors[0]
        donor.openness, donor.candour, donor.sharing = openness, candour, 0.5
        donor.projects[0].status = RUNNING
        follow(coordination.open_table, world, "host")
        follow(coordination.share_plans, world, "donor")
        assert world.nation[0].known_projects.sum() == shared


def test_who_stays_away_is_not_bound() -> None:
    _, project = duplicate("binding", comply=0.0, participation=0.3)
    assert project.duplicate == 1


def test_delivery_falls_beyond_capacity_and_only_there() -> None:
    world = small()
    host = world.nation[0].host
    host.hours_available = 1000.0
    delivered = []
    for claimed in (500.0, 1000.0, 1500.0, 3000.0):
        host.hours_claimed = claimed
        follow(absorption.weigh_load, world, "host")
        delivered.append(float(host.delivery))
    assert delivered[:2] == [1.0, 1.0]
    assert 1.0 > delivered[2] > delivered[3] > 0.0
    off = small(mechanisms={"absorption_limit": False})
    off.nation[0].host.hours_available, off.nation[0].host.hours_claimed = 1.0, 3000.0
    follow(absorption.weigh_load, off, "host")
    assert off.nation[0].host.delivery == 1.0


def test_a_partner_s_insight_grows_with_dialogue_and_goes_with_its_staff() -> None:
    """M11, M22."""
    grown = []
    for effort in (0.0, 0.2):
        world = small({"donors.dialogue_effort": effort})
        follow(needs.hear_needs, world, "donor", staff=0.99)
        assert world.donors[0].insight == world.parameters[0].needs_insight_base  # nobody learns a country from afar
        world.donors[0].active = 1
        for _ in range(36):
            donor = follow(needs.hear_needs, world, "donor", staff=0.99)
        grown.append(float(donor.insight))
    assert grown[0] == pytest.approx(world.parameters[0].needs_insight_base, rel=0.01)
    assert grown[1] > 2.0 * grown[0]
    follow(needs.hear_needs, world, "donor", staff=0.0)
    assert donor.insight < 0.7 * grown[1]


def test_the_money_is_spent_whatever_is_delivered() -> None:
    for delivery in (1.0, 0.1):
        world = small()
        nation = world.nation[0]
        project = world.donors[0].projects[0]
        project.status, project.kind, project.function = RUNNING, EQUIPMENT, INFANTRY
        project.euros, project.duration, project.fit = 1_000_003, 7, 1.0
        nation.projects[EQUIPMENT, INFANTRY, 0], nation.projects_running = 1, 1
        nation.host.delivery = delivery
        for _ in range(7):
            follow(absorption.deliver_projects, world, "donor")
            follow(absorption.close_projects, world, "donor")
        assert nation.book.donors_spent.sum() + nation.book.donors_spent_on_dialogue == 1_000_003
        assert project.status == NO_PROJECT
        assert (nation.book.projects_delivered, nation.book.projects_failed) == ((1, 0) if delivery == 1.0 else (0, 1))
        assert bool(world.units.kit_depot.sum() > 0) is (delivery == 1.0)


# Training


def graduate(weeks: float, levers: dict | None = None, months: int = 14, **unit_values: float) -> Any:
    world = small({"training.course_weeks": weeks, **(levers or {})})
    world.nation[0].month = 0
    follow(training.accompany_units, world, "mission", mentors_hurt=0.0)
    unit = world.units[0]
    man(unit, 0, 20, 80)
    unit.status, unit.course_focus, unit.trainees = TRAINING, training.BATTALIONS, 100
    unit.course_weeks = unit.course_weeks_left = weeks
    unit.skill, unit.tactical, unit.fatigue = 0.2, 0.1, 0.0
    world.nation[0].mission.places_used[0] = 100
    for name, value in unit_values.items():
        unit[name] = value
    for _ in range(months):
        follow(training.follow_course, world)
    assert unit.trainees == 0
    assert world.nation[0].mission.places_used[0] == 0
    return unit


def test_a_course_makes_one_cohort_of_the_unit() -> None:
    unit = graduate(12.0)
    assert (unit.together, unit.elsewhere, unit.untrained) == (100, 0, 0)
    assert unit.cohort == 100
    assert unit.status == REST


def test_a_short_course_teaches_basics_and_no_tactics() -> None:
    """M23: what a short course leaves is individual skill."""
    none, short, whole = graduate(2.0), graduate(5.0), graduate(24.0)
    assert 0.2 < none.skill < short.skill < whole.skill
    assert none.tactical <= 0.1
    assert short.tactical <= 0.1
    assert whole.tactical > 0.3


def test_instruction_on_equipment_not_held_is_lost_in_part() -> None:
    """M27."""
    not_held = graduate(12.0, {"training.on_held_kit": 0.0})
    held = graduate(12.0, {"training.on_held_kit": 1.0})
    assert held.skill > not_held.skill
    assert held.kit_known[STANDARD_KIT] > not_held.kit_known[STANDARD_KIT]
    assert not_held.kit_known[MISSION_KIT] > held.kit_known[MISSION_KIT]


def test_exhausted_soldiers_learn_less() -> None:
    """M03."""
    assert graduate(12.0, fatigue=0.9).skill < graduate(12.0, fatigue=0.1).skill


def test_common_doctrine_keeps_the_mix_pure() -> None:
    """M22."""
    mixed, common = graduate(12.0, {"training.common_doctrine": 0.0}), graduate(12.0, {"training.common_doctrine": 1.0})
    assert common.doctrine[0] == pytest.approx(1.0)
    assert mixed.doctrine[0] < 0.9
    assert mixed.doctrine.sum() == pytest.approx(1.0)


def test_equipment_comes_with_training_where_the_policy_says_so() -> None:
    without, with_kit = graduate(12.0), graduate(12.0, {"equipment.with_training": 1.0})
    assert without.kit_working[MISSION_KIT] == 0
    assert with_kit.kit_working[MISSION_KIT] > 0


def instruction(weeks: float, months: int = 14, site: int = 0, **faults: int) -> list[int]:
    """What a course of 33 soldiers has cost after each month."""
    world = small(uncertainties={"training.trainee_week_cost": 99.7, "training.away_cost": 0.37})
    unit, nation = world.units[0], world.nation[0]
    man(unit, 0, 0, 33)
    unit.status, unit.course_focus, unit.trainees, unit.site = TRAINING, training.BATTALIONS, 33, site
    unit.course_weeks = unit.course_weeks_left = weeks
    nation.mission.places_used[site] = 33
    booked = []
    for month in range(months):
        nation.mission.suspended = int(month >= faults.get("suspended_from", months))
        if month == faults.get("recalled_in"):
            training.leave_course(unit, nation)
        follow(training.follow_course, world)
        booked.append(int(nation.book.mission_instruction))
    assert nation.book.mission_granted == nation.book.mission_instruction
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


def test_unused_skill_halves_in_its_half_life() -> None:
    world = small(uncertainties={"training.skill_half_life": 12.0})
    unit = world.units[0]
    unit.status, unit.skill = TRAINING, 0.8
    follow(training.run_mission, world, "mission")
    ground = world.parameters[0].turnover_recruit_skill
    for _ in range(12):
        follow(training.practise_and_forget, world)
    assert unit.skill - ground == pytest.approx((0.8 - ground) / 2.0)


# Equipment


@pytest.mark.parametrize(("given", "shares"), [(0, [0, 0, 0, 0]), (3, [0, 1, 1, 1]), (10, [2, 3, 2, 3])])
def test_a_single_gift_is_spread_over_all_units_of_foreign_types_and_paid(given: int, shares: list[int]) -> None:
    """M14, M15: whole vehicles, none lost, in the depots, and nothing comes with them."""
    world = small({"circumstances.vehicle_gift": given}, {"equipment.price": 60_000.5})
    nation, units = world.nation[0], world.units
    working = units.kit_working.copy()
    known = units.kit_known.copy()
    for index in range(units.size):
        follow(equipment.receive_gift, world, index=index)
    assert units.kit_depot.sum(axis=1).tolist() == shares
    assert [int(units[index].kit_depot[kind]) for index, kind in enumerate((2, 3, 4, 2))] == shares
    assert nation.book.vehicles_given == given
    assert nation.book.gifts_spent == given * 60_000
    assert (units.kit_working == working).all()
    assert (units.kit_known == known).all()
    assert not nation.parts.any()


def test_coverage_falls_with_the_number_of_types() -> None:
    """M14: the same vehicles in more types cost more to keep."""
    covers = []
    for fleet in ([60, 0, 0, 0, 0], [12, 12, 12, 12, 12]):
        world = small({"host.maintenance_budget": 30_000})
        world.nation[0].fleet[:] = fleet
        follow(equipment.spread_maintenance, world, "host")
        covers.append(float(world.nation[0].host.maintenance_cover))
    assert covers[0] > covers[1] > 0.0


def test_unsupported_vehicles_are_left_behind_and_supported_ones_repaired() -> None:
    """M15."""
    for coverage, abandoned in ((0.0, True), (1.0, False)):
        world = small(uncertainties={"equipment.abandon_rate": 0.4})
        unit = world.units[0]
        unit.kit_working[:] = 0
        unit.kit_broken[:] = 0
        unit.kit_broken[1] = 50
        world.nation[0].coverage[:] = coverage
        world.nation[0].repair[:] = 0.9 * coverage
        follow(equipment.break_and_repair, world, repaired=0.5, broken=0.5, abandoned=0.5)
        assert bool(world.nation[0].book.vehicles_abandoned > 0) is abandoned
        assert bool(unit.kit_working[1] > 10) is not abandoned


# Readiness


PARTS = {"skill": 0.6, "tactical": 0.6, "leadership": 0.6, "morale": 0.9}


def assessed(**values: float) -> float:
    world = small()
    unit = world.units[0]
    man(unit, 120, 10, 10)
    unit.fatigue = 0.2
    unit.kit_working[0] = 8
    unit.kit_known[0] = 0.9
    for name, value in {**PARTS, **values}.items():
        unit[name] = value
    follow(readiness.assess_readiness, world)
    return float(unit.readiness)


@pytest.mark.parametrize("part", PARTS)
def test_every_part_raises_readiness(part: str) -> None:
    assert assessed(**{part: 0.3}) < assessed(**{part: 0.5}) < assessed(**{part: 0.8})


def test_a_weak_link_is_not_bought_out() -> None:
    """Without collective skill nothing else can lift readiness far: less than its weight lets a mean do."""
    rest = {"skill": 1.0, "leadership": 1.0, "morale": 1.0}
    assert assessed(tactical=0.02, **rest) < 0.5 * assessed(tactical=0.6, **rest)
    assert assessed(tactical=0.02, **rest) < 0.2


def test_readiness_lies_between_the_least_and_the_greatest_part() -> None:
    world = small()
    unit = world.units[0]
    follow(readiness.assess_readiness, world)
    parts = [unit[name] for name in unit.dtype.names if name.endswith("_part")]
    assert max(min(parts), 0.02) <= unit.readiness <= max(parts)


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


def test_foreign_forces_hold_threat_down() -> None:
    after = []
    for soldiers in (0, 20_000):
        world = small({"foreign.un_soldiers": soldiers})
        for rule in (security.remember_threat, security.place_foreign_forces, security.move_threat):
            follow(rule, world, "zone", 0, threat=0.0)
        after.append(float(world.nation[0].zones[0].threat))
    assert after[1] < after[0]


def test_budgets_begin_in_january_and_what_was_left_lapses() -> None:
    world = small()
    donor, nation = world.donors[0], world.nation[0]
    donor.active, donor.available = 1, 77
    nation.calendar_month = 12
    follow(calendar.renew_budget, world, "donor")
    assert donor.available == 77
    nation.calendar_month = 1
    follow(calendar.renew_budget, world, "donor")
    assert donor.available == donor.annual_budget
    assert nation.book.donors_lapsed == 77


def test_contingents_relieve_one_another_on_time() -> None:
    world = small({"training.contingent_rotation_months": 4.0})
    rotations = []
    for _ in range(13):
        follow(calendar.rotate_contingent, world, "mission")
        rotations.append(int(world.nation[0].mission.rotations))
    assert rotations == [1] * 4 + [2] * 4 + [3] * 4 + [4]


@pytest.mark.parametrize(("suspended", "levers"), [(1, {}), (0, {"training.mission": False})])
def test_contingents_relieve_one_another_while_suspended_and_not_while_away(suspended: int, levers: dict) -> None:
    """F34: a suspended mission stays, and its staff are relieved; one that is away takes what it knew along."""
    world = small({"training.contingent_rotation_months": 3.0, "training.mandate_review_months": 9, **levers})
    mission = world.nation[0].mission
    mission.suspended, mission.knowledge, mission.seen_shallow, mission.more_weeks = suspended, 0.5, 0.4, 0.3
    before, mission.months_to_review = int(mission.rotations), 2
    for _ in range(7):
        follow(calendar.rotate_contingent, world, "mission")
    if levers:
        assert before == mission.rotations == 0
        assert mission.knowledge == mission.seen_shallow == mission.more_weeks == 0.0
        assert mission.months_to_review == 9
    else:
        assert mission.rotations == before + 2
        assert mission.knowledge > 0.0
        assert (mission.seen_shallow, mission.more_weeks, mission.months_to_review) == (0.4, 0.3, 2)


def test_a_mission_that_comes_begins_with_a_contingent_of_its_own() -> None:
    world = small({"training.contingent_rotation_months": 4.0, "training.mission": False})
    world.levers.training_mission[5:] = 1
    rotations = []
    for month in range(13):
        follow(calendar.rotate_contingent, world, "mission", month=month)
        rotations.append(int(world.nation[0].mission.rotations))
    assert rotations == [0] * 5 + [1] * 4 + [2] * 4


# Interests: fear, coups, the will to have a capable army


@pytest.mark.parametrize("months", [0.0, 11.0, 720.0])
def test_how_long_ago_the_last_coup_was_is_the_scenario_s(months: float) -> None:
    """F21: the longer ago, the less it is feared."""
    bold = {"interests.fear_base": 0.1, "interests.fear_gain": 0.0}
    world = small(uncertainties={**bold, "interests.months_since_coup": months})
    assert world.nation[0].host.months_since_coup == months
    feared = float(follow(divergent_interests.weigh_interests, world, "host").coup_fear)
    usual = float(follow(divergent_interests.weigh_interests, small(None, bold), "host").coup_fear)
    assert np.sign(usual - feared) == np.sign(months - 11.0)


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
    assert host.ministers == 2


def test_a_coup_of_the_model_s_own_follows_its_hazard() -> None:
    for drawn, coups in ((0.02, 0), (0.0199, 1)):
        world = small()
        host = world.nation[0].host
        host.coup_hazard = 0.02
        follow(divergent_interests.stage_coup, world, "host", coup=drawn)
        assert host.coups == coups


def test_a_coup_takes_plans_relations_and_the_mission_s_courses_away() -> None:
    """M06, M31, M56."""
    world = small({"circumstances.coup": True}, {"interests.suspension_months": 4.0})
    host, mission = world.nation[0].host, world.nation[0].mission
    host.clarity, host.relations, host.minister_months = 0.8, 0.6, 20
    host.reforms[:] = (0.5, 0.0, 1.0)
    parameters = world.parameters[0]
    follow(divergent_interests.stage_coup, world, "host", coup=0.999)
    assert host.relations == pytest.approx(0.6 * (1.0 - parameters.interests_coup_estrangement))
    assert host.clarity == pytest.approx(0.8 * (1.0 - parameters.calendar_clarity_lost))
    assert host.minister_months == 0
    assert host.reforms[0] == pytest.approx(0.5 - parameters.reforms_lost * 0.25)
    assert host.reforms[1:].tolist() == [0.0, 1.0]
    places = []
    for _ in range(6):
        follow(calendar.suspend_mission, world, "mission")
        follow(training.open_places, world, "mission")
        places.append(int(mission.places_free.sum()))
        follow(divergent_interests.stage_coup, world, "host", coup=0.999)
    assert places == [0, 0, 0, 0, 650, 650]


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
                actors = {"unit": world.units, "donor": world.donors, "zone": nation.zones}.get(step.actor, [0])
                for index in range(len(actors)):
                    driver.take_step(world, month, driver.STEP_NUMBERS[step.name], index)
            if phase.number in (8, 9, 12, 13):
                work.append(bool(presence.mission_open(nation, levers)))
        assert len(set(work)) == 1, month
        seen.append(work[0])
    assert seen == [True] * 7 + [False] * suspended + [True] * (17 - suspended)


def test_a_coup_of_the_past_suspends_nobody() -> None:
    world = small(uncertainties={"interests.months_since_coup": 0.0})
    assert follow(calendar.suspend_mission, world, "mission").suspended == 0


def test_a_minister_takes_half_done_reforms_with_him() -> None:
    """M06: what is not begun cannot be lost, and what is in place stays."""
    world = small(uncertainties={"reforms.lost": 0.4})
    host = world.nation[0].host
    host.reforms[:] = (0.0, 0.5, 1.0)
    follow(calendar.change_minister, world, "host", minister=0.999)
    assert host.reforms.tolist() == [0.0, 0.5, 1.0]
    follow(calendar.change_minister, world, "host", minister=0.0)
    assert host.reforms == pytest.approx([0.0, 0.4, 1.0])


def will(mechanisms: dict | None = None, **state: float) -> float:
    world = small(mechanisms=mechanisms)
    nation = world.nation[0]
    nation.host.ownership, nation.host.reliance, nation.host.coup_fear = 0.5, 0.2, 0.2
    for name, value in state.items():
        if name == "soldiers":
            nation.un_soldiers = nation.counter_terrorism_soldiers = value
        elif name == "threat":
            nation.zones["threat"] = value
        else:
            nation.host[name] = value
    return float(follow(divergent_interests.weigh_interests, world, "host").will)


def test_the_will_to_have_an_army_falls_behind_a_shield_and_in_fear_of_it() -> None:
    """M13, M29, M30, M32."""
    assert will(reliance=0.9) < will() < will(reliance=0.0)
    assert will(threat=0.0, reliance=0.9) < will(threat=0.0, reliance=0.0)  # moral hazard, with no alarm to dull
    assert will(soldiers=20_000) < will(soldiers=0)
    assert will(coup_fear=0.9) < will() < will(ownership=0.9)
    assert will(threat=0.1, reliance=0.0) < will(threat=0.8, reliance=0.0)
    alarmed = [will(threat=0.8, reliance=reliance) - will(threat=0.1, reliance=reliance) for reliance in (0.1, 0.6)]
    assert alarmed[0] > alarmed[1] > 0.0


def test_switched_off_interests_leave_only_ownership() -> None:
    off = {"divergent_interests": False}
    assert len({will(off, **state) for state in ({}, {"soldiers": 20_000}, {"coup_fear": 0.9}, {"threat": 0.9})}) == 1
    assert will(off, ownership=0.9) > will(off)


@pytest.mark.parametrize("state", [{"hold": 0.1}, {"morale": 0.1}, {"rents": 5e7}])
def test_defeats_neglect_and_corruption_make_coups_likelier(state: dict[str, float]) -> None:
    """M31."""
    hazards = []
    for changed in (False, True):
        world = small()
        nation = world.nation[0]
        nation.zones["hold"] = 0.6
        nation.host.payroll_morale, nation.host.rents[:] = 0.6 * nation.units, 1e6
        if changed:
            nation.zones["hold"] = state.get("hold", 0.6)
            nation.host.payroll_morale = state.get("morale", 0.6) * nation.units
            nation.host.rents[:] = state.get("rents", 1e6)
        hazards.append(float(follow(divergent_interests.fear_a_coup, world, "host").coup_hazard))
    assert 0.0 < hazards[0] < hazards[1] <= 0.5


# Reform: rents, effort, conditions


@pytest.mark.parametrize("reform", range(REFORM_COUNT))
def test_the_further_a_reform_the_less_is_left_to_lose(reform: int) -> None:
    """M33: each reform ends its own rents and nobody else's."""
    taken = []
    for progress in (0.0, 0.5, 1.0):
        world = small()
        host = world.nation[0].host
        host.payroll_ghosts, host.payroll_soldiers, host.reforms[reform] = 100, 500, progress
        taken.append(follow(resistance_to_change.take_rents, world, "host").rents.copy())
    assert taken[0][reform] > 0.0
    assert taken[1][reform] == pytest.approx(0.5 * taken[0][reform])
    assert taken[2][reform] == 0.0
    others = [r for r in range(REFORM_COUNT) if r != reform]
    assert all((rents[others] == taken[0][others]).all() for rents in taken)


def pursued(draw: float = 0.0, levers: dict | None = None, **state: Any) -> Any:
    world = small(levers)
    host = world.nation[0].host
    host.will, host.minister_months, host.reforms[:] = 0.6, 24, 0.5
    world.nation[0].insecurity = 0.2
    for name, value in state.items():
        host[name] = value
    return follow(resistance_to_change.pursue_reforms, world, "host", reforms=draw)


def test_a_reform_moves_stalls_or_is_blocked() -> None:
    """F17: blocked below a threshold of effort, whatever is drawn."""
    parameters = small().parameters[0]
    moving, stalled = pursued(), pursued(0.999)
    assert (moving.reform_status == MOVING).all()
    assert moving.reforms == pytest.approx(0.5 + 0.5 * parameters.reforms_step)
    assert (stalled.reform_status == STALLED).all()
    assert (stalled.reforms == 0.5).all()
    blocked = pursued(will=0.0, rents=(1e7, 0.0, 1e7))
    assert blocked.reform_status.tolist() == [BLOCKED, MOVING, BLOCKED]
    assert blocked.reforms.tolist() == [0.5, pytest.approx(0.5 + 0.5 * parameters.reforms_step), 0.5]


def test_the_threshold_lies_where_the_effort_is_what_it_says() -> None:
    """Effort is logistic in what drives it: at exactly this much of rents it is the threshold."""
    parameters = small().parameters[0]
    threshold = parameters.reforms_blocked_below
    drive = float(np.log(threshold / (1.0 - threshold)))
    wanted = parameters.reforms_inclination + parameters.reforms_will_gain * 0.6 - drive
    limit = wanted * parameters.reforms_rents_scale * resistance_to_change.yearly_pay(small().nation[0], parameters)
    assert (pursued(rents=limit + 1000.0).reform_status == BLOCKED).all()
    assert (pursued(rents=limit - 1000.0).reform_status == MOVING).all()


def likely(
    levers: dict | None = None, reform: int = 0, insecurity: float = 0.2, suspended: bool = False, **state: Any
) -> float:
    """The chance that a reform moves, found by halving."""
    low, high = 0.0, 1.0
    for _ in range(30):
        draw = 0.5 * (low + high)
        world = small(levers)
        host = world.nation[0].host
        host.will, host.minister_months, host.rents[:] = 0.4, 24, 2.5e4
        world.nation[0].insecurity, world.nation[0].mission.suspended = insecurity, int(suspended)
        for name, value in state.items():
            host[name] = value
        moved = follow(resistance_to_change.pursue_reforms, world, "host", reforms=draw).reform_status[reform] == MOVING
        low, high = (draw, high) if moved else (low, draw)
    return low


def test_what_moves_a_reform() -> None:
    """M02, M06, M33, M34, M35."""
    ground = likely()
    assert 0.0 < likely(rents=1e5) < ground < likely(will=0.8) < 1.0
    assert likely(insecurity=0.9) < ground
    assert likely(minister_months=1) < ground
    assert likely(institution=0.8) > ground
    assert likely(advice=0.8) > ground
    money = {"conditions.amount": 1_400_000, "conditions.credibility": 0.5}
    spread, narrow = ({**money, "conditions.indicators": count} for count in (30, 3))
    assert ground < likely(spread) < likely(narrow)
    assert likely(narrow) < likely({**narrow, "conditions.credibility": 1.0})
    assert likely(narrow, belief=0.0) < likely(narrow, belief=1.0)


def test_a_reform_that_no_indicator_names_has_nothing_at_stake() -> None:
    """F16: of fewer than three indicators the last reforms are none."""
    named = {"conditions.amount": 500_000, "conditions.indicators": 1}
    assert likely(named, reform=0) > likely(reform=0)
    assert likely(named, reform=1) == likely(reform=1)


@pytest.mark.parametrize("reform", range(REFORM_COUNT))
def test_the_size_of_an_army_says_nothing_about_its_will_to_reform(reform: int) -> None:
    """M33: rents grow with the army, and so does what they weigh as little as. Only the maintenance budget, a sum of
    its own, is a larger share of a smaller army's money."""
    drives = []
    for units in (20, 80, 160):
        world = world_of(Scenario(title="army").with_size(units=units).with_levers({"host.maintenance_budget": 0}))
        nation, levers, parameters = context(world)
        host = nation.host
        host.will, host.payroll_soldiers, host.payroll_ghosts = 0.4, 120 * units, 15 * units
        follow(resistance_to_change.take_rents, world, "host")
        drives.append(float(resistance_to_change.reform_drive(host, nation, levers, parameters, reform)))
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
        nation.host.reforms[:] = gained
        follow(resistance_to_change.review_conditions, world, "host", **draws)
    return nation


def test_where_nothing_moved_money_is_withheld_or_a_lesson_taught() -> None:
    """F16, M34: what is not paid is withheld, euro by euro, and each way the host learns what partners do."""
    firm = reviewed(14_000_000, 13, 1.0, withhold=0.999)
    each = 14_000_000 // 13
    assert firm.book.conditions_withheld == 3 * each
    assert firm.book.conditions_paid == 14_000_000 - 3 * each
    assert firm.book.conditions_granted == 14_000_000
    assert firm.host.belief == pytest.approx(1.0 - 0.6 * 0.7**3)
    assert firm.host.withheld == pytest.approx(3 * each / 14_000_000)
    lenient = reviewed(14_000_000, 13, 0.0, withhold=0.0)
    assert lenient.book.conditions_paid == 14_000_000
    assert lenient.host.belief == pytest.approx(0.4 * 0.7**3)
    assert lenient.host.withheld == 0.0


def test_what_moved_is_paid_and_teaches_nothing() -> None:
    moved = reviewed(14_000_000, 13, 1.0, gained=0.3, withhold=0.0)
    assert moved.book.conditions_paid == 14_000_000
    assert moved.host.belief == 0.4
    assert (moved.host.reforms_at_review == 0.3).all()


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


def test_a_review_before_the_year_is_over_asks_for_that_part_of_the_progress() -> None:
    """Half a year: half of the progress is enough, and a little less is not."""
    required = small().parameters[0].reforms_required
    for factor, withheld in ((1.001, 0), (0.999, 3)):
        world = small({"conditions.credibility": 1.0})
        host = world.nation[0].host
        world.levers.conditions_amount[:6] = 26_000_000
        for month in range(7):
            follow(resistance_to_change.count_conditions, world, "host", month=month)
            if month == 5:
                host.reforms[:] = 0.5 * factor * required / (1.0 + 0.5 * factor * required)
            follow(resistance_to_change.review_conditions, world, "host", month=month, withhold=0.0)
        assert world.nation[0].book.conditions_withheld == withheld * 1_000_000


def test_conditional_aid_pauses_while_the_mission_is_suspended_and_loses_nothing() -> None:
    """F34, assumption: nothing at stake, nothing due, no month counted; and then it goes on where it was."""
    world = under_conditions([YEAR] * 15, suspended=(5, 6, 7, 8))
    nation = world.nation[0]
    assert (nation.host.conditions_months, nation.host.conditions_due) == (11, YEAR * 11 // 12)
    assert nation.book.conditions_paid == 0
    assert under_conditions([YEAR] * 16, suspended=(5, 6, 7, 8)).nation[0].book.conditions_paid == YEAR
    reviewed_before = under_conditions([YEAR] * 16, suspended=(12, 13, 14, 15)).nation[0]
    assert (reviewed_before.book.conditions_paid, reviewed_before.host.conditions_months) == (YEAR, 12)
    money = {"conditions.amount": 1_400_000, "conditions.indicators": 3}
    assert likely(money) > likely()
    assert likely(money, suspended=True) == likely()


def test_what_is_due_when_partners_are_told_to_go_is_settled_then() -> None:
    nation = under_conditions([YEAR] * 9, expelled=(4, 5, 6, 7, 8)).nation[0]
    assert nation.book.conditions_granted == nation.book.conditions_paid == YEAR * 4 // 12
    assert (nation.host.conditions_due, nation.host.conditions_months) == (0, 0)


def test_a_review_asks_for_the_progress_of_its_own_year() -> None:
    """F16: what was reached before there were conditions is no answer to them."""
    world = small({"conditions.amount": 13_000_000, "conditions.credibility": 1.0})
    nation = world.nation[0]
    nation.host.reforms[:] = 0.3
    for _ in range(12):
        for rule in (resistance_to_change.count_conditions, resistance_to_change.review_conditions):
            follow(rule, world, "host", withhold=0.0)
    assert nation.book.conditions_withheld == 3_000_000


def test_nobody_pays_for_reform_where_partners_were_told_to_go() -> None:
    """M65: nothing is at stake, nothing granted, paid or withheld."""
    assert likely({"conditions.amount": 1_400_000, "conditions.indicators": 3}, expelled=1) == likely()
    nation = under_conditions([YEAR] * 24, expelled=tuple(range(24))).nation[0]
    assert nation.book.conditions_granted == nation.book.conditions_paid == nation.book.conditions_withheld == 0
    assert nation.host.withheld == 0.0


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


def test_a_working_personnel_system_strikes_off_ghosts_and_leaves_people_where_they_are() -> None:
    """M24, M33."""
    ghosts, together = [], []
    for progress in (0.0, 1.0):
        world = small({"personnel.reassignment_with_hr_system": 0.0})
        unit = world.units[0]
        man(unit, 60, 30, 30)
        unit.ghosts, world.nation[0].host.reforms[HR_REFORM] = 40, progress
        follow(turnover.leave_the_army, world, left=0.9, ghosts=0.1, audit=0.5)
        ghosts.append(int(unit.ghosts))
        man(unit, 60, 30, 30)
        follow(turnover.move_away, world, moved_together=0.9, moved_elsewhere=0.9, moved_untrained=0.9)
        together.append(int(unit.together))
    assert ghosts[0] > ghosts[1]
    assert together[0] < together[1] == 60


def test_full_pay_lifts_morale() -> None:
    """M33."""
    moods = []
    for progress in (0.0, 1.0):
        world = small(uncertainties={"reforms.skimmed": 0.3})
        world.nation[0].host.reforms[PAY_REFORM] = progress
        world.units[0].status, world.units[0].morale = REST, 0.5
        moods.append(float(follow(double_task.recover, world).morale))
    assert moods[0] < moods[1]


def test_a_logistics_system_shortens_the_wait_and_stops_the_diversion() -> None:
    """F17, M33."""
    repaired, covered = [], []
    for progress in (0.0, 1.0):
        world = small({"host.maintenance_budget": 30_000}, {"reforms.diverted": 0.25})
        nation = world.nation[0]
        nation.fleet[:], nation.host.reforms[LOGISTICS_REFORM] = 20, progress
        follow(equipment.spread_maintenance, world, "host")
        repaired.append(float(nation.repair[0]))
        covered.append(float(nation.host.maintenance_cover))
    assert repaired[0] < repaired[1]
    assert covered[0] < covered[1]


def test_what_is_diverted_of_the_maintenance_budget_is_spent_all_the_same() -> None:
    """M33: the same parts cost the host more the more is diverted; and never more than was granted."""
    booked = []
    for diverted in (0.02, 0.25):
        world = small({"host.maintenance_budget": 1_000_000}, {"reforms.diverted": diverted})
        world.nation[0].fleet[:] = 20
        follow(equipment.spread_maintenance, world, "host")
        booked.append(int(world.nation[0].book.host_maintenance))
    assert booked[1] == pytest.approx(booked[0] * 0.98 / 0.75, rel=1e-4)
    poor = small({"host.maintenance_budget": 1_000}, {"reforms.diverted": 0.25})
    poor.nation[0].fleet[:] = 20
    follow(equipment.spread_maintenance, poor, "host")
    assert poor.nation[0].book.host_maintenance == 1_000


# Foreign forces that leave


def strengths(months: int, horizon: int = 14, expelled: bool = False, goal: int = 0) -> list[float]:
    """The UN mission's strength month by month after 6000 are told to become `goal`."""
    world = small({"foreign.departure_months": months}, {"security.expulsion_months": 4.0})
    nation = world.nation[0]
    if not expelled:
        world.levers.foreign_un_soldiers[:] = goal
    nation.host.expelled = int(expelled)
    found = []
    for _ in range(horizon):
        follow(security.move_foreign_forces, world, "host")
        found.append(float(nation.un_soldiers))
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


def left_behind(months: int = 12, departure: str = "unilateral", expelled: int = 0) -> float:
    world = small({"foreign.departure_months": months, "foreign.departure": departure, "foreign.un_soldiers": 6000})
    nation = world.nation[0]
    nation.host.expelled = expelled
    nation.un_soldiers = 3000
    return float(follow(security.place_foreign_forces, world, "zone", 0).vacuum)


def test_who_leaves_by_agreement_leaves_a_smaller_vacuum() -> None:
    """M63: the more time to hand over the smaller; who is asked to go or expelled hands nothing over (M65)."""
    assert 0.0 < left_behind(departure="agreed") < left_behind()
    assert left_behind(36, "agreed") < left_behind(12, "agreed") < left_behind(1, "agreed")
    assert left_behind(departure="agreed", expelled=1) == left_behind(departure="demanded") == left_behind()


def test_a_vacuum_is_filled_by_those_who_were_held_down() -> None:
    """M63: threat moves in, and the state that was protected leaves."""
    threats, presences = [], []
    for vacuum in (0.0, 0.5):
        world = small()
        zone = world.nation[0].zones[0]
        zone.vacuum = vacuum
        follow(security.move_threat, world, "zone", 0, threat=0.0)
        follow(population.return_state, world, "zone", 0)
        threats.append(float(zone.threat))
        presences.append(float(zone.state_presence))
    assert threats[0] < threats[1]
    assert presences[0] > presences[1]


# Relations, expulsion, rivals


def test_told_to_go_partners_with_scruples_leave_and_rivals_stay() -> None:
    """M65: what they had not committed lapses, and nobody with scruples comes back."""
    world = small()
    nation, donors = world.nation[0], world.donors
    donors.active, donors.available = 1, 1000
    nation.host.expelled, nation.insecurity, nation.calendar_month = 1, 0.9, 6
    for index in range(donors.size):
        follow(calendar.enter_or_leave, world, "donor", index, leaving=0.999, entry=0.999)
    rivals = donors.scruples <= 0.5
    assert rivals.any()
    assert not rivals.all()
    assert (donors.active == rivals).all()
    assert nation.book.donors_lapsed == 1000 * int((~rivals).sum())
    for index in range(donors.size):
        follow(calendar.enter_or_leave, world, "donor", index, leaving=0.999, entry=0.0)
    assert (donors.active == rivals).all()


def with_projects(scrupled: float, active: int) -> World:
    """A partner with a project of each status that can meet the start of a month: one under way, one slot empty."""
    world = small()
    nation, donor = world.nation[0], world.donors[0]
    donor.scruples, donor.active, donor.available, nation.calendar_month = scrupled, active, 0, 6
    project = donor.projects[2]
    project.status, project.kind, project.function, project.zone = RUNNING, COURSE, INFANTRY, 1
    project.euros, project.paid, project.duration, project.months_run = 1_200_001, 300_000, 12, 3
    nation.projects[COURSE, INFANTRY, 1] = nation.projects_running = 1
    return world


@pytest.mark.parametrize("active", [0, 1])
def test_told_to_go_partners_end_what_runs_and_the_rest_of_the_money_lapses(active: int) -> None:
    """M65: those too who had left before and were still finishing something; to the euro, and once."""
    world = with_projects(1.0, active)
    nation, book = world.nation[0], world.nation[0].book
    nation.host.expelled = 1
    for _ in range(2):
        follow(calendar.enter_or_leave, world, "donor", leaving=0.999, entry=0.999)
    assert world.donors[0].projects[2].status == NO_PROJECT
    assert nation.projects_running == nation.projects.sum() == 0
    assert (book.donors_lapsed, book.projects_abandoned) == (900_001, 1)
    assert book.projects_delivered == book.projects_failed == 0


@pytest.mark.parametrize(("scruples", "expelled", "leaving", "presence"), [(0.0, 1, 0.9, 1.0), (1.0, 0, 0.0, 0.0)])
def test_others_finish_what_they_have_begun(scruples: float, expelled: int, leaving: float, presence: float) -> None:
    """Rivals after an expulsion; partners whose patience has ended or who are called home."""
    world = with_projects(scruples, 1)
    nation = world.nation[0]
    nation.host.expelled, world.levers.donors_presence[:] = expelled, presence
    follow(calendar.enter_or_leave, world, "donor", leaving=leaving, entry=0.999)
    assert world.donors[0].projects[2].status == RUNNING
    assert nation.projects_running == nation.projects.sum() == 1
    assert nation.book.projects_abandoned == nation.book.donors_lapsed == 0


ALL_PROGRAMMES = {
    "population.rights_culture": 0.5,
    "population.consultation": 0.6,
    "population.communication": 0.7,
    "population.differentiation": 0.8,
    "population.state_return": "simultaneous",
}


def test_told_to_go_partners_take_their_programmes_along() -> None:
    """M65: no effect and no cost, as where nothing was decided."""
    seen = {"hold": 0.6, "army_coverage": 0.5, "threat": 0.4, "foreign_soldiers": 3000, "held": 1.0}
    worlds = []
    for levers, expelled in ((ALL_PROGRAMMES, 1), ({}, 1), (ALL_PROGRAMMES, 0)):
        world = small(levers)
        nation = world.nation[0]
        nation.host.expelled = expelled
        for name, value in seen.items():
            nation.zones[name] = value
        for rule in (population.run_programmes, population.fund_population_work):
            follow(rule, world, "host")
        for rule in (
            population.judge_forces,
            population.judge_foreigners,
            population.feed_grievance,
            population.arm_communities,
            population.return_state,
        ):
            for zone in range(3):
                follow(rule, world, "zone", zone)
        worlds.append(world)
    gone, nothing, running = (world.nation[0] for world in worlds)
    assert gone.zones.tobytes() == nothing.zones.tobytes() != running.zones.tobytes()
    assert gone.book.population_spent == gone.book.population_granted == 0 < running.book.population_spent


def test_the_state_returns_whether_or_not_grievance_is_in_the_model() -> None:
    """M45: the switch holds what people feel and whether they arm, not where prefects are."""
    world = small(mechanisms={"grievance": False})
    zone = world.nation[0].zones[0]
    zone.threat, zone.held = 0.9, 0.0
    before = float(zone.state_presence)
    for rule in (population.feed_grievance, population.arm_communities):
        follow(rule, world, "zone")
    assert (zone.grievance, zone.self_defence) == (zone.grievance_ground, small().nation[0].zones[0].self_defence)
    assert follow(population.return_state, world, "zone").state_presence < before


def test_an_expelled_mission_costs_and_teaches_nothing() -> None:
    world = small({"training.mentoring_share": 0.5, "training.feedback": 1.0})
    nation = world.nation[0]
    nation.month, nation.host.expelled, nation.on_operations = 0, 1, 3
    for rule in (training.run_mission, training.accompany_units, training.open_places, learning.weigh_reports):
        follow(rule, world, "mission", mentors_hurt=0.999)
    assert nation.book.mission_granted == 0
    assert nation.mission.casualties == 0
    assert nation.mission.mentoring_effect == 0.0
    assert (nation.mission.places_free <= 0).all()


def test_relations_break_before_partners_are_told_to_go() -> None:
    """M65: and once they are, they are."""
    for relations, expelled in ((0.9, 0), (0.0, 1)):
        world = small()
        host = world.nation[0].host
        host.relations = relations
        follow(partnership.expel_partners, world, "host", expulsion=0.03)
        assert host.expelled == expelled
        follow(partnership.expel_partners, world, "host", expulsion=0.999)
        assert host.expelled == expelled


def test_a_scenario_may_rule_an_expulsion_out_and_takes_none_back() -> None:
    world = small({"circumstances.expulsion_possible": False})
    host = world.nation[0].host
    host.relations = 0.0
    assert follow(partnership.expel_partners, world, "host", expulsion=0.0).expelled == 0
    host.expelled = 1
    assert follow(partnership.expel_partners, world, "host", expulsion=0.0).expelled == 1


def related(
    levers: dict | None = None, approval: float = 0.5, vacuum: float = 0.0, places: int = 650, **state: float
) -> Any:
    world = small(levers)
    nation = world.nation[0]
    nation.mission.places_free[0] = places
    nation.zones["approval"], nation.zones["vacuum"], nation.zones["hold"] = approval, vacuum, 0.5
    for name, value in state.items():
        nation.host[name] = value
    return follow(partnership.judge_relations, world, "host")


def test_what_makes_and_breaks_relations() -> None:
    """M55, M56, M63."""
    ground = related().relations
    assert related(approval=0.9).relations > ground > related(approval=0.1).relations
    assert related({"partnership.consultation_framework": 1.0}).relations > ground
    assert related(withheld=1.0).relations < ground
    assert related(coups=1, months_since_coup=0).relations < ground
    assert related(coups=1, months_since_coup=60).relations == ground
    assert related(coups=0, months_since_coup=0).relations == ground
    assert related(vacuum=0.3).relations < ground
    for departure in ("agreed", "demanded"):
        assert related({"foreign.departure": departure}, vacuum=0.3).relations == ground
    moved = small().parameters[0].partnership_speed
    assert related(vacuum=0.3, expelled=1).relations == related(expelled=1).relations
    assert related(expelled=1, relations=0.6).relations == pytest.approx(0.6 * (1.0 - moved))  # M65: it ends there
    assert related(approval=1.0, expelled=1).relations == related(approval=0.0, expelled=1).relations


def test_who_trains_and_does_not_equip_leaves_room_for_rivals() -> None:
    """M28: equipment is promised with courses, so where none are held the room is as large as without it."""
    equipped = {"equipment.with_training": 1.0}
    assert related().rival_pull > related(equipped).rival_pull
    assert related(equipped, places=0).rival_pull == related().rival_pull
    assert related(equipped, expelled=1).rival_pull == related(expelled=1).rival_pull
    for focus, comes in (("battalions", True), ("sub_units", True), ("specialists", False), ("trainers", False)):
        pull = [related({**each, "training.focus": focus}).rival_pull for each in ({}, equipped)]
        assert bool(pull[0] > pull[1]) is comes, focus
    absent = {"training.mission": False}
    assert related(equipped | absent).rival_pull == related(absent).rival_pull


def comes(scruples: float, pull: float, offer: float, entry: float) -> bool:
    """Whether an absent partner comes, where insecurity by itself would bring half of the greatest rate."""
    world = small({"circumstances.rival_offer": offer}, {"calendar.entry_rate": 0.04})
    donor, nation = world.donors[0], world.nation[0]
    donor.active, donor.scruples = 0, scruples
    nation.host.rival_pull, nation.insecurity = pull, donor.entry_threshold
    return bool(follow(calendar.enter_or_leave, world, "donor", entry=entry).active)


def test_an_offer_by_rivals_adds_to_what_draws_those_without_scruples() -> None:
    """M28: as much as room of that size does, and nobody else."""
    assert [comes(0.0, 0.5, 0.0, entry) for entry in (0.029, 0.031)] == [True, False]
    assert [comes(0.0, 0.5, 2.0, entry) for entry in (0.069, 0.071)] == [True, False]
    assert [comes(0.0, 2.5, 0.0, entry) for entry in (0.069, 0.071)] == [True, False]
    assert [comes(1.0, 0.5, 2.0, entry) for entry in (0.019, 0.021)] == [True, False]


def test_partners_called_home_are_the_ones_beyond_the_share() -> None:
    world = small({"donors.presence": 0.5})
    world.donors.active = 1
    for index in range(world.donors.size):
        follow(calendar.enter_or_leave, world, "donor", index, leaving=0.999)
    assert (world.donors.active == (world.donors.key < 0.5)).all()


def test_the_host_owns_what_fits_and_is_pushed_aside_by_crowds() -> None:
    """M07, M13, M40."""

    def owned(levers: dict | None = None, **state: float) -> float:
        world = small(levers)
        host = world.nation[0].host
        host.aid_euros, host.fitting_euros, host.clarity, host.load = 5e7, 1.5e7, 0.2, 0.5
        for name, value in state.items():
            host[name] = value
        return float(follow(partnership.own_aid, world, "host").ownership)

    assert owned(fitting_euros=4.5e7) > owned() < owned(clarity=0.9)
    assert owned({"partnership.consultation_framework": 1.0}) > owned()
    assert owned(load=1.0) == owned()
    assert owned(load=4.0) < owned(load=2.0) < owned()
    alone = owned(aid_euros=0.0, fitting_euros=0.0)
    assert alone > owned()
    assert owned(aid_euros=1.0, fitting_euros=0.0) == pytest.approx(alone, abs=1e-6)  # a little aid is a little change
    assert owned(aid_euros=5e7, fitting_euros=5e7) == alone


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


def judged(levers: dict | None = None, zone: int = 1, **state: float) -> Any:
    world = small(levers)
    for name, value in state.items():
        world.nation[0].zones[zone][name] = value
    follow(population.run_programmes, world, "host")
    for rule in (population.judge_forces, population.judge_foreigners, population.feed_grievance):
        follow(rule, world, "zone", zone)
    return follow(population.arm_communities, world, "zone", zone)


def test_people_judge_by_results_and_by_how_they_are_treated() -> None:
    """M46, M49, M52, M53, M55, M64."""
    seen = {"hold": 0.6, "army_coverage": 0.5, "threat": 0.4, "foreign_soldiers": 3000}
    ground = judged(**seen)
    abused = judged(**seen, abuses=5)
    assert abused.trust < ground.trust < judged(**{**seen, "hold": 1.0}).trust
    assert abused.grievance > ground.grievance
    assert judged({"population.rights_culture": 1.0}, **seen).trust > ground.trust
    consulted = judged({"population.consultation": 1.0}, **seen)
    assert consulted.grievance < ground.grievance
    assert consulted.self_defence < ground.self_defence
    explained = {"population.communication": 1.0}
    assert judged(explained, **seen).approval > ground.approval
    nobody = {**seen, "foreign_soldiers": 0}
    assert judged(explained, **nobody).approval == judged(**nobody).approval
    assert judged(**{**seen, "foreign_soldiers": 0}).approval < ground.approval
    assert judged(**{**seen, "threat": 0.9}).self_defence > ground.self_defence
    assert judged(**{**seen, "state_presence": 0.1}).grievance > ground.grievance


@pytest.mark.parametrize(("zone", "moved"), [(0, "trust"), (1, "self_defence"), (2, "grievance")])
def test_support_by_zone_does_in_each_zone_what_that_zone_asks_for(zone: int, moved: str) -> None:
    """WB: forces near people in the North, dialogue in the Centre, livelihoods in the South."""
    plain, fitted = judged(zone=zone), judged({"population.differentiation": 1.0}, zone=zone)
    measures = {"trust": 1, "self_defence": -1, "grievance": -1}
    assert measures[moved] * (fitted[moved] - plain[moved]) > 0.0
    for other in set(measures) - {moved}:
        if (zone, other) != (0, "self_defence"):  # who is trusted is also laid down arms for, as far as there
            assert fitted[other] == plain[other]


def test_a_state_returns_zone_after_zone_or_everywhere_at_once() -> None:
    """M62: the effort is the same; where it goes is not."""

    def gains(choice: str) -> list[float]:
        world = small({"population.state_return": choice}, {"population.return_done": 0.8})
        zones = world.nation[0].zones
        zones["held"], zones["threat"], zones["state_presence"] = 1.0, 0.0, (0.2, 0.5, 0.9)
        for z in range(3):
            follow(population.remember_presence, world, "zone", z)
        before = zones["state_presence"].copy()
        follow(population.run_programmes, world, "host")
        for z in range(3):
            follow(population.return_state, world, "zone", z)
        return ((zones["state_presence"] - before) / (1.0 - before)).tolist()

    pace, effort = small().parameters[0].population_return_pace, small().parameters[0].population_return_effort
    assert gains("none") == pytest.approx([pace] * 3)
    assert gains("sequential") == pytest.approx([pace, pace + effort, pace])
    assert gains("simultaneous") == pytest.approx([pace + effort / 3.0] * 3)


@pytest.mark.parametrize(
    ("lever", "cost"),
    [
        ("rights_culture", "rights"),
        ("consultation", "consultation"),
        ("communication", "communication"),
        ("differentiation", "differentiation"),
    ],
)
def test_work_for_the_population_costs_what_it_costs(lever: str, cost: str) -> None:
    world = small({f"population.{lever}": 0.5})
    follow(population.run_programmes, world, "host")
    follow(population.fund_population_work, world, "host")
    book = world.nation[0].book
    assert book.population_spent == book.population_granted == int(0.5 * world.parameters[0][f"population_{cost}_cost"])


@pytest.mark.parametrize(("un", "counter_terrorism"), [(1, 0), (0, 1), (0, 0)])
def test_forces_that_are_not_there_explain_nothing_and_cost_nothing(un: int, counter_terrorism: int) -> None:
    """M55: nobody is paid to explain forces that nobody sees."""
    forces = {"foreign.un_soldiers": un, "foreign.counter_terrorism_soldiers": counter_terrorism}
    world = small({"population.communication": 1.0, **forces})
    for rule in (security.move_foreign_forces, population.run_programmes, population.fund_population_work):
        follow(rule, world, "host")
    there = un + counter_terrorism
    assert world.nation[0].host.communication == there
    assert world.nation[0].book.population_spent == there * world.parameters[0].population_communication_cost


def test_forces_that_come_are_explained_in_the_same_month() -> None:
    world = small({"population.communication": 1.0, **dict.fromkeys(FORCES, 0)})
    world.levers.foreign_un_soldiers[1:] = 5000
    spent = []
    for month in range(3):
        driver.run_months(world, month, month + 1)
        spent.append(int(world.nation[0].book.population_spent))
    cost = int(world.parameters[0].population_communication_cost)
    assert spent == [0, cost, 2 * cost]


FORCES = ("foreign.un_soldiers", "foreign.counter_terrorism_soldiers")


def test_rights_taught_and_enforced_avert_abuses() -> None:
    """M46, M61: a draw that is an abuse without them is none with them."""
    abuses = []
    for culture in (0.0, 1.0):
        world = small({"population.rights_culture": culture})
        follow(population.run_programmes, world, "host")
        follow(double_task.plan_operations, world, "host")
        unit = world.units[0]
        unit.status, unit.leadership, unit.morale = OPERATIONS, 0.0, 0.5
        parameters = world.parameters[0]
        draw = parameters.operations_abuse_rate * (1.0 - 0.5 * parameters.population_rights_effect)
        follow(double_task.meet_the_threat, world, contact=0.0, abuse=draw)
        abuses.append(int(world.nation[0].book.abuses))
    assert abuses == [1, 0]


def test_people_who_trust_tell_what_they_know() -> None:
    """M46, M49, M64: the same forces hold threat down further among people who trust them."""
    for told in ("trust", "approval"):
        threats = []
        for share in (0.0, 1.0):
            world = small()
            zone = world.nation[0].zones[0]
            zone.threat_before, zone.hold, zone.army_coverage, zone[told] = 0.5, 0.8, 1.0, share
            threats.append(float(follow(security.move_threat, world, "zone", 0, threat=0.0).threat))
        assert threats[0] > threats[1]


# Learning


def test_only_tracked_units_and_those_fought_beside_are_looked_at() -> None:
    """M25, M36: nobody looks without either; and what the host shows follows relations."""

    def looked_at(soldiers: float, draw: float, levers: dict | None = None, relations: float = 0.5) -> int:
        world = small(levers)
        world.nation[0].counter_terrorism_soldiers, world.nation[0].host.relations = soldiers, relations
        follow(learning.report_back, world, tracked=draw)
        return int(world.nation[0].mission.reports)

    tracked = {"training.feedback": 1.0}
    assert looked_at(0, 0.0) == 0
    assert looked_at(5000, 0.0) == 1
    assert looked_at(0, 0.05, tracked) == 1
    month_s_share = 1.0 / small().parameters[0].learning_months_a_report
    assert looked_at(0, 0.7 * month_s_share, tracked, relations=1.0) == 1
    assert looked_at(0, 0.7 * month_s_share, tracked, relations=0.0) == 0


def test_what_it_hears_changes_what_the_mission_offers_and_only_at_reviews() -> None:
    """M44."""
    world = small({"training.mandate_review_months": 3})
    mission = world.nation[0].mission
    mission.knowledge, mission.seen_shallow, mission.seen_mismatch, mission.seen_absent = 0.8, 0.9, 0.5, 0.2
    offered = []
    for _ in range(3):
        follow(learning.review_mandate, world, "mission")
        offered.append((float(mission.course_weeks), float(mission.on_held_kit), float(mission.mobile_share)))
    assert offered[0] == offered[1] == (12.0, 0.2, 0.0)
    weeks, held, mobile = offered[2]
    parameters = world.parameters[0]
    step = parameters.learning_step * 0.8
    assert weeks == pytest.approx(12.0 + step * 0.9 * (parameters.learning_most_weeks - 12.0))
    assert held == pytest.approx(0.2 + step * 0.5 * 0.8)
    assert mobile == pytest.approx(step * 0.2)


def test_a_mission_takes_back_what_it_no_longer_sees_a_reason_for() -> None:
    """M44: what is added follows what is seen, both ways; a mission that knows nothing leaves it as it is."""
    for knowledge in (0.0, 1.0):
        world = small(uncertainties={"learning.step": 0.5})
        mission = world.nation[0].mission
        mission.more_weeks = mission.more_held = mission.more_mobile = 0.8
        mission.knowledge, mission.seen_shallow, mission.seen_mismatch, mission.seen_absent = knowledge, 0.0, 0.4, 0.8
        mission.months_to_review = 1
        follow(learning.review_mandate, world, "mission")
        left = (mission.more_weeks, mission.more_held, mission.more_mobile)
        assert left == pytest.approx((0.4, 0.6, 0.8) if knowledge else (0.8, 0.8, 0.8))


NOT_AT_WORK = [({"training.mission": False}, 0, 0), ({}, 1, 0), ({}, 0, 1)]


@pytest.mark.parametrize(("levers", "expelled", "suspended"), NOT_AT_WORK)
def test_a_mission_that_is_not_at_work_hears_nothing_and_reviews_nothing(
    levers: dict, expelled: int, suspended: int
) -> None:
    world = small({"training.feedback": 1.0, **levers})
    nation = world.nation[0]
    mission, nation.host.expelled = nation.mission, expelled
    mission.suspended, mission.months_to_review, mission.knowledge, mission.seen_shallow = suspended, 1, 1.0, 1.0
    follow(learning.report_back, world, tracked=0.0)
    follow(learning.review_mandate, world, "mission")
    assert (mission.reports, mission.more_weeks, mission.months_to_review) == (0, 0.0, 1)


@pytest.mark.parametrize(("levers", "expelled", "suspended"), NOT_AT_WORK)
@pytest.mark.parametrize("whole", [True, False])
def test_courses_break_off_where_the_mission_is_not_at_work(
    levers: dict, expelled: int, suspended: int, whole: bool
) -> None:
    """Trainees are back with their unit, their places free, nothing learned, nothing counted, and nothing paid for this
    month in which nothing is taught."""
    world = small(levers)
    nation, unit = world.nation[0], world.units[0]
    mission, nation.host.expelled = nation.mission, expelled
    man(unit, 20, 30, 50)
    unit.status, unit.trainees, unit.site, unit.course_weeks, unit.course_weeks_left = REST, 40, 2, 12.0, 1.0
    if whole:
        unit.status, unit.trainees = TRAINING, 100
    mission.suspended, mission.places_used[2] = suspended, unit.trainees
    before = (float(unit.skill), float(unit.tactical), unit.doctrine.tolist())
    follow(training.follow_course, world)
    assert (unit.status, unit.trainees, unit.course_weeks_left, mission.places_used.sum()) == (REST, 0, 0.0, 0)
    assert (unit.together, unit.elsewhere, unit.untrained, unit.times_trained) == (20, 30, 50, 0)
    assert (unit.skill, unit.tactical, unit.doctrine.tolist()) == before
    assert mission.completions == nation.book.mission_granted == 0


@pytest.mark.parametrize(("levers", "expelled", "suspended", "defined"), [(*case, case[2] > 0) for case in NOT_AT_WORK])
def test_what_a_mission_knows_and_offers_is_defined_where_there_is_one(
    levers: dict, expelled: int, suspended: int, defined: bool
) -> None:
    world = small(levers)
    nation = world.nation[0]
    nation.host.expelled, nation.mission.suspended = expelled, suspended
    record.record_outcomes(world.history[0], nation, world.levers[0])
    for name in ("mission_knowledge", "course_weeks_taught"):
        assert np.isnan(world.history[0][name]) != defined


def test_a_longer_course_than_it_would_choose_is_left_alone() -> None:
    world = small({"training.course_weeks": 40.0})
    mission = world.nation[0].mission
    mission.more_weeks = 1.0
    follow(learning.review_mandate, world, "mission")
    assert mission.course_weeks == 40.0


def test_a_contingent_takes_its_knowledge_home() -> None:
    """M22."""
    world = small(uncertainties={"learning.handover_loss": 0.4})
    mission = world.nation[0].mission
    mission.knowledge, mission.months_to_rotation = 0.5, 1.0
    follow(calendar.rotate_contingent, world, "mission")
    assert mission.knowledge == 0.5
    follow(calendar.rotate_contingent, world, "mission")
    assert mission.knowledge == pytest.approx(0.3)


# Mentors sent by partners


def mentoring(hurt: float, status: int = OPERATIONS, threat: float = 0.5) -> World:
    world = small(uncertainties={"training.mentor_risk": 0.03})
    nation, donor, unit = world.nation[0], world.donors[0], world.units[0]
    nation.zones["threat"] = threat
    donor.casualty_aversion, donor.available = 1.0, 0
    project = donor.projects[0]
    project.status, project.kind, project.function, project.fit, project.unit = RUNNING, MENTORING, COMMAND, 1.0, 0
    project.euros, project.duration = 1_200_001, 12
    nation.projects[MENTORING, COMMAND, 0] = nation.projects_running = 1
    nation.book.donors_granted = 1_200_001
    nation.host.delivery, unit.status, unit.skill, unit.leadership = 1.0, status, 0.3, 0.3
    man(unit, 50, 50, 50)
    nation.book.soldiers_initial += 150 - int(nation.book.soldiers_initial)
    follow(absorption.deliver_projects, world, "donor", mentors_hurt=hurt)
    follow(absorption.close_projects, world, "donor")
    return world


def test_a_state_whose_mentors_are_hurt_calls_them_home_and_the_rest_of_the_money_lapses() -> None:
    """M42: what was paid is spent, what was not lapses, to the euro."""
    world = mentoring(hurt=0.0)
    nation, book = world.nation[0], world.nation[0].book
    assert world.donors[0].projects[0].status == NO_PROJECT
    assert nation.projects_running == nation.projects.sum() == 0
    assert book.projects_abandoned == 1
    assert book.projects_delivered == book.projects_failed == 0
    assert book.donors_spent.sum() + book.donors_spent_on_dialogue == 100_000
    assert book.donors_lapsed == 1_100_001


@pytest.mark.parametrize("state", [{"hurt": 0.999}, {"hurt": 0.0, "status": REST}, {"hurt": 0.0, "threat": 0.0}])
def test_mentors_are_hurt_only_on_operations_and_under_threat(state: dict[str, Any]) -> None:
    world = mentoring(**state)
    assert world.donors[0].projects[0].status == RUNNING
    assert world.nation[0].book.projects_abandoned == 0
    assert world.units[0].skill > 0.3
    assert world.units[0].leadership > 0.3


# What partners build up


def test_institutions_are_what_the_share_for_them_asks_for() -> None:
    """M39."""
    kinds = [
        [
            int(offering({"donors.institutional_share": share}, kind=(step + 0.5) / 20)[1].projects[0].kind)
            for step in range(20)
        ]
        for share in (0.0, 0.5, 1.0)
    ]
    counts = [kind.count(INSTITUTIONAL) for kind in kinds]
    assert counts[0] < counts[1] < counts[2] == 20
    assert counts[1] >= 10


def test_what_was_built_fades_sooner_where_the_host_does_not_own_it() -> None:
    """M13, M37."""
    left = []
    for ownership in (0.0, 0.5, 1.0):
        world = small()
        host = world.nation[0].host
        host.institution = host.advice = 0.5
        host.ownership, host.hours_available = ownership, 100.0
        follow(absorption.weigh_load, world, "host")
        left.append(float(host.institution))
        assert host.advice == host.institution
    assert left[0] < left[1] < left[2] < 0.5


def test_an_academy_that_the_hierarchy_does_not_own_makes_few_instructors() -> None:
    """M26."""
    made = []
    for ownership in (0.1, 0.9):
        world = small({"training.focus": "trainers"})
        world.nation[0].month, world.nation[0].host.ownership = 0, ownership
        unit = world.units[0]
        man(unit, 0, 20, 80)
        unit.status, unit.trainees, unit.course_weeks_left, unit.course_focus = REST, 12, 1.0, training.TRAINERS
        unit.course_weeks = 12.0
        world.nation[0].mission.places_used[0] = 12
        follow(training.follow_course, world)
        made.append(float(world.nation[0].host.instructors))
    assert 0.0 < made[0] < made[1] <= 12.0


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
