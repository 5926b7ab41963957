"""The fan of other runs, the vote, the leakage estimate, and files that come over the page."""

import re
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from conftest import ROOT
from ssa_sim.errors import InputError
from ssa_sim.experiment.run.orders import shapley_values
from ssa_sim.model.history import summarise
from ssa_sim.model.simulate import simulate_replicate
from ssa_sim.model.variants import simulate_variant
from ssa_sim.scenario.load import load_scenario
from ssa_sim.scenario.schema import Scenario
from ssa_sim.words.texts import Language
from ssa_sim.workshop import uploads
from ssa_sim.workshop.ballot import RANKED, Ballot, Package, Ranking, packages_in
from ssa_sim.workshop.drawing.headline import headline
from ssa_sim.workshop.drawing.scene import Scene
from ssa_sim.workshop.drawing.spread import spread
from ssa_sim.workshop.other_runs import OUTCOMES_KEPT, OtherRuns
from ssa_sim.workshop.refusals import RefusedError
from ssa_sim.workshop.sampled_decomposition import DecompositionSampler
from ssa_sim.workshop.session import Session
from ssa_sim.workshop.tab_state import Setup, TabState
from ssa_sim.workshop.texts import texts_in
from ssa_sim.workshop.uploads import LARGEST_UPLOAD, load_from, read_upload, scenario_names

FOLDER = ROOT / "scenarios"


@pytest.fixture
def session(baseline: Scenario) -> Session:
    session = Session(baseline, seed=2013)
    session.set_lever("personnel.stabilisation", 0.9)
    session.go_to(12)
    return session


class TestFan:
    def test_its_runs_are_those_of_the_same_policies_on_other_draws(self, session: Session) -> None:
        other_runs = OtherRuns(session.scenarios(), seed=2013, shown=0, replications=3)
        while not other_runs.is_complete:
            other_runs.add_next()
        other_runs.add_next()
        assert other_runs.replicates == (1, 2, 3)
        assert other_runs.runs("readiness").shape == (2, 3, session.months)
        expected = simulate_replicate(session.scenarios(), seed=2013, replicate=2)
        for world in range(2):
            for name in OUTCOMES_KEPT:
                assert (
                    other_runs.runs(name)[world, 1].tobytes() == np.ascontiguousarray(expected[world][name]).tobytes()
                )

    @pytest.mark.parametrize("draw", [headline, lambda scene: spread(scene, scene.other_runs, "ready_soldiers")])
    def test_nothing_is_drawn_beyond_the_month_on_show(self, session: Session, draw: Callable[[Scene], str]) -> None:
        other_runs = OtherRuns(session.scenarios(), seed=2013, shown=3, replications=4)
        while not other_runs.is_complete:
            other_runs.add_next()
        session.go_to(30)
        half = 30 / session.months
        drawn = draw(Scene(session, other_runs, texts_in("en")))
        shapes = re.findall(r'points="([^"]+)"', drawn)
        series = [[float(point.split(",")[0]) for point in shape.split()] for shape in shapes if shape.count(" ") > 5]
        assert len(series) >= 6
        for left, width in ((78, 440), (650, 420)):
            of_panel = [x for shape in series for x in shape if left <= x <= left + width]
            assert max(of_panel) == pytest.approx(left + half * width, abs=0.1)

    def test_bands_hold_their_share(self, session: Session) -> None:
        other_runs = OtherRuns(session.scenarios(), seed=2013, shown=0, replications=20)
        assert other_runs.bands("deaths") is None
        assert other_runs.counts("deaths") == (0, 0, 0)
        while not other_runs.is_complete:
            other_runs.add_next()
        bands = other_runs.bands("ready_soldiers")
        assert bands is not None
        runs = other_runs.runs("ready_soldiers")
        inside = (runs >= bands[:, :1]) & (runs <= bands[:, 2:])
        assert inside[:, :, 30:].mean() == pytest.approx(0.9, abs=0.03)
        better, same, worse = other_runs.counts("ready_soldiers")
        assert better > 18
        assert better + same + worse == 20

    def test_shares_are_by_the_outcomes_own_summary(self, session: Session) -> None:
        other_runs = OtherRuns(session.scenarios(), seed=2013, shown=0, replications=8)
        while not other_runs.is_complete:
            other_runs.add_next()
        for outcome in ("deaths", "insecurity", "total_spent", "duplication"):
            runs = [
                [
                    summarise(history)[outcome]
                    for history in simulate_replicate(other_runs.scenarios, seed=2013, replicate=number)
                ]
                for number in other_runs.replicates
            ]
            counted = [sum(sign * other < sign * first for first, other in runs) for sign in (1, -1)]
            better, same, worse = other_runs.counts(outcome)
            assert [better, worse] == counted, outcome
            assert same == 8 - sum(counted)
            assert np.allclose(other_runs.summaries(outcome).T, runs)

    def test_runs_in_which_an_outcome_is_not_defined_are_left_out(self, session: Session) -> None:
        other_runs = OtherRuns(session.scenarios(), seed=2013, shown=0, replications=8)
        while not other_runs.is_complete:
            other_runs.add_next()
        first_month = np.isnan(other_runs.runs("duplication")[:, :, 0])
        assert 0 < first_month[0].sum() < 8
        bands = other_runs.bands("duplication")
        assert bands is not None
        assert np.isfinite(bands).all()
        place = OUTCOMES_KEPT.index("kit_match")
        other_runs._found[0][1, place, -1] = np.nan
        other_runs._found[1][0, place, -1] = np.nan
        assert other_runs.differences("kit_match").size == 6
        comparison, policy = other_runs.runs("kit_match")[:, 2:, -1]
        expected = [int((sign * policy > sign * comparison).sum()) for sign in (1, -1)]
        better, same, worse = other_runs.counts("kit_match")
        assert [better, worse] == expected
        assert same == 6 - sum(expected)
        for kept in other_runs._found:
            kept[:, place] = np.nan
        assert other_runs.counts("kit_match") == (0, 0, 0)
        nothing = other_runs.bands("kit_match")
        assert nothing is not None
        assert np.isnan(nothing).all()

    @pytest.mark.parametrize(("language", "same"), [("en", "the same in 4"), ("fr", "égale dans 4")])
    def test_two_worlds_that_are_the_same_do_not_do_better(
        self, language: Language, same: str, baseline: Scenario
    ) -> None:
        idle = Session(baseline, seed=2013)
        other_runs = OtherRuns(idle.scenarios(), seed=2013, shown=0, replications=4)
        while not other_runs.is_complete:
            other_runs.add_next()
        idle.go_to(30)
        assert other_runs.counts("deaths", 30) == (0, 4, 0)
        drawn = spread(Scene(idle, other_runs, texts_in(language)), other_runs, "deaths")
        assert same in drawn

    def test_made_in_a_thread_it_lets_the_worlds_go_on(self, session: Session) -> None:
        other_runs = OtherRuns(session.scenarios(), seed=2013, shown=0, replications=8)
        thread = threading.Thread(target=lambda: [other_runs.add_next() for _ in range(8)])
        thread.start()
        session.go_to(session.months)
        thread.join()
        assert other_runs.is_complete
        again = Session.recalled(session.memory)
        assert again.policy.history.tobytes() == session.policy.history.tobytes()


