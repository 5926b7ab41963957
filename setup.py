"""What `pyproject.toml` cannot say: a wheel holds a copy of the scenarios and experiments that come with the project.

An editable installation needs none: it finds the project's own folders.
"""

import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

sys.path.insert(0, str(Path(__file__).resolve().parent / "src"))

from ssa_sim.scenario.library import IN_PACKAGE, LIBRARY


class BuildWithLibrary(build_py):
    """Builds the package, and puts the library's files into it."""

    def run(self) -> None:
        """Build, then copy."""
        super().run()
        if not self.editable_mode:
            for source, target in self._copies().items():
                self.mkpath(str(Path(target).parent))
                self.copy_file(source, target, preserve_mode=False)

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        """Every file that building writes."""
        return [*super().get_outputs(include_bytecode), *([] if self.editable_mode else self._copies().values())]

    def get_source_files(self) -> list[str]:
        """Every file that a source distribution needs for building."""
        return [*super().get_source_files(), *self._copies()]

    def _copies(self) -> dict[str, str]:
        """The library's files, and where each goes."""
        inside = Path(self.build_lib) / "ssa_sim" / IN_PACKAGE
        files = [f"{kind}/{name}.toml" for kind, names in LIBRARY.items() for name in names]
        return {file: str(inside / file) for file in files}


setup(cmdclass={"build_py": BuildWithLibrary})
