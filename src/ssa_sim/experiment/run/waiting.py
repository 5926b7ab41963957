"""Tasks that wait to be computed, given out to several threads."""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator

from ssa_sim.experiment.run.shards import Task


class Waiting:
    """Tasks that nobody has in hand; those that came back go first. Threads take them one after the other.

    Args:
        tasks: what to do; taken one by one.
        stopping: once it is true none is given out.
    """

    def __init__(self, tasks: Iterable[Task], stopping: Callable[[], bool]) -> None:
        self._rest: Iterator[Task] = iter(tasks)
        self._next: deque[Task] = deque()
        self._stopping = stopping
        self._in_hand = 0
        self._lock = threading.RLock()

    def take(self) -> Task | None:
        """The next one; None once there is none, or all is to stop."""
        with self._lock:
            if not self.has_more():
                return None
            self._in_hand += 1
            return self._next.popleft()

    def has_more(self) -> bool:
        """Whether there is one to take."""
        with self._lock:
            if not self._next:
                self._next.extend([task for task in [next(self._rest, None)] if task is not None])
            return bool(self._next) and not self._stopping()

    def is_over(self) -> bool:
        """Whether nobody has one in hand, and there is none to take."""
        with self._lock:
            return not self._in_hand and not self.has_more()

    def note_done(self) -> None:
        """One that was taken is done."""
        with self._lock:
            self._in_hand -= 1

    def put_back(self, task: Task) -> None:
        """One that was taken is to be done again."""
        with self._lock:
            self._in_hand -= 1
            self._next.append(task)
