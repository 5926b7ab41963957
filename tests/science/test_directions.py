"""Every lever, and every uncertainty whose meaning says which way it works, moves outcomes that way.

A row claims a sign; the test holds it against paired runs on common random numbers. What is too far from any outcome, or
the sum of several effects, is worked out by hand (`science/test_steps_by_hand.py`). Where the model contradicts
what a source claims, `CONTRADICTED` says so, and why; a contradiction that is gone is a failure too.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from ssa_sim.catalogue.entries import ParameterValue, lever_catalogue, structure_catalogue, uncertainty_catalogue
from ssa_sim.model.driver import run_months
from ssa_sim.model.history import summarise
from ssa_sim.model.noise import Noise, draw_noise
from ssa_sim.model.start import new_world, size_of
from ssa_sim.scenario.events import Event
from ssa_sim.scenario.schema import Scenario

ROOT = Path(__file__).parents[2]
UP, DOWN = 1, -1
REPLICATES, UNITS, SEED = 12, 40, 20130201
FEWER, PLAIN = 5, 8.0
"""So many replicates are enough where the mean is so many standard errors from zero: by chance once in 1,500 times, and three of
them in twelve replicates once in 160."""
NOTHING: Mapping[str, ParameterValue] = {}
LEVER_PATHS = {entry.path for entry in lever_catalogue()}
UNCERTAINTIES = {entry.path: entry for entry in uncertainty_catalogue()}


class Claim(NamedTuple):
    """Raising `path` from `low` to `high` moves `outcome` in the direction `sign`, on `ground`.

    `ground` sets other levers, uncertainties, `mechanisms.…` and `structures.…` in both runs; with `dated` False the levers hold their
    catalogue values for the whole period instead of following the baseline's events; `events` are added to both.
    What is slow to show takes more `replicates`.
    """

    path: str
    low: ParameterValue
    high: ParameterValue
    outcome: str
    sign: int
    why: str
    ground: Mapping[str, ParameterValue] = NOTHING
    dated: bool = True
    events: tuple[Event, ...] = ()
    replicates: int = REPLICATES


class Contradiction(NamedTuple):
    """A source's claim of which the model shows the opposite, and what in the model brings that about."""

    claim: Claim
    found: str


def over(
    path: str,
    outcome: str,
    sign: int,
    why: str,
    ground: Mapping[str, ParameterValue] = NOTHING,
    dated: bool = True,
    events: tuple[Event, ...] = (),
    replicates: int = REPLICATES,
) -> Claim:
    """A claim about an uncertainty over all that a scenario may set."""
    entry = UNCERTAINTIES[path]
    assert entry.allowed_low is not None
    assert entry.allowed_high is not None
    return Claim(path, entry.allowed_low, entry.allowed_high, outcome, sign, why, ground, dated, events, replicates)


MENTORS: dict[str, ParameterValue] = {"training.mentoring_share": 0.6, "training.casualty_cap": 50}
AT_TABLE: dict[str, ParameterValue] = {"coordination.participation": 1.0}
LED_BY_NEEDS: dict[str, ParameterValue] = {"donors.needs_weight": 0.8}
LED_BY_HOST: dict[str, ParameterValue] = {**AT_TABLE, "coordination.regime": "host_led"}
STRATEGY: dict[str, ParameterValue] = {"host.strategic_framework": 1.0}
WITH_KIT: dict[str, ParameterValue] = {"equipment.with_training": 1.0}
KEEN: dict[str, ParameterValue] = {"training.casualty_cap": 50, "training.mentoring_gain": 1.0}
MENTORS_AT_RISK: dict[str, ParameterValue] = {
    "training.mentoring_share": 0.4,
    "training.mentor_risk": 0.03,
    "training.mentoring_gain": 1.0,
}
MANY_GIFTS: dict[str, ParameterValue] = {"equipment.price": 20_000.0}
STANDARD: dict[str, ParameterValue] = {"equipment.standardisation": 1.0, "donors.needs_weight": 0.0}
SUPPORTED: dict[str, ParameterValue] = {"equipment.support_cover": 1.0, "donors.needs_weight": 0.0}
NO_WEAR: dict[str, ParameterValue] = {"mechanisms.breakdowns": False, "donors.needs_weight": 0.0}
PROGRAMMES = ("battalions", "sub_units", "leaders", "specialists", "trainers")
DETACHMENTS: dict[str, ParameterValue] = {"training.battalions_share": 0.0, "training.sub_units_share": 1.0}
TRAINERS: dict[str, ParameterValue] = {f"training.{name}_share": float(name == "trainers") for name in PROGRAMMES}
SPECIALISTS: dict[str, ParameterValue] = {f"training.{name}_share": float(name == "specialists") for name in PROGRAMMES}
MOBILE: dict[str, ParameterValue] = {"training.mobile_share": 1.0}
BUSY: dict[str, ParameterValue] = {"absorption.hours_a_project": 40.0}
# Beyond its capacity the host lets more than half of the projects fail: what projects bring shows below it.
WITHIN_CAPACITY: dict[str, ParameterValue] = {"host.project_cap": 45}
# What goes to the ministry alone must be within its part of the hours.
FEW_PROJECTS: dict[str, ParameterValue] = {"host.project_cap": 10}
# Under a lead partner more than half of the members leave, so that those who stay see as many duplicates as before.
LITTLE_TEMPTED: dict[str, ParameterValue] = {"coordination.temptation": 0.2}
TELL_ONE_ANOTHER: dict[str, ParameterValue] = {**AT_TABLE, "coordination.regime": "information"}
LED_BY_PARTNER: dict[str, ParameterValue] = {**AT_TABLE, "coordination.regime": "lead_partner"}
SPOILT: dict[str, ParameterValue] = {"structures.overload": "quality"}
DRIFTING: dict[str, ParameterValue] = {"structures.decay": "drift"}
HELD_AGAINST: dict[str, ParameterValue] = {"structures.coup_training": "raises"}
SMALL_STAY_OUT: dict[str, ParameterValue] = {**LED_BY_PARTNER, "structures.coordination_game": "small_stay_out"}
GIFTS_THAT_ARRIVE: dict[str, ParameterValue] = {**WITHIN_CAPACITY, **MANY_GIFTS}
TRACKED: dict[str, ParameterValue] = {"training.feedback": 1.0}
CONDITIONAL: dict[str, ParameterValue] = {"conditions.amount": 50_000_000, "conditions.indicators": 3}
# Where more is at stake reforms move, and by the end there is less to withhold.
TOO_LITTLE: dict[str, ParameterValue] = {"conditions.amount": 1_000_000}
STRICT: dict[str, ParameterValue] = {**CONDITIONAL, "conditions.credibility": 1.0}
RIGHTS: dict[str, ParameterValue] = {"population.rights_culture": 1.0}
CONSULTED: dict[str, ParameterValue] = {"population.consultation": 1.0}
EXPLAINED: dict[str, ParameterValue] = {"population.communication": 1.0}
BY_ZONE: dict[str, ParameterValue] = {"population.differentiation": 1.0}
STATE_RETURNS: dict[str, ParameterValue] = {"population.state_return": "simultaneous"}
ACCORD: dict[str, ParameterValue] = {"accord.in_force": True}
INTEGRATED: dict[str, ParameterValue] = {**ACCORD, "accord.integration": 1000}
FROM_THERE: dict[str, ParameterValue] = {"personnel.local_posting": 0.5}
SETTLED_TOGETHER: dict[str, ParameterValue] = {"partnership.consultation_framework": 1.0}
PUTSCH: dict[str, ParameterValue] = {"circumstances.coup": True}
ESTRANGED: dict[str, ParameterValue] = {
    **PUTSCH,
    "partnership.relations_base": 0.35,
    "partnership.expulsion_rate": 0.3,
    "population.disappointment": 0.05,
}
CALLED: dict[str, ParameterValue] = {"foreign.contractors": 2000}
EUROPEANS: dict[str, ParameterValue] = {"foreign.european_soldiers": 3000}
NEIGHBOURS: dict[str, ParameterValue] = {"foreign.regional_soldiers": 6000}
AGREED: dict[str, ParameterValue] = {"foreign.departure": "agreed"}
# War gives way behind a shield, and a ministry with less of a war and fewer partners on its hands has more time for reform.
WAR_TAKES_NO_TIME: dict[str, ParameterValue] = {"reforms.attention_lost": 0.0, "mechanisms.absorption_limit": False}
# Where the war goes on: the state withdraws, rivals come, and units are called from courses.
PRESSED: dict[str, ParameterValue] = {"circumstances.pressure_north": 0.1, "circumstances.pressure_centre": 0.1}
# Contractors who win ground make rivals less wanted, and who is told to go leaves rivals alone.
WAR_AS_BEFORE: dict[str, ParameterValue] = {"forces.contractors_fight": 0.5, "circumstances.expulsion_possible": False}
# The army loses more than it wins.
BEATEN: dict[str, ParameterValue] = {
    "operations.enemy_strength": 1.5,
    "circumstances.pressure_north": 0.2,
    "circumstances.pressure_centre": 0.2,
}
NOBODY_SHIELDS: dict[str, ParameterValue] = {"foreign.french_soldiers": 0, "foreign.regional_soldiers": 0}
# With rents at their weight most reforms are blocked: what speeds a reform shows where they weigh less.
REFORMS_MOVE: dict[str, ParameterValue] = {"reforms.rents_scale": 0.17}
# What reforms do shows where they are soon adopted and taken up.
REFORMS_USED: dict[str, ParameterValue] = {
    **REFORMS_MOVE,
    "reforms.inclination": 0.0,
    "reforms.staffs_base": 0.8,
    "reforms.step": 0.2,
    "reforms.rollout": 0.12,
}
# And where nobody weighs what they lose by them.
TAKEN_UP: dict[str, ParameterValue] = {**REFORMS_USED, "structures.reform_driver": "capacity"}
# No project waits for officers.
HOURS_ENOUGH: dict[str, ParameterValue] = {"mechanisms.absorption_limit": False}
DEPARTURE = (
    Event(
        date=date(2017, 1, 1),
        set={"foreign.un_soldiers": 0, "foreign.french_soldiers": 0, "foreign.regional_soldiers": 0},
    ),
)

