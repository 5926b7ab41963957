"""Keeps an observation in a result folder of its own kind, and reads it again."""

from dataclasses import asdict
from pathlib import Path

from ssa_sim.experiment.table_folder import TableManifest, read_tables_folder, write_tables_folder
from ssa_sim.model.observation import Observation, Profile
from ssa_sim.scenario.schema import Scenario


def keep_observation(observation: Observation, scenario: Scenario, out: Path) -> TableManifest:
    """Write an observation of a scenario to a new folder.

    Raises:
        InputError: it cannot be written there.
    """
    return write_tables_folder(
        out,
        "ssa_sim observation",
        scenario,
        observation.tables(),
        asked={"seed": observation.seed, "replicate": observation.replicate},
        facts={"profiles": [asdict(profile) for profile in observation.profiles]},
    )


def load_observation(folder: str | Path) -> Observation:
    """Read a folder that `ssa-sim observe` wrote.

    Raises:
        InputError: it holds something else, or is damaged.
    """
    manifest, tables = read_tables_folder(Path(folder), "ssa_sim observation")
    return Observation(
        title=manifest.title,
        seed=manifest.asked["seed"],
        replicate=manifest.asked["replicate"],
        profiles=tuple(Profile(**profile) for profile in manifest.facts["profiles"]),
        **tables,
    )
