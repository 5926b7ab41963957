"""Every mistake in mistakes.txt gets the message that stands there, whole: in files, on the command line, and in Python.

A row of the table is a name after "==", files ("@" begins another; before that it is broken.toml), and what is asked: a
command after "$", or Python after ">>>". What is said follows it. The files of the first row lie there for all.
`PYTHONPATH=tests python tests/files/test_mistakes.py` writes the messages anew: `git diff` shows what a change of words does.
"""

import contextlib
import math
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

import documents
import ssa_sim
import stand_ins
from sampled_results import uncertain
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import make_design, range_axis
from ssa_sim.experiment.ask.plan import Experiment, NamedScenario, Precision
from ssa_sim.experiment.run.sweep import sweep
from ssa_sim.scenario.events import Event
from ssa_sim.scenario.tables import parse_setting
from ssa_sim.scenario.toml_file import LARGEST_FILE

TABLE = Path(__file__).parent / "mistakes.txt"
UNREADABLE = {
    "latin_1.toml": '# comment\ntitle = "Stabilité"\n'.encode("latin-1"),
    "utf_16.toml": 'title = "UTF-16"\n'.encode("utf-16"),
    "control_character.toml": b'# comment\ntitle = "bell \x1b[31m red"\n',
    "nothing.toml": b"",
    "ends_early.toml": b'title = "Value missing"\nquestion =',
}
NAMES = {
    "SMALL": stand_ins.small_scenario(),
    **{each.__name__: each for each in (Event, Experiment, NamedScenario, Precision, date, make_design, range_axis)},
    **{each.__name__: each for each in (parse_setting, replace, uncertain, stand_ins.small_experiment)},
    **{
        each: getattr(ssa_sim, each)
        for each in ("ModelFunction", "explain", "load_results", "load_scenario", "run_experiment", "simulate")
    },
    "THREE": ("training.course_weeks", "training.camp_places", "turnover.reassignment_rate"),
    "math": math,
    "nan": math.nan,
}
"""What Python in the table may name."""
_USAGE = re.compile(r"^Usage: .*\nTry .*\n\n", re.MULTILINE)
"""What the parser puts before its errors, in words that differ with its version."""


