"""How things are timed here: side by side, in turns, and given as ratios.

A machine that does other work as well slows down and speeds up within seconds. Contenders therefore take turns (A B A B),
each ratio is of two turns next to one another, and the median of many is reported with its quartiles. Work inside this
process is timed by the processor time that it used, on one core, so that waiting for a core does not count.
"""

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

Work = Callable[[], object]
"""What is timed. Work that goes on in another process returns the seconds that it took there, a float."""
Prepare = Callable[[], Work]
"""Done anew before each turn, and not timed; what it returns is timed."""


@dataclass(frozen=True)
class Spread:
    """The median over turns, with the quartiles around it."""

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.median:.3g} ({self.low:.3g} to {self.high:.3g})"


def in_turns(
    contenders: Mapping[str, Prepare], rounds: int, clock: Callable[[], float] = time.process_time
) -> dict[str, np.ndarray]:
    """Seconds of each contender in each round, after one round that does not count."""
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(rounds + 1):
        for name, prepare in contenders.items():
            work = prepare()
            gc.collect()
            begun = clock()
            answer = work()
            taken = clock() - begun
            if number > 0:
                seconds[name].append(answer if isinstance(answer, float) else taken)
    return {name: np.array(turns) for name, turns in seconds.items()}


def spread(values: np.ndarray) -> Spread:
    """Median and quartiles."""
    low, median, high = np.quantile(values, [0.25, 0.5, 0.75])
    return Spread(float(median), float(low), float(high))


def ratio(slow: np.ndarray, fast: np.ndarray) -> Spread:
    """How many times as long the first took as the second, turn by turn."""
    return spread(slow / fast)


def exponent(sizes: np.ndarray, seconds: np.ndarray) -> Spread:
    """The slope of log time over log size by least squares, round by round: 1 where time is in proportion to size.

    Args:
        sizes: (sizes,)
        seconds: (sizes, rounds)
    """
    slopes, _ = np.polyfit(np.log(sizes), np.log(seconds), 1)
    return spread(slopes)
