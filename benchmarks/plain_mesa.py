"""The same rules as an ordinary Mesa model has them: plain Python methods of agents with plain attributes.

Nothing here is compiled, so that this runs in a process of its own, with Numba switched off. It is asked for one run at a
time, on standard input, and answers with the seconds that the months took: runs take turns with those of the parent.
"""

import gc
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from types import SimpleNamespace
from typing import Any, get_args

import mesa
import numpy as np
from mesa.agent import AgentSet

from ssa_sim.model.history import HISTORY
from ssa_sim.model.month import STEPS, ActorKind, Step, record_outcomes
from ssa_sim.model.start import new_world, noise_for
from ssa_sim.model.state import World
from ssa_sim.scenario.load import load_scenario


class Row(list[Any]):
    """A list that knows its length in NumPy's way too."""

    @property
    def shape(self) -> tuple[int]:
        return (len(self),)


class Table(Row):
    """A list of lists that takes several indices at once, as NumPy does."""

    def __getitem__(self, place: Any) -> Any:
        if not isinstance(place, tuple):
            return super().__getitem__(place)
        found = self
        for index in place:
            found = found[index]
        return found

    def __setitem__(self, place: Any, value: Any) -> None:
        if isinstance(place, tuple):
            self[place[:-1]][place[-1]] = value
        else:
            super().__setitem__(place, value)


class Nation(SimpleNamespace):
    """What all agents share. A tally begins as a copy of the empty one."""

    blank: dict[str, Any]

    @property
    def empty_tally(self) -> SimpleNamespace:
        return SimpleNamespace(**deepcopy(self.blank))


def plain(value: Any) -> Any:
    """A record, an array or a number as ordinary Python objects."""
    if isinstance(value, np.void):
        return SimpleNamespace(**fields(value))
    if isinstance(value, np.ndarray) and value.ndim > 1:
        return Table(plain(part) for part in value)
    if isinstance(value, np.ndarray):
        return Row(plain(element) for element in value)
    return value.item()


def fields(record: Any) -> dict[str, Any]:
    """A record's fields as ordinary Python objects."""
    return {name: plain(record[name]) for name in record.dtype.names}


class Actor(mesa.Agent):
    """An agent whose attributes are the fields of its record."""

    model: "PlainModel"

    def __init__(self, model: "PlainModel", record: Any, draws: Any) -> None:
        super().__init__(model)
        self.__dict__.update(fields(record))
        self.draws = [plain(month) for month in draws]


def behaviour(step: Step) -> Callable[[Actor], None]:
    """An agent's method: the rule on the agent itself."""
    rule = step.rule

    def follow(self: Actor) -> None:
        model = self.model
        month = model.month
        rule(self, model.nation, model.levers[month], model.parameters, self.draws[month])

    def follow_with_units(self: Actor) -> None:
        model = self.model
        month = model.month
        rule(self, model.units, model.nation, model.levers[month], model.parameters, self.draws[month])

    return follow_with_units if step.actor in ("donor", "battalion") else follow


AGENTS: dict[ActorKind, type[Actor]] = {
    kind: type(kind.title(), (Actor,), {step.name: behaviour(step) for step in STEPS if step.actor == kind})
    for kind in get_args(ActorKind)
}


class PlainModel(mesa.Model):
    """One run, month by month, in plain Python."""

    def __init__(self, world: World) -> None:
        super().__init__(seed=0)
        nation = world.nation[0]
        shared = {"empty_tally", "zones", "host", "mission"}
        self.nation = Nation(**{name: plain(nation[name]) for name in nation.dtype.names if name not in shared})
        self.nation.blank = vars(plain(nation["empty_tally"]))
        self.levers = Row(plain(month) for month in world.levers)
        self.parameters = plain(world.parameters[0])
        rows: dict[ActorKind, tuple[Any, Any]] = {
            "zone": (nation["zones"], world.zone_draws),
            "host": ([nation["host"]], world.host_draws),
            "mission": ([nation["mission"]], world.mission_draws),
            "donor": (world.donors, world.donor_draws),
            "battalion": (world.battalions, world.battalion_draws),
            "unit": (world.units, world.unit_draws),
        }
        agents = {
            kind: Row(AGENTS[kind](self, record, draws[:, i]) for i, record in enumerate(records))
            for kind, (records, draws) in rows.items()
        }
        self.units, self.nation.zones = agents["unit"], agents["zone"]
        (self.nation.host,), (self.nation.mission,) = agents["host"], agents["mission"]
        self.actors = {kind: AgentSet(several, random=self.random) for kind, several in agents.items()}
        self.places = {
            kind: [{agents[kind][actor]: place for place, actor in enumerate(month)} for month in order]
            for kind, order in (
                ("unit", world.unit_order),
                ("battalion", world.battalion_order),
                ("donor", world.donor_order),
            )
        }
        self.month = -1
        self.history: list[SimpleNamespace] = []

    def step(self) -> None:
        """One month."""
        self.month += 1
        for step in STEPS:
            actors = self.actors[step.actor]
            if step.in_turn:
                actors = actors.sort(self.places[step.actor][self.month].__getitem__, ascending=True)
            actors.do(step.name)
        self.history.append(SimpleNamespace())
        record_outcomes(self.history[-1], self.nation, self.levers[self.month])

    def run_to_end(self) -> None:
        """Every month."""
        while self.month + 1 < len(self.levers):
            self.step()


def digest(history: np.ndarray) -> str:
    """What two equal histories share."""
    return hashlib.sha256(history.tobytes()).hexdigest()


@contextmanager
def plain_runs(scenario_file: str) -> Iterator[tuple[str, Callable[[], float]]]:
    """A process with Numba switched off: the digest of a run's history, and a function that runs it again.

    The function returns the seconds of processor time that the months took.
    """
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    command = [sys.executable, __file__, scenario_file]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        questions, answers = process.stdin, process.stdout

        def run() -> float:
            print(file=questions, flush=True)
            return float(answers.readline())

        try:
            yield answers.readline().strip(), run
        finally:
            questions.close()


def main() -> None:
    """Answer every line of standard input with the seconds of one run."""
    scenario = load_scenario(sys.argv[1])
    noise = noise_for(scenario, seed=0, replicate=0)
    model = PlainModel(new_world(scenario, noise))
    model.run_to_end()
    history = [tuple(vars(month)[name] for name in HISTORY.names or ()) for month in model.history]
    print(digest(np.array(history, HISTORY)), flush=True)
    for _ in sys.stdin:
        model = PlainModel(new_world(scenario, noise))
        gc.collect()
        begun = time.process_time()
        model.run_to_end()
        print(time.process_time() - begun, flush=True)


if __name__ == "__main__":
    main()
