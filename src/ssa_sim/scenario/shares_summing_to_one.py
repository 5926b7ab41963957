"""Uncertainties that are shares of one whole, and may not sum to more than it.

Each may lie anywhere in its own range, but what one takes the others cannot have. The rule holds wherever values come from:
files, Python, designs, and the points of other people's samplers.
"""

from collections.abc import Mapping
from typing import Any

from ssa_sim.errors import InputError

SHARES_SUMMING_TO_ONE = (
    ("forces.french_north", "forces.french_centre"),
    ("forces.un_north", "forces.un_centre"),
    ("forces.g5_north", "forces.g5_centre"),
    ("forces.european_north", "forces.european_centre"),
    ("forces.regional_north", "forces.regional_centre"),
    ("forces.contractors_north", "forces.contractors_centre"),
    ("communities.from_north", "communities.from_centre"),
)
"""Pairs of shares; the South has what is left of the whole."""

ROUNDING = 1e-9
"""By how much a sum may exceed 1 because numbers are rounded."""


def refuse_excess(values: Mapping[str, Any]) -> None:
    """Refuse shares of one whole that sum to more than 1.

    Args:
        values: the shares at least, by dotted name.

    Raises:
        InputError: it names the shares, their values and their sum.
    """
    for pair in SHARES_SUMMING_TO_ONE:
        total = sum(values[path] for path in pair)
        if total > 1.0 + ROUNDING:
            raise InputError(
                f"{' and '.join(f'{path} = {values[path]:.6g}' for path in pair)} are shares of one whole, "
                f"and sum to {total:.6g}.",
                allowed="shares that sum to at most 1",
            )
