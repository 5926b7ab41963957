"""Who leaves, who is moved, who arrives."""

from ssa_sim.scenario.fields import Group, uncertain

# fmt: off


class TurnoverUncertainties(Group):
    """Who leaves, who is moved, who arrives."""

    leaving_rate: float = uncertain(
        0.007, low=0.003, high=0.015, unit="1/month", source="assumption; M24",
        en="Rate of leaving the army, at mean fatigue",
        fr="Taux de départ de l'armée à fatigue moyenne",
    )
    reassignment_rate: float = uncertain(
        0.02, low=0.005, high=0.04, unit="1/month", source="F07; M24",
        en="Rate of reassignment to another unit",
        fr="Taux de mutation vers une autre unité",
    )
    ghost_rate: float = uncertain(
        0.35, low=0.1, high=0.7, unit="share", source="assumption; M33",
        en="Leavers whose name stays on the payroll",
        fr="Partants dont le nom reste sur les états de solde",
    )
    audit_rate: float = uncertain(
        0.04, low=0.01, high=0.15, unit="1/month", source="assumption; M33",
        en="Rate at which such names are struck off",
        fr="Rythme de radiation de ces noms",
    )
    ghost_share: float = uncertain(
        0.12, low=0.05, high=0.3, unit="share of payroll", source="assumption; M33",
        en="Ghost soldiers at the start",
        fr="Soldats fantômes au début",
    )
    initial_fill: float = uncertain(
        0.78, low=0.6, high=0.95, unit="share", source="assumption",
        en="Present soldiers at the start, of the establishment",
        fr="Effectif présent au début",
    )
    recruit_skill: float = uncertain(
        0.2, low=0.1, high=0.3, unit="index", source="assumption",
        en="Skill after the army's own basic instruction",
        fr="Compétence après l'instruction de base",
    )
    recruit_cost: float = uncertain(
        1500.0, low=500.0, high=4000.0, unit="EUR a recruit", source="assumption",
        en="Cost of recruiting and basic instruction",
        fr="Coût du recrutement et de l'instruction de base",
    )
    initial_skill: float = uncertain(
        0.25, low=0.15, high=0.35, unit="index", source="assumption; M31",
        en="Mean individual skill at the start",
        fr="Compétence individuelle au début",
    )
    initial_tactical: float = uncertain(
        0.1, low=0.02, high=0.2, unit="index", source="assumption; M31",
        en="Collective skill at the start",
        fr="Compétence collective au début",
    )
    leadership_base: float = uncertain(
        0.5, low=0.3, high=0.7, unit="index", source="assumption; M05",
        en="Leadership with all officers present",
        fr="Encadrement avec tous les officiers",
    )
    leadership_speed: float = uncertain(
        0.1, low=0.03, high=0.3, unit="1/month", source="assumption; M05",
        en="Speed at which leadership follows who is there",
        fr="Vitesse d'ajustement de l'encadrement",
    )
    officers_share: float = uncertain(
        0.05, low=0.03, high=0.08, unit="share", source="assumption",
        en="Officers in a unit",
        fr="Part d'officiers dans une unité",
    )
    officer_return_rate: float = uncertain(
        0.083, low=0.05, high=0.15, unit="1/month", source="assumption; M05",
        en="Rate of return from courses abroad",
        fr="Taux de retour des stages à l'étranger",
    )
    officer_gain: float = uncertain(
        0.3, low=0.0, high=0.6, unit="share", source="assumption; M05",
        en="Leadership gained by an officer's return",
        fr="Gain d'encadrement au retour d'un officier",
    )
    stabilisation_bonus: float = uncertain(
        30.0, low=10.0, high=80.0, unit="EUR a soldier and month", source="assumption",
        en="Bonus for a soldier held in the unit",
        fr="Prime pour un soldat maintenu",
    )
