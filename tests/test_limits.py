"""Worlds whose outcome is known beforehand, and bounds that hold in any world."""

import numpy as np
from hypothesis import given, settings

from accounts import world_of
from ssa_sim.model.driver import run_months
from ssa_sim.model.outcomes import OUTCOMES
from ssa_sim.model.simulate import simulate_replicate
from ssa_sim.scenario.donors import DEFAULT_PROFILES
from ssa_sim.scenario.schema import Scenario
from strategies import scenarios

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
)


def history(scenario: Scenario, replicate: int = 0) -> np.recarray:
    return simulate_replicate([scenario], seed=1, replicate=replicate)[0]


@settings(max_examples=150)
@given(scenarios())
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
    assert world.aid_spent[-1] == world.mission_spent[-1]  # the mission's standing cost


def test_no_turnover_keeps_teams_but_for_losses(baseline: Scenario) -> None:
    still = baseline.with_mechanisms({"turnover": False})
    with_turnover, without = history(baseline), history(still)
    retained = without.retention_at_retraining[-1]
    assert with_turnover.retention_at_retraining[-1] < 0.75 < retained < 1.0


def test_no_threat_no_war(baseline: Scenario) -> None:
    lowest = {f"security.threat_{zone}": low for zone, low in (("north", 0.18), ("centre", 0.014), ("south", 0.006))}
    calm = baseline.with_uncertainties(
        {
            **lowest,
            "security.contagion": 0.06,
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
