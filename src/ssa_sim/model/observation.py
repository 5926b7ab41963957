"""One run's inside, month by month, as tidy tables: units, projects, donors, zones and the training mission.

A world steps through the months of the compiled driver one at a time, and its records are copied at the end of each; nothing
is added to what the run does, so that it is the run of `simulate` to the last bit.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from ssa_sim.catalogue.outcomes import OUTCOMES
from ssa_sim.model.driver import run_months
from ssa_sim.model.history import monthly_table
from ssa_sim.model.start import new_world, noise_for
from ssa_sim.model.state import (
    DONOR,
    KINDS,
    KIT_TYPES,
    LINEAGES,
    MISSION,
    OPERATIONS,
    PROJECT,
    PROJECT_FUNCTIONS,
    REST,
    RUNNING,
    TARGETS,
    TRAINING,
    UNIT,
    ZONE,
    ZONES,
    World,
)
from ssa_sim.scenario.gate import checked_scenario
from ssa_sim.scenario.problems import whole_seed
from ssa_sim.scenario.schema import Scenario

STATUSES: dict[int, str] = {REST: "rest", OPERATIONS: "operations", TRAINING: "training"}

_UNIT_FIELDS = (
    *("strength", "together", "elsewhere", "untrained", "ghosts", "officers", "abroad", "casualties", "times_trained"),
    *(
        "skill",
        "tactical",
        "habit",
        "battalion_drill",
        "led_together",
        "leadership",
        "fatigue",
        "morale",
        "kit_match",
        "readiness",
    ),
    *("fill_part", "skill_part", "collective_part", "kit_part", "doctrine_part", "leadership_part", "condition_part"),
)
_PROJECT_FIELDS = ("unit", "euros", "paid", "duration", "months_run", "delivered", "fit", "hours")
_DONOR_FIELDS = ("annual_budget", "available", "lineage", "kit_type", "insight", "entry_threshold")
_ZONE_FIELDS = (
    *("threat", "grievance", "self_defence", "state_presence", "trust", "approval", "abuse_memory", "foreign_soldiers"),
    *("medical", "counter_ied", "air", "workshop", "facilities"),
    *("officers", "police_skill", "police_means", "police_presence"),
    *("mobility", "held", "hold", "army_coverage", "contests", "wins", "abuses", "incidents", "deaths"),
)
_MISSION_FIELDS = ("lineage", "completions", "retrainings", "casualties", "course_weeks", "knowledge", "mentors")


@dataclass(frozen=True)
class Profile:
    """What a kind of partner is called."""

    name: str
    label_en: str
    label_fr: str


@dataclass(frozen=True, eq=False)
class Observation:
    """One run's inside at the end of the months observed. Euros, soldiers and vehicles are whole numbers.

    Attributes:
        title: the scenario's.
        seed: root seed of the draws.
        replicate: which replicate of them.
        profiles: the kinds of partners that the scenario knows.
        units: a row a month and unit: month, unit (its number), zone, status, soldiers present (of them together,
            elsewhere and untrained), strength, ghosts, skill, fatigue and so on as in `state.UNIT`, readiness and its
            parts; and for each number of a lineage or a type of equipment doctrine_N (share of the mix; 0 is the army's
            own), kit_held_N, kit_working_N (vehicles) and kit_known_N (share of soldiers who know the type).
        projects: a row a month and running project: month, donor and slot (numbers), profile, kind, function, zone, unit,
            euros, paid, fit, duplicate (whether it began as one) and so on as in `state.PROJECT`.
        donors: a row a month and potential partner: month, donor, profile, active, ever_active, projects (how many run) and
            so on as in `state.DONOR`.
        zones: a row a month and zone, as in `state.ZONE`.
        mission: a row a month: the contingent's number and lineage, completions and so on as in `state.MISSION`.
        monthly: a row a month: `month` and a column for each outcome, as `simulate` gives it, all months.
    """

    title: str
    seed: int
    replicate: int
    profiles: tuple[Profile, ...]
    units: pd.DataFrame
    projects: pd.DataFrame
    donors: pd.DataFrame
    zones: pd.DataFrame
    mission: pd.DataFrame
    monthly: pd.DataFrame

    def tables(self) -> dict[str, pd.DataFrame]:
        """Its tables by name."""
        return {name: getattr(self, name) for name in TABLES}


TABLES = ("units", "projects", "donors", "zones", "mission", "monthly")


def _kinds(fields: Sequence[str], record: np.dtype[Any]) -> dict[str, str]:
    return {name: record[name].base.kind for name in fields}


_KIT = ("kit_working", "kit_broken", "kit_depot", "kit_known")
COLUMNS: dict[str, dict[str, str]] = {
    "units": {
        **{"month": "M", "unit": "i", "zone": "O", "status": "O", "soldiers": "i"},
        **_kinds(_UNIT_FIELDS, UNIT),
        **{f"doctrine_{lineage}": "f" for lineage in range(LINEAGES)},
        **{f"kit_held_{kit}": "i" for kit in range(KIT_TYPES)},
        **{f"{name}_{kit}": UNIT[name].base.kind for name in _KIT for kit in range(KIT_TYPES)},
    },
    "projects": {
        **{
            "month": "M",
            "donor": "i",
            "slot": "i",
            "profile": "O",
            "kind": "O",
            "function": "O",
            "target": "O",
            "zone": "O",
        },
        **_kinds(_PROJECT_FIELDS, PROJECT),
        "duplicate": "b",
    },
    "donors": {
        **{"month": "M", "donor": "i", "profile": "O", "active": "b", "ever_active": "b", "projects": "i"},
        **_kinds(_DONOR_FIELDS, DONOR),
    },
    "zones": {"month": "M", "zone": "O", **_kinds(_ZONE_FIELDS, ZONE)},
    "mission": {"month": "M", "contingent": MISSION["rotations"].base.kind, **_kinds(_MISSION_FIELDS, MISSION)},
    "monthly": {"month": "M", **{outcome.name: "f" for outcome in OUTCOMES}},
}
"""The kind of each column of each table, as NumPy writes it: M a month, i a whole number, b yes or no, f a real number, O a text."""
WORDS: dict[str, tuple[str, ...]] = {
    "zone": ZONES,
    "status": tuple(STATUSES.values()),
    "kind": KINDS,
    "function": PROJECT_FUNCTIONS,
    "target": TARGETS,
}
"""What a column of texts may hold."""


def observe(
    scenario: Scenario, *, seed: int = 0, replicate: int = 0, months: Collection[date] | None = None
) -> Observation:
    """Run a scenario once and keep what it looks like inside.

    Args:
        scenario: what to run.
        seed: root seed of the draws.
        replicate: which replicate of them.
        months: first days of the months to keep; all of them by default. Others are run all the same.

    Raises:
        ValueError: a month is not in the scenario's period.
        InputError: it is no scenario, or holds a value that is not allowed; or the seed or replicate is no whole number from 0.
    """
    scenario = checked_scenario(scenario)
    seed, replicate = whole_seed(seed, replicate)
    starts = scenario.month_starts()
    lost = sorted(set(months or ()) - set(starts))
    if lost:
        raise ValueError(f"{lost[0]:%Y-%m} is not in the scenario's period.")
    world = new_world(scenario, noise_for(scenario, seed=seed, replicate=replicate))
    kept: list[World] = []
    positions = []
    for month, start in enumerate(starts):
        _run(world, month, month + 1)
        if months is None or start in months:
            kept.append(_copied(world))
            positions.append(month)
    dates = pd.to_datetime([starts[position] for position in positions])
    profiles = tuple(Profile(one.name, one.label_en, one.label_fr) for one in scenario.donors)
    names = np.array([profile.name for profile in profiles], object)
    return Observation(
        title=scenario.title,
        seed=seed,
        replicate=replicate,
        profiles=profiles,
        units=_units(kept, dates),
        projects=_projects(kept, dates, names),
        donors=_donors(kept, dates, names),
        zones=_zones(kept, dates),
        mission=_mission(kept, dates),
        monthly=monthly_table(scenario, world.history),
    )


_run: Any = run_months


def _copied(world: World) -> World:
    return world._replace(nation=world.nation.copy(), units=world.units.copy(), donors=world.donors.copy())


def _rows(months: pd.DatetimeIndex, records: Any) -> dict[str, Any]:
    """The month of each record, for records of shape (months, actors)."""
    return {"month": np.repeat(months, records.shape[1])}


def _named(names: Sequence[str] | np.ndarray[Any, Any], numbers: Any) -> Any:
    return np.asarray(names, object)[numbers]


def _units(worlds: Sequence[World], months: pd.DatetimeIndex) -> pd.DataFrame:
    records: Any = np.array([world.units for world in worlds])
    columns = _rows(months, records)
    flat = records.ravel()
    columns["unit"] = flat["index"]
    columns["zone"] = _named(ZONES, flat["zone"])
    columns["status"] = _named([STATUSES[number] for number in range(len(STATUSES))], flat["status"])
    columns["soldiers"] = flat["together"] + flat["elsewhere"] + flat["untrained"]
    columns |= {name: flat[name] for name in _UNIT_FIELDS}
    columns |= {f"doctrine_{lineage}": flat["doctrine"][:, lineage] for lineage in range(LINEAGES)}
    held = flat["kit_working"] + flat["kit_broken"] + flat["kit_depot"]
    columns |= {f"kit_held_{kit}": held[:, kit] for kit in range(KIT_TYPES)}
    for name in _KIT:
        columns |= {f"{name}_{kit}": flat[name][:, kit] for kit in range(KIT_TYPES)}
    return pd.DataFrame(columns)


def _projects(worlds: Sequence[World], months: pd.DatetimeIndex, profiles: np.ndarray[Any, Any]) -> pd.DataFrame:
    donors: Any = np.array([world.donors for world in worlds])
    projects = donors["projects"]
    month, donor, slot = np.nonzero(projects["status"] == RUNNING)
    flat = projects[month, donor, slot]
    columns: dict[str, Any] = {
        "month": months[month],
        "donor": donor,
        "slot": slot,
        "profile": _named(profiles, donors["profile"][month, donor]),
        "kind": _named(KINDS, flat["kind"]),
        "function": _named(PROJECT_FUNCTIONS, flat["function"]),
        "target": _named(TARGETS, flat["target"]),
        "zone": _named(ZONES, flat["zone"]),
    }
    columns |= {name: flat[name] for name in _PROJECT_FIELDS}
    columns["duplicate"] = flat["duplicate"] == 1
    return pd.DataFrame(columns)


def _donors(worlds: Sequence[World], months: pd.DatetimeIndex, profiles: np.ndarray[Any, Any]) -> pd.DataFrame:
    records: Any = np.array([world.donors for world in worlds])
    columns = _rows(months, records)
    flat = records.ravel()
    columns["donor"] = np.tile(np.arange(records.shape[1]), records.shape[0])
    columns["profile"] = _named(profiles, flat["profile"])
    columns["active"] = flat["active"] == 1
    columns["ever_active"] = flat["ever_active"] == 1
    columns["projects"] = np.count_nonzero(flat["projects"]["status"] == RUNNING, axis=1)
    columns |= {name: flat[name] for name in _DONOR_FIELDS}
    return pd.DataFrame(columns)


def _zones(worlds: Sequence[World], months: pd.DatetimeIndex) -> pd.DataFrame:
    records: Any = np.array([world.nation[0].zones for world in worlds])
    columns = _rows(months, records)
    flat = records.ravel()
    columns["zone"] = _named(ZONES, flat["index"])
    return pd.DataFrame(columns | {name: flat[name] for name in _ZONE_FIELDS})


def _mission(worlds: Sequence[World], months: pd.DatetimeIndex) -> pd.DataFrame:
    records: Any = np.array([world.nation[0].mission for world in worlds])
    columns = {"month": months, "contingent": records["rotations"]}
    return pd.DataFrame(columns | {name: records[name] for name in _MISSION_FIELDS})
