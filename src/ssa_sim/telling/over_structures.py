"""What holds under other structures: of differences between scenarios, and of the parts of mechanisms or levers."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import pandas as pd

from ssa_sim.analysis.compare_structures import ComparisonOverStructures
from ssa_sim.analysis.over_structures import OverStructures
from ssa_sim.analysis.sharing import Against
from ssa_sim.catalogue.entries import structure_catalogue
from ssa_sim.telling.table import Column, Fitting, Row, Table
from ssa_sim.telling.values import Filled, Fixed, Interval, Joined, Number, Percent, Span, Text, Told, Value
from ssa_sim.words.numbers import Counted, number, percent, whole
from ssa_sim.words.texts import Language, Word, term, texts

_COMPARED = ("outcome", "effect", "interval", "effects", "same_sign", "decided", "reversed", "holds")
_SHARED = (
    "effect",
    "interval",
    "effects",
    "share",
    "shares",
    "rank",
    "rank_range",
    "decided",
    "holds",
)
_FITTING = Fitting(heading=64, cell=14)
_MOST_NAMED = 3


def told(found: ComparisonOverStructures | OverStructures, language: Language = "en") -> Iterator[Table | str]:
    """The tables, how to read them, and the closing sentences."""
    if isinstance(found, OverStructures):
        yield from _told_of_players(found, language)
    else:
        yield from _told_of_scenarios(found, language)


def as_json(found: ComparisonOverStructures | OverStructures, language: Language = "en") -> dict[str, object]:
    """The facts, and the sentences of a language."""
    sentence = players_sentence(found, language) if isinstance(found, OverStructures) else _sentence(found, language)
    return {**found.as_json(), "sentence": sentence}


def world_name(row: "Mapping[str, Any] | pd.Series", language: Language) -> str:
    """Structures and their choices; or that all are as the scenario has them."""
    said = texts(language, "over_structures")
    if not row["structure"]:
        return said("as_it_is")
    entries = {entry.path: entry for entry in structure_catalogue()}
    made = zip(row["structure"].split(", "), row["choice"].split(", "), strict=True)
    return said("between").join(
        said("world", structure=entries[path].label(language), choice=term("choices", choice, language))
        for path, choice in made
    )


def _told_of_scenarios(found: ComparisonOverStructures, language: Language) -> Iterator[Table | str]:
    said = texts(language, "over_structures")
    for scenario in found.others:
        yield summary_table(found, scenario)
        yield worlds_table(found, scenario)
    reading = _reading(found.replications, found.confidence, language, is_combined=_is_combined(found.table))
    yield f"{reading} {_holding(found.summary, language)}\n"
    yield f"{_sentence(found, language)}\n"
    if found.n_failed:
        yield f"{said('failed', count=whole(found.n_failed, language))}\n"


def summary_table(found: ComparisonOverStructures, scenario: str) -> Table:
    """A row an outcome: the difference as the scenarios are, its range over structures, and how far it holds."""
    labels = {outcome.name: outcome for outcome in found.outcomes}
    rows = [
        Row(
            Told(labels[row["outcome"]].label),
            (*_effect(row), *_counts(row)),
            note=Told(labels[row["outcome"]].unit_in),
        )
        for _, row in found.summary[found.summary["scenario"] == scenario].iterrows()
    ]
    title = Filled(Word("over_structures.comparison"), {"scenario": Text(scenario), "first": Text(found.first)})
    return Table(title, _columns(_COMPARED, found.confidence), rows)


def worlds_table(found: ComparisonOverStructures, scenario: str) -> Table:
    """A row a world, a column an outcome: the difference; in brackets where it is not decided."""
    own = found.table[found.table["scenario"] == scenario]
    columns = [Column(Word("over_structures.headings.structure"), "text", breaks=False)]
    columns += [Column(Told(outcome.label)) for outcome in found.outcomes]
    title = Filled(Word("over_structures.each_world"), {"scenario": Text(scenario), "first": Text(found.first)})
    return Table(title, columns, _world_rows(own, "outcome", [outcome.name for outcome in found.outcomes]), _FITTING)


def _told_of_players(found: OverStructures, language: Language) -> Iterator[Table | str]:
    yield players_table(found)
    names = found.summary["player"].tolist()
    rows = {row["player"]: row for _, row in found.summary.iterrows()}
    columns = [Column(Word("over_structures.headings.structure"), "text", breaks=False)]
    columns += [Column(Told(partial(label, rows[name]))) for name in names]
    title = Filled(
        Word("over_structures.each_player"),
        {"outcome": Told(found.question.outcome.label), "unit": Told(found.question.outcome.unit_in)},
    )
    yield Table(title, columns, _world_rows(found.table, "player", names), _FITTING)
    said = texts(language, "over_structures")
    reading = _reading(found.replications, found.question.confidence, language)
    notes = [reading, _holding(found.summary, language), said("ranks")]
    if found.question.orders.is_sampled:
        subsets = whole(len(found.question.orders.subsets), language)
        notes.append(texts(language, "decomposition")("sampled", subsets=subsets, count=len(names)))
    yield f"{' '.join(notes)}\n"
    yield f"{players_sentence(found, language)}\n"


def players_table(found: OverStructures) -> Table:
    """A row a mechanism or lever: effect, share and rank here and over structures, and how far it holds."""
    columns = [player_column(found.question.against), *_columns(_SHARED, found.question.confidence)]
    rows = []
    for _, row in found.summary.iterrows():
        shares = (
            Percent(row["share"]),
            Span((Percent(row["share_least"]), Percent(row["share_most"]))),
            Fixed(row["rank"], 0),
            Span((Fixed(row["rank_least"], 0), Fixed(row["rank_most"], 0))),
        )
        rows.append(Row(Told(partial(label, row)), (*_effect(row), *shares, *_counts(row)[1::2])))
    title = Filled(
        Word(f"over_structures.{'package' if found.question.against == 'levers' else 'decomposition'}"),
        {"scenario": Text(found.question.title), "outcome": Told(found.question.outcome.label)},
    )
    return Table(title, columns, rows, Fitting(paired_below=150))


def player_column(against: Against) -> Column:
    """The first column of a table with a row a mechanism or lever."""
    return Column(Word(f"over_structures.headings.{'lever' if against == 'levers' else 'player'}"), "text")


def players_sentence(found: OverStructures, language: Language = "en") -> str:
    """What the first few do here and elsewhere."""
    said = texts(language, "over_structures")
    return " ".join(
        said(
            "players",
            rank=row["rank"],
            named=row[f"label_{language}"],
            least=number(row["effect_least"], language, signed=True),
            most=number(row["effect_most"], language, signed=True),
            rank_least=row["rank_least"],
            rank_most=row["rank_most"],
            holds=said(f"told.{row['holds']}"),
        )
        for _, row in found.summary.head(_MOST_NAMED).iterrows()
    )


def _sentence(found: ComparisonOverStructures, language: Language) -> str:
    counts = {word: int((found.summary["holds"] == word).sum()) for word in ("all", "most", "few", "open")}
    rows, alternatives = len(found.summary), len(found.worlds) - 1
    return texts(language, "over_structures")("sentence", rows=rows, alternatives=alternatives, **counts)


def _is_combined(table: pd.DataFrame) -> bool:
    """Whether some world sets several structures at once."""
    return bool(table["structure"].str.contains(", ", regex=False).any())


def _reading(replications: int, confidence: float, language: Language, *, is_combined: bool = False) -> str:
    said, level = texts(language, "over_structures"), percent(confidence, language)
    counted = texts(language, "decomposition")("replications", count=Counted(replications, language))
    how = said("combined" if is_combined else "one_by_one")
    return f"{how} {said('reading', replications=counted, level=level)}"


def _holding(summary: pd.DataFrame, language: Language) -> str:
    return texts(language, "over_structures")("holding", alternatives=int(summary["alternatives"].max()))


def label(row: pd.Series, language: Language) -> str:
    """What a mechanism or lever is called."""
    return str(row[f"label_{language}"])


def _columns(names: tuple[str, ...], confidence: float) -> list[Column]:
    level = {"level": Percent(confidence)}
    return [
        Column(
            Filled(Word(f"over_structures.headings.{name}"), level),
            "text" if name in ("outcome", "holds") else "number",
        )
        for name in names
    ]


def _effect(row: pd.Series) -> tuple[Value, Value, Value]:
    """The effect here, its interval, and its range over structures."""
    ends, reach = (row["low"], row["high"]), (row["effect_least"], row["effect_most"])
    return (
        Number(row["effect"], beside=ends, signed=True),
        Interval(*ends, beside=(row["effect"],), signed=True),
        Interval(*reach, beside=(row["effect"],), signed=True),
    )


def _counts(row: pd.Series) -> tuple[Value, Value, Value, Value]:
    """In how many alternatives the sign is the same, decided so, and reversed; and in one word."""
    counted = [
        Filled(
            Word("over_structures.count"),
            {"decided": Fixed(row[name], 0), "alternatives": Fixed(row["alternatives"], 0)},
        )
        for name in ("same_sign", "decided", "reversed")
    ]
    return (counted[0], counted[1], counted[2], Word(f"over_structures.holds.{row['holds']}"))


def _world_rows(table: pd.DataFrame, key: str, names: list[str]) -> list[Row]:
    """A row a world with a cell for each of the names."""
    rows = []
    for _, own in table.groupby(["structure", "choice"], sort=False):
        by_name = {row[key]: row for _, row in own.iterrows()}
        cells = tuple(_decided(by_name[name]) for name in names)
        rows.append(Row(Told(partial(world_name, dict(own.iloc[0]))), cells))
    return rows


def _decided(row: pd.Series) -> Value:
    """A signed number; in brackets where its interval holds zero."""
    value = Number(row["effect"], beside=(row["low"], row["high"]), signed=True)
    is_decided = row["low"] > 0.0 or row["high"] < 0.0
    return value if is_decided else Joined((Text("("), value, Text(")")), "")
