"""Scenario and experiment files as commands take them: one's own, or by its name alone one that comes with ssa-sim."""

from pathlib import Path
from typing import Annotated

import typer

from ssa_sim.scenario.library import find_file

OWN_BASELINE = Path("scenarios") / "baseline.toml"
"""What commands take that need a scenario and are given none, where it is there; else the packaged baseline."""

_OR_NAME = "or the name of one that comes with ssa-sim (`ssa-sim scenarios`)"


def _scenario(path: Path) -> Path:
    return find_file(path, "scenarios")


def _scenario_or_baseline(path: Path | None) -> Path:
    if path is None:
        path = OWN_BASELINE if OWN_BASELINE.is_file() else Path("baseline")
    return find_file(path, "scenarios")


def _experiment(path: Path) -> Path:
    return find_file(path, "experiments")


def _scenarios_or_experiment(paths: list[Path]) -> list[Path]:
    return [find_file(path, "scenarios", "experiments") for path in paths]


ScenarioFile = Annotated[
    Path, typer.Argument(metavar="SCENARIO", help=f"Scenario file (TOML), {_OR_NAME}.", callback=_scenario)
]
ScenarioFileOrBaseline = Annotated[
    Path | None,
    typer.Argument(
        metavar="[SCENARIO]",
        help=f"Scenario file (TOML), {_OR_NAME}. [default: {OWN_BASELINE.as_posix()}, or else the packaged baseline]",
        callback=_scenario_or_baseline,
        show_default=False,
    ),
]
"""Never None in a command: the callback has put the baseline there."""
ExperimentFile = Annotated[
    Path, typer.Argument(metavar="EXPERIMENT.toml", help=f"Experiment file, {_OR_NAME}.", callback=_experiment)
]
ScenarioFilesOrExperiment = Annotated[
    list[Path],
    typer.Argument(
        metavar="SCENARIO SCENARIO...",
        help="Scenario files, the first being what the others are compared with, or one experiment file; each may be "
        "the name of one that comes with ssa-sim (`ssa-sim scenarios`).",
        callback=_scenarios_or_experiment,
    ),
]
