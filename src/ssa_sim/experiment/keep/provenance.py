"""With what results were made: resolved scenarios, versions, platform, and within what the same bits are promised."""

import platform
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path
from typing import Any

from ssa_sim.experiment.ask.plan import Experiment
from ssa_sim.model.version import MODEL_VERSION

PROMISE = (
    "The same bits come back from the same model version, with the same versions of Python, NumPy, Numba and llvmlite, on the "
    "same kind of processor, operating system and C library; elsewhere agreement to several digits is likely, but not promised. "
    "They do not depend on the number of workers, the order of the runs, interruptions, the engine, or a cluster."
)

_LIBRARIES = ("numpy", "numba", "llvmlite")
"""Whose versions the last bit rests on, beside the model's and Python's."""


def provenance_of(experiment: Experiment, engine: str) -> dict[str, Any]:
    """What a manifest says of how results were made."""
    return {
        "model_version": MODEL_VERSION,
        "engine": engine,
        "scenarios": [
            {
                "name": named.name,
                "identity": named.scenario.identity(),
                "resolved": named.scenario.model_dump(mode="json"),
            }
            for named in experiment.scenarios
        ],
        "python": platform.python_version(),
        "packages": packages(),
        "platform": platform_facts(),
        "promise": PROMISE,
        "begun_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def versions() -> dict[str, str]:
    """The versions of Python and libraries here that the last bit of a result rests on."""
    return {"Python": platform.python_version(), **{name: version(name) for name in _LIBRARIES}}


def changed_versions(provenance: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Which of `versions` are not what they were when results were made: name, then and now."""
    before = {"Python": provenance["python"], **{name: provenance["packages"].get(name) for name in _LIBRARIES}}
    return {name: (before[name], now) for name, now in versions().items() if before[name] != now}


def changed_platform(provenance: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Which of `platform_facts` are not what they were wherever results were made: name, then (all of them) and now."""
    now = platform_facts()
    found: dict[str, list[str]] = {}
    for platform_then in _platforms(provenance):
        for name, (then, _) in differing_facts(platform_then, now).items():
            if then not in found.setdefault(name, []):
                found[name].append(then)
    return {name: (" and ".join(then), now[name]) for name, then in found.items()}


def differing_facts(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Which facts of two platforms are not the same: name, and both."""
    return {name: (one[name], other[name]) for name in other if one[name] != other[name]}


def _platforms(provenance: Mapping[str, Any]) -> Iterator[Mapping[str, str]]:
    """Those of all who worked on results."""
    yield provenance["platform"]
    for session in provenance.get("sessions", []):
        yield session["platform"]
        yield from session["platforms_of_workers"]


def platform_facts() -> dict[str, str]:
    """This process's platform: what the last bit of a result may depend on beside the packages."""
    return {
        "system": platform.system(),
        "machine": platform.machine(),
        "byteorder": sys.byteorder,
        "libc": " ".join(platform.libc_ver()),
        "processor": _processor(),
    }


@cache
def packages() -> dict[str, str]:
    """The installed versions of ssa-sim and of all that it needs, directly or not."""
    found: dict[str, str] = {}
    waiting = ["ssa-sim"]
    while waiting:
        name = _normal(waiting.pop())
        if name in found:
            continue
        try:
            installed = distribution(name)
        except PackageNotFoundError:  # needed on other systems only, or optional
            continue
        found[name] = installed.version
        waiting.extend(_needs(installed.requires or []))
    return dict(sorted(found.items()))


def _needs(requirements: list[str]) -> Iterator[str]:
    """The names in a distribution's requirements that no extra asks for."""
    for requirement in requirements:
        if "extra ==" not in requirement:
            yield re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def _processor() -> str:
    """The processor's own name: mathematical functions choose their code by it."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return platform.processor()
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return found.group(1).strip() if found else platform.processor()
