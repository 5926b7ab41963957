"""Which versions are tested beside those pinned: chosen from what the project allows and what the machine has."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet
from packaging.version import Version

import other_versions
from conftest import ROOT
from other_versions import Check, Python, checks, found, lowest_versions

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OLD, MIDDLE, NEW = (Python((3, minor, 1), f"python3.{minor}") for minor in (11, 12, 13))


def test_the_lowest_are_tested_on_the_oldest_python_and_the_newest_on_all_newer_ones() -> None:
    expected = [Check("lowest", OLD), Check("newest", MIDDLE), Check("newest", NEW)]
    assert checks([NEW, OLD, MIDDLE], Version("3.11")) == expected
    assert checks([OLD], Version("3.11")) == [Check("lowest", OLD), Check("newest", OLD)]
    assert [check.name for check in expected] == [
        "lowest-python3.11",
        "newest-python3.12",
        "newest-python3.13",
    ]


def test_pythons_are_found_by_name_and_in_pyenv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names that lead nowhere, versions that are not allowed and those not yet finished are left out."""

    def program(place: Path, answer: str) -> str:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"#!/bin/sh\n{answer}\n")
        place.chmod(0o755)
        return str(place)

    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    program(tmp_path / "python3.9", "echo 3 9 1 final python3.9")
    program(tmp_path / "python3.12", "exit 127")  # as pyenv has it for a version that is not switched on
    program(tmp_path / "python3.15", "echo 3 15 0 beta python3.15")
    program(tmp_path / "python3.14", "echo 3 14 0 final /a place/python")
    older = program(tmp_path / "versions/3.12.1/bin/python", "echo 3 12 1 final $0")
    newer = program(tmp_path / "versions/3.12.4/bin/python", "echo 3 12 4 final $0")
    assert older != newer
    others = {python for python in found(SpecifierSet(">=3.11")) if python.version[:2] != sys.version_info[:2]}
    assert {python.program for python in others if python.version[1] != 14} <= {newer}
    assert {python.program for python in others if python.version[1] == 14} <= {"/a place/python"}
    assert {sys.version_info[1], 12, 14} == {python.version[1] for python in found(SpecifierSet(">=3.11"))}


def test_everything_that_users_and_tests_need_has_a_lowest_version() -> None:
    lowest = lowest_versions(PROJECT)
    assert {"numpy", "ema-workbench", "nicegui", "pytest", "mkdocstrings"} <= lowest.keys()
    assert "ruff" not in lowest
    assert "ssa-sim" not in lowest
    pinned = dict(
        line.split("==") for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if "==" in line
    )
    pins = {name.lower().replace("_", "-"): Version(version) for name, version in pinned.items()}
    assert [name for name, version in lowest.items() if version > pins[name]] == []


def test_what_is_pinned_can_be_installed_on_the_lowest_python() -> None:
    """Also on its first release: some pins ask for a later one, and `make test` then installs nothing. Only what stands here in the
    version that is pinned can be asked."""
    lowest = f"{next(iter(SpecifierSet(PROJECT['requires-python']))).version}.0"
    pins = re.findall(r"^([\w.-]+)==(\S+)$", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE)
    asked = {
        name: distribution(name).metadata["Requires-Python"] for name, version in pins if _version_here(name) == version
    }
    refused = {name: python for name, python in asked.items() if python and lowest not in SpecifierSet(python)}
    assert refused == {}


def _version_here(name: str) -> str | None:
    try:
        return distribution(name).version
    except PackageNotFoundError:
        return None


def test_of_two_lowest_versions_the_higher_counts_and_none_is_refused() -> None:
    project = {"name": "it", "dependencies": ["Some_Thing>=1.2", "some-thing>=1.10,<2"], "optional-dependencies": {}}
    assert lowest_versions(project) == {"some-thing": Version("1.10")}
    project["dependencies"] = ["thing<3"]
    with pytest.raises(ValueError, match="thing<3 names no lowest version"):
        lowest_versions(project)


def test_one_that_fails_is_named_and_the_others_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail_at_the_lowest(python: Path) -> None:
        if python.name == "lowest-python3.11":
            raise subprocess.CalledProcessError(1, ["pytest"])

    monkeypatch.setattr(other_versions, "found", lambda allowed: [OLD, NEW])
    monkeypatch.setattr(other_versions, "environment", lambda check, project: Path(check.name))
    monkeypatch.setattr(other_versions, "test", fail_at_the_lowest)
    assert other_versions.main() == 1
    printed = capsys.readouterr().out
    assert "== lowest-python3.11: failed" in printed
    assert "== newest-python3.13: passed" in printed


def test_it_has_a_target_and_the_checks_call_it() -> None:
    assert "tools/other_versions.py" in (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "test-versions" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
