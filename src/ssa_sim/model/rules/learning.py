"""Phase 13. Learning: what the training mission hears of those it trained, and what it makes of it (M25, M44)."""

import math

from ssa_sim.model.chance import clip
from ssa_sim.model.compiled import rule
from ssa_sim.model.rules.money import spend_on_the_way
from ssa_sim.model.rules.presence import mission_open
from ssa_sim.model.state import COURSE, FRENCH


@rule
def report_back(unit, nation, levers, parameters, draws):
    """A unit is looked at if it is tracked, as far as the host lets partners see its data (M36), or if the French
    force that fights beside it reports (M25): what drill it has left, whether it knows its equipment, and how long it has not
    been on a course. A mission that is away or suspended hears of nobody."""
    if not mission_open(nation, levers):
        return
    access = parameters.learning_access_base + (1.0 - parameters.learning_access_base) * nation.host.relations
    french = nation.forces[FRENCH].soldiers
    beside = french / (french + parameters.security_shield_half)
    seen = levers.training_feedback * access + parameters.learning_shield_reports * beside
    if draws.tracked >= seen / parameters.learning_months_a_report:
        return
    mission = nation.mission
    mission.reports += 1
    mission.shallow_sum += 1.0 - min(1.0, unit.collective_part / parameters.training_skill_ceiling)
    mission.mismatch_sum += 1.0 - unit.kit_match
    if unit.months_since_training > parameters.learning_absent_months:
        mission.absent_sum += 1.0


@rule
def weigh_reports(mission, nation, levers, parameters, draws):
    """Reports add up to knowledge, by which the picture is put together; it fades, and most of what a contingent knew
    goes home with it (M22)."""
    book = nation.book
    if mission_open(nation, levers):
        cost = int(levers.training_feedback * nation.units * parameters.learning_tracking_cost)
        book.mission_tracking += cost
        book.mission_granted += cost
        spend_on_the_way(mission.use[COURSE], cost)
    if mission.reports > 0:
        weight = 1.0 - math.exp(-mission.reports / parameters.learning_reports_needed)
        mission.knowledge += weight * (1.0 - mission.knowledge)
        mission.seen_shallow += weight * (mission.shallow_sum / mission.reports - mission.seen_shallow)
        mission.seen_mismatch += weight * (mission.mismatch_sum / mission.reports - mission.seen_mismatch)
        mission.seen_absent += weight * (mission.absent_sum / mission.reports - mission.seen_absent)
    mission.knowledge *= 1.0 - 1.0 / parameters.learning_memory_months
    mission.reports = 0
    mission.shallow_sum = 0.0
    mission.mismatch_sum = 0.0
    mission.absent_sum = 0.0


@rule
def review_mandate(mission, nation, levers, parameters, draws):
    """When its mandate is reviewed, what the mission adds to what was decided from outside follows what it sees, as far
    as it knows: longer courses where drill is shallow, the units' own equipment where soldiers do not know it, mobile
    teams where units do not come (M44), and less of each where it is no longer so. Nobody reviews the mandate of a
    mission that is away or suspended; the review waits."""
    if not mission_open(nation, levers):
        return
    mission.months_to_review -= 1
    if mission.months_to_review <= 0:
        mission.months_to_review = levers.training_mandate_review_months
        step = parameters.learning_step * mission.knowledge
        mission.more_weeks += step * (mission.seen_shallow - mission.more_weeks)
        mission.more_held += step * (mission.seen_mismatch - mission.more_held)
        mission.more_mobile += step * (mission.seen_absent - mission.more_mobile)
    set_offer(mission, levers, parameters)


@rule
def set_offer(mission, levers, parameters):
    """What the mission offers: what is decided, and what it has learned beside it."""
    mission.course_weeks = levers.training_course_weeks + mission.more_weeks * max(
        0.0, parameters.learning_most_weeks - levers.training_course_weeks
    )
    mission.on_held_kit = levers.training_on_held_kit + mission.more_held * (1.0 - levers.training_on_held_kit)
    room = max(0.0, 1.0 - levers.training_mobile_share - levers.training_forward_presence)
    mission.mobile_share = clip(levers.training_mobile_share + mission.more_mobile * room, 0.0, 1.0)
