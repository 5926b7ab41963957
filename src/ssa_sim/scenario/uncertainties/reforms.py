"""Resistance to change: what reforms would end, what moves them and what stops them."""

from ssa_sim.scenario.fields import Group, uncertain

# fmt: off


class ReformsUncertainties(Group):
    """Resistance to change: what reforms would end, what moves them and what stops them."""

    pay: float = uncertain(
        200.0, low=100.0, high=400.0, unit="EUR a month", source="assumption; M33",
        en="A soldier's pay",
        fr="Solde d'un soldat",
    )
    skimmed: float = uncertain(
        0.1, low=0.02, high=0.3, unit="share", source="assumption; M33",
        en="Pay kept back by superiors",
        fr="Part de la solde retenue par la hiérarchie",
    )
    supplies: float = uncertain(
        1.39, low=0.5, high=3.1, unit="multiple of all posts' yearly pay", source="assumption; F18; M38",
        en="Purchases of parts, fuel and supplies",
        fr="Achats de pièces, de carburant et de fournitures",
    )
    diverted: float = uncertain(
        0.1, low=0.02, high=0.25, unit="share", source="assumption; M33; M38",
        en="Share of supplies and maintenance money that is diverted",
        fr="Part détournée des fournitures et de la maintenance",
    )
    staffs_base: float = uncertain(
        0.4, low=0.2, high=0.8, unit="share", source="assumption; M35",
        en="What the staffs can do of a reform without help",
        fr="Part de réforme à la portée des états-majors sans aide",
    )
    settling_months: float = uncertain(
        6.0, low=2.0, high=12.0, unit="months", source="assumption; M06",
        en="What a new minister needs to settle",
        fr="Temps d'installation d'un nouveau ministre",
    )
    attention_lost: float = uncertain(
        0.5, low=0.0, high=0.9, unit="share", source="assumption; M02",
        en="Attention that war takes from reform",
        fr="Attention que la guerre retire aux réformes",
    )
    inclination: float = uncertain(
        -1.2, low=-2.5, high=0.0, unit="log odds", source="assumption; F17",
        en="Inclination to reform without will, stakes or rents",
        fr="Penchant pour la réforme sans volonté, enjeu ni rente",
    )
    will_gain: float = uncertain(
        3.0, low=1.0, high=5.0, unit="log odds", source="assumption; BIDDLE2018",
        en="Effect of will on the effort for reform",
        fr="Effet de la volonté sur l'effort de réforme",
    )
    rents_scale: float = uncertain(
        0.052, low=0.017, high=0.17, unit="share of all posts' yearly pay", source="assumption; LADWIG2016; M33; M34",
        en="Money at stake that weighs as much as one unit of log odds",
        fr="Argent en jeu équivalant à une unité de log-cote",
    )
    announcement_weight: float = uncertain(
        0.5, low=0.2, high=0.8, unit="weight", source="assumption; M34",
        en="Weight of what partners announce against what they did",
        fr="Poids de l'annonce face à la pratique des partenaires",
    )
    blocked_below: float = uncertain(
        0.15, low=0.05, high=0.3, unit="probability", source="assumption; F17",
        en="Effort below which a reform is blocked",
        fr="Effort en deçà duquel une réforme est bloquée",
    )
    step: float = uncertain(
        0.06, low=0.02, high=0.12, unit="share", source="assumption; M33",
        en="What a month of movement achieves",
        fr="Progrès d'un mois de mouvement",
    )
    lost: float = uncertain(
        0.15, low=0.0, high=0.4, unit="share", source="assumption; M06",
        en="Unfinished reform lost with a minister",
        fr="Réforme inachevée perdue avec un ministre",
    )
    required: float = uncertain(
        0.1, low=0.05, high=0.3, unit="share of what is left", source="assumption; F16",
        en="Progress in a year that a condition asks for",
        fr="Progrès annuel exigé par une condition",
    )
    belief_step: float = uncertain(
        0.3, low=0.1, high=0.6, unit="share", source="assumption; M34",
        en="What one review teaches about partners",
        fr="Ce qu'un examen apprend sur les partenaires",
    )
    belief_start: float = uncertain(
        0.3, low=0.1, high=0.6, unit="probability", source="assumption; M34",
        en="Belief at the start that money is withheld",
        fr="Croyance initiale en la retenue des fonds",
    )
    resentment_months: float = uncertain(
        12.0, low=6.0, high=36.0, unit="months", source="assumption; M36",
        en="How long withheld money is resented",
        fr="Durée du ressentiment après une retenue",
    )
    audit_gain: float = uncertain(
        0.15, low=0.05, high=0.3, unit="1/month", source="assumption; M33",
        en="Strikings off added by a full personnel system",
        fr="Radiations ajoutées par un système de personnel complet",
    )
    pay_morale: float = uncertain(
        0.5, low=0.0, high=1.0, unit="index", source="assumption; M33",
        en="Morale lost for each share of pay kept back",
        fr="Moral perdu par part de solde retenue",
    )
    wait_gain: float = uncertain(
        0.4, low=0.1, high=0.7, unit="share", source="assumption; F17",
        en="Wait for parts saved by a full logistics system",
        fr="Attente de pièces évitée par un système logistique complet",
    )
