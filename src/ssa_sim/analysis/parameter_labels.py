"""What the parameters that a design varies are called, and in what unit they count."""

from functools import cache
from typing import Protocol

from ssa_sim.analysis import glossary
from ssa_sim.analysis.numbers import Language
from ssa_sim.scenario.catalogue import Entry, lever_catalogue, mechanism_catalogue, uncertainty_catalogue
from ssa_sim.typography import french


class Labelled(Protocol):
    """Whatever has a name in both languages."""

    @property
    def label_en(self) -> str:
        """In English."""

    @property
    def label_fr(self) -> str:
        """In French."""


def parameter_label(column: str, language: Language = "en") -> str:
    """The label of a design's column; the column itself where the catalogues no longer know it."""
    entry = _entries().get(column)
    return column if entry is None else label_of(entry, language)


def label_of(named: Labelled, language: Language = "en") -> str:
    """What something of the catalogues is called; French is set here, since the catalogues are sources of the model."""
    return french(named.label_fr) if language == "fr" else named.label_en


def parameter_unit(column: str, language: Language = "en") -> str:
    """Its unit; empty where the catalogues no longer know it, and for choices and yes or no."""
    entry = _entries().get(column)
    return "" if entry is None else glossary.unit(entry.unit, language)


@cache
def _entries() -> dict[str, Entry]:
    mechanisms = {f"mechanisms.{entry.path}": entry for entry in mechanism_catalogue()}
    return {entry.path: entry for entry in (*lever_catalogue(), *uncertainty_catalogue())} | mechanisms
