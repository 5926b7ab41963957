"""The scenarios and experiments that come with the package, found by name.

They stand in the project's `scenarios/` and `experiments/`; a wheel holds a copy of the files named here, and no other.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from ssa_sim.errors import InputError
from ssa_sim.scenario.paths import nearest

Kind = Literal["scenarios", "experiments"]
"""A kind of file, as its folder is called."""

LIBRARY: dict[Kind, tuple[str, ...]] = {
    "scenarios": (
        "all_packages",
        "baseline",
        "beside_the_army",
        "binding_coordination",
        "close_to_the_troops",
        "coordination_and_absorption",
        "credible_conditions",
        "demand_driven",
        "equipment_with_training",
        "eutm_rca",
        "eutm_somalia",
        "feedback_and_learning",
        "harmonised_contingents",
        "held_together_and_equipped",
        "history",
        "host_led_coordination",
        "institution_building",
        "lead_partner_coordination",
        "long_courses_recycled",
        "lower_tempo",
        "mentoring",
        "minusma_abrupt",
        "minusma_agreed_phased",
        "no_assistance",
        "no_assistance_no_shield",
        "reform_compact",
        "stable_personnel",
        "state_return_sequential",
        "state_return_simultaneous",
        "trust_and_rights",
    ),
    "experiments": (
        "bundles",
        "demo",
        "expectations",
        "opening",
        "packages",
        "robustness",
        "sensitivity_all",
        "sensitivity_sobol",
        "single_levers",
        "sweep",
    ),
}
"""Names of the files, without the ending. Users may have put others beside them."""

IN_PACKAGE = "library"
"""Folder inside an installed package that holds the copies."""

_PACKAGE = Path(__file__).resolve().parent.parent
_NOUNS: dict[Kind, str] = {"scenarios": "scenario", "experiments": "experiment"}


def library_file(kind: Kind, name: str) -> Path:
    """The file of a scenario or an experiment that comes with the package: a copy in it, or the project's own."""
    copies = _PACKAGE / IN_PACKAGE
    return (copies if copies.is_dir() else _PACKAGE.parent.parent) / kind / f"{name}.toml"


def find_file(path: str | Path, *kinds: Kind) -> Path:
    """The file that somebody means: one of their own, or, by its name alone, one that comes with the package.

    Args:
        path: a path as given. A name without folder and ending is looked up where there is no such file.
        kinds: what may be meant.

    Raises:
        InputError: a name is neither that of a file nor of one that comes with the package.
    """
    own = Path(path)
    known = {name: kind for kind in kinds for name in LIBRARY[kind]}
    is_name = str(own) == own.stem
    if is_name and own.stem in known and not own.is_file():
        return library_file(known[own.stem], own.stem)
    if _is_there(own):
        return own
    if own.suffix == ".toml" and own.stem in known:
        raise InputError(
            "There is no such file.",
            where=own,
            allowed=f'a file that is there, or "{own.stem}" alone, which names the one that comes with ssa-sim',
        )
    if is_name:
        nouns = " or ".join(_NOUNS[kind] for kind in kinds)
        raise InputError(
            f"There is no such file, and no {nouns} of that name comes with ssa-sim.{_did_you_mean(own, known)}",
            where=own,
            allowed="a file, or a name that `ssa-sim scenarios` lists",
        )
    return own


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return True  # there is more to say of it than that: whoever reads it does


def _did_you_mean(path: Path, known: Iterable[str]) -> str:
    with_ending = path.with_suffix(".toml")
    near = str(with_ending) if with_ending.is_file() else nearest(path.stem, known)
    return f' Did you mean "{near}"?' if near else ""
