"""What is measured: the catalogue of outcomes. Written by `rules/record.py`, one number a month each."""

from functools import cache
from typing import Literal, NamedTuple

Language = Literal["en", "fr"]
Better = Literal["higher", "lower"]
Summary = Literal["final", "total", "mean"]


FRENCH_UNITS: dict[str, str] = {
    "EUR": "euros",
    "coups": "coups d’État",
    "expulsions": "expulsions",
    "million EUR a year": "millions d’euros par an",
    "probability a year": "probabilité par an",
    "weeks": "semaines",
    "casualties": "pertes",
    "changes": "changements",
    "contingents": "contingents",
    "deaths": "morts",
    "incidents": "incidents",
    "index 0-1": "indice de 0 à 1",
    "million EUR": "millions d’euros",
    "names": "noms",
    "partners": "partenaires",
    "projects": "projets",
    "ratio": "rapport",
    "share": "part",
    "soldiers": "soldats",
    "vehicles": "véhicules",
}
"""The units of outcomes in French."""


class Outcome(NamedTuple):
    """One measured quantity.

    `better` is the direction that a reader would wish for, all else equal; `summary` says how the months make one
    number for the run: the last month, the sum over all months, or their mean (over the months where it is defined).
    `headline` outcomes are shown first.
    """

    name: str
    label_en: str
    label_fr: str
    unit: str
    better: Better
    definition: str
    summary: Summary = "final"
    headline: bool = False

    def label(self, language: Language) -> str:
        """What it is called in a language."""
        return self.label_fr if language == "fr" else self.label_en

    def unit_in(self, language: Language) -> str:
        """Its unit in a language."""
        return FRENCH_UNITS[self.unit] if language == "fr" else self.unit


