"""One run's inside: it is the run of `simulate` to the last bit, and its tables agree with the outcomes."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ssa_sim.cli import main
from ssa_sim.errors import InputError
from ssa_sim.experiment.keep.observation_folder import keep_observation, load_observation
from ssa_sim.experiment.keep.store import load_results
from ssa_sim.model.observation import TABLES, Observation, observe
from ssa_sim.model.simulate import simulate
from ssa_sim.model.state import KIT_TYPES, LINEAGES
from ssa_sim.scenario.schema import Scenario


@pytest.fixture(scope="module")
def small(baseline: Scenario) -> Scenario:
    return baseline.with_size(units=12)


@pytest.fixture(scope="module")
def seen(small: Scenario) -> Observation:
    return observe(small, seed=3, replicate=1)


class TestTheRun:
    def test_it_is_the_run_of_simulate_to_the_last_bit(self, baseline: Scenario) -> None:
        seen, run = observe(baseline, seed=7, replicate=2), simulate(baseline, seed=7, replicate=2)
        assert list(seen.monthly.columns) == list(run.monthly.columns)
        for name in run.monthly.columns:
            assert seen.monthly[name].to_numpy().tobytes() == run.monthly[name].to_numpy().tobytes(), name

    def test_chosen_months_hold_what_the_whole_run_held_then(self, small: Scenario, seen: Observation) -> None:
        months = [small.month_starts()[30], small.month_starts()[5]]
        few = observe(small, seed=3, replicate=1, months=months)
        for name in TABLES[:-1]:
            whole = getattr(seen, name)
            same = whole[whole["month"].isin(pd.to_datetime(months))].reset_index(drop=True)
            pd.testing.assert_frame_equal(getattr(few, name), same)
        pd.testing.assert_frame_equal(few.monthly, seen.monthly)

    def test_a_month_beyond_the_period_is_refused(self, small: Scenario) -> None:
        with pytest.raises(ValueError, match=r"1999-01 is not in the scenario's period\."):
            observe(small, months=[small.period.start.replace(year=1999, month=1)])


class TestTheTables:
    """Each table is held against the outcome that sums it up."""

    def by_month(self, seen: Observation, values: pd.Series, table: str) -> np.ndarray:
        months = getattr(seen, table)["month"]
        return values.groupby(months).sum().reindex(seen.monthly["month"], fill_value=0).to_numpy()

    def test_units(self, seen: Observation) -> None:
        units = seen.units
        assert len(units) == 12 * len(seen.monthly)
        assert (units["soldiers"] == units["together"] + units["elsewhere"] + units["untrained"]).all()
        for name, outcome in (("together", "trained_in_unit"), ("ghosts", "ghosts")):
            assert self.by_month(seen, units[name], "units") == pytest.approx(seen.monthly[outcome]), name
        ready = self.by_month(seen, units["readiness"] * units["soldiers"], "units")
        assert ready == pytest.approx(seen.monthly["ready_soldiers"])
        held = sum(self.by_month(seen, units[f"kit_held_{kit}"], "units") for kit in range(KIT_TYPES))
        assert held == pytest.approx(seen.monthly["vehicles"])
        assert sum(units[f"doctrine_{lineage}"] for lineage in range(LINEAGES)).to_numpy() == pytest.approx(1.0)
        out = self.by_month(seen, (units["status"] == "operations").astype(int), "units")
        assert out / 12 == pytest.approx(seen.monthly["on_operations"])

    def test_projects_and_donors(self, seen: Observation) -> None:
        projects, donors = seen.projects, seen.donors
        running = self.by_month(seen, pd.Series(1, index=projects.index), "projects")
        assert running == pytest.approx(seen.monthly["active_projects"])
        duplicates = self.by_month(seen, projects["duplicate"].astype(int), "projects")
        share = seen.monthly["duplication"]
        assert (duplicates / np.maximum(running, 1))[share.notna()] == pytest.approx(share[share.notna()])
        assert self.by_month(seen, donors["active"].astype(int), "donors") == pytest.approx(
            seen.monthly["active_partners"]
        )
        assert self.by_month(seen, donors["projects"], "donors") == pytest.approx(running)
        assert set(projects["profile"]) <= {profile.name for profile in seen.profiles}

    def test_zones_and_mission(self, seen: Observation) -> None:
        for zone in ("north", "centre", "south"):
            rows = seen.zones[seen.zones["zone"] == zone]
            for name in ("threat", "deaths", "trust", "approval", "state_presence"):
                assert rows[name].to_numpy() == pytest.approx(seen.monthly[f"{name}_{zone}"]), name
        assert seen.mission["completions"].to_numpy() == pytest.approx(seen.monthly["completions"])
        assert seen.mission["contingent"].to_numpy() == pytest.approx(seen.monthly["contingents"])


class TestTheFolder:
    def test_what_is_kept_comes_back(self, small: Scenario, seen: Observation, tmp_path: Path) -> None:
        first = keep_observation(seen, small, tmp_path / "seen")
        again = keep_observation(seen, small, tmp_path / "seen")
        assert again == first
        back = load_observation(tmp_path / "seen")
        assert (back.title, back.seed, back.replicate, back.profiles) == (small.title, 3, 1, seen.profiles)
        for name, table in seen.tables().items():
            pd.testing.assert_frame_equal(back.tables()[name], table, check_dtype=False, check_exact=True)
        content = json.loads((tmp_path / "seen" / "manifest.json").read_text(encoding="utf-8"))
        assert content["kind"] == "ssa_sim observation"
        assert content["scenario"]["identity"] == small.identity()
        assert content["digest"] == first.digest

    def test_what_was_changed_or_is_something_else_is_refused(
        self, small: Scenario, seen: Observation, tmp_path: Path
    ) -> None:
        folder = tmp_path / "seen"
        keep_observation(seen, small, folder)
        with pytest.raises(InputError, match="holds 'ssa_sim observation', not the results of runs"):
            load_results(folder)
        with pytest.raises(InputError, match="holds other results"):
            keep_observation(observe(small, seed=4), small, folder)
        (folder / "zones.parquet").write_bytes(b"changed")
        with pytest.raises(InputError, match=r"zones\.parquet.*missing or has been changed"):
            load_observation(folder)
        (tmp_path / "other").mkdir()
        (tmp_path / "other" / "note.txt").write_text("mine", encoding="utf-8")
        with pytest.raises(InputError, match="holds other files"):
            keep_observation(seen, small, tmp_path / "other")
        assert (tmp_path / "other" / "note.txt").exists()


class TestTheCommand:
    def test_it_keeps_the_months_asked_for(
        self, small_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        arguments = ["observe", str(small_file), "--month", "2014-05", "--month", "2013-02", "--json"]
        assert main([*arguments, "--out", str(tmp_path / "seen")]) == 0
        made = json.loads(capsys.readouterr().out)
        assert made["rows"]["zones"] == 6
        assert sorted(load_observation(tmp_path / "seen").zones["month"].unique()) == [
            pd.Timestamp("2013-02-01"),
            pd.Timestamp("2014-05-01"),
        ]

    def test_months_and_seeds_that_are_none_are_refused(
        self, small_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for wrong in (["--month", "2031-01"], ["--month", "May"], ["--seed", "-1"]):
            assert main(["observe", str(small_file), *wrong, "--out", str(tmp_path / "none")]) == 2
            assert "Allowed: " in capsys.readouterr().err
        assert not (tmp_path / "none").exists()


@pytest.fixture
def small_file(tmp_path: Path) -> Path:
    path = tmp_path / "small.toml"
    path.write_text(
        'title = "Small"\n[size]\nunits = 6\n[period]\nstart = 2013-02-01\nend = 2014-08-01\n', encoding="utf-8"
    )
    return path
