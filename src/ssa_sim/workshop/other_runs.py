"""Other runs of the two worlds on other draws, so that nobody takes the one shown for a forecast."""

import numpy as np
import numpy.typing as npt

from ssa_sim.catalogue.outcomes import Summary, outcome_named
from ssa_sim.model.simulate import simulate_replicate
from ssa_sim.scenario.schema import Scenario
from ssa_sim.workshop.step_by_step import StepByStep

Floats = npt.NDArray[np.float64]

OUTCOMES_KEPT = (
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
    "reform_files",
    "reform_hr",
    "state_presence",
)
"""Outcomes whose months are kept."""
QUANTILES = (0.05, 0.5, 0.95)


class OtherRuns(StepByStep[Floats]):
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
            shown: the replicate on the page, which these leave out.
            replications: how many others.
        """
        super().__init__(replications)
        self.scenarios = scenarios
        self._seed = seed
        self.replicates = tuple(number for number in range(replications + 1) if number != shown)[:replications]

    def _next(self, number: int) -> Floats:
        """The kept outcomes of both worlds in one replicate, shape (2, outcomes, months)."""
        histories = simulate_replicate(self.scenarios, seed=self._seed, replicate=self.replicates[number])
        return np.array([[history[name] for name in OUTCOMES_KEPT] for history in histories])

    def runs(self, outcome: str) -> Floats:
        """An outcome by month, shape (2, replicates made, months)."""
        place = OUTCOMES_KEPT.index(outcome)
        months = self.scenarios[0].months
        return np.array([one[:, place] for one in self._found]).reshape(-1, 2, months).swapaxes(0, 1)

    def bands(self, outcome: str) -> Floats | None:
        """Quantiles (`QUANTILES`) over the replicates in which the outcome is defined, shape (2, 3, months).

        NaN in months in which it is defined in none; None before the second replicate.
        """
        if self.made < 2:
            return None
        return quantiles(self.runs(outcome).swapaxes(0, 1)).swapaxes(0, 1)

    def summaries(self, outcome: str, months: int | None = None) -> Floats:
        """One number a run, as the outcome is summarised, over so many months (by default all); shape (2, replicates made)."""
        return summaries(self.runs(outcome)[:, :, :months], outcome_named(outcome).summary)

    def differences(self, outcome: str, months: int | None = None) -> Floats:
        """The room's world less the other, one a replicate in which the outcome is defined in both; as in `summaries`."""
        comparison, policy = self.summaries(outcome, months)
        differences: Floats = policy - comparison
        return differences[np.isfinite(differences)]

    def counts(self, outcome: str, months: int | None = None) -> tuple[int, int, int]:
        """In how many of the replicates in `differences` the room's world does better, the same and worse; months as above.

        By the outcome's own summary and direction.
        """
        differences = self.differences(outcome, months)
        gains = differences if outcome_named(outcome).better == "higher" else -differences
        return int((gains > 0.0).sum()), int((gains == 0.0).sum()), int((gains < 0.0).sum())


def quantiles(runs: Floats) -> Floats:
    """Quantiles (`QUANTILES`) along the first axis over the values that are defined; NaN where none is."""
    found = np.full((len(QUANTILES), *runs.shape[1:]), np.nan)
    defined = np.isfinite(runs).any(axis=0)
    found[:, defined] = np.nanquantile(runs[:, defined], QUANTILES, axis=0)
    return found


def summaries(runs: Floats, summary: Summary) -> Floats:
    """One number a run: its last month, the sum of its months or their mean where defined; NaN without a month.

    Args:
        runs: an outcome by month, shape (..., months).
        summary: the outcome's own.
    """
    if not runs.shape[-1]:
        return np.full(runs.shape[:-1], np.nan)
    if summary == "final":
        last: Floats = runs[..., -1]
        return last
    if summary == "total":
        summed: Floats = runs.sum(axis=-1)
        return summed
    defined = np.isfinite(runs)
    count = defined.sum(axis=-1)
    total = np.where(defined, runs, 0.0).sum(axis=-1)
    mean: Floats = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return mean
