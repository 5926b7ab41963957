"""The Mesa driver: the same run as `simulate`, agent by agent, to look at, to interrupt and to extend.

Every agent sees its record in the model's world and follows the same compiled rules in the same order, so both drivers give
the same numbers to the last bit. Each step of the schedule (`month.STEPS`) is a method of its kind of agent, with the rule's
name and docstring. A model that is deep-copied or pickled goes on as the original would: a run can be branched
in two. To change how one kind of actor behaves, subclass its agent, override the method named after the rule, and hand the
class to `SsaModel`:

    class LoyalUnit(Unit):
        def move_away(self) -> None:
            "Nobody leaves this unit for another."

    model = SsaModel(scenario, seed=1, agents={"unit": LoyalUnit})
"""

import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

import mesa
import numpy as np
import pandas as pd
from mesa.agent import AgentSet

from ssa_sim.catalogue.entries import ParameterValue
from ssa_sim.errors import InputError
from ssa_sim.model.driver import STEP_NUMBERS, step_taker
from ssa_sim.model.history import monthly_table
from ssa_sim.model.month import PHASES, STEPS, ActorKind, Step, record_outcomes
from ssa_sim.model.noise import Noise
from ssa_sim.model.parameters import field_name, number_of
from ssa_sim.model.start import new_world, noise_for
from ssa_sim.scenario.gate import checked_scenario
from ssa_sim.scenario.problems import nearest, whole_seed
from ssa_sim.scenario.schema import Scenario
from ssa_sim.scenario.tables import LEVERS, checked_overrides


class Actor(mesa.Agent):
    """What all agents share: a record of their own, and their draws of each month.

    Both are looked up in the model's world and never held, so that a copy of the model has agents that act on the copy.

    Attributes:
        kind: which kind of actor it is.
        index: its number among those of its kind, from 0.
    """

    model: "SsaModel"
    kind: ClassVar[ActorKind]

    def __init__(self, model: "SsaModel", index: int) -> None:
        super().__init__(model)
        self.index = index

    @property
    def record(self) -> Any:
        """The agent's record, to read and to write."""
        return self.model.records(self.kind)[self.index]

    @property
    def draws(self) -> Any:
        """The agent's random numbers of the current month, by stream; before the first, of the first."""
        draws = getattr(self.model.world, f"{self.kind}_draws")
        return draws[max(self.model.month, 0), self.index]


class Zone(Actor):
    """North, Centre or South."""

    kind = "zone"


class Host(Actor):
    """The ministry of defence and the general staff."""

    kind = "host"


class TrainingTeam(Actor):
    """The training mission, under the contingent of the day."""

    kind = "mission"


class Donor(Actor):
    """A partner that may come, propose projects, and leave."""

    kind = "donor"


class Battalion(Actor):
    """Four companies that are called to a course together."""

    kind = "battalion"


class Unit(Actor):
    """A company of the army."""

    kind = "unit"


AGENTS: Mapping[ActorKind, type[Actor]] = {
    "zone": Zone,
    "host": Host,
    "mission": TrainingTeam,
    "donor": Donor,
    "battalion": Battalion,
    "unit": Unit,
}


def _method_of(step: Step) -> Callable[[Actor], None]:
    """An agent's method that takes one step of the schedule on the agent's own record, with the rule's name and docstring."""
    number = STEP_NUMBERS[step.name]

    def follow(self: Actor) -> None:
        model = self.model
        model.take_step(model.world, model.month, number, self.index)

    follow.__name__ = step.name
    follow.__qualname__ = f"{AGENTS[step.actor].__name__}.{step.name}"
    follow.__doc__ = step.rule.__doc__
    return follow


for _step in STEPS:
    setattr(AGENTS[_step.actor], _step.name, _method_of(_step))

_LARGEST_ROOT = 2**63 - 1

RandomSource = int | Sequence[int] | np.random.SeedSequence | np.random.BitGenerator | np.random.Generator
"""What Mesa takes for `rng`."""