LEVERS = (
    Claim("coordination.regime", "none", "information", "duplication", DOWN, "M21", AT_TABLE, replicates=36),
    Claim("coordination.regime", "information", "lead_partner", "duplication", DOWN, "M19", AT_TABLE | LITTLE_TEMPTED),
    Claim("coordination.regime", "information", "lead_partner", "giving_way", UP, "M19", AT_TABLE),
    Claim("coordination.regime", "information", "lead_partner", "coordination_members", DOWN, "F49; BARRETT1999", AT_TABLE),
    Claim("coordination.regime", "none", "host_led", "duplication", DOWN, "M19", AT_TABLE),
    Claim("coordination.regime", "none", "binding", "duplication", DOWN, "M19", AT_TABLE),
    Claim("coordination.regime", "lead_partner", "host_led", "need_alignment", UP, "M17; M19", AT_TABLE | STRATEGY),
    Claim("coordination.regime", "none", "binding", "need_alignment", UP, "M19", AT_TABLE | STRATEGY),
    Claim("coordination.forum", "none", "information", "duplication", DOWN, "F14; M21", AT_TABLE, dated=False, replicates=36),
    Claim("coordination.participation", 0.0, 1.0, "duplication", DOWN, "M20", {"coordination.regime": "binding"}),
    Claim("donors.needs_weight", 0.0, 1.0, "need_alignment", UP, "M10"),
    Claim("donors.dialogue_effort", 0.0, 0.3, "need_alignment", UP, "M11", LED_BY_NEEDS),
    Claim("donors.dialogue_effort", 0.0, 0.3, "vehicles", DOWN, "its cost: the project's own budget", NO_WEAR),
    Claim("training.course_weeks", 3.0, 26.0, "collective_skill", UP, "M23"),
    Claim("training.course_weeks", 12.0, 26.0, "collective_skill", UP, "M23"),
    Claim("training.course_weeks", 3.0, 12.0, "individual_skill", UP, "M23; F05"),
    Claim("training.course_weeks", 3.0, 26.0, "completions", DOWN, "F05: places are held for longer"),
    Claim("training.budget", 4_000_000, 12_000_000, "completions", UP, "F60: it pays for places", dated=False),
    Claim("training.budget", 4_000_000, 12_000_000, "mission_spent", UP, "F60", dated=False),
    Claim("training.trainers", 20, 120, "completions", UP, "F01: they bound the places"),
    Claim("training.trainers", 120, 250, "mission_spent", UP, "its cost"),
    Claim("donors.extra_budget", 0, 50_000_000, "aid_spent", UP, "F19: money is spent"),
    Claim("donors.extra_budget", 0, 50_000_000, "active_projects", UP, "M10"),
    Claim("training.course_weeks", 3.0, 26.0, "cost_per_completion", UP, "its cost: by trainee and week"),
    Claim("training.camp_places", 100, 1300, "completions", UP, "F04"),
    Claim("training.camp_places", 100, 1300, "mission_spent", UP, "its cost: by trainee and week"),
    Claim("training.battalions_share", 0.0, 1.0, "battalion_completions", UP, "F04", SPECIALISTS, dated=False),
    Claim("training.battalions_share", 0.0, 1.0, "battalion_drill", UP, "F04; M23", SPECIALISTS, dated=False),
    Claim("training.battalions_share", 0.0, 1.0, "collective_skill", UP, "F04; M23", SPECIALISTS, dated=False),
    Claim("training.sub_units_share", 0.0, 1.0, "trained_in_unit", UP, "F06", SPECIALISTS, dated=False),
    Claim("training.sub_units_share", 0.0, 1.0, "collective_skill", UP, "F06", SPECIALISTS, dated=False),
    Claim("training.leaders_share", 0.0, 1.0, "leadership", UP, "F06; M05", dated=False),
    Claim("training.specialists_share", 0.0, 1.0, "formations", UP, "F06", dated=False),
    Claim("training.trainers_share", 0.0, 1.0, "individual_skill", UP, "F06: they teach at rest", SPECIALISTS, dated=False),
    Claim("training.adviser_tour_months", 2.0, 36.0, "needs_articulated", UP, "F03: who settles in is listened to"),
    Claim("coordination.division", "none", "zones", "duplication", DOWN, "F50", TELL_ONE_ANOTHER, replicates=48),
    Claim("coordination.division", "none", "fleets", "kit_availability", UP, "F50; M14", TELL_ONE_ANOTHER, replicates=24),
    Claim("coordination.division", "none", "fleets", "kit_match", UP, "F50; M14", TELL_ONE_ANOTHER),
    Claim("training.recycling", "whole_unit", "newcomers", "trained_in_unit", UP, "M24", dated=False, replicates=72),
    Claim("training.recycling", "whole_unit", "newcomers", "battalion_completions", DOWN, "fewer go", dated=False),
    Claim("training.mobile_share", 0.0, 1.0, "completions", UP, "M04"),
    Claim("training.mobile_share", 0.0, 1.0, "mentor_casualties", UP, "M42: trainers away from the camp"),
    Claim("training.mobile_share", 0.0, 1.0, "mission_spent", UP, "instruction away costs more than the budget holds", {"training.away_cost": 1.5}),
    Claim("training.forward_presence", 0.0, 0.5, "completions", UP, "M04; M44", DETACHMENTS, dated=False),
    Claim("training.forward_presence", 0.0, 1.0, "mentor_casualties", UP, "M42: trainers exposed"),
    Claim("training.mentoring_share", 0.0, 0.4, "contests_won", UP, "M42", KEEN),
    Claim("training.mentoring_share", 0.0, 1.0, "mission_spent", UP, "its cost", {"training.casualty_cap": 50}),
    Claim("training.mentoring_share", 0.0, 1.0, "completions", DOWN, "they teach no course", {"training.casualty_cap": 50}),
    Claim("training.mentoring_share", 0.0, 1.0, "mentor_casualties", UP, "M42", {"training.casualty_cap": 50}),
    Claim("training.casualty_cap", 0, 50, "contests_won", UP, "M42", MENTORS_AT_RISK),
    Claim("training.casualty_cap", 0, 50, "mentor_casualties", UP, "M42", {"training.mentoring_share": 1.0}),
    Claim("training.contingent_rotation_months", 3.0, 36.0, "contingents", DOWN, "M22"),
    Claim("training.contingent_rotation_months", 3.0, 36.0, "mission_knowledge", UP, "M22: what it knew goes home"),
    Claim("training.contingent_rotation_months", 3.0, 36.0, "course_weeks_taught", UP, "M22: it has time to learn", TRACKED),
    Claim("training.common_doctrine", 0.0, 1.0, "doctrine_dispersion", DOWN, "M22"),
    Claim("training.common_doctrine", 0.0, 1.0, "doctrine_consistency", UP, "M22"),
    Claim("training.on_held_kit", 0.0, 1.0, "individual_skill", UP, "M27"),
    Claim("training.on_held_kit", 0.0, 1.0, "kit_match", UP, "M27"),
    Claim("training.adviser_posts_filled", 0.0, 1.0, "needs_articulated", UP, "F03"),
    Claim("training.adviser_posts_filled", 0.0, 1.0, "mission_spent", UP, "its cost"),
    Claim("equipment.with_training", 0.0, 1.0, "vehicles", UP, "M27; M28", {"mechanisms.breakdowns": False}),
    Claim("equipment.with_training", 0.0, 1.0, "equipment", UP, "M27; M28", replicates=36),
    Claim("equipment.with_training", 0.0, 1.0, "kit_match", UP, "M27"),
    Claim("equipment.with_training", 0.0, 1.0, "mission_spent", UP, "its cost"),
    Claim("equipment.support_cover", 0.0, 1.0, "kit_availability", UP, "M15", WITHIN_CAPACITY),
    Claim("equipment.support_cover", 0.0, 1.0, "abandoned", DOWN, "M15"),
    Claim("equipment.support_cover", 0.0, 1.0, "vehicles", DOWN, "its cost: fewer vehicles", NO_WEAR),
    Claim("equipment.standardisation", 0.0, 1.0, "kit_availability", UP, "M14", GIFTS_THAT_ARRIVE),
    Claim("equipment.standardisation", 0.0, 1.0, "abandoned", DOWN, "M14; M15", MANY_GIFTS, replicates=36),
    Claim("equipment.standardisation", 0.0, 1.0, "kit_match", UP, "M14; M27"),
    Claim("personnel.stabilisation", 0.0, 1.0, "trained_in_unit", UP, "F07; M24"),
    Claim("personnel.stabilisation", 0.0, 1.0, "retention_at_retraining", UP, "F07; M24", {"training.recycling": "whole_unit"}, dated=False),
    Claim("personnel.stabilisation", 0.0, 1.0, "host_spent", UP, "its cost"),
    Claim("personnel.recruits_per_year", 600, 6000, "soldiers", UP, "F18"),
    Claim("personnel.recruits_per_year", 600, 6000, "fill_rate", UP, "F18"),
    Claim("personnel.recruits_per_year", 600, 6000, "host_spent", UP, "its cost"),
    Claim("personnel.officers_abroad", 0.0, 0.5, "leadership", DOWN, "M05"),
    Claim("operations.tempo", 0.3, 0.9, "on_operations", UP, "F08"),
    Claim("operations.tempo", 0.3, 0.9, "condition", DOWN, "M03"),
    Claim("operations.tempo", 0.3, 0.9, "completions", DOWN, "M01"),
    Claim("operations.rotation_months", 3.0, 24.0, "condition", DOWN, "F09; M03"),
    Claim("host.liaison_officers", 0, 30, "needs_articulated", UP, "F13"),
    Claim("host.liaison_officers", 0, 30, "delivery", UP, "M16; F13", BUSY),
    Claim("host.liaison_officers", 0, 30, "host_spent", UP, "its cost"),
    Claim("host.strategic_framework", 0.0, 1.0, "needs_articulated", UP, "M07; M09"),
    Claim("host.strategic_framework", 0.0, 1.0, "need_alignment", UP, "M07; M09", LED_BY_HOST, replicates=24),
    Claim("host.project_cap", 10, 1000, "active_projects", UP, "M16"),
    Claim("host.project_cap", 10, 1000, "delivery", DOWN, "M16"),
    Claim("host.refusal", 0.0, 1.0, "need_alignment", UP, "M12"),
    Claim("host.refusal", 0.0, 1.0, "active_projects", DOWN, "M12"),
    Claim("host.maintenance_budget", 0, 2_000_000, "kit_availability", UP, "M15"),
    Claim("host.maintenance_budget", 0, 2_000_000, "host_spent", UP, "its cost"),
    Claim("foreign.un_soldiers", 0, 20_000, "insecurity", DOWN, "F20; M64", dated=False),
    Claim("foreign.un_soldiers", 0, 20_000, "deaths", DOWN, "F20; M64", dated=False),
    Claim("foreign.un_soldiers", 0, 20_000, "contests_won", UP, "F20; M29", dated=False),
    Claim("foreign.french_soldiers", 0, 10_000, "insecurity", DOWN, "F20; M64"),
    Claim("foreign.french_soldiers", 0, 10_000, "mission_knowledge", UP, "M25: the only reports on units"),
)  # fmt: skip

