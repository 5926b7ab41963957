"""Indices against functions whose indices are known, through the tables of a sweep; gaps, chance, convergence, the command."""

import json
import math
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import ssa_sim.experiment.keep.store as store
from sampled_results import PATHS, results_of, uncertain
from ssa_sim.analysis.convergence import convergence, ranking_change
from ssa_sim.analysis.point_chance import chance_share
from ssa_sim.analysis.sensitivity import Sensitivity, sensitivity
from ssa_sim.cli import main
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import Axis, make_design
from ssa_sim.experiment.keep.results import Results
from ssa_sim.telling.sensitivity import notes

LEVER = Axis("levers", "training.course_weeks", None, 4.0, 24.0)
CROSSED = Axis("levers", "coordination.regime", ("none", "binding"))


def ishigami(x: np.ndarray) -> np.ndarray:
    return np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


ISHIGAMI = {"first": (0.3139, 0.4424, 0.0), "total": (0.5576, 0.4424, 0.2437)}
"""Worked out from the function's variance, 49/8 + pi^4/50 + pi^8/1800 + 1/2."""
G_WEIGHTS = np.array([0.0, 1.0, 4.5, 9.0])


def g_function(x: np.ndarray) -> np.ndarray:
    return np.prod((np.abs(4.0 * x - 2.0) + G_WEIGHTS) / (1.0 + G_WEIGHTS), axis=1)


def g_indices() -> tuple[np.ndarray, np.ndarray]:
    own = 1.0 / (3.0 * (1.0 + G_WEIGHTS) ** 2)
    whole = np.prod(1.0 + own) - 1.0
    others = np.array([np.prod(np.delete(1.0 + own, i)) for i in range(len(own))])
    return own / whole, own * others / whole


def sobol(function: Any, axes: list[Axis], samples: int, **settings: Any) -> Results:
    made = {name: settings.pop(name) for name in ("second_order", "crossed") if name in settings}
    design = make_design("sobol", axes, samples=samples, seed=11, **made)
    return results_of(design, {"readiness": function}, **settings)


def morris(function: Any, axes: list[Axis], samples: int = 12, **settings: Any) -> Results:
    return results_of(make_design("morris", axes, samples=samples, seed=4), {"readiness": function}, **settings)


def column(found: Sensitivity, index: str, what: str = "value", **only: Any) -> np.ndarray:
    rows = found.indices[found.indices["index"] == index]
    for name, value in only.items():
        rows = rows[rows[name] == value]
    return rows[what].to_numpy(np.float64)


def with_gap(results: Results, point: int, outcome: str = "readiness") -> Results:
    runs = results.runs.copy()
    runs.loc[(runs["point"] == point) & (runs["replicate"] == 0), outcome] = np.nan
    return replace(results, runs=runs)


