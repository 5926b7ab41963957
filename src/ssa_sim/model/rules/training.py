"""Phase 9. Insufficient, ineffective training (IRSEM 5): who can come, what a course leaves, what is lost again."""

import math

from ssa_sim.model.chance import poisson, whole
from ssa_sim.model.compiled import rule
from ssa_sim.model.rules.absorption import take_over_doctrine
from ssa_sim.model.rules.learning import set_offer
from ssa_sim.model.rules.presence import mission_in_country, mission_open
from ssa_sim.model.rules.turnover import reassignment_rate
from ssa_sim.model.state import (
    CAMP,
    FORWARD,
    HOST_LINEAGE,
    KIT_TYPES,
    MISSION_KIT,
    MOBILE,
    OPERATIONS,
    REST,
    SITES,
    TRAINING,
)

BATTALIONS, SUB_UNITS, SPECIALISTS, TRAINERS = range(4)
NO_RECYCLING, WHOLE_UNIT, NEWCOMERS = range(3)
WEEKS_A_MONTH = 365.25 / 12.0 / 7.0


@rule
def run_mission(mission, nation, levers, parameters, draws):
    """The mission's standing cost (F02) and its advisers (F03), granted and spent each month; and how much of what is
    taught lasts a month without use (ARTHUR1998, TATEL2025)."""
    book = nation.book
    advisers = int(
        parameters.training_adviser_posts * levers.training_adviser_posts_filled * parameters.training_adviser_cost
    )
    standing = int(parameters.training_standing_cost / 12.0)
    if mission_in_country(nation, levers) <= 0.0:
        advisers = standing = 0
    book.mission_standing += standing
    book.mission_advisers += advisers
    book.mission_granted += standing + advisers
    nation.skill_kept = math.exp(-math.log(2.0) / parameters.training_skill_half_life)
    nation.tactical_kept = math.exp(-math.log(2.0) / parameters.training_tactical_half_life)


@rule
def accompany_units(mission, nation, levers, parameters, draws):
    """Mentors make units on operations fight better, and are hurt with them; trainers away from the camp run part of
    that risk. More casualties in a year than states accept end mentoring for a year (M42)."""
    slot = nation.month % 12
    mission.casualties_by_month[slot] = 0
    mission.months_suspended = max(0, mission.months_suspended - 1)
    mission.mentors = parameters.training_trainers * levers.training_mentoring_share
    if mission.months_suspended > 0:
        mission.mentors = 0.0
    set_offer(mission, levers, parameters)
    away = min(1.0, mission.mobile_share + levers.training_forward_presence)
    if not mission_open(nation, levers):
        mission.mentors = away = 0.0
    trainers = (parameters.training_trainers - mission.mentors) * away
    exposed = mission.mentors + parameters.training_site_risk_share * trainers
    hurt = poisson(draws.mentors_hurt, exposed * parameters.training_mentor_risk * nation.insecurity)
    mission.casualties_by_month[slot] = hurt
    mission.casualties += hurt
    within_a_year = 0
    for m in range(12):
        within_a_year += mission.casualties_by_month[m]
    if within_a_year > levers.training_casualty_cap:
        mission.months_suspended = 12
    cover = mission.mentors / max(parameters.training_mentors_a_unit * nation.on_operations, 1.0)
    mission.mentoring_effect = parameters.training_mentoring_gain * min(1.0, cover)
    cost = int(mission.mentors * parameters.training_mentor_cost)
    nation.book.mission_mentors += cost
    nation.book.mission_granted += cost


