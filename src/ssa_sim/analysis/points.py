"""What a design varies, and how an outcome spreads over its points: a description, without a verdict.

The points of a grid or of a sample of uncertainties are no random draws from the world: a share of points is no probability.
Where scenarios meet the same points, it tells in how much of what was tried one does better. If the points were drawn from
ranges, the share has an exact interval: what another draw from the same ranges would change. If they were chosen one by one,
it has none, since it holds for these points and for no others.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from ssa_sim.analysis.paired import shares_of
from ssa_sim.analysis.samples import draws_of
from ssa_sim.analysis.shares import share_interval
from ssa_sim.catalogue.entries import (
    Entry,
    lever_catalogue,
    mechanism_catalogue,
    structure_catalogue,
    uncertainty_catalogue,
)
from ssa_sim.catalogue.outcomes import Outcome
from ssa_sim.experiment.keep.results import Results

SPREAD_COLUMNS = (
    "scenario",
    "outcome",
    "points",
    "lowest",
    "p05",
    "p50",
    "p95",
    "highest",
    "share_better",
    "share_low",
    "share_high",
    "share_same",
    "share_worse",
)
AXIS_COLUMNS = ("part", "path", "label_en", "label_fr", "unit", "values", "low", "high", "prior", "source")


def axes_table(results: Results) -> pd.DataFrame:
    """A row a parameter that the design varies: listed values, or a range with the prior's shape; empty without a design."""
    axes = (results.design_request or {}).get("axes", [])
    rows = []
    for axis in axes:
        entry = _entry(axis["part"], axis["path"])
        is_listed = axis["values"] is not None
        rows.append(
            {
                "part": axis["part"],
                "path": axis["path"],
                "label_en": entry.label_en if entry else axis["path"],
                "label_fr": entry.label_fr if entry else axis["path"],
                "unit": entry.unit if entry else "",
                "values": ", ".join(map(str, axis["values"])) if is_listed else None,
                "low": None if is_listed else axis["low"],
                "high": None if is_listed else axis["high"],
                "prior": None if is_listed else axis["prior"],
                "source": entry.source if entry else "",
            }
        )
    return pd.DataFrame(rows, columns=list(AXIS_COLUMNS), dtype=object)


def spread_table(results: Results, outcomes: Sequence[Outcome]) -> pd.DataFrame:
    """A row a scenario and outcome: how its means over replicates are spread over the points of the design.

    `share_better`, `share_same` and `share_worse` are the shares of points in which the scenario does better than the first
    one at the same point, exactly as well, and worse, on average over the replicates that both have; `share_low` and
    `share_high` are the ends of the exact 95% interval of the first of these. NaN for the first scenario, and the ends also
    where points were chosen instead of drawn. Points in which an outcome is not defined do not count.
    """
    draws = draws_of(results)
    names = [outcome.name for outcome in results.outcomes]
    cubes = {scenario: results.by_point(scenario) for scenario in results.scenario_names}
    first = results.scenario_names[0]
    rows = []
    for scenario, cube in cubes.items():
        means, gains = _means(cube), _means(cube - cubes[first])
        for outcome in outcomes:
            column = names.index(outcome.name)
            values = means[:, column]
            defined = values[~np.isnan(values)]
            row: dict[str, object] = {"scenario": scenario, "outcome": outcome.name, "points": len(defined)}
            quantiles = np.quantile(defined, [0.0, 0.05, 0.5, 0.95, 1.0]) if len(defined) else np.full(5, np.nan)
            row.update(zip(SPREAD_COLUMNS[3:8], map(float, quantiles), strict=True))
            differences = np.full(len(values), np.nan) if scenario == first else gains[:, column]
            row.update(_shares(differences, outcome, draws))
            rows.append(row)
    return pd.DataFrame(rows, columns=list(SPREAD_COLUMNS))


def _means(cube: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Over the replicates in which an outcome is defined; NaN where it is in none."""
    defined = np.count_nonzero(~np.isnan(cube), axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(defined > 0, np.nansum(cube, axis=1) / defined, np.nan)


def _shares(
    differences: npt.NDArray[np.float64], outcome: Outcome, draws: npt.NDArray[np.int64] | None
) -> dict[str, float]:
    """The shares of points in which a scenario does better, the same and worse, and the ends of the first's interval."""
    is_paired = ~np.isnan(differences)
    shares = shares_of(differences[is_paired] if outcome.better == "higher" else -differences[is_paired])
    low = high = float("nan")
    if draws is not None and is_paired.any():
        n = len(np.unique(draws[is_paired]))
        low, high = share_interval(shares["better"] * n, n)
    return {**{f"share_{name}": share for name, share in shares.items()}, "share_low": low, "share_high": high}


def _entry(part: str, path: str) -> Entry | None:
    """What the catalogue says of a parameter; None if it is of another version."""
    catalogues: dict[str, tuple[Entry, ...]] = {
        "levers": lever_catalogue(),
        "uncertainties": uncertainty_catalogue(),
        "mechanisms": mechanism_catalogue(),
        "structures": structure_catalogue(),
    }
    return next((entry for entry in catalogues[part] if entry.path == path), None)
