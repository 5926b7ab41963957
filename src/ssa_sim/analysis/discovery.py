"""Scenario discovery: under which uncertainties does a policy package fail? (LEMPERT2006; BRYANT2010)

A future counts as failing if, on average over its replicates, the package does not improve on the first scenario in the same future
by more than a margin, or if its outcome is worse than a level. What failing futures have in common is then looked for among
the uncertainties, by PRIM (FRIEDMAN1999) as the EMA Workbench has it (KWAKKEL2017), or by a classification tree (CART,
BREIMAN1984) where that is not installed or not wanted. Both give boxes; see `boxes.py`.

It asks for futures that are independent draws. The rows of a Sobol design share values, by which a box that holds by luck in one
holds in many, on futures held out too; such a sweep is refused.

Boxes overfit: they are drawn around the very futures that they are judged by. So the whole search is repeated on parts of the
futures and judged by those held out (cross-validation in five parts; BRYANT2010 repeats the search on resamples for
the same reason). The coverage and density held out are what to expect of new futures.
"""

import importlib.util
import inspect
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np
import pandas as pd
from scipy import stats

from ssa_sim.analysis.futures import FEWEST, Futures, futures_of
from ssa_sim.analysis.prim_boxes import Bools, Box, Content, content, pruned, quasi_p_value
from ssa_sim.analysis.samples import Missing, sample_of
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import Method as DesignMethod
from ssa_sim.experiment.keep.results import Results
from ssa_sim.extras import require

Method = Literal["prim", "cart"]

DESIGNS: tuple[DesignMethod, ...] = ("latin_hypercube",)
"""Those whose points are independent draws."""
FEWEST_OF_A_KIND = 10
"""Failing futures, and others, below which no box is looked for."""
MOST_BOXES = 3
MOST_RESTRICTED = 4
"""Uncertainties that a box restricts: more than a reader keeps in mind (BRYANT2010 asks for boxes that can be interpreted)."""
LEVEL = 0.05
"""Of the test on futures held out."""
PARTS = 5
MOST_LOOKED_AT = 20
"""Uncertainties in which a search is made: those in which failing futures differ most from the others."""
LIMIT_LEVEL = LEVEL / (2 * MOST_LOOKED_AT)
"""Quasi-p-value above which a limit is taken away: as each box is picked among limits on both sides of so many uncertainties, the
plain 5% would let limits through by luck (Bonferroni)."""
LEAST_MASS = 0.05
PEELS = (0.05, 0.1, 0.2)
"""Shares of a box that PRIM takes off at each step. A patient search (small steps) can get stuck where a few futures at the edge
happen to fail, which larger steps pass over."""
BOX_COLUMNS = (
    "box",
    "futures",
    "failures",
    "coverage",
    "density",
    "mass",
    "restricted",
)
LIMIT_COLUMNS = ("box", "path", "low", "high", "range_low", "range_high", "quasi_p_low", "quasi_p_high", "found_again")


