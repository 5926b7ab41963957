"""The policy levers: what somebody could decide, one field each.

The catalogue (``ssa-sim levers``), the scenario schema and the model's records are all derived from these fields.
A lever's baseline is its value in February 2013; ``scenarios/baseline.toml`` holds the dated changes that history brought.
"""

from typing import Literal

from ssa_sim.scenario.fields import Group, lever


class CoordinationLevers(Group):
    """How partners settle who does what."""

    regime: Literal["none", "information", "lead_partner", "host_led", "binding"] = lever(
        "none",
        unit="choice",
        en="Coordination regime",
        fr="Régime de coordination",
        decided_by="partners and host",
        source="M19; M21",
        meaning="Who may ask partners to drop or redirect a duplicate: nobody, nobody but with plans exchanged "
        "(information), a lead partner, the host's ministry, or all bound by a pooled list.",
    )
    forum: Literal["none", "information"] = lever(
        "none",
        unit="choice",
        en="Information forum",
        fr="Instance d'échange d'informations",
        decided_by="partners and host",
        source="F14; M21",
        meaning="A standing meeting in which partners that take part see the plans of those that share them; what any regime "
        "but none brings with it.",
    )
    participation: float = lever(
        0.4,
        low=0.0,
        high=1.0,
        unit="share of partners",
        en="Partners taking part in coordination",
        fr="Partenaires participant à la coordination",
        decided_by="partners",
        source="assumption; F14; M20",
        meaning="Share of partners that come to the forum or submit to the regime.",
    )


class DonorLevers(Group):
    """What drives the partners' choice of projects."""

    needs_weight: float = lever(
        0.15,
        low=0.0,
        high=1.0,
        unit="share",
        en="Weight of needs in partners' choice (demand-driven share)",
        fr="Poids des besoins dans le choix des partenaires (part tirée par la demande)",
        decided_by="partners",
        source="assumption; M10",
        meaning="0: projects follow visibility and the partner's own preferences; 1: they follow the perceived need.",
    )
    dialogue_effort: float = lever(
        0.02,
        low=0.0,
        high=0.3,
        unit="share of project cost",
        en="Spending on dialogue about needs",
        fr="Dépenses de dialogue sur les besoins",
        decided_by="partners",
        source="assumption; M11",
        meaning="Share of each project's cost spent on finding out, with the host, what is needed.",
        cost="taken from the project's own budget",
    )
    institutional_share: float = lever(
        0.0,
        low=0.0,
        high=1.0,
        unit="share of projects",
        en="Projects turned to institution building",
        fr="Projets réorientés vers les institutions",
        decided_by="partners",
        source="M39; M41",
        meaning="Share of projects that go to institutions instead of what partners would have chosen; 0 leaves portfolios as "
        "they are.",
    )
    presence: float = lever(
        1.0,
        low=0.0,
        high=1.0,
        unit="share of partners",
        en="Partners that may be present",
        fr="Partenaires pouvant être présents",
        decided_by="partners",
        source="assumption; M65",
        meaning="Share of all potential partners that come or stay; the others are called home. 0: no partner but the training "
        "mission.",
    )


