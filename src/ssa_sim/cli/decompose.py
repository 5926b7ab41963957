"""`ssa-sim decompose`: how much of the gap between course completions and ready soldiers each mechanism causes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ssa_sim.cli.given_files import ScenarioFile
from ssa_sim.cli.output import JsonOption, Lang, LangOption, console, print_json, tell, tell_changes
from ssa_sim.cli.progress import progress_display
from ssa_sim.cli.worlds import tell_worlds
from ssa_sim.errors import InputError
from ssa_sim.typography import french

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

    from ssa_sim.analysis.decompose import Decomposition
    from ssa_sim.experiment.run.subsets import SubsetPlan, SubsetRuns
    from ssa_sim.figures.waterfall import Layout
    from ssa_sim.words.texts import Language

DEFAULT_REPLICATIONS = 10
"""All subsets of eleven mechanisms, ten times, take a minute or two on two processors."""
FIGURES: dict["Language", dict["Layout", str]] = {
    "en": {"slide": "waterfall.png", "page": "waterfall-page.png"},
    "fr": {"slide": "waterfall-fr.png", "page": "waterfall-page-fr.png"},
}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("decompose")(decompose)


def decompose(
    file: ScenarioFile,
    replications: Annotated[
        int, typer.Option(help="Replicates; in each, every subset of the mechanisms is run.")
    ] = DEFAULT_REPLICATIONS,
    seed: Annotated[int | None, typer.Option(help="Root seed of all draws. [default: 2013]")] = None,
    workers: Annotated[
        int | None,
        typer.Option(help="Worker processes; results do not depend on it. [default: all processors]"),
    ] = None,
    mechanisms: Annotated[
        str | None,
        typer.Option(metavar="A,B,...", help="Which mechanisms. [default: all that are on in the scenario]"),
    ] = None,
    outcome: Annotated[str, typer.Option(help="Which outcome.")] = "ready_soldiers",
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
    from ssa_sim.analysis.decompose import decompose as decompose_runs
    from ssa_sim.experiment.run.subsets import SubsetRuns
    from ssa_sim.experiment.run.sweep import RunSettings, run

    plan = _asked(file, replications, seed, mechanisms, outcome)
    folder = out if out is not None or as_json else _folder_of_its_own(plan, file)
    tell(f"{len(plan.mechanisms)} mechanisms: {plan.n_subsets} subsets in {replications} replicates.")
    with progress_display("runs") as progress:
        results = run(plan.experiment(), folder, RunSettings(workers=workers), progress=progress, notify=tell)
    runs = SubsetRuns(plan, results)
    found = decompose_runs(runs, outcome)
    wider = _scenario_alone(plan, outcome, workers)
    figures = _draw(found, folder, lang.value) if folder is not None else []
    if as_json:
        print_json(_as_object(runs, found, wider, folder, figures, lang.value))
    else:
        _print(found, wider, lang.value)
        if folder is not None:
            typer.echo(f"{_WORDS[lang.value]['results']}{folder}\n{_WORDS[lang.value]['figure']}{figures[0]}")
    _end(runs)


def _asked(file: Path, replications: int, seed: int | None, mechanisms: str | None, outcome: str) -> "SubsetPlan":
    """The plan that the command line asks for.

    Raises:
        InputError: it cannot be run.
    """
    from ssa_sim.analysis.decompose import outcomes_for
    from ssa_sim.experiment.ask.plan import DEFAULT_SEED, experiment_from_scenarios
    from ssa_sim.experiment.run.subsets import SubsetPlan, mechanisms_acting
    from ssa_sim.scenario.load import load_scenario

    if replications < 2:
        raise InputError("One replication gives no interval.", where="--replications", allowed="2 and more")
    scenario = load_scenario(file)
    experiment = experiment_from_scenarios(
        [file],
        title=scenario.title,
        replications=replications,
        seed=DEFAULT_SEED if seed is None else seed,
        outcomes=outcomes_for(outcome),
        monthly="none",
    )
    tell_changes(scenario, file.stem)
    tell_worlds([file])
    names = mechanisms_acting(scenario) if mechanisms is None else _names(mechanisms)
    return SubsetPlan(experiment, names)


@dataclass(frozen=True, eq=False)
class _Wider:
    """The levels of the scenario as it is over a larger sample, which begins with the replicates of the decomposition."""

    replicates: range
    levels: "pd.DataFrame"


def _scenario_alone(plan: "SubsetPlan", outcome: str, workers: int | None) -> _Wider | None:
    """The scenario as it is over as many replications as a comparison makes; None if the decomposition rests on as many."""
    from ssa_sim.analysis.decompose import levels_alone
    from ssa_sim.experiment.ask.plan import DEFAULT_REPLICATIONS as LARGER_SAMPLE
    from ssa_sim.experiment.run.sweep import RunSettings, run

    if plan.alone.replications >= LARGER_SAMPLE:
        return None
    alone = replace(plan.alone, replications=LARGER_SAMPLE)
    results = run(alone, None, RunSettings(workers=workers))
    return _Wider(alone.replicates, levels_alone(results, outcome))


def _names(listed: str) -> tuple[str, ...]:
    """Names from a list with commas."""
    return tuple(filter(None, (name.strip() for name in listed.split(","))))


def _folder_of_its_own(plan: "SubsetPlan", file: Path) -> Path | None:
    """A folder in results/ named after the scenario's file and all that matters; None, said openly, if nothing can be written there."""
    from ssa_sim.experiment.keep.store import check_out

    experiment = plan.experiment()
    folder = Path("results") / f"{file.stem[:60]}-decompose-{experiment.identity()[:8]}"
    try:
        check_out(folder, experiment)
    except InputError as error:
        tell(f"Note: neither results nor figures will be kept ({error}). Name a folder with --out to keep them.")
        return None
    return folder


