"""By hand: interests, reform, population, partnership, learning, readiness and what is recorded (phases 11 to 14)."""

from collections.abc import Callable
from math import exp, nan, prod, sqrt

from small_world import Case, by_hand
from ssa_sim.model.state import (
    BLOCKED,
    COURSE,
    HR_REFORM,
    LAPSED,
    LOGISTICS_REFORM,
    MOVING,
    OPERATIONS,
    PAY_REFORM,
    ROTTING,
    RUNNING,
    STALLED,
    TRANSACTION,
)

NORTH, CENTRE, SOUTH = range(3)
SEQUENTIAL, SIMULTANEOUS = 1, 2
# The alternatives of each structure, by the number that the catalogue's order gives them.
COHORT, LEADERS_ALONE, WHOLE_UNIT = range(3)
HARMONIC, GEOMETRIC, WEAKEST_LINK, ADDITIVE = range(4)
BARGAIN, CAPACITY_ALONE, STAKES_ALONE = range(3)
MORAL_HAZARD, COMPLEMENT, NEUTRAL = range(3)
NEUTRAL_TRAINING, RAISES = range(2)
SECURITY_FIRST, SERVICES_FIRST = range(2)

PAYROLL = {
    "host.payroll_soldiers": 9,
    "host.payroll_ghosts": 9,
    "host.payroll_together": 9,
    "host.payroll_morale": 9.0,
    "host.aid_euros": 9.0,
    "host.fitting_euros": 9.0,
    "host.present_budget": 9.0,
    "host.rival_budget": 9.0,
}
# A year of pay of all posts is 12 * 100 * 10 = 12000 EUR.
ARMY = {"reforms.pay": 100.0, "nation.establishment": 10}
RENTS = {
    **ARMY,
    "reforms.skimmed": 0.1,
    "reforms.supplies": 0.5,
    "reforms.diverted": 0.2,
    "host.maintenance_budget": 1000,
    "host.payroll_ghosts": 3,
    "host.payroll_soldiers": 8,
    "host.payroll_together": 99,
    "host.reforms": [0.25, 0.5, 0.75],
    "host.rents": [1.0, 1.0, 1.0],
}
WANTS = {
    "structures.foreign_presence": MORAL_HAZARD,
    "nation.forces[0].soldiers": 200.0,
    "nation.forces[0].shield": 1.0,
    "nation.forces[1].soldiers": 50.0,
    "nation.forces[1].shield": 2.0,
    "interests.reliance_half": 100.0,
    "interests.speed": 0.5,
    "interests.coup_memory": 10.0,
    "interests.fear_base": 0.1,
    "interests.fear_gain": 0.5,
    "interests.fear_weight": 0.2,
    "interests.will_base": 0.3,
    "interests.ownership_gain": 0.4,
    "interests.alarm": 0.6,
    "interests.moral_hazard": 0.1,
    "host.months_since_coup": 20,
    "host.coup_hazard": 0.01,
    "host.reliance": 0.25,
    "host.coup_fear": 0.3,
    "host.ownership": 0.5,
    "zones[0].threat": 0.9,  # far from the capital
    "zones[1].threat": 0.5,
    "zones[2].threat": 0.3,
}
FEARED = 0.1 + 0.5 * (1 - 0.99**12) + exp(-2.0)
WANTED = {"host.reliance": 0.5, "host.coup_fear": 0.3 + 0.5 * (FEARED - 0.3)}
WILL = 0.3 + 0.4 * 0.5 + 0.6 * 0.4 * 0.5 - 0.1 * 0.5 - 0.2 * WANTED["host.coup_fear"]
HAZARD = {
    **ARMY,
    "structures.coup_training": NEUTRAL_TRAINING,
    "interests.coup_base": 0.002,
    "interests.coup_defeats": 1.0,
    "interests.coup_neglect": 0.5,
    "interests.coup_rents": 2.0,
    "interests.coup_training": 0.4,
    "interests.coup_shield": 0.8,
    "host.reliance": 0.25,
    "interests.rents_half": 0.25,
    "zones[0].hold": 0.2,
    "zones[1].hold": 0.4,
    "zones[2].hold": 0.6,
    "host.payroll_morale": 1.2,  # of three units
    "host.payroll_together": 20,
    "host.payroll_soldiers": 50,
    "host.rents": [500.0, 400.0, 100.0],
}
DANGER = (0.6 - 0.5) + 0.5 * (0.6 - 0.5) + 2.0 * (1000 / 4000 - 0.5) - 0.8 * 0.25
COUP = {
    "host.coup_hazard": 0.02,
    "host.coups": 1,
    "host.offices[0].changes": 4,
    "host.offices[0].months": 9,
    "host.offices[1].months": 20,
    "host.offices[2].months": 30,
    "host.months_since_coup": 30,
    "host.clarity": 0.8,
    "host.relations": 0.5,
    "host.files": [0.0, 0.5, 1.0],
    "host.adopted": [0, 0, 1],
    "host.reforms": [0.0, 0.0, 0.5],
    "calendar.clarity_lost": 0.25,
    "reforms.lost": 0.4,
    "interests.coup_estrangement": 0.2,
}
STAGED = {
    "host.coups": 2,
    "host.months_since_coup": 0,
    "host.offices[0].changes": 5,
    "host.offices[0].months": 0,
    "host.offices[1].changes": 1,
    "host.offices[1].months": 0,
    "host.clarity": 0.6,
    "host.relations": 0.4,
    "host.files[1]": 0.4 - 0.4 * 0.4 * 0.6,  # begun again by the minister, and by the chief of staff
}
CONDITIONS = {
    "conditions.amount": 1000,
    "host.conditions_months": 4,
    "host.conditions_due": 40,
    "host.files": [0.3, 0.4, 0.5],
    "host.reforms": [0.1, 0.2, 0.3],
    "host.reforms_at_review": [0.0, 0.1, 0.2],
}
# Half of the money reaches those who decide below the minister; of the rents four tenths lie with the office in charge, three in
# the regions, and 0.15 each with minister and general staff.
WEIGHED = {
    **ARMY,
    "structures.reform_driver": BARGAIN,
    "training.adviser_gain": 0.5,
    "host.advisers": 0.5,
    "reforms.staffs_base": 0.4,
    "reforms.inclination": -0.5,
    "reforms.will_gain": 2.0,
    "reforms.rents_scale": 0.05,  # 600 EUR
    "reforms.rents_in_charge": 0.4,
    "reforms.rents_in_regions": 0.3,
    "reforms.money_passed": 0.5,
    "reforms.announcement_weight": 0.25,
    "conditions.amount": 2400,
    "conditions.indicators": 2,
    "conditions.credibility": 0.6,
    "host.belief": 0.2,
    "host.institution": 0.2,
    "host.advice": 0.5,
    "host.will": 0.4,
    "host.rents": [60.0, 960.0, 300.0],
}
STAFFS = 0.4 + 0.6 * 0.7
STAKE = (0.25 * 0.6 + 0.75 * 0.2) * 1200
# By office and reform: EUR felt, no indicator asking for the third reform, and EUR lost.
FELT = [[STAKE / 2, STAKE / 2, 0], [STAKE / 4, STAKE / 4, 0], [STAKE / 4, STAKE / 4, 0], [0, 0, 0], [0, 0, 0]]
LOST = [[9, 144, 45], [9, 144, 45], [24, 384, 0], [0, 0, 120], [18, 288, 90]]


def _favour(drive: Callable[[float, float], float]) -> dict[str, float]:
    """How far each office is for each reform, from the log odds that EUR felt and EUR lost make."""
    return {
        f"host.offices[{o}].favour[{r}]": 1 / (1 + exp(-drive(FELT[o][r], LOST[o][r])))
        for o in range(5)
        for r in range(3)
    }


