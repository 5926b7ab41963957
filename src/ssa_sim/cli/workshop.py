"""`ssa-sim workshop`: the live page for a room."""

from typing import Annotated

import typer

from ssa_sim.cli.options import Lang, ScenarioFileOrBaseline
from ssa_sim.cli.output import tell


def workshop(
    scenario: ScenarioFileOrBaseline = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8765,
    host: Annotated[
        str, typer.Option(help="Address to listen on; any but this machine's own asks visitors for a token.")
    ] = "127.0.0.1",
    seed: Annotated[int, typer.Option(min=0, help="Root seed of all random draws.")] = 2013,
    replicate: Annotated[int, typer.Option(min=0, help="Which replicate of that seed is shown.")] = 0,
    replications: Annotated[int, typer.Option(min=2, max=500, help="Other runs behind the one shown.")] = 40,
    show: Annotated[bool, typer.Option("--open/--no-open", help="Open a browser.")] = True,
    lang: Annotated[
        Lang, typer.Option("--lang", help="Language that the page opens in; a button on it changes it.")
    ] = Lang.en,
) -> None:
    """Open the workshop page: two worlds side by side that a room steers, without internet."""
    from ssa_sim.extras import require

    require("nicegui", "workshop", "The workshop page needs NiceGUI, which is not installed.")
    from ssa_sim.experiment.ask.plan import LARGEST_SEED
    from ssa_sim.experiment.run.settings import compile_model
    from ssa_sim.scenario.load import load_scenario
    from ssa_sim.scenario.problems import whole_number
    from ssa_sim.workshop.session import Session
    from ssa_sim.workshop.tab_state import Setup

    assert scenario is not None
    for name, number in (("--seed", seed), ("--replicate", replicate)):
        whole_number(name, number, 0, LARGEST_SEED)
    Session(load_scenario(scenario), seed=seed, replicate=replicate)
    compile_model(tell)
    setup = Setup(scenario.parent, scenario.name, seed, replicate, replications, lang.value)
    from ssa_sim.workshop.serve import check_free, plain_address, serve

    host = plain_address(host)
    check_free(host, port)
    tell("The workshop page is at the address below; Ctrl-C ends it.")
    serve(setup, host=host, port=port, show=show)
