"""Where a package fails: tables and sentences."""

import math
from collections.abc import Iterator
from typing import Any

from ssa_sim.analysis.discovery import FEWEST_OF_A_KIND, PARTS, Discovery
from ssa_sim.analysis.parameter_labels import parameter_label, parameter_unit
from ssa_sim.analysis.prim_boxes import Content
from ssa_sim.telling.table import Column, Row, Table
from ssa_sim.telling.values import EMPTY, Fixed, Joined, Number, Percent, Span, Text, Value
from ssa_sim.words.numbers import Counted, number, numbers_apart, percent, whole
from ssa_sim.words.texts import Language, Word, texts

_COLUMNS = ("box", "path", "low", "high", "range", "p_low", "p_high", "again")
_LEAST_P = 0.001


def told(found: Discovery, language: Language = "en") -> Iterator[Table | str]:
    """In how many futures the package fails, where the boxes are, and how to read them."""
    yield from (f"{text}\n" for text in sentences(found, language))
    if len(found.boxes):
        yield table(found)
    yield from (f"{text}\n" for text in notes(found, language))


def as_json(found: Discovery, language: Language = "en") -> dict[str, object]:
    """The facts, and the sentences of a language."""
    return {**found.as_json(), "sentences": sentences(found, language), "notes": notes(found, language)}


def sentences(found: Discovery, language: Language = "en") -> list[str]:
    """In how many futures the package fails, and then each box."""
    return [opening(found, language), *(box_sentence(found, box, language) for box in found.boxes["box"])]


def table(found: Discovery) -> Table:
    """A row a limit of a box."""
    columns = [
        Column(Word(f"discovery.headings.{name}"), "text" if name in ("box", "path") else "number") for name in _COLUMNS
    ]
    return Table(Word("discovery.limits"), columns, [_row(row) for _, row in found.limits.iterrows()])


def _row(row: Any) -> Row:
    low, high, range_low, range_high = ends = tuple(row[name] for name in ("low", "high", "range_low", "range_high"))
    cells = (
        Text(str(row["path"])),
        Number(low, ends) if math.isfinite(low) else EMPTY,
        Number(high, ends) if math.isfinite(high) else EMPTY,
        Span((Number(range_low, ends), Number(range_high, ends))),
        *(_p_value(row[name]) for name in ("quasi_p_low", "quasi_p_high")),
        Percent(row["found_again"]),
    )
    return Row(Text(str(row["box"])), cells)


def _p_value(value: float) -> Value:
    if math.isnan(value):
        return EMPTY
    return Fixed(value, 3) if value >= _LEAST_P else Joined((Text("<"), Fixed(_LEAST_P, 3)), "")


def opening(found: Discovery, language: Language = "en") -> str:
    """In how many futures the package fails, and what counts as failing."""
    said = texts(language, "discovery")
    outcome = found.futures.outcome
    return said(
        "opening",
        package=found.package,
        count=Counted(int(found.fails.sum()), language),
        futures=whole(len(found.fails), language),
        share=percent(found.share_failing, language),
        rule=failing(found, language),
        outcome=outcome.label(language),
    )


def failing(found: Discovery, language: Language = "en") -> str:
    """What counts as failing."""
    said, outcome = texts(language, "discovery"), found.futures.outcome
    first = found.futures.packages[0]
    amount = f"{number(found.threshold, language)} ({outcome.unit_in(language)})"
    if found.rule == "level":
        return said(f"level_{outcome.better}", outcome=outcome.label(language), level=amount)
    key = "not_better" if found.threshold == 0.0 else "margin"
    return said(key, outcome=outcome.label(language), first=first, margin=amount)


def box_sentence(found: Discovery, box: int, language: Language = "en") -> str:
    """One box: where it is, and what it holds."""
    said = texts(language, "discovery")
    row: Any = found.boxes.set_index("box").loc[box]
    return said(
        "box",
        number=box,
        where=where(found, box, language),
        failures=Counted(int(row["failures"]), language),
        futures=whole(int(row["futures"]), language),
        density=percent(float(row["density"]), language),
        coverage=percent(float(row["coverage"]), language),
        mass=percent(float(row["mass"]), language),
    )


def where(found: Discovery, box: int, language: Language = "en") -> str:
    """Where a box is: one condition a restricted uncertainty."""
    said = texts(language, "discovery")
    parts = []
    for _, row in found.limits[found.limits["box"] == box].iterrows():
        low, high = float(row["low"]), float(row["high"])
        key = "above" if math.isinf(high) else "below" if math.isinf(low) else "between"
        low_text, high_text = numbers_apart([low, high], language)
        label, unit = parameter_label(str(row["path"]), language), parameter_unit(str(row["path"]), language)
        parts.append(
            said(key, label=label, path=row["path"], low=low_text, high=high_text) + (f" ({unit})" if unit else "")
        )
    return said("and").join(parts)


def notes(found: Discovery, language: Language = "en") -> list[str]:
    """How surely the boxes hold, what chance leaves open, and how to read them."""
    said = texts(language, "discovery")
    telling = []
    if not found.is_searched:
        telling.append(_not_searched(found, language))
    elif found.boxes.empty:
        telling.append(said("no_box"))
    else:
        assert found.held_out is not None
        telling.append(
            said(
                "confirmed" if found.is_confirmed else "not_confirmed",
                parts=PARTS,
                base=percent(found.share_failing, language),
                **_percents(found.held_out, language),
            )
        )
        telling.append(said("reading", method=said(f"methods.{found.method}")))
    if found.n_equal:
        telling.append(said("equal", count=Counted(found.n_equal, language), first=found.futures.packages[0]))
    if found.n_open > 0:
        telling.append(
            said(
                "open",
                count=Counted(found.n_open, language),
                futures=whole(len(found.fails), language),
                replications=whole(found.futures.values.shape[2], language),
            )
        )
    elif found.n_open < 0:
        telling.append(said("one_replicate"))
    if found.futures.n_dropped:
        telling.append(said("dropped", count=whole(found.futures.n_dropped, language)))
    return telling


def _percents(held: Content, language: Language) -> dict[str, str]:
    return {name: percent(getattr(held, name), language) for name in ("coverage", "density", "mass")}


def _not_searched(found: Discovery, language: Language) -> str:
    said, fails, n = texts(language, "discovery"), int(found.fails.sum()), len(found.fails)
    if fails in (0, n):
        at_most = percent(min(1.0, 3.0 / n), language)
        return said("never" if fails == 0 else "always", futures=whole(n, language), at_most=at_most)
    return said("too_few", least=FEWEST_OF_A_KIND)
