"""The command line. Nothing is loaded here before it is seen to that a signal ends it gently, from the first moment on."""

import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 1 the work failed, 2 bad input, 130 interrupted.

    Args:
        arguments: as on the command line, without the program's name; by default those of this process.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in given
    command_line = [argument for argument in given if argument != "--debug"]
    with _interruptible() as signals:
        try:
            status = _status_of(command_line, signals, debug=debug)
        except BaseException:
            if not signals:
                raise
            status = FAILED
        if signals and status != INTERRUPTED:
            _tell("Interrupted.")
        return INTERRUPTED if signals else status


def _status_of(command_line: Sequence[str], signals: Sequence[int], *, debug: bool) -> int:
    from ssa_sim.cli.streams import prepare_streams

    prepare_streams()
    from ssa_sim.cli.streams import plain_streams

    with plain_streams():
        return _carried_out(command_line, signals, debug=debug)


def _carried_out(command_line: Sequence[str], signals: Sequence[int], *, debug: bool) -> int:
    from ssa_sim.cli.app import program
    from ssa_sim.cli.notes import noting_letters
    from ssa_sim.errors import InputError, WorkError

    try:
        with noting_letters():
            program()(args=command_line, prog_name="ssa-sim")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else DONE if end.code is None else FAILED
    except InputError as error:
        if debug:
            raise
        _tell(f"ssa-sim: {error}")
        return BAD_INPUT
    except WorkError as error:
        if debug:
            raise
        _tell(f"ssa-sim: {error}")
        return FAILED
    except Exception as error:
        if debug or signals:
            raise
        _tell(f"ssa-sim: {type(error).__name__}: {error}\n(--debug shows where this happened.)")
        return FAILED
    return DONE


class _Interruption(KeyboardInterrupt):
    """One of a class of its own does not make Python end itself by a signal, as a plain one does that went through `exec`."""


@contextmanager
def _interruptible() -> Iterator[list[int]]:
    """While it lasts, SIGINT and SIGTERM both interrupt, unless somebody has decided otherwise; those that came are listed.

    An interruption can come out as another error: of a library that was being loaded, say.
    """
    came: list[int] = []

    def interrupt(number: int, frame: object) -> None:
        came.append(number)
        raise _Interruption

    usual: dict[int, Any] = {signal.SIGINT: signal.default_int_handler, signal.SIGTERM: signal.SIG_DFL}
    ours = []
    try:
        for number, handler in usual.items():
            if threading.current_thread() is threading.main_thread() and signal.getsignal(number) is handler:
                signal.signal(number, interrupt)
                ours.append(number)
        yield came
    finally:
        for number in ours:
            signal.signal(number, usual[number])


def _tell(text: str) -> None:
    if sys.stderr is not None:
        print(text, file=sys.stderr)
