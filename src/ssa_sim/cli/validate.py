"""`ssa-sim validate`: the patterns that the baseline should show by itself, and whether it does."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ssa_sim.cli.given import given_scenario
from ssa_sim.cli.options import JsonOption, Lang, LangOption, ScenarioFileOrBaseline, SeedOption, WorkersOption
from ssa_sim.cli.output import print_json, tell
from ssa_sim.cli.progress import progress_display
from ssa_sim.cli.showing import plain_value, print_told, tell_failed
from ssa_sim.cli.validation_table import print_validation

if TYPE_CHECKING:
    from ssa_sim.analysis.validation import Plan, Validation
    from ssa_sim.words.texts import Language


def validate(
    scenario: ScenarioFileOrBaseline = None,
    replications: Annotated[
        int, typer.Option(help="Runs of the scenario and of each variant that a pattern needs.")
    ] = 200,
    seed: SeedOption = 2013,
    workers: WorkersOption = None,
    adjusted: Annotated[
        bool, typer.Option("--adjustments", help="List what was adjusted by hand to come near a pattern; runs nothing.")
    ] = False,
    as_markdown: Annotated[
        bool, typer.Option("--markdown", help="Print the table in Markdown, for documents.")
    ] = False,
    as_json: JsonOption = False,
    lang: LangOption = Lang.en,
) -> None:
    """Judge a scenario by the patterns that history shows; exit status 1 if one fails."""
    if adjusted:
        _print_adjustments(lang.value, as_json=as_json)
        return
    from ssa_sim.analysis.validation import REPLICATIONS, judge
    from ssa_sim.experiment.run.experiment import run
    from ssa_sim.experiment.run.settings import RunSettings
    from ssa_sim.telling import validation as telling

    assert scenario is not None
    asked = _asked(scenario, replications=replications, seed=seed)
    if replications < REPLICATIONS:
        tell(f"Note: with fewer than {REPLICATIONS} replications, rows may fail for want of runs alone.")
    with progress_display("runs") as progress:
        results = run(asked.experiment, None, RunSettings(workers=workers), progress=progress, notify=tell)
    validation = judge(asked, results)
    if as_json:
        print_json({"scenario": scenario.as_posix(), **telling.as_json(validation, lang.value)})
    elif as_markdown:
        typer.echo(f"{_markdown(validation, lang.value)}\n\n{telling.summary(validation, lang.value)}")
    else:
        print_validation(asked.experiment.title, validation, lang.value)
    for error in results.runs["error"].dropna().head(1):
        tell_failed(validation.n_failed, len(results.runs), error)
    if validation.failures:
        raise typer.Exit(1)


def _markdown(validation: "Validation", language: "Language") -> str:
    """The table, and below it the remarks on its rows."""
    from ssa_sim.telling.markdown import as_markdown
    from ssa_sim.telling.validation import remarks, table

    notes = [
        f"- {finding.row.id}: {text}" for finding in validation.findings.values() for text in remarks(finding, language)
    ]
    return "\n".join([as_markdown(table(validation), language), *(["", *notes] if notes else [])])


def _asked(path: Path, *, replications: int, seed: int) -> "Plan":
    """What the command line asks to be run.

    Raises:
        InputError: the scenario is not in order, or no pattern can be judged by it.
    """
    from ssa_sim.analysis.validation import plan

    return plan(given_scenario(path), path.parent, replications=replications, seed=seed)


def _print_adjustments(language: "Language", *, as_json: bool) -> None:
    """What was adjusted: a table, or JSON with the file's own field names."""
    from ssa_sim.catalogue.adjustments import FIELDS, adjustments
    from ssa_sim.telling.table import Column, Row, Table
    from ssa_sim.telling.values import Text
    from ssa_sim.words.texts import Word, texts

    rows = [{key: getattr(one, name) for key, name in FIELDS.items()} for one in adjustments()]
    if as_json:
        print_json({"adjustments": rows})
        return
    if not rows:
        typer.echo(texts(language, "validation")("adjustments.none"))
        return
    columns = [Column(Word(f"validation.adjustments.{key}"), "text", breaks=key != "parameter") for key in FIELDS]
    cells = [[Text(plain_value(row[key])) for key in FIELDS] for row in rows]
    made = [Row(first, tuple(others)) for first, *others in cells]
    print_told([Table(Word("validation.adjustments.title"), columns, made)], language)
