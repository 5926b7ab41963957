"""What each player of a game does under each alternative of each structure: effects, shares and ranks, and how far they hold."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ssa_sim.analysis.holding import holds
from ssa_sim.analysis.players import Player
from ssa_sim.analysis.sharing import Floats, Question, direction_of
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.worlds import World


@dataclass(frozen=True, eq=False)
class OverStructures:
    """Effects of players over structures.

    Attributes:
        question: what was asked.
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
    """

    question: Question
    table: pd.DataFrame
    worlds: pd.DataFrame
    summary: pd.DataFrame
    replications: int

    def tables(self) -> dict[str, pd.DataFrame]:
        """What `ssa-sim export` hands on of it, by name."""
        return {"over_structures": self.summary, "each_structure": self.table}

    def as_json(self) -> dict[str, object]:
        """The facts, for programs."""
        return {
            **self.question.as_json(),
            "replications": self.replications,
            "summary": self.summary.to_dict(orient="records"),
            "worlds": self.worlds.to_dict(orient="records"),
            "table": self.table.to_dict(orient="records"),
        }


def over_structures(worths: Callable[[int], Floats], worlds: Sequence[World], question: Question) -> OverStructures:
    """Share out what players do together in each world.

    Args:
        worths: of a world by its number: shape (replicates, coalitions).
        worlds: the scenario's own first.
        question: what is asked of the players.

    Raises:
        InputError: in no replicate every run has a value.
    """
    games = [worths(number) for number in range(len(worlds))]
    complete = np.isfinite(np.stack([game.sum(axis=1) for game in games])).all(axis=0)
    if not complete.any():
        raise InputError(f"In no replicate the outcome {question.name!r} has a value in every run.")
    games = [game[complete] for game in games]
    direction = direction_of(games[0])
    rows, held = [], []
    for world, game in zip(worlds, games, strict=True):
        whole, parts = question.shared_out(game, direction)
        held.append({**world._asdict(), **whole})
        rows += [{**world._asdict(), **part} for part in parts]
    table = pd.DataFrame(rows)
    return OverStructures(
        question=question,
        table=table,
        worlds=pd.DataFrame(held),
        summary=_summary(table, {player.name: player for player in question.players}),
        replications=int(complete.sum()),
    )


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
