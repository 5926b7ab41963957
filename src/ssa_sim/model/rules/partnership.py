"""Phase 12, second half. The partnership: how far the host owns what is done for it, how it stands with its partners,
what rivals gain, and when partners are told to leave."""

import math

from ssa_sim.model.chance import clip
from ssa_sim.model.compiled import rule
from ssa_sim.model.rules.divergent_interests import mean_hold
from ssa_sim.model.rules.foreign_forces import leaves_unasked
from ssa_sim.model.rules.presence import courses_held, programmes_may_run
from ssa_sim.model.rules.resistance_to_change import yearly_pay
from ssa_sim.model.state import CONTRACTORS, PROJECT_SLOTS, RUNNING


@rule
def report_aid(donor, units, nation, levers, parameters, draws):
    """What this partner has under way and how well it fits; and how much of the partners' money comes from those
    without scruples about arms."""
    host = nation.host
    for s in range(PROJECT_SLOTS):
        project = donor.projects[s]
        if project.status == RUNNING:
            host.aid_euros += project.euros
            host.fitting_euros += project.euros * project.fit
    if donor.active == 1:
        host.present_budget += donor.annual_budget
        host.rival_budget += donor.annual_budget * (1.0 - donor.scruples)


@rule
def own_aid(host, nation, levers, parameters, draws):
    """The host owns what is done as far as it has priorities of its own (M07), what is done meets its needs (M13) and it
    is consulted; it is pushed aside where partners ask more of its officers than there are hours (M40). What it does by
    its own means meets its needs by definition, so that aid counts against it by its size."""
    own = parameters.partnership_own_means * yearly_pay(nation, parameters)
    fit = (own + host.fitting_euros) / (own + host.aid_euros)
    crowding = max(0.0, 1.0 - 1.0 / max(host.load, 1e-9))
    goal = (
        parameters.partnership_ownership_base
        + parameters.partnership_ownership_clarity * host.clarity
        + parameters.partnership_ownership_fit * fit
        + parameters.partnership_ownership_consulted * levers.partnership_consultation_framework
        - parameters.partnership_ownership_crowded * crowding
    )
    host.ownership += parameters.partnership_speed * (clip(goal, 0.0, 1.0) - host.ownership)


@rule
def judge_relations(host, nation, levers, parameters, draws):
    """Relations follow what the population thinks of foreign forces (M55), whether the army holds, and consultation;
    what looks like interference (money withheld, forces that leave unasked, a junta under pressure) spoils them (M56).
    Partners who do not equip those they train leave room for rivals, the more the worse things stand (M28). With partners
    who have been told to leave there is nothing left to stand on (M65). Contractors whom the host calls set it apart from its
    partners, and those without scruples come with them (M28, M56)."""
    leaving = 0.0
    approval = 0.0
    for z in range(nation.zones.shape[0]):
        leaving += nation.zones[z].vacuum
        approval += nation.zones[z].approval / nation.zones.shape[0]
    junta = 1.0 if host.coups > 0 and host.months_since_coup < parameters.partnership_junta_months else 0.0
    contractors = nation.forces[CONTRACTORS].soldiers
    called = contractors / (contractors + parameters.forces_contractors_half)
    goal = (
        parameters.partnership_relations_base
        + parameters.partnership_relations_approval * (approval - 0.5)
        + parameters.partnership_relations_results * (mean_hold(nation) - 0.5)
        + parameters.partnership_relations_consulted * levers.partnership_consultation_framework
        - parameters.partnership_interference * host.withheld
        - parameters.partnership_junta_distance * junta
        - parameters.forces_contractors_distance * called
    )
    if not programmes_may_run(nation):
        goal = 0.0
    host.relations += parameters.partnership_speed * (clip(goal, 0.0, 1.0) - host.relations)
    if leaves_unasked(nation, levers):
        host.relations *= 1.0 - min(1.0, parameters.partnership_desertion * leaving)
    equipped = 0.0
    if courses_held(nation, levers) and levers.training_battalions_share + levers.training_sub_units_share > 0.0:
        equipped = levers.equipment_with_training
    host.rival_pull = parameters.partnership_rival_pull * (nation.insecurity * (1.0 - equipped) + 1.0 - host.relations)
    host.rival_pull += parameters.forces_contractors_pull * called


@rule
def expel_partners(host, nation, levers, parameters, draws):
    """Where relations have broken and rivals stand ready, foreign forces, the training mission and partners with
    scruples may be told to leave (M65), unless the scenario rules that out for the time being."""
    if host.expelled == 1 or levers.circumstances_expulsion_possible == 0:
        return
    broken = 1.0 / (
        1.0 + math.exp((host.relations - parameters.partnership_broken_below) / parameters.partnership_broken_softness)
    )
    rivals = host.rival_budget / max(host.present_budget, 1.0)
    if draws.expulsion < parameters.partnership_expulsion_rate * broken * (0.5 + 0.5 * rivals):
        host.expelled = 1
