"""By hand: needs, offers, coordination and delivery (phases 5 to 8)."""

from collections.abc import Mapping
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
    FORMATION,
    HUMAN_RESOURCES,
    INFANTRY,
    INFRASTRUCTURE,
    INSTITUTIONAL,
    LAPSED,
    LOGISTICS,
    MAINTENANCE,
    MEDICAL,
    MENTORING,
    MINISTRY,
    MISMATCHED,
    NO_PROJECT,
    OFFERED,
    OPERATIONS,
    REST,
    ROTTING,
    RUNNING,
    SATURATED,
    TRANSACTION,
    UNIT_TARGET,
    USED,
    WAITING,
)

NO_REGIME, INFORMATION, LEAD_PARTNER, HOST_LED, BINDING = range(5)
NO_DIVISION, BY_ZONE, BY_BATTALION, BY_FLEET = range(4)
SELF_ENFORCING, RELATIVE_IMPACT, SMALL_STAY_OUT = range(3)
DELAY, QUALITY, PARTIAL_USE = range(3)
KINDS = (COURSE, EQUIPMENT, ADVICE, INFRASTRUCTURE, INSTITUTIONAL, MENTORING)
FUNCTIONS = (INFANTRY, LOGISTICS, HUMAN_RESOURCES, COMMAND, MEDICAL, COUNTER_IED, AIR, MAINTENANCE)

