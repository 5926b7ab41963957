"""A disk that is full when it matters."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ssa_sim.experiment.keep import disk


@contextmanager
def full_disk(stage: str) -> Iterator[None]:
    """While it lasts, the disk is full when a file of that name is to be written."""
    flush = disk.flush

    def full(file: Any) -> None:
        if Path(file.name).name == stage:
            raise OSError(errno.ENOSPC, "No space left on device")
        flush(file)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "flush", full)
        patch.setattr("ssa_sim.experiment.keep.tables.flush", full)
        yield
