"""The rows of a decomposition in words and numbers, the same wherever they are shown, in both languages."""

import math

import pandas as pd

from ssa_sim.analysis.decompose import TOO_FEW, Decomposition
from ssa_sim.typography import french
from ssa_sim.words.numbers import number, numbers_apart, parts_of_whole, percent, span
from ssa_sim.words.texts import Language

WITHOUT_INTERVAL = ("share", "probability", "alone", "last", "completions")
"""Columns of means whose interval the table has no room for."""
MARK = "†"
"""Beside the headings of those columns; the note says what it means."""
_HEADINGS = ("mechanism", "effect", "interval", "share", "probability", "alone", "last", "completions", "verdict")


def level_headings(found: Decomposition, language: Language = "en") -> list[str]:
    """The heading of the levels, and then that of each cell."""
    words = _WORDS[language]
    interval = words["interval"].format(level=percent(found.confidence, language))
    return [f"{words['level']} ({found.outcome.unit_in(language)})", words["value"], interval, words["step"]]


def level_cells(level: pd.Series, language: Language = "en") -> list[str]:
    """Mean, interval and step of a row of `Decomposition.levels`."""
    step = "" if math.isnan(level["change"]) else number(level["change"], language, signed=True)
    return [number(level["value"], language), _interval(level, language, signed=False), step]


def mechanism_headings(found: Decomposition, language: Language = "en") -> list[str]:
    """The heading of the mechanisms, and then that of each cell."""
    words = _WORDS[language]
    return [
        words[name].format(level=percent(found.confidence, language)) + MARK * (name in WITHOUT_INTERVAL)
        for name in _HEADINGS
    ]


def mechanism_cells(row: pd.Series, language: Language = "en") -> list[str]:
    """The cells of a row of `Decomposition.table`; an asterisk marks a bootstrap interval."""
    shares = [math.nan if row["verdict"] == TOO_FEW else row[name] for name in ("lowers", "same", "raises")]
    return [
        number(row["shapley"], language, signed=True),
        f"{_interval(row, language, signed=True)}{'*' if row['method'] == 'bootstrap' else ''}",
        percent(row["share"], language),
        parts_of_whole(shares, language),
        number(row["alone"], language, signed=True),
        number(row["last"], language, signed=True),
        number(row["completions"], language, signed=True),
        _WORDS[language][row["verdict"]],
    ]


def _interval(row: pd.Series, language: Language, *, signed: bool) -> str:
    return span(numbers_apart([row["low"], row["high"]], language, signed=signed), language)


_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "level": "Level",
        "value": "Mean",
        "step": "Step",
        "mechanism": "Mechanism",
        "effect": "Effect",
        "interval": "{level} interval",
        "share": "Share",
        "probability": "P(lowers)",
        "alone": "First in",
        "last": "Last in",
        "completions": "Completions",
        "verdict": "Verdict",
        "lowers": "lowers",
        "raises": "raises",
        "undecided": "undecided",
        "no effect": "no effect",
        TOO_FEW: "too few to tell",
    },
    "fr": french(
        {
            "level": "Niveau",
            "value": "Moyenne",
            "step": "Marche",
            "mechanism": "Mécanisme",
            "effect": "Effet",
            "interval": "Intervalle à {level}",
            "share": "Part",
            "probability": "P(abaisse)",
            "alone": "En premier",
            "last": "En dernier",
            "completions": "Stages",
            "verdict": "Verdict",
            "lowers": "abaisse",
            "raises": "élève",
            "undecided": "indécis",
            "no effect": "aucun effet",
            TOO_FEW: "trop peu pour le dire",
        }
    ),
}
