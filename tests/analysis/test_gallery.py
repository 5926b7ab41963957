"""The gallery: example images, legibility in every size and language, and the command that draws what a folder can show."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.testing.compare import compare_images

import made_up
from ssa_sim.analysis.compare import compare
from ssa_sim.analysis.lever_effects import lever_effects
from ssa_sim.analysis.observation_tables import doctrine_mix, equipment_by_type, month_of, niches
from ssa_sim.analysis.vicious_circle import measure_circle
from ssa_sim.cli import main
from ssa_sim.errors import InputError
from ssa_sim.experiment.keep.observation_folder import keep_observation
from ssa_sim.figures import gallery, zone_map
from ssa_sim.figures.doctrine import doctrine_figure
from ssa_sim.figures.equipment import equipment_figure
from ssa_sim.figures.heat_map import MOST_ROWS, cell_text, heat_map_figure
from ssa_sim.figures.network import network_figure
from ssa_sim.figures.small_multiples import (
    absorption_figure,
    absorption_of_one_run_figure,
    differences_figure,
    trajectories_figure,
)
from ssa_sim.figures.style import in_style
from ssa_sim.figures.vicious_circle import arrow_text, circle_figure
from ssa_sim.figures.zone_map import zone_map_figure, zone_map_of_one_run_figure
from ssa_sim.model.observation import Observation
from ssa_sim.model.state import ZONES
from ssa_sim.scenario.schema import Scenario
from test_figures import drawn, overlapping_texts, texts_beyond_the_sheet

IMAGES = Path(__file__).parent / "images"
DOTS_PER_INCH = 72
TOLERANCE = 1.5
"""Root mean square of the pixels' differences, of 255; the smallest change that must be seen makes 3 and more."""

_results = cache(made_up.results)
_seen = cache(made_up.observation)
_effects = cache(lambda: lever_effects(made_up.one_at_a_time()))
_circle = cache(lambda: measure_circle(made_up.circle_runs()))
_comparison = cache(lambda: compare(made_up.results(), outcomes=["readiness", "deaths", "duplication", "completions"]))

Draw = Callable[[str, str], Figure]
FIGURES: dict[str, Draw] = {
    "trajectories": lambda language, layout: trajectories_figure(_results(), language, layout=layout),
    "differences": lambda language, layout: differences_figure(_results(), _comparison(), language, layout=layout),
    "levers": lambda language, layout: heat_map_figure(_effects(), language, layout=layout),
    "absorption": lambda language, layout: absorption_figure(_results(), language, layout=layout),
    "absorption_of_one_run": lambda language, layout: absorption_of_one_run_figure(_seen(), language, layout=layout),
    "zones": lambda language, layout: zone_map_figure(_results(), language, layout=layout),
    "zones_of_one_run": lambda language, layout: zone_map_of_one_run_figure(
        _seen(), language, outcomes=["deaths", "trust"], layout=layout
    ),
    "doctrine": lambda language, layout: doctrine_figure(_seen(), language, layout=layout),
    "equipment": lambda language, layout: equipment_figure(_seen(), language, month="2017-03", layout=layout),
    "network": lambda language, layout: network_figure(_seen(), language, layout=layout),
    "circle": lambda language, layout: circle_figure(_circle(), language, layout=layout),
}
EXAMPLES = [
    *((name, "en", "page") for name in FIGURES if not name.endswith("one_run")),
    ("levers", "fr", "column"),
    ("network", "fr", "column"),
    ("zones_of_one_run", "fr", "slide"),
    ("circle", "fr", "column"),
]


def written(name: str, language: str, layout: str, path: Path) -> Path:
    with in_style():
        FIGURES[name](language, layout).savefig(path, dpi=DOTS_PER_INCH, metadata={"Software": "ssa_sim"})
    return path


class TestExampleImages:
    """`PYTHONPATH=tests python tests/analysis/test_gallery.py` draws them anew; look at what changed before you commit it."""

    @pytest.mark.parametrize(("name", "language", "layout"), EXAMPLES)
    def test_a_figure_looks_like_its_example(self, name: str, language: str, layout: str, tmp_path: Path) -> None:
        example = IMAGES / f"{name}-{layout}-{language}.png"
        made = written(name, language, layout, tmp_path / example.name)
        assert compare_images(str(example), str(made), TOLERANCE) is None

    def test_a_changed_number_is_seen(self, tmp_path: Path) -> None:
        effects = _effects()
        table = effects.table.copy()
        table.loc[0, ["standardised", "verdict"]] = [2.9, "better"]
        with in_style():
            figure = heat_map_figure(replace(effects, table=table), "en", layout="page")
            figure.savefig(tmp_path / "other.png", dpi=DOTS_PER_INCH)
        example = IMAGES / "levers-page-en.png"
        assert compare_images(str(example), str(tmp_path / "other.png"), TOLERANCE) is not None