class TestSobol:
    def test_ishigami(self) -> None:
        results = sobol(ishigami, uncertain(3, -math.pi, math.pi), 1024, second_order=True)
        found = sensitivity(results, second_order=True)
        for index, known in ISHIGAMI.items():
            np.testing.assert_allclose(column(found, index), known, atol=0.04)
            assert (column(found, index, "low") <= known).all()
            assert (column(found, index, "high") >= known).all()
        assert found.pairs is not None
        pair = found.pairs.set_index(["path", "other"])["value"]
        assert pair[PATHS[0], PATHS[2]] == pytest.approx(0.2437, abs=0.06)
        assert pair[PATHS[0], PATHS[1]] == pytest.approx(0.0, abs=0.06)

    def test_g_function(self) -> None:
        found = sensitivity(sobol(g_function, uncertain(4), 2048))
        first, total = g_indices()
        np.testing.assert_allclose(column(found, "first"), first, atol=0.03)
        np.testing.assert_allclose(column(found, "total"), total, atol=0.03)

    def test_a_design_with_second_order_gives_the_same_without_it(self) -> None:
        results = sobol(g_function, uncertain(4), 256, second_order=True)
        with_pairs, without = sensitivity(results, second_order=True), sensitivity(results)
        assert without.pairs is None
        np.testing.assert_allclose(column(with_pairs, "total"), column(without, "total"), rtol=1e-12)

    def test_rows_in_another_order_change_nothing(self) -> None:
        results = sobol(ishigami, uncertain(3, -math.pi, math.pi), 64)
        mixed = replace(results, runs=results.runs.sample(frac=1.0, random_state=1))
        pd.testing.assert_frame_equal(sensitivity(results).indices, sensitivity(mixed).indices)

    def test_levers_and_uncertainties_are_told_apart(self) -> None:
        found = sensitivity(sobol(lambda x: x[:, 0] / 20.0 + x[:, 1], [LEVER, *uncertain(1)], 128))
        parts = found.indices.drop_duplicates("path").set_index("path")["part"].to_dict()
        assert parts == {"training.course_weeks": "levers", PATHS[0]: "uncertainties"}
        assert any("apart" in note for note in notes(found))

    def test_crossed_levers_are_analysed_one_combination_at_a_time(self) -> None:
        def function(x: np.ndarray) -> np.ndarray:
            return np.where(x[:, 0] == 0.0, x[:, 1], x[:, 2])

        found = sensitivity(sobol(function, [CROSSED, *uncertain(2)], 128, crossed=True))
        none, binding = "coordination.regime = none", "coordination.regime = binding"
        np.testing.assert_allclose(column(found, "total", levers=none), [1.0, 0.0], atol=0.05)
        np.testing.assert_allclose(column(found, "total", levers=binding), [0.0, 1.0], atol=0.05)

    def test_an_outcome_that_does_not_vary_has_no_indices(self) -> None:
        found = sensitivity(sobol(lambda x: np.full(len(x), 3.0), uncertain(3), 64, replications=1))
        assert np.isnan(column(found, "total")).all()
        assert found.summary["spread"].item() == 0.0
        assert not found.summary["screening_settled"].item()
        assert any("nothing moves it" in note for note in notes(found))

    def test_a_sample_whose_shares_are_impossible_is_called_too_small(self) -> None:
        found = sensitivity(sobol(g_function, uncertain(4), 256))
        shrunk = replace(found, summary=found.summary.assign(total_sum=0.3))
        assert any("FAR TOO SMALL" in note for note in notes(shrunk))
        assert not any("FAR TOO SMALL" in note for note in notes(found))
        assert found.summary["total_sum"].item() > 0.9


