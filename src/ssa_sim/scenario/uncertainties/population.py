"""Population and state: trust, approval, grievance, self-defence, presence."""

from ssa_sim.scenario.fields import Group, uncertain

# fmt: off


class PopulationUncertainties(Group):
    """Population and state: trust, approval, grievance, self-defence, presence."""

    speed: float = uncertain(
        0.06, low=0.02, high=0.15, unit="1/month", source="assumption; M46",
        en="Speed at which trust and grievance change",
        fr="Vitesse de la confiance et des griefs",
    )
    trust_start: float = uncertain(
        0.26, low=0.15, high=0.4, unit="index", source="F26",
        en="Trust in the forces at the start",
        fr="Confiance envers les forces au début",
    )
    trust_base: float = uncertain(
        0.25, low=0.1, high=0.4, unit="index", source="assumption; F26",
        en="Trust without results or abuses",
        fr="Confiance sans résultats ni exactions",
    )
    trust_results: float = uncertain(
        0.5, low=0.1, high=0.9, unit="index", source="assumption; M55",
        en="Trust earned by full results",
        fr="Confiance gagnée par de pleins résultats",
    )
    trust_service: float = uncertain(
        0.12, low=0.03, high=0.3, unit="index", source="assumption; M61",
        en="Trust earned by rights and service, and by a say",
        fr="Confiance gagnée par les droits, le service et la concertation",
    )
    trust_abuse: float = uncertain(
        0.3, low=0.1, high=0.6, unit="index", source="assumption; M46",
        en="Trust lost to abuses",
        fr="Confiance perdue par les exactions",
    )
    abuse_harm: float = uncertain(
        0.15, low=0.03, high=0.5, unit="1/incident", source="assumption; M46",
        en="A zone's memory taken up by one abuse",
        fr="Empreinte laissée par une exaction",
    )
    abuse_memory_months: float = uncertain(
        9.0, low=3.0, high=24.0, unit="months", source="assumption; M46",
        en="How long abuses are remembered",
        fr="Mémoire des exactions",
    )
    approval_north: float = uncertain(
        0.86, low=0.7, high=0.95, unit="share", source="F27",
        en="Approval of foreign forces at the start, North",
        fr="Approbation des forces étrangères au début, Nord",
    )
    approval_centre: float = uncertain(
        0.61, low=0.45, high=0.75, unit="share", source="F27",
        en="Approval of foreign forces at the start, Centre",
        fr="Approbation des forces étrangères au début, Centre",
    )
    approval_south: float = uncertain(
        0.4, low=0.2, high=0.6, unit="share", source="assumption; F27",
        en="Approval of foreign forces at the start, South",
        fr="Approbation des forces étrangères au début, Sud",
    )
    approval_gain: float = uncertain(
        0.03, low=0.01, high=0.06, unit="1/month", source="assumption; F27; M64",
        en="Approval won by visible results",
        fr="Approbation gagnée par des résultats visibles",
    )
    communication_gain: float = uncertain(
        0.024, low=0.005, high=0.07, unit="1/month behind a full shield", source="assumption; M55",
        en="Approval won by full communication",
        fr="Approbation gagnée par une communication complète",
    )
    disappointment: float = uncertain(
        0.012, low=0.004, high=0.05, unit="1/month at full threat", source="assumption; M55",
        en="Approval worn away by lasting threat",
        fr="Approbation usée par la menace persistante",
    )
    absence_weight: float = uncertain(
        0.5, low=0.1, high=0.9, unit="index", source="assumption; M45",
        en="Grievance from the state's withdrawal",
        fr="Griefs dus au retrait de l'État",
    )
    abuse_weight: float = uncertain(
        0.25, low=0.0, high=0.5, unit="index", source="assumption; M46; LYALL2009; CONDRA2012",
        en="Grievance from abuses (contested)",
        fr="Griefs dus aux exactions (contesté)",
    )
    works_harm: float = uncertain(
        0.01, low=0.0, high=0.03, unit="index a project", source="assumption; M52",
        en="Grievance from works without consultation",
        fr="Griefs dus aux travaux sans concertation",
    )
    consultation_gain: float = uncertain(
        0.08, low=0.02, high=0.2, unit="index", source="assumption; M52; M57",
        en="Grievance relieved by full consultation",
        fr="Griefs apaisés par une concertation complète",
    )
    livelihoods_gain: float = uncertain(
        0.1, low=0.03, high=0.25, unit="index", source="assumption; M47; M54",
        en="Grievance relieved by livelihoods in the South",
        fr="Griefs apaisés par l'emploi au Sud",
    )
    arming: float = uncertain(
        0.03, low=0.01, high=0.08, unit="1/month", source="assumption; M50; M53",
        en="Arming of communities that are left alone",
        fr="Armement des communautés laissées seules",
    )
    disarming: float = uncertain(
        0.05, low=0.02, high=0.12, unit="1/month", source="assumption; F28",
        en="Disarming where trusted forces are near or dialogue works",
        fr="Désarmement par la proximité ou le dialogue",
    )
    dialogue_weight: float = uncertain(
        0.15, low=0.05, high=0.5, unit="weight", source="assumption; F28; M53",
        en="Weight of full dialogue beside that of trusted forces",
        fr="Poids d'un dialogue complet face à celui de forces de confiance",
    )
    return_pace: float = uncertain(
        0.008, low=0.002, high=0.02, unit="1/month", source="assumption; F33; M58",
        en="Return of the state where it is safe",
        fr="Retour de l'État là où c'est sûr",
    )
    return_effort: float = uncertain(
        0.02, low=0.005, high=0.05, unit="1/month", source="assumption; F33",
        en="Return added by full effort",
        fr="Retour ajouté par un effort complet",
    )
    return_done: float = uncertain(
        0.8, low=0.6, high=0.95, unit="index", source="assumption; M62",
        en="Presence at which a sequential return moves on",
        fr="Présence à partir de laquelle un retour séquentiel avance",
    )
    withdrawal_pace: float = uncertain(
        0.025, low=0.01, high=0.06, unit="1/month at full threat", source="assumption; F30; M45",
        en="Withdrawal of the state under threat",
        fr="Retrait de l'État sous la menace",
    )
    vacuum_loss: float = uncertain(
        0.3, low=0.1, high=0.6, unit="share", source="assumption; M63",
        en="State presence lost with those who protected it",
        fr="Présence de l'État perdue avec ceux qui la protégeaient",
    )
    rights_effect: float = uncertain(
        0.6, low=0.3, high=0.9, unit="share", source="assumption; M46; M61",
        en="Abuses averted by a full culture of rights and service",
        fr="Exactions évitées par une pleine culture du droit et du service",
    )
    rights_cost: float = uncertain(
        100000.0, low=30000.0, high=300000.0, unit="EUR a month", source="assumption",
        en="Cost of teaching and enforcing rights and service",
        fr="Coût de la formation aux droits et au service",
    )
    consultation_cost: float = uncertain(
        150000.0, low=50000.0, high=400000.0, unit="EUR a month", source="assumption",
        en="Cost of full consultation",
        fr="Coût d'une concertation complète",
    )
    communication_cost: float = uncertain(
        80000.0, low=20000.0, high=200000.0, unit="EUR a month", source="assumption",
        en="Cost of full communication",
        fr="Coût d'une communication complète",
    )
    differentiation_cost: float = uncertain(
        1500000.0, low=500000.0, high=4000000.0, unit="EUR a month", source="assumption",
        en="Cost of full support by zone",
        fr="Coût d'un appui complet par zone",
    )
    return_cost: float = uncertain(
        1000000.0, low=300000.0, high=3000000.0, unit="EUR a month", source="assumption; F33",
        en="Cost of supporting the return of the state",
        fr="Coût de l'appui au retour de l'État",
    )
