"""The opening and the security numbers: set on the deaths of 2013 to 2016, judged on those of 2017 and 2018.

`python tools/opening_search.py --points 2048 --out build/opening.csv` draws points over the ranges of the security uncertainties alone,
runs the baseline at each, and holds expected deaths by zone and span of months against ACLED's counts up to 2016. It prints the nearest points
and, for them, what comes out in 2017 and 2018, which the search does not look at. `--around` draws the points near those already found.
"""

import argparse
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import qmc

from ssa_sim.catalogue.counts import counted
from ssa_sim.catalogue.entries import Entry, uncertainty_catalogue
from ssa_sim.experiment.ask.design import points_at, range_axis
from ssa_sim.model.state import ZONES
from ssa_sim.model.variants import simulate_variant
from ssa_sim.scenario.load import load_scenario
from ssa_sim.scenario.schema import Scenario

SEED = 2013
SET_HERE = (
    *("threat_north", "threat_centre", "threat_south", "hidden_north", "hidden_centre", "hidden_south"),
    *("deaths_north", "deaths_centre", "deaths_south", "battle_deaths", "battle", "to_ground", "emergence"),
    *("contagion", "neighbours", "spillover", "shield_effect", "army_effect", "volatility"),
)
"""The uncertainties that are searched; others rest on surveys and counts of forces, or do not move deaths before 2017."""
SET_ON = (
    ("north", "2013-02", "2013-04", 0.35),
    ("north", "2013-05", "2013-12", 0.5),
    ("north", "2014-01", "2014-12", 0.35),
    ("north", "2015-01", "2015-12", 0.35),
    ("north", "2016-01", "2016-12", 0.35),
    ("centre", "2013-02", "2013-12", 1.0),
    ("centre", "2014-01", "2014-12", 0.7),
    ("centre", "2015-01", "2015-12", 0.55),
    ("centre", "2016-01", "2016-12", 0.55),
    ("south", "2013-02", "2013-12", 0.9),
    ("south", "2014-01", "2014-12", 0.9),
    ("south", "2015-01", "2015-12", 0.9),
    ("south", "2016-01", "2016-12", 0.9),
)
"""Zone, first and last month, and how far the log of a count may lie from what is expected: noise of months and of counting (assumption)."""
CALM = 0.4
"""Spread of months while searching, the least of its range: fewer runs tell the means, which do not depend on it."""
JUDGED_ON = tuple((zone, f"{year}-01", f"{year}-12") for year in (2017, 2018) for zone in ZONES)


def main() -> None:
    """Draw the points, run them, and say how near the nearest come."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--points", type=int, default=2048)
    asked.add_argument("--replicates", type=int, default=2)
    asked.add_argument("--scenario", default="scenarios/baseline.toml")
    asked.add_argument("--out", type=Path, default=Path("build/opening.csv"))
    asked.add_argument("--around", type=Path, help="a table of an earlier search: draw near its twenty nearest points")
    asked.add_argument("--best", type=int, default=10)
    given = asked.parse_args()
    begun = time.perf_counter()
    drawn = points(given.points) if given.around is None else near(pd.read_csv(given.around), given.points)
    table = searched(load_scenario(given.scenario), drawn, given.replicates).sort_values("misfit")
    given.out.parent.mkdir(parents=True, exist_ok=True)
    table.to_csv(given.out, index=False)
    print(f"{len(table)} points, {time.perf_counter() - begun:.0f} seconds")
    print(table.head(given.best).T.to_string())
    print(table.head(20)[[_name(*span) for span in JUDGED_ON]].quantile([0.05, 0.5, 0.95]).to_string())


def _searched() -> list[Entry]:
    return [entry for entry in uncertainty_catalogue() if entry.path.removeprefix("security.") in SET_HERE]


def points(count: int) -> pd.DataFrame:
    """Points over the ranges of the security uncertainties, by their priors; the baseline is the first."""
    entries = _searched()
    cube = qmc.LatinHypercube(len(entries), seed=SEED).random(count)
    axes = [range_axis("uncertainties", entry) for entry in entries]
    table = pd.DataFrame(points_at(axes, cube), columns=[entry.path for entry in entries])
    table.iloc[0] = [entry.baseline for entry in entries]
    return table


def near(earlier: pd.DataFrame, count: int) -> pd.DataFrame:
    """Each a mixture of two of the nearest points, moved a little, within the ranges."""
    entries = _searched()
    names = [entry.path for entry in entries]
    best = earlier.sort_values("misfit").head(20)[names].to_numpy()
    random = np.random.default_rng(SEED)
    low, high = (np.array([float(getattr(entry, end)) for entry in entries]) for end in ("low", "high"))
    one, two = (best[random.integers(len(best), size=count)] for _ in range(2))
    share = random.random((count, len(names)))
    moved = share * one + (1.0 - share) * two + random.normal(0.0, 0.05, (count, len(names))) * (high - low)
    return pd.DataFrame(np.clip(np.vstack([best, moved]), low, high), columns=names)


def searched(scenario: Scenario, at: pd.DataFrame, replicates: int) -> pd.DataFrame:
    """The points, their misfit on what they are set on, and the deaths in each span, mean over replicates."""
    months = [f"{month:%Y-%m}" for month in scenario.month_starts()]
    rows = []
    for values in at.itertuples(index=False):
        point = dict(zip(at.columns, values, strict=True))
        calm = point | {"security.violence_spread": CALM}
        runs = [simulate_variant(scenario, calm, seed=SEED, replicate=replicate) for replicate in range(replicates)]
        rows.append(_found(runs, months))
    return pd.concat([at.reset_index(drop=True), pd.DataFrame(rows)], axis="columns")


def _found(runs: Sequence[np.ndarray], months: list[str]) -> Mapping[str, float]:
    found = {}
    misfit = 0.0
    for zone, first, last, width in SET_ON:
        deaths = _mean(runs, zone, months, first, last)
        found[_name(zone, first, last)] = deaths
        misfit += (np.log((deaths + 5.0) / (counted(zone, first, last) + 5.0)) / width) ** 2
    for span in JUDGED_ON:
        found[_name(*span)] = _mean(runs, span[0], months, *span[1:])
    for year in (2013, 2016, 2018):
        place = months.index(f"{year}-12")
        found[f"insecurity {year}"] = float(np.mean([run["insecurity"][place] for run in runs]))
    found["projects 2017"] = float(np.mean([run["active_projects"][months.index("2017-02")] for run in runs]))
    found["partners ever"] = float(np.mean([run["partners_ever"][-1] for run in runs]))
    return {"misfit": misfit, **found}


def _mean(runs: Sequence[np.ndarray], zone: str, months: list[str], first: str, last: str) -> float:
    span = slice(months.index(first), months.index(last) + 1)
    return float(np.mean([run[f"deaths_{zone}"][span].sum() for run in runs]))


def _name(zone: str, first: str, last: str, *_: float) -> str:
    return f"{zone} {first}" if first == last else f"{zone} {first} to {last}"


if __name__ == "__main__":
    main()
