"""Phase 2. Security: threat by zone, and the violence that follows from it."""

import math

from ssa_sim.model.chance import clip, poisson
from ssa_sim.model.compiled import rule
from ssa_sim.model.rules.communities import feeds_threat, told_to_soldiers
from ssa_sim.model.rules.foreign_forces import pressure_of, shield_of


@rule
def remember_threat(zone, nation, levers, parameters, draws):
    """Zones move at the same time: each looks at the others as they stood when the month began."""
    zone.threat_before = zone.threat
    zone.hidden_before = zone.hidden


@rule
def move_threat(zone, nation, levers, parameters, draws):
    """Armed groups are in the field or hidden. Hidden ones recruit with those in the field where grievance, self-defence groups
    and the state's absence let them (M45, M50, M53), up to all that there are to recruit (logistic), and come in over borders and
    from the zone to the north (SCHUTTE2011); a part of them comes out each month. Those in the field are held down by foreign
    forces (M64) and by an army that wins and is there, both more where people trust them enough to tell what they know
    (M46, M49), and are struck without such knowledge as thickly as they stand (KRESS2009): who fights in the open is soon
    beaten, who is few is hard to find. A part of those beaten goes to ground. Forces that leave in haste leave room (M63).
    Where groups are in the field, mines close the roads (M51)."""
    threat = zone.threat_before
    hidden = zone.hidden_before
    room = max(0.0, 1.0 - threat - hidden)
    fertile = (
        parameters.security_grievance_weight * zone.grievance
        + parameters.security_self_defence_weight * feeds_threat(zone)
        + (1.0 - parameters.security_grievance_weight - parameters.security_self_defence_weight)
        * (1.0 - zone.state_presence)
    )
    source = parameters.security_neighbours
    if zone.index > 0:
        north = nation.zones[zone.index - 1]
        source += parameters.security_spillover * (north.threat_before + north.hidden_before)
    recruits = (parameters.security_contagion * fertile * (threat + hidden) + source) * room
    blind = 1.0 - parameters.security_information
    held_down = (
        parameters.security_shield_effect
        * shield_of(zone, parameters)
        * (blind + parameters.security_information * zone.approval)
        + parameters.security_army_effect
        * zone.hold
        * zone.army_coverage
        * (blind + parameters.security_information * told_to_soldiers(zone, parameters))
    ) * threat
    zone.struck = min(threat, parameters.security_battle * pressure_of(zone, parameters) * threat * threat)
    pressure = levers.circumstances_pressure_centre
    if zone.index != 1:
        pressure = levers.circumstances_pressure_north if zone.index == 0 else levers.circumstances_pressure_south
    taken = (parameters.security_vacuum_effect * zone.vacuum + pressure) * room
    out = parameters.security_emergence * hidden
    shock = parameters.security_volatility * draws.threat * threat * room
    cleared = parameters.operations_counter_ied_effect * zone.counter_ied
    zone.mobility = 1.0 - parameters.security_mines_effect * threat * (1.0 - cleared)
    zone.threat = clip(threat + out + taken - held_down - zone.struck + shock, 0.001, 0.999)
    zone.hidden = clip(
        hidden + recruits - out + parameters.security_to_ground * (held_down + zone.struck), 0.0, 1.0 - zone.threat
    )


@rule
def suffer_violence(zone, nation, levers, parameters, draws):
    """Incidents follow the threat, deaths its square, since violence between communities adds to that between forces (M50), and
    what was struck in battle. Counts vary more than Poisson's, by a lognormal factor of mean one that lasts: violence feeds on
    last month's (LEWIS2012), the more where it is between neighbours."""
    spread = parameters.security_violence_spread
    lasting = zone.violence_lasting
    zone.surge = lasting * zone.surge + math.sqrt(1.0 - lasting * lasting) * spread * draws.violence
    factor = math.exp(zone.surge - 0.5 * spread * spread)
    zone.incidents = poisson(draws.incidents, parameters.security_incidents_at_full_threat * zone.threat)
    killed = zone.deaths_at_full_threat * zone.threat * zone.threat + parameters.security_battle_deaths * zone.struck
    zone.deaths = poisson(draws.deaths, killed * factor)


@rule
def weigh_insecurity(host, nation, levers, parameters, draws):
    """What the world sees of the threat: the mean over the three zones."""
    total = 0.0
    for z in range(nation.zones.shape[0]):
        total += nation.zones[z].threat
    nation.insecurity = total / nation.zones.shape[0]
