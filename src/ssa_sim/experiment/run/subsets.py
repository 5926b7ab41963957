"""Runs a scenario with every subset of its mechanisms as they are, the others mild or switched off, all on the same draws.

A mechanism that is not in a subset is as mild as its feasible case, or abolished. `n` mechanisms make 2^n subsets, or those that
some sampled orders pass through: the points of a design, so that a decomposition is a sweep like any other. The same may be done
in other worlds: under each alternative of each structure, or at points drawn over the ranges of what nobody knows.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from ssa_sim.catalogue.entries import mechanism_catalogue
from ssa_sim.catalogue.feasible_cases import FeasibleCase, feasible_cases
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import Axis, listed_design
from ssa_sim.experiment.ask.plan import Experiment
from ssa_sim.experiment.ask.worlds import Worlds, drawn_axes, worlds_asked
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
        over_structures: whether all is done again under each alternative of each structure, or, with points, under choices that
            these draw.
        points: at how many points drawn over the ranges of uncertainties all is done again.

    Raises:
        InputError: a mechanism is unknown, named twice, off in the scenario or as mild as its case already, or there are too
            many or none.
    """

    alone: Experiment
    mechanisms: tuple[str, ...]
    against: Against = "abolished"
    circles: int = 0
    over_structures: bool = False
    points: int = 0

    def __post_init__(self) -> None:
        """Refuse what cannot be decomposed."""
        if len(self.alone.scenarios) != 1:
            raise ValueError("One scenario is decomposed at a time.")
        _check_mechanisms(self.mechanisms, self.scenario, self.against, drawn_paths(self.points))

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

    @property
    def seed(self) -> int:
        """Root seed of all draws."""
        return self.alone.seed

    @cached_property
    def worlds(self) -> Worlds:
        """The worlds in which all is done: first the scenario's own."""
        return worlds_asked(self.scenario, over_structures=self.over_structures, points=self.points, seed=self.seed)

    def experiment(self) -> Experiment:
        """What is run: every subset a point, in the order of `orders.subsets`, world by world."""
        axes, columns = _abolished(self) if self.against == "abolished" else _mild(self)
        more = [axis for axis in self.worlds.axes if axis.column not in {each.column for each in axes}]
        places = [self.worlds.axes.index(axis) for axis in more]
        points = np.hstack(
            [np.stack(columns, axis=1), np.repeat(self.worlds.points[:, places], self.n_subsets, axis=0)]
        )
        design = listed_design([*axes, *more], points)
        return replace(self.alone, design=replace(design, request={**design.request, "decomposition": self.asked()}))

    def asked(self) -> dict[str, Any]:
        """What tells these points from other lists, and lets the plan be made again from them."""
        return {
            "mechanisms": list(self.mechanisms),
            "against": self.against,
            "circles": self.circles,
            "over_structures": self.over_structures,
            "points": self.points,
        }


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
    """Which mechanisms are as they are, shape (mechanisms, points): the same in every world."""
    subsets = np.array(plan.orders.subsets, np.int64)
    bits = np.stack([subsets >> bit & 1 for bit in range(len(plan.mechanisms))]).astype(np.float64)
    return np.tile(bits, len(plan.worlds))


def _abolished(plan: SubsetPlan) -> tuple[list[Axis], list[Floats]]:
    """A switch a mechanism."""
    return [Axis("mechanisms", name, (False, True)) for name in plan.mechanisms], list(_bits(plan))


def _mild(plan: SubsetPlan) -> tuple[list[Axis], list[Floats]]:
    """A column for each parameter of each case: set where the mechanism is mild; elsewhere left alone, or as the world draws it."""
    drawn = {axis.path: place for place, axis in enumerate(plan.worlds.axes) if axis.part == "uncertainties"}
    axes, columns = [], []
    for bits, name in zip(_bits(plan), plan.mechanisms, strict=True):
        case = feasible_cases()[name]
        for axis in case_axes(case, plan.scenario, drawn):
            if axis.path not in drawn:
                axes.append(axis)
                columns.append(np.where(bits > 0.0, np.nan, 0.0))
                continue
            place = drawn[axis.path]
            values = plan.worlds.points[:, place]
            here = float(attrgetter(axis.path)(plan.scenario.uncertainties))
            mild = [float(case.mild(axis.path, here if np.isnan(value) else value)) for value in values.tolist()]
            axes.append(plan.worlds.axes[place])
            columns.append(np.where(bits > 0.0, *(np.repeat(each, plan.n_subsets) for each in (values, mild))))
    return axes, columns


def drawn_paths(points: int) -> tuple[str, ...]:
    """The uncertainties that worlds draw, if there are points."""
    return tuple(axis.path for axis in drawn_axes(over_structures=False)) if points else ()


def case_axes(case: FeasibleCase, scenario: Scenario, drawn: Collection[str] = ()) -> list[Axis]:
    """What of a feasible case a scenario has not got already: an axis of one value for each parameter.

    Args:
        case: of a mechanism.
        scenario: as it is.
        drawn: uncertainties that differ between worlds, of which nobody can say so.
    """
    return [
        Axis("levers" if path in LEVERS.entries() else "uncertainties", path, (limit,))
        for path, limit in {**case.at_least, **case.at_most, **case.exactly}.items()
        if path in drawn or any(case.mild(path, value) != value for value in _held(scenario, path))
    ]


def _held(scenario: Scenario, path: str) -> list[Any]:
    """What a scenario has, in whatever month."""
    if path in LEVERS.entries():
        return [values[path] for values in scenario.lever_values_by_month()]
    return [attrgetter(path)(scenario.uncertainties)]


def mechanisms_to_vary(scenario: Scenario, against: Against, points: int = 0) -> tuple[str, ...]:
    """The mechanisms that act in a scenario, and, against feasible cases, are not as mild already, there and at every point."""
    acting = mechanisms_acting(scenario)
    if against == "abolished":
        return acting
    drawn = drawn_paths(points)
    return tuple(name for name in acting if case_axes(feasible_cases()[name], scenario, drawn))


def mechanisms_acting(scenario: Scenario) -> tuple[str, ...]:
    """The names of the mechanisms that are on in a scenario, in the catalogue's order."""
    return tuple(entry.path for entry in mechanism_catalogue() if getattr(scenario.mechanisms, entry.path))


def _check_mechanisms(names: Iterable[str], scenario: Scenario, against: Against, drawn: Sequence[str]) -> None:
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
        if against == "feasible" and not case_axes(feasible_cases()[name], scenario, drawn):
            raise InputError(
                f'The scenario has the mechanism "{name}" as mild as its feasible case already.',
                where="--mechanisms",
                allowed=mechanisms_to_vary(scenario, against, len(drawn)),
            )
