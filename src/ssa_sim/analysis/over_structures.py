"""What each player of a game does under each alternative of each structure: effects, shares and ranks, and how far they hold."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from ssa_sim.analysis.holding import holds
from ssa_sim.analysis.players import Player, estimate_of
from ssa_sim.catalogue.outcomes import Outcome, outcome_named
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.worlds import World
from ssa_sim.experiment.run.orders import Orders

Floats = npt.NDArray[np.float64]
Against = Literal["feasible", "abolished", "levers"]
Rows = list[dict[str, Any]]


@dataclass(frozen=True, eq=False)
class OverStructures:
    """Effects of players over structures.

    Attributes:
        title: the scenario's.
        outcome: that is decomposed.
        against: what players are compared with: mechanisms with feasible cases or their abolition, levers with another scenario.
        table: a row a world and player: `structure` and `choice` (empty as the scenario has them), `player`, its Shapley value
            `effect` with its interval from `low` to `high`, its `share` of what all do together there (NaN where
            that is not decided), and its `rank`: 1 for
            the one that moves the outcome furthest in the direction in which all move it as the scenario is.
        worlds: a row a world: `structure`, `choice`, `none` and `all` (the outcome without and with all players), `total` with its
            interval.
        summary: a row a player, by its rank as the scenario is: `player`, labels; `effect`, `low`, `high`, `share`, `rank` there; the
            smallest and largest of `effect`, `share` and `rank` over all worlds (`_least`, `_most`); in how many `alternatives`
            `same_sign` is kept, and in how many the effect is `decided` with it (its interval excludes zero); `holds` in one word.
        replications: replicates used.
        seed: root seed.
        confidence: of each interval.
        subsets: of the players, run in each world.
        is_sampled: whether some orders of players stand for all.
    """

    title: str
    outcome: Outcome
    against: Against
    table: pd.DataFrame
    worlds: pd.DataFrame
    summary: pd.DataFrame
    replications: int
    seed: int
    confidence: float
    subsets: int
    is_sampled: bool

    def tables(self) -> dict[str, pd.DataFrame]:
        """What `ssa-sim export` hands on of it, by name."""
        return {"over_structures": self.summary, "each_structure": self.table}

    def as_json(self) -> dict[str, object]:
        """The facts, for programs."""
        return {
            "title": self.title,
            "outcome": self.outcome.name,
            "unit": self.outcome.unit,
            "against": self.against,
            "replications": self.replications,
            "seed": self.seed,
            "confidence": self.confidence,
            "subsets": self.subsets,
            "is_sampled": self.is_sampled,
            "summary": self.summary.to_dict(orient="records"),
            "worlds": self.worlds.to_dict(orient="records"),
            "table": self.table.to_dict(orient="records"),
        }


def over_structures(
    worths: Callable[[int], Floats],
    worlds: Sequence[World],
    orders: Orders,
    players: Sequence[Player],
    *,
    title: str,
    outcome: str,
    against: Against,
    seed: int,
    confidence: float = 0.95,
) -> OverStructures:
    """Share out what players do together in each world.

    Args:
        worths: of a world by its number: shape (replicates, coalitions).
        worlds: the scenario's own first.
        orders: over which effects are averaged.
        players: in the order of the coalitions' bits.
        title: the scenario's.
        outcome: that is decomposed.
        against: what players are compared with.
        seed: root seed.
        confidence: of each interval.

    Raises:
        InputError: in no replicate every run has a value.
    """
    games = [worths(number) for number in range(len(worlds))]
    complete = np.isfinite(np.stack([game.sum(axis=1) for game in games])).all(axis=0)
    if not complete.any():
        raise InputError(f"In no replicate the outcome {outcome!r} has a value in every run.")
    games = [game[complete] for game in games]
    direction = direction_of(games[0])
    rows, held = [], []
    for world, game in zip(worlds, games, strict=True):
        whole, parts = shared_out(game, orders, players, direction, confidence=confidence, seed=seed)
        held.append({**world._asdict(), **whole})
        rows += [{**world._asdict(), **part} for part in parts]
    table = pd.DataFrame(rows)
    return OverStructures(
        title=title,
        outcome=outcome_named(outcome),
        against=against,
        table=table,
        worlds=pd.DataFrame(held),
        summary=_summary(table, {player.name: player for player in players}),
        replications=int(complete.sum()),
        seed=seed,
        confidence=confidence,
        subsets=len(orders.subsets),
        is_sampled=orders.is_sampled,
    )


def direction_of(game: Floats) -> float:
    """1 where players together raise the outcome, -1 where they lower it; `game` has the shape (replicates, coalitions)."""
    return float(np.copysign(1.0, np.mean(game[:, -1] - game[:, 0])))


def shared_out(
    game: Floats, orders: Orders, players: Sequence[Player], direction: float, *, confidence: float, seed: int
) -> tuple[dict[str, float], Rows]:
    """What players do in one world: all of them together, and each.

    Args:
        game: shape (replicates, coalitions), without gaps.
        orders: over which effects are averaged.
        players: in the order of the coalitions' bits.
        direction: in which they are ranked, 1 or -1.
        confidence: of each interval.
        seed: of bootstraps.

    Returns:
        A row as in `OverStructures.worlds`, and a row a player as in `OverStructures.table`, without the world's name.
    """
    total = estimate_of(game[:, -1] - game[:, 0], confidence, seed)
    is_decided = total.low > 0.0 or total.high < 0.0
    values = orders.shapley(game)
    ranks = (-direction * values.mean(axis=0)).argsort(kind="stable").argsort() + 1
    parts: Rows = []
    for bit, player in enumerate(players):
        effect = estimate_of(values[:, bit], confidence, seed)
        share = effect.value / total.value if is_decided else float("nan")
        parts.append(
            {
                "player": player.name,
                "effect": effect.value,
                "low": effect.low,
                "high": effect.high,
                "share": share,
                "rank": int(ranks[bit]),
            }
        )
    ends = {"total": total.value, "total_low": total.low, "total_high": total.high}
    return {"none": float(game[:, 0].mean()), "all": float(game[:, -1].mean()), **ends}, parts


def _summary(table: pd.DataFrame, players: Mapping[str, Player]) -> pd.DataFrame:
    rows = []
    for name, player in players.items():
        own = table[table["player"] == name]
        here, others = own.iloc[0], own.iloc[1:]
        row = {"player": name, "label_en": player.label_en, "label_fr": player.label_fr}
        row |= {column: here[column] for column in ("effect", "low", "high", "share", "rank")}
        for column in ("effect", "share", "rank"):
            row |= {f"{column}_least": own[column].min(), f"{column}_most": own[column].max()}
        rows.append({**row, **holds(here, others)})
    return pd.DataFrame(rows).sort_values("rank", kind="stable", ignore_index=True)
