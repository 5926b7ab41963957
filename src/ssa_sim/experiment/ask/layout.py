"""How an experiment is cut into shards.

A shard is the unit of work, of storage and of resuming. What it holds follows from the experiment alone, never from the
number of workers or the speed of a machine: the same shards, so the same bytes. The plan's order is replicate by replicate
and, in each, over the design's points shuffled once and the scenarios of each point. So any beginning is balanced over
design and scenarios, and the draws of a replicate, which cost as much as a run, serve a whole shard.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ssa_sim.experiment.ask.plan import Experiment

SHARD_LAYOUT = 2
"""Raised when the same experiment is cut otherwise than before: the shards of a sweep begun by another version of ssa-sim
are then made anew, and not taken for others."""
SUMMARY_CELLS = 1000
"""A monthly summary rests on the first so many runs of each scenario: they are balanced over the design, and more would not
change what a figure shows, but need memory without bound."""
_SHARDS_WANTED = 64
"""For workers to share out, and to be kept on the way, as far as each is worth its files."""
_LEAST_SECONDS, _MOST_SECONDS = 0.25, 1.0
"""The work in a shard: less is not worth the files, and more would be long to lose. An experiment of less work is one shard."""
_SECONDS_A_RUN = 0.0006
_SECONDS_A_UNIT_MONTH = 0.0000005
"""What a run costs whatever its size, and for each of its units and months: as it was once measured on a laptop, and never again.
They only set how many runs make a shard. If they followed the machine, or a quicker model, the shards of a sweep begun before
would no longer fit (`SHARD_LAYOUT`)."""
_LARGEST_SHARD = 4096
_MOST_MONTHLY_BYTES = 32_000_000


class Shard(NamedTuple):
    """A block of the plan: some replicates times some places in the shuffled order of the points, times all scenarios."""

    number: int
    replicates: range
    places: range

    @property
    def cells(self) -> int:
        """Replicates times points."""
        return len(self.replicates) * len(self.places)


@dataclass(frozen=True)
class Layout:
    """The shards of some replicates of an experiment, computed as they are asked for.

    Attributes:
        replicates: the replicates covered.
        n_points: points of the design.
        n_scenarios: scenarios at each point.
        block_replicates: replicates in a shard.
        block_points: points in a shard.
        first: number of the first shard.
    """

    replicates: range
    n_points: int
    n_scenarios: int
    block_replicates: int
    block_points: int
    first: int = 0

    def __len__(self) -> int:
        """How many shards there are."""
        return self._replicate_blocks * self._point_blocks

    @property
    def numbers(self) -> range:
        """The shards' numbers."""
        return range(self.first, self.first + len(self))

    @property
    def n_runs(self) -> int:
        """Runs in all shards."""
        return len(self.replicates) * self.n_points * self.n_scenarios

    def shard(self, number: int) -> Shard:
        """The shard of that number."""
        row, column = divmod(number - self.first, self._point_blocks)
        start, place = row * self.block_replicates, column * self.block_points
        return Shard(
            number,
            self.replicates[start : start + self.block_replicates],
            range(place, min(place + self.block_points, self.n_points)),
        )

    @property
    def _replicate_blocks(self) -> int:
        return math.ceil(len(self.replicates) / self.block_replicates)

    @property
    def _point_blocks(self) -> int:
        return math.ceil(self.n_points / self.block_points)


def layout(experiment: Experiment, replicates: range | None = None, *, first: int = 0) -> Layout:
    """Cut an experiment, or some of its replicates, into shards of about equal work.

    As far as it can be, a shard holds whole replicates, so that the draws of each are made once.
    """
    replicates = experiment.replicates if replicates is None else replicates
    points, scenarios = experiment.n_points, len(experiment.scenarios)
    runs = len(replicates) * points * scenarios
    units = max(named.scenario.size.units for named in experiment.scenarios)
    seconds = _SECONDS_A_RUN + _SECONDS_A_UNIT_MONTH * units * experiment.months
    wanted = max(min(runs / _SHARDS_WANTED, _MOST_SECONDS / seconds), _LEAST_SECONDS / seconds) / scenarios
    most = _LARGEST_SHARD / scenarios
    if experiment.monthly == "all":
        most = min(most, _MOST_MONTHLY_BYTES / (8 * experiment.months * len(experiment.outcomes) * scenarios))
    block_points = _block(points, wanted, most)
    block_replicates = _block(len(replicates), wanted / points, most / points) if block_points == points else 1
    return Layout(replicates, points, scenarios, block_replicates, block_points, first)


def _block(length: int, wanted: float, most: float) -> int:
    """The size of the blocks that something is cut into: about as wanted, never above the most, and all but the last alike."""
    blocks = max(round(length / max(wanted, 1.0)), math.ceil(length / max(math.floor(most), 1)), 1)
    return math.ceil(length / blocks)


@lru_cache(maxsize=8)
def order_of_points(n_points: int, seed: int) -> npt.NDArray[np.int64]:
    """The points' numbers in the order in which they are run."""
    return np.random.default_rng([seed, n_points]).permutation(n_points)


def cells_with_months(experiment: Experiment, shard: Shard) -> int:
    """How many of a shard's cells keep their months: the first so many."""
    first_cell = (shard.replicates[0] - experiment.first_replicate) * experiment.n_points + shard.places.start
    kept = {"none": 0, "all": shard.cells}.get(experiment.monthly, SUMMARY_CELLS - first_cell)
    return min(max(kept, 0), shard.cells)
