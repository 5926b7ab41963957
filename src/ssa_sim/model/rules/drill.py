"""Phase 9, last part: drill is carried by people, and skill lives by use (IRSEM 2 and 5).

Individual skill is the mean over those present; newcomers bring theirs. Drill is what soldiers can do together: the companies'
own belongs to those who trained together and to their leaders, the battalion's to its companies; beside it a unit has the
habits of the field, which all who serve there share.
"""

import math

from ssa_sim.model.compiled import rule
from ssa_sim.model.rules.structures import ALWAYS, COHORT, DRIFT, OF_UNIT
from ssa_sim.model.rules.turnover import reassignment_rate
from ssa_sim.model.state import COMPANIES_A_BATTALION, KIT_TYPES, OPERATIONS, REST, TRAINING


@rule
def share_still_there(soldiers, leaders, parameters):
    """What of a drill is left where these shares of soldiers and of leaders still belong to those who learned it.

    Under `drill_home` it lives with the cohort, in which leaders count more (M24), with the leaders alone, or with the unit
    whoever serves in it (PETERSON2008)."""
    if parameters.structures_drill_home == OF_UNIT:
        return 1.0
    share = leaders
    if parameters.structures_drill_home == COHORT:
        share = (1.0 - parameters.readiness_leader_weight) * soldiers + parameters.readiness_leader_weight * leaders
    if share <= 0.0:
        return 0.0
    return math.exp(parameters.readiness_team_exponent * math.log(share))


@rule
def _in_use(unit, parameters):
    """Share of the month in which the unit uses what it learned: all of it on a course, most of it on operations."""
    if unit.status == TRAINING:
        return 1.0
    if unit.status == OPERATIONS:
        return parameters.training_use_on_operations
    return parameters.training_use_at_rest


@rule
def _kept(half_life, used, parameters):
    """Share of a skill that is left after a month: it fades with the months of disuse (ARTHUR1998, TATEL2025), or with all
    of them. What is practised does not fade where it drifts instead."""
    if parameters.mechanisms_skill_decay <= 0.0:
        return 1.0
    idle = 1.0 if parameters.structures_decay == ALWAYS else 1.0 - used
    return math.exp(-math.log(2.0) * idle / half_life)


@rule
def practise_and_forget(unit, nation, levers, parameters, draws):
    """Unused skill decays, drill faster; on operations soldiers practise what they use, as far as leaders can teach it and
    fatigue lets people learn; at rest as far as the army has instructors of its own."""
    used = _in_use(unit, parameters)
    kept = _kept(parameters.training_skill_half_life, used, parameters)
    tactical_kept = _kept(parameters.training_tactical_half_life, used, parameters)
    ground = parameters.turnover_recruit_skill
    unit.skill -= (1.0 - kept) * max(0.0, unit.skill - ground)
    unit.habit *= tactical_kept
    if parameters.structures_decay == DRIFT and unit.status == OPERATIONS:
        if parameters.mechanisms_skill_decay > 0.0:
            unit.tactical -= parameters.training_drift * max(0.0, unit.tactical - unit.habit)
    else:
        unit.tactical *= tactical_kept
    for k in range(KIT_TYPES):
        if unit.kit_working[k] == 0:
            unit.kit_known[k] *= kept
    fresh = 1.0 - unit.fatigue
    pace = parameters.training_practice * fresh
    if unit.status == OPERATIONS:
        unit.skill += pace * max(0.0, parameters.training_practice_ceiling - unit.skill)
        led = min(1.0, unit.leadership / parameters.turnover_leadership_base)
        unit.habit += pace * max(0.0, led * parameters.training_tactical_practice_ceiling - unit.habit)
        for k in range(KIT_TYPES):
            if unit.kit_working[k] > 0:
                unit.kit_known[k] += parameters.training_practice * (1.0 - unit.kit_known[k])
    elif unit.status == REST:
        taught = min(1.0, nation.host.instructors / max(parameters.training_instructors_needed * nation.units, 1.0))
        own = parameters.training_rest_share * max(0.0, parameters.training_practice_ceiling - unit.skill)
        led = taught * max(0.0, parameters.training_skill_ceiling - unit.skill)
        unit.skill += pace * max(own, led)


@rule
def keep_battalion_drill(battalion, units, nation, levers, parameters, draws):
    """What the companies can do together fades like other drill, by how much of the month they use it; each company has of
    it what is left of the battalion that learned it."""
    first = battalion.index * COMPANIES_A_BATTALION
    last = min(first + COMPANIES_A_BATTALION, units.shape[0])
    used = 0.0
    for u in range(first, last):
        used += _in_use(units[u], parameters) / (last - first)
    battalion.drill *= _kept(parameters.training_tactical_half_life, used, parameters)
    soldiers = battalion.together / max(battalion.present, 1)
    left = battalion.drill * share_still_there(soldiers, battalion.led_together, parameters)
    for u in range(first, last):
        units[u].battalion_drill = left


@rule
def lose_instructors(host, nation, levers, parameters, draws):
    """The army's own instructors move on like everybody else (M24)."""
    host.instructors *= 1.0 - reassignment_rate(nation, levers, parameters)
