"""What a command is given: scenario files read, with notes on what they leave out, levers and structures set beside them, and a folder."""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ssa_sim.cli.output import tell
from ssa_sim.cli.worlds import tell_worlds

if TYPE_CHECKING:
    from ssa_sim.catalogue.entries import ParameterValue
    from ssa_sim.experiment.ask.plan import Experiment
    from ssa_sim.scenario.events import DroppedChange, KeptChange
    from ssa_sim.scenario.schema import Scenario


def given_scenario(path: Path, settings: Sequence[str] | None = None) -> "Scenario":
    """A scenario file with levers and structures set as on the command line; says what it leaves out, and where its world may surprise.

    Raises:
        InputError: it is not in order.
    """
    from ssa_sim.scenario.load import load_scenario

    loaded = load_scenario(path)
    tell_changes(loaded, path.stem)
    tell_worlds([path])
    return with_settings(loaded, settings or [])


def with_settings(scenario: "Scenario", settings: Sequence[str], *, who: str = "--set") -> "Scenario":
    """The scenario with levers and structures set as on the command line; says which inherited changes that drops.

    Args:
        scenario: as loaded.
        settings: texts such as "training.course_weeks=24" or "structures.decay=always".
        who: sets them, for the notes.

    Raises:
        InputError: no such lever or structure, a value that is not allowed, or one of them set to two values.
    """
    from ssa_sim.errors import InputError
    from ssa_sim.scenario.tables import OF_STRUCTURES, parse_setting

    values: dict[str, ParameterValue] = {}
    for text in settings:
        try:
            name, value = parse_setting(text)
        except InputError as error:
            raise InputError(error.message, where="--set", allowed=error.allowed) from None
        if name in values and values[name] != value:
            raise InputError(
                f'"{name}" is set to {values[name]} and to {value}; please keep one of the two.',
                where="--set",
            )
        values[name] = value
    levers = {name: value for name, value in values.items() if not name.startswith(OF_STRUCTURES)}
    structures = {name.removeprefix(OF_STRUCTURES): value for name, value in values.items() if name not in levers}
    revised = scenario.with_levers(levers)
    tell_dropped(revised.dropped_changes[len(scenario.dropped_changes) :], who)
    unchanged = [lever for lever, value in levers.items() if scenario.lever_values_by_month()[0][lever] == value]
    tell_kept(scenario.noting_kept_changes(unchanged).kept_changes, who)
    return revised.with_structures(structures) if structures else revised


def tell_changes(scenario: "Scenario", name: str) -> None:
    """Say which inherited dated changes a scenario leaves out and which stay; its name is its file's, without the ending."""
    tell_dropped(scenario.dropped_changes, f"'{name}'")
    tell_kept(scenario.kept_changes, f"'{name}'")


def tell_dropped(changes: Iterable["DroppedChange"], who: str) -> None:
    """Say which inherited dated changes a scenario or `--set` leaves out."""
    why = {
        "overridden": 'holds "{lever}" at one value for the whole period',
        "replaced": 'sets "{lever}" itself in that month',
        "outside the period": "covers other months",
    }
    for change in changes:
        tell(
            f"Note: {who} {why[change.reason].format(lever=change.lever)}, so the change of "
            f'"{change.lever}" to {change.value} on {change.date} that it inherits is left out.'
        )


def tell_kept(changes: Iterable["KeptChange"], who: str) -> None:
    """Say which dated changes stay although a scenario or `--set` names the lever."""
    for change in changes:
        tell(
            f'Note: {who} sets "{change.lever}" to the value that it starts with anyway, so nothing changes and its '
            f"change to {change.value} on {change.date} stays. To hold it, give the scenario file an event of that month "
            "that sets it to the old value."
        )


def own_folder(file: Path, command: str, *facts: object) -> Path:
    """A folder in results/ named after a scenario's file, the command, and all that matters beside the model's version."""
    from ssa_sim.model.version import MODEL_VERSION

    digits = hashlib.sha256(repr((MODEL_VERSION, *facts)).encode()).hexdigest()[:8]
    return Path("results") / f"{file.stem[:60]}-{command}-{digits}"


def folder_of_its_own(experiment: "Experiment", name: str, *, what: str) -> Path | None:
    """A folder in results/ with this name and all that matters in the experiment; None, said openly, if nothing can be written there.

    Args:
        experiment: what is run.
        name: what the folder's name begins with.
        what: would be kept there, for the note.
    """
    from ssa_sim.errors import InputError
    from ssa_sim.experiment.keep.store import check_out

    folder = Path("results") / f"{name}-{experiment.identity()[:8]}"
    try:
        check_out(folder, experiment)
    except InputError as error:
        tell(f"Note: neither {what} will be kept ({error}). Name a folder with --out to keep them.")
        return None
    return folder
