"""Worlds whose outcome is known beforehand, and bounds that hold in any world."""

from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings

from accounts import discrepancies, world_of
from ssa_sim.catalogue.donors import DEFAULT_PROFILES
from ssa_sim.catalogue.outcomes import OUTCOMES
from ssa_sim.model.driver import run_months
from ssa_sim.model.history import summarise
from ssa_sim.model.simulate import simulate_replicate
from ssa_sim.model.state import RUNNING
from ssa_sim.scenario.events import Event
from ssa_sim.scenario.schema import Scenario
from strategies import scenarios, upheaval

SHARES = [outcome.name for outcome in OUTCOMES if outcome.unit in {"share", "index 0-1"}]
COUNTS = [outcome.name for outcome in OUTCOMES if outcome.unit not in {"share", "index 0-1"}]
CUMULATIVE = (
    "completions",
    "aid_spent",
    "casualties",
    "desertions",
    "departures",
    "abandoned",
    "partners_ever",
    "ministers",
    "abuses",
    "coups",
    "expulsions",
    "conditions_paid",
    "conditions_withheld",
    "mission_spent",
    "host_spent",
)


def history(scenario: Scenario, replicate: int = 0) -> np.recarray:
    return simulate_replicate([scenario], seed=1, replicate=replicate)[0]


@settings(max_examples=150)
@given(scenarios())
@example(upheaval())
def test_bounds_hold_in_any_world(scenario: Scenario) -> None:
    world = world_of(scenario)
    run_months(world, 0, scenario.months)
    for name in SHARES:
        values = world.history[name]
        defined = values[~np.isnan(values)]
        assert ((defined >= -1e-12) & (defined <= 1.0 + 1e-12)).all(), name
    for name in COUNTS:
        values = world.history[name]
        assert (values[~np.isnan(values)] >= 0.0).all(), name
    for name in CUMULATIVE:
        assert (np.diff(world.history[name]) >= 0.0).all(), name
    units = world.units
    for name in ("together", "elsewhere", "untrained", "ghosts", "abroad", "kit_working", "kit_broken", "kit_depot"):
        assert (units[name] >= 0).all(), name
    for name in ("skill", "tactical", "leadership", "fatigue", "morale", "readiness", "kit_known"):
        assert ((units[name] >= 0.0) & (units[name] <= 1.0 + 1e-12)).all(), name
    zones, host, mission = world.nation[0].zones, world.nation[0].host, world.nation[0].mission
    for name in ("threat", "grievance", "self_defence", "state_presence", "trust", "approval", "abuse_memory", "held"):
        assert ((zones[name] >= 0.0) & (zones[name] <= 1.0 + 1e-12)).all(), name
    for name in (
        "will",
        "ownership",
        "reliance",
        "coup_fear",
        "coup_hazard",
        "belief",
        "relations",
        "withheld",
        "reforms",
    ):
        assert np.all((host[name] >= 0.0) & (host[name] <= 1.0 + 1e-12)), name
    for name in ("knowledge", "seen_shallow", "seen_mismatch", "seen_absent", "on_held_kit", "mobile_share"):
        assert 0.0 <= mission[name] <= 1.0 + 1e-12, name
    assert (zones["vacuum"] >= 0.0).all()
    assert np.allclose(units.doctrine.sum(axis=1), 1.0)
    assert (units.together + units.elsewhere + units.untrained <= units.strength).all()


def test_no_aid_at_all(baseline: Scenario) -> None:
    world = history(baseline.with_donors(()).with_levers({"training.camp_places": 0}))
    assert world.completions[-1] == 0
    assert world.partner_completions[-1] == 0
    assert world.active_projects.max() == 0
    assert world.trained_in_unit.max() == 0
    assert world.doctrine_dispersion.max() == 0.0
    assert np.isnan(world.retention_at_retraining).all()
    # The mission's standing cost, and budget support that hangs on reform.
    assert world.aid_spent[-1] == pytest.approx(world.mission_spent[-1] + world.conditions_paid[-1])


def told_to_go(scenario: Scenario, month: int) -> Any:
    """Two worlds of one scenario, month by month up to the one given: as it goes, and with partners told to leave."""
    worlds = []
    for expelled in (0, 1):
        world = world_of(scenario)
        run_months(world, 0, month)
        world.nation[0].host.expelled = world.history.expulsions[month - 1] = expelled  # as if at that month's end
        run_months(world, month, month + 1)
        worlds.append(world)
    return worlds


