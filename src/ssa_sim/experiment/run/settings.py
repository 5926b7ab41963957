"""What computes shards: this process, a crew of worker processes, or an executor of the caller's."""

import os
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.forecast import memory_needed
from ssa_sim.experiment.ask.plan import Experiment
from ssa_sim.experiment.keep.shard_runs import ShardRuns
from ssa_sim.experiment.run.crew import run_in_workers
from ssa_sim.experiment.run.executor import run_on_executor
from ssa_sim.experiment.run.shards import RunSimulator, Task, compute
from ssa_sim.experiment.run.worker import WorkerCare, refuse_to_begin_anew
from ssa_sim.model.simulate import warm_up
from ssa_sim.model.variants import simulate_variant

WORKER_START_SECONDS = 4.0
"""About what it takes to start worker processes and load the compiled model in them."""


Notify = Callable[[str], None]
"""Called with one sentence for people."""


@dataclass(frozen=True)
class RunSettings:
    """With what to run.

    Attributes:
        workers: worker processes; None: as many as there are processors.
        executor: an executor of the caller's in place of worker processes, and what says how many tasks to give it at a time.
        care: how workers are looked after.
        is_guarded: run in worker processes however little there is to do, so that no run can take this process down.
        simulate: what runs a run.
        prepare: what every process does first, this one before any other.
        worker_start_seconds: what starting the workers is taken to cost.
        engine: what the manifest says of what runs the model.
        command: what the manifest says would go on with it, if anything.
        cluster: what the manifest calls the executor.
        retry_failed: make shards with failed runs anew, on a finished folder too.
    """

    workers: int | None = None
    executor: tuple[Executor, Callable[[], int]] | None = None
    care: WorkerCare = field(default_factory=WorkerCare)
    is_guarded: bool = False
    simulate: RunSimulator = simulate_variant
    prepare: Callable[[], object] = warm_up
    worker_start_seconds: float = WORKER_START_SECONDS
    engine: str = "compiled"
    command: str = ""
    cluster: str = "an executor"
    retry_failed: bool = False

    def check(self) -> None:
        """Refuse what cannot run.

        Raises:
            InputError: a number of workers below one.
            SystemExit: this process is a worker that begins its parent's work anew.
        """
        refuse_to_begin_anew()
        crew_of(self.workers)

    def worked_by(self) -> dict[str, Any]:
        """What does the work, for the manifest."""
        return {"workers": crew_of(self.workers)} if self.executor is None else {"cluster": self.cluster}

    def prepare_here(self, notify: Notify | None) -> None:
        """Prepare this process, before any worker does the same: as a rule, compile the model."""
        if self.prepare is warm_up:
            compile_model(notify)
        else:
            self.prepare()

    def warning(self, experiment: Experiment) -> str | None:
        """What people should know of memory before it begins; None where there is plenty, or the work is done elsewhere."""
        return None if self.executor is not None else memory_needed(experiment, crew_of(self.workers)).warning()


def computed(
    tasks: Iterator[Task],
    n_tasks: int,
    settings: RunSettings,
    stopping: Callable[[], bool],
    notice: Callable[[Mapping[str, str]], None],
    tell: Notify,
) -> Generator[ShardRuns, None, None]:
    """Compute tasks on the caller's executor, in worker processes, or here where that is quicker; any order."""
    crew = partial(run_in_workers, prepare=settings.prepare, care=settings.care, stopping=stopping, tell=tell)
    if settings.executor is not None:
        executor, in_flight = settings.executor
        yield from run_on_executor(
            executor,
            tasks,
            in_flight=in_flight,
            prepare=settings.prepare,
            crew=partial(crew, workers=default_workers()),
            seconds_a_run=settings.care.seconds_a_run,
            stopping=stopping,
            notice=notice,
        )
        return
    workers = crew_of(settings.workers)
    if not settings.is_guarded:
        yield from _computed_here(tasks, n_tasks, workers, settings.worker_start_seconds, stopping)
    yield from crew(tasks, workers=workers)


def _computed_here(
    tasks: Iterator[Task], n_tasks: int, workers: int, start_seconds: float, stopping: Callable[[], bool]
) -> Generator[ShardRuns, None, None]:
    """Compute tasks in this process, until the rest would be done sooner by worker processes.

    What they would save is judged by processor time: on a machine at work for others, workers start as much later as they run.
    """
    started = time.process_time()
    for done, task in enumerate(tasks, 1):
        yield compute(task)
        saved = (time.process_time() - started) / done * (n_tasks - done) * (1.0 - 1.0 / workers)
        if stopping() or (workers > 1 and n_tasks - done > 1 and saved >= start_seconds):
            return


def crew_of(workers: int | None) -> int:
    """The number of workers asked for; by default, as many as there are processors.

    Raises:
        InputError: fewer than one is asked for.
    """
    crew = default_workers() if workers is None else workers
    if crew < 1:
        raise InputError(f"{crew} workers cannot do anything.", where="--workers", allowed="a whole number from 1")
    return crew


def default_workers() -> int:
    """As many as there are processors for this process to use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def compile_model(notify: Notify | None) -> None:
    """Load the compiled model, or compile it and say so, before any worker needs it."""
    is_compiling = threading.Event()

    def compiling() -> None:
        is_compiling.set()
        say(notify, "Compiling the model (once, after installation or a change of the model; about a minute) ...")

    def waiting() -> None:
        say(notify, "Another process is compiling the model: waiting for it ...")

    seconds = warm_up(compiling, waiting)
    if is_compiling.is_set():
        say(notify, f"Compiled in {seconds:.0f} s.")


def say(notify: Notify | None, sentence: str) -> None:
    """Tell, if anybody wants to hear."""
    if notify is not None:
        notify(sentence)
