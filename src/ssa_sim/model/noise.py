"""Named random streams: every draw has a name, so that scenarios can be compared on common random numbers.

A draw is named by (root seed, replicate, stream, entity, month). Each stream has a NumPy generator of its own, seeded by
`SeedSequence(seed, spawn_key=(replicate, stream, block))`, and its numbers are drawn entity by entity in blocks of eight
years. What NumPy would draw, `uniform_draws` and `normal_draws` draw for all streams of an actor at once. So a changed mechanism
leaves every other draw alone, one more entity leaves the others' draws alone, and a longer horizon leaves the earlier months'
draws alone. (KLEIN2024 measure what this buys.)

The draws of one replicate serve every scenario with the same months and numbers of units and partners.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple

import numpy as np

from ssa_sim.model.generator import generator, word_of
from ssa_sim.model.normal_draws import draw_normal
from ssa_sim.model.state import (
    COMPANIES_A_BATTALION,
    FUNCTION_COUNT,
    KIT_TYPES,
    OFFICE_COUNT,
    PROJECT_SLOTS,
    REFORM_COUNT,
    ZONE_COUNT,
)
from ssa_sim.model.uniform_draws import IS_COMPILED, WORD, draw_uniform, entropy_of
from ssa_sim.scenario.problems import whole_seed

BLOCK_MONTHS = 96


Law = Literal["uniform", "normal"]


class Stream(NamedTuple):
    """One named source of draws: `width` independent numbers for each entity and month."""

    name: str
    law: Law = "uniform"
    width: int = 1


def _uniform(*names: str) -> tuple[Stream, ...]:
    return tuple(Stream(name) for name in names)


UNIT_STREAMS = (
    *_uniform("turn", "recall", "call", "destination", "contact", "contest", "killed", "killed_whom", "abuse"),
    Stream("destroyed", width=KIT_TYPES),
    *_uniform("deserted", "deserted_whom", "deserted_ghosts", "left", "left_whom", "ghosts", "audit"),
    *_uniform("moved_together", "moved_elsewhere", "moved_untrained", "trained", "untrained"),
    *_uniform("officers_back", "officers_out", "attendance", "programme", "equipment", "tracked"),
    Stream("into_service", width=KIT_TYPES),
    Stream("written_off", width=KIT_TYPES),
    Stream("repaired", width=KIT_TYPES),
    Stream("broken", width=KIT_TYPES),
    Stream("abandoned", width=KIT_TYPES),
    Stream("release"),
)
BATTALION_STREAMS = _uniform("turn")
DONOR_STREAMS = (
    *_uniform("turn", "leaving", "entry", "staff", "offer", "refusal", "kind", "liking"),
    *_uniform("membership", "comply", "veto", "handover"),
    Stream("mentors_hurt", width=PROJECT_SLOTS),
    Stream("amount", "normal"),
    Stream("guess", "normal", FUNCTION_COUNT),
    Stream("taste", "normal", FUNCTION_COUNT),
    *_uniform("family"),
    Stream("guess_police", "normal"),
    *_uniform("alone", "emergency"),
)
ZONE_STREAMS = (
    Stream("threat", "normal"),
    Stream("violence", "normal"),
    *_uniform("incidents", "deaths"),
    *_uniform("officers_killed", "officers_left", "officers_withdrawn", "officers_posted"),
    *_uniform("harm", "harm_deaths"),
)
HOST_STREAMS = (
    *_uniform("minister", "recruits", "coup", "expulsion"),
    Stream("reforms", width=REFORM_COUNT),
    Stream("withhold", width=REFORM_COUNT),
    Stream("combatants"),
    *_uniform("officers_recruited", "reserve_left"),
    Stream("holders", width=OFFICE_COUNT - 1),
)
MISSION_STREAMS = _uniform("lineage", "mentors_hurt")
UNIT_START = (*_uniform("zone", "status", "months", "fill", "vehicles"), Stream("skill", "normal"), Stream("home"))
DONOR_START = (
    *_uniform("openness", "candour", "key"),
    Stream("entry_threshold", "normal"),
    Stream("annual_budget", "normal"),
    Stream("preference", width=FUNCTION_COUNT),
)


def _dtype(streams: tuple[Stream, ...]) -> np.dtype[Any]:
    fields = [(s.name, np.float64) if s.width == 1 else (s.name, np.float64, (s.width,)) for s in streams]
    return np.dtype(fields, align=True)


UNIT_DRAWS = _dtype(UNIT_STREAMS)
BATTALION_DRAWS = _dtype(BATTALION_STREAMS)
DONOR_DRAWS = _dtype(DONOR_STREAMS)
ZONE_DRAWS = _dtype(ZONE_STREAMS)
HOST_DRAWS = _dtype(HOST_STREAMS)
MISSION_DRAWS = _dtype(MISSION_STREAMS)


class _Columns(NamedTuple):
    """The streams of an actor that follow a law, as compiled code takes them: one number a stream in each array."""

    names: np.ndarray[Any, Any]
    first: np.ndarray[Any, Any]
    widths: np.ndarray[Any, Any]


@cache
def _columns(actor: str, streams: tuple[Stream, ...], law: Law) -> _Columns | None:
    """None where no stream follows it."""
    ends = np.cumsum([stream.width for stream in streams])
    rows = [
        (word_of(f"{actor}.{stream.name}"), end - stream.width, stream.width)
        for stream, end in zip(streams, ends, strict=True)
        if stream.law == law
    ]
    if not rows:
        return None
    names, first, widths = np.array(rows, np.int64).T
    return _Columns(names.astype(WORD), first.copy(), widths.copy())


def _drawn(
    seed: int, replicate: int, actor: str, streams: tuple[Stream, ...], entities: int, months: int, block: int
) -> np.recarray[Any, Any]:
    """All draws of a kind of actor, [month, entity], each stream entity by entity in blocks of so many months."""
    draws = np.empty((months, entities), _dtype(streams))
    if IS_COMPILED:
        numbers = draws.view(np.float64).reshape(months, entities, sum(stream.width for stream in streams))
        if columns := _columns(actor, streams, "uniform"):
            draw_uniform(entropy_of(seed, (replicate, 0, 0)), *columns, block, numbers)
        if columns := _columns(actor, streams, "normal"):
            draw_normal(entropy_of(seed, (replicate, 0, 0)), *columns, block, numbers)
        return draws.view(np.recarray)
    for stream in streams:
        width = () if stream.width == 1 else (stream.width,)
        for number, first in enumerate(range(0, months, block)):
            source = generator(seed, replicate, f"{actor}.{stream.name}", number)
            draw = source.standard_normal if stream.law == "normal" else source.random
            last = min(months, first + block)
            draws[stream.name][first:last] = draw((entities, block, *width))[:, : last - first].swapaxes(0, 1)
    return draws.view(np.recarray)


def _monthly(
    seed: int, replicate: int, actor: str, streams: tuple[Stream, ...], entities: int, months: int
) -> np.recarray[Any, Any]:
    return _drawn(seed, replicate, actor, streams, entities, months, BLOCK_MONTHS)


def _at_start(
    seed: int, replicate: int, actor: str, streams: tuple[Stream, ...], entities: int
) -> dict[str, np.ndarray[Any, Any]]:
    draws = _drawn(seed, replicate, f"start.{actor}", streams, entities, 1, 1)[0]
    return {stream.name: draws[stream.name] for stream in streams}


def _order(draws: np.recarray[Any, Any]) -> np.ndarray[Any, Any]:
    return np.argsort(draws["turn"], axis=1, kind="stable")


@dataclass(frozen=True)
class Noise:
    """All draws of one replicate. Arrays are indexed [month, entity], so that a month lies together in memory; orders
    are [month, turn]."""

    units: np.recarray[Any, Any]
    battalions: np.recarray[Any, Any]
    donors: np.recarray[Any, Any]
    zones: np.recarray[Any, Any]
    host: np.recarray[Any, Any]
    mission: np.recarray[Any, Any]
    unit_order: np.ndarray[Any, Any]
    battalion_order: np.ndarray[Any, Any]
    donor_order: np.ndarray[Any, Any]
    unit_start: dict[str, np.ndarray[Any, Any]]
    donor_start: dict[str, np.ndarray[Any, Any]]

    @property
    def size(self) -> tuple[int, int, int]:
        """For how many units, potential partners and months they were made."""
        months, units = self.units.shape
        return units, self.donors.shape[1], months


def battalions_of(units: int) -> int:
    """How many battalions so many companies make; the last may be short."""
    return -(-units // COMPANIES_A_BATTALION)


def bytes_of_draws(*, units: int, donors: int, months: int) -> int:
    """The memory that the draws of one replicate take, but for those of the start."""
    entities = (
        (units, UNIT_DRAWS),
        (battalions_of(units), BATTALION_DRAWS),
        (donors, DONOR_DRAWS),
        (ZONE_COUNT, ZONE_DRAWS),
        (1, HOST_DRAWS),
        (1, MISSION_DRAWS),
    )
    orders = np.dtype(np.int64).itemsize * (units + donors)
    orders += np.dtype(np.int64).itemsize * battalions_of(units)
    return months * (orders + sum(count * dtype.itemsize for count, dtype in entities))


def draw_noise(seed: int, replicate: int, *, units: int, donors: int, months: int) -> Noise:
    """Draw everything that one replicate needs, for so many units, potential partners and months.

    Raises:
        InputError: the seed or the replicate is no whole number from 0.
    """
    seed, replicate = whole_seed(seed, replicate)
    unit_draws = _monthly(seed, replicate, "unit", UNIT_STREAMS, units, months)
    battalion_draws = _monthly(seed, replicate, "battalion", BATTALION_STREAMS, battalions_of(units), months)
    donor_draws = _monthly(seed, replicate, "donor", DONOR_STREAMS, donors, months)
    return Noise(
        units=unit_draws,
        battalions=battalion_draws,
        donors=donor_draws,
        zones=_monthly(seed, replicate, "zone", ZONE_STREAMS, ZONE_COUNT, months),
        host=_monthly(seed, replicate, "host", HOST_STREAMS, 1, months),
        mission=_monthly(seed, replicate, "mission", MISSION_STREAMS, 1, months),
        unit_order=_order(unit_draws),
        battalion_order=_order(battalion_draws),
        donor_order=_order(donor_draws),
        unit_start=_at_start(seed, replicate, "unit", UNIT_START, units),
        donor_start=_at_start(seed, replicate, "donor", DONOR_START, donors),
    )