class TestLegibility:
    @pytest.mark.parametrize(("layout", "language"), [("column", "fr"), ("page", "en"), ("slide", "fr")])
    @pytest.mark.parametrize("name", FIGURES)
    def test_no_text_overlaps_another_or_leaves_the_sheet(self, name: str, language: str, layout: str) -> None:
        figure = drawn(FIGURES[name](language, layout))
        assert overlapping_texts(figure) == []
        assert texts_beyond_the_sheet(figure) == []

    @pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES)
    def test_unknown_languages_and_layouts_are_refused(self, draw: Draw) -> None:
        with pytest.raises(InputError, match="'de'"):
            draw("de", "slide")
        with pytest.raises(InputError, match="no layout 'poster'"):
            draw("en", "poster")


class TestWhatIsDrawn:
    def test_undecided_cells_are_white_and_grey(self) -> None:
        effects = _effects()
        table = effects.table.assign(verdict="undecided", standardised=2.0)
        axes = heat_map_figure(replace(effects, table=table), layout="page").axes[0]
        assert {patch.get_facecolor()[:3] for patch in axes.patches} == {(1.0, 1.0, 1.0)}
        assert {text.get_weight() for text in axes.texts} == {"normal"}

    def test_better_is_blue_and_worse_is_red(self) -> None:
        effects = _effects()
        table = effects.table.assign(verdict="better", standardised=2.0)
        table.loc[table["outcome"] == "deaths", ["verdict", "standardised"]] = ["worse", -2.0]
        axes = heat_map_figure(replace(effects, table=table), layout="page").axes[0]
        names = [outcome.name for outcome in effects.outcomes]
        for place, patch in enumerate(axes.patches):
            red, _, blue, _ = patch.get_facecolor()
            assert (red > blue) == (names[place % len(names)] == "deaths")

    def test_of_too_many_rows_those_that_stand_out_stay_in_their_order(self) -> None:
        effects = _effects()
        one = effects.table[effects.table["row"] == effects.rows[0]]
        rows = [
            one.assign(row=f"row {n}", label_en=f"Row {n}", verdict="better", standardised=float(n))
            for n in range(1, MOST_ROWS + 3)
        ]
        rows[-1] = rows[-1].assign(verdict="undecided")
        axes = heat_map_figure(replace(effects, table=pd.concat(rows, ignore_index=True)), layout="page").axes[0]
        shown = [label.get_text() for label in axes.get_yticklabels()]
        assert shown == [f"Row {n}" for n in range(2, MOST_ROWS + 2)]

    @pytest.mark.parametrize(
        ("value", "verdict", "text"),
        [
            (1.26, "better", "+1.3"),
            (-12.6, "worse", "−13"),
            (0.0, "no difference", "="),
            (-0.02, "undecided", "0.0"),
            (float("-inf"), "worse", "−∞"),
            (9.96, "better", "+10"),
        ],
    )
    def test_cells_say_the_effect(self, value: float, verdict: str, text: str) -> None:
        assert cell_text(value, verdict, "en") == text

    def test_an_arrow_that_is_not_decided_is_grey(self) -> None:
        circle = _circle()
        arrows = circle.arrows.assign(verdict="undecided")
        axes = circle_figure(replace(circle, arrows=arrows), layout="page").axes[0]
        assert {patch.get_edgecolor() for patch in axes.patches} == {(140 / 255, 140 / 255, 140 / 255, 1.0)}
        row = circle.arrows.iloc[0]
        assert arrow_text(row, "en").startswith("+0.50\n(+0.50 to +0.50)")
        assert arrow_text(row, "fr", is_narrow=True) == "+0,50"

    def test_every_region_belongs_to_a_zone_and_has_its_colour(self) -> None:
        regions = zone_map._drawing()["regions"]
        assert {region["zone"] for region in regions} == set(ZONES)
        axes = zone_map_of_one_run_figure(_seen(), outcomes=["state_presence"], layout="page").axes[0]
        colours = {region["zone"]: patch.get_facecolor() for region, patch in zip(regions, axes.patches, strict=True)}
        assert len(set(colours.values())) == len(ZONES)
        darkness = [sum(colours[zone][:3]) for zone in ZONES]
        assert darkness == sorted(darkness, reverse=True)  # the state is least present in the North

    def test_the_network_draws_a_line_for_each_project_and_marks_duplicates(self) -> None:
        seen = _seen()
        axes = network_figure(seen, layout="page").axes[0]
        onward, others, duplicates = (len(collection.get_paths()) for collection in axes.collections)
        assert onward == len(seen.projects)
        assert duplicates == seen.projects["duplicate"].sum()
        assert others == len(seen.projects) - duplicates