POLITICS = (
    Claim("donors.institutional_share", 0.0, 1.0, "reform_hr", UP, "M39", TAKEN_UP | HOURS_ENOUGH, replicates=48),
    Claim("donors.internal_security_weight", 0.0, 5.0, "police_completions", UP, "F19; F61"),
    Claim("donors.internal_security_weight", 0.0, 5.0, "police_presence", UP, "F19; F33"),
    Claim("donors.internal_security_weight", 0.0, 5.0, "ready_soldiers", DOWN, "the army's share of the same money"),
    Claim("personnel.officers_per_year", 0, 5000, "officers", UP, "LPSI2017"),
    Claim("personnel.officers_per_year", 0, 5000, "police_presence", UP, "LPSI2017; F33"),
    Claim("personnel.officers_per_year", 0, 5000, "host_spent", UP, "its cost"),
    Claim("donors.presence", 0.0, 1.0, "active_partners", UP, "F12"),
    Claim("donors.presence", 0.0, 1.0, "ownership", DOWN, "M13; M40"),
    Claim("donors.presence", 0.0, 1.0, "individual_skill", UP, "F12: they train, too"),
    Claim("donors.presence", 0.5, 1.0, "duplication", UP, "F11"),
    Claim("donors.presence", 0.5, 1.0, "projects_late", UP, "M16"),
    Claim("donors.needs_weight", 0.0, 1.0, "ownership", UP, "M13"),
    Claim("training.mission", False, True, "completions", UP, "F04; F06"),
    Claim("training.mission", False, True, "readiness", UP, "F04; M58", replicates=48),
    Claim("training.mission", False, True, "mission_spent", UP, "its cost"),
    Claim("training.feedback", 0.0, 1.0, "mission_knowledge", UP, "M25"),
    Claim("training.feedback", 0.0, 1.0, "course_weeks_taught", UP, "M44: drill is found shallow"),
    Claim("training.feedback", 0.0, 1.0, "collective_skill", UP, "M25; M44", replicates=72),
    Claim("training.feedback", 0.0, 1.0, "mission_spent", UP, "its cost"),
    Claim("training.mandate_review_months", 3, 60, "course_weeks_taught", DOWN, "M44", TRACKED),
    Claim("training.mandate_review_months", 3, 60, "collective_skill", DOWN, "M44", TRACKED),
    Claim("personnel.reassignment_with_hr_system", 0.0, 1.0, "trained_in_unit", DOWN, "F17; M24", REFORMS_USED),
    Claim("personnel.reassignment_with_hr_system", 0.0, 1.0, "readiness", DOWN, "F17; M24", REFORMS_USED),
    Claim("equipment.with_training", 0.0, 1.0, "rival_share", DOWN, "M28", PRESSED, replicates=36),
    Claim("host.strategic_framework", 0.0, 1.0, "ownership", UP, "M07; M09"),
    Claim("host.project_cap", 10, 1000, "ownership", DOWN, "M40"),
    Claim("foreign.un_soldiers", 0, 20_000, "reliance", UP, "M29"),
    Claim("foreign.un_soldiers", 0, 20_000, "will", DOWN, "M29"),
    Claim("foreign.un_soldiers", 0, 20_000, "reform_files", DOWN, "M29", WAR_TAKES_NO_TIME | REFORMS_MOVE),
    Claim("foreign.un_soldiers", 0, 20_000, "approval_north", UP, "F27; M64"),
    Claim("foreign.g5_soldiers", 0, 10_000, "threat_centre", DOWN, "F72; M64", dated=False),
    Claim("foreign.european_soldiers", 0, 5000, "threat_north", DOWN, "M64"),
    Claim("foreign.european_soldiers", 0, 5000, "leadership", UP, "M42: they go with units"),
    Claim("foreign.regional_soldiers", 0, 10_000, "insecurity", DOWN, "M64"),
    Claim("foreign.regional_soldiers", 0, 10_000, "forces_spent", UP, "its cost"),
    Claim("foreign.contractors", 0, 3000, "civilian_harm", UP, "M46; LEES2023"),
    Claim("foreign.contractors", 0, 3000, "relations", DOWN, "M56"),
    Claim("foreign.contractors", 0, 3000, "rival_share", UP, "M28", WAR_AS_BEFORE, replicates=36),
    Claim("foreign.contractors", 0, 3000, "approval_centre", DOWN, "M46"),
    Claim("foreign.contractors", 0, 3000, "host_spent", UP, "its cost"),
    Claim("foreign.contractors_if_expelled", 0, 3000, "contractors", UP, "M65: who is called in their place", ESTRANGED),
    Claim("foreign.departure_months", 1, 60, "insecurity", DOWN, "M63", events=DEPARTURE, dated=False),
    Claim("foreign.departure_months", 1, 60, "state_presence", UP, "M63", AGREED, events=DEPARTURE, dated=False),
    Claim("foreign.departure", "unilateral", "agreed", "insecurity", DOWN, "M63", events=DEPARTURE, dated=False),
    Claim("foreign.departure", "unilateral", "agreed", "state_presence", UP, "M63", events=DEPARTURE, dated=False),
    Claim("foreign.departure", "unilateral", "agreed", "relations", UP, "M56; M65", events=DEPARTURE, dated=False, replicates=24),
    Claim("foreign.departure", "unilateral", "demanded", "relations", UP, "F35; M65", events=DEPARTURE, dated=False),
    Claim("foreign.departure", "demanded", "agreed", "state_presence", UP, "M63", events=DEPARTURE, dated=False),
    Claim("conditions.amount", 14_000_000, 200_000_000, "reform_files", UP, "M34", dated=False),
    Claim("conditions.amount", 14_000_000, 200_000_000, "reforms_blocked", DOWN, "M33; M34", dated=False),
    Claim("conditions.amount", 0, 200_000_000, "aid_spent", UP, "its cost: what is paid", dated=False),
    Claim("conditions.indicators", 3, 30, "reform_files", DOWN, "F16; M34: too many at once", CONDITIONAL, dated=False),
    Claim("conditions.credibility", 0.0, 1.0, "reform_files", UP, "M34", CONDITIONAL, dated=False),
    Claim("conditions.credibility", 0.0, 1.0, "conditions_withheld", UP, "M34", CONDITIONAL, dated=False),
    Claim("conditions.credibility", 0.0, 1.0, "relations", DOWN, "M36; M56", CONDITIONAL | TOO_LITTLE, dated=False),
    Claim("population.rights_culture", 0.0, 1.0, "abuses", DOWN, "M46; M61"),
    Claim("population.rights_culture", 0.0, 1.0, "trust", UP, "M46; M49"),
    Claim("population.rights_culture", 0.0, 1.0, "insecurity", DOWN, "M46; M49"),
    Claim("population.consultation", 0.0, 1.0, "grievance", DOWN, "M52"),
    Claim("population.consultation", 0.0, 1.0, "self_defence", DOWN, "M53"),
    Claim("population.communication", 0.0, 1.0, "approval", UP, "M55"),
    Claim("population.communication", 0.0, 1.0, "relations", UP, "M55; M56"),
    Claim("population.differentiation", 0.0, 1.0, "trust_north", UP, "forces near people"),
    Claim("population.differentiation", 0.0, 1.0, "grievance", DOWN, "M47"),
    Claim("population.differentiation", 0.0, 1.0, "self_defence", DOWN, "M50; M53"),
    Claim("population.differentiation", 0.0, 1.0, "aid_spent", UP, "its cost"),
    Claim("population.state_return", "none", "simultaneous", "state_presence", UP, "F33; M62"),
    Claim("population.state_return", "none", "sequential", "state_presence", UP, "F33; M62"),
    Claim("population.state_return", "none", "simultaneous", "insecurity", DOWN, "M45"),
    Claim("population.state_return", "none", "simultaneous", "grievance", DOWN, "M45"),
    Claim("population.state_return", "none", "simultaneous", "aid_spent", UP, "its cost"),
    Claim("population.state_return", "sequential", "simultaneous", "state_presence_north", UP, "M62"),
    Claim("population.state_return", "sequential", "simultaneous", "deaths", DOWN, "M62"),
    Claim("partnership.consultation_framework", 0.0, 1.0, "ownership", UP, "M17"),
    Claim("partnership.consultation_framework", 0.0, 1.0, "relations", UP, "M56"),
    Claim("circumstances.coup", False, True, "coups", UP, "F34"),
    Claim("circumstances.coup", False, True, "ministers", UP, "M06"),
    Claim("circumstances.coup", False, True, "coup_fear", UP, "M30"),
    Claim("circumstances.expulsion_possible", False, True, "expulsions", UP, "F35; M65", ESTRANGED),
    Claim("circumstances.expulsion_possible", False, True, "foreign_soldiers", DOWN, "M65", ESTRANGED),
    Claim("circumstances.pressure_north", -0.1, 0.2, "threat_north", UP, "an offensive"),
    Claim("circumstances.pressure_north", -0.1, 0.2, "partners_ever", UP, "M40; F12"),
    Claim("circumstances.pressure_north", -0.1, 0.2, "ownership", DOWN, "M40"),
    Claim("circumstances.pressure_centre", -0.1, 0.2, "threat_centre", UP, "an offensive"),
    Claim("circumstances.pressure_centre", -0.1, 0.2, "state_presence_centre", DOWN, "M45"),
    Claim("circumstances.pressure_centre", -0.1, 0.2, "will", UP, "M32: a shield takes it away", NOBODY_SHIELDS, dated=False),
    Claim("circumstances.pressure_centre", -0.1, 0.2, "needs_articulated", DOWN, "M40"),
    Claim("circumstances.pressure_south", -0.1, 0.2, "threat_south", UP, "an offensive"),
    Claim("circumstances.pressure_south", -0.1, 0.2, "deaths", UP, "F23"),
    Claim("circumstances.vehicle_gift", 0, 5, "vehicles", UP, "M14"),
    Claim("circumstances.vehicle_gift", 0, 5, "kit_availability", DOWN, "M14; M15", replicates=36),
    Claim("circumstances.vehicle_gift", 0, 5, "abandoned", UP, "M15"),
    Claim("circumstances.vehicle_gift", 0, 5, "aid_spent", UP, "its cost"),
    Claim("circumstances.rival_offer", 0.0, 5.0, "rival_share", UP, "M28"),
)  # fmt: skip

