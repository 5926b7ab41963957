"""The pattern table, on the terminal and in Markdown."""

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ssa_sim.cli.output import console
from ssa_sim.typography import french

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from ssa_sim.analysis.pattern_verdicts import Finding
    from ssa_sim.analysis.validation import Validation
    from ssa_sim.words.texts import Language


def print_validation(title: str, validation: "Validation", language: "Language") -> None:
    """The patterns one after the other, each with its rows; below a row that fails, the reason if it is known; a summary."""
    from rich.text import Text

    from ssa_sim.catalogue.patterns import PATTERNS

    screen = console()
    width = min(screen.width, _WIDEST)
    words = _WORDS[language]
    screen.print(Text(f"{title}\n", style="bold"))
    _print_row([words[heading] for heading in _HEADINGS], width, "bold")
    for pattern in PATTERNS:
        screen.print(Text(f"\n{pattern.id}  {pattern.label.to(language)}", style="bold"), width=width)
        seen = words["seen"].format(observed=pattern.observed.to(language), sources=", ".join(pattern.sources))
        screen.print(Text(seen, style="dim"), width=width)
        for finding in validation.of(pattern):
            _print_row(_cells(finding, validation, language), width)
            for text in _remarks(finding, language):
                screen.print(_line(("", Text(text)), (_ID, width - _ID - 2), "italic"))
    screen.print()
    screen.print(Text(summary(validation, language)), width=width)


def markdown(validation: "Validation", language: "Language") -> str:
    """The table in Markdown, a line a row, and below it the reasons of rows that fail."""
    from ssa_sim.catalogue.patterns import PATTERNS

    words = _WORDS[language]
    lines = [
        f"| {' | '.join(words[heading].replace(chr(10), '<br>') for heading in _HEADINGS)} |",
        f"|{' --- |' * len(_HEADINGS)}",
    ]
    for pattern in PATTERNS:
        for finding in validation.of(pattern):
            cells = [cell.replace("\n", "<br>") for cell in _cells(finding, validation, language)]
            if finding.row is pattern.rows[0]:
                cells[1] = f"**{pattern.label.to(language)}** ({', '.join(pattern.sources)})<br>{cells[1]}"
            lines.append(f"| {' | '.join(cells)} |")
    notes = [
        f"- {finding.row.id}: {text}"
        for finding in validation.findings.values()
        for text in _remarks(finding, language)
    ]
    return "\n".join([*lines, *(["", *notes] if notes else [])])


def summary(validation: "Validation", language: "Language") -> str:
    """How many rows hold, fail and do not apply, how much of that is a test, and what of it speaks of assistance."""
    words = _WORDS[language]
    judged = [finding for finding in validation.findings.values() if finding.verdict != "not applicable"]
    tests = [finding for finding in judged if finding.row.kind == "emergent"]
    sentences = [
        words["rows"].format(
            count=len(judged),
            replications=validation.replications,
            holds=len(validation.with_verdict("holds")),
            fails=len(validation.with_verdict("fails")),
            named=_named(validation.with_verdict("fails")),
            none=len(validation.with_verdict("not applicable")),
        ),
        words["tests"].format(count=len(tests), holds=sum(finding.verdict == "holds" for finding in tests)),
        _without_assistance(validation, language),
        words["rule"],
    ]
    return " ".join(sentences)


def _without_assistance(validation: "Validation", language: "Language") -> str:
    """Which of the tests that the scenario passes would be passed without any assistance."""
    too, not_there, no_meaning = (validation.tests_passed(without) for without in ("holds", "fails", "not applicable"))
    return _WORDS[language]["compared"].format(
        too=_counted(too), not_there=_counted(not_there), no_meaning=_counted(no_meaning)
    )


def _print_row(cells: Sequence[str], width: int, style: str = "") -> None:
    """A row of the table; on a narrow screen, what is measured on a line of its own and the numbers below it."""
    from rich.text import Text

    screen = console()
    texts = [Text(cell) for cell in cells]
    texts[_HEADINGS.index("verdict")].highlight_words(_STRIKING, "bold magenta")
    if width < _SIDE_BY_SIDE:
        screen.print(_line(texts[: -len(_NUMBERS)], (_ID, width - _ID - 2), style))
        screen.print(_line(texts[-len(_NUMBERS) :], _NUMBERS, style))
    else:
        rest = width - sum(each + 1 for each in (_ID, *_NUMBERS)) - 1
        screen.print(_line(texts, (_ID, rest, *_NUMBERS), style))


def _line(cells: "Sequence[Text | str]", widths: Sequence[int], style: str = "") -> "Table":
    """Cells beside one another; lines of the same widths line up below one another."""
    from rich.table import Table

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1, 0, 0), style=style)
    for width in widths:
        table.add_column(width=width, overflow="fold")
    table.add_row(*cells)
    return table


def _cells(finding: "Finding", validation: "Validation", language: "Language") -> list[str]:
    """The cells of a row in the order of the headings."""
    from ssa_sim.words.numbers import number, numbers_apart, percent, percents_apart, span

    row, words = finding.row, _WORDS[language]
    median, *range_ends = numbers_apart([finding.median, finding.p05, finding.p95], language)
    if finding.verdict == "not applicable":
        found, judged = "–", "–"
    else:
        found = f"{median}\n{span(range_ends, language)}"
        share = words["of runs"].format(share=percent(finding.share, language))
        ends = (
            numbers_apart([finding.low, finding.high], language)
            if row.judged == "level"
            else percents_apart([finding.low, finding.high], language)
        )
        judged = f"{words['median'] if row.judged == 'level' else share}\n{span(ends, language)}"
    return [
        row.id,
        f"{row.label.to(language)} ({row.unit_in(language)})",
        f"{'–' if math.isnan(row.target) else number(row.target, language)}\n{_tolerance(row.low, row.high, language)}",
        found,
        judged,
        f"{words[row.kind]}\n{words[finding.verdict]}",
        _cell_without_assistance(validation.without[row.id], language),
    ]


