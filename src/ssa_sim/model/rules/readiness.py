"""Phase 14, first half: how readiness comes about.

A unit's readiness is the weighted harmonic mean of seven parts in [0, 1]: a function with constant elasticity of
substitution (ARROW1961) of 1/2, so that a weak link is not bought out by a strong one (KREMER1993). A product (elasticity
1) would let a full unit with new vehicles make up for having no collective skill; a minimum (elasticity 0) would make
six of seven levers worthless at any time. Each part is recorded.
"""

import math

from ssa_sim.model.chance import clip
from ssa_sim.model.compiled import rule
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
def assess_readiness(unit, nation, levers, parameters, draws):
    """Weigh the seven parts: present soldiers, individual skill, collective skill held by those still together, working
    equipment that soldiers know, consistent doctrine, leadership, and the state of bodies and minds."""
    present = unit.together + unit.elsewhere + unit.untrained
    share = unit.together / max(present, 1)
    team = 0.0
    if share > 0.0:
        team = math.exp(parameters.readiness_team_exponent * math.log(share))
    unit.fill_part = clip((present - unit.abroad) / unit.strength, 0.0, 1.0)
    unit.skill_part = unit.skill
    unit.collective_part = unit.tactical * (
        parameters.readiness_team_floor + (1.0 - parameters.readiness_team_floor) * team
    )
    unit.kit_part = _kit_part(unit, parameters)
    unit.doctrine_part = _doctrine_part(unit, parameters)
    unit.leadership_part = unit.leadership
    unit.condition_part = (1.0 - parameters.readiness_fatigue_weight * unit.fatigue) * (
        1.0 - parameters.readiness_morale_weight * (1.0 - unit.morale)
    )
    floor = parameters.readiness_floor
    resistance = (
        parameters.readiness_weight_fill / max(unit.fill_part, floor)
        + parameters.readiness_weight_skill / max(unit.skill_part, floor)
        + parameters.readiness_weight_collective / max(unit.collective_part, floor)
        + parameters.readiness_weight_kit / max(unit.kit_part, floor)
        + parameters.readiness_weight_doctrine / max(unit.doctrine_part, floor)
        + parameters.readiness_weight_leadership / max(unit.leadership_part, floor)
        + parameters.readiness_weight_condition / max(unit.condition_part, floor)
    )
    weights = (
        parameters.readiness_weight_fill
        + parameters.readiness_weight_skill
        + parameters.readiness_weight_collective
        + parameters.readiness_weight_kit
        + parameters.readiness_weight_doctrine
        + parameters.readiness_weight_leadership
        + parameters.readiness_weight_condition
    )
    unit.readiness = weights / resistance
