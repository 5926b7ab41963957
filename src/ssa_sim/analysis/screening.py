"""Which uncertainties matter: a screening by elementary effects (MORRIS1991; CAMPOLONGO2007), on two grounds.

From a random point of the parameter space, one parameter after the other takes a step of two thirds of its prior
(in quantiles, so that priors of any shape and unit are stepped through alike); the change of an outcome over that step is an
elementary effect. The mean of its absolute value over the trajectories, `mu_star`, says how far the parameter moves the outcome
somewhere; the standard deviation `sigma` how much that depends on where. Both are divided by the outcome's standard deviation
over all points of the design, so that outcomes can be compared: 1 means that the whole range of this one parameter moves the
outcome by as much as all parameters together typically do.

Runs are random, so an effect is measured on common random numbers and as a mean over replicates, and what is left of chance is
stated beside it: `noise_floor` is the `mu_star` that effects of no direction, with the scatter that replicates show, would have.

The rule. A parameter *moves something* if, on either ground, some outcome's scaled `mu_star` is at least `NOTHING_BELOW` and
`ABOVE_CHANCE` times its noise floor. It *moves nothing* if every scaled `mu_star` is below `NOTHING_BELOW`: with uniform
quantiles its part in the outcome's variance is then below about 0.02 ** 2 / 12, or 1 in 30,000. Anything else is *lost in chance*:
more replicates would tell.
"""

import importlib.util
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from ssa_sim.analysis.screening_grounds import ACTIVE, AS_GIVEN, active
from ssa_sim.errors import InputError
from ssa_sim.experiment.plan import Experiment, NamedScenario
from ssa_sim.experiment.points import run_points
from ssa_sim.experiment.runner import Notify, Progress
from ssa_sim.scenario.catalogue import UncertaintyEntry, uncertainty_catalogue
from ssa_sim.scenario.schema import Scenario

Floats = npt.NDArray[np.float64]
Verdict = Literal["moves something", "lost in chance", "moves nothing"]

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
NOTHING_BELOW = 0.02
"""Scaled `mu_star` below which a parameter does not count."""
ABOVE_CHANCE = 2.0
"""How many times its noise floor a `mu_star` must reach. Over 10 trajectories that of pure chance scatters by a quarter."""
LEVELS = 4
STEP = LEVELS / (2 * (LEVELS - 1))
"""An elementary effect's step, as a share of the prior's quantiles (MORRIS1991)."""
CONFIDENCE = 0.95
PARTS_OF_ONE = (
    ("security.un_share_north", "security.un_share_centre"),
    ("security.counter_terrorism_share_north", "security.counter_terrorism_share_centre"),
)
"""Shares of one whole, whose ranges allow sums above 1. In a point where they do, each is divided by their sum."""

EFFECT_COLUMNS = [
    "ground",
    "outcome",
    "path",
    "mu",
    "mu_star",
    "mu_star_conf",
    "sigma",
    "noise_floor",
]
"""In the outcome's standard deviations over the design, for a step through the whole prior."""


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
        rescaled: how many of them had shares of one whole divided by their sum (PARTS_OF_ONE).
        undefined: by ground, points at which an outcome was not defined: no effect was counted there.
        n_failed: runs that failed.
        first_error: why the first of them did; empty if none.
    """

    plan: Plan
    effects: pd.DataFrame
    parameters: pd.DataFrame
    spread: Mapping[str, Mapping[str, float]]
    points: int
    rescaled: int
    undefined: Mapping[str, Mapping[str, int]]
    n_failed: int
    first_error: str

    def with_verdict(self, verdict: Verdict) -> list[str]:
        """The paths of the parameters with a verdict, in the catalogue's order."""
        table = self.parameters
        return list(table.loc[table["verdict"] == verdict, "path"])


