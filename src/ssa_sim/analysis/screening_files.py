"""A screening on disk: what each parameter moves (screening.csv), every effect (effects.csv), where it comes from (screening.json)."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from ssa_sim.analysis.elementary_effects import CONFIDENCE
from ssa_sim.analysis.screening import Screening
from ssa_sim.analysis.screening_verdicts import ABOVE_CHANCE, NOTHING_BELOW
from ssa_sim.errors import InputError
from ssa_sim.experiment.design import MORRIS_LEVELS
from ssa_sim.experiment.disk import existing_folder_above, explained
from ssa_sim.model.version import MODEL_VERSION

PARAMETERS, EFFECTS, PROVENANCE = "screening.csv", "effects.csv", "screening.json"
KIND = "ssa_sim screening"
_NUMBER = "%.4g"


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
            except (OSError, ValueError):
                raise InputError(
                    "There are files here that a screening would overwrite and that are not of one.",
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
        text = json.dumps(provenance(screening), indent=2, ensure_ascii=False)
        (folder / PROVENANCE).write_text(f"{text}\n", encoding="utf-8", newline="\n")


def read_screening(folder: Path) -> tuple[pd.DataFrame, dict[str, Any]]:
    """The table of parameters and the provenance that a folder holds.

    Raises:
        OSError: they are not there.
        ValueError: they are none of ours.
    """
    known = json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))
    if not isinstance(known, dict) or known.get("kind") != KIND:
        raise ValueError(f"{folder / PROVENANCE} is not the provenance of a screening")
    return pd.read_csv(folder / PARAMETERS, keep_default_na=False), known


def provenance(screening: Screening) -> Mapping[str, object]:
    """What was asked, by which rule it was judged, with which model, and what came of it."""
    plan = screening.plan
    verdicts = screening.parameters["verdict"].value_counts()
    return {
        "kind": KIND,
        "scenario": plan.scenario.title,
        "grounds": {name: each.scenarios[0].scenario.identity() for name, each in plan.experiments().items()},
        "model_version": MODEL_VERSION,
        "seed": plan.seed,
        "parameters": len(plan.parameters),
        "trajectories": plan.trajectories,
        "levels": MORRIS_LEVELS,
        "replications": plan.replications,
        "points": screening.points,
        "points_without_an_outcome": screening.undefined,
        "failed_runs": screening.n_failed,
        "confidence": CONFIDENCE,
        "nothing_below": NOTHING_BELOW,
        "above_chance": ABOVE_CHANCE,
        "outcomes": list(plan.outcomes),
        "standard_deviations": {
            ground: {name: float(_NUMBER % value) for name, value in spread.items()}
            for ground, spread in screening.spread.items()
        },
        "verdicts": {str(verdict): int(count) for verdict, count in verdicts.items()},
    }


def _write_table(table: pd.DataFrame, path: Path) -> None:
    table.to_csv(path, index=False, float_format=_NUMBER, lineterminator="\n")
