"""What is known of rows of the pattern table that the baseline fails: points that meet them, and possible reasons.

A reason for a failure can be given only after a search over the ranges of what nobody knows found no point that meets the row.
Where such points are known the row has no reason but the baseline's own values, and they are named instead. A reason that no search has
tested is called possible. Keys are ids of rows in `patterns.py`; a row that is missing here has neither.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ssa_sim.analysis.patterns import Text
from ssa_sim.words.numbers import written
from ssa_sim.words.texts import Language


@dataclass(frozen=True)
class MetElsewhere:
    """Points within the ranges of the uncertainties at which a row holds that the baseline fails.

    Attributes:
        points: of each the uncertainties that differ from the baseline, by path, in their units.
        together_with: patterns that hold at each of them as well.
    """

    points: tuple[Mapping[str, float], ...]
    together_with: tuple[str, ...]


@dataclass(frozen=True)
class PossibleReason:
    """A reading of the model that no search over the ranges has tested."""

    words: Text


KNOWN_LIMITS: Mapping[str, MetElsewhere | PossibleReason] = {
    "P2": MetElsewhere(
        (
            {"training.detachment": 0.46, "training.attendance": 0.65, "offers.rate": 0.18},
            {"training.fatigue_penalty": 0.14},
        ),
        together_with=("P1", "P3", "P4"),
    ),
    "P13b": PossibleReason(
        Text(
            "Measures that fill the same gaps add little to one another: choosing by need and a binding list each put projects where "
            "they are needed, and both bring part of what equipment delivered with training brings. ResultFolder units together adds to "
            "each of the others what it is worth alone, or more.",
            "Des mesures qui comblent les mêmes lacunes s'ajoutent peu : choisir selon les besoins et se lier à une liste placent chacun "
            "les projets là où il le faut, et apportent une partie de ce qu'apporte l'équipement livré avec la formation. Maintenir les "
            "unités ajoute à chacun des autres ce qu'il vaut seul, ou plus.",
        )
    ),
}

_MET = Text(
    "No reason is given: within the ranges the baseline meets it, together with {patterns}, with {points}.",
    "Aucune raison n'est donnée : dans les plages, le scénario de référence y parvient, en même temps que {patterns}, avec {points}.",
)
_OR = Text("; or with ", " ; ou avec ")
_POSSIBLE = Text(
    "Possible reason, not tested by a search over the ranges: {words}",
    "Raison possible, qu'aucune recherche dans les plages n'a éprouvée : {words}",
)


def limit_of(row: str, language: Language = "en") -> str | None:
    """What is known of a row that the baseline fails, in a sentence or two; None if nothing is.

    Args:
        row: its id.
        language: of the sentence.
    """
    limit = KNOWN_LIMITS.get(row)
    if isinstance(limit, MetElsewhere):
        points = [
            ", ".join(f"{path} = {written(f'{value:g}', language)}" for path, value in point.items())
            for point in limit.points
        ]
        joined = _OR.to(language).join(points)
        return _MET.to(language).format(points=joined, patterns=", ".join(limit.together_with))
    return None if limit is None else _POSSIBLE.to(language).format(words=limit.words.to(language))
