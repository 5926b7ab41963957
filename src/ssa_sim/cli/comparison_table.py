"""The table of a comparison on the terminal, with how to read it."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ssa_sim.cli.output import console

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

    from ssa_sim.analysis.compare import Comparison
    from ssa_sim.analysis.numbers import Language


def print_comparison(comparison: "Comparison", language: "Language") -> None:
    """The tables, how to read them, advice, and the closing sentence."""
    from ssa_sim.analysis.sentences import advice, note, sentence

    screen = console()
    for scenario in comparison.others:
        screen.print(_table(comparison, scenario, language, is_narrow=screen.width < _WIDE))
    texts = (note(comparison, language), advice(comparison, language), sentence(comparison, language))
    for text in filter(None, texts):
        screen.print(f"{text}\n", markup=False)


def _table(comparison: "Comparison", scenario: str, language: "Language", *, is_narrow: bool) -> "Table":
    """A scenario's rows: a line each, or two lines each where the terminal is narrow."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from ssa_sim.analysis.numbers import percent

    words = _WORDS[language]
    title = words["title"].format(scenario=scenario, first=comparison.first)
    table = Table(title=Text(title, style="bold"), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(words["outcome"], overflow="fold")
    level = percent(comparison.confidence, language)
    headings = [words[name].format(level=level) for name in _HEADINGS]
    for heading in _paired_up(headings) if is_narrow else headings:
        table.add_column(heading, justify="left" if words["verdict"] in heading else "right", no_wrap=True)
    for outcome in comparison.outcomes:
        row = comparison.row(scenario, outcome.name)
        name, unit = outcome.label(language), outcome.unit_in(language)
        cells = _cells(row, language)
        if is_narrow:
            table.add_row(Text(f"{name}\n({unit})"), *_paired_up(cells))
        else:
            table.add_row(Text(f"{name} ({unit})"), *cells)
    return table


def _paired_up(texts: Sequence[str]) -> list[str]:
    """Every second text on a line below the one before it."""
    return [f"{upper}\n{lower}" for upper, lower in zip(texts[::2], texts[1::2], strict=True)]


def _cells(row: "pd.Series", language: "Language") -> list[str]:
    """The cells of a row in the order of the headings."""
    from ssa_sim.analysis.numbers import numbers, percent
    from ssa_sim.analysis.sentences import replications_text, verdict_word

    means = numbers([row["first_mean"], row["mean"]], language)
    difference, low, high = numbers([row["difference"], row["low"], row["high"]], language, signed=True)
    ends = "–" if math.isnan(row["low"]) else f"{low} {_WORDS[language]['to']} {high}"
    return [
        *means,
        difference,
        f"{ends}{'*' if row['method'] == 'bootstrap' else ''}",
        percent(row["probability_better"], language),
        percent(row["variance_reduction"], language),
        f"[{_COLOURS[row['verdict']]}]{verdict_word(row['verdict'], language)}[/]",
        replications_text(row["replications_needed"], language),
    ]


_WIDE = 150
"""Columns of a terminal in which a row of the table fits on a line."""
_HEADINGS = ("first", "scenario", "difference", "interval", "probability", "pairing", "verdict", "needed")
_COLOURS = {"better": "bold blue", "worse": "bold magenta", "undecided": "dim", "no difference": "dim"}

_WORDS = {
    "en": {
        "title": "{scenario}, compared with {first}",
        "outcome": "Outcome",
        "first": "First",
        "scenario": "Scenario",
        "difference": "Difference",
        "interval": "{level} interval",
        "probability": "P(better)",
        "pairing": "Pairing",
        "verdict": "Verdict",
        "needed": "To settle",
        "to": "to",
    },
    "fr": {
        "title": "{scenario}, comparé à {first}",
        "outcome": "Résultat",
        "first": "Premier",
        "scenario": "Scénario",
        "difference": "Différence",
        "interval": "Intervalle à {level}",
        "probability": "P(meilleur)",
        "pairing": "Appariement",
        "verdict": "Verdict",
        "needed": "Pour trancher",
        "to": "à",
    },
}
