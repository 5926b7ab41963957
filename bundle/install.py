"""Install the workshop from the wheels beside this file, without network; leaves a starter here.

Run by `install.sh` and `install.cmd`; needs nothing but the Python that the wheels are for.
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / "environment"
PROGRAMS = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
WANTED = (HERE / "python.txt").read_text(encoding="utf-8").split()

STARTER = """#!/bin/sh
# Opens the workshop page; what is written behind the name goes to the command, such as --lang fr.
cd "$(dirname "$0")" && exec environment/bin/python -m ssa_sim workshop scenarios/baseline.toml "$@"
"""
STARTER_WINDOWS = """@echo off
rem Opens the workshop page; what is written behind the name goes to the command, such as --lang fr.
cd /d "%~dp0"
environment\\Scripts\\python.exe -m ssa_sim workshop scenarios\\baseline.toml %*
"""


def main() -> None:
    """Check the Python, install, compile, leave a starter."""
    check_python()
    without_network()
    print("1/3 Making the environment ...", flush=True)
    make_environment()
    print("2/3 Installing from the wheels ...", flush=True)
    pip = [PROGRAMS / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index"]
    run([*pip, "--find-links", HERE / "wheels", "ssa-sim[workshop]"])
    print("3/3 Compiling the model (about a minute) ...", flush=True)
    run([PROGRAMS / "python", "-m", "ssa_sim", "run", HERE / "scenarios" / "baseline.toml", "--json"], quiet=True)
    print(f"Done. Start it with {leave_starter()}; the guide is {HERE / 'guide'}.")


def check_python() -> None:
    """End with words if this is another Python than the wheels are for."""
    if [str(part) for part in sys.version_info[:2]] != WANTED:
        sys.exit(f"This archive is for Python {'.'.join(WANTED)}; this is {sys.version.split()[0]}.")


def without_network() -> None:
    """Nothing that is set on this machine may send pip elsewhere."""
    for name in [name for name in os.environ if name.upper().startswith("PIP_")]:
        del os.environ[name]
    os.environ["PIP_CONFIG_FILE"] = os.devnull


def make_environment() -> None:
    """A fresh environment, whatever an earlier attempt left."""
    try:
        venv.EnvBuilder(clear=True, with_pip=True).create(ENVIRONMENT)
    except (subprocess.CalledProcessError, ImportError):
        sys.exit("Python cannot make environments here. On Debian and Ubuntu: apt install python3-venv")


def leave_starter() -> Path:
    """Write the starter for this system."""
    starter = HERE / ("start.cmd" if os.name == "nt" else "start.sh")
    starter.write_text(STARTER_WINDOWS if os.name == "nt" else STARTER, encoding="utf-8")
    starter.chmod(0o755)
    return starter


def run(command: list[object], *, quiet: bool = False) -> None:
    """Run a command; end with it where it fails."""
    done = subprocess.run([str(part) for part in command], stdout=subprocess.DEVNULL if quiet else None, check=False)
    if done.returncode:
        sys.exit(f"This failed: {' '.join(str(part) for part in command)}")


if __name__ == "__main__":
    main()
