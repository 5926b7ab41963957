"""The catalogues: complete, consistent, in two languages, and printed as the contracts say."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import create_model
from rich.console import Console

import ssa_sim.cli.lists as lists_module
from ssa_sim.analysis.screening import choose
from ssa_sim.catalogue.donors import DEFAULT_PROFILES, DonorProfile
from ssa_sim.catalogue.entries import (
    Entry,
    StructureEntry,
    entries_of,
    lever_catalogue,
    mechanism_catalogue,
    structure_catalogue,
    trait_catalogue,
    uncertainty_catalogue,
    values_of,
)
from ssa_sim.catalogue.evidence import parse_source
from ssa_sim.catalogue.groups import Group, fields_of
from ssa_sim.catalogue.outcomes import OUTCOMES
from ssa_sim.catalogue.search import speaking_of
from ssa_sim.cli import main
from ssa_sim.errors import InputError
from ssa_sim.scenario.json_schema import scenario_json_schema
from ssa_sim.scenario.problems import allowed_values, nearest
from ssa_sim.scenario.schema import Scenario
from ssa_sim.scenario.tables import TOP_KEYS, leaves, nested
from ssa_sim.words.texts import LANGUAGES, words

CATALOGUES = {
    "levers": lever_catalogue(),
    "uncertainties": uncertainty_catalogue(),
    "mechanisms": mechanism_catalogue(),
    "structures": structure_catalogue(),
}
EVERYTHING: list[Entry] = [entry for catalogue in CATALOGUES.values() for entry in catalogue]
PARAMETERS = [*EVERYTHING, *trait_catalogue()]
TYPES = {"float": float, "int": int, "bool": bool, "choice": str}


@pytest.mark.parametrize("section", CATALOGUES)
def test_catalogue_has_every_field_once(section: str) -> None:
    held = getattr(Scenario(title="x"), section).model_dump()
    assert [entry.path for entry in CATALOGUES[section]] == [name for name, _, _ in leaves(held)]


def test_names_are_unique_across_sections() -> None:
    paths = [entry.path for entry in EVERYTHING]
    assert len(set(paths)) == len(paths)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*", path) for path in paths)


def test_the_levers_that_others_rely_on_exist() -> None:
    levers = {entry.path: entry for entry in lever_catalogue()}
    assert levers["training.course_weeks"].unit == "weeks"
    assert set(levers["coordination.regime"].choices or ()) >= {"none", "information", "host_led", "binding"}
    assert "turnover.reassignment_rate" in {entry.path for entry in uncertainty_catalogue()}


def test_an_entry_says_what_it_is() -> None:
    for entry in PARAMETERS:
        said = (entry.label_en, entry.label_fr, entry.unit, entry.source, allowed_values(entry))
        assert all(text.strip() for text in said), entry.path
        assert entry.kind in TYPES, f"{entry.path}: a parameter is a number, a flag or a choice"


def test_a_range_makes_sense() -> None:
    for entry in PARAMETERS:
        if entry.kind in ("float", "int"):
            assert entry.low is not None, entry.path
            assert entry.high is not None, entry.path
            assert entry.allowed_low is not None, entry.path
            assert entry.allowed_high is not None, entry.path
            assert entry.allowed_low <= entry.low <= entry.high <= entry.allowed_high, entry.path
            assert entry.allowed_low < entry.allowed_high, entry.path
            assert not entry.is_known or "assumption" not in entry.source, (
                f"{entry.path}: only evidence can fix a number"
            )
            assert entry.choices is None, entry.path
        elif entry.kind == "choice":
            assert len(set(entry.choices or ())) >= 2, entry.path
            assert entry.low is entry.high is None, entry.path


def test_a_baseline_is_allowed() -> None:
    for entry in EVERYTHING:
        assert type(entry.baseline) is TYPES[entry.kind], entry.path
        if isinstance(entry.baseline, int | float) and not isinstance(entry.baseline, bool):
            assert entry.low is not None, entry.path
            assert entry.high is not None, entry.path
            assert entry.low <= entry.baseline <= entry.high, entry.path
        if entry.choices:
            assert entry.baseline in entry.choices, entry.path


def test_what_is_known_of_the_setting_is_not_sampled_and_may_be_another_s() -> None:
    facts = {entry.path: entry for entry in uncertainty_catalogue() if entry.is_known}
    assert set(facts) == {"interests.months_since_coup"}
    (fact,) = facts.values()
    assert fact.low == fact.baseline == fact.high == 11.0
    assert (fact.allowed_low, fact.allowed_high) == (0.0, 720.0)
    assert "from 0 to 720" in allowed_values(fact)
    assert fact not in choose(None)
    assert {*choose(None), fact} == set(uncertainty_catalogue())


@pytest.mark.parametrize(
    ("value", "is_taken"), [(0.0, True), (11.0, True), (720.0, True), (-0.1, False), (720.1, False)]
)
def test_a_scenario_may_lie_outside_the_baseline_s_range_as_far_as_allowed(value: float, is_taken: bool) -> None:
    path = "interests.months_since_coup"
    (entry,) = (entry for entry in uncertainty_catalogue() if entry.path == path)
    assert (entry.low, entry.high) == (11.0, 11.0)
    scenario = Scenario(title="elsewhere")
    if is_taken:
        assert scenario.with_uncertainties({path: value}).uncertainties.interests.months_since_coup == value
    else:
        with pytest.raises(InputError, match="a number from 0 to 720"):
            scenario.with_uncertainties({path: value})


def test_levers_say_who_decides_and_what_they_do() -> None:
    for entry in lever_catalogue():
        assert entry.decided_by.strip()
        assert entry.meaning.strip().endswith(".")
        assert (entry.cost is None) != (entry.without_cost is None), entry.path


def test_a_prior_fits_its_range() -> None:
    for entry in uncertainty_catalogue():
        assert entry.prior in ("uniform", "triangular", "log_uniform"), entry.path
        if entry.prior == "log_uniform":
            assert entry.low is not None, entry.path
            assert entry.low > 0, entry.path


def test_mechanisms_are_on() -> None:
    assert all(entry.baseline is True for entry in mechanism_catalogue())


@pytest.mark.parametrize("entry", structure_catalogue(), ids=lambda entry: entry.path)
def test_a_structure_asks_a_question_and_each_choice_answers_it(entry: StructureEntry) -> None:
    assert entry.baseline == (entry.choices or ())[0]
    assert [each.name for each in entry.alternatives] == list(entry.choices or ())
    for language in LANGUAGES:
        assert entry.meaning(language).endswith("?")
        said = [(each.label(language), each.claims(language)) for each in entry.alternatives]
        assert all(claim.endswith(".") for _, claim in said)
        assert len({label for label, _ in said}) == len({claim for _, claim in said}) == len(said)
        assert words(language, "structures")[entry.path]["claims"].keys() == set(entry.choices or ())
    sources = [parse_source(each.source) for each in entry.alternatives]
    assert set(parse_source(entry.source).ids) == {id_ for source in sources for id_ in source.ids}


def test_a_structure_is_listed_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["structures"]) == 0
    listed = capsys.readouterr().out
    assert all(entry.path in listed for entry in structure_catalogue())
    assert main(["structures", "decay", "--lang", "fr"]) == 0
    shown = capsys.readouterr().out
    assert "Les compétences se perdent chaque mois" in shown
    assert "hypothèse; F44 (GAO1978)" in shown
    assert main(["structures", "decay", "--json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert [each["name"] for each in one["alternatives"]] == one["choices"] == ["disuse", "always", "drift"]
    assert main(["structures", "decai"]) == 2
    assert 'Did you mean "decay"?' in capsys.readouterr().err


def test_donor_profiles_have_names_of_their_own() -> None:
    names = [profile.name for profile in DEFAULT_PROFILES]
    assert len(set(names)) == len(names)
    assert {entry.path for entry in trait_catalogue()} < set(DonorProfile.model_fields)
    assert set(values_of(DEFAULT_PROFILES[0], trait_catalogue())) == {e.path for e in trait_catalogue()}


def test_a_baseline_outside_its_range_cannot_be_declared() -> None:
    row = {
        "baseline": 1.0,
        "low": 2.0,
        "high": 3.0,
        "unit": "weeks",
        "decided_by": "x",
        "source": "F05",
        "without_cost": "nobody",
    }
    en, fr = {"label": "W", "meaning": "x."}, {"label": "S", "meaning": "x."}
    faulty = create_model("Faulty", __base__=Group, **fields_of("lever", {"weeks": row}, {"weeks": en}, {"weeks": fr}))

    with pytest.raises(ValueError, match="greater than or equal to 2"):
        faulty()
    assert entries_of(faulty)[0].low == 2.0


# --- names


def test_leaves_and_nested_are_opposites() -> None:
    values = {entry.path: entry.baseline for entry in lever_catalogue()}
    assert {name: value for name, _, value in leaves(nested(values))} == values


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("training.course_week", "training.course_weeks"),
        ("Training.Course-Weeks", "training.course_weeks"),
        ("course_weeks", "training.course_weeks"),
        ("trainig.course_weeks", "training.course_weeks"),
        ("coordination.regimes", "coordination.regime"),
        ("zzz", None),
        ("", None),
        ("x" * 10_000, None),
    ],
)
def test_nearest_name(written: str, meant: str | None) -> None:
    assert nearest(written, [entry.path for entry in lever_catalogue()]) == meant


# --- the commands


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("section", CATALOGUES)
def test_json_lists_the_catalogue(capsys: pytest.CaptureFixture[str], section: str) -> None:
    listed = json.loads(printed(capsys, section, "--json"))
    assert [entry["path"] for entry in listed] == [entry.path for entry in CATALOGUES[section]]


def test_levers_json_has_what_the_contract_names(capsys: pytest.CaptureFixture[str]) -> None:
    for entry in json.loads(printed(capsys, "levers", "--json")):
        assert entry.keys() >= {
            "path",
            "unit",
            "baseline",
            "low",
            "high",
            "label_en",
            "label_fr",
            "decided_by",
        }
        assert entry["source"]
        assert entry["choices"] or entry["kind"] == "bool" or entry["low"] < entry["high"]


def test_uncertainties_json_has_the_range_and_what_else_is_allowed(capsys: pytest.CaptureFixture[str]) -> None:
    listed = {entry["path"]: entry for entry in json.loads(printed(capsys, "uncertainties", "--json"))}
    fact, other = (listed[path] for path in ("interests.months_since_coup", "interests.alarm"))
    keys = ("low", "high", "allowed_low", "allowed_high")
    assert [fact[key] for key in keys] == [11.0, 11.0, 0.0, 720.0]
    assert [other.get(key) for key in keys] == [0.0, 0.8, None, None]
    for language, said in (("en", "known (allowed 0 - 720)"), ("fr", "connu (admis 0 - 720)")):
        table = printed(capsys, "uncertainties", "interests.months_since_coup", "--lang", language)
        assert said in " ".join(table.split())


def test_outcomes_json_has_what_the_contract_names(capsys: pytest.CaptureFixture[str]) -> None:
    listed = json.loads(printed(capsys, "outcomes", "--json"))
    assert [entry["name"] for entry in listed] == [outcome.name for outcome in OUTCOMES]
    for entry in listed:
        assert entry.keys() >= {"name", "unit", "better", "label_en", "label_fr", "definition"}
        assert entry["better"] in ("higher", "lower")


@pytest.mark.parametrize("command", [*CATALOGUES, "outcomes", "evidence"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_tables_are_printed_whole(capsys: pytest.CaptureFixture[str], command: str, language: str) -> None:
    table = printed(capsys, command, "--lang", language)
    names = [entry.path for entry in CATALOGUES.get(command, ())]
    assert all(name in table for name in names), "names are copied from the table: none may be broken"
    assert "…" not in table


@pytest.mark.parametrize(
    "command", [*CATALOGUES, "outcomes", "evidence", "evidence --parameters", "levers coordination.division"]
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_lists_fit_a_narrow_terminal_and_break_between_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str, language: str
) -> None:
    at = {}
    for width in (2000, 80, 40):
        monkeypatch.setattr(lists_module, "console", lambda width=width: Console(file=sys.stdout, width=width))
        at[width] = printed(capsys, *command.split(), "--lang", language)
    assert at[2000].split() == at[80].split() == at[40].split()
    below = at[80].splitlines()
    assert max(len(line) for line in below if not line.startswith(("Of ", "Sur "))) <= 80
    if command == "levers":
        assert len(below) < 2 * len(lever_catalogue())
        whole = [line for line in below if any(line.startswith(f"{entry.path} ") for entry in lever_catalogue())]
        assert len(whole) == len(lever_catalogue())
        assert sum(line.endswith("]") for line in whole) > len(lever_catalogue()) / 3  # as many take one line


def test_one_outcome_is_defined(capsys: pytest.CaptureFixture[str]) -> None:
    listed = printed(capsys, "outcomes", "deaths")
    (outcome,) = (outcome for outcome in OUTCOMES if outcome.name == "deaths")
    assert outcome.definition in " ".join(listed.split())
    assert main(["outcomes", "deahts"]) == 2
    assert 'There is no outcome "deahts". Did you mean "deaths"?' in capsys.readouterr().err


def test_labels_follow_the_language(capsys: pytest.CaptureFixture[str]) -> None:
    english = printed(capsys, "levers", "training.course_weeks")
    french = printed(capsys, "levers", "training.course_weeks", "--lang", "fr")
    (entry,) = (entry for entry in lever_catalogue() if entry.path == "training.course_weeks")
    assert entry.label_en in english
    assert entry.label_fr in french
    assert entry.meaning.split()[0] in english


def test_one_group_can_be_listed(capsys: pytest.CaptureFixture[str]) -> None:
    listed = json.loads(printed(capsys, "levers", "training", "--json"))
    assert {entry["path"].partition(".")[0] for entry in listed} == {"training"}
    assert main(["levers", "trianing"]) == 2
    message = capsys.readouterr().err
    assert 'There is no lever or group "trianing". Did you mean "training"?' in message


def test_catalogues_do_not_load_the_model() -> None:
    code = (
        "import sys\nfrom ssa_sim.cli import main\n"
        "for command in (['levers'], ['outcomes', '--json'], ['evidence'], ['schema', 'scenario']):\n"
        "    assert main(command) == 0\n"
        "heavy = {'numba', 'mesa', 'pandas', 'pyarrow', 'scipy', 'matplotlib'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr


# --- JSON Schema


def references(schema: Any) -> Iterator[str]:
    below = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    if isinstance(schema, dict) and "$ref" in schema:
        yield schema["$ref"]
    for element in below:
        yield from references(element)


@pytest.mark.parametrize("kind", ["all", "scenario", "experiment"])
def test_schema_is_json_whose_references_lead_somewhere(capsys: pytest.CaptureFixture[str], kind: str) -> None:
    schema = json.loads(printed(capsys, "schema", kind))
    assert schema["$schema"].startswith("https://json-schema.org/")
    for reference in references(schema):
        assert reference.removeprefix("#/$defs/") in schema["$defs"]


def test_schema_without_a_kind_covers_both(capsys: pytest.CaptureFixture[str]) -> None:
    schema = json.loads(printed(capsys, "schema", "--json"))
    assert [set(each["properties"]) >= {"title"} for each in schema["anyOf"]] == [True, True]
    assert "levers" in schema["anyOf"][0]["properties"]
    assert "scenarios" in schema["anyOf"][1]["properties"]


def test_schema_of_scenarios_says_what_every_key_is() -> None:
    """What an editor shows beside a key."""
    schema = scenario_json_schema()
    keys = {
        f"{group}.{key}": said for group, each in schema["$defs"].items() for key, said in each["properties"].items()
    }
    keys |= schema["properties"]
    silent = [key for key, said in keys.items() if "$ref" not in said and not said.get("description")]
    assert silent == []


def test_schema_of_scenarios_knows_every_key_and_both_spellings() -> None:
    schema = scenario_json_schema()
    assert tuple(schema["properties"]) == TOP_KEYS
    assert schema["additionalProperties"] is False
    for section, catalogue in CATALOGUES.items():
        top = schema["$defs"][schema["properties"][section]["$ref"].rpartition("/")[2]]
        assert top["additionalProperties"] is False
        for entry in catalogue:
            below = top
            *groups, last = entry.path.split(".")
            for group in groups:
                below = schema["$defs"][below["properties"][group]["$ref"].rpartition("/")[2]]
            assert top["properties"][entry.path] == below["properties"][last]
            assert below["properties"][last].get("maximum") == entry.allowed_high
    assert schema["$defs"]["Event"]["properties"]["set"]["$ref"] == "#/$defs/Levers"
    assert "required" not in schema


@pytest.mark.parametrize(
    ("command", "words", "found"),
    [
        ("levers", "trainers", {"training.trainers", "training.camp_places", "training.mentoring_share"}),
        ("levers", "Formateurs", {"training.trainers", "training.camp_places", "training.mentoring_share"}),
        ("levers", "budget", {"host.maintenance_budget", "training.budget", "donors.extra_budget"}),
        ("levers", "money", {"conditions.credibility"}),
        ("levers", "argent", {"conditions.credibility"}),
        ("levers", "course weeks", {"training.course_weeks"}),
        ("uncertainties", "trainer", {"training.trainees_a_trainer", "training.adviser_cost"}),
        ("mechanisms", "ghosts", {"rents"}),
        ("structures", "turnover", {"drill_home"}),
        ("outcomes", "soldats", {"ready_soldiers", "soldiers"}),
        ("outcomes", "deaths", {"deaths"}),
    ],
)
def test_a_word_finds_what_speaks_of_it_in_either_language(
    command: str, words: str, found: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, words, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    names = {entry.get("path") or entry["name"] for entry in printed}
    assert found <= names
    assert main([command, "--json"]) == 0
    assert len(names) < len(json.loads(capsys.readouterr().out))


@pytest.mark.parametrize("command", ["levers", "outcomes"])
def test_a_word_that_nothing_speaks_of_is_refused(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "xylophone"]) == 2
    assert '"xylophone"' in capsys.readouterr().err


def test_a_name_or_group_is_itself_and_a_misspelt_one_is_guessed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["levers", "training", "--json"]) == 0
    printed = capsys.readouterr()
    assert all(entry["path"].startswith("training.") for entry in json.loads(printed.out))
    assert printed.err == ""
    assert main(["levers", "trainng"]) == 2
    assert 'Did you mean "training"?' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("equipe", ["Équipement"]),
        ("places trainer", ["Trainers' places"]),
        ("oeuvres", ["Main-d’œuvre"]),
        ("  ", []),
        ("?", []),
    ],
)
def test_accents_capitals_and_plurals_do_not_matter(words: str, found: list[str]) -> None:
    rows = ["Équipement", "Trainers' places", "Main-d’œuvre", "Nothing"]
    assert speaking_of(words, rows, lambda row: [row]) == found
