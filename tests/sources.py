"""The modules of the package, for tests that read its source."""

from pathlib import Path

import ssa_sim

PACKAGE = Path(ssa_sim.__file__).parent


def modules() -> list[tuple[str, Path]]:
    """Every module of the package with its file."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found.append((".".join(parts[:-1] if parts[-1] == "__init__" else parts), path))
    return found
