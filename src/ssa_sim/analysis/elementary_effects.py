"""Elementary effects, their mean and scatter, and what chance alone would make of them.

The change of an outcome over a step is an elementary effect (MORRIS1991). The mean of its absolute value over the
trajectories, `mu_star` (CAMPOLONGO2007), says how far the parameter moves the outcome somewhere; the standard deviation
`sigma` how much that depends on where. A step goes two thirds of the way through a parameter's prior, in quantiles, and effects
are given for the whole way.

Runs are random, so an effect is measured on common random numbers and as a mean over replicates, and what is left of chance is
stated beside it: `noise_floor` is the `mu_star` that effects of no direction, with the scatter that replicates show, would have.
"""

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from ssa_sim.experiment.ask.design import MORRIS_LEVELS, unit_cube

Floats = npt.NDArray[np.float64]

CONFIDENCE = 0.95
"""Of the interval `mu_star_conf`."""


def morris_indices(quantiles: Floats, values: Floats, *, seed: int) -> dict[str, Floats]:
    """`mu`, `mu_star`, `sigma` and half the width of the interval of `mu_star`, each shape (parameters,), by SALib.

    Args:
        quantiles: the design, shape (trajectories * (parameters + 1), parameters).
        values: of one outcome, shape (points,), without gaps.
        seed: of the bootstrap behind `mu_star_conf`.
    """
    from SALib.analyze.morris import analyze

    found: Any = analyze(
        unit_cube(quantiles.shape[1]),
        quantiles,
        values,
        num_levels=MORRIS_LEVELS,
        conf_level=CONFIDENCE,
        seed=seed,
    )
    return {name: np.asarray(found[name], np.float64) for name in ("mu", "mu_star", "mu_star_conf", "sigma")}


def elementary_effects(quantiles: Floats, values: Floats) -> Floats:
    """Change for each step, divided by the step in quantiles.

    Args:
        quantiles: the design, shape (trajectories * (parameters + 1), parameters).
        values: shape (points, ...).

    Returns:
        Shape (trajectories, parameters, ...), by parameter, whatever their order in the trajectory.
    """
    parameters = quantiles.shape[1]
    x = quantiles.reshape(-1, parameters + 1, parameters)
    y = values.reshape(-1, parameters + 1, *values.shape[1:])
    steps = np.diff(x, axis=1)
    moved = np.abs(steps).argmax(axis=2)  # (trajectories, parameters): which one moves in each step
    size = np.take_along_axis(steps, moved[..., None], axis=2)[..., 0]
    changes = np.diff(y, axis=1) / size.reshape(*size.shape, *(1,) * (values.ndim - 1))
    effects = np.empty_like(changes)
    effects[np.arange(len(moved))[:, None], moved] = changes
    return effects


def noise_floor(effects: Floats) -> Floats:
    """The `mu_star` that chance alone would give.

    If the mean over replicates of an effect were zero, its absolute value would have the mean sqrt(2 / pi) times its standard
    error (half-normal distribution). The standard error is taken from the scatter over replicates, pooled over trajectories.

    Args:
        effects: shape (trajectories, parameters, replicates, outcomes).

    Returns:
        Shape (parameters, outcomes).
    """
    replicates = effects.shape[2]
    squared_error = effects.var(axis=2, ddof=1) / replicates
    return np.asarray(math.sqrt(2.0 / math.pi) * np.sqrt(squared_error.mean(axis=0)), np.float64)
