"""Every word that a figure adds to the outcomes' labels, in English and in French."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssa_sim.errors import InputError
from ssa_sim.typography import french
from ssa_sim.words.texts import Language

if TYPE_CHECKING:
    pass

LANGUAGES: tuple[Language, ...] = ("en", "fr")


@dataclass(frozen=True)
class Wording:
    """The words of one language; braces are filled in by the figure."""

    reference: str
    difference_of: dict[str, str]
    better_to_the_right: str
    better_to_the_left: str
    never_defined: str
    no_months: str
    scales: dict[float, str]
    each_month: str
    replications: str
    seed: str
    bands: str
    intervals: str
    pale: str
    sometimes_undefined: str
    failed: str
    scenarios_left_out: str
    no_interval: str


WORDINGS: dict[Language, Wording] = {
    "en": Wording(
        reference="{name} (reference)",
        difference_of={
            "final": "change in final value\n({unit})",
            "total": "change in total\n({unit})",
            "mean": "change in mean\n({unit})",
        },
        better_to_the_right="better →",
        better_to_the_left="← better",
        never_defined="not defined in this period",
        no_months="monthly values were not kept",
        scales={1.0: "{unit}", 1e6: "{unit}, millions", 1e9: "{unit}, billions"},
        each_month="{unit} a month",
        replications="{count:# replication|# replications}",
        seed="seed {seed}",
        bands="lines: median; bands: 90% of replications",
        intervals="marks: mean difference from {name}; intervals: {confidence}%, paired",
        pale="pale, hollow marks: undecided, all {count} rows of the comparison taken together",
        sometimes_undefined="runs in which an outcome is not defined do not count in it",
        failed="failed runs left out: {count}",
        scenarios_left_out="scenarios in the table only: {count}",
        no_interval="no interval without at least two replications",
    ),
    "fr": french(
        Wording(
            reference="{name} (référence)",
            difference_of={
                "final": "écart de la valeur finale\n({unit})",
                "total": "écart du total\n({unit})",
                "mean": "écart de la moyenne\n({unit})",
            },
            better_to_the_right="mieux →",
            better_to_the_left="← mieux",
            never_defined="non défini sur cette période",
            no_months="valeurs mensuelles non conservées",
            scales={1.0: "{unit}", 1e6: "{unit}, en millions", 1e9: "{unit}, en milliards"},
            each_month="{unit} par mois",
            replications="{count:# réplication|# réplications}",
            seed="graine {seed}",
            bands="lignes : médiane ; bandes : 90 % des réplications",
            intervals=("repères : écart moyen par rapport à {name} ; intervalles : {confidence} %, appariés"),
            pale="repères pâles et creux : indécis, les {count} lignes de la comparaison étant prises ensemble",
            sometimes_undefined="les simulations où un résultat n’est pas défini n’y comptent pas",
            failed="simulations échouées écartées : {count}",
            scenarios_left_out="scénarios dans le tableau seulement : {count}",
            no_interval="pas d’intervalle sans deux réplications au moins",
        )
    ),
}


def language_named(name: str) -> Language:
    """The language of that name.

    Raises:
        InputError: a language that the figures do not speak.
    """
    for known in LANGUAGES:
        if name == known:
            return known
    raise InputError(f"Figures do not speak {name!r}.", allowed=LANGUAGES)


def wording(language: Language) -> Wording:
    """The words of a language."""
    return WORDINGS[language]
