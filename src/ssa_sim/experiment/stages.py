"""The one or two stages in which an experiment's replicates are run."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]

from ssa_sim.experiment.plan import Experiment
from ssa_sim.experiment.shards import Layout, layout
from ssa_sim.experiment.stopping import Stage, after_both_stages, after_first_stage, replications_needed
from ssa_sim.experiment.sweep_folder import SweepFolder

Floats = npt.NDArray[np.float64]


def first_stage(experiment: Experiment) -> Layout:
    """The replicates that are run whatever comes of them."""
    return layout(experiment)


def second_stage(experiment: Experiment, folder: SweepFolder, first: Layout) -> tuple[Layout, list[Stage]]:
    """The replicates that the first stage calls for, and what it says of each paired difference.

    Args:
        experiment: one with a precision.
        folder: holds all shards of the first stage.
        first: the first stage.
    """
    assert experiment.precision is not None
    stages = after_first_stage(experiment.precision, *_values(experiment, folder, first.numbers))
    return _rest(experiment, replications_needed(stages), first), stages


def all_stages(experiment: Experiment, replications: int) -> list[Layout]:
    """The stages of an experiment that came to so many replications in all."""
    first = first_stage(experiment)
    if experiment.precision is None:
        return [first]
    return [first, _rest(experiment, replications, first)]


def _rest(experiment: Experiment, replications: int, first: Layout) -> Layout:
    """The replicates after those of the first stage."""
    rest = range(experiment.first_replicate + experiment.replications, experiment.first_replicate + replications)
    return layout(experiment, rest, first=len(first))


def precision_reached(
    experiment: Experiment, folder: SweepFolder, layouts: Iterable[Layout], stages: list[Stage]
) -> dict[str, Any]:
    """What both stages came to, as plain values: replications, and for each paired difference the first stage and the interval.

    Args:
        experiment: one with a precision.
        folder: holds all shards.
        layouts: of both stages.
        stages: what the first stage said.
    """
    numbers = [number for each in layouts for number in each.numbers]
    intervals = after_both_stages(stages, *_values(experiment, folder, numbers))
    return {
        "replications_needed": replications_needed(stages),
        "first_stage": [asdict(stage) for stage in stages],
        "intervals": [asdict(interval) for interval in intervals],
    }


def _values(experiment: Experiment, folder: SweepFolder, numbers: Iterable[int]) -> tuple[Floats, Mapping[str, Floats]]:
    """The outcome in the first scenario and in those compared with it, a value a replicate."""
    precision = experiment.precision
    assert precision is not None
    columns = ["scenario", precision.outcome]
    runs = pa.concat_tables([folder.read_runs(number, columns) for number in numbers])
    scenarios = runs.column("scenario").to_numpy(zero_copy_only=False)
    values = np.asarray(runs.column(precision.outcome).to_numpy(), np.float64)
    base, *others = experiment.scenario_names
    chosen = others if precision.scenario is None else [precision.scenario]
    return values[scenarios == base], {name: values[scenarios == name] for name in chosen}
