"""What a run leaves: one number for each outcome and month, as a table, and as one number for the whole run."""

from typing import Any

import numpy as np
import pandas as pd

from ssa_sim.catalogue.outcomes import OUTCOMES
from ssa_sim.scenario.schema import Scenario

HISTORY = np.dtype([(outcome.name, np.float64) for outcome in OUTCOMES], align=True)
"""A month of a history: a field for each outcome; NaN where it is not defined."""

_IS_FINAL = np.array([outcome.summary == "final" for outcome in OUTCOMES])
_IS_MEAN = np.array([outcome.summary == "mean" for outcome in OUTCOMES])


def empty_history(months: int) -> np.recarray[Any, Any]:
    """The history of a run before its first month: NaN throughout."""
    return np.full((months, len(OUTCOMES)), np.nan).view(HISTORY)[:, 0].view(np.recarray)


def monthly_table(scenario: Scenario, history: np.recarray[Any, Any]) -> pd.DataFrame:
    """A run's history as a table: `month` and a column for each outcome."""
    table = pd.DataFrame({outcome.name: history[outcome.name] for outcome in OUTCOMES})
    table.insert(0, "month", pd.to_datetime(scenario.month_starts()))
    return table


def summarise(history: np.recarray[Any, Any]) -> dict[str, float]:
    """One number for each outcome of a run: its last month, the sum of its months, or their mean where defined."""
    columns = np.ascontiguousarray(history.view(np.float64).reshape(len(history), -1).T)
    totals = columns.sum(axis=1)
    numbers = np.where(_IS_FINAL, columns[:, -1], np.where(_IS_MEAN, totals / len(history), totals))
    for outcome in np.flatnonzero(_IS_MEAN & np.isnan(totals)):
        defined = columns[outcome][~np.isnan(columns[outcome])]
        numbers[outcome] = defined.sum() / defined.size if defined.size else np.nan
    return dict(zip(HISTORY.names or (), numbers.tolist(), strict=True))
