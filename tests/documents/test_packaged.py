"""What comes with the package: scenarios by name, a folder to start from, and how to add what is missing to any installation."""

import importlib.util
import json
import re
import shlex
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable
from importlib.metadata import Distribution, PackageNotFoundError
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from ssa_sim import extras
from ssa_sim.cli import main
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.file import load_experiment
from ssa_sim.extras import install_command
from ssa_sim.scenario import library as library_module
from ssa_sim.scenario.library import LIBRARY, Kind, library_file
from ssa_sim.scenario.load import load_scenario
from ssa_sim.scenario.toml_file import find_file
from ssa_sim.words.glossary import scenario_title

Captured = pytest.CaptureFixture[str]
MINE = 'title = "Mine"\nextends = "baseline.toml"\n[levers]\n"personnel.stabilisation" = 0.5\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds nothing of the project, in which the commands are typed."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


class TestLibrary:
    @pytest.mark.parametrize("kind", LIBRARY)
    def test_it_names_every_file_that_is_kept_with_the_project(self, kind: Kind) -> None:
        """A file that is in git and not named here would be in no wheel."""
        listed = subprocess.run(["git", "ls-files", kind], cwd=ROOT, capture_output=True, text=True, check=False)
        if listed.returncode:
            pytest.skip("no git, or not a clone")
        assert [Path(file).stem for file in listed.stdout.split()] == list(LIBRARY[kind])

    @pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, names in LIBRARY.items() for name in names])
    def test_every_name_finds_its_file(self, kind: Kind, name: str, folder: Path) -> None:
        assert find_file(name, "scenarios", "experiments") == library_file(kind, name)
        assert library_file(kind, name).is_file()

    def test_names_are_loaded_from_python_too(self, folder: Path) -> None:
        assert load_scenario("baseline").identity() == load_scenario(ROOT / "scenarios" / "baseline.toml").identity()
        assert load_experiment("demo").scenario_names[0] == "baseline"

    def test_an_experiment_of_ones_own_may_name_them(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (folder / "below").mkdir()
        (folder / "below" / "two.toml").write_text('title = "Two"\nscenarios = ["baseline", "stable_personnel"]\n')
        named = load_experiment("below/two.toml").scenarios
        assert [each.name for each in named] == ["baseline", "stable_personnel"]
        assert named[1].scenario.identity() == load_scenario("stable_personnel").identity()
        (folder / "below" / "stable_personnel").write_text('title = "Mine"\n')
        assert load_experiment("below/two.toml").scenarios[1].scenario.title == "Mine"

    def test_a_file_of_ones_own_wins(self, folder: Path) -> None:
        (folder / "baseline").write_text(MINE)
        assert find_file("baseline", "scenarios") == Path("baseline")
        (folder / "demo").mkdir()
        assert find_file("demo", "experiments") == library_file("experiments", "demo")  # a folder is no file

    @pytest.mark.parametrize("path", ["baseline.tom", "scenarios/mine.toml", "/nowhere/mine", "mine.toml", "."])
    def test_paths_stay_as_they_are(self, path: str, folder: Path) -> None:
        assert find_file(path, "scenarios") == Path(path)

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["run", "baselin"], 'no scenario of that name comes with ssa-sim. Did you mean "baseline"?'),
            (["run", "demo"], "no scenario of that name comes with ssa-sim."),
            (["compare", "baseline", "stable-personel"], 'Did you mean "stable_personnel"?'),
            (["compare", "demmo"], 'no scenario or experiment of that name comes with ssa-sim. Did you mean "demo"?'),
            (["sweep", "swep"], 'no experiment of that name comes with ssa-sim. Did you mean "sweep"?'),
            (["validate", "mine"], 'Did you mean "mine.toml"?'),
            (["explain", "x" * 5000, "--unit", "1", "--month", "2014-01"], "File name too long"),
            (["run", "scenarios/baseline.toml"], '"baseline" alone, which names the one that comes with ssa-sim'),
        ],
    )
    def test_an_unknown_name_finds_the_one_meant(
        self, arguments: list[str], message: str, folder: Path, capsys: Captured
    ) -> None:
        (folder / "mine.toml").write_text(MINE)
        assert main(arguments) == 2
        assert message in capsys.readouterr().err

    def test_every_command_that_takes_a_scenario_finds_it_by_name(self) -> None:
        """By the help of each: none of them takes a path alone."""
        from typer.main import get_command

        from ssa_sim.cli.app import build_app

        commands = get_command(build_app()).commands.items()  # type: ignore[attr-defined]
        taking = {
            name: [one.callback for one in command.params if "SCENARIO" in str(one.metavar)]
            for name, command in commands
        }
        found = {name for name, callbacks in taking.items() if callbacks}
        assert found >= {
            "run",
            "compare",
            "validate",
            "explain",
            "decompose",
            "circle",
            "observe",
            "screen",
            "workshop",
        }
        assert [name for name in found if None in taking[name]] == []

    def test_they_are_listed(self, folder: Path, capsys: Captured) -> None:
        assert main(["scenarios", "--json"]) == 0
        listed = json.loads(capsys.readouterr().out)["files"]
        assert [each["name"] for each in listed] == [name for names in LIBRARY.values() for name in names]
        assert all(Path(each["file"]).is_file() for each in listed)
        assert main(["scenarios", "--lang", "fr"]) == 0
        printed = capsys.readouterr().out
        title = scenario_title("Personnel stabilisation", "fr")
        assert f"stable_personnel  {' ' * 11}{title}\n" in printed
        assert re.search(r"^demo  ", printed, re.MULTILINE)


