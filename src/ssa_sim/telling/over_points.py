"""What mechanisms or levers do at points drawn over all ranges: medians, signs and ranks, chance and ignorance apart."""

from collections.abc import Iterator
from functools import partial

import pandas as pd

from ssa_sim.analysis.over_points import OverPoints
from ssa_sim.telling.over_structures import label, player_column, world_name
from ssa_sim.telling.table import Column, Fitting, Row, Table
from ssa_sim.telling.values import Filled, Fixed, Interval, Number, PartsOfWhole, Percent, Span, Text, Told
from ssa_sim.words.numbers import Counted, fixed, number, percent, whole
from ssa_sim.words.texts import Language, Word, texts

_COLUMNS = ("effect", "median", "ends", "share", "shares", "signs", "decided", "chance")
_FITTING = Fitting(heading=64, cell=14)
_MOST_NAMED = 3


def told(found: OverPoints, language: Language = "en") -> Iterator[Table | str]:
    """The tables, how to read them, and the closing sentences."""
    yield effects_table(found)
    yield ranks_table(found)
    if found.structures:
        yield choices_table(found)
    said, count = texts(language, "over_points"), len(found.points)
    counted = texts(language, "decomposition")("replications", count=Counted(found.replications, language))
    drawn = {"points": whole(count, language), "uncertainties": whole(found.uncertainties, language)}
    with_structures = said("structures", count=whole(len(found.structures), language)) if found.structures else ""
    confidence = percent(found.question.confidence, language)
    notes = [
        said("reading", **drawn, structures=with_structures, replications=counted),
        said("shares", level=confidence),
        said("chance", level=confidence),
        said("ranks", level=confidence),
    ]
    if found.n_dropped:
        notes.append(said("dropped", count=Counted(found.n_dropped, language)))
    if found.question.orders.is_sampled:
        subsets = whole(len(found.question.orders.subsets), language)
        notes.append(texts(language, "decomposition")("sampled", subsets=subsets, count=len(found.summary)))
    yield f"{' '.join(notes)}\n"
    yield f"{sentence(found, language)}\n"


def as_json(found: OverPoints, language: Language = "en") -> dict[str, object]:
    """The facts, and the sentences of a language."""
    return {**found.as_json(), "sentence": sentence(found, language)}


def effects_table(found: OverPoints) -> Table:
    """A row a mechanism or lever: its effect here, over points, its share, its sign, and what of that is chance."""
    columns = [
        player_column(found.question.against),
        *(Column(Word(f"over_points.headings.{name}")) for name in _COLUMNS),
    ]
    rows = []
    for _, row in found.summary.iterrows():
        ends = (row["effect_p05"], row["effect_p95"])
        cells = (
            Number(row["effect"], beside=(row["low"], row["high"]), signed=True),
            Number(row["effect_median"], beside=ends, signed=True),
            Interval(*ends, beside=(row["effect_median"],), signed=True),
            Percent(row["share_median"]),
            Span((Percent(row["share_p05"]), Percent(row["share_p95"]))),
            PartsOfWhole((row["below"], row["same"], row["above"])),
            PartsOfWhole(
                (row["decided_below"], 1.0 - row["decided_below"] - row["decided_above"], row["decided_above"])
            ),
            Percent(row["chance"]),
        )
        rows.append(Row(Told(partial(label, row)), cells))
    title = Filled(
        Word(f"over_points.{'package' if found.question.against == 'levers' else 'decomposition'}"),
        {
            "scenario": Text(found.question.title),
            "outcome": Told(found.question.outcome.label),
            "unit": Told(found.question.outcome.unit_in),
        },
    )
    return Table(title, columns, rows, Fitting(paired_below=150))


def ranks_table(found: OverPoints) -> Table:
    """A row a mechanism or lever: its mean rank, the rank that chance leaves it, and the share of points with each rank."""
    places = range(1, len(found.summary) + 1)
    columns = [
        player_column(found.question.against),
        *(Column(Word(f"over_points.headings.{name}")) for name in ("rank_mean", "rank_same")),
        *(Column(Filled(Word("over_points.headings.rank"), {"rank": Fixed(place, 0)})) for place in places),
    ]
    shares = found.ranks.pivot(index="player", columns="rank", values="probability")
    rows = [
        Row(
            Told(partial(label, row)),
            (
                Fixed(row["rank_mean"], 1),
                Percent(row["rank_same"]),
                *(Percent(shares.loc[row["player"], place]) for place in places),
            ),
        )
        for _, row in found.summary.iterrows()
    ]
    return Table(Word("over_points.ranks_title"), columns, rows, Fitting(heading=48, cell=10))


def choices_table(found: OverPoints) -> Table:
    """A row a choice of a structure: the median effect of each mechanism or lever at the points that drew it."""
    columns = [
        Column(Word("over_structures.headings.structure"), "text", breaks=False),
        Column(Word("over_points.headings.points")),
        *(Column(Told(partial(label, row))) for _, row in found.summary.iterrows()),
    ]
    rows = []
    for _, own in found.choices.groupby(["structure", "choice"], sort=False):
        effects = own.set_index("player")["effect"]
        cells = [Number(effects[name], signed=True) for name in found.summary["player"]]
        name = Told(partial(world_name, dict(own.iloc[0])))
        rows.append(Row(name, (Fixed(own["points"].iloc[0], 0), *cells)))
    values = {"outcome": Told(found.question.outcome.label), "unit": Told(found.question.outcome.unit_in)}
    return Table(Filled(Word("over_points.each_choice"), values), columns, rows, _FITTING)


def sentence(found: OverPoints, language: Language = "en") -> str:
    """What the first few do over points."""
    first = found.ranks[found.ranks["rank"] == 1].set_index("player")["probability"]
    return " ".join(
        _player(row, float(first[row["player"]]), language) for _, row in found.summary.head(_MOST_NAMED).iterrows()
    )


def _player(row: pd.Series, is_first: float, language: Language) -> str:
    low, high = (number(row[f"effect_{end}"], language, signed=True) for end in ("p05", "p95"))
    return texts(language, "over_points")(
        "player",
        named=row[f"label_{language}"],
        rank=fixed(row["rank_mean"], 1, language),
        first=percent(is_first, language),
        median=number(row["effect_median"], language, signed=True),
        low=low,
        high=high,
        below=percent(row["below"], language),
        below_low=percent(row["below_low"], language),
        below_high=percent(row["below_high"], language),
    )
