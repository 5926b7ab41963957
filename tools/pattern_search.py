"""Which patterns can be reached: the rows of the pattern table at points drawn over the ranges of all uncertainties.

`python tools/pattern_search.py --points 2048 --out build/patterns.csv` runs the baseline at each point, on two replicates, and
writes a row a point: the values of the uncertainties, the structures in force, and the median of each row that a run of the
scenario alone shows. It then says at how many points each row, and how many rows at once, are within their tolerance. The
hand-set point is not among them.

`python tools/pattern_search.py --points 256 --without supply_bias` asks of such points what ready soldiers gain without a mechanism,
as it is and with no limit to the host's hours: whether what one point shows, and the reason for it, hold over the ranges.
"""

import argparse
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import qmc

from ssa_sim.analysis.pattern_measures import GIVEN, MEASURES, RunHistory
from ssa_sim.catalogue.entries import structure_catalogue, uncertainty_catalogue
from ssa_sim.catalogue.patterns import PATTERNS
from ssa_sim.experiment.ask.design import points_at, range_axis
from ssa_sim.model.variants import simulate_variant
from ssa_sim.scenario.load import load_scenario
from ssa_sim.scenario.schema import Scenario

REPLICATES = 2
SEED = 2013
ROWS = {row.id: row for pattern in PATTERNS for row in pattern.rows if MEASURES[row.id].scenarios == (GIVEN,)}


def main() -> None:
    """Draw the points, run them, write them, and say what was met."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--points", type=int, default=2048)
    asked.add_argument("--scenario", default="scenarios/baseline.toml")
    asked.add_argument("--out", type=Path, default=Path("build/patterns.csv"))
    asked.add_argument("--without", metavar="MECHANISM")
    given = asked.parse_args()
    if given.without:
        found = gains(load_scenario(given.scenario), points(given.points), given.without)
        print(
            found.quantile([0.1, 0.5, 0.9]).to_string(), "share above zero", found.gt(0.0).mean().to_string(), sep="\n"
        )
        return
    table = searched(load_scenario(given.scenario), points(given.points))
    given.out.parent.mkdir(parents=True, exist_ok=True)
    table.to_csv(given.out, index=False)
    print(met(table).to_string())


def points(count: int) -> pd.DataFrame:
    """Points over the ranges of all uncertainties, by their priors, and a structure of each kind drawn evenly."""
    uncertainties = [entry for entry in uncertainty_catalogue() if not entry.is_known]
    structures = structure_catalogue()
    cube = qmc.LatinHypercube(len(uncertainties) + len(structures), seed=SEED).random(count)
    axes = [range_axis("uncertainties", entry) for entry in uncertainties]
    table = pd.DataFrame(points_at(axes, cube[:, : len(axes)]), columns=[entry.path for entry in uncertainties])
    for number, entry in enumerate(structures, len(axes)):
        table[f"structures.{entry.path}"] = np.floor(cube[:, number] * len(entry.choices or ()))
    return table


def searched(scenario: Scenario, at: pd.DataFrame) -> pd.DataFrame:
    """The points, and the median over replicates of what each row measures there."""
    months = scenario.month_starts()
    levers = scenario.lever_values_by_month()
    measured = []
    for values in at.itertuples(index=False):
        point = dict(zip(at.columns, values, strict=True))
        runs = [RunHistory(_run(scenario, point, replicate), months, levers) for replicate in range(REPLICATES)]
        measured.append({row: float(np.median([MEASURES[row].compute({GIVEN: run}) for run in runs])) for row in ROWS})
    return pd.concat([at, pd.DataFrame(measured)], axis="columns")


def _run(scenario: Scenario, point: Mapping[str, float], replicate: int) -> np.ndarray:
    return simulate_variant(scenario, point, seed=SEED, replicate=replicate)


def gains(scenario: Scenario, at: pd.DataFrame, mechanism: str) -> pd.DataFrame:
    """Percent of ready soldiers gained at each point without a mechanism: as it is, and with no limit to the host's hours."""
    return pd.DataFrame(
        {
            name: [
                _gain(scenario, dict(zip(at.columns, values, strict=True)) | more, mechanism)
                for values in at.itertuples(index=False)
            ]
            for name, more in (("as it is", {}), ("no limit", {"mechanisms.absorption_limit": 0.0}))
        }
    )


def _gain(scenario: Scenario, point: Mapping[str, float], mechanism: str) -> float:
    ready = [
        [_run(scenario, {**point, **switch}, replicate)["ready_soldiers"][-1] for replicate in range(REPLICATES)]
        for switch in ({}, {f"mechanisms.{mechanism}": 0.0})
    ]
    return float(100.0 * (np.sum(ready[1]) / np.sum(ready[0]) - 1.0))


def met(table: pd.DataFrame) -> pd.DataFrame:
    """How many points meet each row; then how many meet all rows but so many."""
    within = pd.DataFrame({name: table[name].gt(row.low) & table[name].lt(row.high) for name, row in ROWS.items()})
    missed = (~within).sum(axis="columns")
    rows = within.sum().rename("points").to_frame()
    for most in range(6):
        rows.loc[f"all but {most}"] = int((missed <= most).sum())
    rows["share"] = (rows["points"] / len(table)).round(3)
    return rows


if __name__ == "__main__":
    main()
