"""The partnership: ownership, relations, rivals, expulsion."""

from ssa_sim.scenario.fields import Group, uncertain

# fmt: off


class PartnershipUncertainties(Group):
    """The partnership: ownership, relations, rivals, expulsion."""

    speed: float = uncertain(
        0.05, low=0.02, high=0.15, unit="1/month", source="assumption",
        en="Speed at which ownership and relations change",
        fr="Vitesse de l'appropriation et des relations",
    )
    ownership_start: float = uncertain(
        0.5, low=0.3, high=0.7, unit="index", source="assumption; M13",
        en="Ownership at the start",
        fr="Appropriation au début",
    )
    ownership_base: float = uncertain(
        0.3, low=0.1, high=0.5, unit="index", source="assumption; M13",
        en="Ownership without priorities, fit or consultation",
        fr="Appropriation sans priorités, adéquation ni concertation",
    )
    ownership_clarity: float = uncertain(
        0.3, low=0.1, high=0.5, unit="index", source="assumption; M07; M09",
        en="Ownership from strategic clarity",
        fr="Appropriation due à la clarté stratégique",
    )
    ownership_fit: float = uncertain(
        0.3, low=0.1, high=0.5, unit="index", source="assumption; M13",
        en="Ownership from projects that meet needs",
        fr="Appropriation due à l'adéquation des projets",
    )
    own_means: float = uncertain(
        0.35, low=0.07, high=1.7, unit="share of all posts' yearly pay", source="assumption; M13; M37", prior="log_uniform",
        en="Works under way by the host's own means",
        fr="Travaux en cours sur les moyens propres de l'hôte",
    )  # a quarter of a year's purchases (reforms.supplies); partners have two to seven times as much under way in the baseline
    ownership_consulted: float = uncertain(
        0.15, low=0.0, high=0.3, unit="index", source="assumption; M17",
        en="Ownership from consultation of the state",
        fr="Appropriation due à la concertation avec l'État",
    )
    ownership_crowded: float = uncertain(
        0.4, low=0.1, high=0.7, unit="index", source="assumption; M40",
        en="Ownership lost where partners crowd out officers",
        fr="Appropriation perdue par l'encombrement",
    )
    relations_start: float = uncertain(
        0.6, low=0.4, high=0.8, unit="index", source="assumption; M56",
        en="Relations at the start",
        fr="Relations au début",
    )
    relations_base: float = uncertain(
        0.55, low=0.35, high=0.75, unit="index", source="assumption; M56",
        en="Relations without approval, results or consultation",
        fr="Relations sans approbation, résultats ni concertation",
    )
    relations_approval: float = uncertain(
        0.4, low=0.1, high=0.8, unit="index", source="assumption; M55",
        en="Relations from approval by the population",
        fr="Relations dues à l'approbation de la population",
    )
    relations_results: float = uncertain(
        0.3, low=0.0, high=0.6, unit="index", source="assumption; M55",
        en="Relations from an army that holds",
        fr="Relations dues à une armée qui tient",
    )
    relations_consulted: float = uncertain(
        0.15, low=0.0, high=0.3, unit="index", source="assumption; M17; M56",
        en="Relations from consultation of the state",
        fr="Relations dues à la concertation avec l'État",
    )
    interference: float = uncertain(
        0.15, low=0.0, high=0.4, unit="index", source="assumption; M36; M56",
        en="Relations lost where all conditional money is withheld",
        fr="Relations perdues par la retenue de tous les fonds conditionnels",
    )
    junta_distance: float = uncertain(
        0.3, low=0.1, high=0.5, unit="index", source="assumption; F34; M56",
        en="Relations lost under a junta",
        fr="Relations perdues sous une junte",
    )
    junta_months: float = uncertain(
        24.0, low=12.0, high=48.0, unit="months", source="assumption; F34",
        en="How long a junta stays under pressure",
        fr="Durée d'une junte sous pression",
    )
    desertion: float = uncertain(
        0.15, low=0.0, high=0.4, unit="share for each half shield", source="assumption; M63",
        en="Relations lost when forces leave unasked",
        fr="Relations perdues par un départ non concerté",
    )
    rival_pull: float = uncertain(
        1.5, low=0.0, high=4.0, unit="factor", source="assumption; M28",
        en="How much sooner rivals come where there is room",
        fr="Avance des rivaux là où une place est laissée",
    )
    broken_below: float = uncertain(
        0.2, low=0.1, high=0.35, unit="index", source="assumption; M65",
        en="Relations at which expulsion threatens",
        fr="Relations auxquelles l'expulsion menace",
    )
    broken_softness: float = uncertain(
        0.03, low=0.01, high=0.08, unit="index", source="assumption; M65",
        en="Spread of that threshold",
        fr="Étalement de ce seuil",
    )
    expulsion_rate: float = uncertain(
        0.1, low=0.02, high=0.3, unit="1/month", source="assumption; F35; M65",
        en="Rate of expulsion once relations are broken",
        fr="Rythme d'expulsion une fois les relations rompues",
    )