@rule
def open_places(mission, nation, levers, parameters, draws):
    """Places by site: as many as decided and as the trainers who do not accompany units can teach, shared between the
    camp, forward sites and mobile teams."""
    teaching = parameters.training_trainers - mission.mentors
    if not mission_open(nation, levers):
        teaching = 0.0
    places = min(1.0 * levers.training_camp_places, teaching * parameters.training_trainees_a_trainer)
    away = mission.mobile_share + levers.training_forward_presence
    scale = 1.0 / max(1.0, away)
    forward = int(places * levers.training_forward_presence * scale + 0.5)
    mobile = int(places * mission.mobile_share * scale + 0.5)
    mission.places_free[FORWARD] = forward - mission.places_used[FORWARD]
    mission.places_free[MOBILE] = mobile - mission.places_used[MOBILE]
    mission.places_free[CAMP] = int(places + 0.5) - forward - mobile - mission.places_used[CAMP]
    nation.untrained_units = 0


@rule
def count_untrained_unit(unit, nation, levers, parameters, draws):
    """While others wait for a first course, recycling may have to wait too."""
    unit.months_since_training += 1
    if unit.times_trained == 0:
        nation.untrained_units += 1


@rule
def teaches_teams(focus):
    """Whether a course of this focus is for soldiers who serve together; such courses alone come with equipment."""
    return focus in (BATTALIONS, SUB_UNITS)


@rule
def _trainees_asked(unit, levers, parameters):
    """How many soldiers the course would take from this unit, and whether the whole unit goes with it."""
    present = unit.together + unit.elsewhere + unit.untrained
    if levers.training_focus == SUB_UNITS:
        return min(present, int(parameters.training_detachment * unit.strength))
    if levers.training_focus == SPECIALISTS:
        return min(present, int(parameters.training_specialists * unit.strength))
    if levers.training_focus == TRAINERS:
        return min(present, int(parameters.training_instructors * unit.strength))
    if unit.times_trained > 0 and levers.training_recycling == NEWCOMERS:
        return unit.elsewhere + unit.untrained
    return present


@rule
def _may_come(unit, nation, levers, parameters):
    if unit.status != REST or unit.trainees > 0 or unit.months_since_training < parameters.training_pause_months:
        return False
    if levers.training_focus != BATTALIONS or unit.times_trained == 0:
        return True
    return levers.training_recycling != NO_RECYCLING or nation.untrained_units == 0


@rule
def join_course(unit, nation, levers, parameters, draws):
    """A resting unit may send soldiers where there are places: more easily a few than all (M01), less from far away
    and on unsafe roads (M04, M51), less when exhausted (M03). A company that goes whole is out of operations until the
    course ends; of one that sends a detachment, only the detachment is."""
    if not _may_come(unit, nation, levers, parameters):
        return
    asked = _trainees_asked(unit, levers, parameters)
    if asked < parameters.training_smallest_class:
        return
    mission = nation.mission
    zone = nation.zones[unit.zone]
    will = (
        parameters.training_attendance
        * (1.0 - parameters.training_fatigue_penalty * unit.fatigue)
        * (1.0 - parameters.training_release_penalty * min(1.0, asked / unit.strength))
    )
    for i in range(SITES):
        site = FORWARD if i == 0 else (MOBILE if i == 1 else CAMP)
        near = 1.0
        if site == CAMP:
            near = zone.mobility * (1.0 - parameters.training_distance_penalty * zone.distance)
        if site == FORWARD and zone.distance < 0.25:
            continue
        if mission.places_free[site] >= asked and draws.attendance < will * near:
            mission.places_free[site] -= asked
            mission.places_used[site] += asked
            unit.trainees = asked
            unit.site = site
            unit.course_weeks = mission.course_weeks
            unit.course_weeks_left = mission.course_weeks
            unit.course_focus = levers.training_focus
            if asked == unit.together + unit.elsewhere + unit.untrained:
                unit.status = TRAINING
                unit.months_in_status = 0
            return


@rule
def _transfer(unit, nation, parameters):
    """What of the instruction carries over: all of it on equipment the unit holds, less on what it does not (M27)."""
    if parameters.mechanisms_equipment_mismatch <= 0.0:
        return 1.0
    working = 0
    for k in range(KIT_TYPES):
        working += unit.kit_working[k]
    held = unit.kit_working[MISSION_KIT] / max(working, 1)
    on_held = nation.mission.on_held_kit
    match = on_held + (1.0 - on_held) * held
    return 1.0 - parameters.training_kit_dependence * (1.0 - match)


