"""Ranks, 1 for the largest, and how often each is held; whoever is equal shares ranks."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def ranks_of(goodness: Floats) -> Floats:
    """Ranks along the last axis, 1 for the largest; equal ones have the mean of their ranks, NaN none."""
    from scipy import stats

    return np.asarray(stats.rankdata(-goodness, axis=-1, nan_policy="omit"), np.float64)


def rank_shares(goodness: Floats) -> Floats:
    """The share of rows in which each column has each rank, shape (columns, ranks); NaN where it has no value.

    Columns that are equal share out among themselves the ranks that they take up together.
    """
    ranked = ~np.isnan(goodness[0])
    held = goodness[:, ranked]
    ahead = (held[:, None, :] > held[:, :, None]).sum(axis=2)
    equal = (held[:, None, :] == held[:, :, None]).sum(axis=2)
    n = held.shape[1]
    shares = np.full((goodness.shape[1], n), np.nan)
    places = np.arange(n)
    taken = (places >= ahead[..., None]) & (places < (ahead + equal)[..., None])
    shares[ranked] = (taken / equal[..., None]).mean(axis=0)
    return shares
