"""Phase 2. Security: threat by zone, and the violence that follows from it."""

import math

from ssa_sim.model.chance import clip, poisson
from ssa_sim.model.compiled import rule
from ssa_sim.model.state import COUNTER_IED


@rule
def remember_threat(zone, nation, levers, parameters, draws):
    """Zones move at the same time: each looks at the others as they stood when the month began."""
    zone.threat_before = zone.threat


@rule
def place_foreign_forces(zone, nation, levers, parameters, draws):
    """Foreign forces are spread over the zones by fixed shares (F20)."""
    zone.foreign_soldiers = (
        levers.foreign_un_soldiers * zone.un_share
        + levers.foreign_counter_terrorism_soldiers * zone.counter_terrorism_share
    )


@rule
def move_threat(zone, nation, levers, parameters, draws):
    """Threat spreads like an epidemic where grievance, self-defence groups and the state's absence let it (M45, M50,
    M53), spills over from the zone to the north and across borders, and is held down by foreign forces (M64) and by
    an army that wins and is there. Logistic growth bounds it in [0, 1]. Where it is high, mines close the roads (M51)."""
    threat = zone.threat_before
    room = 1.0 - threat
    fertile = (
        parameters.security_grievance_weight * zone.grievance
        + parameters.security_self_defence_weight * zone.self_defence
        + (1.0 - parameters.security_grievance_weight - parameters.security_self_defence_weight)
        * (1.0 - zone.state_presence)
    )
    growth = parameters.security_contagion * fertile * threat * room
    source = parameters.security_neighbours
    if zone.index > 0:
        source += parameters.security_spillover * nation.zones[zone.index - 1].threat_before
    shield = zone.foreign_soldiers / (zone.foreign_soldiers + parameters.security_shield_half)
    suppression = (
        parameters.security_shield_effect * shield + parameters.security_army_effect * zone.hold * zone.army_coverage
    ) * threat
    shock = parameters.security_volatility * draws.threat * threat * room
    cleared = parameters.operations_counter_ied_effect * nation.host.capability[COUNTER_IED]
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
