"""Runs a scenario with every subset of its mechanisms as they are, the others mild or switched off, all on the same draws.

A mechanism that is not in a subset is as mild as its feasible case, or abolished. `n` mechanisms make 2^n subsets, or those that
some sampled orders pass through: the points of a design, so that a decomposition is a sweep like any other. The same may be done
under each alternative of each structure.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from ssa_sim.catalogue.entries import ParameterValue, mechanism_catalogue
from ssa_sim.catalogue.feasible_cases import FeasibleCase, feasible_cases
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import Axis, listed_design
from ssa_sim.experiment.ask.plan import Experiment
from ssa_sim.experiment.ask.worlds import AS_IT_IS, World, structure_axes, structure_points, worlds_of
from ssa_sim.experiment.keep.matching import POINT
from ssa_sim.experiment.keep.results import Results
from ssa_sim.experiment.run.orders import Orders, sampled_orders
from ssa_sim.scenario.problems import did_you_mean, nearest
from ssa_sim.scenario.schema import Scenario
from ssa_sim.scenario.tables import LEVERS

Floats = npt.NDArray[np.float64]
Against = Literal["feasible", "abolished"]

MOST_MECHANISMS = 16
"""Beyond it the subsets no longer fit a coffee break, nor their runs memory."""


@dataclass(frozen=True)
class SubsetPlan:
    """What to run.

    Attributes:
        alone: the scenario as it is, alone, with replications, seed and outcomes to keep; no months.
        mechanisms: names of those that are varied; bit i of a subset's number says whether the i-th is as it is.
        against: what the others are: as mild as their feasible cases, or abolished, which is impossible in the world.
        circles: how many circles of orders are sampled; 0: all orders.
        over_structures: whether all is done again under each alternative of each structure.

    Raises:
        InputError: a mechanism is unknown, named twice, off in the scenario or as mild as its case already, or there are too
            many or none.
    """

    alone: Experiment
    mechanisms: tuple[str, ...]
    against: Against = "abolished"
    circles: int = 0
    over_structures: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be decomposed."""
        if len(self.alone.scenarios) != 1:
            raise ValueError("One scenario is decomposed at a time.")
        _check_mechanisms(self.mechanisms, self.scenario, self.against)

    @property
    def scenario(self) -> Scenario:
        """The scenario as it is: every mechanism of the plan acts."""
        return self.alone.scenarios[0].scenario

    @cached_property
    def orders(self) -> Orders:
        """The orders over which effects are averaged."""
        n = len(self.mechanisms)
        return sampled_orders(n, self.circles, self.alone.seed) if self.circles else Orders(n)

    @property
    def n_subsets(self) -> int:
        """How many subsets there are, none and all included."""
        return len(self.orders.subsets)

    @cached_property
    def worlds(self) -> tuple[World, ...]:
        """The structures under which all is done: first the scenario's own."""
        return worlds_of(self.scenario) if self.over_structures else (AS_IT_IS,)

    def experiment(self) -> Experiment:
        """What is run: every subset a point, in the order of `orders.subsets`, world by world."""
        axes, points = _abolished(self) if self.against == "abolished" else _mild(self)
        if not self.over_structures:
            return replace(self.alone, design=listed_design(axes, points))
        more = structure_axes(self.scenario)
        worlds = np.repeat(structure_points(more), len(points), axis=0)
        points = np.hstack([np.tile(points, (len(self.worlds), 1)), worlds])
        return replace(self.alone, design=listed_design([*axes, *more], points))


@dataclass(frozen=True, eq=False)
class SubsetRuns:
    """What the runs yield.

    Attributes:
        plan: what was run.
        results: of the plan's experiment.
    """

    plan: SubsetPlan
    results: Results

    def of(self, outcome: str, world: int = 0) -> Floats:
        """One outcome, shape (replicates, subsets), in its unit; NaN where it is not defined or the run failed.

        Args:
            outcome: its name.
            world: which of the plan's.

        Raises:
            ValueError: it was not kept.
        """
        names = [one.name for one in self.results.outcomes]
        cube = self.results.by_point(self.results.scenario_names[0])
        first = world * self.plan.n_subsets
        return np.ascontiguousarray(cube[first : first + self.plan.n_subsets, :, names.index(outcome)].T)

    @property
    def errors(self) -> list[tuple[int, int, str]]:
        """For each failed run its replicate, its point, and why."""
        failed = self.results.runs[self.results.runs["status"] == "failed"]
        return list(zip(failed["replicate"], failed[POINT], failed["error"], strict=True))


