"""What is said of a name that is no outcome's, wherever outcomes are named."""

from collections.abc import Iterable, Sequence

from ssa_sim.catalogue.outcomes import OUTCOMES
from ssa_sim.errors import InputError
from ssa_sim.scenario.problems import did_you_mean, nearest


def known_outcomes() -> tuple[str, ...]:
    """The names of all outcomes that the model records."""
    return tuple(outcome.name for outcome in OUTCOMES)


def unknown_outcome(name: str, held: Iterable[str] | None = None, *, where: str | None = None) -> InputError:
    """What to raise about a name that is no outcome's, or none of those held; the name probably meant is suggested.

    Args:
        name: as given.
        held: the names that would do; None: all that the model records.
        where: the option it was given with.
    """
    known = known_outcomes() if held is None else tuple(held)
    hint = did_you_mean(nearest(name, known) or _the_only_one_beginning_like(name, known))
    if held is None:
        return InputError(f'There is no outcome "{name}".{hint}', where=where, allowed="what `ssa-sim outcomes` lists")
    return InputError(f"The results do not hold the outcome {name!r}.{hint}", where=where, allowed=known)


def _the_only_one_beginning_like(name: str, known: Sequence[str]) -> str | None:
    """The name whose first word is near: "reddy" finds "ready_soldiers"; None where there are several, or none."""
    beginnings = {each: each.partition("_")[0] for each in known}
    near = nearest(name, dict.fromkeys(beginnings.values()))
    found = [each for each, beginning in beginnings.items() if beginning == near]
    return found[0] if len(found) == 1 else None
