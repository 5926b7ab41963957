"""What a sensitivity analysis says: its tables, how to read them, and what chance and the sample's size leave open."""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from ssa_sim.analysis.convergence import LITTLE, ONE_POSITION, WIDEST
from ssa_sim.analysis.sensitivity import IMPOSSIBLE_BELOW, Sensitivity
from ssa_sim.telling.table import Column, Row, Table
from ssa_sim.telling.values import EMPTY, Fixed, Interval, Joined, Number, Span, Text, Told, Value
from ssa_sim.words.numbers import Counted, percents_apart, whole, written
from ssa_sim.words.texts import Language, Word, texts

SHOWN = 5
"""Parameters shown for each outcome."""
_MUCH_CHANCE = 0.1
_CELLS = {
    "morris": ("mu_star", "interval", "mu", "sigma", "floor"),
    "sobol": ("total", "interval", "first", "interval", "floor"),
}


def told(found: Sensitivity, language: Language = "en") -> Iterator[Table | str]:
    """A table for each scenario, combination of levers and kind of parameter; then how to read them."""
    for (scenario, levers, part), rows in found.indices.groupby(["scenario", "levers", "part"], sort=False):
        title = Joined((Word(f"sensitivity.parts.{part}"), _where(scenario, levers)), ": ")
        yield Table(title, _columns("outcome", "parameter", *_CELLS[found.sample.method]), _index_rows(found, rows))
    if found.pairs is not None:
        for (scenario, levers), rows in found.pairs.groupby(["scenario", "levers"], sort=False):
            title = Joined((Word("sensitivity.pairs"), _where(scenario, levers)), ": ")
            columns = _columns("outcome", "parameter", "with", "share", "interval")
            yield Table(title, columns, list(_pair_rows(found, rows)))
    yield from (f"{text}\n" for text in notes(found, language))


def as_json(found: Sensitivity, language: Language = "en") -> dict[str, object]:
    """The facts, and how to read them in a language."""
    return {**found.as_json(), "notes": notes(found, language)}


def _where(scenario: object, levers: object) -> Text:
    return Text(f"{scenario}{f' ({levers})' if levers else ''}")


def _columns(*names: str) -> list[Column]:
    are_texts = ("outcome", "parameter", "with")
    return [Column(Word(f"sensitivity.headings.{name}"), "text" if name in are_texts else "number") for name in names]


def _index_rows(found: Sensitivity, rows: pd.DataFrame) -> list[Row]:
    """For each outcome the parameters that matter most."""
    cells = _morris_cells if found.sample.method == "morris" else _sobol_cells
    made = []
    for outcome in found.outcomes:
        own = rows[rows["outcome"] == outcome.name]
        by_path = {str(path): each.set_index("index") for path, each in own.groupby("path", sort=False)}
        main = own[own["index"] == found.main_index].sort_values("value", ascending=False, kind="stable")
        for number, path in enumerate(main["path"].head(SHOWN)):
            heading = EMPTY if number else Told(outcome.label)
            made.append(Row(heading, (Text(str(path)), *cells(by_path[str(path)]))))
    return made


def _morris_cells(rows: pd.DataFrame) -> tuple[Value, ...]:
    star: Any = rows.loc["mu_star"]
    mean, scatter = float(rows["value"]["mu"]), float(rows["value"]["sigma"])
    return (
        _above_chance(Number(star["value"], (star["low"], star["high"]), is_apart=True), star["above_chance"]),
        Interval(star["low"], star["high"], beside=(star["value"],)),
        Number(mean, signed=True),
        Number(scatter),
        Number(star["floor"]),
    )


def _sobol_cells(rows: pd.DataFrame) -> tuple[Value, ...]:
    cells: list[Value] = []
    for index in ("total", "first"):
        row: Any = rows.loc[index]
        cells += [_above_chance(_share(row["value"]), index == "first" or row["above_chance"]), _ends(row)]
    return (*cells, _share(float(rows["floor"]["total"])))


def _above_chance(value: Value, is_above: bool) -> Value:
    """In parentheses where the interval does not lie above what chance alone would give."""
    return value if is_above else Joined((Text("("), value, Text(")")), "")


