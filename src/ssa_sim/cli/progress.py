"""How far long work is: a bar with an estimate on a terminal, plain lines elsewhere; always on standard
error."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ssa_sim.cli.output import tell

Report = Callable[[int, int], None]
"""Called with what is done and with all there is to do."""

SECONDS_BETWEEN_LINES = 5.0


@contextmanager
def progress_display(what: str) -> Iterator[Report]:
    """Show how work goes on; `what` is the plural of the thing counted, such as "runs"."""
    if sys.stderr.isatty():
        with _bar(what) as report:
            yield report
    else:
        yield plain_lines(what)


def plain_lines(what: str, clock: Callable[[], float] = time.monotonic) -> Report:
    """A report that prints a line now and then: at most one every few seconds, and one at the end."""
    started = said = clock()

    def report(done: int, total: int) -> None:
        nonlocal started, said
        now = clock()
        if done == 0:
            started = said = now
        elif done >= total:
            tell(f"{done} {what} done in {_duration(now - started)}.")
        elif now - said >= SECONDS_BETWEEN_LINES:
            said = now
            left = (now - started) / done * (total - done)
            tell(f"{done} of {total} {what} ({100 * done // total}%), about {_duration(left)} left")

    return report


@contextmanager
def _bar(what: str) -> Iterator[Report]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(what),
        TextColumn("·"),
        TimeRemainingColumn(),
        "left",
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"