@rule
def _teach_kit(unit, share, nation):
    working = 0
    for k in range(KIT_TYPES):
        working += unit.kit_working[k]
    for k in range(KIT_TYPES):
        taught = nation.mission.on_held_kit * unit.kit_working[k] / max(working, 1)
        if k == MISSION_KIT:
            taught += 1.0 - nation.mission.on_held_kit
        unit.kit_known[k] += share * min(1.0, taught) * (1.0 - unit.kit_known[k])


@rule
def _form_cohort(unit, trainees, whole, nation):
    """Those on the course now belong together, or are trained on their own; who arrived meanwhile is not. A company
    that comes back whole shows how many of its last cohort it still had (F07)."""
    mission = nation.mission
    if whole and unit.cohort > 0:
        mission.retrainings += 1
        mission.retention_sum += min(1.0, unit.together / unit.cohort)
    team = teaches_teams(unit.course_focus)
    new = max(0, trainees - unit.together) if whole else trainees
    fresh = min(unit.untrained, new)
    unit.untrained -= fresh
    if team:
        joined = min(unit.elsewhere, new - fresh)
        unit.elsewhere -= joined
        unit.together += fresh + joined
    else:
        unit.elsewhere += fresh
    if whole:
        unit.cohort = unit.together
    unit.times_trained += 1
    unit.months_since_training = 0


@rule
def _equip(unit, share, levers, parameters, nation, draws):
    """Vehicles of the type taught fill the trainees' share of the gap, with their parts, where equipment comes with
    training (M27, M28)."""
    held = 0
    for k in range(KIT_TYPES):
        held += unit.kit_working[k] + unit.kit_broken[k]
    gap = share * max(0.0, parameters.equipment_vehicles_needed - held)
    vehicles = whole(draws.equipment, gap * levers.equipment_with_training)
    unit.kit_working[MISSION_KIT] += vehicles
    nation.parts[MISSION_KIT] += vehicles * levers.equipment_support_cover * parameters.equipment_support_months
    cost = int(
        vehicles
        * parameters.equipment_price
        * (1.0 + levers.equipment_support_cover * parameters.equipment_support_cost)
    )
    nation.book.vehicles_with_training += vehicles
    nation.book.mission_vehicles += cost
    nation.book.mission_granted += cost


@rule
def _graduate(unit, nation, levers, parameters, draws):
    present = max(1, unit.together + unit.elsewhere + unit.untrained)
    trainees = min(unit.trainees, present)
    share = trainees / present
    weeks = unit.course_weeks
    team = teaches_teams(unit.course_focus)
    if team:
        _equip(unit, share, levers, parameters, nation, draws)
    contact = parameters.training_mobile_content if unit.site == MOBILE else 1.0
    quality = contact * (1.0 - parameters.training_fatigue_loss * unit.fatigue) * _transfer(unit, nation, parameters)
    basic = 1.0 - math.exp(-weeks / parameters.training_basic_weeks)
    drill = 1.0 - math.exp(-max(0.0, weeks - parameters.training_tactical_after) / parameters.training_tactical_weeks)
    ceiling = parameters.training_skill_ceiling
    unit.skill += share * basic * quality * max(0.0, ceiling - unit.skill)
    if team:
        unit.tactical += share * drill * quality * max(0.0, ceiling - unit.tactical)
    if unit.course_focus == TRAINERS:
        nation.host.instructors += trainees * (
            1.0 - parameters.training_academy_resistance * (1.0 - nation.host.ownership)
        )
    _teach_kit(unit, share * basic, nation)
    weight = share * basic * parameters.training_doctrine_weight
    take_over_doctrine(unit, nation.mission.lineage, weight * (1.0 - levers.training_common_doctrine), parameters)
    take_over_doctrine(unit, HOST_LINEAGE, weight * levers.training_common_doctrine, parameters)
    nation.mission.completions += trainees
    _form_cohort(unit, trainees, unit.status == TRAINING, nation)


