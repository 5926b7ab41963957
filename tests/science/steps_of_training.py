"""By hand: training and equipment (phases 9 and 10)."""

from math import exp, sqrt

from scipy import stats

from small_world import Case, by_hand, quantile
from ssa_sim.model.state import (
    BATTALIONS,
    CAMP,
    FORWARD,
    LEADERS,
    MOBILE,
    OPERATIONS,
    REST,
    SPECIALISTS,
    SUB_UNITS,
    TRAINERS,
    TRAINING,
)

NO_RECYCLING, WHOLE_UNIT, NEWCOMERS = range(3)
COHORT, OF_LEADERS, OF_UNIT = range(3)
DISUSE, ALWAYS, DRIFT = range(3)
WEEKS = 365.25 / 12 / 7  # of a month

PRESENT = {
    "training.mission": 1,
    "training.budget": 1805,  # 150 a month and what is left, of which courses took 50
    "mission.instruction": 50,
    "training.adviser_posts": 50.0,
    "training.adviser_posts_filled": 0.5,
    "training.adviser_cost": 10.1,
    "training.adviser_tour_months": 4.0,
    "training.adviser_settling_months": 2.0,
    "host.offices[0].time": 0.2,
    "host.offices[1].time": 0.9,
    "host.offices[2].time": 0.6,
    "host.offices[3].time": 0.3,
    "host.offices[4].time": 1.0,  # no adviser is there
    "host.relations": 0.25,
    "host.advisers": 0.9,  # last month
    "mission.use[2,3]": 7,  # of others
}
HEARD = (1 - exp(-2.0)) * 0.5 * 0.625
IN_VAIN = int((1 - HEARD) * 252)
AT_WORK = {
    "host.advisers": 0.5 * HEARD,
    "mission.instruction": 0,
    "book.mission_standing": 100,
    "book.mission_advisers": 252,
    "book.mission_granted": 352,
    "mission.use[0,5]": 100,
    "mission.use[2,4]": IN_VAIN,
    "mission.use[2,0]": 252 - IN_VAIN,
}
# Of 100 trainers 20 accompany units; 30 of the others are away from the camp, at a tenth of the risk: 23 mentors' worth.
ACCOMPANIED = {
    "training.mission": 1,
    "training.trainers": 100.0,
    "training.mentoring_share": 0.2,
    "training.forward_presence": 0.25,
    "training.mobile_share": 0.1,
    "training.course_weeks": 12.0,
    "training.on_held_kit": 0.2,
    "training.site_risk_share": 0.1,
    "training.mentor_risk": 0.5,
    "training.casualty_cap": 9,
    "training.mentors_a_unit": 5.0,
    "training.mentoring_gain": 0.5,
    "training.mentor_cost": 10.1,
    "training.adviser_cost": 0.0,
    "learning.most_weeks": 18.0,
    "mission.more_weeks": 0.5,
    "mission.more_held": 0.25,
    "mission.more_mobile": 0.1,  # of the 0.65 that are left
    "mission.casualties": 4,
    "mission.casualties_by_month": [2, 7, 3, 0, 0, 0, 0, 0, 0, 0, 0, 1],  # those of this month a year ago are forgotten
    "nation.month": 13,
    "nation.insecurity": 0.5,
    "nation.on_operations": 8,
}
OFFER = {"mission.course_weeks": 15.0, "mission.on_held_kit": 0.4, "mission.mobile_share": 0.165}
AT_RISK = 20 + 0.1 * 80 * (0.165 + 0.25)


def _hurt(count: int) -> dict[str, object]:
    """Given the draw by which so many are hurt; the month's place in the ring is the second."""
    return {**ACCOMPANIED, "draws.mentors_hurt": stats.poisson.cdf(count, AT_RISK * 0.5 * 0.5) - 1e-9}


def _casualties(count: int) -> dict[str, float]:
    return {
        **OFFER,
        "mission.casualties_by_month[1]": count,
        "mission.casualties": 4 + count,
        "mission.mentors": 20.0,
        "mission.mentor_cover": 20 / 40,
        "mission.mentoring_effect": 0.5 * 20 / 40,
        "book.mission_mentors": 202,
        "book.mission_granted": 202,
        "mission.use[5,0]": 202,
    }


