"""What is planned: names, identities, and experiment files with the messages that broken ones give."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssa_sim.experiment.ask.design import Axis, Design, listed_design
from ssa_sim.experiment.ask.file import is_experiment_file, load_experiment
from ssa_sim.experiment.ask.outcome_names import known_outcomes
from ssa_sim.experiment.ask.plan import (
    Experiment,
    NamedScenario,
    Precision,
    experiment_from_scenarios,
    unique_names,
)
from stand_ins import small_experiment, small_scenario

SCENARIO = 'title = "One"\n[period]\nstart = 2013-02-01\nend = 2013-08-01\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.toml").write_text(SCENARIO)
    (tmp_path / "two.toml").write_text(
        'title = "Two"\nextends = "one.toml"\n[levers]\n"training.course_weeks" = 24.0\n'
    )
    return tmp_path


def write(folder: Path, text: str) -> Path:
    path = folder / "experiment.toml"
    path.write_text(text)
    return path


def weeks(*values: float) -> Design:
    """A design over the length of courses."""
    return listed_design(
        [Axis("levers", "training.course_weeks", values)], np.arange(len(values), dtype=float)[:, None]
    )


class TestIdentity:
    def test_the_experiments_identity_ignores_words_and_follows_the_rest(self) -> None:
        reference = small_experiment()
        renamed = Experiment("Another title", reference.scenarios, replications=8)
        assert renamed.identity() == reference.identity()
        changed = [
            small_experiment(replications=9),
            small_experiment(seed=1),
            small_experiment(first_replicate=1),
            small_experiment(monthly="none"),
            small_experiment(outcomes=("readiness",)),
            Experiment("Small", reference.scenarios[::-1], replications=8),
            small_experiment(design=weeks(6.0, 12.0)),
            small_experiment(design=weeks(6.0, 18.0)),
            small_experiment(replications=10, precision=Precision("readiness", 0.01)),
            small_experiment(replications=10, precision=Precision("readiness", 0.02)),
        ]
        assert len({reference.identity(), *(one.identity() for one in changed)}) == 11

    def test_scenarios_that_are_the_same_are_found(self) -> None:
        names = ("a", "b", "c")
        scenarios = (
            small_scenario(),
            small_scenario("Other words"),
            small_scenario(training__course_weeks=3.0),
        )
        experiment = Experiment("", tuple(map(NamedScenario, names, scenarios)))
        assert experiment.same_scenarios() == (("a", "b"),)


class TestNames:
    def test_stems_then_folders_then_numbers(self) -> None:
        paths = ["x/base.toml", "y/base.toml", "y/base.toml", "y/other.toml"]
        assert unique_names([Path(path) for path in paths]) == ["x/base", "y/base", "y/base_2", "other"]

    @given(st.lists(st.sampled_from(["a", "a_2", "a_2_2", "b"]), min_size=1, max_size=12))
    def test_names_never_repeat(self, stems: list[str]) -> None:
        names = unique_names([Path(f"{stem}.toml") for stem in stems])
        assert len(set(names)) == len(stems)


class TestExperimentFile:
    def test_paths_are_relative_to_the_file_and_settings_are_read(self, folder: Path) -> None:
        path = write(
            folder,
            'title = "T"\nscenarios = ["one.toml", "two.toml"]\nreplications = 7\nseed = 5\n'
            '[output]\noutcomes = ["completions", "readiness"]\nmonthly = "none"\n',
        )
        experiment = load_experiment(path)
        assert experiment.scenario_names == ("one", "two")
        assert (experiment.replications, experiment.seed, experiment.monthly) == (7, 5, "none")
        assert experiment.outcomes == ("completions", "readiness")
        assert experiment.scenarios[1].scenario.levers.training.course_weeks == 24.0

    def test_defaults_keep_every_outcome(self, folder: Path) -> None:
        experiment = load_experiment(write(folder, 'title = "T"\nscenarios = ["one.toml"]\n'))
        assert (experiment.replications, experiment.seed, experiment.monthly) == (100, 2013, "summary")
        assert experiment.outcomes == known_outcomes()

    def test_the_command_line_goes_before_the_file(self, folder: Path) -> None:
        path = write(folder, 'title = "T"\nscenarios = ["one.toml"]\nreplications = 7\n')
        experiment = load_experiment(path, replications=3, seed=1)
        assert (experiment.replications, experiment.seed) == (3, 1)

    def test_replicates_can_begin_later(self, folder: Path) -> None:
        text = 'title = "T"\nscenarios = ["one.toml"]\nreplications = 3\nfirst_replicate = 100\n'
        experiment = load_experiment(write(folder, text))
        assert experiment.replicates == range(100, 103)
        assert load_experiment(write(folder, text), replications=5).replicates == range(100, 105)
        assert load_experiment(write(folder, text.replace("100", "0"))).replicates == range(3)

    def test_experiment_files_are_told_from_scenario_files(self, folder: Path) -> None:
        assert is_experiment_file(write(folder, "scenarios = []\n"))
        assert not is_experiment_file(folder / "one.toml")
        assert not is_experiment_file(folder / "missing.toml")
        assert not is_experiment_file(folder)

    def test_from_scenario_files(self, folder: Path) -> None:
        experiment = experiment_from_scenarios([folder / "one.toml", folder / "two.toml"], replications=4)
        assert experiment.title == "one / two"
        assert experiment.months == 6
