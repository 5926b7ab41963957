"""Example images: what a figure looked like when somebody last looked at it, and whether it still does.

`PYTHONPATH=tests python tests/analysis/test_study_figures.py` writes them anew; look at each before it is committed.
"""

from pathlib import Path

from matplotlib.figure import Figure
from matplotlib.testing.compare import compare_images

from ssa_sim.figures.style import in_style

IMAGES = Path(__file__).parent / "images"
DOTS_PER_INCH = 60
TOLERANCE = 6.0
"""Root mean square of the difference in colour, of 255: letters a little off are let through, a mark elsewhere is not."""


def keep(figure: Figure, path: Path) -> None:
    """Save a figure as an example image: small, since many are kept."""
    with in_style():
        figure.savefig(path, dpi=DOTS_PER_INCH, metadata={"Software": "ssa_sim"})


def assert_looks_the_same(figure: Figure, name: str, folder: Path) -> None:
    """Compare a figure with the example image of that name."""
    expected, actual = IMAGES / f"{name}.png", folder / f"{name}.png"
    assert expected.is_file(), f"there is no example image {expected}"
    keep(figure, actual)
    difference = compare_images(str(expected), str(actual), TOLERANCE)
    assert difference is None, difference
