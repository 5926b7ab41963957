"""What the training mission offers, to whom, where and on what."""

from typing import Literal

from ssa_sim.scenario.fields import Group, lever


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
