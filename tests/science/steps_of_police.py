"""By hand: police, gendarmerie and guard, in whatever phase they are met (phases 4 to 8 and 14)."""

from math import exp

from scipy import stats

from small_world import Case, by_hand
from ssa_sim.model.state import (
    ADVICE,
    COURSE,
    DELIVERED,
    EQUIPMENT,
    INFANTRY,
    INFRASTRUCTURE,
    INSTITUTIONAL,
    INTERNAL_SECURITY,
    LAPSED,
    MENTORING,
    NO_PROJECT,
    OFFERED,
    POLICE,
    ROTTING,
    RUNNING,
    WAITING,
)
from steps_of_aid import (
    BY_ZONE,
    CLAIMED_AT_TABLE,
    CLAIMS,
    DECLINED,
    DUPLICATES,
    EUROS,
    HOST_LED,
    OFFERS_ONE,
    _ended,
    _last,
    _paid,
    _under_way,
)
from steps_of_power import RECORDED, ROW, _row

NORTH, CENTRE, SOUTH = range(3)

# Two of ten who wait leave. Of 100 posts 60 are filled, and eight wait.
RECRUITS = {
    "nation.officers_reserve": 10,
    "nation.reserve_skill": 0.5,
    "nation.officers_wanted": 9.0,
    "zones[0].posts": 20.0,
    "zones[1].posts": 30.0,
    "zones[2].posts": 50.0,
    "zones[0].officers": 10,
    "zones[1].officers": 20,
    "zones[2].officers": 30,
    "internal_security.leaving_rate": 0.15,
    "personnel.officers_per_year": 54,
    "turnover.recruit_skill": 0.25,
    "turnover.recruit_cost": 100.0,
    "draws.reserve_left": 0.6,
    "draws.officers_recruited": 0.6,
}
JOINED = {"nation.officers_wanted": 0.0, "book.officers_left": 2}


def _recruited(officers: int) -> dict[str, float]:
    booked = {"book.officers_recruited": officers, "book.host_officers": 100 * officers}
    return {
        **JOINED,
        **booked,
        "book.host_granted": 100 * officers,
        "nation.officers_reserve": 8 + officers,
        "nation.reserve_skill": (8 * 0.5 + officers * 0.25) / (8 + officers),
    }


# Of 200 officers some are killed; the others leave by one in eight, and half of what is left is exposed by 0.5 * 0.4 * 0.5.
LOSES = {
    "zone.officers": 200,
    "zone.posts": 400.0,
    "zone.threat": 0.4,
    "zone.held": 0.5,
    "zone.police_skill": 0.6,
    "zone.police_means": 0.5,
    "nation.officers_reserve": 10,
    "nation.reserve_skill": 0.2,
    "nation.officers_wanted": 7.0,
    "host.police_institution": 0.5,
    "absorption.institution_gain": 1.0,  # a factor of 1.5
    "internal_security.killed_rate": 0.05,
    "internal_security.leaving_rate": 0.15,
    "internal_security.withdrawal_pace": 0.5,
    "internal_security.skill_fading": 0.3,
    "internal_security.means_wear": 0.1,
    "internal_security.own_means": 0.3,
    "internal_security.posting_pace": 0.2,
    "turnover.recruit_skill": 0.2,
    "draws.officers_killed": 0.7,
    "draws.officers_left": 0.25,
    "draws.officers_withdrawn": 0.5,
}


def _lost(killed: int, left: int, withdrawn: int, pace: float = 0.3, helped: float = 1.5) -> dict[str, float]:
    officers = 200 - killed - left - withdrawn
    wanted = pace * 0.5 * 0.6 * (400 - officers)
    reserve = {
        "nation.officers_reserve": 10 + withdrawn,
        "nation.reserve_skill": (10 * 0.2 + withdrawn * 0.6) / (10 + withdrawn),
    }
    return {
        **(reserve if withdrawn else {}),
        **({"book.officers_killed": killed} if killed else {}),
        "zone.officers": officers,
        "book.officers_left": left,
        "zone.police_skill": 0.6 - 0.3 / helped * 0.4,
        "zone.police_means": 0.5 - 0.1 * 0.2,
        "zone.officers_wanted": wanted,
        "nation.officers_wanted": 7.0 + wanted,
    }


