"""The figures of a study over uncertainties: what they show, in both languages and all sizes, against example images.

`PYTHONPATH=tests python tests/analysis/test_study_figures.py` draws the example images anew; look at each before it is committed.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

from example_images import IMAGES, assert_looks_the_same, keep
from sampled_results import results_of, uncertain
from ssa_sim.analysis.discovery import Discovery, discover
from ssa_sim.analysis.robustness import Robustness, robustness
from ssa_sim.analysis.sensitivity import Sensitivity, sensitivity
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import Axis, make_design
from ssa_sim.figures.discovery_figure import discovery_figure
from ssa_sim.figures.indices import indices_figure, plane_figure
from ssa_sim.figures.robustness import robustness_figure
from test_figures import drawn, overlapping_texts, texts_beyond_the_sheet

LAYOUTS = ("slide", "page", "column")
PACKAGES = ("baseline", "stable_personnel", "demand_driven", "equipment_with_training", "binding_coordination")
WEIGHTS = np.array([0.05, 1.0, 0.8, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.02, 0.0])


@cache
def study(method: Any) -> Sensitivity:
    """Two outcomes that a lever and eleven uncertainties move, and one that chance does."""
    axes = [Axis("levers", "training.course_weeks", None, 4.0, 24.0), *uncertain(11)]
    design = make_design(method, axes, samples=64 if method == "sobol" else 12, seed=5)

    def moved(shift: int, x: np.ndarray) -> np.ndarray:
        return 1000.0 * (x @ np.roll(WEIGHTS, shift)) - 800.0 * x[:, 1] * x[:, 3 + shift] - 600.0 * x[:, 5]

    formulas = {
        "completions": lambda x: moved(0, x),
        "deaths": lambda x: moved(1, x),
        "duplication": lambda x: 0.001 * x[:, 4],
    }
    return sensitivity(results_of(design, formulas, replications=3, noise=20.0))


@cache
def packages() -> tuple[Discovery, Discovery, Robustness]:
    """Boxes in two uncertainties and in one, and five packages over the same futures."""
    design = make_design("latin_hypercube", uncertain(8), samples=200, seed=5)
    gains: list[Callable[[np.ndarray], np.ndarray]] = [
        lambda x: 0.0 * x[:, 0],
        lambda x: np.where((x[:, 0] > 0.6) & (x[:, 1] < 0.5), -100.0, 100.0 * x[:, 2]),
        lambda x: np.where(x[:, 4] > 0.6, -100.0, 100.0),
        lambda x: 75.0 - 120.0 * x[:, 2],
        lambda x: 100.0 - 160.0 * x[:, 2],
    ]
    formulas = [
        {"ready_soldiers": lambda x, gain=gain: 1000.0 + gain(x), "deaths": lambda x, gain=gain: 1000.0 - gain(x)}
        for gain in gains
    ]
    results = results_of(design, formulas, scenarios=PACKAGES, replications=4, noise=8.0)
    return (
        discover(results, "ready_soldiers", "stable_personnel", method="cart"),
        discover(results, "deaths", "demand_driven", method="cart"),
        robustness(results, ["ready_soldiers", "deaths"], levels={"deaths": 950.0}),
    )


FIGURES: dict[str, Callable[[str, str], Figure]] = {
    "sobol": lambda language, layout: indices_figure(study("sobol"), language, layout=layout),
    "tornado": lambda language, layout: indices_figure(study("morris"), language, layout=layout),
    "plane": lambda language, layout: plane_figure(study("morris"), language, layout=layout),
    "boxes": lambda language, layout: discovery_figure(packages()[0], language, layout=layout),
    "box-in-one": lambda language, layout: discovery_figure(packages()[1], language, layout=layout),
    "robustness": lambda language, layout: robustness_figure(packages()[2], language, layout=layout),
}
EXAMPLES = [(name, language, layout) for name in FIGURES for language, layout in (("en", "slide"), ("fr", "page"))]


@pytest.mark.parametrize(("name", "language", "layout"), EXAMPLES)
def test_it_looks_as_when_it_was_looked_at(name: str, language: str, layout: str, tmp_path: Path) -> None:
    assert_looks_the_same(FIGURES[name](language, layout), f"{name}-{layout}-{language}", tmp_path)


@pytest.mark.parametrize(("language", "layout"), [("fr", "page"), ("fr", "slide")])
@pytest.mark.parametrize("name", FIGURES)
def test_texts_stay_apart_and_on_the_sheet(name: str, language: str, layout: str) -> None:
    figure = drawn(FIGURES[name](language, layout))
    assert overlapping_texts(figure) == []
    assert texts_beyond_the_sheet(figure) == []


@pytest.mark.parametrize("name", FIGURES)
def test_languages_and_layouts_that_there_are_not(name: str) -> None:
    with pytest.raises(InputError, match="no language 'de'"):
        FIGURES[name]("de", "slide")
    with pytest.raises(InputError, match="no layout 'poster'"):
        FIGURES[name]("en", "poster")


def test_an_example_image_that_differs_is_noticed(tmp_path: Path) -> None:
    """The planted fault: one bar is another."""
    found = study("morris")
    changed = found.indices.copy()
    row = changed.index[(changed["index"] == "mu") & (changed["outcome"] == "deaths")][2]
    changed.loc[row, ["value", "low", "high"]] = [-900.0, -950.0, -850.0]
    with pytest.raises(AssertionError, match="RMS"):
        assert_looks_the_same(indices_figure(replace(found, indices=changed)), "tornado-slide-en", tmp_path)


def test_a_plane_needs_elementary_effects() -> None:
    with pytest.raises(InputError, match="Only elementary effects"):
        plane_figure(study("sobol"))


def test_no_box_is_no_figure() -> None:
    found = packages()[0]
    with pytest.raises(InputError, match="no box to draw"):
        discovery_figure(replace(found, boxes=found.boxes.iloc[:0]))


def test_more_packages_than_colours_are_all_shown() -> None:
    design = make_design("latin_hypercube", uncertain(3), samples=20, seed=5)
    formulas = [{"deaths": lambda x, gain=gain: 100.0 * x[:, 0] - 5.0 * gain * x[:, 1]} for gain in range(15)]
    names = [f"package_{number}" for number in range(15)]
    found = robustness(results_of(design, formulas, scenarios=names), ["deaths"])
    figure = drawn(robustness_figure(found, layout="page"))
    assert [text.get_text() for text in figure.axes[0].get_yticklabels()] == list("ABCDEFGHIJKLMNO")
    assert sum("package" in text.get_text() for text in figure.legends[0].get_texts()) == 15
    assert overlapping_texts(figure) == []
    assert texts_beyond_the_sheet(figure) == []


def test_too_much_for_one_figure() -> None:
    with pytest.raises(InputError, match="do not fit"):
        robustness_figure(packages()[2], outcomes=["deaths"] * 5)
    with pytest.raises(InputError, match="do not hold the outcome"):
        indices_figure(study("sobol"), outcomes=["aid_spent"])


if __name__ == "__main__":
    IMAGES.mkdir(exist_ok=True)
    for name_, language_, layout_ in EXAMPLES:
        keep(FIGURES[name_](language_, layout_), IMAGES / f"{name_}-{layout_}-{language_}.png")