# Six of twelve vehicles work; the others are broken, in the depot or left behind.
LACKS = {
    "unit.zone": 2,
    "unit.status": OPERATIONS,
    "unit.together": 60,
    "unit.elsewhere": 20,
    "unit.untrained": 20,
    "unit.skill": 0.3,
    "unit.collective_part": 0.1,
    "unit.fatigue": 0.5,
    "unit.leadership": 0.4,
    "unit.kit_working": [3, 0, 3, 0, 0],
    "unit.kit_broken": [1, 0, 0, 1, 0],
    "unit.kit_depot": [0, 0, 0, 0, 2],
    "unit.kit_left": 2.0,
    "zones[2].threat": 0.5,
    "zones[2].medical": 0.2,
    "zones[2].counter_ied": 0.4,
    "zones[2].air": 0.6,
    "zones[2].workshop": 0.5,
    "zones[2].facilities": 0.25,
    "equipment.vehicles_needed": 10.0,
    "needs.air": 0.5,
    "needs.parts_memory_months": 4.0,
    "host.institution": 0.5,
    "host.parts_sum": 0.25,
    f"host.need_sums[{INFANTRY}]": 1.0,
}
SAYS = {
    f"host.need_sums[{INFANTRY}]": 1.0 + 1.0 - 0.5 * (0.3 + 0.1),
    f"host.need_sums[{LOGISTICS}]": 1.0 - 0.6 * (1.0 - 0.5 * 0.75),
    f"host.need_sums[{HUMAN_RESOURCES}]": 0.5 * 0.4,
    f"host.need_sums[{COMMAND}]": 0.6,
    f"host.need_sums[{AIR}]": 0.5 * 0.4,
    f"host.need_sums[{MAINTENANCE}]": 0.5 * 0.75,
    "host.parts_sum": 0.25 + 0.5,
    "unit.kit_left": 1.5,
}
EXPOSED = {f"host.need_sums[{MEDICAL}]": 0.5 * 0.8, f"host.need_sums[{COUNTER_IED}]": 0.5 * 0.6}
SPEAKS = {
    "host.liaison_officers": 6,
    "needs.liaison_scale": 3.0,
    "needs.liaison_gain": 0.3,
    "needs.articulation_base": 0.1,
    "needs.clarity_gain": 0.5,
    "host.clarity": 0.4,
    "needs.adviser_gain": 0.2,
    "host.advisers": 0.2,
    "host.advice": 0.25,
    "needs.data_gain": 0.2,
    "host.reforms": [0.4, 0.9, 0.6],
    "host.load": 2.0,
    "needs.speed": 0.5,
    "host.unmet": [0.8, 0.0, 0.4, 0.0, 0.0, 0.0, 0.0, 0.0],
    "host.articulated": [0.1, 0.2, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
}


def _spoken(advised: float, hours: float) -> dict[str, float]:
    """What the host can say, and what it has said by the end of the month."""
    return _said((0.1 + 0.5 * 0.4 + 0.2 * advised + 0.3 * (1.0 - exp(-2.0)) + 0.2 * 0.5) * (0.5 + 0.5 * hours))


def _said(share: float) -> dict[str, float]:
    return {
        "host.articulation": share,
        "host.articulated[0]": 0.1 + 0.5 * (share * 0.8 - 0.1),
        "host.articulated[1]": 0.1,
        "host.articulated[2]": 0.5 * share * 0.4,
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
    "needs.asking": 0.1,
    "needs.consent_read": 0.2,
    "needs.consent_months": 10.0,
    "donors.needs_weight": 0.5,  # asks less than has been decided
    "donor.consent": [0.0, 0.5, 0.0, -1.0, 0.0, 0.0, 0.0, 0.0],
    "nation.showy": [0.5, 0.95, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    "host.articulation": 0.5,
    "host.articulated": [0.3, 0.1, 0.2, 0.0, 0.0, 0.0, 0.0, 0.0],
    "host.unmet": [0.2, 0.6, 0.1, 0.0, 0.0, 0.0, 0.0, 0.0],
    "draws.guess": [-1.0, 2.0, -3.0, 0.0, 0.0, 0.0, 0.0, 0.0],
}


CONSENT_FADES = {"donor.consent[1]": 0.45, "donor.consent[3]": -0.9}
# Nothing known, one yes and one no, each with its noise.
GUESSES = (0.5 - 0.1, 0.5 + 0.2 * 0.5 + 0.2, 0.5 - 0.3, 0.5 - 0.2, 0.5, 0.5, 0.5, 0.5)


def _heard(insight: float, effort: float = 0.06) -> dict[str, float]:
    """What is said, as far as it is heard; for what is unsaid or unheard a guess, alike for all functions."""
    reach = 0.2 + 0.8 * (1.0 - exp(-effort / 0.03))
    share = insight + 0.5 * (reach - insight)
    said = (0.3, 0.1, 0.2, 0.0, 0.0, 0.0, 0.0, 0.0)
    return {
        **CONSENT_FADES,
        "donor.insight": share,
        **{
            f"donor.perceived[{function}]": share * said[function] + (1.0 - 0.5 * share) * GUESSES[function]
            for function in FUNCTIONS
        },
    }


def _heard_without_bias() -> dict[str, float]:
    reach = 0.2 + 0.8 * (1.0 - exp(-2.0))
    share = 0.4 + 0.5 * (reach - 0.4)
    return {
        **CONSENT_FADES,
        "donor.insight": share,
        "donor.perceived[0]": share * 0.3 + (1.0 - share) * (0.2 - 0.1),
        "donor.perceived[1]": share * 0.1 + (1.0 - share) * (0.6 + 0.2),
        "donor.perceived[2]": share * 0.2,
    }


NEEDS = (
    *by_hand(
        "state_needs",
        LACKS,
        ("on operations: what is lacking, by function, added to what others lack", {}, {**SAYS, **EXPOSED}),
        ("at rest nobody is exposed", {"unit.status": REST}, SAYS),
        (
            "a unit that has lost all its vehicles misses them for a while",
            {
                "unit.status": REST,
                "unit.kit_working": 0,
                "unit.kit_broken": 0,
                "unit.kit_depot": 0,
                "unit.kit_left": 0.4,
            },
            {
                **SAYS,
                f"host.need_sums[{LOGISTICS}]": 1.0,
                f"host.need_sums[{MAINTENANCE}]": 0.4 * 0.75,
                "host.parts_sum": 0.25 + 0.4,
                "unit.kit_left": 0.3,
            },
        ),
        (
            "more vehicles than are needed make up for nothing else",
            {"unit.status": REST, "unit.kit_working": [9, 9, 0, 0, 0], "unit.kit_left": 2.0},
            {
                **SAYS,
                f"host.need_sums[{LOGISTICS}]": 0.5 * 0.75,
                f"host.need_sums[{MAINTENANCE}]": 6 / 24 * 0.75,
                "host.parts_sum": 0.25 + 6 / 24,
            },
        ),
        (
            "a unit without soldiers lacks no more than all",
            {"unit.status": REST, "unit.together": 0, "unit.elsewhere": 0, "unit.untrained": 0},
            {**SAYS, f"host.need_sums[{HUMAN_RESOURCES}]": 0.5},
        ),
    ),
    Case(
        "weigh_needs",
        "the mean of all units, less where projects crowd; then the sums begin anew",
        {
            "host.need_sums": [1.2, 0.6, 0.0, 0.3, 0.0, 0.0, 0.0, 0.0],
            "host.parts_sum": 0.9,
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
            "host.parts_need": 0.3,
            "host.parts_sum": 0.0,
        },
    ),
    Case(
        "weigh_needs",
        "where nothing runs nothing crowds",
        {"host.need_sums": [1.2, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]},
        {"host.needs[0]": 0.4, "host.unmet[0]": 0.4, "host.need_sums[0]": 0.0},
    ),
    *by_hand(
        "articulate_needs",
        SPEAKS,
        (
            "from clarity, advisers, liaison, data and free hours; the unmet needs, and with delay",
            {},
            _spoken(1.0 - 0.8 * 0.75, 0.5),
        ),
        (
            "without a mission only partners advise; hours that are left over add nothing",
            {"host.advisers": 0.0, "host.load": 0.5},
            _spoken(0.25, 1.0),
        ),
        ("nobody can say more than all", {"needs.clarity_gain": 5.0}, _said(0.75)),
    ),
    *by_hand(
        "hear_needs",
        HEARS,
        (
            "a part of what the host says, and for the rest what it agreed to, whatever shows",
            {"draws.staff": 0.126},
            _heard(0.4),
        ),
        ("who goes by needs asks, whatever has been decided", {"donors.needs_weight": 1.0}, _heard(0.4, 0.1)),
        ("what staff knew leaves with them", {"draws.staff": 0.124}, _heard(0.2)),
        (
            "without a bias of supply they guess at what is needed",
            {"mechanisms.supply_bias": 0.0},
            _heard_without_bias(),
        ),
        ("nothing is heard from afar", {"donor.active": 0}, {}),
    ),
)

# Between needs and likings it goes half by each; mentors do not serve logistics, so that half of such offers is declined.
OFFERS_ONE = {
    "donor.active": 1,
    "donor.member": 1,
    "donor.openness": 0.49,
    "donor.available": 600,
    "donor.annual_budget": 900,
    "donors.extra_budget": 900,  # a third of which is its part
    "host.present_budget": 2700.0,
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
    "coordination.regime": NO_REGIME,
    "coordination.forum": 1,
    "coordination.participation": 0.5,
    "coordination.division": NO_DIVISION,
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
    "offers.refusal_heard": 0.5,
    "offers.impatience": 0.4,
    "offers.urgency": 0.5,
    "nation.insecurity": 0.4,
    "host.articulation": 0.5,
    "host.advice": 0.3,
    "host.institution": 0.5,
    "zones[1].medical": 0.2,
    "zones[1].counter_ied": 0.4,
    "zones[1].air": 0.6,
    "zones[1].workshop": 0.5,
    "zones[1].facilities": 0.25,
    "training.skill_ceiling": 0.8,
    "equipment.vehicles_needed": 10.0,
    "units[0].skill": 0.9,
    "units[1].skill": 0.2,
    "units[1].leadership": 0.4,
    "units[2].skill": 0.5,
    "units[0].kit_working": [2, 4, 0, 0, 0],
    "units[0].kit_broken": [0, 1, 0, 0, 0],
    "units[0].kit_depot": [0, 0, 1, 0, 0],
    "units[1].kit_working": [9, 0, 0, 0, 0],
    "units[2].kit_working": [3, 4, 0, 0, 0],
    "units[1].zone": 1,
    "units[2].zone": 2,
    "draws.offer": 0.249,
    "draws.amount": 1.0,
    "draws.refusal": 0.501,
    "draws.alone": 0.201,
    "draws.emergency": 0.201,
    "draws.liking": 0.1,
    "draws.kind": 0.84,  # of the 0.8 that is free, 0.8: of the half that goes by likings 0.6, that is 2.4 of 4 in the portfolio
}
EUROS = int(300 * exp(0.5 - 0.125))


def _of_the_free(share: float) -> dict[str, float]:
    """The draw that picks the kind at this place in what is not given to institutions."""
    return {"draws.kind": 0.2 + 0.8 * share}


def _offered(
    kind: int, months: int, unit: int, function: int = LOGISTICS, target: int = UNIT_TARGET, fit: float = 0.0
) -> dict[str, float]:
    """A project in the first slot, for the unit and where that is; the host has agreed."""
    project = {"status": OFFERED, "kind": kind, "function": function, "target": target, "unit": unit, "zone": unit}
    project |= {"euros": EUROS, "duration": months, "fit": fit, "hours": 16.0}
    return {
        **{f"donor.projects[0].{name}": value for name, value in project.items() if value},
        f"donor.consent[{function}]": 1.0,
        "donor.available": 600 - EUROS,
        "nation.projects_running": 5,
        "book.projects_offered": 1,
    }


def _alone(offered: Mapping[str, float]) -> dict[str, float]:
    """The same without anybody being asked."""
    return {path: value for path, value in offered.items() if "consent" not in path} | {"donor.projects[0].alone": 1}


DECLINED = {
    "book.projects_offered": 1,
    "book.projects_declined": 1,
    "donor.turned_down": 1,
    f"donor.consent[{LOGISTICS}]": -1.0,
}
UNMET = (0.1, 0.2, 0.4, 0.3, 0.2, 0.1, 0.4, 0.3)
# What the second unit and its zone lack, by kind and function; a dot where such a project does not serve the function.
_MISSING = {
    COURSE: (0.75, ".", 0.5, 0.6, 0.8, 0.6, 0.4, 0.5),
    EQUIPMENT: (".", 0.1, 0.5, ".", 0.8, 0.6, 0.4, 0.5),
    ADVICE: (".", ".", 0.7, ".", ".", ".", ".", "."),
    INFRASTRUCTURE: (".", 0.75, 0.5, ".", ".", ".", ".", "."),
    INSTITUTIONAL: (".", ".", 0.5, ".", ".", ".", ".", "."),
    MENTORING: (0.75, ".", ".", 0.6, ".", ".", ".", "."),
}


def _fit(kind: int, function: int) -> float:
    missing = _MISSING[kind][function]
    return UNMET[function] / 0.4 * missing if isinstance(missing, float) else 0.0


# Each unit's turn in a partner's liking: the fraction of 0.1 + 0.2 + unit * 0.618...
_LIKED = [(0.3 + unit * 0.6180339887498949) % 1.0 for unit in range(3)]  # 0.3, 0.918, 0.536
# Who uses a kind of project (row) in a function (column): a unit, the formations of a zone, the ministry.
_LETTERS = {"u": UNIT_TARGET, "f": FORMATION, "m": MINISTRY}
TARGETS = {
    COURSE: "ufmuffff",
    EQUIPMENT: "uumuffff",
    ADVICE: "mmmmmmmm",
    INFRASTRUCTURE: "ffmfffff",
    INSTITUTIONAL: "mmmmmmmm",
    MENTORING: "uuuuuuuu",
}
MONTHS = {COURSE: 5, EQUIPMENT: 9, ADVICE: 18, INFRASTRUCTURE: 16, INSTITUTIONAL: 30, MENTORING: 12}
SERVES = {
    INFANTRY: (COURSE, 1, UNIT_TARGET),
    HUMAN_RESOURCES: (INSTITUTIONAL, 1, MINISTRY),
    COMMAND: (COURSE, 1, UNIT_TARGET),
    MEDICAL: (EQUIPMENT, 2, FORMATION),
    COUNTER_IED: (EQUIPMENT, 2, FORMATION),
    AIR: (EQUIPMENT, 2, FORMATION),
    MAINTENANCE: (EQUIPMENT, 2, FORMATION),
}


def _target(kind: int, function: int) -> int:
    return _LETTERS[TARGETS[kind][function]]


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
        ("by nobody whose hands are full", {f"donor.projects[{slot}].status": RUNNING for slot in range(6)}, {}),
        (
            "a slot that was used before begins anew",
            {
                "donor.projects[0].target": FORMATION,
                "donor.projects[0].paid": 50,
                "donor.projects[0].waiting": 5,
                "donor.projects[0].months_run": 3,
                "donor.projects[0].delivered": 2.0,
                "donor.projects[0].duplicate": 1,
                "donor.projects[0].division": 1,
                "donor.projects[0].alone": 1,
            },
            {
                **_offered(MENTORING, 12, 1),
                "donor.projects[0].target": UNIT_TARGET,
                "donor.projects[0].paid": 0,
                "donor.projects[0].waiting": 0,
                "donor.projects[0].months_run": 0,
                "donor.projects[0].delivered": 0.0,
                "donor.projects[0].duplicate": 0,
                "donor.projects[0].division": 0,
                "donor.projects[0].alone": 0,
            },
        ),
        (
            "no more than is left",
            {"donor.available": 200, "draws.offer": 0.2 * (1 + 0.5 / 6) - 1e-6},
            {**_offered(MENTORING, 12, 1), "donor.projects[0].euros": 200, "donor.available": 0},
        ),
        ("and nothing too small", {"donor.available": 99, "draws.offer": 0.0}, {}),
        ("for a month at least", {"offers.mentoring_months": 0.3}, _offered(MENTORING, 1, 1)),
        ("the host declines what fits little", {"draws.refusal": 0.499}, DECLINED),
        ("and all that is above its cap", {"host.project_cap": 4}, DECLINED),
        (
            "the share agreed on goes to institutions",
            {"draws.kind": 0.19},
            _offered(INSTITUTIONAL, 30, 1, target=MINISTRY),
        ),
        (
            "just beyond that share it is what serves the function: shelter",
            {"draws.kind": 0.21},
            _offered(INFRASTRUCTURE, 16, 1, target=FORMATION, fit=0.5 * 0.75),
        ),
        (
            "shelter up to half of it",
            _of_the_free(0.249),
            _offered(INFRASTRUCTURE, 16, 1, target=FORMATION, fit=0.5 * 0.75),
        ),
        ("then vehicles", _of_the_free(0.251), _offered(EQUIPMENT, 9, 1, fit=0.5 * 0.1)),
        ("then begins the portfolio", _of_the_free(0.51), _offered(COURSE, 5, 1, target=FORMATION)),
        ("which goes by its weights", _of_the_free(0.5 + 0.5 * 0.26), _offered(EQUIPMENT, 9, 1, fit=0.5 * 0.1)),
        (
            "where needs decide alone, vehicles go to who has fewest, what is thought to be needed is offered",
            {"donors.needs_weight": 1.0, **_of_the_free(0.6)},
            _offered(EQUIPMENT, 9, 2, fit=0.5 * 0.3),
        ),
        *(
            (
                f"what serves function {function}",
                {
                    "donors.needs_weight": 1.0,
                    f"donor.perceived[{function}]": 0.9,
                    "host.unmet": UNMET,
                    "draws.refusal": 1.0,
                    **_of_the_free(0.2),
                },
                _offered(
                    kind,
                    MONTHS[kind],
                    unit,
                    function,
                    target,
                    _fit(kind, function) if unit == 1 else UNMET[function] / 0.4,  # where the third is nothing is built
                ),
            )
            for function, (kind, unit, target) in SERVES.items()
        ),
        (
            "where partners decide alone, what shows to those who want to be seen, and the unit that they like",
            {
                "donors.needs_weight": 0.0,
                "donor.visibility": 0.8,
                "draws.liking": 0.6,
                **_of_the_free(0.3),
            },
            _offered(EQUIPMENT, 9, 0, INFANTRY),
        ),
        (
            "without a bias of supply needs decide, whatever the weight",
            {"donors.needs_weight": 0.0, "mechanisms.supply_bias": 0.0, "draws.liking": 0.6},
            _offered(EQUIPMENT, 9, 2, fit=0.5 * 0.3),
        ),
        # Logistics is worth 0.5 * 0.4 + 0.5 * (0.25 * 0.1 + 0.75 * 0.8) = 0.5125, infantry 0.2375, personnel 0.175.
        (
            "taste decides between what is worth nearly alike",
            {f"draws.taste[{HUMAN_RESOURCES}]": 3.38},
            _offered(MENTORING, 12, 1, HUMAN_RESOURCES),
        ),
        ("not for more than it weighs", {f"draws.taste[{HUMAN_RESOURCES}]": 3.37}, _offered(MENTORING, 12, 1)),
        (
            "sooner for what shows",
            {f"draws.taste[{INFANTRY}]": 2.76, "draws.refusal": 0.407},
            _offered(MENTORING, 12, 1, INFANTRY, fit=0.25 * 0.75),  # 0.406 are declined
        ),
        ("but not much sooner", {f"draws.taste[{INFANTRY}]": 2.74}, _offered(MENTORING, 12, 1)),
        # The third unit is worth 0.5 * 0.5 + 0.6 * 0.5361 = 0.5716; the second 0.6 * 0.9180 and half of what it lacks.
        (
            "the unit that is liked, as long as it lacks enough",
            {"units[1].skill": 0.957},
            _offered(MENTORING, 12, 1),
        ),
        ("else another one", {"units[1].skill": 0.96}, _offered(MENTORING, 12, 2)),
        (
            "months are rounded",
            {"offers.equipment_months": 8.4, **_of_the_free(0.251)},
            _offered(EQUIPMENT, 8, 1, fit=0.5 * 0.1),
        ),
        *(
            (
                f"who uses kind {kind} in function {function}",
                {
                    "donors.needs_weight": 0.0,
                    "donor.portfolio": [float(k == kind) for k in KINDS],
                    "draws.taste": [9.0 * (f == function) for f in FUNCTIONS],
                    "host.unmet": UNMET,
                    "draws.refusal": 1.0,
                },
                _offered(kind, MONTHS[kind], 1, function, _target(kind, function), _fit(kind, function)),
            )
            for kind in KINDS
            for function in FUNCTIONS
        ),
        (
            "what was declined of late is not offered again, but something else",
            {"donor.consent[1]": -0.56, "draws.refusal": 0.407},
            {**_offered(MENTORING, 12, 1, INFANTRY, fit=0.25 * 0.75)},
        ),
        ("a refusal fades", {"donor.consent[1]": -0.54}, _offered(MENTORING, 12, 1)),
        ("consent to another thing is no wish of the partner's", {"donor.consent[0]": 1.0}, _offered(MENTORING, 12, 1)),
        (
            "who was turned down comes back the next month",
            {"donor.turned_down": 1, "draws.offer": 0.999},
            {**_offered(MENTORING, 12, 1), "donor.turned_down": 0},
        ),
        *(
            (
                f"who goes ahead alone asks neither for needs nor for consent, and shares with nobody, {regime}",
                {
                    "draws.alone": 0.199,
                    "draws.refusal": 0.0,
                    "host.project_cap": 0,
                    "coordination.division": BY_ZONE,
                    "donor.turned_down": 1,
                    "donor.openness": openness,
                    "coordination.regime": regime,
                },
                {**_alone(_offered(MENTORING, 12, 1)), "donor.turned_down": 0},
            )
            for regime, openness in ((NO_REGIME, 0.49), (HOST_LED, 0.49), (BINDING, 0.5))
        ),
        ("who is bound does not", {"draws.alone": 0.0, "coordination.regime": BINDING}, _offered(MENTORING, 12, 1)),
        ("nor who gets an answer", {"draws.alone": 0.0, "host.articulation": 1.0}, _offered(MENTORING, 12, 1)),
        (
            "nor anybody where coordination does not fail",
            {"draws.alone": 0.0, "mechanisms.coordination_failure": 0.0},
            _offered(MENTORING, 12, 1),
        ),
        (
            "without a bias of supply who goes ahead alone goes by needs too",
            {"draws.alone": 0.0, "mechanisms.supply_bias": 0.0},
            _alone(_offered(EQUIPMENT, 9, 2, fit=0.5 * 0.3)),
        ),
        *(
            (
                f"in an emergency what takes years gives way to what can be had at once: kind {kind}, draw {draw}",
                {
                    "donor.portfolio": [1.0, 3.0, *(9.0 * (k == kind) for k in KINDS[2:])],
                    "draws.emergency": draw,
                    **_of_the_free(0.99),
                },
                then,
            )
            for kind in (ADVICE, INFRASTRUCTURE, INSTITUTIONAL)
            for draw, then in (
                (0.049, _offered(COURSE, 5, 1, target=FORMATION)),
                (0.051, _offered(EQUIPMENT, 9, 1, fit=0.5 * 0.1)),
                (0.199, _offered(EQUIPMENT, 9, 1, fit=0.5 * 0.1)),
            )
        ),
        (
            "where zones are divided, a unit of its own zone",
            {"coordination.division": BY_ZONE},  # a key of 0.2 of three
            _offered(MENTORING, 12, 0),
        ),
        (
            "where battalions are divided, a unit of its lot",
            {"coordination.division": BY_BATTALION, "units[0].index": 6},  # a key of 0.2 of eight, the second battalion
            _offered(MENTORING, 12, 0),
        ),
        (
            "a lot comes round again after eight battalions",
            {"coordination.division": BY_BATTALION, "units[2].index": 39},
            _offered(MENTORING, 12, 2),
        ),
        (
            "who has nobody in its share helps elsewhere",
            {"coordination.division": BY_BATTALION},
            _offered(MENTORING, 12, 1),
        ),
        (
            "where fleets are divided it is told to give the army's own type",
            {"coordination.division": BY_FLEET},
            {**_offered(MENTORING, 12, 1), "donor.projects[0].division": 1},
        ),
        (
            "a regime is a table too",
            {"coordination.division": BY_ZONE, "coordination.forum": 0, "coordination.regime": INFORMATION},
            _offered(MENTORING, 12, 0),
        ),
        *(
            (means, {"coordination.division": division, **otherwise}, _offered(MENTORING, 12, 1))
            for division in (BY_ZONE, BY_FLEET)
            for means, otherwise in (
                (f"without a table nothing is divided, {division}", {"coordination.forum": 0}),
                (f"who stays away keeps to no division, {division}", {"donor.openness": 0.5}),
                (f"nor does who has left, {division}", {"donor.member": 0}),
            )
        ),
    ),
)
assert max(range(3), key=_LIKED.__getitem__) == 1