KILLED = int(stats.poisson.ppf(0.7, 200 * 0.05 * 0.4))  # 5
STAYED = 200 - KILLED
LEFT = int(STAYED * 0.1 + 0.25)  # 19
EXPOSED = int((STAYED - LEFT) * 0.1 + 0.5)  # 18
LEFT_ALONE = int(STAYED * 0.15 + 0.25)
POSTS = {
    "zone.officers": 30,
    "zone.posts": 100.0,
    "zone.officers_wanted": 20.0,
    "zone.police_skill": 0.4,
    "zone.police_means": 0.2,
    "nation.officers_reserve": 50,
    "nation.reserve_skill": 0.6,
    "nation.posting_share": 0.51,
    "internal_security.untrained_effect": 0.5,
    "draws.officers_posted": 0.5,
}
MIXED = (30 * 0.4 + 10 * 0.6) / 40
LACKS = {
    "zones[0].police_presence": 0.1,
    "zones[1].police_presence": 0.3,
    "zones[2].police_presence": 0.5,
    f"nation.projects[{COURSE},{INTERNAL_SECURITY},0]": 2,
    f"nation.projects[{EQUIPMENT},{INTERNAL_SECURITY},2]": 1,
    f"nation.projects[{EQUIPMENT},{INFANTRY},2]": 9,
    "host.articulation": 0.5,
    "host.police_articulated": 0.2,
    "needs.speed": 0.25,
}
UNMET = 0.7 / (1.0 + 3 * 9 / 12)
HEARD = {
    "donor.active": 1,
    "donor.insight": 0.25,
    "host.police_articulated": 0.4,
    "host.police_unmet": 0.6,
    "offers.showy_internal_security": 0.2,
    "needs.noise": 0.1,
    "draws.guess_police": 2.0,
}
QUEUE = {
    "internal_security.staff_hours": 30.0,
    "absorption.memory_months": 10.0,
    "host.ownership": 0.3,
    "host.police_claimed": 120.0,
    "host.police_institution": 0.4,
}
FADED = {"host.police_claimed": 0.0, "host.police_institution": 0.4 * (1.0 - 1.0 / 8.0)}

# As in OFFERS_ONE; partners of this kind like to give 0.3 of their projects to police, and heard of as much need of police as of any
# in the army: 0.5 * 0.3 + 0.5 * 0.5 = 0.4 of its projects. At three times the odds that is 1.2 of 1.8.
CHOOSES = {
    **OFFERS_ONE,
    "donor.internal_security": 0.3,
    "donor.police_heard": 0.4,
    "donors.internal_security_weight": 3.0,
    "draws.family": 0.666,
    "host.police_crowding": 2.5,
    "draws.refusal": 1.0,
    "zones[0].police_presence": 0.5,
    "zones[1].police_presence": 0.2,
    "zones[2].police_presence": 0.6,
}
FITS = (0.5 / 2.5 / 0.4, 0.8 / 2.5 / 0.4, 0.4 / 2.5 / 0.4)


def _offered(kind: int, months: int, zone: int) -> dict[str, float]:
    """A project for the police of a zone, in the first slot."""
    project = {"status": OFFERED, "kind": kind, "function": INTERNAL_SECURITY, "target": POLICE, "zone": zone}
    project |= {"euros": EUROS, "duration": months}
    fits: dict[str, float] = {**project, "fit": FITS[zone], "hours": 16.0}
    return {
        **{f"donor.projects[0].{name}": value for name, value in fits.items() if value},
        "donor.available": 600 - EUROS,
        "nation.projects_running": 5,
        "book.projects_offered": 1,
    }


