"""The strengths of the vicious circle's arrows, and what of a push on insecurity comes back (M40).

An arrow's strength is an elasticity: by how many percent its head moves, through this arrow alone, for each percent by which
its tail moves. With the effect E on head and tail, and their calm levels L: (E_head / L_head) / (E_tail / L_tail). Levels are
means over the months of a run. Where arrows form a loop, the product of their elasticities is the loop's gain, as far as
responses are in proportion.
"""

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from ssa_sim.analysis.compare import holm
from ssa_sim.analysis.paired import paired_difference
from ssa_sim.analysis.vicious_circle_runs import CUTS, NODES, OUTCOMES_MEASURED, CircleRuns, Node
from ssa_sim.errors import InputError
from ssa_sim.experiment.keep.matching import Matching
from ssa_sim.model.version import MODEL_VERSION

Floats = npt.NDArray[np.float64]
RESAMPLES = 4_999


class Arrow(NamedTuple):
    """An arrow, and the two runs that differ by it alone.

    Attributes:
        tail: where it begins.
        head: where it ends.
        with_it: the run in which it acts.
        without: the run in which it carries nothing.
        tail_without: the run with which the tail is compared, to see how much of its movement the arrow passes on.
        in_the_circle: whether the circle of M40 goes through it; the others run beside it.
    """

    tail: Node
    head: Node
    with_it: str
    without: str
    tail_without: str
    in_the_circle: bool = True


ARROWS: tuple[Arrow, ...] = (
    Arrow("insecurity", "projects", "whole", "entry", "calm"),
    Arrow("projects", "load", "whole", "load", "calm"),
    Arrow("load", "ownership", "whole", "voice", "calm"),
    Arrow("load", "delivery", "whole", "delivery", "calm"),
    Arrow("ownership", "readiness", "whole", "voice", "voice"),
    Arrow("delivery", "readiness", "whole", "delivery", "delivery"),
    Arrow("readiness", "insecurity", "whole", "fight", "calm"),
    Arrow("projects", "readiness", "load", "entry", "entry", in_the_circle=False),
    Arrow("insecurity", "readiness", "entry", "calm", "calm", in_the_circle=False),
)
RETURNS: dict[str, str] = {"aid": "entry", "army": "fight"}
"""What of the push comes back, through partners and their aid or through the army at all: the cut that stops it."""


@dataclass(frozen=True, eq=False)
class Circle:
    """How strong each arrow is, with intervals over replicates.

    Attributes:
        title: the scenario's.
        seed: root seed of the draws.
        replications: replicates.
        push: threat added a month in the Centre.
        confidence: of each interval, and of all verdicts on arrows taken together (Holm).
        nodes: a row a measured outcome: node ("" beside the circle), outcome, calm (mean level), change under the push with
            its interval low to high, relative (change over level).
        arrows: a row an arrow: tail, head, in_the_circle; effect on the head through it with its interval low to high;
            strength (elasticity) with strength_low and strength_high, by bootstrap; share of the head's whole response;
            verdict "raises" or "lowers" (what more of the tail does to the head) or "undecided"; p_value, adjusted.
        returned: a row a way: way, share of the rise of insecurity that came round by it, with interval low to high.
    """

    title: str
    seed: int
    replications: int
    push: float
    confidence: float
    nodes: pd.DataFrame
    arrows: pd.DataFrame
    returned: pd.DataFrame

    def came_back(self, way: str) -> tuple[float, float, float]:
        """The share that came round by a way of `RETURNS`, and its interval."""
        row = self.returned[self.returned["way"] == way].iloc[0]
        return float(row["share"]), float(row["share_low"]), float(row["share_high"])

    def as_json(self) -> dict[str, object]:
        """The facts, for programs."""
        return {
            "title": self.title,
            "seed": self.seed,
            "replications": self.replications,
            "push": self.push,
            "confidence": self.confidence,
            "model_version": MODEL_VERSION,
            "nodes": self.nodes.to_dict(orient="records"),
            "arrows": self.arrows.to_dict(orient="records"),
            "returned": self.returned.to_dict(orient="records"),
        }