# Outside it would be worth 0.5 * 6 / 8 and what it gives up; inside 0.1 and half of what others do.
MEMBER = {
    "coordination.regime": LEAD_PARTNER,
    "nation.regime": LEAD_PARTNER,
    "nation.members": 6,
    "nation.complied": 0.25,
    "structures.coordination_game": SELF_ENFORCING,
    "coordination.group_half": 2.0,
    "coordination.small_budget": 500.0,
    "coordination.temptation": 0.5,
    "coordination.memory": 0.2,
    "coordination.reciprocity": 0.5,
    "coordination.exit_rate": 0.5,
    "donor.active": 1,
    "donor.member": 1,
    "donor.foregone": 0.5,
    "donor.willingness": 0.1,
    "donor.visibility": 0.4,
    "donor.annual_budget": 1000,
}
INSIDE = 0.1 + 0.5 * 0.25
STAYS = {"donor.foregone": 0.4}
LEAVES = {**STAYS, "donor.member": 0}
OUTSIDE = {**MEMBER, "donor.member": 0, "donor.willingness": 0.9}  # inside 1.025, outside 0.775
TELLS = {
    "coordination.participation": 0.5,
    "coordination.regime": NO_REGIME,
    "coordination.forum": 1,
    "coordination.agency_rivalry": 0.4,
    "nation.members": 2,
    "donor.active": 1,
    "donor.member": 1,
    "donor.openness": 0.49,
    "donor.candour": 0.29,
    "donor.sharing": 0.5,
    "donor.projects[0].status": RUNNING,
    "donor.projects[0].kind": EQUIPMENT,
    "donor.projects[0].function": COMMAND,
    "donor.projects[0].zone": 1,
    "donor.projects[3].status": OFFERED,
    "nation.known_projects[1,3,1]": 2,
    "units[0].known_projects[1,3]": 1,  # its battalion's
}
# A course in infantry in zone 2 is offered; somebody else runs one, and tells of it. It is willing by 0.3 + 0.5 * 0.2 = 0.4.
DUPLICATES = {
    "coordination.participation": 0.5,
    "coordination.regime": INFORMATION,
    "coordination.forum": 0,
    "coordination.lead_authority": 0.25,
    "coordination.host_veto": 0.5,
    "coordination.visibility_loss": 0.5,
    "coordination.reciprocity": 0.5,
    "coordination.memory": 0.1,
    "coordination.agency_rivalry": 0.2,
    "donor.member": 1,
    "donor.openness": 0.49,
    "donor.candour": 0.9,
    "donor.sharing": 0.5,
    "donor.visibility": 0.5,
    "donor.willingness": 0.3,
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
    "nation.complied": 0.2,
    "nation.asked": 4,
    "nation.gave_way": 1,
    "nation.showy": [0.8, 0.2, 0.4, 0.3, 0.0, 0.0, 0.0, 0.0],
    "training.skill_ceiling": 0.8,
    "equipment.vehicles_needed": 10.0,
    "nation.projects[0,0,2]": 1,
    "nation.known_projects[0,0,2]": 1,
    "units[0].projects[0,0]": 1,
    "units[0].known_projects[0,0]": 1,
    "nation.projects[0,0,1]": 1,  # for another battalion
    "nation.projects_running": 3,
    "draws.veto": 0.9,
}
COSTS = {HUMAN_RESOURCES: 0.5 * 0.5 * 0.4, COMMAND: 0.5 * 0.5 * 0.5}
STARTS = {"donor.projects[0].status": RUNNING, "nation.projects[0,0,2]": 2, "units[0].projects[0,0]": 2}
TOLD = {"nation.known_projects[0,0,2]": 2, "units[0].known_projects[0,0]": 2}
REPEATS = {**STARTS, "donor.projects[0].duplicate": 1}
ASKED = {"nation.asked": 5}
GIVES_WAY = {**ASKED, "nation.gave_way": 2}
ENDS_UNSTARTED = {"donor.projects[0].status": NO_PROJECT, "donor.available": 507, "nation.projects_running": 2}
DROPPED = {**GIVES_WAY, **ENDS_UNSTARTED, "book.projects_dropped": 1, "donor.foregone": 0.1 * 0.5 * 0.5 * 0.8}
SAID_NO = {**ASKED, **ENDS_UNSTARTED, "book.projects_declined": 1}
UNTOLD = {"nation.known_projects[0,0,2]": 0, "units[0].known_projects[0,0]": 0}
HOST_LEADS = {"coordination.regime": HOST_LED, **UNTOLD}
FIRST_THERE = {**UNTOLD, "nation.projects[0,0,2]": 0, "units[0].projects[0,0]": 0}
ALONE = {"donor.projects[0].status": RUNNING, "nation.projects[0,0,2]": 1, "units[0].projects[0,0]": 1}


def _redirected(function: int) -> dict[str, float]:
    """A course in another function: in personnel it is for the ministry."""
    ministry = {"donor.projects[0].target": MINISTRY}
    target = ministry if function == HUMAN_RESOURCES else {f"units[0].projects[0,{function}]": 1}
    return {
        **GIVES_WAY,
        **target,
        "donor.projects[0].status": RUNNING,
        "donor.projects[0].function": function,
        "donor.projects[0].fit": {HUMAN_RESOURCES: 0.4, COMMAND: 0.8}[function],
        "donor.foregone": 0.1 * COSTS[function],
        f"nation.projects[0,{function},2]": 1,
        "book.projects_redirected": 1,
    }


