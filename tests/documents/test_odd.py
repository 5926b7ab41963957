"""docs/odd.md describes the model that is there: its phases, rules, state, parameters, draws and evidence."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from documents import ROOT, wrapped
from rule_readings import readings, reads_line, steps_by_name, units
from ssa_sim.analysis.pattern_measures import MEASURES
from ssa_sim.catalogue.entries import (
    lever_catalogue,
    mechanism_catalogue,
    structure_catalogue,
    trait_catalogue,
    uncertainty_catalogue,
)
from ssa_sim.catalogue.evidence import evidence_register
from ssa_sim.catalogue.outcomes import OUTCOMES
from ssa_sim.catalogue.patterns import PATTERNS, Pattern
from ssa_sim.model import noise, state
from ssa_sim.model.month import PHASES, Step

TEXT = (ROOT / "docs" / "odd.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

ELEMENTS = (
    "Purpose and patterns",
    "Entities, state variables, and scales",
    "Process overview and scheduling",
    "Design concepts",
    "Initialization",
    "Input data",
    "Submodels",
)
CONCEPTS = (
    "Basic principles",
    "Emergence",
    "Adaptation",
    "Objectives",
    "Learning",
    "Prediction",
    "Sensing",
    "Interaction",
    "Stochasticity",
    "Collectives",
    "Observation",
)
RECORDS = {
    "Zone": state.ZONE,
    "Host": state.HOST,
    "Office": state.OFFICE,
    "Mission": state.MISSION,
    "Donor": state.DONOR,
    "Force": state.FORCE,
    "Project": state.PROJECT,
    "Battalion": state.BATTALION,
    "Unit": state.UNIT,
    "Nation": state.NATION,
    "Pool": state.POOL,
}
GROUPS = sorted({path.partition(".")[0] for path in units()})
PATH = re.compile(rf"(?<![\w./])(?:{'|'.join(GROUPS)})\.[a-z][a-z0-9_]*(?![\w(/])")
NO_PARAMETER = ("toml", "py", "md")
EVIDENCE_ID = re.compile(r"\b(?:[FM]\d{2}|[A-Z]{4,}\d{4})\b")


class Bullet(NamedTuple):
    """What the description says of one step."""

    rule: str
    actor: str
    in_turn: bool
    text: str

    @property
    def equations(self) -> str:
        return "\n".join(re.findall(r"```text\n(.*?)```", self.text, re.DOTALL))

    @property
    def own_words(self) -> str:
        """All but the line that can be derived from the source."""
        return re.sub(r"^  Reads: .*?(?=^  Sources: )", "", self.text, flags=re.MULTILINE | re.DOTALL)


def element(title: str) -> str:
    """The text of one of the seven elements."""
    number = ELEMENTS.index(title) + 1
    start = TEXT.index(f"\n## {number}. {title}\n")
    end = TEXT.find("\n## ", start + 1)
    return TEXT[start : end if end > 0 else None]


def described_phases(text: str) -> dict[int, tuple[str, str]]:
    """From a phase's number to its name and what is said of it."""
    pieces = re.split(r"^### Phase (\d+): (.+)$", text, flags=re.MULTILINE)
    numbers = [int(number) for number in pieces[1::3]]
    assert numbers == sorted(set(numbers)), "phases come in order, and each once"
    return dict(zip(numbers, zip(pieces[2::3], pieces[3::3], strict=True), strict=True))


def table_rows(text: str) -> list[list[str]]:
    """The cells of every row of the tables in a text, heads included."""
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in re.findall(r"^\|.*\|$", text, re.MULTILINE)
    ]


def bullets(text: str) -> list[Bullet]:
    """The steps that a phase's text describes."""
    pieces = re.split(r"^- `(\w+)`, (\w+)(, in turn)?\. ", text, flags=re.MULTILINE)
    return [
        Bullet(rule, actor, turn is not None, said)
        for rule, actor, turn, said in zip(pieces[1::4], pieces[2::4], pieces[3::4], pieces[4::4], strict=True)
    ]


