"""Single rules, each on a small world set up for the case."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts import world_of
from ssa_sim.model.month import STEPS
from ssa_sim.model.rules import (
    absorption,
    calendar,
    coordination,
    double_task,
    equipment,
    needs,
    readiness,
    security,
    supply_driven_aid,
    training,
    turnover,
)
from ssa_sim.model.state import (
    COURSE,
    EQUIPMENT,
    INFANTRY,
    KIT_TYPES,
    MISSION_KIT,
    NO_PROJECT,
    OFFERED,
    OPERATIONS,
    REST,
    RUNNING,
    STANDARD_KIT,
    TRAINING,
    World,
)
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
        "security.contagion": 0.06,
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
    for _ in range(12):
        follow(calendar.rotate_contingent, world, "mission")
        rotations.append(int(world.nation[0].mission.rotations))
    assert rotations == [1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4]


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
