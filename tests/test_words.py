"""Words for people: the same in both languages, none missing, none there for nothing."""

import re
import string
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from baselines.results import library_files
from ssa_sim.catalogue.entries import lever_catalogue, mechanism_catalogue, trait_catalogue, uncertainty_catalogue
from ssa_sim.catalogue.outcomes import OUTCOMES
from ssa_sim.scenario.load import load_scenario
from ssa_sim.words.texts import LANGUAGES, subjects, words

ENGLISH_ALONE = re.compile(r"(outcomes\.\w+\.definition|(levers|uncertainties)\.\w+\.about)$")
"""Definitions of outcomes and descriptions in the schema, which speak English."""
KEYED_BY_ENGLISH = ("terms", "scenarios")
"""Subjects whose keys are the English words themselves."""
ALIKE = {
    *(f"workshop.{name}" for name in (
        "controls.pause", "zones.legend_high", "log.lever", "tabs.zones", "zones.centre", "budget.title", "tabs.vote", "export.figures",
        "story.minutes",
    )),
    "outcomes.condition",
    "traits.donor.infrastructure",
}  # fmt: skip
"""Texts that are the same in both."""


def leaves(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every text with its dotted name; a lone label counts as the label of a table with more."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from leaves(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", str(value)


def braces(text: str) -> set[str]:
    """What the program fills in."""
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


def told(language: Any, subject: str) -> dict[str, str]:
    """The texts of a subject that both languages should have, by one name."""
    found = {f"{subject}.{name}": text for name, text in leaves(words(language, subject))}
    if subject == "outcomes":
        found = {name.removesuffix(".label_en"): text for name, text in found.items()}
    return {name: text for name, text in found.items() if not ENGLISH_ALONE.match(name)}


@pytest.mark.parametrize("subject", [subject for subject in subjects("en") if subject not in KEYED_BY_ENGLISH])
class TestBothLanguages:
    def test_they_have_the_same_texts(self, subject: str) -> None:
        assert told("en", subject).keys() == told("fr", subject).keys()

    def test_none_is_empty_and_braces_agree(self, subject: str) -> None:
        french = told("fr", subject)
        for name, text in told("en", subject).items():
            assert text.strip(), name
            assert french[name].strip(), name
            assert braces(text) == braces(french[name]), name

    def test_none_is_left_untranslated(self, subject: str) -> None:
        french = told("fr", subject)
        same = {name for name, text in told("en", subject).items() if text == french[name] and len(text) > 3}
        assert same == {name for name in ALIKE if name.startswith(f"{subject}.")}

    def test_french_marks_have_their_space(self, subject: str) -> None:
        for name, text in told("fr", subject).items():
            assert not re.search(r"\w[;!?»]", text), name
            assert "’" not in text, f"{name}: apostrophes are typed straight"


def test_no_subject_is_of_one_language_alone() -> None:
    assert {*subjects("en")} == {*subjects("fr")} - {"scenarios"}


class TestTheCatalogue:
    """Its terms are keys of the French file, each used."""

    def test_units(self) -> None:
        entries = (*lever_catalogue(), *uncertainty_catalogue(), *mechanism_catalogue(), *trait_catalogue(), *OUTCOMES)
        units = {entry.unit for entry in entries}
        assert units >= set(words("fr", "terms")["units"])
        assert units - set(words("fr", "terms")["units"]) == set()

    def test_deciders(self) -> None:
        assert {entry.decided_by for entry in lever_catalogue()} == set(words("fr", "terms")["deciders"])

    def test_choices(self) -> None:
        choices = {choice for entry in lever_catalogue() for choice in entry.choices or ()}
        for language in LANGUAGES:
            assert choices == set(words(language, "terms")["choices"])

    def test_costs(self) -> None:
        for lever in lever_catalogue():
            assert (lever.cost_in("fr") is None) == (lever.cost is None), lever.path
            assert lever.meaning_in("fr") != lever.meaning_in("en") == lever.meaning, lever.path


def test_every_scenario_has_its_title_and_question_in_french_and_no_other_has() -> None:
    scenarios = [load_scenario(path) for path in library_files()]
    assert {scenario.title for scenario in scenarios} == set(words("fr", "scenarios")["titles"])
    assert {scenario.question for scenario in scenarios} == set(words("fr", "scenarios")["questions"])
