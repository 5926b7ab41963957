"""`ssa-sim decompose`: how much of the gap between course completions and ready soldiers each mechanism causes."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ssa_sim.cli.given import folder_of_its_own, given_scenario
from ssa_sim.cli.options import JsonOption, Lang, LangOption, ScenarioFile, WorkersOption, names
from ssa_sim.cli.output import tell
from ssa_sim.cli.progress import progress_display
from ssa_sim.cli.showing import place, show, tell_failed
from ssa_sim.errors import InputError

if TYPE_CHECKING:
    from ssa_sim.analysis.decompose import Decomposition, LargerSample
    from ssa_sim.experiment.run.subsets import SubsetPlan
    from ssa_sim.figures.waterfall import Layout

DEFAULT_REPLICATIONS = 10
"""All subsets of eleven mechanisms, ten times, take a minute or two on two processors."""


def decompose(
    file: ScenarioFile,
    replications: Annotated[
        int, typer.Option(help="Replicates; in each, every subset of the mechanisms is run.")
    ] = DEFAULT_REPLICATIONS,
    seed: Annotated[int | None, typer.Option(help="Root seed of all draws. [default: 2013]")] = None,
    workers: WorkersOption = None,
    mechanisms: Annotated[
        str | None,
        typer.Option(metavar="A,B,...", help="Which mechanisms. [default: all that are on in the scenario]"),
    ] = None,
    outcome: Annotated[str, typer.Option(help="Which outcome.")] = "ready_soldiers",
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Keep runs and figures in this new folder. [default: one of its own in results/]",
        ),
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.en,
) -> None:
    """Show what each mechanism takes between course completions and ready soldiers (Shapley values)."""
    from ssa_sim.analysis.decompose import decompose as decompose_runs
    from ssa_sim.experiment.run.experiment import run
    from ssa_sim.experiment.run.settings import RunSettings
    from ssa_sim.experiment.run.subsets import SubsetRuns
    from ssa_sim.telling import decomposition as telling

    plan = _asked(file, replications, seed, mechanisms, outcome)
    folder = out
    if out is None and not as_json:
        folder = folder_of_its_own(plan.experiment(), f"{file.stem[:60]}-decompose", what="results nor figures")
    tell(f"{len(plan.mechanisms)} mechanisms: {plan.n_subsets} subsets in {replications} replicates.")
    with progress_display("runs") as progress:
        results = run(plan.experiment(), folder, RunSettings(workers=workers), progress=progress, notify=tell)
    runs = SubsetRuns(plan, results)
    found = replace(decompose_runs(runs, outcome), larger=_larger_sample(plan, outcome, workers))
    makes: dict[str, Callable[[], Path | list[Path] | None]] = {"out": lambda: folder}
    if as_json:
        makes["figures"] = lambda: [] if folder is None else _draw(found, folder, lang)
    else:
        makes["figure"] = lambda: None if folder is None else _draw(found, folder, lang)[0]
    show(found, telling, lang, as_json=as_json, makes=makes)
    for replicate, subset, error in runs.errors[:1]:
        tell_failed(len(runs.errors), len(results.runs), f"replicate {replicate}, subset {subset}: {error}")


def _asked(file: Path, replications: int, seed: int | None, mechanisms: str | None, outcome: str) -> "SubsetPlan":
    """The plan that the command line asks for.

    Raises:
        InputError: it cannot be run.
    """
    from ssa_sim.analysis.decompose import outcomes_for
    from ssa_sim.experiment.ask.plan import DEFAULT_SEED, experiment_from_scenarios
    from ssa_sim.experiment.run.subsets import SubsetPlan, mechanisms_acting

    if replications < 2:
        raise InputError("One replication gives no interval.", where="--replications", allowed="2 and more")
    scenario = given_scenario(file)
    experiment = experiment_from_scenarios(
        [file],
        title=scenario.title,
        replications=replications,
        seed=DEFAULT_SEED if seed is None else seed,
        outcomes=outcomes_for(outcome),
        monthly="none",
    )
    chosen = mechanisms_acting(scenario) if mechanisms is None else names(mechanisms) or ()
    return SubsetPlan(experiment, chosen)


def _larger_sample(plan: "SubsetPlan", outcome: str, workers: int | None) -> "LargerSample | None":
    """The scenario as it is over as many replications as a comparison makes; None if the decomposition rests on as many."""
    from ssa_sim.analysis.decompose import LargerSample, levels_alone
    from ssa_sim.experiment.ask.plan import DEFAULT_REPLICATIONS as LARGER_SAMPLE
    from ssa_sim.experiment.run.experiment import run
    from ssa_sim.experiment.run.settings import RunSettings

    if plan.alone.replications >= LARGER_SAMPLE:
        return None
    alone = replace(plan.alone, replications=LARGER_SAMPLE)
    results = run(alone, None, RunSettings(workers=workers))
    return LargerSample(alone.replicates, levels_alone(results, outcome))


def _draw(found: "Decomposition", folder: Path, lang: Lang) -> list[Path]:
    """Put the figures into the folder; returns their paths, the slide's first."""
    from ssa_sim.figures.waterfall import waterfall_figure

    names: dict[Layout, str] = {"slide": "waterfall", "page": "waterfall-page"}
    return [
        place(folder, name, waterfall_figure(found, lang.value, layout=layout), lang) for layout, name in names.items()
    ]
