"""What the parameters that a design varies are called, and in what unit they count."""

from functools import cache

from ssa_sim.analysis import glossary
from ssa_sim.analysis.numbers import Language
from ssa_sim.scenario.catalogue import Entry, lever_catalogue, mechanism_catalogue, uncertainty_catalogue
from ssa_sim.typography import french


def parameter_label(column: str, language: Language = "en") -> str:
    """The label of a design's column; the column itself where the catalogues no longer know it."""
    entry = _entries().get(column)
    if entry is None:
        return column
    return french(entry.label_fr) if language == "fr" else entry.label_en


def parameter_unit(column: str, language: Language = "en") -> str:
    """Its unit; empty where the catalogues no longer know it, and for choices and yes or no."""
    entry = _entries().get(column)
    return "" if entry is None else glossary.unit(entry.unit, language)


@cache
def _entries() -> dict[str, Entry]:
    mechanisms = {f"mechanisms.{entry.path}": entry for entry in mechanism_catalogue()}
    return {entry.path: entry for entry in (*lever_catalogue(), *uncertainty_catalogue())} | mechanisms
