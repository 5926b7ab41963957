"""The note about a scenario file that extends nothing, or rests on another world than those it is compared with."""

from pathlib import Path

import pytest

import stand_ins
from baselines.results import library_files
from ssa_sim.cli import main
from ssa_sim.cli.worlds import tell_worlds

ROOT = Path(__file__).parents[2]
WORLD = 'title = "World"\n[period]\nstart = 2013-02-01\nend = 2013-08-01\n[size]\nunits = 2\n'
LEVERS = 'title = "Forgot to extend"\n[levers]\n"personnel.stabilisation" = 0.5\n'
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path, text in {
        "scenarios/baseline.toml": WORLD,
        "scenarios/variant.toml": f'extends = "baseline.toml"\n{LEVERS}',
        "scenarios/second.toml": f'extends = "variant.toml"\n{LEVERS}',
        "scenarios/forgot.toml": LEVERS,
        "scenarios/on_forgot.toml": f'extends = "forgot.toml"\n{LEVERS}',
        "scenarios/other_world.toml": WORLD.replace("title", 'question = "Another world."\ntitle', 1),
        "elsewhere/baseline.toml": WORLD,
        "mine/forgot.toml": LEVERS,
        "far/away/forgot.toml": LEVERS,
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "far" / "away")
    return tmp_path


def told(folder: Path, capsys: Captured, *names: str) -> list[str]:
    tell_worlds([folder / name for name in names])
    return capsys.readouterr().err.splitlines()


@pytest.mark.parametrize(
    ("names", "line"),
    [
        (["scenarios/forgot.toml"], 'add at its top: extends = "baseline.toml"'),
        (["mine/forgot.toml"], 'add at its top: extends = "../scenarios/baseline.toml"'),
        (["scenarios/on_forgot.toml"], 'add at the top of forgot.toml: extends = "baseline.toml"'),
        (
            ["scenarios/second.toml", "far/away/forgot.toml"],
            'add at its top: extends = "../../scenarios/baseline.toml"',
        ),
        (
            ["mine/forgot.toml", "scenarios/other_world.toml"],
            'add at its top: extends = "../scenarios/other_world.toml"',
        ),
        (["scenarios/forgot.toml", "scenarios/second.toml"], 'add at its top: extends = "baseline.toml"'),
    ],
)
def test_a_file_that_left_extends_out_gets_one_note_with_the_line(
    names: list[str], line: str, folder: Path, capsys: Captured
) -> None:
    (note,) = told(folder, capsys, *names)
    assert "another world than the baseline" in note
    assert note.endswith(line)


def test_where_no_baseline_is_near_there_is_no_line(folder: Path, capsys: Captured) -> None:
    (note,) = told(folder, capsys, "far/away/forgot.toml")
    assert note.endswith("another world than the baseline.")


def test_the_line_that_is_offered_mends_it(folder: Path, capsys: Captured) -> None:
    (note,) = told(folder, capsys, "mine/forgot.toml")
    file = folder / "mine" / "forgot.toml"
    file.write_text(note.partition("at its top: ")[2] + "\n" + LEVERS)
    assert told(folder, capsys, "mine/forgot.toml") == []
    assert told(folder, capsys, "scenarios/baseline.toml", "mine/forgot.toml") == []


@pytest.mark.parametrize(
    "names",
    [
        ["scenarios/baseline.toml"],
        ["scenarios/other_world.toml"],
        ["scenarios/second.toml", "scenarios/baseline.toml", "scenarios/variant.toml"],
    ],
)
def test_worlds_of_their_own_and_variants_of_one_world_get_none(
    names: list[str], folder: Path, capsys: Captured
) -> None:
    assert told(folder, capsys, *names) == []


def test_two_worlds_side_by_side_are_told(folder: Path, capsys: Captured) -> None:
    (note,) = told(folder, capsys, "scenarios/variant.toml", "scenarios/other_world.toml")
    assert "'other_world' rests on other_world.toml and 'variant' on baseline.toml: these are different worlds" in note
    assert note.endswith('extends = "baseline.toml"')


def test_a_copy_of_a_world_is_no_other_world(folder: Path, capsys: Captured) -> None:
    assert told(folder, capsys, "scenarios/baseline.toml", "elsewhere/baseline.toml") == []


def test_no_scenario_of_the_library_gets_one_alone(capsys: Captured) -> None:
    for file in library_files():
        tell_worlds([file])
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "command",
    [
        ["run", "forgot.toml"],
        ["compare", "baseline.toml", "forgot.toml", "--replications", "2"],
        ["compare", "experiment.toml"],
        ["sweep", "experiment.toml", "--dry-run"],
        ["validate", "forgot.toml", "--replications", "2"],
        ["decompose", "forgot.toml", "--replications", "2", "--mechanisms", "turnover"],
    ],
)
def test_commands_say_so(command: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    class Said(BaseException):
        """Ends the command once the note is there."""

    def end(files: list[Path]) -> None:
        tell_worlds(files)
        raise Said

    monkeypatch.chdir(folder / "scenarios")
    stand_ins.let_commands_run(monkeypatch, stand_ins.simulate_lightly)
    Path("experiment.toml").write_text('title = "E"\nscenarios = ["second.toml", "forgot.toml"]\nreplications = 2\n')
    Path("baseline.toml").write_text(WORLD.replace("2013-08-01", "2020-02-01"))
    module = command[0] if command[0] in ("compare", "sweep") else "given"
    monkeypatch.setattr(f"ssa_sim.cli.{module}.tell_worlds", end)
    with pytest.raises(Said):
        main(command)
    assert capsys.readouterr().err.count("'forgot' extends no other file") == 1
