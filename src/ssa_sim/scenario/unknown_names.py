"""Names that do not exist: what was probably meant, and where it belongs."""

from collections.abc import Callable, Iterable

from ssa_sim.scenario.paths import KeyPath, nearest
from ssa_sim.scenario.problems import Problem, in_quotes, shown
from ssa_sim.scenario.sections import SECTIONS, Section, is_group

TOP_KEYS = (
    "title",
    "question",
    "extends",
    "period",
    "size",
    "levers",
    "uncertainties",
    "mechanisms",
    "structures",
    "donors",
    "events",
)
"""What may stand at the top of a scenario file."""

EXAMPLE_OF_A_SET = '{ "training.course_weeks" = 24 }'
"""What an event may set."""

RENAMED = {
    "foreign.counter_terrorism_soldiers": "foreign.french_soldiers",
    "security.un_share_north": "forces.un_north",
    "security.un_share_centre": "forces.un_centre",
    "security.counter_terrorism_share_north": "forces.french_north",
    "security.counter_terrorism_share_centre": "forces.french_centre",
}
"""What names of earlier releases are called now."""

_EXPERIMENT_KEYS = ("scenarios", "replications", "seed", "design", "output")
_PARTS = {"start": "period", "end": "period", "units": "size", "company_strength": "size"}


def unknown_key(
    name: str,
    known: Iterable[str],
    inside: str,
    at: KeyPath,
    advice: Callable[[str], str] = lambda _: "",
) -> Problem:
    """A key that does not belong where it stands.

    Args:
        name: the key.
        known: the keys that do belong there.
        inside: where it stands, such as "in [period]".
        at: the keys that lead to it.
        advice: gives a hint, or nothing, where no known key is near.
    """
    names = tuple(known)
    message = f"There is no key {in_quotes(name)} {inside}."
    hint = advice(name)
    if hint:
        return Problem(f"{message}{hint}", at=at)
    return Problem(f"{message}{_did_you_mean(nearest(name, names))}", ", ".join(names), at)


def unknown_parameter(section: Section, name: str, value: object, at: KeyPath, *, within: str = "") -> Problem:
    """A name under [levers], [uncertainties], [mechanisms] or [structures] that is not in the section's catalogue.

    Args:
        section: what it stands in.
        name: it.
        value: what it is set to.
        at: the keys that lead to it.
        within: the beginning of the sections' names where they are parts of another table, such as "design.".
    """
    entries = section.entries()
    for other in SECTIONS:
        if other is not section and name in other.entries():
            message = f'"{name}" is {other.noun}, not {section.noun}; please set it under [{within}{other.name}]'
            return Problem(message, at=at)
    if is_group(entries, name):
        members = ", ".join(entry for entry in entries if entry.startswith(f"{name}."))
        message = f'"{name}" is {shown(value)}, but it is a group of {section.name}; please set its members'
        return Problem(message, members, at)
    above = next((entry for entry in entries if name.startswith(f"{entry}.")), None)
    if above is not None:
        return Problem(f'"{above}" is given a table; {section.noun} takes one value', at=at[:-1])
    message = f"There is no {section.noun.split()[-1]} {in_quotes(name)}."
    hint = advice_in_table(name)
    if hint:
        return Problem(f"{message}{hint}", at=at)
    if name in RENAMED:
        return Problem(f"{message} It is called {in_quotes(RENAMED[name])} now.", at=at)
    near = _did_you_mean(nearest(name, entries))
    return Problem(f"{message}{near}", f"what `ssa-sim {section.name}` lists", at)


def advice_in_table(name: str) -> str:
    """A hint for a key that stands in a table and belongs elsewhere."""
    if name in ("title", "question", "extends"):
        return f' "{name}" belongs at the top of the file, above the first line in [brackets].'
    return _where_it_belongs(name)


def advice_at_top(name: str) -> str:
    """A hint for a key that stands at the top and belongs in a table, or in a file of another kind."""
    if name in _EXPERIMENT_KEYS:
        return f' "{name}" belongs in an experiment file; this should be a scenario file.'
    return _where_it_belongs(name)


def advice_in_event(name: str) -> str:
    """A hint for a key of an event that is a lever."""
    entries = SECTIONS[0].entries()
    if name in entries or is_group(entries, name) or name == "levers":
        return f" What an event changes goes into its set, as in set = {EXAMPLE_OF_A_SET}."
    return advice_in_table(name)


def _where_it_belongs(name: str) -> str:
    if name in _PARTS:
        return f' "{name}" belongs under [{_PARTS[name]}].'
    for section in SECTIONS:
        if name in section.entries():
            return f' "{name}" is {section.noun}; please set it under [{section.name}].'
        if is_group(section.entries(), name):
            return f' "{name}" is a group of {section.name}; please write [{section.name}.{name}].'
    return ""


def _did_you_mean(name: str | None) -> str:
    return f' Did you mean "{name}"?' if name else ""
