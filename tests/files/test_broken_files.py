"""Every file in tests/files/broken is refused with the message that it carries, and nothing is left behind.

A file's expectations stand in its leading comments ("# says: ..."), or, where it cannot have comments, in a
text file of the same name. Each must be a part of the message.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ssa_sim.errors import InputError
from ssa_sim.scenario.load import load_scenario
from ssa_sim.scenario.toml_file import LARGEST_FILE

BROKEN = Path(__file__).parent / "broken"
FILES = sorted(BROKEN.glob("*.toml"))
ON_THE_COMMAND_LINE = [
    "above_the_range",
    "empty",
    "encoding_utf_16",
    "end_before_start",
    "extends_in_a_circle",
    "nested_too_deeply",
    "several_problems",
    "syntax_curly_quotes",
    "unknown_lever",
]


def expectations(file: Path) -> list[str]:
    beside = file.with_suffix(".txt")
    lines = (beside if beside.exists() else file).read_text(encoding="utf-8").splitlines()
    return [line.removeprefix("# ").removeprefix("says: ") for line in lines if "says: " in line[:8]]


def refusal_of(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    return str(caught.value)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_broken_file_is_refused_with_its_message(file: Path) -> None:
    message = refusal_of(file)
    wanted = expectations(file)
    assert wanted, "a broken file says what must be said about it"
    for fragment in wanted:
        assert fragment in message
    assert str(file) in message


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_only_the_expected_lines_are_complained_of(file: Path) -> None:
    """A message that names more lines than the file expects hides a false alarm."""
    if len(expectations(file)) == 1:
        assert "problems." not in refusal_of(file)


def test_the_folder_covers_enough() -> None:
    assert len(FILES) >= 80
    orphans = {text.stem for text in BROKEN.glob("*.txt")} - {file.stem for file in FILES}
    assert not orphans


def command_line(*arguments: str | Path, at: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ssa_sim", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        cwd=at,
        env=os.environ | {"PYTHONUTF8": "1"},
        check=False,
    )


@pytest.mark.parametrize("name", ON_THE_COMMAND_LINE)
def test_command_line_ends_with_status_2_and_leaves_nothing(name: str, tmp_path: Path) -> None:
    file = BROKEN / f"{name}.toml"
    ended = command_line("run", file, "--out", tmp_path / "results", at=tmp_path)
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert "Traceback" not in ended.stderr
    for fragment in expectations(file):
        assert fragment in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_comparison_refuses_a_broken_second_file(tmp_path: Path) -> None:
    sound = BROKEN / "parents" / "base.toml"
    broken = BROKEN / "unknown_choice.toml"
    ended = command_line("compare", sound, broken, "--out", tmp_path / "results", at=tmp_path)
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
    for fragment in expectations(broken):
        assert fragment in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_debug_shows_where_a_refusal_arose(tmp_path: Path) -> None:
    ended = command_line("run", BROKEN / "empty.toml", "--debug", at=tmp_path)
    assert ended.returncode != 0
    assert "Traceback" in ended.stderr


def test_missing_file_suggests_its_neighbour(tmp_path: Path) -> None:
    (tmp_path / "baseline.toml").write_text('title = "Baseline"')
    message = refusal_of(tmp_path / "basline.toml")
    assert message.endswith('basline.toml: There is no such file. Did you mean "baseline.toml"?')


def test_folder_is_not_a_file(tmp_path: Path) -> None:
    assert refusal_of(tmp_path) == f"{tmp_path}: This is a folder; a file is needed."


def test_folder_is_not_a_parent(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    child = tmp_path / "child.toml"
    child.write_text('extends = "folder.toml"')
    assert "folder.toml: This is a folder; a file is needed." in refusal_of(child)


def test_large_file_is_refused_unread(tmp_path: Path) -> None:
    large = tmp_path / "large.toml"
    large.write_text("#" * LARGEST_FILE + "\n")
    assert "The file is too large to be what it should be. Allowed: at most 1 megabyte." in refusal_of(large)


def test_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    beginning = 'title = "Just fits"\n#'
    largest = tmp_path / "largest.toml"
    largest.write_text(beginning + "#" * (LARGEST_FILE - len(beginning)))
    assert load_scenario(largest).title == "Just fits"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipe_is_refused_without_waiting_on_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    assert "This is a device or a pipe; an ordinary file is needed." in refusal_of(pipe)


def test_path_that_no_system_can_have(tmp_path: Path) -> None:
    assert "The file cannot be read" in refusal_of(tmp_path / "null\0byte.toml")
    assert "The file cannot be read" in refusal_of(tmp_path / ("long" * 500 + ".toml"))


def test_no_permission_to_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "secret.toml"
    secret.write_text('title = "Secret"')
    secret.chmod(0)
    if os.access(secret, os.R_OK):  # an administrator may read everything: let the system's refusal be played
        opened = Path.open

        def refuse(path: Path, *arguments: str) -> object:
            if path == secret:
                raise PermissionError(13, "Permission denied")
            return opened(path, *arguments)

        monkeypatch.setattr(Path, "open", refuse)
    assert refusal_of(secret) == f"{secret}: There is no permission to read this file."


def test_extends_reads_nothing_but_toml_files(tmp_path: Path) -> None:
    """What another file holds must not show in a message."""
    (tmp_path / "secret.txt").write_text("password = hunter2")
    child = tmp_path / "child.toml"
    for name in ("secret.txt", str(tmp_path / "secret.toml"), "secret.txt\\u0000.toml", ""):
        child.write_text(f'extends = "{name}"')
        assert "hunter2" not in refusal_of(child)
