"""By hand: the calendar, security, operations and turnover (phases 1 to 4)."""

from math import exp

from scipy import stats

from small_world import Case, by_hand, quantile
from ssa_sim.model.state import OPERATIONS, REST, RUNNING, SUB_UNITS, TRAINING

FALLS = {
    "calendar.minister_change_rate": 0.1,
    "calendar.clarity_lost": 0.25,
    "calendar.clarity_speed": 0.5,
    "host.strategic_framework": 0.2,
    "training.adviser_gain": 0.5,
    "reforms.lost": 0.4,
    "host.clarity": 0.8,
    "host.files": [0.2, 0.5, 1.0],
    "host.adopted": [0, 0, 1],
    "host.reforms": [0.0, 0.0, 0.5],
    "host.offices[0].months": 20,
    "host.offices[0].changes": 2,
}
HOLDERS = {
    "calendar.chief_change_rate": 0.2,
    "calendar.office_change_rate": 0.1,
    "reforms.lost": 0.4,
    "draws.holders": [0.2, 0.1, 0.1, 0.1],
    "host.files": [0.5, 0.2, 1.0],
    "host.adopted": [0, 0, 1],
    "host.offices[0].months": 3,  # a minister's time is counted elsewhere
    "host.offices[1].months": 7,
    "host.offices[1].changes": 4,
    **{f"host.offices[{o}].months": 5 for o in range(2, 5)},
}
MONTH_LONGER = {f"host.offices[{o}].months": 8 if o == 1 else 6 for o in range(1, 5)}
MISSION = {
    "training.mission": 1,
    "training.contingent_rotation_months": 4.0,
    "training.mandate_review_months": 9,
    "learning.handover_loss": 0.4,
    "mission.lineage": 3,
    "mission.knowledge": 0.5,
    "mission.rotations": 2,
    "mission.months_to_review": 5,
}
KNOWS = {
    "mission.seen_shallow": 0.1,
    "mission.seen_mismatch": 0.2,
    "mission.seen_absent": 0.3,
    "mission.more_weeks": 0.4,
    "mission.more_held": 0.5,
    "mission.more_mobile": 0.6,
}
GOES_HOME = {**dict.fromkeys(KNOWS, 0.0), "mission.knowledge": 0.0, "mission.months_to_review": 9}
MAY_COME = {
    "donors.presence": 0.5,
    "donor.key": 0.49,
    "donor.scruples": 0.25,
    "donor.annual_budget": 1200,
    "donor.entry_threshold": 0.3,
    "nation.insecurity": 0.4,
    "nation.calendar_month": 4,
    "host.rival_pull": 0.5,
    "circumstances.rival_offer": 0.3,
    "calendar.entry_rate": 0.1,
    "calendar.entry_softness": 0.1,
    "needs.insight_base": 0.2,
}
COMES = 0.1 * (1.0 + 0.75 * (0.5 + 0.3)) / (1.0 + exp(-1.0))
IS_HERE = {
    "donors.presence": 0.5,
    "donor.key": 0.49,
    "donor.active": 1,
    "donor.available": 50,
    "donor.lapsed": 7,
    "donor.patience": 20.0,
}
RUNS = {
    "donor.projects[4].status": RUNNING,
    "donor.projects[4].kind": 2,
    "donor.projects[4].function": 3,
    "donor.projects[4].zone": 1,
    "donor.projects[4].target": 2,
    "donor.projects[4].euros": 100,
    "donor.projects[4].paid": 30,
    "donor.projects[4].waiting": 25,  # five have been spent on the way
    "donor.use[2,2,3]": 125,
    "nation.projects[2,3,1]": 2,
    "nation.projects_running": 3,
}

