"""The archive for a laptop without network: made, unpacked elsewhere, installed with the package index switched off, and run.

Making it asks the package index; installing it must not be able to, whatever is set on the machine.
"""

import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from conftest import ROOT

pytest.importorskip("markdown2")
pytestmark = [pytest.mark.long, pytest.mark.browser]

NOWHERE = "http://127.0.0.1:9"
"""Nothing listens there: whoever asks the network, by whatever way, fails at once."""


def in_isolation(home: Path) -> dict[str, str]:
    """An environment without a home, an index, a proxy or settings of pip's that lead anywhere."""
    proxies = dict.fromkeys(
        ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), NOWHERE
    )
    pip = {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull}
    return {"PATH": os.environ["PATH"], "HOME": str(home), "NUMBA_CACHE_DIR": str(home / "compiled"), **proxies, **pip}


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("made")
    subprocess.run([sys.executable, ROOT / "bundle" / "make.py", made], check=True)
    (archive,) = made.iterdir()
    assert re.fullmatch(r"ssa_sim-workshop-[\w.]+-python3\.\d+-\w+\.(tar\.gz|zip)", archive.name)
    place = tmp_path_factory.mktemp("a laptop")  # a space in the name: it is a user's folder
    shutil.move(archive, place)
    with tarfile.open(place / archive.name) as packed:
        name = packed.getnames()[0].partition("/")[0]
        first_page = packed.extractfile(f"{name}/README.txt")
        assert first_page is not None
        unpack, *_ = commands(first_page.read().decode())
    subprocess.run(unpack, shell=True, cwd=place, check=True)
    (place / archive.name).unlink()
    (folder,) = place.iterdir()
    return folder


def commands(first_page: str) -> list[str]:
    """What the archive's first page tells to type: unpack, install, start, in English and then in French."""
    found = re.findall(r"^ {4}(\S.*)$", first_page, re.MULTILINE)
    assert len(found) == 6
    return found


@pytest.fixture(scope="module")
def installed(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    environment = in_isolation(tmp_path_factory.mktemp("home"))
    _, install, *_ = commands((unpacked / "README.txt").read_text(encoding="utf-8"))
    done = subprocess.run(
        install, shell=True, env=environment, capture_output=True, text=True, cwd=unpacked.parent, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return unpacked, environment


def test_it_holds_scenarios_experiments_and_the_guide(unpacked: Path) -> None:
    for name in ("scenarios/baseline.toml", "experiments/demo.toml", "LICENSE", "install.cmd"):
        assert (unpacked / name).is_file(), name
    for name, words in (("workshop.html", "Storyline"), ("workshop.fr.html", "Parcours")):
        page = (unpacked / "guide" / name).read_text(encoding="utf-8")
        assert words in page
        assert "<table>" in page


def test_its_first_page_says_the_same_in_both_languages(unpacked: Path) -> None:
    text = (unpacked / "README.txt").read_text(encoding="utf-8")
    assert "{" not in text
    assert unpacked.name.rpartition("-")[2] in text
    unpack, install, start, *french = commands(text)
    assert french == [unpack, install, f"{start} --lang fr"]
    for page in re.findall(r"guide/[\w./]+html", text):
        assert (unpacked / page).is_file(), page
    for page, words in (("trainer.html", "Tutorial for trainers"), ("trainer.fr.html", "Tutoriel")):
        assert words in (unpacked / "guide" / "tutorials" / page).read_text(encoding="utf-8")


def test_its_guide_leads_nowhere_else(unpacked: Path) -> None:
    pages = list((unpacked / "guide").rglob("*.html"))
    assert len(pages) > 3
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r'<(img|link|script)[^>]+(src|href)="https?:', text)
        for target in re.findall(r'(?:href|src)="(?!https?:|#)([^"#]+)', text):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_it_installs_and_runs_without_network(installed: tuple[Path, dict[str, str]]) -> None:
    folder, environment = installed
    program = folder / "environment" / "bin" / "ssa-sim"
    asked = subprocess.run([program, "workshop", "--help"], env=environment, capture_output=True, text=True, check=True)
    assert "two worlds side by side" in asked.stdout
    scenario = folder / "scenarios" / "baseline.toml"
    run = subprocess.run(
        [program, "run", scenario, "--json"], env=environment, capture_output=True, text=True, check=True
    )
    assert '"ready_soldiers"' in run.stdout
    code = "from ssa_sim.workshop.storyline import storylines; print(len(storylines()), __import__('ssa_sim').__file__)"
    python = folder / "environment" / "bin" / "python"
    told = subprocess.run([python, "-c", code], env=environment, capture_output=True, text=True, check=True, cwd="/")
    assert int(told.stdout.split()[0]) >= 5
    assert str(folder) in told.stdout


def test_the_starter_opens_the_page(installed: tuple[Path, dict[str, str]]) -> None:
    folder, environment = installed
    for start in commands((folder / "README.txt").read_text(encoding="utf-8"))[2::3]:
        asked = subprocess.run(
            f"{start} --help", shell=True, env=environment, capture_output=True, text=True, check=True, cwd=folder
        )
        assert "--port" in asked.stdout
    elsewhere = subprocess.run(
        [folder / "start.sh", "--help"], env=environment, capture_output=True, check=True, cwd="/"
    )
    assert b"--port" in elsewhere.stdout


def test_another_python_is_told(unpacked: Path, tmp_path: Path) -> None:
    for name in ("install.py", "install.sh"):
        shutil.copy(unpacked / name, tmp_path / name)
    (tmp_path / "python.txt").write_text("3 5\n")
    by_python = subprocess.run([sys.executable, tmp_path / "install.py"], capture_output=True, text=True, check=False)
    assert by_python.returncode != 0
    assert "for Python 3.5" in by_python.stderr
    by_shell = subprocess.run([tmp_path / "install.sh"], capture_output=True, text=True, check=False)
    assert by_shell.returncode != 0
    assert "Python 3.5 is needed" in by_shell.stderr
