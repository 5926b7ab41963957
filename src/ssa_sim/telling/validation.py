"""What a validation says: the pattern table, remarks on its rows, what is known of those that fail, and a summary."""

import math
from collections.abc import Iterable, Mapping, Sequence

from ssa_sim.analysis.pattern_verdicts import JudgedRow
from ssa_sim.analysis.validation import Validation
from ssa_sim.catalogue.patterns import KNOWN_LIMITS, PATTERNS, Pattern
from ssa_sim.telling.table import Column, Row, Table
from ssa_sim.telling.values import Filled, Interval, Joined, Number, Percent, Span, Text, Told, Value
from ssa_sim.words.numbers import Counted, percents_apart, span, written
from ssa_sim.words.texts import Language, Word, texts

HEADINGS = ("row", "quantity", "target", "found", "judged", "verdict", "without")
_NONE = Text("–")


def as_json(found: Validation, language: Language = "en") -> dict[str, object]:
    """The facts, with what patterns and rows are called."""
    facts = found.as_json()
    told = [
        {
            "id": pattern.id,
            "label": pattern.label.to(language),
            "observed": pattern.observed.to(language),
            **each,
            "rows": [_row_as_json(found, row, language) for row in each["rows"]],
        }
        for pattern, each in zip(PATTERNS, facts["patterns"], strict=True)
    ]
    return {**facts, "patterns": told}


def _row_as_json(found: Validation, facts: Mapping[str, object], language: Language) -> dict[str, object]:
    """A row's facts, with what it is called in front and what is said of the finding behind."""
    finding, without = (findings[str(facts["id"])] for findings in (found.findings, found.without))
    judged = {*finding.as_json(), "without_assistance"}
    return {
        "id": finding.row.id,
        "label": finding.row.label.to(language),
        "unit": finding.row.unit_in(language),
        **{name: fact for name, fact in facts.items() if name not in judged},
        "tolerance_reason": finding.row.reason.to(language),
        **_finding_as_json(finding, language),
        "without_assistance": _finding_as_json(without, language),
        "known_limit": limit_of(finding.row.id, language),
    }


def _finding_as_json(finding: JudgedRow, language: Language) -> dict[str, object]:
    return {**finding.as_json(), "remark": None if finding.remark is None else finding.remark.to(language)}


def table(found: Validation) -> Table:
    """A row a row of the patterns; the first one of each pattern begins with the pattern's name and sources."""
    rows = []
    for pattern in PATTERNS:
        for finding in found.of(pattern):
            first, *others = cells(found, finding)
            if finding.row is pattern.rows[0]:
                sources = Text(f"** ({', '.join(pattern.sources)})\n")
                first = Joined((Text("**"), pattern.label, sources, first), "")
            rows.append(Row(Text(finding.row.id), (first, *others)))
    return Table(None, [Column(Word(f"validation.headings.{name}"), "text") for name in HEADINGS], rows)


def cells(found: Validation, finding: JudgedRow) -> tuple[Value, ...]:
    """What stands beside a row's id, in the order of the headings."""
    row = finding.row
    target = _NONE if math.isnan(row.target) else Number(row.target)
    measured: Value = _NONE
    judged: Value = _NONE
    if finding.verdict != "not applicable":
        ends = (finding.p05, finding.p95)
        measured = _below(Number(finding.median, ends, is_apart=True), Interval(*ends, beside=(finding.median,)))
        judged = _judged(finding)
    return (
        Joined((row.label, Text(" ("), Told(row.unit_in), Text(")")), ""),
        _below(target, _tolerance(row.low, row.high)),
        measured,
        judged,
        _below(Word(f"validation.kinds.{row.kind}"), _verdict(finding)),
        _without_assistance(found.without[row.id]),
    )


def _below(upper: Value, lower: Value) -> Value:
    return Joined((upper, lower))


def _verdict(finding: JudgedRow) -> Word:
    return Word(f"validation.verdicts.{finding.verdict}")