INTERESTS = (
    over("internal_security.leaving_rate", "officers", DOWN, "F45"),
    over("internal_security.killed_rate", "officers", DOWN, "where there is violence"),
    over("internal_security.withdrawal_pace", "police_presence_north", DOWN, "M45"),
    over("internal_security.posting_pace", "police_presence", UP, "F33"),
    over("internal_security.skill_fading", "police_presence", DOWN, "AUDITORS2018"),
    over("internal_security.own_means", "police_presence", UP, "LPSI2017"),
    over("internal_security.means_wear", "police_presence", DOWN, "AUDITORS2018; F55"),
    over("internal_security.untrained_effect", "police_presence", UP, "what officers do without aid"),
    over("internal_security.course_cost", "police_completions", DOWN, "F61"),
    over("internal_security.course_weeks", "police_completions", DOWN, "longer courses for the same money"),
    over("internal_security.release_share", "police_completions", UP, "who can be spared"),
    over("internal_security.means_scale", "police_presence", DOWN, "what means cost"),
    over("population.police_enough", "state_presence", DOWN, "F33; M61"),
    over("population.trust_police", "trust", UP, "F26"),
    over("population.arming_police", "self_defence", DOWN, "M53"),
    over("interests.will_base", "reform_hr", UP, "M29; BIDDLE2018", REFORMS_USED),
    over("interests.will_base", "reform_files", UP, "M29; BIDDLE2018"),
    over("interests.ownership_gain", "will", UP, "M13"),
    over("interests.alarm", "will", UP, "M32"),
    over("interests.moral_hazard", "reform_files", DOWN, "M29", REFORMS_MOVE),
    over("interests.fear_weight", "will", DOWN, "M30"),
    over("interests.fear_base", "coup_fear", UP, "F21; M30"),
    over("interests.fear_gain", "will", DOWN, "M30"),
    over("interests.reliance_half", "reliance", DOWN, "M29: soldiers for half"),
    over("interests.coup_base", "coup_hazard", UP, "F21"),
    over("operations.enemy_strength", "coup_hazard", UP, "M31: defeats"),
    over("interests.coup_neglect", "coup_hazard", UP, "M31"),
    over("reforms.diverted", "coup_hazard", UP, "M31; M38"),
    over("interests.coup_training", "coup_hazard", UP, "SAVAGE2017, contested", HELD_AGAINST),
    over("interests.coup_memory", "coup_fear", UP, "F21"),
    over("interests.months_since_coup", "coup_fear", DOWN, "F21"),
    over("interests.coup_estrangement", "relations", DOWN, "M56", PUTSCH, replicates=36),
    over("interests.suspension_months", "completions", DOWN, "F34", PUTSCH),
    over("reforms.inclination", "reform_files", UP, "F17"),
    over("reforms.will_gain", "reform_files", UP, "BIDDLE2018", REFORMS_MOVE),
    over("reforms.skimmed", "reform_files", DOWN, "M33"),
    over("reforms.skimmed", "condition", DOWN, "M33: less than full pay"),
    over("reforms.diverted", "reform_files", DOWN, "M33; M38"),
    over("reforms.diverted", "reforms_blocked", UP, "F17; M33"),
    over("reforms.supplies", "rents", UP, "M38"),
    over("reforms.rents_scale", "reform_files", UP, "money for one unit of resistance"),
    over("reforms.pay_morale", "desertions", UP, "M33"),
    over("reforms.staffs_base", "reform_files", UP, "M35", REFORMS_MOVE),
    over("reforms.settling_months", "reform_files", DOWN, "M06", REFORMS_MOVE),
    over("reforms.attention_lost", "reform_files", DOWN, "M02", REFORMS_MOVE, replicates=36),
    over("reforms.step", "reform_files", UP, "M33", REFORMS_MOVE),
    over("reforms.lost", "reform_files", DOWN, "M06", REFORMS_MOVE),
    over("reforms.rents_in_charge", "reform_files", DOWN, "M33: a veto of those who would have to carry it out", {"reforms.rents_scale": 0.05}),
    over("reforms.rents_in_regions", "reform_hr", DOWN, "M33; PRITCHETT2013: adopted, not used", REFORMS_USED | {"reforms.rents_scale": 0.05}),
    over("reforms.money_passed", "reform_files", UP, "M34: who feels the money", CONDITIONAL, dated=False),
    over("calendar.chief_change_rate", "reform_files", DOWN, "F15; M06", REFORMS_MOVE),
    over("calendar.office_change_rate", "reform_files", DOWN, "M06", REFORMS_MOVE),
    over("calendar.office_change_rate", "office_changes", UP, "M06"),
    over("interests.coup_shield", "coup_hazard", DOWN, "ALLEN2023"),
    over("reforms.blocked_below", "reforms_blocked", UP, "F17"),
    over("reforms.required", "conditions_withheld", UP, "F16", CONDITIONAL, dated=False),
    over("reforms.belief_start", "reform_files", UP, "M34", CONDITIONAL | {"reforms.rents_scale": 0.05}, dated=False, replicates=24),
    over("reforms.resentment_months", "relations", DOWN, "M36", STRICT, dated=False),
    over("reforms.audit_gain", "ghosts", DOWN, "M33", REFORMS_USED),
    over("reforms.wait_gain", "kit_availability", UP, "F17: parts come sooner", TAKEN_UP, replicates=36),
    over("calendar.minister_change_rate", "reform_files", DOWN, "M06", REFORMS_MOVE),
    over("turnover.ghost_rate", "reform_files", DOWN, "M33"),
    over("needs.data_gain", "needs_articulated", UP, "M35", REFORMS_USED),
    over("training.academy_resistance", "individual_skill", DOWN, "M26", TRAINERS | {"training.camp_places": 30}),
    over("absorption.mentoring_pace", "individual_skill", UP, "M42"),
    Claim("operations.release", 0.0, 1.0, "completions", UP, "M01"),
    Claim("training.recycling", "none", "newcomers", "completions", UP, "F07", dated=False),
    Claim("host.refusal", 0.0, 0.8, "need_alignment", UP, "M12", LED_BY_NEEDS),
    over("operations.ungoverned", "deaths", UP, "M43"),
    over("offers.impatience", "need_alignment", DOWN, "M18", LED_BY_NEEDS),
    over("offers.urgency", "partner_completions", UP, "M41"),
    over("offers.refusal_heard", "need_alignment", UP, "M12", {"host.refusal": 0.8}),
    over("needs.asking", "need_alignment", UP, "M11", {"donors.needs_weight": 1.0}),
    over("absorption.state_weight", "formations", DOWN, "M37"),
    over("absorption.hours_a_vehicle", "absorption_load", UP, "M16"),
    over("equipment.drivers_share", "kit_availability", UP, "M16"),
    over("interests.neglect", "kit_availability", DOWN, "M29; M31"),
    over("interests.loyalty", "leadership", DOWN, "M30"),
    over("turnover.best_abroad", "leadership", DOWN, "M05"),
    over("absorption.memory_months", "needs_articulated", UP, "M37: what advice leaves fades later"),
)  # fmt: skip

