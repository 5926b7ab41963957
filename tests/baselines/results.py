"""What the exact baselines are made of."""

import hashlib
import json
from pathlib import Path
from typing import Any

from ssa_sim.model.history import summarise
from ssa_sim.model.simulate import simulate_replicate
from ssa_sim.scenario.library import LIBRARY, library_file
from ssa_sim.scenario.load import load_scenario

FOLDER = Path(__file__).resolve().parent
SCENARIOS = FOLDER.parent.parent / "scenarios"
SEED = 2013
REPLICATES = 2


def stored(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def computed(name: str) -> list[dict[str, Any]]:
    """For each replicate: a digest of every month's outcomes, and the run's outcomes to read."""
    scenario = load_scenario(SCENARIOS / f"{name}.toml")
    rows = []
    for replicate in range(REPLICATES):
        (history,) = simulate_replicate([scenario], seed=SEED, replicate=replicate)
        outcomes = {key: repr(value) for key, value in summarise(history).items()}
        rows.append({"digest": hashlib.sha256(history.tobytes()).hexdigest(), "outcomes": outcomes})
    return rows


def names() -> list[str]:
    """The scenarios whose exact results are stored: few of the library, and unlike one another."""
    return [
        "all_packages",
        "baseline",
        "binding_coordination",
        "demand_driven",
        "equipment_with_training",
        "eutm_rca",
        "history",
        "reform_compact",
        "stable_personnel",
    ]


def library() -> list[str]:
    """The scenarios that come with the project; users may have put others beside them."""
    return list(LIBRARY["scenarios"])


def library_files() -> list[Path]:
    return [library_file("scenarios", name) for name in library()]


def write_baselines() -> list[Path]:
    written = []
    for name in names():
        path = FOLDER / f"{name}.json"
        path.write_text(json.dumps(computed(name), indent=1) + "\n", encoding="utf-8")
        written.append(path)
    return written
