"""What moves an outcome over the whole of a sweep's sample: elementary effects, or shares of its variance.

Which it is follows from the sweep's own design:

* "morris": elementary effects (MORRIS1991; CAMPOLONGO2007), see `elementary_effects.py`, in the outcome's unit for the whole
  way through a parameter's prior;
* "sobol": the share of the outcome's variance that a parameter causes by itself (first-order index) and together with
  others (total index), by the estimators of SALTELLI2010; with second order also what two cause together (SALTELLI2002).

Indices are of the mean over the replicates of each point. Intervals are percentiles of a bootstrap over whole trajectories or
base rows. Beside the indices stands what chance alone would make of them (`point_chance.py`), and whether the sample was large
enough (`convergence.py`). Levers and uncertainties are told apart by the column `part`: how much a lever moves depends on the
range that somebody gave it, and is no ignorance.
"""

import hashlib
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ssa_sim.analysis.chosen import chosen_outcomes, chosen_scenarios
from ssa_sim.analysis.convergence import Convergence, convergence
from ssa_sim.analysis.elementary_effects import elementary_effects, morris_indices, noise_floor
from ssa_sim.analysis.point_chance import chance_share
from ssa_sim.analysis.samples import Missing, Sample, refuse_gaps, sample_of, whole_units
from ssa_sim.catalogue.outcomes import Outcome
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import make_design, morris_quantiles, require_salib, unit_cube
from ssa_sim.experiment.keep.results import Results
from ssa_sim.experiment.keep.tables import design_table
from ssa_sim.scenario.shares_summing_to_one import SHARES_SUMMING_TO_ONE

Floats = npt.NDArray[np.float64]

RESAMPLES = 500
IMPOSSIBLE_BELOW = 0.9
"""Sum of total indices that cannot be due to a little scatter: in truth it is 1 at least."""
INDEX_COLUMNS = (
    "scenario",
    "levers",
    "outcome",
    "part",
    "path",
    "index",
    "value",
    "low",
    "high",
    "floor",
    "above_chance",
)
SUMMARY_COLUMNS = (
    "scenario",
    "levers",
    "outcome",
    "samples",
    "dropped",
    "points",
    "replications",
    "mean",
    "spread",
    "chance_share",
    "width",
    "ranking",
    "screening_width",
    "indices_settled",
    "ranking_settled",
    "screening_settled",
    "samples_needed",
    "total_sum",
)
PAIR_COLUMNS = ("scenario", "levers", "outcome", "path", "other", "value", "low", "high")


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """What a sweep says of what moves its outcomes.

    Attributes:
        title: of the results.
        sample: what it rests on.
        scenarios: looked at.
        outcomes: looked at.
        indices: a row for each scenario, combination of crossed levers (text, empty without), outcome, parameter and index:
            `part` ("levers", "uncertainties", "mechanisms" or "structures"), `path`, `index` ("mu_star", "mu", "sigma" in the outcome's
            unit; or "total", "first", shares of the variance), its `value` with interval from `low` to `high`; for
            "mu_star" and "total" also `floor`, what chance alone would give, and `above_chance`, whether the interval lies
            above that (False where one replicate does not tell; None for other indices). NaN where the outcome does not vary.
        summary: a row for each scenario, combination of levers and outcome: `samples` (trajectories or base rows) used and
            `dropped`, `points` used, `replications`, the outcome's `mean` and `spread` (standard deviation) over the points,
            `chance_share` (of the variance between points; NaN with one replicate), the criteria of `convergence.py`, and
            `total_sum`, the sum of the total indices (NaN for elementary effects): whatever the outcome it is 1 at least, so
            that a sum well below (`IMPOSSIBLE_BELOW`) shows a sample that is far too small, and nothing counts as settled.
        pairs: second-order indices, a row a pair of parameters; None unless asked for.
        confidence: of each interval.
        seed: root seed of the runs.
    """

    title: str
    sample: Sample
    scenarios: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    indices: pd.DataFrame
    summary: pd.DataFrame
    pairs: pd.DataFrame | None
    confidence: float
    seed: int

    @property
    def main_index(self) -> str:
        """The index by which parameters are ranked."""
        return "mu_star" if self.sample.method == "morris" else "total"

    def of(self, scenario: str, outcome: str, levers: str = "") -> pd.DataFrame:
        """The indices of one outcome in one scenario, a column an index's value; parameters that matter most first."""
        rows = self.indices
        rows = rows[rows["scenario"].eq(scenario) & rows["outcome"].eq(outcome) & rows["levers"].eq(levers)]
        return rows.pivot(index=["part", "path"], columns="index", values="value").sort_values(
            self.main_index, ascending=False, kind="stable"
        )

    def as_json(self) -> dict[str, object]:
        """The facts, for programs."""
        return {
            "title": self.title,
            "method": self.sample.method,
            "samples": self.sample.samples,
            "seed": self.seed,
            "confidence": self.confidence,
            "summary": self.summary.to_dict(orient="records"),
            "indices": self.indices.to_dict(orient="records"),
            "pairs": None if self.pairs is None else self.pairs.to_dict(orient="records"),
        }