# Staffs 0.82, a quarter of attention lost, a tenth lost to a peace that stalls. Who decides on personnel and pay: 0.5 of their time; on logistics: 0.1.
PURSUED = {
    "training.adviser_gain": 0.5,
    "host.advisers": 0.5,
    "host.institution": 0.2,
    "host.advice": 0.5,
    "reforms.staffs_base": 0.4,
    "reforms.attention_lost": 0.5,
    "nation.insecurity": 0.5,
    "host.accord": 0.75,
    "communities.accord_stall": 0.4,
    "reforms.blocked_below": 0.2,
    "reforms.step": 0.1,
    "host.files": [0.5, 0.5, 0.95],
    "host.reform_status": [BLOCKED, MOVING, BLOCKED],
    "host.offices[0].time": 0.5,
    "host.offices[1].time": 0.8,
    "host.offices[2].time": 0.9,
    "host.offices[3].time": 0.1,
    "host.offices[4].time": 0.05,  # regions are not asked
    "host.offices[0].favour": [0.6, 0.3, 0.8],
    "host.offices[1].favour": [0.5, 0.9, 0.9],
    "host.offices[2].favour": [0.4, 0.8, 0.1],  # nor personnel on logistics
    "host.offices[3].favour": [0.1, 0.1, 0.7],
    "host.offices[4].favour": [0.1, 0.1, 0.1],
}
CHANCE = [effort * STAFFS * 0.75 * 0.9 * time for effort, time in ((0.4, 0.5), (0.3, 0.5), (0.7, 0.1))]
STALLS = {f"host.reform_status[{r}]": STALLED for r in range(3)}
USES = {
    "training.adviser_gain": 0.5,
    "host.advisers": 0.5,
    "host.institution": 0.2,
    "host.advice": 0.5,
    "reforms.staffs_base": 0.4,
    "reforms.blocked_below": 0.2,
    "reforms.rollout": 0.1,
    "host.adopted": [1, 1, 0],
    "host.files": [1.0, 1.0, 0.5],
    "host.reforms": [0.1, 0.5, 0.0],
    "host.reform_status": STALLED,
    "host.offices[0].favour": 0.1,  # adoption was the minister's to refuse, use is not
    "host.offices[2].favour": [0.4, 0.9, 0.9],
    "host.offices[3].favour": 0.9,
    "host.offices[4].favour": [0.8, 0.3, 0.9],
    "host.offices[2].time": 0.75,
    "host.offices[3].time": 0.1,
    "host.offices[4].time": 0.5,
}
TAKEN_UP = [0.4 * STAFFS * 0.5, 0.3 * STAFFS * 0.5]


REVIEW = {
    "conditions.amount": 1200,
    "conditions.indicators": 4,
    "conditions.credibility": 0.5,
    "reforms.resentment_months": 10.0,
    "reforms.required": 0.2,
    "reforms.belief_step": 0.5,
    "host.belief": 0.4,
    "host.withheld": 0.5,
    "host.conditions_months": 24,
    "host.conditions_due": 1003,
    "host.files": [0.7, 0.7, 0.7],
    "host.reforms": [0.3, 0.3, 0.3],  # half each: 0.5
    "host.reforms_at_review": [0.3, 0.41, 0.3],  # asked is a fifth of the half that is left: 0.1
}
ALL_PAID = {
    "host.reforms_at_review[0]": 0.5,
    "host.reforms_at_review[1]": 0.5,
    "host.reforms_at_review[2]": 0.5,
    "host.conditions_due": 0,
}

INTERESTS = (
    Case("open_payroll", "counted anew each month", PAYROLL, dict.fromkeys(PAYROLL, 0)),
    Case(
        "report_payroll",
        "soldiers, ghosts, mood, added to others'",
        {"unit.together": 5, "unit.elsewhere": 6, "unit.untrained": 7, "unit.ghosts": 2, "unit.morale": 0.5, **PAYROLL},
        {
            "host.payroll_soldiers": 27,
            "host.payroll_together": 14,
            "host.payroll_ghosts": 11,
            "host.payroll_morale": 9.5,
        },
    ),
    Case(
        "report_aid",
        "what this partner has under way and how well it fits; those without scruples count as rivals",
        {
            "donor.active": 1,
            "donor.annual_budget": 100,
            "donor.scruples": 0.75,
            "donor.projects[1].status": RUNNING,
            "donor.projects[1].euros": 50,
            "donor.projects[1].fit": 0.5,
            "donor.projects[2].euros": 70,
            **PAYROLL,
        },
        {"host.aid_euros": 59.0, "host.fitting_euros": 34.0, "host.present_budget": 109.0, "host.rival_budget": 34.0},
    ),
    Case(
        "report_aid",
        "who has left still finishes what it has begun",
        {"donor.annual_budget": 100, "donor.projects[1].status": RUNNING, "donor.projects[1].euros": 50},
        {"host.aid_euros": 50.0},
    ),
    *by_hand(
        "take_rents",
        RENTS,
        (
            "pay of ghosts, what is kept back of pay, what is diverted of supplies; less the further the reform",
            {},
            {
                f"host.rents[{HR_REFORM}]": 1200 * 3 * 0.75,
                f"host.rents[{PAY_REFORM}]": 1200 * 8 * 0.1 * 0.5,
                f"host.rents[{LOGISTICS_REFORM}]": (0.5 * 12000 + 12 * 1000) * 0.2 * 0.25,
            },
        ),
        ("switched off, none", {"mechanisms.rents": 0.0}, {f"host.rents[{r}]": 0.0 for r in range(3)}),
    ),
    *by_hand(
        "weigh_interests",
        WANTS,
        (
            "the will falls behind a shield and in fear of a coup, and grows with a threat near the capital",
            {},
            {**WANTED, "host.will": WILL},
        ),
        (
            "or foreign forces give cover to build an army: nobody is less alarmed behind them, and the will gains",
            {"structures.foreign_presence": COMPLEMENT},
            {**WANTED, "host.will": 0.3 + 0.4 * 0.5 + 0.6 * 0.4 + 0.1 * 0.5 - 0.2 * WANTED["host.coup_fear"]},
        ),
        (
            "or they do neither",
            {"structures.foreign_presence": NEUTRAL},
            {**WANTED, "host.will": 0.3 + 0.4 * 0.5 + 0.6 * 0.4 - 0.2 * WANTED["host.coup_fear"]},
        ),
        *(
            (
                f"without divergent interests only ownership counts, whatever foreign forces do ({presence})",
                {"mechanisms.divergent_interests": 0.0, "structures.foreign_presence": presence},
                {**WANTED, "host.will": 0.5},
            )
            for presence in (MORAL_HAZARD, COMPLEMENT, NEUTRAL)
        ),
    ),
    *by_hand(
        "fear_a_coup",
        HAZARD,
        (
            "defeats, neglect, corruption, each against the middle, and foreign forces",
            {},
            {"host.coup_hazard": 0.002 * exp(DANGER)},
        ),
        (
            "and where training is held against them, those trained together",
            {"structures.coup_training": RAISES},
            {"host.coup_hazard": 0.002 * exp(DANGER + 0.4 * 0.4)},
        ),
        (
            "an army without soldiers has nobody who was trained",
            {"structures.coup_training": RAISES, "host.payroll_together": 0, "host.payroll_soldiers": 0},
            {"host.coup_hazard": 0.002 * exp(DANGER)},
        ),
        ("never beyond one half", {"interests.coup_base": 0.9}, {"host.coup_hazard": 0.5}),
    ),
    *by_hand(
        "stage_coup",
        COUP,
        ("at its hazard", {"draws.coup": 0.0199}, STAGED),
        ("or not", {"draws.coup": 0.02}, {"host.months_since_coup": 31}),
        (
            "a dated one, whatever is drawn",
            {"draws.coup": 0.9, "circumstances.coup": 1},
            {**STAGED, "host.coup_announced": 1},
        ),
        (
            "once",
            {"draws.coup": 0.9, "circumstances.coup": 1, "host.coup_announced": 1},
            {"host.months_since_coup": 31},
        ),
        (
            "it may be dated again after it was over",
            {"draws.coup": 0.9, "host.coup_announced": 1},
            {"host.months_since_coup": 31, "host.coup_announced": 0},
        ),
    ),
    *by_hand(
        "count_conditions",
        CONDITIONS,
        (
            "a twelfth becomes due, so that twelve are the year's amount to the euro",
            {},
            {"host.conditions_months": 5, "host.conditions_due": 40 + 83, "book.conditions_granted": 83},
        ),
        (
            "the twelfth of them what is left",
            {"host.conditions_months": 11},
            {"host.conditions_months": 12, "host.conditions_due": 124, "book.conditions_granted": 84},
        ),
        (
            "where it comes into force reforms are as they are then",
            {"host.conditions_months": 0},
            {
                "host.conditions_months": 1,
                "host.conditions_due": 123,
                "book.conditions_granted": 83,
                "host.reforms_at_review[0]": 0.2,  # adoption and use, half each
                "host.reforms_at_review[1]": 0.3,
                "host.reforms_at_review[2]": 0.4,
            },
        ),
        ("it pauses with the mission", {"mission.suspended": 1}, {}),
        ("and ends with an expulsion", {"host.expelled": 1}, {}),
    ),
    *by_hand(
        "weigh_reforms",
        WEIGHED,
        (
            "each office by the will of those in power, what it feels of the money and what it would lose",
            {},
            _favour(lambda felt, lost: 0.3 + (felt - lost) / 600),
        ),
        (
            "or the staffs alone: what they can do, whatever anybody wants, fears or pays",
            {"structures.reform_driver": CAPACITY_ALONE},
            _favour(lambda felt, lost: -0.5 + 2.0 * STAFFS),
        ),
        (
            "or the money alone, against what the reform would end; with nothing to lose any of it is all",
            {"structures.reform_driver": STAKES_ALONE},
            _favour(lambda felt, lost: -0.5 + 2.0 * felt / (felt + max(lost, 1))),
        ),
        (
            "a suspended partner stakes nothing",
            {"mission.suspended": 1},
            _favour(lambda felt, lost: 0.3 - lost / 600),
        ),
        (
            "with all rents below, minister and general staff lose nothing",
            {"reforms.rents_in_charge": 0.7, "reforms.rents_in_regions": 0.4, "host.rents": [0.0, 0.0, 0.0]},
            _favour(lambda felt, lost: 0.3 + felt / 600),
        ),
    ),
    *by_hand(
        "pursue_reforms",
        PURSUED,
        (
            "the least willing of those who decide, the staffs, the busiest desk and the war set the pace",
            {"draws.reforms": [CHANCE[0] - 1e-6, CHANCE[1] + 1e-6, CHANCE[2] + 1e-6]},
            {**STALLS, f"host.reform_status[{HR_REFORM}]": MOVING, "host.files[0]": 0.6},
        ),
        (
            "a full file is adopted, and no fuller",
            {"draws.reforms": [CHANCE[0] + 1e-6, CHANCE[1] - 1e-6, CHANCE[2] - 1e-6], "host.reform_status": STALLED},
            {
                f"host.reform_status[{PAY_REFORM}]": MOVING,
                f"host.reform_status[{LOGISTICS_REFORM}]": MOVING,
                "host.files[1]": 0.6,
                "host.files[2]": 1.0,
                "host.adopted[2]": 1,
            },
        ),
        (
            "one of them who is against is a veto; what is adopted needs no more decision",
            {
                "draws.reforms": 0.0,
                "host.offices[1].favour": [0.199, 0.9, 0.9],
                "host.adopted": [0, 1, 0],
                "host.reform_status": STALLED,
            },
            {
                f"host.reform_status[{HR_REFORM}]": BLOCKED,
                f"host.reform_status[{LOGISTICS_REFORM}]": MOVING,
                "host.files[2]": 1.0,
                "host.adopted[2]": 1,
            },
        ),
    ),
    *by_hand(
        "use_reforms",
        USES,
        (
            "use tends to what the less willing, the busier and the staffs make of it; what is not adopted is not used",
            {},
            {
                "host.reforms[0]": 0.1 + 0.1 * (TAKEN_UP[0] - 0.1),
                "host.reforms[1]": 0.5 + 0.1 * (TAKEN_UP[1] - 0.5),
                f"host.reform_status[{HR_REFORM}]": MOVING,
            },
        ),
        (
            "where regions are against nobody uses it, and what was in use falls back",
            {"host.offices[4].favour": [0.199, 0.9, 0.9]},
            {
                "host.reforms[0]": 0.09,
                "host.reforms[1]": 0.5 + 0.1 * (0.9 * STAFFS * 0.5 - 0.5),
                f"host.reform_status[{HR_REFORM}]": BLOCKED,
            },
        ),
        (
            "logistics use the system of logistics",
            {"host.adopted": [0, 0, 1], "host.reforms": [0.0, 0.0, 0.0]},
            {"host.reforms[2]": 0.1 * 0.9 * STAFFS * 0.1, f"host.reform_status[{LOGISTICS_REFORM}]": MOVING},
        ),
    ),
    *by_hand(
        "review_conditions",
        REVIEW,
        ("within the year only resentment fades", {"host.conditions_months": 23}, {"host.withheld": 0.45}),
        (
            "after the year: what moved is paid; for what did not a quarter is withheld, and that is believed",
            {"draws.withhold": [0.0, 0.49, 0.0]},
            {
                **ALL_PAID,
                "book.conditions_paid": 1003 - 250,
                "book.conditions_withheld": 250,
                "host.belief": 0.7,
                "host.withheld": 0.45,
            },
        ),
        (
            "or paid all the same, and that is believed",
            {"draws.withhold": [0.9, 0.5, 0.9]},
            {**ALL_PAID, "book.conditions_paid": 1003, "host.belief": 0.2, "host.withheld": 0.45},
        ),
        (
            "what no indicator asks for is not looked at; a larger part withheld is felt more",
            {"conditions.indicators": 1, "host.reforms_at_review": [0.45, 0.5, 0.5], "draws.withhold": [0.0, 0.0, 0.0]},
            {
                "host.reforms_at_review[0]": 0.5,
                "host.conditions_due": 0,
                "book.conditions_withheld": 1003,
                "host.belief": 0.7,
                "host.withheld": 1.0,
            },
        ),
        (
            "where it ends early, that part of the year's progress is enough",
            {
                "conditions.amount": 0,
                "host.conditions_months": 6,
                "host.reforms_at_review": [0.449, 0.46, 0.451],
                "draws.withhold": [0.0, 0.0, 0.0],
            },
            {
                **ALL_PAID,
                "host.conditions_months": 0,
                "book.conditions_paid": 1003 - 500,
                "book.conditions_withheld": 500,
                "host.belief": 0.85,
                "host.withheld": 500 / 1003,
            },
        ),
        (
            "an expulsion ends it",
            {"host.expelled": 1, "host.conditions_months": 6, "draws.withhold": [0.9, 0.9, 0.9]},
            {**ALL_PAID, "host.conditions_months": 0, "book.conditions_paid": 1003, "host.withheld": 0.45},
        ),
        ("nothing due, nothing to review", {"host.conditions_due": 0}, {"host.withheld": 0.45}),
    ),
)

