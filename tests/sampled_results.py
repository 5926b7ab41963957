"""Results as a sweep over a sample would leave them, made by formula instead of the model."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ssa_sim.catalogue.entries import uncertainty_catalogue
from ssa_sim.catalogue.outcomes import outcome_named
from ssa_sim.experiment.ask.design import Axis, Design
from ssa_sim.experiment.keep.results import Results
from ssa_sim.experiment.keep.tables import design_table

Formula = Callable[[np.ndarray], np.ndarray]
"""From the values of the axes, shape (points, axes), to an outcome, shape (points,)."""
PATHS = tuple(entry.path for entry in uncertainty_catalogue())


def uncertain(count: int, low: float = 0.0, high: float = 1.0) -> list[Axis]:
    """The first uncertainties of the catalogue, over ranges of our own."""
    return [Axis("uncertainties", path, None, low, high) for path in PATHS[:count]]


def results_of(
    design: Design | None,
    formulas: Mapping[str, Formula] | Sequence[Mapping[str, Formula]],
    *,
    replications: int = 2,
    noise: float = 0.0,
    scenarios: Sequence[str] = ("baseline",),
) -> Results:
    """Results whose outcomes are formulas of the point, plus what a replicate adds everywhere, plus noise.

    Args:
        design: the sample.
        formulas: by outcome; one mapping for all scenarios, or one each.
        replications: of each point.
        noise: standard deviation of what is point's and replicate's own.
        scenarios: names.
    """
    generator = np.random.default_rng(7)
    each = [formulas] * len(scenarios) if isinstance(formulas, Mapping) else list(formulas)
    points = np.zeros((1, 0)) if design is None else design.points
    names = list(each[0])
    common = generator.normal(size=(replications, len(names)))
    frames = []
    table = None if design is None else _in_json_types(design_table(design).to_pandas())
    for scenario, made in zip(scenarios, each, strict=True):
        for replicate in range(replications):
            columns: dict[str, Any] = {
                name: made[name](points) + common[replicate, i] + noise * generator.normal(size=len(points))
                for i, name in enumerate(names)
            }
            facts = {
                "run_id": "",
                "scenario": scenario,
                "replicate": replicate,
                "seed": 1,
                "status": "ok",
                "error": None,
            }
            varied = {} if table is None else {name: table[name] for name in table}
            frames.append(pd.DataFrame({**facts, **varied, **columns}, index=range(len(points))))
    return Results(
        title="Made by formula",
        identity="made up",
        scenario_names=tuple(scenarios),
        outcomes=tuple(outcome_named(name) for name in names),
        replications=replications,
        seed=2013,
        monthly_detail="none",
        runs=pd.concat(frames, ignore_index=True),
        monthly=pd.DataFrame(),
        trajectories=None,
        provenance={"model_version": "0"},
        design=table,
        design_request=None if design is None else _request(design),
    )


def _request(design: Design) -> dict[str, Any]:
    axes = [{**vars(axis), "values": None if axis.values is None else list(axis.values)} for axis in design.axes]
    return {**design.request, "points": len(design), "axes": axes}


def _in_json_types(table: pd.DataFrame) -> pd.DataFrame:
    return table