def _draw(found: "Decomposition", folder: Path, language: "Language") -> list[Path]:
    """Put the figures into the folder; returns their paths, the slide's first."""
    from ssa_sim.experiment.keep.store import place_figure
    from ssa_sim.figures.style import save_figure
    from ssa_sim.figures.waterfall import waterfall_figure

    return [
        place_figure(folder, name, partial(save_figure, waterfall_figure(found, language, layout=layout)))
        for layout, name in FIGURES[language].items()
    ]


def _print(found: "Decomposition", wider: _Wider | None, language: "Language") -> None:
    """The tables, how to read them, and the closing sentences."""
    from ssa_sim.analysis.decomposition_sentences import beside, note, sentence
    from ssa_sim.figures.waterfall import level_name

    screen = console()
    screen.print(_levels_table(found, language))
    screen.print(_mechanisms_table(found, language, is_narrow=screen.width < _WIDE))
    texts = [note(found, language), sentence(found, language)]
    if wider is not None:
        name_of = partial(level_name, outcome=found.outcome, language=language)
        texts.append(beside(wider.levels, found, wider.replicates, name_of, language))
    for text in texts:
        screen.print(f"{text}\n", markup=False)


def _levels_table(found: "Decomposition", language: "Language") -> "Table":
    """From level to level, and the step to each."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from ssa_sim.analysis.decomposition_cells import level_cells, level_headings
    from ssa_sim.figures.waterfall import level_name

    table = Table(title=Text(found.scenario, style="bold"), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    first, *others = level_headings(found, language)
    table.add_column(first, overflow="fold")
    for heading in others:
        table.add_column(heading, justify="right", no_wrap=True)
    for _, level in found.levels.iterrows():
        table.add_row(Text(level_name(level["level"], found.outcome, language)), *level_cells(level, language))
    return table


def _mechanisms_table(found: "Decomposition", language: "Language", *, is_narrow: bool) -> "Table":
    """A line a mechanism, or two where the terminal is narrow."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from ssa_sim.analysis.decomposition_cells import mechanism_cells, mechanism_headings

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    first, *others = mechanism_headings(found, language)
    table.add_column(first, overflow="fold")
    for heading in _paired_up(others) if is_narrow else others:
        table.add_column(heading, justify="right", no_wrap=True)
    for _, row in found.table.iterrows():
        cells = mechanism_cells(row, language)
        table.add_row(Text(row[f"label_{language}"]), *(_paired_up(cells) if is_narrow else cells))
    return table


def _paired_up(texts: Sequence[str]) -> list[str]:
    """Every second text on a line below the one before it."""
    return [f"{upper}\n{lower}" for upper, lower in zip(texts[::2], texts[1::2], strict=True)]


def _as_object(
    runs: "SubsetRuns",
    found: "Decomposition",
    wider: _Wider | None,
    folder: Path | None,
    figures: Sequence[Path],
    language: "Language",
) -> dict[str, object]:
    from ssa_sim.analysis.decomposition_sentences import note, sentence

    return {
        "title": found.scenario,
        "outcome": found.outcome.name,
        "unit": found.outcome.unit,
        "mechanisms": list(found.mechanisms),
        "replications": found.replications,
        "first_replicate": runs.plan.alone.first_replicate,
        "seed": found.seed,
        "confidence": found.confidence,
        "model_version": runs.results.provenance["model_version"],
        "identity": runs.results.identity,
        "n_failed": found.n_failed,
        "n_missing": found.n_missing,
        "total": found.total,
        "levels": found.levels.to_dict(orient="records"),
        "scenario_alone": None
        if wider is None
        else {"replications": len(wider.replicates), "levels": wider.levels.to_dict(orient="records")},
        "table": found.table.to_dict(orient="records"),
        "sentence": sentence(found, language),
        "note": note(found, language),
        "out": None if folder is None else str(folder),
        "figures": [str(path) for path in figures],
    }


def _end(runs: "SubsetRuns") -> None:
    """Exit status 1, with the reason, if a run failed."""
    if runs.errors:
        replicate, subset, error = runs.errors[0]
        tell(
            f"{len(runs.errors)} of {len(runs.results.runs)} runs failed; the first: replicate {replicate}, "
            f"subset {subset}: {error}"
        )
        raise typer.Exit(1)


_WIDE = 140
"""Columns of a terminal in which a row of the table fits on a line."""
_WORDS = {
    "en": {"results": "Results: ", "figure": "Figure: "},
    "fr": french({"results": "Résultats : ", "figure": "Figure : "}),
}
