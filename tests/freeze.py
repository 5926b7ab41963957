"""What must stay, as one line of text each: `make freeze` writes `tests/frozen.txt`, and `git diff` shows what a step changed.

A line is a name and a SHA-256 (its first 16 digits) of:

* `history`: every number of every month of a scenario of the library;
* `table`: a result table without its run ids (the demonstration, the sweep, the kept studies, what documents make);
* `says`: status, standard output and messages of every command that the documents show, as it is, in French, and as JSON;
* `help`: the help of every command;
* `figure`: every figure of the gallery in every layout and language, as PNG;
* `file`: every other file that the documented commands write: reports, exports, figures.

Times, versions, hashes and the working folder are taken out of texts first: they differ without anything having changed.
`python tests/freeze.py history figure` writes the lines of these kinds alone.
"""

import contextlib
import hashlib
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.update(COLUMNS="120", NO_COLOR="1", TERM="dumb")

import pyarrow.parquet as pq
import typer

import documents
from baselines.results import SCENARIOS, SEED, library
from ssa_sim.cli.app import build_app
from ssa_sim.errors import InputError
from ssa_sim.scenario.library import LIBRARY
from ssa_sim.scenario.load import load_scenario

ROOT = documents.ROOT
FROZEN = Path(__file__).resolve().parent / "frozen.txt"
FEWER = ("--replications", "2")
ONE_IN_A_FOLDER = (
    "compare scenarios/baseline.toml scenarios/stable_personnel.toml --replications 4 --out made/compare",
    "observe scenarios/baseline.toml --out made/observe",
    "circle scenarios/baseline.toml --replications 2 --out made/circle",
    "follow-the-money scenarios/baseline.toml --replications 2 --out made/money",
    "decompose scenarios/baseline.toml --replications 2 --out made/decompose",
    "sweep experiments/demo.toml --out made/demo",
    "sweep experiments/sweep.toml --replications 1 --out made/sweep",
)
"""Folders that every figure can be drawn from, beside the kept studies."""

_DIFFERS = (
    (re.compile(r"^\d+ of \d+ .*\(\d+%\).*\n", re.MULTILINE), ""),  # how far work is
    (re.compile(r"^\d+ [a-z ]+ done in .*\n", re.MULTILINE), ""),
    (re.compile(r"^Compiling .*\n", re.MULTILINE), ""),
    (re.compile(r"\x1b\[[0-9;?]*[A-Za-z]"), ""),
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(\+00:00|Z| UTC)?"), "<time>"),
    (re.compile(r"\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,64}\b"), "<hash>"),
    (re.compile(r"\b\d+(\.\d+)? ?(s|ms|seconds?|minutes?|min|secondes?|runs/s|MB|Mo)\b"), "<measured>"),
)


def digest(content: bytes) -> str:
    """The first 16 hexadecimal digits of SHA-256."""
    return hashlib.sha256(content).hexdigest()[:16]


def plain(text: str, folder: Path) -> bytes:
    """A text without what differs between two equal runs."""
    text = text.replace(str(folder), "<folder>").replace(str(ROOT), "<project>")
    for pattern, word in _DIFFERS:
        text = pattern.sub(word, text)
    return text.encode()


def table_digest(path: Path) -> str:
    """Names, types and values of a table's columns, but for the run's id."""
    table = pq.read_table(path)
    columns = (
        f"{name} {table[name].type} {table[name].to_pylist()!r}" for name in table.column_names if name != "run_id"
    )
    return digest("\n".join(columns).encode())


def histories() -> Iterator[tuple[str, str]]:
    """Each scenario of the library, two replicates."""
    from ssa_sim.model.simulate import simulate_replicate

    names = library()
    scenarios = [load_scenario(SCENARIOS / f"{name}.toml") for name in names]
    for replicate in range(2):
        found = simulate_replicate(scenarios, seed=SEED, replicate=replicate)
        for name, history in zip(names, found, strict=True):
            yield (
                f"{name} {replicate}",
                digest(b"".join(history[field].tobytes() for field in sorted(history.dtype.names))),
            )


def commands() -> dict[str, Any]:
    """Every command by name."""
    program: Any = typer.main.get_command(build_app())
    return program.commands


