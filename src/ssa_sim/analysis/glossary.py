"""The catalogue's words for people in French.

Labels are in the catalogue in both languages; who decides, what a lever costs, units and choices are there in English only.
A test holds this list to the catalogue.
"""

from datetime import date

from ssa_sim.analysis.numbers import Language, whole, written
from ssa_sim.scenario.catalogue import ParameterValue
from ssa_sim.typography import french

DECIDERS: dict[str, str] = {
    "United Nations": "Nations unies",
    "rival suppliers": "fournisseurs rivaux",
    "those in power": "le pouvoir en place",
    "United Nations and partners": "Nations unies et partenaires",
    "United Nations, partner state and host": "Nations unies, État partenaire et hôte",
    "armed groups": "groupes armés",
    "host": "hôte",
    "host and United Nations": "hôte et Nations unies",
    "host and partners": "hôte et partenaires",
    "member states": "États membres",
    "partner state": "État partenaire",
    "partners": "partenaires",
    "partners and host": "partenaires et hôte",
    "parts of the army": "parties de l’armée",
    "training mission": "mission de formation",
    "training mission and host": "mission de formation et hôte",
}
COSTS: dict[str, str] = {
    "a monthly cost where there are foreign forces, booked to partners": "un coût mensuel là où il y a des forces étrangères, à la charge des partenaires",
    "a mentor costs several times a trainer at the camp": "un mentor coûte plusieurs fois un formateur au camp",
    "a monthly bonus for each soldier so held": "une prime mensuelle pour chaque soldat ainsi maintenu",
    "a monthly cost for each adviser": "un coût mensuel par conseiller",
    "a monthly cost for each officer": "un coût mensuel par officier",
    "a monthly cost for each unit followed": "un coût mensuel par unité suivie",
    "a monthly cost, booked to partners": "un coût mensuel, à la charge des partenaires",
    "a premium on the price": "un surcoût sur le prix",
    "booked as host spending": "à la charge de l’hôte",
    "instruction away from the camp costs more": "l’instruction hors du camp coûte davantage",
    "instruction is booked by trainee and week": "l’instruction est comptée par stagiaire et par semaine",
    "its standing cost while it is there": "son coût fixe tant qu’elle est présente",
    "taken from the gift's own budget: fewer vehicles": "pris sur le budget du don : moins de véhicules",
    "taken from the project's own budget": "pris sur le budget du projet",
    "vehicles at their price": "les véhicules à leur prix",
    "vehicles at their price, booked as aid": "les véhicules à leur prix, comptés comme aide",
    "what is paid of it": "ce qui en est versé",
}
UNITS: dict[str, str] = {
    "1/incident": "1/incident",
    "1/month": "1/mois",
    "1/month at full insecurity": "1/mois en pleine insécurité",
    "1/month at full threat": "1/mois en pleine menace",
    "1/month behind a full shield": "1/mois derrière un bouclier complet",
    "casualties a mentor and month at full insecurity": "pertes par mentor et par mois en pleine insécurité",
    "casualties in 12 months": "pertes en 12 mois",
    "choice": "choix",
    "deaths a month": "morts par mois",
    "EUR": "euros",
    "EUR a month": "euros par mois",
    "EUR a recruit": "euros par recrue",
    "EUR a soldier and month": "euros par soldat et par mois",
    "EUR a trainee": "euros par stagiaire",
    "EUR a trainee and week": "euros par stagiaire et par semaine",
    "EUR a unit and month": "euros par unité et par mois",
    "EUR a vehicle and month": "euros par véhicule et par mois",
    "EUR a year": "euros par an",
    "exponent": "exposant",
    "factor": "facteur",
    "incidents a month": "incidents par mois",
    "index": "indice",
    "index a project": "indice par projet",
    "index for each half shield": "indice par demi-bouclier",
    "index for each unit of yearly probability": "indice par unité de probabilité annuelle",
    "indicators": "indicateurs",
    "insecurity": "insécurité",
    "instructors a company": "instructeurs par compagnie",
    "log hazard": "logarithme du risque",
    "log odds": "logarithme de la cote",
    "log standard deviation": "écart-type logarithmique",
    "mentors": "mentors",
    "months": "mois",
    "months on operations": "mois en opérations",
    "multiple of all posts' yearly pay": "multiple de la solde annuelle de tous les postes",
    "officer-hours a month": "heures d’officier par mois",
    "officers": "officiers",
    "posts": "postes",
    "probability": "probabilité",
    "probability a month": "probabilité par mois",
    "projects": "projets",
    "readiness": "disponibilité",
    "ready companies for each company": "compagnies prêtes par compagnie",
    "reports": "rapports",
    "share": "part",
    "share for each half shield": "part par demi-bouclier",
    "share of a mentor's": "part de celui d’un mentor",
    "share of all posts' yearly pay": "part de la solde annuelle de tous les postes",
    "share of annual budget": "part du budget annuel",
    "share of content": "part du contenu",
    "share of establishment": "part de l’effectif théorique",
    "share of full delivery": "part de l’exécution complète",
    "share of gifts": "part des dons",
    "share of instruction": "part de l’instruction",
    "share of moves": "part des mutations",
    "share of moves prevented": "part des mutations empêchées",
    "share of officers a year": "part des officiers par an",
    "share of partners": "part des partenaires",
    "share of payroll": "part des soldés",
    "share of places": "part des places",
    "share of posts": "part des postes",
    "share of price": "part du prix",
    "share of project cost": "part du coût du projet",
    "share of projects": "part des projets",
    "share of the gap": "part de l’écart",
    "share of trainers": "part des formateurs",
    "share of units": "part des unités",
    "share of what is left": "part de ce qui reste",
    "soldiers": "soldats",
    "soldiers a year": "soldats par an",
    "trainees": "stagiaires",
    "trainees at a time": "stagiaires à la fois",
    "trainers": "formateurs",
    "vehicles": "véhicules",
    "vehicles a company": "véhicules par compagnie",
    "vehicles a month": "véhicules par mois",
    "weeks": "semaines",
    "weight": "poids",
    "yes/no": "oui/non",
}
CHOICES: dict[str, tuple[str, str]] = {
    "unilateral": ("unilateral", "unilatéral"),
    "agreed": ("agreed", "concerté"),
    "demanded": ("demanded", "exigé"),
    "none": ("none", "aucun"),
    "information": ("information", "information"),
    "lead_partner": ("lead partner", "partenaire chef de file"),
    "host_led": ("host-led", "menée par l’hôte"),
    "binding": ("binding", "contraignante"),
    "battalions": ("battalions", "bataillons"),
    "sub_units": ("sub-units", "sous-unités"),
    "specialists": ("specialists", "spécialistes"),
    "trainers": ("trainers", "formateurs"),
    "whole_unit": ("whole unit", "unité entière"),
    "newcomers": ("newcomers", "nouveaux venus"),
    "sequential": ("sequential", "successif"),
    "simultaneous": ("simultaneous", "simultané"),
}
"""English and French."""
_NO_COST: dict[Language, str] = {"en": "nothing in the model", "fr": "rien dans le modèle"}
_YES_NO: dict[Language, tuple[str, str]] = {"en": ("no", "yes"), "fr": ("non", "oui")}