@dataclass(frozen=True)
class _Found:
    """Indices of one outcome: by name, each shape (parameters,); with their resamples, shape (resamples, parameters)."""

    values: dict[str, Floats]
    resamples: dict[str, Floats]
    floor: Floats
    largest: float
    pairs: tuple[Floats, Floats] | None = None


def sensitivity(
    results: Results,
    *,
    outcomes: Sequence[str] | None = None,
    scenarios: Sequence[str] | None = None,
    second_order: bool = False,
    missing: Missing = "refuse",
    confidence: float = 0.95,
) -> Sensitivity:
    """The indices that a sweep's own design allows.

    Args:
        results: of a sweep with a Morris or Sobol design.
        outcomes: names; all that the results hold if None.
        scenarios: names; all if None.
        second_order: with indices of pairs.
        missing: "refuse" points at which a run has no value, or "drop" the trajectories or base rows that have one.
        confidence: of each interval.

    Raises:
        InputError: the design serves neither method, has no second order, or values are missing.
    """
    require_salib("A sensitivity analysis")
    sample = sample_of(results, ("morris", "sobol"), "A sensitivity analysis")
    if second_order and not sample.second_order:
        raise InputError(
            "This design has no points for second-order indices.",
            where="--second-order",
            allowed='a sweep whose [design] has method = "sobol" and second_order = true',
        )
    named, shown = chosen_scenarios(results, scenarios), chosen_outcomes(results, outcomes)
    quantiles = _quantiles(results, sample)
    indices, summary, pairs = [], [], []
    for scenario in named:
        cube = results.by_point(scenario)
        for block in sample.blocks:
            for outcome in shown:
                values = cube[block.points, :, results.outcomes.index(outcome)]
                kept = _kept(results, scenario, outcome, values, sample, missing)
                key = {"scenario": scenario, "levers": block.name, "outcome": outcome.name}
                used = values[np.repeat(kept, sample.unit)]
                seed = _bootstrap_seed(results.seed, *key.values())
                found = (
                    _morris(quantiles[np.repeat(kept, sample.unit)], used, seed)
                    if sample.method == "morris"
                    else _sobol(sample, used, seed, second_order=second_order, confidence=confidence)
                )
                table, row = _tables(sample, found, used, key, confidence)
                indices.append(table)
                summary.append({**row, "dropped": int((~kept).sum())})
                if second_order:
                    pairs.append(_pairs(sample, found, key))
    return Sensitivity(
        title=results.title,
        sample=sample,
        scenarios=named,
        outcomes=shown,
        indices=pd.concat(indices, ignore_index=True),
        summary=pd.DataFrame(summary, columns=list(SUMMARY_COLUMNS)),
        pairs=pd.concat(pairs, ignore_index=True) if second_order else None,
        confidence=confidence,
        seed=results.seed,
    )


def _quantiles(results: Results, sample: Sample) -> Floats:
    """The trajectories in quantiles, drawn anew and checked against the design; nothing for other methods.

    Raises:
        InputError: the library that draws them has changed since.
    """
    if sample.method != "morris":
        return np.empty((0, len(sample.axes)))
    again = design_table(make_design("morris", sample.axes, samples=sample.samples, seed=sample.seed)).to_pandas()
    assert results.design is not None
    stored = results.design.iloc[sample.blocks[0].points]
    shares = {path for pair in SHARES_SUMMING_TO_ONE for path in pair} if sample.n_divided else set()
    for axis in sample.axes:
        if axis.path in shares:  # an earlier version's, of the same quantiles
            continue
        before, now = stored[axis.column].to_numpy(), again[axis.column].to_numpy()
        are_numbers = axis.values is None
        if not (np.allclose(before, now, rtol=1e-9, atol=0.0) if are_numbers else bool((before == now).all())):
            raise InputError(
                "The trajectories of this sweep cannot be drawn again: SALib or SciPy has changed since it was made.",
                allowed="the versions of SALib and SciPy under packages in its manifest.json",
            )
    return morris_quantiles(len(sample.axes), sample.samples, sample.seed)


def _kept(
    results: Results, scenario: str, outcome: Outcome, values: Floats, sample: Sample, missing: Missing
) -> npt.NDArray[np.bool_]:
    """Which trajectories or base rows are used.

    Raises:
        InputError: values are missing and that is to be refused, or too few are left.
    """
    gaps = np.isnan(values)
    if missing == "refuse":
        refuse_gaps(results, scenario, outcome.name, gaps, unit=sample.unit)
    kept = whole_units(gaps, sample.unit)
    if kept.sum() < 2:
        what = "trajectories" if sample.method == "morris" else "base rows"
        raise InputError(
            f"Only {kept.sum()} of {len(kept)} {what} of '{scenario}' have a value of {outcome.name} at every point.",
            allowed="2 and more: another --outcome, or a sweep with more samples",
        )
    return kept


