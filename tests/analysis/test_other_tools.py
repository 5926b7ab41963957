"""The model in other people's hands: as a function, in Mesa's page, in notebooks; and figures by name."""

import importlib.util
import pickle
import re
import time
import warnings
from pathlib import Path

import nbformat
import numpy as np
import pytest

import ssa_sim
from documents import ROOT, parts
from notebooks import FOLDER, NAMES, executed, said
from ssa_sim.errors import InputError
from ssa_sim.scenario.schema import Scenario
from ssa_sim.telling.comparison import columns

PATHS = ("training.course_weeks", "training.camp_places", "turnover.reassignment_rate")


@pytest.fixture(scope="module")
def scenario(baseline: Scenario) -> Scenario:
    return baseline.with_size(units=4).with_period(end=baseline.period.start.replace(year=2014))


class TestModelFunction:
    def test_it_is_the_mean_of_runs(self, scenario: Scenario) -> None:
        function = ssa_sim.ModelFunction(scenario, PATHS, outcomes=["ready_soldiers", "deaths"], replications=3, seed=5)
        changed = scenario.with_levers({"training.course_weeks": 24.0, "training.camp_places": 301})
        changed = changed.with_uncertainties({"turnover.reassignment_rate": 0.03})
        runs = [ssa_sim.simulate(changed, seed=5, replicate=number).outcomes for number in range(3)]
        expected = {name: sum(run[name] for run in runs) / 3 for name in ("ready_soldiers", "deaths")}
        assert function([24.0, 300.6, 0.03]) == expected
        assert function(**{PATHS[0]: 24, PATHS[1]: 301, PATHS[2]: 0.03}) == expected
        np.testing.assert_array_equal(function.table([[24.0, 300.6, 0.03]]), [list(expected.values())])

    def test_what_is_not_named_stays(self, scenario: Scenario) -> None:
        function = ssa_sim.ModelFunction(scenario, PATHS, outcomes=["deaths"], first_replicate=7)
        assert function()["deaths"] == ssa_sim.simulate(scenario, seed=2013, replicate=7).outcomes["deaths"]

    def test_it_travels_to_other_processes(self, scenario: Scenario) -> None:
        function = ssa_sim.ModelFunction(scenario, PATHS, outcomes=["deaths"])
        value = function()
        assert len(pickle.dumps(function)) < 200_000
        assert pickle.loads(pickle.dumps(function))() == value

    def test_ranges_are_the_catalogues(self, scenario: Scenario) -> None:
        function = ssa_sim.ModelFunction(scenario, PATHS)
        assert function.bounds == [(2.0, 52.0), (0.0, 2600.0), (0.005, 0.06)]
        assert function.problem == {
            "num_vars": 3,
            "names": list(PATHS),
            "bounds": [[2.0, 52.0], [0.0, 2600.0], [0.005, 0.06]],
        }

    def test_choices(self, scenario: Scenario) -> None:
        function = ssa_sim.ModelFunction(
            scenario, ["coordination.regime", "training.mission"], outcomes=["completions"]
        )
        assert function(**{"training.mission": False})["completions"] == 0.0
        assert function(**{"coordination.regime": "binding"})["completions"] >= 0.0
        with pytest.raises(InputError, match="has no range"):
            _ = function.bounds


def test_mesa_shows_the_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of docs/other_tools.md: rendered, and its buttons pressed, without a browser."""
    pytest.importorskip("solara", reason='needs pip install "ssa-sim[tools]"')
    import ipyvuetify
    import solara

    text = (ROOT / "docs" / "other_tools.md").read_text(encoding="utf-8")
    (app,) = [part.body for part in parts(text) if part.what == "python" and "SolaraViz(" in part.body]
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(app, names)
        _, rendered = solara.render(solara.AppLayout(children=[names["page"]]), handle_error=False)
        models = [one for one in names["page"].args if isinstance(one, ssa_sim.SsaModel)]
        models += [one for one in names["page"].kwargs.values() if isinstance(one, ssa_sim.SsaModel)]
        (model,) = models
        (step,) = [one for one in rendered.find(ipyvuetify.Btn).widgets if one.children == ["Step"]]
        for expected in (0, 1):
            step.click()
            wait_for(lambda month=expected: model.month >= month)
        assert len(model.datacollector.get_model_vars_dataframe()) == 2
        assert model.steps == 2
        rendered.close()


def wait_for(condition: object, seconds: float = 20.0) -> None:
    """What a button starts may run in a thread."""
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.05)


class TestFigures:
    def test_refusals(self) -> None:
        from test_figures import made_up_results

        results = made_up_results(replications=3, months=6)
        assert ssa_sim.figure(results, "comparison", "fr").axes
        with pytest.raises(InputError, match="no figure 'pie'"):
            ssa_sim.figure(results, "pie")
        with pytest.raises(InputError, match="cannot show 'waterfall'"):
            ssa_sim.figure(results, "waterfall")


@pytest.mark.long
@pytest.mark.skipif(importlib.util.find_spec("ipykernel") is None, reason='needs pip install "ssa-sim[notebooks]"')
@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_from_top_to_bottom(name: str, tmp_path: Path) -> None:
    notebook = executed(name, tmp_path)
    assert (tmp_path / "docs" / "notebooks" / "made" / "results" / "report.html").is_file()
    assert all(
        cell.outputs or "import" in cell.source or "=" in cell.source
        for cell in notebook.cells
        if cell.cell_type == "code"
    )
    kept = nbformat.read(ROOT / FOLDER / name, as_version=4)
    assert said(notebook) == said(kept), "`python tests/notebooks.py` brings it up to date"


def test_the_page_names_printed_columns_as_they_are_printed() -> None:
    page = (ROOT / "docs" / "other_tools.md").read_text(encoding="utf-8")
    named = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", page, re.MULTILINE))
    assert {"variance_reduction", "replications_needed"} <= named.keys()
    assert {named["variance_reduction"], named["replications_needed"]} <= {
        column.heading.to("en") for column in columns(0.95)
    }
