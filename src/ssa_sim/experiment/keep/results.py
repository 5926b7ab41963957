"""What an experiment yields: a table of runs, a table of months, and what they were made with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ssa_sim.catalogue.outcomes import Outcome
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.plan import MonthlyDetail
from ssa_sim.experiment.keep.matching import POINT, Matching

Floats = npt.NDArray[np.float64]

TEXT = pd.Series([""]).dtype
"""What the installed version of pandas keeps texts in."""

RUN_COLUMNS = ("run_id", "scenario", "replicate", "seed", "status", "error")
MONTHLY_COLUMNS = ("scenario", "month", "outcome", "mean", "p05", "p25", "p50", "p75", "p95", "n")
TRAJECTORY_COLUMNS = ("scenario", "replicate", "month")
QUANTILES = {"p05": 0.05, "p25": 0.25, "p50": 0.50, "p75": 0.75, "p95": 0.95}


@dataclass(frozen=True, eq=False)
class Results:
    """The results of an experiment, fresh or read from a folder.

    Attributes:
        title: the experiment's.
        identity: `Experiment.identity()` of the experiment that was run.
        scenario_names: in the experiment's order; comparisons are with the first.
        outcomes: what was kept, with labels, units and directions as they were when it was run.
        replications: replicates planned.
        seed: root seed.
        monthly_detail: "summary", "all" or "none".
        runs: a row a run, known by its scenario, point and replicate and not by where it stands: run_id, scenario,
            replicate, seed, status ("ok" or "failed"), error (text, missing where ok); with a design, point (its
            number) and a column for each parameter that varies; and a float column an outcome, in its unit; NaN
            where the outcome is not defined or the run failed.
        monthly: a row a scenario, outcome and month: mean and quantiles p05 to p95 over the n runs in which
            the outcome is defined in that month, of the first `layout.SUMMARY_CELLS` runs of each scenario;
            empty if `monthly_detail` is "none".
        trajectories: with `monthly_detail` "all", a row a run and month, a float column an outcome; else
            None.
        design: with a design, a row a point: point and a column for each parameter that varies (missing where the point
            leaves it as the scenario has it); else None.
        design_request: with a design, how its points were asked for: method, samples, seed, axes and so on; else None.
        provenance: what it was made with: resolved scenarios, versions, platform, time.
    """

    title: str
    identity: str
    scenario_names: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    replications: int
    seed: int
    monthly_detail: MonthlyDetail
    runs: pd.DataFrame
    monthly: pd.DataFrame
    trajectories: pd.DataFrame | None
    provenance: Mapping[str, object]
    design: pd.DataFrame | None = None
    design_request: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        """Put the design's rows in the order of their points, wherever they stood.

        Raises:
            InputError: the points are not numbered from 0, each once.
        """
        if self.design is None:
            return
        ordered = self.design.sort_values(POINT, kind="stable", ignore_index=True)
        if not np.array_equal(ordered[POINT].to_numpy(), np.arange(len(ordered))):
            raise InputError(
                "The design's points are not all there, each once.", allowed=f"a column {POINT!r} that counts from 0"
            )
        object.__setattr__(self, "design", ordered)

    @property
    def n_failed(self) -> int:
        """How many runs failed."""
        return int((self.runs["status"] == "failed").sum())

    def values(self, scenario: str, outcome: str) -> Floats:
        """One outcome of one scenario, a value for each point and replicate that any scenario has, in their order.

        Places are the same in every scenario, whatever the order of the rows; NaN where one has no such run, or no value.

        Raises:
            InputError: the runs hold none of the scenario, or one of them twice.
        """
        return self.matching().values(scenario, [outcome])[:, 0]

    def by_point(self, scenario: str) -> Floats:
        """All outcomes of one scenario, shape (points, replicates, outcomes); NaN where there is none.

        Places are the same in every scenario; errors as for `values`.
        """
        n_points = int(self.runs[POINT].max()) + 1 if POINT in self.runs else 1
        if self.design is not None:
            n_points = max(n_points, len(self.design))
        return self.matching().cube(scenario, [outcome.name for outcome in self.outcomes], n_points)

    def matching(self) -> Matching:
        """The runs of all scenarios, matched by point and replicate."""
        return Matching(self.runs, self.scenario_names)


def monthly_summary(
    scenario: str, months: Sequence[pd.Timestamp], outcomes: Sequence[str], histories: Floats
) -> pd.DataFrame:
    """Mean and quantiles over replicates, by outcome and month.

    Args:
        scenario: its name, repeated in the first column.
        months: the first day of each month.
        outcomes: names of the last axis of `histories`.
        histories: shape (replicates, months, outcomes); NaN where an outcome is not defined.

    Quantiles interpolate linearly between the values that are defined, as `numpy.nanquantile` does.
    """
    ordered = np.sort(histories, axis=0)
    defined = np.count_nonzero(~np.isnan(histories), axis=0)
    with np.errstate(invalid="ignore"):
        mean = np.where(defined > 0, np.nansum(histories, axis=0) / defined, np.nan)
    columns: dict[str, object] = {
        "scenario": pd.Series([scenario] * (len(months) * len(outcomes)), dtype=TEXT),
        "month": np.tile(np.asarray(months, "datetime64[us]"), len(outcomes)),
        "outcome": pd.Series(np.repeat(np.asarray(outcomes, object), len(months)), dtype=TEXT),
        "mean": mean.T.ravel(),
    }
    for name, share in QUANTILES.items():
        columns[name] = _quantile(ordered, defined, share).T.ravel()
    columns["n"] = defined.T.ravel().astype(np.int64)
    return pd.DataFrame(columns, columns=list(MONTHLY_COLUMNS))


def _quantile(ordered: Floats, defined: npt.NDArray[np.intp], share: float) -> Floats:
    """The quantile along the first axis of sorted values of which the first `defined` are not NaN."""
    if len(ordered) == 0:
        return np.full(ordered.shape[1:], np.nan)
    position = share * np.maximum(defined - 1, 0)
    below = np.floor(position).astype(np.intp)
    above = np.minimum(below + 1, np.maximum(defined - 1, 0))
    low = np.take_along_axis(ordered, below[None], axis=0)[0]
    high = np.take_along_axis(ordered, above[None], axis=0)[0]
    with np.errstate(invalid="ignore"):
        quantile = np.where(low == high, low, low + (position - below) * (high - low))
    return np.where(defined > 0, quantile, np.nan)
