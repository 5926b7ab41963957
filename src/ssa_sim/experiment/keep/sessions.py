"""Who worked on a folder: for each command a note in the manifest of when it began, how long it took, with what and on what machine.

A sweep may be begun on one machine and resumed on another, or on a cluster of several: the last bit of a number may depend
on which. The notes say so; nothing of what results hold rests on them.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from ssa_sim.experiment.keep.manifest import Manifest, read_manifest, with_provenance
from ssa_sim.experiment.keep.provenance import changed_platform, differing_facts, platform_facts
from ssa_sim.experiment.keep.sweep_folder import SweepFolder

_SECONDS_BETWEEN_NOTES = 60.0
"""What a process that is killed may have worked longer than its note says."""


class Session:
    """One command's work on a result folder; its note stands in the manifest from the beginning.

    Args:
        folder: the result folder, locked.
        by: what does the work, as plain values: a number of workers, or a cluster.
        command: what would go on with it; empty leaves what an earlier command said.
        tell: called with sentences for people.

    Raises:
        OSError: the system refuses.
    """

    def __init__(
        self, folder: SweepFolder, by: Mapping[str, Any], *, command: str, tell: Callable[[str], None]
    ) -> None:
        self._folder = folder
        self._tell = tell
        self._began = self._noted = time.perf_counter()
        self._note: dict[str, Any] = {
            "begun_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "seconds": 0.0,
            **by,
            "platform": platform_facts(),
            "platforms_of_workers": [],
        }
        manifest = read_manifest(folder.path)
        self._earlier: Sequence[Mapping[str, Any]] = manifest.provenance.get("sessions", [])
        self._command = {"command": command} if command else {}
        changed = changed_platform(manifest.provenance)
        if changed:
            tell(f"This is not the machine that earlier runs were made on, so last bits may differ: {_words(changed)}.")
        self._write(manifest)

    def notice(self, platform: Mapping[str, str]) -> None:
        """A worker elsewhere runs on a machine like this; one unlike our own is told, once."""
        known = self._note["platforms_of_workers"]
        if platform not in known:
            known.append(dict(platform))
            different = differing_facts(platform, self._note["platform"])
            if different:
                words = "; ".join(
                    f"{name} is {there} there and {here} here" for name, (there, here) in different.items()
                )
                self._tell(f"A worker runs on another kind of machine, so last bits may differ: {words}.")

    def note_time(self) -> None:
        """Keep how long it has lasted, now and then."""
        if time.perf_counter() - self._noted >= _SECONDS_BETWEEN_NOTES:
            self.close()

    def close(self) -> None:
        """Keep how long it has lasted, as far as the disk takes it: that is no reason to end, nor to hide one."""
        self._noted = time.perf_counter()
        with suppress(OSError):
            manifest = read_manifest(self._folder.path)
            if not manifest.is_complete:
                self._write(manifest)

    def provenance(self) -> dict[str, Any]:
        """What the manifest says of this session and those before it."""
        sessions = [*self._earlier, {**self._note, "seconds": round(time.perf_counter() - self._began, 3)}]
        seconds = round(sum(session["seconds"] for session in sessions), 3)
        return {**self._command, "sessions": sessions, "seconds": seconds}

    def _write(self, manifest: Manifest) -> None:
        self._folder.write_manifest(with_provenance(manifest, self.provenance()))


def _words(changed: Mapping[str, tuple[str, str]]) -> str:
    return "; ".join(f"{name} was {then} and is {now}" for name, (then, now) in changed.items())