class SsaModel(mesa.Model):
    """One run of a scenario, month by month.

    Args:
        scenario: what to run.
        seed: root seed of the draws, a whole number from 0. Without one, or with None, every model draws another seed.
        replicate: which replicate of the draws.
        agents: agent classes to use instead of this module's, by kind of actor.
        noise: draws already at hand, such as those of another model beside this one.
        rng: Mesa's newer name for `seed`: a whole number is the root seed, from anything else one is drawn.

    Attributes:
        ssa_scenario: what is run (`scenario` is a name of Mesa's own).
        root_seed: root seed of the draws; with it the same run can be made again.
        replicate: which replicate of them.
        world: all records (`ssa_sim.model.state.World`).
        month: the current month, from 0; -1 before the first.
        running: False once the period is over.

    Raises:
        InputError: it is no scenario, or holds a value that is not allowed; the seed or replicate is no whole number from 0,
            or seed and rng are both given; there is no such kind of agent, or its class is none of that kind.
    """

    running: bool

    def __init__(
        self,
        scenario: Scenario,
        seed: int | None = None,
        replicate: int = 0,
        agents: Mapping[ActorKind, type[Actor]] | None = None,
        noise: Noise | None = None,
        rng: RandomSource | None = None,
    ) -> None:
        self.ssa_scenario = checked_scenario(scenario)
        self.root_seed, self.replicate = whole_seed(_root_seed(seed, rng), replicate)
        classes = {**AGENTS, **_checked_agents(agents or {})}
        super().__init__(rng=self.root_seed)
        self.noise = noise or noise_for(scenario, seed=self.root_seed, replicate=self.replicate)
        self.world = new_world(scenario, self.noise)
        self.month = -1
        self.take_step = step_taker(self.world)
        self.actors: dict[ActorKind, AgentSet[Any]] = {
            kind: AgentSet([agent(self, index) for index in range(len(self.records(kind)))], random=self.random)
            for kind, agent in classes.items()
        }

    def __getstate__(self) -> dict[str, Any]:
        """What a copy is made of: everything but the compiled step, which cannot be pickled."""
        return {name: value for name, value in self.__dict__.items() if name != "take_step"}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        """Become a copy."""
        self.__dict__.update(state)
        self.take_step = step_taker(self.world)

    def __copy__(self) -> "SsaModel":
        """A copy of its own: two models cannot share one world."""
        return copy.deepcopy(self)

    @property
    def nation(self) -> Any:
        """The record of what belongs to the whole country."""
        return self.world.nation[0]

    @property
    def parameters(self) -> Any:
        """The record of uncertainties, mechanisms and structures."""
        return self.world.parameters[0]

    @property
    def levers(self) -> Any:
        """The record of the levers in force this month; before the first, of those that the first opens with."""
        return self.world.levers[max(self.month, 0)]

    def records(self, kind: ActorKind) -> Any:
        """The records of all actors of a kind, in order."""
        if kind == "zone":
            return self.nation.zones
        if kind in ("host", "mission"):
            return [getattr(self.nation, kind)]
        return getattr(self.world, f"{kind}s")

    def step(self) -> None:
        """One month: every phase of the schedule, in order; nothing once the period is over."""
        if self.month + 1 >= len(self.world.history):
            self.running = False
            return
        self.month += 1
        for phase in PHASES:
            for step in phase.steps:
                self._take(step)
        record_outcomes(self.world.history[self.month], self.nation, self.levers)
        self.running = self.month + 1 < len(self.world.history)

    def _take(self, step: Step) -> None:
        actors = self.actors[step.actor]
        if step.in_turn:
            order = getattr(self.world, f"{step.actor}_order")[self.month]
            turn = {int(actor): place for place, actor in enumerate(order)}
            actors = actors.sort(lambda agent: turn[agent.index], ascending=True)
        actors.do(step.name)

    def run_to_end(self) -> None:
        """Every month that is left."""
        while self.running:
            self.step()

    def set_lever(self, path: str, value: ParameterValue) -> None:
        """Set a lever from the next month on; later dated changes of the scenario are overruled.

        Raises:
            InputError: no such lever, or a value that it does not allow.
        """
        entries = LEVERS.entries()
        for name, number in checked_overrides(LEVERS, {path: value}).items():
            self.world.levers[field_name(name)][self.month + 1 :] = number_of(entries[name], number)

    @property
    def monthly(self) -> pd.DataFrame:
        """What was measured so far: `month` and a column for each outcome, a row a month.

        Before the first step there is one row without values, of the month to come, so that what is collected from the last
        row can be collected at the start.
        """
        return monthly_table(self.ssa_scenario, self.world.history).iloc[: max(self.month, 0) + 1]


def _root_seed(seed: int | None, rng: RandomSource | None) -> object:
    """What the draws follow from; drawn where nothing was given, or something that is no number."""
    if seed is not None and rng is not None:
        raise InputError("Both seed and rng are given.", allowed="one of the two")
    given = rng if seed is None else seed
    sources = (Sequence, np.random.SeedSequence, np.random.BitGenerator, np.random.Generator)
    if given is None or (isinstance(given, sources) and not isinstance(given, str)):
        return np.random.default_rng(given).integers(_LARGEST_ROOT)
    return given


def _checked_agents(agents: Mapping[ActorKind, type[Actor]]) -> Mapping[ActorKind, type[Actor]]:
    """The agent classes that a caller brings.

    Raises:
        InputError: there is no such kind, or a class is none of that kind.
    """
    for kind, agent in agents.items():
        if kind not in AGENTS:
            near = nearest(str(kind), AGENTS)
            hint = f' Did you mean "{near}"?' if near else ""
            raise InputError(f"There is no kind of agent {kind!r}.{hint}", allowed=AGENTS)
        if not (isinstance(agent, type) and issubclass(agent, AGENTS[kind])):
            raise InputError(
                f'The agents of the kind "{kind}" cannot be {getattr(agent, "__name__", repr(agent))}.',
                allowed=f"{AGENTS[kind].__name__}, or a class derived from it",
            )
    return agents
