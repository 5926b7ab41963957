"""The commands, files and outputs that the documents show: read from their text, run, and brought up to date.

A document is followed from top to bottom in a folder of its own that holds copies of `scenarios/`, `experiments/` and
`results/studies/`:

* a fenced block `toml PATH` is a file, and is written there;
* a block `sh` holds commands: `ssa-sim` and `cp` are carried out, `make` must name a target, the others are known words;
* a block `bat` is the same for Windows; a block `python` is run as a script, a block `pycon` as a doctest;
* what stands between `<!-- shown: KIND of COMMAND -->` and `<!-- end -->` is that command's output, word for word.

`python tests/documents.py` writes the shown outputs anew, and the "Reads" lines of the model's description,
the list of parameters, the list of the scenarios that come with the project, the numbers of the stored decomposition, and
the storylines of the trainers' guides.
"""

import contextlib
import doctest
import io
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import textwrap
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import decomposition_tables
import storyline_tables
from parameter_tables import DOCUMENT as PARAMETERS
from parameter_tables import parameters_document
from ssa_sim.cli import main
from ssa_sim.scenario.library import LIBRARY, library_file

ROOT = Path(__file__).resolve().parent.parent
TUTORIALS = tuple(f"docs/tutorials/{name}.md" for name in ("analyst", "researcher", "trainer", "trainer.fr"))
FOLLOWED = (
    "README.md",
    "docs/scenarios.md",
    "docs/explain.md",
    "docs/sweeps.md",
    "docs/figures.md",
    "docs/other_tools.md",
    *TUTORIALS,
)
SHOWN = ("docs/validation.md",)
DESCRIPTION = "docs/odd.md"
KNOWN_WORDS = ("source .venv/bin/activate",)
WIDTH = 120

_BLOCK = re.compile(r"^```(?P<language>\w+)(?: (?P<argument>\S+))?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_SHOWN = re.compile(
    r"^<!-- shown: (?P<kind>[a-z ]+?) of (?P<command>[^\n]+) -->\n(?P<text>.*?)^<!-- end -->$", re.MULTILINE | re.DOTALL
)
_READS = re.compile(r"^  Reads: .*?(?=^  Sources: )", re.MULTILINE | re.DOTALL)
_LIBRARY = re.compile(r"(?P<head>^\| File \| Asks \| Sets \|\n\| --- \| --- \| --- \|\n)(?:^\|.*\n)*", re.MULTILINE)
_STEP = re.compile(r"^- `(?P<rule>\w+)`, ", re.MULTILINE)


class Workplace(NamedTuple):
    """Where a document is followed: a folder, and the names that its sessions have defined."""

    folder: Path
    names: dict[str, object]


class Part(NamedTuple):
    """A fenced block or a shown output. `what` is the language or "shown"; `line` is its first line."""

    what: str
    argument: str
    body: str
    line: int


class Outcome(NamedTuple):
    """What came of a command."""

    status: int
    output: str
    messages: str


def parts(text: str) -> list[Part]:
    """The blocks and shown outputs of a document, in order."""
    found = []
    shown = list(_SHOWN.finditer(text))
    for match in shown:
        found.append(Part("shown", f"{match['kind']} of {match['command']}", match["text"], _line(text, match)))
    for match in _BLOCK.finditer(text):
        if not any(outer.start() < match.start() < outer.end() for outer in shown):
            found.append(Part(match["language"], match["argument"] or "", match["body"], _line(text, match)))
    return sorted(found, key=lambda part: part.line)


def workplace(folder: Path) -> Workplace:
    """Prepare an empty folder in which a document can be followed."""
    for kind, names in LIBRARY.items():
        (folder / kind).mkdir()
        for name in names:
            shutil.copy(library_file(kind, name), folder / kind)
    if (ROOT / "results/studies").is_dir():
        shutil.copytree(ROOT / "results/studies", folder / "results/studies")
    return Workplace(folder, {})


