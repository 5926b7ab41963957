"""The decomposition: Shapley values of games with known values, runs of all subsets, the command and its figure."""

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from scipy import stats

import stand_ins
from decomposition_tables import DOCUMENT, stored_decomposition, with_stored_numbers
from ssa_sim.analysis.decompose import Decomposition, decompose, outcomes_for
from ssa_sim.analysis.players import TOO_FEW
from ssa_sim.catalogue.entries import mechanism_catalogue
from ssa_sim.cli import main
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.plan import DEFAULT_REPLICATIONS, Experiment, NamedScenario
from ssa_sim.experiment.keep.manifest import read_manifest
from ssa_sim.experiment.keep.store import load_results
from ssa_sim.experiment.run.experiment import run
from ssa_sim.experiment.run.orders import marginal_effects, shapley_values
from ssa_sim.experiment.run.settings import RunSettings
from ssa_sim.experiment.run.shards import RunSimulator, run_id
from ssa_sim.experiment.run.subsets import SubsetPlan, SubsetRuns, mechanisms_acting
from ssa_sim.figures.style import save_figure
from ssa_sim.figures.waterfall import bars_of, waterfall_figure
from ssa_sim.model.history import summarise
from ssa_sim.model.simulate import simulate_replicate
from ssa_sim.scenario.schema import Scenario
from ssa_sim.telling.decomposition import MARK, mechanisms_table, note, sentence
from ssa_sim.words.numbers import number

THREE = ("turnover", "skill_decay", "exhaustion")
Captured = pytest.CaptureFixture[str]


def worths_of(n_players: int, worth: Callable[[frozenset[int]], float]) -> np.ndarray[Any, Any]:
    """The worths of a game by the subsets' indices."""
    members = [frozenset(i for i in range(n_players) if subset >> i & 1) for subset in range(1 << n_players)]
    return np.array([worth(each) for each in members])