@dataclass(frozen=True, eq=False)
class Discovery:
    """Where a package fails.

    Attributes:
        futures: looked at; the package is the last one.
        package: name.
        rule: "margin" (improvement on the first scenario) or "level" (of the outcome).
        threshold: the margin, or the level, in the outcome's unit.
        method: that found the boxes.
        fails: which futures do.
        n_open: futures whose 95% interval over replicates holds the threshold, so that chance may have decided; -1 where one
            replicate does not tell.
        n_equal: futures in which every replicate comes to the same as with the first scenario; they fail unless less than
            nothing is asked.
        boxes: a row a box: `futures` and `failures` in it, `coverage`, `density`, `mass`, how many uncertainties are
            `restricted`. Every box is counted in all futures, so that boxes may overlap.
        limits: a row for each uncertainty that a box restricts: `path`, `low` and `high` (infinite where there is none),
            the range drawn from `range_low` to `range_high`, the limits' `quasi_p_low` and `quasi_p_high` (NaN where there is none),
            and `found_again`: the share of the searches on parts of the futures in which this uncertainty was restricted again.
        together: what all boxes together hold of the futures that they were drawn around; None if there are no boxes.
        held_out: what boxes found without them hold of futures held out, each future once.
    """

    futures: Futures
    package: str
    rule: Literal["margin", "level"]
    threshold: float
    method: Method
    fails: Bools
    n_open: int
    n_equal: int
    boxes: pd.DataFrame
    limits: pd.DataFrame
    together: Content | None
    held_out: Content | None

    @property
    def share_failing(self) -> float:
        """The share of futures in which the package fails."""
        return float(self.fails.mean())

    @property
    def is_searched(self) -> bool:
        """Whether there were enough failing futures, and others, to look for boxes."""
        return min(int(self.fails.sum()), int((~self.fails).sum())) >= FEWEST_OF_A_KIND

    @property
    def is_confirmed(self) -> bool:
        """Whether futures held out fail more often in the boxes than everywhere: one-sided binomial test at 5%.

        The whole search counts, so that boxes that come out otherwise on other futures are not confirmed.
        """
        held = self.held_out
        if held is None or held.futures == 0:
            return False
        return float(stats.binom.sf(held.failures - 1, held.futures, self.share_failing)) < LEVEL

    def box(self, number: int) -> Box:
        """One box; they are numbered from 1."""
        rows = self.limits[self.limits["box"] == number]
        return Box({path: (low, high) for path, low, high in zip(rows["path"], rows["low"], rows["high"], strict=True)})

    def as_json(self) -> dict[str, object]:
        """The facts, for programs."""
        return {
            "title": self.futures.title,
            "package": self.package,
            "first": self.futures.packages[0],
            "outcome": self.futures.outcome.name,
            "rule": self.rule,
            "threshold": self.threshold,
            "method": self.method,
            "futures": len(self.fails),
            "failures": int(self.fails.sum()),
            "open": None if self.n_open < 0 else self.n_open,
            "equal": self.n_equal,
            "dropped": self.futures.n_dropped,
            "boxes": self.boxes.to_dict(orient="records"),
            "limits": self.limits.to_dict(orient="records"),
            "together": None if self.together is None else vars(self.together),
            "held_out": None if self.held_out is None else vars(self.held_out),
            "confirmed": self.is_confirmed,
        }


def is_discoverable(results: Results) -> bool:
    """Whether `discover` can say of each future of a sweep how surely a package does better in it."""
    if (results.design_request or {}).get("method") not in DESIGNS or results.replications < 2:
        return False
    sample = sample_of(results, DESIGNS, "Scenario discovery")
    return sample.samples >= FEWEST and not any(axis.part in ("levers", "structures") for axis in sample.axes)


def discover(
    results: Results,
    outcome: str,
    package: str,
    *,
    margin: float = 0.0,
    level: float | None = None,
    method: Method | None = None,
    missing: Missing = "refuse",
) -> Discovery:
    """Where a package fails.

    Args:
        results: of a sweep over uncertainties.
        outcome: name.
        package: its scenario's name; with crossed levers as `futures.package_names` has it.
        margin: improvement on the first scenario that must be exceeded, in the outcome's unit.
        level: fails where the outcome is worse than this, instead.
        method: "prim" or "cart"; PRIM if it is installed, if None.
        missing: what to do with futures in which a run has no value.

    Raises:
        InputError: the design does not serve, a name is not held, values are missing, or a library is.
    """
    chosen = _method(method)
    futures = futures_of(
        results, outcome, packages=[package], missing=missing, methods=DESIGNS, purpose="Scenario discovery"
    )
    if any(axis.part == "structures" for axis in futures.axes):
        raise InputError(
            "Scenario discovery finds ranges of numbers, and this design draws structures, which have none.",
            allowed="a sweep for each choice, with the structure set in the scenario files",
        )
    if level is None and package == futures.packages[0]:
        raise InputError(
            f"'{package}' is the first scenario, so there is nothing to compare it with.",
            allowed="another package, or --level with a level of the outcome",
        )
    fails, n_open = _failing(futures, margin, level)
    rule: Literal["margin", "level"] = "margin" if level is None else "level"
    search = _SEARCHES[chosen]
    boxes = search(futures.table, fails) if _enough(fails) else []
    held_out, again = _held_out(futures, fails, search) if boxes else (None, {})
    return Discovery(
        futures=futures,
        package=package,
        rule=rule,
        threshold=margin if level is None else level,
        method=chosen,
        fails=fails,
        n_open=n_open,
        n_equal=int((futures.values[-1] == futures.values[0]).all(axis=1).sum()) if level is None else 0,
        boxes=_box_table(boxes, futures, fails),
        limits=_limit_table(boxes, futures, fails, again),
        together=_together(boxes, futures.table, fails),
        held_out=held_out,
    )


