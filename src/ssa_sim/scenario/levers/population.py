"""How forces and partners deal with the people they are there for."""

from typing import Literal

from ssa_sim.scenario.fields import Group, lever


class PopulationLevers(Group):
    """How forces and partners deal with the people they are there for."""

    rights_culture: float = lever(
        0.0,
        low=0.0,
        high=1.0,
        unit="index",
        en="Culture of rights and service in the forces",
        fr="Culture du droit et du service dans les forces",
        decided_by="host and partners",
        source="M46; M61",
        meaning="How far rights and service are taught and enforced, abuses being followed up.",
        cost="a monthly cost, booked to partners",
    )
    consultation: float = lever(
        0.0,
        low=0.0,
        high=1.0,
        unit="index",
        en="Consultation of communities",
        fr="Concertation avec les communautés",
        decided_by="host and partners",
        source="M52; M53",
        meaning="How far communities and their leaders have a say in local security and in what is built.",
        cost="a monthly cost, booked to partners",
    )
    communication: float = lever(
        0.0,
        low=0.0,
        high=1.0,
        unit="index",
        en="Communication by foreign forces",
        fr="Communication des forces étrangères",
        decided_by="United Nations and partners",
        source="M55",
        meaning="How far foreign forces explain what they may do and what they do, where there are any.",
        cost="a monthly cost where there are foreign forces, booked to partners",
    )
    differentiation: float = lever(
        0.0,
        low=0.0,
        high=1.0,
        unit="index",
        en="Support that differs by zone",
        fr="Appui différencié selon la zone",
        decided_by="partners and host",
        source="M47; M53",
        meaning="Forces near people in the North, dialogue that brings in local schemes in the Centre, livelihoods in the South.",
        cost="a monthly cost, booked to partners",
    )
    state_return: Literal["none", "sequential", "simultaneous"] = lever(
        "none",
        unit="choice",
        en="Support for the return of the state",
        fr="Appui au retour de l'État",
        decided_by="host and United Nations",
        source="F33; M62",
        meaning="Whether partners support the return of prefects, judges and teachers, zone after zone or everywhere at once.",
        cost="a monthly cost, booked to partners",
    )
