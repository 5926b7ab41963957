"""What is said and heard of needs."""

from ssa_sim.scenario.fields import Group, uncertain

# fmt: off


class NeedsUncertainties(Group):
    """What is said and heard of needs."""

    air: float = uncertain(
        0.5, low=0.2, high=0.8, unit="index", source="assumption",
        en="Need for air support",
        fr="Besoin d'appui aérien",
    )
    articulation_base: float = uncertain(
        0.1, low=0.0, high=0.3, unit="index", source="assumption; M09; M35",
        en="Articulation of needs without strategy or advisers",
        fr="Expression des besoins sans stratégie ni conseillers",
    )
    clarity_gain: float = uncertain(
        0.5, low=0.2, high=0.8, unit="factor", source="assumption; M07",
        en="Gain in articulation from clarity",
        fr="Gain d'expression dû à la clarté",
    )
    adviser_gain: float = uncertain(
        0.2, low=0.0, high=0.4, unit="factor", source="assumption; F03",
        en="Gain in articulation from advisers",
        fr="Gain d'expression dû aux conseillers",
    )
    liaison_gain: float = uncertain(
        0.3, low=0.1, high=0.6, unit="factor", source="assumption; F13",
        en="Gain in articulation from liaison officers",
        fr="Gain d'expression dû aux officiers de liaison",
    )
    liaison_scale: float = uncertain(
        6.0, low=2.0, high=15.0, unit="officers", source="assumption; F13",
        en="Liaison officers for 63% of that gain",
        fr="Officiers de liaison pour 63 % de ce gain",
    )
    speed: float = uncertain(
        0.2, low=0.05, high=0.5, unit="1/month", source="assumption; M35",
        en="Speed at which what is said follows what is",
        fr="Vitesse d'actualisation des besoins exprimés",
    )
    insight_base: float = uncertain(
        0.25, low=0.05, high=0.5, unit="share", source="assumption; M11",
        en="What partners hear without paying for dialogue",
        fr="Part entendue sans effort de dialogue",
    )
    dialogue_scale: float = uncertain(
        0.06, low=0.02, high=0.15, unit="share of project cost", source="assumption; M11",
        en="Dialogue for 63% of the rest",
        fr="Effort de dialogue pour 63 % du reste",
    )
    insight_speed: float = uncertain(
        0.15, low=0.05, high=0.4, unit="1/month", source="assumption; M11",
        en="Speed at which a partner's staff come to know needs",
        fr="Vitesse d'apprentissage du personnel d'un partenaire",
    )
    staff_months: float = uncertain(
        12.0, low=6.0, high=36.0, unit="months", source="assumption; M22",
        en="Months between rotations of a partner's staff",
        fr="Mois entre relèves du personnel d'un partenaire",
    )
    handover_loss: float = uncertain(
        0.6, low=0.2, high=0.9, unit="share", source="assumption; M22",
        en="Knowledge lost when a partner's staff rotate",
        fr="Connaissance perdue lors d'une relève",
    )
    noise: float = uncertain(
        0.25, low=0.1, high=0.5, unit="index", source="assumption; M11",
        en="Noise in what partners guess",
        fr="Bruit dans ce que devinent les partenaires",
    )
    data_gain: float = uncertain(
        0.15, low=0.0, high=0.3, unit="index", source="assumption; M35",
        en="Articulation gained from working personnel and logistics systems",
        fr="Expression gagnée par des systèmes de personnel et de logistique",
    )
