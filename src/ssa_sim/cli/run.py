"""`ssa-sim run`: one run of one scenario, summed up by year."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ssa_sim.cli.given_files import ScenarioFile
from ssa_sim.cli.output import (
    JsonOption,
    Lang,
    LangOption,
    console,
    print_json,
    tell,
    tell_changes,
    tell_dropped,
    tell_kept,
)
from ssa_sim.cli.worlds import tell_worlds
from ssa_sim.typography import french

if TYPE_CHECKING:
    import pandas as pd

    from ssa_sim.catalogue.entries import ParameterValue
    from ssa_sim.catalogue.outcomes import Outcome
    from ssa_sim.model.simulate import Run
    from ssa_sim.scenario.schema import Scenario
    from ssa_sim.words.texts import Language


class EngineName(StrEnum):
    """What runs the model; both give the same numbers."""

    compiled = "compiled"
    mesa = "mesa"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("run")(run)


def run(
    scenario: ScenarioFile,
    seed: Annotated[int, typer.Option(help="Root seed of all random draws.")] = 2013,
    replicate: Annotated[int, typer.Option(help="Which replicate of that seed.")] = 0,
    engine: Annotated[EngineName, typer.Option(help="What runs the model.")] = EngineName.compiled,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="LEVER=VALUE", help="Set a lever for the whole period; repeatable."),
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Keep the results in this new folder.")] = None,
    all_outcomes: Annotated[bool, typer.Option("--all-outcomes", help="Show every outcome.")] = False,
    as_json: JsonOption = False,
    lang: LangOption = Lang.en,
) -> None:
    """Run one scenario once and show its outcomes by year."""
    from ssa_sim.analysis.yearly import by_year
    from ssa_sim.catalogue.outcomes import OUTCOMES
    from ssa_sim.experiment.ask.plan import Experiment, NamedScenario
    from ssa_sim.experiment.keep.store import check_out
    from ssa_sim.experiment.run.sweep import compile_model, keep_run
    from ssa_sim.model.simulate import simulate
    from ssa_sim.scenario.load import load_scenario
    from ssa_sim.words.glossary import scenario_title

    loaded = load_scenario(scenario)
    tell_changes(loaded, scenario.stem)
    tell_worlds([scenario])
    chosen = with_settings(loaded, settings or [])
    experiment = Experiment(
        title=chosen.title,
        scenarios=(NamedScenario(scenario.stem, chosen),),
        replications=1,
        seed=seed,
        first_replicate=replicate,
    )
    is_stored = out is not None and check_out(out, experiment)
    if engine is EngineName.compiled:
        compile_model(tell)
    else:
        tell("Running agent by agent; where a rule has not been used in this way yet, it is compiled first.")
    made = simulate(chosen, seed=seed, replicate=replicate, engine=engine.value)
    shown = [outcome for outcome in OUTCOMES if all_outcomes or as_json or outcome.headline]
    years = by_year(made.monthly, shown)
    if as_json:
        print_json(_as_object(chosen, made, years, seed=seed, replicate=replicate, engine=engine.value))
    else:
        _print_years(scenario_title(chosen.title, lang.value), made, years, shown, lang.value)
    if is_stored:
        tell(f"The results of this run are already in {out}.")
    elif out is not None:
        keep_run(experiment, made, out, engine=engine.value)
        tell(f"Results: {out}")


def with_settings(scenario: "Scenario", settings: Sequence[str], *, who: str = "--set") -> "Scenario":
    """The scenario with levers set as on the command line; says which inherited changes that drops.

    Args:
        scenario: as loaded.
        settings: texts such as "training.course_weeks=24".
        who: sets them, for the notes.

    Raises:
        InputError: no such lever, a value that is not allowed, or one lever set to two values.
    """
    from ssa_sim.errors import InputError
    from ssa_sim.scenario.overrides import parse_setting

    values: dict[str, ParameterValue] = {}
    for text in settings:
        try:
            lever, value = parse_setting(text)
        except InputError as error:
            raise InputError(error.message, where="--set", allowed=error.allowed) from None
        if lever in values and values[lever] != value:
            raise InputError(
                f'"{lever}" is set to {values[lever]} and to {value}; please keep one of the two.',
                where="--set",
            )
        values[lever] = value
    revised = scenario.with_levers(values)
    tell_dropped(revised.dropped_changes[len(scenario.dropped_changes) :], who)
    unchanged = [lever for lever, value in values.items() if scenario.lever_values_by_month()[0][lever] == value]
    tell_kept(scenario.noting_kept_changes(unchanged).kept_changes, who)
    return revised


def _as_object(
    scenario: "Scenario", made: "Run", years: "pd.DataFrame", *, seed: int, replicate: int, engine: str
) -> dict[str, object]:
    from ssa_sim.model.version import MODEL_VERSION

    return {
        "title": scenario.title,
        "identity": scenario.identity(),
        "seed": seed,
        "replicate": replicate,
        "engine": engine,
        "model_version": MODEL_VERSION,
        "outcomes": dict(made.outcomes),
        "years": years.to_dict(orient="records"),
    }


def _print_years(
    title: str, made: "Run", years: "pd.DataFrame", shown: Sequence["Outcome"], language: "Language"
) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from ssa_sim.words.numbers import number

    words = _WORDS[language]
    screen = console()
    headings = [
        str(year) if months == 12 else f"{year} ({months})"
        for year, months in zip(years["year"], years["months"], strict=True)
    ]
    columns = [*headings, words["run"]]
    cells = {
        outcome.name: [number(value, language) for value in [*years[outcome.name], made.outcomes[outcome.name]]]
        for outcome in shown
    }
    fitting = max(2, (screen.width - _LABEL_WIDTH) // _NUMBER_WIDTH)
    for first in range(0, len(columns), fitting):
        part = slice(first, first + fitting)
        table = Table(title=Text(title), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
        table.add_column(words["outcome"], overflow="fold")
        for heading in columns[part]:
            table.add_column(heading, justify="right", no_wrap=True)
        for outcome in shown:
            name = f"{outcome.label(language)} ({outcome.unit_in(language)}, {words[outcome.summary]})"
            table.add_row(Text(name), *cells[outcome.name][part])
        screen.print(table)
    screen.print(words["note"])


_LABEL_WIDTH = 28
_NUMBER_WIDTH = 12

_WORDS = {
    "en": {
        "outcome": "Outcome",
        "run": "Whole run",
        "final": "at the end",
        "total": "sum",
        "mean": "mean",
        "note": "One run is one possible history: compare scenarios with `ssa-sim compare`. "
        "A year with a number in brackets covers only so many months.",
    },
    "fr": french(
        {
            "outcome": "Résultat",
            "run": "Ensemble",
            "final": "à la fin",
            "total": "somme",
            "mean": "moyenne",
            "note": "Une simulation est une histoire possible : comparez des scénarios avec `ssa-sim compare`. "
            "Une année suivie d'un nombre entre parenthèses ne couvre que ce nombre de mois.",
        }
    ),
}