CALENDAR = (
    Case(
        "open_month",
        "a new year begins after December, and what is counted by the month begins at zero",
        {
            "nation.month": 10,
            "nation.calendar_month": 12,
            "pool.vacancies": 7,
            "tally.soldiers": 5,
            "tally.ready_soldiers": 2.5,
            "tally.instalments_lost": 4.0,
        },
        {
            "nation.month": 11,
            "nation.calendar_month": 1,
            "pool.vacancies": 0,
            "tally.soldiers": 0,
            "tally.ready_soldiers": 0.0,
            "tally.instalments_lost": 0.0,
        },
    ),
    Case(
        "open_month",
        "within a year the next month comes",
        {"nation.month": 0, "nation.calendar_month": 2},
        {"nation.month": 1, "nation.calendar_month": 3},
    ),
    *by_hand(
        "change_minister",
        FALLS,
        (
            "a new minister begins anew: with less clarity, without what was half agreed, and with no time in office",
            {"draws.minister": 0.099},
            {
                "host.offices[0].changes": 3,
                "host.offices[0].months": 0,
                "host.clarity": 0.6 + 0.5 * (0.2 - 0.6),
                "host.files[0]": 0.2 - 0.4 * 0.2 * 0.8,
                "host.files[1]": 0.5 - 0.4 * 0.5 * 0.5,
            },
        ),
        (
            "advisers who are listened to lift what there is to move to, by a part of what is lacking",
            {"draws.minister": 0.1, "host.advisers": 0.25},
            {"host.offices[0].months": 21, "host.clarity": 0.8 + 0.5 * (0.2 + 0.5 * 0.25 * 0.8 - 0.8)},
        ),
        (
            "a minister who stays is a month longer in office; clarity moves to what the framework offers",
            {"draws.minister": 0.1},
            {"host.offices[0].months": 21, "host.clarity": 0.8 + 0.5 * (0.2 - 0.8)},
        ),
    ),
    *by_hand(
        "change_office_holders",
        HOLDERS,
        ("who stays is a month longer in office", {}, MONTH_LONGER),
        (
            "a new chief of staff begins every file again that is not adopted",
            {"draws.holders": [0.199, 0.9, 0.9, 0.9]},
            {
                **MONTH_LONGER,
                "host.offices[1].months": 0,
                "host.offices[1].changes": 5,
                "host.files[0]": 0.5 - 0.4 * 0.25,
                "host.files[1]": 0.2 - 0.4 * 0.16,
            },
        ),
        (
            "of a new head of personnel none but those of personnel and pay",
            {"draws.holders": [0.9, 0.099, 0.9, 0.9], "host.adopted": 0, "host.files": [0.5, 0.2, 0.6]},
            {
                **MONTH_LONGER,
                "host.offices[2].months": 0,
                "host.offices[2].changes": 1,
                "host.files[0]": 0.5 - 0.4 * 0.25,
                "host.files[1]": 0.2 - 0.4 * 0.16,
            },
        ),
        (
            "of a new head of logistics that of logistics, of a new regional commander none",
            {"draws.holders": [0.2, 0.1, 0.0, 0.0], "host.adopted": 0, "host.files": [0.5, 0.2, 0.6]},
            {
                **MONTH_LONGER,
                "host.offices[3].months": 0,
                "host.offices[3].changes": 1,
                "host.offices[4].months": 0,
                "host.offices[4].changes": 1,
                "host.files[2]": 0.6 - 0.4 * 0.24,
            },
        ),
    ),
    Case(
        "suspend_mission",
        "suspended for so many months after a coup, and in the last of them",
        {"host.coups": 1, "host.months_since_coup": 2, "interests.suspension_months": 3.4},
        {"mission.suspended": 1},
    ),
    Case(
        "suspend_mission",
        "and not a month longer",
        {"host.coups": 1, "host.months_since_coup": 3, "interests.suspension_months": 3.4, "mission.suspended": 1},
        {"mission.suspended": 0},
    ),
    Case(
        "suspend_mission",
        "a coup before the period suspends nobody",
        {"host.months_since_coup": 0, "interests.suspension_months": 3.0},
        {},
    ),
    *by_hand(
        "rotate_contingent",
        MISSION,
        (
            "another contingent comes: of another lineage, and with part of what is known",
            {**KNOWS, "draws.lineage": 0.99},
            {
                "mission.lineage": 2,  # three steps on in the ring 1, 2, 3, 4
                "mission.knowledge": 0.3,
                "mission.rotations": 3,
                "mission.months_to_rotation": 3.0,
            },
        ),
        (
            "each of the three others is as likely",
            {"draws.lineage": 0.5},
            {"mission.lineage": 1, "mission.knowledge": 0.3, "mission.rotations": 3, "mission.months_to_rotation": 3.0},
        ),
        (
            "whatever is drawn it is another one",
            {"draws.lineage": 0.0},
            {"mission.lineage": 4, "mission.knowledge": 0.3, "mission.rotations": 3, "mission.months_to_rotation": 3.0},
        ),
        (
            "until its time is up a contingent stays",
            {"mission.months_to_rotation": 1.0},
            {"mission.months_to_rotation": 0.0},
        ),
        (
            "a mission that is away knows nothing, and its mandate is what was decided",
            {**KNOWS, "training.mission": 0, "mission.months_to_rotation": 2.0},
            {**GOES_HOME, "mission.months_to_rotation": 0.0},
        ),
        (
            "so does one that was told to go",
            {**KNOWS, "host.expelled": 1, "mission.months_to_rotation": 2.0},
            {**GOES_HOME, "mission.months_to_rotation": 0.0},
        ),
    ),
    Case(
        "renew_budget",
        "in January what is left lapses and a year's money comes",
        {
            "donor.active": 1,
            "donor.available": 77,
            "donor.lapsed": 5,
            "donor.annual_budget": 1000,
            "nation.calendar_month": 1,
        },
        {"donor.lapsed": 82, "book.donors_lapsed": 77, "donor.available": 1000, "book.donors_granted": 1000},
    ),
    Case(
        "renew_budget",
        "and the part of what partners add that its own budget has in theirs",
        {
            "donor.active": 1,
            "donor.annual_budget": 1000,
            "donors.extra_budget": 100,
            "host.present_budget": 4000.0,
            "nation.calendar_month": 1,
        },
        {"donor.available": 1025, "book.donors_granted": 1025},
    ),
    Case(
        "renew_budget",
        "but nothing of it where nobody was there last month",
        {"donor.active": 1, "donor.annual_budget": 1000, "donors.extra_budget": 100, "nation.calendar_month": 1},
        {"donor.available": 1000, "book.donors_granted": 1000},
    ),
    Case(
        "renew_budget",
        "in no other month",
        {"donor.active": 1, "donor.available": 77, "donor.annual_budget": 1000, "nation.calendar_month": 2},
        {},
    ),
    Case("renew_budget", "for nobody who is away", {"donor.annual_budget": 1000, "nation.calendar_month": 1}, {}),
    *by_hand(
        "enter_or_leave",
        MAY_COME,
        (
            "a partner comes with the money of the months left, this one's included",
            {"draws.entry": COMES - 1e-6, "donors.extra_budget": 0},
            {
                "donor.active": 1,
                "donor.ever_active": 1,
                "donor.insight": 0.2,
                "donor.available": 900,
                "book.donors_granted": 900,
            },
        ),
        ("or does not come", {"draws.entry": COMES + 1e-6}, {}),
        ("nobody comes who was called home", {"draws.entry": 0.0, "donor.key": 0.5}, {}),
        (
            "nobody with scruples comes who was told to go",
            {"draws.entry": 0.0, "donor.scruples": 0.51, "host.expelled": 1},
            {},
        ),
    ),
    *by_hand(
        "enter_or_leave",
        IS_HERE,
        (
            "patience ends with a probability of one over its months; what runs goes on",
            {**RUNS, "draws.leaving": 0.049},
            {"donor.active": 0, "donor.available": 0, "donor.lapsed": 57, "book.donors_lapsed": 50},
        ),
        ("or does not end", {"draws.leaving": 0.05}, {}),
        (
            "called home is who lies at or beyond the share",
            {"draws.leaving": 0.9, "donor.key": 0.5},
            {"donor.active": 0, "donor.available": 0, "donor.lapsed": 57, "book.donors_lapsed": 50},
        ),
        (
            "told to go, partners with scruples end what runs; what is unpaid lapses with what was free, what waited is lost",
            {**RUNS, "draws.leaving": 0.9, "donor.scruples": 0.51, "host.expelled": 1},
            {
                "donor.active": 0,
                "donor.available": 0,
                "donor.lapsed": 57,
                "donor.use[2,2,6]": 70,
                "donor.use[2,2,3]": 100,
                "donor.use[2,2,4]": 25,
                "donor.projects[4].waiting": 0,
                "book.donors_lapsed": 50 + 70,
                "book.projects_abandoned": 1,
                "donor.projects[4].status": 0,
                "nation.projects[2,3,1]": 1,
                "nation.projects_running": 2,
            },
        ),
        ("rivals stay", {**RUNS, "draws.leaving": 0.9, "donor.scruples": 0.5, "host.expelled": 1}, {}),
    ),
)

