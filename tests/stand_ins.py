"""Small stand-ins for the model, in a module of their own so that worker processes can import them."""

import multiprocessing
import os
import signal
import time
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from ssa_sim.experiment.plan import Experiment, NamedScenario
from ssa_sim.model.outcomes import OUTCOMES
from ssa_sim.scenario.period import Period
from ssa_sim.scenario.schema import Scenario
from ssa_sim.scenario.size import Size

HISTORY = np.dtype([(outcome.name, np.float64) for outcome in OUTCOMES])
KILLER_REPLICATE = 3


def small_scenario(title: str = "Small", months: int = 6, **levers: Any) -> Scenario:
    """Two units and a few months; levers by path with two underscores for the dot."""
    end = date(2013 + (1 + months) // 12, (1 + months) % 12 + 1, 1)
    scenario = Scenario(
        title=title,
        period=Period(start=date(2013, 2, 1), end=end),
        size=Size(units=2),
    )
    return scenario.with_levers({path.replace("__", "."): value for path, value in levers.items()})


def small_experiment(replications: int = 8, **settings: Any) -> Experiment:
    """A baseline and a variant with longer courses."""
    return Experiment(
        title="Small",
        scenarios=(
            NamedScenario("baseline", small_scenario()),
            NamedScenario("variant", small_scenario(training__course_weeks=24.0)),
        ),
        replications=replications,
        **settings,
    )


def nothing() -> float:
    """Stands in for the warming up of the compiled model."""
    return 0.0


def simulate_lightly(scenarios: Sequence[Scenario], *, seed: int, replicate: int) -> list[Any]:
    """Numbers that depend on seed and replicate and, through one lever, on the scenario."""
    histories = []
    for scenario in scenarios:
        draws = np.random.default_rng([seed, replicate]).normal(size=(scenario.months, len(OUTCOMES)))
        history = np.zeros(scenario.months, HISTORY).view(np.recarray)
        for index, outcome in enumerate(OUTCOMES):
            history[outcome.name] = draws[:, index] + scenario.levers.training.course_weeks
        history["retention_at_retraining"][: scenario.months // 2] = np.nan
        histories.append(history)
    return histories


def simulate_for_ever(scenarios: Sequence[Scenario], *, seed: int, replicate: int) -> list[Any]:
    """Quick at first, and then much longer than any test waits."""
    if replicate >= 2:
        time.sleep(60)
    return simulate_lightly(scenarios, seed=seed, replicate=replicate)


def fail_for_long_courses(scenarios: Sequence[Scenario], *, seed: int, replicate: int) -> list[Any]:
    """Raises in one replicate, and only for the variant."""
    if replicate == KILLER_REPLICATE and any(one.levers.training.course_weeks > 20 for one in scenarios):
        raise ZeroDivisionError("a rule divides\nby zero")
    return simulate_lightly(scenarios, seed=seed, replicate=replicate)


def kill_worker(scenarios: Sequence[Scenario], *, seed: int, replicate: int) -> list[Any]:
    """Kills the process that runs one of the replicates, unless that is the tests' own."""
    if replicate == KILLER_REPLICATE and multiprocessing.parent_process() is not None:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    return simulate_lightly(scenarios, seed=seed, replicate=replicate)


def refuse_to_start() -> float:
    """A preparation that kills every worker."""
    if multiprocessing.parent_process() is not None:
        os._exit(1)
    return 0.0
