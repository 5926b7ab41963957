"""Phase 9. Insufficient, ineffective training (IRSEM 5): the mission's portfolio, who can come, what a course leaves."""

import math

from ssa_sim.model.chance import poisson, whole
from ssa_sim.model.compiled import rule
from ssa_sim.model.rules.learning import set_offer
from ssa_sim.model.rules.money import settle, spend_on_the_way
from ssa_sim.model.rules.offices import time_in_capital
from ssa_sim.model.rules.presence import mission_in_country, mission_open
from ssa_sim.model.rules.teaching import (
    basic_content,
    drill_content,
    newcomers_among,
    take_over_doctrine,
    teach_kit,
    teach_leaders,
    teach_skill,
    teach_team,
    transfer,
)
from ssa_sim.model.state import (
    ADVICE,
    BATTALIONS,
    CAMP,
    COMPANIES_A_BATTALION,
    COURSE,
    EQUIPMENT,
    FORWARD,
    HOST_LINEAGE,
    KIT_TYPES,
    LEADERS,
    MENTORING,
    MISSION_KIT,
    MOBILE,
    OPERATIONS,
    PROGRAMME_COUNT,
    REST,
    SITES,
    SPECIALISTS,
    SUB_UNITS,
    TRAINERS,
    TRAINING,
    USED,
    WAITING,
)

NO_RECYCLING, WHOLE_UNIT, NEWCOMERS = range(3)
WEEKS_A_MONTH = 365.25 / 12.0 / 7.0


