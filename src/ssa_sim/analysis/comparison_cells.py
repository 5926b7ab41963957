"""A row of a comparison in words and numbers, the same wherever it is shown: headings and cells in both languages."""

import pandas as pd

from ssa_sim.analysis.sentences import needed_text, verdict_word
from ssa_sim.typography import french
from ssa_sim.words.numbers import numbers, numbers_apart, parts_of_whole, percent, span
from ssa_sim.words.texts import Language

HEADINGS = ("first", "scenario", "difference", "interval", "shares", "pairing", "verdict", "needed")
"""What the cells hold, in order."""


def headings(confidence: float, language: Language = "en") -> list[str]:
    """The heading of the outcomes, and then that of each cell."""
    words = _WORDS[language]
    level = percent(confidence, language)
    return [words[name].format(level=level) for name in ("outcome", *HEADINGS)]


def cells(row: pd.Series, language: Language = "en") -> list[str]:
    """The cells of a row of `Comparison.table`, in the order of `HEADINGS`; an asterisk marks a bootstrap interval."""
    means = numbers([row["first_mean"], row["mean"]], language)
    difference, *ends = numbers_apart([row["difference"], row["low"], row["high"]], language, signed=True)
    return [
        *means,
        difference,
        f"{span(ends, language)}{'*' if row['method'] == 'bootstrap' else ''}",
        shares(row, language),
        percent(row["variance_reduction"], language),
        verdict_word(row["verdict"], language),
        needed_text(row, language),
    ]


def shares(row: pd.Series, language: Language = "en") -> str:
    """In what shares of the pairs the scenario does better, the same and worse."""
    return parts_of_whole([row["better"], row["same"], row["worse"]], language)


_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "outcome": "Outcome",
        "first": "First",
        "scenario": "Scenario",
        "difference": "Difference",
        "interval": "{level} interval",
        "shares": "P(better)",
        "pairing": "Pairing",
        "verdict": "Verdict",
        "needed": "To settle",
    },
    "fr": french(
        {
            "outcome": "Résultat",
            "first": "Premier",
            "scenario": "Scénario",
            "difference": "Différence",
            "interval": "Intervalle à {level}",
            "shares": "P(meilleur)",
            "pairing": "Appariement",
            "verdict": "Verdict",
            "needed": "Pour trancher",
        }
    ),
}
