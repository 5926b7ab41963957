"""What a sweep varies, and at which points: levers, uncertainties, mechanisms or structures over a grid, a sample or a list.

A design is a matrix of numbers, a row a point and a column an axis. Points are known before the first run, and the same
request gives the same points. Samples come from SciPy and SALib; they are drawn in the unit cube and mapped to each
axis's own values, so that a prior's shape, a whole number and a list of choices are all served alike.

The whole matrix is held in memory, 8 bytes a point and axis, and is made in the memory of the sample that it comes from: what
would not fit is refused before it is made.
"""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from ssa_sim.catalogue.entries import Entry, ParameterValue, UncertaintyEntry
from ssa_sim.catalogue.groups import Prior
from ssa_sim.errors import InputError
from ssa_sim.extras import require
from ssa_sim.scenario.problems import whole_number
from ssa_sim.scenario.schema import Scenario
from ssa_sim.scenario.shares_summing_to_one import ROUNDING, SHARES_SUMMING_TO_ONE, refuse_excess

Floats = npt.NDArray[np.float64]
Method = Literal["grid", "one_at_a_time", "latin_hypercube", "sobol", "morris", "list"]
Part = Literal["levers", "uncertainties", "mechanisms", "structures"]

MOST_POINTS = 10_000_000
MOST_BYTES = 2_000_000_000
"""Of the matrix of points; making it takes two or three times as much for a moment."""
MORRIS_LEVELS = 4
"""Levels of the grid that elementary effects step on (MORRIS1991)."""


@dataclass(frozen=True)
class Axis:
    """One parameter that a design varies.

    Attributes:
        part: whether it is a lever, an uncertainty, a mechanism or a structure.
        path: its dotted name in the catalogue.
        values: what it is set to, where that is listed; None for a range.
        low: smallest value of a range, in the parameter's unit.
        high: largest value of a range.
        prior: how a range is sampled.
        mode: where a triangular prior peaks.
        is_whole: whether a range holds whole numbers only.
    """

    part: Part
    path: str
    values: tuple[ParameterValue, ...] | None = None
    low: float = 0.0
    high: float = 1.0
    prior: Prior = "uniform"
    mode: float = 0.5
    is_whole: bool = False

    @property
    def column(self) -> str:
        """Its name in tables."""
        return f"{self.part}.{self.path}" if self.part in ("mechanisms", "structures") else self.path

    def numbers(self, quantiles: Floats) -> Floats:
        """From shares of the way through the axis, in [0, 1], to the numbers that a design holds."""
        if self.values is not None:
            return np.minimum(np.floor(quantiles * len(self.values)), len(self.values) - 1.0)
        if self.is_whole:
            return np.minimum(self.low + np.floor(quantiles * (self.high - self.low + 1.0)), self.high)
        return np.clip(_spread(self, quantiles), self.low, self.high)

    def value(self, number: float) -> ParameterValue:
        """The parameter's value for a number of the design: for listed values, their position."""
        if self.values is not None:
            return self.values[int(number)]
        return int(number) if self.is_whole else float(number)

    def in_steps(self, steps: object) -> "Axis":
        """So many values evenly over the range; whole numbers are rounded, and each is there once.

        Raises:
            InputError: `steps` is no whole number from 2, or too large.
        """
        marks = np.linspace(self.low, self.high, whole_number("steps", steps, 2, 10_000))
        if self.is_whole:
            return Axis(self.part, self.path, tuple(dict.fromkeys(int(mark) for mark in np.rint(marks))))
        return Axis(self.part, self.path, tuple(float(mark) for mark in marks))


def _spread(axis: Axis, quantiles: Floats) -> Floats:
    from scipy import stats  # late: whoever only reads the catalogues should not wait for it

    width = axis.high - axis.low
    if axis.prior == "log_uniform":
        return np.asarray(axis.low * (axis.high / axis.low) ** quantiles, np.float64)
    if axis.prior == "triangular" and width > 0.0:
        return np.asarray(stats.triang.ppf(quantiles, (axis.mode - axis.low) / width, axis.low, width), np.float64)
    return axis.low + quantiles * width