def choose(group: str | None) -> tuple[UncertaintyEntry, ...]:
    """The uncertainties of a group, such as "security"; all if None.

    Raises:
        InputError: there is no such group.
    """
    catalogue = uncertainty_catalogue()
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
        progress: called with (runs done, all runs).
        notify: called with sentences for people.

    Raises:
        InputError: SALib is not installed.
    """
    require_salib()
    quantiles = design(len(plan.parameters), plan.trajectories, plan.seed)
    values, rescaled = reconciled(plan.parameters, parameter_values(plan.parameters, quantiles))
    paths = [entry.path for entry in plan.parameters]
    points = [dict(zip(paths, row.tolist(), strict=True)) for row in values]
    experiments = plan.experiments()
    tables, spread, undefined = [], {}, {}
    errors: list[str] = []
    for number, (ground, experiment) in enumerate(experiments.items()):
        runs = run_points(
            experiment,
            points,
            workers=workers,
            progress=_part(progress, number, len(experiments)),
            notify=notify,
        )
        errors += runs.errors.values()
        filled, undefined[ground] = without_gaps(runs.values, len(paths) + 1, plan.outcomes)
        table, spread[ground] = _effects_on(ground, plan, quantiles, filled)
        tables.append(table)
    effects = pd.concat(tables, ignore_index=True)
    return Screening(
        plan=plan,
        effects=effects,
        parameters=judge(effects),
        spread=spread,
        points=len(points),
        rescaled=rescaled,
        undefined=undefined,
        n_failed=len(errors),
        first_error=errors[0] if errors else "",
    )


def require_salib() -> None:
    """Say how to install SALib where it is missing.

    Raises:
        InputError: it is.
    """
    if importlib.util.find_spec("SALib") is None:
        raise InputError(
            "A screening needs SALib, which is not installed.", allowed='pip install "ssa-sim[sensitivity]" brings it'
        )


def design(parameters: int, trajectories: int, seed: int) -> Floats:
    """Trajectories through the unit cube, shape (trajectories * (parameters + 1), parameters), in quantiles.

    They are drawn at random: among hundreds of parameters all trajectories lie about equally far apart, so that choosing the
    most distant ones gains nothing.
    """
    from SALib.sample.morris import sample

    return np.asarray(sample(_problem(parameters), trajectories, num_levels=LEVELS, seed=seed), np.float64)


def parameter_values(parameters: Sequence[UncertaintyEntry], quantiles: Floats) -> Floats:
    """The values at some quantiles of the priors, in the parameters' units; shapes (points, parameters)."""
    columns = [at_quantile(entry, column) for entry, column in zip(parameters, quantiles.T, strict=True)]
    return np.stack(columns, axis=-1)


def at_quantile(entry: UncertaintyEntry, quantile: Floats) -> Floats:
    """Values at quantiles (0 to 1) of a parameter's prior; a triangular one has its mode at the baseline.

    Raises:
        ValueError: the parameter has no range.
    """
    if entry.low is None or entry.high is None or entry.baseline is None:
        raise ValueError(f"{entry.path} has no range to be screened over")
    low, high = entry.low, entry.high
    if entry.prior == "log_uniform":
        values = low * (high / low) ** quantile
    elif entry.prior == "triangular":
        mode = (float(entry.baseline) - low) / (high - low)
        values = stats.triang.ppf(quantile, mode, loc=low, scale=high - low)
    else:
        values = low + (high - low) * quantile
    return np.clip(np.asarray(values, np.float64), low, high)  # rounding may step over an end


def reconciled(parameters: Sequence[UncertaintyEntry], values: Floats) -> tuple[Floats, int]:
    """The values without contradictions, and how many points held one; see PARTS_OF_ONE. Nothing is clipped to a range
    that the catalogue does not allow: a divided share is larger than half of the smallest that it allows."""
    column = {entry.path: number for number, entry in enumerate(parameters)}
    fixed = values.copy()
    touched = np.zeros(len(values), bool)
    for group in PARTS_OF_ONE:
        if not all(path in column for path in group):
            continue
        columns = [column[path] for path in group]
        total = values[:, columns].sum(axis=1)
        above = total > 1.0
        fixed[np.ix_(above, columns)] /= total[above, None]
        touched |= above
    return fixed, int(touched.sum())


def without_gaps(values: Floats, trajectory: int, outcomes: Sequence[str]) -> tuple[Floats, dict[str, int]]:
    """Values (points, replicates, outcomes) with each gap filled, and the points at which an outcome had one.

    Where an outcome is not defined in a run, the value of the point before it in its trajectory (of `trajectory` points) stands,
    or of the one after it at the beginning, so that the step counts as no effect; 0 if it is defined nowhere in the trajectory.
    """
    filled = values.copy()
    for start in range(0, len(values), trajectory):
        steps = filled[start : start + trajectory]
        missing = np.isnan(steps)
        for before, after in pairwise(steps):
            np.copyto(after, before, where=np.isnan(after))
        for after, before in pairwise(steps[::-1]):
            np.copyto(before, after, where=np.isnan(before))
        np.copyto(steps, 0.0, where=np.isnan(steps) & missing)
    gaps = np.isnan(values).any(axis=1).sum(axis=0)
    return filled, {name: int(count) for name, count in zip(outcomes, gaps, strict=True) if count}


