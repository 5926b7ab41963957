"""Sweeps of the real model, killed at random moments and gone on with: nothing that was done is lost."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
KILLS = 10


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the harness looks for processes in /proc")
def test_nothing_is_lost_to_some_kills() -> None:
    """The short version of `python -m benchmarks.kills`."""
    ended = subprocess.run(
        [sys.executable, "-m", "benchmarks.kills", "--kills", str(KILLS), "--replications", "8"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"},
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ended.stdout.startswith(f"{KILLS} kills, ")
    counted = {name.strip(): int(number) for name, number in re.findall(r"^([a-z ]+)  (\d+)$", ended.stdout, re.M)}
    assert counted.pop("runs acknowledged") > 0
    assert len(counted) == 6
    assert not any(counted.values()), ended.stdout