def _share(value: float) -> Fixed:
    """A share of the variance, to two decimals."""
    return Fixed(value, 2)


def _ends(row: Any) -> Span:
    return Span((_share(row["low"]), _share(row["high"])))


def _pair_rows(found: Sensitivity, rows: pd.DataFrame) -> Iterator[Row]:
    """For each outcome the pairs that cause most together."""
    for outcome in found.outcomes:
        own = rows[rows["outcome"] == outcome.name].sort_values("value", ascending=False).head(SHOWN)
        for number, (_, row) in enumerate(own.iterrows()):
            heading = EMPTY if number else Told(outcome.label)
            yield Row(heading, (Text(row["path"]), Text(row["other"]), _share(row["value"]), _ends(row)))


def notes(found: Sensitivity, language: Language = "en") -> list[str]:
    """All that a reader must know to read the tables rightly, a sentence or two each."""
    said = texts(language, "sensitivity")
    n_parts = found.indices["part"].nunique()
    samples = whole(int(found.summary["samples"].max()), language)
    telling = [
        said(
            f"methods.{found.sample.method}",
            samples=samples,
            points=whole(int(found.summary["points"].max()), language),
        )
    ]
    if n_parts > 1:
        telling.append(said("apart"))
    telling += filter(None, (_chance(found, language), _convergence(found, language)))
    if found.summary["dropped"].any():
        dropped = found.summary.groupby("outcome")["dropped"].max()
        named = ", ".join(f"{name} {whole(int(count), language)}" for name, count in dropped.items() if count)
        telling.append(said("dropped", named=named, asked=whole(found.sample.samples, language)))
    if found.sample.n_divided:
        points = sum(block.points.stop - block.points.start for block in found.sample.blocks)
        telling.append(said("divided", count=Counted(found.sample.n_divided, language), points=whole(points, language)))
    still = found.summary.loc[found.summary["spread"] == 0.0, "outcome"]
    if len(still):
        telling.append(said("still", named=", ".join(dict.fromkeys(still))))
    return telling


def _chance(found: Sensitivity, language: Language) -> str:
    """What part of the variance between points is chance."""
    said, shares = texts(language, "sensitivity"), found.summary["chance_share"]
    if found.summary["replications"].eq(1).all():
        return said("one_replicate")
    known = found.summary[shares.notna()]
    if known.empty:
        return ""
    worst: Any = known.sort_values("chance_share").iloc[-1]
    least, most = percents_apart([float(known["chance_share"].min()), float(worst["chance_share"])], language)
    is_one = least == most
    text = said(
        "chance",
        span=most if is_one else said("span", least=least, most=most),
        worst="" if is_one else said("worst", outcome=worst["outcome"]),
        replications=whole(int(worst["replications"]), language),
    )
    return text + (f" {said('more_replicates')}" if worst["chance_share"] > _MUCH_CHANCE else "")


def _convergence(found: Sensitivity, language: Language) -> str:
    """Whether the sample was large enough, criterion by criterion."""
    said = texts(language, "sensitivity")
    judged = found.summary[found.summary["width"].notna()]
    if judged.empty:
        return ""
    telling = [
        said(
            "criteria",
            width=_short(WIDEST, language),
            positions=whole(int(ONE_POSITION), language),
            little=_short(LITTLE, language),
        )
    ]
    for criterion in ("indices", "ranking", "screening"):
        open_ones = judged.loc[~judged[f"{criterion}_settled"].astype(bool)]
        state = "open" if len(open_ones) else "settled"
        telling.append(said(f"{criterion}_{state}", named=_named(open_ones)))
    impossible = judged[judged["total_sum"] < IMPOSSIBLE_BELOW]
    if len(impossible):
        telling.append(said("impossible", named=_named(impossible)))
    needed = judged.loc[~judged["indices_settled"].astype(bool), "samples_needed"]
    if len(needed):
        telling.append(
            said("needed", most=whole(int(needed.max()), language), have=whole(int(judged["samples"].max()), language))
        )
    return " ".join(telling)


def _short(value: float, language: Language) -> str:
    return written(f"{value:g}", language)


def _named(rows: pd.DataFrame) -> str:
    names: Sequence[str] = list(dict.fromkeys(rows["outcome"]))
    return ", ".join(names)