class TestTables:
    def test_the_mix_weighs_units_by_their_soldiers(self) -> None:
        units = pd.DataFrame({"month": pd.Timestamp("2014-01-01"), "soldiers": [100, 300]})
        units = units.assign(**{f"doctrine_{k}": 0.0 for k in range(6)})
        units["doctrine_0"], units["doctrine_3"] = [1.0, 0.5], [0.0, 0.5]
        assert doctrine_mix(units).iloc[0].tolist() == pytest.approx([0.625, 0.0, 0.0, 0.375, 0.0, 0.0])

    def test_equipment_is_split_by_who_knows_it(self) -> None:
        units = pd.DataFrame({"soldiers": [100, 50]})
        for kit in range(5):
            for name in ("working", "broken", "depot", "held", "known"):
                units[f"kit_{name}_{kit}"] = 0
        units["kit_working_1"], units["kit_broken_1"], units["kit_held_1"] = [8, 0], [2, 0], [10, 0]
        units["kit_known_1"] = [0.25, 0.5]
        row = equipment_by_type(units).loc[1]
        assert row.to_dict() == {
            "working_known": 2.0,
            "working_unknown": 6.0,
            "broken": 2.0,
            "depot": 0.0,
            "known_here": 25.0,
            "known_without": 25.0,
        }

    def test_niches_count_partners_once(self) -> None:
        projects = pd.DataFrame(
            {
                "donor": [1, 1, 2],
                "zone": "north",
                "kind": "course",
                "function": "air",
                "duplicate": [False, False, True],
            }
        )
        row = niches(projects).iloc[0]
        assert (row["partners"], row["projects"], row["duplicates"]) == (2, 3, 1)

    def test_a_month_is_found_or_refused(self) -> None:
        seen = _seen()
        assert month_of(seen) == pd.Timestamp("2020-01-01")
        assert month_of(seen, "2017-03") == pd.Timestamp("2017-03-01")
        for wrong in ("2031-01", "soon"):
            with pytest.raises(InputError):
                month_of(seen, wrong)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory, baseline: Scenario) -> dict[str, Path]:
    """A small result folder of each kind."""
    ground = tmp_path_factory.mktemp("folders")
    body = "[size]\nunits = 6\n[period]\nend = 2014-02-01\n"
    (ground / "one.toml").write_text(f'title = "One"\n{body}', encoding="utf-8")
    (ground / "two.toml").write_text(f'title = "Two"\n{body}[levers]\n"training.course_weeks" = 20\n', encoding="utf-8")
    (ground / "levers.toml").write_text(
        'title = "Levers"\nscenarios = ["one.toml"]\nreplications = 3\n[design]\nmethod = "one_at_a_time"\n'
        '[design.levers]\n"training.course_weeks" = [4, 20]\n[output]\nmonthly = "none"\n',
        encoding="utf-8",
    )
    one, two = str(ground / "one.toml"), str(ground / "two.toml")
    made = {name: ground / name for name in ("comparison", "levers", "waterfall", "observation", "circle")}
    few = ["--replications", "2"]
    commands = {
        "comparison": ["compare", one, two, *few, "--workers", "1"],
        "levers": ["sweep", str(ground / "levers.toml"), "--workers", "1"],
        "waterfall": ["decompose", one, *few, "--mechanisms", "turnover,rents", "--workers", "1"],
        "observation": ["observe", one],
        "circle": ["circle", one, *few],
    }
    for name, command in commands.items():
        assert main([*command, "--out", str(made[name])]) == 0
    return made


SHOWS = {
    "comparison": ["comparison", "trajectories", "differences", "levers", "absorption", "zones"],
    "levers": ["levers"],
    "waterfall": ["waterfall"],
    "observation": ["absorption", "zones", "doctrine", "equipment", "network"],
    "circle": ["circle"],
}


