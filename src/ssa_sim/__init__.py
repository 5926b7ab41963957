"""Why security-sector assistance that impresses in outputs disappoints in outcomes: a policy simulator.

The names below are loaded when they are first used, so that importing the package costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ssa_sim.analysis.changes import changes
    from ssa_sim.analysis.compare import compare
    from ssa_sim.analysis.explanation import explain
    from ssa_sim.analysis.model_function import ModelFunction
    from ssa_sim.experiment.keep.observation_folder import load_observation
    from ssa_sim.experiment.keep.store import load_results
    from ssa_sim.experiment.run.experiment import run_experiment
    from ssa_sim.figures.gallery import figure
    from ssa_sim.model.mesa_model import SsaModel
    from ssa_sim.model.observation import observe
    from ssa_sim.model.simulate import simulate
    from ssa_sim.report.export import export
    from ssa_sim.report.page import write_report
    from ssa_sim.scenario.load import load_scenario

__all__ = [
    "ModelFunction",
    "SsaModel",
    "changes",
    "compare",
    "explain",
    "export",
    "figure",
    "load_observation",
    "load_results",
    "load_scenario",
    "observe",
    "run_experiment",
    "simulate",
    "write_report",
]

_HOMES = {
    "ModelFunction": "ssa_sim.analysis.model_function",
    "SsaModel": "ssa_sim.model.mesa_model",
    "changes": "ssa_sim.analysis.changes",
    "compare": "ssa_sim.analysis.compare",
    "explain": "ssa_sim.analysis.explanation",
    "load_observation": "ssa_sim.experiment.keep.observation_folder",
    "export": "ssa_sim.report.export",
    "figure": "ssa_sim.figures.gallery",
    "load_results": "ssa_sim.experiment.keep.store",
    "load_scenario": "ssa_sim.scenario.load",
    "observe": "ssa_sim.model.observation",
    "run_experiment": "ssa_sim.experiment.run.experiment",
    "simulate": "ssa_sim.model.simulate",
    "write_report": "ssa_sim.report.page",
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Load a public name on its first use."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """The public names, loaded or not."""
    return sorted([*globals(), *__all__])
