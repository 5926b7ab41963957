"""How large the simulated army is."""

from ssa_sim.scenario.fields import Group, trait


class Size(Group):
    """How large the simulated army is."""

    units: int = trait(80, low=1, high=5000, unit="companies", en="Units", fr="Unités", source="assumption")
    company_strength: int = trait(
        150,
        low=20,
        high=300,
        unit="soldiers",
        en="Established strength of a company",
        fr="Effectif théorique d'une compagnie",
        source="assumption; F04",
    )
