"""One world that is played month by month, and what became of each of its units on the way."""

from typing import Any

import numpy as np

from ssa_sim.model.driver import run_months
from ssa_sim.model.month import Rule
from ssa_sim.model.noise import Noise
from ssa_sim.model.parameters import lever_records
from ssa_sim.model.start import new_world
from ssa_sim.model.state import World
from ssa_sim.scenario.schema import Scenario

_run: Rule = run_months

LIFE = np.dtype(
    [
        (name, np.float64)
        for name in (
            *("together", "elsewhere", "untrained", "ghosts"),
            *("working", "broken", "depot", "skill", "collective", "readiness"),
        )
    ]
)
"""What is kept of a unit each month: soldiers by where they were trained, vehicles, and indices in [0, 1]."""


class LiveWorld:
    """A world at the end of some month of its period.

    Attributes:
        scenario: what it follows; may change for months not yet played.
        world: its records.
        month: how many months have been played.
        lives: (months, units), a record (`LIFE`) a month and unit, of the months played.
    """

    def __init__(self, scenario: Scenario, noise: Noise) -> None:
        """A world before its first month, on these draws."""
        self.scenario = scenario
        self.world: World = new_world(scenario, noise)
        self.month = 0
        self.lives = np.zeros((scenario.months, scenario.size.units), LIFE)

    @property
    def history(self) -> Any:
        """Outcomes of the months played, a row a month."""
        return self.world.history[: self.month]

    def advance(self) -> None:
        """One more month."""
        _run(self.world, self.month, self.month + 1)
        self._note_lives()
        self.month += 1

    def steer(self, scenario: Scenario) -> None:
        """Follow another scenario from here on; the two have the months played in common, of which there is one at least."""
        self.scenario = scenario
        self.world = self.world._replace(levers=lever_records(scenario).copy())

    def _note_lives(self) -> None:
        units, life = self.world.units, self.lives[self.month]
        for name in ("together", "elsewhere", "untrained", "ghosts", "skill", "readiness"):
            life[name] = units[name]
        for name in ("working", "broken", "depot"):
            life[name] = units[f"kit_{name}"].sum(axis=1)
        life["collective"] = units["collective_part"]
