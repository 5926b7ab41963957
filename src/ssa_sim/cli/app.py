"""The application: its commands, and what they share. Each parses, calls the floors below and prints; heavy imports wait until
it runs."""

import functools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from ssa_sim.cli import (
    DONE,
    INTERRUPTED,
    catalogues,
    circle,
    compare,
    decompose,
    discover,
    explain,
    export,
    follow_the_money,
    library,
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

COMMANDS: tuple[Callable[..., None], ...] = (
    run.run,
    compare.compare,
    validate.validate,
    decompose.decompose,
    explain.explain,
    observe.observe,
    circle.circle,
    follow_the_money.follow_the_money,
    plot.plot,
    sweep.sweep,
    stored.status,
    stored.verify,
    stored.replay,
    report.report,
    export.export,
    screen.screen,
    sensitivity.sensitivity,
    discover.discover,
    robustness.robustness,
    workshop.workshop,
    library.scenarios,
    library.init,
    catalogues.levers,
    catalogues.uncertainties,
    catalogues.mechanisms,
    catalogues.structures,
    catalogues.outcomes,
    catalogues.evidence,
    catalogues.schema,
)
"""Each under its function's name, with hyphens, in the order in which help lists them."""


def build_app() -> typer.Typer:
    """The application with all its commands."""
    app = _App(cls=_Interruptible, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)
    app.callback()(_common_options)
    for command in COMMANDS:
        app.command(command.__name__.replace("_", "-"))(command)
    return app


@functools.cache
def program() -> Callable[..., Any]:
    """What reads a command line, made once."""
    return typer.main.get_command(build_app())


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


class _App(typer.Typer):
    """Commands whose paths may begin with ~, which a shell leaves as it is in `--out=~/mine`."""

    def command(self, *args: Any, **kwargs: Any) -> Callable[..., Any]:
        """As in Typer."""
        add = super().command(*args, **kwargs)
        return lambda function: add(_from_home(function))


def _from_home(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, given paths without ~; one that names nobody's home stays as it is, as in a shell."""

    @functools.wraps(function)
    def called(*args: Any, **kwargs: Any) -> Any:
        return function(*args, **{name: _expanded(value) for name, value in kwargs.items()})

    return called


def _expanded(value: object) -> object:
    if isinstance(value, Path):
        return Path(os.path.expanduser(value))  # noqa: PTH111  leaves alone what cannot be expanded
    return [_expanded(each) for each in value] if isinstance(value, list) else value


class _Interruptible(TyperGroup):
    """Ends with one line and status 130 when somebody presses Ctrl-C."""

    def make_context(self, *args: Any, **kwargs: Any) -> Any:
        """Read the command line, for which libraries are loaded."""
        with _interruption_told():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        with _interruption_told():
            try:
                return super().invoke(ctx)
            except typer.BadParameter as error:
                error.message = _in_plain_words(error)
                raise


@contextmanager
def _interruption_told() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt as interruption:
        typer.echo(f"Interrupted. {interruption}".rstrip(), err=True)
        raise typer.Exit(INTERRUPTED) from None


def _in_plain_words(error: typer.BadParameter) -> str:
    """What the parser says of a value that an option does not take, for people who write no programs."""
    from pydantic import ValidationError

    from ssa_sim.scenario.number_words import how_to_write

    for said, plainer in _PLAINER.items():
        if error.message.startswith(said):
            hint = ""
            if isinstance(error.__cause__, ValidationError):
                given = str(error.__cause__.errors()[0]["input"])
                hint = how_to_write(given, is_whole="whole" in plainer)
            return f"{plainer} {hint}." if hint else plainer
    return error.message.removeprefix("Value error, ")


_PLAINER = {
    "Input should be a valid integer": "a whole number is needed, such as 20.",
    "Input should be a valid number": "a number is needed, such as 0.5.",
}
