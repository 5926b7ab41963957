"""`ssa-sim screen`: which uncertainties move the outcomes, and which move nothing."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ssa_sim.cli.given_files import ScenarioFileOrBaseline
from ssa_sim.cli.output import JsonOption, Lang, LangOption, console, print_json, tell, tell_changes
from ssa_sim.cli.progress import progress_display
from ssa_sim.cli.worlds import tell_worlds
from ssa_sim.typography import french

if TYPE_CHECKING:
    import pandas as pd

    from ssa_sim.analysis.screening import Plan, Screening
    from ssa_sim.words.texts import Language

STRONGEST = 3
"""Parameters shown for each outcome."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("screen")(screen)


def screen(
    scenario: ScenarioFileOrBaseline = None,
    trajectories: Annotated[
        int, typer.Option(help="Random starts; each costs a point for every uncertainty, and one.")
    ] = 10,
    replications: Annotated[int, typer.Option(help="Runs of each point, on each of the two grounds.")] = 4,
    seed: Annotated[int, typer.Option(help="Root seed of all random draws.")] = 2013,
    outcomes: Annotated[
        str | None, typer.Option(metavar="A,B,...", help="Which outcomes. [default: the 21 main ones]")
    ] = None,
    group: Annotated[
        str | None, typer.Option(metavar="GROUP", help='Vary one group of uncertainties, such as "security".')
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write tables and their provenance into this folder.")
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(help="Worker processes; results do not depend on it. [default: all processors]"),
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.en,
) -> None:
    """Screen the uncertainties by elementary effects (Morris): the scenario as given, and with its levers in use."""
    from ssa_sim.analysis.screening import screen as screen_plan
    from ssa_sim.analysis.screening_files import check_screening_folder, write_screening
    from ssa_sim.experiment.ask.design import require_salib

    require_salib("A screening")
    assert scenario is not None
    plan = _asked(scenario, outcomes, group, trajectories=trajectories, replications=replications, seed=seed)
    if out is not None:
        check_screening_folder(out)
    with progress_display("runs") as progress:
        screening = screen_plan(plan, workers=workers, progress=progress, notify=tell)
    if out is not None:
        write_screening(screening, out)
    if as_json:
        print_json(_as_object(screening))
    else:
        _print(screening, lang.value)
        if out is not None:
            typer.echo(f"{_WORDS[lang.value]['results']}{out}")
    if screening.n_failed:
        tell(f"{screening.n_failed} runs failed; the first: {screening.first_error}")
        raise typer.Exit(1)


def _asked(
    path: Path, outcomes: str | None, group: str | None, *, trajectories: int, replications: int, seed: int
) -> "Plan":
    """What the command line asks for.

    Raises:
        InputError: the scenario is not in order, or a name is unknown.
    """
    from ssa_sim.analysis.screening import MAIN_OUTCOMES, Plan, choose
    from ssa_sim.scenario.load import load_scenario

    loaded = load_scenario(path)
    tell_changes(loaded, path.stem)
    tell_worlds([path])
    return Plan(
        scenario=loaded,
        parameters=choose(group),
        outcomes=MAIN_OUTCOMES if outcomes is None else tuple(name.strip() for name in outcomes.split(",")),
        trajectories=trajectories,
        replications=replications,
        seed=seed,
    )


def _as_object(screening: "Screening") -> dict[str, object]:
    from ssa_sim.analysis.screening_files import provenance

    return {
        **provenance(screening),
        "parameters": screening.parameters.to_dict(orient="records"),
        "effects": screening.effects.to_dict(orient="records"),
    }


def _print(screening: "Screening", language: "Language") -> None:
    """What moves each outcome most, then what moves nothing, then how it was judged."""
    from ssa_sim.analysis.screening_verdicts import ABOVE_CHANCE, NOTHING_BELOW

    words = _WORDS[language]
    _print_table(words["strongest"], [words[name] for name in _STRONGEST_HEADINGS], _strongest(screening, language))
    headings = [words[name] for name in _OTHER_HEADINGS]
    for verdict in ("moves nothing", "lost in chance"):
        table = screening.parameters
        chosen = table[table["verdict"] == verdict].sort_values("mu_star", ascending=False, kind="stable")
        if len(chosen):
            _print_table(words[verdict], headings, [_row(row, language) for _, row in chosen.iterrows()])
    counts = screening.parameters["verdict"].value_counts()
    typer.echo(
        words["summary"].format(
            parameters=len(screening.parameters),
            something=counts.get("moves something", 0),
            chance=counts.get("lost in chance", 0),
            nothing=counts.get("moves nothing", 0),
            points=screening.points,
            replications=screening.plan.replications,
            threshold=NOTHING_BELOW,
            factor=f"{ABOVE_CHANCE:g}",
        )
    )


def _strongest(screening: "Screening", language: "Language") -> list[list[str]]:
    rows = []
    for outcome in screening.plan.outcomes:
        own = screening.effects[screening.effects["outcome"] == outcome]
        best = own.sort_values("mu_star", ascending=False, kind="stable").drop_duplicates("path").head(STRONGEST)
        for place, (_, row) in enumerate(best.iterrows()):
            rows.append([outcome if place == 0 else "", *_cells(row, language)])
    return rows


def _row(row: "pd.Series[float]", language: "Language") -> list[str]:
    path, *rest = _cells(row, language)
    return [path, str(row["outcome"]), *rest]


def _cells(row: "pd.Series[float]", language: "Language") -> list[str]:
    from ssa_sim.words.numbers import written

    numbers = [f"{row[name]:.3f}" for name in ("mu_star", "mu_star_conf", "sigma", "noise_floor")]
    ground = _WORDS[language][str(row["ground"])]
    return [str(row["path"]), ground, *(written(number, language) for number in numbers)]


def _print_table(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console().print(table)


_STRONGEST_HEADINGS = ("outcome", "path", "ground", "mu_star", "conf", "sigma", "floor")
_OTHER_HEADINGS = ("path", "outcome", "ground", "mu_star", "conf", "sigma", "floor")
_WORDS = {
    "en": {
        "strongest": "What moves each outcome most (in standard deviations of the outcome)",
        "moves nothing": "Moves nothing (shown with its strongest effect)",
        "lost in chance": "Lost in chance: more replications would tell",
        "outcome": "Outcome",
        "path": "Uncertainty",
        "ground": "Ground",
        "as given": "as given",
        "active": "levers in use",
        "mu_star": "mu*",
        "conf": "±",
        "sigma": "sigma",
        "floor": "noise floor",
        "results": "Results: ",
        "summary": "Of {parameters} uncertainties {something} move something, {chance} are lost in chance and {nothing} move "
        "nothing ({points} points, {replications} replications each, on two grounds). Something: on either ground, mu* of at "
        "least {threshold} standard deviations of an outcome and {factor} times its noise floor. Nothing: every mu* below "
        "{threshold}.",
    },
    "fr": french(
        {
            "strongest": "Ce qui agit le plus sur chaque résultat (en écarts-types du résultat)",
            "moves nothing": "N'agit sur rien (avec son effet le plus fort)",
            "lost in chance": "Noyé dans le hasard : davantage de répétitions trancheraient",
            "outcome": "Résultat",
            "path": "Incertitude",
            "ground": "Terrain",
            "as given": "tel quel",
            "active": "leviers actionnés",
            "mu_star": "mu*",
            "conf": "±",
            "sigma": "sigma",
            "floor": "bruit de fond",
            "results": "Résultats : ",
            "summary": "Sur {parameters} incertitudes, {something} agissent sur quelque chose, {chance} sont noyées dans le hasard et "
            "{nothing} n'agissent sur rien ({points} points, {replications} répétitions chacun, sur deux terrains). Agir : sur l'un "
            "des terrains, un mu* d'au moins {threshold} écart-type d'un résultat et de {factor} fois son bruit de fond. N'agir sur "
            "rien : tout mu* inférieur à {threshold}.",
        }
    ),
}
