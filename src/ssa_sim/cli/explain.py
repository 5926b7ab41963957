"""`ssa-sim explain`: what raised and lowered the readiness of one unit in one month."""

from typing import Annotated

import typer

from ssa_sim.cli.given import given_scenario
from ssa_sim.cli.options import JsonOption, Lang, LangOption, ReplicateOption, ScenarioFile, SeedOption, SettingsOption
from ssa_sim.cli.output import tell
from ssa_sim.cli.showing import show


def explain(
    scenario: ScenarioFile,
    unit: Annotated[int, typer.Option(help="Number of the unit; the first is 0.")],
    month: Annotated[str, typer.Option(metavar="YYYY-MM", help="The month to explain.")],
    seed: SeedOption = 2013,
    replicate: ReplicateOption = 0,
    settings: SettingsOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.en,
) -> None:
    """Show which rules raised or lowered a unit's readiness in a month, and by how much."""
    from ssa_sim.analysis import explanation
    from ssa_sim.experiment.run.settings import compile_model
    from ssa_sim.telling import explanation as telling

    chosen = given_scenario(scenario, settings)
    explanation.checked_span(chosen, unit=unit, seed=seed, replicate=replicate, month=month)
    compile_model(tell)
    tell("Taking that month step by step; what has not been used in this way yet is compiled first.")
    made = explanation.explain(chosen, unit=unit, seed=seed, replicate=replicate, month=month)
    show(made, telling, lang, as_json=as_json, widest=telling.WIDEST)
