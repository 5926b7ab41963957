"""The catalogue's words for people in French, as far as a report shows them.

Labels are in the catalogue in both languages; who decides, what a lever costs, units and choices are there in English only.
A test holds this list to the catalogue.
"""

from datetime import date

from ssa_sim.analysis.numbers import Language, whole
from ssa_sim.scenario.catalogue import ParameterValue

DECIDERS: dict[str, str] = {
    "United Nations": "Nations unies",
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
    "taken from the gift's own budget: fewer vehicles": "pris sur le budget du don\u00a0: moins de véhicules",
    "taken from the project's own budget": "pris sur le budget du projet",
    "vehicles at their price": "les véhicules à leur prix",
    "what is paid of it": "ce qui en est versé",
}
LEVER_UNITS: dict[str, str] = {
    "1/month": "1/mois",
    "EUR a month": "euros par mois",
    "EUR a year": "euros par an",
    "casualties in 12 months": "pertes en 12 mois",
    "choice": "choix",
    "index": "indice",
    "indicators": "indicateurs",
    "months": "mois",
    "officers": "officiers",
    "probability": "probabilité",
    "projects": "projets",
    "share": "part",
    "share of content": "part du contenu",
    "share of gifts": "part des dons",
    "share of instruction": "part de l’instruction",
    "share of moves": "part des mutations",
    "share of moves prevented": "part des mutations empêchées",
    "share of officers a year": "part des officiers par an",
    "share of partners": "part des partenaires",
    "share of places": "part des places",
    "share of posts": "part des postes",
    "share of project cost": "part du coût du projet",
    "share of projects": "part des projets",
    "share of the gap": "part de l’écart",
    "share of trainers": "part des formateurs",
    "share of units": "part des unités",
    "soldiers": "soldats",
    "soldiers a year": "soldats par an",
    "trainees at a time": "stagiaires à la fois",
    "weeks": "semaines",
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
_YES_NO: dict[Language, tuple[str, str]] = {"en": ("no", "yes"), "fr": ("non", "oui")}


def decider(text: str, language: Language) -> str:
    """Who decides."""
    return DECIDERS.get(text, text) if language == "fr" else text


def cost(text: str | None, language: Language) -> str:
    """What moving a lever costs; empty if nothing."""
    return "" if text is None else COSTS.get(text, text) if language == "fr" else text


def unit(text: str, language: Language) -> str:
    """A parameter's unit; choices, and yes or no, are no units."""
    if text in ("choice", "yes/no"):
        return ""
    return LEVER_UNITS.get(text, text) if language == "fr" else text


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
    text = f"{given:.6g}"
    return text.replace(".", ",") if language == "fr" else text


def month(day: date) -> str:
    """A month that reads the same in both languages."""
    return f"{day:%Y-%m}"
