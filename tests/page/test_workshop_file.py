"""A workshop saved and read again is the same workshop; what is no workshop is refused in words."""

from pathlib import Path

import pytest

from conftest import ROOT
from ssa_sim.errors import InputError
from ssa_sim.scenario.load import load_scenario
from ssa_sim.workshop.export import page_to_keep
from ssa_sim.workshop.injects import INJECTS
from ssa_sim.workshop.remembered import TabMemory
from ssa_sim.workshop.storyline import storyline_named
from ssa_sim.workshop.tab_state import Setup, TabState
from ssa_sim.workshop.uploads import LARGEST_UPLOAD, read_upload
from ssa_sim.workshop.workshop_file import workshop_text

SCENARIOS = ROOT / "scenarios"


def read(text: str) -> TabMemory:
    found = read_upload("kept.toml", text.encode(), SCENARIOS)
    assert isinstance(found, TabMemory)
    return found


@pytest.fixture
def tab() -> TabState:
    """A storyline that was left by hand: every inject, a package, votes, a budget, French."""
    tab = TabState(Setup(SCENARIOS, "baseline.toml", replications=2))
    tab.tell(storyline_named("politics"))
    tab.next_step()
    for inject in INJECTS:
        tab.session.play(inject, in_both=inject.name != "coup")
        tab.session.step()
    package = tab.packages[0]
    tab.session.decide(dict(package.values), kind="package", name=package.name)
    tab.session.set_lever("coordination.regime", "binding")
    tab.ballot.add(package.name, 3)
    tab.session.budget = 212.5
    tab.speak("fr")
    return tab


class TestTakingUp:
    def test_it_goes_on_where_it_was(self, tab: TabState) -> None:
        text = workshop_text(tab.memory)
        again = TabState(tab.setup)
        again.recall(read(text))
        assert again.memory == tab.memory
        assert again.texts.language == "fr"
        for one in (tab, again):
            one.next_step()
        assert again.memory == tab.memory
        assert all(
            mine.history.tobytes() == its.history.tobytes()
            for mine, its in zip(tab.session.worlds, again.session.worlds, strict=True)
        )
        assert len(text) < LARGEST_UPLOAD / 4

    def test_one_without_anything_decided(self) -> None:
        tab = TabState(Setup(SCENARIOS, "history.toml", replicate=4, replications=2))
        assert read(workshop_text(tab.memory)) == tab.memory

    def test_votes_for_packages_that_are_not_there_are_left_out(self, tab: TabState) -> None:
        text = workshop_text(tab.memory)
        again = TabState(tab.setup)
        again.recall(read(text.replace("[workshop.votes]", "[workshop.votes]\nno_such_package = 2")))
        assert again.memory == tab.memory
        assert again.lost_votes == ("no_such_package",)

    @pytest.mark.parametrize("name", ["été", "my package", 'a"b', "plain-name_2"])
    def test_packages_of_any_name(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "baseline.toml").write_text('title = "Base"\n')
        (tmp_path / f"{name}.toml").write_text(
            'title = "P"\nextends = "baseline.toml"\n[levers]\n"operations.tempo" = 0.5\n'
        )
        tab = TabState(Setup(tmp_path, "baseline.toml", replications=2))
        tab.ballot.add(name, 2)
        assert read_upload("kept.toml", workshop_text(tab.memory).encode(), tmp_path) == tab.memory

    def test_long_questions_and_names(self, tmp_path: Path) -> None:
        question = 'Why "so"? \\ ' * 300
        name = "n" * 200
        (tmp_path / f"{name}.toml").write_text(f"title = 'Base'\nquestion = '{question}'\n")
        tab = TabState(Setup(tmp_path, f"{name}.toml", replications=2))
        found = read_upload("kept.toml", workshop_text(tab.memory).encode(), tmp_path)
        assert isinstance(found, TabMemory)
        assert found.session.base.question == question

    def test_a_room_with_a_smaller_army_shows_a_unit_that_it_has(self, tab: TabState) -> None:
        tab.unit = 73
        tab.begin(load_scenario(SCENARIOS / "eutm_rca.toml"), "eutm_rca")
        assert tab.unit == tab.session.base.size.units - 1
        assert page_to_keep(tab)


class TestRefusals:
    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            ("month = ", "mnth = ", "workshop.mnth"),
            (f"replicate = {storyline_named('politics').replicate}", "replicate = -1", "workshop.replicate"),
            ('storyline = "politics"', 'storyline = "polities"', 'no storyline "polities"'),
            ('name = "coup"', 'name = "cup"', 'no inject "cup"'),
            ('"conditions.amount" = 14000000', '"conditions.amont" = 14000000', "conditions.amont"),
            ('"conditions.amount" = 14000000', '"conditions.amount" = -1', "conditions.amount"),
            ('language = "fr"', 'language = "de"', "workshop.language"),
            ("budget = 212.5", "budget = nan", "workshop.budget"),
            ("seed = 2013", f"seed = {10**20}", "workshop.seed"),
            ('storyline = "politics"', 'storyline = "withdrawal"', "does not fit this scenario"),
        ],
    )
    def test_what_is_wrong_is_said(self, tab: TabState, old: str, new: str, says: str) -> None:
        text = workshop_text(tab.memory)
        assert old in text
        with pytest.raises(InputError) as refusal:
            read(text.replace(old, new, 1))
        assert says in str(refusal.value)

    def test_what_is_no_table(self) -> None:
        with pytest.raises(InputError, match=r"kept\.toml: This is no workshop"):
            read('title = "x"\nworkshop = 3')
