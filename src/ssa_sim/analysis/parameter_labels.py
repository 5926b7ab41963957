"""What the parameters that a design varies are called, and in what unit they count."""

from functools import cache

from ssa_sim.catalogue.entries import (
    Entry,
    lever_catalogue,
    mechanism_catalogue,
    structure_catalogue,
    uncertainty_catalogue,
)
from ssa_sim.words import glossary
from ssa_sim.words.texts import Language


def parameter_label(column: str, language: Language = "en") -> str:
    """The label of a design's column; the column itself where the catalogues no longer know it."""
    entry = _entries().get(column)
    return column if entry is None else entry.label(language)


def parameter_unit(column: str, language: Language = "en") -> str:
    """Its unit; empty where the catalogues no longer know it, and for choices and yes or no."""
    entry = _entries().get(column)
    return "" if entry is None else glossary.unit(entry.unit, language)


@cache
def _entries() -> dict[str, Entry]:
    known: dict[str, Entry] = {entry.path: entry for entry in (*lever_catalogue(), *uncertainty_catalogue())}
    known |= {f"mechanisms.{entry.path}": entry for entry in mechanism_catalogue()}
    known |= {f"structures.{entry.path}": entry for entry in structure_catalogue()}
    return known
