"""Stand-ins for the model that workers of a cluster can import, and the experiment that they run."""

import multiprocessing
import os
import signal
import time
from collections.abc import Mapping
from typing import Any

import numpy as np

import ssa_sim.experiment.ask.layout as layout
from ssa_sim.catalogue.groups import Size
from ssa_sim.catalogue.outcomes import OUTCOMES
from ssa_sim.experiment.ask.design import Axis, make_design
from ssa_sim.experiment.ask.plan import Experiment, NamedScenario
from ssa_sim.scenario.schema import Scenario

layout._LEAST_SECONDS = 0.0  # as in `stand_ins`
HISTORY = np.dtype([(outcome.name, np.float64) for outcome in OUTCOMES])
RATE = "turnover.reassignment_rate"
KILLER, ENDLESS = 0.010, 0.020
"""Values of the rate at which a run kills its process, or never ends, in replicate 1."""


def experiment(replications: int = 3) -> Experiment:
    """Four points of one rate, two scenarios; small enough that a shard holds a few runs."""
    scenario = Scenario(title="Small", size=Size(units=2))
    return Experiment(
        "Small",
        (
            NamedScenario("baseline", scenario),
            NamedScenario("longer", scenario.with_levers({"training.course_weeks": 24})),
        ),
        replications=replications,
        design=make_design("grid", [Axis("uncertainties", RATE, (0.005, KILLER, ENDLESS, 0.03))]),
        outcomes=("readiness", "completions"),
        monthly="summary",
    )


def nothing() -> None:
    """Stands in for the warming up of the compiled model."""


def lightly(scenario: Scenario, changes: Mapping[str, float], *, seed: int, replicate: int) -> np.recarray[Any, Any]:
    """Numbers that depend on seed, replicate, one lever and whatever varies."""
    draws = np.random.default_rng([seed, replicate]).normal(size=(scenario.months, len(OUTCOMES)))
    history = np.zeros(scenario.months, HISTORY).view(np.recarray)
    for index, outcome in enumerate(OUTCOMES):
        history[outcome.name] = draws[:, index] + scenario.levers.training.course_weeks + sum(changes.values())
    return history


def slowly(scenario: Scenario, changes: Mapping[str, float], *, seed: int, replicate: int) -> np.recarray[Any, Any]:
    """The same in a twentieth of a second."""
    time.sleep(0.05)
    return lightly(scenario, changes, seed=seed, replicate=replicate)


def deadly(scenario: Scenario, changes: Mapping[str, float], *, seed: int, replicate: int) -> np.recarray[Any, Any]:
    """One run kills the process that it is in, and another one never ends, without letting anything else run."""
    is_marked = replicate == 1 and scenario.levers.training.course_weeks == 24 and multiprocessing.parent_process()
    if is_marked and changes[RATE] == KILLER:
        os.kill(os.getpid(), signal.SIGKILL)
    while is_marked and changes[RATE] == ENDLESS:
        pass
    return lightly(scenario, changes, seed=seed, replicate=replicate)


def deadly_anywhere(
    scenario: Scenario, changes: Mapping[str, float], *, seed: int, replicate: int
) -> np.recarray[Any, Any]:
    """By its rate alone, a run kills the process that it is in, or never ends."""
    if multiprocessing.parent_process() and changes[RATE] == KILLER:
        os.kill(os.getpid(), signal.SIGKILL)
    while multiprocessing.parent_process() and changes[RATE] == ENDLESS:
        pass
    return lightly(scenario, changes, seed=seed, replicate=replicate)
