"""The catalogue of patterns: what was seen, what is measured in the model, and how near it has to come.

A pattern has one row or several, each one number of a run. Targets and tolerances are used to judge and nowhere else: no
rule of the model reads them. A tolerance is as wide as its source is soft, and says why. How a verdict follows is in
`validation.py`.
"""

import math
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from ssa_sim.analysis.pattern_measures import (
    BUNDLE,
    HELD_AND_EQUIPPED,
    LAST,
    PACKAGES,
    START,
    Measure,
    completions_speed_up,
    duplication_lowered_by_a_forum,
    gain_beyond_the_sum,
    growth_of_deaths_in_the_centre,
    mean_over,
    months_a_minister,
    progress_by_conditions,
    progress_under_conditions,
    ready_soldiers_per_completion,
    share_of_deaths_in_the_centre,
    share_of_vehicles_abandoned,
    smallest_rise_of_deaths,
    total_over,
    value_at,
    year_against_year,
    year_less_year,
)
from ssa_sim.typography import french
from ssa_sim.words.texts import Language

Kind = Literal["emergent", "adjusted to", "input", "hypothesis"]
"""What a row that holds is worth.

"emergent": nothing in the model was set for its sake, so it is a test. "adjusted to": parameters were set by hand so that
it comes near, so it is none. "input": a lever, a rate, a rule or the opening state puts it there. "hypothesis": nobody has
seen it; whether the model shows it is reported either way, and failing it is no failure of the model.
"""
Judged = Literal["level", "direction"]
"""Whether the median over runs has to lie in the tolerance, or most runs."""


class Text(NamedTuple):
    """A text in both languages."""

    en: str
    fr: str

    def to(self, language: Language) -> str:
        """The text in a language."""
        return french(self.fr) if language == "fr" else self.en


@dataclass(frozen=True)
class Row:
    """One number by which a pattern is judged.

    Attributes:
        id: the pattern's, with a letter where it has several rows.
        label: what is measured.
        unit: what the number counts.
        kind: what it is worth, see `Kind`.
        judged: how, see `Judged`.
        target: what was seen, in `unit`; NaN where the source gives no number.
        low: the tolerance, in `unit`: the number has to lie above this ...
        high: ... and below this.
        reason: why the tolerance is as wide as it is.
        measure: how the number is read off a run.
    """

    id: str
    label: Text
    unit: Text
    kind: Kind
    judged: Judged
    target: float
    low: float
    high: float
    reason: Text
    measure: Measure


@dataclass(frozen=True)
class Pattern:
    """Something seen that the baseline should show by itself.

    Attributes:
        id: P and a number.
        label: a short name.
        observed: what was seen.
        sources: ids in the evidence register.
        rows: by what it is judged.
    """

    id: str
    label: Text
    observed: Text
    sources: tuple[str, ...]
    rows: tuple[Row, ...]


def patterns() -> tuple[Pattern, ...]:
    """The catalogue, in order."""
    return PATTERNS


def pattern_ids() -> tuple[str, ...]:
    """The ids of all patterns and of all their rows."""
    return tuple(id_ for pattern in PATTERNS for id_ in dict.fromkeys((pattern.id, *(row.id for row in pattern.rows))))


NONE = math.nan
ANY = math.inf

_SOLDIERS = Text("soldiers", "soldats")
_SHARE = Text("share", "part")
_RATIO = Text("ratio", "rapport")
_DEATHS = Text("deaths", "morts")
_INDEX = Text("index 0-1", "indice de 0 à 1")
_DIRECTION = Text("A direction: any difference of that sign.", "Un sens : toute différence de ce signe.")
_ABOUT = Text('"About": a tenth either way.', "« Environ » : un dixième de part et d'autre.")
_COUNTED_DEATHS = Text(
    "Counts of deaths rest on what was reported and differ from one database to the next: half as much again either way "
    "(an assumption).",
    "Les décomptes de morts reposent sur ce qui a été signalé et varient d'une base à l'autre : une moitié en plus, ou "
    "autant en moins (hypothèse).",
)
_NO_PROGRESS = Text(
    "No progress: less than a twentieth of the way (an assumption on what a review would notice).",
    "Aucun progrès : moins d'un vingtième du chemin (hypothèse sur ce qu'un examen remarquerait).",
)

