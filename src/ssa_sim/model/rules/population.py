"""Phase 12, first half. Population and state, zone by zone (WB, CARESS, UN): trust in the forces, approval of foreign
forces, grievance, self-defence groups, and a state that returns or withdraws. All of it feeds the threat of next
month."""

import math

from ssa_sim.model.chance import clip
from ssa_sim.model.compiled import rule
from ssa_sim.model.rules.foreign_forces import shield_of
from ssa_sim.model.rules.presence import foreign_forces_in_country, programmes_may_run
from ssa_sim.model.rules.structures import SERVICES_FIRST
from ssa_sim.model.state import FUNCTION_COUNT, INFRASTRUCTURE

NO_RETURN, SEQUENTIAL, SIMULTANEOUS = range(3)
NORTH, CENTRE, SOUTH = range(3)


@rule
def run_programmes(host, nation, levers, parameters, draws):
    """What of the programmes for the population runs this month: what is decided, and nothing once partners, who pay for
    them, have been told to leave (M65). Foreign forces explain themselves where there are any."""
    if programmes_may_run(nation):
        host.rights_culture = levers.population_rights_culture
        host.consultation = levers.population_consultation
        host.communication = levers.population_communication if foreign_forces_in_country(nation) else 0.0
        host.differentiation = levers.population_differentiation
        host.state_return = levers.population_state_return
        return
    host.rights_culture = 0.0
    host.consultation = 0.0
    host.communication = 0.0
    host.differentiation = 0.0
    host.state_return = NO_RETURN


@rule
def fund_population_work(host, nation, levers, parameters, draws):
    """Programmes for the population cost what they cost, paid by partners."""
    effort = (
        host.rights_culture * parameters.population_rights_cost
        + host.consultation * parameters.population_consultation_cost
        + host.communication * parameters.population_communication_cost
        + host.differentiation * parameters.population_differentiation_cost
    )
    if host.state_return != NO_RETURN:
        effort += parameters.population_return_cost
    cost = int(effort)
    nation.book.population_granted += cost
    nation.book.population_spent += cost


@rule
def judge_forces(zone, nation, levers, parameters, draws):
    """Trust in the forces follows results that people can see (M55) and how they are treated: abuses without
    consequences, and what foreign forces beside them do to civilians, cost it (M46); a culture of rights and service, a say in
    local security, police who are there day by day (F26) and, in the North, forces that stay near people (WB) earn it."""
    suffered = 1.0 - math.exp(-parameters.population_abuse_harm * (zone.abuses + zone.harm))
    zone.abuse_memory += suffered * (1.0 - zone.abuse_memory)
    zone.abuse_memory *= 1.0 - 1.0 / parameters.population_abuse_memory_months
    near = nation.host.consultation
    if zone.index == NORTH:
        near += nation.host.differentiation
    goal = (
        parameters.population_trust_base
        + parameters.population_trust_results * zone.hold * zone.army_coverage
        + parameters.population_trust_service * (nation.host.rights_culture + near)
        + parameters.population_trust_police * zone.police_presence
        - parameters.population_trust_abuse * zone.abuse_memory
    )
    zone.trust += parameters.population_speed * (clip(goal, 0.0, 1.0) - zone.trust)


@rule
def judge_foreigners(zone, nation, levers, parameters, draws):
    """Foreign forces are approved where they are seen to make a difference (F27, M64) and explain what they do, both as
    far as they are there; approval wears away where insecurity lasts in spite of them (M55), and
    goes where they kill civilians (M46)."""
    won = shield_of(zone, parameters) * (
        parameters.population_approval_gain * (1.0 - zone.threat)
        + parameters.population_communication_gain * nation.host.communication
    )
    zone.approval += won * (1.0 - zone.approval) - parameters.population_disappointment * zone.threat * zone.approval
    suffered = 1.0 - math.exp(-parameters.population_abuse_harm * zone.harm)
    zone.approval = clip(zone.approval * (1.0 - parameters.forces_approval_lost * suffered), 0.0, 1.0)


