"""The tests at other versions than those pinned: at the lowest that `pyproject.toml` allows, and at the newest.

`python tools/other_versions.py` runs what is not marked `long`

* at the lowest versions allowed, on the oldest Python that is found here;
* at the newest versions, on every Python found here that is newer than the one that runs this (on this one if none is).

A Python is found by its name (`python3.12`) or in pyenv. Environments are kept in `build/versions` and used again: the
one of lowest versions as it is until `pyproject.toml` changes, those of the newest after an upgrade.
"""

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from shutil import which
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENTS = ROOT / "build" / "versions"
TESTED = "not long and not browser"
NEWEST_LOOKED_FOR = 30
"""The last of the 3.x versions of Python that are looked for."""

LINES_OF_A_REASON = 30

_ASKED = "import sys; i = sys.version_info; print(*i[:3], i.releaselevel, sys.executable)"


class Python(NamedTuple):
    """A Python on this machine: its version, and the program."""

    version: tuple[int, int, int]
    program: str


class Check(NamedTuple):
    """What is tested: the lowest versions or the newest, on which Python."""

    which: str
    python: Python

    @property
    def name(self) -> str:
        """For people, and for the folder of its environment."""
        return f"{self.which}-python{self.python.version[0]}.{self.python.version[1]}"


def main() -> int:
    """Run every check; returns 1 if one fails."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    failed = []
    for check in checks(found(SpecifierSet(project["requires-python"])), Version("{}.{}".format(*sys.version_info))):
        print(f"\n== {check.name} ({check.python.program})", flush=True)
        try:
            test(environment(check, project))
        except subprocess.CalledProcessError as error:
            print(f"== {check.name}: failed ({' '.join(str(part) for part in error.cmd[:4])} ...)", flush=True)
            failed.append(check.name)
        else:
            print(f"== {check.name}: passed", flush=True)
    return 1 if failed else 0


def checks(pythons: Iterable[Python], own: Version) -> list[Check]:
    """What is to be tested: the oldest Python at the lowest versions, all newer than one's own at the newest."""
    by_age = sorted(pythons)
    newer = [python for python in by_age if Version("{}.{}".format(*python.version)) > own]
    return [Check("lowest", by_age[0]), *(Check("newest", python) for python in newer or by_age[-1:])]


def found(allowed: SpecifierSet) -> list[Python]:
    """The newest of each 3.x that is found by name or in pyenv, and that the project allows."""
    newest: dict[int, Python] = {}
    for program in _candidates():
        answer = subprocess.run([program, "-c", _ASKED], capture_output=True, text=True, check=False)
        if answer.returncode:
            continue  # a name that pyenv puts there for a version that is not switched on
        *numbers, level, executable = answer.stdout.rstrip("\n").split(" ", 4)
        python = Python((int(numbers[0]), int(numbers[1]), int(numbers[2])), executable)
        if level == "final" and ".".join(numbers) in allowed:
            newest[python.version[1]] = max(python, newest.get(python.version[1], python))
    return list(newest.values())


def _candidates() -> Iterator[str]:
    yield sys.executable
    for minor in range(NEWEST_LOOKED_FOR + 1):
        if program := which(f"python3.{minor}"):
            yield program
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from (str(program) for program in sorted(pyenv.glob("versions/3.*/bin/python")))


def environment(check: Check, project: dict[str, object]) -> Path:
    """The Python of an environment with the versions asked for: made, or brought up to date.

    Raises:
        subprocess.CalledProcessError: something cannot be installed; pip has said what.
    """
    folder = ENVIRONMENTS / check.name
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([check.python.program, "-m", "venv", folder], check=True)
    install = [python, "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off"]
    wanted = ["--editable", f"{ROOT}[test]"]
    if check.which == "newest":
        _quietly([*install, "--upgrade", "--upgrade-strategy", "eager", *wanted])
        return python
    stamp = folder / "lowest.txt"
    constraints = "".join(f"{name}=={version}\n" for name, version in lowest_versions(project).items())
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != constraints:
        asked = ENVIRONMENTS / "lowest.txt"
        asked.write_text(constraints, encoding="utf-8")
        _quietly([*install, "--constraint", asked, *wanted])
        asked.replace(stamp)
    return python


def _quietly(install: Sequence[str | Path]) -> None:
    """Install, and say only why it failed: with pip's own `--quiet` it does not name the requirements that conflict."""
    done = subprocess.run(install, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        print(*done.stdout.splitlines()[-LINES_OF_A_REASON:], sep="\n", flush=True)
    done.check_returncode()


def lowest_versions(project: dict[str, object]) -> dict[str, Version]:
    """The lowest version of everything that users or tests need, from the project's table in `pyproject.toml`.

    Raises:
        ValueError: a requirement names no lowest version.
    """
    optional = project["optional-dependencies"]
    lines = [*project["dependencies"], *(line for extra, each in optional.items() if extra != "lint" for line in each)]
    lowest: dict[str, Version] = {}
    for requirement in map(Requirement, lines):
        name = requirement.name.lower().replace("_", "-")
        if name == project["name"]:
            continue
        floors = [Version(one.version) for one in requirement.specifier if one.operator in (">=", "==", "~=")]
        if not floors:
            raise ValueError(f"{requirement} names no lowest version, so none can be tested")
        lowest[name] = max(*floors, lowest.get(name, floors[0]))
    return lowest


def test(python: Path) -> None:
    """Say which versions there are, and run the tests.

    Raises:
        subprocess.CalledProcessError: one fails.
    """
    subprocess.run([python, "-m", "pip", "--disable-pip-version-check", "list", "--format", "freeze"], check=True)
    workers = os.environ.get("WORKERS", "2")
    subprocess.run([python, "-m", "pytest", "--quiet", "--numprocesses", workers, "-m", TESTED], check=True, cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main())
