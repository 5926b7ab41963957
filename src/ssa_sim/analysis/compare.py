"""Compares the scenarios of an experiment with its first one, pair by pair on common random numbers.

A verdict is given for a family of rows at once: with many intervals side by side some would exclude zero by luck, so the
p-values are adjusted by Holm's step-down method (S. Holm, Scandinavian Journal of Statistics 6, 1979, 65-70), which keeps the
chance of even one false "better" or "worse" in the family at 5 %. The interval shown beside it is the plain one, for its row
alone.

The family belongs to the comparison, not to what is on show: all scenarios on the outcomes of `chosen.family_of`. An outcome
beside these is judged with all that were kept, so that looking further changes no verdict on what was asked.
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

from ssa_sim.analysis.chosen import chosen_outcomes, family_of
from ssa_sim.analysis.finding import Origin, origin_of
from ssa_sim.analysis.paired import RESAMPLES, PairedDifference, paired_difference
from ssa_sim.catalogue.outcomes import Outcome
from ssa_sim.errors import InputError
from ssa_sim.experiment.keep.matching import Matching
from ssa_sim.experiment.keep.results import Results

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
    "better",
    "same",
    "worse",
    "variance_reduction",
    "verdict",
    "replications",
    "replications_needed",
    "replications_needed_low",
    "replications_needed_high",
    "n_missing",
    "p_value",
    "adjusted_p_value",
    "family",
    "remark",
)
MOST_REPLICATIONS_ADVISED = 100_000
POWER = 0.80
NEEDED_CONFIDENCE = 0.80
"""Of the range of replications needed, by convention."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """The comparison of every other scenario with the first.

    Attributes:
        origin: of the runs compared.
        table: a row a scenario and outcome. `first_mean` and `mean` are over the `replications` pairs used,
            in the outcome's unit; `difference` is mean minus first_mean, with its `confidence` interval
            from `low` to `high` found by `method` ("t", "bootstrap", "exact" where it is the same in all
            pairs, "none"); `better`, `same` and `worse` the shares of pairs in which the scenario does so
            (`probability_better` is `better` by its older name); `variance_reduction` what pairing saved;
            `verdict` "better", "worse", "undecided" or "no difference" (equal in every pair);
            `replications_needed` how many pairs would probably settle an undecided row if the difference is as
            it looks, and from `replications_needed_low` to `replications_needed_high` with what the pairs leave
            open of its size (inf: more than 100,000; NaN: nothing to settle, or not even the direction is
            known); `n_missing` pairs left out for want of a value or of a run; `p_value` as it stands and
            `adjusted_p_value` for the `family` of so many rows; `remark` why something is special.
        first: name of the scenario compared with.
        others: names of the others.
        outcomes: compared, in the table's order.
        replications: pairs that the runs hold, complete or not.
        n_unmatched: of these, how many lack the run of one of the two scenarios, all comparisons together.
        n_failed: runs that failed.
        confidence: of each interval, and of all verdicts of a family taken together.
    """

    origin: Origin
    table: pd.DataFrame
    first: str
    others: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    replications: int
    n_unmatched: int
    n_failed: int
    confidence: float

    @property
    def families(self) -> tuple[int, ...]:
        """How many rows are judged together: one number, or two where outcomes beside the family are on show."""
        return tuple(sorted(set(self.table["family"].tolist())))

    def row(self, scenario: str, outcome: str) -> pd.Series:
        """One row of the table."""
        return self.table[(self.table["scenario"] == scenario) & (self.table["outcome"] == outcome)].iloc[0]

    def count(self, verdict: Verdict, scenario: str | None = None) -> int:
        """How many rows have this verdict, of one scenario or of all."""
        rows = self.table if scenario is None else self.table[self.table["scenario"] == scenario]
        return int((rows["verdict"] == verdict).sum())

    def as_json(self) -> dict[str, object]:
        """The facts, for programs."""
        rows = self.table.to_dict(orient="records")
        for row in rows:
            many = [name for name, value in row.items() if isinstance(value, float) and math.isinf(value)]
            row.update(dict.fromkeys(many, f">{MOST_REPLICATIONS_ADVISED:,}"))
        return {
            "title": self.origin.title,
            "first": self.first,
            "scenarios": [self.first, *self.others],
            "replications": self.replications,
            "seed": self.origin.seed,
            "confidence": self.confidence,
            "model_version": self.origin.model_version,
            "identity": self.origin.identity,
            "n_failed": self.n_failed,
            "n_unmatched": self.n_unmatched,
            "table": rows,
        }


def compare(results: Results, *, outcomes: Sequence[str] | None = None, confidence: float = 0.95) -> Comparison:
    """Compare every scenario with the first one.

    Runs are paired by point and replicate, in whatever order they stand. A pair that lacks a run or a value is left out and
    counted.

    Args:
        results: of an experiment with at least two scenarios.
        outcomes: names of the outcomes to show; by default all that the results hold. Verdicts do not depend on it.
        confidence: of each interval, and of the verdicts of a family taken together.

    Raises:
        InputError: there is nothing to compare, no such outcome in the results, no run of a scenario, or one twice.
    """
    first, *others = results.scenario_names
    if not others:
        raise InputError("A comparison needs at least two scenarios; these results have one.")
    compared = chosen_outcomes(results, outcomes)
    matching = results.matching()
    judged = _judged_together(results, matching, family_of(results), confidence)
    beside = [outcome for outcome in compared if outcome.name not in set(judged["outcome"])]
    if beside:
        further = _judged_together(results, matching, results.outcomes, confidence)
        judged = pd.concat([judged, further[further["outcome"].isin([outcome.name for outcome in beside])]])
    keys = [(scenario, outcome.name) for scenario in others for outcome in compared]
    held = matching.has(first)
    return Comparison(
        origin=origin_of(results),
        table=judged.set_index(["scenario", "outcome"]).loc[keys].reset_index()[list(COLUMNS)],
        first=first,
        others=tuple(others),
        outcomes=compared,
        replications=matching.size,
        n_unmatched=sum(int(np.count_nonzero(held != matching.has(scenario))) for scenario in others),
        n_failed=results.n_failed,
        confidence=confidence,
    )


def _judged_together(
    results: Results, matching: Matching, family: Sequence[Outcome], confidence: float
) -> pd.DataFrame:
    """The rows of every other scenario on these outcomes, with verdicts for all of them at once."""
    names = [outcome.name for outcome in family]
    first, *others = ((name, matching.values(name, names)) for name in results.scenario_names)
    pairs = [(scenario, values, place) for scenario, values in others for place in range(len(family))]
    rows = [
        paired_difference(
            first[1][:, place],
            values[:, place],
            higher_is_better=family[place].better == "higher",
            confidence=confidence,
            seed=_bootstrap_seed(results.seed, scenario, names[place]),
            resamples=resamples_for(len(pairs), confidence),
        )
        for scenario, values, place in pairs
    ]
    adjusted = holm(np.array([row.p_value for row in rows]))
    verdicts = [
        _verdict(row, family[place], p_value, confidence)
        for row, (_, _, place), p_value in zip(rows, pairs, adjusted, strict=True)
    ]
    n_open = sum(verdict in ("undecided", "no difference") for verdict in verdicts)
    level = (1.0 - confidence) / max(n_open, 1)
    table = pd.DataFrame([asdict(row) for row in rows]).rename(columns={"n": "replications"})
    table["scenario"] = [scenario for scenario, _, _ in pairs]
    table["outcome"] = [names[place] for _, _, place in pairs]
    table["probability_better"] = table["better"]
    table["verdict"] = verdicts
    table["adjusted_p_value"] = adjusted
    table["family"] = len(pairs)
    needed = [
        needed_range(row.difference, row.spread, row.n, level=level) if verdict == "undecided" else NOT_KNOWN
        for row, verdict in zip(rows, verdicts, strict=True)
    ]
    table[["replications_needed", "replications_needed_low", "replications_needed_high"]] = needed
    return table


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
    the difference for the true one: see `needed_range`.

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


NOT_KNOWN = (float("nan"), float("nan"), float("nan"))


def needed_range(difference: float, spread: float, n: int, *, level: float) -> tuple[float, float, float]:
    """How many pairs would probably show the difference: as it looks, and from fewest to most as far as its size is known.

    The standardised difference d = difference / spread has the standard error sqrt((1 + d² / 2) / n) or close to it (L. V.
    Hedges and I. Olkin, Statistical Methods for Meta-Analysis, Academic Press 1985, chapter 5), which gives an interval of
    `NEEDED_CONFIDENCE`; its ends give the range: one study in ten needs more than its range says. If that interval holds zero,
    the pairs do not even tell the direction of a difference, and no number of replications can be named.

    Args:
        difference: observed mean difference.
        spread: standard deviation of the differences, in the same unit.
        n: pairs at hand.
        level: two-sided level of the test.

    Returns:
        Three numbers as `replications_needed` gives them; NaN where none can be named.
    """
    if n < 2 or math.isnan(spread) or spread == 0.0:
        return NOT_KNOWN
    size = abs(difference) / spread
    reach = float(stats.t.ppf(0.5 + NEEDED_CONFIDENCE / 2.0, n - 1)) * math.sqrt((1.0 + size * size / 2.0) / n)
    if size <= reach:
        return NOT_KNOWN
    at_hand, fewest, most = (
        replications_needed(one, 1.0, n, level=level) for one in (size, size + reach, size - reach)
    )
    return at_hand, fewest, most


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
