"""What to run: scenarios, replications and a seed; every run is known before the first one starts."""

import hashlib
import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import Design, refuse_contradictions
from ssa_sim.experiment.ask.outcome_names import known_outcomes, unknown_outcome
from ssa_sim.model.version import MODEL_VERSION
from ssa_sim.scenario.gate import checked_scenario
from ssa_sim.scenario.load import load_scenario
from ssa_sim.scenario.problems import whole_number
from ssa_sim.scenario.schema import Scenario

MonthlyDetail = Literal["summary", "all", "none"]

DEFAULT_REPLICATIONS = 100
DEFAULT_SEED = 2013
MOST_REPLICATIONS = 100_000
LARGEST_SEED = 2**63 - 1


@dataclass(frozen=True)
class NamedScenario:
    """A scenario under the name it has in this experiment's tables."""

    name: str
    scenario: Scenario


@dataclass(frozen=True)
class Precision:
    """Replications until the mean paired difference of one outcome is known well enough: Stein's two stages.

    A first stage of replications gives the variance, and that gives how many are needed in all. See `stopping`.

    Attributes:
        outcome: name of the outcome.
        half_width: half the width that the interval may have, in the outcome's unit.
        scenario: the scenario compared with the first; all others if None.
        maximum: replications at most, whatever the width.
        confidence: of the interval.
    """

    outcome: str
    half_width: float
    scenario: str | None = None
    maximum: int = 10_000
    confidence: float = 0.95


@dataclass(frozen=True)
class Experiment:
    """Scenarios to run on common random numbers, and what to keep of the runs.

    Attributes:
        title: for people.
        scenarios: the first one is what the others are compared with; all cover the same months.
        replications: how many replicates; each is run once a scenario.
        seed: root seed of all draws.
        outcomes: names of the outcomes to keep, in order.
        monthly: keep the mean and quantiles of each month ("summary"), every run's months too ("all"), or
            neither.
        first_replicate: number of the first replicate.
        design: what varies beside the scenarios; None: nothing does. Every scenario is run at every point.
        precision: when enough replications are made; `replications` are then those of the first stage. None: as many as
            `replications` says.

    Raises:
        InputError: what it asks for is contradictory or out of range.
    """

    title: str
    scenarios: tuple[NamedScenario, ...]
    replications: int = DEFAULT_REPLICATIONS
    seed: int = DEFAULT_SEED
    outcomes: tuple[str, ...] = field(default_factory=known_outcomes)
    monthly: MonthlyDetail = "summary"
    first_replicate: int = 0
    design: Design | None = None
    precision: Precision | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be run or compared."""
        numbers = {
            "replications": whole_number("replications", self.replications, 1, MOST_REPLICATIONS),
            "seed": whole_number("seed", self.seed, 0, LARGEST_SEED),
            "first_replicate": whole_number("replicate", self.first_replicate, 0, LARGEST_SEED),
        }
        for name, number in numbers.items():
            object.__setattr__(self, name, number)  # NumPy's numbers as Python's
        if not self.scenarios:
            raise InputError("An experiment needs at least one scenario.")
        for named in self.scenarios:
            checked_scenario(named.scenario)
        if self.monthly not in get_args(MonthlyDetail):
            raise InputError(f"monthly = {self.monthly!r} is unknown.", allowed=get_args(MonthlyDetail))
        _check_outcomes(self.outcomes)
        _check_one_period(self.scenarios)
        if self.precision is not None:
            _check_precision(self, self.precision)
        if self.design is not None:
            for named in self.scenarios:
                refuse_contradictions(self.design, named.scenario)

    @property
    def months(self) -> int:
        """How many months every run covers."""
        return self.scenarios[0].scenario.months

    @property
    def scenario_names(self) -> tuple[str, ...]:
        """The scenarios' names in order."""
        return tuple(named.name for named in self.scenarios)

    @property
    def replicates(self) -> range:
        """The replicates' numbers."""
        return range(self.first_replicate, self.first_replicate + self.replications)

    @property
    def n_points(self) -> int:
        """How many points every scenario is run at; one without a design."""
        return 1 if self.design is None else len(self.design)

    def fields(self) -> dict[str, Any]:
        """Everything that determines the results, by name, as plain values; titles are not in it."""
        return {
            "model_version": MODEL_VERSION,
            "scenarios": [[named.name, named.scenario.identity()] for named in self.scenarios],
            "replications": [self.first_replicate, self.replications],
            "seed": self.seed,
            "outcomes": list(self.outcomes),
            "monthly": self.monthly,
            "design": None if self.design is None else self.design.digest(),
            "precision": None if self.precision is None else asdict(self.precision),
        }

    def identity(self) -> str:
        """Hash of everything that determines the results, the model's version included."""
        return identity_of(self.fields())

    def same_scenarios(self) -> tuple[tuple[str, str], ...]:
        """Pairs of names whose scenarios agree in everything that determines results."""
        first_name: dict[str, str] = {}
        pairs = []
        for named in self.scenarios:
            identity = named.scenario.identity()
            if identity in first_name:
                pairs.append((first_name[identity], named.name))
            first_name.setdefault(identity, named.name)
        return tuple(pairs)


