"""Which outcomes a figure shows, of those that it could."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.outcome_names import unknown_outcome

if TYPE_CHECKING:
    from ssa_sim.catalogue.outcomes import Outcome


def chosen_outcomes(held: Sequence["Outcome"], names: Sequence[str] | None, most: int) -> tuple["Outcome", ...]:
    """The outcomes of those names; by default the first ones.

    Raises:
        InputError: one is not held, or there are none or more than fit one figure.
    """
    if names is None:
        return tuple(held[:most])
    by_name = {outcome.name: outcome for outcome in held}
    for name in names:
        if name not in by_name:
            raise unknown_outcome(name, by_name)
    if not 1 <= len(names) <= most:
        raise InputError(f"{len(names)} outcomes do not fit one figure.", allowed=f"1 to {most}")
    return tuple(by_name[name] for name in names)


def headline_outcomes(held: Sequence["Outcome"], names: Sequence[str] | None, most: int) -> tuple["Outcome", ...]:
    """The same; by default the headline ones, or the first ones if there are none."""
    headline = [outcome for outcome in held if outcome.headline] if names is None else []
    return chosen_outcomes(headline or held, names, most)
