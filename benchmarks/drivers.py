"""The compiled driver against the Mesa driver, on one core."""

from collections.abc import Iterator

from measure import Spread, Work, in_turns, ratio
from ssa_sim.model.driver import run_months
from ssa_sim.model.mesa_model import SsaModel
from ssa_sim.model.simulate import simulate_replicate
from ssa_sim.model.start import new_world, noise_for
from ssa_sim.scenario.schema import Scenario

PARTS = {
    "whole run": "drawing the noise, building the world, all months",
    "noise at hand": "building the world, all months: what each further scenario of a comparison costs",
    "months alone": "all months in a world that stands ready",
}


def against_mesa(scenario: Scenario, *, rounds: int) -> Iterator[tuple[str, Spread, float]]:
    """For each part of a run: its name, how many times as long Mesa takes, and the compiled driver's milliseconds.

    Raises:
        RuntimeError: the two drivers do not give the same run.
    """
    noise = noise_for(scenario, seed=0, replicate=0)
    months = scenario.months

    def whole_compiled() -> Work:
        return lambda: simulate_replicate([scenario], seed=0, replicate=0)

    def whole_mesa() -> Work:
        return lambda: SsaModel(scenario, seed=0, replicate=0).run_to_end()

    def world_compiled() -> Work:
        return lambda: run_months(new_world(scenario, noise), 0, months)

    def world_mesa() -> Work:
        return lambda: SsaModel(scenario, noise=noise).run_to_end()

    def months_compiled() -> Work:
        world = new_world(scenario, noise)
        return lambda: run_months(world, 0, months)

    def months_mesa() -> Work:
        return SsaModel(scenario, noise=noise).run_to_end

    _check_equal(scenario)
    contenders = {
        "compiled: whole run": whole_compiled,
        "mesa: whole run": whole_mesa,
        "compiled: noise at hand": world_compiled,
        "mesa: noise at hand": world_mesa,
        "compiled: months alone": months_compiled,
        "mesa: months alone": months_mesa,
    }
    seconds = in_turns(contenders, rounds)
    for part in PARTS:
        slow, fast = seconds[f"mesa: {part}"], seconds[f"compiled: {part}"]
        yield part, ratio(slow, fast), 1e3 * float(sorted(fast)[len(fast) // 2])


def _check_equal(scenario: Scenario) -> None:
    (compiled,) = simulate_replicate([scenario], seed=0, replicate=0)
    model = SsaModel(scenario, seed=0, replicate=0)
    model.run_to_end()
    if compiled.tobytes() != model.world.history.tobytes():
        raise RuntimeError("The two drivers do not give the same run: their times cannot be compared.")