WORK = {
    "host.rights_culture": 0.5,
    "host.consultation": 0.25,
    "host.communication": 0.2,
    "host.differentiation": 0.1,
    "population.rights_culture": 0.9,  # what was decided, but does not run
    "population.rights_cost": 100.0,
    "population.consultation_cost": 40.0,
    "population.communication_cost": 30.0,
    "population.differentiation_cost": 50.0,
    "population.return_cost": 1000.9,
}
JUDGED = {
    "zone.abuses": 1,
    "zone.harm": 1,
    "zone.abuse_memory": 0.5,
    "zone.hold": 0.5,
    "zone.army_coverage": 0.6,
    "zone.trust": 0.3,
    "host.consultation": 0.25,
    "host.differentiation": 0.5,
    "host.rights_culture": 0.2,
    "population.abuse_harm": 0.5,
    "population.abuse_memory_months": 10.0,
    "population.trust_base": 0.2,
    "population.trust_results": 0.4,
    "population.trust_service": 0.6,
    "population.trust_police": 0.2,
    "zone.police_presence": 0.25,
    "population.trust_abuse": 0.3,
    "population.speed": 0.5,
}
MEMORY = (0.5 + (1 - exp(-1.0)) * 0.5) * 0.9


def _trusted(near: float) -> dict[str, float]:
    goal = 0.2 + 0.4 * 0.3 + 0.6 * (0.2 + near) + 0.2 * 0.25 - 0.3 * MEMORY
    return {"zone.abuse_memory": MEMORY, "zone.trust": 0.3 + 0.5 * (goal - 0.3)}