def test_an_expulsion_ends_at_once_what_partners_do(baseline: Scenario) -> None:
    """M65: in the month after, nobody with scruples has a project, no course runs, and nothing else is paid."""
    helped = baseline.with_levers({"population.rights_culture": 0.5, "population.state_return": "sequential"})
    going_on, ended = told_to_go(helped, 60)
    assert not any(discrepancies(ended).values())
    scrupled = ended.donors.scruples > 0.5
    running = [(world.donors.projects["status"] == RUNNING).any(axis=1) for world in (going_on, ended)]
    assert running[0][scrupled].any()
    assert not running[1][scrupled].any()
    assert running[1][~scrupled].any()
    assert going_on.units.trainees.sum() > 0 == ended.units.trainees.sum() == ended.nation[0].mission.places_used.sum()
    assert going_on.history.completions[60] > ended.history.completions[60] == ended.history.completions[59]
    assert ended.nation[0].book.population_spent < going_on.nation[0].book.population_spent
    assert ended.nation[0].book.projects_abandoned > going_on.nation[0].book.projects_abandoned
    assert np.isnan(ended.history.mission_knowledge[60])
    assert ended.history.contingents[60] == ended.history.contingents[59]


NO_HELP: dict[str, Any] = {"training.mission": False, "donors.presence": 0.0}


def test_no_aid_at_all_by_decision(baseline: Scenario) -> None:
    """No mission and no partner: neither spends anything, nothing is taught, and the host's hours are its own."""
    world = history(baseline.with_levers({**NO_HELP, "training.mentoring_share": 0.5, "training.feedback": 1.0}))
    for name in ("mission_spent", "completions", "partner_completions", "partners_ever", "active_projects"):
        assert world[name].max() == 0.0, name
    for name in ("trained_in_unit", "doctrine_dispersion", "mentor_casualties", "absorption_load"):
        assert world[name].max() == 0.0, name
    assert (world.delivery == 1.0).all()
    assert world.aid_spent == pytest.approx(world.conditions_paid)
    assert world.soldiers[-1] > 0.0


def test_without_reports_the_mission_teaches_what_it_was_told_to(baseline: Scenario) -> None:
    """M25: no tracking and nobody who fights beside units: the course is as long as decided, the whole run."""
    blind = baseline.with_levers({"training.feedback": 0.0, "foreign.counter_terrorism_soldiers": 0})
    decided = [levers["training.course_weeks"] for levers in blind.lever_values_by_month()]
    taught = history(blind)
    assert taught.course_weeks_taught.tolist() == decided
    assert taught.mission_knowledge.max() == 0.0
    assert (history(blind.with_levers({"training.feedback": 0.5})).course_weeks_taught[30:] > decided[30:]).all()


def test_without_grievance_people_stay_as_they_were_and_the_state_does_not(baseline: Scenario) -> None:
    still, moving = history(baseline.with_mechanisms({"grievance": False})), history(baseline)
    for name in ("grievance", "self_defence"):
        assert set(still[name].tolist()) == {still[name][0]}, name
        assert len(set(moving[name].tolist())) == baseline.months, name
    at_start = world_of(baseline).nation[0].zones
    assert still.grievance[0] == pytest.approx(at_start["grievance"].mean(), abs=1e-15)
    assert len(set(still.state_presence.tolist())) == baseline.months


def test_without_rents_no_ghosts_and_nobody_in_reform_s_way(baseline: Scenario) -> None:
    """M33."""
    clean, real = history(baseline.with_mechanisms({"rents": False})), history(baseline)
    for name in ("ghosts", "rents", "reforms_blocked"):
        assert clean[name].max() == 0.0 < real[name].max(), name
    for name in ("reform_hr", "reform_pay", "reform_logistics"):
        assert clean[name][-1] > real[name][-1], name


def test_an_army_of_another_size_reforms_no_more_easily(baseline: Scenario) -> None:
    """M33: what reforms would end, and what it weighs, both grow with the army; without conditions, a sum of its own.
    Rents weigh little here, so that reforms move at all."""
    plain = Scenario(title="plain").with_period(end=baseline.period.end)
    moving = plain.with_uncertainties({"reforms.rents_scale": 0.17, "reforms.inclination": -0.5})
    small, large = (mean_reform(moving.with_size(units=units)) for units in (20, 160))
    assert min(small, large) > 0.2
    assert abs(small - large) < 0.05


def mean_reform(scenario: Scenario) -> float:
    """How far the three reforms are in place at the end, over a few runs."""
    names = ("reform_hr", "reform_pay", "reform_logistics")
    return float(np.mean([[history(scenario, r)[name][-1] for name in names] for r in range(6)]))