def elementary_effects(quantiles: Floats, values: Floats) -> Floats:
    """Change for each step, divided by the step in quantiles.

    Args:
        quantiles: the design, shape (trajectories * (parameters + 1), parameters).
        values: shape (points, ...).

    Returns:
        Shape (trajectories, parameters, ...), by parameter, whatever their order in the trajectory.
    """
    parameters = quantiles.shape[1]
    x = quantiles.reshape(-1, parameters + 1, parameters)
    y = values.reshape(-1, parameters + 1, *values.shape[1:])
    steps = np.diff(x, axis=1)
    moved = np.abs(steps).argmax(axis=2)  # (trajectories, parameters): which one moves in each step
    size = np.take_along_axis(steps, moved[..., None], axis=2)[..., 0]
    changes = np.diff(y, axis=1) / size.reshape(*size.shape, *(1,) * (values.ndim - 1))
    effects = np.empty_like(changes)
    effects[np.arange(len(moved))[:, None], moved] = changes
    return effects


def noise_floor(effects: Floats) -> Floats:
    """The `mu_star` that chance alone would give.

    If the mean over replicates of an effect were zero, its absolute value would have the mean sqrt(2 / pi) times its standard
    error (half-normal distribution). The standard error is taken from the scatter over replicates, pooled over trajectories.

    Args:
        effects: shape (trajectories, parameters, replicates, outcomes).

    Returns:
        Shape (parameters, outcomes).
    """
    replicates = effects.shape[2]
    squared_error = effects.var(axis=2, ddof=1) / replicates
    return np.asarray(math.sqrt(2.0 / math.pi) * np.sqrt(squared_error.mean(axis=0)), np.float64)


def judge(effects: pd.DataFrame) -> pd.DataFrame:
    """A row a parameter, by the rule at the top of this module; see `Screening.parameters`."""
    table = effects.copy()
    table["above_chance"] = table["mu_star"] >= ABOVE_CHANCE * table["noise_floor"]
    table["counts"] = table["above_chance"] & (table["mu_star"] >= NOTHING_BELOW)
    rows = []
    for path, own in table.groupby("path", sort=False):
        strongest = own.sort_values(["counts", "mu_star"], ascending=False, kind="stable").iloc[0]
        verdict: Verdict = "moves something"
        if not strongest["counts"]:
            verdict = "lost in chance" if strongest["mu_star"] >= NOTHING_BELOW else "moves nothing"
        rows.append({"path": path, "verdict": verdict, **strongest[_OF_THE_STRONGEST].to_dict()})
    return pd.DataFrame(rows)


_OF_THE_STRONGEST = ["ground", "outcome", "mu_star", "mu_star_conf", "sigma", "noise_floor"]


def _effects_on(ground: str, plan: Plan, quantiles: Floats, values: Floats) -> tuple[pd.DataFrame, dict[str, float]]:
    """The effects on one ground, scaled, and each outcome's standard deviation over the points."""
    from SALib.analyze.morris import analyze

    means = values.mean(axis=1)
    spread = means.std(axis=0)
    scale = np.where(spread > 1e-12 * np.abs(means).max(axis=0, initial=1.0), spread, np.inf)
    floor = noise_floor(elementary_effects(quantiles, values)) / scale
    tables = []
    for o, outcome in enumerate(plan.outcomes):
        found: Any = analyze(
            _problem(len(plan.parameters)),
            quantiles,
            means[:, o] / scale[o],
            num_levels=LEVELS,
            conf_level=CONFIDENCE,
            seed=plan.seed,
        )
        columns = {name: np.asarray(found[name], np.float64) for name in ("mu", "mu_star", "mu_star_conf", "sigma")}
        paths = [entry.path for entry in plan.parameters]
        tables.append(
            pd.DataFrame({"ground": ground, "outcome": outcome, "path": paths, **columns, "noise_floor": floor[:, o]})
        )
    return pd.concat(tables, ignore_index=True)[EFFECT_COLUMNS], dict(zip(plan.outcomes, spread.tolist(), strict=True))


def _problem(parameters: int) -> dict[str, Any]:
    """The unit cube, as SALib asks for it."""
    return {
        "num_vars": parameters,
        "names": [f"q{number}" for number in range(parameters)],
        "bounds": [[0.0, 1.0]] * parameters,
    }


def _part(progress: Progress | None, number: int, parts: int) -> Progress | None:
    """Progress of one of several equal parts as progress of the whole."""
    if progress is None:
        return None

    def report(done: int, total: int) -> None:
        if done or not number:  # a part that begins is the last one's end
            progress(number * total + done, parts * total)

    return report
