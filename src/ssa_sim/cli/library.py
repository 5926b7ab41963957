"""`ssa-sim scenarios` and `init`: the files that come with ssa-sim, and a folder to start from."""

from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath
from typing import Annotated

import typer

from ssa_sim.cli.options import JsonOption, Lang, LangOption
from ssa_sim.cli.output import print_json
from ssa_sim.typography import french
from ssa_sim.words.texts import texts

_BASELINE = PurePosixPath("scenarios/baseline.toml")


def scenarios(as_json: JsonOption = False, lang: LangOption = Lang.en) -> None:
    """List the scenarios and experiments that come with ssa-sim, which commands find by name."""
    from ssa_sim.cli.lists import print_list
    from ssa_sim.scenario.library import LIBRARY, library_file
    from ssa_sim.scenario.toml_file import read_toml
    from ssa_sim.words.glossary import scenario_title

    found = []
    for kind, names in LIBRARY.items():
        for name in names:
            path = library_file(kind, name)
            title = scenario_title(read_toml(path).document["title"], lang.value)
            found.append({"kind": kind.removesuffix("s"), "name": name, "title": title, "file": str(path)})
    if as_json:
        print_json({"files": found})
        return
    for kind in LIBRARY:
        rows = [(each["name"], each["title"]) for each in found if each["kind"] == kind.removesuffix("s")]
        print_list(texts(lang.value, "commands")(f"library.{kind}"), rows)


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that does not exist yet, or an empty one.")],
    lang: LangOption = Lang.en,
) -> None:
    """Copy a folder to start from: the baseline, a scenario that changes it, an experiment, and what to type."""
    made = starter(lang)
    _check_empty(folder)
    _write(folder, made)
    said = texts(lang.value, "commands")
    typer.echo(said("library.made"))
    for name in made:
        typer.echo(f"  {folder / name}")
    typer.echo(said("library.next").format(readme=folder / "README.md"))


def starter(lang: Lang) -> dict[PurePosixPath, str]:
    """What a starting folder holds, in a language: each file's place in it, and its text."""
    from ssa_sim.scenario.library import library_file

    baseline = library_file("scenarios", "baseline").read_text(encoding="utf-8")
    own = _texts_below(files("ssa_sim.cli") / "starter" / lang.value, PurePosixPath())
    if lang is Lang.fr:
        own = french(own)
    return dict(sorted({_BASELINE: baseline, **own}.items()))


def _texts_below(folder: Traversable, at: PurePosixPath) -> dict[PurePosixPath, str]:
    found: dict[PurePosixPath, str] = {}
    for each in folder.iterdir():
        if each.is_dir():
            found |= _texts_below(each, at / each.name)
        else:
            found[at / each.name] = each.read_text(encoding="utf-8")
    return found


def _check_empty(folder: Path) -> None:
    """Refuse a folder in which something stands, or what is none.

    Raises:
        InputError: it is not an empty folder or a new one.
    """
    from ssa_sim.errors import InputError

    allowed = "a folder that does not exist yet, or an empty one"
    try:
        is_free = not any(folder.iterdir()) if folder.is_dir() else not folder.exists() and not folder.is_symlink()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(
            f"This cannot be made a folder to start from ({reason}).", where=folder, allowed=allowed
        ) from None
    if not is_free:
        raise InputError("Something else stands there; nothing was overwritten.", where=folder, allowed=allowed)


def _write(folder: Path, texts: Mapping[PurePosixPath, str]) -> None:
    """Write every file, none of them over another.

    Raises:
        InputError: a folder or a file cannot be made there.
    """
    from ssa_sim.errors import InputError

    try:
        for name, text in texts.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            with (folder / name).open("x", encoding="utf-8") as file:
                file.write(text)
    except OSError as error:
        raise InputError(
            f"A folder cannot be made there ({error.strerror}).", where=folder, allowed="a place where you may write"
        ) from None
