"""Scenarios against the first one under each alternative of each structure: what holds under all, most or few of them.

All runs of a replicate share their draws, whatever the structure, so that differences between scenarios are paired in each world,
and worlds differ by their structure alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from ssa_sim.analysis.chosen import chosen_outcomes
from ssa_sim.analysis.finding import Origin, origin_of
from ssa_sim.analysis.holding import holds
from ssa_sim.analysis.paired import paired_difference
from ssa_sim.catalogue.outcomes import Outcome
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.worlds import AS_IT_IS, World
from ssa_sim.experiment.keep.manifest import axes_asked
from ssa_sim.experiment.keep.results import Results

ONE_AT_A_TIME = "one_at_a_time"


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
    """Whether these are scenarios under each alternative of structures, one at a time."""
    request = results.design_request or {}
    return (
        request.get("method") == ONE_AT_A_TIME
        and len(results.scenario_names) > 1
        and all(axis.part == "structures" for axis in axes_asked(request))
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
        results: of scenarios and a one-at-a-time design over structures.
        outcomes: names of the outcomes to show; by default all that the results hold.
        others: which scenarios beside the first; all if None.
        confidence: of each interval.

    Raises:
        InputError: the results are of something else, or do not hold a name.
    """
    if not is_over_structures(results):
        raise InputError(
            "These are no scenarios under the alternatives of structures.",
            allowed="runs of `ssa-sim compare --structures`",
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
            for number, world in enumerate(worlds):
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
        worlds=worlds,
        table=pd.DataFrame(rows),
        summary=pd.DataFrame(summary),
        replications=results.replications,
        n_failed=results.n_failed,
        confidence=confidence,
    )


def _worlds(results: Results) -> tuple[World, ...]:
    """The world of each point: the axis that it sets, and the choice."""
    assert results.design is not None
    axes = axes_asked(results.design_request or {})
    alternatives = [World(axis.path, str(choice)) for axis in axes for choice in axis.values or ()]
    return (AS_IT_IS, *alternatives)
