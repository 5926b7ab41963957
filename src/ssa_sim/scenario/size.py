"""How large the simulated army is."""

from ssa_sim.scenario.fields import Group, trait


class Size(Group):
    """How large the simulated army is."""

    units: int = trait(80, low=1, high=5000, unit="companies", en="Units", fr="Unités", source="assumption")
    companies_per_battalion: int = trait(
        4,
        low=1,
        high=12,
        unit="companies",
        en="Companies in a battalion",
        fr="Compagnies par bataillon",
        source="assumption; F04",
    )
    company_strength: int = trait(
        150,
        low=20,
        high=300,
        unit="soldiers",
        en="Established strength of a company",
        fr="Effectif théorique d'une compagnie",
        source="assumption; F04",
    )