class TrainingLevers(Group):
    """What the training mission offers, to whom, where and on what."""

    mission: bool = lever(
        True,
        unit="yes/no",
        en="Training mission in the country",
        fr="Mission de formation dans le pays",
        decided_by="member states",
        source="F01; M65",
        meaning="Without it there are no courses, mentors or advisers of the mission, and none of its cost.",
        cost="its standing cost while it is there",
    )

    course_weeks: float = lever(
        12.0,
        low=2.0,
        high=52.0,
        unit="weeks",
        en="Course length",
        fr="Durée du stage",
        decided_by="training mission",
        source="F05; M23",
        meaning="Length of a course, basic instruction first and tactical instruction after it.",
        cost="instruction is booked by trainee and week",
    )
    camp_places: int = lever(
        650,
        low=0,
        high=2600,
        unit="trainees at a time",
        en="Course places",
        fr="Places de stage",
        decided_by="training mission",
        source="assumption; F04",
        meaning="How many soldiers the mission can train at the same time, all sites together, as far as its trainers suffice.",
        cost="instruction is booked by trainee and week",
    )
    focus: Literal["battalions", "sub_units", "specialists", "trainers"] = lever(
        "battalions",
        unit="choice",
        en="What is trained",
        fr="Public formé",
        decided_by="training mission",
        source="F04; F06",
        meaning="Whole companies of a battalion, detachments, individual specialists, or the army's own instructors.",
    )
    recycling: Literal["none", "whole_unit", "newcomers"] = lever(
        "none",
        unit="choice",
        en="Recycling of trained units",
        fr="Recyclage des unités formées",
        decided_by="training mission",
        source="F07; M24",
        meaning="In courses for battalions, whether units come back: not while others wait, all of the unit again, or only those "
        "who joined since.",
    )
    mobile_share: float = lever(
        0.0,
        low=0.0,
        high=1.0,
        unit="share of places",
        en="Mobile training teams",
        fr="Équipes mobiles de formation",
        decided_by="training mission",
        source="assumption; M04",
        meaning="Share of the places offered by teams that travel to the units; shorter contact, no journey to the camp.",
        cost="instruction away from the camp costs more",
    )
    forward_presence: float = lever(
        0.0,
        low=0.0,
        high=1.0,
        unit="share of places",
        en="Permanent presence in Centre and North",
        fr="Présence permanente au Centre et au Nord",
        decided_by="training mission",
        source="assumption; M04; M44",
        meaning="Share of the places offered by permanent sites in the Centre and North, full content, trainers exposed.",
        cost="instruction away from the camp costs more",
    )
    mentoring_share: float = lever(
        0.0,
        low=0.0,
        high=1.0,
        unit="share of trainers",
        en="Mentoring (trainers who accompany units)",
        fr="Mentorat (formateurs accompagnant les unités)",
        decided_by="training mission",
        source="M42; M43",
        meaning="Share of the trainers who accompany units on operations instead of teaching courses.",
        cost="a mentor costs several times a trainer at the camp",
    )
    casualty_cap: int = lever(
        3,
        low=0,
        high=50,
        unit="casualties in 12 months",
        en="Casualties at which mentoring stops",
        fr="Pertes entraînant l'arrêt du mentorat",
        decided_by="member states",
        source="assumption; M42",
        meaning="More casualties than this within a year, among mentors and trainers away from the camp, suspend mentoring for a year.",
    )
    contingent_rotation_months: float = lever(
        6.0,
        low=3.0,
        high=36.0,
        unit="months",
        en="Contingent rotation",
        fr="Rotation des contingents",
        decided_by="member states",
        source="assumption; M22",
        meaning="How long a national contingent teaches before the next, with norms of its own, takes over.",
    )
    common_doctrine: float = lever(
        0.2,
        low=0.0,
        high=1.0,
        unit="share of content",
        en="Common doctrine across contingents",
        fr="Doctrine commune aux contingents",
        decided_by="member states",
        source="assumption; M22",
        meaning="Share of the teaching that follows the host army's agreed doctrine instead of the contingent's own.",
    )
    on_held_kit: float = lever(
        0.2,
        low=0.0,
        high=1.0,
        unit="share of instruction",
        en="Instruction on equipment the unit holds",
        fr="Instruction sur le matériel détenu par l'unité",
        decided_by="training mission",
        source="assumption; M27",
        meaning="Share of the instruction given on the unit's own equipment instead of the mission's.",
    )
    adviser_posts_filled: float = lever(
        0.56,
        low=0.0,
        high=1.0,
        unit="share of posts",
        en="Adviser posts filled",
        fr="Postes de conseillers pourvus",
        decided_by="member states",
        source="F03",
        meaning="Share of the 50 advisers' posts at the ministry and staffs that member states fill.",
        cost="a monthly cost for each adviser",
    )
    feedback: float = lever(
        0.0,
        low=0.0,
        high=1.0,
        unit="share of units",
        en="Feedback on trained units",
        fr="Suivi des unités formées",
        decided_by="training mission and host",
        source="M25; M44",
        meaning="Share of the units that the mission follows after the course, as far as the host shows it their data.",
        cost="a monthly cost for each unit followed",
    )
    mandate_review_months: int = lever(
        24,
        low=3,
        high=60,
        unit="months",
        en="Months between reviews of the mandate",
        fr="Mois entre deux révisions du mandat",
        decided_by="member states",
        source="assumption; M44",
        meaning="How often the mission may change course length, content and place by what it has learned.",
    )


