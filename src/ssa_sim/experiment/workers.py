"""Worker processes, watched one by one.

Each worker is a pool of one process with one piece of work in hand, so that when a process dies (killed,
out of memory, crashed) it is certain which piece it died of. The worker is started again; the piece is cut
into single replicates, and one that kills its worker twice is set aside as failed while the rest goes on.

Processes are started by "spawn" on every system: it is the only method Windows has, a forked copy of a
process that runs threads (numba and pyarrow do) can hang, and one method everywhere means one behaviour to
test.
"""

import multiprocessing
import os
import signal
import threading
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import Any, Generic, TypeVar

Result = TypeVar("Result")
Piece = tuple[int, ...]
"""Replicates that are computed together."""

DEATHS_ALLOWED = 2
"""A replicate whose worker dies this often is set aside."""
FAILED_STARTS_ALLOWED = 3


class WorkersCannotStartError(RuntimeError):
    """No worker process gets as far as taking up work."""

    def __init__(self) -> None:
        """Say what most often stands behind it."""
        super().__init__(
            "The worker processes could not be started. In a script of your own (a file, not standard input) "
            'the call must stand under `if __name__ == "__main__":`; with workers=1 all runs in one process.'
        )


class WorkerDiedError(RuntimeError):
    """A replicate whose worker process died again and again."""

    def __init__(self) -> None:
        """Say how often."""
        super().__init__(
            f"the worker process died {DEATHS_ALLOWED} times while it ran this replicate "
            "(killed from outside, out of memory, or crashed)"
        )


def run_in_workers(
    task: Callable[[Piece], Result],
    pieces: Iterable[Piece],
    *,
    workers: int,
    prepare: Callable[[], object],
) -> Generator[tuple[Piece, Result | Exception], None, None]:
    """Do all pieces in worker processes and yield each with its result, in the order in which they are done.

    Args:
        task: does one piece; it and its results can be pickled.
        pieces: what to do. A piece that fails is cut into single replicates before anything is given up.
        workers: number of processes.
        prepare: what each process does once, before its first piece.

    Yields:
        The piece and its result, or the exception that a single replicate ends with.

    Raises:
        WorkersCannotStartError: no process starts.
        Exception: whatever `prepare` raises.
    """
    waiting = deque(pieces)
    deaths: Counter[Piece] = Counter()
    crew = [_Worker[Result](prepare) for _ in range(min(workers, len(waiting)))]
    starts = failed_starts = 0
    try:
        while waiting or any(worker.busy for worker in crew):
            for worker in crew:
                if not worker.busy and waiting:
                    worker.take(task, waiting.popleft())
            finished = wait([worker.work for worker in crew if worker.busy], return_when=FIRST_COMPLETED).done
            for worker in [worker for worker in crew if worker.work in finished and worker.busy]:
                piece, outcome = worker.hand_over()
                if not isinstance(outcome, Exception):
                    if piece:
                        yield piece, outcome
                    else:
                        starts += 1
                    continue
                died = isinstance(outcome, BrokenProcessPool)
                if died:
                    worker.restart()
                if not piece:
                    failed_starts += 1
                    if not died:
                        raise outcome
                    if not starts or failed_starts >= FAILED_STARTS_ALLOWED:
                        raise WorkersCannotStartError from outcome
                elif len(piece) > 1:
                    waiting.extend((replicate,) for replicate in piece)
                elif died and deaths[piece] + 1 < DEATHS_ALLOWED:
                    deaths[piece] += 1
                    waiting.append(piece)
                else:
                    yield piece, WorkerDiedError() if died else outcome
    finally:
        for worker in crew:
            worker.stop()


class _Worker(Generic[Result]):
    """One process and the piece it has in hand; the empty piece stands for its preparation."""

    def __init__(self, prepare: Callable[[], object]) -> None:
        self._prepare = prepare
        self.restart()

    def restart(self) -> None:
        """Begin with a fresh process."""
        self._executor = ProcessPoolExecutor(
            1, mp_context=multiprocessing.get_context("spawn"), initializer=_belong_to_parent
        )
        self._process_id: Future[int] = self._executor.submit(_prepared, self._prepare)
        self.work: Future[Any] = self._process_id
        self._piece: Piece = ()
        self.busy = True

    def take(self, task: Callable[[Piece], Result], piece: Piece) -> None:
        """Start on a piece."""
        self._piece = piece
        self.busy = True
        try:
            self.work = self._executor.submit(task, piece)
        except BrokenProcessPool as error:  # The process died while it had nothing to do.
            self.work = Future()
            self.work.set_exception(error)

    def hand_over(self) -> tuple[Piece, Result | Exception]:
        """The piece in hand, which is finished, and what came of it."""
        self.busy = False
        error = self.work.exception()
        if error is None:
            return self._piece, self.work.result()
        if isinstance(error, Exception):
            return self._piece, error
        raise error

    def stop(self) -> None:
        """End the process, in the middle of a piece if need be, and wait until it is gone."""
        if self.busy and self._process_id.done() and self._process_id.exception() is None:
            with suppress(OSError):
                os.kill(self._process_id.result(), signal.SIGTERM)
        self._executor.shutdown(wait=True, cancel_futures=True)


def _belong_to_parent() -> None:
    """Leave Ctrl-C, which reaches every process of a terminal, to the parent, and end when the parent
    does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_after_parent, daemon=True).start()


def _end_after_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _prepared(prepare: Callable[[], object]) -> int:
    prepare()
    return os.getpid()
