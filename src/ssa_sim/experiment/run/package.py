"""Runs a policy package with every subset of its levers, the others as in the scenario that it is compared with."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from ssa_sim.catalogue.entries import lever_catalogue
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import listed_design
from ssa_sim.experiment.ask.plan import Experiment, NamedScenario
from ssa_sim.experiment.ask.worlds import Worlds, worlds_asked
from ssa_sim.experiment.keep.results import Results
from ssa_sim.experiment.run.orders import Orders, sampled_orders
from ssa_sim.scenario.schema import Scenario

Floats = npt.NDArray[np.float64]

MOST_EXACT = 6
"""Levers, or groups of them, of which all subsets are run."""
MOST_PLAYERS = 24


@dataclass(frozen=True)
class LeverGroup:
    """Levers that are set together.

    Attributes:
        name: a lever's path, or that of a group of levers.
        levers: paths.
    """

    name: str
    levers: tuple[str, ...]


@dataclass(frozen=True)
class PackagePlan:
    """What to run.

    Attributes:
        pair: the scenario compared with and the package, with replications, seed and outcomes to keep; no months.
        groups: what is set or not; bit i of a subset's number says whether the i-th is as in the package.
        circles: how many circles of orders are sampled; 0: all orders.
        over_structures: whether all is done again under each alternative of each structure, or, with points, under choices that
            these draw.
        points: at how many points drawn over the ranges of uncertainties all is done again.

    Raises:
        InputError: the package sets no lever differently, or too many.
    """

    pair: Experiment
    groups: tuple[LeverGroup, ...]
    circles: int = 0
    over_structures: bool = False
    points: int = 0

    def __post_init__(self) -> None:
        """Refuse what cannot be decomposed."""
        if not 1 <= len(self.groups) <= MOST_PLAYERS:
            raise InputError(
                f"The package sets {len(self.groups)} levers otherwise than '{self.pair.scenario_names[0]}'.",
                where="--levers",
                allowed=f"1 to {MOST_PLAYERS}",
            )

    @property
    def base(self) -> Scenario:
        """What the package is compared with."""
        return self.pair.scenarios[0].scenario

    @property
    def package(self) -> Scenario:
        """The package whole."""
        return self.pair.scenarios[1].scenario

    @cached_property
    def orders(self) -> Orders:
        """The orders over which effects are averaged."""
        n = len(self.groups)
        return sampled_orders(n, self.circles, self.pair.seed) if self.circles else Orders(n)

    @property
    def seed(self) -> int:
        """Root seed of all draws."""
        return self.pair.seed

    @cached_property
    def worlds(self) -> Worlds:
        """The worlds in which all is done: first the package's own."""
        return worlds_asked(self.package, over_structures=self.over_structures, points=self.points, seed=self.seed)

    def experiment(self) -> Experiment:
        """What is run: every subset a scenario, and every world a point."""
        scenarios = tuple(NamedScenario(f"subset {subset}", self._with(subset)) for subset in self.orders.subsets)
        if len(self.worlds) == 1:
            return replace(self.pair, scenarios=scenarios, design=None)
        design = listed_design(self.worlds.axes, self.worlds.points)
        design = replace(design, request={**design.request, "package": self.asked()})
        return replace(self.pair, scenarios=scenarios, design=design)

    def asked(self) -> dict[str, Any]:
        """What tells these runs from others, and lets the plan be made again from them."""
        return {
            "groups": [[group.name, *group.levers] for group in self.groups],
            "circles": self.circles,
            "over_structures": self.over_structures,
            "points": self.points,
        }

    def _with(self, subset: int) -> Scenario:
        left_out = [path for bit, group in enumerate(self.groups) if not subset >> bit & 1 for path in group.levers]
        return self.package.with_levers_of(self.base, left_out) if left_out else self.package


@dataclass(frozen=True, eq=False)
class PackageRuns:
    """What the runs yield.

    Attributes:
        plan: what was run.
        results: of the plan's experiment.
    """

    plan: PackagePlan
    results: Results

    def of(self, outcome: str, world: int = 0) -> Floats:
        """One outcome in a world, shape (replicates, subsets), in its unit; NaN where it is not defined or the run failed."""
        column = [one.name for one in self.results.outcomes].index(outcome)
        cubes = [self.results.by_point(name)[world, :, column] for name in self.results.scenario_names]
        return np.stack(cubes, axis=1)


def changed_levers(base: Scenario, package: Scenario) -> tuple[str, ...]:
    """The levers that differ in some month, in the catalogue's order."""
    months = list(zip(base.lever_values_by_month(), package.lever_values_by_month(), strict=True))
    return tuple(
        entry.path for entry in lever_catalogue() if any(one[entry.path] != other[entry.path] for one, other in months)
    )


def lever_groups(levers: tuple[str, ...], *, by_group: bool) -> tuple[LeverGroup, ...]:
    """Each lever alone, or those of a group of the catalogue together."""
    if not by_group:
        return tuple(LeverGroup(path, (path,)) for path in levers)
    names = dict.fromkeys(path.partition(".")[0] for path in levers)
    return tuple(LeverGroup(name, tuple(path for path in levers if path.startswith(f"{name}."))) for name in names)
