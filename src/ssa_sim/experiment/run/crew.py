"""Worker processes, watched one by one.

Each worker is one process at the other end of a pipe, so that when it dies (killed, out of memory, crashed, too slow) it is
certain which one, and the shared pulse says of which run. The worker is started again and the shard computed anew; a run that
its worker dies of again and again is set aside as failed while the rest goes on. A worker that does not get on, whatever it is at
and even if it is frozen, is ended from here.

Python's own pools are not used: when a process is killed while it hands over a result, they wait for the rest of it for ever.
Here only the worker holds its end of the pipe, so that what it leaves behind, if only half a result, has an end.

Processes are started by "spawn" on every system: it is the only method Windows has, a forked copy of a process that runs
threads (numba and pyarrow do) can hang, and one method everywhere means one behaviour to test.
"""

import faulthandler
import multiprocessing
import os
import pickle
import signal
import tempfile
import threading
import traceback
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from ssa_sim.errors import WorkError
from ssa_sim.experiment.keep.shard_runs import ShardRuns
from ssa_sim.experiment.run.shards import Task, compute
from ssa_sim.experiment.run.watch import Pulse, Reading, Silence, Watch
from ssa_sim.model.version import MODEL_VERSION

_FAILED_STARTS_ALLOWED = 5
"""One after the other: something may kill a worker while it starts, but if none gets through, none will."""
_UNEXPLAINED_DEATHS_ALLOWED = 10
_IN_HAND = 2
"""Tasks given to a worker: one that it does, and one so that it need not wait for the next."""
_TICK_SECONDS = 0.5
_GRACE_SECONDS = 10.0
"""Beyond the limit of a run, for a worker to end itself: it can leave a trace."""
_SECONDS_BETWEEN_RUNS = 60.0
"""For taking up a shard or handing it over, where the limit of a run is no longer than this."""
_UNGUARDED = 77
"""Exit status of a worker that would begin the work of its parent's script anew."""
_NO_SIGN_OF_LIFE = (
    "The worker process was frozen, or held by the system: it did not even end itself. It was ended from outside.\n"
)
_THE_PARENTS_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True)
class WorkerCare:
    """How workers are looked after.

    Attributes:
        seconds_a_run: a run that takes longer ends its worker; None: no limit.
        seconds_to_start: a worker that has not taken up work by then is ended.
        deaths_allowed: a run that its worker dies of this often is set aside.
        overruns_allowed: so is one that takes longer than its limit this often, and sooner, since each time costs the whole
            limit.
        shards_a_worker: a process is replaced by a fresh one after so many shards.
    """

    seconds_a_run: float | None = 300.0
    seconds_to_start: float = 300.0
    deaths_allowed: int = 3
    overruns_allowed: int = 2
    shards_a_worker: int = 500


class WorkersCannotStartError(WorkError):
    """No worker process gets as far as taking up work."""


class WorkersDieError(WorkError):
    """Worker processes die again and again with nothing to blame for it; what was done is kept."""

    def __init__(self, deaths: int, shard: int) -> None:
        """Say what was seen, and what most often stands behind it."""
        super().__init__(
            f"Worker processes died {deaths} times with shard {shard} in hand, and each time between two runs, so that no run is to "
            "blame. Something ends them from outside, or there is too little memory to hand over what they made."
        )


class _WorkerDiedError(Exception):
    """A worker process is gone."""


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
    begin = partial(prepare_worker, MODEL_VERSION, prepare)
    waiting = _Waiting(tasks)
    care = WorkerCare() if care is None else care
    judge = _Judge(care)
    crew: list[_Worker] = []
    with tempfile.TemporaryDirectory(prefix="ssa_sim-") as folder:
        try:
            while True:
                if not stopping():
                    _feed(crew, waiting, workers, lambda: _Worker(begin, care, Path(folder)))
                if not any(worker.works for worker in crew):
                    if stopping() or not waiting:
                        return
                    continue  # a worker is gone, and there is more to do
                wait([work for worker in crew for work in worker.works], _TICK_SECONDS, FIRST_COMPLETED)
                for worker in crew:
                    worker.end_if_silent(tell)
                for worker in list(crew):
                    yield from _collect(worker, crew, judge, waiting, is_stopping=stopping())
        finally:
            for worker in crew:
                worker.stop()