_ALL_TAKEN = {
    f"{where}.{name}[0,{function}{zone}]": 1
    for function in range(8)
    for name in ("projects", "known_projects")
    for where, zone in (("nation", ",2"), ("units[0]", ""))
}
COORDINATION = (
    *by_hand(
        "open_table",
        {"coordination.memory": 0.2, "nation.complied": 0.25},
        (
            "each month begins with nobody knowing what the others do; who gave way is remembered for a while",
            {
                "nation.known_projects[1,3,1]": 2,
                "nation.known_projects[5,7,2]": 1,
                "nation.asked": 4,
                "nation.gave_way": 3,
            },
            {
                "nation.known_projects[1,3,1]": 0,
                "nation.known_projects[5,7,2]": 0,
                "nation.asked": 0,
                "nation.gave_way": 0,
                "nation.complied": 0.25 + 0.2 * (0.75 - 0.25),
            },
        ),
        ("where nobody was asked nothing is learned", {}, {}),
    ),
    Case(
        "open_table_for_unit",
        "nor what they do for a battalion",
        {"unit.known_projects[1,3]": 2, "unit.known_projects[5,7]": 1, "unit.projects[1,3]": 2},
        {"unit.known_projects[1,3]": 0, "unit.known_projects[5,7]": 0},
    ),
    *by_hand(
        "weigh_membership",
        MEMBER,
        (
            "many members tempt: it leaves",
            {"draws.membership": 0.5 * (0.5 * 6 / 8 + 0.4 - INSIDE) - 1e-6},
            LEAVES,
        ),
        ("or stays", {"draws.membership": 0.5 * (0.5 * 6 / 8 + 0.4 - INSIDE) + 1e-6}, STAYS),
        *(
            row
            for game, worth in ((RELATIVE_IMPACT, 0.4), (SMALL_STAY_OUT, exp(-2.0)))
            for row in (
                (
                    f"another reason to leave, {game}",
                    {
                        "structures.coordination_game": game,
                        "draws.membership": 0.5 * (0.5 * worth + 0.4 - INSIDE) - 1e-6,
                    },
                    LEAVES,
                ),
                (
                    f"or to stay, {game}",
                    {
                        "structures.coordination_game": game,
                        "draws.membership": 0.5 * (0.5 * worth + 0.4 - INSIDE) + 1e-6,
                    },
                    STAYS,
                ),
            )
        ),
        ("who left thinks no more of leaving", {"donor.member": 0, "draws.membership": 0.0}, STAYS),
        (
            "a new regime begins with all",
            {"nation.regime": HOST_LED, "donor.member": 0},
            {"donor.member": 1, "donor.foregone": 0.0},
        ),
        (
            "nobody need leave those who only talk",
            {"coordination.regime": INFORMATION, "nation.regime": INFORMATION, "donor.member": 0},
            {"donor.member": 1, "donor.foregone": 0.0},
        ),
        ("who is away weighs nothing", {"donor.active": 0, "draws.membership": 0.0}, {}),
    ),
    *by_hand(
        "weigh_membership",
        OUTSIDE,
        (
            "who is better off inside comes back",
            {"draws.membership": 0.5 * (1.025 - 0.775) - 1e-6},
            {**STAYS, "donor.member": 1},
        ),
        ("or not yet", {"draws.membership": 0.5 * (1.025 - 0.775) + 1e-6}, STAYS),
    ),
    Case(
        "count_members",
        "the table is set anew, under the regime of this month",
        {"coordination.regime": HOST_LED, "nation.regime": INFORMATION, "nation.members": 4},
        {"nation.regime": HOST_LED, "nation.members": 0},
    ),
    *by_hand(
        "share_plans",
        TELLS,
        (
            "who sits at the table and is candid is counted, and tells what runs",
            {},
            {"nation.members": 3, "nation.known_projects[1,3,1]": 3, "units[0].known_projects[1,3]": 2},
        ),
        (
            "a regime is a table too",
            {"coordination.forum": 0, "coordination.regime": 1},
            {"nation.members": 3, "nation.known_projects[1,3,1]": 3, "units[0].known_projects[1,3]": 2},
        ),
        ("without a table nobody tells", {"coordination.forum": 0}, {}),
        ("who stays away does not", {"donor.openness": 0.5}, {}),
        ("nor who has left", {"donor.member": 0}, {}),
        ("nor who keeps to itself, or has agencies that do", {"donor.candour": 0.31}, {"nation.members": 3}),
        (
            "what still runs of who has gone home is known",
            {"donor.active": 0},
            {"nation.known_projects[1,3,1]": 3, "units[0].known_projects[1,3]": 2},
        ),
    ),
    *by_hand(
        "settle_offers",
        DUPLICATES,
        (
            "a duplicate that others tell of gives way to what is heard to be needed and nobody does",
            {"draws.comply": 0.4 - 0.1 - 1e-6},
            _redirected(HUMAN_RESOURCES),
        ),
        ("or does not, for what it would lose in visibility", {"draws.comply": 0.4 - 0.1 + 1e-6}, {**ASKED, **REPEATS}),
        (
            "what shows more costs nothing",
            {"nation.showy[2]": 0.9, "draws.comply": 0.4 - 1e-6},
            {path: value for path, value in _redirected(HUMAN_RESOURCES).items() if path != "donor.foregone"},
        ),
        (
            "nobody gives way more than always",
            {"donor.willingness": 2.0, "draws.comply": 0.999},
            _redirected(HUMAN_RESOURCES),
        ),
        (
            "who would lose more than it is willing to never gives way",
            {"donor.willingness": 0.0, "nation.complied": 0.1, "draws.comply": 0.0},
            {**ASKED, **REPEATS},
        ),
        (
            "so it is at a forum",
            {"coordination.regime": NO_REGIME, "coordination.forum": 1, "draws.comply": 0.29},
            _redirected(HUMAN_RESOURCES),
        ),
        ("and not where nobody meets", {"coordination.regime": NO_REGIME, "draws.comply": 0.0}, REPEATS),
        ("who stays away is not asked", {"draws.comply": 0.0, "donor.openness": 0.5}, REPEATS),
        ("nor who has left", {"draws.comply": 0.0, "donor.member": 0}, REPEATS),
        (
            "what nobody tells is not seen, and starts as the duplicate that it is",
            {"draws.comply": 0.0, **UNTOLD},
            REPEATS,
        ),
        (
            "of one's own project one need not be told",
            {
                "draws.comply": 0.0,
                "donor.candour": 0.1,
                "donor.projects[1].status": RUNNING,
                "donor.projects[1].zone": 2,
            },
            {**STARTS, **TOLD},
        ),
        (
            "one's own projects of another kind, in another function or for another battalion are other projects",
            {
                "draws.comply": 0.9,
                "donor.candour": 0.1,
                "donor.projects[1].status": RUNNING,
                "donor.projects[1].zone": 2,
                "donor.projects[1].kind": EQUIPMENT,
                "donor.projects[2].status": RUNNING,
                "donor.projects[2].zone": 2,
                "donor.projects[2].function": AIR,
                "donor.projects[3].status": RUNNING,
                "donor.projects[3].unit": 4,
            },
            {**ASKED, **REPEATS, **TOLD},
        ),
        (
            "a second offer of its own in the same month is no duplicate",
            {
                **FIRST_THERE,
                "donor.projects[4].status": OFFERED,
                "donor.projects[4].zone": 2,
            },
            {**STARTS, "donor.projects[4].status": RUNNING},
        ),
        (
            "for another battalion in the same zone it is no duplicate",
            {"units[0].projects[0,0]": 0, "units[0].known_projects[0,0]": 0, "draws.comply": 0.0},
            {**STARTS, "units[0].projects[0,0]": 1},
        ),
        (
            "for the same battalion it is one in whichever zone that was",
            {"donor.projects[0].zone": 0, "draws.comply": 0.9},
            {
                **ASKED,
                "donor.projects[0].status": RUNNING,
                "donor.projects[0].duplicate": 1,
                "nation.projects[0,0,0]": 1,
                "units[0].projects[0,0]": 2,
            },
        ),
        *(
            (
                f"{means}, from zone {zone}",
                {
                    **FIRST_THERE,
                    "donor.projects[0].kind": kind,
                    "donor.projects[0].function": function,
                    "donor.projects[0].target": target,
                    f"nation.projects[{kind},{function},{zone}]": 1,
                },
                {
                    "donor.projects[0].status": RUNNING,
                    f"nation.projects[{kind},{function},2]": 2 if zone == 2 else 1,
                    **({"donor.projects[0].duplicate": 1} if duplicate else {}),
                },
            )
            for means, kind, function, target, zone, duplicate in (
                ("advice is for the one ministry", ADVICE, INFANTRY, MINISTRY, 0, True),
                ("advice is for the one ministry", ADVICE, INFANTRY, MINISTRY, 2, True),
                ("evacuation is for one zone", EQUIPMENT, MEDICAL, FORMATION, 0, False),
                ("evacuation is for one zone", EQUIPMENT, MEDICAL, FORMATION, 2, True),
            )
        ),
        (
            "a project is turned only to what its kind serves: vehicles not to personal skill",
            {
                **FIRST_THERE,
                "coordination.regime": BINDING,
                "donor.projects[0].kind": EQUIPMENT,
                "donor.projects[0].function": LOGISTICS,
                "host.articulated": [0.9, 0.2, 0.0, 0.8, 0.3, 0.0, 0.0, 0.0],
                "host.unmet": [0.5, 0.1, 0.2, 0.4, 0.2, 0.0, 0.0, 0.0],
                "zones[0].medical": 0.25,
            },
            {
                **GIVES_WAY,
                "donor.projects[0].status": RUNNING,
                "donor.projects[0].function": MEDICAL,
                "donor.projects[0].target": FORMATION,
                "donor.projects[0].fit": 0.4 * 0.75,
                "donor.foregone": 0.1 * 0.5 * 0.5 * 0.2,
                "nation.projects[1,4,2]": 1,
                "book.projects_redirected": 1,
            },
        ),
        ("who goes ahead alone asks nobody", {"donor.projects[0].alone": 1, "draws.comply": 0.0}, REPEATS),
        (
            "not even the host that leads",
            {**HOST_LEADS, "donor.projects[0].alone": 1, "draws.comply": 0.0, "draws.veto": 0.0},
            REPEATS,
        ),
        (
            "a partner that leads may ask",
            {"coordination.regime": LEAD_PARTNER, "draws.comply": 0.4 + 0.25 - 0.1 - 1e-6},
            _redirected(HUMAN_RESOURCES),
        ),
        (
            "and may be refused, and cannot say no",
            {"coordination.regime": LEAD_PARTNER, "draws.comply": 0.4 + 0.25 - 0.1 + 1e-6, "draws.veto": 0.0},
            {**ASKED, **REPEATS},
        ),
        (
            "a host that leads keeps the list, and asks for what it needs",
            {**HOST_LEADS, "draws.comply": 0.4 - 0.125 - 1e-6},
            _redirected(COMMAND),
        ),
        (
            "it has no more authority to ask than others",
            {**HOST_LEADS, "draws.comply": 0.4 - 0.125 + 1e-6},
            {**ASKED, **REPEATS},
        ),
        (
            "but may say no, as far as it knows what it wants",
            {**HOST_LEADS, "draws.comply": 0.9, "draws.veto": 0.5 * (0.5 + 0.5 * 0.4) - 1e-6},
            SAID_NO,
        ),
        (
            "and no further",
            {**HOST_LEADS, "draws.comply": 0.9, "draws.veto": 0.5 * (0.5 + 0.5 * 0.4) + 1e-6},
            {**ASKED, **REPEATS},
        ),
        (
            "where the host leads its list is taken up without a duplicate too",
            {**HOST_LEADS, **FIRST_THERE, "host.articulated[0]": 0.1, "draws.comply": 0.0},
            _redirected(COMMAND),
        ),
        (
            "or the host says no to what is no duplicate",
            {**HOST_LEADS, **FIRST_THERE, "host.articulated[0]": 0.1, "draws.comply": 0.9, "draws.veto": 0.0},
            SAID_NO,
        ),
        (
            "who does what the list has first is not asked",
            {**HOST_LEADS, **FIRST_THERE, "draws.comply": 0.9, "draws.veto": 0.0},
            ALONE,
        ),
        (
            "a host that can say nothing asks for nothing",
            {**HOST_LEADS, **FIRST_THERE, "host.articulated": 0.0, "draws.comply": 0.0, "draws.veto": 0.0},
            ALONE,
        ),
        (
            "but sees a duplicate, for which there is nothing else",
            {**HOST_LEADS, "host.articulated": 0.0, "draws.comply": 0.4 - 0.2 - 1e-6},
            DROPPED,
        ),
        (
            "where partners only talk, what is no duplicate starts as it is",
            {**FIRST_THERE, "donor.perceived[0]": 0.1, "draws.comply": 0.0},
            ALONE,
        ),
        (
            "who is bound gives way, willing or not",
            {"coordination.regime": BINDING, "donor.willingness": 0.0, "draws.comply": 1.0, "draws.veto": 0.0},
            _redirected(COMMAND),
        ),
        (
            "who has left is not bound",
            {"coordination.regime": BINDING, "donor.member": 0, "draws.comply": 0.0},
            REPEATS,
        ),
        (
            "where everything is taken the offer is dropped, and its money is free again",
            {**_ALL_TAKEN, "draws.comply": 0.4 - 0.2 - 1e-6},
            DROPPED,
        ),
        ("or starts as a duplicate", {**_ALL_TAKEN, "draws.comply": 0.4 - 0.2 + 1e-6}, {**ASKED, **REPEATS}),
        ("unless the host says no", {**HOST_LEADS, **_ALL_TAKEN, "draws.comply": 0.9, "draws.veto": 0.0}, SAID_NO),
        (
            "who shares tells of what starts at once",
            {"draws.comply": 0.9, "donor.candour": 0.39},
            {**ASKED, **REPEATS, **TOLD},
        ),
        (
            "where coordination does not fail all is seen and everybody gives way, without a table",
            {
                "mechanisms.coordination_failure": 0.0,
                "coordination.regime": NO_REGIME,
                **UNTOLD,
                "donor.member": 0,
                "draws.comply": 1.0,
            },
            _redirected(HUMAN_RESOURCES),
        ),
    ),
)

