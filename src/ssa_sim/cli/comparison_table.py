"""The table of a comparison on the terminal, with how to read it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ssa_sim.cli.output import console

if TYPE_CHECKING:
    from rich.table import Table

    from ssa_sim.analysis.compare import Comparison
    from ssa_sim.words.texts import Language


def print_comparison(comparison: "Comparison", language: "Language") -> None:
    """The tables, how to read them, advice, and the closing sentence."""
    from ssa_sim.analysis.sentences import advice, note, reasons, sentence

    screen = console()
    for scenario in comparison.others:
        screen.print(_table(comparison, scenario, language, is_narrow=screen.width < _WIDE))
        for text in reasons(comparison, scenario, language):
            screen.print(text, markup=False)
        screen.print()
    texts = (note(comparison, language), advice(comparison, language), sentence(comparison, language))
    for text in filter(None, texts):
        screen.print(f"{text}\n", markup=False)


def _table(comparison: "Comparison", scenario: str, language: "Language", *, is_narrow: bool) -> "Table":
    """A scenario's rows: a line each, or two lines each where the terminal is narrow."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from ssa_sim.analysis.comparison_cells import cells, headings

    title = _TITLE[language].format(scenario=scenario, first=comparison.first)
    table = Table(title=Text(title, style="bold"), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    outcome_heading, *others = headings(comparison.confidence, language)
    table.add_column(outcome_heading, overflow="fold")
    verdict = others[_VERDICT]
    for heading in _paired_up(others) if is_narrow else others:
        table.add_column(heading, justify="left" if verdict in heading else "right", no_wrap=True)
    for outcome in comparison.outcomes:
        row = comparison.row(scenario, outcome.name)
        name, unit = outcome.label(language), outcome.unit_in(language)
        texts = cells(row, language)
        texts[_VERDICT] = f"[{_COLOURS[row['verdict']]}]{texts[_VERDICT]}[/]"
        if is_narrow:
            table.add_row(Text(f"{name}\n({unit})"), *_paired_up(texts))
        else:
            table.add_row(Text(f"{name} ({unit})"), *texts)
    return table


def _paired_up(texts: Sequence[str]) -> list[str]:
    """Every second text on a line below the one before it."""
    return [f"{upper}\n{lower}" for upper, lower in zip(texts[::2], texts[1::2], strict=True)]


_VERDICT = 6
"""Place of the verdict among the cells."""
_WIDE = 160
"""Columns of a terminal in which a row of the table fits on a line."""
_COLOURS = {"better": "bold blue", "worse": "bold magenta", "undecided": "dim", "no difference": "dim"}
_TITLE = {"en": "{scenario}, compared with {first}", "fr": "{scenario}, comparé à {first}"}
