"""Aid that depends on reform."""

from ssa_sim.scenario.fields import Group, lever


class ConditionsLevers(Group):
    """Aid that depends on reform."""

    amount: int = lever(
        0,
        low=0,
        high=200_000_000,
        unit="EUR a year",
        en="Conditional aid",
        fr="Aide conditionnelle",
        decided_by="partners",
        source="F16; M34",
        meaning="Budget support that hangs on reform, and is reviewed after each twelve months in force and where it ends. While the "
        "training mission is suspended after a coup it pauses.",
        cost="what is paid of it",
    )
    indicators: int = lever(
        13,
        low=1,
        high=30,
        unit="indicators",
        en="Indicators over which conditions are spread",
        fr="Indicateurs entre lesquels se répartissent les conditions",
        decided_by="partners",
        source="F16",
        meaning="The amount is spread evenly over so many indicators, the first three being the personnel system, pay and the "
        "logistics system.",
    )
    credibility: float = lever(
        0.3,
        low=0.0,
        high=1.0,
        unit="probability",
        en="Credibility of conditions",
        fr="Crédibilité des conditions",
        decided_by="partners",
        source="assumption; M34",
        meaning="Probability that the money of an indicator is withheld where nothing moved.",
    )
