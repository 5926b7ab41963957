"""Options and arguments that several commands take, told once."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ssa_sim.scenario.library import Kind


class Lang(StrEnum):
    """The languages that the commands speak."""

    en = "en"
    fr = "fr"


class Gaps(StrEnum):
    """What to do with points at which a run failed or an outcome is not defined."""

    refuse = "refuse"
    drop = "drop"


OWN_BASELINE = Path("scenarios") / "baseline.toml"
"""What commands take that need a scenario and are given none, where it is there; else the packaged baseline."""
_OR_NAME = "or the name of one that comes with ssa-sim (`ssa-sim scenarios`)"


def _found(path: Path, *kinds: Kind) -> Path:
    from ssa_sim.scenario.toml_file import find_file  # late: whoever asks for help should not wait for it

    return find_file(path, *kinds)


def _scenario(path: Path) -> Path:
    return _found(path, "scenarios")


def scenario_or_baseline(path: Path | None) -> Path:
    """The scenario named, or the baseline."""
    if path is None:
        path = OWN_BASELINE if OWN_BASELINE.is_file() else Path("baseline")
    return _found(path, "scenarios")


def _experiment(path: Path) -> Path:
    return _found(path, "experiments")


def _scenarios_or_experiment(paths: list[Path]) -> list[Path]:
    return [_found(path, "scenarios", "experiments") for path in paths]


ScenarioFile = Annotated[
    Path, typer.Argument(metavar="SCENARIO", help=f"Scenario file (TOML), {_OR_NAME}.", callback=_scenario)
]
ScenarioFileOrBaseline = Annotated[
    Path | None,
    typer.Argument(
        metavar="[SCENARIO]",
        help=f"Scenario file (TOML), {_OR_NAME}. [default: {OWN_BASELINE.as_posix()}, or else the packaged baseline]",
        callback=scenario_or_baseline,
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
FolderOfResults = Annotated[Path, typer.Argument(metavar="DIR", help="Result folder.")]
SweepFolder = Annotated[Path, typer.Argument(metavar="DIR", help="Result folder of a sweep.")]

SeedOption = Annotated[int, typer.Option(help="Root seed of all random draws.")]
ReplicateOption = Annotated[int, typer.Option(help="Which replicate of that seed.")]
WorkersOption = Annotated[
    int | None, typer.Option(help="Worker processes; results do not depend on it. [default: all processors]")
]
SettingsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="LEVER=VALUE", help="Set a lever for the whole period, or structures.NAME=CHOICE; repeatable."
    ),
]
OutcomesOption = Annotated[
    str | None, typer.Option(metavar="A,B,...", help="Which outcomes. [default: the headline ones]")
]
MissingOption = Annotated[
    Gaps,
    typer.Option(
        "--missing",
        help="Where a run failed or an outcome is not defined: refuse, or leave out the whole trajectories, base rows or "
        "futures concerned and say how many.",
    ),
]
FiguresOption = Annotated[bool, typer.Option("--figures/--no-figures", help="Draw figures into the folder.")]
AllOutcomesOption = Annotated[bool, typer.Option("--all-outcomes", help="Compare every outcome.")]
LangOption = Annotated[
    Lang,
    typer.Option(
        "--lang",
        help="Language of what is printed, drawn and written. Notes, progress and messages about mistakes stay English.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object, for programs.")]


def names(listed: str | None) -> tuple[str, ...] | None:
    """Names from a list with commas; None for none."""
    return None if listed is None else tuple(filter(None, (name.strip() for name in listed.split(","))))
