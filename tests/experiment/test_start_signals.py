"""A signal while a command is still loading ends it as any other: one line, and status 130."""

import signal
import subprocess
import sys

import pytest

from ssa_sim.cli import main

PROGRAM = """
import os, sys

class Interrupting:
    '''Sends this process a signal when a module is about to be loaded; libraries may make another error of what comes of it.'''

    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            try:
                exec("os.kill(os.getpid(), {number})")
            except KeyboardInterrupt:
                if {is_wrapped}:
                    raise ImportError("something could not be loaded")
                raise

sys.meta_path.insert(0, Interrupting())
from ssa_sim.cli import main
sys.exit(main(["levers"]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there a process is ended without being asked")
@pytest.mark.parametrize(
    ("number", "module", "is_wrapped"),
    [
        (signal.SIGINT, "typer", False),
        (signal.SIGTERM, "typer", True),
        (signal.SIGINT, "pydantic", True),
        (signal.SIGTERM, "pydantic", False),
    ],
)
def test_one_line_and_status_130(number: int, module: str, is_wrapped: bool) -> None:
    """Before there is an application, and when a command loads what it needs."""
    program = PROGRAM.format(number=int(number), module=module, is_wrapped=is_wrapped)
    ended = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's job in the background ignores it
    )
    assert (ended.returncode, ended.stdout, ended.stderr.strip()) == (130, "", "Interrupted.")


def test_whoever_calls_a_command_has_the_signals_back() -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    assert main(["levers", "training.course_weeks"]) == 0
    assert {number: signal.getsignal(number) for number in before} == before


@pytest.mark.skipif(sys.platform == "win32", reason="there a process is ended without being asked")
def test_a_signal_that_is_ignored_stays_so() -> None:
    """As under `nohup`, or in the background of a script."""
    program = PROGRAM.format(number=int(signal.SIGINT), module="pydantic", is_wrapped=False)
    program = f"import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n{program}"
    ended = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's job in the background ignores it
    )
    assert (ended.returncode, ended.stderr) == (0, "")
