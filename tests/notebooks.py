"""The worked notebooks: run from top to bottom in a folder of their own, and stored with what they show.

`python tests/notebooks.py` runs them anew and stores their outputs.
"""

import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from documents import ROOT, workplace

FOLDER = Path("docs") / "notebooks"
NAMES = ("comparison.ipynb", "argument.ipynb")


def executed(name: str, folder: Path) -> nbformat.NotebookNode:
    """The notebook run in a copy of its surroundings, which is made in an empty folder.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell fails; the message shows it.
    """
    workplace(folder)
    (folder / FOLDER).mkdir(parents=True)
    notebook = nbformat.read(ROOT / FOLDER / name, as_version=4)
    place = {"metadata": {"path": str(folder / FOLDER)}}
    NotebookClient(notebook, timeout=300, coalesce_streams=True, resources=place).execute()
    return notebook


def stored(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook without what differs from run to run: times, and messages on the way."""
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
    return notebook


def said(notebook: nbformat.NotebookNode) -> list[str]:
    """What the cells print and return, as text."""
    outputs = [output for cell in stored(notebook).cells if cell.cell_type == "code" for output in cell.outputs]
    return [output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs]


def refresh() -> None:
    """Run all notebooks and store their outputs."""
    for name in NAMES:
        with tempfile.TemporaryDirectory() as folder:
            notebook = stored(executed(name, Path(folder)))
        nbformat.write(notebook, ROOT / FOLDER / name)


if __name__ == "__main__":
    refresh()
