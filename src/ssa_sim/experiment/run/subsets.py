"""Runs a scenario with every subset of its mechanisms switched on, all on the same draws.

`n` mechanisms make 2^n subsets: the points of a design, so that a decomposition is a sweep like any other.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from ssa_sim.catalogue.entries import mechanism_catalogue
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import Axis, listed_design
from ssa_sim.experiment.ask.plan import Experiment
from ssa_sim.experiment.keep.matching import POINT
from ssa_sim.experiment.keep.results import Results
from ssa_sim.scenario.paths import nearest
from ssa_sim.scenario.schema import Scenario

Floats = npt.NDArray[np.float64]

MOST_MECHANISMS = 16
"""Beyond it the subsets no longer fit a coffee break, nor their runs memory."""


@dataclass(frozen=True)
class SubsetPlan:
    """What to run.

    Attributes:
        alone: the scenario as it is, alone, with replications, seed and outcomes to keep; no months.
        mechanisms: names of those that are switched; bit i of a subset's number says whether the i-th acts.

    Raises:
        InputError: a mechanism is unknown, named twice or off in the scenario, or there are too many or none.
    """

    alone: Experiment
    mechanisms: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse what cannot be decomposed."""
        if len(self.alone.scenarios) != 1:
            raise ValueError("One scenario is decomposed at a time.")
        _check_mechanisms(self.mechanisms, self.scenario)

    @property
    def scenario(self) -> Scenario:
        """The scenario as it is: every mechanism of the plan acts."""
        return self.alone.scenarios[0].scenario

    @property
    def n_subsets(self) -> int:
        """How many subsets there are, none and all included."""
        return 1 << len(self.mechanisms)

    def experiment(self) -> Experiment:
        """What is run: every subset a point, numbered as the subset is."""
        axes = [Axis("mechanisms", name, (False, True)) for name in self.mechanisms]
        subsets = np.arange(self.n_subsets)
        bits = np.stack([subsets >> bit & 1 for bit in range(len(axes))], axis=1).astype(np.float64)
        return replace(self.alone, design=listed_design(axes, bits))


@dataclass(frozen=True, eq=False)
class SubsetRuns:
    """What the runs yield.

    Attributes:
        plan: what was run.
        results: of the plan's experiment.
    """

    plan: SubsetPlan
    results: Results

    def of(self, outcome: str) -> Floats:
        """One outcome, shape (replicates, subsets), in its unit; NaN where it is not defined or the run failed.

        Raises:
            ValueError: it was not kept.
        """
        names = [one.name for one in self.results.outcomes]
        cube = self.results.by_point(self.results.scenario_names[0])
        return np.ascontiguousarray(cube[:, :, names.index(outcome)].T)

    @property
    def errors(self) -> list[tuple[int, int, str]]:
        """For each failed run its replicate, its subset, and why."""
        failed = self.results.runs[self.results.runs["status"] == "failed"]
        return list(zip(failed["replicate"], failed[POINT], failed["error"], strict=True))


def mechanisms_acting(scenario: Scenario) -> tuple[str, ...]:
    """The names of the mechanisms that are on in a scenario, in the catalogue's order."""
    return tuple(entry.path for entry in mechanism_catalogue() if getattr(scenario.mechanisms, entry.path))


def _check_mechanisms(names: Iterable[str], scenario: Scenario) -> None:
    given = list(names)
    known = [entry.path for entry in mechanism_catalogue()]
    acting = mechanisms_acting(scenario)
    if not 1 <= len(given) <= MOST_MECHANISMS:
        raise InputError(
            f"{len(given)} mechanisms cannot be decomposed.", where="--mechanisms", allowed=f"1 to {MOST_MECHANISMS}"
        )
    for name in given:
        if name not in known:
            near = nearest(name, known)
            hint = f' Did you mean "{near}"?' if near else ""
            raise InputError(f'There is no mechanism "{name}".{hint}', where="--mechanisms", allowed=known)
        if name not in acting:
            raise InputError(f'The scenario has the mechanism "{name}" off.', where="--mechanisms", allowed=acting)
        if given.count(name) > 1:
            raise InputError(f'The mechanism "{name}" is named twice.', where="--mechanisms")
