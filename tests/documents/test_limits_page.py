"""docs/limits.md is held to the code: every causal claim, the rules behind it, the assumptions, what is free of cost.

`PYTHONPATH=tests python tests/documents/test_limits_page.py` writes the count of assumptions and the list of levers anew.
"""

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import pytest

from documents import ROOT
from rule_readings import steps_by_name
from ssa_sim.catalogue.entries import lever_catalogue
from ssa_sim.catalogue.evidence import ParameterEvidence, evidence_register, parameter_register, uses_of

PAGE = ROOT / "docs" / "limits.md"
TEXT = PAGE.read_text(encoding="utf-8")
DESCRIPTION = (ROOT / "docs" / "odd.md").read_text(encoding="utf-8")
COUNTED = re.compile(r"(?<=^<!-- counted -->\n).*?(?=^<!-- end -->$)", re.MULTILINE | re.DOTALL)
WITHOUT_A_COST = re.compile(r"(?<=no cost for these levers:\n\n).*?(?=\n\n)", re.DOTALL)
NOT_MODELLED = "Not modelled"
PARTLY = "In part only"
KINDS = ("evidence", "guided", "bare")

CLAIMS = [entry.id for entry in evidence_register().values() if entry.kind == "mechanism"]


def claim_rows(text: str) -> Iterator[list[str]]:
    """The rows about causal claims: id, how it is modelled, rules, what is left out."""
    for line in re.findall(r"^\| M\d{2} \|.*\|$", text, re.MULTILINE):
        yield [cell.strip() for cell in line.strip("|").split("|")]


def rules_by_claim(description: str) -> Mapping[str, list[str]]:
    """From a causal claim to the rules that name it as a source, in the order of the month."""
    found: dict[str, list[str]] = {claim: [] for claim in CLAIMS}
    for name, sources in re.findall(
        r"^- `(\w+)`, \w+(?:, in turn)?\. .*?^  Sources: (.+?)\.$", description, re.MULTILINE | re.DOTALL
    ):
        for source in sources.split("; "):
            if source in found:
                found[source].append(name)
    return found


def section(number: int) -> str:
    """The text of one of the page's sections."""
    start = TEXT.index(f"\n## {number}. ")
    end = TEXT.find("\n## ", start + 1)
    return TEXT[start : end if end > 0 else None]


ROWS = {row[0]: row for row in claim_rows(TEXT)}
RULES = rules_by_claim(DESCRIPTION)


def test_every_claim_has_one_row() -> None:
    assert [row[0] for row in claim_rows(TEXT)] == CLAIMS


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_row_names_the_rules_that_rest_on_the_claim(claim: str) -> None:
    named = re.findall(r"`(\w+)`", ROWS[claim][2])
    assert set(named) <= set(steps_by_name())
    assert named == RULES[claim]
    assert bool(named) != (ROWS[claim][2] == "none")


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_claim_is_modelled_or_the_row_says_why_not(claim: str) -> None:
    how = ROWS[claim][1]
    absent = how.startswith(NOT_MODELLED)
    assert absent == (not RULES[claim])
    if absent:
        assert re.match(rf"{NOT_MODELLED}(:| as a rule,) \w+", how), "the reason follows"
    else:
        for path in re.findall(r"`(\w+\.\w+)`", how):
            assert path in uses_of(claim), f"{path} does not rest on {claim}"


def test_a_claim_that_moves_nothing_by_itself_is_owned_up_to() -> None:
    """Claims known to be modelled in part only say so."""
    partly = {claim for claim, row in ROWS.items() if row[3].startswith(PARTLY)}
    assert partly >= {"M18", "M20", "M38", "M41", "M47", "M61"}


def test_levers_without_a_cost_are_listed() -> None:
    (shown,) = WITHOUT_A_COST.findall(TEXT)
    assert shown == without_a_cost(), "`PYTHONPATH=tests python tests/documents/test_limits_page.py` lists anew"


def test_assumptions_are_counted() -> None:
    (shown,) = COUNTED.findall(TEXT)
    assert shown == counted(parameter_register()), (
        "`PYTHONPATH=tests python tests/documents/test_limits_page.py` counts anew"
    )


def test_a_planted_fault_is_found() -> None:
    """A claim without a row, a rule that rests on another claim, one parameter more."""
    lost = TEXT.replace("| M40 |", "| M4O |")
    assert [row[0] for row in claim_rows(lost)] != CLAIMS
    moved = DESCRIPTION.replace("Sources: M65.", "Sources: M64.")
    assert rules_by_claim(moved)["M65"] != RULES["M65"]
    assert counted(parameter_register()[1:]) != counted(parameter_register())


def counted(register: Iterable[ParameterEvidence]) -> str:
    """A table of how many parameters of each group rest on what; levers and donors' traits as one group each."""
    groups: dict[str, Counter[str]] = {}
    for entry in register:
        groups.setdefault(_group(entry), Counter())[_rests_on(entry)] += 1
    rows = [(group, *(count[kind] for kind in KINDS)) for group, count in groups.items()]
    total = sum(groups.values(), Counter())
    rows.append(("**All**", *(total[kind] for kind in KINDS)))
    lines = [
        "| Group | Evidence | Assumption guided by evidence | Bare assumption |",
        "| --- | --: | --: | --: |",
        *(f"| {' | '.join(map(str, row))} |" for row in rows),
    ]
    return "".join(f"{line}\n" for line in lines)


def _group(entry: ParameterEvidence) -> str:
    whole = {
        "lever": "levers",
        "mechanism": "switches",
        "structure": "structures",
        "donor": "profiles of partners",
        "size": "size of the army",
    }
    return whole.get(entry.role) or f"uncertainties `{entry.path.partition('.')[0]}`"


def _rests_on(entry: ParameterEvidence) -> str:
    if not entry.source.assumed:
        return "evidence"
    return "guided" if entry.source.ids else "bare"


def without_a_cost() -> str:
    """The levers that cost nothing, as the page lists them below one of its points."""
    named = ", ".join(f"`{entry.path}`" for entry in lever_catalogue() if entry.without_cost)
    return textwrap.fill(f"{named}.", 120, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)


def refresh() -> None:
    """Count the assumptions and list the levers without a cost anew."""
    text = COUNTED.sub(lambda _: counted(parameter_register()), TEXT)
    PAGE.write_text(WITHOUT_A_COST.sub(lambda _: without_a_cost(), text), encoding="utf-8")


if __name__ == "__main__":
    refresh()
