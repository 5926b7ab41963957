"""The vicious circle (M40) run whole and with each of its arrows cut, on the same draws.

A scenario is run three ways on the same draws. Calm: as it is. Whole: armed groups press harder, month after month. Cut: they
press as hard, but one arrow carries nothing of it: the rule at the arrow's head reads, in every month, the value that its tail
had in the calm run of the same replicate. Nothing else is changed, so that what the cut run lacks against the whole one is what
came through that arrow: a path-specific effect (PEARL2001), here not estimated but run, since common random numbers make the
counterfactual available.

How an arrow is cut, without touching a rule. Partners decide on entry before insecurity is weighed anew, so that between two
months it can be set to what it was in the calm run; likewise what the host can say, which follows last month's load, and the
readiness with which units go to fight. What is decided within a month (load, delivery, ownership) is cut by running the month
twice from the same state: the first time to see what it would be, the second time with the constants set so that the rule
arrives at the calm value. The host's officers have so many hours at each level that what is claimed of them is to them as in the
calm run, and the whole load, or the share of the work done, is the calm one. Where only the work done is to be the calm one, the
host's sense of being pushed aside, and what it can say next month, follow the load that the push brought.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from pydantic import ConfigDict, with_config
from scipy.optimize import brentq
from typing_extensions import TypedDict

from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.plan import LARGEST_SEED
from ssa_sim.experiment.keep.manifest_parts import Finite, Replications, Seed
from ssa_sim.experiment.keep.table_folder import TableManifest, read_tables_folder, table_schema, write_tables_folder
from ssa_sim.model.driver import run_months
from ssa_sim.model.noise import Noise
from ssa_sim.model.start import new_world, noise_for
from ssa_sim.model.state import World
from ssa_sim.scenario.problems import whole_number
from ssa_sim.scenario.schema import Scenario

Floats = npt.NDArray[np.float64]
Node = Literal["insecurity", "projects", "load", "ownership", "delivery", "readiness"]
Cut = Literal["entry", "load", "voice", "delivery", "fight"]

NODES: dict[Node, str] = {
    "insecurity": "insecurity",
    "projects": "active_projects",
    "load": "absorption_load",
    "ownership": "ownership",
    "delivery": "delivery",
    "readiness": "readiness",
}
"""What turns in the circle, and the outcome that measures it."""
BESIDE = ("active_partners", "duplication", "need_alignment", "needs_articulated", "army_hold", "approval", "relations")
"""Outcomes measured beside those of the nodes."""
OUTCOMES_MEASURED = (*NODES.values(), *BESIDE)
CUTS: tuple[Cut, ...] = ("entry", "load", "voice", "delivery", "fight")
DEFAULT_PUSH = 0.02
"""Threat added a month in the Centre: well below what an offensive adds, so that responses stay near proportion."""


@dataclass(frozen=True, eq=False)
class CircleRuns:
    """What was run.

    Attributes:
        title: the scenario's.
        seed: root seed of the draws.
        replications: replicates, each run in every variant.
        push: threat added a month in the Centre.
        runs: a row a replicate and variant ("calm", "whole" and the cuts): replicate, variant, and the mean over the months
            of each outcome in `OUTCOMES_MEASURED`.
    """

    title: str
    seed: int
    replications: int
    push: float
    runs: pd.DataFrame


class _Month(NamedTuple):
    """What the cuts need to know of a month of the calm run, at its end."""

    insecurity: float
    rival_pull: float
    load: float
    delivery: float
    claimed: Floats
    loads: Floats
    readiness: Floats


def run_circle(
    scenario: Scenario,
    *,
    replications: int = 50,
    seed: int = 2013,
    push: float = DEFAULT_PUSH,
    progress: Callable[[int, int], None] | None = None,
) -> CircleRuns:
    """Run a scenario calm, pushed, and pushed with each arrow cut.

    Args:
        scenario: what to run.
        replications: replicates.
        seed: root seed of the draws.
        push: threat added each month in the Centre, 1/month.
        progress: told how many replicates of how many are done.

    Raises:
        InputError: a number is out of range.
    """
    whole_number("replications", replications, 2, 100_000)
    whole_number("seed", seed, 0, LARGEST_SEED)
    if not 0.0 < push <= 0.2:
        raise InputError(f"push = {push} cannot be used.", allowed="a number above 0 and up to 0.2")
    rows = []
    for replicate in range(replications):
        noise = noise_for(scenario, seed=seed, replicate=replicate)
        calm = _world(scenario, noise, 0.0)
        path = list(_calm_months(calm, scenario.months))
        rows.append(_row(replicate, "calm", calm))
        for variant in ("whole", *CUTS):
            world = _world(scenario, noise, push)
            for month in range(scenario.months):
                _run_month(world, month, variant, path)
            rows.append(_row(replicate, variant, world))
        if progress is not None:
            progress(replicate + 1, replications)
    return CircleRuns(scenario.title, seed, replications, push, pd.DataFrame(rows))


_run: Any = run_months


def _world(scenario: Scenario, noise: Noise, push: float) -> World:
    """A world with so much more threat added each month."""
    world = new_world(scenario, noise)
    world.levers["circumstances_pressure_centre"] += push
    return world


def _calm_months(world: World, months: int) -> Iterator[_Month]:
    nation, host = world.nation[0], world.nation[0].host
    for month in range(months):
        _run(world, month, month + 1)
        loads = host.hours_claimed / np.maximum(host.hours_available, 1e-9)
        yield _Month(
            nation.insecurity,
            host.rival_pull,
            host.load,
            host.delivery,
            host.hours_claimed.copy(),
            loads,
            world.units.readiness.copy(),
        )


def _run_month(world: World, month: int, variant: str, calm: list[_Month]) -> None:
    """One month of a pushed run, in which the arrow that the variant names carries nothing."""
    if month > 0:
        _before_the_month(world, variant, calm[month - 1])
    if variant in ("load", "voice", "delivery"):
        _run_month_twice(world, month, variant, calm[month])
    else:
        _run(world, month, month + 1)


def _run_month_twice(world: World, month: int, variant: str, calm: _Month) -> None:
    stocks = (world.nation, world.units, world.battalions, world.donors)
    before = [stock.copy() for stock in stocks]
    _run(world, month, month + 1)
    load = float(world.nation[0].host.load)
    constants = _within_the_month(world, variant, calm)
    for stock, value in zip(stocks, before, strict=True):
        stock[:] = value
    usual = world.parameters.copy()
    for name, number in constants.items():
        world.parameters[name] = number
    _run(world, month, month + 1)
    world.parameters[:] = usual
    if variant == "delivery":
        world.nation[0].host.load = load
        world.history.absorption_load[month] = load


def _before_the_month(world: World, variant: str, calm: _Month) -> None:
    """Set what is next read before the month weighs it anew."""
    nation = world.nation[0]
    if variant == "entry":
        nation.insecurity = calm.insecurity
        nation.host.rival_pull = calm.rival_pull
    elif variant == "voice":
        nation.host.load = calm.load
    elif variant == "fight":
        world.units.readiness[:] = calm.readiness


def _within_the_month(world: World, variant: str, calm: _Month) -> dict[str, float]:
    """Constants for this month with which the rule at the arrow's head arrives at the calm value, given how the month went
    without them; none where it is there already."""
    parameters, host = world.parameters[0], world.nation[0].host
    load = float(host.load)
    if variant == "voice":
        return _ownership_as_at(calm.load, load, parameters)
    if np.array_equal(host.hours_claimed, calm.claimed):
        return {}
    if variant == "load":
        return _hours_given(_hours_for_load(host, calm), world)
    if host.delivery == calm.delivery:
        return {}
    hours = _hours_for_delivery(host, calm)
    then = float(host.hours_claimed.sum()) / max(float(hours.sum()), 1.0)
    return {**_hours_given(hours, world), **_ownership_as_at(load, then, parameters)}


def _ownership_as_at(load: float, seen: float, parameters: Any) -> dict[str, float]:
    """What `partnership.own_aid` arrives at under a load, although it sees another."""
    more = _crowding(seen) - _crowding(load)
    base, weight = parameters.partnership_ownership_base, parameters.partnership_ownership_crowded
    return {"partnership_ownership_base": float(base + weight * more)}


def _compared(host: Any, calm: _Month) -> npt.NDArray[np.bool_]:
    """The levels of the host at which somebody claims hours, in this run and in the calm one."""
    return np.asarray((host.hours_claimed > 0.0) & (calm.loads > 0.0))


def _hours_for_load(host: Any, calm: _Month) -> Floats:
    """Hours a level by which levels are loaded to one another as in the calm run, and the whole load is the calm one."""
    hours, here = host.hours_available.copy(), _compared(host, calm)
    like_calm = host.hours_claimed[here] / calm.loads[here]
    wanted = host.hours_claimed.sum() / max(calm.load, 1e-9) - hours[~here].sum()
    hours[here] = like_calm * wanted / like_calm.sum()
    return np.asarray(hours)


def _hours_for_delivery(host: Any, calm: _Month) -> Floats:
    """Hours a level by which levels are loaded to one another as in the calm run, and as much of the work gets done."""
    hours, here = host.hours_available.copy(), _compared(host, calm)
    claimed, loads = host.hours_claimed[here], calm.loads[here]
    elsewhere = np.minimum(hours[~here], host.hours_claimed[~here]).sum()
    wanted = calm.delivery * host.hours_claimed.sum() - elsewhere

    def short(times: float) -> float:
        return float((claimed * np.minimum(1.0, times / loads)).sum() - wanted)

    most = float(loads.max())
    times = most if short(most) <= 0.0 else float(brentq(short, 0.0, most, xtol=1e-15, rtol=1e-14))
    hours[here] = claimed * times / loads
    return np.asarray(hours)


def _hours_given(hours: Floats, world: World) -> dict[str, float]:
    """The constants by which `absorption.open_hours` gives each level so many hours beside its liaison officers'."""
    parameters, host = world.parameters[0], world.nation[0].host
    ministry, staff = parameters.absorption_ministry_share, parameters.absorption_staff_share
    shares = np.array([ministry, staff, max(0.0, 1.0 - ministry - staff)])
    officers = world.levers[world.nation[0].month].host_liaison_officers
    own = parameters.absorption_staff_hours * shares
    gain = host.hours_available.sum() / (own.sum() + officers * parameters.absorption_hours_an_officer)
    wanted = own + (hours - host.hours_available) / gain
    total = max(float(wanted.sum()), 1e-9)
    return {
        "absorption_staff_hours": total,
        "absorption_ministry_share": float(wanted[0] / total),
        "absorption_staff_share": float(wanted[1] / total),
    }