LEAVING = {
    "foreign.departure_months": 4,
    "security.expulsion_months": 2.0,
    "nation.forces[0].soldiers": 1500.0,
    "nation.forces[0].peak": 2000.0,
    "nation.forces[1].soldiers": 100.0,
    "nation.forces[1].peak": 100.0,
    "nation.forces[1].left": 9.0,  # last month's
}
PROGRAMMES = {
    "population.rights_culture": 0.1,
    "population.consultation": 0.2,
    "population.communication": 0.3,
    "population.differentiation": 0.4,
    "population.state_return": 2,
}
RUNNING_PROGRAMMES = {path.replace("population", "host"): value for path, value in PROGRAMMES.items()}
PLACED = {
    "security.shield_half": 200.0,
    "security.handover_months": 6.0,
    "foreign.departure_months": 12,
    "nation.forces[0].soldiers": 1000.0,
    "nation.forces[0].share": [0.3, 0.5, 0.2],
    "nation.forces[0].shield": 1.0,
    "nation.forces[0].fight": 0.5,
    "nation.forces[0].left": 200.0,
    "nation.forces[1].soldiers": 200.0,
    "nation.forces[1].share": [0.7, 0.25, 0.05],
    "nation.forces[1].shield": 2.0,
    "nation.forces[1].fight": 4.0,
    "nation.forces[5].share": [0.1, 0.75, 0.15],
    "nation.forces[5].shield": 0.5,
    "zone.foreign_soldiers": 650.0,
    "zone.vacuum": 0.9,
}
STANDING = {"zone.foreign_soldiers": 550.0, "zone.shielding": 600.0, "zone.fighting": 450.0}
HARMFUL = {
    "nation.forces[1].soldiers": 2000.0,
    "nation.forces[1].share": [0.7, 0.25, 0.05],
    "nation.forces[1].harm": 2.0,  # one incident a month at full threat
    "nation.forces[5].soldiers": 1000.0,
    "nation.forces[5].share": [0.2, 0.75, 0.05],
    "nation.forces[5].harm": 4.0,  # three
    "zone.threat": 0.5,
    "zone.threat_before": 0.9,
    "zone.deaths": 10,
    "zone.harm": 7,
    "book.civilian_harm": 5,
    "forces.deaths_an_incident": 3.0,
}
PAID = {
    "nation.forces[0].soldiers": 10.5,
    "nation.forces[0].cost": 101.0,  # 1060.5 EUR
    "nation.forces[3].soldiers": 2.0,
    "nation.forces[3].cost": 50.0,
    "nation.forces[5].soldiers": 3.0,
    "nation.forces[5].cost": 7.5,  # 22.5 EUR
    "book.forces_spent": 1000,
    "book.host_contractors": 100,
}
THREATENED = {
    "zone.threat_before": 0.5,
    "zone.threat": 0.1,  # not what the step starts from
    "zone.hidden_before": 0.2,
    "zone.hidden": 0.9,  # nor this
    "zone.struck": 0.7,
    "zone.grievance": 0.4,
    "zone.self_defence": 0.3,
    "zone.attitude": -1.0,  # against the state: twice their strength
    "zone.state_presence": 0.3,
    "security.grievance_weight": 0.5,
    "security.self_defence_weight": 0.25,
    "security.contagion": 0.2,
    "security.emergence": 0.1,
    "security.battle": 0.8,
    "security.to_ground": 0.25,
    "security.neighbours": 0.01,
    "security.spillover": 0.1,
    "zone.foreign_soldiers": 900.0,
    "zone.shielding": 400.0,  # four fifths of a whole shield
    "zone.fighting": 300.0,  # three quarters of all that those who fight could
    "security.shield_half": 100.0,
    "security.shield_effect": 0.2,
    "security.army_effect": 0.1,
    "security.information": 0.4,
    "zone.approval": 0.5,
    "zone.trust": 0.0625,
    "zone.local_share": 0.5,
    "communities.local_knowledge": 0.4,  # as much as a trust of a quarter
    "zone.hold": 0.5,
    "zone.army_coverage": 0.8,
    "security.vacuum_effect": 0.1,
    "zone.vacuum": 0.3,
    "circumstances.pressure_north": 0.04,
    "circumstances.pressure_centre": 0.02,
    "circumstances.pressure_south": 0.06,
    "security.volatility": 0.1,
    "draws.threat": 1.0,
    "security.mines_effect": 0.5,
    "operations.counter_ied_effect": 0.4,
    "zone.counter_ied": 0.5,
    "zone.medical": 0.9,
}
NEIGHBOURS = {
    "zones[0].threat_before": 0.8,
    "zones[0].hidden_before": 0.1,
    "zones[0].threat": 0.05,
    "zones[0].hidden": 0.15,
    "zones[2].threat_before": 0.7,
    "zones[2].hidden_before": 0.2,
    "zones[2].threat": 0.06,
}
_ROOM = 1.0 - 0.5 - 0.2
_FERTILE = 0.5 * 0.4 + 0.25 * 0.6 + 0.25 * 0.7
_HELD_DOWN = (0.2 * 0.8 * (0.6 + 0.4 * 0.5) + 0.1 * 0.5 * 0.8 * (0.6 + 0.4 * 0.25)) * 0.5
_STRUCK = 0.8 * 0.75 * 0.5 * 0.5
_OUT = 0.1 * 0.2


def _moved(source: float, pressure: float) -> dict[str, float]:
    """What a month leaves in the field, hidden and beaten, by what comes in from elsewhere and by outside pressure."""
    return {
        "zone.threat": 0.5 + _OUT + (0.1 * 0.3 + pressure + 0.1 * 0.5) * _ROOM - _HELD_DOWN - _STRUCK,
        "zone.hidden": 0.2 + (0.2 * _FERTILE * 0.7 + source) * _ROOM - _OUT + 0.25 * (_HELD_DOWN + _STRUCK),
        "zone.struck": _STRUCK,
        "zone.mobility": 0.8,
    }


VIOLENCE = {
    "zone.threat": 0.2,
    "zone.threat_before": 0.9,
    "zone.struck": 0.02,
    "zone.deaths_at_full_threat": 1000.0,
    "zone.violence_lasting": 0.6,
    "zone.surge": 0.5,
    "security.battle_deaths": 400.0,
    "security.incidents_at_full_threat": 100.0,
    "security.violence_spread": 0.5,
}
_SURGE = 0.6 * 0.5 + 0.8 * 0.5 * 1.5  # 0.8 is what keeps the spread the same