APPROVED = {
    "zone.shielding": 300.0,
    "zone.fighting": 900.0,
    "forces.approval_lost": 0.5,
    "population.abuse_harm": 0.25,
    "security.shield_half": 100.0,
    "zone.threat": 0.4,
    "zone.approval": 0.5,
    "host.communication": 0.5,
    "population.communication": 0.9,
    "population.approval_gain": 0.1,
    "population.communication_gain": 0.2,
    "population.disappointment": 0.05,
}
APPROVAL = 0.5 + 0.75 * (0.1 * 0.6 + 0.2 * 0.5) * 0.5 - 0.05 * 0.4 * 0.5
AGGRIEVED = {
    "zone.grievance": 0.4,
    "zone.grievance_ground": 0.3,
    "zone.presence_at_start": 0.8,
    "zone.state_presence": 0.6,
    "zone.abuse_memory": 0.5,
    "host.consultation": 0.25,
    "host.differentiation": 0.5,
    "nation.projects[3,0,0]": 1,
    "nation.projects[3,2,1]": 2,
    "nation.projects[3,5,1]": 1,
    "nation.projects[3,5,2]": 3,
    "nation.projects[2,5,1]": 9,  # no works
    "population.absence_weight": 0.5,
    "population.abuse_weight": 0.2,
    "population.works_harm": 0.04,
    "population.consultation_gain": 0.08,
    "population.livelihoods_gain": 0.1,
    "population.speed": 0.5,
    "host.accord": 0.5,
    "communities.accord_gain": 0.1,
}
GROUND = 0.3 + 0.5 * 0.2 + 0.2 * 0.5 - 0.08 * 0.25
ARMS = {
    "zone.threat": 0.5,
    "zone.army_coverage": 0.4,
    "zone.self_defence": 0.2,
    "zone.trust": 0.5,
    "host.consultation": 0.25,
    "host.differentiation": 0.5,
    "population.arming": 0.1,
    "population.arming_police": 0.5,
    "zone.police_presence": 0.4,
    "population.disarming": 0.5,
    "population.dialogue_weight": 0.4,
}
ARMING = 0.1 * 0.5 * 0.6 * 0.8 * 1.2 * 0.8
RETURNS = {
    "structures.state_return": SECURITY_FIRST,
    "population.police_enough": 0.5,
    "zone.police_presence": 0.6,  # more than enough
    "zone.trust": 0.75,
    "population.return_pace": 0.1,
    "population.return_effort": 0.3,
    "population.return_done": 0.8,
    "population.withdrawal_pace": 0.2,
    "population.vacuum_loss": 0.5,
    "zone.held": 0.5,
    "zone.threat": 0.2,
    "zone.vacuum": 0.4,
    "zone.state_presence": 0.6,
    "zones[0].presence_before": 0.59,
    "zones[1].presence_before": 0.61,
    "zones[2].presence_before": 0.8,
    "zones[0].state_presence": 0.7,  # not as the phase found it
}
AWAY = (0.2 * 0.2 + 0.5 * 0.4) * 0.6


def _returned(pace: float) -> dict[str, float]:
    return {"zone.state_presence": 0.6 + pace * 0.5 * 0.8 * 0.4 - AWAY}


ASKED = {
    **ARMY,
    "partnership.own_means": 0.05,  # 600 EUR
    "partnership.ownership_base": 0.1,
    "partnership.ownership_clarity": 0.2,
    "partnership.ownership_fit": 0.5,
    "partnership.ownership_consulted": 0.1,
    "partnership.ownership_crowded": 0.4,
    "partnership.consultation_framework": 0.5,
    "partnership.speed": 0.5,
    "host.clarity": 0.3,
    "host.fitting_euros": 100.0,
    "host.aid_euros": 400.0,
    "host.load": 2.0,
    "host.ownership": 0.5,
}
OWNED = 0.1 + 0.2 * 0.3 + 0.5 * 0.7 + 0.1 * 0.5
RELATED = {
    "partnership.relations_base": 0.5,
    "partnership.relations_approval": 0.4,
    "partnership.relations_results": 0.3,
    "partnership.relations_consulted": 0.2,
    "partnership.interference": 0.1,
    "partnership.junta_distance": 0.3,
    "partnership.junta_months": 24.0,
    "partnership.desertion": 0.5,
    "partnership.rival_pull": 2.0,
    "forces.contractors_half": 50.0,
    "forces.contractors_distance": 0.2,
    "forces.contractors_pull": 3.0,
    "partnership.speed": 0.5,
    "partnership.consultation_framework": 0.5,
    "training.mission": 1,
    "training.battalions_share": 0.5,
    "training.sub_units_share": 0.0,
    "equipment.with_training": 0.25,
    "mission.places_used": [0, 0, 12],  # all places are taken, and they are places
    "foreign.departure": 1,
    "nation.insecurity": 0.4,
    "host.relations": 0.6,
    "host.withheld": 0.5,
    "host.coups": 1,
    "host.months_since_coup": 23,
    **{f"zones[{z}].approval": (0.3, 0.6, 0.9)[z] for z in range(3)},
    **{f"zones[{z}].hold": (0.1, 0.2, 0.6)[z] for z in range(3)},
    **{f"zones[{z}].vacuum": (0.1, 0.2, 0.1)[z] for z in range(3)},
}
GOAL = 0.5 + 0.4 * 0.1 + 0.3 * -0.2 + 0.2 * 0.5 - 0.1 * 0.5 - 0.3


def _related(goal: float, equipped: float = 0.25, unasked: float = 1.0, called: float = 0.0) -> dict[str, float]:
    relations = (0.6 + 0.5 * (goal - 0.6)) * unasked
    return {"host.relations": relations, "host.rival_pull": 2.0 * (0.4 * (1 - equipped) + 1 - relations) + 3.0 * called}


TOLD = {
    "circumstances.expulsion_possible": 1,
    "partnership.broken_below": 0.2,
    "partnership.broken_softness": 0.1,
    "partnership.expulsion_rate": 0.4,
    "host.relations": 0.3,
    "host.rival_budget": 30.0,
    "host.present_budget": 40.0,
}
TO_GO = 0.4 / (1 + exp(1.0)) * (0.5 + 0.5 * 0.75)

POPULATION = (
    *by_hand(
        "fund_population_work",
        WORK,
        ("what runs is paid, whatever was decided", {}, {"book.population_granted": 71, "book.population_spent": 71}),
        (
            "a state that returns too",
            {"host.state_return": SEQUENTIAL},
            {"book.population_granted": 1071, "book.population_spent": 1071},
        ),
    ),
    Case(
        "remember_presence",
        "zones are looked at as the phase found them",
        {"zone.state_presence": 0.4, "zone.presence_before": 0.2},
        {"zone.presence_before": 0.4},
    ),
    *by_hand(
        "judge_forces",
        JUDGED,
        ("results that are seen, service, and abuses remembered", {}, _trusted(0.25)),
        ("in the North forces near people earn it too", {}, _trusted(0.75), NORTH),
        ("and not in the South", {}, _trusted(0.25), SOUTH),
    ),
    *by_hand(
        "judge_foreigners",
        APPROVED,
        (
            "won where they are and are seen to make a difference, worn where insecurity lasts",
            {},
            {"zone.approval": APPROVAL},
        ),
        (
            "and lost where they kill civilians",
            {"zone.harm": 4, "zone.abuses": 9},
            {"zone.approval": APPROVAL * (1 - 0.5 * (1 - exp(-1.0)))},
        ),
    ),
    *by_hand(
        "feed_grievance",
        AGGRIEVED,
        (
            "absence, abuse, and works over people's heads, by zone",
            {},
            {"zone.grievance": 0.4 + 0.5 * (GROUND + 0.04 * 3 * 0.75 - 0.4)},
        ),
        (
            "in the South livelihoods lower it",
            {},
            {"zone.grievance": 0.4 + 0.5 * (GROUND + 0.04 * 3 * 0.75 - 0.05 - 0.4)},
            SOUTH,
        ),
        (
            "in the North they do not, but what is done of an accord does",
            {},
            {"zone.grievance": 0.4 + 0.5 * (GROUND + 0.04 * 0.75 - 0.05 - 0.4)},
            NORTH,
        ),
        ("switched off", {"mechanisms.grievance": 0.0}, {}),
    ),
    Case(
        "arm_communities",
        "where help comes late they arm; in the Centre dialogue fits, and arms are laid down",
        ARMS,
        {"zone.self_defence": 0.2 + ARMING - 0.5 * (0.5 * 0.4 + 0.4 * 0.75) * 0.2},
    ),
    *(
        Case(
            "arm_communities",
            "elsewhere consultation alone",
            ARMS,
            {"zone.self_defence": 0.2 + ARMING - 0.5 * (0.5 * 0.4 + 0.4 * 0.25) * 0.2},
            index=zone,
        )
        for zone in (NORTH, SOUTH)
    ),
    Case("arm_communities", "switched off", {**ARMS, "mechanisms.grievance": 0.0}, {}),
    *by_hand(
        "return_state",
        RETURNS,
        ("where positions are held and it is safe; it leaves with the shield", {}, _returned(0.1)),
        ("all effort at once, a third each", {"host.state_return": SIMULTANEOUS}, _returned(0.1 + 0.1)),
        (
            "zone after zone: the one furthest along that is not done, as the phase found it",
            {"host.state_return": SEQUENTIAL},
            _returned(0.4),
        ),
        ("the others wait", {"host.state_return": SEQUENTIAL, "zones[0].presence_before": 0.62}, _returned(0.1)),
        ("what was decided but does not run is no effort", {"population.state_return": SEQUENTIAL}, _returned(0.1)),
        (
            "half as much where half of the police that is enough is there",
            {"zone.police_presence": 0.25},
            _returned(0.05),
        ),
        ("no police, no return: the army alone does not bring it back", {"zone.police_presence": 0.0}, _returned(0.0)),
        (
            "or services come first, where they are trusted, and need not wait for security",
            {"structures.state_return": SERVICES_FIRST, "zone.police_presence": 0.0},
            {"zone.state_presence": 0.6 + 0.1 * 0.75 * 0.4 - AWAY},
        ),
        (
            "with the same effort",
            {"structures.state_return": SERVICES_FIRST, "host.state_return": SEQUENTIAL},
            {"zone.state_presence": 0.6 + 0.4 * 0.75 * 0.4 - AWAY},
        ),
    ),
    *by_hand(
        "own_aid",
        ASKED,
        (
            "priorities of its own, what fits, consultation, less what crowds it out",
            {},
            {"host.ownership": 0.5 + 0.5 * (OWNED - 0.4 * 0.5 - 0.5)},
        ),
        ("hours to spare crowd nobody", {"host.load": 0.5}, {"host.ownership": 0.5 + 0.5 * (OWNED - 0.5)}),
    ),
    *by_hand(
        "judge_relations",
        RELATED,
        (
            "approval, results, consultation, interference, a junta; rivals find the room that is left",
            {},
            _related(GOAL),
        ),
        ("a junta is one for so many months", {"host.months_since_coup": 24}, _related(GOAL + 0.3)),
        ("who never staged a coup is none", {"host.coups": 0}, _related(GOAL + 0.3)),
        (
            "contractors set the host apart from its partners, and rivals come with them",
            {"nation.forces[5].soldiers": 150.0},
            _related(GOAL - 0.2 * 0.75, called=0.75),
        ),
        ("who leaves unasked is not forgiven", {"foreign.departure": 0}, _related(GOAL, unasked=0.8)),
        (
            "with who was told to go there are none",
            {"foreign.departure": 0, "host.expelled": 1},
            _related(0.0, equipped=0.0),
        ),
        ("no places, no equipment with them", {"mission.places_used": [0, 0, 0]}, _related(GOAL, equipped=0.0)),
        (
            "free places are places",
            {"mission.places_used": [0, 0, 0], "mission.places_free": [1, 0, 0]},
            _related(GOAL),
        ),
        ("a suspended mission holds no course", {"mission.suspended": 1}, _related(GOAL, equipped=0.0)),
        (
            "detachments get it too",
            {"training.battalions_share": 0.0, "training.sub_units_share": 0.25},
            _related(GOAL),
        ),
        ("leaders, specialists and trainers do not", {"training.battalions_share": 0.0}, _related(GOAL, equipped=0.0)),
    ),
    *by_hand(
        "expel_partners",
        TOLD,
        ("where relations are broken and rivals stand ready", {"draws.expulsion": TO_GO - 1e-6}, {"host.expelled": 1}),
        ("or not", {"draws.expulsion": TO_GO + 1e-6}, {}),
        ("unless it is ruled out", {"draws.expulsion": 0.0, "circumstances.expulsion_possible": 0}, {}),
    ),
)

