"""How far authority makes partners give way."""

from ssa_sim.scenario.fields import Group, uncertain

# fmt: off


class CoordinationUncertainties(Group):
    """How far authority makes partners give way."""

    lead_authority: float = uncertain(
        0.25, low=0.05, high=0.5, unit="probability", source="assumption; M19; STEINWAND2015",
        en="Giving way to a lead partner, beyond willingness",
        fr="Acceptation d'un partenaire chef de file",
    )
    host_authority: float = uncertain(
        0.5, low=0.2, high=0.8, unit="probability", source="assumption; M17; M19",
        en="Giving way to the host's list, beyond willingness",
        fr="Acceptation de la liste de l'hôte",
    )
    binding_authority: float = uncertain(
        0.9, low=0.7, high=1.0, unit="probability", source="assumption; M19",
        en="Keeping to what one has bound oneself to",
        fr="Respect d'un engagement contraignant",
    )