SECURITY = (
    *by_hand(
        "move_foreign_forces",
        LEAVING,
        (
            "who leaves goes at an even pace of the strength from which it leaves; who comes is there at once",
            {"foreign.un_soldiers": 500, "foreign.french_soldiers": 300, "foreign.g5_soldiers": 40},
            {
                "nation.forces[0].soldiers": 1000.0,
                "nation.forces[0].left": 500.0,
                "nation.forces[1].soldiers": 300.0,
                "nation.forces[1].peak": 300.0,
                "nation.forces[1].left": 0.0,
                "nation.forces[1].came": 200.0,
                "nation.forces[2].soldiers": 40.0,
                "nation.forces[2].peak": 40.0,
                "nation.forces[2].came": 40.0,
            },
        ),
        (
            "nobody goes further than was decided, and the next departure is from there; each force has a lever of its own",
            {
                "foreign.un_soldiers": 1200,
                "foreign.french_soldiers": 100,
                "foreign.european_soldiers": 60,
                "foreign.regional_soldiers": 70,
                "foreign.contractors": 80,
            },
            {
                "nation.forces[0].soldiers": 1200.0,
                "nation.forces[0].peak": 1200.0,
                "nation.forces[0].left": 300.0,
                "nation.forces[1].left": 0.0,
                **{
                    f"nation.forces[{force}].{field}": strength
                    for force, strength in ((3, 60.0), (4, 70.0), (5, 80.0))
                    for field in ("soldiers", "peak", "came")
                },
            },
        ),
        (
            "told to go, all leave within the months that they are given, but for the contractors, who are called",
            {
                "host.expelled": 1,
                "foreign.un_soldiers": 1500,
                "foreign.french_soldiers": 100,
                "foreign.contractors": 20,
                "foreign.contractors_if_expelled": 30,
            },
            {
                "nation.forces[0].soldiers": 500.0,
                "nation.forces[0].left": 1000.0,
                "nation.forces[1].soldiers": 50.0,
                "nation.forces[1].left": 50.0,
                "nation.forces[5].soldiers": 30.0,
                "nation.forces[5].peak": 30.0,
                "nation.forces[5].came": 30.0,
            },
        ),
        (
            "sooner where they leave at once anyway; nobody is called in who is wanted only then",
            {
                "host.expelled": 1,
                "foreign.departure_months": 0,
                "foreign.un_soldiers": 1500,
                "foreign.french_soldiers": 100,
            },
            {
                "nation.forces[0].soldiers": 0.0,
                "nation.forces[0].peak": 0.0,
                "nation.forces[0].left": 1500.0,
                "nation.forces[1].soldiers": 0.0,
                "nation.forces[1].peak": 0.0,
                "nation.forces[1].left": 100.0,
            },
        ),
        (
            "contractors who are not wanted take the months that others take",
            {
                "host.expelled": 1,
                "foreign.departure_months": 4,
                "nation.forces[0].soldiers": 0.0,
                "nation.forces[1].soldiers": 0.0,
                "nation.forces[1].left": 0.0,
                "nation.forces[5].soldiers": 80.0,
                "nation.forces[5].peak": 80.0,
            },
            {
                "nation.forces[0].peak": 0.0,
                "nation.forces[1].peak": 0.0,
                "nation.forces[5].soldiers": 60.0,
                "nation.forces[5].left": 20.0,
            },
        ),
    ),
    Case(
        "pay_foreign_forces",
        "each at its cost, in whole euros; contractors are the host's to pay",
        PAID,
        {
            "book.forces_spent": 2160,
            "book.forces_granted": 1160,
            "book.host_contractors": 122,
            "book.host_granted": 22,
        },
    ),
    *by_hand(
        "run_programmes",
        PROGRAMMES,
        ("what is decided runs", {"nation.forces[2].soldiers": 1.0}, RUNNING_PROGRAMMES),
        (
            "forces that are not there explain nothing, nor do contractors",
            {"host.communication": 0.3, "nation.forces[5].soldiers": 9.0},
            {**RUNNING_PROGRAMMES, "host.communication": 0.0},
        ),
        (
            "nothing runs once partners were told to go",
            {**RUNNING_PROGRAMMES, "host.expelled": 1, "nation.forces[1].soldiers": 1.0},
            dict.fromkeys(RUNNING_PROGRAMMES, 0.0),
        ),
    ),
    Case(
        "remember_threat",
        "the month begins with the threat as it is",
        {"zone.threat": 0.4, "zone.threat_before": 0.2, "zone.hidden": 0.3, "zone.hidden_before": 0.1},
        {"zone.threat_before": 0.4, "zone.hidden_before": 0.3},
    ),
    *by_hand(
        "place_foreign_forces",
        PLACED,
        (
            "who leaves unasked leaves a vacuum where it stood, measured by half a shield",
            {},
            {**STANDING, "zone.vacuum": 0.5},
        ),
        (
            "the more the better it shielded",
            {"nation.forces[0].left": 0.0, "nation.forces[1].left": 100.0},
            {**STANDING, "zone.vacuum": 0.25 * 2.0 * 0.5},
        ),
        (
            "a smaller one where it was agreed, the more time there was to hand over",
            {"foreign.departure": 1},
            {**STANDING, "zone.vacuum": 0.5 * exp(-2.0)},
        ),
        (
            "contractors hand nothing over",
            {"foreign.departure": 1, "nation.forces[0].left": 0.0, "nation.forces[5].left": 400.0},
            {**STANDING, "zone.vacuum": 0.75},
        ),
        (
            "who was told to go hands nothing over",
            {"foreign.departure": 1, "host.expelled": 1},
            {**STANDING, "zone.vacuum": 0.5},
        ),
        (
            "who comes in the same month relieves those who leave, as far as they shield",
            {"nation.forces[1].came": 25.0},
            {**STANDING, "zone.vacuum": 0.5 * 0.75},
        ),
        (
            "and all of them where more come",
            {"nation.forces[1].came": 150.0},
            {**STANDING, "zone.vacuum": 0.0},
        ),
        (
            "who comes leaves none",
            {"nation.forces[0].left": 0.0, "nation.forces[0].came": 50.0},
            {**STANDING, "zone.vacuum": 0.0},
        ),
    ),
    *by_hand(
        "harm_civilians",
        HARMFUL,
        (
            "forces that stand here, by how they are and by what there is to fight; each incident kills",
            {"draws.harm": stats.poisson.cdf(2, 2.0) - 1e-9, "draws.harm_deaths": stats.poisson.cdf(6, 6.0) + 1e-9},
            {"zone.harm": 2, "zone.deaths": 17, "book.civilian_harm": 7},
        ),
        ("or none", {"draws.harm": 0.01, "draws.harm_deaths": 0.9}, {"zone.harm": 0}),
    ),
    *by_hand(
        "move_threat",
        THREATENED,
        (
            "in the Centre, which looks at the North as it stood when the month began",
            {**NEIGHBOURS},
            _moved(0.01 + 0.1 * (0.8 + 0.1), 0.02),
        ),
        (
            "in the North, which has no neighbour to the north",
            {"zones[1].threat_before": 0.8, "zones[2].threat_before": 0.7, "zones[2].hidden_before": 0.2},
            _moved(0.01, 0.04),
            0,
        ),
        (
            "in the South, which looks at the Centre",
            {
                "zones[0].threat_before": 0.9,
                "zones[1].threat_before": 0.6,
                "zones[1].hidden_before": 0.3,
                "zones[1].threat": 0.1,
            },
            _moved(0.01 + 0.1 * (0.6 + 0.3), 0.06),
            2,
        ),
        (
            "who are twice as many in the field are struck four times as hard, and only by forces that fight",
            {
                **dict.fromkeys(
                    ("security.shield_effect", "security.army_effect", "security.vacuum_effect", "draws.threat"), 0.0
                ),
                **dict.fromkeys(("security.contagion", "security.emergence", "security.neighbours"), 0.0),
                "circumstances.pressure_centre": 0.0,
                "security.to_ground": 1.0,
                "zone.threat_before": 0.25,
            },
            {
                "zone.threat": 0.25 - _STRUCK / 4.0,
                "zone.hidden": 0.2 + _STRUCK / 4.0,
                "zone.struck": _STRUCK / 4.0,
                "zone.mobility": 0.9,
            },
        ),
    ),
    Case(
        "move_threat",
        "never beyond its bounds, nor more hidden than there is room for",
        {
            "zone.threat_before": 0.9,
            "zone.hidden_before": 0.05,
            "security.shield_half": 1.0,
            "security.volatility": 5000.0,
            "draws.threat": 1.0,
        },
        {"zone.threat": 0.999, "zone.hidden": 0.001, "zone.mobility": 1.0},
    ),
    Case(
        "move_threat",
        "no more are struck than are in the field",
        {
            "zone.threat_before": 0.9,
            "zone.fighting": 300.0,
            "security.shield_half": 100.0,
            "security.battle": 50.0,
        },
        {"zone.threat": 0.001, "zone.struck": 0.9, "zone.mobility": 1.0},
    ),
    Case(
        "suffer_violence",
        "incidents go with the threat, deaths with its square and with what was struck, by a surge of which a part lasts",
        {**VIOLENCE, "draws.violence": 1.5, "draws.incidents": 0.7, "draws.deaths": 0.3},
        {
            "zone.surge": _SURGE,
            "zone.incidents": int(stats.poisson.ppf(0.7, 20.0)),
            "zone.deaths": int(stats.poisson.ppf(0.3, (40.0 + 8.0) * exp(_SURGE - 0.125))),
        },
    ),
    Case(
        "weigh_insecurity",
        "the mean of the three zones",
        {"zones[0].threat": 0.1, "zones[1].threat": 0.2, "zones[2].threat": 0.6},
        {"nation.insecurity": 0.3},
    ),
)

