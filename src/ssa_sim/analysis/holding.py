"""Opens a result folder of any kind, and says what it holds."""

from dataclasses import dataclass
from pathlib import Path

from ssa_sim.analysis.vicious_circle_runs import CircleRuns, load_circle
from ssa_sim.errors import InputError
from ssa_sim.experiment.manifest import axes_of, read_manifest, scenarios_in
from ssa_sim.experiment.observation_folder import load_observation
from ssa_sim.experiment.plan import Experiment
from ssa_sim.experiment.results import Results
from ssa_sim.experiment.store import load_results
from ssa_sim.experiment.subsets import SubsetPlan, SubsetRuns
from ssa_sim.experiment.table_folder import kind_of
from ssa_sim.model.observation import Observation


@dataclass(frozen=True, eq=False)
class Holding:
    """What a result folder holds: one of the three.

    Attributes:
        folder: where it is.
        results: of runs, with or without a design.
        observation: one run's inside.
        circle: runs of the vicious circle.
    """

    folder: Path
    results: Results | None = None
    observation: Observation | None = None
    circle: CircleRuns | None = None

    @property
    def is_decomposition(self) -> bool:
        """Whether it holds every subset of some mechanisms of one scenario."""
        found = self.results
        if found is None or found.design is None or len(found.scenario_names) != 1:
            return False
        columns = [str(name) for name in found.design.columns][1:]
        switches = [name for name in columns if name.startswith("mechanisms.")]
        return len(switches) == len(columns) and len(found.design) == 1 << len(columns)


def open_folder(folder: str | Path) -> Holding:
    """Open a result folder.

    Raises:
        InputError: it is none, is damaged, or its runs are not all there yet.
    """
    where = Path(folder)
    kind = kind_of(where)
    if kind == "ssa_sim observation":
        return Holding(where, observation=load_observation(where))
    if kind == "ssa_sim vicious circle":
        return Holding(where, circle=load_circle(where))
    return Holding(where, results=load_results(where))


def stored_subsets(holding: Holding) -> SubsetRuns:
    """The runs of a stored decomposition.

    Raises:
        InputError: it holds none, or one of another version of the model.
    """
    if holding.results is None or not holding.is_decomposition:
        raise InputError("The folder holds no decomposition.", where=holding.folder, allowed="one of ssa-sim decompose")
    manifest = read_manifest(holding.folder)
    alone = Experiment(
        title=manifest.experiment.title,
        scenarios=scenarios_in(manifest.provenance),
        replications=manifest.experiment.replications,
        seed=manifest.experiment.seed,
        outcomes=tuple(outcome.name for outcome in holding.results.outcomes),
        monthly=manifest.experiment.monthly,
        first_replicate=manifest.experiment.first_replicate,
    )
    return SubsetRuns(SubsetPlan(alone, tuple(axis.path for axis in axes_of(manifest))), holding.results)
