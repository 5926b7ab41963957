"""Runs that differ from a scenario in uncertainties and mechanisms alone: thousands of points, without a new scenario for each.

A scenario is checked and hashed as a whole, which takes as long as running it. Here the levers' records, which all points
share, are made once, and a point is a copy of the parameter record with other numbers in it.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from ssa_sim.model.driver import run_months
from ssa_sim.model.noise import Noise, draw_noise
from ssa_sim.model.parameters import field_name, parameter_records
from ssa_sim.model.start import new_world, size_of
from ssa_sim.model.state import World
from ssa_sim.scenario.gate import checked_scenario
from ssa_sim.scenario.schema import Scenario


def variant_parameters(scenario: Scenario, changes: Mapping[str, float]) -> np.recarray[Any, Any]:
    """The scenario's parameters with other numbers in some of them: an array of one record.

    Args:
        scenario: gives everything else.
        changes: from the path of an uncertainty, or "mechanisms." and the name of a mechanism (0 off, 1 on), to its value,
            in the catalogue's units; ranges are checked where the world is built.

    Raises:
        ValueError: there is no such parameter.
    """
    parameters = parameter_records(scenario)
    if not changes:
        return parameters
    parameters = parameters.copy()
    for path, value in changes.items():
        parameters[field_name(path)] = value
    return parameters


def variant_world(scenario: Scenario, noise: Noise, changes: Mapping[str, float]) -> World:
    """The world of `start.new_world` with other parameters; arguments and errors as for `variant_parameters`."""
    return new_world(scenario, noise, variant_parameters(scenario, changes))


def simulate_variant(
    scenario: Scenario, changes: Mapping[str, float], *, seed: int, replicate: int
) -> np.recarray[Any, Any]:
    """Run a scenario with other parameters once.

    The draws of the last few replicates are kept, so that runs should come replicate by replicate.

    Returns:
        A structured array (months,), a float64 field an outcome; NaN where it is not defined.
    """
    noise = _noise(seed, replicate, *size_of(checked_scenario(scenario)))
    world = variant_world(scenario, noise, changes)
    run_months(world, 0, scenario.months)
    return world.history


@lru_cache(maxsize=4)
def _noise(seed: int, replicate: int, units: int, donors: int, months: int) -> Noise:
    return draw_noise(seed, replicate, units=units, donors=donors, months=months)
