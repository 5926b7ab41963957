"""What the ministry gives to the partnership."""

from ssa_sim.scenario.fields import Group, lever


class HostLevers(Group):
    """What the ministry gives to the partnership."""

    liaison_officers: int = lever(
        1,
        low=0,
        high=50,
        unit="officers",
        en="Liaison officers for military cooperation",
        fr="Officiers de liaison pour la coopération militaire",
        decided_by="host",
        source="F13; M16",
        meaning="Officers at the ministry whose task is the partners; each adds officer-hours and takes part in dialogue.",
        cost="a monthly cost for each officer",
    )
    strategic_framework: float = lever(
        0.1,
        low=0.0,
        high=1.0,
        unit="index",
        en="Strategic framework",
        fr="Cadre stratégique",
        decided_by="host",
        source="assumption; F18; M07; M09",
        meaning="How far a political framework with priorities exists that partners could follow (0 none, 1 complete).",
    )
    project_cap: int = lever(
        1000,
        low=0,
        high=1000,
        unit="projects",
        en="Cap on parallel projects",
        fr="Plafond de projets simultanés",
        decided_by="host",
        source="M16",
        meaning="How many projects the host lets run at a time; 1000 is no cap in practice.",
    )
    refusal: float = lever(
        0.02,
        low=0.0,
        high=1.0,
        unit="probability",
        en="Host declines offers that meet no need",
        fr="Refus par l'hôte des offres sans besoin réel",
        decided_by="host",
        source="assumption; M12",
        meaning="Probability that the host declines an offer, times how little need for it there is.",
    )
    maintenance_budget: int = lever(
        100_000,
        low=0,
        high=5_000_000,
        unit="EUR a month",
        en="Host's maintenance budget",
        fr="Budget de maintenance de l'hôte",
        decided_by="host",
        source="assumption; M15",
        meaning="What the host spends each month on parts and mechanics for its vehicles.",
        cost="booked as host spending",
    )
