"""Where the money went: what partners, mission and gifts brought, by who gave it and what became of it (IRSEM 3)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ssa_sim.analysis.money_runs import CONDITIONS, ENDS, GIFTS, MISSION, PLACES, POPULATION, MoneyRuns
from ssa_sim.analysis.paired import paired_difference
from ssa_sim.model.observation import Profile
from ssa_sim.model.state import KINDS, TARGETS

Floats = npt.NDArray[np.float64]
MILLION = 1e6


@dataclass(frozen=True, eq=False)
class Money:
    """Where the money went, in the mean over replicates.

    Attributes:
        title: the scenario's.
        seed: root seed of the draws.
        replications: replicates.
        confidence: of each interval.
        givers: the kinds of partners that the scenario knows.
        trails: a row a trail that carries money in any replicate: `PLACES`, `million` EUR with its interval from `low` to
            `high`, and its `share` of all that was granted (mean of the shares of replicates) with `share_low` and `share_high`. The rows add up to what was granted.
        ends: the same by what became of the money: `use`.
        total: what was granted, million EUR: mean and interval.
    """

    title: str
    seed: int
    replications: int
    confidence: float
    givers: tuple[Profile, ...]
    trails: pd.DataFrame
    ends: pd.DataFrame
    total: tuple[float, float, float]

    def across(self, rows: Sequence[str], columns: str = "use") -> pd.DataFrame:
        """Million EUR by one or two places and another one: a row and a column each, in the order of the trails."""
        table = self.trails.pivot_table(
            index=list(rows), columns=columns, values="million", aggfunc="sum", fill_value=0.0, sort=False
        )
        return table[[name for name in ENDS if name in table.columns]] if columns == "use" else table

    def share_of(self, use: str) -> float:
        """The share of all money that ended so."""
        rows = self.ends[self.ends["use"] == use]
        return float(rows["share"].iloc[0]) if len(rows) else 0.0

    def as_json(self) -> dict[str, object]:
        """The facts, for programs."""
        return {
            "title": self.title,
            "seed": self.seed,
            "replications": self.replications,
            "confidence": self.confidence,
            "granted": dict(zip(("million", "low", "high"), self.total, strict=True)),
            "ends": self.ends.to_dict(orient="records"),
            "trails": self.trails.to_dict(orient="records"),
        }


def follow_money(made: MoneyRuns, *, confidence: float = 0.95) -> Money:
    """What runs say of where the money went.

    Args:
        made: of any scenario.
        confidence: of each interval.
    """
    granted = made.trails.groupby("replicate")["euros"].sum().reindex(range(made.replications), fill_value=0)
    total = granted.to_numpy(np.float64) / MILLION
    givers = [*(giver.name for giver in made.givers), MISSION, GIFTS, CONDITIONS, POPULATION]
    orders = dict(zip(PLACES, (givers, (*KINDS, "none"), (*TARGETS, "none"), ENDS), strict=True))
    return Money(
        title=made.title,
        seed=made.seed,
        replications=made.replications,
        confidence=confidence,
        givers=made.givers,
        trails=_summed(made, PLACES, orders, total, confidence),
        ends=_summed(made, ("use",), orders, total, confidence),
        total=_mean(total, confidence),
    )


def _summed(
    made: MoneyRuns, places: Sequence[str], orders: dict[str, Sequence[str]], total: Floats, confidence: float
) -> pd.DataFrame:
    """Money by some places of its trails, a row each that carries any."""
    by_replicate = made.trails.pivot_table(
        index="replicate", columns=list(places), values="euros", aggfunc="sum", fill_value=0
    ).reindex(range(made.replications), fill_value=0)
    rows = []
    for key in by_replicate.columns:
        names = key if isinstance(key, tuple) else (key,)
        million = by_replicate[key].to_numpy(np.float64) / MILLION
        share = np.divide(million, total, out=np.zeros_like(million), where=total > 0.0)
        estimates = (*_mean(million, confidence), *_mean(share, confidence))
        rows.append((*names, *estimates))
    rows.sort(key=lambda row: [list(orders[place]).index(str(row[number])) for number, place in enumerate(places)])
    return pd.DataFrame(rows, columns=[*places, "million", "low", "high", "share", "share_low", "share_high"])


def _mean(values: Floats, confidence: float) -> tuple[float, float, float]:
    found = paired_difference(np.zeros(len(values)), values, higher_is_better=True, confidence=confidence)
    return found.difference, found.low, found.high
