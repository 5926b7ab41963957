"""The exact interval of a share that is counted in independent draws (CLOPPER1934)."""

import math

_ROUNDING = 1e-9


def share_interval(count: float, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """The exact interval of a share of which `count` in `n` were seen.

    Args:
        count: where draws count in part, it is no whole number: then its lower end is that of the whole
            number below, its upper end that of the one above, which is on the safe side.
        n: independent draws; without any, the ends are NaN.
        confidence: of the two-sided interval.
    """
    from scipy import stats  # late: whoever only reads the catalogues should not wait for it

    if not n:
        return math.nan, math.nan
    below, above = math.floor(count + _ROUNDING), math.ceil(count - _ROUNDING)
    low = stats.binomtest(below, n).proportion_ci(confidence, method="exact").low
    high = stats.binomtest(above, n).proportion_ci(confidence, method="exact").high
    return float(low), float(high)
