"""Replications until an interval is narrow enough: Stein's stages, by themselves and in real sweeps."""

import json
import math
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from ssa_sim.cli import main
from ssa_sim.cli.sweep import _print_precision
from ssa_sim.experiment.ask.file import load_experiment
from ssa_sim.experiment.ask.plan import Precision
from ssa_sim.experiment.keep.manifest import Manifest, read_manifest
from ssa_sim.experiment.keep.status import status_of
from ssa_sim.experiment.keep.store import load_results
from ssa_sim.experiment.run.settings import RunSettings
from ssa_sim.experiment.run.stages import first_stage
from ssa_sim.experiment.run.stopping import Stage, after_all_stages, after_first_stage, replications_to_add
from ssa_sim.experiment.run.sweep import SweepProgress, sweep
from ssa_sim.scenario.schema import Scenario
from stand_ins import nothing, simulate_lightly, small_experiment

Floats = np.ndarray[Any, np.dtype[np.float64]]
TIMES = 4000
"""Simulated experiments of each kind."""

ROOT = Path(__file__).resolve().parents[2]
Captured = pytest.CaptureFixture[str]


def all_stages(precision: Precision, n0: int, draw: Any) -> tuple[int, float, float]:
    """One experiment: replications in all, and mean and half width of the interval.

    Args:
        precision: what is asked.
        n0: replications of the first stage.
        draw: gives so many differences more.
    """
    found = draw(n0)
    stages = after_first_stage(precision, np.zeros(n0), {"variant": found})
    while more := replications_to_add(precision, stages, np.zeros(len(found)), {"variant": found}):
        found = np.concatenate([found, draw(more)])
    (interval,) = after_all_stages(stages, np.zeros(len(found)), {"variant": found})
    return len(found), interval.mean, interval.half_width


def coverage(precision: Precision, n0: int, draw: Any, mean: float) -> tuple[float, float, float]:
    """Over many experiments: how often mean +- half width covers the mean, how often +- d does, and replications on average."""
    made = np.array([all_stages(precision, n0, draw) for _ in range(TIMES)])
    errors = np.abs(made[:, 1] - mean)
    return (
        float(np.mean(errors <= made[:, 2])),
        float(np.mean(errors <= precision.half_width)),
        float(made[:, 0].mean()),
    )


def binomial_error(confidence: float) -> float:
    """What coverage may miss by chance, once in a thousand times."""
    return float(stats.norm.ppf(0.999)) * math.sqrt(confidence * (1.0 - confidence) / TIMES)


