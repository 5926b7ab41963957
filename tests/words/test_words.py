"""Words for people: the same in both languages, none missing, none there for nothing."""

import ast
import re
import string
from collections.abc import Iterator, Mapping
from importlib.resources import files
from itertools import chain
from typing import Any

import pytest

from baselines.results import SCENARIOS, library_files
from sources import modules
from ssa_sim.catalogue.entries import (
    lever_catalogue,
    mechanism_catalogue,
    structure_catalogue,
    trait_catalogue,
    uncertainty_catalogue,
)
from ssa_sim.catalogue.outcomes import OUTCOMES
from ssa_sim.catalogue.patterns import PATTERNS
from ssa_sim.experiment.ask.file import load_experiment
from ssa_sim.scenario.load import load_scenario
from ssa_sim.typography import french, with_apostrophes
from ssa_sim.words.texts import LANGUAGES, PRINTED, subjects, words

ENGLISH_ALONE = re.compile(r"(outcomes\.\w+\.definition|(levers|uncertainties)\.\w+\.about)$")
"""Definitions of outcomes and descriptions in the schema, which speak English."""
ENGLISH_WORDS = re.compile(r"\b(the|of|and|with|which|are|is|from|by|not|were)\b")
FRENCH_WORDS = re.compile(r"\b(le|les|des|du|une|est|sont|qui|dans|sur|avec|et|ou)\b|[éèêàçùôî]")
OF_A_UNIT = {
    "million": "million",
    "month": "mois|mensuel",
    "year|annual": r"ans?\b|annuel",
    "week": "semaine",
    "EUR": "euro",
    "soldier": "soldat",
    "unit": "unité",
    "share of": "part d",
    "trainee": "stagiaire",
    "company": "compagnie",
    "log": "logarithm",
}
"""What a unit of measure says in both languages or in neither."""
KEYED_BY_ENGLISH = ("terms", "scenarios")
"""Subjects whose keys are the English words themselves."""
OTHERWISE_READ = (
    *KEYED_BY_ENGLISH,
    "levers",
    "uncertainties",
    "mechanisms",
    "structures",
    "feasible_cases",
    "donors",
    "traits",
    "outcomes",
    "workshop",
)
"""Subjects of the catalogues, which are read whole, and the page's, whose words have a test of their own."""
ALIKE = {
    *(f"workshop.{name}" for name in (
        "controls.pause", "zones.legend_high", "log.lever", "tabs.zones", "zones.centre", "budget.title", "tabs.vote", "export.figures",
        "story.minutes",
    )),
    "over_points.headings.points",
    "over_points.headings.signs",
    "catalogues.question",
    "catalogues.source",
    "catalogues.titles.documents",
    "circle.headings.verdict",
    "decomposition.headings.verdict",
    "comparison.headings.verdict",
    "discovery.methods.prim",
    "explanation.headings.phase",
    "explanation.state.fatigue",
    "explanation.state.zone",
    "explanation.zones.centre",
    "rules.phases.Coordination",
    "rules.phases.Population",
    "screening.headings.sigma",
    "sensitivity.parts.structures",
    "sensitivity.headings.sigma",
    "sensitivity.headings.total",
    "years.named",
    "outcomes.condition",
    "traits.donor.infrastructure",
    *(f"figures.{name}" for name in (
        "names.zones.centre", "names.kinds.infrastructure", "names.functions.human_resources", "names.functions.maintenance",
        "shared.scales.one", "indices.diagonal", "discovery.level_axis", "robustness.regret",
    )),
    *(f"report.{name}" for name in ("pictures.heading", "pictures.number", "numbers.spread_headings.1", "provenance.heading", "provenance.terms.versions")),
}  # fmt: skip
"""Texts that are the same in both."""