def test_a_ministry_without_rents_or_fear_reforms_itself(baseline: Scenario) -> None:
    """M29, M30, M33: either holds reform back; without both it gets much further, and with both hardly anywhere."""
    real, no_rents, no_fear, neither = (
        mean_reform(baseline.with_mechanisms(off))
        for off in (
            {},
            {"rents": False},
            {"divergent_interests": False},
            {"rents": False, "divergent_interests": False},
        )
    )
    assert real < min(no_rents, no_fear)
    assert max(no_rents, no_fear) < neither
    assert real < 0.15
    assert neither > 0.3


def test_tiny_conditional_sums_move_next_to_nothing(baseline: Scenario) -> None:
    """F16, M34; pattern P9: fourteen million spread over thirteen indicators, against ten times as much on three."""
    plain = Scenario(title="plain").with_period(end=baseline.period.end)
    none, tiny, large = (
        mean_reform(plain.with_levers({"conditions.amount": amount, "conditions.indicators": indicators}))
        for amount, indicators in ((0, 13), (14_000_000, 13), (140_000_000, 3))
    )
    assert tiny - none < 0.05
    assert large - none > 0.3


def test_conditions_that_pause_before_each_review_cost_what_they_were_in_force(baseline: Scenario) -> None:
    """M34: eleven months on and one off moves reforms, and is paid for eleven twelfths of each year."""
    amount = 60_000_000
    without = Scenario(title="none").with_period(end=baseline.period.end)
    without = without.with_uncertainties({"interests.coup_base": 0.0003})
    changes = tuple(
        Event(date=month, set={"conditions.amount": 0 if month.month == 1 else amount})
        for month in without.month_starts()[1:]
        if month.month in (1, 2)
    )
    pausing = without.with_levers({"conditions.amount": amount, "conditions.indicators": 3}).with_events(changes)
    assert mean_reform(pausing) - mean_reform(without) > 0.1
    world = history(pausing)
    assert world.coups[-1] == world.expulsions[-1] == 0.0
    assert world.conditions_paid[-1] + world.conditions_withheld[-1] == pytest.approx(7 * 55.0)
    assert world.conditions_paid[-1] > 0.0


def under_pressure(ground: Scenario, pressures: tuple[float, float], replicates: int = 12) -> dict[str, np.ndarray]:
    """What each outcome gains, replicate by replicate, when armed groups press harder in the Centre.

    Nobody is told to leave: an expulsion would end the aid, and any circle through it.
    """
    ground = ground.with_levers({"circumstances.expulsion_possible": False})
    pair = [ground.with_levers({"circumstances.pressure_centre": pressure}) for pressure in pressures]
    runs = [simulate_replicate(pair, seed=20130201, replicate=r) for r in range(replicates)]
    calm, pressed = ([summarise(run[side]) for run in runs] for side in (0, 1))
    return {name: np.array([b[name] - a[name] for a, b in zip(calm, pressed, strict=True)]) for name in calm[0]}


def clearly(found: np.ndarray) -> int:
    """1 or -1 where the mean is more than three standard errors from zero, else 0."""
    mean, error = found.mean(), found.std(ddof=1) / np.sqrt(found.size)
    return int(np.sign(mean)) if abs(mean) > 3.0 * error else 0


PRESSURES = (-0.1, 0.2)


def test_the_vicious_circle_arises(baseline: Scenario) -> None:
    """M40: insecurity brings partners and projects; the host is pushed aside, says less of what it needs and gets less
    delivered; the army is less ready. Nobody wrote it in: each link is a rule of its own."""
    gained = under_pressure(baseline.with_size(units=40), PRESSURES)
    more = ("insecurity", "active_partners", "partners_ever", "active_projects", "absorption_load", "transaction_costs")
    less = ("ownership", "needs_articulated", "delivery", "readiness", "army_hold", "approval", "relations")
    assert {name: clearly(gained[name]) for name in more} == dict.fromkeys(more, 1)
    assert {name: clearly(gained[name]) for name in less} == dict.fromkeys(less, -1)


def test_the_circle_closes_through_the_host_s_hours(baseline: Scenario) -> None:
    """M16, M40: with that link cut the same pressure does less harm: the rest of it comes round through the aid. What
    comes round to insecurity itself is small."""
    ground = baseline.with_size(units=40)
    whole = under_pressure(ground, PRESSURES)
    cut = under_pressure(ground.with_mechanisms({"absorption_limit": False}), PRESSURES)
    assert clearly(whole["readiness"] - cut["readiness"]) == -1
    assert clearly(whole["army_hold"] - cut["army_hold"]) == -1
    came_round = whole["insecurity"] - cut["insecurity"]
    assert clearly(came_round) == 1
    assert came_round.mean() < 0.05 * whole["insecurity"].mean()


