"""What figures say: their words, and what zones, projects, doctrines and types of equipment are called in them."""

from ssa_sim.catalogue.outcomes import Outcome
from ssa_sim.words.texts import Language, Texts, texts

ZONES = ("north", "centre", "south")
_SCALES = {1.0: "one", 1e6: "million", 1e9: "billion"}


def figure_words(language: Language) -> Texts:
    """Every word that figures add to the labels of the catalogues."""
    return texts(language, "figures")


def scaled_unit(outcome: Outcome, scale: float, language: Language) -> str:
    """What an axis counts in: the outcome's unit, or millions of it; see `number_format.scale_for`."""
    return figure_words(language)(f"shared.scales.{_SCALES[scale]}", unit=outcome.unit_in(language))


def zone_name(zone: str, language: Language) -> str:
    """What a zone is called."""
    return figure_words(language)(f"names.zones.{zone}")


def doctrine_name(lineage: int, language: Language) -> str:
    """What a doctrine is called: no real state stands behind a number."""
    return figure_words(language)("doctrine.own" if lineage == 0 else "doctrine.foreign", number=lineage)


def kit_name(kit: int, language: Language) -> str:
    """What a type of equipment is called."""
    special = figure_words(language).several("equipment.special")
    letter = "ABCDEFGH"[kit]
    return f"{letter} ({special[kit]})" if kit < len(special) else letter
