"""`ssa-sim observe`: one run's inside, month by month, as tables in a result folder."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ssa_sim.cli.given import given_scenario, own_folder
from ssa_sim.cli.options import JsonOption, Lang, LangOption, ReplicateOption, ScenarioFile, SeedOption, SettingsOption
from ssa_sim.cli.output import print_json, tell
from ssa_sim.cli.showing import print_paths
from ssa_sim.errors import InputError
from ssa_sim.words.texts import texts

if TYPE_CHECKING:
    from ssa_sim.scenario.schema import Scenario


def observe(
    scenario: ScenarioFile,
    seed: SeedOption = 2013,
    replicate: ReplicateOption = 0,
    settings: SettingsOption = None,
    months: Annotated[
        list[str] | None,
        typer.Option("--month", metavar="YYYY-MM", help="A month to keep; repeatable. [default: all]"),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Keep the tables in this new folder. [default: one of its own in results/]"),
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.en,
) -> None:
    """Run one scenario once and keep what it looks like inside: units, projects, donors, zones."""
    from ssa_sim.experiment.ask.plan import LARGEST_SEED
    from ssa_sim.experiment.keep.observation_folder import keep_observation
    from ssa_sim.experiment.keep.table_folder import check_tables_folder
    from ssa_sim.experiment.run.settings import compile_model
    from ssa_sim.model import observation
    from ssa_sim.scenario.problems import whole_number

    whole_number("seed", seed, 0, LARGEST_SEED)
    whole_number("replicate", replicate, 0, LARGEST_SEED)
    chosen = given_scenario(scenario, settings)
    kept = _months(chosen, months)
    folder = out or own_folder(scenario, "observe", chosen.identity(), seed, replicate, kept)
    check_tables_folder(folder)
    compile_model(tell)
    made = observation.observe(chosen, seed=seed, replicate=replicate, months=kept)
    manifest = keep_observation(made, chosen, folder)
    rows = {name: len(table) for name, table in made.tables().items()}
    if as_json:
        print_json({"title": chosen.title, "out": str(folder), "digest": manifest.digest, "rows": rows})
        return
    said = texts(lang.value, "commands")
    counts = (f"{said(f'observed_rows.{name}')} {count}" for name, count in rows.items())
    typer.echo(f"{chosen.title}: {', '.join(counts)}")
    print_paths("out", folder, lang.value)
    typer.echo(said("observe.next").format(folder=folder))


def _months(scenario: "Scenario", asked: list[str] | None) -> list[date] | None:
    """The first days of the months asked for.

    Raises:
        InputError: one is none, or not in the scenario's period.
    """
    if not asked:
        return None
    starts = {f"{start:%Y-%m}": start for start in scenario.month_starts()}
    for month in asked:
        if month not in starts:
            raise InputError(
                f"{month!r} is not a month of the scenario.", where="--month", allowed=f"{min(starts)} to {max(starts)}"
            )
    return [starts[month] for month in asked]
