"""Libraries that only some commands need: which is missing, and the command that brings it to this installation."""

import importlib.util
import json
import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlparse
from urllib.request import url2pathname

from ssa_sim.errors import InputError

_PROJECT = "ssa-sim"


def require(module: str, extra: str, message: str, *, where: object = None, otherwise: str = "") -> None:
    """Say how to install a library where it is missing.

    Args:
        module: as it is imported.
        extra: the optional dependencies of `pyproject.toml` that it is part of.
        message: what needs which library: a sentence.
        where: the option or command that needs it; opens the message.
        otherwise: what else would do; closes the message.

    Raises:
        InputError: it is not installed.
    """
    if importlib.util.find_spec(module) is None:
        brings = f"`{install_command(extra)}` brings it"
        raise InputError(message, where=where, allowed="; ".join(filter(None, (brings, otherwise))))


def install_command(extra: str) -> str:
    """The command that adds an extra to this installation, for its own Python: from where it was installed itself."""
    return f"{_shown(sys.executable or 'python')} -m pip install {_wanted(extra)}"


def _wanted(extra: str) -> str:
    try:
        installed = distribution(_PROJECT)
    except PackageNotFoundError:  # run from its sources, without being installed
        return _from_folder(Path(__file__).resolve().parents[2], extra, is_editable=True)
    origin = json.loads(installed.read_text("direct_url.json") or "{}")
    if "vcs_info" in origin:
        revision = origin["vcs_info"]
        return f'"{_PROJECT}[{extra}] @ {revision["vcs"]}+{origin["url"]}@{revision["commit_id"]}"'
    place = Path(url2pathname(urlparse(origin.get("url", "")).path))
    if "dir_info" in origin and place.is_dir():
        return _from_folder(place, extra, is_editable=origin["dir_info"].get("editable", False))
    if "archive_info" in origin and place.is_file():
        return f'"{_near(place)}[{extra}]"'
    return " ".join(f'"{library}"' for library in _libraries(installed, extra))


def _from_folder(folder: Path, extra: str, *, is_editable: bool) -> str:
    pins = folder / "constraints.txt"
    options = [f"-c {_shown(pins)}"] if pins.is_file() else []
    return " ".join([*options, *(["-e"] if is_editable else []), f'"{_near(folder)}[{extra}]"'])


def _libraries(installed: Distribution, extra: str) -> list[str]:
    """What an extra names; where nothing says which package this is, its libraries are all that pip can be told of."""
    found = []
    for line in installed.requires or ():
        library, _, condition = line.partition(";")
        if re.search(rf"""extra == ["']{re.escape(extra)}["']""", condition):
            found.append(library.strip())
    return found


def _near(path: Path) -> str:
    """A path as seen from the current folder, where it lies in that."""
    try:
        return str(Path(path).relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)


def _shown(path: str | Path) -> str:
    near = _near(Path(path))
    return f'"{near}"' if " " in near else near
