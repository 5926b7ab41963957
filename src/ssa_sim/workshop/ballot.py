"""The vote: a room picks packages of levers, and replications show how they rank."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ssa_sim.analysis.compare import holm
from ssa_sim.analysis.paired import PairedDifference, paired_difference
from ssa_sim.catalogue.entries import ParameterValue
from ssa_sim.catalogue.outcomes import outcome_named
from ssa_sim.errors import InputError
from ssa_sim.model.history import summarise
from ssa_sim.model.simulate import simulate_replicate
from ssa_sim.scenario.schema import Scenario
from ssa_sim.workshop.refusals import RefusedError
from ssa_sim.workshop.session import Session
from ssa_sim.workshop.step_by_step import StepByStep
from ssa_sim.workshop.timeline import Choice, played
from ssa_sim.workshop.uploads import load_from, scenario_names

RANKED = ("ready_soldiers", "deaths", "total_spent")
"""Outcomes for which packages are ranked."""


@dataclass(frozen=True)
class Package:
    """Levers that are decided together.

    Attributes:
        name: of the scenario file that they come from, without its ending.
        title: the file's own.
        values: from a lever's path to its value.
    """

    name: str
    title: str
    values: tuple[tuple[str, ParameterValue], ...]


def packages_in(folder: Path, base: Scenario) -> list[Package]:
    """The packages that the scenarios of a folder make of a base: those that hold some levers at other values throughout.

    Files that are no scenarios, have other months, or differ in more than levers are passed over.
    """
    found = []
    for name in scenario_names(folder):
        try:
            scenario = load_from(folder, name)
        except InputError:
            continue
        values = _steady_differences(scenario, base)
        if values:
            found.append(Package(name.removesuffix(".toml"), scenario.title, values))
    return found


def _steady_differences(scenario: Scenario, base: Scenario) -> tuple[tuple[str, ParameterValue], ...]:
    beside = ("period", "size", "uncertainties", "mechanisms", "structures", "donors")
    if any(getattr(scenario, part) != getattr(base, part) for part in beside):
        return ()
    wanted, given = scenario.lever_values_by_month(), base.lever_values_by_month()
    moved = [lever for lever in given[0] if any(w[lever] != g[lever] for w, g in zip(wanted, given, strict=True))]
    if any(month[lever] != wanted[0][lever] for month in wanted for lever in moved):
        return ()
    return tuple((lever, wanted[0][lever]) for lever in moved)


class Ballot:
    """Votes for packages, counted by hand or by click."""

    def __init__(self) -> None:
        """No votes yet."""
        self._votes: Counter[str] = Counter()

    def add(self, package: str, votes: int = 1) -> None:
        """Count votes for a package; fewer than none there never are."""
        self._votes[package] = max(0, self._votes[package] + votes)

    def votes(self, package: str) -> int:
        """How many a package has."""
        return self._votes[package]

    def chosen(self) -> list[str]:
        """The packages with a vote, most votes first, then by name."""
        voted = [(name, votes) for name, votes in self._votes.items() if votes > 0]
        return [name for name, _ in sorted(voted, key=lambda item: (-item[1], item[0]))]


@dataclass(frozen=True)
class Place:
    """Where a package stands.

    Attributes:
        package: its name.
        rank: from 1; packages that cannot be told apart from the best of their rank share it.
        difference: from the room's policy as played, over the replications.
    """

    package: str
    rank: int
    difference: PairedDifference


class Ranking(StepByStep[list[dict[str, float]]]):
    """The room's policy with each of some packages on top; replicates are run one at a time.

    Attributes:
        month: position of the first in which a package holds.
        packages: that are ranked.
        steps: how many replications will be run.
    """

    def __init__(self, session: Session, packages: Sequence[Package], *, replications: int = 40) -> None:
        """Nothing is run yet.

        Raises:
            RefusedError: there is no package.
        """
        if not packages:
            raise RefusedError("no_votes")
        super().__init__(replications)
        self.month = 0 if session.is_over else session.month  # at the end: what if it had been so from the start?
        self.packages = tuple(packages)
        self._seed = session.seed
        with_each = [
            played(session.base, (*session.choices, Choice(self.month, package.values, "package", package.name)))
            for package in packages
        ]
        self._scenarios = [session.scenarios()[1], *with_each]
        self._policy = self._scenarios[0].identity()

    def is_outdated(self, session: Session) -> bool:
        """Whether the room has decided something since, so that this is about a policy that is no longer its own."""
        return session.scenarios()[1].identity() != self._policy

    def _next(self, number: int) -> list[dict[str, float]]:
        """Every outcome of one replicate, for the policy as played and with each package."""
        histories = simulate_replicate(self._scenarios, seed=self._seed, replicate=number)
        return [summarise(history) for history in histories]

    def places(self, outcome: str, *, confidence: float = 0.95) -> list[Place]:
        """The packages by their mean difference from the policy as played, best first; ranks by what can be told apart."""
        higher = outcome_named(outcome).better == "higher"
        values = self._values(outcome)
        differences = [
            paired_difference(values[:, 0], column, higher_is_better=higher, confidence=confidence, seed=self._seed)
            for column in values[:, 1:].T
        ]
        sign = -1.0 if higher else 1.0
        order = sorted(range(len(self.packages)), key=lambda index: sign * differences[index].difference)
        apart = _apart(values[:, 1:], confidence, self._seed)
        places: list[Place] = []
        leader = 0
        for position, index in enumerate(order):
            if apart[order[leader], index]:
                leader = position
            places.append(Place(self.packages[index].name, leader + 1, differences[index]))
        return places

    def _values(self, outcome: str) -> npt.NDArray[np.float64]:
        """Shape (replicates, 1 + packages)."""
        return np.array([[one[outcome] for one in replicate] for replicate in self._found])


def _apart(values: npt.NDArray[np.float64], confidence: float, seed: int) -> npt.NDArray[np.bool_]:
    """Which packages can be told apart, shape (packages, packages), from values of shape (replicates, packages).

    By Holm's correction over all pairs, since the same runs say which package leads: of many that are alike, the best and the
    worst would otherwise often seem to differ.
    """
    packages = values.shape[1]
    pairs = np.triu_indices(packages, 1)
    p_values = [
        paired_difference(values[:, one], values[:, other], higher_is_better=True, seed=seed).p_value
        for one, other in zip(*pairs, strict=True)
    ]
    apart = np.zeros((packages, packages), np.bool_)
    apart[pairs] = holm(np.array(p_values)) <= 1.0 - confidence
    both_ways: npt.NDArray[np.bool_] = apart | apart.T
    return both_ways
