"""The compiled driver against Mesa, on one core."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from measure import Prepare, Spread, Work, in_turns, ratio
from plain_mesa import digest, plain_runs
from ssa_sim.model.driver import run_months
from ssa_sim.model.mesa_model import SsaModel
from ssa_sim.model.simulate import simulate_replicate
from ssa_sim.model.start import new_world, noise_for
from ssa_sim.scenario.load import load_scenario
from ssa_sim.scenario.schema import Scenario

PARTS = {
    "whole run": "drawing the noise, building the world, all months",
    "noise at hand": "building the world, all months: what each further scenario of a comparison costs",
    "months alone": "all months in a world that stands ready",
}


def against_mesa(scenario_file: Path, *, rounds: int) -> Iterator[tuple[str, str, Spread, float, float]]:
    """For each part of a run: which Mesa, which part, how many times as long it takes as the compiled driver, and the
    milliseconds of both.

    Raises:
        RuntimeError: they do not all give the same run.
    """
    scenario = load_scenario(scenario_file)
    (history,) = simulate_replicate([scenario], seed=0, replicate=0)
    model = SsaModel(scenario, seed=0, replicate=0)
    model.run_to_end()
    with plain_runs(str(scenario_file)) as (plain_history, run_plainly):
        if {digest(history), digest(model.world.history), plain_history} != {plain_history}:
            raise RuntimeError("Not the same run: the times cannot be compared.")
        contenders = {**_drivers(scenario), ("plain", "months alone"): lambda: run_plainly}
        seconds = in_turns({f"{who}: {part}": prepare for (who, part), prepare in contenders.items()}, rounds)
    for who, part in contenders:
        slow, fast = seconds[f"{who}: {part}"], seconds[f"compiled: {part}"]
        if who != "compiled":
            yield who, part, ratio(slow, fast), 1e3 * float(np.median(slow)), 1e3 * float(np.median(fast))


def _drivers(scenario: Scenario) -> dict[tuple[str, str], Prepare]:
    noise = noise_for(scenario, seed=0, replicate=0)
    months = scenario.months

    def ready_world() -> Work:
        world = new_world(scenario, noise)
        return lambda: run_months(world, 0, months)

    return {
        ("compiled", "whole run"): lambda: lambda: simulate_replicate([scenario], seed=0, replicate=0),
        ("driver", "whole run"): lambda: lambda: SsaModel(scenario, seed=0, replicate=0).run_to_end(),
        ("compiled", "noise at hand"): lambda: lambda: run_months(new_world(scenario, noise), 0, months),
        ("driver", "noise at hand"): lambda: lambda: SsaModel(scenario, noise=noise).run_to_end(),
        ("compiled", "months alone"): ready_world,
        ("driver", "months alone"): lambda: SsaModel(scenario, noise=noise).run_to_end,
    }