def _changed(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")


def _flipped(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "changed_table": lambda folder: _flipped(folder / "runs.parquet"),
    "no_table": lambda folder: (folder / "monthly.parquet").unlink(),
    "half_a_manifest": lambda folder: os.truncate(folder / "manifest.json", 100),
    "empty_manifest": lambda folder: os.truncate(folder / "manifest.json", 0),
    "later_format": lambda folder: _changed(folder / "manifest.json", '"format": 2', '"format": 3'),
    "earlier_format": lambda folder: _changed(folder / "manifest.json", '"format": 2', '"format": 1'),
    "other_kind": lambda folder: _changed(folder / "manifest.json", '"ssa_sim results"', '"something"'),
    "unknown_monthly": lambda folder: _changed(folder / "manifest.json", '"monthly": "all"', '"monthly": "some"'),
    "file_outside": lambda folder: _changed(folder / "manifest.json", '"runs.parquet"', '"../../secret"'),
}
"""What is done to copies of a result folder, by their names."""


@dataclass
class Mistake:
    """A row of the table: texts by file, and what is said by what is asked."""

    name: str
    files: dict[str, str]
    says: dict[str, str]

    def __str__(self) -> str:
        """As it stands in the table."""
        files = [text if name == "broken.toml" else f"@ {name}\n{text}" for name, text in self.files.items()]
        return "".join([f"== {self.name}\n", *files, *(f"{asked}\n{said}" for asked, said in self.says.items())])


def mistakes() -> list[Mistake]:
    """The rows; the first asks nothing."""
    rows = []
    for row in re.split(r"^== ", TABLE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _, rest = row.partition("\n")
        files, *said = re.split(r"^((?:\$|>>>) .*)\n", rest, flags=re.MULTILINE)
        first, *others = re.split(r"^@ (.*)\n", files, flags=re.MULTILINE)
        texts = ({"broken.toml": first} if first else {}) | dict(zip(others[::2], others[1::2], strict=True))
        rows.append(Mistake(name, texts, dict(zip(said[::2], said[1::2], strict=True))))
    return rows


PREPARED, *MISTAKES = mistakes()


def write(files: dict[str, str], folder: Path) -> list[Path]:
    """The files of a row."""
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in files]


def prepare(folder: Path) -> Path:
    """What lies there whatever is asked: files, and results made by a stand-in for the model."""
    write(PREPARED.files, folder)
    for name, content in UNREADABLE.items():
        (folder / name).write_bytes(content)
    (folder / "empty").mkdir()
    (folder / "filled").mkdir()
    (folder / "filled" / "thesis.tex").write_text("years of work", encoding="utf-8")
    sweep(stand_ins.small_experiment(2, monthly="all"), folder / "compared", stand_ins.light_settings())
    for name, damage in DAMAGE.items():
        damage(shutil.copytree(folder / "compared", folder / name))
    for method in ("morris", "sobol", "latin_hypercube"):
        design = make_design(method, uncertain(2), samples=4, seed=1)
        experiment = stand_ins.small_experiment(2, outcomes=("readiness", "deaths"), design=design)
        sweep(experiment, folder / method, stand_ins.light_settings())
    return folder


def answer(asked: str, folder: Path) -> str:
    """What is said: by a command as standard error, with status 2 and nothing else; by Python as a refusal."""
    if asked.startswith("$ "):
        outcome = documents.run(asked.removeprefix("$ "), folder)
        assert (outcome.status, outcome.output) == (2, ""), f"{asked}: status {outcome.status}: {outcome.messages}"
        return _USAGE.sub("", outcome.messages).replace(str(folder), "<folder>")
    with contextlib.chdir(folder), pytest.raises(InputError) as caught:
        eval(asked.removeprefix(">>> "), dict(NAMES))
    return f"{caught.value}\n".replace(str(folder), "<folder>")


@contextlib.contextmanager
def unstyled() -> Iterator[None]:
    """A terminal of one width and no colours, wherever this runs."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("COLUMNS", "120"), ("NO_COLOR", "1"), ("TERM", "dumb")):
            patch.setenv(name, value)
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with unstyled():
        yield prepare(tmp_path_factory.mktemp("mistakes"))


def contents(folder: Path) -> dict[str, int]:
    """What lies in a folder, and since when."""
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_its_message_is_that_of_the_table_and_nothing_is_written(mistake: Mistake, folder: Path) -> None:
    written = write(mistake.files, folder)
    before = contents(folder)
    try:
        assert {asked: answer(asked, folder) for asked in mistake.says} == mistake.says
        assert contents(folder) == before
    finally:
        for path in written:
            path.unlink()


def test_each_has_a_name_of_its_own_and_asks_something() -> None:
    assert len({mistake.name for mistake in MISTAKES}) == len(MISTAKES)
    assert all(mistake.says for mistake in MISTAKES)


class TestFilesThatCannotBeRead:
    """What the table cannot hold."""

    @staticmethod
    def refusal_of(path: Path) -> str:
        with pytest.raises(InputError) as caught:
            ssa_sim.load_scenario(path)
        return str(caught.value)

    def test_a_folder_is_not_a_parent(self, tmp_path: Path) -> None:
        (tmp_path / "folder.toml").mkdir()
        child = tmp_path / "child.toml"
        child.write_text('extends = "folder.toml"')
        assert "folder.toml: This is a folder" in self.refusal_of(child)

    def test_up_to_a_size(self, tmp_path: Path) -> None:
        large = tmp_path / "large.toml"
        beginning = 'title = "Just fits"\n#'
        large.write_text(beginning + "#" * (LARGEST_FILE - len(beginning)))
        assert ssa_sim.load_scenario(large).title == "Just fits"
        large.write_text("#" * LARGEST_FILE + "\n")
        assert "too large" in self.refusal_of(large)

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
    def test_a_pipe_is_not_waited_for(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.toml")
        assert "a device or a pipe" in self.refusal_of(tmp_path / "pipe.toml")

    def test_a_path_that_no_system_can_have(self, tmp_path: Path) -> None:
        for name in ("null\0byte", "long" * 500):
            assert "cannot be read" in self.refusal_of(tmp_path / f"{name}.toml")

    def test_no_permission(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Played, since an administrator may read everything."""
        secret = tmp_path / "secret.toml"
        secret.write_text('title = "Secret"')

        def refuse(*_: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
        assert self.refusal_of(secret) == f"{secret}: There is no permission to read this file."

    def test_what_is_no_toml_file_is_not_extended_and_does_not_show(self, tmp_path: Path) -> None:
        (tmp_path / "secret.txt").write_text("password = hunter2")
        child = tmp_path / "child.toml"
        for name in ("secret.txt", str(tmp_path / "secret.toml"), "secret.txt\\u0000.toml", ""):
            child.write_text(f'extends = "{name}"')
            assert "hunter2" not in self.refusal_of(child)

    def test_debug_shows_where_a_refusal_arose(self, folder: Path) -> None:
        with pytest.raises(InputError):
            documents.run("ssa-sim run nothing.toml --debug", folder)


def refresh() -> None:
    """Write the table with what is said now."""
    with unstyled(), tempfile.TemporaryDirectory() as name:
        folder = prepare(Path(name))
        for mistake in MISTAKES:
            written = write(mistake.files, folder)
            for asked in mistake.says:
                mistake.says[asked] = answer(asked, folder)
            for path in written:
                path.unlink()
    TABLE.write_text("".join(map(str, (PREPARED, *MISTAKES))), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(refresh())