def _judged(finding: JudgedRow) -> Value:
    """What the verdict rests on, and its interval."""
    ends = (finding.low, finding.high)
    if finding.row.judged == "level":
        return _below(Word("validation.median"), Interval(*ends))
    share = Filled(Word("validation.of_runs"), {"share": Percent(finding.share)})
    return _below(share, Told(lambda language: span(percents_apart(ends, language), language)))


def _without_assistance(finding: JudgedRow) -> Value:
    if finding.verdict == "not applicable":
        return _verdict(finding)
    return _below(Number(finding.median, (finding.p05, finding.p95)), _verdict(finding))


def _tolerance(low: float, high: float) -> Value:
    if math.isinf(low):
        return Joined((Text("< "), Number(high)), "")
    if math.isinf(high):
        return Joined((Text("> "), Number(low)), "")
    return Span((Number(low, (high,)), Number(high, (low,))))


def seen(pattern: Pattern, language: Language) -> str:
    """What history shows, and who says so."""
    sources = ", ".join(pattern.sources)
    return texts(language, "validation")("seen", observed=pattern.observed.to(language), sources=sources)


def remarks(finding: JudgedRow, language: Language) -> list[str]:
    """What stands below a row: why it is open or does not apply, runs without a number, and what is known of a failure."""
    said = texts(language, "validation")
    found = []
    if finding.remark is not None:
        found.append(said("remark", verdict=_verdict(finding).to(language), remark=finding.remark.to(language)))
    if finding.n_missing:
        found.append(said("missing", count=Counted(finding.n_missing, language), n=finding.n))
    limit = limit_of(finding.row.id, language)
    if finding.verdict == "fails" and limit is not None:
        found.append(limit)
    return found


def limit_of(row: str, language: Language = "en") -> str | None:
    """What is known of a row that the baseline fails, in a sentence or two; None if nothing is.

    Args:
        row: its id.
        language: of the sentence.
    """
    limit, said = KNOWN_LIMITS.get(row), texts(language, "patterns")
    if limit is None:
        return None
    if not limit.met_at:
        return said("limits.possible", words=said(f"limits.reasons.{row}"))
    points = [
        ", ".join(f"{path} = {written(f'{value:g}', language)}" for path, value in point.items())
        for point in limit.met_at
    ]
    return said("limits.met", points=said("limits.or").join(points), patterns=", ".join(limit.together_with))


def summary(found: Validation, language: Language) -> str:
    """How many rows hold, fail and do not apply, how much of that is a test, and what of it speaks of assistance."""
    said = texts(language, "validation")
    judged = [finding for finding in found.findings.values() if finding.verdict != "not applicable"]
    tests = [finding for finding in judged if finding.row.kind == "emergent"]
    later = [finding for finding in judged if finding.row.kind == "held out"]
    too, not_there, no_meaning = (found.tests_passed(without) for without in ("holds", "fails", "not applicable"))
    sentences = [
        said(
            "rows",
            count=len(judged),
            replications=found.replications,
            holds=len(found.with_verdict("holds")),
            fails=len(found.with_verdict("fails")),
            named=_named(found.with_verdict("fails")),
            none=len(found.with_verdict("not applicable")),
        ),
        said("tests", count=len(tests), holds=sum(finding.verdict == "holds" for finding in tests)),
        said("compared", too=_counted(too), not_there=_counted(not_there), no_meaning=_counted(no_meaning)),
        said("later", count=len(later), holds=sum(finding.verdict == "holds" for finding in later)),
        said("rule"),
    ]
    return " ".join(sentences)


def _named(findings: Iterable[JudgedRow]) -> str:
    names = ", ".join(finding.row.id for finding in findings)
    return f" ({names})" if names else ""


def _counted(findings: Sequence[JudgedRow]) -> str:
    return f"{len(findings)}{_named(findings)}"
