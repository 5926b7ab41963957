"""`ssa-sim sweep`: what is missing of an experiment, however large; run again, it goes on."""

import contextlib
import shlex
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ssa_sim.cli.given import tell_changes
from ssa_sim.cli.options import ExperimentFile, JsonOption, WorkersOption
from ssa_sim.cli.output import print_json, tell
from ssa_sim.cli.progress import duration, progress_display
from ssa_sim.cli.worlds import tell_worlds

if TYPE_CHECKING:
    from ssa_sim.experiment.ask.forecast import Forecast
    from ssa_sim.experiment.ask.plan import Experiment
    from ssa_sim.experiment.keep.manifest import Asked
    from ssa_sim.experiment.run.sweep import SweepProgress

TIME_LIMIT = 300.0
_MUCH_SKEWNESS = 1.0
"""From about here on Stein's interval covers a per cent or more less than it says."""


def sweep(
    experiment_file: ExperimentFile,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Result folder, new or begun. [default: one of its own in results/]"),
    ] = None,
    workers: WorkersOption = None,
    cluster: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Run on the Dask cluster with this scheduler instead.")
    ] = None,
    replications: Annotated[int | None, typer.Option(help="In place of the experiment file's.")] = None,
    seed: Annotated[int | None, typer.Option(help="In place of the experiment file's.")] = None,
    time_limit: Annotated[
        float,
        typer.Option(
            metavar="SECONDS", help="A run that takes longer is ended and, in the end, set aside.", min=1.0, max=86400.0
        ),
    ] = TIME_LIMIT,
    retry_failed: Annotated[
        bool,
        typer.Option("--retry-failed", help="Make what failed anew, in a finished folder too; the rest is kept."),
    ] = False,
    is_dry: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be run, how long it takes and what room, and end.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Run what is missing of an experiment; killed or interrupted, it goes on when run again."""
    from ssa_sim.experiment.ask.file import load_experiment, scenario_files

    experiment = load_experiment(experiment_file, replications=replications, seed=seed)
    folder = Path("results") / f"{experiment_file.stem[:60]}-{experiment.identity()[:8]}" if out is None else out
    _tell_of_levers(experiment)
    tell_worlds(scenario_files(experiment_file))
    if is_dry:
        _tell_forecast(experiment, folder, workers, has_cluster=cluster is not None, as_json=as_json)
        return
    options: dict[str, object] = {"--workers": workers, "--replications": replications, "--seed": seed}
    if time_limit != TIME_LIMIT:
        options["--time-limit"] = f"{time_limit:g}"
    typed = _command(experiment_file, {"--out": folder, "--cluster": cluster, **options})
    lasting = _command(experiment_file.resolve(), {"--out": folder.resolve(), **options})
    asked = {"workers": workers, "retry_failed": retry_failed, "command": lasting}
    _end(_run(experiment, folder, cluster, time_limit, asked, typed), folder, as_json=as_json)


def _command(experiment_file: Path, options: Mapping[str, object]) -> str:
    """What somebody would type, with those options that are given."""
    given = [str(part) for option in options.items() if option[1] is not None for part in option]
    return shlex.join(["ssa-sim", "sweep", str(experiment_file), *given])


def _run(
    experiment: "Experiment",
    folder: Path,
    cluster: str | None,
    time_limit: float,
    asked: Mapping[str, Any],
    typed: str,
) -> "SweepProgress":
    """Run what is missing, here or on a cluster; ends the process where it cannot go on, and says what was `typed`."""
    from ssa_sim.errors import WorkError
    from ssa_sim.experiment.keep.store import check_out
    from ssa_sim.experiment.run.cluster import cluster as connected
    from ssa_sim.experiment.run.settings import RunSettings
    from ssa_sim.experiment.run.sweep import SweepInterruptedError
    from ssa_sim.experiment.run.sweep import sweep as run_sweep
    from ssa_sim.experiment.run.worker import WorkerCare

    settings = RunSettings(care=WorkerCare(seconds_a_run=time_limit), is_guarded=True, **asked)
    with contextlib.ExitStack() as stack:
        is_complete = check_out(folder, experiment)
        if cluster is not None and (settings.retry_failed or not is_complete):
            settings = replace(settings, executor=stack.enter_context(connected(cluster, tell)), cluster=cluster)
        try:
            with progress_display("runs") as progress:
                return run_sweep(experiment, folder, settings, progress=progress, notify=tell)
        except SweepInterruptedError as interruption:
            tell(f"Interrupted. {interruption} To resume:\n  {typed}")
            raise typer.Exit(130) from None
        except WorkError as error:
            tell(f"ssa-sim: {error} What was done is kept. To resume:\n  {typed}")
            raise typer.Exit(1) from None


def _end(standing: "SweepProgress", folder: Path, *, as_json: bool) -> None:
    """The last word, and exit status 1 if a run failed."""
    from ssa_sim.experiment.keep.manifest import read_manifest

    manifest = read_manifest(folder)
    if as_json:
        print_json(
            {
                "out": str(folder),
                "runs": standing.done,
                "failed": standing.failed,
                "digest": manifest.digest,
                "replications": manifest.experiment.replications,
                "precision": manifest.provenance.get("precision"),
            }
        )
    else:
        typer.echo(f"Results: {folder}\n{standing.done} runs, {standing.failed} failed. Digest {manifest.digest}")
        _print_precision(manifest.provenance.get("precision"), manifest.experiment)
    if standing.failed:
        tell(
            f"`ssa-sim status {folder}` lists the runs that failed; `ssa-sim replay {folder} RUN_ID` runs one again; the same "
            "command with --retry-failed makes all of them anew."
        )
        raise typer.Exit(1)


def _print_precision(found: object, experiment: "Asked") -> None:
    """How many replications the interval asked for took, and what it is."""
    asked, made = experiment.precision, experiment.replications
    if not isinstance(found, dict) or asked is None:
        return
    typer.echo(f"{made} replications, {100 * asked['confidence']:g}% intervals (Stein 1945):")
    for stage, each in zip(found["first_stage"], found["intervals"], strict=True):
        if each["half_width"] is None:
            typer.echo(f"  {each['scenario']}: {asked['outcome']} has too few pairs in the first stage for an interval")
            continue
        is_reached = each["half_width"] <= asked["half_width"] * (1.0 + 1e-9)
        reached = "reached" if is_reached else f"NOT reached within {asked['maximum']} replications"
        typer.echo(
            f"  {each['scenario']}: {asked['outcome']} differs by {each['mean']:.6g} ± {each['half_width']:.3g} "
            f"({each['pairs']} pairs{'' if each['pairs'] == made else ', since some runs gave no pair'}; "
            f"± {asked['half_width']:g} asked: {reached})"
        )
        if abs(stage["skewness"]) > _MUCH_SKEWNESS:
            typer.echo(
                f"  Note: these differences are skewed ({stage['skewness']:.1f}), so the interval covers somewhat less than "
                f"{100 * asked['confidence']:g}%; a larger first stage helps."
            )


def _tell_of_levers(experiment: "Experiment") -> None:
    """Say where dated changes of levers are left out, or stay where a point sets what a lever starts with anyway."""
    for named in experiment.scenarios:
        tell_changes(named.scenario, named.name)
    if experiment.design is None:
        return
    for axis in experiment.design.axes:
        dated = {path for named in experiment.scenarios for event in named.scenario.events for path, _ in event.set}
        if axis.part == "levers" and axis.path in dated:
            tell(
                f'Note: the scenarios change "{axis.path}" by date. A point holds it at one value throughout, except where that '
                "is the value that it starts with: there the dated changes stay."
            )


def _tell_forecast(
    experiment: "Experiment", folder: Path, workers: int | None, *, has_cluster: bool, as_json: bool
) -> None:
    from ssa_sim.experiment.ask.forecast import forecast
    from ssa_sim.experiment.keep.manifest_file import MANIFEST
    from ssa_sim.experiment.keep.status import status_of
    from ssa_sim.experiment.keep.store import check_out
    from ssa_sim.experiment.run.settings import compile_model, crew_of
    from ssa_sim.experiment.run.shards import seconds_a_run

    check_out(folder, experiment)
    crew = crew_of(workers)
    compile_model(tell)
    done = status_of(folder).done if (folder / MANIFEST).exists() else 0
    expected = forecast(experiment, crew, seconds_a_run(experiment), done=done)
    if as_json:
        print_json({"out": str(folder), "workers": crew, **expected.as_object()})
        return
    typer.echo("\n".join(_forecast_lines(experiment, expected, folder, crew, has_cluster=has_cluster)))
    if not has_cluster and (warning := expected.memory.warning()):
        tell(warning)


def _forecast_lines(
    experiment: "Experiment", expected: "Forecast", folder: Path, crew: int, *, has_cluster: bool
) -> list[str]:
    design = experiment.design
    points = "no design: every scenario as it is"
    if design is not None:
        points = f"{len(design)} points ({design.method}) over {', '.join(axis.column for axis in design.axes[:6])}"
        points += f" and {len(design.axes) - 6} more" if len(design.axes) > 6 else ""
    replications = str(experiment.replications)
    if experiment.precision is not None:
        replications += (
            f" at first, at most {experiment.precision.maximum} (until {experiment.precision.outcome} is known to "
        )
        replications += f"± {experiment.precision.half_width:g})"
    return [
        f"{experiment.title}",
        f"  scenarios     {', '.join(experiment.scenario_names)}",
        f"  points        {points}",
        f"  replications  {replications}",
        f"  runs          {expected.runs:,} in {expected.shards:,} shards"
        + (f"; {expected.done:,} are done" if expected.done else ""),
        f"  time          about {duration(expected.seconds)} on {crew} worker{'s' if crew > 1 else ''} "
        f"({1000 * expected.seconds_a_run:.1f} ms a run, measured now)"
        + (" of this machine; how many the cluster has, and how quick they are, was not asked" if has_cluster else ""),
        f"  memory        {expected.memory}; the design takes {expected.design_memory / 1e6:,.1f} MB here",
        f"  disk          about {expected.disk.in_the_end / 1e6:,.0f} MB in the end (months {expected.disk.months / 1e6:,.0f} MB), "
        f"at most {expected.disk.at_most / 1e6:,.0f} MB meanwhile",
        f"  folder        {folder}",
        "Nothing was run.",
    ]
