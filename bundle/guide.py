"""The documents as pages that a browser shows without network: one file each, pictures beside them."""

import re
import shutil
from pathlib import Path
from posixpath import normpath

import markdown2

DOCUMENTS = (
    "workshop.md",
    "workshop.fr.md",
    "tutorials/trainer.md",
    "tutorials/trainer.fr.md",
    "scenarios.md",
    "limits.md",
    "validation.md",
    "parameters.md",
    "odd.md",
)
_STYLE = (
    'body{font-family:system-ui,"DejaVu Sans",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;line-height:1.5;color:#1a1a1a}'
    "table{border-collapse:collapse}th,td{border-bottom:1px solid #ccc;padding:.3rem .8rem .3rem 0;text-align:left;vertical-align:top}"
    "pre{background:#f4f4f4;padding:1rem;overflow-x:auto}img{max-width:100%}"
)
_LINK = re.compile(r'<a href="(?!https?://)([^"#]*)(#[^"]*)?">(.*?)</a>', re.DOTALL)


def write_guide(docs: Path, folder: Path) -> None:
    """Write the pages, and copy the pictures that they show.

    Args:
        docs: with the documents.
        folder: to write to, beside the scenarios that documents link to.
    """
    for name in DOCUMENTS:
        place = (folder / name).parent
        place.mkdir(parents=True, exist_ok=True)
        page = as_page((docs / name).read_text(encoding="utf-8"), name, folder)
        (folder / name).with_suffix(".html").write_text(page, encoding="utf-8")
        for picture in re.findall(r'<img src="([^"]+)"', page):
            (place / picture).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy((docs / name).parent / picture, place / picture)


def as_page(text: str, name: str, folder: Path) -> str:
    """A document as a page of its own; links to what the archive does not hold become plain words.

    Args:
        text: the document.
        name: its own, one of `DOCUMENTS`.
        folder: of the pages.
    """
    home = Path(name).parent
    html = str(markdown2.markdown(text, extras=["tables", "fenced-code-blocks", "header-ids", "cuddled-lists"]))

    def link(found: re.Match[str]) -> str:
        target, place, words = found[1], found[2] or "", found[3]
        if normpath((home / target).as_posix()) in DOCUMENTS or not target:
            page = str(Path(target).with_suffix(".html")) if target else ""
            return f'<a href="{page}{place}">{words}</a>'
        return found[0] if (folder / home / target).exists() else words

    title = re.search(r"<h1[^>]*>(.*?)</h1>", html)
    language = "fr" if "<!-- language: fr -->" in text else "en"
    head = f'<meta charset="utf-8"><title>{title[1] if title else "ssa_sim"}</title><style>{_STYLE}</style>'
    return f'<!doctype html><html lang="{language}"><head>{head}</head><body>{_LINK.sub(link, html)}</body></html>'
