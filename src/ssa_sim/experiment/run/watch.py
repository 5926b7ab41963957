"""Progress and crash trace of a process: which run it has in hand, since when, and what it leaves when it dies.

The run in hand stands in memory that parent and worker share, so that after a death it is certain which run the worker
died of. A watchdog thread of Python's own `faulthandler`, which needs no lock that a compiled run might hold, ends a process
whose run takes too long, and writes down where it was; it does the same for a crash. A process that is frozen cannot end
itself: the one that started it counts how long it has shown no sign of life.
"""

import faulthandler
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, TextIO

_IDLE = -1.0
_REARM_SECONDS = 0.1
"""Arming the watchdog for every short run would cost more than a hundredth of it."""


_LONGEST_LOOK_SECONDS = 2.0


class Reading(NamedTuple):
    """The run that a worker has in hand: its shard, its place in it, and seconds since it began."""

    shard: int
    place: int
    seconds: float


class Pulse:
    """Three numbers in shared memory: shard, place, and when the run began.

    Args:
        context: the multiprocessing context that starts the worker.
    """

    def __init__(self, context: Any) -> None:
        self._shared = context.RawArray("d", [_IDLE, _IDLE, 0.0])

    def set(self, shard: float, place: float) -> None:
        """Note what is in hand."""
        self._shared[2] = time.monotonic()
        self._shared[1] = place
        self._shared[0] = shard

    def sign(self) -> tuple[float, ...]:
        """Changes whenever the worker gets on."""
        return tuple(self._shared[:])

    def read(self) -> Reading | None:
        """What the worker has, or had when it died, in hand; None: nothing."""
        shard, place, since = self._shared[:]
        if shard < 0.0 or place < 0.0:
            return None
        return Reading(int(shard), int(place), time.monotonic() - since)


class Silence:
    """How long something has shown no sign of life, as far as somebody was awake to see it.

    Between two looks a few seconds count at most: a laptop that slept, or a sweep that was itself stopped for a while and
    let go on, must not end its workers for that.

    Args:
        clock: tells seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._looked = clock()
        self._sign: object = None
        self._seconds = 0.0

    def after(self, sign: object) -> float:
        """Seconds for which the sign has been this one; to be asked again and again."""
        now = self._clock()
        if sign == self._sign:
            self._seconds += min(now - self._looked, _LONGEST_LOOK_SECONDS)
        else:
            self._sign, self._seconds = sign, 0.0
        self._looked = now
        return self._seconds


class Watch:
    """Watches over the runs of this process.

    Args:
        pulse: where to note the run in hand; None: nowhere.
        trace: open file for what is known when the process is ended or crashes; None: nothing is watched.
    """

    def __init__(self, pulse: Pulse | None, trace: TextIO | None) -> None:
        self._pulse = pulse
        self._trace = trace
        self._shard = 0
        self._limit: float | None = None
        self._armed = 0.0

    @contextmanager
    def over(self, shard: int, seconds_a_run: float | None) -> Iterator[None]:
        """While a shard is computed."""
        self._shard = shard
        self._limit = seconds_a_run if self._trace is not None else None
        self._armed = -_REARM_SECONDS
        try:
            yield
        finally:
            if self._limit is not None:
                faulthandler.cancel_dump_traceback_later()
            if self._pulse is not None:
                self._pulse.set(_IDLE, _IDLE)

    def begin(self, place: int) -> None:
        """A run begins."""
        if self._pulse is not None:
            self._pulse.set(self._shard, place)
        if self._limit is not None and self._trace is not None:
            now = time.monotonic()
            if now - self._armed >= _REARM_SECONDS:
                self._armed = now
                faulthandler.dump_traceback_later(self._limit + _REARM_SECONDS, exit=True, file=self._trace)


def no_watch() -> Watch:
    """Nothing is watched."""
    return Watch(None, None)