class TestMorris:
    def test_a_linear_function_has_its_coefficients(self) -> None:
        found = sensitivity(morris(lambda x: x @ np.array([3.0, -2.0, 0.0]), uncertain(3)))
        np.testing.assert_allclose(column(found, "mu"), [3.0, -2.0, 0.0], atol=1e-9)
        np.testing.assert_allclose(column(found, "mu_star"), [3.0, 2.0, 0.0], atol=1e-9)
        np.testing.assert_allclose(column(found, "sigma"), 0.0, atol=1e-7)

    def test_of_two_trajectories_the_interval_of_sigma_ends_at_sigma(self) -> None:
        """A resample takes both, and has their spread, or one of them twice, and has none."""
        found = sensitivity(morris(lambda x: x[:, 0] * x[:, 1], uncertain(2), samples=2))
        assert column(found, "sigma").min() > 0.0
        np.testing.assert_allclose(column(found, "sigma", "high"), column(found, "sigma"))
        np.testing.assert_allclose(column(found, "sigma", "low"), 0.0, atol=1e-12)

    def test_effects_are_for_the_whole_range_whatever_its_unit(self) -> None:
        found = sensitivity(morris(lambda x: x[:, 0], uncertain(2, 100.0, 300.0)))
        np.testing.assert_allclose(column(found, "mu"), [200.0, 0.0], atol=1e-7)

    def test_a_product_interacts(self) -> None:
        found = sensitivity(morris(lambda x: 4.0 * x[:, 0] * x[:, 1] + x[:, 2], uncertain(3), samples=200))
        np.testing.assert_allclose(column(found, "mu"), [2.0, 2.0, 1.0], atol=0.25)
        sigma = column(found, "sigma")
        assert sigma[0] > 1.0
        assert sigma[2] < 1e-7
        assert (column(found, "mu_star", "low") <= column(found, "mu_star") + 1e-9).all()

    def test_intervals_hold_the_truth_about_as_often_as_they_say(self) -> None:
        held = 0
        for seed in range(40):
            design = make_design("morris", uncertain(2), samples=30, seed=seed)
            found = sensitivity(results_of(design, {"readiness": lambda x: 4.0 * x[:, 0] * x[:, 1]}))
            held += int(column(found, "mu", "low")[0] <= 2.0 <= column(found, "mu", "high")[0])
        assert 30 <= held <= 40

    def test_signs_and_steps_are_taken_from_the_right_axis(self) -> None:
        """A planted fault: a design whose columns are exchanged is not the one that the trajectories are drawn for."""
        results = morris(lambda x: x @ np.array([3.0, -2.0]), uncertain(2))
        assert results.design is not None
        exchanged = results.design.rename(columns={PATHS[0]: PATHS[1], PATHS[1]: PATHS[0]})
        with pytest.raises(InputError, match="cannot be drawn again"):
            sensitivity(replace(results, design=exchanged))

    def test_the_floor_is_what_chance_gives(self) -> None:
        found = sensitivity(morris(lambda x: 5.0 * x[:, 0], uncertain(4), samples=40, replications=4, noise=0.5))
        floor, size = column(found, "mu_star", "floor"), column(found, "mu_star")
        np.testing.assert_allclose(size[1:], floor[1:], rtol=0.35)
        rows = found.indices[found.indices["index"] == "mu_star"]
        assert rows["above_chance"].tolist()[0] is True
        assert not any(rows["above_chance"].tolist()[1:])

    def test_screening_uses_the_same_effects(self) -> None:
        import ssa_sim.analysis.elementary_effects as effects
        import ssa_sim.analysis.screening_effects as screening
        import ssa_sim.analysis.sensitivity as sensitivities

        for name in ("elementary_effects", "morris_indices", "noise_floor"):
            assert getattr(screening, name) is getattr(effects, name) is getattr(sensitivities, name)


class TestDesignsThatDoNotServe:
    @pytest.mark.parametrize("method", ["latin_hypercube", "grid"])
    def test_the_message_says_which_would(self, method: Any) -> None:
        axes = uncertain(2) if method != "grid" else [Axis("uncertainties", PATHS[0], (0.1, 0.2))]
        results = results_of(make_design(method, axes, samples=8, seed=1), {"readiness": lambda x: x[:, 0]})
        with pytest.raises(InputError, match=f'method "{method}".*"morris" or method = "sobol"'):
            sensitivity(results)

    @pytest.mark.parametrize("asked", [{"outcomes": ["reediness"]}, {"scenarios": ["nobody"]}])
    def test_unknown_names(self, asked: Any) -> None:
        with pytest.raises(InputError, match="do not hold"):
            sensitivity(sobol(g_function, uncertain(4), 16), **asked)


class TestGaps:
    def test_they_are_refused_with_counts_and_the_way_out(self) -> None:
        results = with_gap(sobol(g_function, uncertain(4), 16), 7)
        with pytest.raises(InputError, match=r"At 1 of 96 points .* in 1 runs .*--missing drop.*1 of 16"):
            sensitivity(results)

    def test_whole_base_rows_are_left_out_and_counted(self) -> None:
        results = sobol(ishigami, uncertain(3, -math.pi, math.pi), 256)
        found = sensitivity(with_gap(with_gap(results, 7), 40), missing="drop")  # rows of 5 points
        assert found.summary["dropped"].item() == 2
        assert found.summary["samples"].item() == 254
        assert any("Left out whole" in note and "readiness 2" in note for note in notes(found))

    def test_whole_trajectories_are_left_out_too(self) -> None:
        results = morris(lambda x: 4.0 * x[:, 0] * x[:, 1] + x[:, 2], uncertain(3), samples=10)
        found = sensitivity(with_gap(results, 39), missing="drop")
        assert found.summary["samples"].item() == 9
        assert found.summary["points"].item() == 36

    def test_an_outcome_without_gaps_is_not_touched_by_another_s(self) -> None:
        design = make_design("sobol", uncertain(3), samples=16, seed=1)
        results = results_of(design, {"readiness": lambda x: x[:, 0], "deaths": lambda x: x[:, 1]})
        found = sensitivity(with_gap(results, 3, "deaths"), missing="drop")
        assert found.summary.set_index("outcome")["dropped"].to_dict() == {"readiness": 0, "deaths": 1}

    def test_nothing_left(self) -> None:
        results = sobol(g_function, uncertain(4), 16)
        runs = results.runs.assign(readiness=np.nan)
        with pytest.raises(InputError, match="Only 0 of 16 base rows"):
            sensitivity(replace(results, runs=runs), missing="drop")


