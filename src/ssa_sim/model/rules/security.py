"""Phase 2. Security: threat by zone, and the violence that follows from it."""

import math

from ssa_sim.model.chance import clip, poisson
from ssa_sim.model.compiled import rule

UNILATERAL, AGREED, DEMANDED = range(3)


@rule
def remember_threat(zone, nation, levers, parameters, draws):
    """Zones move at the same time: each looks at the others as they stood when the month began."""
    zone.threat_before = zone.threat
    zone.hidden_before = zone.hidden


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
def strike_of(zone, nation, parameters):
    """How hard those foreign forces that fight strike in a zone: half of all they could at `security.shield_half` soldiers. Who
    only shields does not strike."""
    soldiers = nation.counter_terrorism_soldiers * zone.counter_terrorism_share
    return soldiers / (soldiers + parameters.security_shield_half)


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
        + parameters.security_self_defence_weight * zone.self_defence
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
        * (blind + parameters.security_information * zone.trust)
    ) * threat
    zone.struck = min(threat, parameters.security_battle * strike_of(zone, nation, parameters) * threat * threat)
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
