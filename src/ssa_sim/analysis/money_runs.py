"""Where the money of partners, mission and gifts stands at the end of runs: trails from who gave it to what became of it.

A trail has four places: who gave, the kind of project, its target, and the use in which the money ended. Of each trail euros
are counted whole, so that those of a replicate add up to what was granted in it.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd
from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.plan import LARGEST_SEED
from ssa_sim.experiment.keep.manifest_parts import Replications, Seed
from ssa_sim.experiment.keep.table_folder import TableManifest, read_tables_folder, table_schema, write_tables_folder
from ssa_sim.model.driver import run_months
from ssa_sim.model.observation import Profile
from ssa_sim.model.start import new_world, noise_for
from ssa_sim.model.state import ADVICE, EQUIPMENT, KINDS, NO_PROJECT, TARGETS, USES, World
from ssa_sim.scenario.problems import whole_number
from ssa_sim.scenario.schema import Scenario

MISSION, GIFTS, CONDITIONS, POPULATION = "mission", "gifts", "conditions", "population"
"""Who gives beside the partners, by name; a partner is known by its profile."""
NO_KIND = NO_TARGET = "none"
"""Of money that belongs to no project."""
UNPAID, UNCOMMITTED, WITHHELD, NOT_FOLLOWED = "unpaid", "uncommitted", "withheld", "not_followed"
"""What became of money beside `state.USES`: promised to a project that still runs; still free for one; conditional aid that was
withheld or is not due yet; and what the model books as spent without following it any further."""
ENDS = (*USES, UNPAID, UNCOMMITTED, WITHHELD, NOT_FOLLOWED)
PLACES = ("giver", "kind", "target", "use")


class Trail(NamedTuple):
    """Who gave, for which kind of project, for whom, and what became of it."""

    giver: str
    kind: str
    target: str
    use: str


@dataclass(frozen=True, eq=False)
class MoneyRuns:
    """What was run.

    Attributes:
        title: the scenario's.
        seed: root seed of the draws.
        replications: replicates.
        givers: the kinds of partners that the scenario knows.
        trails: a row a replicate and trail with money on it: replicate, `PLACES`, euros (whole).
    """

    title: str
    seed: int
    replications: int
    givers: tuple[Profile, ...]
    trails: pd.DataFrame


_run: Any = run_months


def run_money(
    scenario: Scenario,
    *,
    replications: int = 50,
    seed: int = 2013,
    progress: Callable[[int, int], None] | None = None,
) -> MoneyRuns:
    """Run a scenario and follow its money.

    Args:
        scenario: what to run.
        replications: replicates.
        seed: root seed of the draws.
        progress: told how many replicates of how many are done.

    Raises:
        InputError: a number is out of range.
    """
    whole_number("replications", replications, 2, 100_000)
    whole_number("seed", seed, 0, LARGEST_SEED)
    profiles = [profile.name for profile in scenario.donors]
    rows = []
    for replicate in range(replications):
        world = new_world(scenario, noise_for(scenario, seed=seed, replicate=replicate))
        _run(world, 0, scenario.months)
        rows += [(replicate, *trail, euros) for trail, euros in trails_of(world, profiles).items()]
        if progress is not None:
            progress(replicate + 1, replications)
    givers = tuple(Profile(one.name, one.label_en, one.label_fr) for one in scenario.donors)
    trails = pd.DataFrame(rows, columns=["replicate", *PLACES, "euros"])
    return MoneyRuns(scenario.title, seed, replications, givers, trails)


def trails_of(world: World, profiles: Sequence[str]) -> dict[Trail, int]:
    """Euros on each trail of a world as it stands; trails without money are left out.

    Args:
        world: after some months.
        profiles: names of the kinds of partners, in the scenario's order.
    """
    total: Counter[Trail] = Counter()
    for trails in (_of_partners(world, profiles), _of_the_mission(world), _beside(world)):
        for trail, euros in trails:
            total[trail] += euros
    return {trail: euros for trail, euros in total.items() if euros}


def granted(world: World) -> int:
    """Euros that partners, mission and gifts brought so far, by the book."""
    book: Any = world.nation[0].book
    sources = (
        book.donors_granted,
        book.mission_granted,
        book.gifts_spent,
        book.conditions_granted,
        book.population_granted,
    )
    return int(sum(sources))


def _of_partners(world: World, profiles: Sequence[str]) -> Iterator[tuple[Trail, int]]:
    for donor in world.donors:
        giver = profiles[donor.profile]
        for kind, target, use in np.argwhere(donor.use):
            yield Trail(giver, KINDS[kind], TARGETS[target], USES[use]), int(donor.use[kind, target, use])
        for project in donor.projects[donor.projects["status"] != NO_PROJECT]:
            trail = Trail(giver, KINDS[project["kind"]], TARGETS[project["target"]], UNPAID)
            yield trail, int(project["euros"] - project["paid"])
        yield Trail(giver, NO_KIND, NO_TARGET, "lapsed"), int(donor.lapsed)
        yield Trail(giver, NO_KIND, NO_TARGET, UNCOMMITTED), int(donor.available)


def _of_the_mission(world: World) -> Iterator[tuple[Trail, int]]:
    """Its advisers serve the ministry, all else the units; what it spends on tracking these is not followed."""
    nation: Any = world.nation[0]
    uses = nation.mission.use
    for kind, use in np.argwhere(uses):
        target = "ministry" if kind == ADVICE else "unit"
        yield Trail(MISSION, KINDS[kind], target, USES[use]), int(uses[kind, use])
    rest = int(nation.book.mission_granted - uses.sum())
    yield Trail(MISSION, NO_KIND, NO_TARGET, NOT_FOLLOWED), rest


def _beside(world: World) -> Iterator[tuple[Trail, int]]:
    """Gifts outside projects; conditional aid and programmes for the population, of which only the spending is known."""
    book: Any = world.nation[0].book
    for use, euros in zip(USES, book.gifts_use, strict=True):
        yield Trail(GIFTS, KINDS[EQUIPMENT], "unit", use), int(euros)
    yield Trail(CONDITIONS, NO_KIND, NO_TARGET, NOT_FOLLOWED), int(book.conditions_paid)
    yield Trail(CONDITIONS, NO_KIND, NO_TARGET, WITHHELD), int(book.conditions_granted - book.conditions_paid)
    yield Trail(POPULATION, NO_KIND, NO_TARGET, NOT_FOLLOWED), int(book.population_spent)


def keep_money(made: MoneyRuns, scenario: Scenario, out: Path) -> TableManifest:
    """Write the runs to a new result folder.

    Raises:
        InputError: they cannot be written there.
    """
    asked = {"seed": made.seed, "replications": made.replications}
    facts = {"givers": [[giver.name, giver.label_en, giver.label_fr] for giver in made.givers]}
    return write_tables_folder(out, "ssa_sim money", scenario, {"trails": made.trails}, asked=asked, facts=facts)


def load_money(folder: str | Path) -> MoneyRuns:
    """Read a folder that `ssa-sim follow-the-money` wrote.

    Raises:
        InputError: it holds something else, or is damaged.
    """
    where = Path(folder)
    manifest, tables = read_tables_folder(where, MoneyManifest, {"trails": table_schema(_KINDS)})
    asked, trails = manifest.asked, tables["trails"]
    if (
        not set(trails["replicate"]) <= set(range(asked["replications"]))
        or trails.duplicated(["replicate", *PLACES]).any()
    ):
        raise InputError("A trail stands there twice, or is of no replicate.", where=where / "trails.parquet")
    givers = tuple(Profile(*given) for given in manifest.facts["givers"])
    return MoneyRuns(manifest.title, asked["seed"], asked["replications"], givers, trails)


_KINDS = {"replicate": "i", **dict.fromkeys(PLACES, "O"), "euros": "i"}


@with_config(ConfigDict(strict=True))
class _Asked(TypedDict):
    seed: Seed
    replications: Replications


@with_config(ConfigDict(strict=True))
class _Facts(TypedDict):
    givers: list[tuple[str, str, str]]


class MoneyManifest(TableManifest):
    """The content of the manifest of such a folder."""

    kind: Literal["ssa_sim money"]
    asked: _Asked
    facts: _Facts