class TestChance:
    def test_the_share_is_that_of_the_noise(self) -> None:
        generator = np.random.default_rng(3)
        signal = generator.normal(size=(4000, 1))
        common = 50.0 * generator.normal(size=(1, 4))
        values = signal + common + 2.0 * generator.normal(size=(4000, 4))
        assert chance_share(values) == pytest.approx(0.5, abs=0.03)  # 4 / 4 against 1 + 4 / 4

    def test_what_a_replicate_does_to_all_points_is_no_chance(self) -> None:
        values = np.arange(5.0)[:, None] + np.array([[0.0, 100.0, -7.0]])
        assert chance_share(values) == pytest.approx(0.0, abs=1e-12)

    def test_one_replicate_does_not_tell(self) -> None:
        assert math.isnan(chance_share(np.arange(5.0)[:, None]))
        found = sensitivity(sobol(g_function, uncertain(4), 16, replications=1))
        assert not found.indices["above_chance"].eq(True).any()
        assert any("cannot be told" in note for note in notes(found))

    def test_one_outcome_has_one_share_and_several_have_ends_apart(self) -> None:
        found = sensitivity(sobol(g_function, uncertain(4), 16, replications=2, noise=0.01))
        (said,) = [note for note in notes(found) if note.startswith("Chance:")]
        assert re.search(r"point, [\d.]+% of the variance between points is mere chance; an index", said)
        summary = pd.concat([found.summary, found.summary.assign(outcome="deaths")], ignore_index=True)
        summary["chance_share"] = [0.0112, 0.0138]
        two = replace(found, summary=summary)
        for language, words in (
            ("en", "1.1% to 1.4% of the variance between points is mere chance (most for deaths)"),
            ("fr", "de 1,1\u202f% à 1,4\u202f% de la variance entre points tient au seul hasard (le plus pour deaths)"),
        ):
            assert any(words in note for note in notes(two, language)), language

    def test_it_is_the_total_index_of_a_parameter_that_does_nothing(self) -> None:
        results = sobol(lambda x: x[:, 0], uncertain(3), 1024, replications=2, noise=0.4)
        found = sensitivity(results)
        np.testing.assert_allclose(column(found, "total")[1:], column(found, "total", "floor")[1:], rtol=0.15)
        assert found.indices.set_index(["path", "index"])["above_chance"][PATHS[0], "total"]
        assert not found.indices.set_index(["path", "index"])["above_chance"][PATHS[1], "total"]


class TestConvergence:
    def test_a_larger_sample_settles_what_a_small_one_leaves_open(self) -> None:
        small, large = (sensitivity(sobol(g_function, uncertain(4), n)).summary.iloc[0] for n in (16, 4096))
        assert large["width"] < 0.3 * small["width"]
        assert not small["indices_settled"]
        assert large["ranking_settled"]
        assert large["screening_settled"]
        assert small["samples_needed"] > 16

    def test_places_changed_are_weighted_by_what_matters(self) -> None:
        steady = np.array([[1.0, 0.5, 0.001, 0.002], [1.0, 0.5, 0.002, 0.001]] * 20)
        shaken = np.array([[1.0, 0.9, 0.001, 0.002], [0.9, 1.0, 0.001, 0.002]] * 20)
        assert ranking_change(steady) < 0.001
        assert ranking_change(shaken) == pytest.approx(1.0, abs=0.01)

    def test_criteria(self) -> None:
        values = np.array([0.6, 0.02])
        around = np.linspace(-1.0, 1.0, 41)[:, None]  # of which 95% reach from -0.95 to 0.95
        found = convergence(values, values + 0.02 / 0.95 * around, largest=1.0, samples=64)
        assert found.width == pytest.approx(0.04)
        assert found.indices_settled
        assert found.ranking_settled
        assert found.screening_settled
        assert found.samples_needed == 64.0
        wide = convergence(values, values + 0.1 / 0.95 * around, largest=1.0, samples=64)
        assert not wide.indices_settled
        assert not wide.screening_settled
        assert wide.samples_needed == pytest.approx(64 * 16, abs=1)


