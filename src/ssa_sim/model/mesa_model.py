"""The Mesa driver: the same run as `simulate`, agent by agent, to look at, to interrupt and to extend.

Every agent holds a view of its record and follows the same compiled rules in the same order, so both drivers give the
same numbers to the last bit. To change how one kind of actor behaves, subclass its agent, override the method named
after the rule, and hand the class to `SsaModel`:

    class LoyalUnit(Unit):
        def move_away(self) -> None:
            "Nobody leaves this unit for another."

    model = SsaModel(scenario, seed=1, agents={"unit": LoyalUnit})
"""

from collections.abc import Callable, Mapping
from typing import Any

import mesa
import pandas as pd
from mesa.agent import AgentSet

from ssa_sim.model.driver import STEP_NUMBERS, step_taker
from ssa_sim.model.month import PHASES, ActorKind, Rule, Step, record_outcomes
from ssa_sim.model.noise import Noise
from ssa_sim.model.parameters import field_name, number_of
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
    readiness,
    record,
    resistance_to_change,
    security,
    supply_driven_aid,
    training,
    turnover,
)
from ssa_sim.model.simulate import monthly_table
from ssa_sim.model.start import new_world, noise_for
from ssa_sim.scenario.catalogue import ParameterValue, lever_catalogue
from ssa_sim.scenario.schema import Scenario


def behaviour(rule: Rule) -> Callable[["Actor"], None]:
    """An agent's method that follows one rule of the model on the agent's own record."""

    number = STEP_NUMBERS[rule.__name__]

    def follow(self: "Actor") -> None:
        model = self.model
        model.take_step(model.world, model.month, number, self.index)

    follow.__name__ = rule.__name__
    follow.__doc__ = rule.__doc__
    return follow


class Actor(mesa.Agent):
    """What all agents share: a record of their own, and their draws of each month."""

    model: "SsaModel"

    def __init__(self, model: "SsaModel", index: int, record: Any, draws: Any) -> None:
        super().__init__(model)
        self.index = index
        self.record = record
        self._draws = draws[:, index]

    @property
    def draws(self) -> Any:
        """The agent's random numbers of the current month, by stream."""
        return self._draws[self.model.month]


class Zone(Actor):
    """North, Centre or South."""

    remember_threat = behaviour(security.remember_threat)
    place_foreign_forces = behaviour(security.place_foreign_forces)
    move_threat = behaviour(security.move_threat)
    suffer_violence = behaviour(security.suffer_violence)
    judge_operations = behaviour(double_task.judge_operations)
    remember_presence = behaviour(population.remember_presence)
    judge_forces = behaviour(population.judge_forces)
    judge_foreigners = behaviour(population.judge_foreigners)
    feed_grievance = behaviour(population.feed_grievance)
    arm_communities = behaviour(population.arm_communities)
    return_state = behaviour(population.return_state)


class Host(Actor):
    """The ministry of defence and the general staff."""

    open_month = behaviour(calendar.open_month)
    change_minister = behaviour(calendar.change_minister)
    move_foreign_forces = behaviour(security.move_foreign_forces)
    run_programmes = behaviour(population.run_programmes)
    weigh_insecurity = behaviour(security.weigh_insecurity)
    plan_operations = behaviour(double_task.plan_operations)
    recruit = behaviour(turnover.recruit)
    open_pool = behaviour(turnover.open_pool)
    weigh_needs = behaviour(needs.weigh_needs)
    articulate_needs = behaviour(needs.articulate_needs)
    open_table = behaviour(coordination.open_table)
    open_hours = behaviour(absorption.open_hours)
    weigh_load = behaviour(absorption.weigh_load)
    lose_instructors = behaviour(training.lose_instructors)
    clear_fleet = behaviour(equipment.clear_fleet)
    spread_maintenance = behaviour(equipment.spread_maintenance)
    open_payroll = behaviour(resistance_to_change.open_payroll)
    take_rents = behaviour(resistance_to_change.take_rents)
    weigh_interests = behaviour(divergent_interests.weigh_interests)
    count_conditions = behaviour(resistance_to_change.count_conditions)
    pursue_reforms = behaviour(resistance_to_change.pursue_reforms)
    review_conditions = behaviour(resistance_to_change.review_conditions)
    fear_a_coup = behaviour(divergent_interests.fear_a_coup)
    stage_coup = behaviour(divergent_interests.stage_coup)
    fund_population_work = behaviour(population.fund_population_work)
    own_aid = behaviour(partnership.own_aid)
    judge_relations = behaviour(partnership.judge_relations)
    expel_partners = behaviour(partnership.expel_partners)


class TrainingTeam(Actor):
    """The training mission, under the contingent of the day."""

    suspend_mission = behaviour(calendar.suspend_mission)
    rotate_contingent = behaviour(calendar.rotate_contingent)
    run_mission = behaviour(training.run_mission)
    accompany_units = behaviour(training.accompany_units)
    open_places = behaviour(training.open_places)
    weigh_reports = behaviour(learning.weigh_reports)
    review_mandate = behaviour(learning.review_mandate)