def leaves(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every text with its dotted name; a lone label counts as the label of a table with more."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from leaves(value, f"{prefix}{name}.")
        elif isinstance(value, list):
            yield from leaves({str(place): each for place, each in enumerate(value)}, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", str(value)


def braces(text: str) -> set[str]:
    """What the program fills in."""
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


def plain(text: str) -> str:
    """Without what is filled in, quoted or code."""
    return re.sub(r"\{[^}]*\}|`[^`]*`|<[^>]*>|\"[^\"]*\"|«[^»]*»", " ", text)


def numerals(text: str) -> list[str]:
    return sorted(re.findall(r"\d+", plain(text)))


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

    def test_numbers_and_millions_agree(self, subject: str) -> None:
        french = told("fr", subject)
        for name, text in told("en", subject).items():
            assert numerals(text) == numerals(french[name]), name
            assert ("million" in text) == ("million" in french[name].replace("M€", "million")), name

    def test_each_is_in_its_language(self, subject: str) -> None:
        french = told("fr", subject)
        for name, text in told("en", subject).items():
            assert not ENGLISH_WORDS.search(plain(french[name])), name
            assert not FRENCH_WORDS.search(plain(text)) or name in (
                "figures.map.regions",
                "workshop.page.other_language",
            ), name

    def test_none_is_left_untranslated(self, subject: str) -> None:
        french = told("fr", subject)
        same = {name for name, text in told("en", subject).items() if text == french[name] and len(text) > 3}
        assert same == {name for name in ALIKE if name.startswith(f"{subject}.")}

    def test_french_marks_have_their_space(self, subject: str) -> None:
        for name, text in told("fr", subject).items():
            assert not re.search(r"\w[;!?»]", text), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_apostrophes_are_typed_straight_and_printed_curly(language: Any) -> None:
    for subject in subjects(language):
        typed = files("ssa_sim.words").joinpath(language, f"{subject}.toml").read_text(encoding="utf-8")
        assert "’" not in typed, subject
    for subject in PRINTED:
        read = words(language, subject)
        assert read == with_apostrophes(read) == (french(read) if language == "fr" else read)
    assert all("’" in str(words(language, subject)) for subject in ("figures", "report"))


def test_no_subject_is_of_one_language_alone() -> None:
    assert {*subjects("en")} == {*subjects("fr")} - {"scenarios"}


class TestTheCatalogue:
    """Its terms are keys of the French file, each used."""

    def test_units(self) -> None:
        entries = (
            *lever_catalogue(),
            *uncertainty_catalogue(),
            *mechanism_catalogue(),
            *structure_catalogue(),
            *trait_catalogue(),
            *OUTCOMES,
        )
        units = {entry.unit for entry in (*entries, *(row for pattern in PATTERNS for row in pattern.rows))}
        assert units >= set(words("fr", "terms")["units"])
        assert units - set(words("fr", "terms")["units"]) == set()

    def test_deciders(self) -> None:
        assert {entry.decided_by for entry in lever_catalogue()} == set(words("fr", "terms")["deciders"])

    def test_choices(self) -> None:
        entries = (*lever_catalogue(), *structure_catalogue())
        choices = {choice for entry in entries for choice in entry.choices or ()}
        for language in LANGUAGES:
            assert choices == set(words(language, "terms")["choices"])

    def test_costs(self) -> None:
        for lever in lever_catalogue():
            assert lever.cost_in("fr") != lever.cost_in("en") != "", lever.path
            assert lever.meaning_in("fr") != lever.meaning_in("en") == lever.meaning, lever.path


def test_every_experiment_has_its_title_in_french_and_no_other_has() -> None:
    titles = {load_experiment(path).title for path in (SCENARIOS.parent / "experiments").glob("*.toml")}
    assert titles == set(words("fr", "scenarios")["experiments"])


def test_every_scenario_has_its_title_and_question_in_french_and_no_other_has() -> None:
    scenarios = [load_scenario(path) for path in library_files()]
    assert {scenario.title for scenario in scenarios} == set(words("fr", "scenarios")["titles"])
    assert {scenario.question for scenario in scenarios} == set(words("fr", "scenarios")["questions"])


class TestLookups:
    """Every text that the sources ask for is there, and every text is asked for."""

    def test_none_asks_for_a_text_that_is_missing(self) -> None:
        asked = asked_for()
        assert {name for name in asked if not any(map(re.compile(name).match, KNOWN))} == set()
        assert len(asked) > 30

    def test_no_text_is_there_for_nothing(self) -> None:
        asked = re.compile("|".join(asked_for()))
        assert {name for name in KNOWN if not asked.match(name)} == set()

    @pytest.mark.parametrize(
        ("source", "found"),
        [
            ('texts(language, "comparison")("apart")', ["comparison.apart"]),
            ('def f():\n    said = texts(language, "a")\n    return said("b" if c else "d", e=1)', ["a.b", "a.d"]),
            ('said, rest = texts(language, "a"), 1\nsaid.table(f"b.{c}_d")', ["a.b.X_d."]),
            ('key = "b" if c else "d"\ntexts(language, "a").several(key)', ["a.b.", "a.d."]),
            ('figure_words(language)("a.b")', ["figures.a.b"]),
            ('spoken, page, said = asked(language, layout)\nsaid("a.b")', ["figures.a.b"]),
            ('self._said = texts(language, "a")\nself._said("b")', ["a.b"]),
            ('Word("a.b")', ["a.b"]),
            ('Word(f"a.b.{c}_d")', ["a.b.X_d"]),
        ],
    )
    def test_lookups_are_seen(self, source: str, found: list[str]) -> None:
        patterns = list(lookups(source))
        assert len(patterns) == len(found)
        for pattern, name in zip(patterns, found, strict=True):
            assert re.match(pattern, name), (pattern, name)
            assert name.endswith(".") or not re.match(pattern, f"{name}x")

    def test_a_lookup_that_nobody_can_follow_is_refused(self) -> None:
        with pytest.raises(AssertionError, match="line 1"):
            list(lookups('texts(language, "a")(name())'))


def asked_for() -> set[str]:
    """Patterns of all that the sources ask for; the module that reads words asks for what others name."""
    sources = (path.read_text(encoding="utf-8") for name, path in modules() if name != "ssa_sim.words.texts")
    template = files("ssa_sim.report").joinpath("page.html.jinja").read_text(encoding="utf-8")
    in_template = {rf"report\.{re.escape(name)}(\.|$)" for name in re.findall(r'said\("([a-z_.]+)"', template)}
    return in_template | {pattern for source in sources for pattern in lookups(source)}


def lookups(source: str) -> Iterator[str]:
    """What a module asks of the words: patterns of names, subject first, in which what is only known when it runs is left open.

    The name of a text ends there; that of a table or a list goes on.
    """
    tree = ast.parse(source)
    functions = list(outermost_functions(tree))
    inside = {id(node) for function in functions for node in ast.walk(function)}
    outside = [node for node in ast.walk(tree) if id(node) not in inside]
    attributes = [
        node for node in ast.walk(tree) if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute)
    ]
    for scope in (outside, *(list(ast.walk(function)) for function in functions)):
        values: dict[str, list[ast.expr]] = {}
        for name, value in chain.from_iterable(map(assigned, [*attributes, *scope])):
            values.setdefault(name, []).append(value)
        for node in scope:
            if isinstance(node, ast.Call) and node.args:
                subjects = [""] if called(node) == "Word" else [f"{each}." for each in asked_of(node.func, values)]
                end = r"\." if called(node) in ("table", "several") else "$"
                for subject in subjects:
                    yield from (f"{re.escape(subject)}{name}{end}" for name in named(node.args[0], values))


def outermost_functions(node: ast.AST) -> Iterator[ast.AST]:
    """Functions and methods, without those that are defined inside another."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef):
            yield child
        else:
            yield from outermost_functions(child)


def asked_of(node: ast.expr, values: Mapping[str, list[ast.expr]]) -> list[str]:
    """The subjects whose words a function reads; none if it reads none."""
    if isinstance(node, ast.Attribute) and node.attr in ("several", "table"):
        return asked_of(node.value, values)
    if isinstance(node, ast.Name | ast.Attribute):
        name = node.id if isinstance(node, ast.Name) else node.attr
        return sorted({subject for value in values.get(name, []) for subject in asked_of(value, {})})
    if isinstance(node, ast.Call) and called(node) in ("figure_words", "asked"):
        return ["figures"]
    if isinstance(node, ast.Call) and called(node) == "texts" and len(node.args) == 2:
        subject = node.args[1]
        return [str(subject.value)] if isinstance(subject, ast.Constant) and subject.value not in OTHERWISE_READ else []
    return []


def named(node: ast.expr, values: Mapping[str, list[ast.expr]]) -> list[str]:
    """Patterns of the names that an expression may be."""
    if isinstance(node, ast.Constant):
        return [re.escape(str(node.value))]
    if isinstance(node, ast.JoinedStr):
        parts = (re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[^.]+" for part in node.values)
        return ["".join(parts)]
    if isinstance(node, ast.IfExp):
        return [*named(node.body, values), *named(node.orelse, values)]
    if isinstance(node, ast.Name) and node.id in values:
        return [name for value in values[node.id] for name in named(value, {})]
    raise AssertionError(f"line {node.lineno}: which text is meant is not to be seen: {ast.unparse(node)}")


def assigned(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Names that a statement gives, and to what."""
    if not isinstance(node, ast.Assign):
        return
    for target in node.targets:
        if isinstance(target, ast.Name):
            yield target.id, node.value
        elif isinstance(target, ast.Attribute):
            yield target.attr, node.value
        elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Call) and called(node.value) == "asked":
            yield getattr(target.elts[-1], "id", "_"), node.value
        elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            for one, value in zip(target.elts, node.value.elts, strict=False):
                if isinstance(one, ast.Name):
                    yield one.id, value


def called(node: ast.Call) -> str:
    """The name of the function that is called."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


KNOWN = sorted(
    f"{subject}.{name}"
    for subject in subjects("en")
    if subject not in OTHERWISE_READ
    for name, _ in leaves(words("en", subject))
)
"""Every text that has to be asked for by its name."""


@pytest.mark.parametrize(("english", "french"), words("fr", "terms")["units"].items())
def test_a_unit_measures_the_same_in_both(english: str, french: str) -> None:
    for one, other in OF_A_UNIT.items():
        assert bool(re.search(rf"\b({one})", english)) == bool(re.search(rf"\b({other})", french)), one
    assert numerals(english) == numerals(french)