def range_axis(part: Part, entry: Entry, low: float | None = None, high: float | None = None) -> Axis:
    """An axis over a range: the catalogue's, or a narrower one, by the prior's shape as far as that fits.

    Raises:
        InputError: the parameter is a choice or a yes or no, or has no range.
    """
    if entry.kind in ("choice", "bool"):
        values: tuple[ParameterValue, ...] = entry.choices if entry.choices is not None else (False, True)
        if low is not None or high is not None:
            raise InputError(f'"{entry.path}" has no range; please list its values.', allowed=map(str, values))
        return Axis(part, entry.path, values)
    low = entry.low if low is None else low
    high = entry.high if high is None else high
    if low is None or high is None:
        raise InputError(f'"{entry.path}" has no range of its own; please give low and high.')
    if not low < high:
        raise InputError(f'"{entry.path}" has low = {low} and high = {high}.', allowed="a low end below the high end")
    prior: Prior = entry.prior if isinstance(entry, UncertaintyEntry) else "uniform"
    mode = float(entry.baseline) if isinstance(entry.baseline, int | float) else low
    if (prior == "triangular" and not low <= mode <= high) or (prior == "log_uniform" and low <= 0.0):
        prior = "uniform"
    return Axis(part, entry.path, None, float(low), float(high), prior, mode, entry.kind == "int")


@dataclass(frozen=True, eq=False)
class Design:
    """The points of a sweep.

    Attributes:
        method: how they were found.
        axes: what varies, a column each.
        points: shape (points, axes); see `Axis.value`. NaN: the point leaves this axis as the scenario has it.
        request: what was asked of the method, such as samples and seed: plain values, kept in the manifest.
    """

    method: Method
    axes: tuple[Axis, ...]
    points: Floats
    request: Mapping[str, Any]

    def __len__(self) -> int:
        """How many points there are."""
        return len(self.points)

    def digest(self) -> str:
        """SHA-256 over axes and points."""
        return self._digest

    @cached_property
    def _digest(self) -> str:
        """Asked for several times in a sweep, and seconds of work where the matrix is large."""
        axes = json.dumps([[axis.part, axis.path, axis.values] for axis in self.axes])
        total = hashlib.sha256(axes.encode())
        total.update(np.ascontiguousarray(self.points, "<f8").ravel().data)
        return total.hexdigest()


def make_design(
    method: Method,
    axes: Sequence[Axis],
    *,
    samples: int = 0,
    seed: int = 0,
    second_order: bool = False,
    crossed: bool = False,
) -> Design:
    """The points of a grid or a sample.

    A sample holds no shares of one whole that sum to more than 1; see `points_at`. A grid is taken as it is written; an
    `Experiment` refuses one that holds such a sum.

    Args:
        method: "grid" takes all combinations of listed values, "one_at_a_time" the scenario as it is and each listed value
            alone; the others sample. "sobol" makes `samples` times the number
            of axes plus two points (twice the axes plus two with second order), "morris" `samples` trajectories.
        axes: what varies.
        samples: base samples or trajectories; not for a grid.
        seed: of the sample.
        second_order: Saltelli's larger scheme, for second-order indices.
        crossed: levers take all combinations of their listed values, and each meets every point of the method over the rest.

    Raises:
        InputError: the request cannot be met, or a library is missing.
    """
    request = {
        "method": method,
        "samples": samples,
        "seed": seed,
        "second_order": second_order,
        "crossed": crossed,
        "axes": [axis.column for axis in axes],
    }
    if not crossed:
        if method in ("grid", "one_at_a_time"):
            points = _grid(axes) if method == "grid" else _one_at_a_time(axes)
            return Design(method, tuple(axes), points, request)
        return Design(method, tuple(axes), _sample(method, axes, samples, seed, second_order), request)
    levers = [axis for axis in axes if axis.part == "levers"]
    rest = [axis for axis in axes if axis.part != "levers"]
    if not levers or not rest or method in ("grid", "one_at_a_time"):
        raise InputError(
            "crossed = true takes a grid of levers times a sample of uncertainties.",
            where="[design]",
            allowed="[design.levers] and [design.uncertainties], and a method that samples",
        )
    grid = _grid(levers)
    _check_size(len(grid) * _sample_size(method, len(rest), samples, second_order), len(axes))
    sample = _sample(method, rest, samples, seed, second_order)
    cube = np.empty((len(grid), len(sample), len(axes)))
    cube[:, :, : len(levers)] = grid[:, None]
    cube[:, :, len(levers) :] = sample
    return Design(method, (*levers, *rest), cube.reshape(-1, len(axes)), request)


