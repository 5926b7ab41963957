"""Elementary effects of a screening, in standard deviations of the outcome, and what chance alone would make of them.

The change of an outcome over a step is an elementary effect (MORRIS1991). The mean of its absolute value over the
trajectories, `mu_star` (CAMPOLONGO2007), says how far the parameter moves the outcome somewhere; the standard deviation
`sigma` how much that depends on where. Both are divided by the outcome's standard deviation over all points of the design, so
that outcomes can be compared: 1 means that the whole range of this one parameter moves the outcome by as much as all parameters
together typically do.

Runs are random, so an effect is measured on common random numbers and as a mean over replicates, and what is left of chance is
stated beside it: `noise_floor` is the `mu_star` that effects of no direction, with the scatter that replicates show, would have.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ssa_sim.experiment.design import MORRIS_LEVELS, unit_cube

Floats = npt.NDArray[np.float64]

CONFIDENCE = 0.95
"""Of the interval `mu_star_conf`."""
EFFECT_COLUMNS = [
    "ground",
    "outcome",
    "path",
    "mu",
    "mu_star",
    "mu_star_conf",
    "sigma",
    "noise_floor",
]
"""In the outcome's standard deviations over the design, for a step through the whole prior."""


def effects_on(
    ground: str, quantiles: Floats, values: Floats, *, paths: Sequence[str], outcomes: Sequence[str], seed: int
) -> tuple[pd.DataFrame, dict[str, float]]:
    """The effects on one ground, scaled (EFFECT_COLUMNS), and each outcome's standard deviation over the points.

    Args:
        ground: its name.
        quantiles: the design, shape (trajectories * (parameters + 1), parameters).
        values: shape (points, replicates, outcomes), without gaps.
        paths: the parameters' names.
        outcomes: the outcomes' names.
        seed: of the bootstrap behind `mu_star_conf`.
    """
    from SALib.analyze.morris import analyze

    means = values.mean(axis=1)
    spread = means.std(axis=0)
    scale = np.where(spread > 1e-12 * np.abs(means).max(axis=0, initial=1.0), spread, np.inf)
    floor = noise_floor(elementary_effects(quantiles, values)) / scale
    tables = []
    for o, outcome in enumerate(outcomes):
        found: Any = analyze(
            unit_cube(len(paths)),
            quantiles,
            means[:, o] / scale[o],
            num_levels=MORRIS_LEVELS,
            conf_level=CONFIDENCE,
            seed=seed,
        )
        columns = {name: np.asarray(found[name], np.float64) for name in ("mu", "mu_star", "mu_star_conf", "sigma")}
        tables.append(
            pd.DataFrame({"ground": ground, "outcome": outcome, "path": paths, **columns, "noise_floor": floor[:, o]})
        )
    return pd.concat(tables, ignore_index=True)[EFFECT_COLUMNS], dict(zip(outcomes, spread.tolist(), strict=True))


def without_gaps(values: Floats, trajectory: int, outcomes: Sequence[str]) -> tuple[Floats, dict[str, int]]:
    """Values (points, replicates, outcomes) with each gap filled, and the points at which an outcome had one.

    Where an outcome is not defined in a run, the value of the point before it in its trajectory (of `trajectory` points) stands,
    or of the one after it at the beginning, so that the step counts as no effect; 0 if it is defined nowhere in the trajectory.
    """
    filled = values.copy()
    for start in range(0, len(values), trajectory):
        steps = filled[start : start + trajectory]
        for before, after in pairwise(steps):
            np.copyto(after, before, where=np.isnan(after))
        for after, before in pairwise(steps[::-1]):
            np.copyto(before, after, where=np.isnan(before))
        np.copyto(steps, 0.0, where=np.isnan(steps))
    gaps = np.isnan(values).any(axis=1).sum(axis=0)
    return filled, {name: int(count) for name, count in zip(outcomes, gaps, strict=True) if count}


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
