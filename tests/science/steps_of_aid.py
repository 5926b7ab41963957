"""By hand: needs, offers, coordination and delivery (phases 5 to 8)."""

from math import exp

from small_world import Case, by_hand
from ssa_sim.model.state import (
    ADVICE,
    AIR,
    COMMAND,
    COUNTER_IED,
    COURSE,
    DELIVERED,
    EQUIPMENT,
    HUMAN_RESOURCES,
    INFANTRY,
    INFRASTRUCTURE,
    INSTITUTIONAL,
    LOGISTICS,
    MAINTENANCE,
    MEDICAL,
    MENTORING,
    NO_PROJECT,
    OFFERED,
    OPERATIONS,
    REST,
    RUNNING,
)

NO_REGIME, INFORMATION, LEAD_PARTNER, HOST_LED, BINDING = range(5)

LACKS = {
    "unit.zone": 2,
    "unit.status": OPERATIONS,
    "unit.together": 60,
    "unit.elsewhere": 20,
    "unit.untrained": 20,
    "unit.skill": 0.3,
    "unit.leadership": 0.4,
    "unit.kit_working": [3, 0, 3, 0, 0],
    "unit.kit_broken": [1, 0, 0, 1, 0],
    "zones[2].threat": 0.5,
    "equipment.vehicles_needed": 10.0,
    "needs.air": 0.5,
    "host.institution": 0.5,
    f"host.capability[{MEDICAL}]": 0.2,
    f"host.capability[{COUNTER_IED}]": 0.4,
    f"host.capability[{AIR}]": 0.6,
    f"host.need_sums[{INFANTRY}]": 1.0,
}
SAYS = {
    f"host.need_sums[{INFANTRY}]": 1.7,
    f"host.need_sums[{LOGISTICS}]": 0.4,
    f"host.need_sums[{HUMAN_RESOURCES}]": 0.5 * 0.4,
    f"host.need_sums[{COMMAND}]": 0.6,
    f"host.need_sums[{AIR}]": 0.5 * 0.4,
    f"host.need_sums[{MAINTENANCE}]": 2 / 8,
}
SPEAKS = {
    "host.liaison_officers": 6,
    "needs.liaison_scale": 3.0,
    "needs.liaison_gain": 0.3,
    "needs.articulation_base": 0.1,
    "needs.clarity_gain": 0.5,
    "host.clarity": 0.4,
    "needs.adviser_gain": 0.2,
    "training.mission": 1,
    "training.adviser_posts_filled": 0.5,
    "host.advice": 0.25,
    "needs.data_gain": 0.2,
    "host.reforms": [0.4, 0.9, 0.6],
    "host.load": 2.0,
    "needs.speed": 0.5,
    "host.unmet": [0.8, 0.0, 0.4, 0.0, 0.0, 0.0, 0.0, 0.0],
    "host.articulated": [0.1, 0.2, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
}


def _spoken(advisers: float, hours: float) -> dict[str, float]:
    """What the host can say, and what it has said by the end of the month."""
    said = (0.1 + 0.5 * 0.4 + 0.2 * advisers + 0.3 * (1.0 - exp(-2.0)) + 0.2 * 0.5) * (0.5 + 0.5 * hours)
    return {
        "host.articulation": said,
        "host.articulated[0]": 0.1 + 0.5 * (said * 0.8 - 0.1),
        "host.articulated[1]": 0.1,
        "host.articulated[2]": 0.5 * said * 0.4,
    }


HEARS = {
    "donor.active": 1,
    "donor.insight": 0.4,
    "needs.insight_base": 0.2,
    "donors.dialogue_effort": 0.06,
    "needs.dialogue_scale": 0.03,
    "needs.staff_months": 8.0,
    "needs.handover_loss": 0.5,
    "needs.insight_speed": 0.5,
    "needs.noise": 0.1,
    "nation.showy": [0.5, 0.95, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    "host.articulated": [0.3, 0.1, 0.2, 0.0, 0.0, 0.0, 0.0, 0.0],
    "draws.guess": [-1.0, 2.0, -3.0, 0.0, 0.0, 0.0, 0.0, 0.0],
}


def _heard(insight: float) -> dict[str, float]:
    reach = 0.2 + 0.8 * (1.0 - exp(-2.0))
    share = insight + 0.5 * (reach - insight)
    return {
        "donor.insight": share,
        "donor.perceived[0]": share * 0.3 + (1.0 - share) * 0.4,
        "donor.perceived[1]": share * 0.1 + (1.0 - share) * 1.0,
        "donor.perceived[2]": share * 0.2,
    }


NEEDS = (
    *by_hand(
        "state_needs",
        LACKS,
        (
            "on operations: what is lacking, by function, added to what others lack",
            {},
            {**SAYS, f"host.need_sums[{MEDICAL}]": 0.5 * 0.8, f"host.need_sums[{COUNTER_IED}]": 0.5 * 0.6},
        ),
        ("at rest nobody is exposed", {"unit.status": REST}, SAYS),
    ),
    Case(
        "weigh_needs",
        "the mean of all units, less where projects crowd; then the sums begin anew",
        {
            "host.need_sums": [1.2, 0.6, 0.0, 0.3, 0.0, 0.0, 0.0, 0.0],
            "nation.projects[0,0,1]": 1,
            "nation.projects[1,0,0]": 2,
            "nation.projects[4,3,2]": 1,
        },
        {
            "host.needs[0]": 0.4,
            "host.needs[1]": 0.2,
            "host.needs[3]": 0.1,
            "host.unmet[0]": 0.4 / (1 + 3 * 8 / 4),
            "host.unmet[1]": 0.2,
            "host.unmet[3]": 0.1 / (1 + 1 * 8 / 4),
            "host.need_sums[0]": 0.0,
            "host.need_sums[1]": 0.0,
            "host.need_sums[3]": 0.0,
        },
    ),
    *by_hand(
        "articulate_needs",
        SPEAKS,
        (
            "from clarity, advisers, liaison, data and free hours; the unmet needs, and with delay",
            {},
            _spoken(0.5 + 0.25, 0.5),
        ),
        (
            "without a mission only partners advise; hours that are left over add nothing",
            {"training.mission": 0, "host.load": 0.5},
            _spoken(0.25, 1.0),
        ),
        ("an expelled mission advises nobody", {"host.expelled": 1}, _spoken(0.25, 0.5)),
    ),
    *by_hand(
        "hear_needs",
        HEARS,
        ("a part of what the host says, and for the rest what shows", {"draws.staff": 0.126}, _heard(0.4)),
        ("what staff knew leaves with them", {"draws.staff": 0.124}, _heard(0.2)),
        ("nothing is heard from afar", {"donor.active": 0}, {}),
    ),
)

OFFERS_ONE = {
    "donor.active": 1,
    "donor.available": 600,
    "donor.annual_budget": 1200,
    "donor.key": 0.2,
    "donor.visibility": 0.25,
    "donor.preference": [0.2, 0.8, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    "donor.perceived": [0.1, 0.4, 0.3, 0.0, 0.0, 0.0, 0.0, 0.0],
    "donor.portfolio": [1.0, 1.0, 0.0, 0.0, 0.0, 2.0],
    "nation.showy": [0.9, 0.1, 0.2, 0.0, 0.0, 0.0, 0.0, 0.0],
    "nation.calendar_month": 6,
    "nation.projects_running": 4,
    "host.unmet": [0.1, 0.2, 0.4, 0.0, 0.0, 0.0, 0.0, 0.0],
    "host.project_cap": 5,
    "host.refusal": 0.5,
    "donors.needs_weight": 0.5,
    "donors.institutional_share": 0.2,
    "offers.rate": 0.2,
    "offers.year_end_pressure": 1.0,
    "offers.size_share": 0.25,
    "offers.size_spread": 0.5,
    "offers.smallest": 100.0,
    "offers.choice_noise": 0.1,
    "offers.course_months": 5.0,
    "offers.equipment_months": 8.6,
    "offers.advice_months": 18.0,
    "offers.infrastructure_months": 16.0,
    "offers.institutional_months": 30.0,
    "offers.mentoring_months": 12.0,
    "absorption.hours_a_project": 16.0,
    "equipment.vehicles_needed": 10.0,
    "units[0].skill": 0.9,
    "unit.skill": 0.9,
    "units[1].skill": 0.2,
    "units[2].skill": 0.5,
    "units[0].kit_working": [4, 4, 0, 0, 0],
    "units[1].kit_working": [9, 0, 0, 0, 0],
    "units[2].kit_working": [3, 4, 0, 0, 0],
    "units[1].zone": 1,
    "units[2].zone": 2,
    "draws.offer": 0.249,
    "draws.amount": 1.0,
    "draws.refusal": 0.251,
    "draws.liking": 0.1,
    "draws.kind": 0.68,  # of the rest 0.6, that is 2.4 of 4 in the portfolio
}
del OFFERS_ONE["unit.skill"]
EUROS = int(300 * exp(0.5 - 0.125))


def _offered(kind: int, months: int, unit: int, function: int = LOGISTICS, fit: float = 0.5) -> dict[str, float]:
    """A project in the first slot, for the unit and where that is."""
    project = {"status": OFFERED, "kind": kind, "function": function, "unit": unit, "zone": unit, "euros": EUROS}
    project |= {"duration": months, "fit": fit, "hours": 16.0}
    return {
        **{f"donor.projects[0].{name}": value for name, value in project.items() if value},
        "donor.available": 600 - EUROS,
        "nation.projects_running": 5,
        "book.projects_offered": 1,
    }


# Each unit's turn in a partner's liking: the fraction of 0.1 + 0.2 + unit * 0.618...
_LIKED = [(0.3 + unit * 0.6180339887498949) % 1.0 for unit in range(3)]  # 0.3, 0.918, 0.536
OFFERS = (
    *by_hand(
        "offer_project",
        OFFERS_ONE,
        (
            "its size lognormal of mean a share of the budget, its function and unit by needs and likings alike",
            {},
            _offered(MENTORING, 12, 1),
        ),
        ("not every month", {"draws.offer": 0.251}, {}),
        ("by nobody who is away", {"donor.active": 0}, {}),
        ("by nobody whose hands are full", {**{f"donor.projects[{slot}].status": RUNNING for slot in range(6)}}, {}),
        (
            "no more than is left",
            {"donor.available": 200, "draws.offer": 0.2 * (1 + 0.5 / 6) - 1e-6},
            {**_offered(MENTORING, 12, 1), "donor.projects[0].euros": 200, "donor.available": 0},
        ),
        ("and nothing too small", {"donor.available": 99, "draws.offer": 0.0}, {}),
        (
            "the host declines what fits little",
            {"draws.refusal": 0.249},
            {"book.projects_offered": 1, "book.projects_declined": 1},
        ),
        (
            "and all that is above its cap",
            {"host.project_cap": 4},
            {"book.projects_offered": 1, "book.projects_declined": 1},
        ),
        ("the share agreed on goes to institutions", {"draws.kind": 0.19}, _offered(INSTITUTIONAL, 30, 1)),
    ),
    *(
        Case(
            "offer_project",
            f"just beyond that share begins the portfolio, and each kind {kind} takes its own months",
            {**OFFERS_ONE, "draws.kind": 0.21, "donor.portfolio": [float(k == kind) for k in range(6)]},
            _offered(kind, months, 1),
        )
        for kind, months in ((COURSE, 5), (ADVICE, 18), (INFRASTRUCTURE, 16))
    ),
    *by_hand(
        "offer_project",
        OFFERS_ONE,
        ("what is left of the draw picks from the whole portfolio", {"draws.kind": 0.39}, _offered(COURSE, 5, 1)),
        (
            "where needs decide alone, vehicles go to who has fewest, what is thought to be needed is offered",
            {"donors.needs_weight": 1.0, "draws.kind": 0.45},
            _offered(EQUIPMENT, 9, 2),
        ),
        (
            "where partners decide alone, what shows to those who want to be seen, and the unit that they like",
            {
                "donors.needs_weight": 0.0,
                "donor.visibility": 0.8,
                "draws.liking": 0.6,
                "draws.kind": 0.45,
                "draws.refusal": 0.376,
            },
            _offered(EQUIPMENT, 9, 0, INFANTRY, 0.25),
        ),
        (
            "without a bias of supply needs decide, whatever the weight",
            {"donors.needs_weight": 0.0, "mechanisms.supply_bias": 0.0, "draws.liking": 0.6},
            _offered(MENTORING, 12, 1),
        ),
        (
            "taste decides between equals",
            {"draws.taste": [0.0, 0.0, 9.0, 0.0, 0.0, 0.0, 0.0, 0.0], "draws.refusal": 0.0},
            _offered(MENTORING, 12, 1, HUMAN_RESOURCES, 1.0),
        ),
    ),
)
assert max(range(3), key=_LIKED.__getitem__) == 1

TELLS = {
    "coordination.participation": 0.5,
    "coordination.forum": 1,
    "donor.openness": 0.49,
    "donor.candour": 0.3,
    "donor.sharing": 0.31,
    "donor.projects[0].status": RUNNING,
    "donor.projects[0].kind": EQUIPMENT,
    "donor.projects[0].function": COMMAND,
    "donor.projects[0].zone": 1,
    "donor.projects[3].status": OFFERED,
    "nation.known_projects[1,3,1]": 2,
}
# A course in infantry in zone 2 is offered; somebody else runs one, and tells of it.
DUPLICATES = {
    "coordination.participation": 0.5,
    "coordination.regime": INFORMATION,
    "coordination.lead_authority": 0.25,
    "coordination.host_authority": 0.5,
    "coordination.binding_authority": 0.9,
    "donor.openness": 0.49,
    "donor.candour": 0.9,
    "donor.sharing": 0.5,
    "donor.willingness": 0.2,
    "donor.available": 7,
    "donor.perceived": [0.9, 0.2, 0.6, 0.5, 0.0, 0.0, 0.0, 0.0],
    "host.articulated": [0.9, 0.1, 0.2, 0.3, 0.0, 0.0, 0.0, 0.0],
    "host.unmet": [0.5, 0.1, 0.2, 0.4, 0.0, 0.0, 0.0, 0.0],
    "host.clarity": 0.4,
    "donor.projects[0].status": OFFERED,
    "donor.projects[0].kind": COURSE,
    "donor.projects[0].zone": 2,
    "donor.projects[0].euros": 500,
    "donor.projects[0].fit": 0.9,
    "nation.projects[0,0,2]": 1,
    "nation.known_projects[0,0,2]": 1,
    "nation.projects[0,0,1]": 1,  # elsewhere
    "nation.projects_running": 3,
}
STARTS = {"donor.projects[0].status": RUNNING, "donor.projects[0].duplicate": 1, "nation.projects[0,0,2]": 2}


def _redirected(function: int, fit: float) -> dict[str, float]:
    return {
        "donor.projects[0].status": RUNNING,
        "donor.projects[0].function": function,
        "donor.projects[0].fit": fit,
        f"nation.projects[0,{function},2]": 1,
        "book.projects_redirected": 1,
    }


_ALL_TAKEN = {f"nation.{name}[0,{function},2]": 1 for function in range(8) for name in ("projects", "known_projects")}
COORDINATION = (
    Case(
        "open_table",
        "each month begins with nobody knowing what the others do",
        {"nation.known_projects[1,3,1]": 2, "nation.known_projects[5,7,2]": 1},
        {"nation.known_projects[1,3,1]": 0, "nation.known_projects[5,7,2]": 0},
    ),
    *by_hand(
        "share_plans",
        TELLS,
        ("who sits at the table and is candid tells what runs", {}, {"nation.known_projects[1,3,1]": 3}),
        (
            "a regime is a table too",
            {"coordination.forum": 0, "coordination.regime": 1},
            {"nation.known_projects[1,3,1]": 3},
        ),
        ("without a table nobody tells", {"coordination.forum": 0}, {}),
        ("who stays away does not", {"donor.openness": 0.5}, {}),
        ("nor who keeps to itself", {"donor.candour": 0.31}, {}),
    ),
    *by_hand(
        "settle_offers",
        DUPLICATES,
        (
            "a duplicate that others tell of gives way to what is heard to be needed and nobody does",
            {"draws.comply": 0.19},
            _redirected(HUMAN_RESOURCES, 0.4),
        ),
        ("or does not", {"draws.comply": 0.2}, STARTS),
        (
            "so it is at a forum",
            {"coordination.regime": NO_REGIME, "coordination.forum": 1, "draws.comply": 0.19},
            _redirected(HUMAN_RESOURCES, 0.4),
        ),
        ("and not where nobody meets", {"coordination.regime": NO_REGIME, "draws.comply": 0.0}, STARTS),
        ("who stays away is not asked", {"draws.comply": 0.0, "donor.openness": 0.5}, STARTS),
        (
            "what nobody tells is not seen, and starts as the duplicate that it is",
            {"draws.comply": 0.0, "nation.known_projects[0,0,2]": 0},
            STARTS,
        ),
        (
            "of one's own project one need not be told",
            {
                "draws.comply": 0.0,
                "donor.candour": 0.1,
                "donor.projects[1].status": RUNNING,
                "donor.projects[1].zone": 2,
            },
            {"donor.projects[0].status": RUNNING, "nation.projects[0,0,2]": 2, "nation.known_projects[0,0,2]": 2},
        ),
        (
            "a partner that leads may ask",
            {"coordination.regime": LEAD_PARTNER, "draws.comply": 0.2 + 0.8 * 0.25 - 1e-6},
            _redirected(HUMAN_RESOURCES, 0.4),
        ),
        ("and may be refused", {"coordination.regime": LEAD_PARTNER, "draws.comply": 0.2 + 0.8 * 0.25 + 1e-6}, STARTS),
        (
            "a host that leads keeps the list, and asks with the authority of its clarity for what it needs",
            {
                "coordination.regime": HOST_LED,
                "nation.known_projects[0,0,2]": 0,
                "draws.comply": 0.2 + 0.8 * 0.5 * (0.5 + 0.5 * 0.4) - 1e-6,
            },
            _redirected(COMMAND, 0.8),
        ),
        (
            "but has no more authority than that",
            {"coordination.regime": HOST_LED, "draws.comply": 0.2 + 0.8 * 0.5 * 0.7 + 1e-6},
            STARTS,
        ),
        (
            "where the host leads its list is taken up without a duplicate too",
            {
                "coordination.regime": HOST_LED,
                "nation.projects[0,0,2]": 0,
                "host.articulated[0]": 0.1,
                "draws.comply": 0.0,
            },
            _redirected(COMMAND, 0.8),
        ),
        (
            "where partners only talk, what is no duplicate starts as it is",
            {"nation.projects[0,0,2]": 0, "nation.known_projects[0,0,2]": 0, "draws.comply": 0.0},
            {"donor.projects[0].status": RUNNING, "nation.projects[0,0,2]": 1},
        ),
        (
            "who is bound gives way nearly always, willing or not",
            {"coordination.regime": BINDING, "draws.comply": 0.899},
            _redirected(COMMAND, 0.8),
        ),
        ("nearly", {"coordination.regime": BINDING, "draws.comply": 0.901}, STARTS),
        (
            "where everything is taken the offer is dropped, and its money is free again",
            {**_ALL_TAKEN, "draws.comply": 0.0},
            {
                "donor.projects[0].status": NO_PROJECT,
                "donor.available": 507,
                "nation.projects_running": 2,
                "book.projects_dropped": 1,
            },
        ),
        (
            "who shares tells of what starts at once",
            {"draws.comply": 0.9, "donor.candour": 0.49},
            {**STARTS, "nation.known_projects[0,0,2]": 2},
        ),
    ),
)

HOURS = {
    "absorption.staff_hours": 100.0,
    "absorption.hours_an_officer": 50.0,
    "absorption.institution_gain": 0.5,
    "absorption.mission_hours": 30.0,
    "absorption.liaison_cost": 1500.3,
    "host.liaison_officers": 2,
    "host.institution": 0.4,
    "host.hours_claimed": 99.0,
    "training.mission": 1,
}
OPEN = {"host.hours_available": 240.0, "host.hours_claimed": 30.0, "book.host_granted": 3000, "book.host_liaison": 3000}
LOADED = {
    "host.hours_claimed": 400.0,
    "host.hours_available": 100.0,
    "absorption.overload": 0.5,
    "absorption.memory_months": 12.5,
    "host.ownership": 0.3,  # a tenth fades
    "host.advice": 0.5,
    "host.facilities": 0.4,
    "host.institution": 0.3,
    "host.mechanics": 20.0,
    "host.delivery": 0.9,
    f"host.capability[{AIR}]": 0.2,
}
FADED = {
    "host.advice": 0.45,
    "host.facilities": 0.36,
    "host.institution": 0.27,
    "host.mechanics": 18.0,
    f"host.capability[{AIR}]": 0.18,
}
# 1000 EUR over ten months, a tenth paid, a fifth of it for dialogue, half of the work done.
UNDER_WAY = {
    "donor.projects[2].status": RUNNING,
    "donor.projects[2].kind": ADVICE,
    "donor.projects[2].euros": 1000,
    "donor.projects[2].paid": 100,
    "donor.projects[2].duration": 10,
    "donor.projects[2].months_run": 1,
    "donor.projects[2].delivered": 1.0,
    "donors.dialogue_effort": 0.2,
    "host.delivery": 0.5,
}
PAID = {
    "donor.projects[2].paid": 200,
    "donor.projects[2].months_run": 2,
    "donor.projects[2].delivered": 1.5,
    "book.donors_spent_on_dialogue": 20,
    f"book.donors_spent[{ADVICE}]": 80,
    "tally.instalments": 100,
    "tally.instalments_lost": 20 + 80 * 0.5,
}
# The last of ten months: 1003 EUR, of which 900 are paid; eight months' work and this one's half make a quality of 0.85.
LAST = {
    **UNDER_WAY,
    "donor.projects[2].euros": 1003,
    "donor.projects[2].paid": 900,
    "donor.projects[2].months_run": 9,
    "donor.projects[2].delivered": 8.0,
    "donor.projects[2].fit": 0.5,
    "donor.projects[2].unit": 2,
    "absorption.failure_below": 0.8,
    "absorption.institution_scale": 401.2,
    "absorption.duplicate_worth": 0.25,
    "nation.projects[2,0,0]": 1,
}
ENDED = {
    "donor.projects[2].paid": 1003,
    "donor.projects[2].months_run": 10,
    "donor.projects[2].delivered": 8.5,
    "donor.projects[2].status": DELIVERED,
    "book.donors_spent_on_dialogue": 20,
    f"book.donors_spent[{ADVICE}]": 83,
    "tally.instalments": 103,
    "tally.instalments_lost": 20 + 83 * 0.5,
    "book.projects_delivered": 1,
}
REACH = 0.85 * 0.5 * (1.0 - exp(-2.0))  # 802.4 EUR reach the host


def _ended(kind: int, **then: float) -> dict[str, float]:
    """What is left by the last month of a project of this kind; it has spent under its kind."""
    common = {path: value for path, value in ENDED.items() if "donors_spent[" not in path}
    return {**common, f"book.donors_spent[{kind}]": 83, **{_path(name): value for name, value in then.items()}}


def _path(name: str) -> str:
    return name.replace("__", ".")


def _last(kind: int, function: int = INFANTRY, **more: object) -> dict[str, object]:
    given = {**LAST, "donor.projects[2].kind": kind, "donor.projects[2].function": function}
    del given["nation.projects[2,0,0]"]
    return {**given, f"nation.projects[{kind},{function},0]": 1, **more}


COURSES = {
    "donor.projects[2].fit": 1.0,
    "absorption.course_cost": 802.4 / 15.5,  # 15.5 places
    "absorption.release_share": 0.1,
    "absorption.course_gain": 0.5,
    "training.doctrine_weight": 0.4,
    "donor.kit_type": 3,
    "donor.lineage": 4,
    "units[2].elsewhere": 30,
    "units[2].untrained": 70,
    "units[2].skill": 0.4,
    "units[2].leadership": 0.6,
    "units[2].kit_known": [0.5, 0.0, 0.0, 0.2, 0.0],
    "units[2].doctrine": [1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    "units[0].together": 50,
    "units[0].skill": 0.5,
    "units[0].doctrine": [1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    "units[1].untrained": 100,
    "units[1].status": OPERATIONS,
    "draws.handover": 0.6,  # 16 places: 10 to the unit chosen, 5 to the next in turn, one to nobody
}
TAUGHT = {
    "units[2].kit_known[3]": 0.2 + 0.1 * 0.85 * 0.8,
    "units[2].doctrine[0]": 0.96,
    "units[2].doctrine[4]": 0.04,
    "units[2].untrained": 60,
    "units[2].elsewhere": 40,
    "units[0].kit_known[3]": 0.1 * 0.85,
    "units[0].doctrine[0]": 0.96,
    "units[0].doctrine[4]": 0.04,
    "book.partner_completions": 15,
}
GIFTS = {
    "equipment.price": 10.0,
    "equipment.support_cover": 0.5,
    "equipment.support_cost": 0.8,
    "equipment.standardisation": 0.25,
    "equipment.standard_premium": 0.4,  # a vehicle costs 15 EUR
    "equipment.support_months": 6.0,
    "donor.kit_type": 3,
    "draws.handover": 0.3,
}
VEHICLES = int(0.85 * 802.4 / 15.0 + 0.3)
STANDARD = int(VEHICLES * 0.25 + 0.7)
MENTORS = {
    **UNDER_WAY,
    "donor.projects[2].kind": MENTORING,
    "donor.projects[2].unit": 2,
    "donor.lineage": 4,
    "donor.casualty_aversion": 0.5,
    "absorption.mentoring_pace": 0.1,
    "absorption.mentors_at_risk": 4.0,
    "training.mentor_risk": 0.1,
    "training.doctrine_weight": 0.4,
    "units[2].skill": 0.4,
    "units[2].leadership": 0.6,
    "units[2].doctrine": [1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    "units[2].zone": 1,
    "units[2].status": OPERATIONS,
    "zones[1].threat": 0.5,
    "zones[0].threat": 1.0,
}
MENTORED = {
    **{path: value for path, value in PAID.items() if "donors_spent[" not in path},
    f"book.donors_spent[{MENTORING}]": 80,
    "units[2].skill": 0.4 + 0.05 * 0.6,
    "units[2].leadership": 0.6 + 0.05 * 0.4,
    "units[2].doctrine[0]": 0.98,
    "units[2].doctrine[4]": 0.02,
}
UNHURT = [0.0, 0.0, 0.11, 0.0, 0.0, 0.0]
HURT = [0.9, 0.9, 0.09, 0.9, 0.9, 0.9]

DELIVERY = (
    *by_hand(
        "open_hours",
        HOURS,
        ("staffs and liaison officers, more with institutions; the mission asks first", {}, OPEN),
        ("no mission asks nothing", {"training.mission": 0}, {**OPEN, "host.hours_claimed": 0.0}),
        ("nor does one that was told to go", {"host.expelled": 1}, {**OPEN, "host.hours_claimed": 0.0}),
    ),
    Case(
        "claim_hours",
        "every project that runs, whatever its size",
        {
            "donor.projects[0].status": RUNNING,
            "donor.projects[0].hours": 10.0,
            "donor.projects[0].euros": 9,
            "donor.projects[5].status": RUNNING,
            "donor.projects[5].hours": 6.0,
            "donor.projects[3].status": DELIVERED,
            "donor.projects[3].hours": 50.0,
            "host.hours_claimed": 3.0,
        },
        {"host.hours_claimed": 19.0},
    ),
    *by_hand(
        "weigh_load",
        LOADED,
        (
            "four times what there is delivers half; what was built fades by what the host does not own",
            {},
            {**FADED, "host.load": 4.0, "host.delivery": 0.5},
        ),
        (
            "exactly what there is delivers all",
            {"host.hours_claimed": 100.0},
            {**FADED, "host.load": 1.0, "host.delivery": 1.0},
        ),
        (
            "without a limit all is delivered",
            {"mechanisms.absorption_limit": 0.0},
            {**FADED, "host.load": 4.0, "host.delivery": 1.0},
        ),
    ),
    *by_hand(
        "deliver_projects",
        UNDER_WAY,
        ("an instalment, part of it for dialogue, and as much work as gets done", {}, PAID),
        ("nothing of what does not run", {"donor.projects[2].status": NO_PROJECT}, {}),
    ),
    *by_hand(
        "deliver_projects",
        LAST,
        ("advice is left", {}, _ended(ADVICE, host__advice=REACH)),
        ("more of it adds less", {"host.advice": 0.5}, _ended(ADVICE, host__advice=0.5 + REACH * 0.5)),
        (
            "a duplicate is worth less: somebody else offers the same there",
            {"nation.projects[2,0,0]": 2},
            _ended(ADVICE, host__advice=0.25 * REACH),
        ),
        (
            "one's own second project is none",
            {"nation.projects[2,0,0]": 2, "donor.projects[5].status": DELIVERED, "donor.projects[5].kind": ADVICE},
            _ended(ADVICE, host__advice=REACH),
        ),
        (
            "below the quality that counts it has failed",
            {"donor.projects[2].delivered": 7.49},
            {
                **{path: value for path, value in ENDED.items() if path != "book.projects_delivered"},
                "donor.projects[2].delivered": 7.99,
                "book.projects_failed": 1,
            },
        ),
    ),
    Case("deliver_projects", "works", _last(INFRASTRUCTURE), _ended(INFRASTRUCTURE, host__facilities=REACH)),
    Case("deliver_projects", "institutions", _last(INSTITUTIONAL), _ended(INSTITUTIONAL, host__institution=REACH)),
    Case(
        "deliver_projects",
        "advice on personnel builds institutions",
        _last(ADVICE, HUMAN_RESOURCES),
        _ended(ADVICE, host__institution=REACH),
    ),
    *(
        Case(
            "deliver_projects",
            f"a capability of its own, {function}",
            _last(EQUIPMENT, function),
            _ended(EQUIPMENT, **{f"host.capability[{function}]": REACH}),
        )
        for function in (MEDICAL, COUNTER_IED, AIR)
    ),
    Case(
        "deliver_projects",
        "a course: to the unit chosen and to the next that rests, a tenth of each, whether they had been trained or not",
        _last(COURSE, INFANTRY, **COURSES),
        _ended(COURSE, **TAUGHT, **{"units[2].skill": 0.4 + 0.0425 * 0.6, "units[0].skill": 0.5 + 0.0425 * 0.5}),
    ),
    Case(
        "deliver_projects",
        "a course for leaders",
        _last(COURSE, COMMAND, **COURSES),
        _ended(COURSE, **TAUGHT, **{"units[2].leadership": 0.6 + 0.0425 * 0.4, "units[0].leadership": 0.0425}),
    ),
    *(
        Case(
            "deliver_projects",
            f"a course for mechanics, {function}",
            _last(COURSE, function, **COURSES),
            _ended(COURSE, **TAUGHT, host__mechanics=15 * 0.85),
        )
        for function in (LOGISTICS, MAINTENANCE)
    ),
    Case(
        "deliver_projects",
        "a unit that has soldiers on a course releases no more",
        _last(COURSE, INFANTRY, **COURSES, **{"units[2].trainees": 5}),
        _ended(
            COURSE,
            **{path: value for path, value in TAUGHT.items() if path.startswith("units[0]")},
            **{"units[0].skill": 0.5 + 0.0425 * 0.5, "book.partner_completions": 5},
        ),
    ),
    Case(
        "deliver_projects",
        "without doctrinal confusion nothing foreign enters",
        _last(COURSE, INFANTRY, **COURSES, **{"mechanisms.doctrinal_confusion": 0.0}),
        _ended(
            COURSE,
            **{path: value for path, value in TAUGHT.items() if "doctrine" not in path},
            **{"units[2].skill": 0.4 + 0.0425 * 0.6, "units[0].skill": 0.5 + 0.0425 * 0.5},
        ),
    ),
    Case(
        "deliver_projects",
        "parts and workshops, to each type by its number",
        _last(
            EQUIPMENT,
            MAINTENANCE,
            **GIFTS,
            **{"nation.fleet": [30, 0, 10, 0, 0], "nation.parts": [1.0, 0.0, 0.0, 0.0, 0.0]},
        ),
        _ended(
            EQUIPMENT,
            **{
                "nation.parts[0]": 1.0 + 0.75 * 0.85 * 802.4 / 8.0 * 6.0,
                "nation.parts[2]": 0.25 * 0.85 * 802.4 / 8.0 * 6.0,
            },
        ),
    ),
    Case(
        "deliver_projects",
        "vehicles, into the depot of the unit chosen: the giver's type, some of the army's, with their parts",
        _last(EQUIPMENT, INFANTRY, **GIFTS),
        _ended(
            EQUIPMENT,
            **{
                "units[2].kit_depot[0]": STANDARD,
                "units[2].kit_depot[3]": VEHICLES - STANDARD,
                "book.vehicles_given": VEHICLES,
                "nation.parts[0]": STANDARD * 3.0,
                "nation.parts[3]": (VEHICLES - STANDARD) * 3.0,
            },
        ),
    ),
    *by_hand(
        "deliver_projects",
        MENTORS,
        (
            "mentors beside a unit: they teach as far as the host can take part",
            {"draws.mentors_hurt": UNHURT},
            MENTORED,
        ),
        (
            "mentors who are hurt are called home, and what is unpaid lapses",
            {"draws.mentors_hurt": HURT},
            {
                **MENTORED,
                "donor.projects[2].status": DELIVERED,
                "book.donors_lapsed": 800,
                "book.projects_abandoned": 1,
            },
        ),
        ("nobody is hurt beside a unit at rest", {"draws.mentors_hurt": HURT, "units[2].status": REST}, MENTORED),
    ),
    Case(
        "close_projects",
        "what has ended leaves the list, where it was",
        {
            "donor.projects[4].status": DELIVERED,
            "donor.projects[4].kind": 1,
            "donor.projects[4].function": 2,
            "donor.projects[4].zone": 2,
            "donor.projects[1].status": RUNNING,
            "nation.projects[1,2,2]": 3,
            "nation.projects_running": 5,
        },
        {"donor.projects[4].status": NO_PROJECT, "nation.projects[1,2,2]": 2, "nation.projects_running": 4},
    ),
)

CASES = NEEDS + OFFERS + COORDINATION + DELIVERY