def _crowding(load: float) -> float:
    """As in `partnership.own_aid`."""
    return max(0.0, 1.0 - 1.0 / max(load, 1e-9))


def _row(replicate: int, variant: str, world: World) -> dict[str, Any]:
    means = {}
    for name in OUTCOMES_MEASURED:
        months = world.history[name]
        defined = months[~np.isnan(months)]
        means[name] = float(defined.mean()) if defined.size else math.nan
    return {"replicate": replicate, "variant": variant, **means}


def keep_circle(made: CircleRuns, scenario: Scenario, out: Path) -> TableManifest:
    """Write the runs to a new result folder.

    Raises:
        InputError: they cannot be written there.
    """
    asked = {"seed": made.seed, "replications": made.replications, "push": made.push}
    return write_tables_folder(out, "ssa_sim vicious circle", scenario, {"runs": made.runs}, asked=asked, facts={})


def load_circle(folder: str | Path) -> CircleRuns:
    """Read a folder that `ssa-sim circle` wrote.

    Raises:
        InputError: it holds something else, or is damaged.
    """
    where = Path(folder)
    manifest, tables = read_tables_folder(where, CircleManifest, {"runs": table_schema(_KINDS)})
    asked, runs = manifest.asked, tables["runs"]
    variants = ("calm", "whole", *CUTS)
    wanted = {(replicate, variant) for replicate in range(asked["replications"]) for variant in variants}
    if len(runs) != len(wanted) or set(zip(runs["replicate"], runs["variant"], strict=True)) != wanted:
        raise InputError(
            "A run is missing, or stands there twice.",
            where=where / "runs.parquet",
            allowed=f"{len(variants)} runs of each of {asked['replications']} replicates",
        )
    return CircleRuns(manifest.title, asked["seed"], asked["replications"], asked["push"], runs)


_KINDS = {"replicate": "i", "variant": "O", **dict.fromkeys(OUTCOMES_MEASURED, "f")}


@with_config(ConfigDict(strict=True))
class _Asked(TypedDict):
    seed: Seed
    replications: Replications
    push: Finite


class CircleManifest(TableManifest):
    """The content of the manifest of such a folder."""

    kind: Literal["ssa_sim vicious circle"]
    asked: _Asked
