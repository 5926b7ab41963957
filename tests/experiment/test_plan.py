"""What is planned: names, identities, and experiment files with the messages that broken ones give."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssa_sim.errors import InputError
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


class TestWhatCannotBePlanned:
    @pytest.mark.parametrize(
        ("settings", "message"),
        [
            ({"replications": 0}, "replications = 0"),
            ({"replications": 100_001}, "from 1 to 100000"),
            ({"replications": True}, "replications = True"),
            ({"seed": -1}, "seed = -1"),
            ({"seed": 2**63}, "seed = 9223372036854775808"),
            ({"outcomes": ()}, "at least one outcome"),
            ({"outcomes": ("readines",)}, 'no outcome "readines". Did you mean "readiness"?'),
            ({"outcomes": ("readiness", "readiness")}, "twice"),
            ({"monthly": "some"}, "summary, all, none"),
            ({"precision": Precision("readiness", 0.1), "design": weeks(6.0)}, "no [design]"),
            ({"replications": 9, "precision": Precision("readiness", 0.1)}, "first = 10 and more"),
            ({"replications": 20, "precision": Precision("readiness", 0.1, maximum=19)}, "maximum = 19"),
            ({"replications": 20, "precision": Precision("readiness", 0.0)}, "half_width = 0.0 is no width"),
            ({"replications": 20, "precision": Precision("readiness", float("nan"))}, "half_width = nan is no width"),
            ({"replications": 20, "precision": Precision("readiness", 0.1, confidence=1.0)}, "0.5 to below 1"),
            ({"replications": 20, "precision": Precision("readiness", 0.1, "baseline")}, "Allowed: variant"),
            ({"replications": 20, "precision": Precision("deaths", 0.1), "outcomes": ("readiness",)}, "those kept"),
        ],
    )
    def test_one_clear_message(self, settings: dict[str, object], message: str) -> None:
        with pytest.raises(InputError) as caught:
            small_experiment(**settings)  # type: ignore[arg-type]
        assert message in str(caught.value)

    def test_no_scenario(self) -> None:
        with pytest.raises(InputError, match="at least one scenario"):
            Experiment("", ())

    def test_scenarios_of_different_months_cannot_be_compared(self) -> None:
        longer = small_scenario().with_period(end=date(2014, 1, 1))
        with pytest.raises(InputError, match=r"'a' \(2013-02 to 2013-07\) and 'b' \(2013-02 to 2013-12\)"):
            Experiment("", (NamedScenario("a", small_scenario()), NamedScenario("b", longer)))


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

    @pytest.mark.parametrize(
        ("text", "parts"),
        [
            ("", ["missing", "title", "scenarios"]),
            ('title = "T"\nscenarios = []\n', ["line 2", "scenarios"]),
            ('title = "T"\nscenarios = "one.toml"\n', ["line 2", "scenarios"]),
            ('title = "T"\nscenarios = ["one.toml", 3]\n', ["line 2", "scenarios"]),
            ('title = "T"\nscenario = ["one.toml"]\n', ["line 2", 'Did you mean "scenarios"?']),
            ('title = "T"\nscenarios = ["one.toml"]\nreplications = 0\n', ["line 3", "whole number from 1"]),
            ('title = "T"\nscenarios = ["one.toml"]\nreplications = "9"\n', ["line 3", "without quotes"]),
            ('title = "T"\nscenarios = ["one.toml"]\nseed = 1.5\n', ["line 3", "whole number"]),
            ('title = "T"\nscenarios = ["one.toml"]\nfirst_replicate = -1\n', ["line 3", "whole number from 0"]),
            ('title = "T"\nscenarios = ["one.toml"]\nfirst_replicate = 0.5\n', ["line 3", "whole number from 0"]),
            (f'title = "T"\nscenarios = ["one.toml"]\nfirst_replicate = {2**63 - 1}\n', ["line 3", "too high"]),
            ('title = "T"\nscenarios = ["one.toml"]\nfirst_replication = 1\n', ["line 3", '"first_replicate"?']),
            ('title = "T"\nscenarios = ["one.toml"]\nseed = true\n', ["line 3", "number is needed"]),
            ('title = "T"\nscenarios = ["one.toml"]\nmonthly = "all"\n', ["line 3", "under [output]"]),
            ('title = "T"\nscenarios = ["one.toml"]\n[levers]\n', ["line 3", "belongs in a scenario file"]),
            (
                'title = "T"\nscenarios = ["one.toml"]\n[output]\nmonthly = "sumary"\n',
                ["line 4", 'Did you mean "summary"?'],
            ),
            ('title = "T"\nscenarios = ["one.toml"]\n[output]\noutcome = []\n', ["line 4", '"outcomes"?']),
            ('title = "T"\nscenarios = ["one.toml"]\n[output]\noutcomes = ["x"]\n', ['no outcome "x"']),
            ('title = "T"\nscenarios = ["on.toml"]\n', ["on.toml", "no such file", '"one.toml"?']),
            ('title = "T\n', ["line 1"]),
        ],
    )
    def test_broken_files_say_where_and_what(self, folder: Path, text: str, parts: list[str]) -> None:
        path = write(folder, text)
        with pytest.raises(InputError) as caught:
            load_experiment(path)
        for part in [*parts, str(folder)]:
            assert part in str(caught.value)

    def test_several_faults_are_told_together(self, folder: Path) -> None:
        path = write(folder, 'scenarios = ["one.toml"]\nreplications = -1\nsed = 4\n')
        with pytest.raises(InputError) as caught:
            load_experiment(path)
        assert all(part in str(caught.value) for part in ["missing", "title", "line 2", 'mean "seed"?'])

    def test_experiment_files_are_told_from_scenario_files(self, folder: Path) -> None:
        assert is_experiment_file(write(folder, "scenarios = []\n"))
        assert not is_experiment_file(folder / "one.toml")
        assert not is_experiment_file(folder / "missing.toml")
        assert not is_experiment_file(folder)

    def test_from_scenario_files(self, folder: Path) -> None:
        experiment = experiment_from_scenarios([folder / "one.toml", folder / "two.toml"], replications=4)
        assert experiment.title == "one / two"
        assert experiment.months == 6
