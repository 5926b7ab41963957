"""What the tests share: the scenarios that come with the project, and one compilation for all of them."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from baselines.results import names
from ssa_sim.scenario.load import load_scenario
from ssa_sim.scenario.schema import Scenario

ROOT = Path(__file__).resolve().parent.parent
SCENARIOS = [ROOT / "scenarios" / f"{name}.toml" for name in names()]

settings.register_profile(
    "ssa_sim", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.load_profile("ssa_sim")


@pytest.fixture(scope="session")
def baseline() -> Scenario:
    return load_scenario(ROOT / "scenarios" / "baseline.toml")


@pytest.fixture(scope="session")
def library() -> dict[str, Scenario]:
    return {path.stem: load_scenario(path) for path in SCENARIOS}
