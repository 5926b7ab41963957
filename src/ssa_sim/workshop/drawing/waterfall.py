"""The way from course completions to ready soldiers, bar by bar."""

import math

from ssa_sim.figures.style import QUIET_TEXT
from ssa_sim.workshop.drawing.canvas import ALARM_COLOUR, GAIN_COLOUR, INK, Canvas
from ssa_sim.workshop.drawing.scene import Scene
from ssa_sim.workshop.sampled_decomposition import ORDERS, SampledDecomposition

WIDTH, HEIGHT = 1100, 500
_LEFT, _RIGHT = 360, 990
_LETTERS = 20.0
_LEVEL, _STEP = "#33475B", "#9AA7B5"


def waterfall(scene: Scene, decomposition: SampledDecomposition) -> str:
    """Levels as whole bars, steps as floating ones, mechanisms with twice their standard error."""
    losses = [scene.texts(f"mechanisms.{effect.mechanism}") for effect in decomposition.effects if effect.soldiers < 0]
    worst = ", ".join(losses[:2])
    numbers = {name: scene.texts.whole(getattr(decomposition, name)) for name in ("completions", "soldiers", "ready")}
    canvas = Canvas(WIDTH, HEIGHT, scene.texts("leakage.alt", worst=worst or "–", **numbers))
    rows = _rows(scene, decomposition)
    tall = (HEIGHT - 34) / len(rows)
    letters = min(_LETTERS, 0.7 * tall)
    most = max(1.0, decomposition.completions, decomposition.soldiers, decomposition.without)
    for order, (label, start, end, colour, error) in enumerate(rows):
        y = 6 + tall * order
        scale = (_RIGHT - _LEFT) / most
        canvas.text(_LEFT - 10, y + tall * 0.7, label, size=letters, anchor="end", bold=colour == _LEVEL)
        canvas.box(_LEFT + scale * start, y + 3, scale * (end - start) or 1.0, tall - 6, colour=colour)
        if error:
            ends = [(_LEFT + scale * (end + sign * 2 * error), y + tall / 2) for sign in (-1, 1)]
            canvas.line(ends, colour=INK, width=1.5)
        signed = colour != _LEVEL
        amount = scene.texts.whole(end - start if signed else end, signed=signed)
        canvas.text(_LEFT + scale * max(start, end) + 8, y + tall * 0.7, amount, size=letters, bold=not signed)
    canvas.text(8, HEIGHT - 8, scene.texts("leakage.note", orders=ORDERS), size=15, colour=QUIET_TEXT)
    return canvas.svg()


def _rows(scene: Scene, decomposition: SampledDecomposition) -> list[tuple[str, float, float, str, float]]:
    """Label, start, end, colour and standard error of each bar, in soldiers."""
    texts = scene.texts
    rows = [
        (texts("leakage.completions"), 0.0, decomposition.completions, _LEVEL, 0.0),
        (texts("leakage.repeats"), decomposition.completions, decomposition.soldiers, _STEP, 0.0),
        (texts("leakage.soldiers"), 0.0, decomposition.soldiers, _LEVEL, 0.0),
        (texts("leakage.remainder"), decomposition.soldiers, decomposition.without, _STEP, 0.0),
        (texts("leakage.without"), 0.0, decomposition.without, _LEVEL, 0.0),
    ]
    at = decomposition.without
    for effect in decomposition.effects:
        colour = ALARM_COLOUR if effect.soldiers < 0 else GAIN_COLOUR
        error = 0.0 if math.isnan(effect.error) else effect.error
        rows.append((texts(f"mechanisms.{effect.mechanism}"), at, at + effect.soldiers, colour, error))
        at += effect.soldiers
    return [*rows, (texts("leakage.ready"), 0.0, decomposition.ready, _LEVEL, 0.0)]