def _method(asked: Method | None) -> Method:
    """The method used.

    Raises:
        InputError: what it needs is not installed.
    """
    chosen: Method = asked or ("cart" if importlib.util.find_spec("ema_workbench") is None else "prim")
    module, needs = {"prim": ("ema_workbench", "the EMA Workbench"), "cart": ("sklearn", "scikit-learn")}[chosen]
    require(module, "discovery", f"Scenario discovery by {chosen.upper()} needs {needs}, which is not installed.")
    return chosen


def _failing(futures: Futures, margin: float, level: float | None) -> tuple[Bools, int]:
    """Which futures fail, and in how many chance may have decided."""
    if level is None:
        gain, error = futures.improvements(len(futures.packages) - 1)
        beyond = gain - margin
    else:
        values = futures.sign * (futures.values[-1] - level)
        beyond = values.mean(axis=1)
        many = values.shape[1] > 1
        error = values.std(axis=1, ddof=1) / np.sqrt(values.shape[1]) if many else np.full(len(values), np.nan)
    fails = beyond <= 0.0 if level is None else beyond < 0.0
    if np.isnan(error).any():
        return fails, -1
    reach = float(stats.t.ppf(0.975, futures.values.shape[2] - 1))
    return fails, int((np.abs(beyond) < reach * error).sum())


def _enough(fails: Bools) -> bool:
    return min(int(fails.sum()), int((~fails).sum())) >= FEWEST_OF_A_KIND


def _looked_at(table: pd.DataFrame, fails: Bools) -> list[str]:
    """The uncertainties in which failing futures differ most from the others, by the distance of Kolmogorov and Smirnov."""
    distances = {
        str(name): float(stats.ks_2samp(column[fails], column[~fails]).statistic)
        for name, column in table.items()
        if column.nunique() > 1
    }
    return sorted(distances, key=lambda name: -distances[name])[:MOST_LOOKED_AT]


def _prim_boxes(table: pd.DataFrame, fails: Bools) -> list[Box]:
    """Boxes by PRIM, one after another, each around what the ones before it leave."""
    boxes: list[Box] = []
    left = np.ones(len(table), bool)
    while len(boxes) < MOST_BOXES and min((fails & left).sum(), (~fails & left).sum()) >= FEWEST_OF_A_KIND:
        rest, failing = table[left].reset_index(drop=True), fails[left]
        box = pruned(_prim_box(rest, failing), rest, failing, level=LIMIT_LEVEL, most=MOST_RESTRICTED)
        found = content(box.holds(rest), failing)
        if not box.limits or found.failures < FEWEST_OF_A_KIND or found.density <= fails.mean():
            break
        boxes.append(box)
        left &= ~box.holds(table)
    return boxes


def _prim_box(table: pd.DataFrame, fails: Bools) -> Box:
    """The box, on PRIM's ways from everything to the densest one, that holds most failures beyond what its size explains."""
    columns = _looked_at(table, fails)
    ways: list[Box] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from ema_workbench.analysis.prim import Prim

        # With no threshold PRIM keeps its whole way, and counts every future as of interest: we count ourselves.
        # From version 3 on it has none anyway.
        no_threshold = {"threshold": 0.0} if "threshold" in inspect.signature(Prim).parameters else {}
        for share in PEELS:
            prim = Prim(table[columns], fails.astype(int), **no_threshold, mass_min=LEAST_MASS, peel_alpha=share)
            found = prim.find_box()
            ways += [_as_box(limits, found.box_lims[0]) for limits in found.box_lims]
    return max(ways, key=partial(_surplus, table, fails))


def _as_box(limits: pd.DataFrame, whole: pd.DataFrame) -> Box:
    """A box from the EMA Workbench's table of limits, where they are narrower than in the whole."""
    sides = {}
    for column in whole:
        low, high = (float(limit) for limit in limits[column])
        ends = (
            low if low > float(whole[column].iloc[0]) else -np.inf,
            high if high < float(whole[column].iloc[1]) else np.inf,
        )
        if ends != (-np.inf, np.inf):
            sides[str(column)] = ends
    return Box(sides)


def _surplus(table: pd.DataFrame, fails: Bools, box: Box) -> float:
    """The failures that a box holds beyond those among as many futures drawn at random: it grows with mass and density."""
    found = content(box.holds(table), fails)
    return found.failures - found.futures * float(fails.mean())


