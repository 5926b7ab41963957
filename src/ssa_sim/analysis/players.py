"""What each player of a game does to an outcome: mechanisms of the model, or levers of a package (Shapley values; SHAPLEY1953).

Worths are simulated on common random numbers, so that each replicate yields values of its own; their mean over replicates is the
estimate, and its interval that of a mean of independent values. Where orders are sampled they are the same in every replicate, and
the interval says nothing of what other orders would have given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ssa_sim.analysis.compare import holm
from ssa_sim.analysis.paired import PairedDifference, paired_difference
from ssa_sim.experiment.run.orders import Orders

Floats = npt.NDArray[np.float64]

FEWEST_FOR_VERDICTS = 10
"""Replications, by convention: fewer histories do not tell which way a player works."""
TOO_FEW = "too few replications"
"""The verdict on every player then."""


@dataclass(frozen=True)
class Estimate:
    """A mean over replications, and its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Player:
    """One whose part in an outcome is asked for.

    Attributes:
        name: in tables.
        label_en: English label.
        label_fr: French label.
        source: evidence ids, "assumption", or both; empty for none.
    """

    name: str
    label_en: str
    label_fr: str
    source: str = ""


def players_table(
    worths: Mapping[str, Floats],
    outcome: str,
    orders: Orders,
    players: Sequence[Player],
    *,
    called: str,
    seed: int,
    confidence: float,
) -> pd.DataFrame:
    """A row a player, the one that moves the outcome furthest in the direction of the sum first.

    Args:
        worths: of an outcome and, where they were kept, of "completions": shape (replicates, coalitions).
        outcome: that is shared out.
        orders: over which effects are averaged.
        players: in the order of the coalitions' bits.
        called: the column with the players' names.
        seed: of bootstraps.
        confidence: of each interval, and of all verdicts together.
    """
    game = worths[outcome]
    shapley = orders.shapley(game)
    total = float(np.mean(game[:, -1] - game[:, 0]))
    rows = []
    for bit, player in enumerate(players):
        value = mean_of(shapley[:, bit], confidence, seed)
        row: dict[str, object] = {
            called: player.name,
            "label_en": player.label_en,
            "label_fr": player.label_fr,
            "source": player.source,
            "shapley": value.difference,
            "low": value.low,
            "high": value.high,
            "method": value.method,
            "p_value": value.p_value,
            "probability_lowers": value.worse,
            "lowers": value.worse,
            "same": value.same,
            "raises": value.better,
            "share": value.difference / total if total else float("nan"),
        }
        more = {"alone": orders.first_in(game, bit), "last": orders.last_in(game, bit)}
        if "completions" in worths:
            more["completions"] = orders.shapley(worths["completions"])[:, bit]
        for what, values in more.items():
            row.update(with_interval(what, mean_of(values, confidence, seed)))
        rows.append(row)
    table = pd.DataFrame(rows)
    table.insert(9, "adjusted_p_value", holm(table["p_value"].to_numpy(np.float64)))
    is_too_small = len(game) < FEWEST_FOR_VERDICTS
    verdicts = [TOO_FEW if is_too_small else _verdict(row, confidence) for _, row in table.iterrows()]
    table.insert(10, "verdict", verdicts)
    furthest_first = np.argsort(-np.copysign(1.0, total) * table["shapley"].to_numpy(np.float64), kind="stable")
    return table.iloc[furthest_first].reset_index(drop=True)


def _verdict(row: pd.Series, confidence: float) -> str:
    if row["method"] == "exact" and row["shapley"] == 0.0:
        return "no effect"
    if not row["adjusted_p_value"] <= 1.0 - confidence:
        return "undecided"
    return "lowers" if row["shapley"] < 0.0 else "raises"


def mean_of(values: Floats, confidence: float, seed: int) -> PairedDifference:
    """The mean of one value a replicate: the paired difference from nothing."""
    return paired_difference(np.zeros(len(values)), values, higher_is_better=True, confidence=confidence, seed=seed)


def estimate_of(values: Floats, confidence: float, seed: int) -> Estimate:
    """The same as an estimate."""
    found = mean_of(values, confidence, seed)
    return Estimate(found.difference, found.low, found.high)


def with_interval(name: str, estimate: PairedDifference) -> dict[str, float]:
    """Three columns of a table."""
    return {name: estimate.difference, f"{name}_low": estimate.low, f"{name}_high": estimate.high}
