"""How host and partners deal with one another."""

from ssa_sim.scenario.fields import Group, lever


class PartnershipLevers(Group):
    """How host and partners deal with one another."""

    consultation_framework: float = lever(
        0.0,
        low=0.0,
        high=1.0,
        unit="index",
        en="Consultation between state and partners",
        fr="Cadre de concertation entre l'État et les partenaires",
        decided_by="host and partners",
        source="M17; M56",
        meaning="How far state and partners settle mandates and announcements with one another before they are made.",
    )
