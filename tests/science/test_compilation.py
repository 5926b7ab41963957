"""Compiled code: never older than its sources, made once, and the same to the last bit as the Python it came from."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from filelock import FileLock

import ssa_sim
from ssa_sim.model import compiled, simulate
from ssa_sim.model.driver import run_months
from ssa_sim.model.simulate import simulate_replicate
from ssa_sim.scenario.schema import Scenario

PACKAGE = Path(ssa_sim.__file__).parent
MODEL = PACKAGE / "model"
SOURCES = sorted(path.relative_to(MODEL).as_posix() for path in MODEL.rglob("*.py"))
needs_compiler = pytest.mark.skipif(not hasattr(run_months, "signatures"), reason="compilation is switched off")


class Copy:
    """A copy of the package with compiled code of its own, run in one new process after another."""

    def __init__(self, folder: Path) -> None:
        self.package = folder / "src" / "ssa_sim"
        self.cache = folder / "cache"
        shutil.copytree(PACKAGE, self.package, ignore=shutil.ignore_patterns("__pycache__"))

    def run(self, code: str, *, compiled: bool = True) -> Any:
        """What some code puts in `answer`."""
        script = (
            "import json, ssa_sim\n"
            f"assert ssa_sim.__file__.startswith({str(self.package)!r}), ssa_sim.__file__\n"
            f"{code}\nprint(json.dumps(answer))"
        )
        environment = {name: value for name, value in os.environ.items() if name != "NUMBA_DISABLE_JIT"}
        environment |= {
            "PYTHONPATH": str(self.package.parent),
            "PYTHONDONTWRITEBYTECODE": "1",
            "NUMBA_CACHE_DIR": str(self.cache),
        }
        if not compiled:
            environment["NUMBA_DISABLE_JIT"] = "1"
        done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def write(self, file: str, text: str) -> None:
        """Replace a source file, so that neither its size (if the text's is the same) nor its date tells."""
        path = self.package / file
        before = path.stat() if path.exists() else None
        path.write_text(text, encoding="utf-8")
        if before is not None:
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    def replace(self, file: str, old: str, new: str) -> None:
        """Change one place of a source file."""
        text = (self.package / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{file} should hold {old!r} once: choose another constant to change"
        assert len(old) == len(new)
        self.write(file, text.replace(old, new))


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return Copy(tmp_path_factory.mktemp("package"))


class TestTheKeyOfTheCache:
    @pytest.fixture
    def key(self, copy: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Path]:
        monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
        monkeypatch.setattr(compiled, "_SOURCES", copy.package / "model")
        return folder_of_cache

    def test_where_the_sources_lie_does_not_count(self, key: Callable[[], Path], tmp_path: Path) -> None:
        assert key() == tmp_path / compiled.cache_folder().name
        assert {"driver.py", "chance.py", "rules/training.py"} <= set(SOURCES)

    @pytest.mark.parametrize("source", SOURCES)
    def test_every_source_counts(self, source: str, copy: Copy, key: Callable[[], Path]) -> None:
        before = key()
        path = copy.package / "model" / source
        text = path.read_bytes()
        path.write_bytes(text[:-1] + b" ")
        try:
            assert key() != before
        finally:
            path.write_bytes(text)
        assert key() == before

    def test_a_new_rule_counts(self, copy: Copy, key: Callable[[], Path]) -> None:
        before = key()
        path = copy.package / "model" / "rules" / "added.py"
        path.touch()
        try:
            assert key() != before
        finally:
            path.unlink()

    @pytest.mark.parametrize(
        "changed", ["numba.__version__", "llvmlite.__version__", "numpy.__version__", "platform.python_version"]
    )
    def test_every_part_counts(self, changed: str, key: Callable[[], Path], monkeypatch: pytest.MonkeyPatch) -> None:
        before = key()
        monkeypatch.setattr(changed, (lambda: "3.99.0") if changed.endswith("python_version") else "0.99")
        assert key() != before


def folder_of_cache() -> Path:
    """What `cache_folder` answers in a new process."""
    return compiled.cache_folder.__wrapped__()


CALLED = "from ssa_sim.model.compiled import rule\n\n\n@rule\ndef called(number):\n    return number + {}\n"
CALLING = (
    "from ssa_sim.model.compiled import rule\nfrom ssa_sim.model.rules.called import called\n\n\n"
    "@rule\ndef calling(number):\n    return 10.0 * called(number)\n"
)
CALL = """
from ssa_sim.model.rules.calling import calling
answer = [calling(1.0), sum(calling.stats.cache_hits.values()), sum(calling.stats.cache_misses.values())]
"""


UNKEYED = """
import os
from pathlib import Path
from ssa_sim.model import compiled
compiled.cache_folder = lambda: Path(os.environ["NUMBA_CACHE_DIR"]) / "always-the-same"
"""


class TestARuleThatAnotherCalls:
    """In two small modules, which compile in no time; the model itself is below."""

    @pytest.fixture
    def pair(self, tmp_path: Path) -> Copy:
        copy = Copy(tmp_path)
        copy.write("model/rules/called.py", CALLED.format("1.0"))
        copy.write("model/rules/calling.py", CALLING)
        return copy

    def test_is_never_served_old(self, pair: Copy) -> None:
        assert pair.run(CALL) == [20.0, 0, 1]
        assert pair.run(CALL) == [20.0, 1, 0]
        pair.write("model/rules/called.py", CALLED.format("2.0"))
        assert pair.run(CALL) == [30.0, 0, 1]
        pair.write("model/rules/called.py", CALLED.format("1.0"))
        assert pair.run(CALL) == [20.0, 1, 0], "what was compiled for these sources before is found again"

    def test_is_compiled_once_for_all_checkouts(self, pair: Copy, tmp_path: Path) -> None:
        assert pair.run(CALL) == [20.0, 0, 1]
        second = Copy(tmp_path / "second")
        second.cache = pair.cache
        for name in ("called", "calling"):
            second.write(f"model/rules/{name}.py", (pair.package / f"model/rules/{name}.py").read_text("utf-8"))
        assert second.run(CALL) == [20.0, 1, 0]

    def test_would_be_served_old_without_the_key(self, pair: Copy) -> None:
        """The planted fault, which shows that the test above can fail."""
        unkeyed = UNKEYED + CALL
        assert pair.run(unkeyed) == [20.0, 0, 1]
        pair.write("model/rules/called.py", CALLED.format("2.0"))
        answer = pair.run(unkeyed)
        if answer == [30.0, 0, 1]:
            pytest.skip("this Numba looks at called functions by itself")
        assert answer == [20.0, 1, 0]


TINY_RUN = """
from datetime import date
from ssa_sim.model.compiled import is_compiled
before = is_compiled()
from ssa_sim.model.simulate import run_months, simulate_replicate
from ssa_sim.scenario.schema import Scenario
scenario = Scenario(title="Tiny").with_size(units=1).with_period(end=date(2013, 8, 1))
(history,) = simulate_replicate([scenario], seed=0, replicate=0)
stats = getattr(run_months, "stats", None)
counts = [sum(stats.cache_hits.values()), sum(stats.cache_misses.values())] if stats else None
answer = {"before": before, "counts": counts, "after": is_compiled(), "history": history.tobytes().hex()}
"""


FEW_STEPS = """
from datetime import date
from ssa_sim.model import driver
from ssa_sim.model.compiled import is_compiled, rule
from ssa_sim.model.start import new_world, noise_for
from ssa_sim.scenario.schema import Scenario
before = is_compiled()
run_few = rule(driver.months_of(("plan_operations", "go_out", "recover")))
scenario = Scenario(title="Tiny").with_size(units=3).with_period(end=date(2013, 8, 1))
world = new_world(scenario, noise_for(scenario, seed=0, replicate=0))
run_few(world, 0, scenario.months)
stats = getattr(run_few, "stats", None)
counts = [sum(stats.cache_hits.values()), sum(stats.cache_misses.values())] if stats else None
answer = {"before": before, "counts": counts, "after": is_compiled(), "units": world.units.tobytes().hex()}
"""
"""Three rules of the model, written out and kept as its whole month is, which takes ten times as long to compile."""


@pytest.mark.long
@needs_compiler
def test_a_changed_rule_changes_the_result_and_what_is_unchanged_is_loaded(tmp_path: Path) -> None:
    """The model itself: the rule that is changed is called by a function that is cached as the whole month is."""
    copy = Copy(tmp_path)
    simulate.warm_up()
    shutil.copytree(compiled.cache_folder(), copy.cache / compiled.cache_folder().name)
    whole = copy.run(TINY_RUN)
    assert (whole["before"], whole["counts"], whole["after"]) == (True, [1, 0], True)
    first = copy.run(FEW_STEPS)
    assert (first["before"], first["counts"]) == (True, [0, 1])

    copy.replace("model/rules/double_task.py", "0.5 * (1.0 - unit.fatigue)", "0.4 * (1.0 - unit.fatigue)")
    changed = copy.run(FEW_STEPS)
    assert (changed["before"], changed["counts"], changed["after"]) == (False, [0, 1], True)
    assert changed["units"] != first["units"]
    assert changed["units"] == copy.run(FEW_STEPS, compiled=False)["units"]
    again = copy.run(FEW_STEPS)
    assert (again["before"], again["counts"], again["units"]) == (True, [1, 0], changed["units"])


UNCOMPILED_RUN = """
import multiprocessing, sys
from datetime import date
from ssa_sim.model.simulate import run_months, simulate
from ssa_sim.scenario.load import load_scenario
scenario = load_scenario({scenario!r}).with_size(units=3).with_period(end=date(2015, 2, 1))
run = simulate(scenario, seed=5, replicate=1)
answer = {{
    "compiled": hasattr(run_months, "signatures"),
    "monthly": {{name: [number.hex() for number in run.monthly[name]] for name in run.outcomes}},
    "mesa": "mesa" in sys.modules,
    "start method": multiprocessing.get_start_method(allow_none=True),
}}
"""


@pytest.fixture(scope="module")
def uncompiled(copy: Copy) -> dict[str, Any]:
    return copy.run(UNCOMPILED_RUN.format(scenario=str(scenario_file("all_packages"))), compiled=False)


class TestUncompiled:
    @needs_compiler
    def test_python_gives_the_same_bits(self, uncompiled: dict[str, Any], library: dict[str, Scenario]) -> None:
        """Three units over two years, with every policy package at once."""
        assert not uncompiled["compiled"]
        scenario = library["all_packages"].with_size(units=3).with_period(end=date(2015, 2, 1))
        (history,) = simulate_replicate([scenario], seed=5, replicate=1)
        assert uncompiled["monthly"] == {
            name: [number.hex() for number in history[name].tolist()] for name in history.dtype.names
        }
        assert np.isfinite(history.readiness).all()
        assert history.deaths.sum() > 0

    def test_mesa_is_not_imported(self, uncompiled: dict[str, Any]) -> None:
        assert not uncompiled["mesa"]

    def test_the_start_method_is_left_alone(self, uncompiled: dict[str, Any]) -> None:
        assert uncompiled["start method"] is None


def scenario_file(name: str) -> Path:
    return Path(__file__).resolve().parents[2] / "scenarios" / f"{name}.toml"


@needs_compiler
def test_one_compiled_form_serves_every_scenario_and_size(library: dict[str, Scenario]) -> None:
    """Nothing about a scenario, not even the number of partners or events, makes the driver compile again."""
    for scenario in library.values():
        for units in (1, 5):
            simulate_replicate([scenario.with_size(units=units)], seed=0, replicate=0)
    lonely = library["baseline"]
    simulate_replicate([lonely.with_period(end=date(2013, 3, 1))], seed=2**64, replicate=3)
    simulate_replicate([with_one_partner(lonely)], seed=0, replicate=0)
    assert len(run_months.signatures) == 1


def with_one_partner(scenario: Scenario) -> Scenario:
    (first, *_) = scenario.donors
    alone = first.model_copy(update={"partners": 1})
    return scenario.model_copy(update={"donors": (alone,)})


def test_only_versions_unused_for_a_month_are_forgotten(tmp_path: Path) -> None:

    old, recent, foreign = (tmp_path / name for name in ("compiled-old", "compiled-recent", "somebody-else-s"))
    for folder in (old, recent, foreign):
        folder.mkdir()
        (folder / "code.nbc").write_bytes(b"x")
    month_ago = time.time() - 31 * 24 * 3600
    for folder in (old, foreign):
        os.utime(folder, (month_ago, month_ago))
    compiled._forget_old_versions(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["compiled-recent", "somebody-else-s"]


@needs_compiler
class TestWhoCompiles:
    """`warm_up` on a function of one line in place of the model, in a cache of its own."""

    @pytest.fixture
    def made(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Callable[[], object]]:
        """Makes what a new process would find: a compiled function that knows only what the cache holds."""
        monkeypatch.setattr(compiled, "cache_folder", lambda: tmp_path)
        monkeypatch.setattr(simulate, "cache_folder", lambda: tmp_path)
        return lambda: compiled.rule(_double)

    @staticmethod
    def warmed_up(monkeypatch: pytest.MonkeyPatch, function: Callable[..., object]) -> list[str]:
        said: list[str] = []
        monkeypatch.setattr(simulate, "_run_one_month", lambda: function(2))
        simulate.warm_up(lambda: said.append("compiling"), lambda: said.append("waiting"))
        return said

    def test_it_is_told_before_and_only_if_nothing_can_be_loaded(
        self, made: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        function = made()
        seen: list[int] = []
        monkeypatch.setattr(simulate, "_run_one_month", lambda: function(2))
        simulate.warm_up(lambda: seen.append(len(function.signatures)))
        assert (seen, len(function.signatures)) == ([0], 1)
        assert self.warmed_up(monkeypatch, made()) == []

    def test_another_process_is_waited_for_and_its_work_loaded(
        self, made: Callable[[], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lock = FileLock(tmp_path / "compiling.lock", is_singleton=False, thread_local=False)
        lock.acquire()
        mine, said = made(), list[str]()

        def compiled_by_the_other() -> None:
            said.append("waiting")
            made()(2)
            lock.release()

        monkeypatch.setattr(simulate, "_run_one_month", lambda: mine(2))
        simulate.warm_up(lambda: said.append("compiling"), compiled_by_the_other)
        assert said == ["waiting"]
        assert sum(mine.stats.cache_hits.values()) == 1

    def test_one_that_never_ends_is_not_waited_for_without_end(
        self, made: Callable[[], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(simulate, "_LONGEST_COMPILATION_SECONDS", 0.0)
        with FileLock(tmp_path / "compiling.lock", is_singleton=False):
            assert self.warmed_up(monkeypatch, made()) == ["waiting", "compiling"]


def _double(number):  # type: ignore[no-untyped-def]
    return 2 * number
