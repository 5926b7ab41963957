"""What is measured: the catalogue of outcomes. Written by `rules/record.py`, one number a month each."""

from functools import cache
from typing import Literal, NamedTuple

Language = Literal["en", "fr"]
Better = Literal["higher", "lower"]
Summary = Literal["final", "total", "mean"]


FRENCH_UNITS: dict[str, str] = {
    "EUR": "euros",
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
)  # fmt: skip


@cache
def _by_name() -> dict[str, Outcome]:
    return {outcome.name: outcome for outcome in OUTCOMES}


def outcome_named(name: str) -> Outcome:
    """The outcome of that name; `KeyError` where there is none."""
    return _by_name()[name]
