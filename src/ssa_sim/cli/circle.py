"""`ssa-sim circle`: how strongly each arrow of the vicious circle passes on a push on insecurity."""

from pathlib import Path
from typing import Annotated

import typer

from ssa_sim.cli.given import given_scenario, own_folder
from ssa_sim.cli.options import JsonOption, Lang, LangOption, ScenarioFile, SeedOption
from ssa_sim.cli.output import tell
from ssa_sim.cli.showing import place, show

DEFAULT_REPLICATIONS = 50
"""Seven runs each: half a minute on one processor."""


def circle(
    scenario: ScenarioFile,
    replications: Annotated[int, typer.Option(help="Replicates; each is run seven times.")] = DEFAULT_REPLICATIONS,
    seed: SeedOption = 2013,
    push: Annotated[float, typer.Option(help="Threat added each month in the Centre, 1/month.")] = 0.02,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Keep runs and figure in this new folder. [default: one of its own in results/]"
        ),
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.en,
) -> None:
    """Measure the vicious circle of insecurity and aid: the strength of each arrow, and what comes back."""
    from ssa_sim.analysis.vicious_circle import measure_circle
    from ssa_sim.analysis.vicious_circle_runs import keep_circle, run_circle
    from ssa_sim.experiment.keep.table_folder import check_tables_folder
    from ssa_sim.experiment.run.settings import compile_model
    from ssa_sim.figures.vicious_circle import circle_figure
    from ssa_sim.telling import circle as telling

    chosen = given_scenario(scenario)
    folder = out or own_folder(scenario, "circle", chosen.identity(), replications, seed, push)
    check_tables_folder(folder)
    compile_model(tell)
    made = run_circle(chosen, replications=replications, seed=seed, push=push, progress=_tell_progress)
    found = measure_circle(made)
    keep_circle(made, chosen, folder)
    makes = {
        "out": lambda: folder,
        "figure": lambda: place(folder, "circle", circle_figure(found, lang.value), lang),
    }
    show(found, telling, lang, as_json=as_json, makes=makes)


def _tell_progress(done: int, planned: int) -> None:
    """A line each tenth of the way."""
    if done % max(1, planned // 10) == 0 or done == planned:
        tell(f"{done} of {planned} replicates.")
