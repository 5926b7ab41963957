"""How hard the army is used."""

from ssa_sim.scenario.fields import Group, lever


class OperationsLevers(Group):
    """How hard the army is used."""

    tempo: float = lever(
        0.75,
        low=0.0,
        high=1.0,
        unit="share of units",
        en="Operational tempo",
        fr="Rythme opérationnel",
        decided_by="host",
        source="F08; M01",
        meaning="Share of the units that the general staff wants on operations at any time.",
    )
    rotation_months: float = lever(
        9.0,
        low=1.0,
        high=24.0,
        unit="months",
        en="Months on operations before relief",
        fr="Mois en opération avant relève",
        decided_by="host",
        source="F09",
        meaning="How long a unit stays on operations before it is due for relief.",
    )
