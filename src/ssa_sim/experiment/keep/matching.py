"""Which runs belong together: those of the same point and replicate, wherever their rows stand.

Scenarios are compared pair by pair on the same draws. What makes a pair is what the runs are, not their order: tables are sorted,
filtered and put together by those who work with them.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from ssa_sim.errors import InputError

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

POINT = "point"
"""The column that numbers the points of a design."""


class Matching:
    """The runs of some scenarios, matched by point and replicate.

    Attributes:
        runs: a row a run: scenario, replicate, with a design point, and a column an outcome.
        scenarios: whose runs are matched; rows of others do not count.
        size: how many points and replicates there are that any of the scenarios has.
    """

    def __init__(self, runs: pd.DataFrame, scenarios: Sequence[str]) -> None:
        """Match the runs.

        Raises:
            InputError: a run does not say which replicate it is, or runs are on the draws of several seeds.
        """
        self.runs = runs
        self.scenarios = tuple(scenarios)
        if "replicate" not in runs or runs["replicate"].isna().any():
            raise InputError(
                "The runs do not all say which replicate they are.", allowed="a column 'replicate' without gaps"
            )
        for name in ("replicate", POINT):
            numbers = runs[name].to_numpy() if name in runs else np.zeros(0, np.int64)
            if not np.array_equal(numbers, numbers.astype(np.int64)):
                raise InputError(f"The column {name!r} holds what are no whole numbers.", allowed="0, 1, 2 and so on")
        if "seed" in runs and runs["seed"].nunique() > 1:
            raise InputError("The runs have several root seeds, so that equal replicates are not on the same draws.")
        self._points = runs[POINT].to_numpy(np.int64) if POINT in runs else np.zeros(len(runs), np.int64)
        counted = runs["scenario"].isin(self.scenarios).to_numpy()
        replicates = runs["replicate"].to_numpy(np.int64)
        self._replicates = np.unique(replicates[counted])
        self._columns = np.searchsorted(self._replicates, replicates)
        keys = self._points * len(self._replicates) + self._columns
        known = np.unique(keys[counted])
        self.size = len(known)
        self._places = np.searchsorted(known, keys)

    def values(self, scenario: str, outcomes: Sequence[str]) -> Floats:
        """Outcomes of one scenario, shape (size, outcomes): by point, then by replicate, alike in every scenario.

        NaN where the scenario has no such run, or the run no value.

        Raises:
            InputError: as for `rows`.
        """
        rows = self.rows(scenario)
        filled = np.full((self.size, len(outcomes)), np.nan)
        filled[self._places[rows]] = self.runs[list(outcomes)].to_numpy(np.float64)[rows]
        return filled

    def cube(self, scenario: str, outcomes: Sequence[str], points: int) -> Floats:
        """The same with an axis of its own for points, shape (points, replicates, outcomes)."""
        rows = self.rows(scenario)
        filled = np.full((points, len(self._replicates), len(outcomes)), np.nan)
        filled[self._points[rows], self._columns[rows]] = self.runs[list(outcomes)].to_numpy(np.float64)[rows]
        return filled

    def has(self, scenario: str) -> npt.NDArray[np.bool_]:
        """Which of the points and replicates a scenario has a run for, shape (size,); errors as for `rows`."""
        held = np.zeros(self.size, np.bool_)
        held[self._places[self.rows(scenario)]] = True
        return held

    def rows(self, scenario: str) -> Integers:
        """Where the rows of a scenario stand.

        Raises:
            InputError: there is none, or one run stands there twice.
        """
        rows = np.flatnonzero((self.runs["scenario"] == scenario).to_numpy())
        if not len(rows):
            there = [name for name in self.scenarios if (self.runs["scenario"] == name).any()]
            raise InputError(
                f"The results hold no run of the scenario {scenario!r}.",
                where="runs",
                allowed=there or "a run at least",
            )
        _, first, counts = np.unique(self._places[rows], return_index=True, return_counts=True)
        if (counts > 1).any():
            row = rows[first[counts > 1][0]]
            at = f" at point {self._points[row]}" if POINT in self.runs else ""
            raise InputError(
                f"Replicate {self._replicates[self._columns[row]]} of the scenario {scenario!r}{at} stands there "
                f"{counts.max()} times.",
                where="runs",
                allowed="each run once",
            )
        return rows
