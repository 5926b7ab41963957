"""The commands `run` and `compare`: what they print and where, exit statuses, and messages for bad input."""

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from rich.console import Console

import ssa_sim
import ssa_sim.experiment.run.experiment as runner
import stand_ins
from full_disk import full_disk
from ssa_sim.catalogue.outcomes import OUTCOMES
from ssa_sim.cli import main
from ssa_sim.cli.compare import _asked as asked_for
from ssa_sim.cli.output import print_json
from ssa_sim.cli.progress import plain_lines
from ssa_sim.experiment.keep.store import load_results
from ssa_sim.experiment.run.shards import RunSimulator
from ssa_sim.experiment.run.sweep import SweepProgress
from ssa_sim.scenario.load import load_scenario
from ssa_sim.scenario.schema import Scenario
from ssa_sim.typography import french

BASELINE = """\
title = "Small baseline"
[period]
start = 2013-02-01
end = 2014-04-01
[size]
units = 4
[[events]]
date = 2013-09-01
set = { "training.course_weeks" = 6.0 }
source = "F05"
"""
VARIANT = 'title = "Long courses"\nextends = "baseline.toml"\n[levers]\n"training.course_weeks" = 40.0\n'

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the commands are typed: a folder with two scenarios."""
    (tmp_path / "baseline.toml").write_text(BASELINE)
    (tmp_path / "variant.toml").write_text(VARIANT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `compare` run a stand-in for the model."""
    lightly(monkeypatch, stand_ins.simulate_lightly)


def lightly(monkeypatch: pytest.MonkeyPatch, simulate: RunSimulator) -> None:
    stand_ins.let_commands_run(monkeypatch, simulate)
    stand_ins.leave_pictures_blank(monkeypatch)


def compare(*arguments: str) -> int:
    return main(["compare", "baseline.toml", "variant.toml", "--replications", "12", *arguments])