def decider(text: str, language: Language) -> str:
    """Who decides."""
    return DECIDERS.get(text, text) if language == "fr" else text


def cost(text: str | None, language: Language) -> str:
    """What moving a lever costs."""
    if text is None:
        return _NO_COST[language]
    return french(COSTS.get(text, text)) if language == "fr" else text


def unit(text: str, language: Language) -> str:
    """A parameter's unit; choices, and yes or no, are no units."""
    if text in ("choice", "yes/no"):
        return ""
    return UNITS.get(text, text) if language == "fr" else text


def source(text: str, language: Language) -> str:
    """Evidence ids, "assumption", or both."""
    return text.replace("assumption", "hypothèse") if language == "fr" else text


def value(given: ParameterValue | None, language: Language) -> str:
    """A parameter's value as people write it; a dash for none."""
    if given is None:
        return "–"
    if isinstance(given, bool):
        return _YES_NO[language][given]
    if isinstance(given, str):
        english, french = CHOICES.get(given, (given, given))
        return french if language == "fr" else english
    if isinstance(given, int) or (given == int(given) and abs(given) >= 1000):
        return whole(int(given), language)
    return written(f"{given:.6g}", language)


def month(day: date) -> str:
    """A month that reads the same in both languages."""
    return f"{day:%Y-%m}"
