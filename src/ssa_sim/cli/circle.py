"""`ssa-sim circle`: how strongly each arrow of the vicious circle passes on a push on insecurity."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ssa_sim.cli.given_files import ScenarioFile
from ssa_sim.cli.output import (
    JsonOption,
    Lang,
    LangOption,
    console,
    own_folder,
    print_json,
    tell,
    tell_changes,
)
from ssa_sim.cli.worlds import tell_worlds
from ssa_sim.typography import french

if TYPE_CHECKING:
    from rich.table import Table

    from ssa_sim.analysis.vicious_circle import Circle
    from ssa_sim.words.texts import Language

DEFAULT_REPLICATIONS = 50
"""Seven runs each: half a minute on one processor."""
FIGURES = {"en": "circle.png", "fr": "circle-fr.png"}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("circle")(circle)


def circle(
    scenario: ScenarioFile,
    replications: Annotated[int, typer.Option(help="Replicates; each is run seven times.")] = DEFAULT_REPLICATIONS,
    seed: Annotated[int, typer.Option(help="Root seed of all random draws.")] = 2013,
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
    from ssa_sim.experiment.keep.store import place_figure
    from ssa_sim.experiment.keep.table_folder import check_tables_folder
    from ssa_sim.experiment.run.sweep import compile_model
    from ssa_sim.figures.style import save_figure
    from ssa_sim.figures.vicious_circle import circle_figure
    from ssa_sim.scenario.load import load_scenario

    loaded = load_scenario(scenario)
    tell_changes(loaded, scenario.stem)
    tell_worlds([scenario])
    folder = out or own_folder(scenario, "circle", loaded.identity(), replications, seed, push)
    check_tables_folder(folder)
    compile_model(tell)
    made = run_circle(loaded, replications=replications, seed=seed, push=push, progress=_tell_progress)
    found = measure_circle(made)
    keep_circle(made, loaded, folder)
    figure = place_figure(folder, FIGURES[lang.value], partial(save_figure, circle_figure(found, lang.value)))
    if as_json:
        print_json(_as_object(found, folder, figure))
        return
    screen = console()
    screen.print(_table(found, lang.value))
    screen.print(f"{_sentence(found, lang.value)}\n", markup=False)
    typer.echo(f"{_WORDS[lang.value]['results']}{folder}\n{_WORDS[lang.value]['figure']}{figure}")


def _tell_progress(done: int, planned: int) -> None:
    """A line each tenth of the way."""
    if done % max(1, planned // 10) == 0 or done == planned:
        tell(f"{done} of {planned} replicates.")


def _table(found: "Circle", language: "Language") -> "Table":
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from ssa_sim.figures.vicious_circle import node_name
    from ssa_sim.words.numbers import number, numbers_apart, percent, span

    words = _WORDS[language]
    table = Table(title=Text(found.title, style="bold"), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(words["arrow"], overflow="fold")
    for name in ("strength", "interval", "effect", "share"):
        table.add_column(
            words[name].format(level=percent(found.confidence, language)), justify="right", overflow="fold"
        )
    table.add_column(words["verdict"])
    for _, row in found.arrows.iterrows():
        name = f"{node_name(row['tail'], language)} → {node_name(row['head'], language)}"
        ends = span(numbers_apart([row["strength_low"], row["strength_high"]], language, signed=True), language)
        table.add_row(
            Text(name),
            number(row["strength"], language, signed=True),
            ends,
            number(row["effect"], language, signed=True),
            percent(row["share"], language),
            words[row["verdict"]],
        )
    return table


def _sentence(found: "Circle", language: "Language") -> str:
    from ssa_sim.words.numbers import number

    shares = {
        f"{way}_{name}": number(100.0 * value, language)
        for way in found.returned["way"]
        for name, value in zip(("share", "low", "high"), found.came_back(way), strict=True)
    }
    return _WORDS[language]["sentence"].format(push=number(found.push, language), n=found.replications, **shares)


def _as_object(found: "Circle", folder: Path, figure: Path) -> dict[str, object]:
    from ssa_sim.model.version import MODEL_VERSION

    return {
        "title": found.title,
        "seed": found.seed,
        "replications": found.replications,
        "push": found.push,
        "confidence": found.confidence,
        "model_version": MODEL_VERSION,
        "nodes": found.nodes.to_dict(orient="records"),
        "arrows": found.arrows.to_dict(orient="records"),
        "returned": found.returned.to_dict(orient="records"),
        "out": str(folder),
        "figure": str(figure),
    }


_WORDS: dict["Language", dict[str, str]] = {
    "en": {
        "arrow": "Arrow",
        "strength": "Strength",
        "interval": "{level} interval",
        "effect": "Effect",
        "share": "Share of the whole",
        "verdict": "Verdict",
        "raises": "raises",
        "lowers": "lowers",
        "undecided": "undecided",
        "results": "Results: ",
        "figure": "Figure: ",
        "sentence": (
            "Strength: per cent by which the head moves, through this arrow alone, for one per cent of its tail. Effect: what the "
            "push ({push} of threat a month in the Centre, {n} replicates) does to the head through it, and as a share of all that "
            "it does to it. Of the rise in insecurity, {aid_share}% ({aid_low} to {aid_high}) came back through partners and their "
            "aid, {army_share}% ({army_low} to {army_high}) through the army's readiness."
        ),
    },
    "fr": french(
        {
            "arrow": "Flèche",
            "strength": "Force",
            "interval": "Intervalle à {level}",
            "effect": "Effet",
            "share": "Part du tout",
            "verdict": "Verdict",
            "raises": "élève",
            "lowers": "abaisse",
            "undecided": "indécis",
            "results": "Résultats : ",
            "figure": "Figure : ",
            "sentence": (
                "Force : pour cent dont bouge la pointe, par cette seule flèche, pour un pour cent de son départ. Effet : ce que la "
                "poussée ({push} de menace par mois au Centre, {n} réplications) fait à la pointe par cette flèche, et comme part de tout "
                "ce qu'elle lui fait. De la hausse de l'insécurité, {aid_share} % ({aid_low} à {aid_high}) sont revenus par les "
                "partenaires et leur aide, {army_share} % ({army_low} à {army_high}) par la disponibilité de l'armée."
            ),
        }
    ),
}
