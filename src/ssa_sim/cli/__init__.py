"""The command line. Each command parses, calls the floors below and prints; heavy imports wait until it
runs."""

import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from ssa_sim.cli import (
    catalogues,
    circle,
    compare,
    decompose,
    discover,
    explain,
    export,
    observe,
    plot,
    report,
    robustness,
    run,
    screen,
    sensitivity,
    stored,
    sweep,
    validate,
    workshop,
)
from ssa_sim.cli.output import plain_streams
from ssa_sim.errors import InputError

DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 1 the work failed, 2 bad input, 130 interrupted.

    Args:
        arguments: as on the command line, without the program's name; by default those of this process.
    """
    _print_anything()
    with plain_streams():
        return _run(sys.argv[1:] if arguments is None else arguments)


def _run(arguments: Sequence[str]) -> int:
    given = list(arguments)
    debug = "--debug" in given
    command_line = [argument for argument in given if argument != "--debug"]
    try:
        build_app()(args=command_line, prog_name="ssa-sim")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else DONE if end.code is None else FAILED
    except InputError as error:
        if debug:
            raise
        typer.echo(f"ssa-sim: {error}", err=True)
        return BAD_INPUT
    except Exception as error:
        if debug:
            raise
        typer.echo(f"ssa-sim: {type(error).__name__}: {error}\n(--debug shows where this happened.)", err=True)
        return FAILED
    return DONE


def build_app() -> typer.Typer:
    """The application with all its commands."""
    app = typer.Typer(cls=_Interruptible, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)
    app.callback()(_common_options)
    run.register(app)
    compare.register(app)
    validate.register(app)
    decompose.register(app)
    explain.register(app)
    observe.register(app)
    circle.register(app)
    plot.register(app)
    sweep.register(app)
    stored.register(app)
    report.register(app)
    export.register(app)
    screen.register(app)
    sensitivity.register(app)
    discover.register(app)
    robustness.register(app)
    workshop.register(app)
    catalogues.register(app)
    return app


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ssa-sim {version('ssa-sim')}")
        raise typer.Exit(DONE)


def _common_options(
    show_version: Annotated[
        bool,
        typer.Option("--version", help="Show the version and end.", is_eager=True, callback=_show_version),
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error arose.")] = False,
) -> None:
    """Compare policies of security-sector assistance on common random numbers."""


class _Interruptible(TyperGroup):
    """Ends with one line and status 130 when somebody presses Ctrl-C."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as interruption:
            typer.echo(f"Interrupted. {interruption}".rstrip(), err=True)
            raise typer.Exit(INTERRUPTED) from None
        except typer.BadParameter as error:
            error.message = _in_plain_words(error.message)
            raise


def _in_plain_words(message: str) -> str:
    """What the parser says of a value that an option does not take, for people who write no programs."""
    for said, plainer in _PLAINER.items():
        if message.startswith(said):
            return plainer
    return message.removeprefix("Value error, ")


_PLAINER = {
    "Input should be a valid integer": "a whole number is needed, such as 20.",
    "Input should be a valid number": "a number is needed, such as 0.5.",
}


def _print_anything() -> None:
    """Replace what the terminal's encoding lacks, in place of failing on it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
