"""What an observation says of doctrine, equipment and projects: small tables from its large ones."""

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ssa_sim.errors import InputError
from ssa_sim.model.state import KIT_TYPES, LINEAGES

if TYPE_CHECKING:
    from ssa_sim.model.observation import Observation


def month_of(observation: "Observation", asked: str | date | None = None) -> pd.Timestamp:
    """The month asked for, or the last one observed.

    Args:
        observation: which must hold it.
        asked: such as "2017-03", or its first day.

    Raises:
        InputError: it is not among those observed, or is no month.
    """
    held = pd.DatetimeIndex(observation.zones["month"].unique())
    if asked is None:
        return held.max()
    month = as_month(asked)
    if month not in held:
        raise InputError(
            f"{month:%Y-%m} was not observed.",
            allowed=f"one of {len(held)} months from {held.min():%Y-%m} to {held.max():%Y-%m}",
        )
    return month


def as_month(asked: str | date) -> pd.Timestamp:
    """The first day of a month.

    Raises:
        InputError: it is no month.
    """
    try:
        return pd.Timestamp(asked).to_period("M").to_timestamp()
    except ValueError:
        raise InputError(f"{asked!r} is no month.", allowed="a month such as 2017-03") from None


def doctrine_mix(units: pd.DataFrame) -> pd.DataFrame:
    """The army's mix of doctrines: a row a month, a column a lineage (by number), units weighed by their soldiers; sums to 1."""
    weights = units["soldiers"].to_numpy(np.float64)
    shares = {lineage: units[f"doctrine_{lineage}"] * weights for lineage in range(LINEAGES)}
    sums = pd.DataFrame(shares).groupby(units["month"]).sum()
    return sums.div(sums.sum(axis=1), axis=0)


def equipment_by_type(units: pd.DataFrame) -> pd.DataFrame:
    """Vehicles held against soldiers who know them, by type (its number), over the units of one month.

    Columns: vehicles `working_known` (working, times the share of the unit's soldiers who know the type), `working_unknown`,
    `broken`, `depot` (not yet in service); soldiers who know the type, `known_here` in units that hold some of it and
    `known_without` in units that hold none.
    """
    rows = []
    soldiers = units["soldiers"].to_numpy(np.float64)
    for kit in range(KIT_TYPES):
        working, broken, depot, known, held = (
            units[f"kit_{name}_{kit}"].to_numpy(np.float64) for name in ("working", "broken", "depot", "known", "held")
        )
        rows.append(
            {
                "type": kit,
                "working_known": float((working * known).sum()),
                "working_unknown": float((working * (1.0 - known)).sum()),
                "broken": float(broken.sum()),
                "depot": float(depot.sum()),
                "known_here": float((soldiers * known)[held > 0].sum()),
                "known_without": float((soldiers * known)[held == 0].sum()),
            }
        )
    return pd.DataFrame(rows).set_index("type")


NICHE = ["zone", "kind", "function"]
"""Projects that agree in these offer the same."""


def niches(projects: pd.DataFrame) -> pd.DataFrame:
    """What is offered in one month: a row a kind, function and zone with its number of partners, projects, and projects that
    began as duplicates; most partners first in each zone."""
    found = projects.groupby(NICHE, sort=True).agg(
        partners=("donor", "nunique"), projects=("donor", "size"), duplicates=("duplicate", "sum")
    )
    return found.reset_index().sort_values(
        ["zone", "partners", "projects"], ascending=[True, False, False], kind="stable"
    )