def _bits(plan: SubsetPlan) -> Floats:
    subsets = np.array(plan.orders.subsets, np.int64)
    return np.stack([subsets >> bit & 1 for bit in range(len(plan.mechanisms))], axis=1).astype(np.float64)


def _abolished(plan: SubsetPlan) -> tuple[list[Axis], Floats]:
    """A switch a mechanism."""
    return [Axis("mechanisms", name, (False, True)) for name in plan.mechanisms], _bits(plan)


def _mild(plan: SubsetPlan) -> tuple[list[Axis], Floats]:
    """A column for each parameter of each case: set where the mechanism is mild, left alone where it is as it is."""
    axes, columns = [], []
    for bits, name in zip(_bits(plan).T, plan.mechanisms, strict=True):
        for axis in case_axes(feasible_cases()[name], plan.scenario):
            axes.append(axis)
            columns.append(np.where(bits > 0.0, np.nan, 0.0))
    return axes, np.stack(columns, axis=1)


def case_axes(case: FeasibleCase, scenario: Scenario) -> list[Axis]:
    """What of a feasible case a scenario has not got already: an axis of one value for each parameter."""
    return [
        Axis("levers" if path in LEVERS.entries() else "uncertainties", path, (value,))
        for path, value in _missing(case, scenario)
    ]


def _missing(case: FeasibleCase, scenario: Scenario) -> Iterator[tuple[str, ParameterValue]]:
    for path, least in case.at_least.items():
        if min(_held(scenario, path)) < least:
            yield path, least
    for path, most in case.at_most.items():
        if max(_held(scenario, path)) > most:
            yield path, most
    for path, value in case.exactly.items():
        if set(_held(scenario, path)) != {value}:
            yield path, value


def _held(scenario: Scenario, path: str) -> list[Any]:
    """What a scenario has, in whatever month."""
    if path in LEVERS.entries():
        return [values[path] for values in scenario.lever_values_by_month()]
    return [attrgetter(path)(scenario.uncertainties)]


def mechanisms_to_vary(scenario: Scenario, against: Against) -> tuple[str, ...]:
    """The mechanisms that act in a scenario, and, against feasible cases, are not as mild already."""
    acting = mechanisms_acting(scenario)
    if against == "abolished":
        return acting
    return tuple(name for name in acting if case_axes(feasible_cases()[name], scenario))


def mechanisms_acting(scenario: Scenario) -> tuple[str, ...]:
    """The names of the mechanisms that are on in a scenario, in the catalogue's order."""
    return tuple(entry.path for entry in mechanism_catalogue() if getattr(scenario.mechanisms, entry.path))


def _check_mechanisms(names: Iterable[str], scenario: Scenario, against: Against) -> None:
    given = list(names)
    known = [entry.path for entry in mechanism_catalogue()]
    acting = mechanisms_acting(scenario)
    if not 1 <= len(given) <= MOST_MECHANISMS:
        raise InputError(
            f"{len(given)} mechanisms cannot be decomposed.", where="--mechanisms", allowed=f"1 to {MOST_MECHANISMS}"
        )
    for name in given:
        if name not in known:
            hint = did_you_mean(nearest(name, known))
            raise InputError(f'There is no mechanism "{name}".{hint}', where="--mechanisms", allowed=known)
        if name not in acting:
            raise InputError(f'The scenario has the mechanism "{name}" off.', where="--mechanisms", allowed=acting)
        if given.count(name) > 1:
            raise InputError(f'The mechanism "{name}" is named twice.', where="--mechanisms")
        if against == "feasible" and not case_axes(feasible_cases()[name], scenario):
            raise InputError(
                f'The scenario has the mechanism "{name}" as mild as its feasible case already.',
                where="--mechanisms",
                allowed=mechanisms_to_vary(scenario, against),
            )