class Donor(Actor):
    """A partner that may come, propose projects, and leave."""

    renew_budget = behaviour(calendar.renew_budget)
    enter_or_leave = behaviour(calendar.enter_or_leave)
    hear_needs = behaviour(needs.hear_needs)
    offer_project = behaviour(supply_driven_aid.offer_project)
    share_plans = behaviour(coordination.share_plans)
    settle_offers = behaviour(coordination.settle_offers)
    claim_hours = behaviour(absorption.claim_hours)
    deliver_projects = behaviour(absorption.deliver_projects)
    close_projects = behaviour(absorption.close_projects)
    report_aid = behaviour(partnership.report_aid)
    count_donor = behaviour(record.count_donor)


class Unit(Actor):
    """A company of the army."""

    come_back = behaviour(double_task.come_back)
    recall = behaviour(double_task.recall)
    go_out = behaviour(double_task.go_out)
    meet_the_threat = behaviour(double_task.meet_the_threat)
    recover = behaviour(double_task.recover)
    leave_the_army = behaviour(turnover.leave_the_army)
    move_away = behaviour(turnover.move_away)
    pay_for_stabilisation = behaviour(turnover.pay_for_stabilisation)
    send_officers = behaviour(turnover.send_officers)
    report_vacancies = behaviour(turnover.report_vacancies)
    receive = behaviour(turnover.receive)
    state_needs = behaviour(needs.state_needs)
    count_untrained_unit = behaviour(training.count_untrained_unit)
    join_course = behaviour(training.join_course)
    follow_course = behaviour(training.follow_course)
    practise_and_forget = behaviour(training.practise_and_forget)
    receive_gift = behaviour(equipment.receive_gift)
    report_fleet = behaviour(equipment.report_fleet)
    bring_into_service = behaviour(equipment.bring_into_service)
    break_and_repair = behaviour(equipment.break_and_repair)
    report_payroll = behaviour(resistance_to_change.report_payroll)
    report_back = behaviour(learning.report_back)
    assess_readiness = behaviour(readiness.assess_readiness)
    count_unit = behaviour(record.count_unit)


AGENTS: Mapping[ActorKind, type[Actor]] = {
    "zone": Zone,
    "host": Host,
    "mission": TrainingTeam,
    "donor": Donor,
    "unit": Unit,
}


class SsaModel(mesa.Model):
    """One run of a scenario, month by month.

    Args:
        scenario: what to run.
        seed: root seed of the draws.
        replicate: which replicate of the draws.
        agents: agent classes to use instead of this module's, by kind of actor.
        noise: draws already at hand, such as those of another model beside this one.

    Attributes:
        ssa_scenario: what is run (`scenario` is a name of Mesa's own).
        world: all records (`ssa_sim.model.state.World`).
        month: the current month, from 0; -1 before the first.
        running: False once the period is over.
    """

    running: bool

    def __init__(
        self,
        scenario: Scenario,
        seed: int = 0,
        replicate: int = 0,
        agents: Mapping[ActorKind, type[Actor]] | None = None,
        noise: Noise | None = None,
    ) -> None:
        super().__init__(rng=seed)
        self.ssa_scenario = scenario
        self.replicate = replicate
        self.noise = noise or noise_for(scenario, seed=seed, replicate=replicate)
        self.world = new_world(scenario, self.noise)
        self.nation = self.world.nation[0]
        self.parameters = self.world.parameters[0]
        self.month = -1
        self.take_step = step_taker(self.world)
        self._orders = {"unit": self.world.unit_order, "donor": self.world.donor_order}
        classes = {**AGENTS, **(agents or {})}
        world, nation = self.world, self.nation
        records: dict[ActorKind, tuple[Any, Any]] = {
            "zone": (nation.zones, world.zone_draws),
            "host": ([nation.host], world.host_draws),
            "mission": ([nation.mission], world.mission_draws),
            "donor": (world.donors, world.donor_draws),
            "unit": (world.units, world.unit_draws),
        }
        self.actors: dict[ActorKind, AgentSet[Any]] = {
            kind: AgentSet([classes[kind](self, i, rows[i], draws) for i in range(len(rows))], random=self.random)
            for kind, (rows, draws) in records.items()
        }

    @property
    def levers(self) -> Any:
        """The record of the levers in force this month."""
        return self.world.levers[self.month]

    def step(self) -> None:
        """One month: every phase of the schedule, in order."""
        if not self.running:
            return
        self.month += 1
        for phase in PHASES:
            for step in phase.steps:
                self._take(step)
        record_outcomes(self.world.history[self.month], self.nation, self.levers)
        self.running = self.month + 1 < self.ssa_scenario.months

    def _take(self, step: Step) -> None:
        actors = self.actors[step.actor]
        if step.in_turn:
            turn = {int(actor): place for place, actor in enumerate(self._orders[step.actor][self.month])}
            actors = actors.sort(lambda agent: turn[agent.index], ascending=True)
        actors.do(step.name)

    def run_to_end(self) -> None:
        """Every month that is left."""
        while self.running:
            self.step()

    def set_lever(self, path: str, value: ParameterValue) -> None:
        """Set a lever from the next month on; later dated changes of the scenario are overruled.

        Raises:
            InputError: no such lever, or a value that it does not allow.
        """
        self.ssa_scenario.with_levers({path: value})
        (entry,) = (entry for entry in lever_catalogue() if entry.path == path)
        self.world.levers[field_name(path)][self.month + 1 :] = number_of(entry, value)

    @property
    def monthly(self) -> pd.DataFrame:
        """What was measured so far: `month` and a column for each outcome."""
        return monthly_table(self.ssa_scenario, self.world.history).iloc[: self.month + 1]
