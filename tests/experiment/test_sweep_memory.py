"""Neither a sweep's own process nor a worker needs more memory for more runs."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

TESTS = Path(__file__).resolve().parents[1]
MOST_GROWTH_MB = 1.5
FEW, MANY = 4_000, 8_000
SCRIPT = """
import tracemalloc; tracemalloc.start()
import multiprocessing, re, sys
from pathlib import Path
import pyarrow
import ssa_sim.experiment.ask.layout as layout_of_shards
import ssa_sim.experiment.keep.tables as tables
import sweep_stand_ins
from ssa_sim.experiment.ask.design import Axis, make_design
from ssa_sim.experiment.run.settings import RunSettings
from ssa_sim.experiment.run.sweep import sweep
from stand_ins import nothing, small_experiment
layout_of_shards._LARGEST_SHARD, tables._ROWS_A_GROUP = 75, 2000  # bounds that sweeps as small as these would not reach
what, cells, out = sys.argv[1], int(sys.argv[2]) // 2, Path(sys.argv[3])
if what == "points":
    paths = ["turnover.reassignment_rate", "calendar.clarity_lost", "calendar.clarity_speed", "calendar.entry_rate",
             "security.grievance_north"]
    axes = [Axis("uncertainties", path, None, 0.1, 0.2) for path in paths]
    experiment = small_experiment(1, design=make_design("latin_hypercube", axes, samples=cells))
else:
    experiment = small_experiment(cells)
settings = RunSettings(workers=1, is_guarded=True, simulate=sweep_stand_ins.at_once, prepare=nothing)
worker = 0.0

def peak_of_worker(pid):  # not from getrusage: that of a process is at least that of the one that started it
    return int(re.search("VmHWM:[^0-9]*([0-9]+)", Path(f"/proc/{pid}/status").read_text()).group(1)) / 1024

def look(standing):
    global worker
    worker = max([worker, *(peak_of_worker(process.pid) for process in multiprocessing.active_children())])

tracemalloc.reset_peak()  # what was loaded until here took more for a moment
sweep(experiment, out, settings, progress=look)
print((tracemalloc.get_traced_memory()[1] + pyarrow.default_memory_pool().max_memory()) / 1024**2, worker)
"""


class Peaks(NamedTuple):
    """Of what a sweep's own process asked for (Python, NumPy, Arrow), and of all that its worker had, in megabytes."""

    parent: float
    worker: float


def peaks(what: str, runs: int, out: Path) -> Peaks:
    """Run a sweep in a process of its own."""
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT, what, str(runs), str(out)],
        env={**os.environ, "PYTHONPATH": f"{TESTS.parent / 'src'}{os.pathsep}{TESTS}"},
        capture_output=True,
        text=True,
        check=True,
    )
    return Peaks(*map(float, ended.stdout.split()))


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="peaks are read from /proc")
@pytest.mark.parametrize("what", ["replications", "points"])
def test_peaks_do_not_grow_with_the_runs(tmp_path: Path, what: str) -> None:
    """The runs that the larger one has more are three megabytes of numbers."""
    few, many = peaks(what, FEW, tmp_path / "few"), peaks(what, MANY, tmp_path / "many")
    assert many.parent - few.parent < MOST_GROWTH_MB, (few, many)
    assert many.worker - few.worker < MOST_GROWTH_MB, (few, many)
