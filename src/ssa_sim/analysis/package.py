"""Which lever of a policy package does the work: Shapley values over its levers, and how far they overlap."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ssa_sim.analysis.finding import Origin, origin_of
from ssa_sim.analysis.players import FEWEST_FOR_VERDICTS, Estimate, Player, estimate_of, players_table
from ssa_sim.catalogue.entries import ParameterValue, lever_catalogue
from ssa_sim.catalogue.outcomes import Outcome, outcome_named
from ssa_sim.errors import InputError
from ssa_sim.experiment.run.package import LeverGroup, PackageRuns
from ssa_sim.words.texts import Language

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class LeverChange:
    """A lever in the first month: as in the scenario compared with, and as in the package."""

    lever: str
    before: ParameterValue
    after: ParameterValue


@dataclass(frozen=True, eq=False)
class PackageShares:
    """What a package's levers do to an outcome.

    Attributes:
        origin: of the runs.
        title: the package's.
        base: the title of the scenario that it is compared with.
        outcome: that is decomposed.
        table: a row a lever, or a group of levers, the one that moves the outcome furthest in the package's direction first; see
            `players.players_table`. `alone`: what it does without the others; `last`: what it adds to all the others.
        changes: of each row, by its name: the levers that it sets.
        none: the outcome without any of the levers.
        all: the outcome with all of them.
        total: what they do together.
        one_by_one: what each does without the others, summed.
        overlap: `one_by_one` less `total`: above zero in the direction of the total, levers do the same work twice; below it,
            they need one another.
        replications: replicates used.
        n_missing: replicates left out for want of a value.
        n_failed: runs that failed.
        seed: root seed.
        confidence: of each interval.
        subsets: of the levers, that were run.
        is_sampled: whether some orders of levers stand for all.
    """

    origin: Origin
    title: str
    base: str
    outcome: Outcome
    table: pd.DataFrame
    changes: dict[str, tuple[LeverChange, ...]]
    none: Estimate
    all: Estimate
    total: Estimate
    one_by_one: Estimate
    overlap: Estimate
    replications: int
    n_missing: int
    n_failed: int
    seed: int
    confidence: float
    subsets: int
    is_sampled: bool

    @property
    def is_too_small(self) -> bool:
        """Whether there are too few replications for a verdict."""
        return self.replications < FEWEST_FOR_VERDICTS

    def as_json(self) -> dict[str, object]:
        """The facts, for programs."""
        estimates = {name: vars(getattr(self, name)) for name in ("none", "all", "total", "one_by_one", "overlap")}
        return {
            "title": self.title,
            "compared_with": self.base,
            "outcome": self.outcome.name,
            "unit": self.outcome.unit,
            "replications": self.replications,
            "seed": self.seed,
            "confidence": self.confidence,
            "model_version": self.origin.model_version,
            "identity": self.origin.identity,
            "n_missing": self.n_missing,
            "n_failed": self.n_failed,
            "subsets": self.subsets,
            "is_sampled": self.is_sampled,
            **estimates,
            "changes": {name: [vars(change) for change in each] for name, each in self.changes.items()},
            "table": self.table.to_dict(orient="records"),
        }


def share_out(runs: PackageRuns, outcome: str, *, confidence: float = 0.95) -> PackageShares:
    """Share what a package does to an outcome out among its levers.

    Args:
        runs: of the plan's subsets; they hold the outcome.
        outcome: its name.
        confidence: of each interval.

    Raises:
        InputError: in no replicate every run has a value.
    """
    plan = runs.plan
    orders, seed = plan.orders, plan.pair.seed
    game = runs.of(outcome)
    complete = np.isfinite(game).all(axis=1)
    if not complete.any():
        raise InputError(f"In no replicate the outcome {outcome!r} has a value in every run.")
    game = game[complete]
    total = game[:, -1] - game[:, 0]
    alone = np.sum([orders.first_in(game, player) for player in range(orders.players)], axis=0)
    series = {"none": game[:, 0], "all": game[:, -1], "total": total, "one_by_one": alone, "overlap": alone - total}
    return PackageShares(
        origin=origin_of(runs.results),
        title=plan.package.title,
        base=plan.base.title,
        outcome=outcome_named(outcome),
        table=players_table(
            {outcome: game},
            outcome,
            orders,
            lever_players(plan.groups),
            called="lever",
            seed=seed,
            confidence=confidence,
        ),
        changes=_changes(runs),
        **{name: estimate_of(values, confidence, seed) for name, values in series.items()},
        replications=int(complete.sum()),
        n_missing=int((~complete).sum()),
        n_failed=runs.results.n_failed,
        seed=seed,
        confidence=confidence,
        subsets=len(orders.subsets),
        is_sampled=orders.is_sampled,
    )


def lever_players(groups: Sequence[LeverGroup]) -> list[Player]:
    """Levers, or groups of them, as players; a group is called by its levers."""
    entries = {entry.path: entry for entry in lever_catalogue()}

    def label(group: LeverGroup, language: Language) -> str:
        return ", ".join(entries[path].label(language) for path in group.levers)

    def source(group: LeverGroup) -> str:
        return "; ".join(dict.fromkeys("; ".join(entries[path].source for path in group.levers).split("; ")))

    return [Player(group.name, label(group, "en"), label(group, "fr"), source(group)) for group in groups]


def _changes(runs: PackageRuns) -> dict[str, tuple[LeverChange, ...]]:
    plan = runs.plan
    before, after = (scenario.lever_values_by_month()[0] for scenario in (plan.base, plan.package))
    return {
        group.name: tuple(LeverChange(path, before[path], after[path]) for path in group.levers)
        for group in plan.groups
    }