def _cart_boxes(table: pd.DataFrame, fails: Bools) -> list[Box]:
    """The leaves of a classification tree in which failing is most frequent."""
    from sklearn.tree import DecisionTreeClassifier

    columns = _looked_at(table, fails)
    smallest = max(FEWEST_OF_A_KIND, round(LEAST_MASS * len(table)))
    tree = DecisionTreeClassifier(max_depth=MOST_RESTRICTED, min_samples_leaf=smallest, random_state=0)
    tree.fit(table[columns].to_numpy(np.float64), fails)
    leaves = [box for box in _leaves(tree.tree_, columns) if box.limits]
    boxes = []
    for box in sorted(leaves, key=lambda leaf: -content(leaf.holds(table), fails).density):
        found = content(box.holds(table), fails)
        if found.density <= max(0.5, float(fails.mean())) or found.failures < FEWEST_OF_A_KIND:
            break
        shorter = pruned(box, table, fails, level=LIMIT_LEVEL, most=MOST_RESTRICTED)
        if shorter.limits and shorter not in boxes:
            boxes.append(shorter)
    return boxes[:MOST_BOXES]


def _leaves(tree: object, columns: Sequence[str]) -> list[Box]:
    """The boxes of all leaves of a scikit-learn tree."""
    left, right = tree.children_left, tree.children_right  # type: ignore[attr-defined]
    feature, threshold = tree.feature, tree.threshold  # type: ignore[attr-defined]
    waiting: list[tuple[int, dict[str, tuple[float, float]]]] = [(0, {})]
    boxes = []
    while waiting:
        node, limits = waiting.pop()
        if left[node] == right[node]:
            boxes.append(Box(limits))
            continue
        column, cut = columns[feature[node]], float(threshold[node])
        low, high = limits.get(column, (-np.inf, np.inf))
        waiting.append((right[node], {**limits, column: (max(low, cut), high)}))
        waiting.append((left[node], {**limits, column: (low, min(high, cut))}))
    return boxes


_SEARCHES: dict[Method, Callable[[pd.DataFrame, Bools], list[Box]]] = {"prim": _prim_boxes, "cart": _cart_boxes}


def _held_out(
    futures: Futures, fails: Bools, search: Callable[[pd.DataFrame, Bools], list[Box]]
) -> tuple[Content, dict[str, float]]:
    """What boxes found on the other parts hold of each part, and how often each uncertainty was restricted."""
    shuffled = np.random.default_rng(futures.seed).permutation(len(fails))
    inside = np.zeros(len(fails), bool)
    restricted: dict[str, float] = {}
    for part in range(PARTS):
        out = np.isin(np.arange(len(fails)), shuffled[part::PARTS])
        if not _enough(fails[~out]):
            continue
        boxes = search(futures.table[~out].reset_index(drop=True), fails[~out])
        for box in boxes:
            inside |= out & box.holds(futures.table)
        for column in {column for box in boxes for column in box.limits}:
            restricted[column] = restricted.get(column, 0.0) + 1.0 / PARTS
    return content(inside, fails), restricted


def _together(boxes: Sequence[Box], table: pd.DataFrame, fails: Bools) -> Content | None:
    return content(np.logical_or.reduce([box.holds(table) for box in boxes]), fails) if boxes else None


def _box_table(boxes: Sequence[Box], futures: Futures, fails: Bools) -> pd.DataFrame:
    rows = [
        {"box": number, **vars(content(box.holds(futures.table), fails)), "restricted": len(box.limits)}
        for number, box in enumerate(boxes, 1)
    ]
    return pd.DataFrame(rows, columns=list(BOX_COLUMNS))


def _limit_table(boxes: Sequence[Box], futures: Futures, fails: Bools, again: dict[str, float]) -> pd.DataFrame:
    rows = []
    for number, box in enumerate(boxes, 1):
        for column, (low, high) in box.limits.items():
            p_values = [quasi_p_value(box, column, side, futures.table, fails) for side in (0, 1)]
            drawn = futures.table[column]
            ends = (float(drawn.min()), float(drawn.max()))
            rows.append((number, column, low, high, *ends, *p_values, again.get(column, 0.0)))
    return pd.DataFrame(rows, columns=list(LIMIT_COLUMNS))
