"""One paired difference: its interval, its p-value, and how much the pairing helped.

Two scenarios are run on the same random draws, replicate by replicate, so that the unit of analysis is the
pair. Which interval is used follows from the differences themselves, by a rule fixed beforehand:

* Student's t interval of the mean difference, unless
* there are at least 20 pairs and n < 25 G1², where G1 is the skewness of the differences: Cochran's rule
  for when the normal approximation of a mean is not good enough (W. G. Cochran, Sampling Techniques, 3rd
  edition, Wiley 1977, section 2.15). Then the interval is the bias-corrected and accelerated bootstrap
  interval (BCa; B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap, Chapman & Hall 1993,
  chapter 14).
* Differences that are all the same need no interval: the difference is exact, and its p-value the sign
  test's.

For skewed differences the larger of two p-values counts, the bootstrap's and the t test's: either alone is
too sure of itself in the tail that the skewness thins out, and the larger one much less so. No test sees what was not
drawn, though: where one history in a hundred turns everything round, 100 pairs hold none such 37 times in 100, and 20 pairs
82 times, and then the others decide.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import stats

Floats = npt.NDArray[np.float64]
Method = Literal["t", "bootstrap", "exact", "none"]

FEWEST_PAIRS_FOR_BOOTSTRAP = 20
COCHRAN_FACTOR = 25.0
RESAMPLES = 19_999
"""Bootstrap samples: enough to resolve p-values down to 1 in 10,000, which Holm's correction asks for in tables of usual length."""
_DRAWS_AT_A_TIME = 4_000_000
_ROUNDING = 8 * float(np.finfo(np.float64).eps)


@dataclass(frozen=True)
class PairedDifference:
    """What the pairs say about one outcome; means, difference and interval are in the outcome's unit.

    Attributes:
        n: pairs in which both runs have a value.
        n_missing: pairs left out because a run failed or its outcome is not defined.
        first_mean: mean of the first scenario over the pairs used.
        mean: mean of the other scenario over the pairs used.
        difference: `mean` minus `first_mean`.
        low: lower end of the interval of the mean difference; NaN with fewer than two pairs.
        high: upper end of that interval.
        method: how the interval was found.
        p_value: two-sided, of a mean difference of zero; NaN with fewer than two pairs.
        better: share of pairs in which the other scenario does better.
        same: share of pairs in which both come to exactly the same.
        worse: share of pairs in which it does worse.
        variance_reduction: 1 - var(difference) / (var(first) + var(other)): 0 as good as unpaired runs, 1 all
            noise gone, negative if pairing harms; NaN where neither scenario varies.
        spread: standard deviation of the differences (n - 1 in the denominator).
        remark: why a number is missing or special, in English; empty otherwise.
    """

    n: int
    n_missing: int
    first_mean: float
    mean: float
    difference: float
    low: float
    high: float
    method: Method
    p_value: float
    better: float
    same: float
    worse: float
    variance_reduction: float
    spread: float
    remark: str = ""


def paired_difference(
    first: npt.ArrayLike,
    other: npt.ArrayLike,
    *,
    higher_is_better: bool,
    confidence: float = 0.95,
    seed: int | tuple[int, ...] = 0,
    resamples: int = RESAMPLES,
) -> PairedDifference:
    """Compare two scenarios run on the same draws.

    Args:
        first: the outcome of the first scenario, one value a replicate; NaN where it is not defined.
        other: the outcome of the other scenario in the same replicates.
        higher_is_better: the outcome's own direction.
        confidence: of the two-sided interval.
        seed: of the bootstrap, where one is needed.
        resamples: of it; no p-value comes out smaller than 2 in so many.

    Raises:
        ValueError: the two are not one-dimensional and of one length.
    """
    first_values, other_values = np.asarray(first, np.float64), np.asarray(other, np.float64)
    if first_values.ndim != 1 or first_values.shape != other_values.shape:
        raise ValueError(f"Pairs need equal lengths, not {first_values.shape} and {other_values.shape}.")
    paired = np.isfinite(first_values) & np.isfinite(other_values)
    first_values, other_values = first_values[paired], other_values[paired]
    differences = other_values - first_values
    magnitude = np.maximum(np.abs(first_values), np.abs(other_values))
    rounding = _ROUNDING * float(magnitude.max(initial=0.0))
    low, high, p_value, method, remark = _interval(differences, rounding, confidence, seed, resamples)
    reduction, reduction_remark = _variance_reduction(first_values, other_values, differences)
    return PairedDifference(
        n=len(differences),
        n_missing=int(np.count_nonzero(~paired)),
        first_mean=_mean(first_values),
        mean=_mean(other_values),
        difference=_mean(differences),
        low=low,
        high=high,
        method=method,
        p_value=p_value,
        **shares_of(differences if higher_is_better else -differences),
        variance_reduction=reduction,
        spread=float(np.std(differences, ddof=1)) if len(differences) > 1 else float("nan"),
        remark="; ".join(text for text in (remark, reduction_remark) if text),
    )


