"""Orders in which players join, and the coalitions that these pass through.

A game of n players has n! orders, and 2^n coalitions. Where these are too many, orders are sampled in circles (after J. Castro,
D. Gomez and J. Tejada, Computers & Operations Research 36, 2009, who sample them one by one): the players are drawn up in a
circle at random, and join from every place of it in both directions. These 2n orders pass through the arcs of the circle, so that
n (n - 1) + 2 coalitions serve all of them, and in them every player joins equally often in each place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import factorial

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Orders:
    """All orders of some players, or those of some circles.

    Attributes:
        players: how many there are.
        circles: each with every player in some order; none for all orders.
    """

    players: int
    circles: tuple[tuple[int, ...], ...] = ()

    @property
    def is_sampled(self) -> bool:
        """Whether these are some orders of many."""
        return bool(self.circles)

    @cached_property
    def subsets(self) -> tuple[int, ...]:
        """The coalitions, none first and all last; bit i says whether the i-th player is in it."""
        if not self.circles:
            return tuple(range(1 << self.players))
        return tuple(sorted({subset for circle in self.circles for subset in _arcs(circle)}))

    def of(self, subset: int) -> int:
        """Where a coalition stands among these."""
        return self._places[subset]

    @cached_property
    def _places(self) -> dict[int, int]:
        return {subset: place for place, subset in enumerate(self.subsets)}

    def shapley(self, worths: Floats) -> Floats:
        """What each player adds, averaged over the orders.

        Args:
            worths: shape (..., coalitions), in the order of `subsets`.

        Returns:
            Shape (..., players); sums to the worth of all less that of none, but for rounding.
        """
        if not self.circles:
            return shapley_values(worths)
        total = np.zeros((*worths.shape[:-1], self.players))
        for circle in self.circles:
            n = len(circle)
            for place, player in enumerate(circle):
                for size in range(n):
                    before = _arc(circle, place - size, size)
                    after = _arc(circle, place + 1, size)
                    for others in (before, after):
                        total[..., player] += worths[..., self.of(others | 1 << player)] - worths[..., self.of(others)]
        return np.asarray(total / (2.0 * self.players * len(self.circles)), np.float64)

    def first_in(self, worths: Floats, player: int) -> Floats:
        """What a player adds to nobody."""
        return np.asarray(worths[..., self.of(1 << player)] - worths[..., 0], np.float64)

    def last_in(self, worths: Floats, player: int) -> Floats:
        """What a player adds to all others."""
        everybody = (1 << self.players) - 1
        return np.asarray(worths[..., -1] - worths[..., self.of(everybody ^ 1 << player)], np.float64)


def sampled_orders(players: int, circles: int, seed: int) -> Orders:
    """The orders of so many random circles; the first ones of a seed are the same however many there are."""
    source = np.random.default_rng((seed, players))
    return Orders(players, tuple(tuple(source.permutation(players).tolist()) for _ in range(circles)))


def _arcs(circle: Sequence[int]) -> Iterator[int]:
    return (_arc(circle, start, size) for start in range(len(circle)) for size in range(len(circle) + 1))


def _arc(circle: Sequence[int], start: int, size: int) -> int:
    return sum(1 << circle[(start + step) % len(circle)] for step in range(size))


def shapley_values(worths: Floats) -> Floats:
    """Shapley values of each row's game, over all orders.

    Args:
        worths: shape (..., 2^n): the worth of every coalition of n players; bit i of its index says whether the i-th player
            is in it.

    Returns:
        Shape (..., n). Each row sums to the worth of all less that of none, but for rounding; a player that adds
        nothing to any coalition has exactly 0.

    Raises:
        ValueError: the last axis is no power of two above one.
    """
    n_subsets = worths.shape[-1]
    n_players = n_subsets.bit_length() - 1
    if n_players < 1 or n_subsets != 1 << n_players:
        raise ValueError(f"A game has 2^n worths with n from 1, not {n_subsets}.")
    weights = np.array([factorial(k) * factorial(n_players - k - 1) / factorial(n_players) for k in range(n_players)])
    subsets = np.arange(n_subsets)
    values = [
        marginal_effects(worths, player) @ weights[np.bitwise_count(subsets[subsets >> player & 1 == 0])]
        for player in range(n_players)
    ]
    return np.stack(values, axis=-1)


def marginal_effects(worths: Floats, player: int) -> Floats:
    """What a player adds to each coalition without it, by ascending index of that; shape (..., 2^(n-1))."""
    subsets = np.arange(worths.shape[-1])
    without = subsets[subsets >> player & 1 == 0]
    return worths[..., without | 1 << player] - worths[..., without]
