"""One stored run once more, in a process of its own: a run that kills its worker, or never ends, does the same again, and
harms nobody."""

from collections.abc import Callable

from ssa_sim.experiment.run.crew import WorkerCare, run_in_workers
from ssa_sim.experiment.run.shards import RunSimulator
from ssa_sim.experiment.run.stored_runs import Again, Row, StoredRuns
from ssa_sim.model.simulate import warm_up
from ssa_sim.model.variants import simulate_variant


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
