"""Threat by zone and what moves it."""

from ssa_sim.scenario.fields import Group, uncertain

# fmt: off


class SecurityUncertainties(Group):
    """Threat by zone and what moves it."""

    threat_north: float = uncertain(
        0.45, low=0.18, high=0.9, unit="index", source="assumption; F24",
        en="Threat at the start, North",
        fr="Menace au début, Nord",
    )
    threat_centre: float = uncertain(
        0.004, low=0.0015, high=0.03, unit="index", source="assumption; F24",
        en="Threat at the start, Centre",
        fr="Menace au début, Centre",
    )
    threat_south: float = uncertain(
        0.015, low=0.006, high=0.03, unit="index", source="assumption; F24",
        en="Threat at the start, South",
        fr="Menace au début, Sud",
    )
    grievance_north: float = uncertain(
        0.6, low=0.4, high=0.8, unit="index", source="assumption; F25; F26",
        en="Grievance, North",
        fr="Griefs, Nord",
    )
    grievance_centre: float = uncertain(
        0.7, low=0.4, high=0.9, unit="index", source="assumption; F25; F26",
        en="Grievance, Centre",
        fr="Griefs, Centre",
    )
    grievance_south: float = uncertain(
        0.3, low=0.1, high=0.5, unit="index", source="assumption; F25; F26",
        en="Grievance, South",
        fr="Griefs, Sud",
    )
    self_defence_north: float = uncertain(
        0.35, low=0.2, high=0.6, unit="index", source="assumption; F28; M50",
        en="Self-defence groups, North",
        fr="Groupes d'autodéfense, Nord",
    )
    self_defence_centre: float = uncertain(
        0.5, low=0.3, high=0.7, unit="index", source="assumption; F28; M50",
        en="Self-defence groups, Centre",
        fr="Groupes d'autodéfense, Centre",
    )
    self_defence_south: float = uncertain(
        0.2, low=0.05, high=0.4, unit="index", source="assumption; F28; M50",
        en="Self-defence groups, South",
        fr="Groupes d'autodéfense, Sud",
    )
    state_presence_north: float = uncertain(
        0.2, low=0.05, high=0.4, unit="index", source="assumption; F30; F33; M45",
        en="State presence, North",
        fr="Présence de l'État, Nord",
    )
    state_presence_centre: float = uncertain(
        0.4, low=0.2, high=0.6, unit="index", source="assumption; F30; F33; M45",
        en="State presence, Centre",
        fr="Présence de l'État, Centre",
    )
    state_presence_south: float = uncertain(
        0.75, low=0.6, high=0.9, unit="index", source="assumption; F30; F33; M45",
        en="State presence, South",
        fr="Présence de l'État, Sud",
    )
    deaths_north: float = uncertain(
        40.0, low=20.0, high=120.0, unit="deaths a month", source="assumption; F23",
        en="Conflict deaths a month at full threat, North",
        fr="Morts du conflit par mois à menace maximale, Nord",
    )
    deaths_centre: float = uncertain(
        330.0, low=150.0, high=600.0, unit="deaths a month", source="assumption; F23",
        en="Conflict deaths a month at full threat, Centre",
        fr="Morts du conflit par mois à menace maximale, Centre",
    )
    deaths_south: float = uncertain(
        300.0, low=120.0, high=600.0, unit="deaths a month", source="assumption; F23",
        en="Conflict deaths a month at full threat, South",
        fr="Morts du conflit par mois à menace maximale, Sud",
    )
    un_share_north: float = uncertain(
        0.65, low=0.4, high=0.8, unit="share", source="assumption; F20; F33",
        en="UN mission's strength in the North",
        fr="Part de la mission de l'ONU au Nord",
    )
    un_share_centre: float = uncertain(
        0.25, low=0.1, high=0.4, unit="share", source="assumption; F20; F33",
        en="UN mission's strength in the Centre",
        fr="Part de la mission de l'ONU au Centre",
    )
    counter_terrorism_share_north: float = uncertain(
        0.75, low=0.5, high=0.9, unit="share", source="assumption; F20",
        en="Counter-terrorism force in the North",
        fr="Part de la force de contre-terrorisme au Nord",
    )
    counter_terrorism_share_centre: float = uncertain(
        0.2, low=0.05, high=0.4, unit="share", source="assumption; F20",
        en="Counter-terrorism force in the Centre",
        fr="Part de la force de contre-terrorisme au Centre",
    )
    contagion: float = uncertain(
        0.25, low=0.1, high=0.35, unit="1/month", source="assumption; M45; M46",
        en="Growth of threat on fertile ground",
        fr="Croissance de la menace en terrain fertile",
    )
    grievance_weight: float = uncertain(
        0.4, low=0.2, high=0.5, unit="weight", source="assumption; M46; M47",
        en="Weight of grievance in fertile ground",
        fr="Poids des griefs dans le terrain fertile",
    )
    self_defence_weight: float = uncertain(
        0.2, low=0.1, high=0.4, unit="weight", source="assumption; M50",
        en="Weight of self-defence groups in fertile ground",
        fr="Poids des groupes d'autodéfense",
    )
    spillover: float = uncertain(
        0.0002, low=5e-05, high=0.003, unit="1/month", source="assumption; F24; M65",
        en="Spillover from the zone to the north",
        fr="Débordement depuis la zone située au nord",
    )
    neighbours: float = uncertain(
        0.0005, low=0.0, high=0.002, unit="1/month", source="assumption; M65",
        en="Threat that comes across borders",
        fr="Menace venue d'au-delà des frontières",
    )
    shield_effect: float = uncertain(
        0.14, low=0.03, high=0.25, unit="1/month", source="assumption; F27; M64",
        en="How far foreign forces hold threat down",
        fr="Effet des forces étrangères sur la menace",
    )
    shield_half: float = uncertain(
        5000.0, low=2000.0, high=10000.0, unit="soldiers", source="assumption; F20",
        en="Foreign soldiers in a zone for half the effect",
        fr="Soldats étrangers pour la moitié de l'effet",
    )
    army_effect: float = uncertain(
        0.08, low=0.02, high=0.3, unit="1/month", source="assumption; M58",
        en="How far a winning, present army holds threat down",
        fr="Effet d'une armée présente et victorieuse",
    )
    volatility: float = uncertain(
        0.03, low=0.01, high=0.08, unit="index", source="assumption",
        en="Monthly shocks to threat",
        fr="Chocs mensuels sur la menace",
    )
    mines_effect: float = uncertain(
        0.5, low=0.1, high=0.9, unit="share", source="assumption; M51",
        en="Movement lost to mines and ambushes at full threat",
        fr="Mobilité perdue par les mines et embuscades",
    )
    violence_spread: float = uncertain(
        0.5, low=0.2, high=1.0, unit="log standard deviation", source="assumption; BOHORQUEZ2009",
        en="Spread of violence beyond chance counts",
        fr="Dispersion de la violence au-delà du hasard",
    )
    incidents_at_full_threat: float = uncertain(
        150.0, low=60.0, high=300.0, unit="incidents a month", source="assumption; F24",
        en="Incidents a month and zone at full threat",
        fr="Incidents par mois et zone à menace maximale",
    )
    information: float = uncertain(
        0.4, low=0.0, high=0.8, unit="share", source="assumption; M46; M49",
        en="Share of the effect of forces that rests on what people tell them",
        fr="Part de l'effet des forces due aux renseignements de la population",
    )
    vacuum_effect: float = uncertain(
        0.1, low=0.0, high=0.3, unit="index for each half shield", source="assumption; M63",
        en="Threat that fills the room of forces that left",
        fr="Menace qui comble le vide laissé par un départ",
    )
    expulsion_months: float = uncertain(
        6.0, low=2.0, high=12.0, unit="months", source="F35",
        en="Months in which expelled forces leave",
        fr="Mois de départ des forces expulsées",
    )
    handover_months: float = uncertain(
        12.0, low=6.0, high=36.0, unit="months", source="assumption; M63",
        en="Months that hand over 63% of what there is to hand over",
        fr="Mois pour transférer 63 % de ce qui est à transférer",
    )
