"""`ssa-sim compare`: scenarios against the first one, on common random numbers."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ssa_sim.cli.given import folder_of_its_own, tell_changes, with_settings
from ssa_sim.cli.options import JsonOption, Lang, LangOption, ScenarioFilesOrExperiment, WorkersOption
from ssa_sim.cli.output import tell
from ssa_sim.cli.progress import progress_display
from ssa_sim.cli.showing import place, show, tell_failed
from ssa_sim.cli.worlds import tell_worlds
from ssa_sim.errors import InputError

if TYPE_CHECKING:
    from ssa_sim.analysis.compare import Comparison
    from ssa_sim.experiment.ask.plan import Experiment
    from ssa_sim.experiment.keep.results import Results

REPLICATIONS_A_WORLD = 30
"""Of each scenario under each alternative of a structure, unless it is said otherwise."""


def compare(
    files: ScenarioFilesOrExperiment,
    replications: Annotated[
        int | None,
        typer.Option(help="Paired runs of each scenario. [default: 100, or the experiment file's]"),
    ] = None,
    seed: Annotated[
        int | None, typer.Option(help="Root seed of all draws. [default: 2013, or the experiment file's]")
    ] = None,
    workers: WorkersOption = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="LEVER=VALUE",
            help="Set a lever for the whole period, or structures.NAME=CHOICE, in every scenario but the first; one scenario "
            "alone is compared with itself as it is. Repeatable.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Keep results and figure in this new folder. [default: one of its own in results/]",
        ),
    ] = None,
    all_outcomes: Annotated[bool, typer.Option("--all-outcomes", help="Compare every outcome.")] = False,
    structures: Annotated[
        bool,
        typer.Option(
            "--structures", help="Again under each alternative of each structure: what holds under all, most, few."
        ),
    ] = False,
    as_json: JsonOption = False,
    lang: LangOption = Lang.en,
) -> None:
    """Compare scenarios with the first one: differences, intervals, verdicts and a figure."""
    from ssa_sim.analysis.chosen import headline_names
    from ssa_sim.analysis.compare import compare as compare_results
    from ssa_sim.analysis.compare_structures import compare_over_structures
    from ssa_sim.experiment.run.experiment import run
    from ssa_sim.experiment.run.settings import RunSettings
    from ssa_sim.telling import comparison as telling
    from ssa_sim.telling import over_structures as telling_structures

    if structures and replications is None:
        replications = REPLICATIONS_A_WORLD
    experiment = _asked(files, replications, seed, settings or [])
    if structures:
        experiment = _over_structures(experiment)
    folder = out
    if out is None and not as_json:
        folder = folder_of_its_own(experiment, _folder_name(experiment, files), what="results nor figure")
    with progress_display("runs") as progress:
        results = run(experiment, folder, RunSettings(workers=workers), progress=progress, notify=tell)
    shown = None if all_outcomes else headline_names(results)
    makes: dict[str, Callable[[], Path | None]] = {"out": lambda: folder}
    if structures:
        over = compare_over_structures(results, outcomes=shown)
        show(over, telling_structures, lang, as_json=as_json, makes=makes)
    else:
        comparison = compare_results(results, outcomes=shown)
        makes["figure"] = lambda: None if folder is None else _draw(results, comparison, folder, lang)
        show(comparison, telling, lang, as_json=as_json, makes=makes)
    failed = results.runs[results.runs["status"] == "failed"]
    for _, run_ in failed.head(1).iterrows():
        first = f"scenario '{run_['scenario']}', replicate {run_['replicate']}: {run_['error']}"
        tell_failed(len(failed), len(results.runs), first)


def _asked(files: Sequence[Path], replications: int | None, seed: int | None, settings: Sequence[str]) -> "Experiment":
    """The experiment that the command line asks for.

    Raises:
        InputError: there is nothing to compare.
    """
    from ssa_sim.experiment.ask.file import is_experiment_file, load_experiment, scenario_files
    from ssa_sim.experiment.ask.plan import DEFAULT_REPLICATIONS, DEFAULT_SEED, experiment_from_scenarios

    experiment_files = [path for path in files if is_experiment_file(path)]
    if experiment_files and settings:
        raise InputError(
            "An experiment file says itself what is compared, so no lever can be set beside it.",
            where="--set",
            allowed="scenario files; in an experiment file, another scenario or a [design]",
        )
    if experiment_files and len(files) > 1:
        raise InputError(
            "This is an experiment file, which cannot be mixed with others.",
            where=experiment_files[0],
            allowed="one experiment file, or two and more scenario files",
        )
    if experiment_files:
        experiment = load_experiment(files[0], replications=replications, seed=seed)
    else:
        experiment = experiment_from_scenarios(
            files,
            replications=DEFAULT_REPLICATIONS if replications is None else replications,
            seed=DEFAULT_SEED if seed is None else seed,
        )
    if len(experiment.scenarios) < 2 and not settings:
        raise InputError(
            "There is only one scenario, so there is nothing to compare.",
            where=files[0],
            allowed="two and more scenario files, an experiment file that names as many, or --set to compare it with levers set",
        )
    if experiment.replications < 2:
        raise InputError("One replication gives no interval.", where="--replications", allowed="2 and more")
    for named in experiment.scenarios:
        tell_changes(named.scenario, named.name)
    tell_worlds(scenario_files(files[0]) if experiment_files else files)
    if settings:
        experiment = _with_settings(experiment, settings)
    for one, other in experiment.same_scenarios():
        tell(f"Note: '{one}' and '{other}' agree in everything that matters, so that nothing will differ.")
    return experiment


def _over_structures(experiment: "Experiment") -> "Experiment":
    """The same under each alternative of each structure, on the same draws; no months are kept.

    Raises:
        InputError: it has a design or a precision of its own, or its scenarios answer the structures' questions differently.
    """
    from ssa_sim.experiment.ask.worlds import structure_design

    if experiment.design is not None or experiment.precision is not None:
        raise InputError(
            "The experiment says itself what varies.", where="--structures", allowed="no [design], and replications"
        )
    first = experiment.scenarios[0].scenario
    for named in experiment.scenarios:
        if named.scenario.structures != first.structures:
            raise InputError(
                f"'{named.name}' has other structures than '{experiment.scenarios[0].name}'.",
                where="--structures",
                allowed="scenarios with the same structures",
            )
    worlds = replace(experiment, design=structure_design(first), monthly="none")
    tell(f"{len(experiment.scenarios)} scenarios under {worlds.n_points} structures each.")
    return worlds


def _with_settings(experiment: "Experiment", settings: Sequence[str]) -> "Experiment":
    """The experiment with levers set in all scenarios but the first, or in a copy of the only one; names and titles say so."""
    from ssa_sim.experiment.ask.plan import NamedScenario

    label = "+".join("=".join(part.strip() for part in text.split("=", 1)) for text in settings)
    first, *others = experiment.scenarios
    varied = []
    for named in others or [first]:
        revised = with_settings(named.scenario, settings, who=f"--set in '{named.name}'")
        words = f"{revised.title} ({label.replace('+', ', ')})"
        varied.append(NamedScenario(f"{named.name}+{label}", revised.with_words(title=words)))
    scenarios = (first, *varied)
    return replace(experiment, scenarios=scenarios, title=" / ".join(named.name for named in scenarios))


def _folder_name(experiment: "Experiment", files: Sequence[Path]) -> str:
    """The experiment file's name, or those of the scenarios."""
    names = files[0].stem if len(files) == 1 else "-".join(n.replace("/", "-") for n in experiment.scenario_names)
    return names[:60]


def _draw(results: "Results", comparison: "Comparison", folder: Path, lang: Lang) -> Path:
    from ssa_sim.figures.comparison import comparison_figure

    return place(folder, "comparison", comparison_figure(results, comparison, lang.value), lang)