# A quarter of the staffs' time is the ministry's, two fifths the general staff's, the rest the regions'; a fifth more by institutions.
HOURS = {
    "absorption.staff_hours": 100.0,
    "absorption.ministry_share": 0.25,
    "absorption.staff_share": 0.4,
    "absorption.hours_an_officer": 50.0,
    "absorption.institution_gain": 0.5,
    "absorption.mission_hours": 20.0,
    "absorption.hours_an_adviser": 2.0,
    "absorption.liaison_cost": 1500.3,
    "training.adviser_posts": 10.0,
    "training.adviser_posts_filled": 0.7,
    "host.liaison_officers": 2,
    "host.institution": 0.4,
    "host.hours_claimed": [30.0, 60.0, 10.0],
    "training.mission": 1,
}
CLAIMED = {"host.hours_claimed[0]": 14.0, "host.hours_claimed[1]": 20.0, "host.hours_claimed[2]": 0.0}
LIAISON = {"book.host_granted": 3000, "book.host_liaison": 3000}


def _hours(*available: float) -> dict[str, float]:
    return {f"host.hours_available[{level}]": hours for level, hours in enumerate(available)}


OPEN = {**LIAISON, **_hours(30.0 + 120.0 * 0.3, 48.0 + 120.0 * 0.6, 42.0 + 120.0 * 0.1)}
UNCLAIMED = dict.fromkeys(CLAIMED, 0.0)
CLAIMS = {
    "donor.active": 1,
    "donor.openness": 0.49,
    "coordination.participation": 0.5,
    "coordination.regime": NO_REGIME,
    "coordination.forum": 1,
    "absorption.meeting_hours": 5.0,
    "donor.projects[0].status": RUNNING,
    "donor.projects[0].target": MINISTRY,
    "donor.projects[0].hours": 10.0,
    "donor.projects[0].euros": 9,
    "donor.projects[1].status": RUNNING,
    "donor.projects[1].target": UNIT_TARGET,
    "donor.projects[1].hours": 4.0,
    "donor.projects[5].status": RUNNING,
    "donor.projects[5].target": FORMATION,
    "donor.projects[5].hours": 6.0,
    "donor.projects[3].status": DELIVERED,
    "donor.projects[3].hours": 50.0,
    "host.hours_claimed": [1.0, 2.0, 3.0],
}
CLAIMED_BY_PROJECTS = {"host.hours_claimed[0]": 11.0, "host.hours_claimed[1]": 6.0, "host.hours_claimed[2]": 9.0}
CLAIMED_AT_TABLE = {**CLAIMED_BY_PROJECTS, "host.hours_claimed[0]": 16.0}
LOADED = {
    "host.hours_claimed": [200.0, 50.0, 100.0],
    "host.hours_available": [100.0, 80.0, 70.0],
    "absorption.memory_months": 12.5,
    "host.ownership": 0.3,  # a tenth fades where the state is strong, a sixth where there is none
    "absorption.state_weight": 0.4,
    "host.reforms": [0.3, 0.6, 0.6],
    "zones[0].state_presence": 1.0,
    "zones[1].state_presence": 0.5,
    "zones[2].state_presence": 0.0,
    "host.advice": 0.5,
    "host.delivery": 0.9,
    "zones[0].medical": 0.2,
    "zones[1].counter_ied": 0.4,
    "zones[2].air": 0.6,
    "zones[0].workshop": 0.7,
    "zones[1].facilities": 0.8,
}
FADED = {
    "host.advice": 0.5 * 7 / 8,
    "zones[0].medical": 0.18,
    "zones[1].counter_ied": 0.4 * 7 / 8,
    "zones[2].air": 0.5,
    "zones[0].workshop": 0.63,
    "zones[1].facilities": 0.7,
}


def _served(*shares: float) -> dict[str, float]:
    return {f"host.served[{level}]": share for level, share in enumerate(shares) if share}


# 1000 EUR over ten months, a tenth paid, a fifth of it for dialogue.
UNDER_WAY = {
    "donor.projects[2].status": RUNNING,
    "donor.projects[2].kind": ADVICE,
    "donor.projects[2].target": MINISTRY,
    "donor.projects[2].euros": 1000,
    "donor.projects[2].paid": 100,
    "donor.projects[2].waiting": 80,
    "donor.projects[2].duration": 10,
    "donor.projects[2].months_run": 1,
    "donor.projects[2].delivered": 1.0,
    "donors.dialogue_effort": 0.2,
    "donors.needs_weight": 1.0,
    "needs.asking": 0.1,
    "host.served": [0.5, 0.25, 0.75],
    "host.offices[0].months": 3,
    "reforms.settling_months": 6.0,
    "absorption.longest": 3.0,
    "absorption.mentoring_pace": 0.1,  # of mentors only
    "training.skill_ceiling": 0.8,
    f"donor.use[{ADVICE},{MINISTRY},{WAITING}]": 80,
    f"donor.use[{ADVICE},{MINISTRY},{TRANSACTION}]": 20,
}


def _under_way(kind: int, target: int, **more: object) -> dict[str, object]:
    """The same project, of another kind and for another target."""
    return {
        **{path: value for path, value in UNDER_WAY.items() if not path.startswith("donor.use")},
        "donor.projects[2].kind": kind,
        "donor.projects[2].target": target,
        f"donor.use[{kind},{target},{WAITING}]": 80,
        f"donor.use[{kind},{target},{TRANSACTION}]": 20,
        **more,
    }


def _paid(kind: int, target: int, work: float) -> dict[str, float]:
    """What an instalment leaves, with this part of a month's work."""
    return {
        "donor.projects[2].paid": 200,
        "donor.projects[2].waiting": 160,
        "donor.projects[2].months_run": 2,
        "donor.projects[2].delivered": 1.0 + work,
        f"donor.use[{kind},{target},{WAITING}]": 160,
        f"donor.use[{kind},{target},{TRANSACTION}]": 40,
        "book.donors_spent_on_dialogue": 20,
        f"book.donors_spent[{kind}]": 80,
        "tally.instalments": 100,
        "tally.instalments_lost": 20,
    }


# The last of ten months: 1003 EUR, of which 900 are paid, and 720 wait for the work. With eight and a half months' work done and half
# of this month's, nine tenths of it are done; squared, that is a quality of 0.81. Of all the partner's money, 1000 EUR more wait.
LAST = {
    "structures.overload": QUALITY,
    "absorption.overload": 2.0,
    "absorption.longest": 3.0,
    "absorption.ministry_scale": 401.2,
    "absorption.formation_scale": 802.4,
    "donors.dialogue_effort": 0.2,
    "host.served": 0.5,
    "host.offices[0].months": 9,
    "reforms.settling_months": 6.0,
    "host.advice": 0.25,
    "host.institution": 0.25,
    "donor.projects[2].status": RUNNING,
    "donor.projects[2].euros": 1003,
    "donor.projects[2].paid": 900,
    "donor.projects[2].waiting": 720,
    "donor.projects[2].duration": 10,
    "donor.projects[2].months_run": 9,
    "donor.projects[2].delivered": 8.5,
    "donor.projects[2].fit": 0.5,
    "donor.projects[2].unit": 2,
    "donor.projects[2].zone": 1,
    "zones[1].medical": 0.25,
    "zones[1].counter_ied": 0.25,
    "zones[1].air": 0.25,
    "zones[1].workshop": 0.25,
    "zones[1].facilities": 0.25,
    "equipment.price": 10.0,
    "equipment.support_cost": 0.8,
    "equipment.support_months": 6.0,
    "nation.fleet": [30, 0, 10, 0, 0],
    "nation.parts": [1.0, 0.0, 0.0, 0.0, 0.0],
}
# 802.4 EUR reach the host: at the ministry two scales, in the zone one.
MINISTRY_GAIN = 0.75 * (1.0 - exp(-2.0))
FORMATION_GAIN = 0.75 * (1.0 - exp(-1.0))
WORKSHOP_GAIN = 0.75 * (1.0 - exp(-0.5))  # of half the money, the other half is for parts


def _last(kind: int, function: int, target: int, **more: object) -> dict[str, object]:
    """The ground of the last month of a project."""
    return {
        **LAST,
        "donor.projects[2].kind": kind,
        "donor.projects[2].function": function,
        "donor.projects[2].target": target,
        f"donor.use[{kind},{target},{WAITING}]": 1720,
        f"donor.use[{kind},{target},{TRANSACTION}]": 180,
        **more,
    }