PEOPLE = (
    over("population.trust_base", "trust", UP, "F26"),
    over("population.trust_results", "trust", UP, "M55"),
    over("population.trust_service", "trust", UP, "M61", RIGHTS),
    over("population.trust_abuse", "trust", DOWN, "M46"),
    over("population.abuse_harm", "trust", DOWN, "M46"),
    over("population.abuse_weight", "insecurity", UP, "M46; LYALL2009"),
    over("population.approval_gain", "approval", UP, "M64"),
    over("population.approval_gain", "insecurity", DOWN, "M64: people tell what they know"),
    over("population.communication_gain", "approval", UP, "M55", EXPLAINED),
    over("population.disappointment", "approval", DOWN, "M55"),
    over("population.disappointment", "relations", DOWN, "M55"),
    over("population.absence_weight", "grievance", UP, "M45: where the state withdraws", PRESSED),
    over("population.works_harm", "grievance", UP, "M52"),
    over("population.consultation_gain", "grievance", DOWN, "M52", CONSULTED),
    over("population.livelihoods_gain", "grievance", DOWN, "M47; M54", BY_ZONE),
    over("population.arming", "self_defence", UP, "M53"),
    over("population.arming", "insecurity", UP, "M50"),
    over("population.disarming", "self_defence", DOWN, "F28"),
    over("population.dialogue_weight", "self_defence", DOWN, "M53", CONSULTED),
    over("population.return_pace", "state_presence", UP, "F33"),
    over("population.return_effort", "state_presence", UP, "F33", STATE_RETURNS),
    over("population.withdrawal_pace", "state_presence", DOWN, "F30; M45"),
    over("population.withdrawal_pace", "insecurity", UP, "M45"),
    over("population.vacuum_loss", "state_presence", DOWN, "M63", events=DEPARTURE, dated=False),
    over("population.rights_effect", "abuses", DOWN, "M61", RIGHTS),
    over("population.rights_cost", "aid_spent", UP, "a cost", RIGHTS),
    over("population.consultation_cost", "aid_spent", UP, "a cost", CONSULTED),
    over("population.communication_cost", "aid_spent", UP, "a cost", EXPLAINED),
    over("population.differentiation_cost", "aid_spent", UP, "a cost", BY_ZONE),
    over("population.return_cost", "aid_spent", UP, "a cost", STATE_RETURNS),
    over("security.vacuum_effect", "insecurity", UP, "M63", events=DEPARTURE, dated=False),
    over("security.handover_months", "state_presence", DOWN, "M63: months for 63%", AGREED, events=DEPARTURE, dated=False),
    over("partnership.ownership_base", "ownership", UP, "M13"),
    over("partnership.ownership_clarity", "ownership", UP, "M07", STRATEGY),
    over("partnership.ownership_fit", "ownership", UP, "M13"),
    over("partnership.own_means", "ownership", UP, "M13: what the host does itself fits"),
    over("partnership.ownership_consulted", "ownership", UP, "M17", SETTLED_TOGETHER),
    over("partnership.ownership_crowded", "ownership", DOWN, "M40"),
    over("partnership.relations_base", "relations", UP, "M56"),
    over("partnership.relations_approval", "relations", UP, "M55: more approve than not"),
    over("partnership.relations_results", "relations", DOWN, "M55: the army loses more than it wins", BEATEN),
    over("partnership.relations_consulted", "relations", UP, "M17; M56", SETTLED_TOGETHER),
    over("partnership.interference", "relations", DOWN, "M36; M56", STRICT, dated=False),
    over("partnership.desertion", "relations", DOWN, "M63", events=DEPARTURE, dated=False),
    over("partnership.rival_pull", "rival_share", UP, "M28"),
    over("learning.access_base", "mission_knowledge", UP, "M36", TRACKED),
    over("learning.shield_reports", "mission_knowledge", UP, "M25"),
    over("learning.months_a_report", "mission_knowledge", DOWN, "M25", TRACKED),
    over("learning.reports_needed", "mission_knowledge", DOWN, "M44: reports for 63%", TRACKED),
    over("learning.memory_months", "mission_knowledge", UP, "M22", TRACKED),
    over("learning.handover_loss", "mission_knowledge", DOWN, "M22", TRACKED),
    over("learning.handover_loss", "course_weeks_taught", DOWN, "M22; M44", TRACKED),
    over("learning.step", "course_weeks_taught", UP, "M44", TRACKED),
    over("learning.most_weeks", "course_weeks_taught", UP, "M44", TRACKED),
    over("learning.tracking_cost", "mission_spent", UP, "a cost", TRACKED),
)  # fmt: skip

CONTRADICTED = (
    Contradiction(
        Claim("donors.presence", 0.5, 1.0, "readiness", DOWN, "M16; M60"),
        "Twice as many partners overload the host, and half of their projects end late. What they bring all the same, "
        "soldiers trained for a few weeks, vehicles, support in the zones, is worth more than the hours that they take.",
    ),
    Contradiction(
        Claim("training.course_weeks", 12.0, 26.0, "individual_skill", UP, "M23"),
        "Who is on a longer course learns more, but less and less by the week, and two in five come. Collective "
        "skill, which begins where basic skill ends, gains all the same (see the row on it).",
    ),
    Contradiction(
        Claim("training.feedback", 0.0, 1.0, "individual_skill", UP, "M25; M44"),
        "It learns that drill is shallow, and lengthens courses by half: a quarter fewer soldiers complete one, and who comes "
        "gains drill. Collective skill and readiness rise, skill of one's own falls by a little.",
    ),
    Contradiction(
        Claim("circumstances.vehicle_gift", 0, 20, "kit_match", DOWN, "M14; M27", replicates=24),
        "Gifts enter service sooner where soldiers know the type, and on operations they come to know what works there: "
        "of more vehicles some always work. What they do not know stays in depots, which shows in availability.",
    ),
    Contradiction(
        Claim("donors.institutional_share", 0.0, 1.0, "reform_files", UP, "M39", LED_BY_NEEDS | REFORMS_MOVE),
        "All projects then ask for hours of the ministry, which has three tenths of them. Its officers have no time left "
        "for reform or for advisers, the host owns less of what is done, and wills less.",
    ),
    Contradiction(
        Claim(
            "donors.institutional_share",
            0.0,
            1.0,
            "reform_files",
            UP,
            "M39",
            FEW_PROJECTS | LED_BY_NEEDS | REFORMS_MOVE,
        ),
        "Ten projects at a time, all at the ministry, are enough for that. The claim shows, faintly, where no project waits "
        "for officers and nobody weighs what reforms cost him: see the row on it.",
    ),
    Contradiction(
        Claim("training.forward_presence", 0.0, 0.5, "completions", UP, "M04; M44", replicates=24),
        "Distance keeps detachments away, not battalions that are called: they are brought to the camp whole. Half of the "
        "places are then where they cannot all sit, and at forward sites nobody from near the camp. With detachments the "
        "claim holds: see the row on it.",
    ),
    Contradiction(
        Claim("circumstances.pressure_centre", -0.1, 0.2, "need_alignment", DOWN, "M40", replicates=48),
        "A nearer war leaves more unmet: care of the wounded, clearing of mines, police where the state withdrew. More of "
        "what partners offer for their own reasons then meets something that is lacking.",
    ),
    Contradiction(
        Claim("donors.institutional_share", 0.0, 1.0, "delivery", UP, "M39; M41"),
        "An institutional project runs four to six times as long as a course or a gift, and takes hours of the ministry "
        "alone. With the number of offers as it is, more run side by side, and all of them wait longer.",
    ),
)

