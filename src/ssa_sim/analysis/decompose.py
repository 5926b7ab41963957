"""How much each mechanism takes from an outcome: Shapley values over subsets of the mechanisms.

The worth v(S) of a set S of mechanisms is the outcome of the run in which they are as they are, and the others of the plan as mild
as the best case in the evidence, or abolished. A mechanism's Shapley value (SHAPLEY1953) is what its acting adds to v, averaged over all orders in which
the mechanisms could come to act so one after the other. The values of all mechanisms sum to v(all) - v(none) exactly,
two that do the same get the same, and one that does nothing gets nothing; no other rule does all this and adds up over
games. It has become the way to share out an effect among causes that act together (OWEN2014, SONG2016).

Worths are simulated on common random numbers, so that each replicate yields Shapley values of its own; their mean over
replicates is the estimate, and its interval that of a mean of independent values.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ssa_sim.analysis.finding import Origin, origin_of
from ssa_sim.analysis.players import (
    FEWEST_FOR_VERDICTS,
    Estimate,
    Player,
    estimate_of,
    mean_of,
    players_table,
    with_interval,
)
from ssa_sim.catalogue.entries import mechanism_catalogue
from ssa_sim.catalogue.outcomes import Outcome, outcome_named
from ssa_sim.errors import InputError
from ssa_sim.experiment.keep.results import Results
from ssa_sim.experiment.run.orders import Orders
from ssa_sim.experiment.run.subsets import Against, SubsetRuns, mechanisms_to_vary

Floats = npt.NDArray[np.float64]

SOLDIERS_AMONG_THOSE_PRESENT = ("ready_soldiers", "trained_in_unit")
"""Outcomes that count soldiers in the army: the way to them begins at the course completions."""
HEADCOUNTS = ("completions", "soldiers")
"""What lies between completions and the worths: both are counted in the scenario as it is."""


@dataclass(frozen=True, eq=False)
class LargerSample:
    """The levels of the scenario as it is over a larger sample, which begins with the replicates of the decomposition.

    Attributes:
        replicates: of the larger sample.
        levels: see `levels_alone`.
    """

    replicates: range
    levels: pd.DataFrame


@dataclass(frozen=True, eq=False)
class Decomposition:
    """What an outcome loses or gains by each mechanism.

    Attributes:
        origin: of the runs of the subsets.
        first_replicate: the first of their replicates.
        table: a row a mechanism, the one that moves the outcome furthest in the direction of the sum first. Effects are
            those of the mechanism acting, in the outcome's unit: `shapley` with its `confidence` interval from `low` to
            `high` found by `method` (see `ssa_sim.analysis.paired`), `p_value` and `adjusted_p_value` (Holm, over all
            mechanisms); `verdict` "lowers", "raises", "undecided" or "no effect" (none in any replicate), or on all of
            them "too few replications" (fewer than `FEWEST_FOR_VERDICTS`);
            `lowers`, `same` and `raises` the shares of replicates in which it does so (`probability_lowers` is
            `lowers` by its older name); `share` of
            v(all) - v(none); `alone` what it does when no other mechanism of the plan acts (first in) and `last` when all
            others do (last in: what switching off it alone would give back, with the sign turned), both with intervals;
            `completions` its Shapley value for course completions, with its interval (NaN if these were not kept).
            Besides: `mechanism`, `label_en`, `label_fr`, `source`.
        levels: what the waterfall passes through, from top to bottom. Column `level` names a quantity ("completions",
            "soldiers", "none_acting", "all_acting") and `step` the way to it from the level above ("" for the first,
            "headcount", "remainder", "mechanisms"); `value`, `low` and `high` are the level's mean over replicates and
            its interval, `change`, `change_low` and `change_high` those of the step (NaN for the first).
        gap_share: what the mechanisms do together as a share of the way from the first level to the last.
        one_by_one: what switching off each mechanism alone, all others acting, gives back, summed over the mechanisms.
        outcome: that is decomposed.
        scenario: the title of the scenario.
        mechanisms: in the order of the plan.
        against: what a mechanism is compared with: its feasible case, or its abolition.
        subsets: how many subsets of the mechanisms were run.
        is_complete: whether no mechanism that acts in the scenario, and is not as mild as its case, was left out of the plan.
        replications: replicates used.
        n_missing: replicates left out because a run failed or an outcome is not defined.
        n_failed: runs that failed.
        seed: root seed.
        confidence: of each interval.
        larger: the scenario as it is over more replicates, where that was run.
    """

    origin: Origin
    first_replicate: int
    table: pd.DataFrame
    levels: pd.DataFrame
    gap_share: Estimate
    one_by_one: Estimate
    outcome: Outcome
    scenario: str
    mechanisms: tuple[str, ...]
    against: Against
    subsets: int
    is_complete: bool
    replications: int
    n_missing: int
    n_failed: int
    seed: int
    confidence: float
    larger: LargerSample | None = None

    def level(self, name: str) -> pd.Series:
        """One row of `levels`."""
        return self.levels[self.levels["level"] == name].iloc[0]

    @property
    def is_sampled(self) -> bool:
        """Whether some orders of the mechanisms stand for all."""
        return self.subsets < 1 << len(self.mechanisms)

    @property
    def is_too_small(self) -> bool:
        """Whether there are too few replications for a verdict."""
        return self.replications < FEWEST_FOR_VERDICTS

    @property
    def total(self) -> float:
        """v(all) - v(none): what the mechanisms do together, in the outcome's unit."""
        return float(self.level("all_acting")["change"])

    def as_json(self) -> dict[str, object]:
        """The facts, for programs."""
        larger = self.larger
        return {
            "title": self.scenario,
            "outcome": self.outcome.name,
            "unit": self.outcome.unit,
            "mechanisms": list(self.mechanisms),
            "against": self.against,
            "subsets": self.subsets,
            "is_sampled": self.is_sampled,
            "replications": self.replications,
            "first_replicate": self.first_replicate,
            "seed": self.seed,
            "confidence": self.confidence,
            "model_version": self.origin.model_version,
            "identity": self.origin.identity,
            "n_failed": self.n_failed,
            "n_missing": self.n_missing,
            "total": self.total,
            "levels": self.levels.to_dict(orient="records"),
            "scenario_alone": None
            if larger is None
            else {"replications": len(larger.replicates), "levels": larger.levels.to_dict(orient="records")},
            "table": self.table.to_dict(orient="records"),
        }