def _ended(
    kind: int, target: int, uses: tuple[int, int, int, int], then: Mapping[str, float] | None = None
) -> dict[str, float]:
    """What the last month leaves: EUR rotting, mismatched, saturated and used, together the 803 that waited; and what it built."""
    assert sum(uses) == 803
    ends = zip((ROTTING, MISMATCHED, SATURATED, USED), uses, strict=True)
    return {
        "donor.projects[2].paid": 1003,
        "donor.projects[2].waiting": 0,
        "donor.projects[2].months_run": 10,
        "donor.projects[2].delivered": 9.0,
        "donor.projects[2].status": DELIVERED,
        **{f"donor.use[{kind},{target},{use}]": euros for use, euros in ends if euros},
        f"donor.use[{kind},{target},{WAITING}]": 1000,
        f"donor.use[{kind},{target},{TRANSACTION}]": 200,
        "book.donors_spent_on_dialogue": 20,
        f"book.donors_spent[{kind}]": 83,
        "tally.instalments": 103,
        "tally.instalments_lost": 20,
        "book.projects_delivered": 1,
        **(then or {}),
    }


# Rotting 0.19 of 803, then a quarter of the 651 left was there already.
WORSE = (152, 0, 162, 489)
# Rotting a tenth of 803, then a quarter of 723.
A_TENTH_LEFT = (80, 0, 180, 543)
# A quarter of 803.
IN_FULL = (0, 0, 200, 603)
# What a project builds where it is used by the ministry or by formations.
BUILDS = {
    **{(INSTITUTIONAL, function): "host.institution" for function in FUNCTIONS},
    **{(ADVICE, function): "host.advice" for function in FUNCTIONS},
    **{(INFRASTRUCTURE, function): "zones[1].facilities" for function in FUNCTIONS},
    **{(kind, MEDICAL): "zones[1].medical" for kind in (COURSE, EQUIPMENT)},
    **{(kind, COUNTER_IED): "zones[1].counter_ied" for kind in (COURSE, EQUIPMENT)},
    **{(kind, AIR): "zones[1].air" for kind in (COURSE, EQUIPMENT)},
    **{(kind, MAINTENANCE): "zones[1].workshop" for kind in (COURSE, EQUIPMENT)},
    (COURSE, LOGISTICS): "zones[1].workshop",
    **{(kind, HUMAN_RESOURCES): "host.institution" for kind in (COURSE, EQUIPMENT, INFRASTRUCTURE)},
}
# Half of 802.4 EUR buys parts at 8 EUR for six months, to each type by its number.
PARTS = {"nation.parts[0]": 1.0 + 0.75 * 0.81 * 401.2 / 8.0 * 6.0, "nation.parts[2]": 0.25 * 0.81 * 401.2 / 8.0 * 6.0}


def _built(kind: int, function: int) -> Case:
    path = BUILDS[kind, function]
    target = MINISTRY if path.startswith("host") else FORMATION
    gain = MINISTRY_GAIN if target == MINISTRY else FORMATION_GAIN
    parts = {}
    if (kind, function) == (EQUIPMENT, MAINTENANCE):
        gain, parts = WORKSHOP_GAIN, PARTS
    then = {path: 0.25 + 0.81 * gain, **parts}
    return Case(
        "deliver_projects",
        f"kind {kind} in function {function} builds {path}",
        _last(kind, function, target),
        _ended(kind, target, WORSE, then),
    )


ADVISES = _last(ADVICE, INFANTRY, MINISTRY)
# All is paid, two months late; what is done is nine and a half months' work, and half of this month's.
LATE = {
    "structures.overload": DELAY,
    "donor.projects[2].paid": 1003,
    "donor.projects[2].waiting": 803,
    "donor.projects[2].months_run": 11,
}


def _late(work: float, uses: tuple[int, int, int, int], gain: float) -> dict[str, float]:
    """What is left by a project that ends in its twelfth month of ten."""
    ended = _ended(ADVICE, MINISTRY, uses, {"host.advice": 0.25 + gain, "book.projects_late": 1})
    unpaid = ("donor.projects[2].paid", "book.donors", "tally.", f"donor.use[{ADVICE},{MINISTRY},{TRANSACTION}]")
    return {
        **{path: value for path, value in ended.items() if not path.startswith(unpaid)},
        "donor.projects[2].months_run": 12,
        "donor.projects[2].delivered": work,
        f"donor.use[{ADVICE},{MINISTRY},{WAITING}]": 1720 - 803,
    }