def listed_design(axes: Sequence[Axis], points: Floats) -> Design:
    """A design of points that somebody wrote down or computed."""
    return Design("list", tuple(axes), points, {"method": "list", "axes": [axis.column for axis in axes]})


def points_at(axes: Sequence[Axis], quantiles: Floats) -> Floats:
    """The points that lie so far through each axis.

    Of two shares of one whole that both vary over ranges, the first takes its range as far as it leaves room for the second,
    and the second what the first leaves of its own: every point is possible, and a quantile of the one says nothing of the
    other's.

    Args:
        axes: a column each.
        quantiles: shape (points, axes), shares of the way in [0, 1]; the points are put in their place.

    Raises:
        InputError: two ranges of shares of one whole hold no pair that sums to at most 1.
    """
    ranged = {axis.column: column for column, axis in enumerate(axes) if axis.values is None}
    pairs = [(ranged[one], ranged[two]) for one, two in SHARES_SUMMING_TO_ONE if one in ranged and two in ranged]
    for first, second in pairs:
        quantiles[:, first] = _leaving_room(axes[first], axes[second]).numbers(quantiles[:, first])
        low, high = axes[second].low, np.minimum(axes[second].high, 1.0 - quantiles[:, first])
        quantiles[:, second] = low + quantiles[:, second] * (high - low)
    shares = {column for pair in pairs for column in pair}
    for column, axis in enumerate(axes):
        if column not in shares:
            quantiles[:, column] = axis.numbers(quantiles[:, column])
    return quantiles


def _leaving_room(first: Axis, second: Axis) -> Axis:
    """The first of two shares of one whole, up to where the smallest value of the second still fits."""
    most = 1.0 - second.low
    if first.low > most:
        raise InputError(
            f"{first.path} from {first.low:g} and {second.path} from {second.low:g} are shares of one whole, "
            "and sum to more than 1 throughout.",
            allowed="ranges in which they can sum to at most 1",
        )
    return replace(first, high=min(first.high, most))


def refuse_contradictions(design: Design, scenario: Scenario) -> None:
    """Refuse points at which shares of one whole sum to more than 1, be they the design's or the scenario's.

    Raises:
        InputError: it names the first such point, and the shares.
    """
    columns = {axis.path: column for column, axis in enumerate(design.axes) if axis.part == "uncertainties"}
    for pair in SHARES_SUMMING_TO_ONE:
        if not any(path in columns for path in pair):
            continue
        shares = {path: np.full(len(design), attrgetter(path)(scenario.uncertainties)) for path in pair}
        for path in pair:
            if path in columns:
                varied = _shares(design.axes[columns[path]], design.points[:, columns[path]])
                shares[path] = np.where(np.isnan(varied), shares[path], varied)
        above = np.flatnonzero(sum(shares.values()) > 1.0 + ROUNDING)
        if len(above):
            held = {path: float(values[above[0]]) for path, values in shares.items()}
            _refuse_point(int(above[0]), {path: 0.0 for each in SHARES_SUMMING_TO_ONE for path in each} | held)


def _refuse_point(number: int, shares: Mapping[str, float]) -> None:
    try:
        refuse_excess(shares)
    except InputError as error:
        raise InputError(
            f"In point {number} {error.message}",
            allowed=f"{error.allowed}; where both vary over a range, a sample keeps to that",
        ) from None


def _shares(axis: Axis, numbers: Floats) -> Floats:
    """An axis's own values where they are numbers, for a look at their sums."""
    if axis.values is None or not all(isinstance(value, float) for value in axis.values):
        return numbers
    return np.asarray([*axis.values, np.nan], np.float64)[np.where(np.isnan(numbers), -1.0, numbers).astype(np.int64)]


def _one_at_a_time(axes: Sequence[Axis]) -> Floats:
    """First the scenario as it is, then each value of each axis alone."""
    _check_listed(axes)
    n_points = 1 + sum(len(axis.values or ()) for axis in axes)
    _check_size(n_points, len(axes))
    points = np.full((n_points, len(axes)), np.nan)
    row = 1
    for column, axis in enumerate(axes):
        for number in range(len(axis.values or ())):
            points[row, column] = number
            row += 1
    return points


