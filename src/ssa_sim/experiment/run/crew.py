"""A crew: some worker processes that compute shards, and go on when one of them dies.

The shard that a dead worker had in hand is computed anew by another. A run that its worker dies of again and again is set aside as
failed while the rest goes on. A worker that does not get on is ended from here, whatever it is at and even if it is frozen.
"""

import queue
import tempfile
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from ssa_sim.errors import WorkError
from ssa_sim.experiment.keep.shard_runs import ShardRuns
from ssa_sim.experiment.run.shards import Task
from ssa_sim.experiment.run.waiting import Waiting
from ssa_sim.experiment.run.watch import Reading
from ssa_sim.experiment.run.worker import (
    TICK_SECONDS,
    News,
    Step,
    Told,
    Worker,
    WorkerCare,
    WorkerDiedError,
    WorkersCannotStartError,
    prepare_worker,
)
from ssa_sim.model.version import MODEL_VERSION

_FAILED_STARTS_ALLOWED = 5
"""One after the other: something may kill a worker while it starts, but if none gets through, none will."""
_UNEXPLAINED_DEATHS_ALLOWED = 10


class WorkersDieError(WorkError):
    """Worker processes die again and again with nothing to blame for it; what was done is kept."""

    def __init__(self, deaths: int, shard: int) -> None:
        """Say what was seen, and what most often stands behind it."""
        super().__init__(
            f"Worker processes died {deaths} times with shard {shard} in hand, and each time between two runs, so that no run is to "
            "blame. Something ends them from outside, or there is too little memory to hand over what they made."
        )


def run_in_workers(
    tasks: Iterable[Task],
    *,
    workers: int,
    prepare: Callable[[], object],
    care: WorkerCare | None = None,
    stopping: Callable[[], bool] = lambda: False,
    tell: Callable[[str], None] = lambda _: None,
) -> Generator[ShardRuns, None, None]:
    """Compute all tasks in worker processes; yields their runs in the order in which they are done.

    Args:
        tasks: what to do; taken one by one, as workers become free.
        workers: number of processes.
        prepare: what each process does once, before its first task.
        care: how workers are looked after.
        stopping: once it is true no task is begun any more, and those in hand are finished.
        tell: called with sentences for people.

    Raises:
        WorkersCannotStartError: no process starts.
        WorkersDieError: they die again and again between two runs.
        Exception: whatever `prepare` raises.
    """
    care = WorkerCare() if care is None else care
    judge = _Judge(care)
    waiting = Waiting(tasks, stopping)
    news: News = queue.Queue(workers)  # no more: where the disk is slower than they are, workers wait
    begin = partial(prepare_worker, MODEL_VERSION, prepare)
    crew: list[Worker] = []
    with tempfile.TemporaryDirectory(prefix="ssa_sim-") as folder:
        try:
            while not waiting.is_over():
                while len(crew) < workers and waiting.has_more():
                    crew.append(Worker(begin, waiting, news, care, Path(folder)))
                for worker, what in _arrived(news):
                    if isinstance(what, ShardRuns):
                        waiting.note_done()
                        yield what
                    elif what is Step.TAKES_UP_WORK:
                        judge.after_start()
                    elif isinstance(what, WorkerDiedError) or what is Step.LEAVES:
                        task = worker.task
                        if what is not Step.LEAVES and not stopping():
                            task = judge.after_death(worker)
                        if task is not None:
                            waiting.put_back(task)
                        crew.remove(worker)
                        worker.stop()
                    else:
                        assert isinstance(what, BaseException)
                        raise what
                for worker in crew:
                    worker.end_if_silent(tell)
        finally:
            for worker in crew:
                worker.is_heard = False
            for worker in crew:
                worker.stop()


def _arrived(news: News) -> Iterator[tuple[Worker, Told]]:
    """What workers have to tell, after a little while at most."""
    with suppress(queue.Empty):
        yield news.get(timeout=TICK_SECONDS)
        for _ in range(news.qsize()):
            yield news.get_nowait()


class _Judge:
    """Counts deaths, and says which run is to be set aside."""

    def __init__(self, care: WorkerCare) -> None:
        self._care = care
        self._deaths: Counter[tuple[int, int]] = Counter()
        self._unexplained: Counter[int] = Counter()
        self._failed_starts = 0

    def after_start(self) -> None:
        """A worker has taken up work."""
        self._failed_starts = 0

    def after_death(self, worker: Worker) -> Task | None:
        """The task that a dead worker had in hand as it is to be done again: without a run that it died of too often; None if
        it had none.

        Raises:
            WorkersCannotStartError: it died before it took up work, and so did those before it.
            WorkersDieError: no run is to blame, and it was so too often.
        """
        task, reading = worker.task, worker.last_reading
        if not worker.is_started:
            self._after_failed_start(worker.how_it_ended(), is_hung=worker.is_ended)
        elif task is None:
            return None
        elif reading is not None and reading.shard == task.shard.number and reading.place not in task.set_aside:
            return self._with_blame(task, reading, worker.trace())
        else:
            self._unexplained[task.shard.number] += 1
            if self._unexplained[task.shard.number] >= _UNEXPLAINED_DEATHS_ALLOWED:
                raise WorkersDieError(self._unexplained[task.shard.number], task.shard.number)
        return task

    def _after_failed_start(self, how: str, *, is_hung: bool) -> None:
        self._failed_starts += 1
        if self._failed_starts >= (self._care.overruns_allowed if is_hung else _FAILED_STARTS_ALLOWED):
            raise WorkersCannotStartError(
                f"{self._failed_starts} worker processes, one after the other, ended before they took up work; the last one {how}. "
                "Something ends or holds them from outside, or there is too little memory for them."
            )

    def _with_blame(self, task: Task, reading: Reading, trace: str) -> Task:
        self._deaths[reading.shard, reading.place] += 1
        deaths = self._deaths[reading.shard, reading.place]
        limit = self._care.seconds_a_run
        is_overrun = limit is not None and reading.seconds >= limit
        allowed = self._care.deaths_allowed
        if deaths < (min(allowed, self._care.overruns_allowed) if is_overrun else allowed):
            return task
        return task.without(reading.place, _why_set_aside(deaths, reading.seconds, limit), trace)


def _why_set_aside(deaths: int, seconds: float, limit: float | None) -> str:
    """The error of a run that its worker died of.

    Args:
        deaths: how often.
        seconds: how long it had been running at the last.
        limit: how long it might, in seconds; None: without end.
    """
    if limit is not None and seconds >= limit:
        return f"the run took longer than {limit:g} s, in {deaths} attempt{'s' if deaths > 1 else ''}"
    often = f"{deaths} times" if deaths > 1 else "once"
    return f"the worker process died {often} in this run (killed from outside, out of memory, or crashed)"
