"""A run's months gathered by calendar year, each outcome in the way its definition asks for."""

from collections.abc import Sequence

import pandas as pd

from ssa_sim.catalogue.outcomes import Outcome


def by_year(monthly: pd.DataFrame, outcomes: Sequence[Outcome]) -> pd.DataFrame:
    """A row a calendar year, from a run's monthly table.

    Args:
        monthly: a column `month` (timestamps) and a column an outcome.
        outcomes: which ones, in the order of the columns.

    Returns:
        Columns `year`, `months` (how many of the year's months the run covers) and one an outcome, in its
        unit: its value in the year's last month if its summary is "final", the sum over the year if
        "total", the mean if "mean". Months in which an outcome is not defined are left out of sums and
        means; NaN if there is no other.
    """
    years = monthly["month"].dt.year.rename("year")
    grouped = monthly.groupby(years, sort=True)
    table = pd.DataFrame({"months": grouped.size()})
    for outcome in outcomes:
        values = grouped[outcome.name]
        if outcome.summary == "final":
            table[outcome.name] = values.nth(-1).to_numpy()
        elif outcome.summary == "total":
            table[outcome.name] = values.sum(min_count=1)
        else:
            table[outcome.name] = values.mean()
    return table.reset_index()