PLANNED = {
    "operations.tempo": 0.5,
    "operations.threat_response": 0.5,
    "operations.contact_rate": 2.0,
    **{f"zones[{z}].threat": (0.1, 0.2, 0.4)[z] for z in range(3)},
    **{f"zones[{z}].deployment_share": (0.3, 0.2, 0.5)[z] for z in range(3)},
    **{
        f"zones[{z}].{name}": 9
        for z in range(3)
        for name in ("army_strength", "soldiers_out", "soldiers_from_here", "contests", "wins", "abuses")
    },
}
OUT = {
    "unit.status": OPERATIONS,
    "unit.months_in_status": 6,
    "operations.rotation_months": 8.0,
    "operations.release": 0.25,
}
ON_COURSE = {
    "unit.status": TRAINING,
    "unit.site": 2,
    "unit.trainees": 70,
    "unit.course_programme": SUB_UNITS,
    "unit.course_weeks_left": 5.0,
    "unit.course_paid": 900,
    "mission.places_used": [200, 200, 200],
    "mission.programme_used": [300, 300, 0, 0, 0],
    "mission.use[0,3]": 2000,
    "nation.posts_wanted": 2,
    "nation.on_operations": 1,
    "operations.recall_rate": 0.1,
    "nation.insecurity": 0.2,
}
BACK = {
    "unit.trainees": 0,
    "unit.course_weeks_left": 0.0,
    "unit.course_paid": 0,
    "mission.places_used[2]": 130,
    "mission.programme_used[1]": 230,
    "mission.use[0,3]": 1100,
    "mission.use[0,4]": 900,
    "unit.status": REST,
}
RESTS = {
    "unit.months_in_status": 5,
    "nation.posts_wanted": 2,
    "nation.on_operations": 1,
    "nation.deployment": [1.0, 2.0, 1.0],
    "unit.origin": [0.0, 0.5, 0.5],
    "personnel.local_posting": 0.0,
    "communities.from_north": 0.25,
    "communities.from_centre": 0.25,
    "operations.tempo": 0.5,
    "operations.rotation_months": 8.0,
    "draws.call": 0.6,
}
POSTED = {f"nation.posting[{z}]": (1.0, 2.0, 1.0)[z] for z in range(3)}
FIGHTS = {
    "unit.status": OPERATIONS,
    "unit.origin": [0.25, 0.25, 0.5],
    "communities.restraint": 0.4,
    "unit.zone": 2,
    "unit.together": 60,
    "unit.elsewhere": 20,
    "unit.untrained": 20,
    "unit.trainees": 20,
    "unit.readiness": 0.5,  # 0.4 with those who are here
    "unit.fatigue": 0.5,
    "unit.leadership": 0.5,
    "unit.morale": 0.5,
    "unit.skill": 0.4,
    "unit.casualties": 3,
    "unit.ghosts": 1,
    "unit.kit_working": [10, 0, 20, 0, 0],
    "operations.fatigue_rate": 0.1,
    "zones[2].army_strength": 1.0,
    "zones[2].contact": 0.2,
    "zones[2].threat": 0.5,
    "zones[2].held": 0.5,
    "zones[2].shielding": 900.0,
    "zones[2].fighting": 100.0,
    "security.shield_half": 100.0,
    "operations.foreign_support": 0.5,
    "operations.air_effect": 0.5,
    "zones[2].air": 0.5,
    "mission.mentoring_effect": 0.5,  # 0.8 with all support
    "operations.enemy_strength": 0.8,  # 0.4 at this threat
    "operations.decisiveness": 2.0,
    "operations.casualty_rate": 0.1,
    "operations.medical_effect": 0.5,
    "zones[2].medical": 0.4,
    "operations.vehicle_loss": 0.5,
    "operations.counter_ied_effect": 0.5,
    "zones[2].counter_ied": 0.4,
    **{f"zones[1].{formation}": 0.9 for formation in ("air", "medical", "counter_ied", "workshop", "facilities")},
    "population.rights_effect": 0.5,
    "host.rights_culture": 0.4,
    "population.rights_culture": 0.9,  # decided, but not what runs
    "operations.abuse_rate": 0.5,
    "operations.position_step": 0.1,
    "operations.experience": 0.1,
    "operations.morale_step": 0.2,
    "operations.desertion_rate": 0.02,
    "turnover.ghost_rate": 0.5,
    "host.reforms[0]": 0.2,
    "draws.contact": 0.19,
    "draws.killed": 0.8,
    "draws.killed_whom": 0.5,
    "draws.destroyed": [0.5, 0.5, 0.6, 0.5, 0.5],
    "draws.deserted": 0.5,
    "draws.deserted_whom": 0.5,
    "draws.deserted_ghosts": 0.5,
}
SUCCESS = 0.8**2 / (0.8**2 + 0.4**2)  # 0.8
KILLED = quantile(0.8, 80, 0.1 * 0.8 * (1 - SUCCESS))
DESTROYED = (quantile(0.5, 10, 0.5 * 0.8 * (1 - SUCCESS)), quantile(0.6, 20, 0.5 * 0.8 * (1 - SUCCESS)))
DESERTED = quantile(0.5, 98, 0.02 * (0.5 + 0.6) * (1.5 - 0.4))
assert (KILLED, DESTROYED, DESERTED) == (2, (1, 2), 2)
PRESENT = {"zones[2].army_strength": 1.4, "zones[2].soldiers_out": 80, "zones[2].soldiers_from_here": 40}
ENGAGED = {
    **PRESENT,
    "unit.fatigue": 0.6,
    "zones[2].contests": 1,
    "unit.casualties": 5,
    "unit.together": 59,
    "unit.elsewhere": 19,
    "book.soldiers_killed": 2,
    "unit.kit_working[0]": 9,
    "unit.kit_working[2]": 18,
    "book.vehicles_destroyed": 3,
}
WON = {
    **ENGAGED,
    "zones[2].wins": 1,
    "zones[2].held": 0.55,
    "unit.skill": 0.4 + 0.1 * 0.6,
    "unit.morale": 0.5 + 0.2 * 0.5,
}
LOST = {
    **ENGAGED,
    "zones[2].held": 0.45,
    "unit.morale": 0.4,
    "unit.together": 58,
    "unit.untrained": 19,
    "book.soldiers_deserted": 2,
    "unit.ghosts": 1 + quantile(0.5, 2, 0.4),
}
NO_ABUSE = {"draws.abuse": 0.8 * 0.8 * 0.5 * 0.5 * 1.0 + 1e-6}
ABUSE = {"draws.abuse": 0.8 * 0.8 * 0.5 * 0.5 * 1.0 - 1e-6}
TIRED = {
    "unit.fatigue": 0.4,
    "unit.leadership": 0.6,
    "unit.morale": 0.5,
    "unit.zone": 2,
    "zones[2].facilities": 0.5,
    "zones[1].facilities": 0.9,
    "host.reforms": [0.9, 0.5, 0.8],
    "operations.recovery_rate": 0.4,
    "operations.facilities_gain": 0.5,
    "operations.morale_drift": 0.2,
    "reforms.skimmed": 0.2,
    "reforms.pay_morale": 0.5,
}

