"""Sweeps on a real Dask cluster (a scheduler and worker processes on this machine) and on executors of the caller's."""

import gc
import itertools
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest

import cluster_stand_ins as stand_ins
import ssa_sim
import ssa_sim.experiment.run.cluster as clusters
import ssa_sim.experiment.run.executor as executors
from ssa_sim.cli import main
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.file import load_experiment
from ssa_sim.experiment.ask.layout import layout
from ssa_sim.experiment.keep.manifest import read_manifest
from ssa_sim.experiment.keep.shard_runs import ShardRuns
from ssa_sim.experiment.keep.store import load_results
from ssa_sim.experiment.run.cluster import cluster
from ssa_sim.experiment.run.executor import Capacity, ExecutorError, OtherVersionsError, run_on_executor
from ssa_sim.experiment.run.settings import RunSettings
from ssa_sim.experiment.run.shards import Task, compute, task_for
from ssa_sim.experiment.run.sweep import SweepProgress, sweep
from ssa_sim.experiment.run.worker import WorkerCare
from ssa_sim.extras import install_command
from stand_ins import light_settings

ROOT = Path(__file__).resolve().parents[2]
SOURCES = Path(ssa_sim.__file__).parent.parent
PATHS = (SOURCES, ROOT / "tests")
HURRIED = WorkerCare(seconds_a_run=1.5)
EXPERIMENT = f"""\
title = "On a cluster"
scenarios = ["{(ROOT / "scenarios" / "baseline.toml").as_posix()}"]
replications = 4
[design]
method = "latin_hypercube"
samples = 50
[design.uncertainties]
"turnover.reassignment_rate" = {{}}
[output]
outcomes = ["readiness", "completions"]
"""

Captured = pytest.CaptureFixture[str]


class Cluster:
    """A Dask scheduler and its workers, each a process of its own.

    Args:
        folder: for its files.
        failures: worker deaths that a task may see, as the scheduler counts them.
    """

    def __init__(self, folder: Path, failures: int = 0) -> None:
        folder.mkdir()
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        file = folder / "scheduler.json"
        self.scheduler = self._start(
            "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file), failures=failures
        )
        wait_until(file.is_file)
        self.address = str(file)

    def add_workers(self, count: int, *options: str, paths: tuple[Path, ...] = PATHS) -> None:
        """Start workers, and wait until they are there."""
        before = len(self.workers())
        self._start(
            *("dask_worker", "--scheduler-file", self.address, "--nworkers", str(count), *options),
            *("--local-directory", str(self._folder)),
            paths=paths,
        )
        wait_until(lambda: len(self.workers()) == before + count)

    def workers(self) -> list[int]:
        """The process ids of its workers."""
        from distributed import Client

        with Client(scheduler_file=self.address, timeout=10, set_as_default=False) as client:
            return list(client.run(os.getpid).values())

    def stop(self) -> None:
        """End all processes that were started, the last one first."""
        for process in reversed(self._processes):
            process.terminate()
            process.wait()

    def _start(
        self, program: str, *options: str, failures: int = 0, paths: tuple[Path, ...] = PATHS
    ) -> "subprocess.Popen[bytes]":
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(map(str, paths)),
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(failures),
        }
        with (self._folder / f"{program}-{len(self._processes)}.log").open("wb") as log:
            self._processes.append(
                subprocess.Popen(
                    [sys.executable, "-m", f"distributed.cli.{program}", "--no-dashboard", *options],
                    stdout=log,
                    stderr=log,
                    env=environment,
                )
            )
        return self._processes[-1]


def wait_until(is_so: Callable[[], object], seconds: float = 600.0) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)