class TestCoverage:
    @pytest.mark.parametrize(
        ("n0", "ratio", "confidence"),
        [(10, 0.3, 0.95), (10, 0.1, 0.95), (10, 3.0, 0.95), (50, 0.2, 0.95), (50, 0.15, 0.90), (20, 0.2, 0.99)],
    )
    def test_of_normal_differences_is_exactly_what_was_asked(self, n0: int, ratio: float, confidence: float) -> None:
        """`ratio` is the half width over the standard deviation; 3 is reached by the first stage."""
        rng = np.random.default_rng([n0, round(1000 * ratio)])
        precision = Precision("readiness", half_width=2.5 * ratio, confidence=confidence, maximum=100_000)
        own, asked, _ = coverage(precision, n0, lambda n: rng.normal(7.0, 2.5, n), 7.0)
        assert abs(own - confidence) < binomial_error(confidence)
        assert asked > confidence - binomial_error(confidence)

    def test_holds_where_the_maximum_cuts_it_short(self) -> None:
        rng = np.random.default_rng(2)
        precision = Precision("readiness", half_width=0.1, maximum=60)
        own, asked, average = coverage(precision, 20, lambda n: rng.normal(0.0, 1.0, n), 0.0)
        assert average == 60.0
        assert abs(own - 0.95) < binomial_error(0.95)
        assert asked < 0.7

    def test_of_looking_again_and_again_is_less(self) -> None:
        """Why the rule has two stages: stopping as soon as the interval happens to be narrow covers less than it says."""
        rng = np.random.default_rng(3)
        covered = 0
        for _ in range(2000):
            found = rng.normal(0.0, 1.0, 200)
            n = np.arange(1, 201)
            means = np.cumsum(found) / n
            with np.errstate(invalid="ignore", divide="ignore"):
                spread = np.sqrt((np.cumsum(found**2) - n * means**2) / (n - 1))
                is_narrow = (stats.t.ppf(0.975, n - 1) * spread / np.sqrt(n) <= 0.5) & (n >= 3)
            covered += abs(means[np.argmax(is_narrow)]) <= 0.5
        assert covered / 2000 < 0.95 - binomial_error(0.95)

    @pytest.mark.parametrize(
        ("n0", "sigma", "least", "most"), [(50, 0.5, 0.92, 0.95), (50, 1.0, 0.85, 0.90), (200, 1.0, 0.90, 0.94)]
    )
    def test_of_skewed_differences_is_less(self, n0: int, sigma: float, least: float, most: float) -> None:
        """Log-normal differences, of skewness 1.8 and 6.2; 50 is the default first stage. `docs/sweeps.md` warns of it."""
        rng = np.random.default_rng(4)
        mean, variance = math.exp(sigma**2 / 2), (math.exp(sigma**2) - 1) * math.exp(sigma**2)
        precision = Precision("readiness", half_width=0.1 * math.sqrt(variance))
        own, _, _ = coverage(precision, n0, lambda n: rng.lognormal(0.0, sigma, n), mean)
        assert least < own < most

    def test_of_the_widest_of_several_differences(self) -> None:
        """N is the largest that any of them calls for; each one's interval still covers as it says."""
        rng = np.random.default_rng(5)
        precision = Precision("readiness", half_width=0.4, maximum=10_000)
        covered = np.zeros(2)
        for _ in range(TIMES):
            first = rng.normal(0.0, 1.0, 15)
            others = {"a": first + rng.normal(1.0, 1.0, 15), "b": first + rng.normal(2.0, 1.2, 15)}
            stages = after_first_stage(precision, first, others)
            rest = replications_to_add(precision, stages, first, others)
            first = np.concatenate([first, rng.normal(0.0, 1.0, rest)])
            others = {
                "a": np.concatenate([others["a"], first[15:] + rng.normal(1.0, 1.0, rest)]),
                "b": np.concatenate([others["b"], first[15:] + rng.normal(2.0, 1.2, rest)]),
            }
            assert replications_to_add(precision, stages, first, others) == 0
            intervals = after_all_stages(stages, first, others)
            covered += [abs(each.mean - true) <= each.half_width for each, true in zip(intervals, (1, 2), strict=True)]
        assert np.all(np.abs(covered / TIMES - 0.95) < binomial_error(0.95))


class TestRule:
    def test_it_is_steins(self) -> None:
        """n0 = 10, s = 2, d = 0.5, t of 9 degrees of freedom = 2.262157: (2.262157 * 2 / 0.5)^2 = 81.88."""
        found = np.array([-1.0, 1.0] * 5) * 2.0 * math.sqrt(9 / 10)
        (stage,) = after_first_stage(Precision("readiness", 0.5), np.zeros(10), {"v": found})
        assert (stage.pairs, stage.needed) == (10, 82)
        assert stage.spread == pytest.approx(2.0)
        assert stage.reach == pytest.approx(2.262157 * 2.0, rel=1e-6)

    def test_the_width_asked_is_reached(self) -> None:
        rng = np.random.default_rng(6)
        for half_width in rng.uniform(0.01, 3.0, 200):
            precision = Precision("readiness", half_width, maximum=100_000)
            _, _, half = all_stages(precision, 12, lambda n: rng.normal(0.0, 1.0, n))
            assert half <= half_width * (1.0 + 1e-12)

    def test_no_difference_at_all_needs_the_first_stage_only(self) -> None:
        (stage,) = after_first_stage(Precision("readiness", 0.5), np.ones(10), {"v": np.ones(10)})
        assert (stage.needed, stage.reach) == (10, 0.0)

    def test_a_width_next_to_nothing_comes_to_the_maximum(self) -> None:
        (stage,) = after_first_stage(Precision("readiness", 1e-300, maximum=500), np.zeros(10), {"v": np.arange(10.0)})
        assert stage.needed == 500


def with_gaps(rng: np.random.Generator, share: float, mean: float = 1.0) -> Any:
    """Draws normal differences, of which a share is missing by chance."""
    return lambda n: np.where(rng.random(n) < share, np.nan, rng.normal(mean, 1.0, n))


