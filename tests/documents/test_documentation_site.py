"""The documentation site: it builds without a warning, holds what the package has, and asks nothing of a network."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from baselines.results import library
from conftest import ROOT
from ssa_sim.catalogue.entries import (
    lever_catalogue,
    mechanism_catalogue,
    structure_catalogue,
    trait_catalogue,
    uncertainty_catalogue,
)
from ssa_sim.catalogue.evidence import evidence_register
from ssa_sim.catalogue.outcomes import OUTCOMES

pytest.importorskip("mkdocs")
pytest.importorskip("mkdocstrings")
pytest.importorskip("material")
from documentation import as_page, build

ASKED = re.compile(r"""<(?!a\b)[^>]*?\s(?:src|href|srcset|data|poster)=["']?((?:https?:)?//[^"'\s>]+)""")
"""What a page makes a browser fetch from elsewhere: any address but that of a link."""
IN_STYLE = re.compile(r"""(?:url\(|@import)\s*["']?((?:https?:)?//[^"')\s]+)""")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documentation")
    command = [sys.executable, ROOT / "tools" / "documentation.py", "--pages", folder / "pages"]
    done = subprocess.run([*command, "--site", folder / "site"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


def test_the_site_builds_without_a_warning_and_asks_nothing_of_a_network(site: Path) -> None:
    for page in site.rglob("*.html"):
        assert ASKED.findall(page.read_text(encoding="utf-8")) == [], page
    for style in site.rglob("*.css"):
        assert IN_STYLE.findall(style.read_text(encoding="utf-8")) == [], style


def test_a_page_says_in_what_language_it_is(site: Path) -> None:
    """For those who have pages read to them."""
    said = {
        page.name: re.findall(r'<html lang="(..)"', page.read_text(encoding="utf-8")) for page in site.rglob("*.html")
    }
    assert {name for name, language in said.items() if language == ["fr"]} == {"trainer.fr.html", "workshop.fr.html"}
    assert {tuple(language) for language in said.values()} == {("en",), ("fr",)}


def test_the_reference_has_everything_that_the_package_has(site: Path) -> None:
    from ssa_sim.cli.app import build_app

    names = {
        "levers": [entry.path for entry in lever_catalogue()],
        "uncertainties": [entry.path for entry in uncertainty_catalogue()],
        "mechanisms": [entry.path for entry in mechanism_catalogue()],
        "structures": [name for entry in structure_catalogue() for name in (entry.path, *(entry.choices or ()))],
        "outcomes": [outcome.name for outcome in OUTCOMES],
        "evidence": list(evidence_register()),
        "files": [*(entry.path for entry in trait_catalogue()), "extends", "half_width", "second_order"],
        "commands": [str(command.name) for command in build_app().registered_commands]
        + ["--replications", "--dry-run"],
        "python": ["load_scenario", "ModelFunction", "run_experiment", "draw_tornado", "draw_zones", "legend_above"],
        "rules": ["move_away", "suffer_violence"],
        "scenario_files": library(),
    }
    for page, wanted in names.items():
        text = re.sub(r"<[^>]+>", " ", (site / "reference" / f"{page}.html").read_text(encoding="utf-8"))
        assert [name for name in wanted if name not in text] == [], page


@pytest.mark.parametrize(
    "text",
    [
        "[nowhere](nowhere.md)",
        "[no such part](index.md#nowhere)",
        "[none here](#nowhere)",
        "[a picture](images/none.png)",
    ],
)
def test_a_link_that_leads_nowhere_fails_the_build(text: str, tmp_path: Path) -> None:
    assert built(tmp_path, {"index.md": f"# Page\n\n{text}\n"}) == 1


def test_a_page_that_the_navigation_lacks_fails_the_build(tmp_path: Path) -> None:
    assert built(tmp_path, {"index.md": "# Page\n", "other.md": "# Other\n"}) == 1


def test_a_page_in_order_is_built(tmp_path: Path) -> None:
    assert built(tmp_path, {"index.md": "# Page\n\n## A part\n\n[there](#a-part)\n"}) == 0


def built(folder: Path, pages: dict[str, str]) -> int:
    """Build a small site under the settings of the real one."""
    (folder / "pages").mkdir()
    for name, text in pages.items():
        (folder / "pages" / name).write_text(text, encoding="utf-8")
    settings = folder / "mkdocs.yml"
    settings.write_text(f"INHERIT: {ROOT / 'mkdocs.yml'}\nnav: [index.md]\nplugins: []\n", encoding="utf-8")
    return build(settings, folder / "pages", folder / "site")


class TestPage:
    """What is changed on the way from a file of the project to a page."""

    def changed(self, text: str, source: str = "README.md", page: str = "index.md") -> str:
        return as_page(text, source, page).rstrip("\n")

    def test_links_follow_the_page_to_where_it_stands(self) -> None:
        assert self.changed("[odd](docs/odd.md#zone)") == "[odd](odd.md#zone)"
        assert self.changed("![demo](docs/images/demo.png)") == "![demo](images/demo.png)"
        there = self.changed("[first](../../README.md#from-python)", "docs/tutorials/a.md", "tutorials/a.md")
        assert there == "[first](../index.md#from-python)"
        assert (
            self.changed("[figures](../docs/figures.md)", "results/README.md", "results.md") == "[figures](figures.md)"
        )

    def test_a_link_to_what_the_site_lacks_becomes_its_text(self) -> None:
        assert self.changed("see [src/ssa_sim/](src/ssa_sim).") == "see src/ssa_sim/."

    def test_links_to_elsewhere_and_within_the_page_stay(self) -> None:
        text = "[Mesa](https://mesa.readthedocs.io) [part](#part)"
        assert self.changed(text) == text

    def test_a_block_shows_the_file_that_it_is(self) -> None:
        text = "```toml scenarios/mine.toml\n[levers](x.md)\n```"
        assert self.changed(text) == '```toml title="scenarios/mine.toml"\n[levers](x.md)\n```'

    def test_what_belongs_to_an_item_is_indented_as_deep_as_it_must_be(self) -> None:
        text = "- item\n  goes on\n\n  ```text\n  code\n  ```\n\nAfter."
        assert self.changed(text) == "- item\n    goes on\n\n    ```text\n    code\n    ```\n\nAfter."

    def test_marks_for_programs_are_left_out(self) -> None:
        assert self.changed("<!-- end -->\n| a |") == "\n| a |"
