"""Which of the outcomes and scenarios that results hold an analysis looks at."""

from collections.abc import Sequence

from ssa_sim.catalogue.outcomes import OUTCOMES, Outcome
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.outcome_names import unknown_outcome
from ssa_sim.experiment.keep.results import Results


def chosen_outcomes(results: Results, names: Sequence[str] | None) -> tuple[Outcome, ...]:
    """The outcomes of these names; all that the results hold if None.

    Raises:
        InputError: the results do not hold one of them.
    """
    if names is None:
        return results.outcomes
    held = {outcome.name: outcome for outcome in results.outcomes}
    for name in names:
        if name not in held:
            raise unknown_outcome(name, held)
    return tuple(held[name] for name in names)


def headline_names(results: Results) -> list[str]:
    """The outcomes shown unless more are asked for: those that the experiment file names, or the headline ones."""
    names = [outcome.name for outcome in results.outcomes]
    if len(names) < len(OUTCOMES):  # an experiment file chose them
        return names
    return [outcome.name for outcome in results.outcomes if outcome.headline]


def family_of(results: Results) -> tuple[Outcome, ...]:
    """The outcomes on which the verdicts of a comparison answer together, whatever of them is on show: `headline_names`."""
    return chosen_outcomes(results, headline_names(results))


def chosen_scenarios(results: Results, names: Sequence[str] | None) -> tuple[str, ...]:
    """The scenarios of these names; all if None.

    Raises:
        InputError: the results do not hold one of them.
    """
    if names is None:
        return results.scenario_names
    for name in names:
        if name not in results.scenario_names:
            raise InputError(f"The results do not hold the scenario {name!r}.", allowed=results.scenario_names)
    return tuple(names)
