"""The panels that others draw on their own Axes: each is in the table of docs/figures.md, whose lines run as they stand."""

import importlib
import inspect
import itertools
import pkgutil
import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import made_up
import ssa_sim
import ssa_sim.figures
from conftest import ROOT
from ssa_sim.analysis.lever_effects import lever_effects
from ssa_sim.analysis.money import follow_money
from ssa_sim.analysis.observation_tables import doctrine_mix, equipment_by_type
from ssa_sim.analysis.vicious_circle import measure_circle
from ssa_sim.catalogue.outcomes import outcome_named
from ssa_sim.errors import InputError
from ssa_sim.figures.differences import differences_of
from ssa_sim.figures.doctrine import draw_doctrine
from ssa_sim.figures.gallery import GALLERY
from ssa_sim.figures.index_panels import draw_plane, draw_shares, draw_tornado
from ssa_sim.figures.indices import index_rows
from ssa_sim.figures.page_size import PAGE_SIZES
from ssa_sim.figures.scenario_styles import styles_in_rows, styles_of
from ssa_sim.figures.style import in_style
from ssa_sim.figures.trajectories import draw_trajectories
from test_figures import drawn
from test_study_figures import packages, study

ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in (ROOT / "docs" / "figures.md")
    .read_text(encoding="utf-8")
    .split("| figure | panel |")[1]
    .splitlines()[2:]
    if line.startswith("|")
]
"""Figure, panel, and what it takes, as the page has them."""


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(ssa_sim.figures.__path__):
        yield importlib.import_module(f"ssa_sim.figures.{found.name}")


def panels() -> dict[str, Any]:
    """Every function that draws on Axes, by module and name."""
    return {
        f"{module.__name__}.{name}": function
        for module in modules()
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if name.startswith("draw_") and function.__module__ == module.__name__
    }


class TestTable:
    def test_it_names_every_panel_and_nothing_else(self) -> None:
        named = [panel.strip("`") for _, panel, _ in ROWS if panel != "none"]
        assert sorted(named) == sorted(panels())

    def test_it_names_every_figure_of_the_command(self) -> None:
        named = {name for figure, _, _ in ROWS for name in re.findall(r"`(\w+)`", figure)}
        assert named == {entry.name for entry in GALLERY} | {"sensitivity", "discover", "robustness"}

    @pytest.mark.parametrize("row", [row for row in ROWS if row[1] != "none"], ids=lambda row: row[1].strip("`"))
    def test_its_line_draws(self, row: list[str]) -> None:
        _, panel, text = row
        home, _, name = panel.strip("`").rpartition(".")
        (line,) = re.findall(rf"`({name}\(axes.*?\))`", text)
        with in_style(PAGE_SIZES["page"].text_sizes()):
            axes = Figure(figsize=(6.3, 4.0)).add_subplot()
            names = names_of_the_page(home) | {"axes": axes}
            names |= vars(importlib.import_module(home))
            eval(line, names | {"axes": axes})
            assert axes.has_data() or axes.texts
            drawn(axes.figure)


def names_of_the_page(home: str) -> dict[str, Any]:
    """What the page's blocks name, made up."""
    results, seen = made_up.results(("baseline", "stable_personnel")), made_up.observation()
    month = seen.units["month"].max()
    at = {
        part: table[table["month"] == month]
        for part, table in vars(seen).items()
        if part in ("projects", "units", "zones")
    }
    names = {
        **at,
        "results": results,
        "seen": seen,
        "outcome": outcome_named("ready_soldiers"),
        "page": PAGE_SIZES["column"],
        "shown": styles_of(results.scenario_names),
        "effects": lever_effects(results),
        "circle": measure_circle(made_up.circle_runs()),
        "money": follow_money(made_up.money_runs()),
    }
    functions = (ssa_sim, outcome_named, styles_in_rows, differences_of, doctrine_mix, equipment_by_type, index_rows)
    names |= {each.__name__: each for each in functions}
    if home.endswith("index_panels"):
        return names | {"sobol": study("sobol"), "morris": study("morris"), "outcome": outcome_named("deaths")}
    if home.endswith(("discovery_figure", "robustness")):
        found, _, judged = packages()
        return names | {"found": found, "judged": judged, "outcome": judged.outcomes[0]}
    return names


class TestRefusals:
    @pytest.mark.parametrize("draw", [draw_shares, draw_tornado, draw_plane])
    def test_another_table_is_refused_and_the_right_one_named(self, draw: Any) -> None:
        found = study("sobol" if draw is draw_shares else "morris")
        right = index_rows(found, "baseline", "", "deaths")
        with in_style():
            draw(Figure().add_subplot(), right, outcome_named("deaths"), "en")
            for wrong in (found.indices, right.drop(columns="part", level=0), right[["part"]]):
                with pytest.raises(InputError, match="index_rows"):
                    draw(Figure().add_subplot(), wrong, outcome_named("deaths"), "en")

    def test_no_scenario_is_refused(self) -> None:
        with pytest.raises(InputError, match=r"no scenario.*styles of baseline, demand_driven"):
            draw_trajectories(Figure().add_subplot(), made_up.results().monthly, outcome_named("deaths"), {}, "en")


class TestDoctrines:
    """Named and legible on one's own Axes, as wide as a column and as a page."""

    @staticmethod
    def panel(layout: str, width: float) -> Axes:
        with in_style(PAGE_SIZES[layout].text_sizes()):
            figure = Figure(figsize=(width, 2.6), dpi=200, layout="constrained")
            axes = figure.add_subplot()
            draw_doctrine(axes, doctrine_mix(made_up.observation().units), "fr")
            drawn(figure)
        return axes

    @pytest.mark.parametrize(("layout", "width"), [("column", 3.35), ("page", 6.3), ("slide", 3.35)])
    def test_every_doctrine_is_named_and_dates_stand_apart(self, layout: str, width: float) -> None:
        axes = self.panel(layout, width)
        legend = axes.get_legend()
        assert legend is not None
        assert [text.get_text()[0] for text in legend.get_texts()] == list("012345")
        sheet = axes.figure.bbox
        for text in legend.get_texts():
            box = text.get_window_extent()
            assert sheet.x0 <= box.x0 < box.x1 <= sheet.x1
            assert sheet.y0 <= box.y0 < box.y1 <= sheet.y1
        dates = [label.get_window_extent() for label in axes.get_xticklabels() if label.get_text()]
        assert len(dates) >= 3
        assert all(left.x1 < right.x0 for left, right in itertools.pairwise(dates))
