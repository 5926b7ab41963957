"""Inversion gives the quantiles of the named distributions, and monotone ones."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ssa_sim.model import chance

UNIFORM = st.floats(0.0, 1.0, exclude_max=True)


@given(UNIFORM, st.integers(0, 600), st.floats(0.0, 1.0))
def test_binomial_is_the_quantile(uniform: float, count: int, probability: float) -> None:
    drawn = chance.binomial(uniform, count, probability)
    assert 0 <= drawn <= count
    law = stats.binom(count, probability)
    assert law.cdf(drawn) >= uniform - 1e-9  # at least so much lies at or below it,
    assert law.cdf(drawn - 1) <= uniform + 1e-9  # and not so much below it


@given(UNIFORM, st.floats(0.0, 700.0))
def test_poisson_is_the_quantile(uniform: float, mean: float) -> None:
    drawn = chance.poisson(uniform, mean)
    law = stats.poisson(mean)
    assert law.cdf(drawn) >= min(uniform, 1.0 - 1e-12) - 1e-9
    assert law.cdf(drawn - 1) <= uniform + 1e-9


@given(UNIFORM, st.integers(1, 400), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_more_probable_means_no_fewer(uniform: float, count: int, first: float, second: float) -> None:
    low, high = sorted((first, second))
    if low <= 0.5 < high:  # the search changes ends at one half and may differ there by rounding of the sums
        assert chance.binomial(uniform, count, low) <= chance.binomial(uniform, count, high) + 1
    else:
        assert chance.binomial(uniform, count, low) <= chance.binomial(uniform, count, high)


@given(UNIFORM, st.floats(0.0, 1e6))
def test_whole_keeps_to_the_neighbours(uniform: float, expected: float) -> None:
    assert np.floor(expected) <= chance.whole(uniform, expected) <= np.ceil(expected + 1e-9)


@pytest.mark.parametrize(("expected", "fault"), [(3.3, False), (3.3, True)])
def test_whole_has_the_expected_mean(expected: float, fault: bool) -> None:
    draws = np.random.default_rng(1).random(20_000)
    if fault:  # always rounded down
        draws = draws * 0.0
    mean = np.mean([chance.whole(u, expected) for u in draws])
    bound = 4.0 * np.sqrt(0.21 / draws.size)
    assert bool(abs(mean - expected) < bound) is not fault


@given(UNIFORM, st.lists(st.floats(0.0, 10.0), min_size=1, max_size=8).filter(lambda weights: sum(weights) > 1e-6))
def test_pick_takes_only_what_has_weight(uniform: float, weights: list[float]) -> None:
    picked = chance.pick(uniform, np.array(weights))
    assert weights[picked] > 0.0 or uniform * sum(weights) >= sum(weights[: picked + 1]) - 1e-9


def test_pick_is_in_proportion() -> None:
    weights = np.array([1.0, 0.0, 3.0])
    draws = np.random.default_rng(2).random(8_000)
    shares = np.bincount([chance.pick(u, weights) for u in draws], minlength=3) / draws.size
    assert shares[1] == 0.0
    assert abs(shares[2] - 0.75) < 4.0 * np.sqrt(0.75 * 0.25 / draws.size)
