"""Where money ends: each euro that is spent waits until what it buys is there, and ends in one use (IRSEM 3).

Used: it met a need. Saturated: it met what was no longer lacking. Mismatched: it does not go with what is there. Rotting: it
came, or was half done, and nobody uses it. Transaction: spent on the way. Lapsed: granted and never spent.
"""

import math

from ssa_sim.model.compiled import rule
from ssa_sim.model.state import MISMATCHED, ROTTING, SATURATED, TRANSACTION, USED, WAITING


@rule
def budget_of(donor, nation, levers):
    """EUR a year that a partner has: its own budget, and its part of what partners add to theirs, by what each had last month."""
    present = nation.host.present_budget
    if present <= 0.0:
        return donor.annual_budget
    return donor.annual_budget + int(levers.donors_extra_budget * donor.annual_budget / present)


@rule
def settle(uses, euros, saturated, mismatched, rotting):
    """Money that waited ends: shares of it in three uses, each of what the ones before left, and the rest is used.

    `uses` counts EUR by use. Euros are whole, and none is lost: what rounding leaves is used.
    """
    uses[WAITING] -= euros
    left = euros
    part = math.floor(rotting * left)
    uses[ROTTING] += part
    left -= part
    part = math.floor(mismatched * left)
    uses[MISMATCHED] += part
    left -= part
    part = math.floor(saturated * left)
    uses[SATURATED] += part
    uses[USED] += left - part


@rule
def spend_on_the_way(uses, euros):
    """Money that buys no work: dialogue, overhead, what it takes to be in the country."""
    uses[TRANSACTION] += euros
