"""How many replications make an interval narrow enough: the two stages of C. Stein, "A two-sample test for a linear hypothesis
whose power is independent of the variance", Annals of Mathematical Statistics 16 (1945), 243-258.

A first stage of n0 pairs gives the standard deviation s of the paired difference; N = max(n0, ceil((t s / d)^2)) pairs in all
then make the interval mean +- t s / sqrt(N) no wider than +- d, with t the quantile of Student's distribution with n0 - 1
degrees of freedom. The mean is that of all pairs, and s stays that of the first stage.

For normal differences this interval covers the true mean with exactly the confidence asked, and +- d with at least that,
whatever the variance: N rests on the variances of the first stage alone, of which the means are independent. So it stays where N is
the largest that several differences call for, or is cut at a maximum, where the interval is wider than asked. The confidence
is that of each difference by itself. For differences that are not normal it is approximate, and for skewed ones too small, since
a small first stage tends to find too little variance: at a skewness of 2 an interval of 95% covers about 93% with n0 = 50, and
94% with n0 = 200. Rules that look again and again until the interval happens to be narrow cover less than they say.

A replicate in which a value is not defined, or a run failed, gives no pair. What the first stage fixes is the number of pairs, and
replicates are made until there are so many, or the maximum of replicates is reached. How many to make next follows from counts
of pairs alone. If a value is missing for reasons that have nothing to do with what it would have been, so has the number of
pairs in the end, and the interval, which is that of all of them, covers as it says. Since counts of what is there say what comes
next, an interrupted sweep comes to the same replicates.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ssa_sim.experiment.ask.plan import Precision

Floats = npt.NDArray[np.float64]

_MARGIN = 2.0
"""Standard deviations of the number of pairs, made beyond the mean where some are missing: further stages cost more."""


@dataclass(frozen=True)
class Stage:
    """What the first stage says of one paired difference.

    Attributes:
        scenario: compared with the first.
        pairs: of the first stage in which both values are defined.
        spread: standard deviation s of their differences, in the outcome's unit; NaN for fewer than two pairs.
        skewness: of their differences; far from 0 the interval covers less than it says.
        needed: pairs in all for the width asked, at most the maximum; the maximum where there is no variance.
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
    """The interval that all stages come to.

    Attributes:
        scenario: compared with the first.
        pairs: in all stages together.
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
    return [_stage(precision, name, differences(first, values)) for name, values in others.items()]


def _stage(precision: Precision, name: str, found: Floats) -> Stage:
    from scipy import stats  # late: a sweep without a wanted precision should not wait for it

    pairs = len(found)
    if pairs < 2:
        return Stage(name, pairs, math.nan, math.nan, precision.maximum, math.nan)
    spread = float(np.std(found, ddof=1))
    reach = float(stats.t.ppf(0.5 + precision.confidence / 2.0, pairs - 1)) * spread
    wanted = min((reach / precision.half_width) * (reach / precision.half_width), float(precision.maximum))
    is_rounding = spread <= 1e-9 * float(np.abs(found).max())
    skewness = 0.0 if is_rounding else float(stats.skew(found))
    return Stage(name, pairs, spread, skewness, max(pairs, math.ceil(wanted)), reach)


def replications_to_add(precision: Precision, stages: list[Stage], first: Floats, others: Mapping[str, Floats]) -> int:
    """How many replications to make next: 0 once every difference has the pairs that it needs, or the maximum is reached.

    Args:
        precision: what is asked.
        stages: what the first stage said.
        first: as for `after_first_stage`, of all replicates so far.
        others: likewise.
    """
    made = len(first)
    wanted = max(_missing(stage, len(differences(first, others[stage.scenario])), made) for stage in stages)
    return min(math.ceil(min(wanted, precision.maximum)), precision.maximum - made)


def _missing(stage: Stage, pairs: int, made: int) -> float:
    """Replications that will most likely give the pairs still needed, by the share that gave one so far."""
    short = stage.needed - pairs
    if short <= 0:
        return 0.0
    if not pairs:
        return math.inf
    share = pairs / made
    return short / share + _MARGIN * math.sqrt(short * (1.0 - share)) / share


def after_all_stages(stages: list[Stage], first: Floats, others: Mapping[str, Floats]) -> list[Interval]:
    """The interval of each paired difference; values as for `after_first_stage`, of all replicates."""
    return [_interval(stage, differences(first, others[stage.scenario])) for stage in stages]


def _interval(stage: Stage, found: Floats) -> Interval:
    pairs = len(found)
    if not pairs:
        return Interval(stage.scenario, 0, math.nan, math.nan)
    return Interval(stage.scenario, pairs, float(np.mean(found)), stage.reach / math.sqrt(pairs))
