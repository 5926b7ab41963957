"""The notes in a manifest of who worked on a folder: one for each command, with its machine, its workers and its time."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import ssa_sim.experiment.keep.provenance as provenance
import ssa_sim.experiment.keep.sessions as sessions
import ssa_sim.experiment.run.executor as executors
from ssa_sim.cli import main
from ssa_sim.experiment.keep.manifest import read_manifest
from ssa_sim.experiment.keep.provenance import platform_facts
from ssa_sim.experiment.run.settings import RunSettings
from ssa_sim.experiment.run.sweep import SweepProgress, sweep
from stand_ins import light_settings, small_experiment

EXPERIMENT = small_experiment(replications=6)


class StopHere(Exception):  # noqa: N818
    """Raised from a progress report, to leave a sweep unfinished."""


def notes(out: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read_manifest(out).provenance["sessions"]
    return found


def stop_halfway(standing: SweepProgress) -> None:
    if standing.done >= standing.planned / 2:
        raise StopHere


def begun(out: Path, settings: RunSettings | None = None) -> None:
    """A folder in which a sweep got halfway."""
    with pytest.raises(StopHere):
        sweep(EXPERIMENT, out, light_settings() if settings is None else settings, progress=stop_halfway)


def finished(out: Path, settings: RunSettings | None = None) -> list[str]:
    """Go on to the end; returns what was said."""
    said: list[str] = []
    sweep(EXPERIMENT, out, light_settings() if settings is None else settings, notify=said.append)
    return said


def move_to(monkeypatch: pytest.MonkeyPatch, **facts: str) -> dict[str, str]:
    """From now on this process takes itself to be on another machine."""
    there = {**platform_facts(), **facts}
    for module in (provenance, sessions):
        monkeypatch.setattr(module, "platform_facts", lambda: there)
    return there


@pytest.fixture(scope="module")
def digest(tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("reference") / "out"
    finished(out)
    return read_manifest(out).digest


class TestNotes:
    def test_a_command_leaves_one(self, tmp_path: Path) -> None:
        assert finished(tmp_path / "out") == []
        (note,) = notes(tmp_path / "out")
        assert (note["workers"], note["platform"], note["platforms_of_workers"]) == (1, platform_facts(), [])
        manifest = read_manifest(tmp_path / "out")
        assert 0.0 < note["seconds"] == manifest.provenance["seconds"] < 60.0
        assert note["begun_at"] >= manifest.provenance["begun_at"]

    def test_each_that_worked_on_the_folder_has_its_own_and_seconds_are_their_sum(
        self, tmp_path: Path, digest: str
    ) -> None:
        begun(tmp_path / "out", light_settings(workers=None))
        (first,) = notes(tmp_path / "out")
        assert first["seconds"] > 0.0
        assert finished(tmp_path / "out") == []
        kept, second = notes(tmp_path / "out")
        assert kept == first
        assert second["workers"] == 1
        manifest = read_manifest(tmp_path / "out")
        assert manifest.provenance["seconds"] == pytest.approx(first["seconds"] + second["seconds"], abs=0.002)
        assert manifest.digest == digest
        finished(tmp_path / "out")
        assert len(notes(tmp_path / "out")) == 2, "whoever found all done has not worked on it"

    def test_one_that_is_killed_has_told_how_long_it_lasted(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sessions, "_SECONDS_BETWEEN_NOTES", 0.0)
        seen: list[float] = []
        sweep(EXPERIMENT, tmp_path / "out", light_settings(), progress=lambda _: seen.extend(lasted(tmp_path / "out")))
        assert seen[0] < seen[-1]
        assert seen == sorted(seen)

    def test_the_last_command_is_the_one_that_goes_on(self, tmp_path: Path) -> None:
        """Where a session has none, as in Python, what was said before still holds."""
        for command, expected in (("one", "one"), ("another", "another"), ("", "another")):
            begun(tmp_path / "out", replace(light_settings(), command=command))
            assert read_manifest(tmp_path / "out").provenance["command"] == expected


def lasted(out: Path) -> list[float]:
    return [note["seconds"] for note in notes(out)]


class TestOtherMachines:
    def test_going_on_elsewhere_is_told_and_noted(
        self, tmp_path: Path, digest: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        here = platform_facts()
        begun(tmp_path / "out")
        there = move_to(monkeypatch, processor="Another 3000", libc="glibc 2.0")
        said = finished(tmp_path / "out")
        assert said == [
            "This is not the machine that earlier runs were made on, so last bits may differ: "
            f"libc was {here['libc']} and is glibc 2.0; processor was {here['processor']} and is Another 3000."
        ]
        assert [note["platform"] for note in notes(tmp_path / "out")] == [here, there]
        assert read_manifest(tmp_path / "out").digest == digest
        move_to(monkeypatch, processor="A third", libc="glibc 2.0")
        assert provenance.changed_platform(read_manifest(tmp_path / "out").provenance) == {
            "processor": (f"{here['processor']} and Another 3000", "A third"),
            "libc": (here["libc"], "glibc 2.0"),
        }

    def test_workers_of_an_executor_are_told_once_and_noted(
        self, tmp_path: Path, digest: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        here = platform_facts()
        made = [{**here, "processor": f"Node {number}"} for number in (1, 2)] + [here]
        turns = iter(made * 100)
        monkeypatch.setattr(executors, "platform_facts", lambda: next(turns))
        with ThreadPoolExecutor(1) as pool:
            settings = replace(light_settings(), executor=(pool, lambda: 2), cluster="tcp://somewhere")
            said = finished(tmp_path / "out", settings)
        assert said == [
            f"A worker runs on another kind of machine, so last bits may differ: processor is Node {number} there and "
            f"{here['processor']} here."
            for number in (1, 2)
        ]
        (note,) = notes(tmp_path / "out")
        assert (note["cluster"], note["platform"], note["platforms_of_workers"]) == ("tcp://somewhere", here, made)
        assert "workers" not in note
        assert read_manifest(tmp_path / "out").digest == digest

    def test_verify_says_on_what_they_were_made(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Whichever session it was."""
        with pytest.MonkeyPatch.context() as elsewhere:
            move_to(elsewhere, processor="Another 3000")
            begun(tmp_path / "out")
        finished(tmp_path / "out")
        main(["verify", str(tmp_path / "out"), "--sample", "1"])
        here = platform_facts()["processor"]
        assert f"Note: processor was Another 3000 and is {here}; results may differ.\n" in capsys.readouterr().out
