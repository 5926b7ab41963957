"""`ssa-sim report`: a result folder as one page to read and to print."""

from pathlib import Path
from typing import Annotated

import typer

from ssa_sim.cli.options import FolderOfResults, Lang, LangOption
from ssa_sim.cli.showing import print_paths


def report(
    folder: FolderOfResults,
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

    print_paths("report", write_report(folder, out, lang.value), lang.value)
