"""Whole numbers that users give: counts, seeds and replicates, as Python or NumPy writes them."""

from ssa_sim.catalogue.groups import plain
from ssa_sim.errors import InputError


def whole_number(name: str, value: object, low: int, high: int | None = None) -> int:
    """A whole number in a range, as a Python number.

    Args:
        name: what it is called in the message.
        value: what was given; NumPy's whole numbers are taken too, truth values are not.
        low: smallest value allowed.
        high: largest value allowed; None: there is no largest.

    Raises:
        InputError: it is no whole number, or lies outside.
    """
    number = plain(value)
    if isinstance(number, int) and not isinstance(number, bool) and low <= number and (high is None or number <= high):
        return number
    raise InputError(
        f"{name} = {number!r} cannot be used.",
        allowed=f"a whole number from {low}{'' if high is None else f' to {high}'}",
    )


def whole_seed(seed: object, replicate: object = 0) -> tuple[int, int]:
    """A root seed and the number of a replicate, both from 0; errors as for `whole_number`."""
    return whole_number("seed", seed, 0), whole_number("replicate", replicate, 0)
