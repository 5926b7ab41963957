"""The double task: what operations ask and cost."""

from ssa_sim.scenario.fields import Group, uncertain

# fmt: off


class OperationsUncertainties(Group):
    """The double task: what operations ask and cost."""

    deployment_north: float = uncertain(
        0.35, low=0.2, high=0.5, unit="weight", source="assumption",
        en="Standing plan's weight for the North",
        fr="Poids du Nord dans le plan de déploiement",
    )
    deployment_centre: float = uncertain(
        0.3, low=0.15, high=0.5, unit="weight", source="assumption",
        en="Standing plan's weight for the Centre",
        fr="Poids du Centre dans le plan de déploiement",
    )
    deployment_south: float = uncertain(
        0.35, low=0.2, high=0.5, unit="weight", source="assumption",
        en="Standing plan's weight for the South",
        fr="Poids du Sud dans le plan de déploiement",
    )
    distance_north: float = uncertain(
        0.9, low=0.7, high=1.0, unit="index", source="assumption; M04",
        en="Distance to the training camp, North",
        fr="Distance au camp d'instruction, Nord",
    )
    distance_centre: float = uncertain(
        0.5, low=0.3, high=0.7, unit="index", source="assumption; M04",
        en="Distance to the training camp, Centre",
        fr="Distance au camp d'instruction, Centre",
    )
    distance_south: float = uncertain(
        0.15, low=0.0, high=0.24, unit="index", source="assumption; M04",
        en="Distance to the training camp, South",
        fr="Distance au camp d'instruction, Sud",
    )
    threat_response: float = uncertain(
        0.5, low=0.0, high=1.5, unit="weight", source="assumption",
        en="How far deployments follow the threat",
        fr="Réaction des déploiements à la menace",
    )
    recall_rate: float = uncertain(
        0.1, low=0.0, high=0.4, unit="1/month at full insecurity", source="assumption; M01; M02",
        en="Recall of units from courses",
        fr="Rappel d'unités en stage",
    )
    fatigue_rate: float = uncertain(
        0.07, low=0.03, high=0.12, unit="1/month", source="assumption; M03; F09",
        en="Fatigue on operations",
        fr="Fatigue en opération",
    )
    recovery_rate: float = uncertain(
        0.3, low=0.15, high=0.6, unit="1/month", source="assumption; M03",
        en="Recovery at rest",
        fr="Récupération au repos",
    )
    facilities_gain: float = uncertain(
        0.5, low=0.0, high=1.0, unit="factor", source="assumption",
        en="Gain in recovery from good facilities",
        fr="Gain de récupération dû aux infrastructures",
    )
    contact_rate: float = uncertain(
        0.35, low=0.15, high=0.7, unit="1/month at full threat", source="assumption; F08",
        en="Rate at which a unit is engaged",
        fr="Fréquence des engagements d'une unité",
    )
    foreign_support: float = uncertain(
        0.6, low=0.0, high=1.5, unit="factor", source="assumption; F20; M29",
        en="Support of foreign forces in a contest",
        fr="Appui des forces étrangères au combat",
    )
    decisiveness: float = uncertain(
        1.0, low=0.5, high=2.0, unit="exponent", source="assumption; HIRSHLEIFER1989",
        en="Decisiveness of strength in a contest",
        fr="Caractère décisif du rapport de forces",
    )
    enemy_strength: float = uncertain(
        0.7, low=0.3, high=1.5, unit="readiness", source="assumption",
        en="Armed groups' strength at full threat",
        fr="Force des groupes armés à menace maximale",
    )
    casualty_rate: float = uncertain(
        0.02, low=0.005, high=0.05, unit="share", source="assumption; F23",
        en="Share of a unit killed in a lost engagement",
        fr="Part de l'unité tuée lors d'un revers",
    )
    vehicle_loss: float = uncertain(
        0.05, low=0.01, high=0.15, unit="share", source="assumption; M51",
        en="Share of vehicles lost in a lost engagement",
        fr="Part des véhicules perdus lors d'un revers",
    )
    medical_effect: float = uncertain(
        0.3, low=0.1, high=0.6, unit="share", source="assumption",
        en="Lives saved by full medical support",
        fr="Vies sauvées par un soutien santé complet",
    )
    counter_ied_effect: float = uncertain(
        0.4, low=0.1, high=0.7, unit="share", source="assumption; M51",
        en="Mines and losses averted by full counter-IED support",
        fr="Mines et pertes évitées par une lutte anti-mines complète",
    )
    air_effect: float = uncertain(
        0.3, low=0.0, high=0.8, unit="factor", source="assumption",
        en="Strength gained from full air support of its own",
        fr="Force gagnée par un appui aérien propre complet",
    )
    experience: float = uncertain(
        0.03, low=0.0, high=0.1, unit="share", source="assumption",
        en="Skill gained from an engagement won",
        fr="Compétence acquise lors d'un succès",
    )
    morale_step: float = uncertain(
        0.15, low=0.05, high=0.3, unit="share", source="assumption",
        en="Morale moved by an engagement",
        fr="Effet d'un engagement sur le moral",
    )
    morale_drift: float = uncertain(
        0.15, low=0.05, high=0.3, unit="1/month", source="assumption",
        en="Speed at which morale follows rest and leadership",
        fr="Vitesse d'ajustement du moral",
    )
    desertion_rate: float = uncertain(
        0.02, low=0.005, high=0.06, unit="share", source="assumption; ATES2014",
        en="Desertion after a lost engagement",
        fr="Désertion après un revers",
    )
    required_strength: float = uncertain(
        0.08, low=0.03, high=0.2, unit="ready companies for each company", source="assumption",
        en="Ready strength that covers a zone",
        fr="Force disponible couvrant une zone",
    )
    hold_speed: float = uncertain(
        0.25, low=0.1, high=0.5, unit="1/month", source="assumption",
        en="How fast results change the hold on a zone",
        fr="Vitesse d'évolution du contrôle d'une zone",
    )
    position_step: float = uncertain(
        0.02, low=0.005, high=0.05, unit="share", source="assumption",
        en="Positions won or lost in an engagement",
        fr="Positions gagnées ou perdues par engagement",
    )
    initial_held: float = uncertain(
        0.6, low=0.3, high=0.9, unit="share", source="assumption",
        en="Positions held at the start",
        fr="Positions tenues au début",
    )
    abuse_rate: float = uncertain(
        0.15, low=0.03, high=0.4, unit="probability", source="assumption; M46",
        en="Abuses in an engagement by a unit without leadership",
        fr="Exactions lors d'un engagement d'une unité sans encadrement",
    )
    initial_hold: float = uncertain(
        0.4, low=0.2, high=0.7, unit="share", source="assumption; M31",
        en="Contests won at the start",
        fr="Part de combats gagnés au début",
    )
    initial_fatigue: float = uncertain(
        0.3, low=0.1, high=0.6, unit="index", source="assumption",
        en="Fatigue at the start",
        fr="Fatigue au début",
    )
    initial_morale: float = uncertain(
        0.5, low=0.2, high=0.8, unit="index", source="assumption; M31",
        en="Morale at the start",
        fr="Moral au début",
    )