class TestVote:
    def test_packages_are_the_scenarios_that_hold_levers_throughout(self, baseline: Scenario) -> None:
        packages = {package.name: package for package in packages_in(FOLDER, baseline)}
        assert "stable_personnel" in packages
        assert not {"baseline", "history", "eutm_rca", "minusma_abrupt"} & set(packages)
        assert dict(packages["long_courses_recycled"].values) == {
            "training.course_weeks": 20.0,
            "training.recycling": "newcomers",
        }

    def test_a_file_that_cannot_be_read_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "base.toml").write_text('title = "Base"\n[size]\nunits = 6\n', encoding="utf-8")
        (tmp_path / "mine.toml").write_text('title = "Mine"\n[levers]\n"operations.temp" = 0.5\n', encoding="utf-8")
        tab = TabState(Setup(tmp_path, "base.toml", replications=2))
        assert (tab.packages, tab.unreadable) == ([], ("mine.toml",))
        assert tab.scenario_titles["mine.toml"] == "mine.toml"

    def test_from_the_first_month_a_package_is_its_scenario(self, baseline: Scenario) -> None:
        from ssa_sim.workshop.timeline import Choice, played

        for package in packages_in(FOLDER, baseline):
            held = played(baseline, [Choice(0, package.values, "package", package.name)])
            assert held.identity() == load_scenario(FOLDER / f"{package.name}.toml").identity(), package.name

    def test_votes_are_counted(self) -> None:
        ballot = Ballot()
        ballot.add("b")
        ballot.add("a", 3)
        ballot.add("c", -2)
        assert ballot.chosen() == ["a", "b"]
        ballot.add("b", -5)
        assert (ballot.votes("b"), ballot.chosen()) == (0, ["a"])

    def test_the_ranking_is_the_paired_comparison(self, session: Session) -> None:
        strong = Package("strong", "", (("equipment.with_training", 1.0),))
        nothing = Package("nothing", "", (("training.casualty_cap", 3),))
        same = Package("same", "", (("training.casualty_cap", 3),))
        ranking = Ranking(session, [nothing, strong, same], replications=6)
        while not ranking.is_complete:
            ranking.add_next()
        places = ranking.places("ready_soldiers")
        assert [(place.package, place.rank) for place in places] == [("strong", 1), ("nothing", 2), ("same", 2)]
        differences = []
        for replicate in range(6):
            from ssa_sim.workshop.timeline import Choice, played

            held = played(session.base, (*session.choices, Choice(12, strong.values)))
            pair = simulate_replicate([session.scenarios()[1], held], seed=2013, replicate=replicate)
            first, other = (summarise(history)["ready_soldiers"] for history in pair)
            differences.append(other - first)
        assert places[0].difference.difference == pytest.approx(np.mean(differences))
        assert places[0].difference.low < places[0].difference.difference < places[0].difference.high
        assert places[1].difference.difference == 0.0
        for outcome in RANKED:
            assert len(ranking.places(outcome)) == 3

    @pytest.mark.parametrize("seed", range(5))
    def test_packages_that_are_alike_share_a_rank_however_many(self, session: Session, seed: int) -> None:
        names = [f"package{number}" for number in range(24)]
        ranking = Ranking(session, [Package(name, "", ()) for name in names], replications=40)
        source = np.random.default_rng(seed)
        values = 500.0 + source.normal(0.0, 200.0, (40, 1)) + source.normal(0.0, 50.0, (40, 25))
        ranking._found = [[{"ready_soldiers": value} for value in replicate] for replicate in values.tolist()]
        assert [place.rank for place in ranking.places("ready_soldiers")].count(1) >= 23
        values[:, 1:3] += 300.0
        ranking._found = [[{"ready_soldiers": value} for value in replicate] for replicate in values.tolist()]
        places = ranking.places("ready_soldiers")
        assert {place.package for place in places[:2]} == {"package0", "package1"}
        assert [place.rank for place in places[:3]] == [1, 1, 3]

    def test_where_less_is_better_less_comes_first(self, session: Session) -> None:
        dear = Package("dear", "", (("conditions.amount", 100_000_000), ("conditions.credibility", 0.0)))
        nothing = Package("nothing", "", (("training.casualty_cap", 3),))
        ranking = Ranking(session, [dear, nothing], replications=4)
        while not ranking.is_complete:
            ranking.add_next()
        assert [place.package for place in ranking.places("total_spent")] == ["nothing", "dear"]

    def test_nobody_voted(self, session: Session) -> None:
        with pytest.raises(RefusedError, match="Nobody"):
            Ranking(session, [])

    def test_at_the_end_packages_hold_from_the_first_month(self, session: Session) -> None:
        package = Package("p", "", (("operations.tempo", 0.5),))
        session.go_to(session.months)
        after = Ranking(session, [package], replications=2)
        session.go_to(0)
        before = Ranking(session, [package], replications=2)
        for ranking in (after, before):
            ranking.add_next()
            ranking.add_next()
        assert (after.month, after.places("ready_soldiers")) == (0, before.places("ready_soldiers"))


