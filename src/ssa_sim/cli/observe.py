"""`ssa-sim observe`: one run's inside, month by month, as tables in a result folder."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ssa_sim.cli.given_files import ScenarioFile
from ssa_sim.cli.output import JsonOption, Lang, LangOption, own_folder, print_json, tell, tell_changes
from ssa_sim.cli.run import with_settings
from ssa_sim.cli.worlds import tell_worlds
from ssa_sim.errors import InputError
from ssa_sim.typography import french

if TYPE_CHECKING:
    from ssa_sim.scenario.schema import Scenario


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("observe")(observe)


def observe(
    scenario: ScenarioFile,
    seed: Annotated[int, typer.Option(help="Root seed of all random draws.")] = 2013,
    replicate: Annotated[int, typer.Option(help="Which replicate of that seed.")] = 0,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="LEVER=VALUE", help="Set a lever for the whole period; repeatable."),
    ] = None,
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
    from ssa_sim.experiment.run.sweep import compile_model
    from ssa_sim.model import observation
    from ssa_sim.scenario.load import load_scenario
    from ssa_sim.scenario.whole_numbers import whole_number

    whole_number("seed", seed, 0, LARGEST_SEED)
    whole_number("replicate", replicate, 0, LARGEST_SEED)
    loaded = load_scenario(scenario)
    tell_changes(loaded, scenario.stem)
    tell_worlds([scenario])
    chosen = with_settings(loaded, settings or [])
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
    words = _WORDS[lang.value]
    typer.echo(f"{chosen.title}: " + ", ".join(f"{words[name]} {count}" for name, count in rows.items()))
    typer.echo(f"{words['results']}{folder}\n{words['next'].format(folder=folder)}")


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


_WORDS = {
    "en": {
        "results": "Results: ",
        "next": "ssa-sim plot {folder} draws what it shows.",
        "units": "rows of units",
        "projects": "of projects",
        "donors": "of donors",
        "zones": "of zones",
        "mission": "of the mission",
        "monthly": "of months",
    },
    "fr": french(
        {
            "results": "Résultats : ",
            "next": "ssa-sim plot {folder} dessine ce qu'il montre.",
            "units": "lignes d'unités",
            "projects": "de projets",
            "donors": "de donateurs",
            "zones": "de zones",
            "mission": "de la mission",
            "monthly": "de mois",
        }
    ),
}
