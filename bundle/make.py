"""Put the archive together: wheels for this platform and Python, scenarios, experiments, guide and installer.

`python bundle/make.py [FOLDER]` writes it to a folder, by default `build`.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from guide import write_guide

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("scenarios", "experiments")
INSTALLER = ("install.py", "install.sh", "install.cmd")


def main() -> None:
    """Make the archive and say where it is."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build"
    with tempfile.TemporaryDirectory() as private:
        archive = make(Path(private), folder)
    print(f"{archive} ({archive.stat().st_size / 1e6:.0f} MB)")


def make(private: Path, folder: Path) -> Path:
    """Collect everything in a private folder and pack it.

    Args:
        private: empty, to work in.
        folder: for the archive.
    """
    wheels = private / "wheels"
    collect_wheels(copy_of_sources(private / "sources"), wheels)
    (own,) = wheels.glob("ssa_sim-*.whl")
    python = ".".join(str(part) for part in sys.version_info[:2])
    platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
    name = f"ssa_sim-workshop-{own.name.split('-')[1]}-python{python}-{platform}"
    inside = private / name
    inside.mkdir()
    shutil.move(wheels, inside / "wheels")
    for part in COPIED:
        shutil.copytree(ROOT / part, inside / part)
    for part in INSTALLER:
        shutil.copy(ROOT / "bundle" / part, inside / part)
    (inside / "install.sh").chmod(0o755)
    (inside / "python.txt").write_text(python.replace(".", " ") + "\n", encoding="utf-8")
    shutil.copy(ROOT / "LICENSE", inside / "LICENSE")
    write_guide(ROOT / "docs", inside / "guide")
    folder.mkdir(parents=True, exist_ok=True)
    kind = "zip" if os.name == "nt" else "gztar"
    return Path(shutil.make_archive(str(folder / name), kind, private, name))


def copy_of_sources(folder: Path) -> Path:
    """The sources alone: what an earlier build left beside them must not get into the wheel."""
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("*.egg-info", "__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def collect_wheels(sources: Path, folder: Path) -> None:
    """Wheels of this project and of all that it needs for the workshop, at the versions that are pinned."""
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
    options = ["--wheel-dir", str(folder), "--constraint", str(ROOT / "constraints.txt")]
    subprocess.run([*pip, *options, f"{sources}[workshop]"], check=True)


if __name__ == "__main__":
    main()