def decompose(runs: SubsetRuns, outcome: str, *, confidence: float = 0.95) -> Decomposition:
    """Share what the mechanisms do to an outcome out among them.

    Args:
        runs: of the plan's subsets; they hold the outcome and, where it counts soldiers present, `HEADCOUNTS`.
        outcome: its name.
        confidence: of each interval.

    Raises:
        InputError: in no replicate every run has a value.
    """
    plan = runs.plan
    kept = [name for name in dict.fromkeys((outcome, *outcomes_for(outcome))) if name in plan.alone.outcomes]
    complete = np.isfinite(np.stack([runs.of(name) for name in kept])).all(axis=(0, 2))
    if not complete.any():
        raise InputError(f"In no replicate the outcome {outcome!r} has a value in every run.")
    worths = {name: runs.of(name)[complete] for name in kept}
    table = players_table(
        worths,
        outcome,
        plan.orders,
        players_of(plan.mechanisms),
        called="mechanism",
        seed=plan.alone.seed,
        confidence=confidence,
    )
    return Decomposition(
        origin=origin_of(runs.results),
        first_replicate=plan.alone.first_replicate,
        table=table,
        levels=_levels(worths, outcome, plan.alone.seed, confidence),
        gap_share=_gap_share(worths, outcome, plan.alone.seed, confidence),
        one_by_one=_one_by_one(worths[outcome], plan.orders, plan.alone.seed, confidence),
        outcome=outcome_named(outcome),
        scenario=plan.alone.title,
        mechanisms=plan.mechanisms,
        against=plan.against,
        subsets=plan.n_subsets,
        is_complete=set(mechanisms_to_vary(plan.scenario, plan.against)) == set(plan.mechanisms),
        replications=int(complete.sum()),
        n_missing=int((~complete).sum()),
        n_failed=len(runs.errors),
        seed=plan.alone.seed,
        confidence=confidence,
    )


