"""What a course teaches, whoever holds it: the mission's courses and the partners' follow one curve (IRSEM 5)."""

import math

from ssa_sim.model.compiled import rule
from ssa_sim.model.state import KIT_TYPES, LINEAGES, MISSION_KIT


@rule
def basic_content(weeks, parameters):
    """Share of basic skill that so many weeks teach: an exponential approach (HEATHCOTE2000; M23)."""
    return 1.0 - math.exp(-weeks / parameters.training_basic_weeks)


@rule
def drill_content(weeks, parameters):
    """Share of drill that so many weeks teach: none at first, since basic skill comes before (M23)."""
    return 1.0 - math.exp(-max(0.0, weeks - parameters.training_tactical_after) / parameters.training_tactical_weeks)


@rule
def transfer(unit, kit_type, on_held, parameters):
    """What of the instruction carries over to the unit: all of it on equipment that it holds, less on what it does not
    (M27). `on_held` is the share of instruction on the unit's own equipment."""
    if parameters.mechanisms_equipment_mismatch <= 0.0:
        return 1.0
    working = 0
    for k in range(KIT_TYPES):
        working += unit.kit_working[k]
    held = unit.kit_working[kit_type] / max(working, 1)
    match = on_held + (1.0 - on_held) * held
    return 1.0 - parameters.training_kit_dependence * (1.0 - match)


@rule
def take_over_doctrine(unit, lineage, weight, parameters):
    """Mix a lineage into the unit's doctrine; nothing foreign enters where doctrinal confusion is switched off (M22)."""
    if parameters.mechanisms_doctrinal_confusion > 0.0:
        for d in range(LINEAGES):
            unit.doctrine[d] *= 1.0 - weight
        unit.doctrine[lineage] += weight


@rule
def teach_kit(unit, share, on_held):
    """Trainees learn the equipment taught: the unit's own as far as instruction is on it, else the mission's type."""
    working = 0
    for k in range(KIT_TYPES):
        working += unit.kit_working[k]
    for k in range(KIT_TYPES):
        taught = on_held * unit.kit_working[k] / max(working, 1)
        if k == MISSION_KIT:
            taught += 1.0 - on_held
        unit.kit_known[k] += share * min(1.0, taught) * (1.0 - unit.kit_known[k])


@rule
def teach_skill(unit, share, gained, parameters):
    """A share of the soldiers come nearer to what a course can teach; tells what of it they knew already."""
    ceiling = parameters.training_skill_ceiling
    known = min(1.0, unit.skill / ceiling)
    unit.skill += share * gained * max(0.0, ceiling - unit.skill)
    return known


@rule
def teach_leaders(unit, share, gained, parameters):
    """A share of the leaders learn to lead; tells what of it they knew already."""
    known = unit.leadership
    unit.leadership += share * gained * parameters.training_leader_gain * (1.0 - unit.leadership)
    return known


@rule
def newcomers_among(unit, trainees, whole):
    """How many of the trainees did not belong together with this unit before."""
    if whole:
        return max(0, trainees - unit.together)
    return min(trainees, unit.elsewhere + unit.untrained)


@rule
def teach_team(unit, trainees, whole, gained, parameters):
    """Those on the course learn to act together. The team's drill is the mean over all who belong to it afterwards: who was
    not on the course, who learned more, and who came with no more than the habits of the field. Tells what of the course
    they knew already."""
    ceiling = parameters.training_skill_ceiling
    newcomers = newcomers_among(unit, trainees, whole)
    again = trainees - newcomers
    team = unit.together + newcomers
    before = (again * unit.tactical + newcomers * unit.habit) / max(trainees, 1)
    learned = again * max(0.0, ceiling - unit.tactical) + newcomers * max(0.0, ceiling - unit.habit)
    unit.tactical = (unit.together * unit.tactical + newcomers * unit.habit + gained * learned) / max(team, 1)
    share = trainees / max(1, unit.together + unit.elsewhere + unit.untrained)
    unit.led_together += share * (1.0 - unit.led_together)
    return min(1.0, before / ceiling)