AWAY = {**OFFER, "mission.casualties_by_month[1]": 0}
BESIDE = {
    "unit.status": OPERATIONS,
    "unit.habit": 0.3,
    "unit.leadership": 0.6,
    "mission.mentor_cover": 0.5,
    "training.mentoring_drill": 0.2,
    "training.skill_ceiling": 0.8,
}
# A company of 100, twelve weeks, in their last month; half of the course's worth gets through.
LAST_MONTH = {
    "training.mission": 1,
    "unit.status": TRAINING,
    "unit.site": MOBILE,
    "unit.zone": 2,
    "unit.trainees": 80,
    "unit.course_programme": BATTALIONS,
    "unit.course_weeks": 12.0,
    "unit.course_weeks_left": 5.0,
    "unit.course_paid": 8408,
    "unit.strength": 110,
    "unit.together": 50,
    "unit.elsewhere": 30,
    "unit.untrained": 20,
    "unit.cohort": 100,
    "unit.times_trained": 1,
    "unit.months_in_status": 2,
    "unit.months_since_training": 30,
    "unit.skill": 0.3,
    "unit.tactical": 0.2,
    "unit.habit": 0.1,
    "unit.led_together": 0.4,
    "unit.leadership": 0.4,
    "unit.lesson": 9.0,  # of another month
    "unit.fatigue": 0.5,
    "unit.kit_working": [3, 1, 0, 0, 0],
    "unit.kit_broken": [0, 0, 2, 0, 0],
    "unit.kit_known": [0.5, 0.2, 0.1, 0.0, 0.0],
    "unit.doctrine": [1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    "mission.on_held_kit": 0.6,
    "mission.lineage": 3,
    "mission.places_used": [5, 5, 90],
    "mission.programme_used": [100, 100, 100, 100, 100],
    "mission.use[0,3]": 9408,  # a thousand of them for others
    "mission.completions": 7,
    "mission.battalion_completions": 6,
    "host.ownership": 0.25,
    "host.instructors": 1.0,
    "zones[2].medical": 0.6,
    "zones[2].counter_ied": 0.3,
    "zones[2].workshop": 0.16,
    "zones[2].air": 0.5,
    "zones[1].medical": 0.9,
    "equipment.vehicles_needed": 10.0,
    "equipment.with_training": 0.6,
    "equipment.support_cover": 0.5,
    "equipment.support_months": 6.0,
    "equipment.price": 100.0,
    "equipment.support_cost": 0.4,
    "training.trainee_week_cost": 10.01,
    "training.away_cost": 0.5,
    "training.mobile_content": 0.8,
    "training.fatigue_loss": 0.5,
    "training.kit_dependence": 0.5,
    "training.basic_weeks": 6.0,
    "training.tactical_after": 4.0,
    "training.tactical_weeks": 8.0,
    "training.skill_ceiling": 0.9,
    "training.leaders": 0.2,
    "training.leader_gain": 0.5,
    "training.specialists_needed": 25.0,
    "training.academy_resistance": 0.4,
    "training.instructors_needed": 5.0,
    "training.doctrine_weight": 0.5,
    "training.common_doctrine": 0.2,
    "draws.equipment": 0.3,
}
VEHICLES = int(0.8 * (10 - 6) * 0.6 + 0.3)  # two, of the mission's type
HELD = (1 + VEHICLES) / (4 + VEHICLES)
CARRIED = 1 - 0.5 * (1 - (0.6 + 0.4 * HELD))
QUALITY = 0.8 * 0.75 * CARRIED
BASIC, DRILL = 1 - exp(-2.0), 1 - exp(-1.0)
COURSE_PRICE = 80 * 10.01 * 1.5  # a week, in euros: 1201.20
assert (int(7 * COURSE_PRICE), int(12 * COURSE_PRICE)) == (8408, 14414)
PAID = 14414 - 8408


def _ends(paid: int, carried: float, known: float, others: int = 1000) -> dict[str, int]:
    """Where so many euros of a course end: first what did not carry over, of the rest what was known, and the others of use."""
    mismatched = int((1 - carried) * paid)
    saturated = int(known * (paid - mismatched))
    ends = enumerate((paid - mismatched - saturated, saturated, mismatched))
    return {
        "mission.use[0,3]": others,
        "unit.course_paid": 0,
        **{f"mission.use[0,{use}]": euros for use, euros in ends if euros},
    }


def _known(known: float, working: int, all_working: int, mission_s: bool = False) -> float:
    return known + 0.8 * BASIC * (0.6 * working / all_working + (0.4 if mission_s else 0.0)) * (1 - known)


# Fifty come again and thirty are new to the team, who know no more than the field taught them.
FOUND = (50 * 0.2 + 30 * 0.1) / 80
TAUGHT = {
    **_ends(8408 + PAID, CARRIED, 0.5 * (0.3 / 0.9 + FOUND / 0.9)),
    "unit.skill": 0.3 + 0.8 * BASIC * QUALITY * 0.6,
    "unit.tactical": (50 * 0.2 + 30 * 0.1 + DRILL * QUALITY * (50 * 0.7 + 30 * 0.8)) / 80,
    "unit.led_together": 0.4 + 0.8 * 0.6,
    "unit.lesson": 80 * DRILL * QUALITY,
    "unit.kit_working[1]": 1 + VEHICLES,
    "unit.kit_known[0]": _known(0.5, 3, 4 + VEHICLES),
    "unit.kit_known[1]": _known(0.2, 1 + VEHICLES, 4 + VEHICLES, mission_s=True),
    "unit.doctrine[3]": 0.8 * BASIC * 0.5 * 0.8 * (1 - 0.8 * BASIC * 0.5 * 0.2),
    "unit.doctrine[0]": (1 - 0.8 * BASIC * 0.5 * 0.8) * (1 - 0.8 * BASIC * 0.5 * 0.2) + 0.8 * BASIC * 0.5 * 0.2,
    "nation.parts[1]": VEHICLES * 3.0,
    "book.vehicles_with_training": VEHICLES,
    "book.mission_vehicles": VEHICLES * 120,
    "mission.use[1,0]": VEHICLES * 120,
    "book.mission_instruction": PAID,
    "mission.instruction": PAID,
    "book.mission_granted": VEHICLES * 120 + PAID,
    "mission.completions": 87,
    "mission.battalion_completions": 86,
    "mission.places_used[2]": 10,
    "mission.programme_used[0]": 20,
    "unit.trainees": 0,
    "unit.course_weeks_left": 0.0,
    "unit.times_trained": 2,
    "unit.months_since_training": 0,
    "unit.together": 80,  # those who were, the twenty recruits, and ten who were trained elsewhere
    "unit.elsewhere": 20,
    "unit.untrained": 0,
}
CAME_WHOLE = {"mission.retrainings": 1, "mission.retention_sum": 0.5, "unit.cohort": 80, "unit.status": REST}
CAME_WHOLE |= {"unit.months_in_status": 0}
ALL_CARRIED = {
    **TAUGHT,
    **CAME_WHOLE,
    **_ends(8408 + PAID, 1.0, 0.5 * (0.3 / 0.9 + FOUND / 0.9)),
    "unit.skill": 0.3 + 0.8 * BASIC * 0.6 * 0.6,
    "unit.tactical": (50 * 0.2 + 30 * 0.1 + DRILL * 0.6 * (50 * 0.7 + 30 * 0.8)) / 80,
    "unit.lesson": 80 * DRILL * 0.6,
}
del ALL_CARRIED["mission.use[0,2]"]
UNMOVED = {
    "mission.use[0,0]",
    *(f"unit.{name}" for name in ("skill", "tactical", "together", "elsewhere", "untrained")),
}
# A detachment at the camp, rested: what is lost is what does not go with its vehicles. No doctrine, and no vehicles, come along.
DETACHED = {
    **LAST_MONTH,
    "unit.status": REST,
    "unit.site": CAMP,
    "unit.fatigue": 0.0,
    "unit.doctrine": [0.0] * 6,
    "training.trainee_week_cost": 10.0,
    "training.doctrine_weight": 0.0,
    "equipment.with_training": 0.0,
}
HELD_BY_FEW = 1 - 0.5 * 0.4 * 0.75  # one vehicle of four is of the mission's type


def _sent(trainees: int, programme: int) -> dict[str, object]:
    """So many on a course, of which seven weeks have been paid."""
    return {
        **DETACHED,
        "unit.course_programme": programme,
        "unit.trainees": trainees,
        "unit.course_paid": 70 * trainees,
        "mission.use[0,3]": 1000 + 70 * trainees,
    }


def _detached(trainees: int, programme: int, known: float) -> dict[str, float]:
    """What the end of its twelve weeks leaves, whatever the course is for."""
    share, paid = trainees / 100, 50 * trainees
    return {
        **_ends(120 * trainees, HELD_BY_FEW, known),
        "unit.lesson": 0.0,
        "unit.skill": 0.3 + share * BASIC * HELD_BY_FEW * 0.6,
        "unit.kit_known[0]": 0.5 + share * BASIC * 0.6 * 0.75 * 0.5,
        "unit.kit_known[1]": 0.2 + share * BASIC * (0.6 * 0.25 + 0.4) * 0.8,
        "book.mission_instruction": paid,
        "mission.instruction": paid,
        "book.mission_granted": paid,
        "mission.completions": 7 + trainees,
        "mission.places_used[0]": 5 - trainees,
        f"mission.programme_used[{programme}]": 100 - trainees,
        "unit.trainees": 0,
        "unit.course_weeks_left": 0.0,
        "unit.times_trained": 2,
        "unit.months_since_training": 0,
    }


GAINED = BASIC * HELD_BY_FEW
SPREAD = 1 - exp(-GAINED * 30 / 75)  # thirty specialists for three formations, each of which wants twenty-five
BROKEN_OFF = {
    "unit.lesson": 0.0,
    "unit.trainees": 0,
    "unit.course_weeks_left": 0.0,
    "unit.course_paid": 0,
    "mission.use[0,3]": 1000,
    "mission.use[0,4]": 8408,
    "mission.places_used[2]": 10,
    "mission.programme_used[0]": 20,
    "unit.status": REST,
    "unit.months_in_status": 0,
}
PLACES = {
    "training.mission": 1,
    "training.trainers": 100.0,
    "training.trainees_a_trainer": 8.0,
    "training.budget": 10_000_000,
    "training.fixed_share": 0.25,
    "training.trainee_week_cost": 100.0,  # 1,437 places
    "training.camp_places": 500,
    "training.forward_presence": 0.25,
    "training.battalions_share": 0.4,
    "training.sub_units_share": 0.2,
    "training.leaders_share": 0.08,
    "training.specialists_share": 0.1,
    "training.trainers_share": 0.02,  # four fifths in all, of which each is a share
    "mission.mentors": 20.0,
    "mission.mobile_share": 0.15,
    "mission.places_used": [7, 5, 90],
    "mission.places_free": [9, 9, 9],
    "mission.programme_used": [60, 10, 20, 5, 2],
    "mission.programme_free": [9, 9, 9, 9, 9],
    "mission.expected": 9,
}
COUNT_BEGINS = {"mission.expected": 0}


def _free(sites: tuple[int, ...], programmes: tuple[int, ...]) -> dict[str, float]:
    """Places that are free once those taken are counted off."""
    by_site = {f"mission.places_free[{site}]": places for site, places in enumerate(sites)}
    by_programme = {f"mission.programme_free[{programme}]": places for programme, places in enumerate(programmes)}
    return {**by_site, **by_programme, **COUNT_BEGINS}


# The middle battalion has the companies 4 to 7; what those before and after it have is not its own.
MUSTERED = {
    "battalion.months_since_training": 5,
    "battalion.call_months": 3,
    "battalion.present": 9,
    "battalion.together": 9,
    "battalion.led_together": 0.9,
    "units[4].together": 10,
    "units[4].elsewhere": 20,
    "units[4].untrained": 30,
    "units[4].led_together": 0.4,
    "units[4].called": 1,
    "units[5].together": 5,
    "units[5].status": OPERATIONS,
    "units[5].called": 1,
    "units[6].untrained": 7,
    "units[7].led_together": 1.0,
    "units[7].together": 8,
    "units[7].status": TRAINING,
    "mission.expected": 100,
    **{
        f"units[{beyond}].{name}": 90
        for beyond in (3, 8, 9, 10)
        for name in ("together", "elsewhere", "untrained", "called")
    },
    **{f"units[{beyond}].led_together": 0.9 for beyond in (3, 8, 9, 10)},
}
PARADE = {
    "battalion.months_since_training": 6,
    "battalion.present": 80,
    "battalion.together": 23,
    "battalion.led_together": (0.4 + 1.0) / 4,
}
NOBODY_CAME = {f"units[{company}].called": 1 for company in range(4, 8)}
NOT_CALLED = {f"units[{company}].called": 0 for company in range(4, 8)}
LESSONS = {
    "battalion.present": 60,
    "battalion.drill": 0.3,
    "training.skill_ceiling": 0.9,
    "units[3].lesson": 99.0,
    "units[4].lesson": 20.0,
    "units[7].lesson": 10.0,
    "units[8].lesson": 99.0,
}
CALLED = {
    "training.pause_months": 6.0,
    "training.call_months": 3.4,
    "training.recycling": NO_RECYCLING,
    "battalion.months_since_training": 6,
    "mission.programme_free": [100, 900, 900, 900, 900],
    "mission.expected": 82,  # there is room for eighteen more: half of those who are off operations
    "training.room_for_a_call": 0.5,
    "units[4].together": 5,
    "units[4].elsewhere": 6,
    "units[4].untrained": 14,
    "units[5].together": 25,
    "units[5].status": OPERATIONS,
    "units[6].together": 20,
    "units[6].status": TRAINING,
    "units[7].untrained": 11,
    "units[3].together": 70,
    "units[8].together": 70,
}
COMES = {
    "battalion.call_months": 3,
    "battalion.months_since_training": 0,
    "mission.expected": 82 + 36,
    **{f"units[{company}].called": 1 for company in range(4, 8)},
}
AGAIN = {f"units[{company}].cohort": 80 for company in range(4, 8)}
TAKEN = "mission.programme_used[0]"
JOINS = {
    "training.attendance": 0.8,
    "training.fatigue_penalty": 0.5,
    "training.release_penalty": 0.5,
    "training.distance_penalty": 0.5,
    "training.pause_months": 6.0,
    "training.smallest_class": 8.0,
    "training.detachment": 0.4,
    "training.leaders": 0.15,
    "training.specialists": 0.2,
    "training.instructors": 0.1,
    "unit.strength": 100,
    "unit.called": 1,
    "unit.together": 50,
    "unit.elsewhere": 20,
    "unit.untrained": 10,
    "unit.fatigue": 0.5,
    "unit.zone": 2,
    "unit.months_in_status": 4,
    "unit.months_since_training": 5,
    "zones[2].mobility": 0.5,
    "zones[2].distance": 0.5,
    "zones[0].distance": 0.9,
    "mission.places_free": [80, 80, 80],
    "mission.places_used": [1, 2, 3],
    "mission.programme_free": [80, 40, 20, 20, 20],
    "mission.programme_used": [6, 7, 8, 9, 10],
    "mission.course_weeks": 12.0,
    "training.course_weeks": 10.0,  # what was decided; the mission offers more
    "operations.release": 0.3,
    "draws.release": 0.29,
    "draws.attendance": 0.0,
}
ON_ITS_OWN = {**JOINS, "unit.called": 0, "draws.programme": 0.0}
A_MONTH_MORE = {"unit.months_since_training": 6}


def _joined(trainees: int, site: int = FORWARD, programme: int = BATTALIONS, whole: bool = False) -> dict[str, float]:
    then: dict[str, float] = {
        **A_MONTH_MORE,
        f"mission.places_free[{site}]": 80 - trainees,
        f"mission.places_used[{site}]": (1, 2, 3)[site] + trainees,
        f"mission.programme_free[{programme}]": (80, 40, 20, 20, 20)[programme] - trainees,
        f"mission.programme_used[{programme}]": 6 + programme + trainees,
        "unit.trainees": trainees,
        "unit.course_weeks": 12.0,
        "unit.course_weeks_left": 12.0,
    }
    then |= {"unit.site": site} if site else {}
    then |= {"unit.course_programme": programme} if programme else {"unit.called": 0}
    return then | ({"unit.status": TRAINING, "unit.months_in_status": 0} if whole else {})


BROUGHT = _joined(80, whole=True)
WILL = 0.8 * 0.75
FORGETS = {
    "training.skill_half_life": 12.0,
    "training.tactical_half_life": 6.0,
    "training.use_on_operations": 0.75,
    "training.use_at_rest": 0.25,
    "training.drift": 0.5,
    "turnover.recruit_skill": 0.1,
    "turnover.leadership_base": 0.6,
    "unit.skill": 0.3,
    "unit.tactical": 0.4,
    "unit.habit": 0.2,
    "unit.leadership": 0.3,
    "unit.fatigue": 0.5,
    "unit.kit_working": [1, 0, 0, 0, 0],
    "unit.kit_known": [0.5, 0.4, 0.0, 0.0, 0.0],
    "training.practice": 0.2,
    "training.practice_ceiling": 0.5,
    "training.tactical_practice_ceiling": 0.8,
    "training.skill_ceiling": 0.9,
    "training.rest_share": 0.5,
    "training.instructors_needed": 4.0,
    "host.instructors": 6.0,  # half of those needed
}


def _left(half_life: float, idle: float) -> float:
    """What is left of a skill after a month of which this share was idle."""
    return float(2 ** (-idle / half_life))


def _skill_left(idle: float) -> float:
    """Of what recruits do not know."""
    return 0.1 + 0.2 * _left(12, idle)


def _habit_left(idle: float) -> float:
    return 0.2 * _left(6, idle)


def _faded(idle: float) -> dict[str, float]:
    return {
        "unit.skill": _skill_left(idle),
        "unit.tactical": 0.4 * _left(6, idle),
        "unit.habit": _habit_left(idle),
        "unit.kit_known[1]": 0.4 * _left(12, idle),
    }


def _out(idle: float) -> dict[str, float]:
    """Operations teach a tenth of what they can: the habits of the field half of theirs where half is led as it should be."""
    return {
        **_faded(idle),
        "unit.skill": _skill_left(idle) + 0.1 * (0.5 - _skill_left(idle)),
        "unit.habit": _habit_left(idle) + 0.1 * (0.5 * 0.8 - _habit_left(idle)),
        "unit.kit_known[0]": 0.5 + 0.2 * 0.5,
    }


KEPT = {
    "training.tactical_half_life": 6.0,
    "training.use_on_operations": 0.75,
    "training.use_at_rest": 0.25,
    "readiness.leader_weight": 0.25,
    "readiness.team_exponent": 0.5,
    "battalion.drill": 0.8,
    "battalion.present": 100,
    "battalion.together": 36,
    "battalion.led_together": 0.49,
    "units[4].status": TRAINING,
    "units[5].status": OPERATIONS,
    "units[8].status": TRAINING,
    "units[9].status": TRAINING,
    "units[4].battalion_drill": 0.3,
}
IDLE = 1 - (1.0 + 0.75 + 0.25 + 0.25) / 4
STILL_THERE = sqrt(0.75 * 0.36 + 0.25 * 0.49)


def _kept_by(drill: float, share: float, companies: range = range(4, 8)) -> dict[str, float]:
    return {"battalion.drill": drill, **{f"units[{company}].battalion_drill": drill * share for company in companies}}


TRAINING_STEPS = (
    *by_hand(
        "run_mission",
        PRESENT,
        (
            "a twelfth of the budget less what courses took, on the way, and advisers, heard by who settles in, is received and trusted",
            {},
            AT_WORK,
        ),
        ("no mission costs nothing", {"training.mission": 0}, {"host.advisers": 0.0, "mission.instruction": 0}),
        ("nor one that was told to go", {"host.expelled": 1}, {"host.advisers": 0.0, "mission.instruction": 0}),
        (
            "courses took more than the budget's month",
            {"mission.instruction": 200},
            {
                **{
                    path: value
                    for path, value in AT_WORK.items()
                    if path not in ("book.mission_standing", "mission.use[0,5]")
                },
                "book.mission_granted": 252,
            },
        ),
        ("a suspended one stays and is paid", {"mission.suspended": 1}, AT_WORK),
    ),
    Case(
        "accompany_units",
        "exactly as many casualties in twelve months as states accept: mentors stay",
        _hurt(3),
        _casualties(3),
    ),
    Case(
        "accompany_units",
        "states pay those whom they send and who do not accompany units",
        {**_hurt(3), "training.adviser_cost": 2.5},
        {
            **_casualties(3),
            "book.mission_trainers": 200,
            "book.mission_granted": 402,
            "mission.use[0,5]": 200,
        },
    ),
    Case(
        "accompany_units",
        "one more, and none goes out for a year",
        _hurt(4),
        {**_casualties(4), "mission.months_suspended": 12},
    ),
    Case(
        "accompany_units",
        "the year goes by month after month; only trainers away from the camp are at risk, all of whom teach",
        {
            **ACCOMPANIED,
            "mission.months_suspended": 5,
            "draws.mentors_hurt": stats.poisson.cdf(0, 0.1 * 100 * 0.415 * 0.25) + 1e-9,
        },
        {**OFFER, "mission.casualties_by_month[1]": 1, "mission.casualties": 5, "mission.months_suspended": 4},
    ),
    Case(
        "accompany_units",
        "its last month is one of them; no more than all trainers are away from the camp",
        {
            **ACCOMPANIED,
            "training.mobile_share": 0.5,
            "training.forward_presence": 0.75,
            "mission.months_suspended": 2,
            "draws.mentors_hurt": stats.poisson.cdf(2, 0.1 * 100 * 0.25) - 1e-9,
        },
        {
            **OFFER,
            "mission.mobile_share": 0.5,
            "mission.casualties_by_month[1]": 2,
            "mission.casualties": 6,
            "mission.months_suspended": 1,
        },
    ),
    Case(
        "accompany_units",
        "after its last month they go out again",
        {**_hurt(0), "mission.months_suspended": 1},
        {
            **{path: value for path, value in _casualties(0).items() if path != "mission.casualties"},
            "mission.months_suspended": 0,
        },
    ),
    Case(
        "accompany_units",
        "no more help than mentors for every unit out",
        {**_hurt(0), "nation.on_operations": 2},
        {
            **{path: value for path, value in _casualties(0).items() if path != "mission.casualties"},
            "mission.mentor_cover": 1.0,
            "mission.mentoring_effect": 0.5,
        },
    ),
    *(
        Case(
            "accompany_units",
            f"nobody goes out, costs or is hurt: {why}",
            {
                **ACCOMPANIED,
                **given,
                "mission.mentors": 20.0,
                "mission.mentor_cover": 0.5,
                "mission.mentoring_effect": 0.25,
                "draws.mentors_hurt": 0.999,
            },
            {**AWAY, "mission.mentors": 0.0, "mission.mentor_cover": 0.0, "mission.mentoring_effect": 0.0},
        )
        for why, given in (
            ("suspended", {"mission.suspended": 1}),
            ("told to go", {"host.expelled": 1}),
            ("no mission", {"training.mission": 0}),
        )
    ),
    *by_hand(
        "accompany_army",
        {
            "nation.forces[1].soldiers": 100.0,
            "nation.forces[1].accompany": 0.05,
            "nation.forces[3].soldiers": 20.0,
            "nation.forces[3].accompany": 0.5,
            "nation.forces[0].soldiers": 900.0,
            "training.mentors_a_unit": 3.0,
            "nation.on_operations": 10,
            "nation.escorts": 0.9,
        },
        ("soldiers who go with units, against what all units out would take", {}, {"nation.escorts": 0.5}),
        ("no more than all of them", {"nation.on_operations": 3}, {"nation.escorts": 1.0}),
        (
            "nobody is out",
            {"nation.on_operations": 0, "nation.forces[3].soldiers": 0.0, "nation.forces[1].soldiers": 10.0},
            {"nation.escorts": 0.5},
        ),
    ),
    *by_hand(
        "learn_from_mentors",
        BESIDE,
        (
            "who fights beside mentors drills and leads better, as far as there are mentors",
            {},
            {"unit.habit": 0.3 + 0.2 * 0.5 * 0.5, "unit.leadership": 0.6 + 0.2 * 0.5 * 0.4},
        ),
        (
            "soldiers of foreign forces beside it count with them, up to one unit for a unit",
            {"nation.escorts": 0.25},
            {"unit.habit": 0.3 + 0.2 * 0.75 * 0.5, "unit.leadership": 0.6 + 0.2 * 0.75 * 0.4},
        ),
        (
            "and no further",
            {"nation.escorts": 0.75},
            {"unit.habit": 0.3 + 0.2 * 0.5, "unit.leadership": 0.6 + 0.2 * 0.4},
        ),
        ("nobody is made worse", {"unit.habit": 0.81}, {"unit.leadership": 0.64}),
        ("not at rest", {"unit.status": REST}, {}),
        ("nor on a course", {"unit.status": TRAINING}, {}),
    ),
    *by_hand(
        "follow_course",
        LAST_MONTH,
        ("who is on no course follows none, and has no lesson to share", {"unit.trainees": 0}, {"unit.lesson": 0.0}),
        (
            "a month is paid as it is taught, dearer away from the camp, and waits for what it brings; the course goes on",
            {"unit.course_weeks_left": 7.0},
            {
                "unit.lesson": 0.0,
                "unit.course_weeks_left": 7.0 - WEEKS,
                "unit.course_paid": 8408 + int((5 + WEEKS) * COURSE_PRICE) - int(5 * COURSE_PRICE),
                "mission.use[0,3]": 9408 + int((5 + WEEKS) * COURSE_PRICE) - int(5 * COURSE_PRICE),
                "book.mission_instruction": int((5 + WEEKS) * COURSE_PRICE) - int(5 * COURSE_PRICE),
                "mission.instruction": int((5 + WEEKS) * COURSE_PRICE) - int(5 * COURSE_PRICE),
                "book.mission_granted": int((5 + WEEKS) * COURSE_PRICE) - int(5 * COURSE_PRICE),
            },
        ),
        (
            "at the camp at its plain price",
            {"unit.course_weeks_left": 12.0, "unit.site": CAMP, "unit.course_paid": 0},
            {
                "unit.lesson": 0.0,
                "unit.course_weeks_left": 12.0 - WEEKS,
                "unit.course_paid": int(WEEKS * 800.8),
                "mission.use[0,3]": 9408 + int(WEEKS * 800.8),
                "book.mission_instruction": int(WEEKS * 800.8),
                "mission.instruction": int(WEEKS * 800.8),
                "book.mission_granted": int(WEEKS * 800.8),
            },
        ),
        (
            "a company graduates: skill, drill, a lesson for its battalion, vehicles, doctrine, a cohort; its money ends",
            {},
            {**TAUGHT, **CAME_WHOLE},
        ),
        ("without mismatch all carries over", {"mechanisms.equipment_mismatch": 0.0}, ALL_CARRIED),
        (
            "without doctrinal confusion the army's stays its own",
            {"mechanisms.doctrinal_confusion": 0.0},
            {**{path: value for path, value in TAUGHT.items() if "doctrine" not in path}, **CAME_WHOLE},
        ),
        (
            "who knew all of it learns nothing, and the money is saturated; who came meanwhile belongs to no team",
            {
                "unit.skill": 0.95,
                "unit.tactical": 0.95,
                "unit.together": 85,
                "unit.elsewhere": 10,
                "unit.untrained": 5,
                "unit.cohort": 50,
            },
            {
                **{path: value for path, value in TAUGHT.items() if path not in UNMOVED},
                **CAME_WHOLE,
                "unit.cohort": 85,
                "mission.retention_sum": 1.0,
                **_ends(8408 + PAID, CARRIED, 0.5 * (1 + 1)),
            },
        ),
        (
            "of a first cohort nobody can be missing",
            {"unit.cohort": 0},
            {
                path: value
                for path, value in {**TAUGHT, **CAME_WHOLE}.items()
                if path not in ("mission.retrainings", "mission.retention_sum")
            },
        ),
    ),
    Case(
        "follow_course",
        "of a detachment the newcomers join the team first: recruits, then those trained elsewhere, then those of the team",
        _sent(60, SUB_UNITS),
        {
            **_detached(60, SUB_UNITS, 0.5 * (0.3 / 0.9 + (10 * 0.2 + 50 * 0.1) / 60 / 0.9)),
            "unit.tactical": (50 * 0.2 + 50 * 0.1 + DRILL * HELD_BY_FEW * (10 * 0.7 + 50 * 0.8)) / 100,
            "unit.led_together": 0.4 + 0.6 * 0.6,
            "unit.cohort": 150,
            "unit.together": 100,
            "unit.elsewhere": 0,
            "unit.untrained": 0,
        },
    ),
    Case(
        "follow_course",
        "the field taught newcomers more than a course can; where there are vehicles enough none come along",
        {**_sent(30, SUB_UNITS), "unit.habit": 0.95, "equipment.with_training": 1.0, "equipment.vehicles_needed": 4.0},
        {
            **_detached(30, SUB_UNITS, 0.5 * (0.3 / 0.9 + 1)),
            "unit.tactical": (50 * 0.2 + 30 * 0.95) / 80,
            "unit.led_together": 0.4 + 0.3 * 0.6,
            "unit.cohort": 130,
            "unit.together": 80,
            "unit.elsewhere": 20,
            "unit.untrained": 0,
        },
    ),
    Case(
        "follow_course",
        "newcomers sent to a battalion's course bring a lesson home and stay with their unit",
        _sent(30, BATTALIONS),
        {
            **_detached(30, BATTALIONS, 0.5 * (0.3 / 0.9 + 0.1 / 0.9)),
            "unit.lesson": 30 * DRILL * HELD_BY_FEW,
            "unit.tactical": (50 * 0.2 + 30 * 0.1 + DRILL * HELD_BY_FEW * 30 * 0.8) / 80,
            "unit.led_together": 0.4 + 0.3 * 0.6,
            "mission.battalion_completions": 36,
            "unit.cohort": 130,
            "unit.together": 80,
            "unit.elsewhere": 20,
            "unit.untrained": 0,
        },
    ),
    Case(
        "follow_course",
        "leaders learn to lead, half of them here, and no drill; a unit on operations goes on with them",
        {**_sent(11, LEADERS), "unit.status": OPERATIONS},
        {
            **_detached(11, LEADERS, 0.4),
            "unit.leadership": 0.4 + 0.5 * GAINED * 0.5 * 0.6,
            "unit.elsewhere": 41,
            "unit.untrained": 9,
        },
    ),
    Case(
        "follow_course",
        "no more leaders learn than there are",
        _sent(30, LEADERS),
        {
            **_detached(30, LEADERS, 0.4),
            "unit.leadership": 0.4 + GAINED * 0.5 * 0.6,
            "unit.elsewhere": 50,
            "unit.untrained": 0,
        },
    ),
    Case(
        "follow_course",
        "specialists are trained on their own and serve in three formations of the zone: no drill, no team, no vehicles",
        {**_sent(30, SPECIALISTS), "equipment.with_training": 1.0},
        {
            **_detached(30, SPECIALISTS, 1.06 / 3),
            "zones[2].medical": 0.6 + SPREAD * 0.4,
            "zones[2].counter_ied": 0.3 + SPREAD * 0.7,
            "zones[2].workshop": 0.16 + SPREAD * 0.84,
            "unit.elsewhere": 50,
            "unit.untrained": 0,
        },
    ),
    *(
        Case(
            "follow_course",
            f"trainers of the army's own, fewer where the hierarchy does not own it: {why}",
            {**_sent(10, TRAINERS), "host.instructors": before},
            {
                **_detached(10, TRAINERS, known),
                "host.instructors": before + 10 * (1 - 0.4 * 0.75),
                "unit.elsewhere": 40,
                "unit.untrained": 10,
            },
        )
        for why, before, known in (
            ("eight of the fifteen that three units need", 1.0, 8 / 15),
            ("more than they need", 20.0, 1.0),
        )
    ),
    Case(
        "follow_course",
        "a course of five weeks leaves skill and no drill: those who come without it thin out the team's",
        {
            "training.mission": 1,
            "unit.trainees": 30,
            "unit.course_programme": SUB_UNITS,
            "unit.course_weeks": 5.0,
            "unit.course_weeks_left": 2.0,
            "unit.together": 50,
            "unit.elsewhere": 30,
            "unit.untrained": 20,
            "unit.tactical": 0.8,
            "training.basic_weeks": 5.0,
            "training.tactical_after": 6.0,
            "training.tactical_weeks": 8.0,
            "training.skill_ceiling": 1.0,
            "mission.on_held_kit": 1.0,
            "mission.places_used": [30, 0, 0],
            "mission.programme_used": [0, 30, 0, 0, 0],
        },
        {
            "unit.skill": 0.3 * (1 - exp(-1.0)),
            "unit.tactical": 0.8 * 50 / 80,
            "unit.led_together": 0.3,
            "unit.trainees": 0,
            "unit.course_weeks_left": 0.0,
            "mission.places_used[0]": 0,
            "mission.programme_used[1]": 0,
            "mission.completions": 30,
            "unit.times_trained": 1,
            "unit.together": 80,
            "unit.elsewhere": 20,
            "unit.untrained": 0,
        },
    ),
    Case(
        "follow_course",
        "where all have left the unit meanwhile nobody graduates, and nobody is counted",
        {
            "training.mission": 1,
            "unit.trainees": 30,
            "unit.course_programme": TRAINERS,
            "unit.course_weeks": 5.0,
            "unit.course_weeks_left": 2.0,
            "training.basic_weeks": 5.0,
            "training.tactical_weeks": 8.0,
            "training.skill_ceiling": 1.0,
            "mission.on_held_kit": 1.0,
            "mission.places_used": [30, 0, 0],
            "mission.programme_used": [0, 0, 0, 0, 30],
        },
        {
            "unit.trainees": 0,
            "unit.course_weeks_left": 0.0,
            "mission.places_used[0]": 0,
            "mission.programme_used[4]": 0,
            "unit.times_trained": 1,
        },
    ),
    *(
        Case("follow_course", f"what was begun counts for nothing: {why}", {**LAST_MONTH, **given}, BROKEN_OFF)
        for why, given in (
            ("suspended", {"mission.suspended": 1}),
            ("told to go", {"host.expelled": 1}),
            ("no mission", {"training.mission": 0}),
        )
    ),
    *by_hand(
        "open_places",
        PLACES,
        (
            "as many as decided, by site and by programme, less those taken; what is counted by the month begins",
            {},
            _free((500 - 125 - 75 - 7, 125 - 5, 75 - 90), (250 - 60, 125 - 10, 50 - 20, 63 - 5, 13 - 2)),
        ),
        (
            "no more than the budget pays, less what it takes to be there",
            {"training.budget": 52.1785714286 * 100 * 400.2 / 0.75},
            _free((400 - 100 - 60 - 7, 100 - 5, 60 - 90), (200 - 60, 100 - 10, 40 - 20, 50 - 5, 10 - 2)),
        ),
        (
            "no more than trainers can teach who do not accompany units",
            {"training.camp_places": 900},
            _free((640 - 256 - 7, 160 - 5, 96 - 90), (320 - 60, 160 - 10, 64 - 20, 80 - 5, 16 - 2)),
        ),
        (
            "shares beyond the whole are cut alike",
            {"training.forward_presence": 0.9, "mission.mobile_share": 0.6},
            _free((-7, 300 - 5, 200 - 90), (250 - 60, 125 - 10, 50 - 20, 63 - 5, 13 - 2)),
        ),
        (
            "one programme alone has all places",
            {
                "training.battalions_share": 0.0,
                "training.sub_units_share": 0.0,
                "training.leaders_share": 0.0,
                "training.specialists_share": 0.1,
                "training.trainers_share": 0.0,
            },
            _free((500 - 125 - 75 - 7, 125 - 5, 75 - 90), (-60, -10, -20, 500 - 5, -2)),
        ),
        (
            "without a programme nobody is taught",
            {
                f"training.{name}_share": 0.0
                for name in ("battalions", "sub_units", "leaders", "specialists", "trainers")
            },
            _free((500 - 125 - 75 - 7, 125 - 5, 75 - 90), (-60, -10, -20, -5, -2)),
        ),
        ("a suspended mission has none", {"mission.suspended": 1}, _free((-7, -5, -90), (-60, -10, -20, -5, -2))),
    ),
    *by_hand(
        "muster",
        MUSTERED,
        (
            "soldiers, teams and leaders of its own companies; who is called and off operations is expected",
            {},
            {**PARADE, "battalion.call_months": 2, "mission.expected": 100 + 60},
        ),
        (
            "the call runs out: who has not come stays away",
            {"battalion.call_months": 1},
            {**PARADE, "battalion.call_months": 0, "units[4].called": 0, "units[5].called": 0},
        ),
        (
            "as long as it holds, who has not come may come",
            {"battalion.call_months": 2, **NOBODY_CAME},
            {**PARADE, "battalion.call_months": 1, "mission.expected": 100 + 60 + 7},
        ),
        ("without a call nobody is expected", {"battalion.call_months": 0, **NOT_CALLED}, PARADE),
        (
            "the last battalion has three companies",
            {"battalion.call_months": 0, "units[8].led_together": 0.0, "units[3].led_together": 0.0},
            {
                "battalion.months_since_training": 6,
                "battalion.present": 810,
                "battalion.together": 270,
                "battalion.led_together": 0.6,
                **{f"units[{company}].called": 0 for company in (8, 9, 10)},
            },
            2,
        ),
    ),
    *by_hand(
        "learn_together",
        LESSONS,
        (
            "as much as its companies learned, each its share of those present",
            {},
            {"battalion.drill": 0.3 + 0.5 * 0.6},
        ),
        ("no more than all of it", {"battalion.present": 20}, {"battalion.drill": 0.9}),
        ("nobody came back, nothing is learned", {"units[4].lesson": 0.0, "units[7].lesson": 0.0}, {}),
        ("nothing is unlearned", {"battalion.drill": 0.95}, {}),
        ("where nobody is left all that there is is theirs", {"battalion.present": 0}, {"battalion.drill": 0.9}),
        (
            "the last has three",
            {"units[8].lesson": 0.0, "units[10].lesson": 0.6},
            {"battalion.drill": 0.3 + 0.01 * 0.6},
            2,
        ),
    ),
    *by_hand(
        "call_battalion",
        CALLED,
        ("there is room for most of those off operations: all are called, and they are expected", {}, COMES),
        ("not quite", {"mission.expected": 83}, {}),
        ("nor with some there already", {"mission.programme_free[0]": 17, "mission.expected": 0, TAKEN: 61}, {}),
        (
            "an empty course takes them as soon as a company fits",
            {"mission.programme_free[0]": 18, "mission.expected": 0},
            {**COMES, "mission.expected": 36},
        ),
        ("and none that does not", {"mission.programme_free[0]": 17, "mission.expected": 0}, {}),
        ("nor so soon again", {"battalion.months_since_training": 5}, {}),
        ("nor while a call holds", {"battalion.call_months": 1}, {}),
        (
            "nor where all are out",
            {"units[4].status": OPERATIONS, "units[7].status": OPERATIONS, "mission.expected": 0},
            {},
        ),
        ("once trained, not again", {**AGAIN, "mission.expected": 0}, {}),
        (
            "but for a company that has not been on the course",
            {**AGAIN, "units[7].cohort": 0},
            {
                "battalion.call_months": 3,
                "battalion.months_since_training": 0,
                "mission.expected": 82 + 11,
                "units[7].called": 1,
            },
        ),
        ("or all may come again", {**AGAIN, "training.recycling": WHOLE_UNIT}, COMES),
        ("or the newcomers", {**AGAIN, "training.recycling": NEWCOMERS}, COMES),
        ("a call holds for a month at least", {"training.call_months": 0.3}, {**COMES, "battalion.call_months": 1}),
        (
            "the last has three companies",
            {"mission.programme_free[0]": 24, "mission.expected": 0},
            {
                "battalion.call_months": 3,
                "battalion.months_since_training": 0,
                "mission.expected": 70,
                **{f"units[{company}].called": 1 for company in (8, 9, 10)},
            },
            2,
        ),
        ("a third of it has to fit", {"mission.programme_free[0]": 23, "mission.expected": 0}, {}, 2),
    ),
    *by_hand(
        "join_course",
        JOINS,
        (
            "a company that is called is brought whole, first to a forward site that is near",
            {"draws.attendance": WILL - 1e-6},
            BROUGHT,
        ),
        ("or not", {"draws.attendance": WILL + 1e-6}, A_MONTH_MORE),
        ("then to mobile teams", {"mission.places_free": [80, 79, 80]}, _joined(80, MOBILE, whole=True)),
        (
            "then to the camp, however far, less on unsafe roads",
            {"mission.places_free": [80, 79, 79], "draws.attendance": WILL * 0.5 - 1e-6},
            _joined(80, CAMP, whole=True),
        ),
        (
            "or not to the camp",
            {"mission.places_free": [80, 79, 79], "draws.attendance": WILL * 0.5 + 1e-6},
            A_MONTH_MORE,
        ),
        ("near the camp there is no forward site", {"zones[2].distance": 0.24}, _joined(80, MOBILE, whole=True)),
        ("from a quarter of the way on there is", {"zones[2].distance": 0.25}, BROUGHT),
        ("no place at a site, no course", {"mission.places_free": [79, 79, 79]}, A_MONTH_MORE),
        ("no place in the programme, no course", {"mission.programme_free[0]": 79}, A_MONTH_MORE),
        ("who is called and out comes to none", {"unit.status": OPERATIONS}, A_MONTH_MORE),
        ("nor who has a detachment there", {"unit.trainees": 1}, A_MONTH_MORE),
        ("nor who is there", {"unit.status": TRAINING}, A_MONTH_MORE),
        (
            "so soon again, where its battalion is called",
            {"unit.months_since_training": 0},
            BROUGHT | {"unit.months_since_training": 1},
        ),
        ("a second time whole units come", {"unit.times_trained": 1, "training.recycling": WHOLE_UNIT}, BROUGHT),
        (
            "or the newcomers, who leave their unit at rest",
            {"unit.times_trained": 1, "training.recycling": NEWCOMERS},
            _joined(30),
        ),
        ("a first time all are newcomers", {"training.recycling": NEWCOMERS}, BROUGHT),
    ),
    *(
        Case(
            "join_course",
            f"who is not called sends a few, to one of the programmes by their free places: {why}",
            {**ON_ITS_OWN, "draws.programme": draw},
            _joined(count, programme=programme),
        )
        for why, draw, programme, count in (
            ("a detachment", 0.39, SUB_UNITS, 40),
            ("leaders", 0.41, LEADERS, 15),
            ("leaders still", 0.59, LEADERS, 15),
            ("specialists", 0.61, SPECIALISTS, 20),
            ("trainers", 0.81, TRAINERS, 10),
        )
    ),
    *(
        Case(
            "join_course",
            f"no detachment, but leaders, specialists and trainers, of {who}: draw {draw}",
            {**ON_ITS_OWN, **given, "draws.programme": draw},
            {**_joined(count, programme=programme), "unit.months_since_training": months},
        )
        for who, given, months in (
            ("a unit that was on a course of late", {"unit.months_since_training": 4}, 5),
            ("a unit on operations that can spare them", {"unit.status": OPERATIONS}, 6),
        )
        for draw, programme, count in ((0.32, LEADERS, 15), (0.34, SPECIALISTS, 20), (0.67, TRAINERS, 10))
    ),
    *by_hand(
        "join_course",
        ON_ITS_OWN,
        (
            "the larger a part of it is asked for, the less it comes",
            {"draws.attendance": WILL * (1 - 0.5 * 0.4) - 1e-6},
            _joined(40, programme=SUB_UNITS),
        ),
        ("nor more", {"draws.attendance": WILL * (1 - 0.5 * 0.4) + 1e-6}, A_MONTH_MORE),
        ("operations come first", {"unit.status": OPERATIONS, "draws.release": 0.31}, A_MONTH_MORE),
        ("who is at rest need not be spared", {"draws.release": 0.31}, _joined(40, programme=SUB_UNITS)),
        (
            "of a detachment fewer come to the camp from far away, too",
            {"mission.places_free": [80, 39, 39], "draws.attendance": WILL * 0.8 * 0.5 * 0.75 - 1e-6},
            _joined(40, CAMP, SUB_UNITS),
        ),
        (
            "not to the camp",
            {"mission.places_free": [80, 39, 39], "draws.attendance": WILL * 0.8 * 0.5 * 0.75 + 1e-6},
            A_MONTH_MORE,
        ),
        *(
            (
                f"places taken beyond those that there are count for none: draw {draw}",
                {"mission.programme_free": [80, -30, -1, 20, 0], "draws.programme": draw},
                _joined(20, programme=SPECIALISTS),
            )
            for draw in (0.001, 0.999)
        ),
        ("no free places, no course", {"mission.programme_free": [80, 0, -1, 0, 0]}, A_MONTH_MORE),
        ("nor where fewer are free than would come", {"mission.programme_free": [80, 39, 0, 0, 0]}, A_MONTH_MORE),
        ("no course for so few", {"training.smallest_class": 40.5}, A_MONTH_MORE),
        ("but for as many as make a class", {"training.smallest_class": 40.0}, _joined(40, programme=SUB_UNITS)),
        (
            "who has no more soldiers at rest than a detachment is there whole",
            {"unit.together": 8, "unit.elsewhere": 0, "unit.untrained": 1},
            _joined(9, programme=SUB_UNITS, whole=True),
        ),
    ),
    *(
        Case(
            "join_course",
            f"who has no more soldiers out than {who} stays on operations",
            {
                **ON_ITS_OWN,
                "unit.status": OPERATIONS,
                "unit.together": 8,
                "unit.elsewhere": 0,
                "unit.untrained": 1,
                "draws.programme": draw,
            },
            _joined(9, programme=programme),
        )
        for who, draw, programme in (
            ("leaders", 0.1, LEADERS),
            ("specialists", 0.5, SPECIALISTS),
            ("trainers", 0.9, TRAINERS),
        )
    ),
    *by_hand(
        "practise_and_forget",
        FORGETS,
        *(
            (
                f"on a course all is used: nothing fades (structure {decay})",
                {"unit.status": TRAINING, "structures.decay": decay},
                {},
            )
            for decay in (DISUSE, DRIFT)
        ),
        (
            "unless skill fades in every month, drill soonest, down to what recruits know",
            {"unit.status": TRAINING, "structures.decay": ALWAYS},
            _faded(1.0),
        ),
        (
            "who knows less than a recruit forgets nothing",
            {"unit.status": TRAINING, "structures.decay": ALWAYS, "unit.skill": 0.05},
            {path: value for path, value in _faded(1.0).items() if path != "unit.skill"},
        ),
        (
            "operations leave a quarter of a month idle, and teach the habits of the field as far as leaders and strength allow",
            {"unit.status": OPERATIONS},
            _out(0.25),
        ),
        (
            "where skill fades always, all of a month",
            {"unit.status": OPERATIONS, "structures.decay": ALWAYS},
            _out(1.0),
        ),
        (
            "where it drifts, drill does not fade but comes down to the habits of the field",
            {"unit.status": OPERATIONS, "structures.decay": DRIFT},
            {**_out(0.25), "unit.tactical": 0.4 - 0.5 * (0.4 - _habit_left(0.25))},
        ),
        (
            "and never up to them",
            {"unit.status": OPERATIONS, "structures.decay": DRIFT, "unit.tactical": 0.1},
            {path: value for path, value in _out(0.25).items() if path != "unit.tactical"},
        ),
        (
            "no unit is led better than well, and nobody learns above what the field can teach",
            {"unit.status": OPERATIONS, "unit.leadership": 0.9, "unit.skill": 0.7},
            {
                **_out(0.25),
                "unit.skill": 0.1 + 0.6 * _left(12, 0.25),
                "unit.habit": _habit_left(0.25) + 0.1 * (0.8 - _habit_left(0.25)),
            },
        ),
        (
            "nor unlearns what the field cannot teach",
            {"unit.status": OPERATIONS, "unit.habit": 0.9},
            {**_out(0.25), "unit.habit": 0.9 * _left(6, 0.25)},
        ),
        *(
            (
                f"at rest three quarters of a month are idle; instructors of their own lead practice (structure {decay})",
                {"unit.status": REST, "structures.decay": decay},
                {**_faded(0.75), "unit.skill": _skill_left(0.75) + 0.1 * 0.5 * (0.9 - _skill_left(0.75))},
            )
            for decay in (DISUSE, DRIFT)
        ),
        (
            "there are never more than are needed",
            {"unit.status": REST, "host.instructors": 60.0},
            {**_faded(0.75), "unit.skill": _skill_left(0.75) + 0.1 * (0.9 - _skill_left(0.75))},
        ),
        (
            "and there is less without",
            {"unit.status": REST, "host.instructors": 0.0},
            {**_faded(0.75), "unit.skill": _skill_left(0.75) + 0.1 * 0.5 * (0.5 - _skill_left(0.75))},
        ),
        *(
            (
                f"without decay nothing fades or drifts, and practice goes on (structure {decay})",
                {"unit.status": OPERATIONS, "mechanisms.skill_decay": 0.0, "structures.decay": decay},
                {
                    "unit.skill": 0.3 + 0.1 * 0.2,
                    "unit.habit": 0.2 + 0.1 * 0.2,
                    "unit.kit_known[0]": 0.5 + 0.2 * 0.5,
                },
            )
            for decay in (DISUSE, ALWAYS, DRIFT)
        ),
    ),
    *by_hand(
        "keep_battalion_drill",
        KEPT,
        *(
            (
                f"it fades by what the companies leave idle, and lives with those who learned it (structure {decay})",
                {"structures.decay": decay},
                _kept_by(0.8 * _left(6, IDLE), STILL_THERE),
            )
            for decay in (DISUSE, DRIFT)
        ),
        ("or in every month", {"structures.decay": ALWAYS}, _kept_by(0.8 * _left(6, 1.0), STILL_THERE)),
        (
            "or not at all",
            {"mechanisms.skill_decay": 0.0},
            {path: value for path, value in _kept_by(0.8, STILL_THERE).items() if path != "battalion.drill"},
        ),
        ("it lives with the leaders", {"structures.drill_home": OF_LEADERS}, _kept_by(0.8 * _left(6, IDLE), 0.7)),
        ("or with the battalion", {"structures.drill_home": OF_UNIT}, _kept_by(0.8 * _left(6, IDLE), 1.0)),
        (
            "nothing is left where nobody is left of those who learned it",
            {"battalion.together": 0, "battalion.led_together": 0.0},
            {"battalion.drill": 0.8 * _left(6, IDLE), "units[4].battalion_drill": 0.0},
        ),
        (
            "nor where nobody is left at all",
            {"battalion.present": 0, "battalion.together": 0, "battalion.led_together": 0.0},
            {"battalion.drill": 0.8 * _left(6, IDLE), "units[4].battalion_drill": 0.0},
        ),
        (
            "the last has three companies, two of them on a course",
            {},
            _kept_by(0.8 * _left(6, 0.25), STILL_THERE, range(8, 11)),
            2,
        ),
    ),
    Case(
        "lose_instructors",
        "they move on like everybody, less with a personnel system",
        {
            "host.instructors": 10.0,
            "host.reforms": [0.4, 0.9, 0.9],
            "turnover.reassignment_rate": 0.1,
            "personnel.reassignment_with_hr_system": 0.5,
        },
        {"host.instructors": 9.2},
    ),
    Case(
        "lose_instructors",
        "or not at all",
        {"host.instructors": 10.0, "turnover.reassignment_rate": 0.1, "mechanisms.turnover": 0.0},
        {},
    ),
)

FLEET = {
    "nation.fleet": [25, 0, 4, 0, 0],
    "nation.parts": [10.0, 3.0, 9.0, 0.0, 0.0],
    "nation.repair": [0.9] * 5,
    "host.reforms": [0.9, 0.9, 0.5],
    "host.maintenance_budget": 3750,
    "interests.neglect": 0.5,
    "host.will": 0.6,  # four fifths of what is granted are released
    "reforms.diverted": 0.4,
    "reforms.wait_gain": 0.5,
    "equipment.stock_factor": 2.0,
    "equipment.upkeep": 100.0,
    "equipment.wait_months": 2.0,
    "equipment.repair_months": 0.5,
    "equipment.months_between_failures": 10.0,
    "equipment.idle_use": 0.3,
}
BOUGHT = 3000 * 0.8 / 4300


def _kept(cover: float, spent: int) -> dict[str, float]:
    by_type = [1 - (1 - cover) * (1 - served) for served in (10 / 25, 0.0, 1.0, 0.0, 0.0)]
    return {
        "host.maintenance_cover": cover,
        "book.host_granted": spent,
        "book.host_maintenance": spent,
        "nation.parts[0]": 0.0,
        "nation.parts[2]": 5.0,
        "nation.failure[0]": 1 - exp(-0.03),
        "nation.failure[1]": 1 - exp(-0.1),
        **{f"nation.coverage[{k}]": share for k, share in enumerate(by_type)},
        **{
            f"nation.repair[{k}]": 1 - exp(-1 / (0.5 + 2.0 * (1 - share) / share * 0.75))
            for k, share in enumerate(by_type)
        },
    }


ENTERS = {
    "unit.kit_depot": [1, 10, 0, 20, 0],
    "unit.kit_working": [0, 1, 0, 0, 0],
    "unit.kit_known": [0.0, 0.5, 0.0, 0.25, 0.0],
    "nation.coverage": [0.0, 0.4, 0.0, 0.2, 0.0],
    "equipment.service_base": 0.1,
    "equipment.service_known": 0.4,
    "equipment.service_supported": 0.5,
    "equipment.drivers_share": 0.5,
    "unit.together": 10,
    "unit.elsewhere": 10,
    "unit.untrained": 20,  # twenty drivers
    "equipment.depot_loss": 0.2,
    "draws.into_service": [0.95, 0.5, 0.5, 0.5, 0.5],
    "draws.written_off": [0.5, 0.5, 0.5, 0.6, 0.5],
}
_FIRST = quantile(0.5, 10, 0.5 * 18 / 20)  # one vehicle has a driver already, one enters service before
READY = (_FIRST, quantile(0.5, 20, 0.3 * (18 - _FIRST) / 20))
OFF = (quantile(0.5, 10 - READY[0], 0.2), quantile(0.6, 20 - READY[1], 0.2))
BREAKS = {
    "unit.status": OPERATIONS,
    "unit.kit_working": [20, 0, 0, 1, 0],
    "unit.kit_broken": [10, 0, 8, 0, 1],
    "nation.failure": [0.1, 0.3],
    "nation.repair": [0.4, 0.0, 0.5, 0.0, 0.0],
    "nation.coverage": [0.5, 0.0, 0.25, 0.0, 0.0],
    "equipment.abandon_rate": 0.4,
    "equipment.workshop_effect": 0.4,
    "unit.zone": 2,
    "unit.kit_left": 1.5,
    "zones[2].workshop": 0.5,
    "zones[1].workshop": 0.9,
    "draws.broken": [0.7, 0.5, 0.5, 0.95, 0.5],
    "draws.repaired": [0.4, 0.5, 0.7, 0.5, 0.95],
    "draws.abandoned": [0.9, 0.5, 0.8, 0.5, 0.5],
}


def _broken(failure: float) -> dict[str, float]:
    failed, fixed, others = (
        quantile(0.7, 20, failure),
        quantile(0.4, 10, 1 - 0.6 * 0.8),
        quantile(0.7, 8, 1 - 0.5 * 0.8),
    )
    left = quantile(0.9, 10 + failed - fixed, 0.2 * 0.8), quantile(0.8, 8 - others, 0.3 * 0.8)
    return {
        "unit.kit_working[0]": 20 + fixed - failed,
        "unit.kit_broken[0]": 10 + failed - fixed - left[0],
        "unit.kit_working[2]": others,
        "unit.kit_broken[2]": 8 - others - left[1],
        "unit.kit_working[3]": 0,  # single vehicles: one fails, one is mended by the workshop alone
        "unit.kit_broken[3]": 1,
        "unit.kit_working[4]": 1,
        "unit.kit_broken[4]": 0,
        "unit.kit_left": 1.5 + sum(left),
        "book.vehicles_abandoned": sum(left),
    }


GIVEN = {
    "circumstances.vehicle_gift": 11,
    "equipment.price": 100.9,
    "equipment.vehicles_needed": 10.0,
    "equipment.service_base": 0.2,
    "equipment.service_known": 0.8,
    "equipment.service_supported": 1.0,
    "equipment.drivers_share": 0.2,
    "unit.together": 70,  # half of fourteen drivers are free
    "equipment.depot_loss": 0.2,
    "readiness.kit_knowledge": 0.4,
    "unit.kit_working": [5, 0, 0, 0, 0],
    "unit.kit_broken": [0, 0, 2, 0, 0],
    "unit.kit_depot": [0, 0, 0, 1, 0],  # eight in all
    "unit.kit_known": [0.9, 0.9, 0.9, 0.25, 0.9],
    "nation.coverage": [0.9, 0.9, 0.9, 0.2, 0.9],
    "book.gifts_use[3]": 50,
}


def _given_to(vehicles: int, spare: float) -> dict[str, float]:
    """Three in ten enter service in a month, and a fifth of the others is written off: so many never serve."""
    euros = 100 * vehicles
    rotting = int(euros * 0.14 / 0.44)
    mismatched = int(0.4 * 0.75 * (euros - rotting))
    saturated = int(spare * (euros - rotting - mismatched))
    ends = (euros - rotting - mismatched - saturated, saturated, mismatched, 0, rotting)
    return {
        "unit.kit_depot[3]": 1 + vehicles,
        "book.vehicles_given": vehicles,
        "book.gifts_spent": euros,
        **{f"book.gifts_use[{use}]": end for use, end in enumerate(ends) if end},
    }


EQUIPMENT = (
    *by_hand(
        "receive_gift",
        GIVEN,
        (
            "whole vehicles, evenly: of 11 over three units the middle one gets 4 - its type is its own; half it did not lack",
            {},
            _given_to(4, spare=0.5),
        ),
        ("who has enough lacked none of them", {"equipment.vehicles_needed": 8.0}, _given_to(4, spare=1.0)),
        ("who has nearly nothing lacked all", {"equipment.vehicles_needed": 90.0}, _given_to(4, spare=0.0)),
        ("of a single one the middle unit gets none", {"circumstances.vehicle_gift": 1}, {}),
        ("no gift, no vehicles", {"circumstances.vehicle_gift": 0}, {}),
    ),
    Case(
        "receive_gift",
        "the first gets 3, of another type: where all vehicles serve at once none is written off",
        {
            "circumstances.vehicle_gift": 11,
            "equipment.price": 100.9,
            "equipment.vehicles_needed": 3.0,
            "equipment.service_base": 1.2,
            "equipment.depot_loss": 0.2,
        },
        {"unit.kit_depot[2]": 3, "book.vehicles_given": 3, "book.gifts_spent": 300, "book.gifts_use[0]": 300},
        index=0,
    ),
    Case(
        "receive_gift",
        "a single vehicle is the last unit's; the types go round, so that three units on another has the same",
        {
            "circumstances.vehicle_gift": 1,
            "nation.units": 6,
            "unit.index": 5,
            "equipment.price": 100.9,
            "equipment.vehicles_needed": 3.0,
            "equipment.service_base": 1.2,
        },
        {"unit.kit_depot[4]": 1, "book.vehicles_given": 1, "book.gifts_spent": 100, "book.gifts_use[0]": 100},
    ),
    Case(
        "receive_gift",
        "none serves where nobody supports it, and all that is not written off waits for ever",
        {"circumstances.vehicle_gift": 11, "equipment.price": 100.9, "equipment.depot_loss": 0.2},
        {"unit.kit_depot[2]": 3, "book.vehicles_given": 3, "book.gifts_spent": 300, "book.gifts_use[4]": 300},
        index=0,
    ),
    Case(
        "clear_fleet",
        "counted anew each month",
        {"nation.fleet": [3, 0, 0, 0, 9]},
        {"nation.fleet[0]": 0, "nation.fleet[4]": 0},
    ),
    Case(
        "report_fleet",
        "working or broken, not what waits in depots, added to others'",
        {
            "unit.kit_working": [3, 0, 0, 0, 1],
            "unit.kit_broken": [1, 2, 0, 0, 0],
            "unit.kit_depot": [9] * 5,
            "nation.fleet": [10, 0, 0, 0, 0],
        },
        {"nation.fleet[0]": 14, "nation.fleet[1]": 2, "nation.fleet[4]": 1},
    ),
    *by_hand(
        "spread_maintenance",
        FLEET,
        (
            "what is not diverted buys parts, and parts that came with gifts are used up",
            {},
            _kept(BOUGHT, 3000),
        ),
        (
            "no more is spent than is needed, of which a part is diverted",
            {"host.maintenance_budget": 9000},
            _kept(1.0, int(4300 / 0.8)),
        ),
        (
            "where interests do not diverge all that is granted is released",
            {"mechanisms.divergent_interests": 0.0},
            _kept(3750 * 0.8 / 4300, 3750),
        ),
        (
            "where nobody lives on rents nothing is diverted",
            {"mechanisms.rents": 0.0},
            _kept(3000 / 4300, 3000),
        ),
    ),
    Case(
        "bring_into_service",
        "where soldiers know the type and somebody supports it; of the others some are written off",
        ENTERS,
        {
            "unit.kit_working[0]": 1,  # the only one, by good luck
            "unit.kit_depot[0]": 0,
            "unit.kit_working[1]": 1 + READY[0],
            "unit.kit_working[3]": READY[1],
            "unit.kit_depot[1]": 10 - READY[0] - OFF[0],
            "unit.kit_depot[3]": 20 - READY[1] - OFF[1],
            "book.vehicles_never_deployed": sum(OFF),
        },
    ),
    *by_hand(
        "break_and_repair",
        BREAKS,
        (
            "on operations by full use; some are mended, more by workshops of the zone, some left behind",
            {},
            _broken(0.3),
        ),
        ("off operations by idle use", {"unit.status": REST}, _broken(0.1)),
        ("without breakdowns nothing", {"mechanisms.breakdowns": 0.0}, {}),
    ),
)

CASES = TRAINING_STEPS + EQUIPMENT