REPORTS = {
    "training.mission": 1,
    "training.feedback": 0.5,
    "training.skill_ceiling": 0.8,
    "learning.access_base": 0.2,
    "learning.shield_reports": 0.4,
    "learning.months_a_report": 2.0,
    "learning.absent_months": 24.0,
    "security.shield_half": 300.0,
    "nation.forces[1].soldiers": 100.0,
    "nation.forces[0].soldiers": 900.0,
    "host.relations": 0.5,
    "unit.collective_part": 0.2,
    "unit.kit_match": 0.4,
    "unit.months_since_training": 25,
    "mission.reports": 2,
    "mission.shallow_sum": 1.0,
    "mission.mismatch_sum": 1.0,
    "mission.absent_sum": 1.0,
}
SEEN = (0.5 * (0.2 + 0.8 * 0.5) + 0.4 * 0.25) / 2.0
REPORTED = {"mission.reports": 3, "mission.shallow_sum": 1.75, "mission.mismatch_sum": 1.6, "mission.absent_sum": 2.0}
WEIGHED = {
    "training.mission": 1,
    "training.feedback": 0.5,
    "learning.tracking_cost": 100.3,
    "learning.reports_needed": 2.0,
    "learning.memory_months": 10.0,
    "mission.reports": 4,
    "mission.shallow_sum": 2.0,
    "mission.mismatch_sum": 1.0,
    "mission.absent_sum": 3.0,
    "mission.knowledge": 0.4,
    "mission.seen_shallow": 0.2,
    "mission.seen_mismatch": 0.2,
    "mission.seen_absent": 0.2,
}
WEIGHT = 1 - exp(-2.0)
ANEW = {"mission.reports": 0, "mission.shallow_sum": 0.0, "mission.mismatch_sum": 0.0, "mission.absent_sum": 0.0}
TRACKED = {"book.mission_tracking": 150, "book.mission_granted": 150, f"mission.use[{COURSE},{TRANSACTION}]": 150}
REVIEWED = {
    "training.mission": 1,
    "training.mandate_review_months": 6,
    "training.course_weeks": 12.0,
    "training.on_held_kit": 0.2,
    "training.mobile_share": 0.1,
    "training.forward_presence": 0.4,
    "learning.step": 0.5,
    "learning.most_weeks": 18.0,
    "mission.knowledge": 0.8,
    "mission.seen_shallow": 0.9,
    "mission.seen_mismatch": 0.1,
    "mission.seen_absent": 0.5,
    "mission.more_weeks": 0.5,
    "mission.more_held": 0.5,
    "mission.more_mobile": 0.25,
}

LEARNING = (
    *by_hand(
        "report_back",
        REPORTS,
        (
            "looked at: drill that is missing, vehicles not known, long without a course",
            {"draws.tracked": SEEN - 1e-6},
            REPORTED,
        ),
        ("or not", {"draws.tracked": SEEN + 1e-6}, {}),
        (
            "not absent until more than so many months",
            {"draws.tracked": 0.0, "unit.months_since_training": 24},
            {path: value for path, value in REPORTED.items() if path != "mission.absent_sum"},
        ),
    ),
    *(
        Case("report_back", f"nobody listens: {why}", {**REPORTS, "draws.tracked": 0.0, **given}, {})
        for why, given in (
            ("suspended", {"mission.suspended": 1}),
            ("told to go", {"host.expelled": 1}),
            ("no mission", {"training.mission": 0}),
        )
    ),
    *by_hand(
        "weigh_reports",
        WEIGHED,
        (
            "the picture moves to the month's mean by what was heard; knowledge fades; the month's sums begin anew",
            {},
            {
                **ANEW,
                **TRACKED,
                "mission.knowledge": (0.4 + WEIGHT * 0.6) * 0.9,
                "mission.seen_shallow": 0.2 + WEIGHT * 0.3,
                "mission.seen_mismatch": 0.2 + WEIGHT * 0.05,
                "mission.seen_absent": 0.2 + WEIGHT * 0.55,
            },
        ),
        (
            "where nobody was heard it fades only, and tracking is paid all the same",
            {**ANEW},
            {**TRACKED, "mission.knowledge": 0.36},
        ),
        ("a suspended mission pays for none", {**ANEW, "mission.suspended": 1}, {"mission.knowledge": 0.36}),
    ),
    *by_hand(
        "review_mandate",
        REVIEWED,
        (
            "between reviews the offer is what was decided and what was learned before",
            {"mission.months_to_review": 2},
            {
                "mission.months_to_review": 1,
                "mission.course_weeks": 15.0,
                "mission.on_held_kit": 0.6,
                "mission.mobile_share": 0.225,
            },
        ),
        (
            "a review moves what is added to what is seen, as far as it knows, both ways",
            {"mission.months_to_review": 1},
            {
                "mission.months_to_review": 6,
                "mission.more_weeks": 0.5 + 0.4 * 0.4,
                "mission.more_held": 0.5 - 0.4 * 0.4,
                "mission.more_mobile": 0.25 + 0.4 * 0.25,
                "mission.course_weeks": 12.0 + 0.66 * 6.0,
                "mission.on_held_kit": 0.2 + 0.34 * 0.8,
                "mission.mobile_share": 0.1 + 0.35 * 0.5,
            },
        ),
        (
            "a longer course than it would choose is left alone",
            {"mission.months_to_review": 2, "training.course_weeks": 40.0},
            {
                "mission.months_to_review": 1,
                "mission.course_weeks": 40.0,
                "mission.on_held_kit": 0.6,
                "mission.mobile_share": 0.225,
            },
        ),
    ),
    *(
        Case("review_mandate", f"the review waits: {why}", {**REVIEWED, "mission.months_to_review": 1, **given}, {})
        for why, given in (
            ("suspended", {"mission.suspended": 1}),
            ("told to go", {"host.expelled": 1}),
            ("no mission", {"training.mission": 0}),
        )
    ),
)