@rule
def feed_grievance(zone, nation, levers, parameters, draws):
    """Grievance grows where the state withdraws (M45), where its forces abuse (M46) and where works are done over
    people's heads (M52); consultation, support that fits the zone (livelihoods, M47) and, in the North, an accord that is
    carried out (M08) lower it."""
    if parameters.mechanisms_grievance <= 0.0:
        return
    works = 0
    for f in range(FUNCTION_COUNT):
        works += nation.projects[INFRASTRUCTURE, f, zone.index]
    livelihoods = nation.host.differentiation if zone.index == SOUTH else 0.0
    peace = nation.host.accord if zone.index == NORTH else 0.0
    goal = (
        zone.grievance_ground
        + parameters.population_absence_weight * (zone.presence_at_start - zone.state_presence)
        + parameters.population_abuse_weight * zone.abuse_memory
        + parameters.population_works_harm * works * (1.0 - nation.host.consultation)
        - parameters.population_consultation_gain * nation.host.consultation
        - parameters.population_livelihoods_gain * livelihoods
        - parameters.communities_accord_gain * peace
    )
    zone.grievance += parameters.population_speed * (clip(goal, 0.0, 1.0) - zone.grievance)


@rule
def arm_communities(zone, nation, levers, parameters, draws):
    """Where help comes late, communities arm (M53) and others arm against them (M50); they lay arms down where trusted
    forces are near, and where dialogue, which is what the Centre asks for, brings local schemes into the state's own
    (WB)."""
    if parameters.mechanisms_grievance <= 0.0:
        return
    slow = zone.threat * (1.0 - zone.army_coverage) * (1.0 - parameters.population_arming_police * zone.police_presence)
    arming = parameters.population_arming * slow * (1.0 + zone.self_defence)
    dialogue = nation.host.consultation
    if zone.index == CENTRE:
        dialogue += nation.host.differentiation
    near = zone.trust * zone.army_coverage + parameters.population_dialogue_weight * dialogue
    zone.self_defence += arming * (1.0 - zone.self_defence) - parameters.population_disarming * near * zone.self_defence


@rule
def _return_effort(zone, nation, parameters):
    """Effort in this zone: all of it in one zone at a time, the one furthest along that is not done; or the
    same effort spread over all zones at once (M62)."""
    if nation.host.state_return == NO_RETURN:
        return 0.0
    if nation.host.state_return == SIMULTANEOUS:
        return parameters.population_return_effort / nation.zones.shape[0]
    turn = -1
    most = -1.0
    for z in range(nation.zones.shape[0]):
        other = nation.zones[z]
        if other.presence_before < parameters.population_return_done and other.presence_before > most:
            most = other.presence_before
            turn = z
    return parameters.population_return_effort if turn == zone.index else 0.0


@rule
def remember_presence(zone, nation, levers, parameters, draws):
    """Zones are looked at as they stood when the phase began."""
    zone.presence_before = zone.state_presence


@rule
def return_state(zone, nation, levers, parameters, draws):
    """Prefects, judges and teachers come back where positions are held, threat is low and police are there to guard them
    (F33, M45): the army alone does not bring them back. They leave where threat is high, and with foreign forces that
    protected them (M63). Under `state_return` they may instead come first, where they are trusted, so that security follows
    from services (M49, M61)."""
    pace = parameters.population_return_pace + _return_effort(zone, nation, parameters)
    guarded = min(1.0, zone.police_presence / parameters.population_police_enough)
    open_to_them = zone.held * (1.0 - zone.threat) * guarded
    if parameters.structures_state_return == SERVICES_FIRST:
        open_to_them = zone.trust
    back = pace * open_to_them * (1.0 - zone.state_presence)
    away = (parameters.population_withdrawal_pace * zone.threat + parameters.population_vacuum_loss * zone.vacuum) * (
        zone.state_presence
    )
    zone.state_presence = clip(zone.state_presence + back - away, 0.0, 1.0)
