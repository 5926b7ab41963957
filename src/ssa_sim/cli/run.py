"""`ssa-sim run`: one run of one scenario, summed up by year."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ssa_sim.cli.given import given_scenario
from ssa_sim.cli.options import JsonOption, Lang, LangOption, ReplicateOption, ScenarioFile, SeedOption, SettingsOption
from ssa_sim.cli.output import print_json, tell
from ssa_sim.cli.showing import print_told

if TYPE_CHECKING:
    import pandas as pd

    from ssa_sim.model.simulate import Run
    from ssa_sim.scenario.schema import Scenario


class EngineName(StrEnum):
    """What runs the model; both give the same numbers."""

    compiled = "compiled"
    mesa = "mesa"


def run(
    scenario: ScenarioFile,
    seed: SeedOption = 2013,
    replicate: ReplicateOption = 0,
    engine: Annotated[EngineName, typer.Option(help="What runs the model.")] = EngineName.compiled,
    settings: SettingsOption = None,
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
    from ssa_sim.experiment.run.replay import keep_run
    from ssa_sim.experiment.run.settings import compile_model
    from ssa_sim.model.simulate import simulate
    from ssa_sim.telling.years import table
    from ssa_sim.words.texts import texts

    chosen = given_scenario(scenario, settings)
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
        print_told([table(chosen.title, years, made.outcomes, shown), texts(lang.value, "years")("note")], lang.value)
    if is_stored:
        tell(f"The results of this run are already in {out}.")
    elif out is not None:
        keep_run(experiment, made, out, engine=engine.value)
        tell(f"Results: {out}")


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
