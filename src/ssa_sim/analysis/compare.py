"""Compares the scenarios of an experiment with its first one, pair by pair on common random numbers.

A verdict is given for the whole table at once: with many intervals side by side some would exclude zero by
luck, so the p-values are adjusted by Holm's step-down method (S. Holm, Scandinavian Journal of Statistics
6, 1979, 65-70), which keeps the chance of even one false "better" or "worse" in the table at 5 %. The
interval shown beside it is the plain one, for its row alone.
"""

import hashlib
import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from ssa_sim.analysis.chosen import chosen_outcomes
from ssa_sim.analysis.paired import RESAMPLES, PairedDifference, paired_difference
from ssa_sim.errors import InputError
from ssa_sim.experiment.results import Results
from ssa_sim.model.outcomes import Outcome

Verdict = Literal["better", "worse", "undecided", "no difference"]

COLUMNS = (
    "scenario",
    "outcome",
    "first_mean",
    "mean",
    "difference",
    "low",
    "high",
    "method",
    "probability_better",
    "variance_reduction",
    "verdict",
    "replications",
    "replications_needed",
    "n_missing",
    "p_value",
    "adjusted_p_value",
    "remark",
)
MOST_REPLICATIONS_ADVISED = 100_000
POWER = 0.80


@dataclass(frozen=True, eq=False)
class Comparison:
    """The comparison of every other scenario with the first.

    Attributes:
        table: a row a scenario and outcome. `first_mean` and `mean` are over the `replications` pairs used,
            in the outcome's unit; `difference` is mean minus first_mean, with its `confidence` interval
            from `low` to `high` found by `method` ("t", "bootstrap", "exact" where it is the same in all
            pairs, "none"); `probability_better` the share of pairs in which the scenario does better, ties
            half; `variance_reduction` what pairing saved; `verdict` "better", "worse", "undecided" or "no
            difference" (equal in every pair); `replications_needed` how many pairs would probably settle an
            undecided row (inf: more than 100,000; NaN: nothing to settle or not known); `n_missing` pairs
            left out for want of a value; `p_value` as it stands and `adjusted_p_value` for the whole table;
            `remark` why something is special.
        first: name of the scenario compared with.
        others: names of the others.
        outcomes: compared, in the table's order.
        replications: pairs planned.
        n_failed: runs that failed.
        confidence: of each interval, and of all verdicts taken together.
    """

    table: pd.DataFrame
    first: str
    others: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    replications: int
    n_failed: int
    confidence: float

    def row(self, scenario: str, outcome: str) -> pd.Series:
        """One row of the table."""
        return self.table[(self.table["scenario"] == scenario) & (self.table["outcome"] == outcome)].iloc[0]

    def count(self, verdict: Verdict, scenario: str | None = None) -> int:
        """How many rows have this verdict, of one scenario or of all."""
        rows = self.table if scenario is None else self.table[self.table["scenario"] == scenario]
        return int((rows["verdict"] == verdict).sum())


def compare(results: Results, *, outcomes: Sequence[str] | None = None, confidence: float = 0.95) -> Comparison:
    """Compare every scenario with the first one.

    Args:
        results: of an experiment with at least two scenarios.
        outcomes: names of the outcomes to compare; by default all that the results hold. The verdicts are
            adjusted for the rows that this makes, so that a shorter list decides more.
        confidence: of each interval, and of the verdicts taken together.

    Raises:
        InputError: there is nothing to compare, or no such outcome in the results.
    """
    first, *others = results.scenario_names
    if not others:
        raise InputError("A comparison needs at least two scenarios; these results have one.")
    compared = chosen_outcomes(results, outcomes)
    pairs = [(scenario, outcome) for scenario in others for outcome in compared]
    rows = [
        paired_difference(
            results.values(first, outcome.name),
            results.values(scenario, outcome.name),
            higher_is_better=outcome.better == "higher",
            confidence=confidence,
            seed=_bootstrap_seed(results.seed, scenario, outcome.name),
            resamples=resamples_for(len(pairs), confidence),
        )
        for scenario, outcome in pairs
    ]
    adjusted = holm(np.array([row.p_value for row in rows]))
    verdicts = [
        _verdict(row, outcome, p_value, confidence)
        for row, (_, outcome), p_value in zip(rows, pairs, adjusted, strict=True)
    ]
    n_open = sum(verdict in ("undecided", "no difference") for verdict in verdicts)
    table = pd.DataFrame([asdict(row) for row in rows]).rename(columns={"n": "replications"})
    table["scenario"] = [scenario for scenario, _ in pairs]
    table["outcome"] = [outcome.name for _, outcome in pairs]
    table["verdict"] = verdicts
    table["adjusted_p_value"] = adjusted
    table["replications_needed"] = [
        replications_needed(row.difference, row.spread, row.n, level=(1.0 - confidence) / max(n_open, 1))
        if verdict == "undecided"
        else float("nan")
        for row, verdict in zip(rows, verdicts, strict=True)
    ]
    return Comparison(
        table=table[list(COLUMNS)],
        first=first,
        others=tuple(others),
        outcomes=compared,
        replications=results.replications,
        n_failed=results.n_failed,
        confidence=confidence,
    )


