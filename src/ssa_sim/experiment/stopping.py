"""How many replications make an interval narrow enough: the two stages of C. Stein, "A two-sample test for a linear hypothesis
whose power is independent of the variance", Annals of Mathematical Statistics 16 (1945), 243-258.

A first stage of n0 pairs gives the standard deviation s of the paired difference; N = max(n0, ceil((t s / d)^2)) pairs in all
then make the interval mean +- t s / sqrt(N) no wider than +- d, with t the quantile of Student's distribution with n0 - 1
degrees of freedom. The mean is that of all N pairs, and s stays that of the first stage.

For normal differences this interval covers the true mean with exactly the confidence asked, and +- d with at least that,
whatever the variance: N rests on the variances of the first stage alone, of which the means are independent. So it stays where N is
the largest that several differences call for, or is cut at a maximum, where the interval is wider than asked. The confidence
is that of each difference by itself. For differences that are not normal it is approximate, and for skewed ones too small, since a small first stage tends to
find too little variance: at a skewness of 2 an interval of 95% covers about 93% with n0 = 50, and 94% with n0 = 200.
Rules that look again and again until the interval happens to be narrow cover less than they say. Since the first stage fixes N,
an interrupted sweep comes to the same N.

A replicate in which a value is not defined, or a run failed, gives no pair. As many more replicates are made as the share of the
first stage calls for, on the assumption that a value is missing for reasons that have nothing to do with what it would have been;
the interval is that of the pairs there are in the end.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from ssa_sim.experiment.plan import Precision

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Stage:
    """What the first stage says of one paired difference.

    Attributes:
        scenario: compared with the first.
        pairs: of the first stage in which both values are defined.
        spread: standard deviation s of their differences, in the outcome's unit; NaN for fewer than two pairs.
        skewness: of their differences; far from 0 the interval covers less than it says.
        needed: replications in all for the width asked, at most the maximum.
        reach: t s, so that the interval from N pairs is the mean plus and minus reach / sqrt(N).
    """

    scenario: str
    pairs: int
    spread: float
    skewness: float
    needed: int
    reach: float


@dataclass(frozen=True)
class Interval:
    """The interval that both stages come to.

    Attributes:
        scenario: compared with the first.
        pairs: in both stages together.
        mean: of their differences, in the outcome's unit.
        half_width: half the width of the interval around it; NaN if the first stage gave no variance.
    """

    scenario: str
    pairs: int
    mean: float
    half_width: float


def differences(first: Floats, other: Floats) -> Floats:
    """Other less first, where both are defined."""
    found = other - first
    return found[np.isfinite(found)]


def after_first_stage(precision: Precision, first: Floats, others: Mapping[str, Floats]) -> list[Stage]:
    """What each paired difference needs.

    Args:
        precision: what is asked.
        first: the outcome in the first scenario, a value a replicate of the first stage; NaN: none.
        others: the same for the scenarios compared with it, by name.
    """
    return [_stage(precision, name, differences(first, values), len(first)) for name, values in others.items()]


def _stage(precision: Precision, name: str, found: Floats, replicates: int) -> Stage:
    pairs = len(found)
    if pairs < 2:
        return Stage(name, pairs, math.nan, math.nan, precision.maximum, math.nan)
    spread = float(np.std(found, ddof=1))
    reach = float(stats.t.ppf(0.5 + precision.confidence / 2.0, pairs - 1)) * spread
    share = pairs / replicates
    wanted = min((reach / precision.half_width) * (reach / precision.half_width) / share, float(precision.maximum))
    skewness = float(stats.skew(found)) if spread > 0.0 else 0.0
    return Stage(name, pairs, spread, skewness, max(replicates, math.ceil(wanted)), reach)


def replications_needed(stages: list[Stage]) -> int:
    """Replications in all, so that every difference is known well enough, or the maximum."""
    return max(stage.needed for stage in stages)


def after_both_stages(stages: list[Stage], first: Floats, others: Mapping[str, Floats]) -> list[Interval]:
    """The interval of each paired difference; values as for `after_first_stage`, of all replicates."""
    return [_interval(stage, differences(first, others[stage.scenario])) for stage in stages]


def _interval(stage: Stage, found: Floats) -> Interval:
    pairs = len(found)
    if not pairs:
        return Interval(stage.scenario, 0, math.nan, math.nan)
    return Interval(stage.scenario, pairs, float(np.mean(found)), stage.reach / math.sqrt(pairs))
