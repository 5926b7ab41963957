"""What stands in the parts of a manifest that stay plain mappings in memory: their keys, their types and what they may hold.

Whatever else stands there is kept as it is: later versions may add to it.
"""

import math
from datetime import datetime
from typing import Annotated, Literal, NotRequired

from pydantic import AfterValidator, ConfigDict, Field, with_config
from typing_extensions import TypedDict

from ssa_sim.catalogue.entries import ParameterValue
from ssa_sim.catalogue.groups import Prior
from ssa_sim.experiment.ask.design import Method, Part
from ssa_sim.experiment.ask.plan import LARGEST_SEED, MOST_REPLICATIONS, MonthlyDetail

_OPEN = ConfigDict(strict=True, extra="allow")


def _is_moment(text: str) -> str:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("it should be a date and time such as 2026-01-31T12:00:00+00:00") from None
    return text


def _is_finite(number: int | float) -> int | float:
    if not math.isfinite(number):
        raise ValueError("it should be a finite number")
    return number


Sum = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256, in hexadecimal."""
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=100)]
"""Of an outcome."""
Path = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$", max_length=200)]
"""Of a parameter."""
Label = Annotated[str, Field(min_length=1)]
Count = Annotated[int, Field(ge=0, le=10**12)]
Seed = Annotated[int, Field(ge=0, le=LARGEST_SEED)]
Replications = Annotated[int, Field(ge=1, le=MOST_REPLICATIONS)]
Number = Annotated[int | float, AfterValidator(_is_finite)]
"""One that stays the whole number that it may be: the identity is a hash of it."""
Finite = Annotated[float, Field(allow_inf_nan=False)]
Moment = Annotated[str, AfterValidator(_is_moment)]


@with_config(_OPEN)
class AxisEntry(TypedDict):
    """One parameter that a design varies: `design.Axis`."""

    part: Part
    path: Path
    values: list[ParameterValue] | None
    low: Finite
    high: Finite
    prior: Prior
    mode: Finite
    is_whole: bool


_DRAWN: tuple[Method, ...] = ("latin_hypercube", "sobol", "morris")


def _fits_together(design: "DesignRequest") -> "DesignRequest":
    """Refuse a design whose number of points cannot be what its method makes of its axes."""
    axes, method = design["axes"], design["method"]
    columns = [f"{axis['part']}.{axis['path']}" for axis in axes]
    if len(set(columns)) < len(columns):
        raise ValueError("an axis stands there twice")
    if any(axis["values"] is not None and not axis["values"] for axis in axes):
        raise ValueError("an axis has no values")
    if method not in _DRAWN:
        return design
    missing = {"samples", "seed", "second_order", "crossed"} - design.keys()
    if missing:
        raise ValueError(f"{sorted(missing)[0]} is missing")
    levers = [axis for axis in axes if axis["part"] == "levers"] if design["crossed"] else []
    drawn = len(axes) - len(levers)
    sizes = {"sobol": 2 * drawn + 2 if design["second_order"] else drawn + 2, "morris": drawn + 1}
    combinations = math.prod(len(axis["values"] or ()) for axis in levers)
    if design["points"] != design["samples"] * sizes.get(method, 1) * combinations:
        raise ValueError("the number of points is not what the method makes of the samples and axes")
    return design


MOST_CIRCLES = 50
"""Of sampled orders, in a folder that is read."""
_Circles = Annotated[int, Field(ge=0, le=MOST_CIRCLES)]


@with_config(_OPEN)
class DecompositionRequest(TypedDict):
    """How subsets of mechanisms were asked for: `SubsetPlan.asked`."""

    mechanisms: list[str]
    against: Literal["feasible", "abolished"]
    circles: _Circles
    over_structures: bool
    points: Count


@with_config(_OPEN)
class PackageRequest(TypedDict):
    """How subsets of levers were asked for: `PackagePlan.asked`."""

    groups: list[Annotated[list[str], Field(min_length=2)]]
    circles: _Circles
    over_structures: bool
    points: Count


@with_config(_OPEN)
class DesignRequest(TypedDict):
    """How a design's points were asked for."""

    method: Method
    samples: NotRequired[Count]
    seed: NotRequired[Seed]
    second_order: NotRequired[bool]
    crossed: NotRequired[bool]
    axes: list[AxisEntry]
    points: Annotated[int, Field(ge=1, le=10**9)]
    divided: NotRequired[Count]  # written by earlier versions
    decomposition: NotRequired[DecompositionRequest]
    package: NotRequired[PackageRequest]