def follow(part: Part, place: Workplace, fewer: Sequence[str] = ()) -> None:
    """Do what a part of a document says, except showing an output.

    Args:
        part: what to do.
        place: where.
        fewer: options put after every comparison and measured circle, to make it short.

    Raises:
        AssertionError: it cannot be done, or a command ends with another status than 0.
    """
    folder = place.folder
    if part.what == "toml":
        assert part.argument, f"line {part.line}: the block does not say which file it is"
        (folder / part.argument).write_text(part.body, encoding="utf-8")
    elif part.what == "python":
        script = folder / "example.py"
        script.write_text(part.body, encoding="utf-8")
        done = subprocess.run([sys.executable, script.name], cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"line {part.line}: {done.stderr}"
        assert "..." not in done.stdout, f"line {part.line}: pandas hides rows or columns:\n{done.stdout}"
    elif part.what == "pycon":
        _check_session(part, place)
    elif part.what in ("sh", "bat"):
        for line in part.body.splitlines():
            _carry_out(line, part, folder, fewer)


def run(command: str, folder: Path, fewer: Sequence[str] = ()) -> Outcome:
    """Carry out an `ssa-sim` command in a folder."""
    _, *arguments = shlex.split(command)
    if arguments[:1] in (["compare"], ["circle"]):
        arguments += fewer
    output, messages = io.StringIO(), io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(output), contextlib.redirect_stderr(messages):
        status = main(arguments)
    return Outcome(status, output.getvalue(), messages.getvalue())


def render(shown: str, folder: Path) -> str:
    """What a document shows of a command: `shown` is "KIND of COMMAND"."""
    kind, _, command = shown.partition(" of ")
    outcome = run(command, folder)
    if kind == "message":
        assert outcome.status == 2, f"{command}: status {outcome.status}, {outcome.messages}"
        return f"```text\n{outcome.messages}```\n"
    if kind == "markdown":
        assert outcome.status in (0, 1), f"{command}: status {outcome.status}, {outcome.messages}"
        return outcome.output
    assert outcome.status == 0, f"{command}: status {outcome.status}, {outcome.messages}"
    if kind == "output":
        return f"```text\n{_trimmed(outcome.output)}```\n"
    if kind == "last line":
        return f"> {_last_paragraph(outcome.output)}\n"
    assert kind == "table", f"there is no way to show the {kind} of a command"
    return f"{_as_markdown(outcome.output)}\n\n> {_sentence(outcome.output)}\n"


def with_fresh_outputs(text: str, place: Workplace) -> str:
    """The document with every shown output as it is now."""
    for part in parts(text):
        if part.what == "shown":
            text = text.replace(
                f"<!-- shown: {part.argument} -->\n{part.body}<!-- end -->",
                f"<!-- shown: {part.argument} -->\n{render(part.argument, place.folder)}<!-- end -->",
            )
        else:
            follow(part, place, ("--replications", "2"))
    return text


def with_fresh_readings(text: str) -> str:
    """The model's description with every "Reads" line as the rules are now."""
    from rule_readings import reads_line, steps_by_name

    steps = steps_by_name()

    def fresh(match: re.Match[str]) -> str:
        *_, last = _STEP.finditer(text, 0, match.start())
        step = steps.get(last["rule"])
        return wrapped(reads_line(step)) + "\n" if step else match[0]

    return _READS.sub(fresh, text)


def wrapped(line: str) -> str:
    """A long line as part of a bullet."""
    indent = "  "
    return textwrap.fill(
        line, WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _carry_out(line: str, part: Part, folder: Path, fewer: Sequence[str]) -> None:
    command = line.strip()
    if part.what == "bat":
        command = command.replace(".venv\\Scripts\\", "").replace("\\", "/")
    where = f"line {part.line}: {command}"
    if command.startswith("ssa-sim "):
        outcome = run(command, folder, fewer)
        allowed = (0, 1) if command.startswith("ssa-sim validate") else (0,)  # 1: a pattern does not hold
        assert outcome.status in allowed, f"{where}: status {outcome.status}\n{outcome.messages}"
    elif command.startswith("cp "):
        _, source, target = shlex.split(command)
        shutil.copy(folder / source, folder / target)
    elif command.startswith("make "):
        assert command.removeprefix("make ") in make_targets(), f"{where}: there is no such target"
    elif part.what == "bat":
        assert command == WINDOWS_SET_UP, where
    else:
        assert command in KNOWN_WORDS, f"{where}: nothing is known of this command"


WINDOWS_SET_UP = "py -m venv .venv && python -m pip install -c constraints.txt -e ."
"""The set-up on Windows, without the folder of the environment; the same as the Makefile's."""


def make_targets() -> set[str]:
    """What `make` can be asked for."""
    return set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def _check_session(part: Part, place: Workplace) -> None:
    test = doctest.DocTestParser().get_doctest(part.body, place.names, f"line {part.line}", None, part.line)
    said = io.StringIO()
    with contextlib.chdir(place.folder):
        failed, tried = doctest.DocTestRunner(verbose=False).run(test, out=said.write, clear_globs=False)
    place.names.update(test.globs)
    assert tried > 0, f"line {part.line}: the session says nothing"
    assert failed == 0, said.getvalue()


def _line(text: str, match: re.Match[str]) -> int:
    return text.count("\n", 0, match.start()) + 1


def _last_paragraph(output: str) -> str:
    return " ".join(output.strip().split("\n\n")[-1].split("\n")).strip()


def _trimmed(output: str) -> str:
    """An output without blanks at the ends of its lines."""
    return "".join(f"{line.rstrip()}\n" for line in output.splitlines())


def _sentence(output: str) -> str:
    """The closing sentence of a comparison: the last paragraph before the paths."""
    paragraphs = [" ".join(each.split()) for each in output.strip().split("\n\n")]
    return next(each for each in reversed(paragraphs) if each.startswith("Against "))


def _as_markdown(output: str) -> str:
    """The first table of an output: its cells are what blank columns part, which run through all its rows."""
    lines = output.splitlines()
    rule = next(number for number, line in enumerate(lines) if set(line.strip()) == {"─"})
    last = next(number for number in range(rule, len(lines)) if not lines[number].strip())
    rows = [lines[rule - 1], *lines[rule + 1 : last]]
    cells = [[row[start:end].strip() for start, end in _columns(rows)] for row in rows]
    ruled = [cells[0], ["---"] * len(cells[0]), *cells[1:]]
    return "\n".join(f"| {' | '.join(row)} |" for row in ruled)


def _columns(rows: Sequence[str]) -> Iterator[tuple[int, int]]:
    width = max(len(row) for row in rows)
    used = [any(row[at : at + 1].strip() for row in rows) for at in range(width)] + [False, False]
    start = None
    for at in range(width + 1):
        if used[at] and start is None:
            start = at
        elif start is not None and not used[at] and not used[at + 1]:
            yield start, at
            start = None


def with_fresh_library(text: str) -> str:
    """The description of scenarios with its list of those that come with the project, as their files have it."""
    return _LIBRARY.sub(lambda match: f"{match['head']}{''.join(map(_library_row, LIBRARY['scenarios']))}", text)


def _library_row(name: str) -> str:
    """A scenario of the library: what it asks, and what its own file sets."""
    file = tomllib.loads(library_file("scenarios", name).read_text(encoding="utf-8"))
    given = [f"`{path}`" for path in file.get("levers", {})]
    given += [f"`[{table}]`" for table in ("period", "size", "donors", "uncertainties", "mechanisms") if table in file]
    dated = {path: None for event in file.get("events", []) for path in event["set"]}
    given += [f"dated: {', '.join(f'`{path}`' for path in dated)}"] if dated else []
    return f"| `{name}.toml` | {file['question']} | {', '.join(given)} |\n"


def refresh() -> None:
    """Write all documents anew."""
    scenarios = ROOT / "docs" / "scenarios.md"
    scenarios.write_text(with_fresh_library(scenarios.read_text(encoding="utf-8")), encoding="utf-8")
    description = ROOT / DESCRIPTION
    description.write_text(with_fresh_readings(description.read_text(encoding="utf-8")), encoding="utf-8")
    for name in (*FOLLOWED, *SHOWN):
        document = ROOT / name
        with tempfile.TemporaryDirectory() as folder:
            text = with_fresh_outputs(document.read_text(encoding="utf-8"), workplace(Path(folder)))
        document.write_text(text, encoding="utf-8")
    PARAMETERS.write_text(parameters_document(), encoding="utf-8")
    decomposition_tables.refresh()
    storyline_tables.refresh()


if __name__ == "__main__":
    refresh()
