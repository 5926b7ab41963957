"""Learning: what the training mission hears and remembers."""

from ssa_sim.scenario.fields import Group, uncertain

# fmt: off


class LearningUncertainties(Group):
    """Learning: what the training mission hears and remembers."""

    access_base: float = uncertain(
        0.3, low=0.1, high=0.6, unit="share", source="assumption; M36",
        en="Data that the host shows whatever the relations",
        fr="Données montrées quelles que soient les relations",
    )
    shield_reports: float = uncertain(
        0.04, low=0.0, high=0.15, unit="share of units", source="assumption; M25",
        en="Units on which forces fighting beside them report",
        fr="Unités signalées par les forces alliées",
    )
    months_a_report: float = uncertain(
        6.0, low=2.0, high=12.0, unit="months", source="assumption; M25",
        en="Months between two reports on a tracked unit",
        fr="Mois entre deux rapports sur une unité suivie",
    )
    absent_months: float = uncertain(
        24.0, low=12.0, high=48.0, unit="months", source="assumption; M04",
        en="Months without a course after which a unit counts as absent",
        fr="Mois sans stage au-delà desquels une unité est absente",
    )
    reports_needed: float = uncertain(
        20.0, low=5.0, high=60.0, unit="reports", source="assumption; M44",
        en="Reports for 63% of what can be known",
        fr="Rapports pour 63 % de ce qui peut être su",
    )
    memory_months: float = uncertain(
        36.0, low=12.0, high=96.0, unit="months", source="assumption; M22",
        en="How long the mission remembers",
        fr="Mémoire de la mission",
    )
    handover_loss: float = uncertain(
        0.3, low=0.1, high=0.7, unit="share", source="assumption; M22",
        en="Knowledge lost when contingents rotate",
        fr="Connaissance perdue à la rotation",
    )
    step: float = uncertain(
        0.5, low=0.1, high=0.9, unit="share", source="assumption; M44",
        en="What one review changes of what is known to be wrong",
        fr="Part corrigée à chaque révision",
    )
    most_weeks: float = uncertain(
        18.0, low=12.0, high=30.0, unit="weeks", source="assumption; F05",
        en="Longest course that the mission would choose by itself",
        fr="Stage le plus long que la mission choisirait d'elle-même",
    )
    tracking_cost: float = uncertain(
        800.0, low=200.0, high=2500.0, unit="EUR a unit and month", source="assumption; M25",
        en="Cost of tracking a unit",
        fr="Coût du suivi d'une unité",
    )
