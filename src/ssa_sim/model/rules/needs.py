"""Phase 5. Needs: what units lack, what of it the host can say, and what of that a partner hears."""

import math

from ssa_sim.model.chance import clip
from ssa_sim.model.compiled import rule
from ssa_sim.model.state import (
    AIR,
    COMMAND,
    COUNTER_IED,
    FUNCTION_COUNT,
    HR_REFORM,
    HUMAN_RESOURCES,
    INFANTRY,
    KIND_COUNT,
    KIT_TYPES,
    LOGISTICS,
    LOGISTICS_REFORM,
    MAINTENANCE,
    MEDICAL,
    OPERATIONS,
    ZONE_COUNT,
)

NOTHING_KNOWN = 0.5
"""What a partner takes the need for a function to be of which it knows nothing, alike for all (assumption)."""


@rule
def state_needs(unit, nation, levers, parameters, draws):
    """What this unit lacks, by function, each from its own state and that of the formations of its zone. It misses parts for
    what is broken, what waits in its depot, and what it had to leave behind as long as that is remembered (M15, F55).
    Assumptions: soldiers' own skill and their drill count alike, and a full workshop halves the need for parts."""
    host = nation.host
    zone = nation.zones[unit.zone]
    sums = host.need_sums
    working = 0
    idle = unit.kit_left
    for k in range(KIT_TYPES):
        working += unit.kit_working[k]
        idle += unit.kit_broken[k] + unit.kit_depot[k]
    unit.kit_left *= 1.0 - 1.0 / parameters.needs_parts_memory_months
    present = unit.together + unit.elsewhere + unit.untrained
    exposed = zone.threat if unit.status == OPERATIONS else 0.0
    missed = idle / max(working + idle, 1.0)
    sums[INFANTRY] += 1.0 - 0.5 * (unit.skill + unit.collective_part)
    unequipped = 1.0 - min(1.0, working / parameters.equipment_vehicles_needed)
    sums[LOGISTICS] += 1.0 - (1.0 - unequipped) * (1.0 - unit.fatigue * (1.0 - zone.facilities))
    sums[HUMAN_RESOURCES] += (1.0 - host.institution) * (1.0 - unit.together / max(present, 1))
    sums[COMMAND] += 1.0 - unit.leadership
    sums[MEDICAL] += exposed * (1.0 - zone.medical)
    sums[COUNTER_IED] += exposed * (1.0 - zone.counter_ied)
    sums[AIR] += parameters.needs_air * (1.0 - zone.air)
    sums[MAINTENANCE] += missed * (1.0 - 0.5 * zone.workshop)
    host.parts_sum += missed


@rule
def weigh_needs(host, nation, levers, parameters, draws):
    """The army's needs are the mean of its units'; what is left unmet of them is less where many projects are at the
    same function already."""
    host.parts_need = host.parts_sum / max(nation.units, 1)
    host.parts_sum = 0.0
    running = 0
    for f in range(FUNCTION_COUNT):
        running += _projects_at(nation, f)
    for f in range(FUNCTION_COUNT):
        host.needs[f] = host.need_sums[f] / max(nation.units, 1)
        host.need_sums[f] = 0.0
        crowding = _projects_at(nation, f) * FUNCTION_COUNT / max(running, 1)
        host.unmet[f] = host.needs[f] / (1.0 + crowding)


@rule
def _projects_at(nation, function):
    count = 0
    for k in range(KIND_COUNT):
        for z in range(ZONE_COUNT):
            count += nation.projects[k, function, z]
    return count


@rule
def articulate_needs(host, nation, levers, parameters, draws):
    """The host can say what it needs as far as clarity (M07, M09), advisers at the ministry, officers for the partners
    (F13), data from its own systems (M35) and officer-hours that are not yet claimed (M16, M35) allow; what it says lags behind what is."""
    liaison = 1.0 - math.exp(-levers.host_liaison_officers / parameters.needs_liaison_scale)
    hours = min(1.0, 1.0 / max(host.load, 1e-9))
    host.articulation = clip(
        parameters.needs_articulation_base
        + parameters.needs_clarity_gain * host.clarity
        + parameters.needs_adviser_gain * (1.0 - (1.0 - host.advisers) * (1.0 - host.advice))
        + parameters.needs_liaison_gain * liaison
        + parameters.needs_data_gain * 0.5 * (host.reforms[HR_REFORM] + host.reforms[LOGISTICS_REFORM]),
        0.0,
        1.0,
    ) * (0.5 + 0.5 * hours)
    for f in range(FUNCTION_COUNT):
        host.articulated[f] += parameters.needs_speed * (host.articulation * host.unmet[f] - host.articulated[f])


@rule
def needs_weight(levers, parameters):
    """How much of a partner's choice follows needs (M10); all of it where supply bias is switched off."""
    return levers.donors_needs_weight if parameters.mechanisms_supply_bias > 0.0 else 1.0


@rule
def dialogue_effort(levers, parameters):
    """The share of a project that goes into finding out what is needed: what is decided, and at least what a partner that
    goes by needs spends on asking (M11)."""
    return max(levers.donors_dialogue_effort, parameters.needs_asking * levers.donors_needs_weight)


@rule
def hear_needs(donor, units, nation, levers, parameters, draws):
    """A partner that is here hears a part of what the host says, more as its staff come to know the country and if it
    pays for dialogue (M11). What is left unsaid or unheard counts alike for all functions, and it reads what the host agreed to
    as what the host asked for (M12). Where supply bias is switched off it guesses at what is. When staff rotate, most of
    what they knew leaves with them (M22)."""
    if donor.active == 0:
        return
    reach = parameters.needs_insight_base + (1.0 - parameters.needs_insight_base) * (
        1.0 - math.exp(-dialogue_effort(levers, parameters) / parameters.needs_dialogue_scale)
    )
    if draws.staff < 1.0 / parameters.needs_staff_months:
        donor.insight *= 1.0 - parameters.needs_handover_loss
    donor.insight += parameters.needs_insight_speed * (reach - donor.insight)
    host = nation.host
    for f in range(FUNCTION_COUNT):
        heard = donor.insight
        seen = host.unmet[f]
        if parameters.mechanisms_supply_bias > 0.0:
            heard *= host.articulation
            seen = NOTHING_KNOWN + parameters.needs_consent_read * donor.consent[f]
        guess = clip(seen + parameters.needs_noise * draws.guess[f], 0.0, 1.0)
        donor.perceived[f] = donor.insight * host.articulated[f] + (1.0 - heard) * guess
        donor.consent[f] *= 1.0 - 1.0 / parameters.needs_consent_months