OPERATIONS_STEPS = (
    Case(
        "plan_operations",
        "so many units of all, zones by plan and threat, and the month's count of fights begins",
        {**PLANNED, "nation.units": 5},
        {
            "nation.posts_wanted": 3,
            **{f"nation.deployment[{z}]": (0.35, 0.3, 0.7)[z] for z in range(3)},
            **{f"zones[{z}].contact": 1.0 - exp(-2.0 * (0.1, 0.2, 0.4)[z]) for z in range(3)},
            **{
                f"zones[{z}].{name}": 0
                for z in range(3)
                for name in ("army_strength", "soldiers_out", "soldiers_from_here", "contests", "wins", "abuses")
            },
        },
    ),
    *by_hand(
        "come_back",
        OUT,
        ("not before its time", {}, {"unit.months_in_status": 7}),
        (
            "relieved when its time is up",
            {"unit.months_in_status": 7, "nation.on_operations": 2},
            {"unit.status": REST, "unit.months_in_status": 0, "nation.on_operations": 1},
        ),
        (
            "or when its battalion is called and the general staff releases it",
            {"unit.months_in_status": 2, "unit.called": 1, "nation.on_operations": 2, "draws.release": 0.24},
            {"unit.status": REST, "unit.months_in_status": 0, "nation.on_operations": 1},
        ),
        (
            "operations come first",
            {"unit.months_in_status": 2, "unit.called": 1, "draws.release": 0.26},
            {"unit.months_in_status": 3},
        ),
        ("who is not called is not released", {"draws.release": 0.0}, {"unit.months_in_status": 7}),
        (
            "a unit at rest is relieved of nothing",
            {"unit.status": REST, "unit.months_in_status": 20},
            {"unit.months_in_status": 21},
        ),
    ),
    *by_hand(
        "recall",
        ON_COURSE,
        (
            "called away from a course while posts are open, which was paid for nothing; it goes out before all others",
            {"draws.recall": 0.0199},
            {**BACK, "unit.months_in_status": 12},
        ),
        ("or not", {"draws.recall": 0.0201}, {}),
        ("never where all posts are filled", {"draws.recall": 0.0, "nation.posts_wanted": 1}, {}),
        ("a detachment stays on its course", {"draws.recall": 0.0, "unit.status": REST}, {}),
    ),
    *by_hand(
        "go_out",
        RESTS,
        (
            "after more months of rest than the draw asks for, to a zone by the plan's weights",
            {"draws.destination": 0.76},
            {
                **POSTED,
                "unit.status": OPERATIONS,
                "unit.months_in_status": 0,
                "unit.zone": 2,
                "nation.on_operations": 2,
            },
        ),
        (
            "the plan's weights are shares",
            {"draws.destination": 0.74},
            {
                **POSTED,
                "unit.status": OPERATIONS,
                "unit.months_in_status": 0,
                "unit.zone": 1,
                "nation.on_operations": 2,
            },
        ),
        (
            "or by where more of its soldiers come from than of the army's: half as much, three, as much",
            {"personnel.local_posting": 0.5, "draws.destination": 0.12},
            {
                "nation.posting[0]": 0.5,
                "nation.posting[1]": 3.0,
                "nation.posting[2]": 1.0,
                "unit.status": OPERATIONS,
                "unit.months_in_status": 0,
                "unit.zone": 1,
                "nation.on_operations": 2,
            },
        ),
        ("not before", {"draws.call": 0.63}, {}),
        ("no more than wanted", {"nation.posts_wanted": 1}, {}),
        ("nor who is called to a course with its battalion", {"unit.called": 1, "draws.destination": 0.76}, {}),
        (
            "at full tempo nobody rests",
            {"operations.tempo": 1.0, "unit.months_in_status": 0, "draws.destination": 0.5},
            {**POSTED, "unit.status": OPERATIONS, "unit.zone": 1, "nation.on_operations": 2},
        ),
    ),
    *by_hand(
        "go_out_after_all",
        {**RESTS, "unit.called": 1, "operations.release": 0.25, "draws.release": 0.26},
        (
            "a post that nobody else fills goes to who waits for a course",
            {"draws.destination": 0.76},
            {
                **POSTED,
                "unit.status": OPERATIONS,
                "unit.months_in_status": 0,
                "unit.zone": 2,
                "nation.on_operations": 2,
            },
        ),
        ("unless the general staff releases it", {"draws.release": 0.24}, {}),
        ("or it has to rest", {"draws.call": 0.63}, {}),
        ("or all posts are filled", {"nation.posts_wanted": 1}, {}),
        ("who waits for no course has had its turn", {"unit.called": 0}, {}),
    ),
    *by_hand(
        "meet_the_threat",
        FIGHTS,
        (
            "won, by the ratio of squares: those killed, by cohort, vehicles, ground, experience, courage",
            {**NO_ABUSE, "draws.contest": SUCCESS - 1e-6},
            WON,
        ),
        (
            "lost: ground and courage too, and some desert, of whom some stay on the payroll",
            {**NO_ABUSE, "draws.contest": SUCCESS + 1e-6},
            LOST,
        ),
        (
            "abuse by those badly led and worn, less of it by the culture that runs, not by what was decided",
            {**ABUSE, "draws.contest": SUCCESS - 1e-6},
            {**WON, "zones[2].abuses": 1, "book.abuses": 1},
        ),
        (
            "not engaged: tired and present all the same",
            {"draws.contact": 0.2},
            {**PRESENT, "unit.fatigue": 0.6},
        ),
        (
            "nobody is more than exhausted",
            {"draws.contact": 0.2, "unit.fatigue": 0.95},
            {**PRESENT, "unit.fatigue": 1.0},
        ),
        (
            "where exhaustion is switched off nobody tires",
            {"draws.contact": 0.2, "mechanisms.exhaustion": 0.0},
            PRESENT,
        ),
        (
            "where nobody lives on rents no deserter stays on the payroll",
            {**NO_ABUSE, "draws.contest": SUCCESS + 1e-6, "mechanisms.rents": 0.0},
            {path: value for path, value in LOST.items() if path != "unit.ghosts"},
        ),
        (
            "where more are on a course than are left, nobody is here: a detachment that is gone takes no strength away",
            {"unit.trainees": 101, "draws.contact": 0.2},
            {"unit.fatigue": 0.6},
        ),
        ("at rest nobody meets it", {"unit.status": REST}, {}),
    ),
    *by_hand(
        "recover",
        TIRED,
        (
            "rest takes fatigue away, more of it where the zone has good barracks; morale drifts to what rest, leaders and pay allow",
            {"unit.status": REST},
            {"unit.fatigue": 0.4 - 0.5 * 0.4, "unit.morale": 0.5 + 0.2 * (0.5 * 0.8 + 0.3 - 0.5 * 0.1 - 0.5)},
        ),
        (
            "a month takes no more away than there is",
            {"unit.status": REST, "operations.recovery_rate": 0.9},
            {"unit.fatigue": 0.0, "unit.morale": 0.5 + 0.2 * (0.5 + 0.3 - 0.5 * 0.1 - 0.5)},
        ),
        (
            "a course half of it, wherever the barracks",
            {"unit.status": TRAINING},
            {"unit.fatigue": 0.4 - 0.2 * 0.4, "unit.morale": 0.5 + 0.2 * (0.5 * 0.68 + 0.3 - 0.05 - 0.5)},
        ),
        ("operations none of it", {"unit.status": OPERATIONS}, {"unit.morale": 0.5 + 0.2 * (0.3 + 0.3 - 0.05 - 0.5)}),
        (
            "where nobody lives on rents all pay arrives",
            {"unit.status": OPERATIONS, "mechanisms.rents": 0.0},
            {"unit.morale": 0.5 + 0.2 * (0.3 + 0.3 - 0.5)},
        ),
    ),
    Case(
        "judge_operations",
        "what the army covers, as far as roads are open and the state governs, and how often it has won of late",
        {
            "operations.required_strength": 0.1,
            "operations.hold_speed": 0.2,
            "operations.ungoverned": 0.5,
            "zone.state_presence": 0.6,  # a fifth is lost again
            "zone.army_strength": 0.15,
            "zone.mobility": 0.8,
            "zone.contests": 4,
            "zone.wins": 1,
            "zone.hold": 0.6,
            "zone.soldiers_out": 80.0,
            "zone.soldiers_from_here": 20.0,
        },
        {"zone.local_share": 0.25, "zone.army_coverage": 0.8 * 0.8 * 0.5, "zone.hold": 0.6 + 0.2 * (0.25 - 0.6)},
    ),
    Case(
        "judge_operations",
        "no more than all is covered, and no fight teaches nothing",
        {
            "operations.required_strength": 0.1,
            "operations.hold_speed": 0.2,
            "zone.army_strength": 0.9,
            "operations.ungoverned": 0.5,
            "zone.state_presence": 1.0,
            "zone.mobility": 0.8,
            "zone.hold": 0.5,
        },
        {"zone.army_coverage": 0.8},
    ),
)

