"""Shards on somebody else's executor: any `concurrent.futures.Executor`.

The executor starts processes, and starts them again. When workers die it gives up whatever they had been given, so nobody can say
which run is to blame. What it gives up is therefore computed by a crew of our own, where blame is found in one place.
"""

import multiprocessing
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from ssa_sim.errors import InputError, WorkError
from ssa_sim.experiment.keep.provenance import platform_facts, versions
from ssa_sim.experiment.keep.shard_runs import ShardRuns
from ssa_sim.experiment.run.shards import Task, compute
from ssa_sim.experiment.run.waiting import Waiting
from ssa_sim.experiment.run.watch import Watch, no_watch
from ssa_sim.model.version import MODEL_VERSION

_TICK_SECONDS = 0.5
_LOSSES_ALLOWED = 3
"""A task whose workers left this often is done here."""
SAME_VERSIONS = "workers with the same installation of ssa-sim and of all that it needs as here"
Crew = Callable[[Iterable[Task]], Iterator[ShardRuns]]
"""Computes tasks here, in processes whose deaths are known one by one: `crew.run_in_workers`."""
_Made = tuple[ShardRuns, dict[str, str]]
"""What comes back: the runs of a task, and the platform on which they were made."""


class ExecutorError(WorkError):
    """An executor can do nothing more, or a worker cannot take up work; what was done is kept."""


class OtherVersionsError(RuntimeError):
    """A worker has not the versions of the process that planned the runs."""


class Capacity:
    """How many tasks an executor is given at a time, and to which of its workers.

    Args:
        tasks: how many, now.
    """

    def __init__(self, tasks: Callable[[], int]) -> None:
        self._tasks = tasks

    def __call__(self) -> int:
        """How many tasks it is given at a time, now."""
        return self._tasks()

    def placement(self) -> Mapping[str, Any]:
        """What the executor is told beside a task that it is given now; by default nothing: any worker will do."""
        return {}

    def has_lost(self, placement: Mapping[str, Any]) -> bool:
        """Whether none of the workers to which a task was restricted is there any more."""
        return False

    def explains(self, begun: float) -> bool:
        """Whether the error of a task begun then (on the monotonic clock) may be that of a worker which is given no more."""
        return False


class _Flight(NamedTuple):
    """A task that the executor has, when it was given it (on the monotonic clock), and with what restriction."""

    task: Task
    begun: float
    placement: Mapping[str, Any]


def run_on_executor(
    executor: Executor,
    tasks: Iterable[Task],
    *,
    in_flight: Callable[[], int],
    prepare: Callable[[], object],
    crew: Crew,
    seconds_a_run: float | None = None,
    stopping: Callable[[], bool] = lambda: False,
    notice: Callable[[Mapping[str, str]], None] = lambda _: None,
) -> Generator[ShardRuns, None, None]:
    """Compute all tasks on an executor; yields their runs in the order in which they are done.

    Args:
        executor: what runs them. It is not shut down.
        tasks: what to do; taken one by one.
        in_flight: how many tasks it is given at a time, now: twice its workers keeps all of them busy; none while it has no
            worker.
        prepare: what each process does once, before its first task.
        crew: computes what the executor gives up, once the rest is done.
        seconds_a_run: a run that takes longer ends its process, where that is a child of one that starts it again; None: no limit.
        stopping: once it is true no task is begun any more, and those in flight are finished.
        notice: called with the platform on which a task was computed.

    Raises:
        ExecutorError: the executor is broken, or a worker cannot take up work.
        InputError: a worker has other versions than this process, and the executor cannot do without it.
    """
    capacity = in_flight if isinstance(in_flight, Capacity) else Capacity(in_flight)
    waiting = Waiting(tasks, stopping)
    given_up: list[Task] = []
    losses: Counter[int] = Counter()
    flying: dict[Future[_Made], _Flight] = {}
    try:
        while not waiting.is_over():
            room = capacity()
            while len(flying) < room and (task := waiting.take()) is not None:
                flight = _Flight(task, time.monotonic(), capacity.placement())
                flying[_submitted(executor, flight, prepare, seconds_a_run)] = flight
            if stopping() and not room:
                return
            if not flying:
                time.sleep(_TICK_SECONDS)  # there is no worker
            wait(flying, _TICK_SECONDS, FIRST_COMPLETED)
            for future in [each for each in flying if each.done()]:  # `wait` overlooks some that were cancelled
                flight = flying.pop(future)
                error = _error_of(future)
                if error is None:
                    runs, platform = future.result()
                    waiting.note_done()
                    notice(platform)
                    yield runs
                elif isinstance(error, _deaths()):
                    waiting.note_done()
                    given_up.append(flight.task)
                elif capacity.explains(flight.begun):
                    waiting.put_back(flight.task)
                else:
                    raise _refusal(error) from error
            for future in [each for each, flight in flying.items() if capacity.has_lost(flight.placement)]:
                future.cancel()
                task = flying.pop(future).task
                losses[task.shard.number] += 1
                if losses[task.shard.number] < _LOSSES_ALLOWED:
                    waiting.put_back(task)
                else:
                    waiting.note_done()
                    given_up.append(task)
    finally:
        for future in flying:
            future.cancel()
    if given_up and not stopping():
        yield from crew(given_up)


