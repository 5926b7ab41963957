"""`ssa-sim screen`: which uncertainties move the outcomes, and which move nothing."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ssa_sim.cli.given import given_scenario
from ssa_sim.cli.options import JsonOption, Lang, LangOption, ScenarioFileOrBaseline, SeedOption, WorkersOption
from ssa_sim.cli.output import tell
from ssa_sim.cli.progress import progress_display
from ssa_sim.cli.showing import print_paths, show, tell_failed

if TYPE_CHECKING:
    from ssa_sim.analysis.screening import Plan


def screen(
    scenario: ScenarioFileOrBaseline = None,
    trajectories: Annotated[
        int, typer.Option(help="Random starts; each costs a point for every uncertainty, and one.")
    ] = 10,
    replications: Annotated[int, typer.Option(help="Runs of each point, on each of the two grounds.")] = 4,
    seed: SeedOption = 2013,
    outcomes: Annotated[
        str | None, typer.Option(metavar="A,B,...", help="Which outcomes. [default: the 21 main ones]")
    ] = None,
    group: Annotated[
        str | None, typer.Option(metavar="GROUP", help='Vary one group of uncertainties, such as "security".')
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write tables and their provenance into this folder.")
    ] = None,
    workers: WorkersOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.en,
) -> None:
    """Screen the uncertainties by elementary effects (Morris): the scenario as given, and with its levers in use."""
    from ssa_sim.analysis.screening import screen as screen_plan
    from ssa_sim.analysis.screening_files import check_screening_folder, write_screening
    from ssa_sim.experiment.ask.design import require_salib
    from ssa_sim.telling import screening as telling

    require_salib("A screening")
    assert scenario is not None
    plan = _asked(scenario, outcomes, group, trajectories=trajectories, replications=replications, seed=seed)
    if out is not None:
        check_screening_folder(out)
    with progress_display("runs") as progress:
        screening = screen_plan(plan, workers=workers, progress=progress, notify=tell)
    if out is not None:
        write_screening(screening, out)
    show(screening, telling, lang, as_json=as_json)
    if out is not None and not as_json:
        print_paths("out", out, lang.value)
    tell_failed(screening.n_failed, None, screening.first_error)


def _asked(
    path: Path, outcomes: str | None, group: str | None, *, trajectories: int, replications: int, seed: int
) -> "Plan":
    """What the command line asks for.

    Raises:
        InputError: the scenario is not in order, or a name is unknown.
    """
    from ssa_sim.analysis.screening import MAIN_OUTCOMES, Plan, choose

    return Plan(
        scenario=given_scenario(path),
        parameters=choose(group),
        outcomes=MAIN_OUTCOMES if outcomes is None else tuple(name.strip() for name in outcomes.split(",")),
        trajectories=trajectories,
        replications=replications,
        seed=seed,
    )
