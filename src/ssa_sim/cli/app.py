"""The application: its commands, and what they share. Each parses, calls the floors below and prints; heavy imports wait until
it runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
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
                error.message = _in_plain_words(error.message)
                raise


@contextmanager
def _interruption_told() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt as interruption:
        typer.echo(f"Interrupted. {interruption}".rstrip(), err=True)
        raise typer.Exit(INTERRUPTED) from None


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