def _cell_without_assistance(finding: "Finding", language: "Language") -> str:
    from ssa_sim.words.numbers import numbers

    verdict = _WORDS[language][finding.verdict]
    if finding.verdict == "not applicable":
        return verdict
    return f"{numbers([finding.median, finding.p05, finding.p95], language)[0]}\n{verdict}"


def _tolerance(low: float, high: float, language: "Language") -> str:
    from ssa_sim.words.numbers import number, numbers, span

    if math.isinf(low):
        return f"< {number(high, language)}"
    if math.isinf(high):
        return f"> {number(low, language)}"
    return span(numbers([low, high], language), language)


def _remarks(finding: "Finding", language: "Language") -> list[str]:
    """What stands below a row: why it is open or does not apply, runs without a number, and what is known of a failure."""
    from ssa_sim.analysis.known_limits import limit_of
    from ssa_sim.words.numbers import Counted

    words = _WORDS[language]
    remarks = []
    if finding.remark is not None:
        remarks.append(words["remark"].format(verdict=words[finding.verdict], remark=finding.remark.to(language)))
    if finding.n_missing:
        remarks.append(words["missing"].format(count=Counted(finding.n_missing, language), n=finding.n))
    limit = limit_of(finding.row.id, language)
    if finding.verdict == "fails" and limit is not None:
        remarks.append(limit)
    return remarks


def _named(findings: Iterable["Finding"]) -> str:
    names = ", ".join(finding.row.id for finding in findings)
    return f" ({names})" if names else ""


def _counted(findings: "Sequence[Finding]") -> str:
    return f"{len(findings)}{_named(findings)}"


_WIDEST = 150
_SIDE_BY_SIDE = 110
"""Columns of a screen from which on what is measured stands beside its numbers."""
_ID = 4
_NUMBERS = (17, 17, 16, 13, 12)
"""Columns of each cell but what is measured, which takes what is left."""
_HEADINGS = ("row", "quantity", "target", "found", "judged", "verdict", "without")
_STRIKING = ("fails", "ne tient pas")

_WORDS = {
    "en": {
        "row": "Row",
        "quantity": "What is measured",
        "target": "Seen\nTolerance",
        "found": "Median\n5% to 95%",
        "judged": "Judged by\n95% interval",
        "verdict": "Kind\nVerdict",
        "without": "Without\nassistance",
        "median": "the median",
        "of runs": "{share} of runs",
        "seen": "Seen: {observed} ({sources}).",
        "emergent": "emergent",
        "adjusted to": "adjusted to",
        "input": "input",
        "hypothesis": "hypothesis",
        "holds": "holds",
        "fails": "fails",
        "not applicable": "not applicable",
        "remark": "{verdict}: {remark}.",
        "missing": "{count} of {n} runs {count:has|have} no such number; {count:it counts|they count} against the row.",
        "rows": "Of {count} rows judged over {replications} replications, {holds} hold and {fails} fail{named}; {none} do not "
        "apply.",
        "tests": "Only the {count} rows marked 'emergent' are tests: {holds} of them hold.",
        "compared": "Of these, rows that hold in a world without any assistance too, and so do not speak for the model's account of "
        "assistance: {too}; rows that do not hold there: {not_there}; rows that have no meaning there: {no_meaning}.",
        "rule": "A row holds if the whole 95% interval lies where it should: the median's within the tolerance or, for a "
        "direction, the share of runs at or above two thirds. A hypothesis that fails is no failure of the model.",
    },
    "fr": french(
        {
            "row": "Nº",
            "quantity": "Ce qui est mesuré",
            "target": "Observé\nTolérance",
            "found": "Médiane\n5 % à 95 %",
            "judged": "Jugé par\nIntervalle 95 %",
            "verdict": "Nature\nVerdict",
            "without": "Sans\nassistance",
            "median": "la médiane",
            "of runs": "{share} des cas",
            "seen": "Observé : {observed} ({sources}).",
            "emergent": "émergent",
            "adjusted to": "ajusté",
            "input": "entrée",
            "hypothesis": "hypothèse",
            "holds": "tient",
            "fails": "ne tient pas",
            "not applicable": "sans objet",
            "remark": "{verdict} : {remark}.",
            "missing": "{count:# simulation|# simulations} sur {n} {count:n'a|n'ont} pas ce nombre ; {count:elle compte|elles comptent} contre la "
            "ligne.",
            "rows": "Sur {count} lignes jugées sur {replications} répétitions, {holds} tiennent et {fails} ne tiennent pas{named} ; "
            "{none} sont sans objet.",
            "tests": "Seules les {count} lignes « émergent » sont des tests : {holds} tiennent.",
            "compared": "Parmi celles-ci, lignes qui tiennent aussi dans un monde sans aucune assistance, et ne plaident donc pas pour "
            "ce que le modèle dit de l'assistance : {too} ; lignes qui n'y tiennent pas : {not_there} ; lignes qui n'y ont pas de "
            "sens : {no_meaning}.",
            "rule": "Une ligne tient si tout l'intervalle à 95 % est où il faut : celui de la médiane dans la tolérance ou, pour un "
            "sens, la part des simulations à deux tiers au moins. Une hypothèse qui ne tient pas n'est pas un échec du modèle.",
        }
    ),
}