def measure_circle(made: CircleRuns, *, confidence: float = 0.95) -> Circle:
    """The strengths of the arrows, and what comes back.

    Args:
        made: what was run.
        confidence: of each interval, and of all verdicts on arrows taken together.
    """
    values = _by_replicate(made.runs)
    replications = len(values["calm"])
    picks = np.random.default_rng((made.seed, 40)).integers(replications, size=(RESAMPLES, replications))
    returned = [
        {"way": way, **_ratio(_effect(values, "insecurity", "whole", cut), _effect(values, "insecurity", "whole", "calm"),
                              picks, confidence, "share")}
        for way, cut in RETURNS.items()
    ]  # fmt: skip
    return Circle(
        title=made.title,
        seed=made.seed,
        replications=replications,
        push=made.push,
        confidence=confidence,
        nodes=pd.DataFrame([_node_row(values, name, confidence) for name in OUTCOMES_MEASURED]),
        arrows=_arrow_rows(values, picks, confidence),
        returned=pd.DataFrame(returned),
    )


def _by_replicate(runs: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The runs of each variant, replicate by replicate: those replicates that every variant has.

    Raises:
        InputError: a variant is not there, or no replicate has all; or a replicate stands there twice.
    """
    matching = Matching(runs.rename(columns={"variant": "scenario"}), ("calm", "whole", *CUTS))
    complete = np.logical_and.reduce([matching.has(variant) for variant in matching.scenarios])
    if not complete.any():
        raise InputError("No replicate was run in every variant.", where="runs")
    names = list(OUTCOMES_MEASURED)
    return {
        variant: pd.DataFrame(matching.values(variant, names)[complete], columns=names)
        for variant in matching.scenarios
    }


def _effect(values: dict[str, pd.DataFrame], outcome: str, one: str, other: str) -> Floats:
    """The outcome in one variant less that in another, by replicate."""
    return (values[one][outcome] - values[other][outcome]).to_numpy(np.float64)


def _node_row(values: dict[str, pd.DataFrame], outcome: str, confidence: float) -> dict[str, Any]:
    calm, whole = (values[variant][outcome].to_numpy(np.float64) for variant in ("calm", "whole"))
    pair = paired_difference(calm, whole, higher_is_better=True, confidence=confidence, seed=1)
    node = next((name for name, measured in NODES.items() if measured == outcome), "")
    relative = pair.difference / pair.first_mean if pair.first_mean else math.nan
    numbers = {"calm": pair.first_mean, "change": pair.difference, "low": pair.low, "high": pair.high}
    return {"node": node, "outcome": outcome, **numbers, "relative": relative}


def _arrow_rows(values: dict[str, pd.DataFrame], picks: Any, confidence: float) -> pd.DataFrame:
    rows = []
    for arrow in ARROWS:
        head, tail = NODES[arrow.head], NODES[arrow.tail]
        with_it, without = (values[name][head].to_numpy(np.float64) for name in (arrow.with_it, arrow.without))
        pair = paired_difference(without, with_it, higher_is_better=True, confidence=confidence, seed=1)
        on_head, on_tail = with_it - without, _effect(values, tail, arrow.with_it, arrow.tail_without)
        scale = values["calm"][tail].mean() / values["calm"][head].mean()
        whole = _effect(values, head, "whole", "calm").mean()
        rows.append(
            {
                "tail": arrow.tail,
                "head": arrow.head,
                "in_the_circle": arrow.in_the_circle,
                "effect": pair.difference,
                "low": pair.low,
                "high": pair.high,
                **_ratio(scale * on_head, on_tail, picks, confidence, "strength"),
                "share": pair.difference / whole if whole else math.nan,
                "p_value": pair.p_value,
            }
        )
    table = pd.DataFrame(rows)
    table["adjusted_p_value"] = holm(table["p_value"].to_numpy(np.float64))
    decided = table["adjusted_p_value"] <= 1.0 - confidence
    table["verdict"] = np.where(decided, np.where(table["strength"] > 0.0, "raises", "lowers"), "undecided")
    return table


def _ratio(over: Floats, under: Floats, picks: Any, confidence: float, name: str) -> dict[str, float]:
    """The ratio of two means over replicates, with a percentile interval by bootstrap over replicates (B. Efron and R. J.
    Tibshirani, An Introduction to the Bootstrap, Chapman & Hall 1993, chapter 13)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        value = over.mean() / under.mean()
        drawn = over[picks].mean(axis=1) / under[picks].mean(axis=1)
    finite = drawn[np.isfinite(drawn)]
    tails = (50.0 * (1.0 - confidence), 50.0 * (1.0 + confidence))
    low, high = np.percentile(finite, tails) if finite.size else (math.nan, math.nan)
    return {name: float(value), f"{name}_low": float(low), f"{name}_high": float(high)}
