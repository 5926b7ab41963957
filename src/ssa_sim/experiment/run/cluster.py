"""Shards on somebody else's executor: any `concurrent.futures.Executor`, or a Dask cluster by its address.

There is no supervisor of our own here: the executor starts processes, and starts them again. What is added is certainty about
which run is to blame when workers die, since an executor gives up whatever a dying worker had been given. The runs of a shard
that was given up are tried one by one; a run that is given up again is tried with nothing else under way, at the end.
Only what is given up even then is set aside.
"""

import asyncio
import json
import logging
import math
import multiprocessing
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from ssa_sim.errors import InputError, WorkError
from ssa_sim.experiment.keep.disk import reason
from ssa_sim.experiment.keep.provenance import platform_facts, versions
from ssa_sim.experiment.keep.shard_runs import ShardRuns, merged
from ssa_sim.experiment.run.crew import WorkerCare, why_set_aside
from ssa_sim.experiment.run.shards import Task, all_failed, compute
from ssa_sim.experiment.run.watch import Watch, no_watch
from ssa_sim.extras import require
from ssa_sim.model.version import MODEL_VERSION

_TICK_SECONDS = 0.5
_FEWEST_LOSSES = 3
"""Whole, by itself beside others, and by itself with nothing else under way."""
_SAME = "workers with the same installation of ssa-sim and of all that it needs as here"
_CONNECTION_SECONDS = 5
_LOOK_AGAIN_SECONDS = 2.0
_PATIENCE_SECONDS = 60.0
_ASK_AGAIN_SECONDS = 30.0
_Made = tuple[ShardRuns, dict[str, str]]
"""What comes back: the runs of a task, and the platform on which they were made."""


class ExecutorError(WorkError):
    """An executor can do nothing more, or a worker cannot take up work; what was done is kept."""


class OtherVersionsError(RuntimeError):
    """A worker has not the versions of the process that planned the runs."""