class TestMissingPairs:
    def test_the_first_stage_fixes_the_number_of_pairs(self) -> None:
        """Degrees of freedom are those of the pairs."""
        found = np.array([-1.0, 1.0, np.nan, 1.0, -1.0, -1.0, 1.0, np.nan])
        (stage,) = after_first_stage(Precision("readiness", 0.5), np.zeros(8), {"v": found})
        spread = np.std([-1, 1, 1, -1, -1, 1], ddof=1)
        assert (stage.pairs, stage.needed) == (6, math.ceil((stats.t.ppf(0.975, 5) * spread / 0.5) ** 2))

    def test_as_many_replications_are_added_as_will_most_likely_give_them(self) -> None:
        """24 of 32 gave a pair and 6 are missing: 8 on average, and two standard deviations of sqrt(6 * 0.25) / 0.75."""
        stage = Stage("v", 24, 1.0, 0.0, 30, 3.0)
        found = np.where(np.arange(32) < 24, 1.0, np.nan)
        precision = Precision("readiness", 0.5, maximum=1000)
        assert replications_to_add(precision, [stage], np.zeros(32), {"v": found}) == math.ceil(8 + 3.27)
        assert replications_to_add(precision, [stage], np.zeros(30), {"v": np.ones(30)}) == 0
        assert replications_to_add(precision, [stage], np.zeros(24), {"v": np.ones(24)}) == 6

    def test_no_more_than_the_maximum_are_made(self) -> None:
        stage = Stage("v", 24, 1.0, 0.0, 30, 3.0)
        found = np.where(np.arange(32) < 24, 1.0, np.nan)
        for maximum, more in ((36, 4), (32, 0)):
            precision = Precision("readiness", 0.5, maximum=maximum)
            assert replications_to_add(precision, [stage], np.zeros(32), {"v": found}) == more

    @pytest.mark.parametrize(("share", "cost"), [(0.1, 1.2), (0.5, 1.7)])
    def test_the_width_is_reached(self, share: float, cost: float) -> None:
        """However many are missing in later stages, while the maximum leaves room; and not for much more than is needed: of 20
        replications that give 10 pairs, the variance and the share are known that much worse."""
        rng = np.random.default_rng(8)
        precision = Precision("readiness", 0.2, maximum=100_000)
        made = np.array([all_stages(precision, 20, with_gaps(rng, share)) for _ in range(500)])
        assert np.all(made[:, 2] <= 0.2 * (1.0 + 1e-12))
        pairs = np.array([all_stages(precision, 20, with_gaps(rng, 0.0))[0] for _ in range(500)])
        assert made[:, 0].mean() < cost * pairs.mean() / (1.0 - share)

    def test_the_interval_is_that_of_the_pairs_there_are(self) -> None:
        stage = Stage("v", 6, 1.0, 0.0, 100, 3.0)
        first, other = np.zeros(4), np.array([1.0, np.nan, 2.0, 3.0])
        first[3] = np.nan
        (interval,) = after_all_stages([stage], first, {"v": other})
        assert (interval.pairs, interval.mean, interval.half_width) == (2, 1.5, 3.0 / math.sqrt(2))

    @pytest.mark.parametrize("share", [0.1, 0.3])
    def test_coverage_holds_where_they_are_missing_by_chance(self, share: float) -> None:
        draw = with_gaps(np.random.default_rng(7), share)
        own, asked, _ = coverage(Precision("readiness", 0.25), 20, draw, 1.0)
        assert abs(own - 0.95) < binomial_error(0.95)
        assert asked > 0.95 - binomial_error(0.95)

    @pytest.mark.parametrize("pairs", [0, 1])
    def test_without_a_variance_there_is_no_interval(self, pairs: int) -> None:
        found = np.full(10, np.nan)
        found[:pairs] = 1.0
        precision = Precision("readiness", 0.25, maximum=50)
        stages = after_first_stage(precision, np.zeros(10), {"v": found})
        assert replications_to_add(precision, stages, np.zeros(10), {"v": found}) == 40
        (interval,) = after_all_stages(stages, np.zeros(10), {"v": found})
        assert (interval.pairs, math.isnan(interval.half_width)) == (pairs, True)


