"""A scenario's levers, uncertainties, mechanisms and structures as records that rules read by name.

The field of a parameter is its path with an underscore for the dot: `training.course_weeks` is
`levers.training_course_weeks`. Choices are numbered in the catalogue's order, from 0.
"""

from functools import cache, lru_cache
from operator import attrgetter
from typing import Any

import numpy as np

from ssa_sim.catalogue.entries import (
    Entry,
    ParameterValue,
    lever_catalogue,
    mechanism_catalogue,
    structure_catalogue,
    uncertainty_catalogue,
)
from ssa_sim.errors import InputError
from ssa_sim.scenario.gate import checked_scenario
from ssa_sim.scenario.problems import allowed_values
from ssa_sim.scenario.schema import Scenario
from ssa_sim.scenario.shares_summing_to_one import SHARES_SUMMING_TO_ONE, refuse_excess


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
    """One float64 field for each uncertainty, `mechanisms_...` (1 on, 0 off) for each mechanism, and `structures_...` (the
    number of the choice) for each structure."""
    names = [field_name(e.path) for e in uncertainty_catalogue()]
    names += [f"mechanisms_{e.path}" for e in mechanism_catalogue()]
    names += [f"structures_{e.path}" for e in structure_catalogue()]
    return np.dtype([(name, np.float64) for name in names], align=True)


def number_of(entry: Entry, value: ParameterValue) -> float:
    """A parameter's value as the number that its record holds."""
    if entry.choices is not None:
        return float(entry.choices.index(str(value)))
    return float(value)


@lru_cache(maxsize=256)
def lever_records(scenario: Scenario) -> np.recarray[Any, Any]:
    """The levers in force, a record for each month; shared by all who ask, so it cannot be written to: a world has a copy."""
    months = checked_scenario(scenario).lever_values_by_month()
    records = np.zeros(len(months), levers_dtype())
    for entry in lever_catalogue():
        records[field_name(entry.path)] = [number_of(entry, values[entry.path]) for values in months]
    return _shared(records)


@lru_cache(maxsize=256)
def parameter_records(scenario: Scenario) -> np.recarray[Any, Any]:
    """Uncertainties, mechanisms and structures as an array of one record; shared by all who ask, so it cannot be written to."""
    records = np.zeros(1, parameters_dtype())
    for entry in uncertainty_catalogue():
        records[field_name(entry.path)] = attrgetter(entry.path)(scenario.uncertainties)
    for mechanism in mechanism_catalogue():
        records[f"mechanisms_{mechanism.path}"] = float(getattr(scenario.mechanisms, mechanism.path))
    for structure in structure_catalogue():
        records[f"structures_{structure.path}"] = number_of(structure, getattr(scenario.structures, structure.path))
    return _shared(records)


@cache
def _parameter_limits() -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Smallest and largest value that each field of `parameters_dtype` may have."""
    ends = [
        (-np.inf if e.allowed_low is None else e.allowed_low, np.inf if e.allowed_high is None else e.allowed_high)
        for e in uncertainty_catalogue()
    ]
    ends += [(0.0, 1.0) for _ in mechanism_catalogue()]
    ends += [(0.0, len(structure.alternatives) - 1.0) for structure in structure_catalogue()]
    low, high = np.array(ends, np.float64).T
    return low, high


@cache
def _positions_of_shares() -> tuple[tuple[str, int], ...]:
    """The shares of one whole, and where they stand in `parameters_dtype`."""
    shares = {path for pair in SHARES_SUMMING_TO_ONE for path in pair}
    return tuple((e.path, position) for position, e in enumerate(uncertainty_catalogue()) if e.path in shares)


def refuse_parameters(parameters: np.recarray[Any, Any]) -> None:
    """Refuse numbers that no scenario could hold: NaN, outside their ranges, a part of a choice, or shares of one whole that
    exceed it.

    Args:
        parameters: an array of one record of `parameters_dtype`.

    Raises:
        InputError: it names the first of them, and what is allowed.
    """
    numbers = np.frombuffer(parameters.tobytes(), np.float64)  # a view of so many fields takes a hundred times as long
    low, high = _parameter_limits()
    wrong = ~((numbers >= low) & (numbers <= high))
    choices = slice(len(numbers) - len(structure_catalogue()), None)
    wrong[choices] |= numbers[choices] % 1.0 != 0.0
    if wrong.any():
        position = int(wrong.argmax())
        entry: Entry = (*uncertainty_catalogue(), *mechanism_catalogue(), *structure_catalogue())[position]
        numbered = [f'{number} for "{choice}"' for number, choice in enumerate(entry.choices or ())]
        raise InputError(
            f'"{entry.path}" is {numbers[position]:g}, which no run can be made with.',
            allowed=numbered or allowed_values(entry),
        )
    refuse_excess({path: float(numbers[position]) for path, position in _positions_of_shares()})


def copy_of(records: np.recarray[Any, Any]) -> np.recarray[Any, Any]:
    """A copy to write to of an array of records, made as bytes: NumPy copies aligned records field by field."""
    return np.frombuffer(bytearray(records.tobytes()), records.dtype).view(np.recarray)


def numbers_of(record: Any) -> dict[str, Any]:
    """A record's numbers as Python's own, by field: reading many of them one by one from a record takes far longer."""
    return dict(zip(record.dtype.names, record.item(), strict=True))


def _shared(records: np.ndarray[Any, Any]) -> np.recarray[Any, Any]:
    records.setflags(write=False)
    return records.view(np.recarray)