def by_definition(worths: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Shapley values the long way: the mean over all orders of what each player adds when it comes."""
    n_players = len(worths).bit_length() - 1
    orders = list(permutations(range(n_players)))
    values = np.zeros(n_players)
    for order in orders:
        subset = 0
        for player in order:
            values[player] += worths[subset | 1 << player] - worths[subset]
            subset |= 1 << player
    return values / len(orders)


class TestShapleyValues:
    def test_in_an_additive_game_each_gets_its_own(self) -> None:
        own = np.array([3.0, -1.0, 0.5, 8.0])
        game = worths_of(4, lambda members: 10.0 + sum(own[list(members)]))
        assert shapley_values(game) == pytest.approx(own)

    def test_in_a_symmetric_game_all_get_the_same(self) -> None:
        game = worths_of(5, lambda members: float(len(members) ** 2))
        assert shapley_values(game) == pytest.approx([5.0] * 5)

    def test_one_that_does_nothing_gets_exactly_nothing(self) -> None:
        draws = np.random.default_rng(1).normal(size=(6, 8))
        game = np.concatenate([draws, draws], axis=1)  # The fourth player changes no worth.
        assert (shapley_values(game)[:, 3] == 0.0).all()

    def test_the_glove_game(self) -> None:
        """One left glove, two right ones; a pair is worth 1: 2/3 and 1/6 each."""
        game = worths_of(3, lambda members: float(0 in members and len(members) > 1))
        assert shapley_values(game) == pytest.approx([2 / 3, 1 / 6, 1 / 6])

    @given(st.integers(1, 5), st.integers(0, 1000))
    def test_they_are_the_mean_over_all_orders_and_sum_to_the_whole(self, n_players: int, seed: int) -> None:
        game = np.random.default_rng(seed).normal(scale=1000.0, size=1 << n_players)
        values = shapley_values(game)
        assert values == pytest.approx(by_definition(game))
        assert values.sum() == pytest.approx(game[-1] - game[0], abs=1e-9)

    def test_rows_are_games_of_their_own(self) -> None:
        games = np.random.default_rng(2).normal(size=(3, 2, 8))
        assert shapley_values(games)[2, 1] == pytest.approx(by_definition(games[2, 1]))

    @pytest.mark.parametrize("size", [1, 3, 12])
    def test_what_is_no_game_is_refused(self, size: int) -> None:
        with pytest.raises(ValueError, match="2\\^n"):
            shapley_values(np.zeros(size))

    def test_first_in_comes_first_and_last_in_last(self) -> None:
        game = worths_of(3, lambda members: float(100 * (0 in members) + 10 * (1 in members) * (2 in members)))
        assert marginal_effects(game, 1).tolist() == [0.0, 0.0, 10.0, 10.0]


def simulate_a_game(scenario: Scenario, changes: Mapping[str, float], *, seed: int, replicate: int) -> Any:
    """Noise that all subsets share, and effects that are known: turnover takes 30 less some noise, skill decay and
    exhaustion together 20, exhaustion 100 completions; nothing else does anything."""
    history = stand_ins.simulate_lightly(scenario, changes, seed=seed, replicate=replicate)
    noise = np.random.default_rng([seed, replicate]).normal()
    history["ready_soldiers"] = 100.0 + 5.0 * noise - (30.0 + noise) * acts("turnover", scenario, changes)
    history["ready_soldiers"] -= 20.0 * (
        acts("skill_decay", scenario, changes) and acts("exhaustion", scenario, changes)
    )
    history["completions"] = 1000.0 - 100.0 * acts("exhaustion", scenario, changes)
    history["soldiers"] = 400.0
    history["deaths"] = noise
    return history


def acts(mechanism: str, scenario: Scenario, changes: Mapping[str, float]) -> bool:
    """Whether a mechanism is on in a run."""
    return bool(changes.get(f"mechanisms.{mechanism}", getattr(scenario.mechanisms, mechanism)))


def fail_without_turnover(scenario: Scenario, changes: Mapping[str, float], *, seed: int, replicate: int) -> Any:
    """Raises in one replicate where turnover is off."""
    if replicate == 1 and not acts("turnover", scenario, changes):
        raise ZeroDivisionError("a rule divides by zero")
    return simulate_a_game(scenario, changes, seed=seed, replicate=replicate)


def plan_of(
    mechanisms: Sequence[str] | None = THREE,
    *,
    replications: int = 4,
    outcome: str = "ready_soldiers",
    scenario: Scenario | None = None,
) -> SubsetPlan:
    chosen = scenario or stand_ins.small_scenario()
    experiment = Experiment(
        title=chosen.title,
        scenarios=(NamedScenario("small", chosen),),
        replications=replications,
        outcomes=outcomes_for(outcome),
        monthly="none",
    )
    return SubsetPlan(experiment, mechanisms_acting(chosen) if mechanisms is None else tuple(mechanisms))


def lightly(plan: SubsetPlan, simulate: RunSimulator = simulate_a_game, out: Path | None = None) -> SubsetRuns:
    return SubsetRuns(plan, run(plan.experiment(), out, stand_ins.light_settings(simulate)))


def on_the_model(plan: SubsetPlan) -> SubsetRuns:
    return SubsetRuns(plan, run(plan.experiment(), None, RunSettings(workers=1)))


def made_up(plan: SubsetPlan, values: np.ndarray[Any, Any]) -> SubsetRuns:
    """Runs with these values: shape (replicates, subsets, outcomes)."""
    results = lightly(plan).results
    runs = results.runs.copy()
    names = [outcome.name for outcome in results.outcomes]
    runs[names] = values[runs["replicate"], runs["point"]]
    return SubsetRuns(plan, replace(results, runs=runs))


class TestRunning:
    def test_each_subset_is_the_scenario_with_its_mechanisms(self) -> None:
        plan = plan_of(replications=2)
        runs = on_the_model(plan)
        for replicate in (0, 1):
            for subset in (0, 5, 7):
                on = {name: bool(subset >> bit & 1) for bit, name in enumerate(THREE)}
                (history,) = simulate_replicate(
                    [plan.scenario.with_mechanisms(on)], seed=plan.alone.seed, replicate=replicate
                )
                assert runs.of("ready_soldiers")[replicate, subset] == history["ready_soldiers"][-1]

    def test_with_all_mechanisms_acting_it_is_the_scenario_as_it_is(self) -> None:
        plan, runs = plan_of(None, replications=2), all_mechanisms().results.runs
        assert plan.n_subsets == 2 ** len(mechanism_catalogue())
        whole = runs[runs["point"] == plan.n_subsets - 1].set_index("replicate")["run_id"]
        assert whole.to_dict() == {each: run_id(plan.scenario, {}, plan.alone.seed, each) for each in (0, 1)}

    def test_mechanisms_outside_the_plan_stay_as_they_are(self) -> None:
        scenario = stand_ins.small_scenario().with_mechanisms({"breakdowns": False})
        runs = lightly(plan_of(scenario=scenario, replications=1)).results.runs
        (none,) = runs.loc[runs["point"] == 0, "run_id"]
        without = scenario.with_mechanisms(dict.fromkeys(THREE, False))
        assert (without.mechanisms.breakdowns, without.mechanisms.supply_bias) == (False, True)
        assert none == run_id(without, {}, 2013, 0)
        assert "breakdowns" not in mechanisms_acting(scenario)

    def test_a_row_says_which_mechanisms_act(self) -> None:
        table = lightly(plan_of()).results.runs
        row = table[(table["replicate"] == 2) & (table["point"] == 5)].iloc[0]
        assert [row[f"mechanisms.{name}"] for name in THREE] == [True, False, True]

    def test_a_failed_run_says_why_and_leaves_its_replicate_out(self) -> None:
        runs = lightly(plan_of(), fail_without_turnover)
        assert sorted((replicate, subset) for replicate, subset, _ in runs.errors) == [(1, 0), (1, 2), (1, 4), (1, 6)]
        assert "divides by zero" in runs.errors[0][2]
        found = decompose(runs, "ready_soldiers")
        assert (found.replications, found.n_missing, found.n_failed) == (3, 1, 4)
        assert "Failed runs: 4" in note(found)

    @pytest.mark.parametrize(
        ("mechanisms", "message"),
        [
            (("turnver",), 'Did you mean "turnover"'),
            (("turnover", "turnover"), "twice"),
            (("breakdowns",), "off"),
            ((), "0 mechanisms"),
            (tuple(f"m{i}" for i in range(17)), "17 mechanisms"),
        ],
    )
    def test_what_cannot_be_decomposed_is_refused(self, mechanisms: tuple[str, ...], message: str) -> None:
        scenario = stand_ins.small_scenario().with_mechanisms({"breakdowns": False})
        with pytest.raises(InputError, match=message):
            plan_of(mechanisms, scenario=scenario)


class TestDecompose:
    @pytest.fixture(scope="class")
    @staticmethod
    def found() -> Decomposition:
        return decompose(lightly(plan_of((*THREE, "rents"), replications=12)), "ready_soldiers")

    def test_known_effects_are_found(self, found: Decomposition) -> None:
        rows = found.table.set_index("mechanism")
        assert list(rows.index) == ["turnover", "skill_decay", "exhaustion", "rents"]
        assert rows["shapley"][["skill_decay", "exhaustion"]].to_numpy() == pytest.approx([-10.0, -10.0])
        assert rows["alone"][["skill_decay", "exhaustion"]].to_numpy() == pytest.approx([0.0, 0.0], abs=1e-12)
        assert rows["last"][["skill_decay", "exhaustion"]].to_numpy() == pytest.approx([-20.0, -20.0])
        assert rows["low"]["turnover"] < -30.0 < rows["high"]["turnover"]
        assert rows["completions"]["exhaustion"] == pytest.approx(-100.0)
        assert rows["verdict"]["turnover"] == "lowers"
        assert rows["probability_lowers"]["turnover"] == 1.0

    def test_one_that_does_nothing_has_exactly_no_effect(self, found: Decomposition) -> None:
        row = found.table.set_index("mechanism").loc["rents"]
        assert [row[name] for name in ("shapley", "low", "high", "alone", "last", "completions")] == [0.0] * 6
        assert row["verdict"] == "no effect"
        assert (row["lowers"], row["same"], row["raises"]) == (0.0, 1.0, 0.0)
        assert row["probability_lowers"] == row["lowers"]

    def test_levels_and_steps_add_up(self, found: Decomposition) -> None:
        levels = found.levels
        assert list(levels["level"]) == ["completions", "soldiers", "none_acting", "all_acting"]
        assert levels["value"].iloc[0] + levels["change"].iloc[1:].sum() == pytest.approx(levels["value"].iloc[-1])
        assert found.table["shapley"].sum() == pytest.approx(found.total)
        assert found.table["share"].sum() == pytest.approx(1.0)
        assert math.isnan(levels["change"].iloc[0])

    def test_another_outcome_starts_where_no_mechanism_acts(self) -> None:
        found = decompose(lightly(plan_of(outcome="deaths", replications=10)), "deaths")
        assert list(found.levels["level"]) == ["none_acting", "all_acting"]
        assert (found.table["verdict"] == "no effect").all()
        assert sentence(found).startswith("Conflict deaths")

    def test_on_the_model_the_values_sum_to_the_whole_in_each_replicate(self) -> None:
        runs = on_the_model(plan_of((*THREE, "rents", "breakdowns"), replications=3))
        game = runs.of("ready_soldiers")
        assert shapley_values(game).sum(axis=1) == pytest.approx(game[:, -1] - game[:, 0], abs=1e-9)
        found = decompose(runs, "ready_soldiers")
        assert found.table["shapley"].sum() == pytest.approx(found.total, abs=1e-9)

    def test_on_the_model_draws_are_common(self) -> None:
        """Without any partner, how partners choose cannot matter: not even by chance."""
        scenario = stand_ins.small_scenario(months=12).with_donors(())
        runs = on_the_model(plan_of(("supply_bias", "exhaustion"), scenario=scenario))
        rows = decompose(runs, "ready_soldiers").table.set_index("mechanism")
        assert rows.loc["supply_bias", ["shapley", "low", "high"]].to_list() == [0.0, 0.0, 0.0]
        assert rows.loc["exhaustion", "shapley"] != 0.0

    def test_no_replicate_with_values_is_an_error(self) -> None:
        plan = plan_of(outcome="cost_per_completion")
        runs = made_up(plan, np.full((4, 8, len(plan.alone.outcomes)), np.nan))
        with pytest.raises(InputError, match="cost_per_completion"):
            decompose(runs, "cost_per_completion")

    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_sentence_and_note_have_no_gaps(self, found: Decomposition, language: Any) -> None:
        for text in (sentence(found, language), note(found, language)):
            assert text
            assert not set("{}") & set(text)
            assert "nan" not in text


class TestFewReplications:
    """Nine are too few for a verdict, ten are not; every number of the sentence has its interval."""

    @staticmethod
    @cache
    def found(replications: int) -> Decomposition:
        return decompose(lightly(plan_of(replications=replications)), "ready_soldiers")

    def test_nine_give_no_verdict_and_no_chance(self) -> None:
        found = self.found(9)
        assert set(found.table["verdict"]) == {TOO_FEW}
        assert {row.cells[3].text for row in mechanisms_table(found).written("en").rows} == {"–"}
        assert "Too few replications to tell" in sentence(found)
        assert "Trop peu de réplications" in sentence(found, "fr")
        assert "Holm" not in note(found)
        assert "too few replications to tell" in " ".join(texts_of(waterfall_figure(found)))

    def test_ten_give_both(self) -> None:
        found = self.found(10)
        assert set(found.table["verdict"]) == {"lowers"}
        assert {row.cells[3].text for row in mechanisms_table(found).written("en").rows} == {
            "100\u00a0/\u00a00\u00a0/\u00a00%"
        }
        assert "Too few" not in sentence(found)
        assert "Holm" in note(found)

    @pytest.mark.parametrize(("language", "said"), [("en", "mean over 9 replications"), ("fr", "sur 9 réplications")])
    def test_the_sentence_says_on_how_many_it_rests(self, language: Any, said: str) -> None:
        found = self.found(9)
        assert said in sentence(found, language)
        assert said in note(found, language)

    def test_the_share_of_the_gap_has_the_interval_of_a_ratio(self) -> None:
        found = self.found(9)
        worths = lightly(plan_of(replications=9)).of("ready_soldiers")
        total, gap = worths[:, -1] - worths[:, 0], worths[:, -1] - 900.0
        ratio = total.mean() / gap.mean()
        half = stats.t.ppf(0.975, 8) * np.std(total - ratio * gap, ddof=1) / 3.0 / abs(gap.mean())
        share = found.gap_share
        assert (share.value, share.low, share.high) == pytest.approx((ratio, ratio - half, ratio + half))

    def test_switching_off_one_by_one_sums_within_each_replicate(self) -> None:
        worths = lightly(plan_of(replications=9)).of("ready_soldiers")
        sums = (worths[:, [6, 5, 3]] - worths[:, [7]]).sum(axis=1)
        half = stats.t.ppf(0.975, 8) * np.std(sums, ddof=1) / 3.0
        given_back = self.found(9).one_by_one
        expected = (sums.mean(), sums.mean() - half, sums.mean() + half)
        assert (given_back.value, given_back.low, given_back.high) == pytest.approx(expected)
        assert given_back.value == pytest.approx(-self.found(9).table["last"].sum())

    def test_columns_without_an_interval_are_marked(self) -> None:
        headings = mechanisms_table(self.found(9)).written("en").headings
        assert [name for name in headings if name.endswith(MARK)] == [
            f"{name}{MARK}" for name in ("Share", "P(lowers)", "First in", "Last in", "Completions")
        ]


class TestFolder:
    def test_the_same_comes_of_runs_that_are_read_back(self, tmp_path: Path) -> None:
        plan = plan_of()
        found = decompose(lightly(plan, fail_without_turnover, tmp_path / "out"), "ready_soldiers")
        read = SubsetRuns(plan, load_results(tmp_path / "out"))
        assert read.errors == lightly(plan, fail_without_turnover).errors
        pd.testing.assert_frame_equal(decompose(read, "ready_soldiers").table, found.table)
        assert read_manifest(tmp_path / "out").counts.failed == 4

    def test_another_decomposition_is_not_overwritten(self, tmp_path: Path) -> None:
        lightly(plan_of(), out=tmp_path / "out")
        with pytest.raises(InputError, match="replications: it was 4 and is now 5"):
            lightly(plan_of(replications=5), out=tmp_path / "out")
        with pytest.raises(InputError, match=r"design\.axes"):
            lightly(plan_of(THREE[:2]), out=tmp_path / "out")


class TestFigure:
    @pytest.fixture(scope="class")
    @staticmethod
    def found() -> Decomposition:
        return decompose(lightly(plan_of((*THREE, "rents"), replications=6)), "ready_soldiers")

    def test_bars_hang_together_from_completions_to_ready_soldiers(self, found: Decomposition) -> None:
        bars = bars_of(found, "en")
        assert [bar.kind for bar in bars] == [
            "level",
            "remainder",
            "level",
            "remainder",
            "level",
            "lowers",
            "lowers",
            "lowers",
            "lowers",
            "level",
        ]
        for before, bar in pairwise(bars):
            assert (bar.end if bar.kind == "level" else bar.start) == pytest.approx(before.end)
        assert (bars[0].shown, bars[1].shown) == (pytest.approx(900.0), pytest.approx(-500.0))
        assert not bars[-2].is_decided

    @pytest.mark.parametrize("layout", ["slide", "page"])
    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_it_says_what_it_shows(self, found: Decomposition, language: Any, layout: Any, tmp_path: Path) -> None:
        figure = waterfall_figure(found, language, layout=layout)
        texts = " ".join(texts_of(figure))
        for row in found.table.itertuples():
            assert getattr(row, f"label_{language}") in texts
        for part in (found.scenario, "900", "2013", "95", "16"):
            assert part in texts
        assert not set("{}") & set(texts)
        if language == "en":
            save_figure(figure, tmp_path / "figure.png")
            assert (tmp_path / "figure.png").stat().st_size > 10_000

    @pytest.mark.parametrize("layout", ["slide", "page"])
    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_names_of_all_mechanisms_stay_apart_and_on_the_sheet(self, language: Any, layout: Any) -> None:
        figure = waterfall_figure(all_decomposed(), language, layout=layout)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        boxes = [tick.get_window_extent() for tick in figure.axes[0].get_yticklabels()]
        assert len(boxes) == len(mechanism_catalogue()) + 6
        assert min(box.x0 for box in boxes) >= 0.0
        for upper, lower in pairwise(boxes):
            assert lower.y1 <= upper.y0 + 2.0
        titles = [axes.title.get_window_extent() for axes in figure.axes]
        assert titles[0].x1 < figure.axes[1].get_window_extent().x0
        assert titles[1].x1 <= figure.bbox.x1

    def test_unknown_words_are_refused(self, found: Decomposition) -> None:
        with pytest.raises(InputError, match="'de'"):
            waterfall_figure(found, "de")
        with pytest.raises(InputError, match="'poster'"):
            waterfall_figure(found, layout="poster")  # type: ignore[arg-type]


def texts_of(figure: Figure) -> list[str]:
    """Every text in a figure, on one line each."""
    from matplotlib.text import Text

    FigureCanvasAgg(figure).draw()
    return [" ".join(text.get_text().split()) for text in figure.findobj(Text)]  # type: ignore[attr-defined]


@cache
def all_mechanisms() -> SubsetRuns:
    """Made-up worths of all mechanisms, two replicates."""
    plan = plan_of(None, replications=2)
    values = np.random.default_rng(3).uniform(500.0, 6000.0, size=(2, plan.n_subsets, 3))
    values[:, :, 1] += 8000.0
    return made_up(plan, values)


@cache
def all_decomposed() -> Decomposition:
    return decompose(all_mechanisms(), "ready_soldiers")


SCENARIO = """\
title = "Small"
[period]
start = 2013-02-01
end = 2013-08-01
[size]
units = 2
"""


class TestCommand:
    @pytest.fixture(autouse=True)
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        (tmp_path / "small.toml").write_text(SCENARIO)
        monkeypatch.chdir(tmp_path)
        stand_ins.let_commands_run(monkeypatch, simulate_a_game)
        stand_ins.leave_pictures_blank(monkeypatch)
        return tmp_path

    ASKED = (
        *("decompose", "small.toml", "--abolish", "--replications", "4"),
        *("--mechanisms", ",".join(THREE), "--workers", "1"),
    )

    def test_it_prints_tables_and_keeps_figures(self, folder: Path, capsys: Captured) -> None:
        assert main([*self.ASKED, "--out", "kept"]) == 0
        printed = capsys.readouterr()
        assert "Soldiers are reassigned between units" in printed.out
        assert "8 subsets in 4 replicates" in printed.err
        assert (folder / "kept" / "figures" / "waterfall.png").is_file()
        assert (folder / "kept" / "figures" / "waterfall-page.png").is_file()
        assert {path.name for path in (folder / "kept").iterdir()} == documented_files()

    def test_again_in_french_computes_nothing(self, folder: Path, capsys: Captured) -> None:
        assert main([*self.ASKED]) == 0
        assert main([*self.ASKED, "--lang", "fr"]) == 0
        printed = capsys.readouterr()
        assert "nothing was computed" in printed.err
        assert "Les soldats changent d'unité" in printed.out
        (kept,) = (folder / "results").iterdir()
        assert {path.name for path in kept.iterdir()} == documented_files()
        assert (kept / "figures" / "waterfall-fr.png").is_file()

    def test_json_is_for_programs(self, folder: Path, capsys: Captured) -> None:
        assert main([*self.ASKED, "--json"]) == 0
        said = json.loads(capsys.readouterr().out)
        assert sum(row["shapley"] for row in said["table"]) == pytest.approx(said["total"])
        assert next(level["level"] for level in said["levels"]) == "completions"
        assert said["out"] is None
        assert not (folder / "results").exists()

    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_it_says_on_which_replicates_it_rests_and_what_a_larger_sample_gives(
        self, language: str, capsys: Captured
    ) -> None:
        assert main([*self.ASKED, "--json"]) == 0
        alone = json.loads(capsys.readouterr().out)["scenario_alone"]
        assert alone["replications"] == DEFAULT_REPLICATIONS
        assert [level["level"] for level in alone["levels"]] == ["completions", "soldiers", "all_acting"]
        noise = [np.random.default_rng([2013, replicate]).normal() for replicate in range(DEFAULT_REPLICATIONS)]
        assert [level["value"] for level in alone["levels"]] == pytest.approx(
            [900.0, 400.0, 50.0 + 4.0 * np.mean(noise)]
        )
        assert main([*self.ASKED, "--lang", language]) == 0
        said = " ".join(capsys.readouterr().out.split())
        assert {"en": "replicates 0 to 3 of seed 2013", "fr": "réplications 0 à 3 de la graine 2013"}[language] in said
        assert {"en": "replicates 0 to 99 the", "fr": "réplications 0 à 99, le"}[language] in said

    def test_as_many_replications_as_a_comparison_need_no_second_sample(self, capsys: Captured) -> None:
        assert main([*self.ASKED, "--replications", str(DEFAULT_REPLICATIONS), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["scenario_alone"] is None

    def test_another_outcome(self, capsys: Captured) -> None:
        assert main([*self.ASKED, "--outcome", "completions", "--json"]) == 0
        said = json.loads(capsys.readouterr().out)
        assert said["total"] == pytest.approx(-100.0)

    def test_a_failed_run_is_status_1(self, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
        stand_ins.let_commands_run(monkeypatch, fail_without_turnover)
        assert main([*self.ASKED, "--json"]) == 1
        printed = capsys.readouterr()
        assert "divides by zero" in printed.err
        assert json.loads(printed.out)["n_failed"] == 4


def documented_files() -> set[str]:
    """What the page says that a result folder holds."""
    section = DOCUMENT.read_text(encoding="utf-8").partition("## The result folder")[2]
    section = section.partition("| Table | Holds |")[0]  # what follows are tables of an export
    return {name.rstrip("/") for name in re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)}


@pytest.mark.skipif(not stored_decomposition(), reason="the decomposition is made anew after calibration")
class TestDocument:
    """The page's numbers are those of the stored decomposition, and its sentences are true of them."""

    FOUND = stored_decomposition()
    TEXT = DOCUMENT.read_text(encoding="utf-8")

    def test_the_page_and_the_file_agree(self) -> None:
        assert with_stored_numbers(self.TEXT, self.FOUND) == self.TEXT, "run: python tests/documents.py"

    def test_another_number_in_the_file_would_be_seen(self) -> None:
        planted = json.loads(json.dumps(self.FOUND))
        planted["table"][0]["shapley"] += 10.0
        assert with_stored_numbers(self.TEXT, planted) != self.TEXT

    def test_the_file_is_a_whole_decomposition_of_the_baseline(self, baseline: Scenario) -> None:
        assert self.FOUND["title"] == baseline.title
        assert self.FOUND["mechanisms"] == list(mechanisms_acting(baseline))
        assert {row["mechanism"] for row in self.FOUND["table"]} == set(self.FOUND["mechanisms"])
        assert self.FOUND["n_failed"] == self.FOUND["n_missing"] == 0

    def test_the_file_is_of_the_model_as_it_is(self, baseline: Scenario) -> None:
        levels = {level["level"]: level["value"] for level in self.FOUND["levels"]}
        totals = [
            summarise(simulate_replicate([baseline], seed=self.FOUND["seed"], replicate=replicate)[0])
            for replicate in range(self.FOUND["replications"])
        ]
        for level, outcome in (("completions", "completions"), ("all_acting", "ready_soldiers")):
            assert np.mean([total[outcome] for total in totals]) == pytest.approx(levels[level])

    def test_the_pages_agree_on_how_many_completions_there_are(self) -> None:
        alone = {level["level"]: level["value"] for level in self.FOUND["scenario_alone"]["levels"]}
        readme = (DOCUMENT.parent.parent / "README.md").read_text(encoding="utf-8")
        (shown,) = re.findall(r"^\| Course completions \(soldiers\) \| ([\d,]+) \|", readme, re.MULTILINE)
        assert number(alone["completions"]) == shown
        assert f"| {shown} (" in self.TEXT

    def test_what_the_page_says_beside_the_note_is_so(self) -> None:
        levels = {level["level"]: level["value"] for level in self.FOUND["levels"]}
        rows = {row["mechanism"]: row for row in self.FOUND["table"]}
        gap = levels["completions"] - levels["all_acting"]
        assert levels["completions"] - levels["none_acting"] > 0.5 * gap  # more than half is not in the list
        assert [row["mechanism"] for row in self.FOUND["table"]][:2] == ["skill_decay", "exhaustion"]
        assert -rows["turnover"]["shapley"] < 0.1 * gap
        assert rows["supply_bias"]["verdict"] == "undecided"