BASELINE = """\
title = "Small"
[period]
start = 2013-02-01
end = 2014-04-01
[size]
units = 3
"""
EXPERIMENT = """\
title = "Until it is known"
scenarios = ["baseline.toml", "variant.toml"]
seed = 7
[replications]
outcome = "completions"
half_width = 10.0
first = 20
maximum = 2000
[output]
outcomes = ["readiness", "completions"]
"""


def write_files(folder: Path) -> None:
    (folder / "baseline.toml").write_text(BASELINE)
    (folder / "variant.toml").write_text('extends = "baseline.toml"\n[levers]\n"training.course_weeks" = 24\n')
    (folder / "experiment.toml").write_text(EXPERIMENT)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_files(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="class")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    """Of the experiment in one go."""
    place = tmp_path_factory.mktemp("whole")
    write_files(place)
    sweep(load_experiment(place / "experiment.toml"), place / "results", RunSettings(workers=1))
    return read_manifest(place / "results")


@pytest.mark.long
class TestSweep:
    def test_the_second_stage_makes_what_the_first_one_calls_for(self, folder: Path, capsys: Captured) -> None:
        (folder / "experiment.toml").write_text(f'{EXPERIMENT}monthly = "all"\n')
        assert main(["sweep", "experiment.toml", "--out", "results", "--json"]) == 0
        printed = json.loads(capsys.readouterr().out)
        results = load_results("results")
        difference = results.values("variant", "completions") - results.values("baseline", "completions")
        spread = np.std(difference[:20], ddof=1)
        reach = stats.t.ppf(0.975, 19) * spread
        needed = math.ceil((reach / 10.0) ** 2)
        assert 20 < needed < 2000
        assert len(difference) == printed["replications"] == needed
        (interval,) = printed["precision"]["intervals"]
        assert interval["pairs"] == needed
        assert interval["mean"] == pytest.approx(difference.mean())
        assert interval["half_width"] == pytest.approx(reach / math.sqrt(needed))
        assert sorted(results.runs["replicate"].unique()) == list(range(needed))
        assert results.trajectories is not None
        assert len(results.trajectories) == 2 * needed * 14

        assert main(["sweep", "experiment.toml", "--out", "results"]) == 0
        out = capsys.readouterr().out
        assert f"{needed} replications, 95% intervals (Stein 1945):" in out
        assert f"({needed} pairs; ± 10 asked: reached)" in out
        assert "some runs gave no pair" not in out

    @pytest.mark.parametrize("when", ["in the first stage", "between the stages", "in the second stage"])
    def test_interrupted_and_gone_on_with_it_comes_to_the_same(self, folder: Path, when: str, whole: Manifest) -> None:
        experiment = load_experiment("experiment.toml")
        first = first_stage(experiment).n_runs
        limit = {"in the first stage": first // 2, "between the stages": first, "in the second stage": first + 1}[when]

        def pull(standing: SweepProgress) -> None:
            if standing.done >= limit:
                raise PulledPlugError

        with pytest.raises(PulledPlugError):
            sweep(experiment, folder / "parts", RunSettings(workers=1), progress=pull)
        found = status_of(folder / "parts")
        assert limit <= found.done < whole.counts.planned
        assert found.planned in (first, whole.counts.planned)
        standing = sweep(experiment, folder / "parts", RunSettings(workers=1))
        assert standing.found == found.done
        again = read_manifest(folder / "parts")
        assert again.digest == whole.digest
        assert again.provenance["precision"] == whole.provenance["precision"]

    def test_it_says_where_the_maximum_was_not_enough(self, folder: Path, capsys: Captured) -> None:
        text = EXPERIMENT.replace("maximum = 2000", "maximum = 12").replace("first = 20", "first = 10")
        (folder / "experiment.toml").write_text(text)
        assert main(["sweep", "experiment.toml", "--out", "results", "--workers", "1"]) == 0
        assert "(12 pairs; ± 10 asked: NOT reached within 12 replications)" in capsys.readouterr().out
        assert len(load_results("results").runs) == 24

    def test_it_says_where_there_are_no_pairs(self, folder: Path, capsys: Captured) -> None:
        """Nobody takes part in a course of a mission that is not there."""
        (folder / "baseline.toml").write_text(f'{BASELINE}[levers]\n"training.mission" = false\n')
        text = EXPERIMENT.replace('"completions"', '"retention_at_retraining"').replace(
            "maximum = 2000", "maximum = 30"
        )
        (folder / "experiment.toml").write_text(text)
        assert main(["sweep", "experiment.toml", "--out", "results", "--workers", "1"]) == 0
        assert "variant: retention_at_retraining has too few pairs in the first stage" in capsys.readouterr().out

    def test_the_plan_says_that_more_may_come(self, folder: Path, capsys: Captured) -> None:
        assert main(["sweep", "experiment.toml", "--dry-run"]) == 0
        out = capsys.readouterr().out
        assert "20 at first, at most 2000 (until completions is known to ± 10)" in out
        assert "40 in 20 shards" in out

    def test_replications_on_the_command_line_are_a_number(self, folder: Path) -> None:
        assert main(["sweep", "experiment.toml", "--out", "results", "--workers", "1", "--replications", "3"]) == 0
        assert len(load_results("results").runs) == 6


def gappy(scenario: Scenario, changes: Mapping[str, float], *, seed: int, replicate: int) -> Any:
    """A stand-in for the model: retention is normal, and not defined in a tenth of the runs."""
    rng = np.random.default_rng([seed, replicate, round(scenario.levers.training.course_weeks)])
    history = simulate_lightly(scenario, changes, seed=seed, replicate=replicate)
    history["retention_at_retraining"] = np.nan if rng.random() < 0.1 else rng.normal()
    return history


class PulledPlugError(BaseException):
    """Ends a sweep where it stands."""


class TestGaps:
    EXPERIMENT = small_experiment(
        20,
        seed=18,
        outcomes=("retention_at_retraining",),
        monthly="none",
        precision=Precision("retention_at_retraining", half_width=0.25),
    )
    SETTINGS = RunSettings(workers=1, simulate=gappy, prepare=nothing)

    def test_it_goes_on_until_there_are_the_pairs_that_the_width_takes(self, tmp_path: Path, capsys: Captured) -> None:
        sweep(self.EXPERIMENT, tmp_path / "whole", self.SETTINGS)
        manifest = read_manifest(tmp_path / "whole")
        made = manifest.experiment.replications
        (stage,), (interval,) = (manifest.provenance["precision"][name] for name in ("first_stage", "intervals"))
        results = load_results(tmp_path / "whole")
        base, variant = (results.values(name, "retention_at_retraining") for name in results.scenario_names)
        assert sorted(results.runs["replicate"]) == sorted([*range(made), *range(made)])
        assert stage["needed"] <= interval["pairs"] == np.isfinite(variant - base).sum() < made
        assert interval["mean"] == pytest.approx(np.nanmean(variant - base))
        assert interval["half_width"] == pytest.approx(stage["reach"] / math.sqrt(interval["pairs"]))
        assert interval["half_width"] <= 0.25
        _print_precision(manifest.provenance["precision"], manifest.experiment)
        out = capsys.readouterr().out
        assert out.startswith(f"{made} replications, ")
        assert f"({interval['pairs']} pairs, since some runs gave no pair; ± 0.25 asked: reached)" in out

    def test_interrupted_again_and_again_it_comes_to_the_same(self, tmp_path: Path) -> None:
        """In every one of three stages and between them."""
        plans: set[int] = set()
        sweep(self.EXPERIMENT, tmp_path / "whole", self.SETTINGS, progress=lambda standing: plans.add(standing.planned))
        whole = read_manifest(tmp_path / "whole")
        assert len(plans) == 3

        def pull(standing: SweepProgress) -> None:
            if standing.done - standing.found >= 20:
                raise PulledPlugError
            if standing.done == standing.found:
                found = status_of(tmp_path / "parts")
                assert found.done <= found.planned
            assert standing.done <= standing.planned

        interruptions = 0
        while interruptions == 0 or not status_of(tmp_path / "parts").is_complete:
            with suppress(PulledPlugError):
                sweep(self.EXPERIMENT, tmp_path / "parts", self.SETTINGS, progress=pull)
            interruptions += 1
        assert interruptions > 10
        again = read_manifest(tmp_path / "parts")
        assert again.digest == whole.digest
        assert again.provenance["precision"] == whole.provenance["precision"]