@rule
def _pay_instruction(unit, weeks_before, weeks, nation, parameters):
    """What this month's part of the course costs: what the weeks taught so far cost, less what they had cost before, so
    that the months of a course add up to the whole course to the euro."""
    away = 1.0 if unit.site == CAMP else 1.0 + parameters.training_away_cost
    a_week = unit.trainees * parameters.training_trainee_week_cost * away
    cost = int(weeks * a_week) - int(weeks_before * a_week)
    nation.book.mission_instruction += cost
    nation.book.mission_granted += cost


@rule
def leave_course(unit, nation):
    """Trainees go back to their unit and free their places; a company that went whole is at rest again."""
    nation.mission.places_used[unit.site] -= unit.trainees
    unit.trainees = 0
    unit.course_weeks_left = 0.0
    if unit.status == TRAINING:
        unit.status = REST
        unit.months_in_status = 0


@rule
def follow_course(unit, nation, levers, parameters, draws):
    """A month of a course, paid as it is taught, and broken off where the mission is away or suspended: what was begun
    then counts for nothing. At its end: basic skill first, tactical skill only where the course is long enough (M23;
    exponential approach to what a course can teach, HEATHCOTE2000), times what fatigue, place and equipment let
    through; a cohort formed; the contingent's doctrine mixed in (M22)."""
    if unit.trainees == 0:
        return
    if not mission_open(nation, levers):
        leave_course(unit, nation)
        return
    before = unit.course_weeks - unit.course_weeks_left
    unit.course_weeks_left -= WEEKS_A_MONTH
    goes_on = unit.course_weeks_left > 0.5 * WEEKS_A_MONTH
    taught = unit.course_weeks - unit.course_weeks_left if goes_on else unit.course_weeks
    _pay_instruction(unit, before, taught, nation, parameters)
    if goes_on:
        return
    _graduate(unit, nation, levers, parameters, draws)
    leave_course(unit, nation)


@rule
def practise_and_forget(unit, nation, levers, parameters, draws):
    """Unused skill decays (ARTHUR1998, TATEL2025), tactical skill faster; operations keep some of it alive as far as
    fatigue lets people learn; so does drill at rest, and better where the army has instructors of its own."""
    if parameters.mechanisms_skill_decay > 0.0:
        ground = parameters.turnover_recruit_skill
        unit.skill -= (1.0 - nation.skill_kept) * (unit.skill - ground)
        unit.tactical *= nation.tactical_kept
        for k in range(KIT_TYPES):
            if unit.kit_working[k] == 0:
                unit.kit_known[k] *= nation.skill_kept
    fresh = 1.0 - unit.fatigue
    if unit.status == OPERATIONS:
        pace = parameters.training_practice * fresh
        unit.skill += pace * max(0.0, parameters.training_practice_ceiling - unit.skill)
        unit.tactical += pace * max(0.0, parameters.training_tactical_practice_ceiling - unit.tactical)
        for k in range(KIT_TYPES):
            if unit.kit_working[k] > 0:
                unit.kit_known[k] += parameters.training_practice * (1.0 - unit.kit_known[k])
    elif unit.status == REST:
        taught = min(1.0, nation.host.instructors / max(parameters.training_instructors_needed * nation.units, 1.0))
        pace = parameters.training_practice * fresh
        own = parameters.training_rest_share * max(0.0, parameters.training_practice_ceiling - unit.skill)
        led = taught * max(0.0, parameters.training_skill_ceiling - unit.skill)
        unit.skill += pace * max(own, led)


@rule
def lose_instructors(host, nation, levers, parameters, draws):
    """The army's own instructors move on like everybody else (M24)."""
    host.instructors *= 1.0 - reassignment_rate(nation, levers, parameters)