class TestInit:
    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_what_it_copies_can_be_used(self, language: str, folder: Path, capsys: Captured) -> None:
        assert main(["init", "mine", "--lang", language]) == 0
        printed = capsys.readouterr().out
        files = {path.relative_to("mine").as_posix() for path in Path("mine").rglob("*") if path.is_file()}
        assert files == {"README.md", "experiments/first.toml", "scenarios/baseline.toml", "scenarios/mine.toml"}
        assert all(str(Path("mine") / file) in printed for file in files)
        own = Path("mine/scenarios/baseline.toml").read_bytes()
        assert own == library_file("scenarios", "baseline").read_bytes()
        experiment = load_experiment("mine/experiments/first.toml")
        assert list(experiment.scenario_names) == ["baseline", "mine"]
        assert experiment.design is not None
        assert len(experiment.design) == 16
        baseline, variant = (named.scenario for named in experiment.scenarios)
        changed = variant.lever_values_by_month()[0].items() - baseline.lever_values_by_month()[0].items()
        assert dict(changed) == {"personnel.stabilisation": 0.5}

    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_its_page_is_ten_lines_whose_commands_are_known(
        self, language: str, folder: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        main(["init", "mine", "--lang", language])
        text = Path("mine/README.md").read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 10
        monkeypatch.chdir("mine")
        typed = re.findall(r"`(ssa-sim [^`]+)`", text)
        assert len(typed) >= 8
        for command in typed:
            words = shlex.split(command)[1:]
            capsys.readouterr()
            if words[0] in ("levers", "outcomes", "evidence", "scenarios"):
                assert main(words) == 0, command
            elif words[0] == "sweep":
                assert main([*words, "--help"]) == 0, command
            for option in re.findall(r"--\w+", command):
                assert main([words[0], "--help"]) == 0
                assert option in capsys.readouterr().out, command
            for file in re.findall(r"\S+\.toml", command):
                assert Path(file).is_file(), command

    def test_nothing_is_overwritten(self, folder: Path, capsys: Captured) -> None:
        (folder / "taken").mkdir()
        (folder / "taken" / "notes.txt").write_text("mine")
        (folder / "file").write_text("mine")
        (folder / "lost").symlink_to(folder / "nowhere")
        for name in ("taken", "file", "lost", "taken/notes.txt/below"):
            assert main(["init", name]) == 2
            assert capsys.readouterr().err.startswith(f"ssa-sim: {name}: ")
        assert (folder / "taken" / "notes.txt").read_text() == "mine"
        assert sorted(path.name for path in folder.rglob("*")) == ["file", "lost", "notes.txt", "taken"]
        (folder / "empty").mkdir()
        assert main(["init", "empty"]) == 0
        assert main(["init", "empty"]) == 2
        assert main(["init", "x" * 5000]) == 2


class Installed(Distribution):
    """An installation as its metadata tell of it."""

    def __init__(self, origin: object = None) -> None:
        self.direct_url = origin

    def read_text(self, filename: str) -> str | None:
        if filename == "direct_url.json":
            return None if self.direct_url is None else json.dumps(self.direct_url)
        lines = ["Requires-Dist: numpy>=2.0", 'Requires-Dist: XlsxWriter>=3.2; extra == "excel"']
        return "\n".join(["Metadata-Version: 2.4", "Name: ssa-sim", *lines, 'Requires-Dist: dask; extra == "cluster"'])

    def locate_file(self, path: Any) -> Any:
        return Path(path)


class TestWhatToInstall:
    @pytest.fixture
    def as_installed(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[object], str]:
        """The command that an installation prints, after the name of its Python."""
        monkeypatch.setattr(sys, "executable", str(folder / "bin" / "python"))

        def command(origin: object) -> str:
            monkeypatch.setattr(extras, "distribution", lambda name: Installed(origin))
            start = "bin/python -m pip install "
            printed = install_command("excel")
            assert printed.startswith(start)
            return printed.removeprefix(start)

        return command

    def test_an_editable_checkout(
        self, folder: Path, as_installed: Callable[[object], str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        origin = {"url": folder.as_uri(), "dir_info": {"editable": True}}
        assert as_installed(origin) == '-e ".[excel]"'
        (folder / "constraints.txt").touch()
        assert as_installed(origin) == '-c constraints.txt -e ".[excel]"'
        elsewhere = folder / "else where"
        elsewhere.mkdir()
        origin = {"url": elsewhere.as_uri(), "dir_info": {"editable": True}}
        assert as_installed(origin) == '-e "else where[excel]"'
        (elsewhere / "constraints.txt").touch()
        assert as_installed(origin) == '-c "else where/constraints.txt" -e "else where[excel]"'

    def test_a_folder_and_a_wheel(self, folder: Path, as_installed: Callable[[object], str]) -> None:
        (folder / "sources").mkdir()
        assert as_installed({"url": (folder / "sources").as_uri(), "dir_info": {}}) == '"sources[excel]"'
        wheel = folder / "ssa_sim-0.1.0-py3-none-any.whl"
        origin = {"url": wheel.as_uri(), "archive_info": {}}
        assert as_installed(origin) == '"XlsxWriter>=3.2"'  # the wheel is gone
        wheel.touch()
        assert as_installed(origin) == f'"{wheel.name}[excel]"'

    def test_a_repository(self, as_installed: Callable[[object], str]) -> None:
        origin = {"url": "https://example.org/it.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}}
        assert as_installed(origin) == '"ssa-sim[excel] @ git+https://example.org/it.git@abc"'

    def test_where_nothing_says_where_it_is_from_the_libraries_are_named(
        self, as_installed: Callable[[object], str]
    ) -> None:
        assert as_installed(None) == '"XlsxWriter>=3.2"'

    def test_sources_that_are_not_installed(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def not_there(name: str) -> Distribution:
            raise PackageNotFoundError(name)

        monkeypatch.setattr(extras, "distribution", not_there)
        assert install_command("excel").endswith(f'-c {ROOT / "constraints.txt"} -e "{ROOT}[excel]"')

    def test_a_library_that_is_missing_is_named_with_the_command(self, monkeypatch: pytest.MonkeyPatch) -> None:
        real = importlib.util.find_spec
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "nowhere" else real(name))
        extras.require("json", "excel", "It needs json.")
        with pytest.raises(InputError) as caught:
            extras.require("nowhere", "excel", "It needs that.", where="--x", otherwise="or --csv")
        assert str(caught.value) == f"--x: It needs that. Allowed: `{install_command('excel')}` brings it; or --csv."

    def test_every_extra_that_a_command_names_is_one(self) -> None:
        """And nowhere is something told to be installed that is published nowhere."""
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        named = set()
        for path in (ROOT / "src").rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            named |= set(re.findall(r"""(?:require\(\s*[^,()]+,|install_command\()\s*["'](\w+)["']""", text))
            assert "pip install" not in text or path.name == "extras.py", path
        assert named == {"excel", "cluster", "sensitivity", "workshop", "discovery"}
        assert named <= set(project["optional-dependencies"])


@pytest.mark.long
def test_a_wheel_holds_everything(tmp_path: Path) -> None:
    """Built from a clean copy with a file of a user's own beside the library; nothing is asked of a network."""
    pytest.importorskip("setuptools", minversion="77.0.3", reason="building needs setuptools 77")
    sources = tmp_path / "sources"
    sys.path.insert(0, str(ROOT / "bundle"))
    try:
        from make import copy_of_sources
    finally:
        sys.path.remove(str(ROOT / "bundle"))
    copy_of_sources(sources)
    (sources / "scenarios" / "mine.toml").write_text(MINE)
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "--wheel-dir", tmp_path, sources], check=True)
    (wheel,) = tmp_path.glob("ssa_sim-*.whl")
    with zipfile.ZipFile(wheel) as held:
        names = set(held.namelist())
        copies = {name for name in names if name.startswith(f"ssa_sim/{library_module.IN_PACKAGE}/")}
        wanted = {f"ssa_sim/library/{kind}/{name}.toml" for kind, each in LIBRARY.items() for name in each}
        assert copies == wanted
        for name in sorted(wanted)[:3]:
            assert held.read(name) == (ROOT / name.removeprefix("ssa_sim/library/")).read_bytes()
    package = ROOT / "src" / "ssa_sim"
    kept = {path for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc"}
    assert {path.relative_to(package.parent).as_posix() for path in kept} <= names
