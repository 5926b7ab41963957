"""What an analysis comes to: tables and facts in no language, which `ssa_sim.telling` puts into words."""

from dataclasses import dataclass
from typing import Protocol

from ssa_sim.experiment.keep.results import Results


class Finding(Protocol):
    """What every analysis returns."""

    def as_json(self) -> dict[str, object]:
        """The facts, for programs; tables as lists of rows."""


@dataclass(frozen=True)
class Origin:
    """Which runs a finding rests on.

    Attributes:
        title: of the experiment.
        identity: of the experiment.
        seed: root seed of its draws.
        model_version: that made the runs; empty where nobody knows.
    """

    title: str
    identity: str
    seed: int
    model_version: str


def origin_of(results: Results) -> Origin:
    """The origin of what is found in results."""
    return Origin(results.title, results.identity, results.seed, str(results.provenance.get("model_version", "")))
