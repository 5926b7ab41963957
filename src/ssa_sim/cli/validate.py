"""`ssa-sim validate`: the patterns that the baseline should show by itself, and whether it does."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ssa_sim.cli.given_files import ScenarioFileOrBaseline
from ssa_sim.cli.output import JsonOption, Lang, LangOption, console, print_json, tell, tell_changes
from ssa_sim.cli.progress import progress_display
from ssa_sim.cli.validation_table import markdown, print_validation, summary
from ssa_sim.cli.worlds import tell_worlds
from ssa_sim.typography import french

if TYPE_CHECKING:
    from ssa_sim.analysis.pattern_verdicts import Finding, Verdict
    from ssa_sim.analysis.validation import Plan, Validation
    from ssa_sim.words.texts import Language


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("validate")(validate)


def validate(
    scenario: ScenarioFileOrBaseline = None,
    replications: Annotated[
        int, typer.Option(help="Runs of the scenario and of each variant that a pattern needs.")
    ] = 200,
    seed: Annotated[int, typer.Option(help="Root seed of all random draws.")] = 2013,
    workers: Annotated[
        int | None,
        typer.Option(help="Worker processes; results do not depend on it. [default: all processors]"),
    ] = None,
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
    from ssa_sim.experiment.run.sweep import RunSettings, run

    assert scenario is not None
    asked = _asked(scenario, replications=replications, seed=seed)
    if replications < REPLICATIONS:
        tell(f"Note: with fewer than {REPLICATIONS} replications, rows may fail for want of runs alone.")
    with progress_display("runs") as progress:
        results = run(asked.experiment, None, RunSettings(workers=workers), progress=progress, notify=tell)
    validation = judge(asked, results)
    if as_json:
        print_json(_as_object(scenario, asked, validation, lang.value))
    elif as_markdown:
        typer.echo(f"{markdown(validation, lang.value)}\n\n{summary(validation, lang.value)}")
    else:
        print_validation(asked.experiment.title, validation, lang.value)
    if validation.n_failed:
        failed = results.runs[results.runs["status"] == "failed"].iloc[0]
        tell(f"{validation.n_failed} of {len(results.runs)} runs failed; the first: {failed['error']}")
    if validation.failures or validation.n_failed:
        raise typer.Exit(1)


def _asked(path: Path, *, replications: int, seed: int) -> "Plan":
    """What the command line asks to be run.

    Raises:
        InputError: the scenario is not in order, or no pattern can be judged by it.
    """
    from ssa_sim.analysis.validation import plan
    from ssa_sim.scenario.load import load_scenario

    loaded = load_scenario(path)
    tell_changes(loaded, path.stem)
    tell_worlds([path])
    return plan(loaded, path.parent, replications=replications, seed=seed)


def _as_object(path: Path, asked: "Plan", validation: "Validation", language: "Language") -> dict[str, object]:
    from ssa_sim.analysis.pattern_verdicts import CONFIDENCE, LIKELY
    from ssa_sim.catalogue.patterns import PATTERNS
    from ssa_sim.model.version import MODEL_VERSION

    return {
        "scenario": path.as_posix(),
        "title": asked.experiment.title,
        "identity": asked.experiment.scenarios[0].scenario.identity(),
        "replications": validation.replications,
        "seed": asked.experiment.seed,
        "model_version": MODEL_VERSION,
        "confidence": CONFIDENCE,
        "least_share_of_runs": LIKELY,
        "n_failed": validation.n_failed,
        "holds": [finding.row.id for finding in validation.with_verdict("holds")],
        "fails": [finding.row.id for finding in validation.with_verdict("fails")],
        "not_applicable": [finding.row.id for finding in validation.with_verdict("not applicable")],
        "emergent_rows_that_hold_without_assistance": _tests_without_assistance(validation),
        "patterns": [
            {
                "id": pattern.id,
                "label": pattern.label.to(language),
                "observed": pattern.observed.to(language),
                "sources": list(pattern.sources),
                "rows": [
                    _row_as_object(finding, validation.without[finding.row.id], language)
                    for finding in validation.of(pattern)
                ],
            }
            for pattern in PATTERNS
        ],
    }


def _tests_without_assistance(validation: "Validation") -> dict[str, list[str]]:
    """The ids of the emergent rows that hold, by their verdict in a world without assistance."""
    verdicts: dict[str, Verdict] = {"holds": "holds", "fails": "fails", "not_applicable": "not applicable"}
    return {
        name: [finding.row.id for finding in validation.tests_passed(verdict)] for name, verdict in verdicts.items()
    }


def _row_as_object(finding: "Finding", without: "Finding", language: "Language") -> dict[str, object]:
    from ssa_sim.analysis.known_limits import limit_of

    row = finding.row
    return {
        "id": row.id,
        "label": row.label.to(language),
        "unit": row.unit_in(language),
        "kind": row.kind,
        "judged": row.judged,
        "target": row.target,
        "tolerance_low": row.low,
        "tolerance_high": row.high,
        "tolerance_reason": row.reason.to(language),
        **_finding_as_object(finding, language),
        "without_assistance": _finding_as_object(without, language),
        "known_limit": limit_of(row.id, language),
    }


def _finding_as_object(finding: "Finding", language: "Language") -> dict[str, object]:
    return {
        "verdict": finding.verdict,
        "replications": finding.n,
        "n_missing": finding.n_missing,
        "median": finding.median,
        "p05": finding.p05,
        "p95": finding.p95,
        "share_of_runs": finding.share,
        "low": finding.low,
        "high": finding.high,
        "remark": None if finding.remark is None else finding.remark.to(language),
    }


def _print_adjustments(language: "Language", *, as_json: bool) -> None:
    """What was adjusted: a table, or JSON with the file's own field names."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from ssa_sim.catalogue.adjustments import FIELDS, adjustments

    rows = [{key: getattr(one, name) for key, name in FIELDS.items()} for one in adjustments()]
    if as_json:
        print_json({"adjustments": rows})
        return
    words = _WORDS[language]
    if not rows:
        typer.echo(words["none"])
        return
    table = Table(title=words["title"], title_justify="left", box=box.SIMPLE_HEAD)
    for key in FIELDS:
        table.add_column(words[key], no_wrap=key == "parameter", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_value(row[key])) for key in FIELDS))
    console().print(table)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.10g}" if isinstance(value, int | float) else str(value)


_WORDS = {
    "en": {
        "title": "Adjusted by hand to come near a pattern",
        "none": "No parameter is listed as adjusted to a pattern.",
        "parameter": "Parameter",
        "from": "From",
        "to": "To",
        "pattern": "Pattern",
        "why": "Why",
    },
    "fr": french(
        {
            "title": "Ajusté à la main pour approcher un motif",
            "none": "Aucun paramètre n'est noté comme ajusté à un motif.",
            "parameter": "Paramètre",
            "from": "De",
            "to": "À",
            "pattern": "Motif",
            "why": "Pourquoi",
        }
    ),
}