@rule
def run_mission(mission, nation, levers, parameters, draws):
    """The mission's budget (F02, F60), what courses took of it last month left out, and its advisers (F03), granted and spent
    each month. An adviser is listened to as
    far as he has settled in before his tour ends, has a counterpart with time for him, and the host lets partners see its
    data (M36): half of it at least, whatever relations are (assumption)."""
    book = nation.book
    host = nation.host
    advisers = int(
        parameters.training_adviser_posts * levers.training_adviser_posts_filled * parameters.training_adviser_cost
    )
    standing = max(0, levers.training_budget // 12 - mission.instruction)
    mission.instruction = 0
    here = mission_in_country(nation, levers)
    if here <= 0.0:
        advisers = standing = 0
    settled = 1.0 - math.exp(-levers.training_adviser_tour_months / parameters.training_adviser_settling_months)
    heard = settled * time_in_capital(host) * (0.5 + 0.5 * host.relations)
    host.advisers = here * levers.training_adviser_posts_filled * heard
    book.mission_standing += standing
    book.mission_advisers += advisers
    book.mission_granted += standing + advisers
    spend_on_the_way(mission.use[COURSE], standing)
    mission.use[ADVICE, WAITING] += advisers
    settle(mission.use[ADVICE], advisers, 0.0, 0.0, 1.0 - heard)


@rule
def accompany_units(mission, nation, levers, parameters, draws):
    """Mentors make units on operations fight better, and are hurt with them; trainers away from the camp run part of
    that risk. More casualties in a year than states accept end mentoring for a year (M42). States pay those whom they send."""
    slot = nation.month % 12
    mission.casualties_by_month[slot] = 0
    mission.months_suspended = max(0, mission.months_suspended - 1)
    mission.mentors = levers.training_trainers * levers.training_mentoring_share
    if mission.months_suspended > 0:
        mission.mentors = 0.0
    set_offer(mission, levers, parameters)
    away = min(1.0, mission.mobile_share + levers.training_forward_presence)
    if not mission_open(nation, levers):
        mission.mentors = away = 0.0
    trainers = (levers.training_trainers - mission.mentors) * away
    exposed = mission.mentors + parameters.training_site_risk_share * trainers
    hurt = poisson(draws.mentors_hurt, exposed * parameters.training_mentor_risk * nation.insecurity)
    mission.casualties_by_month[slot] = hurt
    mission.casualties += hurt
    within_a_year = 0
    for m in range(12):
        within_a_year += mission.casualties_by_month[m]
    if within_a_year > levers.training_casualty_cap:
        mission.months_suspended = 12
    cover = min(1.0, mission.mentors / max(parameters.training_mentors_a_unit * nation.on_operations, 1.0))
    mission.mentor_cover = cover
    mission.mentoring_effect = parameters.training_mentoring_gain * cover
    cost = int(mission.mentors * parameters.training_mentor_cost)
    here = mission_in_country(nation, levers)
    sent = int(here * (levers.training_trainers - mission.mentors) * parameters.training_adviser_cost)
    nation.book.mission_mentors += cost
    nation.book.mission_trainers += sent
    nation.book.mission_granted += cost + sent
    mission.use[MENTORING, USED] += cost
    spend_on_the_way(mission.use[COURSE], sent)


@rule
def learn_from_mentors(unit, nation, levers, parameters, draws):
    """A unit on operations with mentors, or soldiers of a foreign force, beside it drills where it fights (M42)."""
    if unit.status == OPERATIONS:
        pace = parameters.training_mentoring_drill * min(1.0, nation.mission.mentor_cover + nation.escorts)
        ceiling = parameters.training_skill_ceiling
        unit.habit += pace * max(0.0, ceiling - unit.habit)
        unit.leadership += pace * (1.0 - unit.leadership)


@rule
def open_places(mission, nation, levers, parameters, draws):
    """Places by site and by programme: as many as decided, as the trainers who do not accompany units can teach, and as the
    budget pays, less what it takes to be there (F60). Sites are the camp, forward sites and mobile teams; programmes are the mission's portfolio, all at once, each its share."""
    teaching = levers.training_trainers - mission.mentors
    if not mission_open(nation, levers):
        teaching = 0.0
    places = min(1.0 * levers.training_camp_places, teaching * parameters.training_trainees_a_trainer)
    for_courses = (1.0 - parameters.training_fixed_share) * levers.training_budget
    places = min(places, for_courses / (12.0 * WEEKS_A_MONTH * parameters.training_trainee_week_cost))
    away = mission.mobile_share + levers.training_forward_presence
    scale = 1.0 / max(1.0, away)
    forward = int(places * levers.training_forward_presence * scale + 0.5)
    mobile = int(places * mission.mobile_share * scale + 0.5)
    mission.places_free[FORWARD] = forward - mission.places_used[FORWARD]
    mission.places_free[MOBILE] = mobile - mission.places_used[MOBILE]
    mission.places_free[CAMP] = int(places + 0.5) - forward - mobile - mission.places_used[CAMP]
    shares = (
        levers.training_battalions_share
        + levers.training_sub_units_share
        + levers.training_leaders_share
        + levers.training_specialists_share
        + levers.training_trainers_share
    )
    each = places / max(shares, 1e-9)
    free = mission.programme_free
    free[BATTALIONS] = int(each * levers.training_battalions_share + 0.5)
    free[SUB_UNITS] = int(each * levers.training_sub_units_share + 0.5)
    free[LEADERS] = int(each * levers.training_leaders_share + 0.5)
    free[SPECIALISTS] = int(each * levers.training_specialists_share + 0.5)
    free[TRAINERS] = int(each * levers.training_trainers_share + 0.5)
    for p in range(PROGRAMME_COUNT):
        free[p] -= mission.programme_used[p]
    mission.expected = 0


@rule
def _first_company(battalion):
    return battalion.index * COMPANIES_A_BATTALION


@rule
def _last_company(battalion, units):
    return min(_first_company(battalion) + COMPANIES_A_BATTALION, units.shape[0])


@rule
def muster(battalion, units, nation, levers, parameters, draws):
    """A battalion counts its soldiers, and who of them trained with their company. A call runs out after some months, and its
    companies that have not come stay away."""
    battalion.months_since_training += 1
    battalion.call_months = max(0, battalion.call_months - 1)
    battalion.present = 0
    battalion.together = 0
    led = 0.0
    for u in range(_first_company(battalion), _last_company(battalion, units)):
        unit = units[u]
        present = unit.together + unit.elsewhere + unit.untrained
        battalion.present += present
        battalion.together += unit.together
        led += unit.led_together / (_last_company(battalion, units) - _first_company(battalion))
        if battalion.call_months == 0:
            unit.called = 0
        elif unit.called == 1 and unit.status == REST:
            nation.mission.expected += present
    battalion.led_together = led


@rule
def _room_for(soldiers, companies, mission, parameters):
    """Whether the battalions' course has room for most of so many beside those who are there or expected; an empty course
    takes them as soon as a company fits."""
    free = mission.programme_free[BATTALIONS] - mission.expected
    if mission.expected + mission.programme_used[BATTALIONS] == 0:
        return free * companies >= soldiers
    return free >= parameters.training_room_for_a_call * soldiers


@rule
def _may_come(unit, levers):
    """Whether a company may be called: without recycling only one that has not been on its battalion's course yet (F07)."""
    return levers.training_recycling != NO_RECYCLING or unit.cohort == 0


@rule
def call_battalion(battalion, units, nation, levers, parameters, draws):
    """In this month's order battalions are called to a course, as long as there is room; companies that have been on it again
    only where recycling is decided (F04, F07). Some must be off operations to begin with; the others wait for it once they are
    (M01)."""
    mission = nation.mission
    if battalion.call_months > 0 or battalion.months_since_training < parameters.training_pause_months:
        return
    companies = 0
    soldiers = 0
    for u in range(_first_company(battalion), _last_company(battalion, units)):
        unit = units[u]
        if unit.status == REST and _may_come(unit, levers):
            companies += 1
            soldiers += unit.together + unit.elsewhere + unit.untrained
    if soldiers == 0 or not _room_for(soldiers, companies, mission, parameters):
        return
    battalion.call_months = max(1, int(parameters.training_call_months + 0.5))
    battalion.months_since_training = 0
    mission.expected += soldiers
    for u in range(_first_company(battalion), _last_company(battalion, units)):
        units[u].called = 1 if _may_come(units[u], levers) else 0


@rule
def _trainees_asked(unit, programme, levers, parameters):
    """How many soldiers the course would take from this unit."""
    present = unit.together + unit.elsewhere + unit.untrained
    if programme == SUB_UNITS:
        return min(present, int(parameters.training_detachment * unit.strength))
    if programme == LEADERS:
        return min(present, int(parameters.training_leaders * unit.strength))
    if programme == SPECIALISTS:
        return min(present, int(parameters.training_specialists * unit.strength))
    if programme == TRAINERS:
        return min(present, int(parameters.training_instructors * unit.strength))
    if unit.times_trained > 0 and levers.training_recycling == NEWCOMERS:
        return unit.elsewhere + unit.untrained
    return present


@rule
def _programme_open(unit, nation, levers, parameters, draws):
    """The battalion's course for who is called to it; else one of the others, by their free places: a detachment only from
    a unit at rest, some months after its last course; leaders, specialists and trainers, who are few, from a unit at rest, or
    from one on operations that the general staff lets spare them (M01). -1 where there is none."""
    if unit.status == OPERATIONS and draws.release >= levers.operations_release:
        return -1
    if unit.called == 1:
        return BATTALIONS if unit.status == REST else -1
    free = nation.mission.programme_free
    rested = unit.status == REST and unit.months_since_training >= parameters.training_pause_months
    first = SUB_UNITS if rested else LEADERS
    total = 0
    for p in range(first, PROGRAMME_COUNT):
        total += max(0, free[p])
    reached = 0
    for p in range(first, PROGRAMME_COUNT):
        reached += max(0, free[p])
        if draws.programme * total < reached:
            return p
    return -1


@rule
def join_course(unit, nation, levers, parameters, draws):
    """A unit may send soldiers where there are places: more easily a few than many (M01), less from far away
    and on unsafe roads (M04, M51), less when exhausted (M03). A company that is called with its battalion is brought there
    whole, and is out of operations until the course ends; of one that sends a detachment, only the detachment is."""
    unit.months_since_training += 1
    if unit.status == TRAINING or unit.trainees > 0:
        return
    programme = _programme_open(unit, nation, levers, parameters, draws)
    if programme < 0:
        return
    asked = _trainees_asked(unit, programme, levers, parameters)
    mission = nation.mission
    if asked < parameters.training_smallest_class or mission.programme_free[programme] < asked:
        return
    zone = nation.zones[unit.zone]
    will = (
        parameters.training_attendance
        * (1.0 - parameters.training_fatigue_penalty * unit.fatigue)
        * (1.0 - parameters.training_release_penalty * min(1.0, asked / unit.strength))
    )
    if programme == BATTALIONS:
        will = parameters.training_attendance * (1.0 - parameters.training_fatigue_penalty * unit.fatigue)
    for i in range(SITES):
        site = FORWARD if i == 0 else (MOBILE if i == 1 else CAMP)
        near = 1.0
        if site == CAMP:
            near = zone.mobility
            if programme != BATTALIONS:
                near *= 1.0 - parameters.training_distance_penalty * zone.distance
        if site == FORWARD and zone.distance < 0.25:
            continue
        if mission.places_free[site] >= asked and draws.attendance < will * near:
            mission.places_free[site] -= asked
            mission.places_used[site] += asked
            mission.programme_free[programme] -= asked
            mission.programme_used[programme] += asked
            unit.trainees = asked
            unit.site = site
            unit.called = 0
            unit.course_weeks = mission.course_weeks
            unit.course_weeks_left = mission.course_weeks
            unit.course_programme = programme
            if unit.status == REST and asked == unit.together + unit.elsewhere + unit.untrained:
                unit.status = TRAINING
                unit.months_in_status = 0
            return


@rule
def _form_cohort(unit, trainees, whole, nation):
    """Those on the course now belong together, or are trained on their own; who arrived meanwhile is not. A company
    that comes back whole shows how many of its last cohort, and of those who joined it since, it still had (F07)."""
    mission = nation.mission
    if whole and unit.cohort > 0:
        mission.retrainings += 1
        mission.retention_sum += min(1.0, unit.together / unit.cohort)
    team = unit.course_programme <= SUB_UNITS
    new = newcomers_among(unit, trainees, whole)
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
    elif team and unit.cohort > 0:
        unit.cohort += fresh + joined
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
    nation.mission.use[EQUIPMENT, USED] += cost


@rule
def _teach_specialists(unit, trainees, gained, nation, parameters):
    """Medical, mine-clearing and repair specialists serve in the formations of the zone, a third each (assumption); tells what of them
    there was already."""
    zone = nation.zones[unit.zone]
    weight = gained * trainees / (3.0 * parameters.training_specialists_needed)
    built = 1.0 - math.exp(-weight)
    known = (zone.medical + zone.counter_ied + zone.workshop) / 3.0
    zone.medical += built * (1.0 - zone.medical)
    zone.counter_ied += built * (1.0 - zone.counter_ied)
    zone.workshop += built * (1.0 - zone.workshop)
    return known


@rule
def _graduate(unit, nation, levers, parameters, draws):
    """The end of a course: tells what of it the trainees knew already, and what did not carry over."""
    mission = nation.mission
    present = unit.together + unit.elsewhere + unit.untrained
    trainees = min(unit.trainees, present)
    share = trainees / max(present, 1)
    weeks = unit.course_weeks
    programme = unit.course_programme
    team = programme <= SUB_UNITS
    if team:
        _equip(unit, share, levers, parameters, nation, draws)
    contact = parameters.training_mobile_content if unit.site == MOBILE else 1.0
    carried = transfer(unit, MISSION_KIT, mission.on_held_kit, parameters)
    quality = contact * (1.0 - parameters.training_fatigue_loss * unit.fatigue) * carried
    basic = basic_content(weeks, parameters)
    known = teach_skill(unit, share, basic * quality, parameters)
    if team:
        gained = drill_content(weeks, parameters) * quality
        known = 0.5 * (known + teach_team(unit, trainees, unit.status == TRAINING, gained, parameters))
    if programme == BATTALIONS:
        unit.lesson = trainees * drill_content(weeks, parameters) * quality
    elif programme == LEADERS:
        led = min(1.0, trainees / max(parameters.training_leaders * unit.strength, 1.0))
        known = teach_leaders(unit, led, basic * quality, parameters)
    elif programme == SPECIALISTS:
        known = _teach_specialists(unit, trainees, basic * quality, nation, parameters)
    elif programme == TRAINERS:
        nation.host.instructors += trainees * (
            1.0 - parameters.training_academy_resistance * (1.0 - nation.host.ownership)
        )
        known = min(1.0, nation.host.instructors / max(parameters.training_instructors_needed * nation.units, 1.0))
    teach_kit(unit, share * basic, mission.on_held_kit)
    weight = share * basic * parameters.training_doctrine_weight
    take_over_doctrine(unit, mission.lineage, weight * (1.0 - levers.training_common_doctrine), parameters)
    take_over_doctrine(unit, HOST_LINEAGE, weight * levers.training_common_doctrine, parameters)
    mission.completions += trainees
    mission.battalion_completions += trainees if programme == BATTALIONS else 0
    _form_cohort(unit, trainees, unit.status == TRAINING, nation)
    settle(mission.use[COURSE], unit.course_paid, known, 1.0 - carried, 0.0)
    unit.course_paid = 0


@rule
def _pay_instruction(unit, weeks_before, weeks, nation, parameters):
    """What this month's part of the course costs: what the weeks taught so far cost, less what they had cost before, so
    that the months of a course add up to the whole course to the euro."""
    away = 1.0 if unit.site == CAMP else 1.0 + parameters.training_away_cost
    a_week = unit.trainees * parameters.training_trainee_week_cost * away
    cost = int(weeks * a_week) - int(weeks_before * a_week)
    nation.mission.instruction += cost
    nation.book.mission_instruction += cost
    nation.book.mission_granted += cost
    nation.mission.use[COURSE, WAITING] += cost
    unit.course_paid += cost


@rule
def leave_course(unit, nation):
    """Trainees go back to their unit and free their places; a company that went whole is at rest again. What was paid for
    a course that is broken off is lost."""
    mission = nation.mission
    mission.places_used[unit.site] -= unit.trainees
    mission.programme_used[unit.course_programme] -= unit.trainees
    settle(mission.use[COURSE], unit.course_paid, 0.0, 0.0, 1.0)
    unit.course_paid = 0
    unit.trainees = 0
    unit.course_weeks_left = 0.0
    if unit.status == TRAINING:
        unit.status = REST
        unit.months_in_status = 0


@rule
def follow_course(unit, nation, levers, parameters, draws):
    """A month of a course, paid as it is taught, and broken off where the mission is away or suspended: what was begun
    then counts for nothing. At its end: basic skill first, drill only where the course is long enough (M23), times what
    fatigue, place and equipment let through; a cohort formed; the contingent's doctrine mixed in (M22). Leaders,
    specialists and trainers learn what their course is for."""
    unit.lesson = 0.0
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
def learn_together(battalion, units, nation, levers, parameters, draws):
    """What the companies of a battalion learned on its course they can do together, each its share."""
    lesson = 0.0
    for u in range(_first_company(battalion), _last_company(battalion, units)):
        lesson += units[u].lesson
    if lesson > 0.0:
        ceiling = parameters.training_skill_ceiling
        share = min(1.0, lesson / max(battalion.present, 1))
        battalion.drill += share * max(0.0, ceiling - battalion.drill)
