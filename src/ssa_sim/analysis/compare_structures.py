"""Scenarios against the first one under alternatives of structures: what holds under all, most or few of them.

All runs of a replicate share their draws, whatever the structure, so that differences between scenarios are paired in each world,
and worlds differ by their structure alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ssa_sim.analysis.chosen import chosen_outcomes
from ssa_sim.analysis.finding import Origin, origin_of
from ssa_sim.analysis.holding import holds
from ssa_sim.analysis.paired import paired_difference
from ssa_sim.catalogue.outcomes import Outcome
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.worlds import AS_IT_IS, World, world_at
from ssa_sim.experiment.keep.manifest import axes_asked, scenarios_in
from ssa_sim.experiment.keep.results import Results

LISTED = ("one_at_a_time", "grid", "list")
"""Methods whose points somebody chose."""


@dataclass(frozen=True, eq=False)
class ComparisonOverStructures:
    """How every other scenario differs from the first under each alternative of each structure.

    Attributes:
        origin: of the runs compared.
        first: name of the scenario compared with.
        others: names of the others.
        outcomes: compared.
        worlds: as the scenarios are first, then each alternative.
        table: a row a scenario, outcome and world: `structure` and `choice` (empty as the scenarios have them), `first_mean`,
            `mean`, `effect` (the paired difference) with its interval from `low` to `high`, `replications` used.
        summary: a row a scenario and outcome: `effect`, `low`, `high` as the scenarios are; `effect_least` and `effect_most` over
            all worlds; and what `holding.holds` says.
        replications: pairs planned in each world.
        n_failed: runs that failed.
        confidence: of each interval.
    """

    origin: Origin
    first: str
    others: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    worlds: tuple[World, ...]
    table: pd.DataFrame
    summary: pd.DataFrame
    replications: int
    n_failed: int
    confidence: float

    def tables(self) -> dict[str, pd.DataFrame]:
        """What `ssa-sim export` hands on of it, by name."""
        return {"over_structures": self.summary, "each_structure": self.table}

    def as_json(self) -> dict[str, object]:
        """The facts, for programs."""
        return {
            "title": self.origin.title,
            "first": self.first,
            "scenarios": [self.first, *self.others],
            "replications": self.replications,
            "seed": self.origin.seed,
            "confidence": self.confidence,
            "model_version": self.origin.model_version,
            "identity": self.origin.identity,
            "n_failed": self.n_failed,
            "summary": self.summary.to_dict(orient="records"),
            "table": self.table.to_dict(orient="records"),
        }


def is_over_structures(results: Results) -> bool:
    """Whether these are scenarios under choices of structures that somebody listed, among them the choices that they have."""
    request = results.design_request or {}
    return (
        request.get("method") in LISTED
        and "package" not in request
        and len(results.scenario_names) > 1
        and all(axis.part == "structures" for axis in axes_asked(request))
        and AS_IT_IS in _worlds(results)
    )


def compare_over_structures(
    results: Results,
    *,
    outcomes: Sequence[str] | None = None,
    others: Sequence[str] | None = None,
    confidence: float = 0.95,
) -> ComparisonOverStructures:
    """Compare every other scenario with the first one in every world.

    Args:
        results: of scenarios and a design that lists choices of structures and nothing else; see `is_over_structures`.
        outcomes: names of the outcomes to show; by default all that the results hold.
        others: which scenarios beside the first; all if None.
        confidence: of each interval.

    Raises:
        InputError: the results are of something else, or do not hold a name.
    """
    if not is_over_structures(results):
        raise InputError(
            "These are no scenarios under the alternatives of structures.",
            allowed="runs of `ssa-sim compare --structures`, or of a [design] that lists structures alone, those of the scenarios among them",
        )
    first, *held = results.scenario_names
    for name in others or ():
        if name not in held:
            raise InputError(f"The results do not hold the scenario {name!r}.", allowed=held)
    chosen = tuple(name for name in held if others is None or name in others)
    compared = chosen_outcomes(results, outcomes)
    worlds = _worlds(results)
    cubes = {name: results.by_point(name) for name in (first, *chosen)}
    columns = {outcome.name: place for place, outcome in enumerate(results.outcomes)}
    rows, summary = [], []
    for scenario in chosen:
        for outcome in compared:
            own = []
            for world, number in worlds.items():
                found = paired_difference(
                    cubes[first][number, :, columns[outcome.name]],
                    cubes[scenario][number, :, columns[outcome.name]],
                    higher_is_better=outcome.better == "higher",
                    confidence=confidence,
                    seed=results.seed,
                )
                own.append(
                    {
                        "scenario": scenario,
                        "outcome": outcome.name,
                        **world._asdict(),
                        "first_mean": found.first_mean,
                        "mean": found.mean,
                        "effect": found.difference,
                        "low": found.low,
                        "high": found.high,
                        "replications": found.n,
                    }
                )
            rows += own
            table = pd.DataFrame(own)
            here = {name: own[0][name] for name in ("scenario", "outcome", "effect", "low", "high")}
            ends = {"effect_least": table["effect"].min(), "effect_most": table["effect"].max()}
            summary.append({**here, **ends, **holds(here, table.iloc[1:])})
    return ComparisonOverStructures(
        origin=origin_of(results),
        first=first,
        others=chosen,
        outcomes=compared,
        worlds=tuple(worlds),
        table=pd.DataFrame(rows),
        summary=pd.DataFrame(summary),
        replications=results.replications,
        n_failed=results.n_failed,
        confidence=confidence,
    )


def _worlds(results: Results) -> dict[World, int]:
    """The point of each world, the scenarios' own first; of two points that make the same world, the first one.

    A choice that all scenarios have made is no other world, whether a point names it or not.
    """
    assert results.design is not None
    scenarios = [named.scenario for named in scenarios_in(results.provenance)]
    axes = axes_asked(results.design_request or {})
    points = np.full((len(results.design), len(axes)), np.nan)
    for column, axis in enumerate(axes):
        made = {getattr(scenario.structures, axis.path) for scenario in scenarios}
        others = {choice: place for place, choice in enumerate(axis.values or ()) if made != {choice}}
        points[:, column] = results.design[axis.column].map(others).astype(np.float64)
    worlds: dict[World, int] = {}
    for number, row in enumerate(points):
        worlds.setdefault(world_at(axes, row), number)
    return {world: worlds[world] for world in sorted(worlds, key=lambda world: world != AS_IT_IS)}
