"""The host's officer-hours and what projects leave."""

from ssa_sim.scenario.fields import Group, uncertain

# fmt: off


class AbsorptionUncertainties(Group):
    """The host's officer-hours and what projects leave."""

    hours_a_project: float = uncertain(
        16.0, low=6.0, high=40.0, unit="officer-hours a month", source="assumption; M16; ROODMAN2006",
        en="Officer-hours that a project claims",
        fr="Heures d'officiers par projet",
    )
    mission_hours: float = uncertain(
        120.0, low=40.0, high=300.0, unit="officer-hours a month", source="assumption; M16",
        en="Officer-hours that the training mission claims",
        fr="Heures d'officiers pour la mission",
    )
    staff_hours: float = uncertain(
        750.0, low=300.0, high=1500.0, unit="officer-hours a month", source="assumption; M35",
        en="Officer-hours of the staffs for partners",
        fr="Heures d'officiers des états-majors",
    )
    hours_an_officer: float = uncertain(
        130.0, low=80.0, high=160.0, unit="officer-hours a month", source="assumption; F13",
        en="Officer-hours of a liaison officer",
        fr="Heures d'un officier de liaison",
    )
    liaison_cost: float = uncertain(
        1500.0, low=500.0, high=4000.0, unit="EUR a month", source="assumption",
        en="Cost of a liaison officer",
        fr="Coût d'un officier de liaison",
    )
    overload: float = uncertain(
        1.5, low=0.8, high=3.0, unit="exponent", source="assumption; M16; ROODMAN2006",
        en="How sharply delivery falls beyond capacity",
        fr="Sensibilité à la surcharge",
    )
    institution_gain: float = uncertain(
        0.5, low=0.0, high=1.0, unit="factor", source="assumption; M39",
        en="Capacity gained from institutional projects",
        fr="Capacité gagnée par les projets institutionnels",
    )
    memory_months: float = uncertain(
        24.0, low=9.0, high=60.0, unit="months", source="assumption; M37",
        en="How long advice and institution building last",
        fr="Durée des acquis du conseil et des institutions",
    )
    institution_scale: float = uncertain(
        3000000.0, low=1000000.0, high=10000000.0, unit="EUR", source="assumption",
        en="Project size for 63% of its reach",
        fr="Taille pour 63 % de la portée",
    )
    failure_below: float = uncertain(
        0.5, low=0.2, high=0.8, unit="share of full delivery", source="assumption; M16",
        en="Delivery below which a project has failed",
        fr="Exécution en deçà de laquelle un projet échoue",
    )
    duplicate_worth: float = uncertain(
        0.5, low=0.2, high=1.0, unit="share", source="assumption; F11",
        en="Worth of a project where others do the same",
        fr="Valeur d'un projet en doublon",
    )
    course_cost: float = uncertain(
        2500.0, low=800.0, high=6000.0, unit="EUR a trainee", source="assumption",
        en="Cost of a trainee on a partner's course",
        fr="Coût d'un stagiaire chez un partenaire",
    )
    course_gain: float = uncertain(
        0.15, low=0.05, high=0.3, unit="share", source="assumption; M23",
        en="Skill gained on a partner's course",
        fr="Compétence acquise chez un partenaire",
    )
    release_share: float = uncertain(
        0.2, low=0.05, high=0.5, unit="share", source="assumption; M01",
        en="Soldiers of a resting unit released for a partner's course",
        fr="Soldats d'une unité au repos libérés pour le stage d'un partenaire",
    )
    mentoring_pace: float = uncertain(
        0.04, low=0.01, high=0.08, unit="1/month", source="assumption; M42",
        en="What a unit gains in a month with mentors",
        fr="Gain mensuel d'une unité mentorée",
    )
    mentors_at_risk: float = uncertain(
        10.0, low=3.0, high=30.0, unit="mentors", source="assumption; M42",
        en="Mentors of a partner beside one unit",
        fr="Mentors d'un partenaire auprès d'une unité",
    )