class EquipmentLevers(Group):
    """What comes with a gift, and what comes with a course."""

    with_training: float = lever(
        0.0,
        low=0.0,
        high=1.0,
        unit="share of the gap",
        en="Equipment delivered with training",
        fr="Équipement livré avec la formation",
        decided_by="member states",
        source="M27; M28",
        meaning="Share of a trained unit's missing vehicles that it receives at the end of the course, of the type taught.",
        cost="vehicles at their price",
    )
    support_cover: float = lever(
        0.1,
        low=0.0,
        high=1.0,
        unit="share",
        en="Spares and mechanics with gifts",
        fr="Pièces et mécaniciens fournis avec les dons",
        decided_by="partners",
        source="assumption; M15",
        meaning="Share of given vehicles that come with three years of parts and mechanics.",
        cost="taken from the gift's own budget: fewer vehicles",
    )
    standardisation: float = lever(
        0.1,
        low=0.0,
        high=1.0,
        unit="share of gifts",
        en="Fleet standardisation",
        fr="Standardisation du parc",
        decided_by="partners and host",
        source="assumption; M14",
        meaning="Share of given vehicles that are of the army's standard type instead of the giver's.",
        cost="a premium on the price",
    )


class PersonnelLevers(Group):
    """How the army handles its people."""

    stabilisation: float = lever(
        0.0,
        low=0.0,
        high=1.0,
        unit="share of moves prevented",
        en="Trained soldiers kept in their unit",
        fr="Maintien des soldats formés dans leur unité",
        decided_by="host",
        source="F07; M24",
        meaning="Share of the reassignments of soldiers trained with their unit that a posting rule prevents.",
        cost="a monthly bonus for each soldier so held",
    )
    recruits_per_year: int = lever(
        1800,
        low=0,
        high=6000,
        unit="soldiers a year",
        en="Recruitment",
        fr="Recrutement",
        decided_by="host",
        source="assumption; F18",
        meaning="Recruits who finish basic instruction and join units, a year, as far as there are posts for them.",
        cost="booked as host spending",
    )
    officers_abroad: float = lever(
        0.10,
        low=0.0,
        high=0.5,
        unit="share of officers a year",
        en="Officers sent abroad on courses",
        fr="Officiers envoyés en stage à l'étranger",
        decided_by="partners and host",
        source="assumption; M05",
        meaning="Share of a unit's officers who leave each year for a course abroad of about a year.",
    )
    reassignment_with_hr_system: float = lever(
        0.4,
        low=0.0,
        high=1.0,
        unit="share of moves",
        en="Reassignments left under a working personnel system",
        fr="Mutations restant sous un système de personnel en place",
        decided_by="host",
        source="assumption; F17; M24",
        meaning="What remains of today's reassignments once the personnel system (SIGRH) is fully in place; before, in proportion.",
    )


class OperationsLevers(Group):
    """How hard the army is used."""

    tempo: float = lever(
        0.75,
        low=0.0,
        high=1.0,
        unit="share of units",
        en="Operational tempo",
        fr="Rythme opérationnel",
        decided_by="host",
        source="F08; M01",
        meaning="Share of the units that the general staff wants on operations at any time.",
    )
    rotation_months: float = lever(
        9.0,
        low=1.0,
        high=24.0,
        unit="months",
        en="Months on operations before relief",
        fr="Mois en opération avant relève",
        decided_by="host",
        source="F09",
        meaning="How long a unit stays on operations before it is due for relief.",
    )


