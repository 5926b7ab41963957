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
from ssa_sim.workshop.export import page_to_keep
from ssa_sim.workshop.fan import FANNED
from ssa_sim.workshop.leakage import LeakageEstimate
from ssa_sim.workshop.room import LeakageShown, Room, Setup
from ssa_sim.workshop.wording import lever_named

HEADLINES = [outcome for outcome in OUTCOMES if outcome.headline]


@pytest.fixture
def room() -> Room:
    room = Room(Setup(ROOT / "scenarios", "baseline.toml", replications=6))
    room.session.set_lever("personnel.stabilisation", 0.9)
    room.session.go_to(40)
    room.renew_fan()
    return room


def rows_of(page: str, heading: str) -> list[list[str]]:
    """The cells of the table whose first heading this is."""
    (table,) = re.findall(rf"<table><tr><th>{re.escape(heading)}</th>.*?</table>", page)
    rows = re.findall(r"<tr>(<td.*?)</tr>", table)
    return [[unescape(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)] for row in rows]


class TestDifferences:
    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_beside_each_stand_the_other_runs(self, room: Room, language: Language) -> None:
        room.speak(language)
        while not room.fan.is_complete:
            room.fan.add_next()
        texts = room.texts
        page = page_to_keep(room)
        rows = rows_of(page, texts("export.outcome"))
        assert len(rows) == len(HEADLINES)
        for outcome, row in zip(HEADLINES, rows, strict=True):
            runs = room.fan.runs(outcome.name)[:, :, :40]
            taken = {"final": lambda months: months[-1], "total": np.sum, "mean": np.nanmean}[outcome.summary]
            differences = [taken(policy) - taken(comparison) for comparison, policy in zip(*runs, strict=True)]
            low, high = np.quantile(differences, (0.05, 0.95))
            assert row[0].startswith(outcome.label(language))
            assert row[4] == texts.number(float(np.mean(differences)), signed=True)
            assert row[5] == " … ".join(numbers_apart([float(low), float(high)], language, signed=True))
            shown = [float(taken(world.history[outcome.name])) for world in room.session.worlds]
            assert row[1:4] == [*map(texts.number, shown), texts.number(shown[1] - shown[0], signed=True)]
        assert texts("export.fan_note", count="6") in unescape(page)

    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_without_other_runs_it_says_so(self, room: Room, language: Language) -> None:
        room.speak(language)
        page = page_to_keep(room)
        assert room.texts("export.no_fan") in unescape(page)
        assert {len(row) for row in rows_of(page, room.texts("export.outcome"))} == {4}

    def test_other_runs_keep_every_outcome_that_is_shown(self) -> None:
        assert {outcome.name for outcome in HEADLINES} <= set(FANNED)


class TestLeakage:
    @pytest.mark.parametrize("orders", [1, 3])
    def test_it_says_that_it_is_one_run_and_how_far_it_may_be_off(self, room: Room, orders: int) -> None:
        estimate = LeakageEstimate(room.session.scenarios()[1], 40, seed=2013, replicate=0)
        for _ in range(orders):
            estimate.add_next()
        leakage = estimate.result()
        room.leakage = LeakageShown(leakage, 40, room.session.scenarios()[1].identity())
        page = page_to_keep(room)
        texts = room.texts
        assert "The waterfall is of one run, replicate 0, at the end of May 2016" in page
        rows = rows_of(page, texts("export.leakage_mechanism"))
        assert [row[1] for row in rows] == [texts.number(leak.soldiers, signed=True) for leak in leakage.leaks]
        errors = ["–" if orders == 1 else f"± {texts.number(2 * leak.error)}" for leak in leakage.leaks]
        assert [row[2] for row in rows] == errors
        outdated = texts("leakage.outdated", month="May 2016")
        assert outdated not in page
        room.session.set_lever("personnel.stabilisation", 0.5)
        assert outdated in page_to_keep(room)


class TestWords:
    def test_the_question_is_in_the_language_of_the_page(self, room: Room) -> None:
        english = room.session.base.question
        assert english in before_the_files(page_to_keep(room))
        room.speak("fr")
        page = before_the_files(page_to_keep(room))
        assert "Pourquoi une aide dont les produits impressionnent" in page
        assert english not in page

    def test_it_says_in_what_language_the_files_are(self, room: Room) -> None:
        room.speak("fr")
        assert unescape(page_to_keep(room)).count(room.texts("export.file_note")) == 2

    def test_it_says_what_the_packages_of_the_vote_hold(self, room: Room) -> None:
        room.speak("fr")
        packages = [package for package in room.packages if package.name in ("lower_tempo", "mentoring")]
        room.ranking = Ranking(room.session, packages, replications=2)
        for _ in range(2):
            room.ranking.add_next()
        page = unescape(page_to_keep(room))
        for package in packages:
            for path, value in package.values:
                lever = lever_named(path)
                assert f"{lever.label('fr')} → {room.texts.value(lever, value)}" in page

    def test_a_ranking_from_before_other_choices_is_said_to_be_old(self, room: Room) -> None:
        packages = [package for package in room.packages if package.name == "lower_tempo"]
        room.ranking = Ranking(room.session, packages, replications=2)
        for _ in range(2):
            room.ranking.add_next()
        outdated = room.texts("vote.outdated")
        assert outdated not in page_to_keep(room)
        room.session.set_lever("personnel.stabilisation", 0.5)
        assert outdated in page_to_keep(room)


def before_the_files(page: str) -> str:
    """The page but for the scenario files, which keep their own words."""
    return unescape(page.partition("<pre>")[0])
