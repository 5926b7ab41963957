"""Standard streams in an old code page, in ASCII, and closed: what carries meaning keeps it, and nothing fails for want of them."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import stand_ins
from ssa_sim.cli import main
from ssa_sim.cli.streams import PLAIN_FORMS, in_ascii, prepare_streams, speaks_unicode
from ssa_sim.typography import MINUS, NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE

SOURCES = Path(__file__).parents[2] / "src" / "ssa_sim"
BASELINE = """\
title = "Small – n° 1"
[period]
start = 2013-02-01
end = 2013-08-01
[size]
units = 2
"""
VARIANT = 'title = "Shorter"\nextends = "small.toml"\n[levers]\n"training.course_weeks" = 6.0\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "small.toml").write_text(BASELINE, encoding="utf-8")
    (tmp_path / "shorter.toml").write_text(VARIANT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    stand_ins.let_commands_run(monkeypatch, stand_ins.simulate_lightly)
    monkeypatch.setattr("ssa_sim.cli.compare._draw", lambda *_: Path("comparison.png"))
    return tmp_path


def printed(encoding: str, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    """What a command prints to a stream in an encoding."""
    content = io.BytesIO()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", io.TextIOWrapper(content, encoding=encoding))
        assert main(arguments) == 0
        sys.stdout.flush()
        return content.getvalue().decode(encoding)


class TestPlainForms:
    def test_every_character_of_the_sources_has_one(self) -> None:
        files = [path for path in SOURCES.rglob("*") if path.suffix in (".py", ".toml", ".jinja")]
        letters = {letter for path in files for letter in path.read_text(encoding="utf-8") if not letter.isascii()}
        assert len(letters) > 30
        without = {letter for letter in letters if in_ascii(letter) == "?"}
        assert not without, f"PLAIN_FORMS in cli/streams.py lacks {sorted(without)}"

    @pytest.mark.parametrize(
        ("text", "form"),
        [
            (f"{MINUS}121", "-121"),
            (f"13{NARROW_NO_BREAK_SPACE}489", "13 489"),
            (f"a{NO_BREAK_SPACE}: 50{NARROW_NO_BREAK_SPACE}%", "a : 50 %"),
            ("3 × 4 ≥ 12 ≠ 5", "3 x 4 >= 12 != 5"),
            ("A → B, ± 3 €", "A -> B, +/- 3 EUR"),
            ("½ – ⅔", "1/2 - 2/3"),
            ("« Répété à l’œuvre »", '" Repete a l\'oeuvre "'),
            ("m² 中", "m2 ?"),
            ("\udcff", "?"),
        ],
    )
    def test_what_carries_meaning_keeps_it(self, text: str, form: str) -> None:
        assert in_ascii(text) == form

    def test_they_are_plain_themselves(self) -> None:
        assert all(form.isascii() and len(letter) == 1 for letter, form in PLAIN_FORMS.items())


@pytest.mark.usefixtures("folder")
class TestOldStreams:
    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_a_comparison_says_the_same_as_on_a_terminal(self, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
        asked = ("compare", "small.toml", "shorter.toml", "--replications", "12", "--workers", "1", "--lang", language)
        wanted = printed("utf-8", monkeypatch, *asked)
        assert MINUS in wanted
        for encoding in ("cp1252", "ascii"):
            found = printed(encoding, monkeypatch, *asked)
            assert found.count("?") == wanted.count("?")  # those that are words of the note
            assert "-" + wanted.partition(MINUS)[2].split()[0] in found
            assert _content(in_ascii(found)) == _content(in_ascii(wanted))

    def test_json_loses_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked = ("run", "small.toml", "--json")
        assert json.loads(printed("ascii", monkeypatch, *asked))["title"] == "Small – n° 1"
        assert json.loads(printed("cp1252", monkeypatch, *asked)) == json.loads(printed("utf-8", monkeypatch, *asked))

    def test_ascii_stays_ascii_where_click_would_write_utf_8(self, monkeypatch: pytest.MonkeyPatch) -> None:
        content = io.BytesIO()
        monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(content, encoding="ascii"))
        assert main(["run", "Scénario−1.toml"]) == 2
        assert main(["run", "small.toml", "--seed", "−1"]) == 2
        sys.stderr.flush()
        said = content.getvalue().decode("ascii")
        assert "Scenario-1.toml: There is no such file." in said
        assert "?" not in said

    def test_a_stream_that_speaks_unicode_is_left_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        monkeypatch.setattr(sys, "stdout", stream)
        prepare_streams()
        assert stream.encoding == "utf-8"
        assert speaks_unicode(stream)
        assert speaks_unicode(io.StringIO())


def _content(text: str) -> list[str]:
    """The words of a text, without the frames of its tables: only these differ."""
    for frame in "|+":
        text = text.replace(f" {frame} ", " ")
    words = [word.strip("|+") for word in text.split()]
    return [word for word in words if word and set(word) - set("-+|?")]


class TestClosedStreams:
    @pytest.mark.parametrize(
        ("closed", "arguments", "status"),
        [
            (">&-", "outcomes", 0),
            ("2>&-", "outcomes", 0),
            ("<&- >&- 2>&-", "outcomes --json", 0),
            (">&- 2>&-", "run nothing.toml", 2),
        ],
    )
    def test_the_status_is_as_it_should_be(self, closed: str, arguments: str, status: int, tmp_path: Path) -> None:
        made = _shell(f"{{}} {arguments} {closed}", tmp_path)
        assert (made.returncode, made.stderr) == (status, "")

    def test_no_file_takes_the_place_of_a_closed_stream(self, tmp_path: Path) -> None:
        code = (
            "import os, subprocess, sys; from ssa_sim.cli.streams import prepare_streams; prepare_streams(); "
            "kept = open('kept', 'w'); assert kept.fileno() > 2; subprocess.run([sys.executable, '-c', 'print(1)'], check=True)"
        )
        made = subprocess.run(
            f'{sys.executable} -c "{code}" <&- >&-',
            shell=True,
            cwd=tmp_path,
            text=True,
            capture_output=True,
            env=_environment(),
        )
        assert (made.returncode, made.stderr) == (0, "")
        assert (tmp_path / "kept").read_text() == ""


def _shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = line.format(f"{sys.executable} -m ssa_sim")
    return subprocess.run(command, shell=True, cwd=folder, text=True, capture_output=True, env=_environment())


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(SOURCES.parent), os.environ.get("PYTHONPATH", "")])}
