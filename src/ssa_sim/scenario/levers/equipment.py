"""What comes with a gift, and what comes with a course."""

from ssa_sim.scenario.fields import Group, lever


class EquipmentLevers(Group):
    """What comes with a gift, and what comes with a course."""

    with_training: float = lever(
        0.0,
        low=0.0,
        high=1.0,
        unit="share of the gap",
        en="Equipment delivered with training",
        fr="Équipement livré avec la formation",
        decided_by="member states",
        source="M27; M28",
        meaning="Share of a trained unit's missing vehicles that it receives at the end of the course, of the type taught.",
        cost="vehicles at their price",
    )
    support_cover: float = lever(
        0.1,
        low=0.0,
        high=1.0,
        unit="share",
        en="Spares and mechanics with gifts",
        fr="Pièces et mécaniciens fournis avec les dons",
        decided_by="partners",
        source="assumption; M15",
        meaning="Share of given vehicles that come with three years of parts and mechanics.",
        cost="taken from the gift's own budget: fewer vehicles",
    )
    standardisation: float = lever(
        0.1,
        low=0.0,
        high=1.0,
        unit="share of gifts",
        en="Fleet standardisation",
        fr="Standardisation du parc",
        decided_by="partners and host",
        source="assumption; M14",
        meaning="Share of given vehicles that are of the army's standard type instead of the giver's.",
        cost="a premium on the price",
    )
