"""The points of a screening: trajectories through the parameter space, and the values that stand there.

From a random point, one parameter after the other takes a step of two thirds of its prior (MORRIS1991), in quantiles, so
that priors of any shape and unit are stepped through alike.
"""

import importlib.util
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import stats

from ssa_sim.errors import InputError
from ssa_sim.scenario.catalogue import UncertaintyEntry

Floats = npt.NDArray[np.float64]

LEVELS = 4
"""Levels of the grid of quantiles; a step covers LEVELS / 2 of the LEVELS - 1 between them (MORRIS1991)."""
PARTS_OF_ONE = (
    ("security.un_share_north", "security.un_share_centre"),
    ("security.counter_terrorism_share_north", "security.counter_terrorism_share_centre"),
)
"""Shares of one whole, whose ranges allow sums above 1. In a point where they do, each is divided by their sum."""


def require_salib() -> None:
    """Say how to install SALib where it is missing.

    Raises:
        InputError: it is.
    """
    if importlib.util.find_spec("SALib") is None:
        raise InputError(
            "A screening needs SALib, which is not installed.", allowed='pip install "ssa-sim[sensitivity]" brings it'
        )


def design(parameters: int, trajectories: int, seed: int) -> Floats:
    """Trajectories through the unit cube, shape (trajectories * (parameters + 1), parameters), in quantiles.

    They are drawn at random: among hundreds of parameters all trajectories lie about equally far apart, so that choosing the
    most distant ones gains nothing.
    """
    from SALib.sample.morris import sample

    return np.asarray(sample(unit_cube(parameters), trajectories, num_levels=LEVELS, seed=seed), np.float64)


def parameter_values(parameters: Sequence[UncertaintyEntry], quantiles: Floats) -> Floats:
    """The values at some quantiles of the priors, in the parameters' units; shapes (points, parameters)."""
    columns = [at_quantile(entry, column) for entry, column in zip(parameters, quantiles.T, strict=True)]
    return np.stack(columns, axis=-1)


def at_quantile(entry: UncertaintyEntry, quantile: Floats) -> Floats:
    """Values at quantiles (0 to 1) of a parameter's prior; a triangular one has its mode at the baseline.

    Raises:
        ValueError: the parameter has no range.
    """
    if entry.low is None or entry.high is None or entry.baseline is None:
        raise ValueError(f"{entry.path} has no range to be screened over")
    low, high = entry.low, entry.high
    if entry.prior == "log_uniform":
        values = low * (high / low) ** quantile
    elif entry.prior == "triangular":
        mode = (float(entry.baseline) - low) / (high - low)
        values = stats.triang.ppf(quantile, mode, loc=low, scale=high - low)
    else:
        values = low + (high - low) * quantile
    return np.clip(np.asarray(values, np.float64), low, high)  # rounding may step over an end


def reconciled(parameters: Sequence[UncertaintyEntry], values: Floats) -> tuple[Floats, int]:
    """The values without contradictions, and how many points held one; see PARTS_OF_ONE. Nothing is clipped to a range
    that the catalogue does not allow: a divided share is larger than half of the smallest that it allows."""
    column = {entry.path: number for number, entry in enumerate(parameters)}
    fixed = values.copy()
    touched = np.zeros(len(values), bool)
    for group in PARTS_OF_ONE:
        if not all(path in column for path in group):
            continue
        columns = [column[path] for path in group]
        total = values[:, columns].sum(axis=1)
        above = total > 1.0
        fixed[np.ix_(above, columns)] /= total[above, None]
        touched |= above
    return fixed, int(touched.sum())


def unit_cube(parameters: int) -> dict[str, Any]:
    """The unit cube, as SALib asks for it."""
    return {
        "num_vars": parameters,
        "names": [f"q{number}" for number in range(parameters)],
        "bounds": [[0.0, 1.0]] * parameters,
    }