# A course for the police of zone 2 is offered where others hold one already.
REPEATS = {
    **DUPLICATES,
    "offers.showy_internal_security": 0.9,
    "host.police_crowding": 2.0,
    "donor.projects[0].function": INTERNAL_SECURITY,
    "donor.projects[0].target": POLICE,
    "nation.projects[0,8,2]": 1,
    "nation.known_projects[0,8,2]": 1,
    "zones[0].police_presence": 0.4,
    "zones[1].police_presence": 0.2,
    "zones[2].police_presence": 0.1,
    "draws.comply": 0.39,
}
MOVES = {
    "nation.asked": 5,
    "nation.gave_way": 2,
    "donor.projects[0].status": RUNNING,
    "donor.projects[0].zone": 1,
    "donor.projects[0].fit": 0.8 / 2.0 / 0.5,
    "nation.projects[0,8,1]": 1,
    "book.projects_redirected": 1,
}
DROPS = {
    "nation.asked": 5,
    "nation.gave_way": 2,
    "donor.projects[0].status": NO_PROJECT,
    "donor.available": 507,
    "nation.projects_running": 2,
    "book.projects_dropped": 1,
    "donor.foregone": 0.1 * 0.5 * 0.5 * 0.9,
}
EVERYWHERE = {f"nation.{name}[0,8,{zone}]": 1 for name in ("projects", "known_projects") for zone in range(3)}

# 16 places of 51.77 EUR: 10 officers of the zone chosen, 5 of the next, one place for nobody.
WEEKS = {
    "host.police_served": 0.5,
    "internal_security.course_cost": 802.4 / 4.0 / 15.5,
    "internal_security.course_weeks": 4.0,
    "internal_security.release_share": 0.1,
    "internal_security.means_scale": 802.4,
    "training.basic_weeks": 5.0,
    "training.skill_ceiling": 0.8,
    "zones[1].officers": 100,
    "zones[1].police_skill": 0.4,
    "zones[2].officers": 59,
    "zones[2].police_skill": 0.2,
    "zones[0].officers": 9,
    "zones[1].police_means": 0.25,
    "host.police_institution": 0.25,
    "draws.handover": 0.6,
}
GAINED = (1.0 - exp(-4.0 / 5.0)) * 0.81
# Of 803 EUR 0.19 and then a sixteenth of the rest rot: 193; of 610 left (10 * 0.5 + 5 * 0.25) / 15 were known: 254.
TAUGHT = {
    "zones[1].police_skill": 0.4 + 0.1 * GAINED * 0.4,
    "zones[2].police_skill": 0.2 + 5 / 59 * GAINED * 0.6,
    "book.police_completions": 15,
}
MENTORS = _under_way(
    MENTORING,
    POLICE,
    **{
        "donor.projects[2].function": INTERNAL_SECURITY,
        "donor.projects[2].zone": 1,
        "donor.casualty_aversion": 0.5,
        "host.police_served": 0.5,
        "absorption.mentoring_pace": 0.1,
        "absorption.mentors_at_risk": 4.0,
        "training.mentor_risk": 0.1,
        "training.skill_ceiling": 0.8,
        "zones[1].police_skill": 0.4,
        "zones[1].threat": 0.5,
        "zones[0].threat": 1.0,
    },
)
MENTORED = {**_paid(MENTORING, POLICE, 0.5), "zones[1].police_skill": 0.4 + 0.05 * 0.4}
CALLED_HOME = {
    "donor.projects[2].status": DELIVERED,
    "donor.projects[2].waiting": 0,
    f"donor.use[{MENTORING},{POLICE},{WAITING}]": 0,
    f"donor.use[{MENTORING},{POLICE},{ROTTING}]": 160,
    f"donor.use[{MENTORING},{POLICE},{LAPSED}]": 800,
    "book.donors_lapsed": 800,
    "book.projects_abandoned": 1,
}


def _police(kind: int) -> dict[str, object]:
    return _last(kind, INTERNAL_SECURITY, POLICE, **WEEKS)


