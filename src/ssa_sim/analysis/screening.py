"""Which uncertainties matter: a screening by elementary effects (MORRIS1991; CAMPOLONGO2007), on two grounds.

From a random point, one parameter after the other takes a step of two thirds of its prior (MORRIS1991), in quantiles, so
that priors of any shape and unit are stepped through alike; see `experiment/design.py`. The grounds are in
`screening_grounds.py`, what is computed from the runs in `screening_effects.py`, and the rule for a verdict in
`screening_verdicts.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from ssa_sim.analysis.elementary_effects import CONFIDENCE
from ssa_sim.analysis.screening_effects import effects_on, without_gaps
from ssa_sim.analysis.screening_grounds import ACTIVE, AS_GIVEN, active
from ssa_sim.analysis.screening_verdicts import ABOVE_CHANCE, NOTHING_BELOW, Verdict, judge
from ssa_sim.catalogue.entries import UncertaintyEntry, uncertainty_catalogue
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import (
    MORRIS_LEVELS,
    listed_design,
    morris_quantiles,
    points_at,
    range_axis,
    require_salib,
)
from ssa_sim.experiment.ask.plan import Experiment, NamedScenario
from ssa_sim.experiment.run.experiment import run
from ssa_sim.experiment.run.settings import Notify, RunSettings
from ssa_sim.experiment.run.sweep import Progress, SweepProgress
from ssa_sim.model.version import MODEL_VERSION
from ssa_sim.scenario.schema import Scenario

KIND: Literal["ssa_sim screening"] = "ssa_sim screening"
DIGITS = "%.4g"
"""Of a number in a screening's files."""
MAIN_OUTCOMES = (
    "readiness",
    "ready_soldiers",
    "trained_in_unit",
    "completions",
    "deaths",
    "insecurity",
    "duplication",
    "need_alignment",
    "absorption_load",
    "kit_availability",
    "aid_spent",
    "casualties",
    "reform_hr",
    "ownership",
    "trust",
    "state_presence",
    "relations",
    "coup_hazard",
    "mission_knowledge",
    "self_defence",
    "mentor_casualties",
)


@dataclass(frozen=True)
class Plan:
    """What to screen, and how.

    Attributes:
        scenario: the first ground; the second is made of it.
        parameters: the uncertainties that vary; the others stay as in the scenario.
        outcomes: names of the outcomes to look at.
        trajectories: random starts; each costs a point for every parameter, and one.
        replications: replicates of each point.
        seed: root seed of the runs and of the design.

    Raises:
        InputError: fewer than two trajectories or replications, or nothing to vary.
    """

    scenario: Scenario
    parameters: tuple[UncertaintyEntry, ...]
    outcomes: tuple[str, ...] = MAIN_OUTCOMES
    trajectories: int = 10
    replications: int = 4
    seed: int = 2013

    def __post_init__(self) -> None:
        """Refuse what gives no scatter to judge by."""
        for name, number in (("--trajectories", self.trajectories), ("--replications", self.replications)):
            if number < 2:
                raise InputError(f"{number} is too few to tell effects from chance.", where=name, allowed="2 and more")
        if not self.parameters:
            raise InputError("There is no uncertainty to vary.")
        self.experiments()  # which refuses what it cannot run

    def experiments(self) -> dict[str, Experiment]:
        """The grounds by name, each as an experiment of one scenario."""
        return {
            name: Experiment(
                title=f"Screening, ground: {name}",
                scenarios=(NamedScenario(name, scenario),),
                replications=self.replications,
                seed=self.seed,
                outcomes=self.outcomes,
                monthly="none",
            )
            for name, scenario in ((AS_GIVEN, self.scenario), (ACTIVE, active(self.scenario)))
        }