def helps() -> Iterator[tuple[str, str]]:
    """The help of the program and of every command."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("", *sorted(commands())):
            outcome = documents.run(f"ssa-sim {name} --help", Path(folder))
            assert outcome.status == 0, outcome.messages
            yield name or "ssa-sim", digest(plain(outcome.output, Path(folder)))


def said(command: str, folder: Path) -> tuple[str, documents.Outcome]:
    """What a command says."""
    outcome = documents.run(command, folder, FEWER)
    text = f"{outcome.status}\n{outcome.output}\n{outcome.messages}"
    return digest(plain(text, folder)), outcome


def documented(folder: Path) -> Iterator[tuple[str, str]]:
    """What every command of the documents says, as it stands there, in French, and as JSON."""
    takes = {name: {option for each in command.params for option in each.opts} for name, command in commands().items()}
    seen = set()
    for document in documents.FOLLOWED:
        place = folder / document.replace("/", "-")
        place.mkdir()
        documents.workplace(place)
        for part in documents.parts((ROOT / document).read_text(encoding="utf-8")):
            if part.what == "toml":
                documents.follow(part, documents.Workplace(place, {}))
            lines = part.body.splitlines() if part.what == "sh" else []
            if part.what == "shown":
                lines = [part.argument.partition(" of ")[2]]
            for line in map(str.strip, lines):
                if line.startswith("cp "):
                    _, source, target = shlex.split(line)
                    (place / target).write_bytes((place / source).read_bytes())
                if not line.startswith("ssa-sim ") or line.startswith("ssa-sim workshop"):
                    continue
                options = takes.get(line.split()[1], set())
                forms = [line]
                forms += [f"{line} --lang fr"] if "--lang" in options and "--lang" not in line else []
                forms += [f"{line} --json"] if "--json" in options and "--json" not in line else []
                for form in forms:
                    if (document, form) not in seen:
                        seen.add((document, form))
                        yield f"{document}: {form}", said(form, place)[0]


def made(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file that the commands of the documents left: tables as tables, texts as texts, pictures as they are."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        inside = name.split("/")
        if not path.is_file() or path.is_symlink() or inside[1] in LIBRARY or "results/studies" in name:
            continue
        name = re.sub(r"-[0-9a-f]{8}(?=/)", "-<hash>", name)
        if path.suffix == ".parquet":
            yield name, table_digest(path)
        elif path.suffix in (".html", ".csv", ".svg", ".md", ".txt", ".toml", ".ipynb"):
            yield name, digest(plain(path.read_text(encoding="utf-8"), folder))
        elif path.suffix in (".png", ".pdf"):
            yield name, digest(path.read_bytes())


def tables(folder: Path) -> Iterator[tuple[str, str]]:
    """The demonstration, the sweep and the kept studies."""
    for parent in (folder / "made", ROOT / "results" / "studies"):
        for path in sorted(parent.rglob("*.parquet")):
            yield f"{path.parent.name}/{path.name}", table_digest(path)


def figures(folder: Path) -> Iterator[tuple[str, str]]:
    """Every figure of the gallery, in every layout and language, from every folder that can show it."""
    from matplotlib import pyplot

    from ssa_sim.analysis.result_folder import open_folder
    from ssa_sim.figures.gallery import FigureRequest, draw, drawable
    from ssa_sim.figures.style import write_figure

    homes = [folder / "made" / name for name in ("compare", "observe", "circle", "decompose")]
    studied = ROOT / "results" / "studies" / "single_levers"
    for home in (*homes, *([studied] if studied.is_dir() else [])):
        result_folder = open_folder(home)
        for entry in drawable(result_folder):
            for layout in entry.layouts:
                for language in ("en", "fr"):
                    picture = io.BytesIO()
                    try:
                        write_figure(draw(entry, result_folder, FigureRequest(language, layout)), picture, "png")
                    except InputError as error:
                        picture.write(str(error).replace(str(folder), "").encode())
                    pyplot.close("all")
                    yield f"{home.name} {entry.name} {layout} {language}", digest(picture.getvalue())


KINDS: dict[str, Callable[[Path], Iterator[tuple[str, str]]]] = {
    "history": lambda _: histories(),
    "help": lambda _: helps(),
    "table": tables,
    "figure": figures,
    "says": lambda folder: documented(folder / "documents"),
    "file": lambda folder: made(folder / "documents"),
}


def frozen(kinds: list[str]) -> dict[str, str]:
    """The lines of these kinds: from what is frozen to its digest."""
    found = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "documents").mkdir()
        documents.workplace(folder)
        if {"table", "figure"} & set(kinds):
            for command in ONE_IN_A_FOLDER:
                outcome = documents.run(f"ssa-sim {command}", folder)
                assert outcome.status == 0, outcome.messages
        for kind in kinds:
            for what, hashed in KINDS[kind](folder):
                found[f"{kind} {what}"] = hashed
                print(f"\r\033[K{len(found)} {kind} {what[:80]}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return found


def read() -> dict[str, str]:
    """What was frozen last."""
    lines = FROZEN.read_text(encoding="utf-8").splitlines() if FROZEN.exists() else []
    return {what: hashed for hashed, _, what in (line.partition(" ") for line in lines)}


def refresh(kinds: list[str]) -> None:
    """Write the lines of these kinds anew; those of the others stay."""
    before = read()
    found = {what: hashed for what, hashed in before.items() if what.partition(" ")[0] not in kinds} | frozen(kinds)
    FROZEN.write_text("".join(f"{found[what]} {what}\n" for what in sorted(found)), encoding="utf-8")
    changed = [what for what in sorted(before | found) if before.get(what) != found.get(what)]
    print(f"{len(found)} lines in {FROZEN.relative_to(ROOT)}; {len(changed)} differ from before:", *changed, sep="\n")


if __name__ == "__main__":
    wanted = sys.argv[1:] or list(KINDS)
    unknown = sorted(set(wanted) - set(KINDS))
    if unknown:
        sys.exit(f"There is nothing of the kind {', '.join(unknown)}; there is {', '.join(KINDS)}.")
    if "file" in wanted and "says" not in wanted:
        sys.exit("Files are what the documented commands leave: name says beside file.")
    with contextlib.suppress(BrokenPipeError):
        refresh(wanted)