class _Waiting:
    """Tasks not yet given to a worker; those that came back go first."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        self._rest: Iterator[Task] = iter(tasks)
        self._back: deque[Task] = deque()

    def __bool__(self) -> bool:
        if not self._back:
            self._back.extend([task for task in [next(self._rest, None)] if task is not None])
        return bool(self._back)

    def take(self) -> Task:
        assert self
        return self._back.popleft()

    def put_back(self, tasks: Iterable[Task]) -> None:
        self._back.extendleft(reversed(list(tasks)))


class _Judge:
    """Counts deaths, and says which run is to be set aside."""

    def __init__(self, care: WorkerCare) -> None:
        self._care = care
        self._deaths: Counter[tuple[int, int]] = Counter()
        self._unexplained: Counter[int] = Counter()
        self._failed_starts: list[str] = []

    def after_start(self) -> None:
        """A worker has taken up work."""
        self._failed_starts.clear()

    def after_failed_start(self, how: str, *, is_hung: bool) -> None:
        """A worker ended before it took up work.

        Raises:
            WorkersCannotStartError: so did those before it.
        """
        self._failed_starts.append(how)
        if len(self._failed_starts) >= (self._care.overruns_allowed if is_hung else _FAILED_STARTS_ALLOWED):
            raise WorkersCannotStartError(
                f"{len(self._failed_starts)} worker processes, one after the other, ended before they took up work; the last one {how}. "
                "Something ends or holds them from outside, or there is too little memory for them."
            )

    def after_death(self, tasks: list[Task], reading: Reading | None, trace: str) -> list[Task]:
        """The tasks that a dead worker had in hand as they are to be done again: without a run that it died of too often.

        Raises:
            WorkersDieError: no run is to blame, and it was so too often.
        """
        if reading is not None and any(_can_be_blamed(task, reading) for task in tasks):
            return [self._with_blame(task, reading, trace) if _can_be_blamed(task, reading) else task for task in tasks]
        for task in tasks[:1]:
            self._unexplained[task.shard.number] += 1
            if self._unexplained[task.shard.number] >= _UNEXPLAINED_DEATHS_ALLOWED:
                raise WorkersDieError(self._unexplained[task.shard.number], task.shard.number)
        return tasks

    def _with_blame(self, task: Task, reading: Reading, trace: str) -> Task:
        self._deaths[reading.shard, reading.place] += 1
        deaths = self._deaths[reading.shard, reading.place]
        limit = self._care.seconds_a_run
        is_overrun = limit is not None and reading.seconds >= limit
        allowed = self._care.deaths_allowed
        if deaths < (min(allowed, self._care.overruns_allowed) if is_overrun else allowed):
            return task
        return task.without(reading.place, why_set_aside(deaths, reading.seconds, limit), trace)


def _can_be_blamed(task: Task, reading: Reading) -> bool:
    """Whether a run of a task was in hand, and is not set aside already."""
    return task.shard.number == reading.shard and reading.place not in task.set_aside


def why_set_aside(deaths: int, seconds: float, limit: float | None) -> str:
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


def _feed(crew: list["_Worker"], waiting: _Waiting, workers: int, hire: Callable[[], "_Worker"]) -> None:
    """Let go of workers that have done enough, give every other something to do, and hire while there is more."""
    for worker in [worker for worker in crew if worker.is_spent and not worker.works]:
        _let_go(worker, crew)
    for _ in range(_IN_HAND):
        for worker in crew:
            if worker.has_room and waiting:
                worker.take(waiting.take())
        while waiting and len(crew) < workers:
            crew.append(hire())
            crew[-1].take(waiting.take())


def _let_go(worker: "_Worker", crew: list["_Worker"]) -> None:
    worker.stop()
    crew.remove(worker)


def _collect(
    worker: "_Worker", crew: list["_Worker"], judge: _Judge, waiting: _Waiting, *, is_stopping: bool
) -> Iterator[ShardRuns]:
    """What a worker has finished; after its death, whatever it had in hand is done again, unless all is to stop."""
    has_started, results, error = worker.harvest()
    if has_started:
        judge.after_start()
    yield from results
    if error is None:
        return
    if not isinstance(error, _WorkerDiedError):
        raise error
    how = worker.how_it_ended()
    _let_go(worker, crew)
    if is_stopping:
        return
    if not worker.is_started:
        judge.after_failed_start(how, is_hung=worker.is_ended)
        waiting.put_back(worker.tasks_in_hand())
        return
    waiting.put_back(judge.after_death(worker.tasks_in_hand(), worker.reading(), worker.trace()))


class _Worker:
    """One process, and the tasks that it has in hand; a thread of this process talks with it, one task after the other.

    Attributes:
        is_ended: whether it was ended from here since it showed no sign of life.
    """

    def __init__(self, prepare: Callable[[], object], care: WorkerCare, folder: Path) -> None:
        self._care = care
        context = multiprocessing.get_context("spawn")
        handle, name = tempfile.mkstemp(dir=folder)
        os.close(handle)
        self._trace_path = Path(name)
        self._pulse = Pulse(context)
        self._pipe, others_end = context.Pipe()
        self._process = context.Process(target=_serve, args=(others_end, self._pulse, self._trace_path), daemon=True)
        with _signals_held_back():
            self._process.start()
        others_end.close()  # held by the worker alone, the pipe ends with it
        self._talk = ThreadPoolExecutor(1)
        self._start = self._talk.submit(_ask, self._pipe, prepare)
        self._start_seen = False
        self._in_hand: list[tuple[Task, Future[ShardRuns]]] = []
        self._done = 0
        self._silence = Silence()
        self.is_ended = False

    @property
    def works(self) -> list[Future[Any]]:
        """What is not finished, or not looked at."""
        return [*([] if self._start_seen else [self._start]), *(work for _, work in self._in_hand)]

    @property
    def is_started(self) -> bool:
        """Whether the process has got as far as being prepared."""
        return self._start.done() and self._start.exception() is None

    @property
    def is_spent(self) -> bool:
        """Whether it has done what one process should do."""
        return self._done >= self._care.shards_a_worker

    @property
    def has_room(self) -> bool:
        """Whether it can be given another task."""
        return len(self._in_hand) < _IN_HAND and not self.is_spent

    def take(self, task: Task) -> None:
        """Start on a task, or put it next."""
        timed = replace(task, seconds_a_run=self._care.seconds_a_run)
        self._in_hand.append((task, self._talk.submit(_ask, self._pipe, timed)))

    def harvest(self) -> tuple[bool, list[ShardRuns], BaseException | None]:
        """What is finished: whether the process has just started, the results, and an error if one stopped it."""
        has_started, results, error = False, [], None
        if not self._start_seen and self._start.done():
            self._start_seen, error = True, self._start.exception()
            has_started = error is None
        left = []
        for task, work in self._in_hand:
            if not work.done():
                left.append((task, work))
            elif work.exception() is None:
                results.append(work.result())
                self._done += 1
            else:
                error = error or work.exception()
                left.append((task, work))
        self._in_hand = left
        return has_started, results, error

    def tasks_in_hand(self) -> list[Task]:
        """The tasks given to it of which nothing has come back."""
        return [task for task, _ in self._in_hand]

    def end_if_silent(self, tell: Callable[[str], None]) -> None:
        """End the process, frozen or not, if it has something to do and does not get on with it."""
        silence = self._silence.after((self._pulse.sign(), self._done, self.is_started, bool(self.works)))
        limit = self._longest_silence()
        if self.works and not self.is_ended and limit is not None and silence > limit:
            self.is_ended = True
            self._process.kill()
            tell(
                f"Worker process {self._process.pid} showed no sign of life for {limit:.0f} s: it was ended, and another one does "
                "what it had in hand."
            )

    def _longest_silence(self) -> float | None:
        if not self.is_started:
            return self._care.seconds_to_start
        limit = self._care.seconds_a_run
        if limit is None:
            return None
        return limit + _GRACE_SECONDS if self._pulse.read() is not None else max(limit, _SECONDS_BETWEEN_RUNS)

    def reading(self) -> Reading | None:
        """The run that it has, or had, in hand."""
        found, limit = self._pulse.read(), self._care.seconds_a_run
        if found is None or not self.is_ended or limit is None:
            return found
        return found._replace(seconds=max(found.seconds, limit))

    def trace(self) -> str:
        """What the process left behind about its end; empty if nothing."""
        with suppress(OSError):
            left = self._trace_path.read_text(errors="replace")
            return left if left or not self.is_ended else _NO_SIGN_OF_LIFE
        return ""

    def how_it_ended(self) -> str:
        """What became of the process that no longer answers, in words.

        Raises:
            WorkersCannotStartError: it was about to begin the work of its parent's script anew.
        """
        if self.is_ended:
            return f"had not done so within {self._care.seconds_to_start:g} s and was ended"
        self._process.join(_GRACE_SECONDS)  # the pipe goes first
        status = self._process.exitcode
        if status == _UNGUARDED:
            raise WorkersCannotStartError(
                "The worker processes could not be started. In a script of your own (a file, not standard input) "
                'the call must stand under `if __name__ == "__main__":`; with workers=1 all runs in one process.'
            )
        if status is None or status >= 0:
            return f"ended with exit status {status}"
        with suppress(ValueError):
            return f"was ended by {signal.Signals(-status).name}"
        return f"was ended by signal {-status}"

    def stop(self) -> None:
        """End the process, in the middle of a task if need be, and wait until it is gone."""
        self._process.kill()
        self._process.join()
        self._talk.shutdown(wait=True, cancel_futures=True)
        self._pipe.close()


def refuse_to_begin_anew() -> None:
    """End a process that is a worker about to start: it loads the script that started it, whose work is not to be begun again.

    Raises:
        SystemExit: it is such a process.
    """
    if getattr(multiprocessing.current_process(), "_inheriting", False):
        raise SystemExit(_UNGUARDED)


@contextmanager
def _signals_held_back() -> Iterator[None]:
    """A process started meanwhile never sees these signals, which may reach every process of a terminal or a batch job."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # its start, which lets them through again, would come in between
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _THE_PARENTS_SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def prepare_worker(model_version: str, prepare: Callable[[], object]) -> None:
    """Prepare a worker, after making sure that it has loaded the same model as its parent.

    Raises:
        RuntimeError: the model's sources have changed since the parent loaded them.
    """
    if model_version != MODEL_VERSION:
        raise RuntimeError("The model's source files were changed while the experiment ran; please run it again.")
    prepare()


