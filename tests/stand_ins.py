"""Small stand-ins for the model, in a module of their own so that worker processes can import them, and that soon."""

import multiprocessing
import os
import signal
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import ssa_sim.experiment.ask.layout as layout
from ssa_sim.catalogue.groups import Size
from ssa_sim.catalogue.outcomes import OUTCOMES
from ssa_sim.experiment.ask.plan import Experiment, NamedScenario
from ssa_sim.experiment.run.shards import RunSimulator
from ssa_sim.scenario.period import Period
from ssa_sim.scenario.schema import Scenario

if TYPE_CHECKING:
    import pytest

    from ssa_sim.experiment.run.settings import RunSettings

layout._LEAST_SECONDS = 0.0  # a shard is worth its files however little work it is: these experiments take no time
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


def simulate_lightly(scenario: Scenario, changes: Mapping[str, float], *, seed: int, replicate: int) -> Any:
    """Numbers that depend on seed and replicate, on the scenario through one lever, and on what is changed."""
    draws = np.random.default_rng([seed, replicate]).normal(size=(scenario.months, len(OUTCOMES)))
    history = np.zeros(scenario.months, HISTORY).view(np.recarray)
    shift = scenario.levers.training.course_weeks + sum(changes.values())
    for index, outcome in enumerate(OUTCOMES):
        history[outcome.name] = draws[:, index] + shift
    history["retention_at_retraining"][: scenario.months // 2] = np.nan
    return history


def fail_for_long_courses(scenario: Scenario, changes: Mapping[str, float], *, seed: int, replicate: int) -> Any:
    """Raises in one replicate, and only for the variant."""
    if replicate == KILLER_REPLICATE and scenario.levers.training.course_weeks > 20:
        raise ZeroDivisionError("a rule divides\nby zero")
    return simulate_lightly(scenario, changes, seed=seed, replicate=replicate)


def kill_worker(scenario: Scenario, changes: Mapping[str, float], *, seed: int, replicate: int) -> Any:
    """Kills the process that runs one of the replicates, unless that is the tests' own."""
    if replicate == KILLER_REPLICATE and multiprocessing.parent_process() is not None:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    return simulate_lightly(scenario, changes, seed=seed, replicate=replicate)


def refuse_to_start() -> float:
    """A preparation that kills every worker."""
    if multiprocessing.parent_process() is not None:
        os._exit(1)
    return 0.0


def light_settings(
    simulate: RunSimulator = simulate_lightly, *, workers: int | None = 1, is_guarded: bool = False
) -> "RunSettings":
    """Means with a stand-in for the model; with several workers, in processes from the second shard on."""
    from ssa_sim.experiment.run.settings import RunSettings

    return RunSettings(
        workers=workers, is_guarded=is_guarded, simulate=simulate, prepare=nothing, worker_start_seconds=0.0
    )


def let_commands_run(monkeypatch: "pytest.MonkeyPatch", simulate: RunSimulator) -> None:
    """Let commands run a stand-in for the model."""
    import ssa_sim.experiment.run.experiment  # noqa: F401  (before its class is replaced)
    import ssa_sim.experiment.run.settings as runner

    monkeypatch.setattr(runner, "RunSettings", partial(runner.RunSettings, simulate=simulate, prepare=nothing))


def leave_pictures_blank(monkeypatch: "pytest.MonkeyPatch") -> None:
    """Let commands put their pictures together, and write files of a few bytes: drawing takes longer than all else."""
    import ssa_sim.figures.style as style

    def write_blank(figure: object, target: Any, kind: str) -> None:
        Path(target).write_bytes(b"blank")

    monkeypatch.setattr(style, "write_figure", write_blank)
