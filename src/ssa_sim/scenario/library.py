"""The scenarios and experiments that come with the package, found by name.

They stand in the project's `scenarios/` and `experiments/`; a wheel holds a copy of the files named here, and no other.
"""

from pathlib import Path
from typing import Literal

Kind = Literal["scenarios", "experiments"]
"""A kind of file, as its folder is called."""

LIBRARY: dict[Kind, tuple[str, ...]] = {
    "scenarios": (
        "accord_carried_out",
        "all_packages",
        "baseline",
        "beside_the_army",
        "binding_coordination",
        "close_to_the_troops",
        "contractors_replace",
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
        "internal_security_first",
        "lead_partner_coordination",
        "long_courses_recycled",
        "lower_tempo",
        "mentoring",
        "minusma_abrupt",
        "minusma_agreed_phased",
        "more_money",
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
        "conditions",
        "contractors",
        "demo",
        "expectations",
        "more_money_received",
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


def library_file(kind: Kind, name: str) -> Path:
    """The file of a scenario or an experiment that comes with the package: a copy in it, or the project's own."""
    copies = _PACKAGE / IN_PACKAGE
    return (copies if copies.is_dir() else _PACKAGE.parent.parent) / kind / f"{name}.toml"