PARTS = ("fill", "skill", "collective", "kit", "doctrine", "leadership", "condition")
WEIGHTS = (0.1, 0.2, 0.3, 0.15, 0.05, 0.15, 0.25)
ASSESSED = {
    "structures.readiness_form": HARMONIC,
    "structures.drill_home": COHORT,
    **{f"readiness.weight_{part}": weight for part, weight in zip(PARTS, WEIGHTS, strict=True)},
    "unit.strength": 125,
    "unit.together": 25,
    "unit.elsewhere": 50,
    "unit.untrained": 25,
    "unit.abroad": 20,
    "unit.skill": 0.3,
    "unit.tactical": 0.8,
    "unit.habit": 0.2,
    "unit.led_together": 0.5,
    "unit.battalion_drill": 0.6,
    "unit.leadership": 0.64,
    "unit.fatigue": 0.5,
    "unit.morale": 0.25,
    "unit.kit_working": [4, 1, 0, 0, 0],
    "unit.kit_broken": [5, 0, 0, 0, 0],
    "unit.kit_known": [0.5, 1.0, 1.0, 0.0, 0.0],
    "unit.doctrine": [0.5, 0.5, 0.0, 0.0, 0.0, 0.0],
    "equipment.vehicles_needed": 10.0,
    "readiness.team_exponent": 0.5,
    "readiness.leader_weight": 0.44,
    "readiness.battalion_weight": 0.25,
    "readiness.kit_knowledge": 0.5,
    "readiness.confusion": 0.4,
    "readiness.fatigue_weight": 0.6,
    "readiness.morale_weight": 0.4,
    "readiness.floor": 0.05,
}
# A quarter of the soldiers and half of the leaders are those who learned it: a share of 0.36, of which the square root.
DRILL = 0.75 * (0.2 + 0.6 * 0.6) + 0.25 * 0.6
MEASURES = (80 / 125, 0.3, DRILL, 0.5 * (1 - 0.5 * 0.4), 1 - 0.4 * 0.5, 0.64, 0.7 * (1 - 0.4 * 0.75))


def _parts(*parts: float) -> dict[str, float]:
    return {f"unit.{name}_part": part for name, part in zip(PARTS, parts, strict=True) if part} | {
        "unit.kit_match": 0.6
    }


def _assessed(*parts: float) -> dict[str, float]:
    """Under the harmonic mean: the sum of weights over the sum of weights by parts, none below the floor."""
    resistance = sum(weight / max(part, 0.05) for weight, part in zip(WEIGHTS, parts, strict=True))
    return {**_parts(*parts), "unit.readiness": sum(WEIGHTS) / resistance}


def _drilled(collective: float) -> dict[str, float]:
    return _assessed(*MEASURES[:2], collective, *MEASURES[3:])


# The same parts, but that there is no leader to speak of: no part counts as less than the floor.
UNLED = (*MEASURES[:5], 0.0, MEASURES[6])
FLOORED = (*MEASURES[:5], 0.05, MEASURES[6])
COUNTED = {
    "unit.status": OPERATIONS,
    "unit.together": 10,
    "unit.elsewhere": 20,
    "unit.untrained": 30,
    "unit.ghosts": 7,
    "unit.readiness": 0.5,
    "unit.battalion_drill": 0.8,
    "unit.kit_match": 0.9,
    "unit.doctrine": [0.5, 0.5, 0.0, 0.0, 0.0, 0.0],
    "unit.kit_working": [1, 2, 0, 0, 0],
    "unit.kit_broken": [3, 0, 0, 0, 1],
    "unit.kit_depot": [0, 0, 0, 5, 0],
    **{f"unit.{part}_part": 0.1 * (place + 1) for place, part in enumerate(PARTS)},
    "readiness.able_from": 0.75,
    "readiness.with_support_from": 0.5,
    "readiness.partly_from": 0.25,
    "tally.units": 4,
    "tally.soldiers": 100,
    "tally.ready_soldiers": 3.0,
    "tally.able": 2,
    "tally.with_support": 3,
    "tally.partly": 4,
}
SUMS = ("fill_sum", "skill", "collective", "kit", "doctrine", "leadership", "condition")


def _counted(readiness: float, **classes: float) -> dict[str, float]:
    return {
        "tally.units": 5,
        "tally.on_operations": 1,
        "tally.soldiers": 160,
        "tally.together": 10,
        "tally.ghosts": 7,
        "tally.ready_soldiers": 3.0 + 60 * readiness,
        **{f"tally.{name}": 60 * 0.1 * (place + 1) for place, name in enumerate(SUMS)},
        "tally.match": 54.0,
        "tally.battalion_drill": 48.0,
        "tally.dispersion": 30.0,
        "tally.working": 3,
        "tally.broken": 4,
        "tally.depot": 5,
        **{f"tally.{name}": count for name, count in classes.items()},
    }


READINESS = (
    *by_hand(
        "assess_readiness",
        ASSESSED,
        ("the weighted harmonic mean of seven parts; officers abroad are not present", {}, _assessed(*MEASURES)),
        (
            "or the geometric mean",
            {"structures.readiness_form": GEOMETRIC},
            {
                **_parts(*MEASURES),
                "unit.readiness": prod(part**weight for part, weight in zip(MEASURES, WEIGHTS, strict=True))
                ** (1 / 1.2),
            },
        ),
        (
            "or the weakest part alone, whatever its weight",
            {"structures.readiness_form": WEAKEST_LINK},
            {**_parts(*MEASURES), "unit.readiness": 0.3},
        ),
        (
            "or the arithmetic mean",
            {"structures.readiness_form": ADDITIVE},
            {
                **_parts(*MEASURES),
                "unit.readiness": sum(part * weight for part, weight in zip(MEASURES, WEIGHTS, strict=True)) / 1.2,
            },
        ),
        ("no part counts as less than the floor", {"unit.leadership": 0.0}, _assessed(*UNLED)),
        (
            "nor in a geometric mean",
            {"unit.leadership": 0.0, "structures.readiness_form": GEOMETRIC},
            {
                **_parts(*UNLED),
                "unit.readiness": prod(part**weight for part, weight in zip(FLOORED, WEIGHTS, strict=True))
                ** (1 / 1.2),
            },
        ),
        (
            "nor as the weakest",
            {"unit.leadership": 0.0, "structures.readiness_form": WEAKEST_LINK},
            {**_parts(*UNLED), "unit.readiness": 0.05},
        ),
        (
            "nor in an arithmetic mean",
            {"unit.leadership": 0.0, "structures.readiness_form": ADDITIVE},
            {
                **_parts(*UNLED),
                "unit.readiness": sum(part * weight for part, weight in zip(FLOORED, WEIGHTS, strict=True)) / 1.2,
            },
        ),
        (
            "drill may live with the leaders alone, who are half of those who learned it",
            {"structures.drill_home": LEADERS_ALONE},
            _drilled(0.75 * (0.2 + 0.6 * sqrt(0.5)) + 0.25 * 0.6),
        ),
        (
            "or with the unit, whoever serves in it",
            {"structures.drill_home": WHOLE_UNIT, "unit.together": 0, "unit.elsewhere": 75, "unit.led_together": 0.0},
            _drilled(0.75 * 0.8 + 0.25 * 0.6),
        ),
        (
            "where nobody is left of those who learned it, the habits of the field are",
            {"unit.together": 0, "unit.elsewhere": 75, "unit.led_together": 0.0},
            _drilled(0.75 * 0.2 + 0.25 * 0.6),
        ),
        (
            "their leaders take some of it with them; where only they are left, that much is left",
            {"unit.together": 0, "unit.elsewhere": 75},
            _drilled(0.75 * (0.2 + 0.6 * sqrt(0.22)) + 0.25 * 0.6),
        ),
        ("drill below the habits of the field adds nothing", {"unit.tactical": 0.1}, _drilled(0.75 * 0.2 + 0.25 * 0.6)),
        (
            "nor does a battalion's below them",
            {"unit.battalion_drill": 0.1},
            _drilled(0.75 * (0.2 + 0.6 * 0.6) + 0.25 * 0.2),
        ),
        (
            "what the battalion can do counts by its weight",
            {"readiness.battalion_weight": 0.5},
            _drilled(0.5 * (0.2 + 0.6 * 0.6) + 0.5 * 0.6),
        ),
        (
            "without mismatch it matters not who knows the vehicles",
            {"mechanisms.equipment_mismatch": 0.0},
            _assessed(*MEASURES[:3], 0.5, *MEASURES[4:]),
        ),
        (
            "a unit without soldiers or vehicles is as little ready as a unit can be",
            {
                **dict.fromkeys(("unit.together", "unit.elsewhere", "unit.untrained", "unit.abroad"), 0),
                "unit.kit_working": [0, 0, 0, 0, 0],
                "unit.led_together": 0.0,
            },
            {
                path: value
                for path, value in _assessed(0.0, 0.3, 0.75 * 0.2 + 0.25 * 0.6, 0.0, *MEASURES[4:]).items()
                if path != "unit.kit_match"
            },
        ),
    ),
    *by_hand(
        "count_unit",
        COUNTED,
        ("added to what others count; means are weighed by soldiers present", {}, _counted(0.5, with_support=4)),
        ("able from a threshold on", {"unit.readiness": 0.75}, _counted(0.75, able=3)),
        ("with support just below it", {"unit.readiness": 0.749}, _counted(0.749, with_support=4)),
        ("partly below the next", {"unit.readiness": 0.499}, _counted(0.499, partly=5)),
        ("partly from the lowest on", {"unit.readiness": 0.25}, _counted(0.25, partly=5)),
        ("and below it not", {"unit.readiness": 0.249}, _counted(0.249)),
        (
            "who is at rest is not on operations",
            {"unit.status": 0},
            {path: value for path, value in _counted(0.5, with_support=4).items() if path != "tally.on_operations"},
        ),
    ),
)

