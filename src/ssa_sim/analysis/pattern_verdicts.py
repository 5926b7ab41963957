"""The one rule by which every row is judged.

**The rule.** From the runs an estimate is made, with a 95 % interval: of a level row the median over runs (order statistics;
W. J. Conover, Practical Nonparametric Statistics, 3rd edition, Wiley 1999, section 3.2), of a direction row the share of runs
whose number lies in the tolerance (C. J. Clopper and E. S. Pearson, Biometrika 26, 1934, 404-413). A row holds if that whole
interval lies where it should: the median's within the tolerance, the share's at or above two thirds. Two thirds is what
"likely" begins with in the language of the Intergovernmental Panel on Climate Change (M. D. Mastrandrea and others,
Guidance Note for Lead Authors of the IPCC Fifth Assessment Report on Consistent Treatment of Uncertainties, 2010). The burden
of proof is thus on the model: where too few runs leave it open, a row fails, and says so.

A run in which the number is not defined shows no direction, and its level might be anything: the median's interval is as wide
as if it lay at either end.
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

from ssa_sim.analysis.pattern_measures import Floats
from ssa_sim.analysis.shares import share_interval
from ssa_sim.catalogue.patterns import Row
from ssa_sim.words.texts import Word

Verdict = Literal["holds", "fails", "not applicable"]

CONFIDENCE = 0.95
LIKELY = 2.0 / 3.0
"""The share of runs that has to show a direction."""

OPEN = Word("patterns.remarks.open")


@dataclass(frozen=True)
class JudgedRow:
    """What the runs say about a row.

    Attributes:
        row: the row.
        verdict: "holds", "fails" or "not applicable".
        n: runs, failed ones included.
        n_missing: those of them in which the number is not defined.
        median: over the runs in which it is defined, in the row's unit; NaN if there is none.
        p05: 5th percentile over the same runs.
        p95: 95th percentile over the same runs.
        share: share of all runs whose number lies in the tolerance.
        low: lower end of the 95 % interval of what is judged: the median, or the share for a direction.
        high: upper end of that interval.
        remark: why it is not applicable, or what to know of the verdict; None if nothing.
    """

    row: Row
    verdict: Verdict
    n: int
    n_missing: int
    median: float
    p05: float
    p95: float
    share: float
    low: float
    high: float
    remark: Word | None = None

    def as_json(self) -> dict[str, object]:
        """The facts, for programs; the remark by its name among the words."""
        return {
            "verdict": self.verdict,
            "replications": self.n,
            "n_missing": self.n_missing,
            "median": self.median,
            "p05": self.p05,
            "p95": self.p95,
            "share_of_runs": self.share,
            "low": self.low,
            "high": self.high,
            "remark": None if self.remark is None else self.remark.key,
        }


def judge_row(row: Row, values: Floats) -> JudgedRow:
    """Judge one row.

    Args:
        row: the row.
        values: its number in each run, in the row's unit; NaN where it is not defined.
    """
    defined = values[~np.isnan(values)]
    within = int(np.count_nonzero((defined > row.low) & (defined < row.high)))
    median, p05, p95 = (float(np.quantile(defined, q)) if defined.size else math.nan for q in (0.5, 0.05, 0.95))
    share = within / len(values)
    if row.judged == "level":
        low, high = median_interval(values)
        is_shown = row.low < low and high < row.high
        is_near = row.low < median < row.high
    else:
        low, high = share_interval(within, len(values), CONFIDENCE)
        is_shown, is_near = low >= LIKELY, share >= LIKELY
    return JudgedRow(
        row=row,
        verdict="holds" if is_shown else "fails",
        n=len(values),
        n_missing=len(values) - defined.size,
        median=median,
        p05=p05,
        p95=p95,
        share=share,
        low=low,
        high=high,
        remark=OPEN if is_near and not is_shown else None,
    )


def not_applicable(row: Row, reason: Word) -> JudgedRow:
    """A row that cannot be judged."""
    return JudgedRow(row, "not applicable", 0, 0, *(math.nan,) * 6, remark=reason)


def median_interval(values: Floats) -> tuple[float, float]:
    """The 95 % interval of the median; infinite ends where the runs are too few, or too few have a value.

    Args:
        values: one a run; NaN counts as the lowest for the lower end, and as the highest for the upper end.
    """
    rank = int(stats.binom.ppf((1.0 - CONFIDENCE) / 2.0, len(values), 0.5))
    if rank == 0:
        return -math.inf, math.inf
    lowest, highest = (np.sort(np.where(np.isnan(values), end, values)) for end in (-math.inf, math.inf))
    return float(lowest[rank - 1]), float(highest[len(values) - rank])
