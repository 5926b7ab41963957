"""Every text of the page in both languages, with the same braces, translated, and none missing for the catalogues."""

import ast
import re
import string
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import ssa_sim.workshop
from baselines.results import library, library_files
from conftest import ROOT
from ssa_sim.catalogue.entries import lever_catalogue, mechanism_catalogue
from ssa_sim.scenario.load import load_scenario
from ssa_sim.scenario.schema import Scenario
from ssa_sim.workshop.ballot import packages_in
from ssa_sim.workshop.injects import INJECTS
from ssa_sim.workshop.texts import LANGUAGES, readings, text_file, texts_in

FRENCH_ONLY = {"decided_by", "units", "choices", "packages", "scenarios", "questions"}
"""Tables that say in French what the catalogues and scenario files say in English."""
ALIKE = {
    "controls.pause", "zones.legend_high", "log.lever", "tabs.zones", "zones.centre", "budget.title", "tabs.vote", "export.figures",
    "story.minutes",
}  # fmt: skip
"""Texts that are the same in both."""


def leaves(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from leaves(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def shared(language: Any) -> dict[str, str]:
    return {
        name: text
        for name, text in leaves(text_file(language))
        if name.partition(".")[0] not in FRENCH_ONLY and not re.match(r"levers\..+\.(meaning|cost)$", name)
    }


def braces(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


class TestBothLanguages:
    def test_they_have_the_same_texts(self) -> None:
        assert shared("en").keys() == shared("fr").keys()
        assert len(shared("en")) > 150

    def test_none_is_empty_and_braces_agree(self) -> None:
        for name, text in shared("en").items():
            french = shared("fr")[name]
            assert text.strip(), name
            assert french.strip(), name
            assert braces(text) == braces(french), name

    def test_none_is_left_untranslated(self) -> None:
        same = {name for name, text in shared("en").items() if text == shared("fr")[name] and len(text) > 3}
        assert same == ALIKE

    def test_french_marks_have_their_space(self) -> None:
        for name, text in leaves(text_file("fr")):
            assert not re.search(r"\w[;!?»]", text), name


class TestUsed:
    def test_the_page_asks_for_no_text_that_is_missing(self) -> None:
        texts = shared("en")
        known = set(texts) | {name.rpartition(".")[0] for name in texts}
        asked = set(asked_for())
        assert len(asked) > 80
        assert {name for name in asked if name not in known} == set()

    def test_every_mechanism_has_a_short_name(self) -> None:
        for language in LANGUAGES:
            assert text_file(language)["mechanisms"].keys() == {entry.path for entry in mechanism_catalogue()}
            assert max(len(name) for name in text_file(language)["mechanisms"].values()) <= 26

    def test_no_text_is_there_for_nothing(self) -> None:
        asked = set(asked_for())
        unused = {name for name in shared("en") if name not in asked and not name.startswith(tuple(built()))}
        assert unused == set()


def sources() -> Iterator[ast.AST]:
    for path in Path(ssa_sim.workshop.__file__).parent.rglob("*.py"):
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def asked_for() -> Iterator[str]:
    """Names of texts in the sources: constants of the form "table.name" whose table there is."""
    tables = {name.partition(".")[0] for name in shared("en")}
    for node in sources():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            table, dot, rest = node.value.partition(".")
            if dot and table in tables and re.fullmatch(r"[a-z_.0-9]*[a-z_0-9]", rest):
                yield node.value


def built() -> Iterator[str]:
    """What names that the sources put together begin with, such as "tabs." of f"tabs.{name}"."""
    for node in sources():
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            start = str(node.values[0].value)
            if re.fullmatch(r"[a-z_]+\.[a-z_]*", start):
                yield start


class TestCatalogues:
    @pytest.mark.parametrize("lever", lever_catalogue(), ids=lambda lever: lever.path)
    def test_every_lever_is_told_in_french(self, lever: Any) -> None:
        french = text_file("fr")
        told = french["levers"].get(lever.path, {})
        assert told.get("meaning"), lever.path
        assert bool(told.get("cost")) == bool(lever.cost)
        assert told["meaning"] != lever.meaning
        assert lever.decided_by in french["decided_by"]
        assert lever.unit in french["units"]
        assert set(lever.choices or ()) <= set(french["choices"])

    def test_no_french_text_is_there_for_nothing(self) -> None:
        french = text_file("fr")
        levers = lever_catalogue()
        assert {path for path, told in french["levers"].items() if isinstance(told, Mapping)} == {
            lever.path for lever in levers
        }
        assert set(french["decided_by"]) == {lever.decided_by for lever in levers}
        assert set(french["units"]) == {lever.unit for lever in levers}
        assert set(french["choices"]) == {choice for lever in levers for choice in lever.choices or ()}
        assert {*french["packages"], *french["scenarios"]} <= set(library())

    def test_every_package_and_scenario_has_a_french_title(self, baseline: Scenario) -> None:
        french = text_file("fr")
        for package in packages_in(ROOT / "scenarios", baseline):
            assert package.name in french["packages"] or package.name not in library(), package.name
        for path in library_files():
            load_scenario(path)
            assert path.stem in {**french["packages"], **french["scenarios"]}, path.stem

    def test_every_scenario_has_its_question_in_french(self) -> None:
        asked = {load_scenario(path).question for path in library_files()}
        assert set(text_file("fr")["questions"]) == asked

    def test_every_inject_has_its_words(self) -> None:
        for language in LANGUAGES:
            for inject in INJECTS:
                assert texts_in(language)(f"injects.{inject.name}.title")
                assert texts_in(language)(f"injects.{inject.name}.does")


class TestLocale:
    def test_numbers_and_dates(self) -> None:
        english, french = (texts_in(language) for language in LANGUAGES)
        assert (english.whole(12345.6), french.whole(12345.6)) == ("12,346", "12\u202f346")
        assert (english.month(date(2014, 8, 1)), french.month(date(2014, 8, 1))) == ("August 2014", "août 2014")
        weeks = next(lever for lever in lever_catalogue() if lever.path == "training.course_weeks")
        assert (english.value(weeks, 6.5), french.value(weeks, 6.5)) == ("6.5", "6,5")
        assert french.value(weeks, True) == "oui"
        assert french.source(weeks) == "F05 (IRSEM), M23 (IRSEM)" or "F05" in french.source(weeks)

    def test_numbers_are_typed_as_people_of_the_language_write_them(self) -> None:
        english, french = (texts_in(language) for language in LANGUAGES)
        assert (english.plain(0.25), french.plain(0.25)) == ("0.25", "0,25")
        assert (english.plain(100_000_000), french.plain(14e6)) == ("100000000", "14000000")
        for language in LANGUAGES:
            for typed in ("0,25", "0.25", " 0,25 "):
                assert readings(typed, language) == [0.25]
            assert readings("14 000\u202f000,5", language) == [14_000_000.5]
            for nonsense in ("", None, "a", "1,2,3", "nan", "inf"):
                assert readings(nonsense, language) == []

    @pytest.mark.parametrize(
        ("typed", "english", "french"),
        [
            ("1,500", [1500.0, 1.5], [1.5]),
            ("1.500", [1.5], [1500.0, 1.5]),
            ("-600,000", [-600_000.0, -600.0], [-600.0]),
            ("0,125", [0.125], [0.125]),
            ("1,25", [1.25], [1.25]),
            ("1,2500", [1.25], [1.25]),
            ("1,500.5", [], []),
        ],
    )
    def test_a_mark_that_may_mean_thousands_is_not_guessed_at(
        self, typed: str, english: list[float], french: list[float]
    ) -> None:
        assert (readings(typed, "en"), readings(typed, "fr")) == (english, french)

    def test_a_missing_text_is_an_error(self) -> None:
        with pytest.raises(KeyError):
            texts_in("en")("page.no_such_text")