class HostLevers(Group):
    """What the ministry gives to the partnership."""

    liaison_officers: int = lever(
        1,
        low=0,
        high=50,
        unit="officers",
        en="Liaison officers for military cooperation",
        fr="Officiers de liaison pour la coopération militaire",
        decided_by="host",
        source="F13; M16",
        meaning="Officers at the ministry whose task is the partners; each adds officer-hours and takes part in dialogue.",
        cost="a monthly cost for each officer",
    )
    strategic_framework: float = lever(
        0.1,
        low=0.0,
        high=1.0,
        unit="index",
        en="Strategic framework",
        fr="Cadre stratégique",
        decided_by="host",
        source="assumption; F18; M07; M09",
        meaning="How far a political framework with priorities exists that partners could follow (0 none, 1 complete).",
    )
    project_cap: int = lever(
        1000,
        low=0,
        high=1000,
        unit="projects",
        en="Cap on parallel projects",
        fr="Plafond de projets simultanés",
        decided_by="host",
        source="M16",
        meaning="How many projects the host lets run at a time; 1000 is no cap in practice.",
    )
    refusal: float = lever(
        0.02,
        low=0.0,
        high=1.0,
        unit="probability",
        en="Host declines offers that meet no need",
        fr="Refus par l'hôte des offres sans besoin réel",
        decided_by="host",
        source="assumption; M12",
        meaning="Probability that the host declines an offer, times how little need for it there is.",
    )
    maintenance_budget: int = lever(
        100_000,
        low=0,
        high=5_000_000,
        unit="EUR a month",
        en="Host's maintenance budget",
        fr="Budget de maintenance de l'hôte",
        decided_by="host",
        source="assumption; M15",
        meaning="What the host spends each month on parts and mechanics for its vehicles.",
        cost="booked as host spending",
    )


class ForeignLevers(Group):
    """The foreign shield; the dated figures are events of the baseline."""

    un_soldiers: int = lever(
        6000,
        low=0,
        high=20_000,
        unit="soldiers",
        en="UN mission, uniformed strength",
        fr="Mission de l'ONU, effectif en uniforme",
        decided_by="United Nations",
        source="assumption; F20",
        meaning="Strength of the UN mission (and of the African mission before it); F20 dates its strength in 2019.",
    )
    counter_terrorism_soldiers: int = lever(
        4000,
        low=0,
        high=10_000,
        unit="soldiers",
        en="Foreign counter-terrorism force, strength",
        fr="Force étrangère de contre-terrorisme, effectif",
        decided_by="partner state",
        source="assumption; F20",
        meaning="Strength of the foreign counter-terrorism operation; F20 dates its strength in 2019.",
    )
    departure_months: int = lever(
        6,
        low=1,
        high=60,
        unit="months",
        en="Months that a withdrawal takes",
        fr="Durée d'un retrait",
        decided_by="United Nations, partner state and host",
        source="F35; M63",
        meaning="A foreign force that is reduced leaves at the pace that would take all of it home in so many months; 1 is abrupt.",
    )
    departure: Literal["unilateral", "agreed", "demanded"] = lever(
        "unilateral",
        unit="choice",
        en="Who decides on a withdrawal",
        fr="Qui décide d'un retrait",
        decided_by="United Nations, partner state and host",
        source="M63; M65; F35",
        meaning="Forces that leave do so by their own decision (unilateral: relations suffer), settled with the host, their "
        "tasks being handed over as far as time allows (agreed), or as the host asks (demanded: neither handover nor breach).",
    )


class ConditionsLevers(Group):
    """Aid that depends on reform."""

    amount: int = lever(
        0,
        low=0,
        high=200_000_000,
        unit="EUR a year",
        en="Conditional aid",
        fr="Aide conditionnelle",
        decided_by="partners",
        source="F16; M34",
        meaning="Budget support that hangs on reform and is reviewed after each twelve months in force.",
        cost="what is paid of it",
    )
    indicators: int = lever(
        13,
        low=1,
        high=30,
        unit="indicators",
        en="Indicators over which conditions are spread",
        fr="Indicateurs entre lesquels se répartissent les conditions",
        decided_by="partners",
        source="F16",
        meaning="The amount is spread evenly over so many indicators, the first three being the personnel system, pay and the "
        "logistics system.",
    )
    credibility: float = lever(
        0.3,
        low=0.0,
        high=1.0,
        unit="probability",
        en="Credibility of conditions",
        fr="Crédibilité des conditions",
        decided_by="partners",
        source="assumption; M34",
        meaning="Probability that the money of an indicator is withheld where nothing moved.",
    )