@pytest.fixture(scope="class")
def crew(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler and three workers that are started again when they die."""
    made = Cluster(tmp_path_factory.mktemp("cluster") / "files")
    try:
        made.add_workers(3, "--nthreads", "1")
        yield made
    finally:
        made.stop()


@pytest.fixture
def another(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler without workers."""
    made = Cluster(tmp_path / "cluster")
    try:
        yield made
    finally:
        made.stop()


class Reference(NamedTuple):
    """An experiment file, and the digest of its results made here."""

    file: Path
    digest: str


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    folder = tmp_path_factory.mktemp("reference")
    file = folder / "experiment.toml"
    file.write_text(EXPERIMENT)
    sweep(load_experiment(file), folder / "results", RunSettings(workers=1))
    return Reference(file, digest(folder / "results"))


def other_model(folder: Path) -> Path:
    """Sources that say of themselves that they are another model."""
    copy = folder / "sources"
    shutil.copytree(SOURCES / "ssa_sim", copy / "ssa_sim", ignore=shutil.ignore_patterns("__pycache__"))
    with (copy / "ssa_sim" / "model" / "version.py").open("a") as source:
        source.write('MODEL_VERSION = "another"\n')
    return copy


def digest(folder: Path) -> str:
    return read_manifest(folder).digest


def shards(folder: Path) -> list[Path]:
    return list((folder / "shards").glob("[0-9]*[0-9].parquet"))


def command(*arguments: object) -> "subprocess.Popen[str]":
    return _started("-c", "import sweep_stand_ins; sweep_stand_ins.main()", "warm_up", "simulate_variant", *arguments)


def slow_command(*arguments: object) -> "subprocess.Popen[str]":
    """The same on a slow stand-in for the model."""
    return _started("-c", "import sweep_stand_ins; sweep_stand_ins.main()", "nothing", "slowly", *arguments)


def _started(*arguments: object) -> "subprocess.Popen[str]":
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, PATHS))}
    return subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


def run_light(
    out: Path,
    executor: tuple[Executor, Callable[[], int]] | None = None,
    simulate: Any = stand_ins.lightly,
    progress: Callable[[SweepProgress], None] | None = None,
    **more: Any,
) -> str:
    """Run the stand-in's experiment; returns the digest."""
    settings = RunSettings(
        workers=1, executor=executor, simulate=simulate, prepare=stand_ins.nothing, is_guarded=executor is None, **more
    )
    sweep(stand_ins.experiment(), out, settings, progress=progress)
    return digest(out)


