"""`ssa-sim status`, `verify` and `replay`: what a result folder holds, and its runs made once more."""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from ssa_sim.cli.options import FolderOfResults, JsonOption
from ssa_sim.cli.output import print_json, tell
from ssa_sim.cli.progress import duration, rate
from ssa_sim.errors import InputError

if TYPE_CHECKING:
    from ssa_sim.experiment.keep.manifest import Manifest
    from ssa_sim.experiment.keep.status import Status
    from ssa_sim.experiment.run.stored_runs import Again, Row, StoredRuns

_FAILURES_SHOWN = 10


def status(folder: FolderOfResults, as_json: JsonOption = False) -> None:
    """Show how far a sweep is, what failed, and what would go on with it."""
    from ssa_sim.experiment.keep.status import status_of
    from ssa_sim.experiment.run.stored_runs import StoredRuns

    found = status_of(folder)
    failures = StoredRuns(folder).failures() if found.failed else []
    if as_json:
        print_json(_status_object(found, failures))
        return
    typer.echo("\n".join(_status_lines(found)))
    for row in failures[:_FAILURES_SHOWN]:
        typer.echo(f"  failed: {row['run_id']}  {row['scenario']}, replicate {row['replicate']}: {row['error']}")
    if len(failures) > _FAILURES_SHOWN:
        typer.echo(f"  and {len(failures) - _FAILURES_SHOWN} more (--json lists all)")


def _status_lines(found: "Status") -> list[str]:
    from ssa_sim.experiment.keep.sweep_folder import SHARDS

    manifest = found.manifest
    share = f"{100.0 * found.done / max(found.planned, 1):.1f}%"
    lines = [
        manifest.experiment.title,
        f"{found.done:,} of {found.planned:,} runs are done ({share}), {found.failed:,} of them failed.",
    ]
    if found.not_counted:
        lines.append(
            f"{found.not_counted:,} files in {SHARDS}/ are no whole shards of this sweep, and are not counted; the sweep sets them "
            "aside when it goes on."
        )
    if manifest.experiment.precision is not None and not found.is_complete:
        lines.append("More may be planned once the first stage shows how many replications are needed.")
    if found.is_complete:
        return [*lines, f"Complete. Digest {manifest.digest}"]
    if found.is_running is None:
        return [*lines, f"Whether a process is working on it cannot be told from here. {_what_resumes(manifest)}"]
    if found.is_running:
        if math.isnan(found.seconds_left):
            return [*lines, "A process is working on it; its pace is not known yet."]
        return [
            *lines,
            f"A process is working on it: {rate(found.per_second)} runs a second, about {duration(found.seconds_left)} left.",
        ]
    return [*lines, f"Nobody is working on it. {_what_resumes(manifest)}"]


def _what_resumes(manifest: "Manifest") -> str:
    command = manifest.provenance.get("command")
    begun = f"To resume:\n  {command}" if command else "To resume, run the same experiment into this folder again."
    from ssa_sim.model.version import MODEL_VERSION

    if manifest.model_version == MODEL_VERSION:
        return begun
    return (
        f"It was begun with model version {manifest.model_version}, and this is {MODEL_VERSION}: it can be resumed by that "
        f"version only. {begun}"
    )


def _status_object(found: "Status", failures: "list[Row]") -> dict[str, object]:
    return {
        "title": found.manifest.experiment.title,
        "state": found.manifest.state,
        "is_running": found.is_running,
        "planned": found.planned,
        "done": found.done,
        "failed": found.failed,
        "not_counted": found.not_counted,
        "runs_per_second": found.per_second,
        "seconds_left": found.seconds_left,
        "digest": found.manifest.digest,
        "model_version": found.manifest.model_version,
        "command": found.manifest.provenance.get("command"),
        "failures": failures,
    }


def verify(
    folder: FolderOfResults,
    sample: Annotated[int, typer.Option(help="How many runs, drawn at random.", min=1)] = 20,
    seed: Annotated[int, typer.Option(help="Of that draw.", min=0)] = 0,
    as_json: JsonOption = False,
) -> None:
    """See whether a folder's files are as they were written, run a sample of its runs again and compare them bit for bit; exit
    status 1 if something differs."""
    from ssa_sim.experiment.run.settings import compile_model
    from ssa_sim.experiment.run.stored_runs import StoredRuns

    stored = StoredRuns(folder)
    notes = _what_changed(stored.manifest)
    changed = stored.changed_files()
    rows = _sample(stored, sample, seed, is_damaged=bool(changed))
    if rows:
        compile_model(tell)
    checked = [stored.again(row) for row in rows]
    different = [each for each in checked if each.different]
    if as_json:
        content = {
            "checked": len(checked),
            "different": [_difference(each) for each in different],
            "changed_files": changed,
            "changed_since": notes,
        }
        print_json(content)
    else:
        typer.echo("\n".join(_verify_lines(notes, changed, checked, different)))
    if different or changed:
        raise typer.Exit(1)