SUBMODELS = described_phases(element("Submodels"))
DESCRIBED = {bullet.rule: bullet for _, text in SUBMODELS.values() for bullet in bullets(text)}
STEPS = steps_by_name()


def test_seven_elements_in_the_protocols_order() -> None:
    headings = re.findall(r"^## (.+)$", TEXT, re.MULTILINE)
    assert headings == [f"{number}. {title}" for number, title in enumerate(ELEMENTS, start=1)]


def test_eleven_design_concepts_in_the_protocols_order() -> None:
    assert tuple(re.findall(r"^\*\*(.+?)\.\*\* ", element("Design concepts"), re.MULTILINE)) == CONCEPTS


def test_phases_are_those_of_the_schedule() -> None:
    assert {number: name for number, (name, _) in SUBMODELS.items()} == {phase.number: phase.name for phase in PHASES}
    assert list(SUBMODELS) == list(range(1, PHASES[-1].number + 1))
    assert "not modelled yet" not in TEXT.lower()


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.id)
def test_patterns_are_those_that_are_judged(pattern: Pattern) -> None:
    """Sources, outcomes and kinds as in the catalogue, and neither numbers of the model nor verdicts."""
    rows = {cells[0]: cells for cells in table_rows(element("Purpose and patterns"))}
    assert [name for name in rows if re.fullmatch(r"P\d+", name)] == [one.id for one in PATTERNS]
    _, _, sources, outcomes, kinds = rows[pattern.id]
    assert tuple(sources.split("; ")) == pattern.sources
    assert set(re.findall(r"`(\w+)`", outcomes)) == {name for row in pattern.rows for name in MEASURES[row.id].outcomes}
    assert kinds.split("; ") == list(dict.fromkeys(row.kind for row in pattern.rows))


def test_overview_lists_the_same_phases() -> None:
    listed = re.findall(r"^\| (\d+) (.+?) \|", element("Process overview and scheduling"), re.MULTILINE)
    assert [(int(number), name) for number, name in listed] == [
        (number, name) for number, (name, _) in SUBMODELS.items()
    ]


@pytest.mark.parametrize("phase", PHASES, ids=lambda phase: phase.name)
def test_every_step_is_described_in_order_under_its_phase(phase: Any) -> None:
    described = [(one.rule, one.actor, one.in_turn) for one in bullets(SUBMODELS[phase.number][1])]
    assert described == [(step.name, step.actor, step.in_turn) for step in phase.steps]


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_a_step_names_what_its_rule_reads_and_nothing_else(step: Step) -> None:
    bullet = DESCRIBED[step.name]
    assert set(PATH.findall(bullet.own_words)) == set(readings(step.rule).parameters)


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_units_and_draws_of_a_step_are_those_of_the_source(step: Step) -> None:
    assert wrapped(reads_line(step)) in DESCRIBED[step.name].text, "`python tests/documents.py` writes these lines"


@pytest.mark.parametrize("name", DESCRIBED)
def test_a_step_has_equations_and_sources(name: str) -> None:
    bullet = DESCRIBED[name]
    assert bullet.equations.strip()
    (sources,) = re.findall(r"^  Sources: (.+)\.$", bullet.text, re.MULTILINE)
    assert sources in ("bookkeeping", "assumption") or EVIDENCE_ID.findall(sources) == sources.split("; ")


def test_every_uncertainty_and_switch_is_described_somewhere() -> None:
    uncertain = {entry.path for entry in uncertainty_catalogue()}
    switches = {f"mechanisms.{entry.path}" for entry in mechanism_catalogue()}
    assert (uncertain | switches) - set(PATH.findall(TEXT)) == set()


