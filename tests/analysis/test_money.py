"""Where the money went: every euro once, in tables, in a folder and in the figure."""

import json
from pathlib import Path

import pandas as pd
import pytest

import made_up
from accounts import world_of
from ssa_sim.analysis.money import follow_money
from ssa_sim.analysis.money_runs import PLACES, granted, keep_money, load_money, trails_of
from ssa_sim.cli import main
from ssa_sim.errors import InputError
from ssa_sim.figures.money import _apart, money_figure
from ssa_sim.model.driver import run_months
from ssa_sim.scenario.load import load_scenario
from ssa_sim.scenario.schema import Scenario
from ssa_sim.telling.money import sentence
from strategies import upheaval
from test_figures import drawn, overlapping_texts, texts_beyond_the_sheet


@pytest.mark.parametrize("name", ["baseline", "trust_and_rights", "feedback_and_learning", "upheaval"])
def test_trails_add_up_to_what_was_granted(name: str) -> None:
    scenario = upheaval() if name == "upheaval" else load_scenario(name)
    world = world_of(scenario)
    profiles = [profile.name for profile in scenario.donors]
    for month in range(scenario.months):
        run_months(world, month, month + 1)
        trails = trails_of(world, profiles)
        assert sum(trails.values()) == granted(world), month
        assert min(trails.values()) > 0, month


class TestMeans:
    def test_rows_add_up_and_keep_the_order_of_trails(self) -> None:
        found = follow_money(made_up.money_runs())
        assert found.trails["million"].sum() == pytest.approx(found.total[0])
        assert found.ends["share"].sum() == pytest.approx(1.0)
        assert found.ends["use"].tolist()[:3] == ["used", "saturated", "mismatched"]
        assert list(dict.fromkeys(found.trails["giver"]))[-2:] == ["gifts", "conditions"]
        assert found.across(["giver"]).to_numpy().sum() == pytest.approx(found.total[0])

    def test_a_trail_that_a_replicate_lacks_carries_nothing_there(self) -> None:
        made = made_up.money_runs()
        trails = made.trails[["replicate", *PLACES, "euros"]].iloc[:0]
        rows = [(0, "rival", "course", "unit", "used", 3_000_000), (1, "rival", "course", "unit", "lapsed", 1_000_000)]
        trails = pd.DataFrame(rows, columns=trails.columns)
        found = follow_money(type(made)("Two", 1, 2, made.givers, trails))
        assert found.ends.set_index("use")["million"].to_dict() == {"used": 1.5, "lapsed": 0.5}
        assert found.ends["share"].tolist() == [0.5, 0.5]
        assert found.total[0] == 2.0
        assert "50% was used" in sentence(found)


class TestFigure:
    @pytest.mark.parametrize(("layout", "language"), [("page", "en"), ("page", "fr"), ("slide", "fr")])
    def test_no_text_overlaps_another_or_leaves_the_sheet(self, layout: str, language: str) -> None:
        figure = drawn(money_figure(follow_money(made_up.money_runs()), language, layout=layout))
        assert overlapping_texts(figure) == []
        assert texts_beyond_the_sheet(figure) == []

    def test_it_draws_what_is_followed(self) -> None:
        axes = money_figure(follow_money(made_up.money_runs()), layout="page").axes[0]
        names = {text.get_text().replace("\n", " ").rpartition(" ")[0] for text in axes.texts}
        assert {"saturated", "Training mission", "formations of a zone"} <= names
        assert "Conditional aid" not in names
        with pytest.raises(InputError, match="does not fit"):
            money_figure(follow_money(made_up.money_runs()), layout="column")

    def test_names_that_would_meet_are_pushed_apart(self) -> None:
        assert _apart([0.1, 0.12, 0.9], [0.1, 0.1, 0.1]) == pytest.approx([0.1, 0.2, 0.9])
        assert _apart([0.9, 1.0], [0.1, 0.1]) == pytest.approx([0.87, 0.97])


def test_a_folder_comes_back_and_a_broken_one_does_not(baseline: Scenario, tmp_path: Path) -> None:
    made = made_up.money_runs()
    keep_money(made, baseline, tmp_path / "money")
    read = load_money(tmp_path / "money")
    assert read.givers == made.givers
    assert follow_money(read).trails.equals(follow_money(made).trails)
    twice = type(made)(made.title, 1, 5, made.givers, pd.concat([made.trails, made.trails.iloc[:1]]))
    keep_money(twice, baseline, tmp_path / "twice")
    with pytest.raises(InputError, match="stands there twice"):
        load_money(tmp_path / "twice")


def test_the_command_tells_draws_and_keeps(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scenario = tmp_path / "small.toml"
    scenario.write_text('title = "Small"\n[size]\nunits = 6\n[period]\nend = 2014-08-01\n', encoding="utf-8")
    arguments = ["follow-the-money", str(scenario), "--replications", "2", "--out", str(tmp_path / "money")]
    assert main([*arguments, "--lang", "fr", "--trails"]) == 0
    text = capsys.readouterr().out
    assert "perdu en route" in text
    assert "Tous les chemins" in text
    assert (tmp_path / "money" / "figures" / "money-fr.png").exists()
    assert main([*arguments, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert sum(row["million"] for row in found["trails"]) == pytest.approx(found["granted"]["million"])
    assert main(["plot", str(tmp_path / "money"), "--size", "page"]) == 0
