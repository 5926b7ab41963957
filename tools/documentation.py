"""The documentation site: its pages put together from the project's own files and the package, then built.

`python tools/documentation.py` writes the pages into `build/pages` and the site into `build/site`. Any warning, such as a
link or an anchor that leads nowhere, ends it with status 1. Neither building nor reading the site asks for a network.

A page is a file of the project with three things changed: links follow it to where it stands on the site, a fenced block
that names its file shows the name, and lists are indented as deep as this Markdown wants. What the catalogues, the
command line and the schemas say is written anew by `reference_pages`.
"""

import argparse
import json
import os
import posixpath
import re
import shutil
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from reference_pages import reference_pages

ROOT = Path(__file__).resolve().parent.parent
PAGES, SITE = ROOT / "build" / "pages", ROOT / "build" / "site"

OUTSIDE_DOCS = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "results/README.md": "results.md",
}
"""Pages whose files do not stand in `docs/`: from the project's folder to the site's."""
STANDS_FOR = {
    "scenarios": "reference/scenario_files.md",
    "experiments": "reference/experiment_files.md",
    "src/ssa_sim/model/rules": "reference/rules.md",
    "src/ssa_sim/model/month.py": "reference/rules.md",
    "docs/notebooks": "notebooks/comparison.md",
}
"""What the site shows in place of a folder or a file of source; a link to any other one becomes its text."""

ALONE = "---\nhide: [navigation]\n---\n"
"""What the home page begins with: it stands in no section, so that there is nothing to list beside it."""

_BLOCK = re.compile(r"(^ *```.*?^ *```$)", re.MULTILINE | re.DOTALL)
_NAMED_FILE = re.compile(r"\A(?P<fence> *```\w+) (?P<file>\S+)$", re.MULTILINE)
_LINK = re.compile(r"(?P<mark>!?)\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]+)\)")
_LONE_STAR = re.compile(r"(?<=\bmu)\*(?![*`])")
_COMMENT = re.compile(r"^<!-- (?:(?!-->).)* -->$", re.MULTILINE)
_ITEM = re.compile(r"^(?P<mark>[-*] |\d+\. )")


def main() -> int:
    """Build the site; the exit status is mkdocs' own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=Path, default=PAGES, help="folder for the pages")
    parser.add_argument("--site", type=Path, default=SITE, help="folder for the site")
    folders = parser.parse_args()
    write_pages(folders.pages)
    return build(ROOT / "mkdocs.yml", folders.pages, folders.site)


def write_pages(folder: Path) -> None:
    """Write every page of the site, and the files that pages show, into a folder, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "docs", folder, ignore=shutil.ignore_patterns("*.md", "work"))
    for source, page in sources().items():
        text = (ROOT / source).read_text(encoding="utf-8")
        _write(folder / page, as_page(text, source, page))
    _write(folder / "index.md", f"{ALONE}{(folder / 'index.md').read_text(encoding='utf-8')}")
    for notebook in sorted((ROOT / "docs" / "notebooks").glob("*.ipynb")):
        _write(folder / "notebooks" / f"{notebook.stem}.md", notebook_page(notebook, folder / "notebooks"))
    for page, text in reference_pages().items():
        _write(folder / "reference" / page, text)


def build(settings: Path, pages: Path, site: Path) -> int:
    """Build the site from its pages, warnings being errors; what the builder says goes to this process's output."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean"]
    surroundings = {**os.environ, "SSA_SIM_PAGES": str(pages), "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [*command, "--config-file", str(settings), "--site-dir", str(site)], env=surroundings, check=False
    )
    for page in site.rglob("*.fr.html"):  # the builder knows one language for a whole site
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace('<html lang="en"', '<html lang="fr"', 1), encoding="utf-8")
    return done.returncode


def sources() -> dict[str, str]:
    """Every Markdown file that is a page: from its path in the project to its path on the site."""
    in_docs = sorted((ROOT / "docs").rglob("*.md"))
    return {
        **OUTSIDE_DOCS,
        **{path.relative_to(ROOT).as_posix(): path.relative_to(ROOT / "docs").as_posix() for path in in_docs},
    }


def as_page(text: str, source: str, page: str) -> str:
    """A file of the project as a page of the site."""
    parts = _BLOCK.split(text)
    for number, part in enumerate(parts):
        if number % 2:
            parts[number] = _NAMED_FILE.sub(r'\g<fence> title="\g<file>"', part)
        else:
            bare = _LONE_STAR.sub(r"\\*", _COMMENT.sub("", part))
            parts[number] = _LINK.sub(_following(source, page), bare)
    return _with_deeper_items("".join(parts))


def _with_deeper_items(text: str) -> str:
    """What belongs to an item of a list stands four columns in, however long the item's mark is."""
    lines = []
    width = 0
    for line in text.splitlines():
        item = _ITEM.match(line)
        if item:
            width = len(item["mark"])
        elif line and not line.startswith(" " * width):
            width = 0
        lines.append(f"{' ' * (4 - width)}{line}" if width and line and not item else line)
    return "\n".join(lines) + "\n"


def _following(source: str, page: str) -> Callable[[re.Match[str]], str]:
    """What takes a link along from a file's place in the project to its place on the site."""

    def follow(link: re.Match[str]) -> str:
        path, hash_, anchor = link["target"].partition("#")
        if not path or re.match(r"[a-z]+:", path):
            return link[0]
        target = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        found = _on_site(target)
        if found is None:
            return link["text"]
        return f"{link['mark']}[{link['text']}]({posixpath.relpath(found, posixpath.dirname(page))}{hash_}{anchor})"

    return follow


def _on_site(target: str) -> str | None:
    """Where the site has a file or folder of the project; None if it does not."""
    known: Mapping[str, str] = {**sources(), **STANDS_FOR}
    if target in known:
        return known[target]
    path = Path(target)
    if path.suffix == ".ipynb":
        return path.relative_to("docs").with_suffix(".md").as_posix()
    if path.suffix == ".toml" and path.parent.as_posix() in STANDS_FOR:
        return STANDS_FOR[path.parent.as_posix()]
    return path.relative_to("docs").as_posix() if target.startswith("docs/") else None


def notebook_page(notebook: Path, folder: Path) -> str:
    """A stored notebook as a page: its texts, its code, and what came of it, pictures as files in a folder."""
    blocks = []
    for number, cell in enumerate(json.loads(notebook.read_text(encoding="utf-8"))["cells"]):
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            blocks.append(as_page(source, f"docs/notebooks/{notebook.name}", f"notebooks/{notebook.stem}.md"))
        else:
            blocks.append(f"```python\n{source}\n```")
            for place, output in enumerate(cell["outputs"]):
                blocks += _shown(output, folder / f"{notebook.stem}-{number}-{place}.png")
    blocks.insert(1, f"This page is a notebook: [download it]({notebook.name}), or open it in `docs/notebooks`.")
    return "\n\n".join(blocks) + "\n"


def _shown(output: Mapping[str, object], picture: Path) -> Iterator[str]:
    """One output of a notebook's cell."""
    data = output.get("data") or {"text/plain": output.get("text", "")}
    assert isinstance(data, dict)
    if "image/png" in data:
        picture.write_bytes(b64decode(data["image/png"]))
        yield f"![Output]({picture.name})"
    else:
        yield f"```text\n{''.join(data['text/plain']).rstrip()}\n```"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