def _check_listed(axes: Sequence[Axis]) -> None:
    for axis in axes:
        if axis.values is None:
            raise InputError(
                f'"{axis.path}" is given a range without steps; this method needs values.',
                where="[design]",
                allowed="a list of values, or low, high and steps",
            )


def _grid(axes: Sequence[Axis]) -> Floats:
    """All combinations, the last axis fastest."""
    _check_listed(axes)
    _check_size(math.prod(len(axis.values or ()) for axis in axes), len(axes))
    each = [np.arange(len(axis.values or ()), dtype=np.float64) for axis in axes]
    return np.stack(np.meshgrid(*each, indexing="ij", copy=False), axis=-1).reshape(-1, len(axes))


def require_salib(what: str) -> None:
    """Say how to install SALib where it is missing.

    Args:
        what: needs it: the beginning of the message.

    Raises:
        InputError: it is not installed.
    """
    require("SALib", "sensitivity", f"{what} needs SALib, which is not installed.")


def _sample(method: Method, axes: Sequence[Axis], samples: int, seed: int, second_order: bool) -> Floats:
    """A sample; see `points_at`."""
    n = len(axes)
    _check_size(_sample_size(method, n, samples, second_order), n)
    if method == "latin_hypercube":
        from scipy import stats  # late: whoever only reads the catalogues should not wait for it

        quantiles = stats.qmc.LatinHypercube(n, rng=np.random.default_rng(seed)).random(samples)
    else:
        require_salib(f'The method "{method}"')
        quantiles = (
            morris_quantiles(n, samples, seed)
            if method == "morris"
            else _sobol_quantiles(n, samples, seed, second_order)
        )
    return points_at(axes, np.require(quantiles, np.float64, ["C", "W"]))  # in the quantiles' own memory, as a rule


def _sample_size(method: Method, n_axes: int, samples: int, second_order: bool) -> int:
    """How many points a sample has."""
    factor = {"sobol": 2 * n_axes + 2 if second_order else n_axes + 2, "morris": n_axes + 1}
    return samples * factor.get(method, 1)


def morris_quantiles(n: int, trajectories: int, seed: int) -> Floats:
    """Trajectories through the unit cube of n axes, shape (trajectories * (n + 1), n); each step changes one axis.

    They are drawn at random: among many axes all trajectories lie about equally far apart, so that choosing the most distant
    ones gains nothing.
    """
    from SALib.sample import morris

    return np.asarray(morris.sample(unit_cube(n), trajectories, num_levels=MORRIS_LEVELS, seed=seed), np.float64)


def _sobol_quantiles(n: int, samples: int, seed: int, second_order: bool) -> Floats:
    if samples & (samples - 1):
        raise InputError(f"samples = {samples} breaks the balance of a Sobol sequence.", allowed="a power of two")
    from SALib.sample import sobol

    return np.asarray(sobol.sample(unit_cube(n), samples, calc_second_order=second_order, seed=seed), np.float64)


def unit_cube(n: int) -> dict[str, Any]:
    """The unit cube of n axes, as SALib asks for it."""
    return {"num_vars": n, "names": [f"q{i}" for i in range(n)], "bounds": [[0.0, 1.0]] * n}


def bytes_of(n_points: int, n_axes: int) -> int:
    """What the matrix of so many points takes in memory."""
    return 8 * n_points * n_axes


def _check_size(n_points: int, n_axes: int) -> None:
    """Refuse more points than can be numbered, stored and held.

    Raises:
        InputError: it says how many, and what to do.
    """
    if n_points > MOST_POINTS:
        raise InputError(
            f"The design has {n_points:,} points.",
            where="[design]",
            allowed=f"at most {MOST_POINTS:,}: take fewer values",
        )
    needed = bytes_of(n_points, n_axes)
    if needed > MOST_BYTES:
        raise InputError(
            f"The design has {n_points:,} points of {n_axes:,} parameters, which take {needed / 1e6:,.0f} MB in memory.",
            where="[design]",
            allowed=f"at most {MOST_BYTES / 1e6:,.0f} MB: take fewer samples or values, or let fewer parameters vary "
            "(`ssa-sim screen` says which matter)",
        )
