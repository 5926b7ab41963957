"""Phase 2. Security: threat by zone, and the violence that follows from it."""

import math

from ssa_sim.model.chance import clip, poisson
from ssa_sim.model.compiled import rule
from ssa_sim.model.rules.communities import feeds_threat, told_to_soldiers

UNILATERAL, AGREED, DEMANDED = range(3)


@rule
def remember_threat(zone, nation, levers, parameters, draws):
    """Zones move at the same time: each looks at the others as they stood when the month began."""
    zone.threat_before = zone.threat


@rule
def shield_of(zone, parameters):
    """How far foreign forces shield a zone: half at `security.shield_half` soldiers (F20)."""
    return zone.foreign_soldiers / (zone.foreign_soldiers + parameters.security_shield_half)


@rule
def _strength(now, goal, peak, months):
    """Soldiers after this month: they come at once, and leave at an even pace."""
    return goal if goal >= now else max(goal, now - peak / max(months, 1.0))


@rule
def move_foreign_forces(host, nation, levers, parameters, draws):
    """Foreign forces follow what was decided; when they leave they take the months agreed, and go fast where the host
    has told them to (F35, M65)."""
    stay = 1.0 - host.expelled
    months = 1.0 * levers.foreign_departure_months
    if host.expelled == 1:
        months = min(months, parameters.security_expulsion_months)
    nation.un_soldiers = _strength(nation.un_soldiers, stay * levers.foreign_un_soldiers, nation.un_peak, months)
    nation.counter_terrorism_soldiers = _strength(
        nation.counter_terrorism_soldiers,
        stay * levers.foreign_counter_terrorism_soldiers,
        nation.counter_terrorism_peak,
        months,
    )
    if nation.un_soldiers <= stay * levers.foreign_un_soldiers:
        nation.un_peak = nation.un_soldiers
    if nation.counter_terrorism_soldiers <= stay * levers.foreign_counter_terrorism_soldiers:
        nation.counter_terrorism_peak = nation.counter_terrorism_soldiers


@rule
def leaves_unasked(nation, levers):
    """Whether forces that leave do so against the host's wish: by a decision of their own, and not told to go."""
    return levers.foreign_departure == UNILATERAL and nation.host.expelled == 0


@rule
def place_foreign_forces(zone, nation, levers, parameters, draws):
    """Foreign forces are spread over the zones by fixed shares (F20). Those who leave leave a vacuum, smaller where
    their going was agreed and took the time to hand over (M63); forces that the host asks or tells to go hand nothing
    over (M65)."""
    before = zone.foreign_soldiers
    zone.foreign_soldiers = (
        nation.un_soldiers * zone.un_share + nation.counter_terrorism_soldiers * zone.counter_terrorism_share
    )
    handed_over = 0.0
    if levers.foreign_departure == AGREED and nation.host.expelled == 0:
        handed_over = 1.0 - math.exp(-levers.foreign_departure_months / parameters.security_handover_months)
    left = max(0.0, before - zone.foreign_soldiers) / parameters.security_shield_half
    zone.vacuum = left * (1.0 - handed_over)


@rule
def move_threat(zone, nation, levers, parameters, draws):
    """Threat spreads like an epidemic where grievance, self-defence groups and the state's absence let it (M45, M50,
    M53), spills over from the zone to the north and across borders, and is held down by foreign forces (M64) and by
    an army that wins and is there, both more where people trust them enough to tell what they know (M46, M49).
    Forces that leave in haste leave room (M63). Logistic growth bounds it in [0, 1]. Where it is high, mines close the roads (M51)."""
    threat = zone.threat_before
    room = 1.0 - threat
    fertile = (
        parameters.security_grievance_weight * zone.grievance
        + parameters.security_self_defence_weight * feeds_threat(zone)
        + (1.0 - parameters.security_grievance_weight - parameters.security_self_defence_weight)
        * (1.0 - zone.state_presence)
    )
    growth = parameters.security_contagion * fertile * threat * room
    source = parameters.security_neighbours
    if zone.index > 0:
        source += parameters.security_spillover * nation.zones[zone.index - 1].threat_before
    shield = shield_of(zone, parameters)
    blind = 1.0 - parameters.security_information
    suppression = (
        parameters.security_shield_effect * shield * (blind + parameters.security_information * zone.approval)
        + parameters.security_army_effect
        * zone.hold
        * zone.army_coverage
        * (blind + parameters.security_information * told_to_soldiers(zone, parameters))
    ) * threat
    pressure = levers.circumstances_pressure_centre
    if zone.index != 1:
        pressure = levers.circumstances_pressure_north if zone.index == 0 else levers.circumstances_pressure_south
    source += parameters.security_vacuum_effect * zone.vacuum + pressure
    shock = parameters.security_volatility * draws.threat * threat * room
    cleared = parameters.operations_counter_ied_effect * zone.counter_ied
    zone.mobility = 1.0 - parameters.security_mines_effect * threat * (1.0 - cleared)
    zone.threat = clip(threat + growth + source * room - suppression + shock, 0.001, 0.999)


@rule
def suffer_violence(zone, nation, levers, parameters, draws):
    """Incidents follow the threat, deaths its square: violence between communities adds to that between forces (M50).
    Counts vary more than Poisson's, by a lognormal factor of mean one."""
    spread = parameters.security_violence_spread
    factor = math.exp(spread * draws.violence - 0.5 * spread * spread)
    zone.incidents = poisson(draws.incidents, parameters.security_incidents_at_full_threat * zone.threat)
    zone.deaths = poisson(draws.deaths, zone.deaths_at_full_threat * zone.threat * zone.threat * factor)


@rule
def weigh_insecurity(host, nation, levers, parameters, draws):
    """What the world sees of the threat: the mean over the three zones."""
    total = 0.0
    for z in range(nation.zones.shape[0]):
        total += nation.zones[z].threat
    nation.insecurity = total / nation.zones.shape[0]
