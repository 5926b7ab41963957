"""How every command shows what it found: as one JSON object, or as tables and sentences and then where files were put."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

import typer

from ssa_sim.cli.options import Lang
from ssa_sim.cli.output import print_json, tell
from ssa_sim.cli.streams import console

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ssa_sim.analysis.finding import Finding
    from ssa_sim.telling.table import Table
    from ssa_sim.words.texts import Language

Paths = Path | Sequence[Path] | None


class Telling(Protocol):
    """A module of `ssa_sim.telling`: how findings of one kind are told."""

    def told(self, found: Any, language: "Language", /) -> "Iterable[Table | str]":
        """Tables and sentences, in the order in which they are read."""

    def as_json(self, found: Any, language: "Language", /) -> dict[str, object]:
        """Facts and sentences, for programs."""


def show(
    found: "Finding",
    telling: Telling,
    lang: Lang,
    *,
    as_json: bool,
    makes: Mapping[str, Callable[[], Paths]] = MappingProxyType({}),
    widest: int | None = None,
) -> None:
    """Print a finding, then make its files and print where they are.

    Args:
        found: what an analysis found.
        telling: the module that tells it.
        lang: the language.
        as_json: print one JSON object instead, with the files in it.
        makes: what draws or writes each file, by its name in the object. What was found is printed even if that fails.
        widest: columns of a terminal beyond which nothing is written.
    """
    if not as_json:
        print_told(telling.told(found, lang.value), lang.value, widest)
        for name, make in makes.items():
            print_paths(name, make(), lang.value)
        return
    content = {**telling.as_json(found, lang.value), **dict.fromkeys(makes)}
    try:
        content |= {name: _as_texts(make()) for name, make in makes.items()}
    finally:
        print_json(content)


def print_told(told: "Iterable[Table | str]", language: "Language", widest: int | None = None) -> None:
    """Tables and sentences on standard output."""
    from ssa_sim.telling.terminal import on_terminal

    screen = console()
    width = min(screen.width, widest or screen.width)
    for each in told:
        if isinstance(each, str):
            screen.print(each, markup=False, width=width)
            continue
        for table in on_terminal(each, language, width):
            screen.print(table, width=width)


def place(folder: Path, name: str, figure: "Figure", lang: Lang) -> Path:
    """Put a figure into a result folder, as NAME.png or NAME-fr.png; returns its path."""
    from ssa_sim.experiment.keep.store import place_figure
    from ssa_sim.figures.style import save_figure

    return place_figure(folder, f"{name}{'' if lang is Lang.en else f'-{lang}'}.png", partial(save_figure, figure))


def tell_failed(failed: int, runs: int | None, first: str) -> None:
    """Say how many runs failed, of how many, and which was the first; exit status 1 if any did."""
    if failed:
        tell(f"{failed}{'' if runs is None else f' of {runs}'} runs failed; the first: {first}")
        raise typer.Exit(1)


def print_paths(name: str, paths: Paths, language: "Language") -> None:
    """A line a file or folder; nothing for none."""
    from ssa_sim.words.texts import texts

    said = texts(language, "commands")(f"files.{name}")
    for path in [paths] if isinstance(paths, Path) else paths or ():
        typer.echo(said.format(path=path))


def plain_value(value: object) -> str:
    """A parameter's value as files write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.10g}" if isinstance(value, int | float) else str(value)


def _as_texts(paths: Paths) -> object:
    if paths is None:
        return None
    return str(paths) if isinstance(paths, Path) else [str(path) for path in paths]
