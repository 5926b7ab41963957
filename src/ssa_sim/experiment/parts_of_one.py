"""Shares of one whole that are drawn apart and may sum to more than it."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

PARTS_OF_ONE = (
    ("security.un_share_north", "security.un_share_centre"),
    ("security.counter_terrorism_share_north", "security.counter_terrorism_share_centre"),
)
"""Uncertainties that are shares of one whole, and whose ranges allow sums above 1."""


def divided(paths: Sequence[str], points: Floats) -> tuple[Floats, int]:
    """The points with shares of one whole divided by their sum wherever that is above 1, and how many points that were.

    Nothing is clipped to a range that the catalogue does not allow: a divided share is larger than half of the smallest that
    it allows. Where only some shares of a whole vary, nothing is known of the rest, and nothing is done.

    Args:
        paths: what the columns of the points are, by dotted name.
        points: shape (points, columns).
    """
    fixed = points.copy()
    return fixed, divide(paths, fixed)


def divide(paths: Sequence[str], points: Floats) -> int:
    """The same to the points themselves; returns how many had shares divided."""
    touched = np.zeros(len(points), bool)
    for group in PARTS_OF_ONE:
        if not all(path in paths for path in group):
            continue
        columns = [paths.index(path) for path in group]
        total = points[:, columns].sum(axis=1)
        above = total > 1.0 + 1e-12
        points[np.ix_(above, columns)] /= total[above, None]
        touched |= above
    return int(touched.sum())
