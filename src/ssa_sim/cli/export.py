"""`ssa-sim export`: a result folder's tables as CSV files or as a workbook."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ssa_sim.cli.output import Lang, LangOption
from ssa_sim.typography import french

_WORDS = {Lang.en: "Tables: ", Lang.fr: french("Tableaux : ")}


class TableFormat(StrEnum):
    """What can be written."""

    csv = "csv"
    xlsx = "xlsx"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("export")(export)


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Result folder.")],
    table_format: Annotated[
        TableFormat, typer.Option("--format", help="A workbook, or CSV files in a folder.")
    ] = TableFormat.xlsx,
    out: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="File or folder to write. [default: export.xlsx or export/ in the folder]"),
    ] = None,
    all_outcomes: Annotated[bool, typer.Option("--all-outcomes", help="Compare every outcome.")] = False,
    lang: LangOption = Lang.en,
) -> None:
    """Write runs, months, comparison, levers and provenance for spreadsheets."""
    from ssa_sim.report.export import export as write_tables

    path = write_tables(folder, out, table_format.value, language=lang.value, all_outcomes=all_outcomes)
    typer.echo(f"{_WORDS[lang]}{path}")
