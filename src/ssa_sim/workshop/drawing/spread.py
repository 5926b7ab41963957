"""The two policies on other chance events: both worlds' runs, and their differences run by run.

Drawn to the month on show, so that the room may guess before it sees what follows.
"""

import numpy as np

from ssa_sim.catalogue.outcomes import outcome_named
from ssa_sim.figures.style import QUIET_TEXT
from ssa_sim.workshop.drawing.canvas import DASHES, GRID, POLICY_COLOUR, WORLD_COLOURS, WORLD_TINTS, Canvas, Panel
from ssa_sim.workshop.drawing.scene import Scene
from ssa_sim.workshop.other_runs import Floats, OtherRuns, quantiles

WIDTH, HEIGHT = 1100, 430
_TOP, _DEEP = 62, 300
_MOST_THIN_LINES = 20
_LONGEST_TITLE = 42
"""Letters of full size that fit above the left panel; longer titles are smaller."""
_LONGEST_VERDICT = 105
"""The same for the words below both."""


def spread(scene: Scene, other_runs: OtherRuns, outcome: str) -> str:
    """On the left the runs of both worlds, on the right the room's less the other's, by month."""
    texts, drawn = scene.texts, other_runs.made >= 2 and other_runs.differences(outcome, scene.session.month).size > 0
    words = _verdict(scene, other_runs, outcome) if drawn else texts("spread.nothing")
    canvas = Canvas(WIDTH, HEIGHT, f"{texts('spread.title')}. {words}")
    if drawn:
        _draw_worlds(scene, canvas, other_runs, outcome)
        _draw_differences(scene, canvas, other_runs, outcome)
    canvas.text(8, HEIGHT - 10, words, size=min(18.0, 18.0 * _LONGEST_VERDICT / len(words)), bold=True)
    return canvas.svg()


def _verdict(scene: Scene, other_runs: OtherRuns, outcome: str) -> str:
    texts, months = scene.texts, scene.session.month
    better, same, worse = (texts.whole(count) for count in other_runs.counts(outcome, months))
    differences = other_runs.differences(outcome, months)
    return texts(
        "spread.better",
        month=scene.last_month,
        better=better,
        same=same,
        worse=worse,
        count=texts.whole(differences.size),
        mean=texts.number(float(differences.mean()), signed=True),
        taken=texts(f"summaries.{outcome_named(outcome).summary}"),
    )


def _extremes(*series: Floats) -> tuple[float, float]:
    """The least and the greatest of all the values that are defined, and of zero."""
    every = np.concatenate([values.ravel() for values in series])
    defined = every[np.isfinite(every)]
    return float(defined.min(initial=0.0)), float(defined.max(initial=0.0))


def _draw_worlds(scene: Scene, canvas: Canvas, other_runs: OtherRuns, outcome: str) -> None:
    runs = other_runs.runs(outcome)[:, :, : scene.session.month]
    _, high = _extremes(runs, *(world.history[outcome] for world in scene.session.worlds))
    ticks = scene.ticks(0.0, max(1e-6, high))
    panel = Panel(78, _TOP, 440, _DEEP, scene.session.months, 0.0, ticks[-1][0])
    title = scene.texts(
        "page.named", what=scene.texts("spread.worlds"), name=outcome_named(outcome).label(scene.texts.language)
    )
    canvas.text(8, 26, title, size=min(20.0, 20.0 * _LONGEST_TITLE / len(title)), bold=True)
    panel.draw_axes(canvas, ticks, scene.years()[::2])
    for place in range(2):
        lower, _, upper = quantiles(runs[place])
        canvas.area(panel.between(lower, upper), colour=WORLD_TINTS[place], opacity=0.5)
        for run in runs[place, :_MOST_THIN_LINES]:
            canvas.line(panel.points(run), colour=WORLD_COLOURS[place], width=0.4)
    for place, world in enumerate(scene.session.worlds):
        points = panel.points(world.history[outcome])
        canvas.line(points, colour=WORLD_COLOURS[place], width=4, dash=DASHES[place])
        canvas.text(78 + 236 * place, 50, scene.world_names[place], size=14, colour=WORLD_COLOURS[place], bold=True)


def _draw_differences(scene: Scene, canvas: Canvas, other_runs: OtherRuns, outcome: str) -> None:
    comparison, policy = other_runs.runs(outcome)[:, :, : scene.session.month]
    differences: Floats = policy - comparison
    shown = scene.session.policy.history[outcome] - scene.session.comparison.history[outcome]
    low, high = _extremes(differences, shown)
    ticks = scene.ticks(low, high if high > low else low + 1.0)
    panel = Panel(650, _TOP, 420, _DEEP, scene.session.months, ticks[0][0], ticks[-1][0])
    canvas.text(580, 26, scene.texts("spread.paired"), size=20, bold=True)
    panel.draw_axes(canvas, ticks, scene.years()[::2])
    lower, middle, upper = quantiles(differences)
    canvas.area(panel.between(lower, upper), colour=WORLD_TINTS[1], opacity=0.6)
    for run in differences[:_MOST_THIN_LINES]:
        canvas.line(panel.points(run), colour=POLICY_COLOUR, width=0.4)
    canvas.line([(panel.left, panel.y(0.0)), (panel.left + panel.width, panel.y(0.0))], colour="#777777", width=1.5)
    canvas.line(panel.points(middle), colour=POLICY_COLOUR, width=2, dash="4 3")
    canvas.line(panel.points(shown), colour=POLICY_COLOUR, width=4)
    canvas.line([(panel.left, _TOP), (panel.left, _TOP + _DEEP)], colour=GRID, width=1)
    canvas.text(1090, 50, scene.texts("headline.fan", count=other_runs.made), size=15, anchor="end", colour=QUIET_TEXT)
