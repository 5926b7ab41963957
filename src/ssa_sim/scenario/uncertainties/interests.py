"""Divergent interests: what those in power want, and what they fear."""

from ssa_sim.scenario.fields import Group, uncertain

# fmt: off


class InterestsUncertainties(Group):
    """Divergent interests: what those in power want, and what they fear."""

    reliance_half: float = uncertain(
        10000.0, low=4000.0, high=20000.0, unit="soldiers", source="assumption; F20; M29",
        en="Foreign soldiers for half of full reliance",
        fr="Soldats étrangers pour la moitié de la dépendance",
    )
    speed: float = uncertain(
        0.05, low=0.02, high=0.15, unit="1/month", source="assumption",
        en="Speed at which reliance and fear change",
        fr="Vitesse d'évolution de la dépendance et de la crainte",
    )
    will_base: float = uncertain(
        0.35, low=0.1, high=0.6, unit="index", source="assumption; M29",
        en="Will to have a capable army, before all else",
        fr="Volonté d'avoir une armée capable, au départ",
    )
    ownership_gain: float = uncertain(
        0.3, low=0.0, high=0.6, unit="index", source="assumption; M13",
        en="Will gained from full ownership",
        fr="Volonté gagnée par une pleine appropriation",
    )
    alarm: float = uncertain(
        0.4, low=0.0, high=0.8, unit="index", source="assumption; M32",
        en="Will gained from a threat that comes near",
        fr="Volonté gagnée par une menace proche",
    )
    moral_hazard: float = uncertain(
        0.3, low=0.0, high=0.6, unit="index", source="assumption; M29; BAPAT2011",
        en="Will lost behind a full foreign shield",
        fr="Volonté perdue derrière un bouclier étranger complet",
    )
    fear_weight: float = uncertain(
        0.2, low=0.0, high=0.5, unit="index", source="assumption; M30",
        en="Will lost to full fear of coups",
        fr="Volonté perdue par crainte des coups d'État",
    )
    fear_base: float = uncertain(
        0.3, low=0.1, high=0.6, unit="index", source="assumption; F21; M30",
        en="Fear of coups from history",
        fr="Crainte des coups d'État héritée de l'histoire",
    )
    fear_gain: float = uncertain(
        2.0, low=0.0, high=5.0, unit="index for each unit of yearly probability", source="assumption; M30",
        en="Fear added by the hazard of a coup",
        fr="Crainte ajoutée par le risque de coup d'État",
    )
    coup_memory: float = uncertain(
        36.0, low=12.0, high=84.0, unit="months", source="assumption; F21",
        en="How long a coup is remembered",
        fr="Mémoire d'un coup d'État",
    )
    months_since_coup: float = uncertain(
        11.0, low=11.0, high=11.0, allowed=(0.0, 720.0), unit="months", source="F21",
        en="Months since the last coup, at the start",
        fr="Mois écoulés depuis le dernier coup d'État, au début",
    )
    coup_base: float = uncertain(
        0.001, low=0.0003, high=0.003, unit="1/month", source="assumption; F21", prior="log_uniform",
        en="Hazard of a coup without defeats, neglect or corruption",
        fr="Risque de coup d'État sans défaites, négligence ni corruption",
    )
    coup_defeats: float = uncertain(
        1.0, low=0.0, high=2.0, unit="log hazard", source="assumption; M31",
        en="Effect of defeats on the hazard of a coup",
        fr="Effet des défaites sur le risque de coup d'État",
    )
    coup_neglect: float = uncertain(
        1.0, low=0.0, high=2.0, unit="log hazard", source="assumption; M31",
        en="Effect of low morale on the hazard of a coup",
        fr="Effet du moral bas sur le risque de coup d'État",
    )
    coup_rents: float = uncertain(
        0.5, low=0.0, high=1.5, unit="log hazard", source="assumption; M31; M38",
        en="Effect of corruption on the hazard of a coup",
        fr="Effet de la corruption sur le risque de coup d'État",
    )
    coup_training: float = uncertain(
        0.0, low=0.0, high=1.5, unit="log hazard", source="assumption; SAVAGE2017; MCLAUCHLIN2022",
        en="Effect of foreign training on the hazard of a coup (contested)",
        fr="Effet de la formation étrangère sur le risque de coup d'État (contesté)",
    )
    rents_half: float = uncertain(
        0.35, low=0.1, high=1.0, unit="share of all posts' yearly pay", source="assumption; M31",
        en="Rents that make half of the effect of corruption",
        fr="Rentes donnant la moitié de l'effet de la corruption",
    )
    coup_estrangement: float = uncertain(
        0.4, low=0.1, high=0.8, unit="share", source="assumption; M56",
        en="Relations lost in a coup",
        fr="Relations perdues lors d'un coup d'État",
    )
    suspension_months: float = uncertain(
        4.0, low=0.0, high=12.0, unit="months", source="assumption; F34",
        en="Suspension of the training mission after a coup",
        fr="Suspension de la mission de formation après un coup d'État",
    )
