"""A sweep's own process needs no more memory for more runs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
MOST_GROWTH_MB = 8.0
SCRIPT = """
import resource, sys
from pathlib import Path
import ssa_sim.experiment.shards as shards
import ssa_sim.experiment.tables as tables
import sweep_stand_ins
from ssa_sim.experiment.runner import Means, sweep
from stand_ins import nothing, small_experiment
shards._LARGEST_SHARD, tables._ROWS_A_GROUP = 60, 2000  # bounds that sweeps as small as these would not reach
means = Means(workers=2, is_guarded=True, simulate=sweep_stand_ins.at_once, prepare=nothing)
sweep(small_experiment(int(sys.argv[1]) // 2), Path(sys.argv[2]), means)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def peak(runs: int, out: Path) -> float:
    """The peak of a sweep's own process, in megabytes."""
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(runs), str(out)],
        env={**os.environ, "PYTHONPATH": f"{TESTS.parent / 'src'}{os.pathsep}{TESTS}"},
        capture_output=True,
        text=True,
        check=True,
    )
    return float(ended.stdout)


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="other systems count memory in other units")
def test_the_parents_peak_does_not_grow_with_the_runs(tmp_path: Path) -> None:
    """The runs that the larger one has more are fifteen megabytes of numbers."""
    few, many = peak(4_000, tmp_path / "few"), peak(24_000, tmp_path / "many")
    assert many - few < MOST_GROWTH_MB, (few, many)
