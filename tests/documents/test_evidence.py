"""The evidence register, and the rule that every parameter rests on something."""

import json
import re
from pathlib import Path

import pytest

from ssa_sim.catalogue import evidence as evidence_module
from ssa_sim.catalogue.donors import DEFAULT_PROFILES
from ssa_sim.catalogue.entries import (
    Entry,
    lever_catalogue,
    mechanism_catalogue,
    structure_catalogue,
    uncertainty_catalogue,
)
from ssa_sim.catalogue.evidence import (
    Evidence,
    Source,
    documents,
    evidence_register,
    parameter_register,
    parse_source,
    uses_of,
)
from ssa_sim.cli import main
from ssa_sim.scenario.schema import Scenario
from ssa_sim.scenario.tables import EXAMPLE_OF_A_SET

REGISTER = list(evidence_register().values())
PUBLICATIONS = {entry.id for entry in REGISTER if entry.kind == "publication"}
FACTS = [f"F{number:02}" for number in (*range(1, 62), *range(70, 74))]  # none is numbered F62 to F69
CLAIMS = [f"M{number:02}" for number in range(1, 66) if number != 59]  # the source list has no M59

PUBLICATION_KEY = re.compile(r"\b[A-Z]{3,}(?:19|20)\d\d\b")


def test_register_has_every_fact_and_claim_of_the_sources() -> None:
    assert [entry.id for entry in REGISTER if entry.kind == "quantity"] == FACTS
    assert [entry.id for entry in REGISTER if entry.kind == "mechanism"] == CLAIMS


@pytest.mark.parametrize("entry", REGISTER, ids=lambda entry: entry.id)
def test_entry_is_complete(entry: Evidence) -> None:
    assert evidence_register()[entry.id] is entry
    assert entry.statement.endswith(".")
    assert entry.reference
    if entry.kind == "publication":
        assert entry.documents == ()
        assert entry.id.isalnum()
        assert entry.id[-4:].isdigit()
        assert entry.id[-4:] in entry.reference, "the key ends in the year of the reference"
    else:
        assert set(entry.documents) <= set(documents()) | PUBLICATIONS
        assert entry.documents
        assert set(entry.seen) <= {"data", "abstract", "quoted"}
    if entry.kind == "quantity":
        assert entry.value
        assert entry.when


def test_every_document_is_used() -> None:
    assert {key for entry in REGISTER for key in entry.documents} - PUBLICATIONS == set(documents())


def test_facts_say_how_their_documents_were_seen() -> None:
    seen = {entry.id: entry.seen for entry in REGISTER if entry.kind == "quantity"}
    assert [id_ for id_, how in seen.items() if not how] == [f"F{number:02}" for number in range(1, 37)]
    assert seen["F46"] == ("abstract", "quoted")


def test_every_publication_named_in_code_or_docs_is_registered() -> None:
    root = Path(__file__).parents[2]
    texts = [*(root / "src").rglob("*.py"), *(root / "docs").rglob("*.md"), root / "README.md"]
    named = {key for text in texts for key in PUBLICATION_KEY.findall(text.read_text(encoding="utf-8"))}
    assert "ARTHUR1998" in named
    assert named <= set(evidence_register())


def test_register_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        evidence_register()["F01"] = REGISTER[0]  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("F05", Source(("F05",), assumed=False)),
        ("F05; M23", Source(("F05", "M23"), assumed=False)),
        ("assumption", Source((), assumed=True)),
        ("assumption; M23 ;", Source(("M23",), assumed=True)),
    ],
)
def test_sources_are_read(text: str, source: Source) -> None:
    assert parse_source(text) == source


@pytest.mark.parametrize("text", ["", " ; ", "F99", "Assumption", "F05, M23", "assumption; M59", "guess"])
def test_sources_that_name_nothing_known_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="evidence"):
        parse_source(text)


def test_every_parameter_is_registered_with_what_it_rests_on() -> None:
    registered = {entry.path: entry for entry in parameter_register()}
    assert len(registered) == len(parameter_register())
    for role, catalogue in {
        "lever": lever_catalogue(),
        "uncertainty": uncertainty_catalogue(),
        "mechanism": mechanism_catalogue(),
        "structure": structure_catalogue(),
    }.items():
        for entry in catalogue:
            assert registered[entry.path].role == role
            assert registered[entry.path].baseline == entry.baseline
    for profile in DEFAULT_PROFILES:
        assert registered[f"donors.{profile.name}.partners"].baseline == profile.partners
    assert registered["size.units"].baseline == 80
    for parameter in parameter_register():
        assert parameter.source.ids or parameter.source.assumed
        assert parameter.unit


@pytest.mark.parametrize("source", ["", "F99", "well known"])
def test_parameter_without_evidence_is_found(monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    """The planted fault: a lever whose source is empty or unknown must not pass."""
    faulty = Entry("made.up", "1", 1.0, 0.0, 2.0, 0.0, 2.0, None, "float", "Made up", "Inventé", source)
    monkeypatch.setattr(evidence_module, "uncertainty_catalogue", lambda: (faulty,))
    parameter_register.cache_clear()
    try:
        with pytest.raises(ValueError, match=r"made\.up: "):
            parameter_register()
    finally:
        parameter_register.cache_clear()


def test_uses_of_a_piece_of_evidence() -> None:
    assert "training.course_weeks" in uses_of("M23")
    assert uses_of("F36") == ()


def test_command_prints_the_register_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [entry["id"] for entry in printed["evidence"]] == [entry.id for entry in REGISTER]
    assert len(printed["parameters"]) == len(parameter_register())
    assert printed["documents"] == dict(documents())


def test_command_counts_what_parameters_rest_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence"]) == 0
    text = capsys.readouterr().out
    assumed = sum(entry.source.assumed and not entry.source.ids for entry in parameter_register())
    assert f"{assumed} are bare assumptions" in " ".join(text.split())
    assert main(["evidence", "--parameters"]) == 0
    listed = capsys.readouterr().out
    assert all(entry.path in listed for entry in parameter_register())


def test_example_in_messages_is_a_sound_one() -> None:
    path, value = EXAMPLE_OF_A_SET.strip("{ }").split(" = ")
    assert Scenario(title="x").with_levers({path.strip('"'): float(value)})


def test_one_piece_of_evidence_and_what_rests_on_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "F07"]) == 0
    printed = capsys.readouterr().out
    assert "F07" in printed
    assert "F08" not in printed
    assert "Seen" not in printed
    assert main(["evidence", "F47"]) == 0
    assert re.search(r"^Seen +the source's own abstract", capsys.readouterr().out, re.MULTILINE)
    assert "personnel.stabilisation" in printed


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("F7", ' Did you mean "F07"?'),
        ("f07", ' Did you mean "F07"?'),
        ("F-7", ' Did you mean "F07"?'),
        ("M9", ' Did you mean "M09"?'),
        ("M040", ' Did you mean "M40"?'),
        ("F107", ""),
        ("ARTUR1998", ' Did you mean "ARTHUR1998"?'),
    ],
)
def test_an_id_written_otherwise_is_that_of_its_number(
    written: str, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evidence", written]) == 2
    assert f'There is no evidence "{written}".{hint} Allowed:' in capsys.readouterr().err


def test_evidence_that_speaks_of_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "battalions", "--json"]) == 0
    printed = capsys.readouterr()
    found = {entry["id"] for entry in json.loads(printed.out)["evidence"]}
    assert "F07" in found
    assert len(found) < len(REGISTER)
    assert 'Nothing is named "battalions"' in printed.err
