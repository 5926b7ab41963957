"""The schedule of one month: THE list of phases, in order. Both drivers follow it; nothing else orders the rules.

Numbers are those of the model's description (docs/odd.md).
"""

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from ssa_sim.model.rules import (
    absorption,
    calendar,
    communities,
    coordination,
    divergent_interests,
    double_task,
    drill,
    equipment,
    foreign_forces,
    internal_security,
    learning,
    needs,
    offices,
    partnership,
    population,
    readiness,
    record,
    resistance_to_change,
    security,
    supply_driven_aid,
    training,
    turnover,
)

Rule = Callable[..., Any]
ActorKind = Literal["zone", "host", "mission", "donor", "battalion", "unit"]


class Step(NamedTuple):
    """One rule and who follows it: every actor of the kind, by number, or by this month's drawn turn."""

    actor: ActorKind
    rule: Rule
    in_turn: bool = False

    @property
    def name(self) -> str:
        """The rule's name: also the name of the agent's method in the Mesa driver."""
        return str(self.rule.__name__)


class Phase(NamedTuple):
    """A numbered part of the month."""

    number: int
    name: str
    steps: tuple[Step, ...]


def _zones(rule: Rule) -> Step:
    return Step("zone", rule)


def _host(rule: Rule) -> Step:
    return Step("host", rule)


def _mission(rule: Rule) -> Step:
    return Step("mission", rule)


def _donors(rule: Rule) -> Step:
    return Step("donor", rule)


def _donors_in_turn(rule: Rule) -> Step:
    return Step("donor", rule, in_turn=True)


def _battalions(rule: Rule) -> Step:
    return Step("battalion", rule)


def _battalions_in_turn(rule: Rule) -> Step:
    return Step("battalion", rule, in_turn=True)


def _units(rule: Rule) -> Step:
    return Step("unit", rule)


def _units_in_turn(rule: Rule) -> Step:
    return Step("unit", rule, in_turn=True)


PHASES: tuple[Phase, ...] = (
    Phase(
        1,
        "Calendar",
        (
            _host(calendar.open_month),
            _host(calendar.change_minister),
            _host(offices.change_office_holders),
            _mission(calendar.suspend_mission),
            _mission(calendar.rotate_contingent),
            _donors(calendar.renew_budget),
            _donors(calendar.enter_or_leave),
        ),
    ),
    Phase(
        2,
        "Security",
        (
            _host(foreign_forces.move_foreign_forces),
            _host(foreign_forces.pay_foreign_forces),
            _host(population.run_programmes),
            _zones(security.remember_threat),
            _zones(foreign_forces.place_foreign_forces),
            _zones(security.move_threat),
            _zones(security.suffer_violence),
            _zones(foreign_forces.harm_civilians),
            _host(security.weigh_insecurity),
        ),
    ),
    Phase(
        3,
        "Operations",
        (
            _host(double_task.plan_operations),
            _units(double_task.come_back),
            _units(double_task.recall),
            _units_in_turn(double_task.go_out),
            _units_in_turn(double_task.go_out_after_all),
            _units(double_task.meet_the_threat),
            _units(double_task.recover),
            _zones(double_task.judge_operations),
        ),
    ),
    Phase(
        4,
        "Turnover",
        (
            _units(turnover.leave_the_army),
            _units(turnover.move_away),
            _units(turnover.pay_for_stabilisation),
            _units(turnover.send_officers),
            _units(turnover.report_vacancies),
            _host(turnover.recruit),
            _host(turnover.open_pool),
            _units_in_turn(turnover.receive),
            _host(communities.call_combatants),
            _units_in_turn(communities.take_in_combatants),
            _host(internal_security.recruit_officers),
            _zones(internal_security.lose_officers),
            _host(internal_security.plan_postings),
            _zones(internal_security.post_officers),
        ),
    ),
    Phase(
        5,
        "Needs",
        (
            _units(needs.state_needs),
            _host(needs.weigh_needs),
            _host(needs.articulate_needs),
            _donors(needs.hear_needs),
            _host(internal_security.weigh_police_needs),
            _donors(internal_security.hear_police_needs),
        ),
    ),
    Phase(6, "Offers", (_donors_in_turn(supply_driven_aid.offer_project),)),
    Phase(
        7,
        "Coordination",
        (
            _host(coordination.open_table),
            _units(coordination.open_table_for_unit),
            _donors(coordination.weigh_membership),
            _host(coordination.count_members),
            _donors(coordination.share_plans),
            _donors_in_turn(coordination.settle_offers),
        ),
    ),
    Phase(
        8,
        "Delivery",
        (
            _host(absorption.open_hours),
            _donors(absorption.claim_hours),
            _units(absorption.claim_hours_for_depots),
            _host(absorption.weigh_load),
            _host(internal_security.weigh_police_hours),
            _host(offices.work_offices),
            _donors_in_turn(absorption.deliver_projects),
            _donors(absorption.close_projects),
        ),
    ),
    Phase(
        9,
        "Training",
        (
            _mission(training.run_mission),
            _mission(training.accompany_units),
            _host(foreign_forces.accompany_army),
            _units(training.learn_from_mentors),
            _units(training.follow_course),
            _mission(training.open_places),
            _battalions(training.muster),
            _battalions(training.learn_together),
            _battalions_in_turn(training.call_battalion),
            _units_in_turn(training.join_course),
            _units(drill.practise_and_forget),
            _battalions(drill.keep_battalion_drill),
            _host(drill.lose_instructors),
        ),
    ),
    Phase(
        10,
        "Equipment",
        (
            _units(equipment.receive_gift),
            _host(equipment.clear_fleet),
            _units(equipment.report_fleet),
            _host(equipment.spread_maintenance),
            _units(equipment.bring_into_service),
            _units(equipment.break_and_repair),
        ),
    ),
    Phase(
        11,
        "Interests and reform",
        (
            _host(resistance_to_change.open_payroll),
            _units(resistance_to_change.report_payroll),
            _donors(partnership.report_aid),
            _host(resistance_to_change.take_rents),
            _host(divergent_interests.weigh_interests),
            _host(resistance_to_change.count_conditions),
            _host(resistance_to_change.weigh_reforms),
            _host(resistance_to_change.pursue_reforms),
            _host(resistance_to_change.use_reforms),
            _host(resistance_to_change.review_conditions),
            _host(divergent_interests.fear_a_coup),
            _host(divergent_interests.stage_coup),
        ),
    ),
    Phase(
        12,
        "Population",
        (
            _host(population.fund_population_work),
            _zones(population.remember_presence),
            _zones(population.judge_forces),
            _zones(population.judge_foreigners),
            _zones(population.feed_grievance),
            _zones(communities.take_sides),
            _zones(population.arm_communities),
            _zones(population.return_state),
            _host(communities.carry_out_accord),
            _host(partnership.own_aid),
            _host(partnership.judge_relations),
            _host(partnership.expel_partners),
        ),
    ),
    Phase(
        13,
        "Learning",
        (
            _units(learning.report_back),
            _mission(learning.weigh_reports),
            _mission(learning.review_mandate),
        ),
    ),
    Phase(
        14,
        "Record",
        (_units(readiness.assess_readiness), _units(record.count_unit), _donors(record.count_donor)),
    ),
)

STEPS: tuple[Step, ...] = tuple(step for phase in PHASES for step in phase.steps)
record_outcomes = record.record_outcomes
