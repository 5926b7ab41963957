"""Put the archive together: a first page, wheels for this platform and Python, scenarios, experiments, guide, installer.

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

from ssa_sim.typography import french

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("scenarios", "experiments")
INSTALLER = ("install.py", "install.sh", "install.cmd")
COMMANDS = {
    "gztar": {"unpack": "tar -xzf {name}.tar.gz", "install": "cd {name} && ./install.sh", "start": "./start.sh"},
    "zip": {"unpack": "tar -xf {name}.zip", "install": "cd {name} && install.cmd", "start": "start.cmd"},
}
"""By kind of archive, what its first page tells to type."""


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
    kind = "zip" if os.name == "nt" else "gztar"
    (inside / "README.txt").write_text(first_page(name, kind, python, platform), encoding="utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.make_archive(str(folder / name), kind, private, name))


def first_page(name: str, kind: str, python: str, platform: str) -> str:
    """What the archive is and what to type, in English and French."""
    commands = {what: command.format(name=name) for what, command in COMMANDS[kind].items()}
    text = (ROOT / "bundle" / "README.txt").read_text(encoding="utf-8")
    return french(text.format(python=python, platform=platform, **commands))


def copy_of_sources(folder: Path) -> Path:
    """The sources alone: what an earlier build left beside them must not get into the wheel."""
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("*.egg-info", "__pycache__"))
    for part in COPIED:
        shutil.copytree(ROOT / part, folder / part)
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def collect_wheels(sources: Path, folder: Path) -> None:
    """Wheels of this project and of all that it needs for the workshop, at the versions that are pinned."""
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
    options = ["--wheel-dir", str(folder), "--constraint", str(ROOT / "constraints.txt")]
    subprocess.run([*pip, *options, f"{sources}[workshop]"], check=True)


if __name__ == "__main__":
    main()