def levels_alone(results: Results, outcome: str, *, confidence: float = 0.95) -> pd.DataFrame:
    """The levels of the waterfall that the scenario as it is passes through, over other replications of it.

    Args:
        results: of the scenario alone, with the outcomes that `outcomes_for` names.
        outcome: the one decomposed.
        confidence: of each interval.

    Returns:
        A row a level: `level` as in `Decomposition.levels`, `value` its mean, `low` and `high` the interval. A replicate in which
        the run failed or a level is not defined is left out.
    """
    kept = [*(HEADCOUNTS if outcome in SOLDIERS_AMONG_THOSE_PRESENT else ()), outcome]
    values = results.runs[kept].to_numpy(np.float64)
    values = values[np.isfinite(values).all(axis=1)]
    found = {name: mean_of(values[:, index], confidence, results.seed) for index, name in enumerate(kept)}
    return pd.DataFrame(
        [
            {
                "level": "all_acting" if name == outcome else name,
                "value": each.difference,
                "low": each.low,
                "high": each.high,
            }
            for name, each in found.items()
        ]
    )


def outcomes_for(outcome: str) -> tuple[str, ...]:
    """The outcomes to keep for decomposing one: itself, completions, and what lies between them if anything does."""
    between = HEADCOUNTS if outcome in SOLDIERS_AMONG_THOSE_PRESENT else ("completions",)
    return tuple(dict.fromkeys((outcome, *between)))


def players_of(mechanisms: Sequence[str]) -> list[Player]:
    """Mechanisms as players, with their labels and sources."""
    entries = {entry.path: entry for entry in mechanism_catalogue()}
    return [Player(name, entries[name].label_en, entries[name].label_fr, entries[name].source) for name in mechanisms]


def _levels(worths: dict[str, Floats], outcome: str, seed: int, confidence: float) -> pd.DataFrame:
    """The rows of `Decomposition.levels`."""
    rows = []
    before: Floats | None = None
    for level, step, values in _stations(worths, outcome):
        change = np.full(len(values), np.nan) if before is None else values - before
        row: dict[str, object] = {"level": level, "step": "" if before is None else step}
        estimate = mean_of(values, confidence, seed)
        row.update({"value": estimate.difference, "low": estimate.low, "high": estimate.high})
        row.update(with_interval("change", mean_of(change, confidence, seed)))
        rows.append(row)
        before = values
    return pd.DataFrame(rows)


def _stations(worths: dict[str, Floats], outcome: str) -> list[tuple[str, str, Floats]]:
    """Each level's name, the step to it, and its value in every replicate."""
    game = worths[outcome]
    stations = [("none_acting", "remainder", game[:, 0]), ("all_acting", "mechanisms", game[:, -1])]
    if outcome in SOLDIERS_AMONG_THOSE_PRESENT:
        return [*((name, "headcount", worths[name][:, -1]) for name in HEADCOUNTS), *stations]
    return stations


def _gap_share(worths: dict[str, Floats], outcome: str, seed: int, confidence: float) -> Estimate:
    """A ratio of two means; its interval is that of the mean of what the ratio leaves over in each replicate."""
    game = worths[outcome]
    total, gap = game[:, -1] - game[:, 0], game[:, -1] - _stations(worths, outcome)[0][2]
    if not np.mean(gap):
        return Estimate(float("nan"), float("nan"), float("nan"))
    share = float(np.mean(total) / np.mean(gap))
    left_over = mean_of((total - share * gap) / np.mean(gap), confidence, seed)
    return Estimate(share, share + left_over.low, share + left_over.high)


def _one_by_one(game: Floats, orders: Orders, seed: int, confidence: float) -> Estimate:
    given_back = -np.sum([orders.last_in(game, player) for player in range(orders.players)], axis=0)
    return estimate_of(np.asarray(given_back, np.float64), confidence, seed)