SMALL = 'title = "Small"\n[period]\nstart = 2013-02-01\nend = 2013-08-01\n[size]\nunits = 2\n'


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small real sweep of each method."""
    place = tmp_path_factory.mktemp("swept")
    (place / "small.toml").write_text(SMALL)
    (place / "variant.toml").write_text(
        'title = "V"\nextends = "small.toml"\n[levers]\n"personnel.stabilisation" = 0.8\n'
    )
    for method, samples in (("morris", 3), ("sobol", 8), ("latin_hypercube", 24)):
        (place / f"{method}.toml").write_text(
            f'title = "Try"\nscenarios = ["small.toml", "variant.toml"]\nreplications = 2\n[design]\nmethod = "{method}"\n'
            f'samples = {samples}\n[design.uncertainties]\n"turnover.reassignment_rate" = {{}}\n"security.contagion" = {{}}\n'
            '[output]\nmonthly = "none"\noutcomes = ["readiness", "deaths"]\n'
        )
        assert main(["sweep", str(place / f"{method}.toml"), "--out", str(place / method), "--workers", "1"]) == 0
    return place


@pytest.mark.long
class TestCommand:
    @pytest.mark.parametrize("method", ["morris", "sobol"])
    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_tables_notes_and_figures(
        self, swept: Path, method: str, language: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["sensitivity", str(swept / method), "--lang", language]) == 0
        out = capsys.readouterr().out
        assert ("Uncertainties: small" if language == "en" else "Incertitudes: small") in out
        assert "security.contagion" in out
        suffix = "" if language == "en" else "-fr"
        assert (swept / method / "figures" / f"sensitivity{suffix}.png").is_file()
        assert (swept / method / "figures" / f"sensitivity-plane{suffix}.png").is_file() == (method == "morris")

    def test_json(self, swept: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["sensitivity", str(swept / "morris"), "--json", "--no-figures", "--scenario", "variant"]) == 0
        printed = json.loads(capsys.readouterr().out)
        assert printed["method"] == "morris"
        assert {row["scenario"] for row in printed["indices"]} == {"variant"}
        assert len(printed["indices"]) == 2 * 2 * 3
        assert printed["figures"] == []

    def test_the_folder_is_as_whole_as_before(self, swept: Path) -> None:
        assert store.load_results(swept / "morris").n_failed == 0

    def test_a_sweep_agrees_with_the_points_it_was_made_of(self, swept: Path, tmp_path: Path) -> None:
        """From the folder: mu of contagion is the mean change for its steps, by hand from runs.parquet."""
        shutil.copytree(swept / "morris", tmp_path / "copy")
        results = store.load_results(tmp_path / "copy")
        found = sensitivity(results, outcomes=["deaths"], scenarios=["small"])
        means = results.runs[results.runs["scenario"] == "small"].groupby("point")["deaths"].mean().to_numpy()
        assert results.design is not None
        steps = np.diff(results.design["security.contagion"].to_numpy())
        within = (np.arange(len(steps)) + 1) % 3 != 0
        moved = np.flatnonzero(within & (steps != 0.0))
        by_hand = [(means[i + 1] - means[i]) * np.sign(steps[i]) / (2.0 / 3.0) for i in moved]
        mu = found.indices.set_index(["path", "index"])["value"]["security.contagion", "mu"]
        assert mu == pytest.approx(np.mean(by_hand))
