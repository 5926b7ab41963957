"""What following the money comes to: where it ended, by who gave it, and by what it was for."""

from collections.abc import Iterator, Sequence
from functools import partial

import pandas as pd

from ssa_sim.analysis.money import Money
from ssa_sim.analysis.money_runs import NO_KIND, PLACES
from ssa_sim.telling.table import Column, Fitting, Row, Table
from ssa_sim.telling.values import Filled, Interval, Number, Percent, Span, Text, Told, Value
from ssa_sim.words.numbers import Counted, number, percent
from ssa_sim.words.texts import Language, Word, texts

_ENDS_COLUMNS = ("use", "million", "interval", "share", "share_interval")
_FITTING = Fitting(heading=34, cell=13)
_LARGEST = 3


def told(found: Money, language: Language = "en", *, every_trail: bool = False) -> Iterator[Table | str]:
    """Where it ended, by giver, by kind; on demand every trail; how to read it, and the closing sentence."""
    yield ends_table(found)
    yield _across(found, ["giver"], "giver")
    yield _across(found, ["kind", "target"], "kind")
    if every_trail:
        yield trails_table(found)
    yield f"{texts(language, 'money')('note', level=percent(found.confidence, language))}\n"
    yield f"{sentence(found, language)}\n"


def as_json(found: Money, language: Language = "en") -> dict[str, object]:
    """The facts, and the sentence of a language."""
    return {**found.as_json(), "sentence": sentence(found, language)}


def ends_table(found: Money) -> Table:
    """A row for each thing that became of money."""
    title = Filled(Word("money.title"), {"scenario": Text(found.title), "total": Number(found.total[0])})
    return Table(
        title, _columns(found, _ENDS_COLUMNS), [_row(end_name(row["use"]), row) for _, row in _rows(found.ends)]
    )


def trails_table(found: Money) -> Table:
    """A row a trail, from who gave to what became of it."""
    rows = [
        _row(Told(partial(_trail_name, found, tuple(row[place] for place in PLACES))), row)
        for _, row in _rows(found.trails)
    ]
    return Table(Word("money.paths"), _columns(found, ("trail", *_ENDS_COLUMNS[1:])), rows)


def giver_name(found: Money, giver: str, language: Language) -> str:
    """What a giver is called."""
    for known in found.givers:
        if known.name == giver:
            return known.label_fr if language == "fr" else known.label_en
    return texts(language, "money")(f"givers.{giver}")


def end_name(use: str) -> Word:
    """What became of money, in words."""
    return Word(f"money.ends.{use}")


def kind_name(kind: str) -> Word:
    """What a kind of project is called."""
    return Word("money.no_project") if kind == NO_KIND else Word(f"figures.names.kinds.{kind}")


def target_name(target: str) -> Word:
    """What a target is called."""
    return Word("money.no_project") if target == NO_KIND else Word(f"money.targets.{target}")


def sentence(found: Money, language: Language = "en") -> str:
    """What share was used, and what became of most of the rest."""
    said = texts(language, "money")
    others = found.ends[found.ends["use"] != "used"].nlargest(_LARGEST, "share")
    largest = ", ".join(
        f"{percent(row['share'], language)} {end_name(row['use']).to(language)}" for _, row in others.iterrows()
    )
    return said(
        "sentence",
        total=number(found.total[0], language),
        replications=texts(language, "decomposition")("replications", count=Counted(found.replications, language)),
        used=percent(found.share_of("used"), language),
        largest=largest,
    )


def _rows(table: pd.DataFrame) -> Iterator[tuple[object, pd.Series]]:
    return iter(table.iterrows())


def _row(name: Value, row: pd.Series) -> Row:
    ends = (row["low"], row["high"])
    cells = (
        Number(row["million"], beside=ends),
        Interval(*ends, beside=(row["million"],)),
        Percent(row["share"]),
        Span((Percent(row["share_low"]), Percent(row["share_high"]))),
    )
    return Row(name, cells)


def _across(found: Money, places: Sequence[str], heading: str) -> Table:
    """Million EUR by some places and by what became of them."""
    table = found.across(places)
    columns = [Column(Word(f"money.headings.{heading}"), "text", breaks=False)]
    columns += [Column(end_name(use)) for use in table.columns]
    columns.append(Column(Word("money.headings.total")))
    rows = []
    for key, values in table.iterrows():
        cells = [Number(value, beside=(values.max(),)) if value else Text("–") for value in values]
        names = key if isinstance(key, tuple) else (key,)
        rows.append(Row(Told(partial(_places_name, found, names)), (*cells, Number(values.sum()))))
    return Table(Word(f"money.by_{heading}"), columns, rows, _FITTING)


def _places_name(found: Money, names: Sequence[str], language: Language) -> str:
    if len(names) == 1:
        return giver_name(found, names[0], language)
    kind, target = names
    if kind == NO_KIND:
        return kind_name(kind).to(language)
    called = {"kind": kind_name(kind).to(language), "target": target_name(target).to(language)}
    return texts(language, "money")("arrow", **called)


def _trail_name(found: Money, names: Sequence[str], language: Language) -> str:
    giver, kind, target, use = names
    places = (giver_name(found, giver, language), _places_name(found, (kind, target), language))
    return " → ".join((*places, end_name(use).to(language)))


def _columns(found: Money, names: Sequence[str]) -> list[Column]:
    level = {"level": Percent(found.confidence)}
    return [
        Column(Filled(Word(f"money.headings.{name}"), level), "number" if place else "text")
        for place, name in enumerate(names)
    ]
