"""What each player of a game does at points drawn over the ranges of what nobody knows, and over structures if these are drawn too.

Two things are told apart. Ignorance: how effects, shares and ranks differ between points, each a mean over its replicates. Chance:
what other draws of chance would change at a point, by the interval there and by the part of the variance between points that it
accounts for. Every point meets the same replicates.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ssa_sim.analysis.players import Player
from ssa_sim.analysis.point_chance import chance_share
from ssa_sim.analysis.ranks import rank_shares, ranks_of
from ssa_sim.analysis.shares import share_interval
from ssa_sim.analysis.sharing import Floats, Question, direction_of
from ssa_sim.catalogue.entries import structure_catalogue
from ssa_sim.errors import InputError

ENDS = {"p05": 0.05, "median": 0.5, "p95": 0.95}
"""Quantiles over points."""


@dataclass(frozen=True, eq=False)
class OverPoints:
    """Effects of players over points.

    Attributes:
        question: what was asked; its seed is that of runs and points.
        summary: a row a player, by its mean rank over points: `player`, labels; as the scenario is `effect` with its interval from
            `low` to `high`, `share` and `rank`; over points `effect_p05`, `effect_median`, `effect_p95` in the outcome's unit, and the
            same of `share` (over the points at which what all do together is decided, `share_points` of them); the shares of
            points at which the effect is `below` zero (with the exact interval from `below_low` to `below_high`), the `same` and
            `above`; those at which its interval there lies below or above zero (`decided_below`, `decided_above`); `chance`, the
            share of the variance between points that chance accounts for (NaN with one replicate); `rank_mean`, and `rank_same`, the
            share of replicates, on average over points, in which it has the rank that it has at the point.
        ranks: a row a player and `rank`: in what share of points it has it (`probability`); who is equal shares ranks.
        table: a row a point and player: `point` (from 1), `player`, `effect`, `low`, `high`, `share`, `rank` as in `OverStructures`.
        points: a row a point: `point`, `none`, `all`, `total` with its interval, and a column a structure that is drawn.
        choices: a row a structure's choice and player: `structure`, `choice`, `player`, `points` that drew it, and `effect`, the
            median over these; without rows where structures are not drawn.
        uncertainties: how many are drawn.
        replications: replicates used.
        n_dropped: points left out because a run has no value there.
    """

    question: Question
    summary: pd.DataFrame
    ranks: pd.DataFrame
    table: pd.DataFrame
    points: pd.DataFrame
    choices: pd.DataFrame
    uncertainties: int
    replications: int
    n_dropped: int

    @property
    def structures(self) -> tuple[str, ...]:
        """The structures that are drawn."""
        return tuple(dict.fromkeys(self.choices["structure"])) if len(self.choices) else ()

    def tables(self) -> dict[str, pd.DataFrame]:
        """What `ssa-sim export` hands on of it, by name."""
        given = {"over_points": self.summary, "ranks": self.ranks, "each_point": self.table, "totals": self.points}
        return given if self.choices.empty else {**given, "each_choice": self.choices}

    def as_json(self) -> dict[str, object]:
        """The facts, for programs."""
        return {
            **self.question.as_json(),
            "uncertainties": self.uncertainties,
            "structures": list(self.structures),
            "replications": self.replications,
            "n_dropped": self.n_dropped,
            **{
                name: getattr(self, name).to_dict(orient="records")
                for name in ("summary", "ranks", "choices", "points", "table")
            },
        }


def over_points(
    worths: Callable[[int], Floats], drawn: pd.DataFrame, question: Question, *, uncertainties: int
) -> OverPoints:
    """Share out what players do together at each point.

    Args:
        worths: of a world by its number: shape (replicates, coalitions). The first is the scenario as it is, the others are points.
        drawn: a row a point: the choice of each structure that is drawn, a column each by its path.
        question: what is asked of the players.
        uncertainties: how many are drawn.

    Raises:
        InputError: at fewer than two points every run has a value, or not in the scenario as it is.
    """
    here = worths(0)
    games = {number: game for number in range(1, len(drawn) + 1) if np.isfinite(game := worths(number)).all()}
    if not np.isfinite(here).all() or len(games) < 2:
        raise InputError(
            f"The outcome {question.name!r} has not got a value in every run of the scenario and of two points."
        )
    direction = direction_of(here)
    _, own = question.shared_out(here, direction)
    choices: list[dict[str, Any]] = [dict(zip(drawn.columns, row, strict=True)) for row in drawn.to_numpy().tolist()]
    held: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    for number, game in games.items():
        whole, parts = question.shared_out(game, direction)
        held.append({"point": number, **whole, **choices[number - 1]})
        rows += [{"point": number, **part} for part in parts]
    table, points = pd.DataFrame(rows), pd.DataFrame(held)
    effects = np.stack([question.orders.shapley(game) for game in games.values()])
    return OverPoints(
        question=question,
        summary=_summary(own, table, direction * effects, question.players),
        ranks=_ranks(direction * effects.mean(axis=1), question.players),
        table=table,
        points=points,
        choices=_choices(table, points, [str(name) for name in drawn.columns]),
        uncertainties=uncertainties,
        replications=len(here),
        n_dropped=len(drawn) - len(games),
    )


def _summary(
    own: Sequence[dict[str, Any]], table: pd.DataFrame, goodness: Floats, players: Sequence[Player]
) -> pd.DataFrame:
    """The rows of `OverPoints.summary`.

    Args:
        own: of each player, as the scenario is.
        table: a row a point and player.
        goodness: effects in the direction of the ranks, shape (points, replicates, players).
        players: in their order.
    """
    at_points = ranks_of(goodness.mean(axis=1))
    in_runs = ranks_of(goodness)
    rows = []
    for bit, (player, here) in enumerate(zip(players, own, strict=True)):
        there = table[table["player"] == player.name]
        effect, share = there["effect"].to_numpy(np.float64), there["share"].dropna().to_numpy(np.float64)
        n, below = len(effect), int(np.count_nonzero(effect < 0.0))
        low, high = share_interval(below, n)
        row = {"player": player.name, "label_en": player.label_en, "label_fr": player.label_fr, **here}
        row |= {f"effect_{name}": float(np.quantile(effect, place)) for name, place in ENDS.items()}
        row |= {
            f"share_{name}": float(np.quantile(share, place)) if len(share) else float("nan")
            for name, place in ENDS.items()
        }
        row |= {"share_points": len(share), "below": below / n, "below_low": low, "below_high": high}
        row |= {"same": float(np.mean(effect == 0.0)), "above": float(np.mean(effect > 0.0))}
        row |= {
            "decided_below": float(np.mean(there["high"] < 0.0)),
            "decided_above": float(np.mean(there["low"] > 0.0)),
        }
        row |= {"chance": chance_share(goodness[:, :, bit]), "rank_mean": float(at_points[:, bit].mean())}
        rows.append({**row, "rank_same": float(np.mean(in_runs[:, :, bit] == at_points[:, None, bit]))})
    return pd.DataFrame(rows).sort_values("rank_mean", kind="stable", ignore_index=True)


def _ranks(goodness: Floats, players: Sequence[Player]) -> pd.DataFrame:
    """A row a player and rank; `goodness` has the shape (points, players)."""
    shares = rank_shares(goodness)
    return pd.DataFrame(
        [
            {"player": player.name, "rank": rank + 1, "probability": float(share)}
            for player, own in zip(players, shares, strict=True)
            for rank, share in enumerate(own)
        ]
    )


def _choices(table: pd.DataFrame, points: pd.DataFrame, structures: Sequence[str]) -> pd.DataFrame:
    """The median effect of each player at the points that drew each choice."""
    rows = []
    for entry in (entry for entry in structure_catalogue() if entry.path in structures):
        joined = table.merge(points[["point", entry.path]], on="point")
        for choice in entry.choices or ():
            for player, own in joined[joined[entry.path] == choice].groupby("player", sort=False):
                facts = {"structure": entry.path, "choice": choice, "player": str(player), "points": len(own)}
                rows.append({**facts, "effect": float(own["effect"].median())})
    return pd.DataFrame(rows, columns=["structure", "choice", "player", "points", "effect"])