class TestPlot:
    @pytest.mark.parametrize("kind", SHOWS)
    def test_a_folder_shows_what_it_can(
        self, folders: dict[str, Path], kind: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["plot", str(folders[kind]), "--list", "--json"]) == 0
        listed = json.loads(capsys.readouterr().out)["figures"]
        assert [each["name"] for each in listed if each["can_be_drawn"]] == SHOWS[kind]
        assert all(each["can_be_drawn"] != bool(each["why_not"]) for each in listed)
        assert main(["plot", str(folders[kind]), "--size", "page", "--lang", "fr", "--json"]) == 0
        drawn_figures = json.loads(capsys.readouterr().out)["figures"]
        assert [each["name"] for each in drawn_figures] == SHOWS[kind]
        for each in drawn_figures:
            assert each["path"] == str(folders[kind] / "figures" / f"{each['name']}-page-fr.png")
            assert Path(each["path"]).stat().st_size > 5_000

    def test_what_is_on_show_changes_no_verdict(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The figure of some outcomes judges as the comparison that a report shows does."""
        made = made_up.results()
        drawn_tables = []
        monkeypatch.setattr(
            gallery, "differences_figure", lambda _, comparison, *__, **___: drawn_tables.append(comparison)
        )
        for outcomes in (["deaths", "readiness"], None):
            gallery.figure(made, "differences", outcomes=outcomes)
        two, reported = (each.table.set_index(["scenario", "outcome"]) for each in drawn_tables)
        assert 0 < len(two) < len(reported)
        assert two.equals(reported.loc[two.index])

    def test_one_figure_in_another_format(self, folders: dict[str, Path]) -> None:
        arguments = ["plot", str(folders["observation"]), "--figure", "network", "--month", "2013-12"]
        for ending, start in (("svg", b"<?xml"), ("pdf", b"%PDF")):
            assert main([*arguments, "--format", ending, "--size", "column"]) == 0
            path = folders["observation"] / "figures" / f"network-column.{ending}"
            assert path.read_bytes().startswith(start)

    def test_letters_that_the_font_lacks_are_one_note(
        self, folders: dict[str, Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        one = folders["comparison"].parent / "one.toml"
        named = one.with_name("兵_\U0001f3b2_Ω.toml")
        named.write_text(one.read_text(encoding="utf-8"), encoding="utf-8")
        kept = tmp_path / "kept"
        arguments = [str(one), str(named), "--replications", "2", "--workers", "1", "--out", str(kept)]
        for command in (["compare", *arguments], ["plot", str(kept)], ["report", str(kept)]):
            assert main(command) == 0
            said = capfd.readouterr().err
            assert said.count("U+5175") == 1
            assert "兵 (U+5175), \U0001f3b2 (U+1F3B2): a box" in said
            assert "U+03A9" not in said
            assert "Warning" not in said

    def test_the_list_speaks_both_languages(self, folders: dict[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["plot", str(folders["circle"]), "--list", "--lang", "fr"]) == 0
        text = capsys.readouterr().out
        assert "Le cercle vicieux" in text
        assert "demande l'intérieur d'une simulation" in text

    @pytest.mark.parametrize(
        ("kind", "arguments", "message"),
        [
            ("observation", ["--figure", "levers"], "cannot show 'levers': it needs the results of runs"),
            ("levers", ["--figure", "trajectories"], "it would mix the points of the design"),
            ("comparison", ["--figure", "zones", "--outcome", "happiness"], "The map does not show 'happiness'"),
            ("comparison", ["--figure", "zones", "--scenario", "three"], "do not hold the scenario 'three'"),
            ("observation", ["--figure", "doctrine", "--month", "2013-05"], "with --figure equipment, network"),
            ("observation", ["--figure", "doctrine", "--month", "2013-15"], "'2013-15' is no month"),
            ("observation", ["--figure", "network", "--month", "2031-05"], "2031-05 was not observed"),
            ("waterfall", ["--figure", "waterfall", "--outcome", "deaths"], "do not hold the outcome 'deaths'"),
        ],
    )
    def test_what_cannot_be_drawn_is_said_in_a_sentence(
        self,
        folders: dict[str, Path],
        kind: str,
        arguments: list[str],
        message: str,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        assert main(["plot", str(folders[kind]), *arguments]) == 2
        said = capsys.readouterr().err
        assert message in said
        assert said.count("\n") == 1

    def test_no_folder_and_no_results(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
        for where, message in ((tmp_path / "none", "There is no such folder"), (tmp_path, "cannot be read")):
            assert main(["plot", str(where)]) == 2
            assert message in capsys.readouterr().err

    def test_an_observation_of_one_month_still_draws(self, baseline: Scenario, tmp_path: Path) -> None:
        whole = made_up.small_observation(baseline)
        last = whole.zones["month"].max()
        tables = {name: table[table["month"] == last] for name, table in whole.tables().items() if name != "monthly"}
        keep_observation(replace(whole, **tables), baseline, tmp_path / "seen")
        assert main(["plot", str(tmp_path / "seen")]) == 0

    def test_a_world_without_aid_still_draws(self) -> None:
        seen = _seen()
        empty: Observation = replace(seen, projects=seen.projects.iloc[:0])
        figure = drawn(network_figure(empty, layout="page"))
        assert np.isfinite(figure.get_size_inches()).all()


def regenerate() -> None:
    """Draw the example images anew."""
    IMAGES.mkdir(exist_ok=True)
    for name, language, layout in EXAMPLES:
        written(name, language, layout, IMAGES / f"{name}-{layout}-{language}.png")


if __name__ == "__main__":
    regenerate()
