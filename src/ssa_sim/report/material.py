"""What a report is made of: a result folder read, and everything that was found in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from ssa_sim.analysis.changes import Change, changes_of
from ssa_sim.analysis.chosen import headline_names
from ssa_sim.analysis.compare import Comparison, compare
from ssa_sim.analysis.decompose import Decomposition
from ssa_sim.analysis.discovery import is_discoverable
from ssa_sim.analysis.over_points import OverPoints
from ssa_sim.analysis.over_structures import OverStructures
from ssa_sim.analysis.over_worlds import OverWorlds, found_over_worlds
from ssa_sim.analysis.points import axes_table, spread_table
from ssa_sim.analysis.samples import draws_of
from ssa_sim.analysis.stored_decomposition import is_decomposition, stored_decomposition
from ssa_sim.catalogue.entries import ParameterValue
from ssa_sim.catalogue.outcomes import Outcome
from ssa_sim.experiment.keep.manifest import Manifest
from ssa_sim.experiment.keep.results import Results

Kind = Literal["comparison", "decomposition", "worlds", "design", "single"]


@dataclass(frozen=True)
class Spread:
    """How outcomes spread over the points of a design.

    Attributes:
        table: as `spread_table` gives it.
        axes: what varies, as `axes_table` gives it.
        listed: the values of the parameters that have some listed in place of a range, by path.
        is_drawn: whether the points were drawn, so that shares of them have an interval.
        is_discoverable: whether `ssa-sim discover` can tell in how many futures chance decides.
    """

    table: pd.DataFrame
    axes: pd.DataFrame
    listed: Mapping[str, Sequence[ParameterValue]]
    is_drawn: bool
    is_discoverable: bool


@dataclass(frozen=True, eq=False)
class Material:
    """A result folder read, and what was found in it: one of comparison, decomposition and spread, or none; and what holds elsewhere.

    Attributes:
        folder: where it is.
        manifest: of the folder.
        results: its tables.
        kind: which sort of report fits it.
        changes: what each scenario changes.
        comparison: of the scenarios, where there are several and no design.
        decomposition: where the folder holds one.
        spread: of any other design.
        worlds: what holds in other worlds, of a decomposition over them or a design over structures.
    """

    folder: Path
    manifest: Manifest
    results: Results
    kind: Kind
    changes: Sequence[Change]
    comparison: Comparison | None = None
    decomposition: Decomposition | None = None
    spread: Spread | None = None
    worlds: OverWorlds | None = None

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes shown."""
        return shown_outcomes(self.results)

    @property
    def praised(self) -> set[str]:
        """Scenarios that do better on something, cost among it; at the points of a design, at more of them than they do worse."""
        if self.comparison is not None:
            table = self.comparison.table
            return set(table.loc[table["verdict"] == "better", "scenario"])
        if self.spread is not None:
            table = self.spread.table
            return set(table.loc[table["share_better"] > table["share_worse"], "scenario"])
        return set()


def material(folder: Path, manifest: Manifest, results: Results) -> Material:
    """What a report on the folder is made of.

    Raises:
        InputError: this version of the model does not know the folder's scenarios.
    """
    changes = changes_of(manifest.provenance)
    if is_decomposition(results):
        found = stored_decomposition(results)
        return Material(folder, manifest, results, "decomposition", changes, decomposition=found)
    worlds = found_over_worlds(results, headline_names(results))
    if isinstance(worlds, OverStructures | OverPoints):
        return Material(folder, manifest, results, "worlds", changes, worlds=worlds)
    if results.design is not None:
        return Material(folder, manifest, results, "design", changes, spread=spread_of(results), worlds=worlds)
    if len(results.scenario_names) == 1:
        return Material(folder, manifest, results, "single", changes)
    comparison = compare(results, outcomes=headline_names(results))
    return Material(folder, manifest, results, "comparison", changes, comparison=comparison)


def spread_of(results: Results) -> Spread:
    """How the outcomes of a design spread over its points."""
    table = spread_table(results, shown_outcomes(results))
    asked = (results.design_request or {}).get("axes", [])
    listed = {axis["path"]: axis["values"] for axis in asked if axis["values"] is not None}
    return Spread(table, axes_table(results), listed, draws_of(results) is not None, is_discoverable(results))


def shown_outcomes(results: Results) -> tuple[Outcome, ...]:
    """The outcomes that a report shows."""
    shown = headline_names(results)
    return tuple(outcome for outcome in results.outcomes if outcome.name in shown)


def quantiles_of_runs(results: Results, outcome: str) -> list[float]:
    """Lowest, 5%, median, 95% and highest of the only scenario's runs; NaN where the outcome is never defined."""
    (scenario,) = results.scenario_names
    values = results.values(scenario, outcome)
    defined = values[~np.isnan(values)]
    found = np.quantile(defined, [0.0, 0.05, 0.5, 0.95, 1.0]) if len(defined) else np.full(5, np.nan)
    return [float(each) for each in found]
