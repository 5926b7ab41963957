"""The way from course completions to ready soldiers so far, on the draws shown: an estimate fit for a live page.

The full decomposition (`ssa_sim.analysis.decompose`) runs every subset of the mechanisms. Here Shapley values are estimated
from random orders in which the mechanisms come into play one after the other, each order followed by its reverse (J. Castro,
D. Gomez and J. Tejada, Polynomial calculation of the Shapley value based on sampling, Computers & Operations Research 36,
2009). The estimates add up to the whole exactly, like the values themselves; each comes with its standard error.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ssa_sim.experiment.run.subsets import mechanisms_acting
from ssa_sim.model.driver import run_months
from ssa_sim.model.month import Rule
from ssa_sim.model.noise import Noise
from ssa_sim.model.start import noise_for
from ssa_sim.model.variants import variant_world
from ssa_sim.scenario.schema import Scenario
from ssa_sim.workshop.step_by_step import StepByStep

_run: Rule = run_months
Floats = npt.NDArray[np.float64]

ORDERS = 20
"""Pairs of an order and its reverse."""


@dataclass(frozen=True)
class SampledEffect:
    """What one mechanism does to ready soldiers (below zero: takes them away), with the estimate's standard error."""

    mechanism: str
    soldiers: float
    error: float


@dataclass(frozen=True)
class SampledDecomposition:
    """From completions to ready soldiers at the end of some month.

    Attributes:
        completions: of courses since the start.
        soldiers: in the army.
        without: ready soldiers if no mechanism acted.
        ready: ready soldiers as things are.
        effects: of the mechanisms, those that take most first; they sum to `ready` less `without`.
    """

    completions: float
    soldiers: float
    without: float
    ready: float
    effects: tuple[SampledEffect, ...]


class DecompositionSampler(StepByStep[Floats]):
    """An estimate in the making: each step follows one order and its reverse."""

    def __init__(self, scenario: Scenario, month: int, *, seed: int, replicate: int, orders: int = ORDERS) -> None:
        """Nothing is run yet.

        Args:
            scenario: what the world follows.
            month: how many months have been played, at least one.
            seed: root seed of the draws, and of the orders.
            replicate: which replicate of them.
            orders: pairs of orders to follow.
        """
        super().__init__(orders)
        self._scenario = scenario
        self._month = month
        self._noise: Noise = noise_for(scenario, seed=seed, replicate=replicate)
        self._source = np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(replicate, month))))
        self._mechanisms = mechanisms_acting(scenario)
        self._worths: dict[frozenset[int], tuple[float, float, float]] = {}

    def _next(self, number: int) -> Floats:
        """What each mechanism adds in one more order and its reverse."""
        order = self._source.permutation(len(self._mechanisms))
        added: Floats = 0.5 * (self._follow(order) + self._follow(order[::-1]))
        return added

    def result(self) -> SampledDecomposition:
        """What has been found so far, after one order at least."""
        added = np.array(self._found)
        means = added.mean(axis=0)
        errors = added.std(axis=0, ddof=1) / np.sqrt(len(added)) if len(added) > 1 else np.full_like(means, np.nan)
        effects = [SampledEffect(*one) for one in zip(self._mechanisms, means.tolist(), errors.tolist(), strict=True)]
        everything, nothing = frozenset(range(len(self._mechanisms))), frozenset[int]()
        ready, completions, soldiers = self._worth(everything)
        ordered = tuple(sorted(effects, key=lambda effect: effect.soldiers))
        return SampledDecomposition(completions, soldiers, self._worth(nothing)[0], ready, ordered)

    def _follow(self, order: npt.NDArray[np.int64]) -> Floats:
        """What each mechanism adds when they come into play in this order."""
        acting: frozenset[int] = frozenset()
        before = self._worth(acting)[0]
        added = np.zeros(len(order))
        for mechanism in order.tolist():
            acting |= {mechanism}
            now = self._worth(acting)[0]
            added[mechanism] = now - before
            before = now
        return added

    def _worth(self, acting: frozenset[int]) -> tuple[float, float, float]:
        """Ready soldiers, completions and soldiers when only these mechanisms act."""
        if acting not in self._worths:
            off = {f"mechanisms.{name}": 0.0 for i, name in enumerate(self._mechanisms) if i not in acting}
            world = variant_world(self._scenario, self._noise, off)
            _run(world, 0, self._month)
            row = world.history[self._month - 1]
            self._worths[acting] = (float(row.ready_soldiers), float(row.completions), float(row.soldiers))
        return self._worths[acting]
