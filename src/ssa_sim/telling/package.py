"""Which lever of a package does the work: its table and sentences."""

from collections.abc import Iterator
from functools import partial

import pandas as pd

from ssa_sim.analysis.package import LeverChange, PackageShares
from ssa_sim.analysis.players import FEWEST_FOR_VERDICTS, Estimate
from ssa_sim.catalogue.entries import lever_catalogue
from ssa_sim.telling.table import Column, Row, Table
from ssa_sim.telling.values import Filled, Interval, Number, Percent, Told
from ssa_sim.words import glossary
from ssa_sim.words.numbers import Counted, percent, whole, with_interval
from ssa_sim.words.texts import Language, Word, texts

_COLUMNS = ("lever", "effect", "interval", "share", "alone", "last", "verdict")
_MOST_NAMED = 2


def told(found: PackageShares, language: Language = "en") -> Iterator[Table | str]:
    """The levers, how to read them, and the closing sentences."""
    yield table(found)
    yield f"{note(found, language)}\n"
    yield f"{sentence(found, language)}\n"


def as_json(found: PackageShares, language: Language = "en") -> dict[str, object]:
    """The facts, and the sentences of a language."""
    return {**found.as_json(), "sentence": sentence(found, language), "note": note(found, language)}


def table(found: PackageShares) -> Table:
    """A row a lever, or a group of them, with what it sets."""
    title = Filled(
        Word("package.title"),
        {
            "package": Told(partial(glossary.scenario_title, found.title)),
            "base": Told(partial(glossary.scenario_title, found.base)),
            "outcome": Told(found.outcome.label),
            "unit": Told(found.outcome.unit_in),
        },
    )
    level = {"level": Percent(found.confidence)}
    columns = [
        Column(Filled(Word(f"package.headings.{name}"), level), "number" if place else "text")
        for place, name in enumerate(_COLUMNS)
    ]
    return Table(title, columns, [_row(found, row) for _, row in found.table.iterrows()])


def sentence(found: PackageShares, language: Language = "en") -> str:
    """What the levers do together, which do most, and how far they overlap."""
    said = texts(language, "package")
    rows = found.table.head(_MOST_NAMED)
    named = ", ".join(
        f"{row[f'label_{language}']} {_written(Estimate(row['shapley'], row['low'], row['high']), language, signed=True)}"
        for _, row in rows.iterrows()
    )
    opening = said(
        "sentence",
        outcome=found.outcome.label(language),
        replications=_replications(found, language),
        none=_written(found.none, language),
        all=_written(found.all, language),
        total=_written(found.total, language, signed=True),
        named=named,
    )
    overlap = found.overlap
    if overlap.low <= 0.0 <= overlap.high or len(found.table) == 1:
        how, shown = "apart", overlap
    else:
        is_twice = (overlap.value > 0.0) == (found.total.value > 0.0)
        how = "twice" if is_twice else "needed"
        ends = sorted((abs(overlap.low), abs(overlap.high)))
        shown = Estimate(abs(overlap.value), *ends)
    return f"{opening} " + said(
        how,
        one_by_one=_written(found.one_by_one, language, signed=True),
        overlap=_written(shown, language, signed=how == "apart"),
    )


def note(found: PackageShares, language: Language = "en") -> str:
    """How to read the table, and what is missing from it."""
    said = texts(language, "package")
    notes = [
        said("effect"),
        said("interval", level=percent(found.confidence, language), replications=_replications(found, language)),
    ]
    if found.is_sampled:
        notes.append(said("sampled", subsets=whole(found.subsets, language), count=len(found.table)))
    if found.is_too_small:
        notes.append(said("too_few", fewest=FEWEST_FOR_VERDICTS))
    if found.n_missing:
        notes.append(said("missing", count=whole(found.n_missing, language)))
    return " ".join(notes)


def _row(found: PackageShares, row: pd.Series) -> Row:
    ends = (row["low"], row["high"])
    cells = (
        Number(row["shapley"], beside=ends, signed=True),
        Interval(*ends, beside=(row["shapley"],), signed=True, mark="*" if row["method"] == "bootstrap" else ""),
        Percent(row["share"]),
        Number(row["alone"], beside=ends, signed=True),
        Number(row["last"], beside=ends, signed=True),
        Word(f"decomposition.verdicts.{row['verdict']}"),
    )
    return Row(Told(partial(_changes, found.changes[row["lever"]])), cells)


def _changes(changes: tuple[LeverChange, ...], language: Language) -> str:
    entries = {entry.path: entry for entry in lever_catalogue()}
    said = texts(language, "package")
    return "\n".join(
        said(
            "change",
            lever=entries[change.lever].label(language),
            before=glossary.value(change.before, language),
            after=glossary.value(change.after, language),
        )
        for change in changes
    )


def _written(estimate: Estimate, language: Language, *, signed: bool = False) -> str:
    return with_interval(estimate.value, estimate.low, estimate.high, language, signed=signed)


def _replications(found: PackageShares, language: Language) -> str:
    return texts(language, "decomposition")("replications", count=Counted(found.replications, language))
