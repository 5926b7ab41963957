"""How the parts of readiness combine."""

from ssa_sim.scenario.fields import Group, uncertain

# fmt: off


class ReadinessUncertainties(Group):
    """How the parts of readiness combine."""

    weight_fill: float = uncertain(
        0.15, low=0.075, high=0.225, unit="weight", source="assumption",
        en="Weight in readiness: present soldiers",
        fr="Poids dans la disponibilité : effectif présent",
    )
    weight_skill: float = uncertain(
        0.15, low=0.075, high=0.225, unit="weight", source="assumption",
        en="Weight in readiness: individual skill",
        fr="Poids dans la disponibilité : compétence individuelle",
    )
    weight_collective: float = uncertain(
        0.2, low=0.1, high=0.3, unit="weight", source="assumption",
        en="Weight in readiness: collective skill",
        fr="Poids dans la disponibilité : compétence collective",
    )
    weight_kit: float = uncertain(
        0.15, low=0.075, high=0.225, unit="weight", source="assumption",
        en="Weight in readiness: equipment",
        fr="Poids dans la disponibilité : équipement",
    )
    weight_doctrine: float = uncertain(
        0.05, low=0.025, high=0.075, unit="weight", source="assumption",
        en="Weight in readiness: doctrinal consistency",
        fr="Poids dans la disponibilité : cohérence doctrinale",
    )
    weight_leadership: float = uncertain(
        0.15, low=0.075, high=0.225, unit="weight", source="assumption",
        en="Weight in readiness: leadership",
        fr="Poids dans la disponibilité : encadrement",
    )
    weight_condition: float = uncertain(
        0.15, low=0.075, high=0.225, unit="weight", source="assumption",
        en="Weight in readiness: fatigue and morale",
        fr="Poids dans la disponibilité : fatigue et moral",
    )
    team_exponent: float = uncertain(
        1.0, low=0.5, high=1.5, unit="exponent", source="assumption; OLIVER1999; MULLEN1994",
        en="Collective skill against share still together",
        fr="Compétence collective et part restée ensemble",
    )
    team_floor: float = uncertain(
        0.5, low=0.2, high=0.8, unit="share", source="assumption; OLIVER1999; MULLEN1994",
        en="Collective skill that a team keeps with none of those who trained",
        fr="Compétence collective conservée sans aucun des formés",
    )
    kit_knowledge: float = uncertain(
        0.5, low=0.2, high=0.8, unit="share", source="assumption; M27",
        en="Worth of equipment that depends on knowing it",
        fr="Part de l'équipement liée à sa connaissance",
    )
    confusion: float = uncertain(
        0.6, low=0.2, high=1.0, unit="share", source="assumption; M22",
        en="Readiness part lost to full doctrinal dispersion",
        fr="Part perdue par dispersion doctrinale",
    )
    floor: float = uncertain(
        0.02, low=0.01, high=0.05, unit="index", source="assumption",
        en="Least value of a part in the combination",
        fr="Valeur minimale d'une composante",
    )
    fatigue_weight: float = uncertain(
        0.6, low=0.3, high=0.9, unit="share", source="assumption; M03",
        en="Condition lost to full fatigue",
        fr="Condition perdue par fatigue",
    )
    morale_weight: float = uncertain(
        0.4, low=0.1, high=0.7, unit="share", source="assumption",
        en="Condition lost to lost morale",
        fr="Condition perdue par perte de moral",
    )