class PopulationLevers(Group):
    """How forces and partners deal with the people they are there for."""

    rights_culture: float = lever(
        0.0,
        low=0.0,
        high=1.0,
        unit="index",
        en="Culture of rights and service in the forces",
        fr="Culture du droit et du service dans les forces",
        decided_by="host and partners",
        source="M46; M61",
        meaning="How far rights and service are taught and enforced, abuses being followed up.",
        cost="a monthly cost, booked to partners",
    )
    consultation: float = lever(
        0.0,
        low=0.0,
        high=1.0,
        unit="index",
        en="Consultation of communities",
        fr="Concertation avec les communautés",
        decided_by="host and partners",
        source="M52; M53",
        meaning="How far communities and their leaders have a say in local security and in what is built.",
        cost="a monthly cost, booked to partners",
    )
    communication: float = lever(
        0.0,
        low=0.0,
        high=1.0,
        unit="index",
        en="Communication by foreign forces",
        fr="Communication des forces étrangères",
        decided_by="United Nations and partners",
        source="M55",
        meaning="How far foreign forces explain what they may do and what they do.",
        cost="a monthly cost, booked to partners",
    )
    differentiation: float = lever(
        0.0,
        low=0.0,
        high=1.0,
        unit="index",
        en="Support that differs by zone",
        fr="Appui différencié selon la zone",
        decided_by="partners and host",
        source="M47; M53",
        meaning="Forces near people in the North, dialogue that brings in local schemes in the Centre, livelihoods in the South.",
        cost="a monthly cost, booked to partners",
    )
    state_return: Literal["none", "sequential", "simultaneous"] = lever(
        "none",
        unit="choice",
        en="Support for the return of the state",
        fr="Appui au retour de l'État",
        decided_by="host and United Nations",
        source="F33; M62",
        meaning="Whether partners support the return of prefects, judges and teachers, zone after zone or everywhere at once.",
        cost="a monthly cost, booked to partners",
    )


class PartnershipLevers(Group):
    """How host and partners deal with one another."""

    consultation_framework: float = lever(
        0.0,
        low=0.0,
        high=1.0,
        unit="index",
        en="Consultation between state and partners",
        fr="Cadre de concertation entre l'État et les partenaires",
        decided_by="host and partners",
        source="M17; M56",
        meaning="How far state and partners settle mandates and announcements with one another before they are made.",
    )


class CircumstanceLevers(Group):
    """What others do, set by date: no policy, but part of a history or of an exercise."""

    coup: bool = lever(
        False,
        unit="yes/no",
        en="Part of the army takes power",
        fr="Une partie de l'armée prend le pouvoir",
        decided_by="parts of the army",
        source="F34; M31",
        meaning="A coup in the month in which this becomes true, beside those that the model brings about.",
    )
    pressure_north: float = lever(
        0.0,
        low=-0.1,
        high=0.2,
        unit="1/month",
        en="Armed groups' pressure, North",
        fr="Pression des groupes armés, Nord",
        decided_by="armed groups",
        source="assumption; M65",
        meaning="Threat added each month from outside the model while this holds: an offensive, or a truce below zero.",
    )
    pressure_centre: float = lever(
        0.0,
        low=-0.1,
        high=0.2,
        unit="1/month",
        en="Armed groups' pressure, Centre",
        fr="Pression des groupes armés, Centre",
        decided_by="armed groups",
        source="assumption; M65",
        meaning="As in the North.",
    )
    pressure_south: float = lever(
        0.0,
        low=-0.1,
        high=0.2,
        unit="1/month",
        en="Armed groups' pressure, South",
        fr="Pression des groupes armés, Sud",
        decided_by="armed groups",
        source="assumption; M65",
        meaning="As in the North.",
    )


class Levers(Group):
    """All policy levers, by who or what they steer."""

    coordination: CoordinationLevers = CoordinationLevers()
    donors: DonorLevers = DonorLevers()
    training: TrainingLevers = TrainingLevers()
    equipment: EquipmentLevers = EquipmentLevers()
    personnel: PersonnelLevers = PersonnelLevers()
    operations: OperationsLevers = OperationsLevers()
    host: HostLevers = HostLevers()
    foreign: ForeignLevers = ForeignLevers()
    conditions: ConditionsLevers = ConditionsLevers()
    population: PopulationLevers = PopulationLevers()
    partnership: PartnershipLevers = PartnershipLevers()
    circumstances: CircumstanceLevers = CircumstanceLevers()