def run_on_executor(
    executor: Executor,
    tasks: Iterable[Task],
    *,
    in_flight: Callable[[], int],
    prepare: Callable[[], object],
    care: WorkerCare,
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
        care: a run that takes longer than its limit ends its process, where that is a child of one that starts it again; a run
            that is given up as often as it says, and at least three times, is set aside.
        stopping: once it is true no task is begun any more, and those in flight are finished.
        notice: called with the platform on which a task was computed.

    Raises:
        ExecutorError: the executor is broken, or a worker cannot take up work.
        InputError: a worker has other versions than this process, and the executor cannot do without it.
    """
    capacity = in_flight if isinstance(in_flight, Capacity) else Capacity(in_flight)
    work = _Work(tasks, care, notice, capacity)
    flying: dict[Future[_Made], _Piece] = {}
    try:
        while True:
            room = capacity()
            while not stopping() and len(flying) < room and (piece := work.next(is_alone=not flying)) is not None:
                begun = replace(piece, begun=time.monotonic(), placement=capacity.placement())
                flying[_submitted(executor, begun, prepare, care)] = begun
            if stopping() and (not flying or not room):
                return
            if not flying:
                if work.is_done:
                    return
                time.sleep(_TICK_SECONDS)  # there is no worker
            wait(flying, _TICK_SECONDS, FIRST_COMPLETED)
            for future in [each for each in flying if each.done()]:  # `wait` overlooks some that were cancelled
                yield from work.take(flying.pop(future), future)
            for future in [each for each, piece in flying.items() if capacity.has_lost(piece.placement)]:
                future.cancel()
                yield from work.lose(flying.pop(future))
    finally:
        for future in flying:
            future.cancel()


def _submitted(executor: Executor, piece: "_Piece", prepare: Callable[[], object], care: WorkerCare) -> "Future[_Made]":
    timed = replace(piece.task, seconds_a_run=care.seconds_a_run)
    try:
        return executor.submit(_compute_remotely, timed, prepare, _versions_here(), **piece.placement)
    except RuntimeError as error:  # broken, or shut down
        raise ExecutorError(f"The executor takes no work any more ({_in_words(error)}).") from error


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


@dataclass
class _Parts:
    """What has come of a shard so far, by the place of its first run."""

    missing: int = 1
    found: dict[int, ShardRuns] = field(default_factory=dict)

    def add(self, task: Task, runs: ShardRuns) -> Iterator[ShardRuns]:
        """Take in a part; yields the whole shard once it is there."""
        self.found[0 if task.only is None else task.only.start] = runs
        self.missing -= 1
        if not self.missing:
            yield merged([self.found[start] for start in sorted(self.found)])


@dataclass(frozen=True)
class _Piece:
    """A shard, or one run of it, how often it has been given up, and when and with what restriction it was last begun."""

    task: Task
    parts: _Parts
    losses: int = 0
    begun: float = 0.0
    placement: Mapping[str, Any] = field(default_factory=dict)


class _Work:
    """What is to be done next, and what to do about that which was given up."""

    def __init__(
        self,
        tasks: Iterable[Task],
        care: WorkerCare,
        notice: Callable[[Mapping[str, str]], None],
        capacity: Capacity,
    ) -> None:
        self._rest = iter(tasks)
        self._care = care
        self._notice = notice
        self._capacity = capacity
        self._again: deque[_Piece] = deque()
        self._single: deque[_Piece] = deque()
        self._suspects: deque[_Piece] = deque()
        self.is_done = False

    def next(self, *, is_alone: bool) -> _Piece | None:
        """A piece to begin: suspects last, and only if nothing else is under way."""
        for waiting in (self._again, self._single):
            if waiting:
                return waiting.popleft()
        for task in self._rest:
            return _Piece(task, _Parts())
        if self._suspects and is_alone:
            return self._suspects.popleft()
        self.is_done = is_alone
        return None

    def take(self, piece: _Piece, future: "Future[_Made]") -> Iterator[ShardRuns]:
        """What came of a piece; yields the shard that it completes, if it does.

        Raises:
            ExecutorError: something other than a death of workers prevented it, or the executor dropped it.
            InputError: the worker has other versions.
        """
        try:
            error = future.exception()
        except CancelledError as cancelled:
            raise ExecutorError(f"The executor dropped what was in hand ({_in_words(cancelled)}).") from cancelled
        if error is None:
            runs, platform = future.result()
            self._notice(platform)
            yield from piece.parts.add(piece.task, runs)
        elif isinstance(error, _deaths()):
            yield from self._given_up(replace(piece, losses=piece.losses + 1), error)
        elif self._capacity.explains(piece.begun):
            self._again.append(piece)
        else:
            raise _refusal(error) from error

    def lose(self, piece: _Piece) -> Iterator[ShardRuns]:
        """A piece whose workers are all gone; yields the shard that it completes as failed, if it does."""
        gone = ExecutorError("All workers that might have done it left the cluster.")
        yield from self._given_up(replace(piece, losses=piece.losses + 1), gone)

    def _given_up(self, piece: _Piece, error: BaseException) -> Iterator[ShardRuns]:
        task = piece.task
        if task.only is None:
            piece.parts.missing = task.n_runs
            singles = (replace(task, only=range(place, place + 1)) for place in range(task.n_runs))
            self._single.extend(replace(piece, task=single) for single in singles)
        elif piece.losses < max(_FEWEST_LOSSES, self._care.deaths_allowed):
            self._suspects.append(piece)
        else:
            reason = self._reason(piece.losses, time.monotonic() - piece.begun)
            yield from piece.parts.add(task, all_failed(task, reason, _in_words(error)))

    def _reason(self, deaths: int, seconds: float) -> str:
        """Why a run is set aside that died so many times, the last time within so many seconds of being asked for."""
        limit = self._care.seconds_a_run
        if limit is None or seconds < limit:
            return why_set_aside(deaths, seconds, limit)
        return (  # it may have waited for a worker, and nobody tells how long it ran
            f"the worker process died {deaths} times in this run (killed from outside, out of memory, crashed, or it took longer "
            f"than {limit:g} s)"
        )


def _deaths() -> tuple[type[BaseException], ...]:
    """The errors by which an executor says that workers died of a task, as far as it goes on without them."""
    distributed: Any = sys.modules.get("distributed")
    return () if distributed is None else (distributed.KilledWorker,)


def _refusal(error: BaseException) -> BaseException:
    """What to raise where a task could not be done for a reason that lies not in its runs."""
    if not isinstance(error, Exception):
        return error
    if isinstance(error, OtherVersionsError):
        return InputError(str(error), allowed=_SAME)
    cause = f"; {_in_words(error.__cause__)}" if error.__cause__ is not None else ""
    return ExecutorError(f"The executor, or a worker of it, cannot do its work ({_in_words(error)}{cause}).")


def _in_words(error: BaseException) -> str:
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


def _versions_here() -> dict[str, str]:
    return {"the model": MODEL_VERSION, **versions()}


def _check_versions(planned_with: dict[str, str]) -> None:
    here = _versions_here()
    if here != planned_with:
        raise OtherVersionsError(_other_versions("A worker", here, planned_with))


def _other_versions(who: str, there: Mapping[str, str], here: Mapping[str, str]) -> str:
    different = [
        f"{name} {there.get(name, 'unknown')} instead of {here.get(name, 'unknown')}"
        for name in {**here, **there}
        if there.get(name) != here.get(name)
    ]
    return f"{who} has other versions than this process: {', '.join(different)}."


@cache
def _prepare_once(prepare: Callable[[], object]) -> None:
    prepare()


@contextmanager
def cluster(address: str, notify: Callable[[str], None]) -> Iterator[tuple[Executor, Capacity]]:
    """A Dask cluster as an executor, and how many tasks to give it at a time.

    Args:
        address: the scheduler's, such as "tcp://127.0.0.1:8786", or the path of a scheduler file (.json).
        notify: called with sentences for people.

    Raises:
        InputError: Dask is not installed, nobody answers there, there is no worker, or one that cannot do the work.
    """
    require("distributed", "cluster", "A cluster needs Dask, which is not installed.", where="--cluster")
    client = _client(address)
    try:
        capacity = _ClusterCapacity(client, notify)
        capacity.begin(address)
        yield client.get_executor(pure=False), capacity
    finally:
        with suppress(OSError, TimeoutError):
            client.close()


def _client(address: str) -> Any:
    from distributed import Client

    # What it says of a lost connection is said here, in one sentence in place of a traceback.
    for name in ("distributed", "distributed.client", "tornado.application", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    scheduler = _address_in(Path(address)) if address.endswith(".json") else address
    try:
        asyncio.run(_knock(scheduler))  # a client that cannot connect leaves a traceback when it is let go of
        return Client(scheduler, timeout=_CONNECTION_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise InputError(
            f"No Dask scheduler answers at {address} ({_in_words(error)}).",
            where="--cluster",
            allowed="the address that dask scheduler prints, such as tcp://10.0.0.1:8786",
        ) from None


def _address_in(file: Path) -> str:
    """The address that a scheduler file holds."""
    try:
        return str(json.loads(file.read_bytes())["address"])
    except FileNotFoundError:
        problem = "There is no such scheduler file."
    except OSError as error:
        problem = reason(error)
    except (ValueError, TypeError, KeyError):
        problem = "This is not a scheduler file."
    raise InputError(problem, where=file, allowed="what dask scheduler wrote")


async def _knock(address: str) -> None:
    """See whether somebody who speaks as Dask does is there."""
    from distributed.comm import connect
    from distributed.security import Security

    answering = await connect(address, timeout=_CONNECTION_SECONDS, **Security().get_connection_args("client"))
    await answering.close()


class _ClusterCapacity(Capacity):
    """How many tasks a cluster is given at a time, and which of its workers get them: those that have the same versions.

    Workers come and go, so it is looked again now and then. Those that cannot do the work are told of, and get none; while
    any of them is there, tasks are restricted to the others. (Dask would hand a task that a worker cannot even read to that
    worker again and again.)
    """

    def __init__(self, client: Any, notify: Callable[[str], None]) -> None:
        super().__init__(self._twice_the_threads)
        self._client = client
        self._notify = notify
        self._here = _versions_here()
        self._threads: dict[str, int] = {}
        self._trusted: set[str] = set()
        self._refused: dict[str, str] = {}
        self._asked: dict[str, float] = {}
        self._looked = -math.inf
        self._distrusted = -math.inf

    def begin(self, address: str) -> None:
        """Look for the first time.

        Raises:
            InputError: there is no worker, or none that can do the work.
        """
        self._look(_PATIENCE_SECONDS)
        if not self._threads:
            raise InputError(
                f"The cluster at {address} has no worker yet.",
                where="--cluster",
                allowed="a worker at least before the sweep begins; more may join later",
            )
        if not self._workers():
            raise InputError(next(iter(self._refused.values()), "No worker of the cluster answers."), allowed=_SAME)
        self._tell_of(self._refused)

    def placement(self) -> Mapping[str, Any]:
        """Nothing while all workers are trusted."""
        return {"workers": self._workers()} if set(self._threads) - self._trusted else {}

    def has_lost(self, placement: Mapping[str, Any]) -> bool:
        """As in `Capacity`."""
        return bool(placement) and not set(placement["workers"]) & set(self._threads)

    def explains(self, begun: float) -> bool:
        """As in `Capacity`; looks once more."""
        self._look_and_tell()
        return begun <= self._distrusted

    def _twice_the_threads(self) -> int:
        if time.monotonic() - self._looked >= _LOOK_AGAIN_SECONDS:
            self._look_and_tell()
        return 2 * sum(self._threads[worker] for worker in self._workers())

    def _workers(self) -> list[str]:
        return sorted(self._trusted & set(self._threads))

    def _look_and_tell(self) -> None:
        before, known = self._workers(), set(self._refused)
        self._look(_CONNECTION_SECONDS)
        self._tell_of({worker: why for worker, why in self._refused.items() if worker not in known})
        if before and not self._workers():
            self._notify("The cluster has no worker any more that can do the work; waiting for one ...")

    def _tell_of(self, refused: Mapping[str, str]) -> None:
        for why in refused.values():
            self._notify(f"{why} It is given nothing to do.")

    def _look(self, patience: float) -> None:
        """See who is there, and ask those not known yet, within so many seconds."""
        self._looked = time.monotonic()
        with suppress(OSError, ValueError, TimeoutError):  # without connection what is in hand will say so
            self._threads = dict(self._client.nthreads())
            unknown = [
                worker
                for worker in self._threads
                if worker not in self._trusted
                and worker not in self._refused
                and self._looked - self._asked.get(worker, -math.inf) >= _ASK_AGAIN_SECONDS
            ]
            self._asked |= dict.fromkeys(unknown, self._looked)
            if unknown:
                self._ask(unknown, patience)

    def _ask(self, unknown: list[str], patience: float) -> None:
        """Sort workers by their versions; one that does not answer stays unknown, and so without work."""
        answers: Mapping[str, object] = {}
        try:
            answers = self._client.run(_versions_here, workers=unknown, on_error="return", callback_timeout=patience)
        finally:
            for worker in unknown:
                self._sort(worker, answers.get(worker))
            if not self._trusted.issuperset(unknown):
                self._distrusted = time.monotonic()

    def _sort(self, worker: str, there: object) -> None:
        if there is None or isinstance(there, OSError):  # it has just gone, or is held up
            return
        if isinstance(there, BaseException):
            self._refused[worker] = f"The worker {worker} cannot load ssa-sim ({_in_words(there)})."
        elif there != self._here:
            assert isinstance(there, dict)
            self._refused[worker] = _other_versions(f"The worker {worker}", there, self._here)
        else:
            self._trusted.add(worker)
