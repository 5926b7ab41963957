"""Orders in circles: few coalitions, every player in each place equally often, and the values of all orders on average."""

import itertools

import numpy as np
import pytest

from ssa_sim.experiment.run.orders import Orders, sampled_orders, shapley_values


def games(players: int, rows: int = 3) -> np.ndarray:
    return np.random.default_rng(7).normal(size=(rows, 1 << players))


def test_a_circle_passes_through_its_arcs_alone() -> None:
    orders = Orders(4, ((2, 0, 3, 1),))
    pairs = {0b0101, 0b1001, 0b1010, 0b0110}  # neighbours in the circle: 2-0, 0-3, 3-1, 1-2
    assert {subset for subset in orders.subsets if subset.bit_count() == 2} == pairs
    assert len(orders.subsets) == 4 * 3 + 2
    assert (orders.subsets[0], orders.subsets[-1]) == (0, 15)


def test_it_is_the_mean_over_the_orders_that_go_round() -> None:
    circle = (2, 0, 3, 1)
    game = games(4)
    gains = np.zeros((3, 4))
    for start, step in itertools.product(range(4), (1, -1)):
        joined = 0
        for place in range(4):
            player = circle[(start + step * place) % 4]
            gains[:, player] += game[:, joined | 1 << player] - game[:, joined]
            joined |= 1 << player
    orders = Orders(4, (circle,))
    assert orders.shapley(game[:, orders.subsets]) == pytest.approx(gains / 8.0)


@pytest.mark.parametrize("circles", [1, 3])
def test_values_add_up_and_hit_the_truth_on_average(circles: int) -> None:
    game = games(5)
    found = []
    for seed in range(400):
        orders = sampled_orders(5, circles, seed)
        found.append(orders.shapley(game[:, orders.subsets]))
        assert found[-1].sum(axis=1) == pytest.approx(game[:, -1] - game[:, 0])
    assert np.mean(found, axis=0) == pytest.approx(shapley_values(game), abs=0.06)


def test_without_interplay_one_circle_is_exact() -> None:
    worth = np.array([1.0, -2.0, 0.5, 4.0, 0.0, 3.0])
    game = np.array([[worth[[bit for bit in range(6) if subset >> bit & 1]].sum() for subset in range(64)]])
    orders = sampled_orders(6, 1, 1)
    assert orders.shapley(game[:, orders.subsets])[0] == pytest.approx(worth)


def test_first_and_last_in_are_those_of_all_orders() -> None:
    game = games(5)
    whole, some = Orders(5), sampled_orders(5, 1, 3)
    part = game[:, some.subsets]
    for player in range(5):
        assert some.first_in(part, player).tolist() == whole.first_in(game, player).tolist()
        assert some.last_in(part, player).tolist() == whole.last_in(game, player).tolist()


def test_more_circles_of_a_seed_begin_with_the_same() -> None:
    assert sampled_orders(7, 3, 5).circles[:2] == sampled_orders(7, 2, 5).circles
    assert not Orders(3).is_sampled
    assert sampled_orders(3, 1, 1).is_sampled