BASIC = 1.0 - exp(-3.0 / 5.0)
DRILL = 1.0 - exp(-(3.0 - 1.0) / 4.0)
# 16 places: 10 to the unit chosen, 5 to the next in turn, one to nobody. Of the vehicles of the first a quarter is the giver's type, of
# the next none: of what is taught 0.625 and 0.5 carry over.
COURSES = {
    "absorption.course_cost": 802.4 / 3.0 / 15.5,
    "absorption.release_share": 0.1,
    "absorption.partner_weeks": 3.0,
    "training.basic_weeks": 5.0,
    "training.tactical_after": 4.0,
    "training.tactical_weeks": 4.0,
    "training.skill_ceiling": 0.8,
    "training.kit_dependence": 0.5,
    "training.doctrine_weight": 0.4,
    "training.leaders": 0.2,
    "training.leader_gain": 0.5,
    "donor.kit_type": 3,
    "donor.lineage": 4,
    "units[2].strength": 100,
    "units[2].elsewhere": 30,
    "units[2].untrained": 70,
    "units[2].skill": 0.4,
    "units[2].habit": 0.2,
    "units[2].leadership": 0.6,
    "units[2].kit_working": [3, 0, 0, 1, 0],
    "units[2].kit_known": [0.5, 0.0, 0.0, 0.2, 0.0],
    "units[2].doctrine": [1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    "units[0].strength": 10,
    "units[0].together": 50,
    "units[0].skill": 0.5,
    "units[0].leadership": 0.5,
    "units[0].doctrine": [1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    "units[1].untrained": 100,
    "units[1].status": OPERATIONS,
    "draws.handover": 0.6,
}
TAUGHT_FIRST = {
    "units[2].kit_known[3]": 0.2 + 0.1 * BASIC * 0.8,
    "units[2].doctrine[0]": 1.0 - 0.04 * BASIC,
    "units[2].doctrine[4]": 0.04 * BASIC,
    "units[2].untrained": 60,
    "units[2].elsewhere": 40,
}
TAUGHT_NEXT = {
    "units[0].kit_known[3]": 0.1 * BASIC,
    "units[0].doctrine[0]": 1.0 - 0.04 * BASIC,
    "units[0].doctrine[4]": 0.04 * BASIC,
}
LEARNED_FIRST = {
    "units[2].skill": 0.4 + 0.1 * BASIC * 0.81 * 0.625 * 0.4,
}
LEARNED_NEXT = {
    "units[0].skill": 0.5 + 0.1 * BASIC * 0.81 * 0.5 * 0.3,
}
FOLLOWED = {**TAUGHT_FIRST, **TAUGHT_NEXT, "book.partner_completions": 15}
LEARNED = {**FOLLOWED, **LEARNED_FIRST, **LEARNED_NEXT}
TEACHES = _last(COURSE, INFANTRY, UNIT_TARGET, **COURSES)
# A vehicle costs 15 EUR with its parts and the army's own type for some: 53 come, 13 of them of that type. The unit lacks 50.
GIFTS = {
    "equipment.support_cover": 0.5,
    "equipment.standardisation": 0.25,
    "equipment.standard_premium": 0.4,
    "equipment.vehicles_needed": 60.0,
    "equipment.service_base": 0.1 / 0.75,
    "equipment.service_known": 0.5 / 0.75,
    "equipment.service_supported": 0.4 / 0.75,
    "equipment.drivers_share": 0.4,
    "units[2].together": 30,
    "units[2].elsewhere": 20,
    "units[2].untrained": 30,  # of 32 drivers three quarters are free
    "equipment.depot_loss": 0.12,
    "readiness.kit_knowledge": 0.5,
    "nation.coverage": [0.5, 0.0, 0.0, 0.25, 0.0],
    "donor.kit_type": 3,
    "units[2].kit_working": [5, 0, 0, 2, 0],
    "units[2].kit_broken": [1, 0, 0, 0, 0],
    "units[2].kit_depot": [0, 0, 0, 2, 0],
    "units[2].kit_known": [0.8, 0.0, 0.0, 0.2, 0.0],
    "draws.handover": 0.3,
}
# Of the army's type 0.7 enter service in a month, and 0.12 of the rest are lost; of the giver's 0.3.
NEVER_OWN = 0.036 / 0.736
NEVER_FOREIGN = 0.084 / 0.384
# Whole euros, of 803: never in service (13 * 0.0489 + 40 * 0.21875) / 53 = 0.1771; of 661 unknown (13 * 0.1 + 40 * 0.4) / 53 = 0.3264;
# of 446 beyond what is lacking 3 / 53.
GIVEN_USES = (142, 215, 25, 421)


def _given(own: int, foreign: int, months: float) -> dict[str, float]:
    """So many vehicles in the depot, each with parts for some months."""
    vehicles = {"units[2].kit_depot[0]": own, "units[2].kit_depot[3]": 2 + foreign, "nation.parts[3]": foreign * months}
    return {
        **(vehicles if foreign else {"units[2].kit_depot[0]": own}),
        "book.vehicles_given": own + foreign,
        "nation.parts[0]": 1.0 + own * months,
    }


GIVES = _last(EQUIPMENT, LOGISTICS, UNIT_TARGET, **GIFTS)
MENTORS = _under_way(
    MENTORING,
    UNIT_TARGET,
    **{
        "host.served": [0.9, 0.5, 0.9],
        "donor.projects[2].unit": 2,
        "donor.lineage": 4,
        "donor.casualty_aversion": 0.5,
        "absorption.mentoring_pace": 0.1,
        "absorption.mentors_at_risk": 4.0,
        "training.mentor_risk": 0.1,
        "training.doctrine_weight": 0.4,
        "training.skill_ceiling": 0.8,
        "units[2].skill": 0.4,
        "units[2].habit": 0.2,
        "units[2].leadership": 0.6,
        "units[2].doctrine": [1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        "units[2].zone": 1,
        "units[2].status": OPERATIONS,
        "zones[1].threat": 0.5,
        "zones[0].threat": 1.0,
    },
)
MENTORED = {
    **_paid(MENTORING, UNIT_TARGET, 0.5),
    "units[2].skill": 0.4 + 0.05 * 0.4,
    "units[2].habit": 0.2 + 0.05 * 0.6,
    "units[2].leadership": 0.6 + 0.05 * 0.4,
    "units[2].doctrine[0]": 0.98,
    "units[2].doctrine[4]": 0.02,
}
UNHURT = [0.0, 0.0, 0.11, 0.0, 0.0, 0.0]
HURT = [0.9, 0.9, 0.09, 0.9, 0.9, 0.9]
CALLED_HOME = {
    "donor.projects[2].status": DELIVERED,
    "donor.projects[2].waiting": 0,
    f"donor.use[{MENTORING},{UNIT_TARGET},{WAITING}]": 0,
    f"donor.use[{MENTORING},{UNIT_TARGET},{ROTTING}]": 160,
    f"donor.use[{MENTORING},{UNIT_TARGET},{LAPSED}]": 800,
    "book.donors_lapsed": 800,
    "book.projects_abandoned": 1,
}

QUEUE = (
    Case(
        "claim_hours_for_depots",
        "vehicles that wait claim hours of the general staff, beside what others claim",
        {
            "unit.kit_depot": [1, 0, 2, 0, 1],
            "unit.kit_working": 5,
            "absorption.hours_a_vehicle": 0.5,
            "host.hours_claimed": [1.0, 2.0, 3.0],
        },
        {"host.hours_claimed[1]": 4.0},
    ),
    *by_hand(
        "open_hours",
        HOURS,
        (
            "staffs at three levels, more with institutions, and liaison officers where most waits; the mission asks first",
            {},
            {**OPEN, **CLAIMED},
        ),
        (
            "where nothing waits they are spread evenly",
            {"host.hours_claimed": 0.0},
            {**LIAISON, **_hours(70.0, 88.0, 82.0), "host.hours_claimed[0]": 14.0, "host.hours_claimed[1]": 20.0},
        ),
        (
            "two levels may have all there is",
            {"absorption.ministry_share": 0.7, "absorption.staff_share": 0.5},
            {**LIAISON, **CLAIMED, **_hours(84.0 + 36.0, 60.0 + 72.0, 12.0)},
        ),
        ("no mission asks nothing", {"training.mission": 0}, {**OPEN, **UNCLAIMED}),
        ("nor does one that was told to go", {"host.expelled": 1}, {**OPEN, **UNCLAIMED}),
    ),
    *by_hand(
        "claim_hours",
        CLAIMS,
        (
            "every project that runs, whatever its size, at the level of who uses it; and the meetings",
            {},
            CLAIMED_AT_TABLE,
        ),
        (
            "a regime meets too",
            {"coordination.forum": 0, "coordination.regime": INFORMATION},
            CLAIMED_AT_TABLE,
        ),
        ("where nobody meets there are no meetings", {"coordination.forum": 0}, CLAIMED_BY_PROJECTS),
        ("who does not come takes no time", {"donor.openness": 0.5}, CLAIMED_BY_PROJECTS),
        ("nor who has gone home", {"donor.active": 0}, CLAIMED_BY_PROJECTS),
    ),
    *by_hand(
        "weigh_load",
        LOADED,
        (
            "each level serves what it has hours for; what advice and formations left fades by what the host does not own",
            {},
            {**FADED, **_served(0.5, 1.0, 0.7), "host.load": 350 / 250, "host.delivery": 220 / 350},
        ),
        (
            "nothing is delivered where there are no hours",
            {"host.hours_available": 0.0},
            {**FADED, "host.load": 350.0, "host.delivery": 0.0},
        ),
        (
            "where nothing is claimed nothing waits",
            {"host.hours_claimed": 0.0},
            {**FADED, **_served(1.0, 1.0, 1.0), "host.delivery": 1.0},
        ),
        (
            "without a limit all is delivered",
            {"mechanisms.absorption_limit": 0.0},
            {**FADED, **_served(1.0, 1.0, 1.0), "host.load": 350 / 250, "host.delivery": 1.0},
        ),
    ),
)
# A tenth would fade of what nobody works with; minister and heads of office settle in within ten months.
OFFICES = {
    "host.served": [0.5, 0.8, 0.75],
    "host.offices[0].months": 5,
    "host.offices[1].months": 10,
    "host.offices[2].months": 20,
    "host.offices[3].months": 0,
    "host.offices[4].months": 2,
    "reforms.settling_months": 10.0,
    "absorption.memory_months": 12.5,
    "host.ownership": 0.3,
    "host.institution": 0.4,
}
TIMES = {f"host.offices[{o}].time": time for o, time in enumerate((0.25, 0.8, 0.5, 0.0, 0.15)) if time}
WORK_OF_OFFICES = tuple(
    by_hand(
        "work_offices",
        OFFICES,
        (
            "an office works by its level's hours and its holder's time; what was built fades in the time that four have not",
            {},
            {**TIMES, "host.institution": 0.4 * (1.0 - 0.1 * (1.0 - 1.55 / 4.0))},
        ),
        (
            "what all work with stays",
            {"host.served": 1.0, **{f"host.offices[{o}].months": 10 for o in range(4)}},
            {**{f"host.offices[{o}].time": 1.0 for o in range(4)}, "host.offices[4].time": 0.2},
        ),
        ("what nobody works with fades at its pace", {"host.served": 0.0}, {"host.institution": 0.36}),
    )
)
MONTH_OF_A_PROJECT = (
    *by_hand(
        "deliver_projects",
        UNDER_WAY,
        (
            "an instalment, part of it for dialogue, the rest waits; as much work as the ministry has hours for",
            {},
            _paid(ADVICE, MINISTRY, 0.5),
        ),
        *(
            (f"nothing of what does not run, {status}", {"donor.projects[2].status": status}, {})
            for status in (NO_PROJECT, OFFERED, DELIVERED)
        ),
        (
            "a late project is paid already",
            {"donor.projects[2].paid": 1000, "donor.projects[2].months_run": 10},
            {"donor.projects[2].months_run": 11, "donor.projects[2].delivered": 1.5},
        ),
    ),
    Case(
        "deliver_projects",
        "as much as the general staff has hours for, for a unit",
        _under_way(COURSE, UNIT_TARGET),
        _paid(COURSE, UNIT_TARGET, 0.25),
    ),
    Case(
        "deliver_projects",
        "as much as the regions have hours for, for formations",
        _under_way(INFRASTRUCTURE, FORMATION),
        _paid(INFRASTRUCTURE, FORMATION, 0.75),
    ),
    Case(
        "deliver_projects",
        "institutions wait for a minister who has settled in",
        _under_way(INSTITUTIONAL, MINISTRY),
        _paid(INSTITUTIONAL, MINISTRY, 0.5 * 0.5),
    ),
    Case(
        "deliver_projects",
        "a minister who has settled in decides no more than all",
        _under_way(INSTITUTIONAL, MINISTRY, **{"host.offices[0].months": 9}),
        _paid(INSTITUTIONAL, MINISTRY, 0.5),
    ),
)
HANDED_OVER = (
    *(_built(kind, function) for kind, function in BUILDS),
    *by_hand(
        "deliver_projects",
        ADVISES,
        (
            "what is full takes in nothing",
            {"host.advice": 1.0},
            _ended(ADVICE, MINISTRY, (152, 0, 651, 0)),
        ),
        (
            "what is empty takes in all that is good",
            {"host.advice": 0.0},
            _ended(ADVICE, MINISTRY, (152, 0, 0, 651), {"host.advice": 0.81 * (1.0 - exp(-2.0))}),
        ),
        (
            "of what nobody worked on all rots",
            {"host.served": 0.0, "donor.projects[2].delivered": 0.0},
            {
                path: value
                for path, value in _ended(ADVICE, MINISTRY, (803, 0, 0, 0)).items()
                if path != "donor.projects[2].delivered"
            },
        ),
        (
            "partial use: what was done is good, the rest is left",
            {"structures.overload": PARTIAL_USE},
            _ended(ADVICE, MINISTRY, A_TENTH_LEFT, {"host.advice": 0.25 + 0.75 * (1.0 - exp(-1.8))}),
        ),
        (
            "delay: what is done in time is handed over in time",
            {"structures.overload": DELAY, "donor.projects[2].delivered": 9.5},
            _ended(
                ADVICE, MINISTRY, IN_FULL, {"host.advice": 0.25 + MINISTRY_GAIN, "donor.projects[2].delivered": 10.0}
            ),
        ),
        (
            "delay: what is not done goes on",
            {"structures.overload": DELAY},
            {
                "donor.projects[2].paid": 1003,
                "donor.projects[2].waiting": 803,
                "donor.projects[2].months_run": 10,
                "donor.projects[2].delivered": 9.0,
                f"donor.use[{ADVICE},{MINISTRY},{WAITING}]": 1803,
                f"donor.use[{ADVICE},{MINISTRY},{TRANSACTION}]": 200,
                "book.donors_spent_on_dialogue": 20,
                f"book.donors_spent[{ADVICE}]": 83,
                "tally.instalments": 103,
                "tally.instalments_lost": 20,
            },
        ),
        (
            "delay: it is handed over in full when it is done",
            {**LATE, "donor.projects[2].delivered": 9.8},
            _late(10.3, IN_FULL, MINISTRY_GAIN),
        ),
        (
            "delay: for no longer than can be borne, and then as far as it is done",
            {**LATE, "absorption.longest": 1.15},
            _late(9.0, A_TENTH_LEFT, 0.9 * MINISTRY_GAIN),
        ),
        (
            "delay: until then it goes on",
            {**LATE, "absorption.longest": 1.25},
            {"donor.projects[2].months_run": 12, "donor.projects[2].delivered": 9.0},
        ),
    ),
    *by_hand(
        "deliver_projects",
        TEACHES,
        (
            "a course: to the unit chosen and to the next that rests, a tenth of each, whether they had been trained or not",
            {},
            # Rotting 1 - 0.81 * 15 / 16 = 0.2406; of 610 lost (10 * 0.375 + 5 * 0.5) / 15 = 0.4167; of 356 known (10 * 0.5 + 5 * 0.625) / 15
            _ended(COURSE, UNIT_TARGET, (193, 254, 192, 164), LEARNED),
        ),
        (
            "the next in turn comes before others, with what places are left",
            {"absorption.course_cost": 802.4 / 3.0 / 11.5, "units[1].status": REST},
            # Rotting 0.19; of 651 lost (10 * 0.375 + 2 * 0.5) / 12 = 0.3958; of 394 known (10 * 0.5 + 2 * 0.625) / 12 = 0.5208
            _ended(
                COURSE,
                UNIT_TARGET,
                (152, 257, 205, 189),
                {
                    **TAUGHT_FIRST,
                    **LEARNED_FIRST,
                    "units[0].kit_known[3]": 0.04 * BASIC,
                    "units[0].doctrine[0]": 1.0 - 0.016 * BASIC,
                    "units[0].doctrine[4]": 0.016 * BASIC,
                    "units[0].skill": 0.5 + 0.04 * BASIC * 0.81 * 0.5 * 0.3,
                    "book.partner_completions": 12,
                },
            ),
        ),
        (
            "a unit without soldiers sends none",
            {"units[0].together": 0},
            # Rotting 1 - 0.81 * 10 / 16 = 0.49375; of 407 lost 0.375; of 255 known a half
            _ended(
                COURSE,
                UNIT_TARGET,
                (396, 152, 127, 128),
                {**TAUGHT_FIRST, **LEARNED_FIRST, "book.partner_completions": 10},
            ),
        ),
        (
            "who knows all that a course can teach learns nothing",
            {"units[2].skill": 0.9},
            # Known (10 + 5 * 0.625) / 15 = 0.875
            _ended(
                COURSE,
                UNIT_TARGET,
                (193, 254, 311, 45),
                {**FOLLOWED, **LEARNED_NEXT},
            ),
        ),
        (
            "a course for leaders: all of them are reached sooner than all soldiers",
            {"donor.projects[2].function": COMMAND},
            # Known (10 * 0.6 + 5 * 0.5) / 15 = 0.5667
            _ended(
                COURSE,
                UNIT_TARGET,
                (193, 254, 201, 155),
                {
                    **FOLLOWED,
                    "units[2].leadership": 0.6 + 0.5 * BASIC * 0.81 * 0.625 * 0.5 * 0.4,
                    "units[0].leadership": 0.5 + BASIC * 0.81 * 0.5 * 0.5 * 0.5,
                },
            ),
        ),
        (
            "a unit that has soldiers on a course releases no more",
            {"units[2].trainees": 5},
            # Rotting 1 - 0.81 * 5 / 16 = 0.7469; of 204 lost a half; of 102 known 0.625
            _ended(
                COURSE,
                UNIT_TARGET,
                (599, 102, 63, 39),
                {**TAUGHT_NEXT, **LEARNED_NEXT, "book.partner_completions": 5},
            ),
        ),
        (
            "places that nobody fills have been paid all the same",
            {"units[2].status": OPERATIONS, "units[0].status": OPERATIONS},
            _ended(COURSE, UNIT_TARGET, (803, 0, 0, 0)),
        ),
        (
            "no more than there are places",
            {"absorption.course_cost": 802.4 / 3.0 / 4.5},
            # Rotting 0.19; of 651 lost 0.375; of 407 known a half
            _ended(
                COURSE,
                UNIT_TARGET,
                (152, 244, 203, 204),
                {
                    "units[2].kit_known[3]": 0.2 + 0.05 * BASIC * 0.8,
                    "units[2].doctrine[0]": 1.0 - 0.02 * BASIC,
                    "units[2].doctrine[4]": 0.02 * BASIC,
                    "units[2].untrained": 65,
                    "units[2].elsewhere": 35,
                    "units[2].skill": 0.4 + 0.05 * BASIC * 0.81 * 0.625 * 0.4,
                    "book.partner_completions": 5,
                },
            ),
        ),
        (
            "a course that is long enough teaches those on it to act together, who had only the habits of the field",
            {"training.tactical_after": 1.0},
            _ended(
                COURSE,
                UNIT_TARGET,
                (193, 254, 192, 164),
                {
                    **{path: value for path, value in LEARNED.items() if path != "units[2].elsewhere"},
                    "units[2].tactical": 0.2 + DRILL * 0.81 * 0.625 * 0.6,
                    "units[2].led_together": 0.1,
                    "units[2].together": 10,
                    "units[0].tactical": 5 / 50 * DRILL * 0.81 * 0.5 * 0.8,
                    "units[0].led_together": 0.1,
                },
            ),
        ),
        (
            "where all who did not belong together are too few, others join",
            {"training.tactical_after": 1.0, "units[2].untrained": 4, "units[2].elsewhere": 96},
            _ended(
                COURSE,
                UNIT_TARGET,
                (193, 254, 192, 164),
                {
                    **LEARNED,
                    "units[2].tactical": 0.2 + DRILL * 0.81 * 0.625 * 0.6,
                    "units[2].led_together": 0.1,
                    "units[2].together": 10,
                    "units[2].untrained": 0,
                    "units[2].elsewhere": 90,
                    "units[0].tactical": 5 / 50 * DRILL * 0.81 * 0.5 * 0.8,
                    "units[0].led_together": 0.1,
                },
            ),
        ),
        (
            "without a mismatch of equipment all carries over",
            {"mechanisms.equipment_mismatch": 0.0},
            # Of 610 known 0.5417
            _ended(
                COURSE,
                UNIT_TARGET,
                (193, 0, 330, 280),
                {
                    **FOLLOWED,
                    "units[2].skill": 0.4 + 0.1 * BASIC * 0.81 * 0.4,
                    "units[0].skill": 0.5 + 0.1 * BASIC * 0.81 * 0.3,
                },
            ),
        ),
        (
            "without doctrinal confusion nothing foreign enters",
            {"mechanisms.doctrinal_confusion": 0.0},
            _ended(
                COURSE,
                UNIT_TARGET,
                (193, 254, 192, 164),
                {path: value for path, value in LEARNED.items() if "doctrine" not in path},
            ),
        ),
    ),
    *by_hand(
        "deliver_projects",
        GIVES,
        *(
            (
                f"vehicles, into the depot of the unit chosen: the giver's type, some of the army's, with their parts, {function}",
                {"donor.projects[2].function": function},
                _ended(EQUIPMENT, UNIT_TARGET, GIVEN_USES, _given(13, 40, 0.5 * 6.0 * 0.81)),
            )
            for function in (INFANTRY, LOGISTICS, COMMAND)
        ),
        (
            "who keeps to a division of fleets gives the army's type",
            {"donor.projects[2].division": 1},
            # Of 803 never 0.0489; of 764 unknown a tenth; of 688 spare 3 / 53
            _ended(EQUIPMENT, UNIT_TARGET, (39, 76, 38, 650), _given(53, 0, 0.5 * 6.0 * 0.81)),
        ),
        (
            "no more of the army's type than come",
            {"equipment.standardisation": 1.0, "draws.handover": 0.0},
            # At 18 EUR; of 803 never 0.0489; of 764 unknown a tenth
            _ended(EQUIPMENT, UNIT_TARGET, (39, 76, 0, 688), _given(44, 0, 0.5 * 6.0 * 0.81)),
        ),
        (
            "what certainly enters service is never lost",
            {
                "equipment.service_base": 0.1,
                "equipment.service_known": 0.5,
                "equipment.service_supported": 2.0,
                "equipment.drivers_share": 1e15,
            },
            # Of 803 never 40 * 0.0489 / 53 = 0.0369; of 774 unknown 0.3264; of 522 spare 3 / 53
            _ended(EQUIPMENT, UNIT_TARGET, (29, 252, 29, 493), _given(13, 40, 0.5 * 6.0 * 0.81)),
        ),
        (
            "whom nothing lacks, nothing serves",
            {"equipment.vehicles_needed": 5.0},
            _ended(EQUIPMENT, UNIT_TARGET, (142, 215, 446, 0), _given(13, 40, 0.5 * 6.0 * 0.81)),
        ),
        (
            "gifts arrive when they were to arrive, with the parts that there were hours for",
            {"structures.overload": DELAY},
            _ended(EQUIPMENT, UNIT_TARGET, GIVEN_USES, _given(13, 40, 0.5 * 6.0 * 0.9)),
        ),
        (
            "partial use: nine tenths come, and no more than is lacking; the money of the rest is left",
            {"structures.overload": PARTIAL_USE},
            # 48, 12 of them the army's. Never (12 * 0.0489 + 36 * 0.21875) / 48 = 0.1763, with the rest 0.2587; of 596 unknown 0.325
            _ended(EQUIPMENT, UNIT_TARGET, (207, 193, 0, 403), _given(12, 36, 0.5 * 6.0)),
        ),
    ),
    Case(
        "deliver_projects",
        "parts serve nobody where there are no vehicles",
        _last(EQUIPMENT, MAINTENANCE, FORMATION, **{"nation.fleet": 0}),
        _ended(EQUIPMENT, FORMATION, WORSE, {"zones[1].workshop": 0.25 + 0.81 * WORKSHOP_GAIN}),
    ),
    Case(
        "deliver_projects",
        "what formations are given arrives in time too, as far as it is ready",
        _last(EQUIPMENT, AIR, FORMATION, **{"structures.overload": DELAY}),
        _ended(EQUIPMENT, FORMATION, A_TENTH_LEFT, {"zones[1].air": 0.25 + 0.9 * FORMATION_GAIN}),
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
            "mentors who are hurt are called home; what is unpaid lapses, and what was begun serves nobody",
            {"draws.mentors_hurt": HURT},
            {**MENTORED, **CALLED_HOME},
        ),
        ("nobody is hurt beside a unit at rest", {"draws.mentors_hurt": HURT, "units[2].status": REST}, MENTORED),
        (
            "nobody learns more than mentors can teach",
            {"draws.mentors_hurt": UNHURT, "units[2].skill": 0.9, "units[2].habit": 0.85},
            {path: value for path, value in MENTORED.items() if not path.endswith(("skill", "habit"))},
        ),
        (
            "without doctrinal confusion nothing foreign enters by mentors",
            {"draws.mentors_hurt": UNHURT, "mechanisms.doctrinal_confusion": 0.0},
            {path: value for path, value in MENTORED.items() if "doctrine" not in path},
        ),
    ),
    *(
        Case(
            "deliver_projects",
            f"mentors leave in time, and have been of use: nothing else is handed over, {overload}, function {function}",
            _last(
                MENTORING,
                function,
                UNIT_TARGET,
                **{"structures.overload": overload, "units[2].doctrine": [1.0, 0.0, 0.0, 0.0, 0.0, 0.0]},
            ),
            _ended(MENTORING, UNIT_TARGET, (0, 0, 0, 803)),
        )
        for overload in (DELAY, QUALITY, PARTIAL_USE)
        for function in (INFANTRY, HUMAN_RESOURCES)
    ),
)
DELIVERY = (
    *QUEUE,
    *WORK_OF_OFFICES,
    *MONTH_OF_A_PROJECT,
    *HANDED_OVER,
    Case(
        "close_projects",
        "what has ended leaves the list, where it was",
        {
            "donor.projects[4].status": DELIVERED,
            "donor.projects[4].kind": 1,
            "donor.projects[4].function": 2,
            "donor.projects[4].target": MINISTRY,
            "donor.projects[4].zone": 2,
            "donor.projects[1].status": RUNNING,
            "nation.projects[1,2,2]": 3,
            "nation.projects_running": 5,
        },
        {"donor.projects[4].status": NO_PROJECT, "nation.projects[1,2,2]": 2, "nation.projects_running": 4},
    ),
    Case(
        "close_projects",
        "what was for a battalion leaves the list that its first company keeps",
        {
            "donor.projects[4].status": DELIVERED,
            "donor.projects[4].kind": MENTORING,
            "donor.projects[4].unit": 2,
            "donor.projects[4].zone": 1,
            "nation.projects[5,0,1]": 3,
            "units[0].projects[5,0]": 2,
            "nation.projects_running": 5,
        },
        {
            "donor.projects[4].status": NO_PROJECT,
            "nation.projects[5,0,1]": 2,
            "units[0].projects[5,0]": 1,
            "nation.projects_running": 4,
        },
    ),
)

CASES = NEEDS + OFFERS + COORDINATION + DELIVERY
