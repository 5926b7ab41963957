"""Phase 2. Security: threat by zone, and the violence that follows from it."""

import math

from ssa_sim.model.chance import clip, poisson
from ssa_sim.model.compiled import rule
from ssa_sim.model.rules.communities import feeds_threat, told_to_soldiers
from ssa_sim.model.rules.foreign_forces import pressure_of


@rule
def remember_threat(zone, nation, levers, parameters, draws):
    """Zones move at the same time: each looks at the others as they stood when the month began."""
    zone.threat_before = zone.threat


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
    pressed = pressure_of(zone, parameters)
    blind = 1.0 - parameters.security_information
    suppression = (
        parameters.security_shield_effect * pressed * (blind + parameters.security_information * zone.approval)
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
