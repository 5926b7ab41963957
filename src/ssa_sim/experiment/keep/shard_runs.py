"""What the runs of a shard yield, as they are handed over and kept."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ssa_sim.experiment.ask.layout import Shard

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class ShardRuns:
    """What the runs of a shard yield, in the plan's order.

    Attributes:
        shard: which.
        scenarios: each run's scenario, as its position in the experiment.
        points: each run's point; 0 without a design.
        replicates: each run's replicate.
        run_ids: each run's identity.
        totals: shape (runs, outcomes); NaN where a run failed.
        months: shape (runs whose months are kept, months, outcomes), those runs coming first.
        errors: a text for each run, None where it is in order.
        traces: for each run what is known beyond that, None where nothing is.
    """

    shard: Shard
    scenarios: npt.NDArray[np.int64]
    points: npt.NDArray[np.int64]
    replicates: npt.NDArray[np.int64]
    run_ids: tuple[str, ...]
    totals: Floats
    months: Floats
    errors: tuple[str | None, ...]
    traces: tuple[str | None, ...]

    @property
    def n_failed(self) -> int:
        """How many runs failed."""
        return sum(error is not None for error in self.errors)
