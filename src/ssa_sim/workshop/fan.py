"""Other runs of the two worlds on other draws, so that nobody takes the one shown for a forecast."""

from threading import Lock

import numpy as np
import numpy.typing as npt

from ssa_sim.model.simulate import simulate_replicate
from ssa_sim.scenario.schema import Scenario

Floats = npt.NDArray[np.float64]

FANNED = (
    "completions",
    "ready_soldiers",
    "readiness",
    "trained_in_unit",
    "deaths",
    "insecurity",
    "total_spent",
    "duplication",
    "need_alignment",
    "active_projects",
    "absorption_load",
    "kit_match",
    "kit_availability",
    "vehicles",
    "abandoned",
    "reforms_blocked",
    "reform_hr",
    "state_presence",
)
"""Outcomes whose months are kept."""
QUANTILES = (0.05, 0.5, 0.95)


class Fan:
    """Runs of both worlds on the same other draws, made one replicate at a time, so that nothing else has to wait.

    Attributes:
        scenarios: of the world compared with, and of the room's.
        replicates: to be run, in order.
    """

    def __init__(self, scenarios: tuple[Scenario, Scenario], *, seed: int, shown: int, replications: int = 40) -> None:
        """Nothing is run yet.

        Args:
            scenarios: what the two worlds follow.
            seed: root seed.
            shown: the replicate on the page, which the fan leaves out.
            replications: how many others.
        """
        self.scenarios = scenarios
        self._seed = seed
        self.replicates = tuple(number for number in range(replications + 1) if number != shown)[:replications]
        self._kept: list[Floats] = []
        self._one_at_a_time = Lock()

    @property
    def made(self) -> int:
        """How many replicates have been run."""
        return len(self._kept)

    @property
    def is_complete(self) -> bool:
        """Whether all have been."""
        return self.made == len(self.replicates)

    def add_next(self) -> None:
        """Run the next replicate, if one is left."""
        with self._one_at_a_time:
            if self.is_complete:
                return
            histories = simulate_replicate(self.scenarios, seed=self._seed, replicate=self.replicates[self.made])
            self._kept.append(np.array([[history[name] for name in FANNED] for history in histories]))

    def runs(self, outcome: str) -> Floats:
        """An outcome by month, shape (2, replicates made, months)."""
        place = FANNED.index(outcome)
        months = self.scenarios[0].months
        return np.array([one[:, place] for one in self._kept]).reshape(-1, 2, months).swapaxes(0, 1)

    def bands(self, outcome: str) -> Floats | None:
        """Quantiles (`QUANTILES`) over the replicates, shape (2, 3, months); None before the second replicate."""
        if self.made < 2:
            return None
        return np.quantile(self.runs(outcome), QUANTILES, axis=1).swapaxes(0, 1)

    def share_better(self, outcome: str, month: int, *, higher: bool = True) -> float:
        """In what share of the replicates the room's world does better in a month; ties count half; NaN without any."""
        if not self.made:
            return float("nan")
        comparison, policy = self.runs(outcome)[:, :, month]
        difference = policy - comparison if higher else comparison - policy
        return float(np.mean((difference > 0) + 0.5 * (difference == 0)))
