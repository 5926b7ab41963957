"""How far long work is: a bar with an estimate on a terminal, plain lines elsewhere; always on standard
error."""

import math
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ssa_sim.cli.output import tell
from ssa_sim.cli.streams import console

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from ssa_sim.experiment.run.sweep import SweepProgress

Report = Callable[["SweepProgress"], None]
"""Called with how far the work is."""

SECONDS_BETWEEN_LINES = 5.0
_GROWTH, _MOST_SECONDS_BETWEEN_LINES = 1.5, 60.0
"""Lines come less and less often, so that the log of a week's work can be read."""
_RECENT_SECONDS = 60.0
"""The estimate rests on the pace of the last minute: machines get busy and free, and laptops sleep."""


class Pace:
    """How fast work goes now, from what was done when.

    Args:
        clock: tells seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._found: int | None = None
        self._seen: deque[tuple[float, int]] = deque()
        self.begun = clock()

    def note(self, done: int) -> None:
        """So much is done now. What is known to be done at the first note was done before, and counts for no pace; nor does
        the time until the first result, in which workers start."""
        if self._found is None:
            self._found = done
        if done == self._found:
            return
        now = self._clock()
        self._seen.append((now, done))
        while len(self._seen) > 2 and now - self._seen[1][0] > _RECENT_SECONDS:
            self._seen.popleft()

    @property
    def per_second(self) -> float:
        """Done in a second of late; NaN while that is not known."""
        if not self._seen:
            return math.nan
        (first, before), (last, done) = self._seen[0], self._seen[-1]
        return (done - before) / (last - first) if last > first and done > before else math.nan

    def seconds_left(self, left: int) -> float:
        """How long the rest takes at this pace; NaN while that is not known."""
        return left / self.per_second


@contextmanager
def progress_display(what: str) -> Iterator[Report]:
    """Show how work goes on; `what` is the plural of the thing counted, such as "runs"."""
    if sys.stderr.isatty():
        with _bar(what) as report:
            yield report
    else:
        yield plain_lines(what)


def plain_lines(what: str, clock: Callable[[], float] = time.monotonic) -> Report:
    """A report that prints a line now and then: after a few seconds at first, later every minute, and one at the end."""
    pace = Pace(clock)
    said = clock()
    pause = SECONDS_BETWEEN_LINES

    def report(standing: "SweepProgress") -> None:
        nonlocal said, pause
        pace.note(standing.done)
        now = clock()
        if standing.done >= standing.planned:
            if standing.found < standing.done:
                tell(f"{standing.done} {what} done in {duration(now - pace.begun)}{_failures(standing)}.")
        elif now - said >= pause:
            said, pause = now, min(_GROWTH * pause, _MOST_SECONDS_BETWEEN_LINES)
            share = 100 * standing.done // standing.planned
            tell(
                f"{standing.done} of {standing.planned} {what} ({share}%){_failures(standing)}, {_outlook(pace, standing)}"
            )

    return report


@contextmanager
def _bar(what: str) -> Iterator[Report]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn(what), TextColumn("· {task.fields[outlook]}"))
    with Progress(*columns, console=console(is_error=True), transient=True) as bar:
        yield _bar_report(bar, bar.add_task(what, total=None, outlook=""))


def _bar_report(bar: "Bar", task: Any) -> Report:
    pace = Pace()

    def report(standing: "SweepProgress") -> None:
        pace.note(standing.done)
        outlook = f"{_outlook(pace, standing)}{_failures(standing)}"
        bar.update(task, completed=standing.done, total=standing.planned, outlook=outlook)

    return report


def _failures(standing: "SweepProgress") -> str:
    return f", {standing.failed} failed" if standing.failed else ""


def _outlook(pace: Pace, standing: "SweepProgress") -> str:
    if math.isnan(pace.per_second):
        return "time left not known yet"
    left = pace.seconds_left(standing.planned - standing.done)
    return f"{rate(pace.per_second)} a second, about {duration(left)} left"


def rate(per_second: float) -> str:
    """A number a second, with two digits where it is small."""
    return f"{per_second:.0f}" if per_second >= 10.0 else f"{per_second:.2g}"


def duration(seconds: float) -> str:
    """A length of time, in the unit that suits it."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"
