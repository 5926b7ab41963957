"""What part of the variance between points is mere chance, because each point was run only a few times.

Every point is run on the same replicates, so that what a replicate does to all points alike cancels out between them. What is
left is the scatter that point and replicate have together: the interaction of a two-way analysis of variance with one run a
cell. Its mean square, divided by the replicates, is the variance that chance adds to a point's mean.
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def chance_share(values: Floats) -> float:
    """The share of the variance of the points' means that chance accounts for, from 0 to 1.

    It is also the total index (see `sensitivity.py`) that a parameter without any effect would have on average, if none of
    the chance were common to neighbouring points.

    Args:
        values: shape (points, replicates), without gaps.

    Returns:
        NaN with one replicate or point, or if the points' means do not vary.
    """
    points, replicates = values.shape
    if points < 2 or replicates < 2:
        return float("nan")
    means = values.mean(axis=1)
    between = float(means.var(ddof=1))
    if between <= (1e-12 * float(np.abs(means).max())) ** 2:
        return float("nan")
    rest = values - means[:, None] - values.mean(axis=0) + values.mean()
    within = float(np.sum(rest**2)) / ((points - 1) * (replicates - 1))
    return float(min(1.0, within / replicates / between))