# fmt: off
PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        "P1", Text("Battalions trained", "Bataillons formés"),
        Text("8 battalions of 600 to 700 soldiers, about 5,000 in all, by April 2016",
             "8 bataillons de 600 à 700 soldats, environ 5 000 en tout, jusqu'en avril 2016"), ("F04",),
        (Row("P1", Text("Course completions by the end of April 2016", "Stages achevés à la fin d'avril 2016"), _SOLDIERS,
             "adjusted to", "level", 5_000, 4_500, 5_600,
             Text('"About 5,000" give or take a tenth, or 8 battalions of 600 to 700.',
                  "« Environ 5 000 » à un dixième près, ou 8 bataillons de 600 à 700."),
             value_at("completions", date(2016, 4, 1))),),
    ),
    Pattern(
        "P2", Text("Courses completed", "Stages achevés"),
        Text("About 14,000 completions by June 2019", "Environ 14 000 stages achevés en juin 2019"), ("F06",),
        (Row("P2", Text("Course completions by the end of June 2019", "Stages achevés à la fin de juin 2019"), _SOLDIERS,
             "adjusted to", "level", 14_000, 12_600, 15_400, _ABOUT, value_at("completions", date(2019, 6, 1))),),
    ),
    Pattern(
        "P3", Text("Trained battalions melt away", "Les bataillons formés se dispersent"),
        Text("Little more than half of a battalion's trained soldiers were still in it when it came back for retraining",
             "À peine plus de la moitié des soldats formés étaient encore dans leur bataillon à son retour en recyclage"), ("F07",),
        (Row("P3", Text("Share still in their unit at its retraining, mean of all by January 2020",
                        "Part restée dans l'unité à son recyclage, moyenne jusqu'en janvier 2020"), _SHARE,
             "input", "level", 0.55, 0.50, 0.60,
             Text('"Little more than half": from a half to three fifths.',
                  "« À peine plus de la moitié » : de la moitié aux trois cinquièmes."),
             value_at("retention_at_retraining", LAST)),),
    ),
    Pattern(
        "P4", Text("An army at war", "Une armée en guerre"),
        Text("About 75% of the troops on operations; most of them 9 months a year or more",
             "Environ 75 % des troupes en opération, la plupart 9 mois par an ou plus"), ("F08", "F09"),
        (Row("P4a", Text("Units on operations, mean 2014-2019", "Unités en opération, moyenne 2014-2019"), _SHARE,
             "input", "level", 0.75, 0.70, 0.80,
             Text('"About 75%": a twentieth either way.', "« Environ 75 % » : cinq points de part et d'autre."),
             mean_over("on_operations", date(2014, 1, 1), date(2019, 12, 1))),
         Row("P4b", Text("Months on operations in 2019, mean over units", "Mois en opération en 2019, moyenne des unités"),
             Text("months a year", "mois par an"), "input", "level", 9, 8.5, ANY,
             Text("At least 9, as months are rounded; the mean over units stands for most of them.",
                  "Au moins 9, les mois étant arrondis ; la moyenne des unités tient lieu de la plupart."),
             mean_over("on_operations", date(2019, 1, 1), date(2019, 12, 1), times=12.0))),
    ),
    Pattern(
        "P5", Text("Outputs grow, security and readiness do not",
                   "Les réalisations croissent, ni la sécurité ni la disponibilité ne suivent"),
        Text("Completions rise year on year; deaths 318 in 2016, 949 in 2017, 1,076 in January to July 2018; trained units do "
             "not become an army that is ready",
             "Les stages augmentent d'année en année ; morts : 318 en 2016, 949 en 2017, 1 076 de janvier à juillet 2018 ; "
             "les unités formées ne font pas une armée prête"), ("F04", "F06", "F23", "M23", "M24"),
        (Row("P5a", Text("Completions a month: May 2016 to June 2019 over February 2013 to April 2016",
                         "Stages par mois : mai 2016 à juin 2019, rapportés à février 2013 à avril 2016"), _RATIO,
             "input", "direction", 1.85, 1.0, ANY, _DIRECTION, completions_speed_up()),
         Row("P5b", Text("Smaller rise of deaths a month, 2016 to 2017 and 2017 to January to July 2018",
                         "Plus petite hausse des morts par mois, de 2016 à 2017 et de 2017 à janvier-juillet 2018"),
             Text("deaths a month", "morts par mois"), "adjusted to", "direction", 52.6, 0.0, ANY, _DIRECTION,
             smallest_rise_of_deaths()),
         Row("P5c", Text("Deaths in 2016", "Morts en 2016"), _DEATHS, "adjusted to", "level", 318, 318 / 1.5, 318 * 1.5,
             _COUNTED_DEATHS, total_over("deaths", date(2016, 1, 1), date(2016, 12, 1))),
         Row("P5d", Text("Deaths in 2017", "Morts en 2017"), _DEATHS, "adjusted to", "level", 949, 949 / 1.5, 949 * 1.5,
             _COUNTED_DEATHS, total_over("deaths", date(2017, 1, 1), date(2017, 12, 1))),
         Row("P5e", Text("Deaths, January to July 2018", "Morts de janvier à juillet 2018"), _DEATHS,
             "adjusted to", "level", 1_076, 1_076 / 1.5, 1_076 * 1.5, _COUNTED_DEATHS,
             total_over("deaths", date(2018, 1, 1), date(2018, 7, 1))),
         Row("P5f", Text("Readiness, 2019 over 2014", "Disponibilité opérationnelle, 2019 rapporté à 2014"), _RATIO,
             "emergent", "direction", NONE, 0.0, 1.1,
             Text("Does not follow: it rises by less than a tenth while completions multiply.",
                  "Ne suit pas : hausse de moins d'un dixième alors que les stages se multiplient."),
             year_against_year("readiness", 2014, 2019))),
    ),
    Pattern(
        "P6", Text("The epicentre moves from the North to the Centre", "L'épicentre passe du Nord au Centre"),
        Text("Insecurity, at first in the North, spreads to the Centre, where attacks triple",
             "L'insécurité, d'abord au Nord, gagne le Centre, où les attaques triplent"), ("F24",),
        (Row("P6a", Text("Of deaths in North and Centre, share in the Centre, February 2013 to December 2014",
                         "Part du Centre dans les morts au Nord et au Centre, février 2013 à décembre 2014"), _SHARE,
             "input", "direction", NONE, -ANY, 0.5, Text("Fewer than in the North.", "Moins qu'au Nord."),
             share_of_deaths_in_the_centre(START, date(2014, 12, 1))),
         Row("P6b", Text("Of deaths in North and Centre, share in the Centre, 2018",
                         "Part du Centre dans les morts au Nord et au Centre, 2018"), _SHARE,
             "adjusted to", "direction", NONE, 0.5, ANY, Text("More than in the North.", "Plus qu'au Nord."),
             share_of_deaths_in_the_centre(date(2018, 1, 1), date(2018, 12, 1))),
         Row("P6c", Text("Deaths in the Centre, January to July: 2018 over 2017",
                         "Morts au Centre de janvier à juillet : 2018 rapporté à 2017"), _RATIO,
             "adjusted to", "level", 3.0, 1.5, 6.0,
             Text("Soft: the source dates neither end of the tripling, and deaths stand for attacks. A factor of two either way.",
                  "Source peu précise : le triplement n'est pas daté, et les morts tiennent lieu d'attaques. Un facteur deux de "
                  "part et d'autre."),
             growth_of_deaths_in_the_centre())),
    ),
    Pattern(
        "P7", Text("A crowd of partners", "Une foule de partenaires"),
        Text("At least 70 projects early in 2017, by an incomplete count; more than 40 partners from 2013 to 2021",
             "Au moins 70 projets au début de 2017, compte incomplet ; plus de 40 partenaires de 2013 à 2021"), ("F10", "F12"),
        (Row("P7a", Text("Projects under way, mean of January to April 2017",
                         "Projets en cours, moyenne de janvier à avril 2017"), Text("projects", "projets"),
             "adjusted to", "level", 70, 70, 140,
             Text("A lower bound, as the count left many partners out; at most twice as many (an assumption). The count "
                  "includes justice and police, which the model leaves out.",
                  "Borne inférieure, le compte ayant omis bien des partenaires ; au plus le double (hypothèse). Il comprend la "
                  "justice et la police, absentes du modèle."),
             mean_over("active_projects", date(2017, 1, 1), date(2017, 4, 1))),
         Row("P7b", Text("Partners present at some time by January 2020", "Partenaires présents à un moment, jusqu'en janvier 2020"),
             Text("partners", "partenaires"), "input", "level", 40, 40, 60,
             Text("A lower bound over a period that ends later; at most half as many again (an assumption).",
                  "Borne inférieure sur une période qui finit plus tard ; au plus une moitié en sus (hypothèse)."),
             value_at("partners_ever", LAST))),
    ),
    Pattern(
        "P8", Text("A forum that only informs changes little", "Un forum qui ne fait qu'informer change peu"),
        Text("Forums exchange information; they do not deconflict", "Les forums échangent des informations sans coordonner"),
        ("M21", "F14"),
        (Row("P8", Text("Share by which a forum throughout lowers duplication, against none",
                        "Part de doublons évitée par un forum permanent, par rapport à aucun"), _SHARE,
             "input", "level", NONE, -0.1, 0.1,
             Text('"Hardly": less than a tenth either way (the source gives no number).',
                  "« À peine » : moins d'un dixième de part et d'autre (la source ne donne pas de nombre)."),
             duplication_lowered_by_a_forum()),),
    ),
    Pattern(
        "P9", Text("Small conditions move no reform", "De petites conditions ne font avancer aucune réforme"),
        Text("EUR 14 million tied to 13 indicators, of which personnel management is one; no progress at the first review, early "
             "in 2019",
             "14 millions d'euros liés à 13 indicateurs, dont la gestion du personnel ; aucun progrès au premier examen, début 2019"),
        ("F16", "F17", "M34"),
        (Row("P9a", Text("Progress of the personnel system under conditions, to March 2019",
                         "Progrès du système de personnel sous conditions, jusqu'en mars 2019"), _INDEX,
             "input", "level", 0.0, -ANY, 0.05, _NO_PROGRESS, progress_under_conditions("reform_hr")),
         Row("P9b", Text("Progress of pay reform under conditions, to March 2019",
                         "Progrès de la réforme de la solde sous conditions, jusqu'en mars 2019"), _INDEX,
             "input", "level", 0.0, -ANY, 0.05, _NO_PROGRESS, progress_under_conditions("reform_pay")),
         Row("P9c", Text("Progress of the logistics system under conditions, to March 2019",
                         "Progrès du système logistique sous conditions, jusqu'en mars 2019"), _INDEX,
             "input", "level", 0.0, -ANY, 0.05, _NO_PROGRESS, progress_under_conditions("reform_logistics")),
         Row("P9d", Text("Mean state of the three reforms in March 2019, with conditions less without",
                         "État moyen des trois réformes en mars 2019, avec conditions moins sans"), _INDEX,
             "input", "level", NONE, -0.05, 0.05, _NO_PROGRESS, progress_by_conditions())),
    ),
    Pattern(
        "P10", Text("Gifts that never serve or do not last", "Des dons qui ne servent pas ou ne durent pas"),
        Text("Many one-off gifts of vehicles never reach operations, or are left behind at the first breakdown",
             "Beaucoup de véhicules donnés ne voient jamais le terrain, ou sont abandonnés à la première panne"), ("M15", "M14"),
        (Row("P10a", Text("Of vehicles given by January 2020, share written off without having served",
                          "Part des véhicules donnés jusqu'en janvier 2020 et rayés sans avoir servi"), _SHARE,
             "input", "level", NONE, 0.05, 0.5,
             Text('"Many", without a number: from one in twenty to one in two (an assumption).',
                  "« Beaucoup », sans nombre : d'un sur vingt à un sur deux (hypothèse)."),
             value_at("never_deployed", LAST)),
         Row("P10b", Text("Of vehicles left behind or still there in January 2020, share left behind",
                          "Part des véhicules abandonnés, parmi ceux-ci et ceux qui restent en janvier 2020"), _SHARE,
             "emergent", "level", NONE, 0.25, 0.9,
             Text('"Many", without a number: a quarter at least, nine in ten at most (an assumption). Vehicles of any origin.',
                  "« Beaucoup », sans nombre : au moins un quart, au plus neuf sur dix (hypothèse). Véhicules de toute origine."),
             share_of_vehicles_abandoned())),
    ),
    Pattern(
        "P11", Text("Ministers do not stay", "Les ministres ne restent pas"),
        Text("7 ministers of defence from 2013 to February 2020", "7 ministres de la Défense de 2013 à février 2020"), ("F15",),
        (Row("P11", Text("Months that a minister of defence lasts", "Mois que dure un ministre de la Défense"),
             Text("months", "mois"), "input", "level", 12, 9, 17,
             Text("5 to 9 ministers: seven is one draw of chance.", "De 5 à 9 ministres : sept est un tirage du hasard."),
             months_a_minister()),),
    ),
    Pattern(
        "P12", Text("Partners multiply with insecurity, ownership falls",
                    "Les partenaires se multiplient avec l'insécurité, l'appropriation recule"),
        Text("Insecurity brings partners and projects, which push the host aside",
             "L'insécurité attire partenaires et projets, qui marginalisent l'hôte"), ("M40", "M13"),
        (Row("P12a", Text("Partners present, 2019 over 2013", "Partenaires présents, 2019 rapporté à 2013"), _RATIO,
             "input", "direction", NONE, 1.5, ANY, Text('"Multiply": by half as many again at least (an assumption).',
                                                      "« Se multiplient » : d'une moitié au moins (hypothèse)."),
             year_against_year("active_partners", 2013, 2019)),
         Row("P12b", Text("Insecurity, 2019 less 2013", "Insécurité, 2019 moins 2013"), _INDEX,
             "input", "direction", NONE, 0.0, ANY, _DIRECTION, year_less_year("insecurity", 2013, 2019)),
         Row("P12c", Text("Host's ownership, 2019 less 2013", "Appropriation par l'hôte, 2019 moins 2013"), _INDEX,
             "input", "direction", NONE, -ANY, 0.0, _DIRECTION, year_less_year("ownership", 2013, 2019))),
    ),
    Pattern(
        "P13", Text("More courses alone buy little", "Plus de stages seuls apportent peu"),
        Text("Soldiers trained and then scattered, on equipment that they do not hold, make no ready units; measures that hold "
             "together may do more than each alone",
             "Des soldats formés puis dispersés, sur un matériel qu'ils n'ont pas, ne font pas d'unités prêtes ; des mesures qui se "
             "tiennent feraient plus que chacune seule"), ("M24", "M27"),
        (Row("P13a", Text("Ready soldiers gained for each completion gained by twice the course places",
                          "Soldats opérationnels gagnés par stage gagné en doublant les places"),
             Text("soldiers a completion", "soldats par stage"), "emergent", "level", NONE, -0.1, 0.1,
             Text('"Little": fewer than one in ten (an assumption).', "« Peu » : moins d'un sur dix (hypothèse)."),
             ready_soldiers_per_completion()),
         Row("P13b", Text("Ready soldiers gained by four packages at once, less the sum of their single gains",
                          "Soldats opérationnels gagnés par quatre trains de mesures réunis, moins la somme des gains de chacun"),
             _SOLDIERS, "hypothesis", "direction", NONE, 0.0, ANY, _DIRECTION, gain_beyond_the_sum(BUNDLE, PACKAGES)),
         Row("P13c", Text("Ready soldiers gained by holding units together and equipping them, less the sum of both alone",
                          "Soldats opérationnels gagnés en maintenant les unités et en les équipant, moins la somme des deux gains"),
             _SOLDIERS, "hypothesis", "direction", NONE, 0.0, ANY, _DIRECTION,
             gain_beyond_the_sum(HELD_AND_EQUIPPED, ("stable_personnel", "equipment_with_training")))),
    ),
)
# fmt: on
