"""The compiled driver: a whole run in one call, for comparisons and sweeps.

The order of things is in `month.py`, what compiles it in `driver.py`.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from ssa_sim.errors import InputError
from ssa_sim.model.driver import run_months
from ssa_sim.model.noise import Noise
from ssa_sim.model.outcomes import OUTCOMES
from ssa_sim.model.start import new_world, noise_for, size_of
from ssa_sim.scenario.gate import checked_scenario
from ssa_sim.scenario.schema import Scenario
from ssa_sim.scenario.size import Size
from ssa_sim.scenario.whole_numbers import whole_seed

Engine = Literal["compiled", "mesa"]


@dataclass(frozen=True)
class Run:
    """One run and what was measured.

    Attributes:
        scenario: what was run.
        seed: root seed of the draws.
        replicate: which replicate of them.
        monthly: a row a month: `month` (first day) and a column for each outcome.
        outcomes: one number for each outcome, made from its months as the catalogue says.
    """

    scenario: Scenario
    seed: int
    replicate: int
    monthly: pd.DataFrame
    outcomes: dict[str, float]


def simulate(scenario: Scenario, *, seed: int = 0, replicate: int = 0, engine: Engine = "compiled") -> Run:
    """Run a scenario once.

    Args:
        scenario: what to run.
        seed: root seed; runs with the same seed and replicate share every draw, whatever their scenarios.
        replicate: which replicate of the draws, from 0.
        engine: "compiled", or "mesa" for the same run agent by agent: equal to the last bit, and slower.

    Raises:
        InputError: it is no scenario, or holds a value that is not allowed; the seed or replicate is no whole number from 0; or
            there is no such engine.
    """
    scenario = checked_scenario(scenario)
    seed, replicate = whole_seed(seed, replicate)
    if engine not in get_args(Engine):
        raise InputError(f"engine = {engine!r} is unknown.", allowed=[f'"{name}"' for name in get_args(Engine)])
    if engine == "mesa":
        from ssa_sim.model.mesa_model import SsaModel

        model = SsaModel(scenario, seed=seed, replicate=replicate)
        model.run_to_end()
        history = model.world.history
    else:
        (history,) = simulate_replicate([scenario], seed=seed, replicate=replicate)
    return Run(scenario, seed, replicate, monthly_table(scenario, history), summarise(history))


def simulate_replicate(scenarios: Sequence[Scenario], *, seed: int, replicate: int) -> list[np.recarray[Any, Any]]:
    """Run several scenarios on the draws of one replicate.

    Returns:
        For each scenario a structured array (months,) with a float64 field for each outcome; NaN: not defined that month.
    """
    drawn: dict[tuple[int, int, int], Noise] = {}
    histories = []
    for scenario in map(checked_scenario, scenarios):
        size = size_of(scenario)
        if size not in drawn:
            drawn[size] = noise_for(scenario, seed=seed, replicate=replicate)
        world = new_world(scenario, drawn[size])
        run_months(world, 0, scenario.months)
        histories.append(world.history)
    return histories


def monthly_table(scenario: Scenario, history: np.recarray[Any, Any]) -> pd.DataFrame:
    """A run's history as a table: `month` and a column for each outcome."""
    table = pd.DataFrame({outcome.name: history[outcome.name] for outcome in OUTCOMES})
    table.insert(0, "month", pd.to_datetime(scenario.month_starts()))
    return table


def summarise(history: np.recarray[Any, Any]) -> dict[str, float]:
    """One number for each outcome of a run: its last month, the sum of its months, or their mean where defined."""
    summary = {}
    for outcome in OUTCOMES:
        months = history[outcome.name]
        if outcome.summary == "final":
            summary[outcome.name] = float(months[-1])
        elif outcome.summary == "total":
            summary[outcome.name] = float(months.sum())
        else:
            defined = months[~np.isnan(months)]
            summary[outcome.name] = float(defined.mean()) if defined.size else float("nan")
    return summary


def warm_up() -> float:
    """Compile the model, or load what an earlier process compiled; returns the seconds it took."""
    begun = time.perf_counter()
    scenario = Scenario(title="warm-up", size=Size(units=1))
    world = new_world(scenario, noise_for(scenario, seed=0, replicate=0))
    run_months(world, 0, 1)
    return time.perf_counter() - begun
