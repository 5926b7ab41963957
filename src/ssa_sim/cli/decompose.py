"""`ssa-sim decompose`: what each mechanism takes from an outcome, or which lever of a package does the work."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from ssa_sim.cli.given import folder_of_its_own, given_scenario
from ssa_sim.cli.options import JsonOption, Lang, LangOption, ScenarioFile, WorkersOption, names, scenario_or_baseline
from ssa_sim.cli.output import tell
from ssa_sim.cli.progress import progress_display
from ssa_sim.cli.showing import place, show, tell_failed
from ssa_sim.errors import InputError

if TYPE_CHECKING:
    from ssa_sim.analysis.decompose import Decomposition, LargerSample
    from ssa_sim.experiment.ask.plan import Experiment
    from ssa_sim.experiment.ask.worlds import Worlds
    from ssa_sim.experiment.keep.results import Results
    from ssa_sim.experiment.run.package import PackagePlan, PackageRuns
    from ssa_sim.experiment.run.subsets import SubsetPlan, SubsetRuns
    from ssa_sim.figures.waterfall import Layout

DEFAULT_REPLICATIONS = 10
DEFAULT_SEED = 2013
MOST_EXACT = 8
"""Mechanisms of which all subsets are run unless it is said otherwise: beyond it orders are sampled."""
CIRCLES = 3
"""Of sampled orders; over structures or points there is one in each."""


def decompose(
    file: ScenarioFile,
    replications: Annotated[int, typer.Option(help="Replicates; in each, every subset is run.")] = DEFAULT_REPLICATIONS,
    seed: Annotated[int | None, typer.Option(help="Root seed of all draws. [default: 2013]")] = None,
    workers: WorkersOption = None,
    mechanisms: Annotated[
        str | None,
        typer.Option(metavar="A,B,...", help="Which mechanisms. [default: all that are on in the scenario]"),
    ] = None,
    outcome: Annotated[str, typer.Option(help="Which outcome.")] = "ready_soldiers",
    abolish: Annotated[
        bool,
        typer.Option(
            "--abolish", help="Against mechanisms switched off, which is impossible in the world, not feasible cases."
        ),
    ] = False,
    levers: Annotated[
        bool, typer.Option("--levers", help="Which of the scenario's levers does the work, in place of mechanisms.")
    ] = False,
    base: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="SCENARIO",
            help="What the levers are compared with. [default: scenarios/baseline.toml, or else the packaged baseline]",
            callback=scenario_or_baseline,
            show_default=False,
        ),
    ] = None,
    structures: Annotated[
        bool,
        typer.Option(
            "--structures",
            help="Again under each alternative of each structure; with --points, under choices that each point draws.",
        ),
    ] = False,
    points: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help="Again at so many points, 10 and more, drawn over the ranges of all uncertainties: medians, and in what share of "
            "points each rank and sign. The seed draws them.",
        ),
    ] = None,
    exact: Annotated[bool, typer.Option("--exact", help="All subsets, however many; no sampled orders.")] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Keep runs and figures in this new folder. [default: one of its own in results/]",
        ),
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.en,
) -> None:
    """Show what each mechanism takes between course completions and ready soldiers (Shapley values)."""
    from ssa_sim.experiment.ask.worlds import check_points

    if replications < 2:
        raise InputError("One replication gives no interval.", where="--replications", allowed="2 and more")
    seed = DEFAULT_SEED if seed is None else seed
    if points is not None:
        check_points(points)
    asked = _Asked(file, replications, seed, workers, outcome, structures, points or 0, exact, out, as_json, lang)
    if levers:
        if mechanisms is not None or abolish:
            raise InputError("These are about mechanisms.", where="--mechanisms, --abolish", allowed="without --levers")
        assert base is not None
        _decompose_levers(asked, base)
    else:
        _decompose_mechanisms(asked, None if mechanisms is None else names(mechanisms), is_abolished=abolish)


class _Asked(NamedTuple):
    """What every kind of decomposition is asked for."""

    file: Path
    replications: int
    seed: int
    workers: int | None
    outcome: str
    over_structures: bool
    points: int
    is_exact: bool
    out: Path | None
    as_json: bool
    lang: Lang

    def circles(self, players: int, most_exact: int) -> int:
        """How many circles of orders are sampled among so many players; 0: all orders."""
        if self.is_exact or players <= most_exact:
            return 0
        return 1 if self.over_structures or self.points else CIRCLES

    def run(self, experiment: "Experiment", what: str) -> "tuple[Results, Path | None]":
        """The results, and the folder in which they are kept."""
        from ssa_sim.experiment.run.experiment import run
        from ssa_sim.experiment.run.settings import RunSettings

        folder = self.out
        if self.out is None and not self.as_json:
            folder = folder_of_its_own(experiment, f"{self.file.stem[:60]}-{what}", what="results nor figures")
        with progress_display("runs") as progress:
            settings = RunSettings(workers=self.workers)
            return run(experiment, folder, settings, progress=progress, notify=tell), folder


def _decompose_mechanisms(asked: _Asked, mechanisms: tuple[str, ...] | None, *, is_abolished: bool) -> None:
    """What each mechanism takes from the outcome."""
    from ssa_sim.analysis.decompose import decompose as decompose_runs
    from ssa_sim.experiment.run.subsets import SubsetRuns
    from ssa_sim.telling import decomposition as telling

    plan = _plan(asked, mechanisms, is_abolished=is_abolished)
    size = _size(plan.n_subsets, plan.worlds)
    tell(f"{len(plan.mechanisms)} mechanisms: {size} in {asked.replications} replicates.")
    results, folder = asked.run(plan.experiment(), "decompose")
    runs = SubsetRuns(plan, results)
    makes: dict[str, Callable[[], Path | list[Path] | None]] = {"out": lambda: folder}
    if len(plan.worlds) > 1:
        _show_over_worlds(asked, runs, makes)
    else:
        found = replace(decompose_runs(runs, asked.outcome), larger=_larger_sample(plan, asked.outcome, asked.workers))
        if asked.as_json:
            makes["figures"] = lambda: [] if folder is None else _draw(found, folder, asked.lang)
        else:
            makes["figure"] = lambda: None if folder is None else _draw(found, folder, asked.lang)[0]
        show(found, telling, asked.lang, as_json=asked.as_json, makes=makes)
    for replicate, point, error in runs.errors[:1]:
        tell_failed(len(runs.errors), len(results.runs), f"replicate {replicate}, point {point}: {error}")


def _decompose_levers(asked: _Asked, base: Path) -> None:
    """Which lever of a package does the work."""
    from ssa_sim.analysis.package import share_out
    from ssa_sim.experiment.run.package import PackageRuns
    from ssa_sim.telling import package as telling

    plan = _package(asked, base)
    size = _size(len(plan.orders.subsets), plan.worlds)
    tell(f"{len(plan.groups)} levers or groups of them: {size} in {asked.replications} replicates.")
    results, folder = asked.run(plan.experiment(), "levers")
    runs = PackageRuns(plan, results)
    makes = {"out": lambda: folder}
    if len(plan.worlds) > 1:
        _show_over_worlds(asked, runs, makes)
    else:
        show(share_out(runs, asked.outcome), telling, asked.lang, as_json=asked.as_json, makes=makes)
    failed = results.runs[results.runs["status"] == "failed"]
    for _, run in failed.head(1).iterrows():
        tell_failed(len(failed), len(results.runs), f"{run['scenario']}, replicate {run['replicate']}: {run['error']}")


def _show_over_worlds(
    asked: _Asked, runs: "SubsetRuns | PackageRuns", makes: Mapping[str, "Callable[[], Path | list[Path] | None]"]
) -> None:
    """What each player does, here and in the other worlds."""
    from ssa_sim.analysis.over_worlds import shared_out_over_worlds
    from ssa_sim.telling import over_worlds as telling

    show(shared_out_over_worlds(runs, asked.outcome), telling, asked.lang, as_json=asked.as_json, makes=makes)


def _size(subsets: int, worlds: "Worlds") -> str:
    if len(worlds) == 1:
        return f"{subsets} subsets"
    if worlds.is_drawn:
        return f"{subsets} subsets here and at {len(worlds) - 1} points each"
    return f"{subsets} subsets under {len(worlds)} structures each"


def _plan(asked: _Asked, mechanisms: tuple[str, ...] | None, *, is_abolished: bool) -> "SubsetPlan":
    """The plan that the command line asks for.

    Raises:
        InputError: it cannot be run.
    """
    from ssa_sim.analysis.decompose import outcomes_for
    from ssa_sim.experiment.ask.plan import experiment_from_scenarios
    from ssa_sim.experiment.run.subsets import Against, SubsetPlan, mechanisms_acting, mechanisms_to_vary

    scenario = given_scenario(asked.file)
    experiment = experiment_from_scenarios(
        [asked.file],
        title=scenario.title,
        replications=asked.replications,
        seed=asked.seed,
        outcomes=outcomes_for(asked.outcome),
        monthly="none",
    )
    against: Against = "abolished" if is_abolished else "feasible"
    chosen = mechanisms_to_vary(scenario, against, asked.points) if mechanisms is None else mechanisms
    if mechanisms is None and (mild := [name for name in mechanisms_acting(scenario) if name not in chosen]):
        tell(f"Note: as mild as their feasible cases already, and left as they are: {', '.join(mild)}.")
    circles = asked.circles(len(chosen), MOST_EXACT)
    return SubsetPlan(experiment, chosen, against, circles, asked.over_structures, asked.points)


def _package(asked: _Asked, base: Path) -> "PackagePlan":
    """The plan for the levers of a package; each is taken alone, or by the catalogue's groups where they are many.

    Raises:
        InputError: it cannot be run.
    """
    from ssa_sim.experiment.ask.plan import experiment_from_scenarios
    from ssa_sim.experiment.run.package import MOST_EXACT, PackagePlan, changed_levers, lever_groups

    package = given_scenario(asked.file)
    pair = experiment_from_scenarios(
        [base, asked.file],
        title=package.title,
        replications=asked.replications,
        seed=asked.seed,
        outcomes=[asked.outcome],
        monthly="none",
    )
    first = pair.scenarios[0].scenario
    levers = changed_levers(first, package)
    if package.with_levers_of(first, levers).identity() != first.identity():
        tell(f"Note: '{asked.file.stem}' and '{base.stem}' differ in more than levers; that is left as in the package.")
    groups = lever_groups(levers, by_group=len(levers) > MOST_EXACT and not asked.is_exact)
    return PackagePlan(pair, groups, asked.circles(len(groups), MOST_EXACT), asked.over_structures, asked.points)


def _larger_sample(plan: "SubsetPlan", outcome: str, workers: int | None) -> "LargerSample | None":
    """The scenario as it is over as many replications as a comparison makes; None if the decomposition rests on as many."""
    from ssa_sim.analysis.decompose import LargerSample, levels_alone
    from ssa_sim.experiment.ask.plan import DEFAULT_REPLICATIONS as LARGER_SAMPLE
    from ssa_sim.experiment.run.experiment import run
    from ssa_sim.experiment.run.settings import RunSettings

    if plan.alone.replications >= LARGER_SAMPLE:
        return None
    alone = replace(plan.alone, replications=LARGER_SAMPLE)
    results = run(alone, None, RunSettings(workers=workers))
    return LargerSample(alone.replicates, levels_alone(results, outcome))


def _draw(found: "Decomposition", folder: Path, lang: Lang) -> list[Path]:
    """Put the figures into the folder; returns their paths, the slide's first."""
    from ssa_sim.figures.waterfall import waterfall_figure

    names: dict[Layout, str] = {"slide": "waterfall", "page": "waterfall-page"}
    return [
        place(folder, name, waterfall_figure(found, lang.value, layout=layout), lang) for layout, name in names.items()
    ]
