"""Single runs: a stored one made again, or one that has been made already kept as results.

A run that is made again runs alone, so that a crash is contained.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ssa_sim.experiment.ask.plan import Experiment
from ssa_sim.experiment.run.crew import run_in_workers
from ssa_sim.experiment.run.settings import RunSettings
from ssa_sim.experiment.run.shards import RunSimulator
from ssa_sim.experiment.run.stored_runs import Again, Row, StoredRuns
from ssa_sim.experiment.run.sweep import sweep
from ssa_sim.experiment.run.worker import WorkerCare
from ssa_sim.model.history import HISTORY
from ssa_sim.model.simulate import Run, warm_up
from ssa_sim.model.variants import simulate_variant
from ssa_sim.scenario.schema import Scenario


def replay(
    stored: StoredRuns,
    row: Row,
    *,
    seconds: float | None = 300.0,
    simulate: RunSimulator = simulate_variant,
    prepare: Callable[[], object] = warm_up,
) -> Again:
    """Run a stored run again.

    Args:
        stored: the folder that it is in.
        row: the run, as `stored.find` gives it.
        seconds: a run that takes longer is given up.
        simulate: what runs it.
        prepare: what its process does first.
    """
    task = stored.task_of(row, simulate)
    care = WorkerCare(seconds_a_run=seconds, deaths_allowed=1)
    (made,) = run_in_workers([task], workers=1, prepare=prepare, care=care)
    return stored.again(row, made)


def keep_run(experiment: Experiment, made: Run, out: Path, *, engine: str) -> None:
    """Keep a run that has been made already as the results of an experiment that consists of it.

    Raises:
        InputError: the folder cannot be used.
        RuntimeError: the run is not in the form of a history, so that it would be kept as a failed one.
    """

    def given(scenario: Scenario, changes: Mapping[str, float], *, seed: int, replicate: int) -> Any:
        return made.monthly[list(HISTORY.names or ())].to_records(index=False)

    kept = sweep(experiment, out, RunSettings(workers=1, simulate=given, prepare=lambda: None, engine=engine))
    if kept.failed:
        raise RuntimeError("A run that was made could not be kept.")
