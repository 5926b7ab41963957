"""`ssa-sim follow-the-money`: where every euro of partners, mission and gifts ended."""

from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Annotated

import typer

from ssa_sim.cli.given import given_scenario, own_folder
from ssa_sim.cli.options import JsonOption, Lang, LangOption, ScenarioFile, SeedOption, SettingsOption
from ssa_sim.cli.output import tell
from ssa_sim.cli.showing import place, show

DEFAULT_REPLICATIONS = 50
"""A few seconds on one processor."""


def follow_the_money(
    scenario: ScenarioFile,
    replications: Annotated[int, typer.Option(help="Replicates.")] = DEFAULT_REPLICATIONS,
    seed: SeedOption = 2013,
    settings: SettingsOption = None,
    every_trail: Annotated[
        bool, typer.Option("--trails", help="Every trail, from who gave to what became of it.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Keep runs and figure in this new folder. [default: one of its own in results/]"
        ),
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.en,
) -> None:
    """Show where every euro of partners, mission and gifts ended: used, or lost on one of the ways there are."""
    from ssa_sim.analysis.money import follow_money
    from ssa_sim.analysis.money_runs import keep_money, run_money
    from ssa_sim.experiment.keep.table_folder import check_tables_folder
    from ssa_sim.experiment.run.settings import compile_model
    from ssa_sim.figures.money import money_figure
    from ssa_sim.telling import money as telling

    chosen = given_scenario(scenario, settings)
    folder = out or own_folder(scenario, "money", chosen.identity(), replications, seed)
    check_tables_folder(folder)
    compile_model(tell)
    made = run_money(chosen, replications=replications, seed=seed)
    found = follow_money(made)
    keep_money(made, chosen, folder)
    makes = {"out": lambda: folder, "figure": lambda: place(folder, "money", money_figure(found, lang.value), lang)}
    told = partial(telling.told, every_trail=every_trail)
    show(found, SimpleNamespace(told=told, as_json=telling.as_json), lang, as_json=as_json, makes=makes)
