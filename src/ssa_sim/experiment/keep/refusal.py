"""Why a folder cannot be resumed: what is different, by name, and what to do."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.plan import Experiment
from ssa_sim.experiment.keep.manifest import Manifest, manifest_of
from ssa_sim.experiment.keep.manifest_parts import ScenarioEntry
from ssa_sim.experiment.keep.provenance import changed_versions

_DIFFERENCES_SHOWN = 3
_WORDS = {"title", "question", "why", "source", "label_en", "label_fr"}


def refuse_another(manifest: Manifest, experiment: Experiment, out: Path) -> None:
    """Refuse a folder that holds, or was begun with, anything else than this experiment.

    Raises:
        InputError: it names what differs.
    """
    if manifest.identity == experiment.identity():
        return
    begun = "holds the results" if manifest.is_complete else "was begun with the runs"
    found = list(differences(manifest, experiment))
    shown = "; ".join(found[:_DIFFERENCES_SHOWN])
    more = f"; and {len(found) - _DIFFERENCES_SHOWN} more differences" if len(found) > _DIFFERENCES_SHOWN else ""
    command = manifest.provenance.get("command")
    with_what = f"what it was begun with (`{command}`)" if command else "what it was begun with"
    raise InputError(
        f"The folder {begun} of something else, and nothing in it was changed. {shown}{more}.",
        where=out,
        allowed=f"to go on here, {with_what}; or another folder (--out), or this one once it is removed",
    )


def refuse_other_versions(manifest: Manifest, out: Path) -> None:
    """Refuse to resume a folder where the runs still to come might differ in their last bits from those that are there.

    Raises:
        InputError: it names what has another version.
    """
    changed = changed_versions(manifest.provenance)
    if changed:
        named = "; ".join(_changed(name, *pair) for name, pair in changed.items())
        raise InputError(
            f"The folder was begun with other versions, which may give other last bits, and nothing in it was changed. {named}.",
            where=out,
            allowed="to go on here, those versions; or another folder (--out), or this one once it is removed",
        )


def differences(manifest: Manifest, experiment: Experiment) -> Iterator[str]:
    """What an experiment asks for that a folder does not hold: sentences that name the field, then and now."""
    now = manifest_of(experiment, 0)
    fields, wanted = cast(Mapping[str, Any], manifest.fields), cast(Mapping[str, Any], now.fields)
    if fields["model_version"] != wanted["model_version"]:
        yield f"model_version: it was {fields['model_version']} and is now {wanted['model_version']}"
    if fields["scenarios"] != wanted["scenarios"]:
        yield from _scenarios(manifest.provenance["scenarios"], now.provenance["scenarios"])
    if fields["replications"] != wanted["replications"]:
        yield _replications(fields["replications"], wanted["replications"])
    for name in ("seed", "outcomes", "monthly", "precision"):
        if fields[name] != wanted[name]:
            yield _changed(name, fields[name], wanted[name])
    if fields["design"] != wanted["design"]:
        yield from _design(manifest.experiment.design, now.experiment.design)


def _replications(before: Sequence[int], after: Sequence[int]) -> str:
    """How many there were and are; where they do not begin with the same one, which."""
    if before[0] == after[0]:
        return _changed("replications", before[1], after[1])
    return _changed("replicates", *(_from_to(*each) for each in (before, after)))


def _from_to(first: int, count: int) -> str:
    return str(first) if count == 1 else f"{first} to {first + count - 1}"


def _scenarios(before: list[ScenarioEntry], after: list[ScenarioEntry]) -> Iterator[str]:
    names = [entry["name"] for entry in before], [entry["name"] for entry in after]
    if names[0] != names[1]:
        yield _changed("scenarios", names[0], names[1])
        return
    for old, new in zip(before, after, strict=True):
        if old["identity"] != new["identity"]:
            found = list(_leaves_that_differ(old["resolved"], new["resolved"], f"scenario '{new['name']}', "))
            yield from found or [f"scenario '{new['name']}': the parameters that the model knows have changed"]


def _design(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> Iterator[str]:
    if before is None or after is None:
        yield "design: there was " + ("none, and now there is one" if before is None else "one, and now there is none")
        return
    found = list(_leaves_that_differ(before, after, "design."))
    yield from found or ["design: the same request gives other points, so the library that draws them has changed"]


def _leaves_that_differ(before: Any, after: Any, path: str) -> Iterator[str]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys([*before, *after]):
            if key not in _WORDS:
                joined = f"{path}{key}" if path.endswith((".", " ")) else f"{path}.{key}"
                yield from _leaves_that_differ(before.get(key), after.get(key), joined)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, (old, new) in enumerate(zip(before, after, strict=True)):
            yield from _leaves_that_differ(old, new, f"{path}[{number}]")
    elif before != after:
        yield _changed(path.rstrip("."), before, after)


def _changed(name: str, before: object, after: object) -> str:
    return f"{name}: it was {_short(before)} and is now {_short(after)}"


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