def test_every_lever_is_described_somewhere() -> None:
    assert {entry.path for entry in lever_catalogue()} - set(PATH.findall(TEXT)) == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_parameters_and_evidence_named_in_documents_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    outside_files = re.sub(r"^```toml.*?^```$|^<!-- shown: .*?^<!-- end -->$", "", text, flags=re.MULTILINE | re.DOTALL)
    named = {path for path in PATH.findall(outside_files) if path.rpartition(".")[2] not in NO_PARAMETER}
    assert named - set(units()) == set()
    assert set(EVIDENCE_ID.findall(text)) - set(evidence_register()) == set()


@pytest.mark.parametrize("heading", RECORDS)
def test_state_variables_are_those_of_the_records(heading: str) -> None:
    section = re.split(r"^### ", element("Entities, state variables, and scales"), flags=re.MULTILINE)
    (text,) = (each for each in section if each.startswith(f"{heading}\n"))
    assert re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) == list(RECORDS[heading].names or ())


def test_variables_that_equations_change_are_state_variables() -> None:
    equations = "\n".join(bullet.equations for bullet in DESCRIBED.values())
    changed = set(re.findall(r"\b([a-z_]{2,})'(?![a-z])", equations))
    assert len(changed) > 50
    assert changed - fields_of_records() == set()


def test_names_in_code_exist() -> None:
    """Rules above all, but also state variables, outcomes, streams, choices: whatever stands in backticks alone."""
    quoted = set(re.findall(r"`([a-z][a-z_]+)`", TEXT))
    assert len(quoted) > 200
    assert quoted - known_names() == set()


def test_sizes_are_those_of_the_source() -> None:
    text = " ".join(element("Entities, state variables, and scales").split())
    words = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    for size, noun in (
        (state.ZONE_COUNT, "zones"),
        (state.FUNCTION_COUNT, "functions"),
        (state.KIND_COUNT, "kinds of project"),
        (state.REFORM_COUNT, "reforms"),
        (state.KIT_TYPES, "types of vehicle"),
        (state.LINEAGES, "lineages of doctrine"),
    ):
        assert f"{words[size]} {noun}" in text
    assert f"up to {words[state.PROJECT_SLOTS]} **projects**" in text
    assert ", ".join(state.FUNCTIONS).replace("_", " ").replace("counter ied", "counter-IED") in text
    assert ", ".join(state.KINDS) in text


def test_a_planted_fault_is_found() -> None:
    """The checks above can fail: a renamed rule, a phase out of order, a parameter left out or made up."""
    one = next(step for step in STEPS.values() if len(readings(step.rule).parameters) > 1)
    bullet = DESCRIBED[one.name]
    left_out, *_ = readings(one.rule).parameters
    assert set(PATH.findall(bullet.own_words.replace(left_out, "it"))) != set(readings(one.rule).parameters)
    assert PATH.findall("`training.course_week`")[0] not in units()
    assert [each.rule for each in bullets("- `open_months`, host. Text.\n")] == ["open_months"]
    with pytest.raises(AssertionError, match="in order"):
        described_phases("### Phase 2: Security\n### Phase 1: Calendar\n")


def fields_of_records() -> set[str]:
    return {name for record in records() for name in record.names or ()}


def records() -> Iterator[np.dtype[Any]]:
    yield from RECORDS.values()
    yield from (state.BOOK, state.TALLY)


def known_names() -> set[str]:
    streams = (
        noise.UNIT_STREAMS,
        noise.BATTALION_STREAMS,
        noise.DONOR_STREAMS,
        noise.ZONE_STREAMS,
        noise.HOST_STREAMS,
        noise.MISSION_STREAMS,
        noise.UNIT_START,
        noise.DONOR_START,
    )
    return (
        set(STEPS)
        | {"record_outcomes", "code"}
        | fields_of_records()
        | {outcome.name for outcome in OUTCOMES}
        | {stream.name for each in streams for stream in each}
        | {entry.path for entry in trait_catalogue()}
        | {choice for entry in lever_catalogue() for choice in entry.choices or ()}
        | {choice for entry in structure_catalogue() for choice in entry.choices or ()}
        | {entry.path for entry in structure_catalogue()}
        | set(state.FUNCTIONS)
        | set(state.KINDS)
    )