PARTNERS = (
    over("calendar.minister_change_rate", "ministers", UP, "F15"),
    over("calendar.minister_change_rate", "needs_articulated", DOWN, "M06", STRATEGY),
    over("calendar.clarity_lost", "needs_articulated", DOWN, "M06", STRATEGY),
    over("calendar.clarity_speed", "needs_articulated", UP, "M07", STRATEGY | {"calendar.clarity_lost": 0.8}),
    over("calendar.entry_rate", "partners_ever", UP, "M40; F12"),
    over("needs.articulation_base", "needs_articulated", UP, "M09"),
    over("needs.clarity_gain", "needs_articulated", UP, "M07"),
    over("needs.adviser_gain", "needs_articulated", UP, "F03"),
    over("needs.liaison_gain", "needs_articulated", UP, "F13", {"host.liaison_officers": 10}),
    over("needs.liaison_scale", "needs_articulated", DOWN, "F13: officers for 63%", {"host.liaison_officers": 6}),
    over("needs.insight_base", "need_alignment", UP, "M11", LED_BY_NEEDS),
    over("needs.dialogue_scale", "need_alignment", DOWN, "M11: dialogue for 63%", LED_BY_NEEDS | {"donors.dialogue_effort": 0.05}),
    over("needs.insight_speed", "need_alignment", UP, "M11", LED_BY_NEEDS | {"donors.dialogue_effort": 0.3}),
    over("needs.staff_months", "need_alignment", UP, "M22", LED_BY_NEEDS | {"donors.dialogue_effort": 0.3}),
    over("needs.handover_loss", "need_alignment", DOWN, "M22", LED_BY_NEEDS | {"donors.dialogue_effort": 0.3}),
    over("offers.rate", "active_projects", UP, "F10"),
    over("offers.year_end_pressure", "active_projects", UP, "M10"),
    over("coordination.lead_authority", "duplication", DOWN, "M19", LED_BY_PARTNER),
    over("coordination.lead_authority", "giving_way", UP, "M19", LED_BY_PARTNER),
    over("coordination.host_veto", "active_projects", DOWN, "M12; M17", LED_BY_HOST),
    over("coordination.host_veto", "duplication", DOWN, "M12; M17", LED_BY_HOST),
    over("coordination.visibility_loss", "giving_way", DOWN, "M10; M19", LED_BY_PARTNER),
    over("coordination.reciprocity", "giving_way", UP, "M19; HALONEN2004", LED_BY_PARTNER, replicates=36),
    over("coordination.temptation", "coordination_members", DOWN, "F49", LED_BY_PARTNER),
    over("coordination.exit_rate", "coordination_members", DOWN, "M18: they leave sooner", LED_BY_PARTNER),
    over("coordination.group_half", "coordination_members", UP, "BARRETT1999: partners for half", LED_BY_PARTNER),
    over("coordination.small_budget", "coordination_members", DOWN, "ROODMANGAME2006", SMALL_STAY_OUT),
    over("coordination.agency_rivalry", "duplication", UP, "M20", AT_TABLE | {"coordination.regime": "lead_partner"}),
    over("needs.parts_memory_months", "parts_needed", UP, "M15; F55"),
    over("absorption.hours_a_project", "absorption_load", UP, "M16"),
    over("absorption.hours_a_project", "delivery", DOWN, "M16"),
    over("absorption.hours_a_project", "needs_articulated", DOWN, "M16; M35"),
    over("absorption.mission_hours", "absorption_load", UP, "M16"),
    over("absorption.staff_hours", "delivery", UP, "M35"),
    over("absorption.hours_an_officer", "delivery", UP, "F13", BUSY | {"host.liaison_officers": 10}),
    over("absorption.liaison_cost", "host_spent", UP, "a cost", {"host.liaison_officers": 30}),
    over("absorption.overload", "money_rotting", UP, "M16; F48", SPOILT | BUSY),
    over("absorption.hours_an_adviser", "absorption_load", UP, "F03"),
    over("absorption.meeting_hours", "absorption_load", UP, "F14", LED_BY_PARTNER),
    over("absorption.formation_scale", "formations", DOWN, "EUR for 63%"),
    over("absorption.ministry_scale", "needs_articulated", DOWN, "EUR for 63%"),
    over("absorption.longest", "money_waiting", UP, "F47: late projects are not given up so soon"),
    over("absorption.institution_gain", "absorption_load", DOWN, "M39", LED_BY_NEEDS),
    over("absorption.course_cost", "partner_completions", DOWN, "a cost"),
    over("absorption.partner_weeks", "individual_skill", UP, "M23", WITHIN_CAPACITY),
    over("absorption.release_share", "partner_completions", UP, "M01"),
)  # fmt: skip

ARMY = (
    over("operations.recall_rate", "completions", DOWN, "M01; M02", PRESSED, dated=False),
    over("operations.fatigue_rate", "condition", DOWN, "M03; F09"),
    over("operations.fatigue_rate", "departures", UP, "M24: exhausted units leave"),
    over("operations.recovery_rate", "condition", UP, "M03"),
    over("operations.facilities_gain", "condition", UP, "good facilities", LED_BY_NEEDS),
    over("operations.contact_rate", "casualties", UP, "F08"),
    over("operations.foreign_support", "contests_won", UP, "F20; M29"),
    over("operations.foreign_support", "casualties", DOWN, "F20; M29"),
    over("operations.enemy_strength", "contests_won", DOWN, "their strength"),
    over("operations.enemy_strength", "casualties", UP, "their strength"),
    over("operations.casualty_rate", "casualties", UP, "F23"),
    over("operations.vehicle_loss", "vehicles", DOWN, "M51"),
    over("operations.medical_effect", "casualties", DOWN, "lives saved"),
    over("operations.air_effect", "contests_won", UP, "strength gained"),
    over("operations.experience", "individual_skill", UP, "skill gained"),
    over("operations.desertion_rate", "desertions", UP, "ATES2014"),
    over("operations.required_strength", "insecurity", UP, "covers less", {"security.army_effect": 0.3}),
    over("operations.initial_held", "positions_held", UP, "where it began"),
    over("operations.abuse_rate", "abuses", UP, "M46"),
    over("turnover.leaving_rate", "departures", UP, "M24"),
    over("turnover.reassignment_rate", "trained_in_unit", DOWN, "F07; M24"),
    over("turnover.ghost_rate", "ghosts", UP, "M33"),
    over("turnover.audit_rate", "ghosts", DOWN, "M33"),
    over("turnover.ghost_share", "fill_rate", DOWN, "M33: ghosts pass for soldiers"),
    over("turnover.deployment_jump", "departures", UP, "F45"),
    over("turnover.leader_moves", "collective_skill", DOWN, "M24; F44: drill goes with its leaders"),
    over("turnover.recruit_skill", "individual_skill", UP, "what recruits bring"),
    over("turnover.recruit_cost", "host_spent", UP, "a cost"),
    over("turnover.leadership_base", "leadership", UP, "M05"),
    over("turnover.leadership_base", "abuses", DOWN, "M46"),
    over("turnover.officer_return_rate", "leadership", UP, "M05"),
    over("turnover.officer_gain", "leadership", UP, "M05"),
    over("turnover.stabilisation_bonus", "host_spent", UP, "a cost", {"personnel.stabilisation": 1.0}),
    over("security.contagion", "insecurity", UP, "M45; M46"),
    over("security.grievance_centre", "insecurity", UP, "M46; M47"),
    over("security.self_defence_centre", "insecurity", UP, "M50"),
    over("security.state_presence_centre", "insecurity", DOWN, "M45"),
    over("security.spillover", "threat_centre", UP, "F24; M65"),
    over("security.neighbours", "insecurity", UP, "M65"),
    over("security.shield_effect", "insecurity", DOWN, "F27; M64"),
    over("security.shield_half", "insecurity", UP, "soldiers for half the effect"),
    over("security.army_effect", "insecurity", DOWN, "M58"),
    over("security.mines_effect", "completions", DOWN, "M51"),
    over("security.mines_effect", "insecurity", UP, "M51", {"security.army_effect": 0.3}),
    over("security.deaths_centre", "deaths", UP, "F23"),
    over("security.hidden_centre", "threat_centre", UP, "who comes out later"),
    over("security.emergence", "threat_north", UP, "who comes out"),
    over("security.to_ground", "insecurity", UP, "who is beaten and comes back"),
    over("security.battle", "threat_north", DOWN, "KRESS2009: who stands thick is hit"),
    over("security.battle_deaths", "deaths", UP, "F37"),
    over("security.incidents_at_full_threat", "incidents", UP, "F24"),
)  # fmt: skip

