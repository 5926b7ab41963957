"""The page to keep: what it says beside the one run that was played."""

import re
from html import unescape

import numpy as np
import pytest

from conftest import ROOT
from ssa_sim.catalogue.outcomes import OUTCOMES
from ssa_sim.words.numbers import numbers_apart
from ssa_sim.words.texts import Language
from ssa_sim.workshop.ballot import Ranking
from ssa_sim.workshop.choice_words import lever_named
from ssa_sim.workshop.export import page_to_keep
from ssa_sim.workshop.other_runs import OUTCOMES_KEPT
from ssa_sim.workshop.sampled_decomposition import DecompositionSampler
from ssa_sim.workshop.tab_state import Setup, ShownDecomposition, TabState

HEADLINES = [outcome for outcome in OUTCOMES if outcome.headline]


@pytest.fixture
def tab() -> TabState:
    tab = TabState(Setup(ROOT / "scenarios", "baseline.toml", replications=6))
    tab.session.set_lever("personnel.stabilisation", 0.9)
    tab.session.go_to(40)
    tab.renew_other_runs()
    return tab


def rows_of(page: str, heading: str) -> list[list[str]]:
    """The cells of the table whose first heading this is."""
    (table,) = re.findall(rf"<table><tr><th>{re.escape(heading)}</th>.*?</table>", page)
    rows = re.findall(r"<tr>(<td.*?)</tr>", table)
    return [[unescape(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)] for row in rows]


class TestDifferences:
    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_beside_each_stand_the_other_runs(self, tab: TabState, language: Language) -> None:
        tab.speak(language)
        while not tab.other_runs.is_complete:
            tab.other_runs.add_next()
        texts = tab.texts
        page = page_to_keep(tab)
        rows = rows_of(page, texts("export.outcome"))
        assert len(rows) == len(HEADLINES)
        for outcome, row in zip(HEADLINES, rows, strict=True):
            runs = tab.other_runs.runs(outcome.name)[:, :, :40]
            taken = {"final": lambda months: months[-1], "total": np.sum, "mean": np.nanmean}[outcome.summary]
            differences = [taken(policy) - taken(comparison) for comparison, policy in zip(*runs, strict=True)]
            low, high = np.quantile(differences, (0.05, 0.95))
            assert row[0].startswith(outcome.label(language))
            assert row[4] == texts.number(float(np.mean(differences)), signed=True)
            assert row[5] == " … ".join(numbers_apart([float(low), float(high)], language, signed=True))
            shown = [float(taken(world.history[outcome.name])) for world in tab.session.worlds]
            assert row[1:4] == [*map(texts.number, shown), texts.number(shown[1] - shown[0], signed=True)]
        assert texts("export.fan_note", count="6") in unescape(page)

    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_without_other_runs_it_says_so(self, tab: TabState, language: Language) -> None:
        tab.speak(language)
        page = page_to_keep(tab)
        assert tab.texts("export.no_fan") in unescape(page)
        assert {len(row) for row in rows_of(page, tab.texts("export.outcome"))} == {4}

    def test_other_runs_keep_every_outcome_that_is_shown(self) -> None:
        assert {outcome.name for outcome in HEADLINES} <= set(OUTCOMES_KEPT)


class TestLeakage:
    @pytest.mark.parametrize("orders", [1, 3])
    def test_it_says_that_it_is_one_run_and_how_far_it_may_be_off(self, tab: TabState, orders: int) -> None:
        estimate = DecompositionSampler(tab.session.scenarios()[1], 40, seed=2013, replicate=0)
        for _ in range(orders):
            estimate.add_next()
        decomposition = estimate.result()
        tab.decomposition = ShownDecomposition(decomposition, 40, tab.session.scenarios()[1].identity())
        page = page_to_keep(tab)
        texts = tab.texts
        assert "The waterfall is of one run, replicate 0, at the end of May 2016" in page
        rows = rows_of(page, texts("export.leakage_mechanism"))
        assert [row[1] for row in rows] == [
            texts.number(effect.soldiers, signed=True) for effect in decomposition.effects
        ]
        errors = ["–" if orders == 1 else f"± {texts.number(2 * effect.error)}" for effect in decomposition.effects]
        assert [row[2] for row in rows] == errors
        outdated = texts("leakage.outdated", month="May 2016")
        assert outdated not in page
        tab.session.set_lever("personnel.stabilisation", 0.5)
        assert outdated in page_to_keep(tab)


class TestWords:
    def test_the_question_is_in_the_language_of_the_page(self, tab: TabState) -> None:
        english = tab.session.base.question
        assert english in before_the_files(page_to_keep(tab))
        tab.speak("fr")
        page = before_the_files(page_to_keep(tab))
        assert "Pourquoi une aide dont les produits impressionnent" in page
        assert english not in page

    def test_it_says_in_what_language_the_files_are(self, tab: TabState) -> None:
        tab.speak("fr")
        assert unescape(page_to_keep(tab)).count(tab.texts("export.file_note")) == 2

    def test_it_says_what_the_packages_of_the_vote_hold(self, tab: TabState) -> None:
        tab.speak("fr")
        packages = [package for package in tab.packages if package.name in ("lower_tempo", "mentoring")]
        tab.ranking = Ranking(tab.session, packages, replications=2)
        for _ in range(2):
            tab.ranking.add_next()
        page = unescape(page_to_keep(tab))
        for package in packages:
            for path, value in package.values:
                lever = lever_named(path)
                assert f"{lever.label('fr')} → {tab.texts.value(value)}" in page

    def test_a_ranking_from_before_other_choices_is_said_to_be_old(self, tab: TabState) -> None:
        packages = [package for package in tab.packages if package.name == "lower_tempo"]
        tab.ranking = Ranking(tab.session, packages, replications=2)
        for _ in range(2):
            tab.ranking.add_next()
        outdated = tab.texts("vote.outdated")
        assert outdated not in page_to_keep(tab)
        tab.session.set_lever("personnel.stabilisation", 0.5)
        assert outdated in page_to_keep(tab)


def before_the_files(page: str) -> str:
    """The page but for the scenario files, which keep their own words."""
    return unescape(page.partition("<pre>")[0])
