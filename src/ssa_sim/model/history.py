"""What a run leaves: one number for each outcome and month, as a table, and as one number for the whole run."""

from typing import Any

import numpy as np
import pandas as pd

from ssa_sim.catalogue.outcomes import OUTCOMES
from ssa_sim.scenario.schema import Scenario

HISTORY = np.dtype([(outcome.name, np.float64) for outcome in OUTCOMES], align=True)
"""A month of a history: a field for each outcome; NaN where it is not defined."""


def monthly_table(scenario: Scenario, history: np.recarray[Any, Any]) -> pd.DataFrame:
    """A run's history as a table: `month` and a column for each outcome."""
    table = pd.DataFrame({outcome.name: history[outcome.name] for outcome in OUTCOMES})
    table.insert(0, "month", pd.to_datetime(scenario.month_starts()))
    return table


def summarise(history: np.recarray[Any, Any]) -> dict[str, float]:
    """One number for each outcome of a run: its last month, the sum of its months, or their mean where defined."""
    summary = {}
    for outcome in OUTCOMES:
        months = history[outcome.name]
        if outcome.summary == "final":
            summary[outcome.name] = float(months[-1])
        elif outcome.summary == "total":
            summary[outcome.name] = float(months.sum())
        else:
            defined = months[~np.isnan(months)]
            summary[outcome.name] = float(defined.mean()) if defined.size else float("nan")
    return summary