def identity_of(fields: Mapping[str, Any]) -> str:
    """Hash of `Experiment.fields()`, whether they were just made or read from a manifest."""
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def experiment_from_scenarios(
    paths: Sequence[Path],
    *,
    title: str | None = None,
    replications: int = DEFAULT_REPLICATIONS,
    seed: int = DEFAULT_SEED,
    outcomes: Sequence[str] | None = None,
    monthly: MonthlyDetail = "summary",
    first_replicate: int = 0,
    design: Design | None = None,
    precision: Precision | None = None,
) -> Experiment:
    """An experiment over scenario files; each is named after its file.

    Raises:
        InputError: a file is not a scenario, or the scenarios do not go together.
    """
    names = unique_names(paths)
    scenarios = tuple(NamedScenario(name, load_scenario(path)) for name, path in zip(names, paths, strict=True))
    return Experiment(
        title=title if title is not None else " / ".join(names),
        scenarios=scenarios,
        replications=replications,
        seed=seed,
        outcomes=known_outcomes() if outcomes is None else tuple(outcomes),
        monthly=monthly,
        first_replicate=first_replicate,
        design=design,
        precision=precision,
    )


def unique_names(paths: Sequence[Path]) -> list[str]:
    """A name a file: its stem, with the folder before it where stems collide, and a number where that
    collides."""
    stems = Counter(path.stem for path in paths)
    named = [path.stem if stems[path.stem] == 1 else f"{path.resolve().parent.name}/{path.stem}" for path in paths]
    taken: set[str] = set()
    names = []
    for wanted in named:
        name, number = wanted, 2
        while name in taken:
            name, number = f"{wanted}_{number}", number + 1
        taken.add(name)
        names.append(name)
    return names


def _check_outcomes(names: Sequence[str]) -> None:
    if not names:
        raise InputError("An experiment keeps at least one outcome.", allowed=known_outcomes())
    for name in names:
        if name not in known_outcomes():
            raise unknown_outcome(name)
    repeated = [name for name, count in Counter(names).items() if count > 1]
    if repeated:
        raise InputError(f'The outcome "{repeated[0]}" is asked for twice.')


def _check_precision(experiment: Experiment, precision: Precision) -> None:
    where = "[replications]"
    names = experiment.scenario_names
    if experiment.design is not None or len(names) < 2:
        raise InputError(
            "Replications until an interval is narrow enough need a paired difference.",
            where=where,
            allowed="two and more scenarios and no [design]; with a design, give a number of replications",
        )
    _check_outcomes([precision.outcome])
    if precision.outcome not in experiment.outcomes:
        raise InputError(f'The outcome "{precision.outcome}" is not among those kept.', where=where)
    if precision.scenario is not None and precision.scenario not in names[1:]:
        raise InputError(f'There is no scenario "{precision.scenario}" to compare.', where=where, allowed=names[1:])
    if not 0.0 < precision.half_width < math.inf:
        raise InputError(f"half_width = {precision.half_width} is no width.", where=where, allowed="a number above 0")
    whole_number("maximum", precision.maximum, experiment.replications, MOST_REPLICATIONS)
    if experiment.replications < 10:
        raise InputError(
            f"A first stage of {experiment.replications} replications tells too little of the variance.",
            where=where,
            allowed="first = 10 and more",
        )
    if not 0.5 <= precision.confidence < 1.0:
        raise InputError(f"confidence = {precision.confidence}", where=where, allowed="0.5 to below 1")


def _check_one_period(scenarios: Sequence[NamedScenario]) -> None:
    first = scenarios[0]
    for other in scenarios[1:]:
        if other.scenario.month_starts() != first.scenario.month_starts():
            raise InputError(
                f"The scenarios '{first.name}' ({_period(first)}) and '{other.name}' ({_period(other)}) "
                "cover different months, so their outcomes cannot be compared.",
                allowed="the same [period] in every scenario of an experiment",
            )


def _period(named: NamedScenario) -> str:
    months = named.scenario.month_starts()
    return f"{months[0]:%Y-%m} to {months[-1]:%Y-%m}"