class TestSetInAComparison:
    def asked(self, *arguments: str) -> dict[str, Any]:
        experiment = asked_for([Path(name) for name in arguments[0].split()], 2, None, arguments[1:])
        return {named.name: named.scenario for named in experiment.scenarios}

    def test_one_scenario_is_compared_with_itself_as_it_is(self, capsys: Captured) -> None:
        found = self.asked("baseline.toml", "training.course_weeks=24", " operations.tempo = 0.5")
        as_it_is, with_levers = found.values()
        assert list(found) == ["baseline", "baseline+training.course_weeks=24+operations.tempo=0.5"]
        assert as_it_is == load_scenario("baseline.toml")
        assert (
            with_levers.identity()
            == as_it_is.with_levers({"training.course_weeks": 24.0, "operations.tempo": 0.5}).identity()
        )
        assert with_levers.title == "Small baseline (training.course_weeks=24, operations.tempo=0.5)"
        said = capsys.readouterr().err
        assert said.count("--set in 'baseline' holds \"training.course_weeks\"") == said.count("Note:") == 1

    def test_of_several_all_but_the_first_get_it(self) -> None:
        Path("third.toml").write_text(VARIANT.replace("40.0", "20.0"))
        first, *others = self.asked("baseline.toml variant.toml third.toml", "operations.tempo=0.5").values()
        assert first == load_scenario("baseline.toml")
        assert [each.levers.operations.tempo for each in others] == [0.5, 0.5]
        assert [each.levers.training.course_weeks for each in others] == [40.0, 20.0]

    @pytest.mark.usefixtures("light")
    def test_the_command(self, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
        asked = ["compare", "baseline.toml", "--set", "training.course_weeks=24", "--replications", "3", "--json"]
        assert main(asked) == 0
        assert json.loads(capsys.readouterr().out)["scenarios"] == ["baseline", "baseline+training.course_weeks=24"]


class TestHome:
    @pytest.mark.usefixtures("light")
    def test_a_tilde_is_the_home_folder_in_every_path(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
    ) -> None:
        home = folder / "home"
        home.mkdir()
        (home / "variant.toml").write_text(BASELINE)
        monkeypatch.setenv("HOME", str(home))
        monkeypatch.setenv("USERPROFILE", str(home))
        assert (
            main(["compare", "baseline.toml", "~/variant.toml", "--replications", "2", "--out=~/mine", "--json"]) == 0
        )
        assert (home / "mine" / "runs.parquet").is_file()
        assert main(["export", "~/mine", "--format", "csv", "--out", "~/tables"]) == 0
        assert (home / "tables" / "runs.csv").is_file()
        assert not (folder / "~").exists()
        assert str(home / "tables") in capsys.readouterr().out

    def test_what_is_nobodys_home_is_a_name(self, folder: Path) -> None:
        (folder / "~nobody_of_that_name.toml").write_text(BASELINE)
        assert main(["run", "~nobody_of_that_name.toml", "--json"]) == 0


class TestRun:
    def test_a_summary_by_year_on_standard_output(self, capsys: Captured) -> None:
        assert main(["run", "baseline.toml"]) == 0
        out = capsys.readouterr().out
        assert "Small baseline" in out
        assert "2013 (11)" in out
        assert "2014 (3)" in out
        for outcome in OUTCOMES:
            assert (f"{outcome.label_en} (" in out) == outcome.headline

    def test_the_numbers_are_those_of_python(self, capsys: Captured) -> None:
        assert main(["run", "baseline.toml", "--json", "--seed", "3", "--replicate", "2"]) == 0
        printed = json.loads(capsys.readouterr().out)
        made = ssa_sim.simulate(ssa_sim.load_scenario("baseline.toml"), seed=3, replicate=2)
        expected = {name: None if pd.isna(value) else value for name, value in made.outcomes.items()}
        assert printed["outcomes"] == expected
        assert [(year["year"], year["months"]) for year in printed["years"]] == [(2013, 11), (2014, 3)]
        assert printed["years"][0]["completions"] == made.monthly["completions"][10]
        assert printed["years"][1]["deaths"] == made.monthly["deaths"][11:].sum()
        assert (printed["seed"], printed["replicate"], printed["engine"]) == (3, 2, "compiled")

    def test_in_french(self, capsys: Captured) -> None:
        assert main(["run", "baseline.toml", "--lang", "fr"]) == 0
        out = capsys.readouterr().out
        assert "Small baseline" in out  # a title of somebody's own is nobody else's
        assert "Ensemble" in out
        assert "Stages achevés" in out

    def test_both_engines_give_the_same(self, capsys: Captured) -> None:
        printed = []
        for engine in ("compiled", "mesa"):
            assert main(["run", "baseline.toml", "--json", "--engine", engine]) == 0
            printed.append(json.loads(capsys.readouterr().out))
        assert printed[0]["outcomes"] == printed[1]["outcomes"]

    def test_out_keeps_the_run_and_is_not_overwritten(self, capsys: Captured) -> None:
        assert main(["run", "baseline.toml", "--out", "kept", "--replicate", "4"]) == 0
        results = load_results("kept")
        made = ssa_sim.simulate(ssa_sim.load_scenario("baseline.toml"), seed=2013, replicate=4)
        assert results.runs.loc[0, "replicate"] == 4
        assert results.runs.loc[0, "completions"] == made.outcomes["completions"]
        months = results.monthly[results.monthly["outcome"] == "soldiers"]
        assert list(months["mean"]) == list(made.monthly["soldiers"])
        assert main(["run", "baseline.toml", "--out", "kept", "--replicate", "4"]) == 0
        assert "already in kept" in capsys.readouterr().err
        assert main(["run", "baseline.toml", "--out", "kept", "--replicate", "5"]) == 2
        err = capsys.readouterr().err
        assert "holds the results of something else" in err
        assert "replicates: it was 4 and is now 5" in err


class TestSet:
    def test_it_sets_the_lever_and_says_what_that_drops(self, capsys: Captured) -> None:
        assert main(["run", "baseline.toml", "--json", "--set", "training.course_weeks=30"]) == 0
        captured = capsys.readouterr()
        assert 'Note: --set holds "training.course_weeks"' in captured.err
        assert "2013-09-01" in captured.err
        scenario = ssa_sim.load_scenario("baseline.toml").with_levers({"training.course_weeks": 30.0})
        assert json.loads(captured.out)["identity"] == scenario.identity()

    def test_it_sets_what_is_in_force_where_sources_compete(self, capsys: Captured) -> None:
        settings = ["--set", "structures.decay=always", "--set", "training.course_weeks=30"]
        assert main(["run", "baseline.toml", "--json", *settings]) == 0
        scenario = ssa_sim.load_scenario("baseline.toml").with_levers({"training.course_weeks": 30.0})
        scenario = scenario.with_structures({"decay": "always"})
        assert json.loads(capsys.readouterr().out)["identity"] == scenario.identity()

    def test_the_value_that_it_has_changes_nothing(self, capsys: Captured) -> None:
        identities = []
        for settings in ([], ["--set", "training.course_weeks=12"]):
            assert main(["run", "baseline.toml", "--json", *settings]) == 0
            captured = capsys.readouterr()
            assert ("nothing changes" in captured.err) is bool(settings)  # and says so, since a dated change stays
            identities.append(json.loads(captured.out)["identity"])
        assert identities[0] == identities[1]

    def test_kinds_come_from_the_catalogue(self, capsys: Captured) -> None:
        settings = ["coordination.regime=host_led", "training.camp_places=100", "donors.needs_weight=1"]
        arguments = [part for setting in settings for part in ("--set", setting)]
        assert main(["run", "baseline.toml", "--json", *arguments]) == 0
        scenario = ssa_sim.load_scenario("baseline.toml").with_levers(
            {"coordination.regime": "host_led", "training.camp_places": 100, "donors.needs_weight": 1.0}
        )
        assert json.loads(capsys.readouterr().out)["identity"] == scenario.identity()

    def test_the_same_value_twice_is_no_contradiction(self) -> None:
        setting = ["--set", "training.course_weeks=30"]
        assert main(["run", "baseline.toml", "--json", *setting, *setting]) == 0


class TestCompare:
    def test_the_model_itself_from_files_to_figure(self, folder: Path, capsys: Captured) -> None:
        assert compare("--out", "kept") == 0
        captured = capsys.readouterr()
        assert "variant, compared with baseline" in captured.out
        assert "Against 'baseline', over 12 paired runs" in captured.out
        assert "runs done in" in captured.err
        assert captured.out.rstrip().endswith(f"Figure: {Path('kept/figures/comparison.png')}")
        assert (folder / "kept/figures/comparison.png").read_bytes().startswith(b"\x89PNG")
        assert load_results("kept").n_failed == 0

    @pytest.mark.usefixtures("light")
    def test_headline_outcomes_unless_all_are_asked_for(self, capsys: Captured) -> None:
        assert compare("--out", "kept") == 0
        few = capsys.readouterr().out
        assert compare("--out", "kept", "--all-outcomes") == 0
        captured = capsys.readouterr()
        assert "already in kept: nothing was computed" in captured.err
        for outcome in OUTCOMES:
            assert (outcome.label_en in few) == (outcome.headline or _is_part_of_another(outcome.label_en))
            assert outcome.label_en in captured.out
        headline = sum(outcome.headline for outcome in OUTCOMES)
        assert f"hold for all {headline} rows of the comparison together" in " ".join(few.split())
        both = f"hold for all {headline} (outcomes beside those of the comparison: {len(OUTCOMES)}) rows of the comparison together"
        assert both in " ".join(captured.out.split())

    @pytest.mark.usefixtures("light")
    def test_json_is_one_object_and_nothing_else_and_writes_nothing(self, folder: Path, capsys: Captured) -> None:
        assert compare("--json", "--seed", "5") == 0
        printed = json.loads(capsys.readouterr().out)
        assert (printed["first"], printed["scenarios"]) == ("baseline", ["baseline", "variant"])
        assert (printed["replications"], printed["seed"]) == (12, 5)
        assert {row["outcome"] for row in printed["table"]} == {one.name for one in OUTCOMES if one.headline}
        assert {row["verdict"] for row in printed["table"]} == {"better", "worse"}
        assert printed["figure"] is None
        assert sorted(path.name for path in folder.iterdir()) == ["baseline.toml", "variant.toml"]

    @pytest.mark.usefixtures("light")
    def test_without_out_the_results_get_a_folder_of_their_own(self, folder: Path, capsys: Captured) -> None:
        assert compare() == 0
        assert compare() == 0
        assert "nothing was computed" in capsys.readouterr().err
        assert compare("--seed", "1") == 0
        folders = sorted((folder / "results").iterdir())
        assert len(folders) == 2
        assert all(one.name.startswith("baseline-variant-") for one in folders)

    @pytest.mark.usefixtures("light")
    def test_if_that_folder_cannot_be_written_the_table_is_shown_all_the_same(
        self, folder: Path, capsys: Captured
    ) -> None:
        (folder / "results").write_text("a file in its place")
        assert compare() == 0
        captured = capsys.readouterr()
        assert "neither results nor figure will be kept" in captured.err
        assert "variant, compared with baseline" in captured.out

    @pytest.mark.usefixtures("light")
    def test_an_experiment_file_and_what_goes_before_it(self, folder: Path, capsys: Captured) -> None:
        (folder / "experiment.toml").write_text(
            'title = "T"\nscenarios = ["baseline.toml", "variant.toml"]\nreplications = 9\nseed = 8\n'
            '[output]\noutcomes = ["kit_match", "readiness", "completions"]\nmonthly = "none"\n'
        )
        assert main(["compare", "experiment.toml", "--json", "--all-outcomes"]) == 0
        printed = json.loads(capsys.readouterr().out)
        assert (printed["title"], printed["replications"], printed["seed"]) == ("T", 9, 8)
        assert [row["outcome"] for row in printed["table"]] == ["kit_match", "readiness", "completions"]
        assert main(["compare", "experiment.toml", "--json", "--replications", "4", "--seed", "0"]) == 0
        printed = json.loads(capsys.readouterr().out)
        assert (printed["replications"], printed["seed"]) == (4, 0)
        assert main(["compare", "experiment.toml", "--out", "kept"]) == 0

    @pytest.mark.usefixtures("light")
    def test_in_french(self, capsys: Captured) -> None:
        assert compare("--lang", "fr") == 0
        out = capsys.readouterr().out
        for part in (
            "variant, comparé à baseline",
            "Différence",
            "meilleur",
            french("Face à « baseline »"),
            french("Résultats : "),
        ):
            assert part in out

    @pytest.mark.usefixtures("light")
    def test_scenarios_that_do_not_differ_are_noticed(self, folder: Path, capsys: Captured) -> None:
        (folder / "variant.toml").write_text(BASELINE)
        assert compare("--json") == 0
        captured = capsys.readouterr()
        assert "'baseline' and 'variant' agree in everything that matters" in captured.err
        assert {row["verdict"] for row in json.loads(captured.out)["table"]} == {"no difference"}

    def test_a_failed_run_is_told_and_the_rest_compared(
        self, capsys: Captured, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lightly(monkeypatch, stand_ins.fail_for_long_courses)
        assert compare() == 1
        captured = capsys.readouterr()
        assert "Against 'baseline'" in captured.out
        assert (
            "1 of 24 runs failed; the first: scenario 'variant', replicate 3: ZeroDivisionError: a rule" in captured.err
        )

    def test_if_every_run_of_a_scenario_fails_there_is_still_an_answer(
        self, capsys: Captured, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lightly(monkeypatch, _fail)
        assert compare("--out", "kept") == 1
        captured = capsys.readouterr()
        assert "24 of 24 runs failed" in captured.err
        assert "Traceback" not in captured.err

    @pytest.mark.usefixtures("light")
    def test_brackets_in_names_are_no_markup(self, folder: Path, capsys: Captured) -> None:
        (folder / "[red].toml").write_text(VARIANT)
        assert main(["compare", "baseline.toml", "[red].toml", "--replications", "3"]) == 0
        out = capsys.readouterr().out
        assert "[red], compared with baseline" in out
        assert "[red] is" in out


class TestNarrowTerminals:
    @pytest.fixture(autouse=True, params=[80, 110])
    def width(self, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
        monkeypatch.setattr("ssa_sim.cli.showing.console", lambda: Console(width=request.param))
        return int(request.param)

    @pytest.mark.usefixtures("light")
    @pytest.mark.parametrize("lang", ["en", "fr"])
    def test_a_comparison_fits_and_no_number_is_cut(self, width: int, lang: str, capsys: Captured) -> None:
        assert compare("--lang", lang) == 0
        out = capsys.readouterr().out
        assert "…" not in out
        assert max(map(len, out.partition("Figure")[0].splitlines()[:-1])) <= width

    @pytest.mark.parametrize("lang", ["en", "fr"])
    def test_a_summary_fits_and_no_number_is_cut(self, width: int, lang: str, capsys: Captured) -> None:
        assert main(["run", "baseline.toml", "--lang", lang]) == 0
        text = Path("baseline.toml").read_text()
        Path("longer.toml").write_text(text.replace("2014-04-01", "2022-03-01"))
        assert main(["run", "longer.toml", "--lang", lang]) == 0
        out = capsys.readouterr().out
        assert "…" not in out
        assert max(map(len, out.splitlines())) <= width
        assert "2022 (2)" in out


class TestNotes:
    def test_a_scenario_has_one_name_in_the_notes_of_all_commands(self, capsys: Captured) -> None:
        weeks = "training.course_weeks"
        Path("long.toml").write_text(f'title = "Long"\nextends = "baseline.toml"\n[levers]\n"{weeks}" = 30\n')
        noted = []
        for arguments in (["run", "long.toml"], ["compare", "baseline.toml", "long.toml", "--replications", "2"]):
            assert main([*arguments, "--json"]) == 0
            noted.append([line for line in capsys.readouterr().err.splitlines() if f'holds "{weeks}"' in line])
        assert noted[0] == noted[1] != []
        assert all(note.startswith(f"Note: 'long' holds \"{weeks}\" at one value") for note in noted[0])


class TestBadInput:
    @pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a file system that nobody can write to")
    def test_no_permission_is_told_before_anything_is_computed(
        self, capsys: Captured, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lightly(monkeypatch, _fail)
        assert compare("--out", "/proc/results") == 2
        captured = capsys.readouterr()
        assert captured.err.splitlines()[-1].startswith("ssa-sim: /proc/results: ")
        assert captured.out == ""

    @pytest.mark.usefixtures("light")
    def test_a_full_disk_is_one_message_and_the_same_command_goes_on(self, capsys: Captured) -> None:
        with full_disk("runs.parquet"):
            assert compare("--out", "kept") == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert "ssa-sim: kept: There is no space left on the disk." in captured.err
        assert "Traceback" not in captured.err
        assert compare("--out", "kept") == 0
        captured = capsys.readouterr()
        assert "Against 'baseline'" in captured.out
        assert len(load_results("kept").runs) == 24


class TestEnding:
    def test_an_interrupt_ends_with_130_and_the_same_command_goes_on(
        self, capsys: Captured, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lightly(monkeypatch, _interrupt)
        assert compare("--out", "kept", "--workers", "1") == 130
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.splitlines()[-1] == "Interrupted. 8 of 24 runs are done and kept."
        lightly(monkeypatch, stand_ins.simulate_lightly)
        assert compare("--out", "kept") == 0
        assert "Against 'baseline'" in capsys.readouterr().out

    def test_without_a_folder_nothing_is_kept_and_nothing_said_of_it(
        self, folder: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lightly(monkeypatch, _interrupt)
        assert compare("--json", "--workers", "1") == 130
        assert capsys.readouterr().err.splitlines()[-1] == "Interrupted."
        assert sorted(path.name for path in folder.iterdir()) == ["baseline.toml", "variant.toml"]

    def test_a_fault_of_the_program_is_one_line_unless_debugging(
        self, capsys: Captured, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(runner, "run", _raise)
        assert compare() == 1
        err = capsys.readouterr().err
        assert "ssa-sim: RuntimeError: a fault" in err
        assert "Traceback" not in err
        with pytest.raises(RuntimeError, match="a fault"):
            compare("--debug")

    def test_debug_shows_where_bad_input_was_found(self) -> None:
        with pytest.raises(ssa_sim.errors.InputError):
            main(["--debug", "run", "missing.toml"])

    def test_help_and_version(self, capsys: Captured) -> None:
        assert main(["--version"]) == 0
        assert capsys.readouterr().out.startswith("ssa-sim 0.")
        assert main(["--help"]) == 0
        out = capsys.readouterr().out
        assert all(command in out for command in ("run", "compare", "levers"))

    @pytest.mark.parametrize(
        ("command", "says"),
        [("workshop", "Language that the page opens in"), ("report", "Language of what is printed, drawn and written")],
    )
    def test_the_language_option_says_what_it_changes(self, command: str, says: str, capsys: Captured) -> None:
        assert main([command, "--help"]) == 0
        assert says in " ".join(capsys.readouterr().out.split())

    def test_python_m_ssa_sim_is_the_same(self) -> None:
        command = [sys.executable, "-m", "ssa_sim", "run", "missing.toml"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("ssa-sim: missing.toml: There is no such file")

    def test_a_terminal_that_cannot_show_accents_is_no_reason_to_stop(self) -> None:
        command = [sys.executable, "-m", "ssa_sim", "run", "baseline.toml", "--lang", "fr"]
        environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, env=environment)
        assert done.returncode == 0
        assert "Stages acheves" in done.stdout


class TestProgress:
    def test_lines_come_now_and_then_with_an_estimate(self, capsys: Captured) -> None:
        now = 0.0
        report = plain_lines("runs", clock=lambda: now)
        for time, done, failed in (
            (0.0, 0, 0),
            (2.0, 4, 0),
            (10.0, 20, 0),
            (12.0, 24, 1),
            (18.0, 36, 1),
            (130.0, 100, 1),
        ):
            now = time
            report(SweepProgress(done, 100, failed, 0))
        assert capsys.readouterr().err.splitlines() == [
            "20 of 100 runs (20%), 2 a second, about 40 s left",
            "36 of 100 runs (36%), 1 failed, 2 a second, about 32 s left",
            "100 runs done in 2 min, 1 failed.",
        ]

    def test_lines_come_less_and_less_often(self, capsys: Captured) -> None:
        """Down to one a minute."""
        now = 0.0
        report = plain_lines("runs", clock=lambda: now)
        for second in range(7200):
            now = float(second)
            report(SweepProgress(second, 100_000, 0, 0))
        lines = capsys.readouterr().err.splitlines()
        told = [int(line.split()[0]) for line in lines]
        assert told[:3] == [5, 13, 25]
        assert [later - sooner for sooner, later in pairwise(told[-5:])] == [60] * 4

    @pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
    def test_a_terminal_gets_a_bar(self) -> None:
        ours, theirs = pty.openpty()
        code = (
            "from ssa_sim.cli.progress import progress_display\nfrom ssa_sim.experiment.run.sweep import SweepProgress\n"
            "with progress_display('runs') as report:\n"
            "    report(SweepProgress(0, 8, 0, 0))\n    report(SweepProgress(3, 8, 0, 0))\n"
        )
        environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
        subprocess.run([sys.executable, "-c", code], stderr=theirs, timeout=120, check=True, env=environment)
        os.close(theirs)
        shown = os.read(ours, 100_000).decode(errors="replace")
        os.close(ours)
        assert "3/8" in shown
        assert "runs" in shown

    def test_json_has_no_number_that_json_lacks(self, capsys: Captured) -> None:
        print_json({"a": [float("nan"), float("inf"), 1.5], "b": pd.Series([2]).iloc[0], "c": {"d": None}})
        assert json.loads(capsys.readouterr().out) == {"a": [None, None, 1.5], "b": 2, "c": {"d": None}}


def _is_part_of_another(label: str) -> bool:
    """Whether a headline label contains this one, as "Soldiers" may stand in "Ready soldiers"."""
    return any(label in one.label_en for one in OUTCOMES if one.headline)


def _fail(*_: object, **__: object) -> None:
    raise RuntimeError("nothing works")


def _raise(*_: object, **__: object) -> None:
    raise RuntimeError("a fault")


def _interrupt(scenario: Scenario, changes: Mapping[str, float], *, seed: int, replicate: int) -> Any:
    """Somebody presses Ctrl-C in the fourth replicate."""
    if replicate == 3 and scenario.levers.training.course_weeks > 20:
        signal.raise_signal(signal.SIGINT)
    return stand_ins.simulate_lightly(scenario, changes, seed=seed, replicate=replicate)
