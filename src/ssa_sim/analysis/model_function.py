"""The model as a function from numbers to outcomes, for other people's samplers, optimisers and workbenches.

What is varied is named by the catalogue's paths. Every call runs the same replicates with the same draws (common random
numbers), so that a difference between two calls is what the values do; this makes the function deterministic, and as smooth
as a model of whole soldiers can be.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ssa_sim.catalogue.entries import Entry, ParameterValue, lever_catalogue, uncertainty_catalogue
from ssa_sim.catalogue.groups import plain
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.outcome_names import known_outcomes, unknown_outcome
from ssa_sim.model.driver import run_months
from ssa_sim.model.history import summarise
from ssa_sim.model.noise import Noise
from ssa_sim.model.start import noise_for
from ssa_sim.model.variants import variant_world
from ssa_sim.scenario.gate import checked_scenario
from ssa_sim.scenario.problems import did_you_mean, nearest, whole_number, whole_seed
from ssa_sim.scenario.schema import Scenario
from ssa_sim.scenario.tables import LEVERS, RENAMED, UNCERTAINTIES, checked_overrides

Floats = npt.NDArray[np.float64]


class ModelFunction:
    """A scenario with some parameters left open.

    Call it with the parameters by name, `f(**{"training.course_weeks": 24.0})`, or with one sequence of numbers in the order
    of `paths`, `f([24.0])`. It returns the mean of each outcome over the replicates, by name; NaN where no replicate defines
    it. A parameter that a call does not name stays as the scenario has it.

    Args:
        scenario: gives everything else.
        paths: dotted names of levers and uncertainties.
        outcomes: names of the outcomes to return; by default all.
        replications: replicates that each call runs.
        seed: root seed of the draws.
        first_replicate: number of the first replicate; another one tests on draws that an optimiser has not seen.

    Attributes:
        entries: the parameters' entries in the catalogue, in the order of `paths`: kind, unit, range, choices, labels.

    Raises:
        InputError: a parameter or an outcome is not known or named twice, or a number is out of range.
    """

    def __init__(
        self,
        scenario: Scenario,
        paths: Sequence[str],
        *,
        outcomes: Sequence[str] | None = None,
        replications: int = 1,
        seed: int = 2013,
        first_replicate: int = 0,
    ) -> None:
        self.scenario = checked_scenario(scenario)
        replications = whole_number("replications", replications, 1, 10_000)
        self.seed, first_replicate = whole_seed(seed, first_replicate)
        self.entries = _entries(paths)
        self.paths = tuple(paths)
        self.outcomes = known_outcomes() if outcomes is None else tuple(outcomes)
        for name in self.outcomes:
            if name not in known_outcomes():
                raise unknown_outcome(name)
        self.replicates = range(first_replicate, first_replicate + replications)
        self._noises: list[Noise] = []

    @property
    def bounds(self) -> list[tuple[float, float]]:
        """The range of each parameter, as SciPy's optimisers ask for it.

        Raises:
            InputError: a parameter is a choice, or yes or no, and has no range.
        """
        for entry in self.entries:
            if entry.low is None or entry.high is None:
                raise InputError(f'"{entry.path}" has no range.', allowed="a lever or uncertainty that is a number")
        return [(float(entry.low or 0.0), float(entry.high or 0.0)) for entry in self.entries]

    @property
    def problem(self) -> dict[str, Any]:
        """The parameters as a SALib problem, uniform over their ranges; errors as for `bounds`."""
        bounds = [list(pair) for pair in self.bounds]
        return {"num_vars": len(self.paths), "names": list(self.paths), "bounds": bounds}

    def __call__(self, values: Sequence[float] | Floats | None = None, /, **named: ParameterValue) -> dict[str, float]:
        """The mean of each outcome over the replicates.

        Args:
            values: a number a parameter, in the order of `paths`.
            named: or the parameters by name. A number given for a whole number is rounded.

        Raises:
            InputError: a parameter is not one of `paths`, a value is not allowed, or shares of one whole sum to more than 1.
        """
        if values is not None:
            given = np.asarray(values, object)
            if given.shape != (len(self.paths),) or named:
                raise InputError(f"{len(self.paths)} numbers are needed, one for each of {', '.join(self.paths)}.")
            named = dict(zip(self.paths, given.tolist(), strict=True))
        levers, uncertainties = self._sorted(named)
        scenario = self.scenario.with_levers(levers) if levers else self.scenario
        runs = []
        for noise in self._draws():
            world = variant_world(scenario, noise, uncertainties)
            run_months(world, 0, scenario.months)
            runs.append(summarise(world.history))
        return {name: _mean([run[name] for run in runs]) for name in self.outcomes}

    def table(self, points: npt.ArrayLike) -> Floats:
        """The outcomes at many points: shape (points, parameters) in, (points, outcomes) out."""
        rows = np.atleast_2d(np.asarray(points, np.float64))
        return np.array([[*self(row).values()] for row in rows], np.float64).reshape(len(rows), len(self.outcomes))

    def _sorted(self, named: Mapping[str, ParameterValue]) -> tuple[dict[str, ParameterValue], dict[str, float]]:
        """Levers and uncertainties apart, each as a scenario file would have it checked."""
        known = dict(zip(self.paths, self.entries, strict=True))
        unknown = [path for path in named if path not in known]
        if unknown:
            raise InputError(f'"{unknown[0]}" is not varied here.', allowed=self.paths)
        levers = {path: _as_kind(known[path], value) for path, value in named.items() if path in LEVERS.entries()}
        rest = {path: value for path, value in named.items() if path not in levers}
        uncertainties = {path: float(value) for path, value in checked_overrides(UNCERTAINTIES, rest).items()}
        return checked_overrides(LEVERS, levers), uncertainties

    def _draws(self) -> list[Noise]:
        """The replicates' draws, made on the first call."""
        if not self._noises:
            self._noises = [noise_for(self.scenario, seed=self.seed, replicate=number) for number in self.replicates]
        return self._noises

    def __getstate__(self) -> dict[str, Any]:
        """What goes to another process: everything but the draws, which are made anew there."""
        return {**self.__dict__, "_noises": []}


def _entries(paths: Sequence[str]) -> tuple[Entry, ...]:
    known: dict[str, Entry] = {entry.path: entry for entry in (*lever_catalogue(), *uncertainty_catalogue())}
    for path in paths:
        if path not in known:
            hint = did_you_mean(nearest(path, known))
            if path in RENAMED:
                hint = f' It is called "{RENAMED[path]}" now.'
            raise InputError(f'There is no lever or uncertainty "{path}".{hint}')
        if list(paths).count(path) > 1:
            raise InputError(f'"{path}" is named twice.')
    if not paths:
        raise InputError("A function needs at least one parameter.")
    return tuple(known[path] for path in paths)


def _as_kind(entry: Entry, value: ParameterValue) -> ParameterValue:
    """A number for a whole number rounded, if it lies in the range as it is; everything else as it is."""
    number: ParameterValue = plain(value)
    if entry.kind != "int" or not isinstance(number, float) or entry.allowed_low is None or entry.allowed_high is None:
        return number
    return round(number) if entry.allowed_low <= number <= entry.allowed_high else number


def _mean(values: Sequence[float]) -> float:
    defined = [value for value in values if value == value]
    return sum(defined) / len(defined) if defined else float("nan")
