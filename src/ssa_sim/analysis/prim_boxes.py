"""Boxes in the space of uncertainties: what they hold, and how surely each of their limits belongs to them.

A box restricts some uncertainties to a range. Its coverage is the share of all failures that lie in it, its density the share of
failures among its futures, its mass the share of all futures that lie in it (LEMPERT2006; BRYANT2010). A limit's quasi-p-value
is the chance that a box as dense comes about without it: the chance of at least as many failures among the box's futures if each
failed as often as those of the box with this one limit taken away (BRYANT2010, a one-sided binomial test; "quasi", since the
same futures served to find the box).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Sides = tuple[float, float]
"""Low and high limit of one uncertainty; minus or plus infinity where there is none."""


@dataclass(frozen=True)
class Box:
    """A range for each uncertainty that it restricts, by column."""

    limits: Mapping[str, Sides]

    def holds(self, table: pd.DataFrame) -> Bools:
        """Which futures lie in it."""
        inside = np.ones(len(table), bool)
        for column, (low, high) in self.limits.items():
            values = table[column].to_numpy(np.float64)
            inside &= (values >= low) & (values <= high)
        return inside

    def without(self, column: str, side: int) -> "Box":
        """The same box with one limit taken away: side 0 the low one, 1 the high one."""
        low, high = self.limits[column]
        sides = (-np.inf, high) if side == 0 else (low, np.inf)
        rest = {name: limits for name, limits in self.limits.items() if name != column}
        return Box(rest if sides == (-np.inf, np.inf) else {**rest, column: sides})


@dataclass(frozen=True)
class Content:
    """What a box holds: futures, failures among them, and the shares that these make."""

    futures: int
    failures: int
    coverage: float
    density: float
    mass: float


def content(inside: Bools, fails: Bools) -> Content:
    """What lies inside; the shares are NaN where nothing could."""
    n, k = int(inside.sum()), int((inside & fails).sum())
    total = int(fails.sum())
    nan = float("nan")
    return Content(n, k, k / total if total else nan, k / n if n else nan, n / len(inside))


def quasi_p_value(box: Box, column: str, side: int, table: pd.DataFrame, fails: Bools) -> float:
    """The quasi-p-value of one limit; NaN if there is no such limit."""
    if not np.isfinite(box.limits[column][side]):
        return float("nan")
    held = content(box.holds(table), fails)
    wider = content(box.without(column, side).holds(table), fails)
    return float(stats.binom.sf(held.failures - 1, held.futures, wider.density))


def pruned(box: Box, table: pd.DataFrame, fails: Bools, *, level: float, most: int) -> Box:
    """The box without the limits that might be chance, the least sure one first, and with at most so many uncertainties."""
    while box.limits:
        worst, column, side = max(
            (quasi_p_value(box, column, side, table, fails), column, side)
            for column, sides in box.limits.items()
            for side in (0, 1)
            if np.isfinite(sides[side])
        )
        if worst <= level and len(box.limits) <= most:
            break
        box = box.without(column, side)
    return box