class TestLeakage:
    def test_it_adds_up_to_what_the_world_shows(self, session: Session) -> None:
        session.go_to(40)
        estimate = DecompositionSampler(session.scenarios()[1], 40, seed=2013, replicate=0, orders=3)
        while not estimate.is_complete:
            estimate.add_next()
        found = estimate.result()
        history = session.policy.history
        assert found.ready == history["ready_soldiers"][-1]
        assert (found.completions, found.soldiers) == (history["completions"][-1], history["soldiers"][-1])
        assert sum(effect.soldiers for effect in found.effects) == pytest.approx(found.ready - found.without, rel=1e-9)
        assert [effect.soldiers for effect in found.effects] == sorted(effect.soldiers for effect in found.effects)

    @pytest.mark.long
    def test_it_agrees_with_all_subsets(self, session: Session) -> None:
        """Against exact Shapley values of a world with four mechanisms: within four standard errors, and small ones."""
        scenario = session.scenarios()[1]
        acting = ("turnover", "skill_decay", "breakdowns", "exhaustion")
        others = [name for name in type(scenario.mechanisms).model_fields if name not in acting]
        scenario = scenario.with_mechanisms(dict.fromkeys(others, False))
        worths = np.zeros(16)
        for subset in range(16):
            off = {f"mechanisms.{name}": float(subset >> bit & 1) for bit, name in enumerate(acting)}
            history = simulate_variant(scenario, off, seed=5, replicate=1)
            worths[subset] = history["ready_soldiers"][-1]
        exact = dict(zip(acting, shapley_values(worths), strict=True))
        estimate = DecompositionSampler(scenario, scenario.months, seed=5, replicate=1, orders=30)
        while not estimate.is_complete:
            estimate.add_next()
        for effect in estimate.result().effects:
            assert abs(effect.soldiers - exact[effect.mechanism]) <= 4 * effect.error + 1e-9
            assert effect.error < 0.1 * (worths[0] - worths[-1])