def _submitted(
    executor: Executor, flight: _Flight, prepare: Callable[[], object], seconds_a_run: float | None
) -> "Future[_Made]":
    timed = replace(flight.task, seconds_a_run=seconds_a_run)
    try:
        return executor.submit(_compute_remotely, timed, prepare, versions_here(), **flight.placement)
    except RuntimeError as error:  # broken, or shut down
        raise ExecutorError(f"The executor takes no work any more ({in_words(error)}).") from error


def _error_of(future: "Future[_Made]") -> BaseException | None:
    """Why a task was not done; None: it was.

    Raises:
        ExecutorError: the executor dropped it.
    """
    try:
        return future.exception()
    except CancelledError as cancelled:
        raise ExecutorError(f"The executor dropped what was in hand ({in_words(cancelled)}).") from cancelled


def _deaths() -> tuple[type[BaseException], ...]:
    """The errors by which an executor says that workers died of a task, as far as it goes on without them."""
    distributed: Any = sys.modules.get("distributed")
    return () if distributed is None else (distributed.KilledWorker,)


def _refusal(error: BaseException) -> BaseException:
    """What to raise where a task could not be done for a reason that lies not in its runs."""
    if not isinstance(error, Exception):
        return error
    if isinstance(error, OtherVersionsError):
        return InputError(str(error), allowed=SAME_VERSIONS)
    cause = f"; {in_words(error.__cause__)}" if error.__cause__ is not None else ""
    return ExecutorError(f"The executor, or a worker of it, cannot do its work ({in_words(error)}{cause}).")


def in_words(error: BaseException) -> str:
    """What an error says, in one line."""
    return " ".join(f"{type(error).__name__}: {error}".split()).rstrip(": ")


_ONE_AT_A_TIME = threading.Lock()
"""In a process with several threads: runs hold Python's own lock anyway, and there is one watchdog for the process."""


def _compute_remotely(task: Task, prepare: Callable[[], object], planned_with: dict[str, str]) -> _Made:
    """A task in a process that we did not start; its standard error gets the trace if a run takes too long."""
    _check_versions(planned_with)
    with _ONE_AT_A_TIME:
        _prepare_once(prepare)
        is_started_again = multiprocessing.parent_process() is not None
        return compute(task, Watch(None, sys.__stderr__) if is_started_again else no_watch()), platform_facts()


def versions_here() -> dict[str, str]:
    """The versions on which the last bit of a result rests, the model's included."""
    return {"the model": MODEL_VERSION, **versions()}


def _check_versions(planned_with: dict[str, str]) -> None:
    here = versions_here()
    if here != planned_with:
        raise OtherVersionsError(other_versions("A worker", here, planned_with))


def other_versions(who: str, there: Mapping[str, str], here: Mapping[str, str]) -> str:
    """Which versions of somebody are not ours, in a sentence."""
    different = [
        f"{name} {there.get(name, 'unknown')} instead of {here.get(name, 'unknown')}"
        for name in {**here, **there}
        if there.get(name) != here.get(name)
    ]
    return f"{who} has other versions than this process: {', '.join(different)}."


@cache
def _prepare_once(prepare: Callable[[], object]) -> None:
    prepare()
