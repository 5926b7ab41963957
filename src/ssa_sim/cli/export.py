"""`ssa-sim export`: a result folder's tables as CSV files or as a workbook."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ssa_sim.cli.options import FolderOfResults, Lang, LangOption
from ssa_sim.cli.output import tell
from ssa_sim.cli.showing import print_paths


class TableFormat(StrEnum):
    """What can be written."""

    csv = "csv"
    xlsx = "xlsx"


def export(
    folder: FolderOfResults,
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
    from ssa_sim.experiment.keep.manifest import read_manifest
    from ssa_sim.report.export import export as write_tables
    from ssa_sim.report.export import misread_names

    path = write_tables(folder, out, table_format.value, language=lang.value, all_outcomes=all_outcomes)
    print_paths("tables", path, lang.value)
    misread = misread_names(read_manifest(folder).experiment.scenarios)
    if misread:
        names = ", ".join(f"'{name}'" for name in misread)
        tell(
            f"Note: pandas takes the scenario's name {names} for a missing value or a number. Read the tables with "
            'dtype={"scenario": str}, keep_default_na=False, na_values=[""], or rename the scenario file and run it again.'
        )