COHORTS = {"unit.together": 60, "unit.elsewhere": 20, "unit.untrained": 20}
LEAVERS = {
    **COHORTS,
    "unit.fatigue": 0.5,
    "unit.led_together": 0.5,
    "unit.ghosts": 20,
    "host.reforms": [0.2, 0.9, 0.9],
    "turnover.leaving_rate": 0.04,
    "turnover.deployment_jump": 1.5,
    "turnover.ghost_rate": 0.5,
    "turnover.audit_rate": 0.1,
    "reforms.audit_gain": 0.5,
    "draws.left": 0.5,
    "draws.left_whom": 0.5,
    "draws.ghosts": 0.5,
    "draws.audit": 0.5,
}
HAVE_LEFT = {
    "unit.together": 58,
    "unit.elsewhere": 19,
    "unit.untrained": 19,
    "unit.led_together": 0.5 * 0.96,
    "book.soldiers_left": 4,
}
MOVED = {
    **COHORTS,
    "unit.skill": 0.5,
    "unit.led_together": 0.5,
    "unit.abroad": 3,
    "pool.trained": 5,
    "pool.untrained": 6,
    "pool.skill_sum": 2.0,
    "host.reforms": [0.4, 0.9, 0.9],
    "turnover.reassignment_rate": 0.1,
    "turnover.leader_moves": 2.0,
    "personnel.reassignment_with_hr_system": 0.5,
    "personnel.stabilisation": 0.5,
    "draws.moved_together": 0.6,
    "draws.moved_elsewhere": 0.7,
    "draws.moved_untrained": 0.9,
}
GO = (quantile(0.6, 60, 0.04), quantile(0.7, 20, 0.08), quantile(0.9, 20, 0.08))
assert (quantile(0.5, 100, 0.04), quantile(0.5, 100, 0.1), quantile(0.5, 10, 0.4)) == (4, 10, 4)
assert min(GO) > 0
OFFICERS = {
    **COHORTS,
    "unit.officers": 4,
    "unit.abroad": 3,
    "unit.leadership": 0.5,
    "turnover.officer_return_rate": 0.5,
    "turnover.leadership_base": 0.6,
    "turnover.leadership_speed": 0.2,
    "turnover.officer_gain": 0.5,
    "personnel.officers_abroad": 6.0,
    "turnover.best_abroad": 1.2,
    "interests.loyalty": 0.25,
    "host.coup_fear": 0.4,  # a tenth of leadership is lost
    "host.liaison_officers": 3,  # of the 24 officers of six units
    "nation.units": 6,
    "draws.officers_back": 0.7,
    "draws.officers_out": 0.5,
}
RECRUITED = {
    "personnel.recruits_per_year": 138,
    "turnover.recruit_skill": 0.2,
    "turnover.recruit_cost": 100.5,
    "pool.vacancies": 20,
    "pool.trained": 5,
    "pool.untrained": 8,
    "pool.skill_sum": 1.0,
    "pool.origin_sum": [4.0, 5.0, 4.0],
    "communities.from_north": 0.1,
    "communities.from_centre": 0.25,
}
RECEIVES = {
    "unit.strength": 100,
    "unit.together": 60,
    "unit.elsewhere": 20,
    "unit.untrained": 5,
    "unit.ghosts": 5,
    "unit.skill": 0.6,
    "unit.habit": 0.5,
    "unit.kit_known": [0.8, 0.0, 0.4, 0.0, 0.0],
    "pool.trained": 30,
    "pool.untrained": 20,
    "pool.skill_sum": 12.5,
    "pool.mean_skill": 0.25,
    "pool.trained_for_each": 0.55,
    "pool.untrained_for_each": 0.25,
    "draws.trained": 0.5,
    "draws.untrained": 0.0,
}

