"""Writing to disk so that a thing is whole or not there at all, and refusals of the system in plain words."""

import errno
import hashlib
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from ssa_sim.errors import InputError

_REASONS: dict[int | None, str] = {
    errno.EACCES: "There is no permission to read or write here.",
    errno.EPERM: "There is no permission to read or write here.",
    errno.EROFS: "The disk is read-only.",
    errno.ENOSPC: "There is no space left on the disk.",
    getattr(errno, "EDQUOT", -1): "Your share of the disk is used up.",
    errno.ENAMETOOLONG: "The name is too long for this system.",
    errno.ELOOP: "A link stands here where a file or folder of its own should be; nothing is written through it.",
    errno.ENOTEMPTY: "Something else has been put into the folder meanwhile.",
    errno.EEXIST: "Something else has been put into the folder meanwhile.",
}


TEMPORARY = ".ssa_sim-"
"""How the names of folders begin that are gone in the end."""
PART = ".part"
"""How the names of files end that are being written; they begin with a dot."""


def reason(error: OSError) -> str:
    """One sentence on why the system refused."""
    return _REASONS.get(error.errno, f"The system refuses it: {error.strerror or error}.")


@contextmanager
def explained(where: Path, then: str = "") -> Iterator[None]:
    """Turn refusals of the system into `InputError`; `then` says what follows from it."""
    try:
        yield
    except OSError as error:
        raise InputError(f"{reason(error)} {then}".rstrip(), where=where) from error
    except ValueError as error:
        if "null" not in str(error):
            raise
        raise InputError("A name cannot contain this character.", where=repr(str(where))) from error


def refuse_link(path: Path) -> None:
    """Refuse to write into a folder that is a link to another place.

    Raises:
        InputError: it is one.
    """
    if path.is_symlink():
        raise InputError(
            "This is a link to another place; nothing is written through it.",
            where=path,
            allowed="a folder of its own: remove the link",
        )


@contextmanager
def temporary_folder(parent: Path) -> Iterator[Path]:
    """A new folder in `parent` that is gone at the end, unless it was renamed."""
    folder = parent / f"{TEMPORARY}{uuid.uuid4().hex[:8]}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def put_in_place(folder: Path, target: Path) -> None:
    """Rename a finished folder to `target`, which must be missing or empty. Missing parents are made.

    Raises:
        OSError: the system refuses, or `target` is not empty.
    """
    flush_folder(folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        target.rmdir()  # Makes room if it is an empty folder, and raises if it is not.
    folder.rename(target)
    flush_folder(target.parent)


def existing_folder_above(path: Path) -> Path:
    """The nearest parent that exists.

    Raises:
        NotADirectoryError: it is a file.
    """
    above = path.parent
    while not above.exists() and above != above.parent:
        above = above.parent
    if not above.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, f"{above} is a file, so nothing can be put below it")
    return above


def write_new(path: Path, content: bytes) -> None:
    """Write a file that must not exist yet, down to the disk."""
    with path.open("xb") as file:
        file.write(content)
        flush(file)


def flush(file: BinaryIO) -> None:
    """Have the disk keep what was written to an open file."""
    file.flush()
    os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Have the disk keep a folder's list of files; Windows does so by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def checksum(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def replace_file(path: Path, content: bytes) -> None:
    """Write a file in the place of the one that may be there: readers see the old one or the new one, whole.

    Raises:
        OSError: the system refuses; the old file is still there.
    """
    part = path.with_name(f".{path.name}-{uuid.uuid4().hex[:8]}{PART}")
    try:
        write_new(part, content)
        part.replace(path)
        flush_folder(path.parent)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
