"""Which model this is: a hash of its sources, so that no result and no compiled code outlives a changed rule."""

import hashlib
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_FLOORS = ("scenario", "model")


@cache
def model_version() -> str:
    """First 16 hexadecimal digits of the SHA-256 over every source file of the scenario and model floors."""
    digest = hashlib.sha256()
    for floor in _FLOORS:
        for source in sorted((_PACKAGE / floor).rglob("*.py")):
            digest.update(source.relative_to(_PACKAGE).as_posix().encode())
            digest.update(b"\0")
            digest.update(source.read_bytes())
            digest.update(b"\0")
    return digest.hexdigest()[:16]


MODEL_VERSION = model_version()