TURNOVER = (
    *by_hand(
        "leave_the_army",
        LEAVERS,
        (
            "at the rate of leaving, more where they are worn; some stay on the payroll, and audits strike some off",
            {},
            {**HAVE_LEFT, "unit.ghosts": 20 + quantile(0.5, 4, 0.4) - quantile(0.5, 22, 0.2)},
        ),
        (
            "where nobody lives on rents no name stays",
            {"mechanisms.rents": 0.0},
            {**HAVE_LEFT, "unit.ghosts": 20 - quantile(0.5, 20, 0.2)},
        ),
        (
            "several times as many once they are deployed, of leaders too",
            {"unit.status": OPERATIONS},
            {
                "unit.together": 54,
                "unit.elsewhere": 18,
                "unit.untrained": 18,
                "unit.led_together": 0.5 * 0.9,
                "book.soldiers_left": 10,
                "unit.ghosts": 20 + quantile(0.5, 10, 0.4) - quantile(0.5, 24, 0.2),
            },
        ),
        (
            "not on a course, and never more than all",
            {"unit.status": TRAINING, "turnover.leaving_rate": 1.1, "mechanisms.rents": 0.0},
            {
                "unit.together": 0,
                "unit.elsewhere": 0,
                "unit.untrained": 0,
                "unit.led_together": 0.0,
                "book.soldiers_left": 100,
                "unit.ghosts": 20 - quantile(0.5, 20, 0.2),
            },
        ),
    ),
    Case(
        "leave_the_army",
        "no more officers are abroad than soldiers are left",
        {"unit.untrained": 3, "unit.abroad": 3, "unit.fatigue": 0.5, "turnover.leaving_rate": 0.5, "draws.left": 0.6},
        {"unit.untrained": 1, "unit.abroad": 1, "book.soldiers_left": 2},
    ),
    *by_hand(
        "move_away",
        MOVED,
        (
            "each cohort at its rate, leaders sooner, fewer of the team that a posting rule holds; what they know goes along",
            {},
            {
                "unit.led_together": 0.5 * (1 - 2 * 0.08 * 0.5),
                "unit.together": 60 - GO[0],
                "unit.elsewhere": 20 - GO[1],
                "unit.untrained": 20 - GO[2],
                "pool.trained": 5 + GO[0] + GO[1],
                "pool.untrained": 6 + GO[2],
                "pool.skill_sum": 2.0 + 0.5 * sum(GO),
            },
        ),
        ("switched off, nobody", {"mechanisms.turnover": 0.0}, {}),
        (
            "no more leaders than there are",
            {
                "turnover.leader_moves": 13.0,
                "draws.moved_together": 0.0,
                "draws.moved_elsewhere": 0.0,
                "draws.moved_untrained": 0.0,
            },
            {"unit.led_together": 0.5 * (1 - 0.5)},
        ),
    ),
    Case(
        "move_away",
        "no more officers are abroad than soldiers are left",
        {
            "unit.together": 3,
            "unit.abroad": 3,
            "turnover.reassignment_rate": 0.5,
            "unit.skill": 0.5,
            "draws.moved_together": 0.5,
        },
        {"unit.together": 2, "unit.abroad": 2, "pool.trained": 1, "pool.skill_sum": 0.5},
    ),
    Case(
        "pay_for_stabilisation",
        "a bonus for those held together",
        {**COHORTS, "personnel.stabilisation": 0.5, "turnover.stabilisation_bonus": 30.5},
        {"book.host_stabilisation": 915, "book.host_granted": 915},
    ),
    *by_hand(
        "send_officers",
        OFFICERS,
        (
            "those who are back bring skill, those who are away, abroad or in liaison, leave a gap",
            {},
            {
                "unit.abroad": 2,  # two of three came back, one of three went
                "unit.leadership": (0.5 + 0.2 * (0.54 * 0.275 - 0.5)) * (1.0 - 0.25) + 0.25,
            },
        ),
        (
            "where interests do not diverge posts go to the able",
            {"mechanisms.divergent_interests": 0.0},
            {
                "unit.abroad": 2,
                "unit.leadership": (0.5 + 0.2 * (0.6 * 0.275 - 0.5)) * (1.0 - 0.25) + 0.25,
            },
        ),
        (
            "no more can be away than all",
            {"host.liaison_officers": 15},
            {"unit.abroad": 2, "unit.leadership": (0.5 - 0.2 * 0.5) * (1.0 - 0.25) + 0.25},
        ),
        (
            "no more go than there are soldiers",
            {
                "unit.together": 1,
                "unit.elsewhere": 0,
                "unit.untrained": 0,
                "unit.abroad": 1,
                "draws.officers_back": 0.1,
            },
            {"unit.leadership": 0.5 + 0.2 * (0.54 * 0.575 - 0.5)},
        ),
    ),
    Case(
        "report_vacancies",
        "posts that neither a soldier nor a ghost fills, added to those of others",
        {"unit.strength": 110, **COHORTS, "unit.ghosts": 3, "pool.vacancies": 4},
        {"pool.vacancies": 11},
    ),
    Case("report_vacancies", "none where it is full", {"unit.strength": 99, **COHORTS}, {}),
    *by_hand(
        "recruit",
        RECRUITED,
        (
            "a twelfth of the year's, rounded by the draw, and no more than have a post",
            {},
            {
                "pool.untrained": 15,
                "pool.skill_sum": 1.0 + 7 * 0.2,
                "pool.origin_sum[0]": 4.7,
                "pool.origin_sum[1]": 6.75,
                "pool.origin_sum[2]": 8.55,
                "book.soldiers_recruited": 7,
                "book.host_recruitment": 703,
                "book.host_granted": 703,
            },
        ),
        (
            "all who are wanted where there is room",
            {"pool.vacancies": 90, "draws.recruits": 0.1},
            {
                "pool.untrained": 19,
                "pool.skill_sum": 1.0 + 11 * 0.2,
                "pool.origin_sum[0]": 5.1,
                "pool.origin_sum[1]": 7.75,
                "pool.origin_sum[2]": 11.15,
                "book.soldiers_recruited": 11,
                "book.host_recruitment": 1105,
                "book.host_granted": 1105,
            },
        ),
        ("nobody where more wait already than are wanted", {"pool.vacancies": 10}, {}),
    ),
    Case(
        "open_pool",
        "more wait than are wanted: each vacancy gets its part of either kind",
        {"pool.trained": 30, "pool.untrained": 10, "pool.skill_sum": 20.0, "pool.vacancies": 20},
        {"pool.mean_skill": 0.5, "pool.trained_for_each": 0.75, "pool.untrained_for_each": 0.25},
    ),
    Case(
        "open_pool",
        "fewer wait: all of them go",
        {"pool.trained": 30, "pool.untrained": 10, "pool.skill_sum": 10.0, "pool.vacancies": 80},
        {"pool.mean_skill": 0.25, "pool.trained_for_each": 0.375, "pool.untrained_for_each": 0.125},
    ),
    *by_hand(
        "receive",
        RECEIVES,
        (
            "newcomers dilute what is known, of soldiering, of the field and of vehicles; the pool keeps its mean",
            {},
            {
                "unit.elsewhere": 26,
                "unit.untrained": 7,
                "pool.trained": 24,
                "pool.untrained": 18,
                "pool.skill_sum": 12.5 - 8 * 0.25,
                "unit.skill": (85 * 0.6 + 8 * 0.25) / 93,
                "unit.habit": 0.5 * 85 / 93,
                "unit.kit_known[0]": 0.8 * 85 / 93,
                "unit.kit_known[2]": 0.4 * 85 / 93,
            },
        ),
        (
            "no more than there are posts for, the trained first",
            {"pool.trained_for_each": 0.8, "pool.untrained_for_each": 0.5},
            {
                "unit.elsewhere": 28,
                "unit.untrained": 7,
                "pool.trained": 22,
                "pool.untrained": 18,
                "pool.skill_sum": 12.5 - 10 * 0.25,
                "unit.skill": (85 * 0.6 + 10 * 0.25) / 95,
                "unit.habit": 0.5 * 85 / 95,
                "unit.kit_known[0]": 0.8 * 85 / 95,
                "unit.kit_known[2]": 0.4 * 85 / 95,
            },
        ),
        ("nobody where ghosts pass for soldiers", {"unit.ghosts": 15}, {}),
        (
            "whoever comes late takes what is left",
            {"pool.trained": 1, "pool.untrained": 0, "draws.untrained": 0.5},
            {
                "unit.elsewhere": 21,
                "pool.trained": 0,
                "pool.skill_sum": 12.25,
                "unit.skill": (85 * 0.6 + 0.25) / 86,
                "unit.habit": 0.5 * 85 / 86,
                "unit.kit_known[0]": 0.8 * 85 / 86,
                "unit.kit_known[2]": 0.4 * 85 / 86,
            },
        ),
    ),
)

CASES = CALENDAR + SECURITY + OPERATIONS_STEPS + TURNOVER
