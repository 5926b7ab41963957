"""Phase 14, first half: how readiness comes about.

A unit's readiness puts seven parts in [0, 1] together, each with its weight. How is a structure (`readiness_form`): their
harmonic mean, a function with constant elasticity of substitution (ARROW1961) of 1/2, so that a weak link is not bought out by
a strong one; their geometric mean (elasticity 1); the weakest of them alone (elasticity 0; KREMER1993 argues from a product
of parts that each task may spoil); or their arithmetic mean, in which all can be bought out. Each part is recorded.
"""

import math

from ssa_sim.model.chance import clip
from ssa_sim.model.compiled import rule
from ssa_sim.model.rules.drill import share_still_there
from ssa_sim.model.rules.structures import ADDITIVE, GEOMETRIC, WEAKEST_LINK
from ssa_sim.model.state import KIT_TYPES, LINEAGES


@rule
def _kit_part(unit, parameters):
    working = 0
    known = 0.0
    for k in range(KIT_TYPES):
        working += unit.kit_working[k]
        known += unit.kit_working[k] * unit.kit_known[k]
    unit.kit_match = known / max(working, 1)
    usable = unit.kit_match
    if parameters.mechanisms_equipment_mismatch <= 0.0:
        usable = 1.0
    held = min(1.0, working / parameters.equipment_vehicles_needed)
    return held * (1.0 - parameters.readiness_kit_knowledge * (1.0 - usable))


@rule
def _doctrine_part(unit, parameters):
    concentration = 0.0
    for d in range(LINEAGES):
        concentration += unit.doctrine[d] * unit.doctrine[d]
    return 1.0 - parameters.readiness_confusion * (1.0 - concentration)


@rule
def _collective_part(unit, parameters):
    """The habits of the field, which all share; above them the company's drill, as far as those who learned it are still
    there; and with its weight what the battalion can do together."""
    present = unit.together + unit.elsewhere + unit.untrained
    held = share_still_there(unit.together / max(present, 1), unit.led_together, parameters)
    company = unit.habit + max(0.0, unit.tactical - unit.habit) * held
    weight = parameters.readiness_battalion_weight
    return (1.0 - weight) * company + weight * max(unit.habit, unit.battalion_drill)


@rule
def _together(parts, weights, form):
    """The weighted mean of parts above zero, in the form that is in force."""
    total = 0.0
    mean = 0.0
    least = 1.0
    for i in range(len(parts)):
        total += weights[i]
        least = min(least, parts[i])
        if form == ADDITIVE:
            mean += weights[i] * parts[i]
        elif form == GEOMETRIC:
            mean += weights[i] * math.log(parts[i])
        else:
            mean += weights[i] / parts[i]
    if form == WEAKEST_LINK:
        return least
    if form == ADDITIVE:
        return mean / total
    if form == GEOMETRIC:
        return math.exp(mean / total)
    return total / mean


@rule
def assess_readiness(unit, nation, levers, parameters, draws):
    """Weigh the seven parts: present soldiers, individual skill, collective skill held by those still there, working
    equipment that soldiers know, consistent doctrine, leadership, and the state of bodies and minds."""
    present = unit.together + unit.elsewhere + unit.untrained
    unit.fill_part = clip((present - unit.abroad) / unit.strength, 0.0, 1.0)
    unit.skill_part = unit.skill
    unit.collective_part = _collective_part(unit, parameters)
    unit.kit_part = _kit_part(unit, parameters)
    unit.doctrine_part = _doctrine_part(unit, parameters)
    unit.leadership_part = unit.leadership
    unit.condition_part = (1.0 - parameters.readiness_fatigue_weight * unit.fatigue) * (
        1.0 - parameters.readiness_morale_weight * (1.0 - unit.morale)
    )
    floor = parameters.readiness_floor
    unit.readiness = _together(
        (
            max(unit.fill_part, floor),
            max(unit.skill_part, floor),
            max(unit.collective_part, floor),
            max(unit.kit_part, floor),
            max(unit.doctrine_part, floor),
            max(unit.leadership_part, floor),
            max(unit.condition_part, floor),
        ),
        (
            parameters.readiness_weight_fill,
            parameters.readiness_weight_skill,
            parameters.readiness_weight_collective,
            parameters.readiness_weight_kit,
            parameters.readiness_weight_doctrine,
            parameters.readiness_weight_leadership,
            parameters.readiness_weight_condition,
        ),
        parameters.structures_readiness_form,
    )
