"""By hand: training and equipment (phases 9 and 10)."""

from math import exp

from scipy import stats

from small_world import Case, by_hand, quantile
from ssa_sim.model.state import CAMP, FORWARD, MOBILE, OPERATIONS, REST, TRAINING

BATTALIONS, SUB_UNITS, SPECIALISTS, TRAINERS = range(4)
NO_RECYCLING, WHOLE_UNIT, NEWCOMERS = range(3)
WEEKS = 365.25 / 12 / 7  # of a month

PRESENT = {
    "training.mission": 1,
    "training.standing_cost": 1205.0,
    "training.adviser_posts": 50.0,
    "training.adviser_posts_filled": 0.5,
    "training.adviser_cost": 10.1,
    "training.skill_half_life": 12.0,
    "training.tactical_half_life": 6.0,
}
KEPT = {"nation.skill_kept": 2 ** (-1 / 12), "nation.tactical_kept": 2 ** (-1 / 6)}
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
        "mission.mentoring_effect": 0.5 * 20 / 40,
        "book.mission_mentors": 202,
        "book.mission_granted": 202,
    }


AWAY = {**OFFER, "mission.casualties_by_month[1]": 0}
# A company of 100, twelve weeks, in their last month; half of the course's worth gets through.
LAST_MONTH = {
    "training.mission": 1,
    "unit.status": TRAINING,
    "unit.site": MOBILE,
    "unit.trainees": 80,
    "unit.course_focus": BATTALIONS,
    "unit.course_weeks": 12.0,
    "unit.course_weeks_left": 5.0,
    "unit.together": 50,
    "unit.elsewhere": 30,
    "unit.untrained": 20,
    "unit.cohort": 100,
    "unit.times_trained": 1,
    "unit.months_in_status": 2,
    "unit.months_since_training": 30,
    "unit.skill": 0.3,
    "unit.tactical": 0.2,
    "unit.fatigue": 0.5,
    "unit.kit_working": [3, 1, 0, 0, 0],
    "unit.kit_broken": [0, 0, 2, 0, 0],
    "unit.kit_known": [0.5, 0.2, 0.1, 0.0, 0.0],
    "unit.doctrine": [1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    "mission.on_held_kit": 0.6,
    "mission.lineage": 3,
    "mission.places_used": [5, 5, 90],
    "mission.completions": 7,
    "host.ownership": 0.25,
    "equipment.vehicles_needed": 10.0,
    "equipment.with_training": 0.6,
    "equipment.support_cover": 0.5,
    "equipment.support_months": 6.0,
    "equipment.price": 100.0,
    "equipment.support_cost": 0.4,
    "training.trainee_week_cost": 10.0,
    "training.away_cost": 0.5,
    "training.mobile_content": 0.8,
    "training.fatigue_loss": 0.5,
    "training.kit_dependence": 0.5,
    "training.basic_weeks": 6.0,
    "training.tactical_after": 4.0,
    "training.tactical_weeks": 8.0,
    "training.skill_ceiling": 0.9,
    "training.academy_resistance": 0.4,
    "training.doctrine_weight": 0.5,
    "training.common_doctrine": 0.2,
    "draws.equipment": 0.3,
}
VEHICLES = int(0.8 * (10 - 6) * 0.6 + 0.3)  # two, of the mission's type
HELD = (1 + VEHICLES) / (4 + VEHICLES)
QUALITY = 0.8 * 0.75 * (1 - 0.5 * (1 - (0.6 + 0.4 * HELD)))
BASIC, DRILL = 1 - exp(-2.0), 1 - exp(-1.0)
COURSE_PRICE = 80 * 10 * 1.5
PAID = int(12 * COURSE_PRICE) - int(7 * COURSE_PRICE)


def _known(known: float, working: int, all_working: int, mission_s: bool = False) -> float:
    return known + 0.8 * BASIC * (0.6 * working / all_working + (0.4 if mission_s else 0.0)) * (1 - known)


TAUGHT = {
    "unit.skill": 0.3 + 0.8 * BASIC * QUALITY * 0.6,
    "unit.tactical": 0.2 + 0.8 * DRILL * QUALITY * 0.7,
    "unit.kit_working[1]": 1 + VEHICLES,
    "unit.kit_known[0]": _known(0.5, 3, 4 + VEHICLES),
    "unit.kit_known[1]": _known(0.2, 1 + VEHICLES, 4 + VEHICLES, mission_s=True),
    "unit.doctrine[3]": 0.8 * BASIC * 0.5 * 0.8 * (1 - 0.8 * BASIC * 0.5 * 0.2),
    "unit.doctrine[0]": (1 - 0.8 * BASIC * 0.5 * 0.8) * (1 - 0.8 * BASIC * 0.5 * 0.2) + 0.8 * BASIC * 0.5 * 0.2,
    "nation.parts[1]": VEHICLES * 3.0,
    "book.vehicles_with_training": VEHICLES,
    "book.mission_vehicles": VEHICLES * 120,
    "book.mission_instruction": PAID,
    "book.mission_granted": VEHICLES * 120 + PAID,
    "mission.completions": 87,
    "mission.places_used[2]": 10,
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
# Those of a detachment of 30 join the team: first the recruits, then those trained elsewhere.
DETACHED = {**LAST_MONTH, "unit.status": REST, "unit.trainees": 30, "equipment.with_training": 0.0}
BROKEN_OFF = {
    "unit.trainees": 0,
    "unit.course_weeks_left": 0.0,
    "mission.places_used[2]": 10,
    "unit.status": REST,
    "unit.months_in_status": 0,
}
PLACES = {
    "training.mission": 1,
    "training.trainers": 100.0,
    "training.trainees_a_trainer": 8.0,
    "training.camp_places": 500,
    "training.forward_presence": 0.25,
    "mission.mentors": 20.0,
    "mission.mobile_share": 0.15,
    "mission.places_used": [7, 5, 90],
    "mission.places_free": [9, 9, 9],
    "nation.untrained_units": 3,
}
JOINS = {
    "training.attendance": 0.8,
    "training.fatigue_penalty": 0.5,
    "training.release_penalty": 0.5,
    "training.distance_penalty": 0.5,
    "training.pause_months": 6.0,
    "training.smallest_class": 8.0,
    "training.detachment": 0.4,
    "training.specialists": 0.2,
    "training.instructors": 0.1,
    "unit.strength": 100,
    "unit.together": 50,
    "unit.elsewhere": 20,
    "unit.untrained": 10,
    "unit.fatigue": 0.5,
    "unit.zone": 2,
    "unit.months_in_status": 4,
    "unit.months_since_training": 6,
    "zones[2].mobility": 0.5,
    "zones[2].distance": 0.5,
    "zones[0].distance": 0.9,
    "mission.places_free": [80, 80, 80],
    "mission.places_used": [1, 2, 3],
    "mission.course_weeks": 12.0,
    "training.course_weeks": 10.0,  # what was decided; the mission offers more
    "draws.attendance": 0.0,
}


def _joined(trainees: int, site: int = FORWARD, focus: int = BATTALIONS) -> dict[str, float]:
    then: dict[str, float] = {
        f"mission.places_free[{site}]": 80 - trainees,
        f"mission.places_used[{site}]": (1, 2, 3)[site] + trainees,
        "unit.trainees": trainees,
        "unit.course_weeks": 12.0,
        "unit.course_weeks_left": 12.0,
    }
    then |= {"unit.site": site} if site else {}
    then |= {"unit.course_focus": focus} if focus else {}
    return then | ({"unit.status": TRAINING, "unit.months_in_status": 0} if trainees == 80 else {})


WILL = 0.8 * 0.75 * (1 - 0.5 * 0.8)  # of a company of 80 of 100
FORGETS = {
    "nation.skill_kept": 0.9,
    "nation.tactical_kept": 0.8,
    "turnover.recruit_skill": 0.1,
    "unit.skill": 0.3,
    "unit.tactical": 0.2,
    "unit.fatigue": 0.5,
    "unit.kit_working": [3, 0, 0, 0, 0],
    "unit.kit_known": [0.5, 0.4, 0.0, 0.0, 0.0],
    "training.practice": 0.2,
    "training.practice_ceiling": 0.5,
    "training.tactical_practice_ceiling": 0.4,
    "training.skill_ceiling": 0.9,
    "training.rest_share": 0.5,
    "training.instructors_needed": 4.0,
    "host.instructors": 6.0,  # half of those needed
}

TRAINING_STEPS = (
    *by_hand(
        "run_mission",
        PRESENT,
        (
            "its standing cost a twelfth of the year's, and its advisers; what is unused halves in its half-life",
            {},
            {**KEPT, "book.mission_standing": 100, "book.mission_advisers": 252, "book.mission_granted": 352},
        ),
        ("no mission costs nothing", {"training.mission": 0}, KEPT),
        ("nor one that was told to go", {"host.expelled": 1}, KEPT),
        (
            "a suspended one stays and is paid",
            {"mission.suspended": 1},
            {**KEPT, "book.mission_standing": 100, "book.mission_advisers": 252, "book.mission_granted": 352},
        ),
    ),
    Case(
        "accompany_units",
        "exactly as many casualties in twelve months as states accept: mentors stay",
        _hurt(3),
        _casualties(3),
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
            "mission.mentoring_effect": 0.5,
        },
    ),
    *(
        Case(
            "accompany_units",
            f"nobody goes out, costs or is hurt: {why}",
            {**ACCOMPANIED, **given, "draws.mentors_hurt": 0.999},
            AWAY,
        )
        for why, given in (
            ("suspended", {"mission.suspended": 1}),
            ("told to go", {"host.expelled": 1}),
            ("no mission", {"training.mission": 0}),
        )
    ),
    *by_hand(
        "follow_course",
        LAST_MONTH,
        ("who is on no course follows none", {"unit.trainees": 0}, {}),
        (
            "a month is paid as it is taught, dearer away from the camp; the course goes on",
            {"unit.course_weeks_left": 7.0},
            {
                "unit.course_weeks_left": 7.0 - WEEKS,
                "book.mission_instruction": int((5 + WEEKS) * COURSE_PRICE) - int(5 * COURSE_PRICE),
                "book.mission_granted": int((5 + WEEKS) * COURSE_PRICE) - int(5 * COURSE_PRICE),
            },
        ),
        (
            "at the camp at its plain price",
            {"unit.course_weeks_left": 12.0, "unit.site": CAMP},
            {
                "unit.course_weeks_left": 12.0 - WEEKS,
                "book.mission_instruction": int(WEEKS * 800),
                "book.mission_granted": int(WEEKS * 800),
            },
        ),
        (
            "a company graduates: skill, drill, vehicles and what is known of them, doctrine, a cohort",
            {},
            {**TAUGHT, **CAME_WHOLE},
        ),
        (
            "without mismatch all carries over",
            {"mechanisms.equipment_mismatch": 0.0},
            {
                **TAUGHT,
                **CAME_WHOLE,
                "unit.skill": 0.3 + 0.8 * BASIC * 0.6 * 0.6,
                "unit.tactical": 0.2 + 0.8 * DRILL * 0.6 * 0.7,
            },
        ),
        (
            "without doctrinal confusion the army's stays its own",
            {"mechanisms.doctrinal_confusion": 0.0},
            {**{path: value for path, value in TAUGHT.items() if "doctrine" not in path}, **CAME_WHOLE},
        ),
    ),
    Case(
        "follow_course",
        "specialists are trained on their own: no drill, no team, no vehicles",
        {
            **DETACHED,
            "unit.course_focus": SPECIALISTS,
            "unit.site": CAMP,
            "unit.fatigue": 0.0,
            "unit.doctrine": [0.0] * 6,
            "training.doctrine_weight": 0.0,
        },
        {
            "unit.skill": 0.3 + 0.3 * BASIC * (1 - 0.5 * 0.4 * 0.75) * 0.6,
            "unit.kit_known[0]": 0.5 + 0.3 * BASIC * 0.6 * 0.75 * 0.5,
            "unit.kit_known[1]": 0.2 + 0.3 * BASIC * (0.6 * 0.25 + 0.4) * 0.8,
            "book.mission_instruction": (12 * 300) - (7 * 300),
            "book.mission_granted": (12 * 300) - (7 * 300),
            "mission.completions": 37,
            "mission.places_used[0]": -25,
            "unit.trainees": 0,
            "unit.course_weeks_left": 0.0,
            "unit.times_trained": 2,
            "unit.months_since_training": 0,
            "unit.elsewhere": 50,
            "unit.untrained": 0,
        },
    ),
    Case(
        "follow_course",
        "a course of five weeks leaves skill and no drill; a detachment joins the team",
        {
            "training.mission": 1,
            "unit.trainees": 30,
            "unit.course_focus": SUB_UNITS,
            "unit.course_weeks": 5.0,
            "unit.course_weeks_left": 2.0,
            "unit.together": 50,
            "unit.elsewhere": 30,
            "unit.untrained": 20,
            "training.basic_weeks": 5.0,
            "training.tactical_after": 5.0,
            "training.tactical_weeks": 8.0,
            "training.skill_ceiling": 1.0,
            "mission.on_held_kit": 1.0,
            "mission.places_used": [30, 0, 0],
        },
        {
            "unit.skill": 0.3 * (1 - exp(-1.0)),
            "unit.trainees": 0,
            "unit.course_weeks_left": 0.0,
            "mission.places_used[0]": 0,
            "mission.completions": 30,
            "unit.times_trained": 1,
            "unit.together": 80,
            "unit.elsewhere": 20,
            "unit.untrained": 0,
        },
    ),
    Case(
        "follow_course",
        "trainers of the army's own, fewer where the hierarchy does not own it",
        {
            "training.mission": 1,
            "unit.trainees": 10,
            "unit.course_focus": TRAINERS,
            "unit.course_weeks": 5.0,
            "unit.course_weeks_left": 2.0,
            "unit.elsewhere": 100,
            "unit.skill": 1.0,
            "training.basic_weeks": 5.0,
            "training.tactical_weeks": 8.0,
            "training.academy_resistance": 0.4,
            "host.ownership": 0.25,
            "host.instructors": 1.0,
            "mission.places_used": [30, 0, 0],
        },
        {
            "host.instructors": 1.0 + 10 * (1 - 0.4 * 0.75),
            "unit.trainees": 0,
            "unit.course_weeks_left": 0.0,
            "mission.places_used[0]": 20,
            "mission.completions": 10,
            "unit.times_trained": 1,
            "unit.kit_known[1]": 0.1 * (1 - exp(-1.0)),
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
            "as many as decided, by site, less those taken; the count of those not yet trained begins",
            {},
            {
                "mission.places_free[1]": 125 - 5,
                "mission.places_free[2]": 75 - 90,
                "mission.places_free[0]": 500 - 125 - 75 - 7,
                "nation.untrained_units": 0,
            },
        ),
        (
            "no more than trainers can teach who do not accompany units",
            {"training.camp_places": 900},
            {
                "mission.places_free[1]": 160 - 5,
                "mission.places_free[2]": 96 - 90,
                "mission.places_free[0]": 640 - 256 - 7,
                "nation.untrained_units": 0,
            },
        ),
        (
            "shares beyond the whole are cut alike",
            {"training.forward_presence": 0.9, "mission.mobile_share": 0.6},
            {
                "mission.places_free[1]": 300 - 5,
                "mission.places_free[2]": 200 - 90,
                "mission.places_free[0]": -7,
                "nation.untrained_units": 0,
            },
        ),
        (
            "a suspended mission has none",
            {"mission.suspended": 1},
            {
                "mission.places_free[0]": -7,
                "mission.places_free[1]": -5,
                "mission.places_free[2]": -90,
                "nation.untrained_units": 0,
            },
        ),
    ),
    Case(
        "count_untrained_unit",
        "one that was never on a course",
        {"nation.untrained_units": 1, "unit.months_since_training": 3},
        {"nation.untrained_units": 2, "unit.months_since_training": 4},
    ),
    Case("count_untrained_unit", "another", {"unit.times_trained": 1}, {"unit.months_since_training": 1}),
    *by_hand(
        "join_course",
        JOINS,
        ("a company goes whole, first to a forward site that is near", {"draws.attendance": WILL - 1e-6}, _joined(80)),
        ("the larger a part of it is asked for, the less it comes", {"draws.attendance": WILL + 1e-6}, {}),
        ("then to mobile teams", {"mission.places_free": [80, 79, 80]}, {**_joined(80, MOBILE)}),
        (
            "then to the camp, less from far away and on unsafe roads",
            {"mission.places_free": [80, 79, 79], "draws.attendance": WILL * 0.5 * 0.75 - 1e-6},
            _joined(80, CAMP),
        ),
        ("or not", {"mission.places_free": [80, 79, 79], "draws.attendance": WILL * 0.5 * 0.75 + 1e-6}, {}),
        ("near the camp there is no forward site", {"zones[2].distance": 0.24}, {**_joined(80, MOBILE)}),
        ("from a quarter of the way on there is", {"zones[2].distance": 0.25}, _joined(80)),
        ("no place, no course", {"mission.places_free": [79, 79, 79]}, {}),
        ("who is out does not come", {"unit.status": OPERATIONS}, {}),
        ("nor who has a detachment there", {"unit.trainees": 1}, {}),
        ("nor so soon again", {"unit.months_since_training": 5}, {}),
        ("once trained, not again", {"unit.times_trained": 1, "nation.untrained_units": 1}, {}),
        ("unless all have been", {"unit.times_trained": 1}, _joined(80)),
        (
            "or whole units come again",
            {"unit.times_trained": 1, "nation.untrained_units": 1, "training.recycling": WHOLE_UNIT},
            _joined(80),
        ),
        (
            "or the newcomers",
            {"unit.times_trained": 1, "nation.untrained_units": 1, "training.recycling": NEWCOMERS},
            _joined(30),
        ),
    ),
    *(
        Case(
            "join_course",
            f"so many of the establishment, focus {focus}",
            {**JOINS, "training.focus": focus, "unit.times_trained": 1, "nation.untrained_units": 1},
            _joined(count, focus=focus),
        )
        for focus, count in ((SUB_UNITS, 40), (SPECIALISTS, 20), (TRAINERS, 10))
    ),
    Case(
        "join_course",
        "no course for so few",
        {**JOINS, "training.focus": TRAINERS, "training.smallest_class": 10.5},
        {},
    ),
    *by_hand(
        "practise_and_forget",
        FORGETS,
        (
            "on a course what is unused fades, drill soonest, down to what recruits know",
            {"unit.status": TRAINING},
            {"unit.skill": 0.28, "unit.tactical": 0.16, "unit.kit_known[1]": 0.36},
        ),
        (
            "operations keep some alive, as far as they are fresh",
            {"unit.status": OPERATIONS},
            {
                "unit.skill": 0.28 + 0.1 * 0.22,
                "unit.tactical": 0.16 + 0.1 * 0.24,
                "unit.kit_known[0]": 0.5 + 0.2 * 0.5,
                "unit.kit_known[1]": 0.36,
            },
        ),
        (
            "so does drill at rest, where instructors of their own lead it",
            {"unit.status": REST},
            {"unit.skill": 0.28 + 0.1 * 0.5 * 0.62, "unit.tactical": 0.16, "unit.kit_known[1]": 0.36},
        ),
        (
            "and less without",
            {"unit.status": REST, "host.instructors": 0.0},
            {"unit.skill": 0.28 + 0.1 * 0.5 * 0.22, "unit.tactical": 0.16, "unit.kit_known[1]": 0.36},
        ),
        ("without decay nothing fades", {"unit.status": TRAINING, "mechanisms.skill_decay": 0.0}, {}),
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
    "host.maintenance_budget": 3000,
    "host.mechanics": 6.0,
    "reforms.diverted": 0.4,
    "reforms.wait_gain": 0.5,
    "equipment.stock_factor": 2.0,
    "equipment.upkeep": 100.0,
    "equipment.labour": 0.5,
    "equipment.vehicles_a_mechanic": 3.0,
    "equipment.wait_months": 2.0,
    "equipment.repair_months": 0.5,
    "equipment.months_between_failures": 10.0,
    "equipment.idle_use": 0.3,
}
NEED = 25 + 4 + 2 * (5 + 2)  # 43 vehicles' worth: each type keeps a stock of its own
BOUGHT = 3000 * 0.8 / 4300
WORKED = 0.5 * 18 / 43
COVER = 1 - (1 - BOUGHT) * (1 - WORKED)


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
    "unit.kit_depot": [0, 10, 0, 20, 0],
    "unit.kit_working": [0, 1, 0, 0, 0],
    "unit.kit_known": [0.0, 0.5, 0.0, 0.25, 0.0],
    "nation.coverage": [0.0, 0.4, 0.0, 0.2, 0.0],
    "equipment.service_base": 0.1,
    "equipment.service_known": 0.4,
    "equipment.service_supported": 0.5,
    "equipment.depot_loss": 0.2,
    "draws.into_service": [0.5, 0.5, 0.5, 0.5, 0.5],
    "draws.written_off": [0.5, 0.5, 0.5, 0.6, 0.5],
}
READY = (quantile(0.5, 10, 0.5), quantile(0.5, 20, 0.3))
OFF = (quantile(0.5, 10 - READY[0], 0.2), quantile(0.6, 20 - READY[1], 0.2))
BREAKS = {
    "unit.status": OPERATIONS,
    "unit.kit_working": [20, 0, 0, 0, 0],
    "unit.kit_broken": [10, 0, 8, 0, 0],
    "nation.failure": [0.1, 0.3],
    "nation.repair": [0.4, 0.0, 0.5, 0.0, 0.0],
    "nation.coverage": [0.5, 0.0, 0.25, 0.0, 0.0],
    "equipment.abandon_rate": 0.4,
    "draws.broken": [0.7, 0.5, 0.5, 0.5, 0.5],
    "draws.repaired": [0.4, 0.5, 0.7, 0.5, 0.5],
    "draws.abandoned": [0.9, 0.5, 0.8, 0.5, 0.5],
}


def _broken(failure: float) -> dict[str, float]:
    failed, fixed, others = quantile(0.7, 20, failure), quantile(0.4, 10, 0.4), quantile(0.7, 8, 0.5)
    left = quantile(0.9, 10 + failed - fixed, 0.2), quantile(0.8, 8 - others, 0.3)
    return {
        "unit.kit_working[0]": 20 + fixed - failed,
        "unit.kit_broken[0]": 10 + failed - fixed - left[0],
        "unit.kit_working[2]": others,
        "unit.kit_broken[2]": 8 - others - left[1],
        "book.vehicles_abandoned": sum(left),
    }


EQUIPMENT = (
    Case(
        "receive_gift",
        "whole vehicles, evenly: of 11 over three units the middle one gets 4 - its type is its own",
        {"circumstances.vehicle_gift": 11, "equipment.price": 100.9, "unit.kit_depot": [0, 0, 0, 1, 0]},
        {"unit.kit_depot[3]": 5, "book.vehicles_given": 4, "book.gifts_spent": 400},
    ),
    Case(
        "receive_gift",
        "the first gets 3, of another type",
        {"circumstances.vehicle_gift": 11, "equipment.price": 100.9},
        {"unit.kit_depot[2]": 3, "book.vehicles_given": 3, "book.gifts_spent": 300},
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
            "what is not diverted buys parts, mechanics work, parts that came with gifts are used up",
            {},
            _kept(COVER, 3000),
        ),
        (
            "no more is spent than is needed, of which a part is diverted",
            {"host.maintenance_budget": 9000},
            _kept(1.0, int(4300 / 0.8)),
        ),
        (
            "where nobody lives on rents nothing is diverted",
            {"mechanisms.rents": 0.0},
            _kept(1 - (1 - 3000 / 4300) * (1 - WORKED), 3000),
        ),
    ),
    Case(
        "bring_into_service",
        "where soldiers know the type and somebody supports it; of the others some are written off",
        ENTERS,
        {
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
        ("on operations by full use; some are mended, some left behind", {}, _broken(0.3)),
        ("off operations by idle use", {"unit.status": REST}, _broken(0.1)),
        ("without breakdowns nothing", {"mechanisms.breakdowns": 0.0}, {}),
    ),
)

CASES = TRAINING_STEPS + EQUIPMENT
