"""What a screening says: what moves each outcome most, what moves nothing, and how it was judged."""

from collections.abc import Iterator, Sequence

import pandas as pd

from ssa_sim.analysis.screening import Screening
from ssa_sim.analysis.screening_verdicts import ABOVE_CHANCE, NOTHING_BELOW
from ssa_sim.telling.table import Column, Row, Table
from ssa_sim.telling.values import EMPTY, Fixed, Text, Value
from ssa_sim.words.texts import Language, Word, texts

STRONGEST = 3
"""Parameters shown for each outcome."""
_CELLS = ("ground", "mu_star", "conf", "sigma", "floor")


def told(found: Screening, language: Language = "en") -> Iterator[Table | str]:
    """What moves each outcome most, then what moves nothing, then how it was judged."""
    yield _table("strongest", ("outcome", "path", *_CELLS), list(_strongest(found)))
    for verdict in ("moves nothing", "lost in chance"):
        table = found.parameters
        chosen = table[table["verdict"] == verdict].sort_values("mu_star", ascending=False, kind="stable")
        if len(chosen):
            rows = [
                Row(Text(str(row["path"])), (Text(str(row["outcome"])), *_cells(row))) for _, row in chosen.iterrows()
            ]
            yield _table(verdict, ("path", "outcome", *_CELLS), rows)
    counts = found.parameters["verdict"].value_counts()
    yield texts(language, "screening")(
        "summary",
        parameters=len(found.parameters),
        something=counts.get("moves something", 0),
        chance=counts.get("lost in chance", 0),
        nothing=counts.get("moves nothing", 0),
        points=found.points,
        replications=found.plan.replications,
        threshold=NOTHING_BELOW,
        factor=f"{ABOVE_CHANCE:g}",
    )


def as_json(found: Screening, language: Language = "en") -> dict[str, object]:
    """The facts; a screening is told in no words to programs."""
    return found.as_json()


def _table(title: str, headings: Sequence[str], rows: Sequence[Row]) -> Table:
    columns = [Column(Word(f"screening.headings.{name}"), "text") for name in headings]
    return Table(Word(f"screening.titles.{title}"), columns, rows)


def _strongest(found: Screening) -> Iterator[Row]:
    """For each outcome the parameters that move it most."""
    for outcome in found.plan.outcomes:
        own = found.effects[found.effects["outcome"] == outcome]
        best = own.sort_values("mu_star", ascending=False, kind="stable").drop_duplicates("path").head(STRONGEST)
        for place, (_, row) in enumerate(best.iterrows()):
            yield Row(EMPTY if place else Text(outcome), (Text(str(row["path"])), *_cells(row)))


def _cells(row: pd.Series) -> tuple[Value, ...]:
    numbers = (Fixed(row[name], 3) for name in ("mu_star", "mu_star_conf", "sigma", "noise_floor"))
    return (Word(f"screening.grounds.{row['ground']}"), *numbers)
