"""A session: two worlds on the same draws, advanced in step, steered by a room and replayed from its timeline.

Nothing is kept of the past but the timeline (`ssa_sim.workshop.timeline`): a run takes some milliseconds, so that to go back
is to run again, and what is played again gives the same bits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ssa_sim.catalogue.entries import ParameterValue
from ssa_sim.model.simulate import simulate_replicate
from ssa_sim.model.start import noise_for
from ssa_sim.scenario.schema import Scenario
from ssa_sim.scenario.tables import LEVERS, checked_overrides
from ssa_sim.workshop.injects import Inject
from ssa_sim.workshop.live_world import LiveWorld
from ssa_sim.workshop.refusals import RefusedError
from ssa_sim.workshop.timeline import Choice, Kind, Reason, by_date, levers_by_month, played

MOST_UNIT_MONTHS = 200 * 240
"""Units times months of a scenario to be played: beyond, a month is no longer drawn in a blink."""


@dataclass(frozen=True)
class Memory:
    """All that a session needs to come back as it was.

    Attributes:
        base: the scenario that both worlds begin with.
        seed: root seed of the draws.
        replicate: which replicate of them.
        choices: what was decided, in the order in which it was.
        month: how many months have been played.
        budget: what the room may spend more than the other world by the end, in million EUR; None: no limit.
    """

    base: Scenario
    seed: int
    replicate: int
    choices: tuple[Choice, ...] = ()
    month: int = 0
    budget: float | None = None


class Session:
    """Two worlds side by side.

    Attributes:
        base: the scenario that both begin with.
        seed: root seed of the draws.
        replicate: which replicate of them.
        choices: what was decided so far, in the order in which it was; some may lie ahead after going back.
        budget: what the room may spend more than the other world by the end, in million EUR; None: no limit.
        comparison: the world without the room's policy, but with what befalls both.
        policy: the room's world.
    """

    def __init__(self, base: Scenario, *, seed: int = 2013, replicate: int = 0) -> None:
        """Two worlds before their first month.

        Raises:
            RefusedError: the scenario is too large to be played.
        """
        if base.size.units * base.months > MOST_UNIT_MONTHS:
            raise RefusedError("too_large", units=base.size.units, months=base.months)
        self.base = base
        self.seed = seed
        self.replicate = replicate
        self.choices: tuple[Choice, ...] = ()
        self.budget: float | None = None
        self._noise = noise_for(base, seed=seed, replicate=replicate)
        self._begin()

    @classmethod
    def recalled(cls, memory: Memory) -> "Session":
        """The session that a memory is of."""
        session = cls(memory.base, seed=memory.seed, replicate=memory.replicate)
        session.choices = memory.choices
        session.budget = memory.budget
        session.go_to(memory.month)
        return session

    @property
    def memory(self) -> Memory:
        """What to keep to come back to this."""
        return Memory(self.base, self.seed, self.replicate, self.choices, self.month, self.budget)

    @property
    def month(self) -> int:
        """How many months have been played; also the position of the next one."""
        return self.policy.month

    @property
    def months(self) -> int:
        """How many months the period has."""
        return self.base.months

    @property
    def is_over(self) -> bool:
        """Whether the period is over."""
        return self.month >= self.months

    @property
    def worlds(self) -> tuple[LiveWorld, LiveWorld]:
        """The world compared with, and the room's."""
        return self.comparison, self.policy

    def month_start(self, month: int) -> date:
        """First day of a month of the period; that of the last one if the period is over."""
        return self.base.month_starts()[min(month, self.months - 1)]

    def step(self) -> bool:
        """One month in both worlds; False if the period was over already."""
        if self.is_over:
            return False
        for world in self.worlds:
            world.advance()
        return True

    def go_to(self, month: int) -> None:
        """Stand at the end of so many months, back or ahead; choices dated later stay in the timeline."""
        month = max(0, min(month, self.months))
        if month < self.month or self.month == 0:
            self._begin()
        while self.month < month:
            self.step()

    def reset(self) -> None:
        """Back to before the first month; every setting, choice and the budget stay."""
        self.go_to(0)

    def forget_choices(self) -> None:
        """Back to before the first month without any choice; the budget stays."""
        self.choices = ()
        self.go_to(0)

    def levers_in_force(self, month: int | None = None) -> Mapping[str, ParameterValue]:
        """What the room's levers are in a month; by default in the next to be played."""
        at = self.month if month is None else month
        return levers_by_month(self.base, self.choices)[min(at, self.months - 1)]

    def set_lever(self, path: str, value: ParameterValue) -> None:
        """Set a lever from the next month on, until it is set again; arguments and errors as for `decide`."""
        self.decide({path: value})

    def decide(self, values: Mapping[str, ParameterValue], *, kind: Kind = "lever", name: str = "") -> None:
        """Set levers from the next month on.

        Args:
            values: from a lever's path to its value.
            kind: a lever moved by hand, or a package taken over.
            name: of the package.

        Raises:
            RefusedError: the period is over, or it would cost more than the trainer allows; nothing is changed.
            InputError: there is no such lever, or a value is not allowed.
        """
        self._refuse_at_the_end()
        choice = Choice(self.month, tuple(checked_overrides(LEVERS, values).items()), kind, name)
        choices = (*self._without_moves_of(choice), choice)
        self._check_budget(choices)
        self._adopt(choices)

    def play(self, inject: Inject, *, in_both: bool = True) -> Choice:
        """Let others do something in the next month, in both worlds or in the room's alone; no budget forbids it.

        Raises:
            RefusedError: the period is over, or the inject cannot be played.
        """
        self._refuse_at_the_end()
        choice = inject.choice(self.month, self.policy.world, dict(self.levers_in_force()), in_both=in_both)
        self._adopt((*self.choices, choice))
        return choice

    def take_back(self, choice: Choice) -> None:
        """Undo a choice; months already played under it are played again without it."""
        choices = list(self.choices)
        choices.remove(choice)
        self._adopt(tuple(choices), replay=choice.month < self.month)

    def scenarios(self, why: Reason | None = None) -> tuple[Scenario, Scenario]:
        """What the two worlds follow over the whole period, each as one scenario; `why` gives reasons in words."""
        return self._scenarios_of(self.choices, why)

    def extra_spending(self) -> float:
        """What the room's world has spent more than the other so far, in million EUR."""
        if not self.month:
            return 0.0
        spent = [float(world.history["total_spent"][-1]) for world in self.worlds]
        return spent[1] - spent[0]

    def extra_spending_at_the_end(self, choices: Sequence[Choice] | None = None) -> float:
        """What these choices, by default those made, cost by the end on this session's draws, in million EUR."""
        scenarios = self._scenarios_of(self.choices if choices is None else choices)
        histories = simulate_replicate(scenarios, seed=self.seed, replicate=self.replicate)
        spent = [float(history["total_spent"][-1]) for history in histories]
        return spent[1] - spent[0]

    def _begin(self) -> None:
        self.comparison, self.policy = (LiveWorld(scenario, self._noise) for scenario in self.scenarios())

    def _scenarios_of(self, choices: Sequence[Choice], why: Reason | None = None) -> tuple[Scenario, Scenario]:
        words = () if why is None else (why,)
        shared = [choice for choice in choices if choice.in_both]
        return played(self.base, shared, *words), played(self.base, choices, *words)

    def _adopt(self, choices: tuple[Choice, ...], *, replay: bool = False) -> None:
        """Go on with these choices, which agree with those so far on the months played unless they are to be replayed."""
        scenarios = self._scenarios_of(choices)
        month = self.month
        self.choices = choices
        if replay or month == 0:
            self._begin()
            self.go_to(month)
            return
        for world, scenario in zip(self.worlds, scenarios, strict=True):
            world.steer(scenario)

    def _without_moves_of(self, choice: Choice) -> tuple[Choice, ...]:
        """The choices so far, less those by hand of the same levers in the same month, which the new one replaces."""
        moved = {lever for lever, _ in choice.values}
        return tuple(
            one
            for one in self.choices
            if not (one.month == choice.month and one.kind == "lever" and {lever for lever, _ in one.values} <= moved)
        )

    def _check_budget(self, choices: Sequence[Choice]) -> None:
        if self.budget is None:
            return
        extra = self.extra_spending_at_the_end(choices)
        if extra > self.budget and extra > self.extra_spending_at_the_end():
            raise RefusedError("over_budget", extra=extra, budget=self.budget)

    def _refuse_at_the_end(self) -> None:
        if self.is_over:
            raise RefusedError("period_over")


def log_of(session: Session) -> list[Choice]:
    """The choices by date, those made last in a month last."""
    return by_date(session.choices)