def resamples_for(rows: int, confidence: float) -> int:
    """Bootstrap samples for a table of so many rows: in a long one a row needs a smaller p-value for a verdict, and these are
    to resolve a third of it."""
    return max(RESAMPLES, math.ceil(6.0 * rows / (1.0 - confidence)) - 1)


def holm(p_values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Holm's adjusted p-values; NaN stays NaN and counts as no test."""
    adjusted = np.full(len(p_values), np.nan)
    tested = np.flatnonzero(~np.isnan(p_values))
    order = tested[np.argsort(p_values[tested], kind="stable")]
    factors = np.arange(len(order), 0, -1)
    adjusted[order] = np.minimum(1.0, np.maximum.accumulate(factors * p_values[order]))
    return adjusted


def replications_needed(difference: float, spread: float, n: int, *, level: float, power: float = POWER) -> float:
    """How many pairs would probably show a difference as large as the one observed.

    The smallest n with n >= (t[1 - level/2, n - 1] + t[power, n - 1])² (spread / difference)²: the sample
    size of a paired t test with this two-sided level and power (J. Cohen, Statistical Power Analysis for
    the Behavioral Sciences, 2nd edition, 1988, chapter 2; A. M. Law, Simulation Modeling and Analysis,
    5th edition, 2015, sections 9.4.1 and 10.2.1, for paired differences on common random numbers). It takes
    the difference observed for the true one and is therefore a rough guide.

    Args:
        difference: observed mean difference.
        spread: standard deviation of the differences, in the same unit.
        n: pairs at hand.
        level: two-sided level of the test.
        power: chance of showing the difference if it is real.

    Returns:
        A whole number above `n`; inf above 100,000 or if there is no difference to show; NaN if the spread
        is unknown or the differences do not vary.
    """
    if math.isnan(spread) or spread == 0.0:
        return float("nan")
    if difference == 0.0:
        return float("inf")
    candidates = range(max(n + 1, 3), MOST_REPLICATIONS_ADVISED + 1)

    def surplus(pairs: int) -> float:
        quantiles = float(np.sum(stats.t.ppf([1.0 - level / 2.0, power], pairs - 1)))
        ratio = quantiles * spread / difference
        return pairs - ratio * ratio

    enough = bisect_left(candidates, 0.0, key=surplus)
    return float(candidates[enough]) if enough < len(candidates) else float("inf")


def _verdict(row: PairedDifference, outcome: Outcome, adjusted: float, confidence: float) -> Verdict:
    if row.method == "exact" and row.difference == 0.0:
        return "no difference"
    if math.isnan(adjusted) or adjusted > 1.0 - confidence:
        return "undecided"
    return "better" if (row.difference > 0.0) == (outcome.better == "higher") else "worse"


def _bootstrap_seed(seed: int, scenario: str, outcome: str) -> tuple[int, ...]:
    """A seed of its own for each row, so that no row depends on which others are shown."""
    words = hashlib.sha256(f"{scenario}\0{outcome}".encode()).digest()[:8]
    return (seed, int.from_bytes(words, "little"))