def _ask(pipe: "Connection[Any, Any]", work: Task | Callable[[], object]) -> Any:
    """Have the process at the other end do something; returns, or raises, what came of it there.

    Raises:
        _WorkerDiedError: it is gone.
    """
    try:
        pipe.send(work)
        answer, error = pipe.recv()
    except (EOFError, OSError) as broken:
        raise _WorkerDiedError from broken
    if error is not None:
        raise error
    return answer


def _serve(pipe: "Connection[Any, Any]", pulse: Pulse, trace_path: Path) -> None:
    """The life of a worker process: leave signals to the parent, be watched, do what is asked, and end when the parent does."""
    for number in _THE_PARENTS_SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_end_after_parent, daemon=True).start()
    trace = trace_path.open("w")
    faulthandler.enable(trace)
    watch = Watch(pulse, trace)
    with suppress(EOFError, OSError):  # the parent is gone
        while True:
            pipe.send(_answer(pipe.recv_bytes(), watch))


def _answer(message: bytes, watch: Watch) -> tuple[object, Exception | None]:
    try:
        work = pickle.loads(message)
        return compute(work, watch) if isinstance(work, Task) else work(), None
    except Exception as error:
        error.add_note(f"In a worker process:\n{traceback.format_exc()}")
        return None, error


def _end_after_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
