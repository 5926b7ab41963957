"""What the vicious circle comes to: a row an arrow, and what of a push came back."""

from collections.abc import Iterator

import pandas as pd

from ssa_sim.analysis.vicious_circle import Circle
from ssa_sim.telling.table import Column, Kind, Row, Table
from ssa_sim.telling.values import Filled, Interval, Joined, Number, Percent, Text
from ssa_sim.words.numbers import number
from ssa_sim.words.texts import Language, Word, texts

_COLUMNS = ("arrow", "strength", "interval", "effect", "share", "verdict")


def told(found: Circle, language: Language = "en") -> Iterator[Table | str]:
    """The arrows, how to read them, and what came back."""
    yield table(found)
    yield f"{sentence(found, language)}\n"


def as_json(found: Circle, language: Language = "en") -> dict[str, object]:
    """The facts; a circle is told in no words to programs."""
    return found.as_json()


def table(found: Circle) -> Table:
    """A row an arrow."""
    kinds: dict[str, Kind] = {"arrow": "text", "verdict": "text"}
    level = {"level": Percent(found.confidence)}
    columns = [Column(Filled(Word(f"circle.headings.{name}"), level), kinds.get(name, "number")) for name in _COLUMNS]
    return Table(Text(found.title), columns, [_row(row) for _, row in found.arrows.iterrows()])


def node_name(node: str) -> Word:
    """What a node of the circle is called."""
    return Word(f"circle.nodes.{node}")


def _row(row: pd.Series) -> Row:
    cells = (
        Number(row["strength"], signed=True),
        Interval(row["strength_low"], row["strength_high"], signed=True),
        Number(row["effect"], signed=True),
        Percent(row["share"]),
        Word(f"circle.verdicts.{row['verdict']}"),
    )
    return Row(Joined((node_name(row["tail"]), node_name(row["head"])), " → "), cells)


def sentence(found: Circle, language: Language) -> str:
    """How to read the arrows, and what share of the rise in insecurity came back, by which way."""
    shares = {
        f"{way}_{name}": number(100.0 * value, language)
        for way in found.returned["way"]
        for name, value in zip(("share", "low", "high"), found.came_back(way), strict=True)
    }
    return texts(language, "circle")("sentence", push=number(found.push, language), n=found.replications, **shares)
