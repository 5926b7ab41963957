"""A screening on disk: what each parameter moves (screening.csv), every effect (effects.csv), where it comes from (screening.json)."""

import json
from pathlib import Path
from typing import Any, Literal, NotRequired

import pandas as pd
from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from ssa_sim.analysis.screening import DIGITS, Screening
from ssa_sim.errors import InputError
from ssa_sim.experiment.keep.disk import existing_folder_above, explained, replace_file
from ssa_sim.experiment.keep.manifest_file import content_of, parsed
from ssa_sim.experiment.keep.manifest_parts import Count, Finite, Label, Name, Seed

PARAMETERS, EFFECTS, PROVENANCE = "screening.csv", "effects.csv", "screening.json"
LARGEST_TABLE = 64_000_000
"""In bytes: of a table that is read back; one of all uncertainties takes a few hundred kilobytes."""
PARAMETER_COLUMNS = ("path", "verdict", "ground", "outcome", "mu_star", "mu_star_conf", "sigma", "noise_floor")
TEXT_COLUMNS = frozenset({"path", "verdict", "ground", "outcome"})


@with_config(ConfigDict(strict=True, extra="allow"))
class ScreeningProvenance(TypedDict):
    """The content of screening.json: see `Screening.provenance`."""

    kind: Literal["ssa_sim screening"]
    scenario: str
    grounds: dict[str, str]
    model_version: Label
    seed: Seed
    parameters: Count
    trajectories: Count
    levels: Count
    replications: Count
    points: Count
    points_with_shares_divided_by_their_sum: NotRequired[Count]  # written by earlier versions
    points_without_an_outcome: dict[str, dict[str, int]]
    failed_runs: Count
    confidence: Finite
    nothing_below: Finite
    above_chance: Finite
    outcomes: list[Name]
    standard_deviations: dict[str, dict[str, float]]
    verdicts: dict[str, Count]


def check_screening_folder(folder: Path) -> None:
    """Refuse, before anything is computed, a folder into which no screening can go; an older screening may be replaced.

    Raises:
        InputError: it is a file, or holds files of these names that are none of ours.
    """
    with explained(folder):
        existing_folder_above(folder)
        if folder.exists() and not folder.is_dir():
            raise InputError("This is a file; a folder is needed.", where=folder)
        if any((folder / name).exists() for name in (PARAMETERS, EFFECTS, PROVENANCE)):
            try:
                read_screening(folder)
            except InputError as error:
                raise InputError(
                    f"There are files here that a screening would overwrite and that are not of one ({error}).",
                    where=folder,
                    allowed="another folder, or one with an older screening",
                ) from None


def write_screening(screening: Screening, folder: Path) -> None:
    """Write the three files, in place of an older screening's.

    Raises:
        InputError: as for `check_screening_folder`, or the system refuses.
    """
    check_screening_folder(folder)
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        _write_table(screening.parameters, folder / PARAMETERS)
        _write_table(screening.effects, folder / EFFECTS)
        text = json.dumps(screening.provenance(), indent=2, ensure_ascii=False)
        replace_file(folder / PROVENANCE, f"{text}\n".encode())


def read_screening(folder: Path) -> tuple[pd.DataFrame, dict[str, Any]]:
    """The table of parameters and the provenance that a folder holds.

    Raises:
        InputError: they are not there, or none of ours.
    """
    with explained(folder):
        known = parsed(content_of(folder, PROVENANCE), ScreeningProvenance, folder / PROVENANCE)
        path = folder / PARAMETERS
        if not path.is_file() or path.stat().st_size > LARGEST_TABLE:
            raise InputError("The file is missing, or too large to be one of a screening.", where=path)
        try:
            table = pd.read_csv(path, keep_default_na=False)
        except (ValueError, OverflowError) as error:
            raise InputError(f"The table cannot be read ({' '.join(str(error).split())}).", where=path) from None
    _check_table(table, path)
    return table, dict(known)


def _check_table(table: pd.DataFrame, path: Path) -> None:
    """Refuse a table that has not the columns of a screening's, with numbers where numbers belong."""
    for name in PARAMETER_COLUMNS:
        is_text = name in TEXT_COLUMNS
        if name not in table or (not is_text and not pd.api.types.is_numeric_dtype(table[name])):
            what = "texts" if is_text else "numbers"
            raise InputError(
                f"There should be a column {name!r} of {what}.", where=path, allowed="the file as it was written"
            )


def _write_table(table: pd.DataFrame, path: Path) -> None:
    replace_file(path, table.to_csv(index=False, float_format=DIGITS, lineterminator="\n").encode())