@dataclass(frozen=True)
class Screening:
    """What a screening found.

    Attributes:
        plan: what was asked.
        effects: a row for each ground, outcome and parameter; see EFFECT_COLUMNS.
        parameters: a row a parameter: `path`, `verdict`, and of its strongest effect `ground`, `outcome`, `mu_star`,
            `mu_star_conf`, `sigma`, `noise_floor`, scaled. The strongest is looked for among those above chance first.
        spread: each outcome's standard deviation over the design, in its unit, by ground.
        points: points of each ground's design.
        undefined: by ground, points at which an outcome was not defined: no effect was counted there.
        n_failed: runs that failed.
        first_error: why the first of them did; empty if none.
    """

    plan: Plan
    effects: pd.DataFrame
    parameters: pd.DataFrame
    spread: Mapping[str, Mapping[str, float]]
    points: int
    undefined: Mapping[str, Mapping[str, int]]
    n_failed: int
    first_error: str

    def with_verdict(self, verdict: Verdict) -> list[str]:
        """The paths of the parameters with a verdict, in the catalogue's order."""
        table = self.parameters
        return list(table.loc[table["verdict"] == verdict, "path"])

    def provenance(self) -> dict[str, object]:
        """What was asked, by which rule it was judged, with which model, and what came of it."""
        plan = self.plan
        verdicts = self.parameters["verdict"].value_counts()
        return {
            "kind": KIND,
            "scenario": plan.scenario.title,
            "grounds": {name: each.scenarios[0].scenario.identity() for name, each in plan.experiments().items()},
            "model_version": MODEL_VERSION,
            "seed": plan.seed,
            "parameters": len(plan.parameters),
            "trajectories": plan.trajectories,
            "levels": MORRIS_LEVELS,
            "replications": plan.replications,
            "points": self.points,
            "points_without_an_outcome": self.undefined,
            "failed_runs": self.n_failed,
            "confidence": CONFIDENCE,
            "nothing_below": NOTHING_BELOW,
            "above_chance": ABOVE_CHANCE,
            "outcomes": list(plan.outcomes),
            "standard_deviations": {
                ground: {name: float(DIGITS % value) for name, value in spread.items()}
                for ground, spread in self.spread.items()
            },
            "verdicts": {str(verdict): int(count) for verdict, count in verdicts.items()},
        }

    def as_json(self) -> dict[str, object]:
        """The facts, for programs."""
        return {
            **self.provenance(),
            "parameters": self.parameters.to_dict(orient="records"),
            "effects": self.effects.to_dict(orient="records"),
        }


def choose(group: str | None) -> tuple[UncertaintyEntry, ...]:
    """The uncertainties of a group, such as "security"; all if None. Known facts, whose range has no width, are left out.

    Raises:
        InputError: there is no such group.
    """
    catalogue = tuple(entry for entry in uncertainty_catalogue() if not entry.is_known)
    groups = dict.fromkeys(entry.path.partition(".")[0] for entry in catalogue)
    if group is None:
        return catalogue
    if group not in groups:
        raise InputError(f'There is no group "{group}" of uncertainties.', where="--group", allowed=groups)
    return tuple(entry for entry in catalogue if entry.path.startswith(f"{group}."))


def screen(
    plan: Plan, *, workers: int | None = None, progress: Progress | None = None, notify: Notify | None = None
) -> Screening:
    """Run the design on both grounds and judge every parameter.

    Args:
        plan: what to screen.
        workers: worker processes; by default, as many as there are processors. Results do not depend on it.
        progress: called with how far it is, in runs.
        notify: called with sentences for people.

    Raises:
        InputError: SALib is not installed.
    """
    require_salib("A screening")
    quantiles = morris_quantiles(len(plan.parameters), plan.trajectories, plan.seed)
    axes = [range_axis("uncertainties", entry) for entry in plan.parameters]
    values = points_at(axes, quantiles.copy())
    paths = [entry.path for entry in plan.parameters]
    experiments = plan.experiments()
    tables, spread, undefined = [], {}, {}
    errors: list[str] = []
    for number, (ground, experiment) in enumerate(experiments.items()):
        results = run(
            replace(experiment, design=listed_design(axes, values)),
            None,
            RunSettings(workers=workers),
            progress=_part(progress, number, len(experiments)),
            notify=notify,
        )
        errors += results.runs["error"].dropna().tolist()
        filled, undefined[ground] = without_gaps(results.by_point(ground), len(paths) + 1, plan.outcomes)
        table, spread[ground] = effects_on(
            ground, quantiles, filled, paths=paths, outcomes=plan.outcomes, seed=plan.seed
        )
        tables.append(table)
    effects = pd.concat(tables, ignore_index=True)
    return Screening(
        plan=plan,
        effects=effects,
        parameters=judge(effects),
        spread=spread,
        points=len(values),
        undefined=undefined,
        n_failed=len(errors),
        first_error=errors[0] if errors else "",
    )


def _part(progress: Progress | None, number: int, parts: int) -> Progress | None:
    """Progress of one of several equal parts as progress of the whole."""
    if progress is None:
        return None

    def report(standing: SweepProgress) -> None:
        if standing.done or not number:  # a part that begins is the last one's end
            before = number * standing.planned
            progress(SweepProgress(before + standing.done, parts * standing.planned, standing.failed, 0))

    return report
