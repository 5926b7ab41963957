"""How the army handles its people."""

from ssa_sim.scenario.fields import Group, lever


class PersonnelLevers(Group):
    """How the army handles its people."""

    stabilisation: float = lever(
        0.0,
        low=0.0,
        high=1.0,
        unit="share of moves prevented",
        en="Trained soldiers kept in their unit",
        fr="Maintien des soldats formés dans leur unité",
        decided_by="host",
        source="F07; M24",
        meaning="Share of the reassignments of soldiers trained with their unit that a posting rule prevents.",
        cost="a monthly bonus for each soldier so held",
    )
    recruits_per_year: int = lever(
        1800,
        low=0,
        high=6000,
        unit="soldiers a year",
        en="Recruitment",
        fr="Recrutement",
        decided_by="host",
        source="assumption; F18",
        meaning="Recruits who finish basic instruction and join units, a year, as far as there are posts for them.",
        cost="booked as host spending",
    )
    officers_abroad: float = lever(
        0.10,
        low=0.0,
        high=0.5,
        unit="share of officers a year",
        en="Officers sent abroad on courses",
        fr="Officiers envoyés en stage à l'étranger",
        decided_by="partners and host",
        source="assumption; M05",
        meaning="Share of a unit's officers who leave each year for a course abroad of about a year.",
    )
    reassignment_with_hr_system: float = lever(
        0.4,
        low=0.0,
        high=1.0,
        unit="share of moves",
        en="Reassignments left under a working personnel system",
        fr="Mutations restant sous un système de personnel en place",
        decided_by="host",
        source="assumption; F17; M24",
        meaning="What remains of today's reassignments once the personnel system (SIGRH) is fully in place; before, in proportion.",
    )
