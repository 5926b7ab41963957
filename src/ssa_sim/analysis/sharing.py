"""What is asked of the players of a game in many worlds, and what they do in one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from ssa_sim.analysis.players import Player, estimate_of
from ssa_sim.catalogue.outcomes import Outcome, outcome_named
from ssa_sim.experiment.run.orders import Orders

Floats = npt.NDArray[np.float64]
Against = Literal["feasible", "abolished", "levers"]


@dataclass(frozen=True, eq=False)
class Question:
    """What the players of a game do to an outcome.

    Attributes:
        title: the scenario's.
        name: of the outcome that is decomposed.
        against: what players are compared with: mechanisms with feasible cases or their abolition, levers with another scenario.
        orders: over which effects are averaged.
        players: in the order of the coalitions' bits.
        seed: root seed.
        confidence: of each interval.
    """

    title: str
    name: str
    against: Against
    orders: Orders
    players: Sequence[Player]
    seed: int
    confidence: float = 0.95

    @property
    def outcome(self) -> Outcome:
        """That is decomposed."""
        return outcome_named(self.name)

    def as_json(self) -> dict[str, object]:
        """The facts, for programs."""
        return {
            "title": self.title,
            "outcome": self.name,
            "unit": self.outcome.unit,
            "against": self.against,
            "seed": self.seed,
            "confidence": self.confidence,
            "subsets": len(self.orders.subsets),
            "is_sampled": self.orders.is_sampled,
        }

    def shared_out(self, game: Floats, direction: float) -> tuple[dict[str, float], list[dict[str, Any]]]:
        """What players do in one world: all of them together, and each.

        Args:
            game: shape (replicates, coalitions), without gaps.
            direction: in which they are ranked, 1 or -1.

        Returns:
            A row as in `OverStructures.worlds`, and a row a player as in `OverStructures.table`, without the world's name.
        """
        total = estimate_of(game[:, -1] - game[:, 0], self.confidence, self.seed)
        is_decided = total.low > 0.0 or total.high < 0.0
        values = self.orders.shapley(game)
        ranks = (-direction * values.mean(axis=0)).argsort(kind="stable").argsort() + 1
        parts: list[dict[str, Any]] = []
        for bit, player in enumerate(self.players):
            effect = estimate_of(values[:, bit], self.confidence, self.seed)
            parts.append(
                {
                    "player": player.name,
                    "effect": effect.value,
                    "low": effect.low,
                    "high": effect.high,
                    "share": effect.value / total.value if is_decided else float("nan"),
                    "rank": int(ranks[bit]),
                }
            )
        ends = {"total": total.value, "total_low": total.low, "total_high": total.high}
        return {"none": float(game[:, 0].mean()), "all": float(game[:, -1].mean()), **ends}, parts


def direction_of(game: Floats) -> float:
    """1 where players together raise the outcome, -1 where they lower it; `game` has the shape (replicates, coalitions)."""
    return float(np.copysign(1.0, np.mean(game[:, -1] - game[:, 0])))