# What is recorded: every sum by a number of its own, so that no two can be taken for one another.
RECORDED = {
    "tally.units": 20,
    "tally.on_operations": 15,
    "tally.soldiers": 200,
    "tally.together": 50,
    "tally.ghosts": 11,
    "tally.ready_soldiers": 60.0,
    "tally.fill_sum": 170.0,
    "tally.skill": 80.0,
    "tally.collective": 30.0,
    "tally.kit": 90.0,
    "tally.doctrine": 150.0,
    "tally.leadership": 110.0,
    "tally.condition": 120.0,
    "tally.match": 140.0,
    "tally.dispersion": 40.0,
    "tally.working": 10,
    "tally.broken": 4,
    "tally.depot": 6,
    "tally.able": 2,
    "tally.with_support": 5,
    "tally.partly": 7,
    "tally.battalion_drill": 70.0,
    "pool.trained": 7,
    "pool.untrained": 8,
    "training.mission": 1,
    "mission.completions": 500,
    "mission.battalion_completions": 123,
    "mission.retrainings": 4,
    "mission.retention_sum": 3.0,
    "mission.rotations": 9,
    "mission.casualties": 2,
    "mission.knowledge": 0.35,
    "mission.course_weeks": 13.0,
    "tally.projects": 8,
    "tally.duplicates": 2,
    "tally.project_euros": 1000.0,
    "tally.needed_euros": 300.0,
    "tally.active_donors": 5,
    "tally.donors_ever": 6,
    "tally.budget": 40.0,
    "tally.budget_squares": 400.0,
    "tally.instalments": 800,
    "tally.instalments_lost": 200.0,
    "host.load": 1.5,
    "host.delivery": 0.7,
    "host.offices[0].changes": 3,
    "host.offices[1].changes": 2,
    "host.offices[4].changes": 4,
    "host.institution": 0.35,
    "host.files": [1.0, 1.0, 0.4],
    "host.adopted": [1, 1, 0],
    "host.articulation": 0.45,
    "book.vehicles_never_deployed": 3,
    "book.vehicles_given": 30,
    "book.vehicles_abandoned": 12,
    "book.partner_completions": 77,
    "book.projects_delivered": 8,
    "book.projects_late": 2,
    # Used, saturated, mismatched, waiting, rotting, on the way, lapsed: together 10 000 EUR.
    "tally.money": [1500, 400, 500, 500, 700, 0, 3900],
    "mission.use[0]": [300, 50, 200, 100, 100, 1000, 0],
    "mission.use[1]": [100, 0, 0, 0, 0, 0, 0],
    "mission.use[2]": [0, 0, 0, 0, 0, 200, 0],
    "book.gifts_use": [100, 50, 100, 0, 200, 0, 0],
    "host.parts_need": 0.17,
    "nation.members": 13,
    "nation.complied": 0.62,
    **{f"zones[{z}].medical": (0.1, 0.2, 0.3)[z] for z in range(3)},
    **{f"zones[{z}].counter_ied": (0.4, 0.5, 0.6)[z] for z in range(3)},
    **{f"zones[{z}].air": (0.0, 0.1, 0.8)[z] for z in range(3)},
    **{f"zones[{z}].workshop": (0.2, 0.3, 0.1)[z] for z in range(3)},
    **{f"zones[{z}].facilities": 0.9 for z in range(3)},  # a building is no formation
    "book.donors_spent": [1_000_000, 2_000_000, 3_000_000, 4_000_000, 5_000_000, 6_000_000],
    "book.donors_spent_on_dialogue": 500_000,
    "book.mission_standing": 10_000_000,
    "book.mission_instruction": 200_000,
    "book.mission_vehicles": 300_000,
    "book.mission_advisers": 400_000,
    "book.mission_mentors": 600_000,
    "book.mission_tracking": 700_000,
    "book.conditions_paid": 30_000,
    "book.conditions_withheld": 80_000,
    "book.population_spent": 40_000,
    "book.gifts_spent": 50_000,
    "book.host_maintenance": 110_000,
    "book.host_liaison": 120_000,
    "book.host_stabilisation": 130_000,
    "book.host_recruitment": 140_000,
    "book.abuses": 21,
    "book.soldiers_killed": 31,
    "book.soldiers_deserted": 41,
    "book.soldiers_left": 51,
    "nation.insecurity": 0.33,
    "nation.forces[0].soldiers": 600.0,
    "nation.forces[1].soldiers": 30.0,
    "nation.forces[5].soldiers": 40.0,
    "book.civilian_harm": 61,
    "book.forces_spent": 2_500_000,
    "book.host_contractors": 500_000,
    **{f"zones[{z}].threat": (0.11, 0.22, 0.44)[z] for z in range(3)},
    **{f"zones[{z}].deaths": (3, 5, 7)[z] for z in range(3)},
    **{f"zones[{z}].incidents": (13, 17, 19)[z] for z in range(3)},
    **{f"zones[{z}].contests": (4, 3, 1)[z] for z in range(3)},
    **{f"zones[{z}].wins": (1, 1, 0)[z] for z in range(3)},
    **{f"zones[{z}].hold": (0.1, 0.2, 0.6)[z] for z in range(3)},
    **{f"zones[{z}].held": (0.2, 0.3, 0.7)[z] for z in range(3)},
    **{f"zones[{z}].trust": (0.12, 0.21, 0.45)[z] for z in range(3)},
    **{f"zones[{z}].approval": (0.9, 0.6, 0.3)[z] for z in range(3)},
    **{f"zones[{z}].state_presence": (0.1, 0.3, 0.8)[z] for z in range(3)},
    **{f"zones[{z}].grievance": (0.7, 0.5, 0.3)[z] for z in range(3)},
    **{f"zones[{z}].self_defence": (0.15, 0.25, 0.05)[z] for z in range(3)},
    **{f"zones[{z}].abuse_memory": (0.2, 0.6, 0.9)[z] for z in range(3)},
    **{f"zones[{z}].local_share": (0.2, 0.4, 0.9)[z] for z in range(3)},
    **{f"zones[{z}].attitude": (-0.4, 0.2, 0.9)[z] for z in range(3)},
    **{f"zones[{z}].abuses": (1, 5, 7)[z] for z in range(3)},
    "mission.places_used": [30, 0, 10],
    "mission.places_free": [40, 20, 0],
    "host.accord": 0.15,
    "host.integration": 0.35,
    "host.consultation": 0.85,
    "host.reforms": [0.25, 0.5, 0.0],
    "host.reform_status": [BLOCKED, STALLED, BLOCKED],
    "host.rents": [1_000_000.0, 2_000_000.0, 4_000_000.0],
    "host.will": 0.55,
    "host.ownership": 0.65,
    "host.reliance": 0.4,
    "host.coup_fear": 0.24,
    "host.coup_hazard": 0.01,
    "host.coups": 2,
    "host.relations": 0.58,
    "host.rival_budget": 10.0,
    "host.present_budget": 40.0,
    "host.expelled": 0,
}
ROW = {
    "soldiers": 215,
    "trained_in_unit": 50,
    "ghosts": 11,
    "ready_soldiers": 60,
    "readiness": 0.3,
    "fill_rate": 0.85,
    "individual_skill": 0.4,
    "collective_skill": 0.15,
    "equipment": 0.45,
    "doctrine_consistency": 0.75,
    "leadership": 0.55,
    "condition": 0.6,
    "on_operations": 0.75,
    "doctrine_dispersion": 0.2,
    "kit_match": 0.7,
    "kit_availability": 0.5,
    "vehicles": 20,
    "completions": 500,
    "retention_at_retraining": 0.75,
    "contingents": 9,
    "mentor_casualties": 2,
    "active_projects": 8,
    "active_partners": 5,
    "partners_ever": 6,
    "duplication": 0.25,
    "need_alignment": 0.3,
    "fragmentation": 0.75,
    "absorption_load": 1.5,
    "delivery": 0.7,
    "ministers": 3,
    "office_changes": 9,
    "institution": 0.35,
    "needs_articulated": 0.45,
    "never_deployed": 0.1,
    "abandoned": 12,
    "partner_completions": 77,
    "projects_late": 0.25,
    "units_able": 0.1,
    "units_with_support": 0.25,
    "units_partly": 0.35,
    "units_not": 0.3,
    "battalion_drill": 0.35,
    "battalion_completions": 123,
    "formations": (0.6 + 1.5 + 0.9 + 0.6) / 12,
    "money_used": 0.2,
    "money_saturated": 0.05,
    "money_mismatched": 0.08,
    "money_waiting": 0.06,
    "money_rotting": 0.1,
    "money_transaction": 0.12,
    "money_lapsed": 0.39,
    "parts_needed": 0.17,
    "coordination_members": 13,
    "giving_way": 0.62,
    "transaction_costs": 0.25,
    "aid_spent": 21.5 + 12.2 + 0.12,  # million EUR: projects, mission, and what comes beside them
    "conditions_paid": 0.03,
    "conditions_withheld": 0.08,
    "mission_spent": 12.2,
    "host_spent": 1.0,
    "total_spent": 34.82,
    "cost_per_completion": 24_400.0,
    "cost_per_ready_soldier": 33_820_000 / 60,
    "insecurity": 0.33,
    "threat_north": 0.11,
    "threat_centre": 0.22,
    "threat_south": 0.44,
    "deaths_north": 3,
    "deaths_centre": 5,
    "deaths_south": 7,
    "deaths": 15,
    "incidents": 49,
    "contests_won": 0.25,
    "army_hold": 0.3,
    "positions_held": 0.4,
    "abuses": 21,
    "casualties": 31,
    "desertions": 41,
    "departures": 51,
    "reform_hr": 0.25,
    "reform_pay": 0.5,
    "reform_logistics": 0.0,
    "reform_files": 0.8,
    "reforms_adopted": 2 / 3,
    "reforms_unused": (0.75 + 0.5) / 3,
    "reforms_blocked": 2 / 3,
    "rents": 7.0,
    "will": 0.55,
    "ownership": 0.65,
    "reliance": 0.4,
    "coup_fear": 0.24,
    "coup_hazard": 1 - 0.99**12,
    "coups": 2,
    "relations": 0.58,
    "rival_share": 0.25,
    "expulsions": 0,
    "foreign_soldiers": 670,
    "contractors": 40,
    "civilian_harm": 61,
    "forces_spent": 2.5,
    "mission_knowledge": 0.35,
    "places_filled": 0.4,
    "course_weeks_taught": 13.0,
    "trust_north": 0.12,
    "trust_centre": 0.21,
    "trust_south": 0.45,
    "trust": 0.26,
    "approval_north": 0.9,
    "approval_centre": 0.6,
    "approval_south": 0.3,
    "approval": 0.6,
    "state_presence_north": 0.1,
    "state_presence_centre": 0.3,
    "state_presence_south": 0.8,
    "state_presence": 0.4,
    "grievance": 0.5,
    "self_defence": 0.15,
    "exit_success": (0.4 + 0.3 * 0.6 + 0.4) / 3,
    "exit_failure": (0.33 + 0.4 + 0.42) / 3,
    "local_share": 0.3,
    "self_defence_attitude": -0.1,
    "abuses_centre": 5,
    "un_accord": 0.15,
    "un_integration": 0.35,
    "un_state_authority": 0.2,
    "un_civil_society": 0.85,
    "un_accountability": 0.6,
    "un_benchmarks": (0.15 + 0.35 + 0.2 + 0.85 + 0.6) / 6,
}
CLASSES = ("units_able", "units_with_support", "units_partly", "units_not")
MEANS = (
    *("readiness", "fill_rate", "individual_skill", "collective_skill", "equipment", "doctrine_consistency"),
    *("leadership", "condition", "doctrine_dispersion", "kit_match", "battalion_drill"),
)
USES = tuple(name for name in ROW if name.startswith("money_"))
NO_MISSION = {"mission_knowledge": nan, "course_weeks_taught": nan}


