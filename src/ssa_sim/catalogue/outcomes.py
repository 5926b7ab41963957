"""What is measured: the catalogue of outcomes. Written by `model/rules/record.py`, one number a month each."""

from functools import cache
from typing import Literal, NamedTuple

from ssa_sim.catalogue.groups import table
from ssa_sim.words.texts import Language, term, words

Better = Literal["higher", "lower"]
Summary = Literal["final", "total", "mean"]


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
        return term("units", self.unit, language)


OUTCOMES: tuple[Outcome, ...] = tuple(
    Outcome(name, **words("en", "outcomes")[name], label_fr=words("fr", "outcomes")[name], **row)
    for name, row in table("outcomes").items()
)


@cache
def _by_name() -> dict[str, Outcome]:
    return {outcome.name: outcome for outcome in OUTCOMES}


def outcome_named(name: str) -> Outcome:
    """The outcome of that name; `KeyError` where there is none."""
    return _by_name()[name]