def _morris(quantiles: Floats, values: Floats, seed: int) -> _Found:
    """Elementary effects, with a bootstrap over trajectories."""
    means = values.mean(axis=1)
    effects = elementary_effects(quantiles, means)  # (trajectories, parameters)
    found = morris_indices(quantiles, means, seed=seed)
    trajectories = len(effects)
    picks = np.random.default_rng(seed).multinomial(trajectories, np.full(trajectories, 1.0 / trajectories), RESAMPLES)
    weights = picks / trajectories
    mu = weights @ effects
    variance = np.maximum(weights @ effects**2 - mu**2, 0.0) * trajectories / (trajectories - 1)
    floor = np.full(effects.shape[1], np.nan)
    if values.shape[1] > 1:
        floor = noise_floor(elementary_effects(quantiles, values[:, :, None]))[:, 0]
    return _Found(
        values={name: found[name] for name in ("mu_star", "mu", "sigma")},
        resamples={"mu_star": weights @ np.abs(effects), "mu": mu, "sigma": np.sqrt(variance)},
        floor=floor,
        largest=float(found["mu_star"].max()),
    )


def _sobol(sample: Sample, values: Floats, seed: int, *, second_order: bool, confidence: float) -> _Found:
    """Shares of the variance, with SALib's bootstrap over base rows."""
    from SALib.analyze.sobol import analyze

    means = values.mean(axis=1)
    n = len(sample.axes)
    if not second_order and sample.second_order:
        means = means.reshape(-1, sample.unit)[:, [*range(n + 1), -1]].ravel()
    with warnings.catch_warnings():  # an outcome that does not vary is said in the summary
        warnings.simplefilter("ignore")
        found: Any = analyze(
            unit_cube(n),
            means,
            calc_second_order=second_order,
            num_resamples=RESAMPLES,
            conf_level=confidence,
            keep_resamples=True,
            seed=seed,
        )
    return _Found(
        values={"total": np.asarray(found["ST"]), "first": np.asarray(found["S1"])},
        resamples={"total": np.asarray(found["ST_conf_all"]), "first": np.asarray(found["S1_conf_all"])},
        floor=np.full(n, chance_share(values)),
        largest=1.0,
        pairs=(np.asarray(found["S2"]), np.asarray(found["S2_conf"])) if second_order else None,
    )


def _tables(
    sample: Sample, found: _Found, values: Floats, key: dict[str, str], confidence: float
) -> tuple[pd.DataFrame, dict[str, object]]:
    """The rows of one outcome: its indices, and its line of the summary."""
    means = values.mean(axis=1)
    spread = float(means.std())
    varies = spread > 1e-12 * float(np.abs(means).max(initial=0.0))
    main = next(iter(found.values))
    tails = [(1.0 - confidence) / 2.0, (1.0 + confidence) / 2.0]
    tables = []
    judged = Convergence(*[float("nan")] * 4)
    for index, point in found.values.items():
        low, high = np.quantile(found.resamples[index], tails, axis=0) if varies else np.full((2, len(point)), np.nan)
        is_main = index == main
        if is_main and varies:
            judged = convergence(
                point, found.resamples[index], largest=found.largest, samples=len(values) // sample.unit
            )
        tables.append(
            pd.DataFrame(
                {
                    **key,
                    "part": [axis.part for axis in sample.axes],
                    "path": [axis.column for axis in sample.axes],
                    "index": index,
                    "value": point if varies else np.nan,
                    "low": low,
                    "high": high,
                    "floor": found.floor if is_main else np.nan,
                    "above_chance": (low > found.floor) if is_main else None,
                },
                columns=list(INDEX_COLUMNS),
            )
        )
    total_sum = float(found.values["total"].sum()) if varies and main == "total" else float("nan")
    is_possible = not total_sum < IMPOSSIBLE_BELOW
    row: dict[str, object] = {
        **key,
        "samples": len(values) // sample.unit,
        "points": len(values),
        "replications": values.shape[1],
        "mean": float(means.mean()),
        "spread": spread if varies else 0.0,
        "chance_share": chance_share(values),
        **vars(judged),
        "indices_settled": judged.indices_settled and is_possible,
        "ranking_settled": judged.ranking_settled and is_possible,
        "screening_settled": judged.screening_settled and varies and is_possible,
        "total_sum": total_sum,
    }
    return pd.concat(tables, ignore_index=True), row


def _pairs(sample: Sample, found: _Found, key: dict[str, str]) -> pd.DataFrame:
    """Second-order indices, each pair once, with SALib's symmetric intervals."""
    assert found.pairs is not None
    value, half = found.pairs
    one, other = np.triu_indices(len(sample.axes), 1)
    columns = [axis.column for axis in sample.axes]
    return pd.DataFrame(
        {
            **key,
            "path": [columns[i] for i in one],
            "other": [columns[i] for i in other],
            "value": value[one, other],
            "low": value[one, other] - half[one, other],
            "high": value[one, other] + half[one, other],
        },
        columns=list(PAIR_COLUMNS),
    )


def _bootstrap_seed(seed: int, *names: str) -> int:
    """A seed of its own for each row, never 0, which SALib takes for none."""
    words = hashlib.sha256("\0".join([str(seed), *names]).encode()).digest()[:4]
    return 1 + int.from_bytes(words, "little") // 2
