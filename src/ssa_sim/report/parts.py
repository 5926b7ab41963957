"""The parts that a page is made of, as the template shows them: plain texts in tables, pictures and lists."""

from collections.abc import Sequence
from dataclasses import dataclass

from ssa_sim.telling.table import Written
from ssa_sim.words.texts import Language


@dataclass(frozen=True)
class Picture:
    """A picture held in the page itself."""

    source: str
    alternative: str
    caption: str


@dataclass(frozen=True)
class Finding:
    """What a scenario asks, and what came of it."""

    title: str
    name: str
    question: str
    answer: str


@dataclass(frozen=True)
class Page:
    """Everything that a report says, in the order in which it says it; `annex` is what `varies`, if anything, leads to."""

    language: Language
    kind: str
    title: str
    made: str
    alerts: Sequence[str]
    findings_title: str
    findings: Sequence[Finding]
    sentences: Sequence[str]
    free_levers: str
    overview: Written | None
    overview_notes: Sequence[str]
    sure: Sequence[str]
    changes: Written | None
    pictures: Sequence[Picture]
    varies: str
    tables: Sequence[Written]
    reading: Sequence[str]
    method: Sequence[str]
    limits: Sequence[str]
    reference: Written | None
    sources: Sequence[tuple[str, str]]
    provenance: Sequence[tuple[str, str]]
    annex: Written | None = None
