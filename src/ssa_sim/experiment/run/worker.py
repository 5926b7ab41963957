"""One worker process, with a thread of this process beside it.

The thread hands it one shard at a time and waits at the other end of a pipe, so that a death (killed, out of memory, crashed, too
slow) is known at once; the shared pulse says which run was in hand. Only the worker holds its end of the pipe, so that what it
leaves behind, if only half a result, has an end: Python's own pools wait for the rest of it for ever.

Processes are started by "spawn" on every system: it is the only method Windows has, a forked copy of a process that runs
threads (numba and pyarrow do) can hang, and one method everywhere means one behaviour to test.
"""

import faulthandler
import multiprocessing
import os
import pickle
import queue
import signal
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from enum import Enum
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from ssa_sim.errors import WorkError
from ssa_sim.experiment.keep.shard_runs import ShardRuns
from ssa_sim.experiment.run.shards import Task, compute
from ssa_sim.experiment.run.waiting import Waiting
from ssa_sim.experiment.run.watch import Pulse, Reading, Silence, Watch
from ssa_sim.model.version import MODEL_VERSION

TICK_SECONDS = 0.5
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


class WorkerDiedError(Exception):
    """A worker process is gone."""


class Step(Enum):
    """What a worker does that is no result."""

    TAKES_UP_WORK = "takes up work"
    LEAVES = "leaves"


Told = ShardRuns | BaseException | Step
"""What a worker tells: a result, why it can do no more, or that it takes up work or leaves."""
News = queue.Queue[tuple["Worker", Told]]


class Worker:
    """One process, and the thread of this process that hands it one task after the other.

    Args:
        begin: what the process does first.
        waiting: where its tasks come from, once it is prepared.
        news: where its results go, and in the end why it ended: an error, or that it leaves since there is no more to do, or it
            has done enough.
        care: how it is looked after.
        folder: for what it leaves behind.

    Attributes:
        task: what it has in hand; None: nothing.
        is_started: whether the process has got as far as being prepared.
        is_ended: whether it was ended from here since it showed no sign of life.
        is_heard: whether anybody still wants to know what it tells.
        last_reading: the run that it had in hand when it ended.
    """

    def __init__(
        self,
        begin: Callable[[], object],
        waiting: Waiting,
        news: News,
        care: WorkerCare,
        folder: Path,
    ) -> None:
        self._care = care
        self._waiting = waiting
        self._news = news
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
        self.task: Task | None = None
        self.is_started = False
        self.is_ended = False
        self._done = 0
        self._silence = Silence()
        self.is_heard = True
        self.last_reading: Reading | None = None
        self._thread = threading.Thread(target=self._tend, args=(begin,), daemon=True)
        self._thread.start()

    def _tend(self, begin: Callable[[], object]) -> None:
        """The thread beside the process: all that is told of it comes from here."""
        try:
            self._ask(begin)
            self.is_started = True
            self._tell(Step.TAKES_UP_WORK)
            while self._done < self._care.shards_a_worker and (task := self._waiting.take()) is not None:
                self.task = task
                made = self._ask(replace(task, seconds_a_run=self._care.seconds_a_run))
                self.task, self._done = None, self._done + 1
                self._tell(made)
            self._tell(Step.LEAVES)
        except BaseException as error:
            self.last_reading = self._reading()
            self._tell(error)

    def _ask(self, work: Task | Callable[[], object]) -> Any:
        """Have the process do something; returns, or raises, what came of it there.

        Raises:
            WorkerDiedError: it is gone.
        """
        try:
            self._pipe.send(work)
            answer, error = self._pipe.recv()
        except (EOFError, OSError) as broken:
            raise WorkerDiedError from broken
        if error is not None:
            raise error
        return answer

    def _tell(self, what: Told) -> None:
        """Tell this process, unless nobody listens any more."""
        while self.is_heard:
            with suppress(queue.Full):
                self._news.put((self, what), timeout=TICK_SECONDS)
                return

    def end_if_silent(self, tell: Callable[[str], None]) -> None:
        """End the process, frozen or not, if it has something to do and does not get on with it."""
        is_busy = self.task is not None or not self.is_started
        silence = self._silence.after((self._pulse.sign(), self._done, self.is_started, is_busy))
        limit = self._longest_silence()
        if is_busy and not self.is_ended and limit is not None and silence > limit:
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

    def _reading(self) -> Reading | None:
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
        """End the process, in the middle of a task if need be, and wait until it and its thread are gone."""
        self.is_heard = False
        self._process.kill()
        self._process.join()
        self._thread.join()
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