# Half of the work of the last month, and a quarter was there already: as for a formation.
WORSE = (152, 0, 162, 489)
SCALE = 1.0 - exp(-1.0)

CASES = (
    *by_hand(
        "recruit_officers",
        RECRUITS,
        ("who waits may leave; recruits come in, and cost", {}, _recruited(5)),
        ("no more than there are posts for", {"zones[2].officers": 59}, _recruited(3)),
        (
            "nobody where all posts are filled",
            {"zones[2].officers": 70},
            {**JOINED, "nation.officers_reserve": 8},
        ),
    ),
    *by_hand(
        "lose_officers",
        LOSES,
        (
            "some are killed, some leave, some are drawn back with what they know; skill and means wear, posts stay open",
            {},
            _lost(KILLED, LEFT, EXPOSED),
        ),
        (
            "a ministry that nobody built up keeps fewer and posts fewer",
            {"host.police_institution": 0.0},
            _lost(KILLED, LEFT_ALONE, int((STAYED - LEFT_ALONE) * 0.1 + 0.5), 0.2, 1.0),
        ),
        (
            "nobody is drawn back from what the army holds, and no post is safer",
            {"zone.held": 1.0},
            {
                **_lost(KILLED, LEFT, 0),
                "zone.officers_wanted": 0.3 * 0.6 * (200 + KILLED + LEFT),
                "nation.officers_wanted": 7.0 + 0.3 * 0.6 * (200 + KILLED + LEFT),
            },
        ),
        (
            "without a threat none is killed",
            {"zone.threat": 0.0},
            {
                **_lost(0, 20, 0),
                "zone.officers_wanted": 0.3 * 0.5 * 220,
                "nation.officers_wanted": 7.0 + 0.3 * 0.5 * 220,
            },
        ),
        (
            "who knows no more than a recruit forgets nothing",
            {"zone.police_skill": 0.1},
            {
                **{path: value for path, value in _lost(KILLED, LEFT, EXPOSED).items() if path != "zone.police_skill"},
                "nation.reserve_skill": (10 * 0.2 + EXPOSED * 0.1) / (10 + EXPOSED),
            },
        ),
    ),
    *by_hand(
        "plan_postings",
        {"nation.officers_reserve": 30, "nation.officers_wanted": 120.0},
        ("zones are served alike", {}, {"nation.posting_share": 0.25}),
        ("and not with more than they can take", {"nation.officers_wanted": 20.0}, {"nation.posting_share": 1.0}),
    ),
    *by_hand(
        "post_officers",
        POSTS,
        (
            "those who come bring what they know; presence is posts filled by what officers can do",
            {},
            {
                "zone.officers": 40,
                "nation.officers_reserve": 40,
                "zone.police_skill": MIXED,
                "zone.police_presence": 0.4 * (0.5 + 0.25 * (MIXED + 0.2)),
            },
        ),
        (
            "no more than wait",
            {"nation.officers_reserve": 10, "zone.officers_wanted": 900.0},
            {
                "zone.officers": 40,
                "nation.officers_reserve": 0,
                "zone.police_skill": MIXED,
                "zone.police_presence": 0.4 * (0.5 + 0.25 * (MIXED + 0.2)),
            },
        ),
        (
            "more officers than posts are no more than full",
            {"zone.officers_wanted": 0.0, "zone.posts": 20.0},
            {"zone.police_presence": 0.5 + 0.25 * 0.6},
        ),
    ),
    *by_hand(
        "weigh_police_needs",
        LACKS,
        (
            "what zones lack, less where many are at it, and what is said of it lags behind",
            {},
            {
                "host.police_crowding": 1.0 + 3 * 9 / 12,
                "host.police_unmet": UNMET,
                "host.police_articulated": 0.2 + 0.25 * (0.5 * UNMET - 0.2),
            },
        ),
    ),
    *by_hand(
        "hear_police_needs",
        HEARD,
        ("a part of what is said, and for the rest what shows", {}, {"donor.police_heard": 0.25 * 0.4 + 0.75 * 0.4}),
        (
            "without a bias of supply a guess at what is needed",
            {"mechanisms.supply_bias": 0.0},
            {"donor.police_heard": 0.25 * 0.4 + 0.75 * 0.8},
        ),
        ("nothing from afar", {"donor.active": 0}, {}),
    ),
    *by_hand(
        "weigh_police_hours",
        QUEUE,
        ("a quarter of what is claimed; what was built fades", {}, {**FADED, "host.police_served": 0.25}),
        ("no more than is claimed", {"host.police_claimed": 15.0}, {**FADED, "host.police_served": 1.0}),
        ("without a limit all", {"mechanisms.absorption_limit": 0.0}, {**FADED, "host.police_served": 1.0}),
    ),
    *by_hand(
        "claim_hours",
        CLAIMS,
        (
            "a project for police claims none of the army's hours",
            {"donor.projects[5].target": POLICE},
            {
                **{path: value for path, value in CLAIMED_AT_TABLE.items() if path != "host.hours_claimed[2]"},
                "host.police_claimed": 6.0,
            },
        ),
    ),
    *by_hand(
        "offer_project",
        CHOOSES,
        (
            "for police, of a kind from the portfolio, where they lack most and are liked most",
            {},
            _offered(MENTORING, 12, 1),
        ),
        (
            "or for the army",
            {"draws.family": 0.667},
            {
                **{
                    path: value
                    for path, value in _offered(MENTORING, 12, 1).items()
                    if not path.endswith(("target", "fit"))
                },
                **{f"donor.projects[0].{name}": 1 for name in ("function", "unit")},
                "donor.consent[1]": 1.0,
            },
        ),
        (
            "all for the army where partners decide so",
            {"donors.internal_security_weight": 0.0, "draws.family": 0.0},
            {
                **{
                    path: value
                    for path, value in _offered(MENTORING, 12, 1).items()
                    if not path.endswith(("target", "fit"))
                },
                **{f"donor.projects[0].{name}": 1 for name in ("function", "unit")},
                "donor.consent[1]": 1.0,
            },
        ),
        (
            "by liking alone where needs count for nothing: 0.9 of 1.6",
            {"donors.needs_weight": 0.0, "draws.family": 0.562, "draws.liking": 0.6, "draws.kind": 0.99},
            _offered(MENTORING, 12, 0),
        ),
        (
            "by needs alone: 1.5 of 2, a course",
            {"donors.needs_weight": 1.0, "draws.family": 0.749, "draws.kind": 0.2 + 0.8 * 0.49},
            _offered(COURSE, 5, 1),
        ),
        (
            "or vehicles",
            {"donors.needs_weight": 1.0, "draws.family": 0.749, "draws.kind": 0.2 + 0.8 * 0.51},
            _offered(EQUIPMENT, 9, 1),
        ),
        ("institutions too, by the share agreed on", {"draws.kind": 0.19}, _offered(INSTITUTIONAL, 30, 1)),
        (
            "the host declines what fits little: a tenth of what the army lacks most",
            {"zones[1].police_presence": 0.9, "draws.refusal": 0.449},
            {path: value for path, value in DECLINED.items() if "consent" not in path},
        ),
        (
            "where zones are divided, its own",
            {"coordination.division": BY_ZONE},  # a key of 0.2 of three
            _offered(MENTORING, 12, 0),
        ),
        (
            "nothing fits better than wholly",
            {"host.police_crowding": 1.0},
            {**_offered(MENTORING, 12, 1), "donor.projects[0].fit": 1.0},
        ),
    ),
    *by_hand(
        "settle_offers",
        REPEATS,
        ("a duplicate for police goes to the zone that lacks them most and has none of it", {}, MOVES),
        (
            "where all have it it is dropped",
            {**EVERYWHERE, "draws.comply": 0.174, "coordination.visibility_loss": 0.5},
            DROPS,
        ),
        (
            "or starts as it is, for what it would lose in visibility",
            {**EVERYWHERE, "draws.comply": 0.176},
            {
                "nation.asked": 5,
                "donor.projects[0].status": RUNNING,
                "donor.projects[0].duplicate": 1,
                "nation.projects[0,8,2]": 2,
            },
        ),
        (
            "nobody is asked for the army what is no duplicate for police",
            {"coordination.regime": HOST_LED, "nation.projects[0,8,2]": 0},
            {"donor.projects[0].status": RUNNING, "nation.projects[0,8,2]": 1},
        ),
    ),
    *by_hand(
        "open_table",
        {"nation.known_projects[2,8,1]": 2, "coordination.memory": 0.5},
        ("nor of what they do for police", {}, {"nation.known_projects[2,8,1]": 0}),
    ),
    *by_hand(
        "deliver_projects",
        _police(COURSE),
        (
            "officers of the zone chosen and of the next learn; a place stays empty",
            {},
            _ended(COURSE, POLICE, (193, 0, 254, 356), TAUGHT),
        ),
        (
            "where there are no officers nobody comes",
            {f"zones[{zone}].officers": 9 for zone in range(3)},
            _ended(COURSE, POLICE, (803, 0, 0, 0)),
        ),
    ),
    *(
        Case(
            "deliver_projects",
            f"kind {kind} is means for the police",
            _police(kind),
            _ended(kind, POLICE, WORSE, {"zones[1].police_means": 0.25 + 0.81 * 0.75 * SCALE}),
        )
        for kind in (EQUIPMENT, INFRASTRUCTURE)
    ),
    *(
        Case(
            "deliver_projects",
            f"kind {kind} builds the ministry of security, in its own hours, whoever is minister of defence",
            {**_police(kind), "host.offices[0].months": 0},
            _ended(kind, POLICE, WORSE, {"host.police_institution": 0.25 + 0.81 * 0.75 * (1.0 - exp(-2.0))}),
        )
        for kind in (ADVICE, INSTITUTIONAL)
    ),
    Case("deliver_projects", "mentors teach officers", {**MENTORS, "draws.mentors_hurt": 0.11}, MENTORED),
    Case(
        "deliver_projects",
        "and are called home when one is hurt",
        {**MENTORS, "draws.mentors_hurt": 0.09},
        {**MENTORED, **CALLED_HOME},
    ),
    Case(
        "deliver_projects",
        "what mentors did is not left to rot",
        {**_police(MENTORING), "draws.mentors_hurt": 1.0},
        _ended(MENTORING, POLICE, (0, 0, 0, 803)),
    ),
    Case(
        "count_donor",
        "money of running projects for police is counted apart",
        {
            "donor.projects[1].status": RUNNING,
            "donor.projects[1].euros": 40,
            "donor.projects[1].target": POLICE,
            "donor.projects[2].status": RUNNING,
            "donor.projects[2].euros": 60,
        },
        {"tally.projects": 2, "tally.project_euros": 100.0, "tally.police_euros": 40.0},
    ),
    Case(
        "record_outcomes",
        "officers at their posts and without one, their presence by zone, their courses, and their share of the aid",
        {
            **RECORDED,
            "nation.officers_reserve": 5,
            **{f"zones[{zone}].officers": 10 * (zone + 1) for zone in range(3)},
            **{f"zones[{zone}].police_presence": (0.1, 0.3, 0.8)[zone] for zone in range(3)},
            "book.police_completions": 77,
            "book.host_officers": 3_000_000,
            "tally.police_euros": 0.25 * float(str(RECORDED["tally.project_euros"])),
        },
        _row(
            officers=65,
            police_presence=0.4,
            police_presence_north=0.1,
            police_presence_centre=0.3,
            police_presence_south=0.8,
            police_completions=77,
            police_share_of_aid=0.25,
            un_territorial_police=0.1,
            un_benchmarks=ROW["un_benchmarks"] + 0.1 / 6,
            host_spent=ROW["host_spent"] + 3.0,
            total_spent=ROW["total_spent"] + 3.0,
        ),
    ),
)
