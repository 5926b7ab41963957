"""A scenario's levers, uncertainties and mechanisms as records that rules read by name.

The field of a parameter is its path with an underscore for the dot: `training.course_weeks` is
`levers.training_course_weeks`. Choices are numbered in the catalogue's order.
"""

from functools import cache, lru_cache
from operator import attrgetter
from typing import Any

import numpy as np

from ssa_sim.scenario.catalogue import (
    Entry,
    ParameterValue,
    lever_catalogue,
    mechanism_catalogue,
    uncertainty_catalogue,
)
from ssa_sim.scenario.schema import Scenario


def field_name(path: str) -> str:
    """The record field of a parameter path."""
    return path.replace(".", "_")


@cache
def levers_dtype() -> np.dtype[Any]:
    """One field for each lever: real numbers as float64, everything else as int64."""
    kinds = {"float": np.float64}
    return np.dtype([(field_name(e.path), kinds.get(e.kind, np.int64)) for e in lever_catalogue()], align=True)


@cache
def parameters_dtype() -> np.dtype[Any]:
    """One float64 field for each uncertainty, and `mechanisms_...` (1 on, 0 off) for each mechanism."""
    names = [field_name(e.path) for e in uncertainty_catalogue()]
    names += [f"mechanisms_{e.path}" for e in mechanism_catalogue()]
    return np.dtype([(name, np.float64) for name in names], align=True)


def number_of(entry: Entry, value: ParameterValue) -> float:
    """A lever's value as the number that its record holds."""
    if entry.choices is not None:
        return float(entry.choices.index(str(value)))
    return float(value)


@lru_cache(maxsize=256)
def lever_records(scenario: Scenario) -> np.recarray[Any, Any]:
    """The levers in force, a record for each month; shared by all who ask, so it cannot be written to: a world has a copy."""
    months = scenario.lever_values_by_month()
    records = np.zeros(len(months), levers_dtype())
    for entry in lever_catalogue():
        records[field_name(entry.path)] = [number_of(entry, values[entry.path]) for values in months]
    return _shared(records)


@lru_cache(maxsize=256)
def parameter_records(scenario: Scenario) -> np.recarray[Any, Any]:
    """Uncertainties and mechanisms as an array of one record; shared by all who ask, so it cannot be written to."""
    records = np.zeros(1, parameters_dtype())
    for entry in uncertainty_catalogue():
        records[field_name(entry.path)] = attrgetter(entry.path)(scenario.uncertainties)
    for mechanism in mechanism_catalogue():
        records[f"mechanisms_{mechanism.path}"] = float(getattr(scenario.mechanisms, mechanism.path))
    return _shared(records)


def _shared(records: np.ndarray[Any, Any]) -> np.recarray[Any, Any]:
    records.setflags(write=False)
    return records.view(np.recarray)
