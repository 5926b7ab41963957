"""Runs that differ from a scenario in uncertainties, mechanisms and structures alone: thousands of points, without a new scenario for each.

A scenario is checked and hashed as a whole, which takes as long as running it. Here the levers' records, which all points
share, are made once, and a point is a copy of the parameter record with other numbers in it.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from ssa_sim.model.driver import run_months
from ssa_sim.model.noise import Noise, bytes_of_draws, draw_noise
from ssa_sim.model.parameters import copy_of, field_name, parameter_records
from ssa_sim.model.start import new_world, size_of
from ssa_sim.model.state import World
from ssa_sim.scenario.gate import checked_scenario
from ssa_sim.scenario.schema import Scenario

_REPLICATES_KEPT = 4
_MOST_BYTES_KEPT = 500_000_000
"""Of the draws of several replicates; those of one are kept however many they are, since the run needs them."""


def variant_parameters(scenario: Scenario, changes: Mapping[str, float]) -> np.recarray[Any, Any]:
    """The scenario's parameters with other numbers in some of them: an array of one record.

    Args:
        scenario: gives everything else.
        changes: from the path of an uncertainty, "mechanisms." and the name of a mechanism (0 off, 1 on), or "structures."
            and the name of a structure (the number of the choice, from 0), to its value, in the catalogue's units; ranges are
            checked where the world is built.

    Raises:
        ValueError: there is no such parameter.
    """
    parameters = parameter_records(scenario)
    if not changes:
        return parameters
    parameters = copy_of(parameters)
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
    noise = _DRAWS.of(_Drawn(seed, replicate, *size_of(checked_scenario(scenario))))
    world = variant_world(scenario, noise, changes)
    run_months(world, 0, scenario.months)
    return world.history


def bytes_of_kept_draws(scenario: Scenario) -> int:
    """The memory that the draws kept between runs of a scenario come to."""
    units, donors, months = size_of(scenario)
    each = bytes_of_draws(units=units, donors=donors, months=months)
    return each * max(1, min(_REPLICATES_KEPT, _MOST_BYTES_KEPT // each))


class _Drawn(NamedTuple):
    """What the draws of a replicate depend on."""

    seed: int
    replicate: int
    units: int
    donors: int
    months: int

    @property
    def nbytes(self) -> int:
        return bytes_of_draws(units=self.units, donors=self.donors, months=self.months)


class _Draws:
    """The draws of the last few replicates, as far as they do not take too much memory."""

    def __init__(self) -> None:
        self._kept: OrderedDict[_Drawn, Noise] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, wanted: _Drawn) -> Noise:
        """The draws wanted; others are let go of before they are drawn, so that there is room."""
        with self._lock:
            if wanted not in self._kept:
                self._make_room(wanted.nbytes)
                self._kept[wanted] = draw_noise(
                    wanted.seed, wanted.replicate, units=wanted.units, donors=wanted.donors, months=wanted.months
                )
            self._kept.move_to_end(wanted)
            return self._kept[wanted]

    def _make_room(self, needed: int) -> None:
        while self._kept and (
            len(self._kept) >= _REPLICATES_KEPT or sum(key.nbytes for key in self._kept) + needed > _MOST_BYTES_KEPT
        ):
            self._kept.popitem(last=False)


_DRAWS = _Draws()
