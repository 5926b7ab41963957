"""Ministers, priorities and the coming of partners."""

from ssa_sim.scenario.fields import Group, uncertain

# fmt: off


class CalendarUncertainties(Group):
    """Ministers, priorities and the coming of partners."""

    minister_change_rate: float = uncertain(
        0.083, low=0.05, high=0.12, unit="1/month", source="F15; M06",
        en="Rate at which ministers change",
        fr="Fréquence de changement de ministre",
    )
    clarity_lost: float = uncertain(
        0.4, low=0.1, high=0.8, unit="share", source="assumption; M06",
        en="Strategic clarity lost with a minister",
        fr="Clarté stratégique perdue avec un ministre",
    )
    clarity_speed: float = uncertain(
        0.08, low=0.03, high=0.2, unit="1/month", source="assumption; M07",
        en="Speed at which clarity follows the framework",
        fr="Vitesse à laquelle la clarté suit le cadre",
    )
    entry_rate: float = uncertain(
        0.06, low=0.02, high=0.2, unit="1/month", source="assumption; M40; F12", prior="log_uniform",
        en="Rate at which attentive partners come",
        fr="Rythme d'arrivée des partenaires attentifs",
    )
    entry_softness: float = uncertain(
        0.03, low=0.01, high=0.08, unit="insecurity", source="assumption; M40",
        en="Spread of partners' attention around the threshold",
        fr="Étalement de l'attention autour du seuil",
    )
    threshold_spread: float = uncertain(
        0.03, low=0.01, high=0.08, unit="insecurity", source="assumption; M40",
        en="Spread of thresholds within a profile",
        fr="Dispersion des seuils au sein d'un profil",
    )