HOSTILE = [
    "/etc/passwd.toml", "../secret.toml", "sub/../../secret.toml", "..\\secret.toml", "C:\\secret.toml",
    "link.toml", "nothing.toml", "folder.toml", "\\u0000.toml", "//host/share.toml",
]  # fmt: skip


class TestUploads:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        folder = tmp_path / "scenarios"
        folder.mkdir()
        (folder / "base.toml").write_text('title = "Base"\n')
        (folder / "out.toml").write_text('title = "Out"\nextends = "../secret.toml"\n')
        (folder / "folder.toml").mkdir()
        (tmp_path / "secret.toml").write_text('title = "Secret"\n')
        (folder / "link.toml").symlink_to(tmp_path / "secret.toml")
        return folder

    def test_one_that_extends_a_file_of_the_folder_is_read(self, folder: Path) -> None:
        text = b'title = "Mine"\nextends = "base.toml"\n[levers]\n"training.course_weeks" = 20\n'
        scenario = read_upload("mine.toml", text, folder)
        assert isinstance(scenario, Scenario)
        assert (scenario.title, scenario.levers.training.course_weeks) == ("Mine", 20.0)
        alone = read_upload("mine.toml", b'title = "Alone"', folder)
        assert isinstance(alone, Scenario)
        assert alone.title == "Alone"

    @pytest.mark.parametrize("name", HOSTILE)
    def test_nothing_outside_the_folder_is_read(self, folder: Path, name: str) -> None:
        written = name if "\\u" in name else name.replace("\\", "\\\\")
        with pytest.raises(InputError) as refusal:
            read_upload("mine.toml", f'title = "Mine"\nextends = "{written}"\n'.encode(), folder)
        assert "Secret" not in str(refusal.value)
        assert str(folder.parent) not in str(refusal.value)

    @pytest.mark.parametrize("name", ["out.toml", "link.toml", "../secret.toml", "base", "", "folder.toml"])
    def test_a_name_asked_for_stays_in_the_folder(self, folder: Path, name: str) -> None:
        with pytest.raises(InputError):
            load_from(folder, name)
        with pytest.raises(InputError):
            read_upload("mine.toml", f'title = "M"\nextends = "{name}"\n'.encode(), folder)

    def test_a_parent_that_leads_out_is_refused_too(self, folder: Path) -> None:
        with pytest.raises(InputError, match="scenario folder"):
            read_upload("mine.toml", b'title = "Mine"\nextends = "out.toml"\n', folder)

    @pytest.mark.parametrize(
        "content",
        [
            b"x" * (LARGEST_UPLOAD + 1),
            b"\xff\xfe\x00",
            b"title = ",
            b"",
            b'title = "x"\n[levers]\n"training.no_such" = 1',
            b"a = " + b"[" * 5000,
            b'title = "x"\nextends = 3',
            b"\x00\x01\x02\x80",
        ],
    )
    def test_what_is_no_scenario_is_refused_in_words(self, folder: Path, content: bytes) -> None:
        with pytest.raises(InputError) as refusal:
            read_upload("../../bad<name>.toml", content, folder)
        assert "tmp" not in str(refusal.value)
        assert re.match(r"bad<name>\.toml", str(refusal.value))

    @pytest.mark.parametrize("before", ["", "["])
    def test_a_key_that_takes_a_minute_to_read_is_not_read(
        self, folder: Path, before: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(uploads, "read_toml", lambda path: pytest.fail("it was read"))
        content = f'title = "Deep"\n{before}{"a." * 20_000}a'.encode()
        with pytest.raises(InputError, match=r"mine\.toml, line 2: .* too long .*2,000"):
            read_upload("mine.toml", content, folder)

    def test_the_folder_lists_files_only(self, folder: Path) -> None:
        assert scenario_names(folder) == ["base.toml", "link.toml", "out.toml"]
        assert load_from(FOLDER, "history.toml").months == 142