SOLDIERS = (
    *(over(f"forces.{name}_cost", "forces_spent", UP, "a cost", {**EUROPEANS, **NEIGHBOURS}) for name in ("un", "french", "g5", "european", "regional")),
    over("forces.contractors_cost", "host_spent", UP, "a cost", CALLED),
    over("forces.french_north", "threat_north", DOWN, "M64: where they stand", {**PRESSED, "forces.french_centre": 0.05}),
    over("forces.european_north", "threat_north", DOWN, "M64: where they stand", {**EUROPEANS, **NEIGHBOURS, "forces.european_centre": 0.05}),
    over("forces.regional_north", "threat_north", DOWN, "M64: where they stand", {**NEIGHBOURS, "foreign.french_soldiers": 0, "forces.regional_centre": 0.05}, dated=False),
    over("forces.contractors_centre", "threat_centre", DOWN, "where they stand", {**CALLED, "forces.contractors_harm": 0.0, "forces.contractors_north": 0.05}),
    *(over(f"forces.{name}_fight", "insecurity", DOWN, "M64", {**EUROPEANS, **NEIGHBOURS}) for name in ("un", "french", "g5", "european", "regional")),
    over("forces.contractors_fight", "insecurity", DOWN, "LEES2023", CALLED, replicates=36),
    *(over(f"forces.{name}_shield", "reliance", UP, "M29", {**EUROPEANS, **NEIGHBOURS}) for name in ("french", "g5", "european", "regional")),
    over("forces.contractors_shield", "reliance", UP, "M29", CALLED),
    *(over(f"forces.{name}_harm", "civilian_harm", UP, "M46", {**EUROPEANS, **NEIGHBOURS}) for name in ("un", "french", "g5", "european", "regional")),
    over("forces.contractors_harm", "civilian_harm", UP, "M46; LEES2023", CALLED),
    over("forces.contractors_harm", "deaths", UP, "M46; LEES2023", CALLED),
    over("forces.contractors_harm", "trust_centre", DOWN, "M46", CALLED),
    over("forces.european_accompany", "leadership", UP, "M42", EUROPEANS),
    over("forces.contractors_accompany", "leadership", UP, "M42", CALLED),
    over("forces.deaths_an_incident", "deaths", UP, "M46", CALLED),
    over("forces.approval_lost", "approval_centre", DOWN, "M46; M57", CALLED),
    over("forces.contractors_distance", "relations", DOWN, "M56", CALLED),
    over("forces.contractors_half", "relations", UP, "contractors for half", CALLED),
    over("forces.contractors_pull", "rival_share", UP, "M28", CALLED),
)  # fmt: skip

INSTRUCTION = (
    over("training.fixed_share", "completions", DOWN, "F60: what being there takes is not there for courses", {"training.budget": 6_000_000}, dated=False),
    over("training.adviser_posts", "mission_spent", UP, "F03"),
    over("training.adviser_cost", "mission_spent", UP, "a cost"),
    over("training.mentor_cost", "mission_spent", UP, "M42: a cost", MENTORS),
    over("training.mentor_risk", "mentor_casualties", UP, "M42", MENTORS),
    over("training.mentor_risk", "contests_won", DOWN, "M42: it suspends them", {"training.mentoring_share": 0.4, "training.mentoring_gain": 1.0}),
    over("training.mentors_a_unit", "contests_won", DOWN, "M42", {"training.mentoring_share": 0.3, "training.casualty_cap": 50}),
    over("training.mentoring_gain", "contests_won", UP, "M42", MENTORS),
    over("training.mentoring_gain", "casualties", DOWN, "M42", MENTORS),
    over("training.site_risk_share", "mentor_casualties", UP, "M42", MOBILE),
    over("training.trainee_week_cost", "mission_spent", UP, "a cost"),
    over("training.away_cost", "mission_spent", UP, "a cost", MOBILE),
    over("training.trainees_a_trainer", "completions", UP, "F01", {"training.mentoring_share": 0.7}),
    over("training.attendance", "completions", UP, "M01"),
    over("training.release_penalty", "completions", DOWN, "M01", DETACHMENTS, dated=False),
    over("training.distance_penalty", "completions", DOWN, "M04", DETACHMENTS, dated=False),
    over("training.fatigue_penalty", "completions", DOWN, "M03"),
    over("training.pause_months", "completions", DOWN, "a pause"),
    over("training.detachment", "completions", UP, "F06: more go at a time"),
    over("training.instructors", "individual_skill", UP, "F06", TRAINERS),
    over("training.instructors_needed", "individual_skill", DOWN, "F06", TRAINERS | {"training.camp_places": 30}),
    over("training.basic_weeks", "individual_skill", DOWN, "M23: weeks for 63%"),
    over("training.tactical_after", "collective_skill", DOWN, "M23: weeks before it"),
    over("training.tactical_weeks", "collective_skill", DOWN, "M23: weeks for 63%", {"training.course_weeks": 20.0}),
    over("training.skill_ceiling", "individual_skill", UP, "what courses reach"),
    over("training.mobile_content", "individual_skill", UP, "M04", MOBILE),
    over("training.fatigue_loss", "individual_skill", DOWN, "M03"),
    over("training.kit_dependence", "individual_skill", DOWN, "M27"),
    over("training.doctrine_weight", "doctrine_dispersion", UP, "M22"),
    over("training.skill_half_life", "individual_skill", UP, "ARTHUR1998"),
    over("training.tactical_half_life", "collective_skill", UP, "TATEL2025"),
    over("training.use_on_operations", "collective_skill", UP, "F41: what is used does not fade"),
    over("training.use_at_rest", "individual_skill", UP, "F41; F42: what is used does not fade"),
    over("training.drift", "collective_skill", DOWN, "M22: norms of the field", DRIFTING),
    over("training.adviser_gain", "needs_articulated", UP, "F03; M36"),
    over("training.adviser_settling_months", "needs_articulated", DOWN, "F03: months for 63%"),
    over("training.leader_gain", "leadership", UP, "M05"),
    over("training.leaders", "leadership", DOWN, "F06: more of them to teach", dated=False),
    over("training.specialists_needed", "formations", DOWN, "specialists for 63%"),
    over("training.mentoring_drill", "collective_skill", UP, "M42", MENTORS),
    over("training.practice", "individual_skill", UP, "use keeps skill alive"),
    over("training.practice_ceiling", "individual_skill", UP, "what use sustains"),
)  # fmt: skip

VEHICLES = (
    over("equipment.price", "vehicles", DOWN, "M14: a price"),
    over("equipment.price", "mission_spent", UP, "M28: a price", WITH_KIT),
    over("equipment.support_cost", "vehicles", DOWN, "M15: a cost", SUPPORTED | {"mechanisms.breakdowns": False}),
    over("equipment.support_months", "kit_availability", UP, "M15", MANY_GIFTS | {"equipment.support_cover": 1.0}),
    over("equipment.standard_premium", "vehicles", DOWN, "M14: a premium", STANDARD | {"mechanisms.breakdowns": False}),
    over("equipment.upkeep", "kit_availability", DOWN, "M15: a cost"),
    over("equipment.stock_factor", "kit_availability", DOWN, "M14; EPPEN1979"),
    over("equipment.workshop_effect", "kit_availability", UP, "M15"),
    over("equipment.workshop_effect", "abandoned", DOWN, "M15"),
    over("equipment.service_base", "never_deployed", DOWN, "M15"),
    over("equipment.service_known", "never_deployed", DOWN, "M15; M27"),
    over("equipment.service_supported", "never_deployed", DOWN, "M15"),
    over("equipment.depot_loss", "never_deployed", UP, "M15"),
    over("equipment.months_between_failures", "kit_availability", UP, "SHERBROOKE1968"),
    over("equipment.idle_use", "kit_availability", DOWN, "wear"),
    over("equipment.repair_months", "kit_availability", DOWN, "SHERBROOKE1968"),
    over("equipment.wait_months", "kit_availability", DOWN, "M15"),
    over("equipment.abandon_rate", "abandoned", UP, "M15"),
    over("readiness.team_exponent", "collective_skill", DOWN, "OLIVER1999"),
    over("readiness.able_from", "units_able", DOWN, "F53: a threshold"),
    over("readiness.with_support_from", "units_with_support", DOWN, "F53: a threshold"),
    over("readiness.partly_from", "units_not", UP, "F53: a threshold"),
    over("readiness.kit_knowledge", "equipment", DOWN, "M27"),
    over("readiness.confusion", "doctrine_consistency", DOWN, "M22"),
    over("readiness.fatigue_weight", "condition", DOWN, "M03"),
    over("readiness.morale_weight", "condition", DOWN, "lost morale"),
)  # fmt: skip

