"""Phase 2, first half. Foreign forces: who comes and goes, where they stand, whom they shield, whom they fight, what they do to
civilians, and what their going leaves. A force is a row of `nation.forces`; what it is like are uncertainties."""

import math

from ssa_sim.model.chance import poisson
from ssa_sim.model.compiled import rule
from ssa_sim.model.state import CONTRACTORS, EUROPEAN, FORCE_COUNT, FRENCH, G5, UN

UNILATERAL, AGREED, DEMANDED = range(3)


@rule
def shield_of(zone, parameters):
    """How far foreign forces shield people and state in a zone: half at `security.shield_half` soldiers of the UN (F20)."""
    return zone.shielding / (zone.shielding + parameters.security_shield_half)


@rule
def pressure_of(zone, parameters):
    """How far foreign forces press the armed groups of a zone, on the same scale, by those who fight them."""
    return zone.fighting / (zone.fighting + parameters.security_shield_half)


@rule
def shielding_in_country(nation):
    """Foreign soldiers in the country as far as they shield, all forces together."""
    total = 0.0
    for f in range(FORCE_COUNT):
        total += nation.forces[f].soldiers * nation.forces[f].shield
    return total


@rule
def _decided(f, host, levers):
    """The strength decided for a force. All but the contractors go where the host tells partners to (M65), and it may call
    contractors in their place."""
    if f == CONTRACTORS:
        return max(1.0 * levers.foreign_contractors, 1.0 * host.expelled * levers.foreign_contractors_if_expelled)
    stay = 1.0 - host.expelled
    if f == UN:
        return stay * levers.foreign_un_soldiers
    if f == FRENCH:
        return stay * levers.foreign_french_soldiers
    if f == G5:
        return stay * levers.foreign_g5_soldiers
    if f == EUROPEAN:
        return stay * levers.foreign_european_soldiers
    return stay * levers.foreign_regional_soldiers


@rule
def _strength(now, goal, peak, months):
    """Soldiers after this month: they come at once, and leave at an even pace."""
    return goal if goal >= now else max(goal, now - peak / max(months, 1.0))


@rule
def move_foreign_forces(host, nation, levers, parameters, draws):
    """Each foreign force follows what was decided; when it leaves it takes the months agreed, and goes fast where the host
    has told it to (F35, M65)."""
    for f in range(FORCE_COUNT):
        force = nation.forces[f]
        months = 1.0 * levers.foreign_departure_months
        if host.expelled == 1 and f != CONTRACTORS:
            months = min(months, parameters.security_expulsion_months)
        goal = _decided(f, host, levers)
        before = force.soldiers
        force.soldiers = _strength(before, goal, force.peak, months)
        if force.soldiers <= goal:
            force.peak = force.soldiers
        force.left = max(0.0, before - force.soldiers)
        force.came = max(0.0, force.soldiers - before)


@rule
def pay_foreign_forces(host, nation, levers, parameters, draws):
    """Each force costs so much a soldier and month, whoever pays it; contractors are paid by the host. What foreign states
    and the UN spend on their own forces is no assistance, and is booked beside it."""
    book = nation.book
    for f in range(FORCE_COUNT):
        cost = int(nation.forces[f].soldiers * nation.forces[f].cost)
        if f == CONTRACTORS:
            book.host_contractors += cost
            book.host_granted += cost
        else:
            book.forces_spent += cost
            book.forces_granted += cost


@rule
def leaves_unasked(nation, levers):
    """Whether forces that leave do so against the host's wish: by a decision of their own, and not told to go."""
    return levers.foreign_departure == UNILATERAL and nation.host.expelled == 0


@rule
def place_foreign_forces(zone, nation, levers, parameters, draws):
    """Each force stands in the zones by fixed shares (F39). Who leaves leaves a vacuum where it stood, as far as it shielded
    and as far as nobody comes in the same month to relieve it. The vacuum is smaller where its going was agreed and took the
    time to hand over (M63); forces that the host asks or tells to go hand nothing over (M65), nor do contractors (assumption)."""
    handed_over = 0.0
    if levers.foreign_departure == AGREED and nation.host.expelled == 0:
        handed_over = 1.0 - math.exp(-levers.foreign_departure_months / parameters.security_handover_months)
    zone.foreign_soldiers = 0.0
    zone.shielding = 0.0
    zone.fighting = 0.0
    gone = 0.0
    come = 0.0
    left = 0.0
    for f in range(FORCE_COUNT):
        force = nation.forces[f]
        here = force.soldiers * force.share[zone.index]
        zone.foreign_soldiers += here
        zone.shielding += here * force.shield
        zone.fighting += here * force.fight
        gone += force.left * force.shield
        come += force.came * force.shield
        kept = 0.0 if f == CONTRACTORS else handed_over
        left += force.left * force.share[zone.index] * force.shield * (1.0 - kept)
    relieved = min(1.0, come / max(gone, 1e-9))
    zone.vacuum = left * (1.0 - relieved) / parameters.security_shield_half


@rule
def harm_civilians(zone, nation, levers, parameters, draws):
    """Forces that fight among people kill some of them, the more the worse they are held to account and the more there is to
    fight (M46; LEES2023). The dead count with the month's; that they feed grievance is a matter of the population."""
    incidents = 0.0
    for f in range(FORCE_COUNT):
        force = nation.forces[f]
        incidents += force.harm * force.soldiers * force.share[zone.index] / 1000.0
    zone.harm = poisson(draws.harm, incidents * zone.threat)
    zone.deaths += poisson(draws.harm_deaths, zone.harm * parameters.forces_deaths_an_incident)
    nation.book.civilian_harm += zone.harm


@rule
def accompany_army(host, nation, levers, parameters, draws):
    """Soldiers of foreign forces who go with units on operations do there what the mission's mentors do (M42)."""
    soldiers = 0.0
    for f in range(FORCE_COUNT):
        soldiers += nation.forces[f].soldiers * nation.forces[f].accompany
    nation.escorts = min(1.0, soldiers / max(parameters.training_mentors_a_unit * nation.on_operations, 1.0))
