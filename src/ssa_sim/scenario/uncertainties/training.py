"""What the mission's courses leave."""

from ssa_sim.scenario.fields import Group, uncertain

# fmt: off


class TrainingUncertainties(Group):
    """What the mission's courses leave."""

    standing_cost: float = uncertain(
        16000000.0, low=12000000.0, high=30000000.0, allowed=(10000000.0, 30000000.0), unit="EUR a year",
        source="assumption; F02; F22",
        en="Common costs of the mission",
        fr="Coûts communs de la mission",
    )
    trainers: float = uncertain(
        165.0, low=120.0, high=200.0, allowed=(50.0, 200.0), unit="trainers", source="assumption; F01; F22",
        en="Trainers and advisers",
        fr="Formateurs et conseillers",
    )
    adviser_posts: float = uncertain(
        50.0, low=40.0, high=60.0, unit="posts", source="F03",
        en="Advisers' posts of the mandate",
        fr="Postes de conseillers du mandat",
    )
    adviser_cost: float = uncertain(
        8000.0, low=4000.0, high=15000.0, unit="EUR a month", source="assumption",
        en="Cost of an adviser",
        fr="Coût d'un conseiller",
    )
    mentor_cost: float = uncertain(
        15000.0, low=8000.0, high=30000.0, unit="EUR a month", source="assumption; M42",
        en="Cost of a mentor",
        fr="Coût d'un mentor",
    )
    mentor_risk: float = uncertain(
        0.01, low=0.002, high=0.03, unit="casualties a mentor and month at full insecurity", source="assumption; M42",
        en="Risk to mentors",
        fr="Risque pour les mentors",
    )
    mentors_a_unit: float = uncertain(
        2.0, low=1.0, high=5.0, unit="mentors", source="assumption; M42",
        en="Mentors that a unit on operations needs",
        fr="Mentors nécessaires par unité",
    )
    site_risk_share: float = uncertain(
        0.1, low=0.02, high=0.4, unit="share of a mentor's", source="assumption; M42",
        en="Risk to trainers away from the camp",
        fr="Risque pour les formateurs hors du camp",
    )
    mentoring_gain: float = uncertain(
        0.5, low=0.1, high=1.0, unit="factor", source="assumption; M42",
        en="Strength gained in contests from mentors",
        fr="Force gagnée grâce aux mentors",
    )
    trainee_week_cost: float = uncertain(
        200.0, low=80.0, high=500.0, unit="EUR a trainee and week", source="assumption",
        en="Cost of instruction",
        fr="Coût de l'instruction",
    )
    away_cost: float = uncertain(
        0.5, low=0.1, high=1.5, unit="share", source="assumption; M04",
        en="Extra cost of instruction away from the camp",
        fr="Surcoût de l'instruction hors du camp",
    )
    trainees_a_trainer: float = uncertain(
        8.0, low=2.0, high=15.0, unit="trainees", source="assumption; F01",
        en="Trainees that a trainer can teach at a time",
        fr="Stagiaires par formateur",
    )
    attendance: float = uncertain(
        0.6, low=0.2, high=0.9, unit="probability a month", source="assumption; M01",
        en="Chance that a resting unit sends a few soldiers",
        fr="Chance qu'une unité au repos envoie quelques soldats",
    )
    release_penalty: float = uncertain(
        0.85, low=0.5, high=1.0, unit="share", source="assumption; M01",
        en="How much rarer it is to release a whole unit",
        fr="Rareté relative de la libération d'une unité entière",
    )
    distance_penalty: float = uncertain(
        0.6, low=0.2, high=0.9, unit="share", source="assumption; M04",
        en="How far distance keeps units away",
        fr="Effet de l'éloignement",
    )
    fatigue_penalty: float = uncertain(
        0.5, low=0.1, high=0.9, unit="share", source="assumption; M03",
        en="How far exhaustion keeps units away",
        fr="Effet de l'épuisement sur la venue",
    )
    pause_months: float = uncertain(
        6.0, low=3.0, high=18.0, unit="months", source="assumption",
        en="Pause between two courses of a unit",
        fr="Pause entre deux stages d'une unité",
    )
    smallest_class: float = uncertain(
        8.0, low=4.0, high=20.0, unit="trainees", source="assumption",
        en="Smallest class",
        fr="Plus petite classe",
    )
    detachment: float = uncertain(
        0.35, low=0.15, high=0.5, unit="share of establishment", source="assumption; F06",
        en="Size of a detachment",
        fr="Taille d'un détachement",
    )
    specialists: float = uncertain(
        0.12, low=0.05, high=0.2, unit="share of establishment", source="assumption; F06",
        en="Specialists sent at a time",
        fr="Spécialistes envoyés à la fois",
    )
    instructors: float = uncertain(
        0.08, low=0.05, high=0.15, unit="share of establishment", source="assumption; F06",
        en="Future instructors sent at a time",
        fr="Futurs instructeurs envoyés à la fois",
    )
    instructors_needed: float = uncertain(
        3.0, low=1.0, high=8.0, unit="instructors a company", source="assumption",
        en="Instructors for full instruction at rest",
        fr="Instructeurs pour une instruction complète",
    )
    basic_weeks: float = uncertain(
        5.0, low=3.0, high=10.0, unit="weeks", source="assumption; M23; HEATHCOTE2000",
        en="Weeks for 63% of basic skill",
        fr="Semaines pour 63 % des bases",
    )
    tactical_after: float = uncertain(
        5.0, low=3.0, high=8.0, unit="weeks", source="assumption; M23",
        en="Weeks before tactical instruction begins",
        fr="Semaines avant l'instruction tactique",
    )
    tactical_weeks: float = uncertain(
        12.0, low=6.0, high=24.0, unit="weeks", source="assumption; M23; HEATHCOTE2000",
        en="Weeks for 63% of tactical skill",
        fr="Semaines pour 63 % du niveau tactique",
    )
    skill_ceiling: float = uncertain(
        0.85, low=0.7, high=1.0, unit="index", source="assumption",
        en="What courses can reach at most",
        fr="Niveau maximal atteint en stage",
    )
    mobile_content: float = uncertain(
        0.7, low=0.4, high=1.0, unit="share", source="assumption; M04",
        en="Content of a mobile team's course",
        fr="Contenu d'un stage d'équipe mobile",
    )
    fatigue_loss: float = uncertain(
        0.5, low=0.1, high=0.9, unit="share", source="assumption; M03",
        en="Learning lost to exhaustion",
        fr="Apprentissage perdu par épuisement",
    )
    kit_dependence: float = uncertain(
        0.5, low=0.2, high=0.8, unit="share", source="assumption; M27",
        en="Instruction that depends on the equipment used",
        fr="Part de l'instruction liée au matériel",
    )
    doctrine_weight: float = uncertain(
        0.4, low=0.1, high=0.7, unit="share", source="assumption; M22",
        en="Doctrine taken over from a full course",
        fr="Doctrine reprise d'un stage complet",
    )
    skill_half_life: float = uncertain(
        13.0, low=8.0, high=18.0, unit="months", source="TATEL2025; ARTHUR1998",
        en="Half-life of unused individual skill",
        fr="Demi-vie des compétences individuelles",
    )
    tactical_half_life: float = uncertain(
        6.5, low=5.0, high=11.0, unit="months", source="TATEL2025; ARTHUR1998",
        en="Half-life of unused tactical skill",
        fr="Demi-vie des compétences tactiques",
    )
    practice: float = uncertain(
        0.08, low=0.02, high=0.15, unit="1/month", source="assumption; M03",
        en="Skill kept alive by use",
        fr="Compétence entretenue par l'usage",
    )
    practice_ceiling: float = uncertain(
        0.4, low=0.25, high=0.6, unit="index", source="assumption",
        en="Level that use alone sustains",
        fr="Niveau entretenu par le seul usage",
    )
    tactical_practice_ceiling: float = uncertain(
        0.25, low=0.1, high=0.4, unit="index", source="assumption",
        en="Tactical level that use alone sustains",
        fr="Niveau tactique entretenu par le seul usage",
    )
    rest_share: float = uncertain(
        0.4, low=0.1, high=0.8, unit="share", source="assumption; M01",
        en="Drill at rest against practice on operations",
        fr="Entraînement au repos par rapport à la pratique en opération",
    )
    academy_resistance: float = uncertain(
        0.5, low=0.0, high=0.9, unit="share", source="assumption; M26",
        en="Instructors whom the hierarchy keeps from teaching, without ownership",
        fr="Instructeurs écartés par la hiérarchie, sans appropriation",
    )
