"""The foreign shield; the dated figures are events of the baseline."""

from typing import Literal

from ssa_sim.scenario.fields import Group, lever


class ForeignLevers(Group):
    """The foreign shield; the dated figures are events of the baseline."""

    un_soldiers: int = lever(
        6000,
        low=0,
        high=20_000,
        unit="soldiers",
        en="UN mission, uniformed strength",
        fr="Mission de l'ONU, effectif en uniforme",
        decided_by="United Nations",
        source="assumption; F20",
        meaning="Strength of the UN mission (and of the African mission before it); F20 dates its strength in 2019.",
    )
    counter_terrorism_soldiers: int = lever(
        4000,
        low=0,
        high=10_000,
        unit="soldiers",
        en="Foreign counter-terrorism force, strength",
        fr="Force étrangère de contre-terrorisme, effectif",
        decided_by="partner state",
        source="assumption; F20",
        meaning="Strength of the foreign counter-terrorism operation; F20 dates its strength in 2019.",
    )
    departure_months: int = lever(
        6,
        low=1,
        high=60,
        unit="months",
        en="Months that a withdrawal takes",
        fr="Durée d'un retrait",
        decided_by="United Nations, partner state and host",
        source="F35; M63",
        meaning="A foreign force that is reduced leaves at the pace that would take all of it home in so many months; 1 is abrupt.",
    )
    departure: Literal["unilateral", "agreed", "demanded"] = lever(
        "unilateral",
        unit="choice",
        en="Who decides on a withdrawal",
        fr="Qui décide d'un retrait",
        decided_by="United Nations, partner state and host",
        source="M63; M65; F35",
        meaning="Forces that leave do so by their own decision (unilateral: relations suffer), settled with the host, their "
        "tasks being handed over as far as time allows (agreed), or as the host asks (demanded: neither handover nor breach).",
    )