STRUCTURES = (
    Claim("structures.drill_home", "cohort", "unit", "collective_skill", UP, "PETERSON2008: who leaves takes nothing along"),
    Claim("structures.decay", "disuse", "always", "individual_skill", DOWN, "F44: what is used fades too"),
    Claim("structures.readiness_form", "weakest_link", "harmonic", "readiness", UP, "ARROW1961"),
    Claim("structures.readiness_form", "harmonic", "geometric", "readiness", UP, "ARROW1961"),
    Claim("structures.readiness_form", "geometric", "additive", "readiness", UP, "ARROW1961"),
    Claim("structures.overload", "delay", "partial_use", "money_rotting", UP, "M15: what is not used is left"),
    Claim("structures.overload", "quality", "delay", "projects_late", UP, "F47"),
    Claim("structures.reform_driver", "bargain", "stakes", "reform_files", UP, "M34: what those lose who feel none of it does not count"),
    Claim("structures.reform_driver", "bargain", "capacity", "reform_files", UP, "M33: nobody weighs what they lose"),
    Claim("structures.foreign_presence", "moral_hazard", "neutral", "will", UP, "M29; BAPAT2011"),
    Claim("structures.foreign_presence", "neutral", "complement", "will", UP, "M63; M64"),
    Claim("structures.coup_training", "neutral", "raises", "coup_hazard", UP, "SAVAGE2017"),
    Claim("structures.state_return", "security_first", "services_first", "state_presence_north", UP, "M49; M61: it need not wait for a threat to fall", {"circumstances.pressure_north": 0.15}),
)  # fmt: skip

PEACE = (
    Claim("accord.in_force", False, True, "un_accord", UP, "M08", dated=False),
    Claim("accord.in_force", False, True, "grievance", DOWN, "M08; M61", dated=False),
    Claim("accord.integration", 0, 2000, "un_integration", UP, "F32", ACCORD, dated=False),
    Claim("accord.integration", 0, 2000, "un_accord", UP, "F32; M08", ACCORD, dated=False),
    Claim("accord.integration", 0, 2000, "aid_spent", UP, "its cost", ACCORD, dated=False),
    Claim("personnel.local_posting", 0.0, 1.0, "local_share", UP, "F58"),
    over("communities.from_north", "local_share", UP, "more of them where they stand"),
    over("communities.restraint", "abuses", DOWN, "F57", FROM_THERE),
    over("communities.local_knowledge", "insecurity", DOWN, "F58; LYALL2010", FROM_THERE),
    over("communities.dialogue_gain", "self_defence_attitude", UP, "M53", CONSULTED),
    over("communities.abuse_weight", "self_defence_attitude", DOWN, "M46; M50"),
    over("communities.attitude_north", "threat_north", DOWN, "M50; F28: against the state"),
    over("communities.attitude_centre", "threat_centre", DOWN, "M50; F28: against the state"),
    over("communities.accord_base", "un_accord", UP, "M08"),
    over("communities.accord_done", "un_accord", UP, "M08; F32", INTEGRATED, dated=False),
    over("communities.accord_state", "un_accord", UP, "M08; F33"),
    over("communities.accord_trust", "un_accord", UP, "M08"),
    over("communities.accord_war", "un_accord", DOWN, "M08"),
    over("communities.accord_gain", "grievance", DOWN, "M08; M61"),
    over("communities.accord_stall", "reform_files", DOWN, "M08", REFORMS_MOVE | HOURS_ENOUGH),
    over("communities.combatants", "un_integration", DOWN, "F32: more of them to take in", INTEGRATED, dated=False),
    over("communities.combatant_skill", "individual_skill", UP, "what they bring", INTEGRATED, dated=False),
    over("communities.integration_cost", "aid_spent", UP, "a cost", INTEGRATED, dated=False),
)  # fmt: skip

CLAIMS = (
    PEACE + STRUCTURES + LEVERS + SOLDIERS + POLITICS + PARTNERS + ARMY + INSTRUCTION + VEHICLES + INTERESTS + PEOPLE
)


def put(scenario: Scenario, values: Mapping[str, ParameterValue]) -> Scenario:
    """A copy with these levers, uncertainties, mechanisms and structures."""
    switches, structures = (
        {path.removeprefix(kind): value for path, value in values.items() if path.startswith(kind)}
        for kind in ("mechanisms.", "structures.")
    )
    levers = {path: value for path, value in values.items() if path in LEVER_PATHS}
    others = {path: value for path, value in values.items() if path in UNCERTAINTIES}
    assert len(switches) + len(structures) + len(levers) + len(others) == len(values)
    return scenario.with_mechanisms(switches).with_structures(structures).with_levers(levers).with_uncertainties(others)


def differences(claim: Claim, baseline: Scenario) -> np.ndarray[Any, Any]:
    """The outcome at `high` less that at `low`, replicate by replicate.

    What shows so plainly in the first few that chance would hardly ever do it (less often than what is asked of all) needs no
    more of them.
    """
    history = baseline if claim.dated else Scenario(title="as in the catalogue").with_period(end=baseline.period.end)
    ground = put(history.with_size(units=UNITS).with_events(claim.events), claim.ground)
    low, high = (put(ground, {claim.path: value}) for value in (claim.low, claim.high))
    found: list[float] = []
    for replicate in range(claim.replicates):
        found.append(outcomes(high, replicate)[claim.outcome] - outcomes(low, replicate)[claim.outcome])
        if len(found) == FEWER and abs(np.mean(found)) > PLAIN * _standard_error(found):
            break
    return np.array(found)


def _standard_error(found: Sequence[float]) -> float:
    return float(np.std(found, ddof=1) / np.sqrt(len(found)))


@cache
def outcomes(scenario: Scenario, replicate: int) -> dict[str, float]:
    """Of one run; many claims are about the same one."""
    world = new_world(scenario, draws(size_of(scenario), replicate))
    run_months(world, 0, scenario.months)
    return summarise(world.history)


@cache
def draws(size: tuple[int, int, int], replicate: int) -> Noise:
    units, donors, months = size
    return draw_noise(SEED, replicate, units=units, donors=donors, months=months)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: f"{claim.path}:{claim.low}-{claim.high}:{claim.outcome}")
def test_it_works_the_way_it_is_said_to(claim: Claim, baseline: Scenario) -> None:
    found = differences(claim, baseline)
    mean, error = found.mean(), found.std(ddof=1) / np.sqrt(found.size)
    assert claim.sign * mean > 3.0 * error, f"{claim.why}: {mean:+.4g}, standard error {error:.2g}"


@pytest.mark.parametrize("claim", [c.claim for c in CONTRADICTED], ids=lambda claim: f"{claim.path}:{claim.outcome}")
def test_what_contradicts_a_source_still_does(claim: Claim, baseline: Scenario) -> None:
    """A contradiction that is gone belongs among the claims."""
    found = differences(claim, baseline)
    mean, error = found.mean(), found.std(ddof=1) / np.sqrt(found.size)
    assert -claim.sign * mean > 3.0 * error, f"{claim.why}: {mean:+.4g}, standard error {error:.2g}"


def test_every_lever_makes_a_claim() -> None:
    assert {claim.path for claim in CLAIMS} >= LEVER_PATHS


def test_most_uncertainties_make_one_as_the_page_on_validation_says() -> None:
    claimed = {claim.path for claim in CLAIMS} & set(UNCERTAINTIES)
    assert len(claimed) > 2 * len(UNCERTAINTIES) / 3
    page = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
    assert "every lever and most uncertainties are held to the direction" in " ".join(page.split())


def test_every_structure_makes_a_claim() -> None:
    """But for the game of coordination, on which of its alternatives keeps more members no source says anything."""
    claimed = {claim.path for claim in STRUCTURES}
    assert {f"structures.{entry.path}" for entry in structure_catalogue()} - claimed == {"structures.coordination_game"}


def test_every_gain_cost_and_loss_makes_a_claim() -> None:
    telling = (
        "_gain",
        "_effect",
        "_cost",
        "_loss",
        "_lost",
        "_penalty",
        "_authority",
        "_premium",
        "_worth",
        "_support",
    )
    named = {path for path in UNCERTAINTIES if path.endswith(telling)}
    asked_of_rules = {"operations.counter_ied_effect"}
    assert named - asked_of_rules <= {claim.path for claim in CLAIMS}
