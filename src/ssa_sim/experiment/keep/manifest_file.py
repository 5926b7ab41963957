"""The manifest.json of a result folder of any kind: how it begins, and the one way in which it is read."""

import stat
from collections.abc import Callable, Hashable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast, get_args

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from ssa_sim.errors import InputError
from ssa_sim.experiment.keep.disk import checksum, explained

MANIFEST = "manifest.json"
LARGEST_DESCRIPTION = 256_000_000
"""In bytes: of a manifest, or another JSON file of a result folder. The largest are some megabytes."""

AnySchema = TypeVar("AnySchema")


class ManifestPart(BaseModel):
    """A part of a manifest: strict, and whatever later versions add to it is left out."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


class ManifestFile(ManifestPart):
    """How the manifest of every kind of folder begins.

    Attributes:
        kind: of the folder; marks the file as one of ours.
        format: version of the folder's layout; raised when older code could no longer read a folder written now.
        ssa_sim: version of the package that wrote it.
    """

    kind: Any
    format: Any
    ssa_sim: str

    def text(self) -> bytes:
        """The file's content."""
        return f"{self.model_dump_json(indent=2)}\n".encode()


AnyManifest = TypeVar("AnyManifest", bound=ManifestFile)


class _Head(BaseModel):
    """By what a manifest is told from those of other kinds and versions."""

    kind: Any = None
    format: Any = None


def kind_in(manifest_type: type[ManifestFile]) -> str:
    """The kind of the folders whose manifest is of some type."""
    return str(get_args(manifest_type.model_fields["kind"].annotation)[0])


def manifest_in(folder: Path, manifest_type: type[AnyManifest], other: Callable[[str], InputError]) -> AnyManifest:
    """The manifest of a folder that should be of some kind.

    Args:
        folder: the result folder.
        manifest_type: what its manifest must be.
        other: what to raise about a folder of another kind.

    Raises:
        InputError: there is none, or it is damaged, of another kind or of an earlier layout.
    """
    path, content = folder / MANIFEST, content_of(folder)
    head = parsed(content, _Head, path)
    if isinstance(head.kind, str) and head.kind != kind_in(manifest_type):
        raise other(head.kind)
    if isinstance(head.format, int) and 0 < head.format < manifest_type.model_fields["format"].default:
        raise InputError(
            "The folder was written by an earlier version of ssa-sim, in a layout that is no longer read.",
            where=path,
            allowed="that version, or the experiment run again into another folder",
        )
    return parsed(content, manifest_type, path)


def kind_of(folder: Path) -> str:
    """What kind of result folder it is, by its manifest.

    Raises:
        InputError: there is no manifest in it, or it cannot be read.
    """
    head = parsed(content_of(folder), _Head, folder / MANIFEST)
    return head.kind if isinstance(head.kind, str) else ""


def content_of(folder: Path, name: str = MANIFEST) -> bytes:
    """The content of a JSON file that says what a folder holds.

    Raises:
        InputError: there is no such folder, no such file in it, or it is none that could be read.
    """
    with explained(folder):
        if not folder.exists():
            raise InputError("There is no such folder.", where=folder)
        path = folder / name
        if not path.exists():
            raise InputError(f"This is no result folder: there is no {name} in it.", where=folder)
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST_DESCRIPTION:
            raise InputError(
                "This is no file that ssa-sim wrote.",
                where=path,
                allowed=f"an ordinary file of at most {LARGEST_DESCRIPTION / 1e6:.0f} MB",
            )
        return path.read_bytes()


def parsed(content: bytes, schema: type[AnySchema], where: Path) -> AnySchema:
    """What a JSON file of a result folder says, once it is sure that it can be read as `schema` has it.

    Raises:
        InputError: it names the file, and the first thing that is wrong.
    """
    try:
        reader: TypeAdapter[AnySchema] = _reader_of(cast(Hashable, schema))
        read = reader.validate_json(content)
        return read
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        said = first["msg"].removeprefix("Value error, ")
        what = "manifest" if where.name == MANIFEST else "file"
        raise InputError(
            f"The {what} cannot be read: {said}{f' (at {place})' if place else ''}.",
            where=where,
            allowed=f"the {what} as ssa-sim wrote it: take the folder again from where it came from, or make it anew elsewhere",
        ) from None


@cache
def _reader_of(schema: Any) -> TypeAdapter[Any]:
    return TypeAdapter(schema)


ANOTHER_FOLDER = "a folder that does not exist yet, or an empty one"


def refuse_other_content(out: Path) -> None:
    """Refuse a place that no result folder can take.

    Raises:
        InputError: a file stands there, or a folder that holds something else than results.
    """
    if out.exists() and not out.is_dir():
        raise InputError("A file stands where the result folder should go.", where=out, allowed=ANOTHER_FOLDER)
    if out.is_dir() and any(out.iterdir()) and not (out / MANIFEST).exists():
        raise InputError("The folder holds other files; nothing was overwritten.", where=out, allowed=ANOTHER_FOLDER)


def unlike_files(folder: Path, files: Mapping[str, str]) -> str | None:
    """The first of a manifest's files that is missing or is not what was written; None: all are as they were."""
    for name, expected in files.items():
        path = folder / name
        if not path.is_file() or checksum(path) != expected:
            return name
    return None
