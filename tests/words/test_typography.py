"""French as it is set: no-break spaces, elision, and that every French text shown has passed the one rule."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import pytest
from pydantic import BaseModel

import ssa_sim
from ssa_sim.analysis.parameter_labels import parameter_label
from ssa_sim.catalogue.entries import (
    lever_catalogue,
    mechanism_catalogue,
    structure_catalogue,
    uncertainty_catalogue,
)
from ssa_sim.catalogue.outcomes import OUTCOMES
from ssa_sim.cli.options import Lang
from ssa_sim.figures.gallery import GALLERY
from ssa_sim.typography import french
from ssa_sim.words import glossary
from ssa_sim.words.numbers import number, percent, whole
from ssa_sim.words.texts import Word, subjects, words
from ssa_sim.workshop.storyline import Words, storylines
from ssa_sim.workshop.texts import readings, texts_in


@dataclass(frozen=True)
class Two:
    first: str
    others: tuple[str, ...]


class TestRule:
    @pytest.mark.parametrize(
        ("typed", "is_set"),
        [
            ("Quoi ? Non ! Si ; 5 %", "Quoi\u202f? Non\u202f! Si\u202f; 5\u202f%"),
            ("Ceci : « cela »", "Ceci\u00a0: «\u00a0cela\u00a0»"),
            (" ; et « ", "\u202f; et «\u00a0"),
            ("Mali\u00a0; 90\u00a0%", "Mali\u202f; 90\u202f%"),
            ("https://x.org, 12:30, a:b", "https://x.org, 12:30, a:b"),
            ("À partir de août 2015, de octobre, de avril, de mai", "À partir d'août 2015, d'octobre, d'avril, de mai"),
            ("De {count} à {most:.3f} %", "De {count} à {most:.3f}\u202f%"),
        ],
    )
    def test_spaces_and_elision(self, typed: str, is_set: str) -> None:
        assert french(typed) == is_set
        assert french(is_set) == is_set

    def test_every_text_of_a_table_is_set(self) -> None:
        assert french({"a :": "a :", "b": {"c": ("d ?", 3)}}) == {"a :": "a\u00a0:", "b": {"c": ("d\u202f?", 3)}}
        assert french(Two("a :", ("b !",))) == Two("a\u00a0:", ("b\u202f!",))


class TestMinus:
    def test_people_read_a_true_minus(self) -> None:
        assert (number(-1234.5), number(-1234.5, "fr")) == ("\u22121,234", "\u22121\u202f234")
        assert (whole(-5), percent(-0.25, "fr")) == ("\u22125", "\u221225\u202f%")
        assert number(-float("inf")) == "\u2212∞"
        assert glossary.value(-0.5, "fr") == "\u22120,5"

    def test_what_people_copy_can_be_typed(self) -> None:
        assert readings(number(-0.125, "fr"), "fr") == [-0.125]


def modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(ssa_sim.__path__, "ssa_sim."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def french_texts() -> Iterator[tuple[str, str]]:
    """Every French text of the package with where it is from: tables of both languages, catalogues, pages, storylines."""
    for module in modules():
        for name, value in vars(module).items():
            if not name.startswith("__"):
                yield from ((f"{module.__name__}.{name}", text) for text in under_french(value))
    yield from ((outcome.name, outcome.label("fr")) for outcome in OUTCOMES)
    yield from (
        (entry.path, entry.label("fr"))
        for entry in (*lever_catalogue(), *mechanism_catalogue(), *structure_catalogue())
    )
    yield from ((entry.path, parameter_label(entry.path, "fr")) for entry in uncertainty_catalogue())
    yield from (("gallery", entry.title("fr")) for entry in GALLERY)
    yield from ((subject, text) for subject in subjects("fr") for text in strings(words("fr", subject)))
    for storyline in storylines():
        yield from ((storyline.name, text) for text in spoken(storyline))


def under_french(value: Any) -> Iterator[str]:
    """What stands under "fr" in a table, however deep, and the French of texts in both languages."""
    if isinstance(value, Word):
        yield value.to("fr")
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from strings(each) if key in ("fr", Lang.fr) else under_french(each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from under_french(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from under_french(getattr(value, field.name))


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from strings(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from strings(getattr(value, field.name))


def spoken(value: Any) -> Iterator[str]:
    """The French words of a storyline."""
    if isinstance(value, Words):
        yield value.fr
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from spoken(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from spoken(each)


class TestEverywhere:
    def test_every_french_text_is_set(self) -> None:
        texts = list(french_texts())
        assert len(texts) > 1000
        assert [(place, text) for place, text in texts if text != french(text)] == []

    def test_ghosts_on_the_payroll_have_one_name(self) -> None:
        assert [(place, text) for place, text in french_texts() if "fictif" in text] == []
        assert sum("fantômes" in text for _, text in french_texts()) >= 4

    def test_a_month_filled_in_is_elided(self) -> None:
        said = texts_in("fr")("inject_words.played", inject="Un coup d'État", month="août 2018")
        assert said == "Un coup d'État\u00a0: à partir d'août 2018"

    @pytest.mark.parametrize("count", ["1", "7"])
    def test_counts_stand_behind_their_words_so_that_one_needs_no_other_form(self, count: str) -> None:
        texts = texts_in("fr")
        soldiers = dict.fromkeys(("together", "elsewhere", "untrained"), count)
        said = texts("unit.alt", unit=3, month="mai 2014", readiness="0,1", **soldiers)
        assert f"non formés\u00a0: {count}" in said
        links = texts("network.count", projects=count, partners=count, duplicates=count)
        assert links == f"Projets\u00a0: {count}, dont doublons\u00a0: {count}\u202f; partenaires\u00a0: {count}"
