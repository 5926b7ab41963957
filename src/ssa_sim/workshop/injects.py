"""What others do to both worlds, by name: each is a set of dated levers, so that a scenario file can say the same."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ssa_sim.catalogue.entries import ParameterValue
from ssa_sim.model.state import World
from ssa_sim.workshop.refusals import RefusedError
from ssa_sim.workshop.timeline import Choice

OFFENSIVE_MONTHS = 6
OFFENSIVE_PRESSURE = 0.08
"""Threat added each month; the lever goes up to 0.2 (assumption)."""
TOUR_MONTHS = 3.0
"""The shortest tour that the lever allows."""
TOURS_FOR = 12
SCANDAL_MONTHS = 12
SCANDAL_CREDIBILITY = 0.9
SCANDAL_INDICATORS = 3
SCANDAL_PRESENCE = 0.9
"""What partners do after a scandal over ghosts: watch the three reforms, mean it, and one in ten goes home (assumption)."""
GIFT_VEHICLES = 200
RIVAL_MONTHS = 12
RIVAL_PULL = 3.0
"""As much as all the room that others can leave to rivals adds in the baseline (assumption)."""

Values = dict[str, ParameterValue]


@dataclass(frozen=True)
class Inject:
    """Something that others do.

    Attributes:
        name: by which texts find it.
        months: how long the levers stay so; None: for good.
        values: the levers' new values, from the room's world as it stands and the levers now in force.
    """

    name: str
    months: int | None
    values: Callable[[World, Values], Values]

    def choice(self, month: int, world: World, in_force: Values, *, in_both: bool = True) -> Choice:
        """The inject, played in a month.

        Raises:
            RefusedError: there is nothing left that it could do.
        """
        values = self.values(world, in_force)
        return Choice(month, tuple(values.items()), "inject", self.name, self.months, in_both)


def fixed(values: Values) -> Callable[[World, Values], Values]:
    """The same values whatever the world."""
    return lambda world, in_force: dict(values)


def _next_partner_away(world: World, in_force: Values) -> Values:
    """Presence lowered to the fixed rank of the present partner who would be called home first: that one leaves."""
    present = _present(world)
    if not len(present):
        raise RefusedError("no_partner")
    return {"donors.presence": float(present.key.max())}


def _present(world: World) -> Any:
    return world.donors[world.donors.active == 1]


def _partners_after_a_scandal(world: World, in_force: Values) -> Values:
    return {
        "conditions.credibility": max(SCANDAL_CREDIBILITY, float(in_force["conditions.credibility"])),
        "conditions.indicators": min(SCANDAL_INDICATORS, int(in_force["conditions.indicators"])),
        "donors.presence": SCANDAL_PRESENCE * float(in_force["donors.presence"]),
    }


INJECTS: tuple[Inject, ...] = (
    Inject("coup", 1, fixed({"circumstances.coup": True})),
    Inject("partner_leaves", None, _next_partner_away),
    Inject("force_leaves", None, fixed({"foreign.french_soldiers": 0})),
    Inject("vehicle_gift", 1, fixed({"circumstances.vehicle_gift": GIFT_VEHICLES})),
    Inject("offensive_centre", OFFENSIVE_MONTHS, fixed({"circumstances.pressure_centre": OFFENSIVE_PRESSURE})),
    Inject("short_tours", TOURS_FOR, fixed({"training.contingent_rotation_months": TOUR_MONTHS})),
    Inject("ghost_scandal", SCANDAL_MONTHS, _partners_after_a_scandal),
    Inject("rival_offer", RIVAL_MONTHS, fixed({"circumstances.rival_offer": RIVAL_PULL})),
)


def inject_named(name: str) -> Inject:
    """The inject of that name; `KeyError` where there is none."""
    return {inject.name: inject for inject in INJECTS}[name]
