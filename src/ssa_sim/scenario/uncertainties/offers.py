"""Supply-driven aid: how partners propose."""

from ssa_sim.scenario.fields import Group, uncertain

# fmt: off


class OffersUncertainties(Group):
    """Supply-driven aid: how partners propose."""

    rate: float = uncertain(
        0.17, low=0.05, high=0.35, unit="1/month", source="assumption; F10", prior="log_uniform",
        en="Rate of proposing with money left",
        fr="Rythme des propositions",
    )
    year_end_pressure: float = uncertain(
        1.5, low=0.0, high=4.0, unit="factor", source="assumption; M10",
        en="Pressure to disburse by the year's end",
        fr="Pression de décaissement en fin d'année",
    )
    size_share: float = uncertain(
        0.4, low=0.15, high=0.8, unit="share of annual budget", source="assumption; F19",
        en="Mean size of a project",
        fr="Taille moyenne d'un projet",
    )
    size_spread: float = uncertain(
        0.6, low=0.3, high=1.0, unit="log standard deviation", source="assumption; F19",
        en="Spread of project sizes",
        fr="Dispersion des tailles de projet",
    )
    budget_spread: float = uncertain(
        0.5, low=0.2, high=1.0, unit="log standard deviation", source="assumption; F19",
        en="Spread of budgets within a profile",
        fr="Dispersion des budgets au sein d'un profil",
    )
    smallest: float = uncertain(
        20000.0, low=5000.0, high=100000.0, unit="EUR", source="assumption",
        en="Smallest project worth proposing",
        fr="Plus petit projet proposé",
    )
    choice_noise: float = uncertain(
        0.08, low=0.02, high=0.2, unit="index", source="assumption",
        en="Chance in the choice of function",
        fr="Hasard dans le choix de la fonction",
    )
    showy_infantry: float = uncertain(
        0.9, low=0.6, high=1.0, unit="index", source="assumption; M10; M39",
        en="How well it shows: infantry",
        fr="Visibilité : infanterie",
    )
    showy_logistics: float = uncertain(
        0.4, low=0.1, high=0.7, unit="index", source="assumption; M10; M39",
        en="How well it shows: logistics",
        fr="Visibilité : logistique",
    )
    showy_human_resources: float = uncertain(
        0.1, low=0.0, high=0.4, unit="index", source="assumption; M10; M39",
        en="How well it shows: human resources",
        fr="Visibilité : ressources humaines",
    )
    showy_command: float = uncertain(
        0.4, low=0.1, high=0.7, unit="index", source="assumption; M10; M39",
        en="How well it shows: command",
        fr="Visibilité : commandement",
    )
    showy_medical: float = uncertain(
        0.6, low=0.3, high=0.9, unit="index", source="assumption; M10; M39",
        en="How well it shows: medical",
        fr="Visibilité : santé",
    )
    showy_counter_ied: float = uncertain(
        0.7, low=0.4, high=1.0, unit="index", source="assumption; M10; M39",
        en="How well it shows: counter ied",
        fr="Visibilité : lutte contre les engins explosifs",
    )
    showy_air: float = uncertain(
        0.5, low=0.2, high=0.8, unit="index", source="assumption; M10; M39",
        en="How well it shows: air",
        fr="Visibilité : air",
    )
    showy_maintenance: float = uncertain(
        0.1, low=0.0, high=0.4, unit="index", source="assumption; M10; M39",
        en="How well it shows: maintenance",
        fr="Visibilité : maintenance",
    )
    course_months: float = uncertain(
        5.0, low=2.0, high=12.0, unit="months", source="assumption",
        en="Duration of a project: course",
        fr="Durée d'un projet : stage",
    )
    equipment_months: float = uncertain(
        8.0, low=3.0, high=18.0, unit="months", source="assumption",
        en="Duration of a project: equipment",
        fr="Durée d'un projet : équipement",
    )
    advice_months: float = uncertain(
        18.0, low=6.0, high=36.0, unit="months", source="assumption",
        en="Duration of a project: advice",
        fr="Durée d'un projet : conseil",
    )
    infrastructure_months: float = uncertain(
        16.0, low=8.0, high=36.0, unit="months", source="assumption",
        en="Duration of a project: infrastructure",
        fr="Durée d'un projet : infrastructure",
    )
    institutional_months: float = uncertain(
        30.0, low=12.0, high=48.0, unit="months", source="assumption",
        en="Duration of a project: institutional",
        fr="Durée d'un projet : réforme institutionnelle",
    )
    mentoring_months: float = uncertain(
        12.0, low=6.0, high=24.0, unit="months", source="assumption; M42",
        en="Duration of a partner's mentoring",
        fr="Durée d'un mentorat de partenaire",
    )