def is_skewed(differences: Floats) -> bool:
    """Whether Cochran's rule (n < 25 G1²) asks for a bootstrap of these differences (at least 20 of them)."""
    n = len(differences)
    if n < FEWEST_PAIRS_FOR_BOOTSTRAP:
        return False
    centred = differences - np.mean(differences)
    return bool(n < COCHRAN_FACTOR * float(stats.skew(centred)) ** 2)


def _interval(
    differences: Floats, rounding: float, confidence: float, seed: int | tuple[int, ...], resamples: int
) -> tuple[float, float, float, Method, str]:
    """Low, high, p-value, method, remark."""
    nan = float("nan")
    n = len(differences)
    if n == 0:
        return nan, nan, nan, "none", "no pair with a value in both scenarios"
    if n == 1:
        return nan, nan, nan, "none", "one pair only: no interval"
    if np.all(differences == 0.0):
        return 0.0, 0.0, 1.0, "exact", "equal in every pair"
    if float(np.ptp(differences)) <= rounding:
        mean = _mean(differences)
        # All signs agree: the sign test is all that can be said without a spread.
        return mean, mean, 2.0 ** (1 - n), "exact", "the same difference in every pair"
    t_test = stats.ttest_1samp(differences, 0.0)
    if is_skewed(differences):
        low, high, p_value = _bootstrap(differences, confidence, seed, resamples)
        return low, high, max(p_value, float(t_test.pvalue)), "bootstrap", ""
    interval = t_test.confidence_interval(confidence)
    return float(interval.low), float(interval.high), float(t_test.pvalue), "t", ""


def _bootstrap(
    differences: Floats, confidence: float, seed: int | tuple[int, ...], resamples: int
) -> tuple[float, float, float]:
    """BCa interval of the mean, and the p-value at which it would just touch zero, within what pairs can
    show.

    The p-value is no smaller than the resamples resolve, nor than the sign test's if all pairs that differ
    did so in one direction: far out in the tail of a skewed sample the BCa formula promises more than that.
    """
    result = stats.bootstrap(
        (differences,),
        np.mean,
        n_resamples=resamples,
        batch=max(1, _DRAWS_AT_A_TIME // len(differences)),
        confidence_level=confidence,
        method="BCa",
        rng=np.random.default_rng(seed),
    )
    interval = result.confidence_interval
    least = max(2.0 / (resamples + 1), 2.0 ** (1 - np.count_nonzero(differences)))
    p_value = max(_bca_p_value(differences, result.bootstrap_distribution), float(least))
    return float(interval.low), float(interval.high), p_value


def _bca_p_value(differences: Floats, resampled_means: Floats) -> float:
    """Two-sided p-value of a zero mean: 1 minus the confidence of the BCa interval that ends at zero.

    Inverts Efron's map of levels, z -> z0 + (z0 + z) / (1 - a (z0 + z)). Resampled means equal to zero count
    against a difference, and so does the one sample observed, so that the value is never zero.
    """
    mean = _mean(differences)
    centred = differences - mean
    acceleration = float(np.sum(centred**3)) / (6.0 * float(np.sum(centred**2)) ** 1.5)
    below = float(np.mean(resampled_means < mean) + np.mean(resampled_means <= mean)) / 2.0
    bias = float(stats.norm.ppf(below))
    beyond = resampled_means <= 0.0 if mean > 0.0 else resampled_means >= 0.0
    tail = (np.count_nonzero(beyond) + 1.0) / (len(resampled_means) + 1.0)
    if mean <= 0.0:
        tail = 1.0 - tail
    shift = float(stats.norm.ppf(tail)) - bias
    level = float(stats.norm.cdf(shift / (1.0 + acceleration * shift) - bias))
    return min(1.0, 2.0 * min(level, 1.0 - level))


def _variance_reduction(first: Floats, other: Floats, differences: Floats) -> tuple[float, str]:
    if len(differences) < 2:
        return float("nan"), ""
    unpaired = float(np.var(first, ddof=1) + np.var(other, ddof=1))
    if unpaired == 0.0:
        return float("nan"), "neither scenario varies between replicates"
    return 1.0 - float(np.var(differences, ddof=1)) / unpaired, ""


def shares_of(gains: Floats) -> dict[str, float]:
    """The shares that do `better`, the `same` and `worse`, of gains that are above, at and below zero; NaN without any."""
    counted = {"better": gains > 0.0, "same": gains == 0.0, "worse": gains < 0.0}
    return {name: float(np.mean(one)) if len(gains) else float("nan") for name, one in counted.items()}


def _mean(values: Floats) -> float:
    return float(np.mean(values)) if len(values) else float("nan")
