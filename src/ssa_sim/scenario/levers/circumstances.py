"""What others do, set by date: no policy, but part of a history or of an exercise."""

from ssa_sim.scenario.fields import Group, lever


class CircumstanceLevers(Group):
    """What others do, set by date: no policy, but part of a history or of an exercise."""

    coup: bool = lever(
        False,
        unit="yes/no",
        en="Part of the army takes power",
        fr="Une partie de l'armée prend le pouvoir",
        decided_by="parts of the army",
        source="F34; M31",
        meaning="A coup in the month in which this becomes true, beside those that the model brings about.",
    )
    expulsion_possible: bool = lever(
        True,
        unit="yes/no",
        en="Partners may be told to leave",
        fr="Les partenaires peuvent être priés de partir",
        decided_by="those in power",
        source="assumption; F35; M65",
        meaning="While this is false nobody is told to leave, however relations stand: for comparisons in which all partners are "
        "still there at some date.",
    )
    pressure_north: float = lever(
        0.0,
        low=-0.1,
        high=0.2,
        unit="1/month",
        en="Armed groups' pressure, North",
        fr="Pression des groupes armés, Nord",
        decided_by="armed groups",
        source="assumption; M65",
        meaning="Threat added each month from outside the model while this holds: an offensive, or a truce below zero.",
    )
    pressure_centre: float = lever(
        0.0,
        low=-0.1,
        high=0.2,
        unit="1/month",
        en="Armed groups' pressure, Centre",
        fr="Pression des groupes armés, Centre",
        decided_by="armed groups",
        source="assumption; M65",
        meaning="As in the North.",
    )
    pressure_south: float = lever(
        0.0,
        low=-0.1,
        high=0.2,
        unit="1/month",
        en="Armed groups' pressure, South",
        fr="Pression des groupes armés, Sud",
        decided_by="armed groups",
        source="assumption; M65",
        meaning="As in the North.",
    )
    vehicle_gift: int = lever(
        0,
        low=0,
        high=1000,
        unit="vehicles a month",
        en="Single gift of vehicles",
        fr="Don unique de véhicules",
        decided_by="partners",
        source="assumption; M14; M15",
        meaning="So many vehicles of foreign types arrive in each month in which this holds, outside any project, spread over "
        "all units, without parts, mechanics or instruction. A gift given once holds for one month.",
        cost="vehicles at their price, booked as aid",
    )
    rival_offer: float = lever(
        0.0,
        low=0.0,
        high=5.0,
        unit="factor",
        en="Offer by rival suppliers",
        fr="Offre de fournisseurs rivaux",
        decided_by="rival suppliers",
        source="assumption; M28",
        meaning="While this holds, partners without scruples about arms come sooner, whatever room others leave them: 1 doubles "
        "the rate at which they would come where they are left none.",
    )
