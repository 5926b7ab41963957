"""Runs that differ from a scenario in uncertainties alone: thousands of points, without a new scenario for each.

A scenario is checked and hashed as a whole, which takes as long as running it. Here the levers' records, which all points
share, are made once, and a point is a copy of the parameter record with other numbers in it.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from ssa_sim.model.driver import run_months
from ssa_sim.model.noise import Noise
from ssa_sim.model.parameters import field_name, parameter_records
from ssa_sim.model.start import new_world
from ssa_sim.model.state import World
from ssa_sim.scenario.schema import Scenario


def variant_world(scenario: Scenario, noise: Noise, uncertainties: Mapping[str, float]) -> World:
    """The world of `start.new_world` with other values for some uncertainties.

    Args:
        scenario: gives everything else.
        noise: the draws of one replicate, of the scenario's size.
        uncertainties: from path to value, in the catalogue's units; whoever calls has checked the ranges.

    Raises:
        ValueError: there is no such uncertainty.
    """
    parameters = parameter_records(scenario).copy()
    for path, value in uncertainties.items():
        parameters[field_name(path)] = value
    return new_world(scenario, noise, parameters)


def run_variant(scenario: Scenario, noise: Noise, uncertainties: Mapping[str, float]) -> np.recarray[Any, Any]:
    """The months of a run with other uncertainties, as `simulate.simulate_replicate` gives them; arguments as above."""
    world = variant_world(scenario, noise, uncertainties)
    run_months(world, 0, scenario.months)
    return world.history
