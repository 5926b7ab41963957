"""Puts replicates together into the tables of an experiment's results."""

import platform
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version

import numpy as np
import pandas as pd

from ssa_sim.experiment.plan import Experiment
from ssa_sim.experiment.replicate import ReplicateRuns
from ssa_sim.experiment.results import (
    MONTHLY_COLUMNS,
    RUN_COLUMNS,
    TRAJECTORY_COLUMNS,
    Floats,
    Results,
    monthly_summary,
)
from ssa_sim.model.outcomes import outcome_named
from ssa_sim.model.simulate import Run
from ssa_sim.model.version import MODEL_VERSION

_PACKAGES = ("ssa-sim", "numpy", "numba", "pandas", "pyarrow", "pydantic", "scipy", "mesa")


def assemble(experiment: Experiment, replicates: Iterable[ReplicateRuns], *, engine: str, seconds: float) -> Results:
    """The results of an experiment from its replicates, in whatever order they come.

    Args:
        experiment: what was run.
        replicates: every replicate once.
        engine: what ran it.
        seconds: how long that took.
    """
    ordered = sorted(replicates, key=lambda one: one.replicate)
    if [one.replicate for one in ordered] != list(experiment.replicates):
        raise ValueError("Every replicate of the experiment is needed exactly once.")
    return Results(
        title=experiment.title,
        identity=experiment.identity(),
        scenario_names=experiment.scenario_names,
        outcomes=tuple(outcome_named(name) for name in experiment.outcomes),
        replications=experiment.replications,
        seed=experiment.seed,
        monthly_detail=experiment.monthly,
        runs=_runs_table(experiment, ordered),
        monthly=_monthly_table(experiment, ordered),
        trajectories=_trajectories_table(experiment, ordered) if experiment.monthly == "all" else None,
        provenance=_provenance(experiment, engine, seconds),
    )


def results_of_run(experiment: Experiment, run: Run, *, engine: str, seconds: float) -> Results:
    """The results of an experiment that consists of the one run given."""
    outcomes = list(experiment.outcomes)
    months = run.monthly[outcomes].to_numpy(np.float64)
    only = ReplicateRuns(
        experiment.first_replicate,
        totals=np.array([[run.outcomes[name] for name in outcomes]], np.float64),
        histories=None if experiment.monthly == "none" else months[None],
        errors=(None,),
    )
    return assemble(experiment, [only], engine=engine, seconds=seconds)


def _runs_table(experiment: Experiment, replicates: Sequence[ReplicateRuns]) -> pd.DataFrame:
    planned = experiment.runs()
    errors = [error for one in replicates for error in one.errors]
    columns: dict[str, object] = {
        "run_id": [run.run_id for run in planned],
        "scenario": [run.scenario for run in planned],
        "replicate": np.array([run.replicate for run in planned], np.int64),
        "seed": np.array([run.seed for run in planned], np.int64),
        "status": ["ok" if error is None else "failed" for error in errors],
        "error": pd.Series(errors, dtype="object"),
    }
    totals = np.concatenate([one.totals for one in replicates])
    columns.update({name: totals[:, index] for index, name in enumerate(experiment.outcomes)})
    return pd.DataFrame(columns, columns=[*RUN_COLUMNS, *experiment.outcomes])


def _monthly_table(experiment: Experiment, replicates: Sequence[ReplicateRuns]) -> pd.DataFrame:
    tables = [
        monthly_summary(name, _months(experiment), experiment.outcomes, _histories(replicates, index))
        for index, name in enumerate(experiment.scenario_names)
        if experiment.monthly != "none"
    ]
    if not tables:
        empty = monthly_summary("", [], experiment.outcomes, np.empty((0, 0, len(experiment.outcomes))))
        return empty[list(MONTHLY_COLUMNS)]
    return pd.concat(tables, ignore_index=True)


def _trajectories_table(experiment: Experiment, replicates: Sequence[ReplicateRuns]) -> pd.DataFrame:
    months = _months(experiment)
    tables = []
    for index, name in enumerate(experiment.scenario_names):
        values = _histories(replicates, index).reshape(-1, len(experiment.outcomes))
        columns: dict[str, object] = {
            "scenario": name,
            "replicate": np.repeat(np.array(experiment.replicates, np.int64), len(months)),
            "month": np.tile(np.asarray(months, "datetime64[us]"), len(replicates)),
        }
        columns.update({outcome: values[:, column] for column, outcome in enumerate(experiment.outcomes)})
        tables.append(pd.DataFrame(columns, columns=[*TRAJECTORY_COLUMNS, *experiment.outcomes]))
    return pd.concat(tables, ignore_index=True)


def _histories(replicates: Sequence[ReplicateRuns], scenario: int) -> Floats:
    """One scenario's months in all replicates, shape (replicates, months, outcomes)."""
    return np.stack([one.histories[scenario] for one in replicates if one.histories is not None])


def _months(experiment: Experiment) -> list[pd.Timestamp]:
    return [pd.Timestamp(month) for month in experiment.scenarios[0].scenario.month_starts()]


def _provenance(experiment: Experiment, engine: str, seconds: float) -> dict[str, object]:
    return {
        "model_version": MODEL_VERSION,
        "engine": engine,
        "first_replicate": experiment.first_replicate,
        "scenarios": [
            {
                "name": named.name,
                "identity": named.scenario.identity(),
                "resolved": named.scenario.model_dump(mode="json"),
            }
            for named in experiment.scenarios
        ],
        "versions": {"python": platform.python_version(), **{name: version(name) for name in _PACKAGES}},
        "platform": {
            "system": f"{platform.system()} {platform.machine()}",
            "machine": platform.machine(),
            "byteorder": sys.byteorder,
        },
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 3),
    }