OUTCOMES: tuple[Outcome, ...] = (
    Outcome("completions", "Course completions", "Stages achevés", "soldiers", "higher",
            "Soldiers who completed a course of the training mission since the start; a soldier counts each time (F06).",
            headline=True),
    Outcome("ready_soldiers", "Ready soldiers", "Soldats opérationnels", "soldiers", "higher",
            "Sum over units of present soldiers times their unit's readiness.", headline=True),
    Outcome("readiness", "Force readiness", "Disponibilité opérationnelle", "index 0-1", "higher",
            "Mean readiness of soldiers in units: a weighted harmonic mean of its seven parts.", headline=True),
    Outcome("trained_in_unit", "Trained and still in their unit", "Formés et restés dans leur unité", "soldiers", "higher",
            "Soldiers who are in the unit with which they were trained.", headline=True),
    Outcome("retention_at_retraining", "Retention at retraining", "Maintien au recyclage", "share", "higher",
            "Of the soldiers of a unit's last course, the share still in it when it came back; mean of all so far (F07)."),
    Outcome("deaths", "Conflict deaths", "Morts du conflit", "deaths", "lower",
            "Deaths in the conflict, all zones, in the month (700 a zone at most); a run's number is their sum (F23).", "total", True),
    Outcome("insecurity", "Insecurity", "Insécurité", "index 0-1", "lower",
            "Mean threat over the three zones; a run's number is the mean over its months.", "mean", True),
    Outcome("duplication", "Duplicated projects", "Projets en doublon", "share", "lower",
            "Running projects that began where another partner's ran with the same kind, function and zone (F11).",
            "mean", True),
    Outcome("need_alignment", "Aid aligned with needs", "Aide alignée sur les besoins", "share", "higher",
            "Euros of running projects, each weighted by the unmet need for its function against the greatest unmet need.",
            "mean", True),
    Outcome("aid_spent", "Aid spent", "Aide dépensée", "million EUR", "lower",
            "Euros spent by partners and the training mission since the start."),
    Outcome("total_spent", "Spent by partners and host", "Dépenses des partenaires et de l'hôte", "million EUR", "lower",
            "Aid spent, and what the host spends on recruitment, maintenance, liaison and bonuses, since the start.",
            headline=True),
    Outcome("cost_per_completion", "Cost per completion", "Coût par stage achevé", "EUR", "lower",
            "The mission's spending since the start over its completions."),
    Outcome("cost_per_ready_soldier", "Cost per ready soldier", "Coût par soldat opérationnel", "EUR", "lower",
            "Aid spent since the start over the ready soldiers of the month."),
    Outcome("fill_rate", "Fill", "Taux d'effectif", "share", "higher",
            "Present soldiers over establishment: a part of readiness."),
    Outcome("individual_skill", "Individual skill", "Compétence individuelle", "index 0-1", "higher",
            "Mean individual skill: a part of readiness."),
    Outcome("collective_skill", "Collective skill", "Compétence collective", "index 0-1", "higher",
            "Tactical skill held by the share still together: a part of readiness."),
    Outcome("equipment", "Usable equipment", "Équipement utilisable", "index 0-1", "higher",
            "Working vehicles over need, less what soldiers do not know: a part of readiness."),
    Outcome("doctrine_consistency", "Doctrinal consistency", "Cohérence doctrinale", "index 0-1", "higher",
            "What doctrinal dispersion leaves: a part of readiness."),
    Outcome("leadership", "Leadership", "Encadrement", "index 0-1", "higher",
            "Leadership by officers present: a part of readiness."),
    Outcome("condition", "Condition", "Condition", "index 0-1", "higher",
            "What fatigue and morale leave: a part of readiness."),
    Outcome("on_operations", "Units on operations", "Unités en opération", "share", "lower",
            "Share of units on operations (F08).", "mean"),
    Outcome("soldiers", "Soldiers", "Soldats", "soldiers", "higher", "Soldiers in units or between two units."),
    Outcome("ghosts", "Ghost soldiers", "Soldats fantômes", "names", "lower",
            "Names on units' payroll without a soldier (M33)."),
    Outcome("doctrine_dispersion", "Doctrinal dispersion", "Dispersion doctrinale", "index 0-1", "lower",
            "One less the sum of squared shares of doctrine lineages, mean over soldiers (M22)."),
    Outcome("contingents", "Contingents so far", "Contingents successifs", "contingents", "lower",
            "National contingents that have taught since the start."),
    Outcome("vehicles", "Vehicles", "Véhicules", "vehicles", "higher", "Vehicles working, broken or in depot."),
    Outcome("kit_availability", "Vehicle availability", "Disponibilité des véhicules", "share", "higher",
            "Working vehicles over all vehicles, those in depot included."),
    Outcome("kit_match", "Vehicles that soldiers know", "Véhicules connus des soldats", "share", "higher",
            "Working vehicles weighted by the share of the unit's soldiers who know their type (M27)."),
    Outcome("never_deployed", "Gifts never deployed", "Dons jamais déployés", "share", "lower",
            "Given vehicles written off without having served, of all given so far (M15)."),
    Outcome("abandoned", "Vehicles abandoned", "Véhicules abandonnés", "vehicles", "lower",
            "Vehicles left behind broken since the start (M15)."),
    Outcome("active_projects", "Active projects", "Projets en cours", "projects", "lower",
            "Partners' projects under way (F10).", "mean"),
    Outcome("active_partners", "Active partners", "Partenaires actifs", "partners", "lower",
            "Partners present besides the training mission.", "mean"),
    Outcome("partners_ever", "Partners so far", "Partenaires depuis le début", "partners", "lower",
            "Partners that have been present at some time (F12)."),
    Outcome("partner_completions", "Partners' course completions", "Stages achevés chez les partenaires", "soldiers",
            "higher", "Soldiers who completed a course of a partner other than the mission since the start."),
    Outcome("fragmentation", "Donor fragmentation", "Fragmentation des donateurs", "index 0-1", "lower",
            "One less the sum of squared shares of present partners' budgets (KNACKRAHMAN2007).", "mean"),
    Outcome("projects_failed", "Projects failed", "Projets échoués", "share", "lower",
            "Ended projects that delivered too little to hand anything over, of all ended so far."),
    Outcome("absorption_load", "Absorption load", "Charge d'absorption", "ratio", "lower",
            "Officer-hours claimed by projects over those that the host has (M16).", "mean"),
    Outcome("delivery", "Delivery", "Exécution", "share", "higher",
            "Share of a month's project work that gets done.", "mean"),
    Outcome("needs_articulated", "Articulation of needs", "Expression des besoins", "index 0-1", "higher",
            "How well the host can say what its units need (M09).", "mean"),
    Outcome("ministers", "Changes of minister", "Changements de ministre", "changes", "lower",
            "Changes of defence minister since the start (F15)."),
    Outcome("mission_spent", "Training mission's spending", "Dépenses de la mission", "million EUR", "lower",
            "Standing costs, instruction, advisers, mentors and vehicles with training, since the start."),
    Outcome("host_spent", "Host's spending on these policies", "Dépenses de l'hôte", "million EUR", "lower",
            "Recruitment, maintenance, liaison officers and stabilisation bonuses since the start."),
    Outcome("casualties", "Soldiers killed", "Soldats tués", "soldiers", "lower", "The army's dead since the start."),
    Outcome("desertions", "Desertions", "Désertions", "soldiers", "lower", "Deserters since the start."),
    Outcome("departures", "Departures", "Départs", "soldiers", "lower",
            "Soldiers who left the army otherwise since the start."),
    Outcome("mentor_casualties", "Mission casualties", "Pertes de la mission", "casualties", "lower",
            "Casualties among mentors, and trainers away from the camp, since the start (M42)."),
    Outcome("contests_won", "Engagements won", "Engagements remportés", "share", "higher",
            "Share of the month's engagements that the army won.", "mean"),
    Outcome("army_hold", "Army's hold", "Contrôle par l'armée", "share", "higher",
            "Engagements won of late, mean over the zones: the note's minimum is to hold.", "mean"),
    Outcome("positions_held", "Positions held", "Positions tenues", "share", "higher",
            "Share of its positions that the army holds, mean over the zones."),
    Outcome("abuses", "Abuses of civilians", "Exactions contre des civils", "incidents", "lower",
            "Abuses of civilians by units on operations since the start (M46)."),
    Outcome("incidents", "Security incidents", "Incidents de sécurité", "incidents", "lower",
            "Incidents in the month; a run's number is their sum.", "total"),
    Outcome("threat_north", "Threat, North", "Menace, Nord", "index 0-1", "lower", "Threat in the North."),
    Outcome("threat_centre", "Threat, Centre", "Menace, Centre", "index 0-1", "lower", "Threat in the Centre (F24)."),
    Outcome("threat_south", "Threat, South", "Menace, Sud", "index 0-1", "lower", "Threat in the South."),
    Outcome("deaths_north", "Conflict deaths, North", "Morts du conflit, Nord", "deaths", "lower",
            "Deaths in the North in the month; a run's number is their sum.", "total"),
    Outcome("deaths_centre", "Conflict deaths, Centre", "Morts du conflit, Centre", "deaths", "lower",
            "Deaths in the Centre in the month; a run's number is their sum.", "total"),
    Outcome("deaths_south", "Conflict deaths, South", "Morts du conflit, Sud", "deaths", "lower",
            "Deaths in the South in the month; a run's number is their sum.", "total"),
    Outcome("transaction_costs", "Transaction costs", "Coûts de transaction", "share", "lower",
            "Share of the month's payments on projects that buys no project work: dialogue, and work in which the host had no "
            "hours to take part (M16).", "mean"),
    Outcome("reform_hr", "Personnel system in place", "Système de personnel en place", "index 0-1", "higher",
            "How far the personnel system (SIGRH) is in place (F17)."),
    Outcome("reform_pay", "Pay reform in place", "Réforme de la solde en place", "index 0-1", "higher",
            "How far pay reaches soldiers in full (M33)."),
    Outcome("reform_logistics", "Logistics system in place", "Système logistique en place", "index 0-1", "higher",
            "How far the logistics system (SILOG) is in place (F17)."),
    Outcome("reforms_blocked", "Reforms blocked", "Réformes bloquées", "share", "lower",
            "Share of the three reforms behind which there is too little effort to move at all.", "mean"),
    Outcome("rents", "Rents at stake", "Rentes en jeu", "million EUR a year", "lower",
            "Pay of ghosts, pay kept back and supplies diverted, that reforms would end (M33, M38).", "mean"),
    Outcome("will", "Will to have a capable army", "Volonté d'avoir une armée capable", "index 0-1", "higher",
            "What ownership, a near threat, the foreign shield and fear of coups leave of it (M29, M30, M32).", "mean"),
    Outcome("ownership", "Host's ownership", "Appropriation par l'hôte", "index 0-1", "higher",
            "How far the host has what is done for it in its own hands (M13, M40)."),
    Outcome("reliance", "Reliance on foreign forces", "Dépendance envers les forces étrangères", "index 0-1", "lower",
            "How far the host has come to count on foreign forces (M29).", "mean"),
    Outcome("coup_fear", "Fear of coups", "Crainte des coups d'État", "index 0-1", "lower",
            "How much those in power fear their army (M30).", "mean"),
    Outcome("coup_hazard", "Hazard of a coup", "Risque de coup d'État", "probability a year", "lower",
            "Probability of a coup within a year at the month's hazard (M31).", "mean"),
    Outcome("coups", "Coups", "Coups d'État", "coups", "lower", "Coups since the start, drawn or dated (F34)."),
    Outcome("conditions_paid", "Conditional aid paid", "Aide conditionnelle versée", "million EUR", "lower",
            "Conditional aid paid since the start (F16)."),
    Outcome("conditions_withheld", "Conditional aid withheld", "Aide conditionnelle retenue", "million EUR", "lower",
            "Conditional aid withheld since the start (F16)."),
    Outcome("trust", "Trust in the forces", "Confiance envers les forces", "index 0-1", "higher",
            "The population's trust in the forces, mean over the zones (F26)."),
    Outcome("trust_north", "Trust in the forces, North", "Confiance envers les forces, Nord", "index 0-1", "higher",
            "Trust in the forces in the North."),
    Outcome("trust_centre", "Trust in the forces, Centre", "Confiance envers les forces, Centre", "index 0-1", "higher",
            "Trust in the forces in the Centre."),
    Outcome("trust_south", "Trust in the forces, South", "Confiance envers les forces, Sud", "index 0-1", "higher",
            "Trust in the forces in the South."),
    Outcome("approval", "Approval of foreign forces", "Approbation des forces étrangères", "share", "higher",
            "Share of the population that sees foreign forces as a source of security, mean over the zones (F27)."),
    Outcome("approval_north", "Approval of foreign forces, North", "Approbation des forces étrangères, Nord", "share", "higher",
            "Approval of foreign forces in the North."),
    Outcome("approval_centre", "Approval of foreign forces, Centre", "Approbation des forces étrangères, Centre", "share", "higher",
            "Approval of foreign forces in the Centre."),
    Outcome("approval_south", "Approval of foreign forces, South", "Approbation des forces étrangères, Sud", "share", "higher",
            "Approval of foreign forces in the South."),
    Outcome("state_presence", "State presence", "Présence de l'État", "index 0-1", "higher",
            "Presence of the civil state, mean over the zones (F33)."),
    Outcome("state_presence_north", "State presence, North", "Présence de l'État, Nord", "index 0-1", "higher",
            "Presence of the civil state in the North."),
    Outcome("state_presence_centre", "State presence, Centre", "Présence de l'État, Centre", "index 0-1", "higher",
            "Presence of the civil state in the Centre."),
    Outcome("state_presence_south", "State presence, South", "Présence de l'État, Sud", "index 0-1", "higher",
            "Presence of the civil state in the South."),
    Outcome("grievance", "Grievance", "Griefs", "index 0-1", "lower", "Grievance of the population, mean over the zones (M46)."),
    Outcome("self_defence", "Self-defence groups", "Groupes d'autodéfense", "index 0-1", "lower",
            "Strength of armed self-defence groups, mean over the zones (F28, M50)."),
    Outcome("relations", "Relations of host and partners", "Relations entre l'hôte et les partenaires", "index 0-1", "higher",
            "How host and partners stand with one another (M56); once partners have been told to leave, with those who were: it then "
            "falls to 0."),
    Outcome("rival_share", "Rivals' share", "Part des rivaux", "share", "lower",
            "Share of present partners' budgets from those without scruples about arms (M28).", "mean"),
    Outcome("expulsions", "Partners expelled", "Expulsion des partenaires", "expulsions", "lower",
            "1 once foreign forces, the mission and partners with scruples have been told to leave (M65)."),
    Outcome("foreign_soldiers", "Foreign soldiers", "Soldats étrangers", "soldiers", "lower",
            "Foreign forces in the country, of the UN and against terrorism (F20)."),
    Outcome("mission_knowledge", "Mission's knowledge of results", "Connaissance des résultats par la mission", "index 0-1", "higher",
            "What the training mission knows of those it trained (M25); not defined while there is no mission in the country.", "mean"),
    Outcome("course_weeks_taught", "Course length offered", "Durée du stage offert", "weeks", "higher",
            "Course length as decided and as changed by what the mission learned (M44); not defined while there is no mission in the "
            "country.", "mean"),
    Outcome("exit_success", "Exit in success", "Sortie par la réussite", "index 0-1", "higher",
            "Mean of three exit conditions (CARESS): the army holds its positions, wins without foreign forces (engagements won "
            "times one less reliance), and the administration is back."),
    Outcome("exit_failure", "Exit in failure", "Sortie par l'échec", "index 0-1", "lower",
            "Mean of three exit conditions (CARESS): no results (insecurity), the public rejects the mission (one less approval), "
            "relations are broken (one less relations)."),
    Outcome("un_benchmarks", "UN benchmarks E and I", "Critères de référence E et I de l'ONU", "index 0-1", "higher",
            "The two phase I benchmarks that the model can speak to: state authority restored (presence in North and Centre) and "
            "abuses followed up (one less recent abuses there); their mean (UN)."),
)  # fmt: skip


@cache
def _by_name() -> dict[str, Outcome]:
    return {outcome.name: outcome for outcome in OUTCOMES}


def outcome_named(name: str) -> Outcome:
    """The outcome of that name; `KeyError` where there is none."""
    return _by_name()[name]