@pytest.fixture(scope="module")
def light_digest(tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("light") / "results"
    sweep(stand_ins.experiment(), out, RunSettings(workers=1, simulate=stand_ins.lightly, prepare=stand_ins.nothing))
    return digest(out)


@pytest.mark.long
class TestOneCrew:
    """Three workers for all of it, which are gone before the next cluster is started."""

    def test_a_killed_worker_changes_nothing(self, crew: Cluster, reference: Reference, tmp_path: Path) -> None:
        """Killed in the midst of it: 200 runs of a fiftieth of a second take three workers more than a second."""
        here, out = tmp_path / "here", tmp_path / "there"
        experiment = load_experiment(reference.file)
        sweep(experiment, here, light_settings())
        before = crew.workers()
        process = slow_command("sweep", reference.file, "--out", out, "--cluster", crew.address)
        wait_until(lambda: len(shards(out)) > 3)
        os.kill(before[0], signal.SIGKILL)
        is_running, done = process.poll() is None, len(shards(out))
        output, messages = process.communicate(timeout=600)
        assert (is_running, 3 < done < len(layout(experiment)) - 10) == (True, True)
        assert (process.returncode, "200 runs, 0 failed" in output) == (0, True), messages
        assert digest(out) == digest(here) != reference.digest
        wait_until(lambda: len(crew.workers()) == 3)
        assert before[0] not in crew.workers()

    def test_an_interrupted_sweep_is_gone_on_with_here(
        self, crew: Cluster, reference: Reference, tmp_path: Path
    ) -> None:
        out = tmp_path / "results"
        process = command("sweep", reference.file, "--out", out, "--cluster", crew.address)
        wait_until(lambda: len(shards(out)) > 3)
        process.send_signal(signal.SIGINT)
        _, messages = process.communicate(timeout=600)
        assert process.returncode == 130, messages
        done = set(shards(out))
        assert f"To resume:\n  ssa-sim sweep {reference.file} --out {out} --cluster {crew.address}\n" in messages
        assert 3 < len(done) < len(layout(load_experiment(reference.file)))
        standing = sweep(load_experiment(reference.file), out, RunSettings(workers=1))
        assert standing.found >= len(done)
        assert digest(out) == reference.digest

    def test_deadly_and_endless_runs_are_set_aside_as_they_are_here(self, crew: Cluster, tmp_path: Path) -> None:
        """What the cluster gives up is computed here, so that the errors are the same to the letter."""
        with cluster(crew.address, print) as executor:
            run_light(tmp_path / "there", executor, stand_ins.deadly, care=HURRIED)
        run_light(tmp_path / "here", None, stand_ins.deadly, care=HURRIED)
        there, here = (load_results(tmp_path / name).runs for name in ("there", "here"))
        pd.testing.assert_frame_equal(there, here, check_exact=True)
        failed = here[here["status"] == "failed"].set_index(stand_ins.RATE)
        assert dict(failed["error"]) == {
            stand_ins.KILLER: "the worker process died 3 times in this run (killed from outside, out of memory, or crashed)",
            stand_ins.ENDLESS: "the run took longer than 1.5 s, in 2 attempts",
        }
        assert set(failed["scenario"]) == {"longer"}
        assert set(failed["replicate"]) == {1}

    def test_workers_with_other_libraries(self, crew: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """They are refused before the sweep, and those that join later when they take up their first task."""
        with cluster(crew.address, print) as executor:
            monkeypatch.setattr(executors, "versions", lambda: {"numpy": "1.0"})
            expected = rf"worker.* has other versions .*: numpy {re.escape(np.__version__)} instead of 1\.0"
            with pytest.raises(InputError, match=f"A {expected}"):
                run_light(tmp_path / "out", executor)
        with pytest.raises(InputError, match=f"The {expected}"), cluster(crew.address, print):
            pass


@pytest.mark.long
class TestDask:
    def test_threads_of_one_worker_and_workers_that_join(
        self, another: Cluster, light_digest: str, tmp_path: Path
    ) -> None:
        another.add_workers(1, "--nthreads", "3", "--no-nanny")
        with cluster(another.address, print) as (executor, room):
            assert room() == 6
            assert run_light(tmp_path / "there", (executor, room), stand_ins.slowly) == light_digest
            another.add_workers(1, "--nthreads", "1", "--no-nanny")
            wait_until(lambda: room() == 8, 4 * clusters._ASK_AGAIN_SECONDS)

    def test_a_late_worker_of_another_model_is_refused_and_the_others_go_on(
        self, another: Cluster, light_digest: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It joins after the first shard; its own address is in what is told."""
        monkeypatch.setattr(clusters, "_CONNECTION_SECONDS", 120)
        monkeypatch.setattr(clusters, "_LOOK_AGAIN_SECONDS", 0.0)
        another.add_workers(1, "--nthreads", "1", "--no-nanny")
        said: list[str] = []

        def join(standing: SweepProgress) -> None:
            if standing.done and len(another.workers()) == 1:
                another.add_workers(1, "--nthreads", "1", "--no-nanny", paths=(other_model(tmp_path), ROOT / "tests"))

        with cluster(another.address, said.append) as executor:
            run_light(tmp_path / "there", executor, progress=join)
        assert digest(tmp_path / "there") == light_digest
        assert len(said) == 1
        assert re.fullmatch(
            r"The worker tcp://\S+ has other versions than this process: the model another instead of \w{16}\. "
            r"It is given nothing to do\.",
            said[0],
        )

    def test_a_lost_scheduler_leaves_what_was_done(
        self, another: Cluster, reference: Reference, tmp_path: Path
    ) -> None:
        out = tmp_path / "results"
        another.add_workers(1, "--nthreads", "1", "--no-nanny")
        process = command("sweep", reference.file, "--out", out, "--cluster", another.address)
        wait_until(lambda: len(shards(out)) > 3)
        another.scheduler.kill()
        _, messages = process.communicate(timeout=600)
        assert process.returncode == 1
        assert "The executor dropped what was in hand" in messages
        assert f"What was done is kept. To resume:\n  ssa-sim sweep {reference.file}" in messages
        assert "Traceback" not in messages
        standing = sweep(load_experiment(reference.file), out, RunSettings(workers=1))
        assert standing.found >= 3
        assert digest(out) == reference.digest


@pytest.mark.long
class TestRefusals:
    def test_no_worker_yet_and_workers_of_another_model(
        self, another: Cluster, reference: Reference, tmp_path: Path, capsys: Captured
    ) -> None:
        arguments = ["sweep", str(reference.file), "--out", str(tmp_path / "results"), "--cluster", another.address]
        assert main(arguments) == 2
        assert f"ssa-sim: --cluster: The cluster at {another.address} has no worker yet" in capsys.readouterr().err

        copy = other_model(tmp_path)
        another.add_workers(1, "--no-nanny", paths=(copy, ROOT / "tests"))
        assert main(arguments) == 2
        message = capsys.readouterr().err
        assert re.search(
            r"The worker tcp://\S+ has other versions than this process: the model another instead of \w{16}\.", message
        )
        assert "Traceback" not in message
        assert not (tmp_path / "results").exists()

    def test_workers_without_ssa_sim(
        self, another: Cluster, reference: Reference, tmp_path: Path, capsys: Captured
    ) -> None:
        (tmp_path / "elsewhere" / "ssa_sim").mkdir(parents=True)
        (tmp_path / "elsewhere" / "ssa_sim" / "__init__.py").touch()
        another.add_workers(1, "--no-nanny", paths=(tmp_path / "elsewhere",))
        assert main(["sweep", str(reference.file), "--cluster", another.address]) == 2
        message = capsys.readouterr().err
        assert re.search(r"The worker tcp://\S+ cannot load ssa-sim \(.*No module named \\?'ssa_sim\.", message)
        assert "Traceback" not in message

    def test_nobody_at_the_address(
        self, reference: Reference, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(clusters, "_CONNECTION_SECONDS", 1)
        arguments = ["sweep", str(reference.file), "--out", str(tmp_path / "results"), "--cluster"]
        assert main([*arguments, "tcp://127.0.0.1:9"]) == 2
        assert "ssa-sim: --cluster: No Dask scheduler answers at tcp://127.0.0.1:9 (" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("address", "problem"),
        [
            ("gibberish", "--cluster: No Dask scheduler answers at gibberish (ValueError: missing port number"),
            ("foo://bar:1", "--cluster: No Dask scheduler answers at foo://bar:1 (ValueError: unknown address scheme"),
            ("nowhere.json", "nowhere.json: There is no such scheduler file."),
            ("list.json", "list.json: This is not a scheduler file."),
            ("text.json", "text.json: This is not a scheduler file."),
        ],
    )
    def test_what_is_no_address_is_one_message(
        self,
        address: str,
        problem: str,
        reference: Reference,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        """No client is left that would fail once more when it is let go of."""
        left: list[str] = []
        monkeypatch.setattr(sys, "unraisablehook", lambda one: left.append(str(one.exc_value)))
        monkeypatch.chdir(tmp_path)
        Path("list.json").write_text("[]")
        Path("text.json").write_text("tcp://127.0.0.1:8786")
        assert main(["sweep", str(reference.file), "--out", "results", "--cluster", address]) == 2
        gc.collect()
        message = capfd.readouterr().err
        assert message.startswith(f"ssa-sim: {problem}")
        assert message.count("\n") == 1
        assert left == []

    def test_dask_is_not_installed(
        self, reference: Reference, capsys: Captured, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "distributed", None)
        assert main(["sweep", str(reference.file), "--cluster", "tcp://127.0.0.1:8786"]) == 2
        assert capsys.readouterr().err == (
            "ssa-sim: --cluster: A cluster needs Dask, which is not installed. "
            f"Allowed: `{install_command('cluster')}` brings it.\n"
        )


class TestAnyExecutor:
    def test_threads(self, light_digest: str, tmp_path: Path) -> None:
        with ThreadPoolExecutor(2) as pool:
            assert run_light(tmp_path / "results", (pool, lambda: 4)) == light_digest

    @pytest.mark.long
    def test_processes(self, light_digest: str, tmp_path: Path) -> None:
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            assert run_light(tmp_path / "results", (pool, lambda: 4)) == light_digest

    def test_the_python_function_takes_one(self, reference: Reference, tmp_path: Path) -> None:
        with ThreadPoolExecutor(1) as pool:
            results = ssa_sim.run_experiment(reference.file, tmp_path / "results", workers=1, executor=pool)
        assert len(results.runs) == 200
        assert digest(tmp_path / "results") == reference.digest

    @pytest.mark.long
    def test_a_pool_that_breaks(self, light_digest: str, tmp_path: Path) -> None:
        """What was done before is kept, and the same command goes on by other means."""
        out = tmp_path / "results"
        with (
            ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool,
            pytest.raises(ExecutorError, match=r"cannot do its work.*BrokenProcessPool"),
        ):
            run_light(out, (pool, lambda: 1), stand_ins.deadly, care=HURRIED)
        done = len(shards(out))
        assert 0 < done < len(layout(stand_ins.experiment()))
        with ThreadPoolExecutor(1) as pool:
            assert run_light(out, (pool, lambda: 2)) == light_digest

    def test_a_pool_that_was_shut_down(self, tmp_path: Path) -> None:
        pool = ThreadPoolExecutor(1)
        pool.shutdown()
        with pytest.raises(ExecutorError, match=r"takes no work any more .*shutdown"):
            run_light(tmp_path / "results", (pool, lambda: 1))

    def test_a_pool_that_is_shut_down_meanwhile(self, light_digest: str, tmp_path: Path) -> None:
        out = tmp_path / "results"
        pool = ThreadPoolExecutor(1)

        def room() -> int:
            is_time = bool(shards(out))
            if is_time:
                pool.shutdown(wait=False, cancel_futures=True)
            return 1 if is_time else 4

        with pytest.raises(ExecutorError, match="dropped what was in hand"):
            run_light(out, (pool, room), stand_ins.slowly)
        assert 0 < len(shards(out)) < len(layout(stand_ins.experiment()))
        assert run_light(out) == light_digest

    def test_a_time_limit_does_not_end_the_process_that_plans(self, light_digest: str, tmp_path: Path) -> None:
        with ThreadPoolExecutor(1) as pool:
            made = run_light(tmp_path / "r", (pool, lambda: 2), stand_ins.slowly, care=WorkerCare(seconds_a_run=0.01))
        assert made == light_digest

    def test_without_workers_it_waits(self, light_digest: str, tmp_path: Path) -> None:
        rooms = itertools.chain([0, 0], itertools.repeat(2))
        with ThreadPoolExecutor(1) as pool:
            assert run_light(tmp_path / "results", (pool, lambda: next(rooms))) == light_digest

    def test_without_workers_it_can_be_stopped(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What was in hand of the workers that are gone is not waited for."""
        monkeypatch.setattr(executors, "_TICK_SECONDS", 0.001)
        held = _Holding()
        asked = itertools.count()
        made = computed(held, in_flight=lambda: 2 if not held.given else 0, stopping=lambda: next(asked) > 20)
        assert made == []
        assert len(held.given) == 2


class _Holding(Executor):
    """Does nothing with what it is given.

    Attributes:
        given: what it was given.
    """

    def __init__(self) -> None:
        self.given: list[Future[Any]] = []

    def submit(self, *_: Any, **__: Any) -> "Future[Any]":
        self.given.append(Future())
        return self.given[-1]


class _AtOnce(Executor):
    """Does what it is given at once, but for the first task.

    Attributes:
        first: what becomes of that one.
        placements: what was said beside each task.
    """

    def __init__(self, first: "Future[Any]") -> None:
        self.first = first
        self.placements: list[dict[str, Any]] = []

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **placement: Any) -> "Future[Any]":
        self.placements.append(placement)
        if len(self.placements) == 1:
            return self.first
        future: Future[Any] = Future()
        future.set_result(function(*arguments))
        return future


class _Places(Capacity):
    """The first task goes to a worker that is gone, or refused, thereafter."""

    def __init__(self) -> None:
        super().__init__(lambda: 1)
        self.given = 0

    def placement(self) -> dict[str, Any]:
        self.given += 1
        return {"workers": "the first" if self.given == 1 else "others"}

    def has_lost(self, placement: Any) -> bool:
        return placement == {"workers": "the first"}

    def explains(self, begun: float) -> bool:
        return self.given == 1


class _Client:
    """Stands in for Dask's: its workers by name, and what each of them answers when it is asked."""

    def __init__(self, **answers: object) -> None:
        self.answers = answers

    def nthreads(self) -> dict[str, int]:
        return dict.fromkeys(self.answers, 1)

    def run(self, function: Callable[[], object], *, workers: list[str], **_: object) -> dict[str, object]:
        silent = [worker for worker in workers if self.answers[worker] is None]
        if silent:
            raise TimeoutError
        return {worker: self.answers[worker] for worker in workers}


class TestWhichWorkers:
    @pytest.fixture
    def here(self, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
        monkeypatch.setattr(clusters, "_LOOK_AGAIN_SECONDS", 0.0)
        monkeypatch.setattr(clusters, "_ASK_AGAIN_SECONDS", 0.0)
        return executors.versions_here()

    def test_all_get_work_while_all_are_the_same(self, here: dict[str, str]) -> None:
        capacity = clusters._ClusterCapacity(_Client(one=here, two=here), print)
        capacity.begin("there")
        assert (capacity(), capacity.placement()) == (4, {})
        assert not capacity.has_lost({})
        assert not capacity.explains(time.monotonic())

    def test_others_are_told_of_and_get_none(self, here: dict[str, str]) -> None:
        client, said = _Client(one=here, two={**here, "numpy": "1.0"}), list[str]()
        capacity = clusters._ClusterCapacity(client, said.append)
        capacity.begin("there")
        assert (capacity(), capacity.placement()) == (2, {"workers": ["one"]})
        assert said == [
            f"The worker two has other versions than this process: numpy 1.0 instead of {np.__version__}. "
            "It is given nothing to do."
        ]
        begun = time.monotonic()
        assert not capacity.explains(begun)
        client.answers["three"] = ModuleNotFoundError("No module named 'ssa_sim'")
        assert capacity.explains(begun)
        assert said[1:] == [
            "The worker three cannot load ssa-sim (ModuleNotFoundError: No module named 'ssa_sim'). It is given nothing to do."
        ]
        placement = capacity.placement()
        del client.answers["one"]
        assert capacity() == 0
        assert capacity.has_lost(placement)
        assert said[2:] == ["The cluster has no worker any more that can do the work; waiting for one ..."]
        client.answers["four"] = here
        assert (capacity(), capacity.placement()) == (2, {"workers": ["four"]})

    def test_one_that_does_not_answer_waits_until_it_does(self, here: dict[str, str]) -> None:
        client = _Client(one=here)
        capacity = clusters._ClusterCapacity(client, print)
        capacity.begin("there")
        client.answers["late"] = None
        assert (capacity(), capacity.placement()) == (2, {"workers": ["one"]})
        client.answers["late"] = here
        assert (capacity(), capacity.placement()) == (4, {})

    def test_without_any_that_can_do_the_work_nothing_begins(self, here: dict[str, str]) -> None:
        with pytest.raises(InputError, match=r"The worker one has other versions .*: numba unknown instead of"):
            clusters._ClusterCapacity(_Client(one={**here, "numba": "unknown"}), print).begin("there")
        with pytest.raises(InputError, match="The cluster at there has no worker yet"):
            clusters._ClusterCapacity(_Client(), print).begin("there")

    @pytest.mark.parametrize("is_refused", [True, False], ids=["refused", "gone"])
    def test_what_such_a_worker_had_is_given_to_others(self, is_refused: bool, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nothing is set aside for it."""
        monkeypatch.setattr(executors, "_TICK_SECONDS", 0.001)
        first: Future[Any] = Future()
        if is_refused:
            first.set_exception(OtherVersionsError("A worker has other versions."))
        executor = _AtOnce(first)
        made = computed(executor, in_flight=_Places())
        assert sorted(runs.shard.number for runs in made) == list(layout(stand_ins.experiment()).numbers)
        assert not any(error for runs in made for error in runs.errors)
        assert executor.placements[0] == {"workers": "the first"}
        assert all(placement == {"workers": "others"} for placement in executor.placements[1:])
        assert first.cancelled() is not is_refused


class _Companions(Executor):
    """Workers that die of one run, together with all tasks that were given to them beside it, as Dask's do."""

    def __init__(self, is_deadly: Callable[[Task], bool], width: int) -> None:
        self._is_deadly = is_deadly
        self._width = width
        self._held: list[tuple[Future[ShardRuns], Callable[..., ShardRuns], tuple[Any, ...]]] = []

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **_: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        self._held.append((future, function, arguments))
        if len(self._held) == self._width:
            self.end()
        return future

    def end(self) -> None:
        """The tasks held are done, or given up together."""
        from distributed import KilledWorker

        held, self._held = self._held, []
        is_death = any(self._is_deadly(arguments[0]) for _, _, arguments in held)
        for future, function, arguments in held:
            if is_death:
                future.set_exception(KilledWorker("task", SimpleNamespace(address="tcp://somewhere"), 0))
            else:
                future.set_result(function(*arguments))

    def room(self) -> int:
        """Asked before tasks are given; whatever is held then has no more company to come."""
        if self._held:
            self.end()
        return self._width


def here(tasks: Iterable[Task]) -> Iterator[ShardRuns]:
    """Stands in for a crew."""
    yield from map(compute, tasks)


def computed(executor: Executor, *, in_flight: Callable[[], int], crew: Any = here, **more: Any) -> list[ShardRuns]:
    plan = stand_ins.experiment()
    tasks = (task_for(plan, layout(plan).shard(n), simulate=stand_ins.lightly) for n in layout(plan).numbers)
    return list(run_on_executor(executor, tasks, in_flight=in_flight, prepare=stand_ins.nothing, crew=crew, **more))


class TestGivenUp:
    @pytest.mark.parametrize("width", [1, 2, 5, 100])
    @pytest.mark.parametrize("deadly", [{3}, {0, 1}, {3, 6, 9}])
    def test_it_is_computed_by_the_crew_once_all_else_is_done(
        self, width: int, deadly: set[int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whatever shares a worker with a deadly shard is given up with it; nothing is set aside for that."""
        monkeypatch.setattr(executors, "_TICK_SECONDS", 0.001)
        given_up: list[int] = []

        def crew(tasks: Iterable[Task]) -> Iterator[ShardRuns]:
            for task in tasks:
                given_up.append(task.shard.number)
                yield compute(task)

        executor = _Companions(lambda task: task.shard.number in deadly, width)
        made = computed(executor, in_flight=executor.room, crew=crew)
        numbers = list(layout(stand_ins.experiment()).numbers)
        assert sorted(runs.shard.number for runs in made) == numbers
        assert [runs.shard.number for runs in made[-len(given_up) :]] == given_up
        assert deadly <= set(given_up)
        assert len(given_up) <= width * len(deadly)
        assert not any(error for runs in made for error in runs.errors)

    def test_not_once_all_is_to_stop(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(executors, "_TICK_SECONDS", 0.001)
        executor = _Companions(lambda task: task.shard.number == 0, 1)
        asked = itertools.count()
        made = computed(executor, in_flight=executor.room, crew=None, stopping=lambda: next(asked) > 20)
        assert 0 not in [runs.shard.number for runs in made]

    def test_workers_that_leave_again_and_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The shard that is lost with them is done here in the end."""
        monkeypatch.setattr(executors, "_TICK_SECONDS", 0.001)

        class Lost(Capacity):
            def placement(self) -> dict[str, Any]:
                return {"workers": "gone"}

            def has_lost(self, placement: Any) -> bool:
                return True

        held = _Holding()
        made = computed(held, in_flight=Lost(lambda: 2))
        numbers = list(layout(stand_ins.experiment()).numbers)
        assert sorted(runs.shard.number for runs in made) == numbers
        assert len(held.given) == 3 * len(numbers)