# The mission's money and that of gifts is added to what partners reported.


def _row(**others: float) -> dict[str, float]:
    return {f"history.{name}": value for name, value in {**ROW, **others}.items() if value != 0}


RECORD = (
    Case(
        "count_donor",
        "projects that run, duplicates, money that meets needs; budgets of those present",
        {
            "donor.active": 1,
            "donor.ever_active": 1,
            "donor.annual_budget": 5,
            "donor.projects[0].status": RUNNING,
            "donor.projects[0].euros": 100,
            "donor.projects[0].fit": 0.5,
            "donor.projects[0].duplicate": 1,
            "donor.projects[3].status": RUNNING,
            "donor.projects[3].euros": 10,
            "donor.projects[3].fit": 1.0,
            "donor.projects[5].euros": 10,
            "tally.projects": 4,
            "tally.budget": 20.0,
            "donor.lapsed": 1000,
            "donor.use[0,0]": [1, 2, 3, 4, 5, 6, 7],
            "donor.use[2,1]": [10, 20, 30, 40, 50, 60, 70],
            "donor.use[5,2]": [100, 200, 300, 400, 500, 600, 700],
            "tally.money": [10_000, 10_000, 10_000, 10_000, 10_000, 10_000, 10_000],
        },
        {
            **{f"tally.money[{use}]": 10_111 + 111 * use for use in range(6)},
            f"tally.money[{LAPSED}]": 10_777 + 1000,
            "tally.active_donors": 1,
            "tally.donors_ever": 1,
            "tally.budget": 25.0,
            "tally.budget_squares": 25.0,
            "tally.projects": 6,
            "tally.duplicates": 1,
            "tally.project_euros": 110.0,
            "tally.needed_euros": 60.0,
        },
    ),
    Case(
        "count_donor",
        "who has left was here once, and has no budget; where its money ended is not forgotten",
        {"donor.ever_active": 1, "donor.annual_budget": 5, "donor.lapsed": 30, "donor.use[1,0,4]": 7},
        {"tally.donors_ever": 1, f"tally.money[{LAPSED}]": 30, f"tally.money[{ROTTING}]": 7},
    ),
    *by_hand(
        "record_outcomes",
        RECORDED,
        ("each outcome from its own numbers", {}, _row()),
        (
            "what a mission knows and teaches is not defined where there is none",
            {"training.mission": 0},
            _row(**NO_MISSION),
        ),
        ("nor where it was told to go", {"host.expelled": 1}, _row(**NO_MISSION, expulsions=1)),
        ("a suspended one is there", {"mission.suspended": 1}, _row()),
        (
            "a share of nothing is none",
            {
                **dict.fromkeys(("tally.units", "tally.on_operations", "tally.soldiers"), 0),
                **dict.fromkeys(("tally.able", "tally.with_support", "tally.partly"), 0),
                **dict.fromkeys(("book.projects_delivered", "book.projects_late"), 0),
                "tally.money": [0] * 7,
                **{f"mission.use[{kind}]": [0] * 7 for kind in range(3)},
                "book.gifts_use": [0] * 7,
            },
            {
                path: value
                for path, value in _row(
                    soldiers=15,
                    **dict.fromkeys(("on_operations", *CLASSES, "projects_late", *MEANS, *USES), nan),
                ).items()
                if not path.startswith("tally.")
            },
        ),
    ),
)

CASES = INTERESTS + POPULATION + LEARNING + READINESS + RECORD