def _sample(stored: "StoredRuns", size: int, seed: int, *, is_damaged: bool) -> "list[Row]":
    """Some of the runs; none if the files are too damaged to be read.

    Raises:
        InputError: there is none.
    """
    try:
        rows = stored.sample(size, seed)
    except InputError:
        if is_damaged:
            return []
        raise
    if not rows and not is_damaged:
        raise InputError("There is no run in order that could be made again.", where=stored.folder)
    return rows


def _verify_lines(
    notes: list[str], changed: list[str], checked: "list[Again]", different: "list[Again]"
) -> Iterator[str]:
    from ssa_sim.experiment.keep.provenance import PROMISE

    yield from (f"Note: {note}" for note in notes)
    yield from (f"{name} is not what was written: it was changed, damaged or removed." for name in changed)
    for each in different:
        row = each.stored
        yield f"{row['run_id']} ({row['scenario']}, replicate {row['replicate']}) differs in {_listed(each.different)}."
    if not checked:
        yield "No run could be made again, so that nothing is known of the runs themselves."
        return
    yield f"{len(checked)} runs made again: {len(different) or 'none'} of them differ{'s' if len(different) == 1 else ''}."
    if different:
        yield f"What is promised: {PROMISE}"
    elif checked and not changed:
        yield "The same to the last bit."


def _what_changed(manifest: "Manifest") -> list[str]:
    """What is not as it was when the results were made, and may change bits."""
    from ssa_sim.experiment.keep.provenance import changed_platform, changed_versions
    from ssa_sim.model.version import MODEL_VERSION

    changed = {**changed_versions(manifest.provenance), **changed_platform(manifest.provenance)}
    if manifest.model_version != MODEL_VERSION:
        changed = {"model version": (manifest.model_version, MODEL_VERSION), **changed}
    return [f"{name} was {then} and is {now}; results may differ." for name, (then, now) in changed.items()]


def _difference(again: "Again") -> dict[str, object]:
    now = dict(zip(again.outcomes, again.made.totals[0], strict=True))
    return {
        "run_id": again.stored["run_id"],
        "fields": {name: {"stored": again.stored.get(name), "now": now.get(name)} for name in again.different},
    }


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return f"{', '.join(names[:5])}{more}"


def replay(
    folder: FolderOfResults,
    run_id: Annotated[str, typer.Argument(metavar="RUN_ID", help="As in runs.parquet, or as status lists it.")],
    time_limit: Annotated[float, typer.Option(metavar="SECONDS", help="When to give up.", min=1.0)] = 300.0,
    as_json: JsonOption = False,
) -> None:
    """Run one stored run again, in a process of its own, and show what comes of it; exit status 1 if it fails or differs."""
    from ssa_sim.experiment.run.replay import replay as run_again
    from ssa_sim.experiment.run.settings import compile_model
    from ssa_sim.experiment.run.stored_runs import StoredRuns

    stored = StoredRuns(folder)
    row = stored.find(run_id)
    compile_model(tell)
    again = run_again(stored, row, seconds=time_limit)
    error, trace = again.made.errors[0], again.made.traces[0]
    if as_json:
        months = again.made.months[0].tolist() if len(again.made.months) and error is None else []
        print_json(
            {
                "stored": row,
                "stored_trace": again.trace,
                "error": error,
                "trace": trace,
                "different": again.different,
                "outcomes": dict(zip(again.outcomes, again.made.totals[0], strict=True)),
                "months": months,
            }
        )
    else:
        _print_replay(again)
    if error is not None or again.different:
        raise typer.Exit(1)


def _print_replay(again: "Again") -> None:
    row = again.stored
    known = {"run_id", "scenario", "replicate", "seed", "status", "error", "trace", *again.outcomes}
    typer.echo(f"Run {row['run_id']}: scenario '{row['scenario']}', replicate {row['replicate']}, seed {row['seed']}")
    for name, value in row.items():
        if name not in known and value is not None:
            typer.echo(f"  {name} = {value}")
    typer.echo(f"Stored: {row['status']}" + (f" ({row['error']})" if row["error"] else ""))
    if again.trace:
        typer.echo(f"Stored trace:\n{again.trace.rstrip()}")
    error, trace = again.made.errors[0], again.made.traces[0]
    if error is not None:
        typer.echo(f"Now: failed ({error})")
        if trace:
            typer.echo(trace.rstrip())
        return
    typer.echo(
        "Now: ok, "
        + ("the same to the last bit" if not again.different else f"different in {_listed(again.different)}")
    )
    for name, value in zip(again.outcomes, again.made.totals[0], strict=True):
        typer.echo(f"  {name:32} {value:.10g}")
