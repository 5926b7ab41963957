"""Elementary effects of a screening, in standard deviations of the outcome, and what chance alone would make of them.

They (see `elementary_effects.py`) are divided by the outcome's standard deviation over all points of the design, so that
outcomes can be compared: 1 means that the whole range of this one parameter moves the outcome by as much as all parameters
together typically do.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from ssa_sim.analysis.elementary_effects import elementary_effects, morris_indices, noise_floor

Floats = npt.NDArray[np.float64]

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
    means = values.mean(axis=1)
    spread = means.std(axis=0)
    scale = np.where(spread > 1e-12 * np.abs(means).max(axis=0, initial=1.0), spread, np.inf)
    floor = noise_floor(elementary_effects(quantiles, values)) / scale
    tables = []
    for o, outcome in enumerate(outcomes):
        columns = morris_indices(quantiles, means[:, o] / scale[o], seed=seed)
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
