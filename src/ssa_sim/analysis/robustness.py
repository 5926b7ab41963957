"""How packages do over all futures that a sweep draws, and how surely one ranks before another (LEMPERT2006; MCPHAIL2018).

No single future is the best guess here: each package is judged by several measures over all futures, which answer different
questions and need not agree (MCPHAIL2018).

* `satisficing`: the share of futures in which it does well enough (Starr's domain criterion): better than the first scenario
  in the same future (as well is not better), or at least as good as a level;
* `regret_max`, `regret_p90`, `regret_mean`: how far it falls short of the best package of each future: at worst (minimax
  regret), in nine of ten futures, and on average;
* `mean`: its outcome with all futures weighted alike (Laplace's principle);
* `worst`, `p10`: its outcome in its worst future (Wald's maximin), and what it falls short of in one future of ten.

Futures are weighted as the sweep draws them, by the priors' shapes; a share of futures is no probability. Intervals
and the probabilities of ranks are from a bootstrap over futures: they say what another draw of futures would have
changed. Only the interval of a share that is counted in independent futures is the exact one (CLOPPER1934): where a
package does well enough in all futures, or in none, a bootstrap would know no doubt at all. For extremes, the worst future and the largest regret, a bootstrap knows only the futures at hand: other futures may be worse.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ssa_sim.analysis.futures import Futures, futures_of
from ssa_sim.analysis.paired import shares_of
from ssa_sim.analysis.ranks import rank_shares, ranks_of
from ssa_sim.analysis.samples import Missing
from ssa_sim.analysis.shares import share_interval
from ssa_sim.catalogue.outcomes import Outcome
from ssa_sim.errors import InputError
from ssa_sim.experiment.keep.results import Results

Floats = npt.NDArray[np.float64]

RESAMPLES = 2000
MEASURES = ("satisficing", "regret_max", "regret_p90", "regret_mean", "mean", "worst", "p10")
MEASURE_COLUMNS = ("outcome", "package", "measure", "value", "low", "high", "rank")
RANK_COLUMNS = ("outcome", "measure", "package", "rank", "probability")
AGAINST_FIRST_COLUMNS = ("outcome", "package", "better", "same", "worse", "mean_gain")
SUMMARY_COLUMNS = ("outcome", "rule", "threshold", "futures", "dropped", "replications", "error")


@dataclass(frozen=True, eq=False)
class Robustness:
    """How packages do over futures.

    Attributes:
        title: of the results.
        packages: in the results' order; the first is what the others are compared with.
        outcomes: looked at.
        measures: a row for each outcome, package and measure: `value` with its interval from `low` to `high`, and its
            `rank`, 1 for the best. Shares for "satisficing" (NaN for the first package where it is the standard), else in the
            outcome's unit.
        ranks: a row for each outcome, measure, package and rank: the `probability` of that rank; packages that are equal
            share the ranks that they take up together.
        against_first: a row for each outcome and package but the first: the shares of futures in which it does `better` than
            the first, the `same` and `worse`, and `mean_gain`, by how much it does better on average (in the outcome's unit).
        summary: a row an outcome: `rule` ("first": better than the first scenario; "level": at least as good as `threshold`),
            `futures` used and `dropped`, `replications`, and `error`: the standard error, in the median future and package, of a
            difference from the first package within one future (NaN with one replicate).
        confidence: of each interval.
        seed: root seed of the runs.
    """

    title: str
    packages: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    measures: pd.DataFrame
    ranks: pd.DataFrame
    against_first: pd.DataFrame
    summary: pd.DataFrame
    confidence: float
    seed: int

    def of(self, outcome: str, measure: str) -> pd.DataFrame:
        """The rows of one measure, a package each."""
        rows = self.measures
        return rows[rows["outcome"].eq(outcome) & rows["measure"].eq(measure)].set_index("package")

    def rank_table(self, outcome: str, measure: str) -> pd.DataFrame:
        """The probability of each rank: a row a package, a column a rank."""
        rows = self.ranks
        rows = rows[rows["outcome"].eq(outcome) & rows["measure"].eq(measure)]
        return rows.pivot(index="package", columns="rank", values="probability").reindex(
            [package for package in self.packages if package in set(rows["package"])]
        )

    def as_json(self) -> dict[str, object]:
        """The facts, for programs."""
        return {
            "title": self.title,
            "packages": list(self.packages),
            "seed": self.seed,
            "confidence": self.confidence,
            "summary": self.summary.to_dict(orient="records"),
            "measures": self.measures.to_dict(orient="records"),
            "against_first": self.against_first.to_dict(orient="records"),
            "ranks": self.ranks.to_dict(orient="records"),
        }


def robustness(
    results: Results,
    outcomes: Sequence[str],
    *,
    packages: Sequence[str] | None = None,
    levels: dict[str, float] | None = None,
    missing: Missing = "refuse",
    confidence: float = 0.95,
) -> Robustness:
    """Judge packages over all futures.

    Args:
        results: of a sweep over uncertainties, with several scenarios or crossed levers.
        outcomes: names.
        packages: which; all if None. The first of all is always there.
        levels: for outcomes by name, what is good enough; for others, to do better than the first scenario.
        missing: what to do with futures in which a run has no value.
        confidence: of each interval.

    Raises:
        InputError: the design does not serve, a name is not held, values are missing, or there is one package only.
    """
    levels = levels or {}
    unknown = [name for name in levels if name not in outcomes]
    if unknown:
        raise InputError(f"A level is given for {unknown[0]!r}, which is not looked at.", allowed=outcomes)
    measures, ranks, against_first, summary, shown = [], [], [], [], []
    for name in outcomes:
        futures = futures_of(results, name, packages=packages, missing=missing, purpose="A look at robustness")
        if len(futures.packages) < 2:
            raise InputError(
                "There is only one package, so there is nothing to rank.",
                allowed="a sweep over several scenarios, or with crossed = true and [design.levers]",
            )
        level = levels.get(name)
        table, of_ranks = _judged(futures, level, confidence)
        measures.append(table)
        ranks.append(of_ranks)
        shown.append(futures.outcome)
        gains = [futures.improvements(package) for package in range(1, len(futures.packages))]
        against_first += [
            {"outcome": name, "package": package, **shares_of(gain), "mean_gain": float(gain.mean())}
            for package, (gain, _) in zip(futures.packages[1:], gains, strict=True)
        ]
        errors = np.array([error for _, error in gains])
        summary.append(
            {
                "outcome": name,
                "rule": "first" if level is None else "level",
                "threshold": float("nan") if level is None else level,
                "futures": len(futures.table),
                "dropped": futures.n_dropped,
                "replications": futures.values.shape[2],
                "error": float(np.median(errors)),
            }
        )
    return Robustness(
        title=results.title,
        packages=futures.packages,
        outcomes=tuple(shown),
        measures=pd.concat(measures, ignore_index=True),
        ranks=pd.concat(ranks, ignore_index=True),
        against_first=pd.DataFrame(against_first, columns=list(AGAINST_FIRST_COLUMNS)),
        summary=pd.DataFrame(summary, columns=list(SUMMARY_COLUMNS)),
        confidence=confidence,
        seed=results.seed,
    )


def _judged(futures: Futures, level: float | None, confidence: float) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The measures and ranks of one outcome."""
    means = futures.sign * futures.means  # more is better from here on
    regret = means.max(axis=0) - means
    enough = _enough(futures, level)
    at_hand = _measures(means, regret, enough)
    resampled = _bootstrap(futures, means, regret, enough)
    tails = [(1.0 - confidence) / 2.0, (1.0 + confidence) / 2.0]
    measures, ranks = [], []
    for measure in MEASURES:
        goodness = -at_hand[measure] if measure.startswith("regret") else at_hand[measure]
        places = ranks_of(goodness[None])[0]
        drawn = resampled[measure]
        back = futures.sign if measure in ("mean", "worst", "p10") else 1.0
        ends = np.sort(back * np.quantile(drawn, tails, axis=0), axis=0)
        if measure == "satisficing":
            ends = _share_ends(ends, at_hand[measure], futures, confidence)
        probabilities = rank_shares(-drawn if measure.startswith("regret") else drawn)
        for number, package in enumerate(futures.packages):
            value, low, high = back * at_hand[measure][number], ends[0, number], ends[1, number]
            measures.append((futures.outcome.name, package, measure, value, low, high, places[number]))
            if not np.isnan(value):
                ranks += [
                    (futures.outcome.name, measure, package, rank + 1, share)
                    for rank, share in enumerate(probabilities[number])
                    if not np.isnan(share)
                ]
    return pd.DataFrame(measures, columns=list(MEASURE_COLUMNS)), pd.DataFrame(ranks, columns=list(RANK_COLUMNS))


def _share_ends(ends: Floats, shares: Floats, futures: Futures, confidence: float) -> Floats:
    """The intervals of shares of futures, shape (2, packages): exact where futures are independent, or all are alike.

    Args:
        ends: by the bootstrap.
        shares: of each package; NaN for none.
        futures: in which they are counted. Groups count where futures are not independent.
        confidence: of each interval.
    """
    n = len(np.unique(futures.groups))
    exact = ends.copy()
    for number, share in enumerate(shares):
        if share in (0.0, 1.0) or (n == len(futures.groups) and not np.isnan(share)):
            exact[:, number] = share_interval(share * n, n, confidence)
    return exact


def _enough(futures: Futures, level: float | None) -> Floats:
    """1 where a package does well enough, 0 where not, NaN for the first where it is the standard; (packages, futures)."""
    if level is not None:
        return np.asarray(futures.sign * (futures.means - level) >= 0.0, np.float64)
    gains = [futures.improvements(package)[0] > 0.0 for package in range(len(futures.packages))]
    enough = np.array(gains, np.float64)
    enough[0] = np.nan
    return enough


def _measures(means: Floats, regret: Floats, enough: Floats) -> dict[str, Floats]:
    """All measures, each shape (packages,), of outcomes, regrets and successes of shape (packages, futures)."""
    return {
        "satisficing": enough.mean(axis=1),
        "regret_max": regret.max(axis=1),
        "regret_p90": np.quantile(regret, 0.9, axis=1),
        "regret_mean": regret.mean(axis=1),
        "mean": means.mean(axis=1),
        "worst": means.min(axis=1),
        "p10": np.quantile(means, 0.1, axis=1),
    }


def _bootstrap(futures: Futures, means: Floats, regret: Floats, enough: Floats) -> dict[str, Floats]:
    """The measures of resampled futures, each shape (resamples, packages); groups are resampled whole."""
    generator = np.random.default_rng(futures.seed)
    groups, first, sizes = np.unique(futures.groups, return_index=True, return_counts=True)
    drawn: dict[str, list[Floats]] = {measure: [] for measure in MEASURES}
    for _ in range(RESAMPLES):
        picked = generator.integers(0, len(groups), len(groups))
        if len(groups) == len(futures.groups):
            columns = first[picked]
        else:
            columns = np.concatenate([np.arange(first[group], first[group] + sizes[group]) for group in picked])
        for measure, values in _measures(means[:, columns], regret[:, columns], enough[:, columns]).items():
            drawn[measure].append(values)
    return {measure: np.array(values) for measure, values in drawn.items()}
