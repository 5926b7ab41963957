"""`ssa-sim report`: a result folder as one page to read and to print."""

from pathlib import Path
from typing import Annotated

import typer

from ssa_sim.cli.output import Lang, LangOption
from ssa_sim.typography import french

_WORDS = {Lang.en: "Report: ", Lang.fr: french("Rapport : ")}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("report")(report)


def report(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Result folder.")],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="HTML file to write. [default: report.html in the folder, report-fr.html in French]"
        ),
    ] = None,
    lang: LangOption = Lang.en,
) -> None:
    """Write one HTML page with question, levers, findings, figures, method, limits and provenance; it needs no network."""
    from ssa_sim.report.page import write_report

    typer.echo(f"{_WORDS[lang]}{write_report(folder, out, lang.value)}")
