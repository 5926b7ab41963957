"""The stages in which an experiment's replicates are run: one, or as many as its precision calls for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]

from ssa_sim.experiment.ask.layout import Layout, layout
from ssa_sim.experiment.ask.plan import Experiment
from ssa_sim.experiment.keep.matching import Matching
from ssa_sim.experiment.keep.sweep_folder import SweepFolder
from ssa_sim.experiment.run.stopping import Stage, after_all_stages, after_first_stage, replications_to_add

Floats = npt.NDArray[np.float64]


def first_stage(experiment: Experiment) -> Layout:
    """The replicates that are always run."""
    return layout(experiment)


def said_by_first_stage(experiment: Experiment, folder: SweepFolder, first: Layout) -> list[Stage]:
    """What each paired difference needs.

    Args:
        experiment: one with a precision.
        folder: holds all shards of the first stage.
        first: the first stage.
    """
    assert experiment.precision is not None
    return after_first_stage(experiment.precision, *_values(experiment, folder, [first]))


def next_stage(
    experiment: Experiment, folder: SweepFolder, layouts: Sequence[Layout], stages: list[Stage]
) -> Layout | None:
    """The replicates to be run next; None if there are enough.

    Args:
        experiment: one with a precision.
        folder: holds all shards of the stages so far.
        layouts: of these.
        stages: what the first one said.
    """
    assert experiment.precision is not None
    more = replications_to_add(experiment.precision, stages, *_values(experiment, folder, layouts))
    if not more:
        return None
    start = layouts[-1].replicates.stop
    return layout(experiment, range(start, start + more), first=layouts[-1].numbers.stop)


def precision_reached(
    experiment: Experiment, folder: SweepFolder, layouts: Iterable[Layout], stages: list[Stage]
) -> dict[str, Any]:
    """Precision reached, as plain values: for each paired difference what the first stage said, and the interval.

    Args:
        experiment: one with a precision.
        folder: holds all shards.
        layouts: of all stages.
        stages: what the first one said.
    """
    intervals = after_all_stages(stages, *_values(experiment, folder, layouts))
    return {
        "first_stage": [asdict(stage) for stage in stages],
        "intervals": [asdict(interval) for interval in intervals],
    }


def _values(
    experiment: Experiment, folder: SweepFolder, layouts: Iterable[Layout]
) -> tuple[Floats, Mapping[str, Floats]]:
    """The outcome in the first scenario and in those compared with it, a value a replicate."""
    precision = experiment.precision
    assert precision is not None
    columns = ["scenario", "replicate", precision.outcome]
    runs = pa.concat_tables([folder.read_runs(number, columns) for each in layouts for number in each.numbers])
    matching = Matching(runs.to_pandas(), experiment.scenario_names)
    base, *others = (matching.values(name, [precision.outcome])[:, 0] for name in experiment.scenario_names)
    held = dict(zip(experiment.scenario_names[1:], others, strict=True))
    return base, held if precision.scenario is None else {precision.scenario: held[precision.scenario]}
