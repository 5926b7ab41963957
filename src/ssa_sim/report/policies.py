"""The part of a report that says what each scenario changes, by levers first."""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby

from ssa_sim.analysis.changes import CATALOGUE, Change
from ssa_sim.catalogue.entries import LeverEntry, ParameterValue
from ssa_sim.catalogue.evidence import evidence_register, parse_source
from ssa_sim.report.wording import WORDINGS
from ssa_sim.telling.table import Cell, Written, WrittenRow
from ssa_sim.words import glossary
from ssa_sim.words.texts import Language


def changes_part(
    changes: Sequence[Change], others: Sequence[str], first: str, titles: Mapping[str, str], language: Language
) -> Written | None:
    """What each other scenario changes in the first one; None if there is no other."""
    words = WORDINGS[language]
    rows = []
    for name in others:
        own = [change for change in changes if change.scenario == name]
        levers = [change for change in own if change.part == "lever"]
        rest = [change for change in own if change.part != "lever"]
        rows.append(WrittenRow(titles[name], note="" if own else words.changes_nothing))
        rows += [_row(change, language) for change in levers]
        if rest:
            rows.append(WrittenRow(titles[name], note=words.changes_besides))
            rows += [_row(change, language) for change in rest]
    if not rows:
        return None
    caption = words.changes_caption.format(first=titles[first])
    notes = [words.changes_note.format(first=titles[first])]
    return Written(caption, words.change_headings, rows, is_numeric=False, notes=notes)


def free_levers(changes: Sequence[Change], scenarios: Collection[str], language: Language) -> list[str]:
    """The levers that these scenarios set otherwise and that cost nothing in the model, each named once."""
    labels = [
        change.entry.label(language)
        for change in changes
        if change.scenario in scenarios and isinstance(change.entry, LeverEntry) and change.entry.cost is None
    ]
    return list(dict.fromkeys(labels))


def reference_part(changes: Sequence[Change], first: str, title: str, language: Language) -> Written | None:
    """What the first scenario sets otherwise than the catalogue; None if nothing."""
    words = WORDINGS[language]
    rows = [_row(change, language) for change in changes if change.scenario == first and change.against == CATALOGUE]
    caption = words.reference_caption.format(first=title)
    return Written(caption, words.change_headings, rows, is_numeric=False) if rows else None


def sources_part(changes: Sequence[Change]) -> list[tuple[str, str]]:
    """Every reference that the changed parameters rest on, after the ids of what it says."""
    named = {id_ for change in changes for id_ in parse_source(change.entry.source).ids}
    ids: dict[str, list[str]] = {}
    for evidence in evidence_register().values():
        if evidence.id in named:
            ids.setdefault(evidence.reference, []).append(evidence.id)
    return [(", ".join(of_one), reference) for reference, of_one in ids.items()]


def _row(change: Change, language: Language) -> WrittenRow:
    entry = change.entry
    name = entry.label(language)
    if change.part == "donor":
        name = f"{change.path.split('.')[1]}: {name}"
    decided_by, cost = "", ""
    if isinstance(entry, LeverEntry):
        decided_by, cost = (
            glossary.decider(entry.decided_by, language),
            entry.cost_in(language) or glossary.no_cost(language),
        )
    unit = glossary.unit(entry.unit, language)
    texts = (
        _course([(glossary.month(spell.since), spell.against) for spell in change.spells], language),
        _course([(glossary.month(spell.since), spell.value) for spell in change.spells], language),
        decided_by,
        cost,
        glossary.source(entry.source, language),
    )
    return WrittenRow(name, tuple(Cell(text, "text") for text in texts), note=unit)


def _course(values: Sequence[tuple[str, ParameterValue | None]], language: Language) -> str:
    """The values one after the other, each later one with its first month."""
    since = WORDINGS[language].since
    stretches = [next(group) for _, group in groupby(values, key=lambda pair: pair[1])]
    (_, opening), *later = stretches
    texts = [glossary.value(opening, language)]
    texts += [since.format(month=month, value=glossary.value(value, language)) for month, value in later]
    return "; ".join(texts)
