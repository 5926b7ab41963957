"""The gate that every scenario passes on its way to a run: it lets through what has been checked, and changes nothing."""

from os import PathLike

from ssa_sim.errors import InputError
from ssa_sim.scenario.problems import shown
from ssa_sim.scenario.scenario_problems import as_tables
from ssa_sim.scenario.schema import CHECKED, Scenario, validated


def checked_scenario(given: object) -> Scenario:
    """The scenario that was given, once every value in it has been checked.

    Whatever runs a scenario takes it through here: `model_copy` and `model_construct`, which are pydantic's own, check
    nothing. A scenario is checked once.

    Raises:
        InputError: it is no scenario, or names what in it is wrong, and what is allowed.
    """
    if not isinstance(given, Scenario):
        raise _no_scenario(given)
    if CHECKED.get(id(given)) is not given:
        validated(as_tables(given))
        CHECKED[id(given)] = given
    return given


def _no_scenario(given: object) -> InputError:
    """What to say of something else."""
    is_path = isinstance(given, str | PathLike)
    hint = f"; load_scenario({str(given)!r}) makes one of a file" if is_path else ""
    return InputError(
        f"A scenario is needed, and this is {shown(str(given) if is_path else given)}{hint}.",
        allowed="what load_scenario, or a scenario's own with_levers and the like, return",
    )
