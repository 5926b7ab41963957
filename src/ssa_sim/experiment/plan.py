"""What to run: scenarios, replications and a seed; every run is known before the first one starts."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from ssa_sim.errors import InputError
from ssa_sim.model.outcomes import OUTCOMES
from ssa_sim.model.version import MODEL_VERSION
from ssa_sim.scenario.load import load_scenario
from ssa_sim.scenario.paths import nearest
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
class PlannedRun:
    """One run to be made: a scenario in one replicate.

    Attributes:
        run_id: hash of everything that determines the run's result; the same run has the same id everywhere.
        scenario: the scenario's name in the experiment.
        replicate: which replicate; replicates share no draws.
        seed: the experiment's root seed.
    """

    run_id: str
    scenario: str
    replicate: int
    seed: int


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

    Raises:
        InputError: what it asks for is contradictory or out of range.
    """

    title: str
    scenarios: tuple[NamedScenario, ...]
    replications: int = DEFAULT_REPLICATIONS
    seed: int = DEFAULT_SEED
    outcomes: tuple[str, ...] = field(default_factory=lambda: known_outcomes())
    monthly: MonthlyDetail = "summary"
    first_replicate: int = 0

    def __post_init__(self) -> None:
        """Refuse what cannot be run or compared."""
        check_whole("replications", self.replications, 1, MOST_REPLICATIONS)
        check_whole("seed", self.seed, 0, LARGEST_SEED)
        check_whole("replicate", self.first_replicate, 0, LARGEST_SEED)
        if not self.scenarios:
            raise InputError("An experiment needs at least one scenario.")
        if self.monthly not in get_args(MonthlyDetail):
            raise InputError(f"monthly = {self.monthly!r} is unknown.", allowed=get_args(MonthlyDetail))
        _check_outcomes(self.outcomes)
        _check_one_period(self.scenarios)

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

    def runs(self) -> tuple[PlannedRun, ...]:
        """All runs, replicate by replicate and scenario by scenario within each: any beginning is
        balanced."""
        identities = [(named.name, named.scenario.identity()) for named in self.scenarios]
        return tuple(
            PlannedRun(run_id(identity, replicate, self.seed, self.months), name, replicate, self.seed)
            for replicate in self.replicates
            for name, identity in identities
        )

    def identity(self) -> str:
        """Hash of everything that determines the results, the model's version included; titles are not in
        it."""
        return _hash(
            {
                "model": MODEL_VERSION,
                "scenarios": [[named.name, named.scenario.identity()] for named in self.scenarios],
                "replicates": [self.first_replicate, self.replications],
                "seed": self.seed,
                "outcomes": self.outcomes,
                "monthly": self.monthly,
            }
        )

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


def run_id(scenario_identity: str, replicate: int, seed: int, months: int) -> str:
    """The identity of one run: 16 hexadecimal digits from scenario, replicate, seed, horizon and model
    version."""
    return _hash([scenario_identity, replicate, seed, months, MODEL_VERSION])[:16]


def experiment_from_scenarios(
    paths: Sequence[Path],
    *,
    title: str | None = None,
    replications: int = DEFAULT_REPLICATIONS,
    seed: int = DEFAULT_SEED,
    outcomes: Sequence[str] | None = None,
    monthly: MonthlyDetail = "summary",
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


def known_outcomes() -> tuple[str, ...]:
    """The names of all outcomes that the model records."""
    return tuple(outcome.name for outcome in OUTCOMES)


def _check_outcomes(names: Sequence[str]) -> None:
    if not names:
        raise InputError("An experiment keeps at least one outcome.", allowed=known_outcomes())
    for name in names:
        if name not in known_outcomes():
            near = nearest(name, known_outcomes())
            hint = f' Did you mean "{near}"?' if near else ""
            raise InputError(f'There is no outcome "{name}".{hint}', allowed="what `ssa-sim outcomes` lists")
    repeated = [name for name, count in Counter(names).items() if count > 1]
    if repeated:
        raise InputError(f'The outcome "{repeated[0]}" is asked for twice.')


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


def check_whole(name: str, value: object, low: int, high: int) -> None:
    """Refuse anything but a whole number in a range.

    Raises:
        InputError: it is none, or lies outside.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise InputError(f"{name} = {value!r} cannot be used.", allowed=f"a whole number from {low} to {high}")


def _hash(content: Mapping[str, object] | Sequence[object]) -> str:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
