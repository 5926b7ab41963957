"""Why a parameter that moves nothing in the screening stays in the model: a reason for each."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from ssa_sim.catalogue.entries import uncertainty_catalogue


@cache
def retained_parameters() -> Mapping[str, str]:
    """From the path of an uncertainty to the reason for retaining it, in the order of the file.

    Raises:
        ValueError: the file names an uncertainty that there is not, or gives no reason.
    """
    return read_retained(files("ssa_sim.catalogue").joinpath("retained_parameters.toml").read_text(encoding="utf-8"))


def read_retained(text: str) -> Mapping[str, str]:
    """The reasons that a TOML text gives; errors as for `retained_parameters`."""
    table = tomllib.loads(text)
    known = {entry.path for entry in uncertainty_catalogue()}
    for path, reason in table.items():
        if path not in known:
            raise ValueError(f'retained_parameters.toml names "{path}", which is no uncertainty')
        if not isinstance(reason, str) or not reason.strip():
            raise ValueError(f'retained_parameters.toml gives no reason for "{path}"')
    return MappingProxyType(table)