def test_without_partners_there_is_no_circle(baseline: Scenario) -> None:
    """M40: nobody comes, nobody is crowded out, and an army under the same pressure loses less of its readiness."""
    ground = baseline.with_size(units=40)
    whole = under_pressure(ground, PRESSURES)
    alone = under_pressure(ground.with_levers({"donors.presence": 0.0}), PRESSURES)
    for name in ("absorption_load", "ownership", "delivery"):
        assert not clearly(alone[name]), name
    assert clearly(whole["readiness"] - alone["readiness"]) == -1


def test_no_turnover_keeps_teams_but_for_losses(baseline: Scenario) -> None:
    still = baseline.with_mechanisms({"turnover": False})
    with_turnover, without = history(baseline), history(still)
    retained = without.retention_at_retraining[-1]
    assert with_turnover.retention_at_retraining[-1] < 0.75 < retained < 1.0


def test_no_threat_no_war(baseline: Scenario) -> None:
    lowest = {f"security.threat_{zone}": low for zone, low in (("north", 0.18), ("centre", 0.0015), ("south", 0.006))}
    calm = baseline.with_uncertainties(
        {
            **lowest,
            "security.contagion": 0.1,
            "security.neighbours": 0.0,
            "security.volatility": 0.01,
            "security.shield_effect": 0.2,
        }
    )
    quiet, war = history(calm), history(baseline)
    assert quiet.deaths[-12:].sum() < 0.02 * war.deaths[-12:].sum()
    assert quiet.casualties[-1] < 0.5 * war.casualties[-1]
    assert quiet.partners_ever[-1] < war.partners_ever[-1]  # partners come with insecurity (M40)


def test_one_partner_duplicates_nobody(baseline: Scenario) -> None:
    alone = DEFAULT_PROFILES[1].model_copy(update={"partners": 1, "entry_threshold": 0.0})
    world = history(baseline.with_donors((alone,)))
    assert world.active_partners.max() == 1
    assert world.active_projects.max() > 0
    assert np.nanmax(world.duplication) == 0.0
    assert np.nanmax(world.fragmentation) == 0.0


def test_nobody_on_operations_nobody_killed(baseline: Scenario) -> None:
    world = history(baseline.with_levers({"operations.tempo": 0.0}))
    assert world.on_operations[24:].max() == 0.0
    assert world.casualties[-1] == world.casualties[24]


def test_no_places_no_completions_and_more_places_more_of_them(baseline: Scenario) -> None:
    totals = [
        history(baseline.with_levers({"training.camp_places": places})).completions[-1]
        for places in (0, 200, 650, 2600)
    ]
    assert totals[0] == 0
    assert totals == sorted(totals)
    assert totals[1] < totals[2]


def test_full_stabilisation_beats_half_beats_none(baseline: Scenario) -> None:
    kept = [
        np.mean(
            [history(baseline.with_levers({"personnel.stabilisation": share}), r).trained_in_unit[-1] for r in range(3)]
        )
        for share in (0.0, 0.5, 1.0)
    ]
    assert kept[0] < kept[1] < kept[2]


def test_binding_coordination_lowers_duplication_and_information_hardly_does(baseline: Scenario) -> None:
    """M19, M21; pattern P8."""

    def duplication(regime: str) -> float:
        scenario = baseline.with_levers({"coordination.regime": regime, "coordination.participation": 0.9})
        return float(np.mean([np.nanmean(history(scenario, r).duplication) for r in range(4)]))

    none, information, host_led, binding = (
        duplication(regime) for regime in ("none", "information", "host_led", "binding")
    )
    assert binding < host_led < information
    assert none - binding > 0.3
    assert abs(none - information) < 0.15


def test_support_keeps_vehicles_going(baseline: Scenario) -> None:
    """M15."""
    bare = history(baseline.with_levers({"equipment.support_cover": 0.0, "host.maintenance_budget": 0}))
    supported = history(baseline.with_levers({"equipment.support_cover": 1.0, "host.maintenance_budget": 1_000_000}))
    assert bare.kit_availability[-1] < supported.kit_availability[-1]
    assert bare.never_deployed[-1] > supported.never_deployed[-1]
