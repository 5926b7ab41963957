"""The mechanisms that an analysis may switch off to see what each one causes. All are on in every real scenario."""

from ssa_sim.scenario.fields import Group, switch


class Mechanisms(Group):
    """One switch for each challenge's main mechanism; off means that the model behaves as if it did not exist."""

    turnover: bool = switch(
        en="Soldiers are reassigned between units",
        fr="Les soldats changent d'unité",
        source="M24; F07",
    )
    skill_decay: bool = switch(
        en="Unused skill decays",
        fr="Les compétences non pratiquées se perdent",
        source="ARTHUR1998",
    )
    doctrinal_confusion: bool = switch(
        en="Contingents and partners bring doctrines of their own",
        fr="Contingents et partenaires apportent leurs propres doctrines",
        source="M22",
    )
    equipment_mismatch: bool = switch(
        en="Instruction on equipment that the unit does not hold is lost",
        fr="L'instruction sur un matériel non détenu est perdue",
        source="M27",
    )
    absorption_limit: bool = switch(
        en="Projects beyond the host's officer-hours suffer",
        fr="Les projets au-delà des heures d'officiers de l'hôte en pâtissent",
        source="M16; M35",
    )
    supply_bias: bool = switch(
        en="Partners choose by visibility and preference",
        fr="Les partenaires choisissent selon la visibilité et leurs préférences",
        source="M10; M09",
    )
    breakdowns: bool = switch(
        en="Vehicles break down",
        fr="Les véhicules tombent en panne",
        source="M15",
    )
    exhaustion: bool = switch(
        en="Operations exhaust units",
        fr="Les opérations épuisent les unités",
        source="M03",
    )
    divergent_interests: bool = switch(
        en="Shield, fear of coups and threat decide how much an army is wanted",
        fr="Bouclier, crainte des coups d'État et menace décident de la volonté d'avoir une armée",
        source="M29; M30; M32",
    )
    rents: bool = switch(
        en="People live on ghosts, skimmed pay and diverted supplies",
        fr="Des rentes vivent des soldats fantômes, des soldes retenues et des fournitures détournées",
        source="M33; M38",
    )
    grievance: bool = switch(
        en="Abuses, neglect and absence of the state feed grievance and self-defence",
        fr="Exactions, abandon et absence de l'État nourrissent griefs et autodéfense",
        source="M45; M46; M53",
    )
