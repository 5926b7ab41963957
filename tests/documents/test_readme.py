"""The documents keep their word: their commands work, their files exist, their outputs are what is printed today."""

import re
from pathlib import Path

import pytest

from documents import (
    FOLLOWED,
    ROOT,
    TUTORIALS,
    Workplace,
    follow,
    make_targets,
    parts,
    render,
    run,
    with_fresh_outputs,
    workplace,
)
from ssa_sim.scenario.load import load_scenario

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    "docs/odd.md",
    "CHANGELOG.md",
    "docs/reading.md",
    "docs/scenarios.md",
    "docs/explain.md",
    "docs/sweeps.md",
    "docs/sensitivity.md",
    "docs/discovery.md",
    "docs/figures.md",
    "docs/other_tools.md",
    "docs/workshop.md",
    "docs/workshop.fr.md",
    "bundle/README.md",
    "docs/studies.md",
    "results/README.md",
    *TUTORIALS,
)
FEW = ("--replications", "2")

LINK = re.compile(r"\]\((?!https?://)([^)#]+)\)")
MADE_BY_MAKE = (".venv", "build/site/index.html")
IN_CODE = re.compile(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:toml|md|cff|py|parquet|json))`")


@pytest.mark.long
@pytest.mark.parametrize("name", FOLLOWED)
def test_a_document_can_be_followed_from_top_to_bottom(name: str, tmp_path: Path) -> None:
    """Every command and example works, every output shown is today's, every file named is there in the end."""
    text = (ROOT / name).read_text(encoding="utf-8")
    place = workplace(tmp_path)
    stale = []
    for part in parts(text):
        if part.what != "shown":
            follow(part, place, FEW)
        elif render(part.argument, place.folder) != part.body:
            stale.append(f"line {part.line}: {part.argument}")
    assert list((tmp_path / "results").rglob("manifest.json"))
    assert files_named(text) - {name for name in files_named(text) if is_there(name, tmp_path)} == set()
    assert stale == [], "`python tests/documents.py` brings them up to date"


def files_named(text: str) -> set[str]:
    """Files and folders named in the text between the blocks."""
    return set(IN_CODE.findall(re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)))


def is_there(name: str, folder: Path) -> bool:
    """In the project, or made by following the document there."""
    places = (folder, ROOT, ROOT / "scenarios", *(folder / "results").iterdir())
    return name in MADE_BY_MAKE or any((place / name).exists() for place in places)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    document = ROOT / name
    links = LINK.findall(document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_make_targets_named_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    named = set(re.findall(r"`make ([a-z]+)`", text)) | set(re.findall(r"^make ([a-z]+)$", text, re.MULTILINE))
    assert named - make_targets() == set()


def test_the_readme_begins_with_the_two_commands() -> None:
    first, windows, *_ = parts(README)
    assert (first.what, first.body.split("\n")[:2]) == ("sh", ["make demo", "make test"])
    assert (windows.what, len(windows.body.splitlines())) == ("bat", 2)


def test_windows_runs_the_demonstration_of_the_makefile() -> None:
    (demo,) = re.findall(
        r"^\t\$\(BIN\)/(ssa-sim compare .+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
    windows = next(part for part in parts(README) if part.what == "bat").body.splitlines()[1]
    assert windows.replace(".venv\\Scripts\\", "").replace("\\", "/") == demo


def test_every_install_takes_the_pinned_versions() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    asked = [line for page in pages for line in page.read_text(encoding="utf-8").splitlines() if "pip install" in line]
    assert len(asked) > 10
    assert [
        line for line in asked if not re.search(r"pip install -c constraints\.txt -e (\.$|\"\.\[[a-z,]+\]\")", line)
    ] == []


def test_scenario_keys_listed_are_those_that_files_may_have() -> None:
    from ssa_sim.scenario.tables import TOP_KEYS

    text = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")
    table = text[text.index("| Key |") : text.index("Levers, uncertainties, mechanisms and structures are named")]
    listed = re.findall(r"^\| `\[{0,2}(\w+)\]{0,2}` \|", table, re.MULTILINE)
    assert sorted(listed) == sorted(TOP_KEYS)


def test_keys_of_experiment_files_listed_are_those_that_they_may_have() -> None:
    from ssa_sim.experiment.ask.file import DESIGN_KEYS, METHODS, ExperimentFile, Replications

    text = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")
    text = text[text.index("## Several scenarios: experiment files") : text.index("## The scenarios that come with it")]
    rows = [re.findall(r"`\[{0,2}(\w+)\]{0,2}`", row) for row in re.findall(r"^\| (`[^|]+`) \|", text, re.MULTILINE)]
    listed = [key for row in rows for key in row]
    assert sorted(listed) == sorted([*ExperimentFile.model_fields, *Replications.model_fields, *DESIGN_KEYS])
    for method in METHODS:
        assert f'`"{method}"`' in text


class TestPlantedFaults:
    """What these tests are for is found when it happens."""

    @pytest.fixture
    def place(self, tmp_path: Path) -> Workplace:
        return workplace(tmp_path)

    def check(self, text: str, place: Workplace) -> None:
        for part in parts(text):
            follow(part, place, FEW)

    def test_a_misspelt_lever(self, place: Workplace) -> None:
        with pytest.raises(AssertionError, match="status 2"):
            self.check("```sh\nssa-sim levers personel.stabilisation\n```\n", place)

    def test_a_file_that_is_not_there(self, place: Workplace) -> None:
        with pytest.raises(AssertionError, match="no such file"):
            self.check("```sh\nssa-sim run scenarios/nowhere.toml\n```\n", place)

    def test_a_target_that_make_does_not_know(self, place: Workplace) -> None:
        with pytest.raises(AssertionError, match="no such target"):
            self.check("```sh\nmake coffee\n```\n", place)

    def test_a_command_of_which_nothing_is_known(self, place: Workplace) -> None:
        with pytest.raises(AssertionError, match="nothing is known"):
            self.check("```sh\npip install something\n```\n", place)

    def test_a_script_that_fails(self, place: Workplace) -> None:
        with pytest.raises(AssertionError, match="ZeroDivisionError"):
            self.check("```python\n1 / 0\n```\n", place)

    def test_a_session_that_says_something_else(self, place: Workplace) -> None:
        with pytest.raises(AssertionError, match="Expected"):
            self.check("```pycon\n>>> 1 + 1\n3\n```\n", place)

    def test_a_stale_output_is_replaced(self, place: Workplace) -> None:
        stale = "<!-- shown: last line of ssa-sim evidence -->\n> Of 3 parameters ...\n<!-- end -->\n"
        fresh = with_fresh_outputs(stale, place)
        assert fresh != stale
        assert with_fresh_outputs(fresh, place) == fresh


def test_commands_run_in_the_folder_given(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text(
        'title = "One"\n[period]\nend = 2013-04-01\n[size]\nunits = 2\n', encoding="utf-8"
    )
    outcome = run("ssa-sim run one.toml", tmp_path)
    assert outcome.status == 0
    assert outcome.output.startswith("One")
    assert load_scenario(tmp_path / "one.toml").months == 2
