"""Texts of the page: none missing, none there for nothing, numbers and dates as people write them."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import ssa_sim.workshop
from ssa_sim.catalogue.entries import lever_catalogue, mechanism_catalogue
from ssa_sim.telling.sources import source_in_words
from ssa_sim.words.texts import LANGUAGES, Language, words
from ssa_sim.workshop.injects import INJECTS
from ssa_sim.workshop.texts import readings, texts_in
from test_words import leaves


def shared(language: Language) -> dict[str, str]:
    """The page's texts by dotted name."""
    return dict(leaves(words(language, "workshop")))


class TestUsed:
    def test_the_page_asks_for_no_text_that_is_missing(self) -> None:
        texts = shared("en")
        known = set(texts) | {name.rpartition(".")[0] for name in texts}
        asked = set(asked_for())
        assert len(asked) > 80
        assert {name for name in asked if name not in known} == set()

    def test_every_mechanism_has_a_short_name(self) -> None:
        for language in LANGUAGES:
            assert words(language, "workshop")["mechanisms"].keys() == {entry.path for entry in mechanism_catalogue()}
            assert max(len(name) for name in words(language, "workshop")["mechanisms"].values()) <= 26

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


class TestInjects:
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
        assert (english.value(6.5), french.value(6.5)) == ("6.5", "6,5")
        assert french.value(True) == "oui"
        assert "F05" in source_in_words(weeks.source, "fr")

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
