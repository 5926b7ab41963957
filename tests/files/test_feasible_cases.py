"""Feasible cases: one for every mechanism, of known parameters, within their ranges, each with its evidence."""

from collections import Counter

import pytest

from ssa_sim.catalogue.entries import mechanism_catalogue
from ssa_sim.catalogue.evidence import parse_source
from ssa_sim.catalogue.feasible_cases import feasible_cases
from ssa_sim.experiment.run.subsets import case_axes, mechanisms_to_vary
from ssa_sim.scenario.schema import Scenario
from ssa_sim.scenario.tables import LEVERS, UNCERTAINTIES

CASES = list(feasible_cases().values())


def test_there_is_one_for_every_mechanism_and_none_share_a_parameter() -> None:
    assert [case.mechanism for case in CASES] == [entry.path for entry in mechanism_catalogue()]
    assert max(Counter(path for case in CASES for path in case.paths).values()) == 1


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mechanism)
def test_it_is_within_ranges_and_names_evidence(case) -> None:
    entries = {**LEVERS.entries(), **UNCERTAINTIES.entries()}
    for path, value in {**case.at_least, **case.at_most}.items():
        assert entries[path].low <= value <= entries[path].high, path
    for path, value in case.exactly.items():
        assert value in entries[path].choices
    assert parse_source(case.source).ids
    assert case.meaning("en") != case.meaning("fr")


def test_what_a_scenario_has_already_is_left_alone(baseline: Scenario) -> None:
    case = feasible_cases()["equipment_mismatch"]
    assert {axis.path for axis in case_axes(case, baseline)} == {"training.on_held_kit", "equipment.standardisation"}
    better = baseline.with_levers({"training.on_held_kit": 0.9})
    assert [axis.path for axis in case_axes(case, better)] == ["equipment.standardisation"]
    best = better.with_levers({"equipment.standardisation": 0.7})
    assert "equipment_mismatch" not in mechanisms_to_vary(best, "feasible")
    assert "equipment_mismatch" in mechanisms_to_vary(best, "abolished")


def test_the_baseline_is_milder_in_none(baseline: Scenario) -> None:
    assert mechanisms_to_vary(baseline, "feasible") == tuple(case.mechanism for case in CASES)