Design = Annotated[DesignRequest, AfterValidator(_fits_together)]


@with_config(_OPEN)
class PrecisionRequest(TypedDict):
    """Replications until an interval is narrow enough: `plan.Precision`."""

    outcome: Name
    half_width: Number
    scenario: str | None
    maximum: Replications
    confidence: Number


@with_config(_OPEN)
class Fields(TypedDict):
    """`Experiment.fields()`: what the identity is a hash of."""

    model_version: Label
    scenarios: list[Annotated[list[str], Field(min_length=2, max_length=2)]]
    replications: Annotated[list[Seed], Field(min_length=2, max_length=2)]
    seed: Seed
    outcomes: list[Name]
    monthly: MonthlyDetail
    design: Sum | None
    precision: PrecisionRequest | None


@with_config(_OPEN)
class Resolved(TypedDict):
    """A scenario with all its values; what else stands in it depends on the model's version."""

    title: str
    question: str


@with_config(_OPEN)
class ScenarioEntry(TypedDict):
    """A scenario of the experiment."""

    name: Label
    identity: Label
    resolved: Resolved


@with_config(_OPEN)
class Platform(TypedDict):
    """`provenance.platform_facts()`."""

    system: str
    machine: str
    byteorder: str
    libc: str
    processor: str


@with_config(_OPEN)
class SessionNote(TypedDict):
    """One command's work on the folder: see `sessions`."""

    begun_at: Moment
    seconds: Annotated[float, Field(ge=0.0, allow_inf_nan=False)]
    workers: NotRequired[int]
    cluster: NotRequired[str]
    platform: Platform
    platforms_of_workers: list[Platform]


@with_config(_OPEN)
class StageEntry(TypedDict):
    """`stopping.Stage`; null where a number is not defined."""

    scenario: str
    pairs: Count
    spread: float | None
    skewness: float | None
    needed: Count
    reach: float | None


@with_config(_OPEN)
class IntervalEntry(TypedDict):
    """`stopping.Interval`; null where a number is not defined."""

    scenario: str
    pairs: Count
    mean: float | None
    half_width: float | None


def _as_many(reached: "PrecisionReached") -> "PrecisionReached":
    if len(reached["first_stage"]) != len(reached["intervals"]):
        raise ValueError("there should be as many stages as intervals")
    return reached


@with_config(_OPEN)
class PrecisionReached(TypedDict):
    """Precision reached."""

    first_stage: list[StageEntry]
    intervals: list[IntervalEntry]


@with_config(_OPEN)
class Provenance(TypedDict):
    """`provenance.provenance_of`, and what the commands that worked on the folder added."""

    model_version: Label
    engine: str
    scenarios: Annotated[list[ScenarioEntry], Field(min_length=1)]
    python: str
    packages: dict[str, str]
    platform: Platform
    promise: str
    begun_at: Moment
    command: NotRequired[str]
    sessions: NotRequired[list[SessionNote]]
    seconds: NotRequired[float]
    precision: NotRequired[Annotated[PrecisionReached, AfterValidator(_as_many)]]


@with_config(_OPEN)
class Failure(TypedDict):
    """A failed run in failures.json or in a shard: what varies stands beside these."""

    run_id: str
    scenario: str
    replicate: Seed
    seed: Seed
    status: Literal["failed"]
    error: str
    trace: NotRequired[str]
