"""Whether a storyline's lesson shows: what it expects, held against the other runs and not against the one on the page."""

from dataclasses import dataclass

import numpy as np

from ssa_sim.analysis.paired import PairedDifference, paired_difference
from ssa_sim.catalogue.outcomes import outcome_named
from ssa_sim.workshop.other_runs import OtherRuns
from ssa_sim.workshop.storyline import Expectation, Storyline


@dataclass(frozen=True)
class LessonCheck:
    """What the runs say of one expectation.

    Attributes:
        expectation: which.
        difference: the room's world less the other, over the runs, with its interval.
        kept: in how many runs the difference lies within the bounds.
        runs: how many there are in which the outcome is defined in both worlds.
    """

    expectation: Expectation
    difference: PairedDifference
    kept: int
    runs: int

    @property
    def holds(self) -> bool:
        """Whether it is so in as many runs as it should be."""
        return self.runs > 0 and self.kept >= self.expectation.runs * self.runs


def lesson_checks(storyline: Storyline, other_runs: OtherRuns) -> list[LessonCheck]:
    """What the runs made so far say of each expectation."""
    return [_checked(expectation, other_runs) for expectation in storyline.expect]


def _checked(expectation: Expectation, other_runs: OtherRuns) -> LessonCheck:
    outcome = outcome_named(expectation.outcome)
    period = other_runs.scenarios[0].period
    months = period.months if expectation.by is None else period.month_of(expectation.by)
    first, other = other_runs.summaries(outcome.name, months)
    differences = other - first
    low = -np.inf if expectation.above is None else expectation.above
    high = np.inf if expectation.below is None else expectation.below
    kept = int(np.count_nonzero((differences > low) & (differences < high)))
    paired = paired_difference(first, other, higher_is_better=outcome.better == "higher")
    return LessonCheck(expectation, paired, kept, paired.n)
