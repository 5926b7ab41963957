"""The headline picture: what is reported against what is wanted, in both worlds."""

from ssa_sim.figures.style import QUIET_TEXT
from ssa_sim.workshop.drawing.canvas import DASHES, INK, WORLD_COLOURS, WORLD_TINTS, Canvas, Panel
from ssa_sim.workshop.drawing.scene import Scene

WIDTH, HEIGHT = 1100, 560
_TOP, _DEEP = 62, 452


def headline(scene: Scene) -> str:
    """On the left completions and ready soldiers of both worlds on one scale; on the right ready soldiers closer."""
    canvas = Canvas(WIDTH, HEIGHT, _description(scene))
    _draw_gap(scene, canvas)
    _draw_closer(scene, canvas)
    return canvas.svg()


def _description(scene: Scene) -> str:
    last = {}
    for place, world in enumerate(scene.session.worlds):
        for letter, outcome in (("c", "completions"), ("r", "ready_soldiers")):
            value = float(world.history[outcome][-1]) if world.month else 0.0
            last[f"{letter}{place}"] = scene.texts.whole(value)
    return scene.texts("headline.alt", month=scene.last_month, **last)


def _draw_gap(scene: Scene, canvas: Canvas) -> None:
    texts = scene.texts
    highest = max([5000.0, *(float(world.history["completions"].max(initial=0.0)) for world in scene.session.worlds)])
    ticks = scene.ticks(0.0, 1.08 * highest)
    panel = Panel(78, _TOP, 440, _DEEP, scene.session.months, 0.0, ticks[-1][0])
    canvas.text(8, 26, texts("headline.both_title"), size=21, bold=True)
    panel.draw_axes(canvas, ticks, scene.years()[::2], size=17)
    for outcome in ("completions", "ready_soldiers"):
        comparison, policy = (world.history[outcome] for world in scene.session.worlds)
        canvas.area(panel.between(comparison, policy), colour=WORLD_TINTS[1], opacity=0.7)
    for place, world in enumerate(scene.session.worlds):
        for outcome in ("completions", "ready_soldiers"):
            points = panel.points(world.history[outcome])
            canvas.line(points, colour=WORLD_COLOURS[place], width=4, dash=DASHES[place])
    _name_lines(scene, canvas, panel)


def _name_lines(scene: Scene, canvas: Canvas, panel: Panel) -> None:
    """Each pair of lines by its name: completions at the top of the panel, ready soldiers above their lines."""
    canvas.text(panel.left + 12, panel.top + 22, scene.texts("headline.completions"), size=20, bold=True, colour=INK)
    ready = max([0.0, *(float(world.history["ready_soldiers"].max(initial=0.0)) for world in scene.session.worlds)])
    y = min(panel.y(ready) - 12, panel.top + panel.height - 14)
    right = panel.left + panel.width - 4
    canvas.text(right, y, scene.texts("headline.ready"), size=20, anchor="end", bold=True, colour=INK)


def _draw_closer(scene: Scene, canvas: Canvas) -> None:
    texts = scene.texts
    bands = scene.other_runs.bands("ready_soldiers") if scene.other_runs else None
    tops = [float(world.history["ready_soldiers"].max(initial=0.0)) for world in scene.session.worlds]
    if bands is not None:
        tops.append(float(bands.max()))
    ticks = scene.ticks(0.0, max(1000.0, 1.05 * max(tops)))
    panel = Panel(650, _TOP, 420, _DEEP, scene.session.months, 0.0, ticks[-1][0])
    canvas.text(580, 26, texts("headline.zoom_title"), size=21, bold=True)
    panel.draw_axes(canvas, ticks, scene.years()[::2], size=17)
    if bands is not None:
        for (lower, _, upper), tint in zip(bands[:, :, : scene.session.month], WORLD_TINTS, strict=True):
            canvas.area(panel.between(lower, upper), colour=tint, opacity=0.55)
    note = (
        texts("headline.no_fan")
        if bands is None
        else texts("headline.fan", count=scene.other_runs.made if scene.other_runs else 0)
    )
    canvas.text(WIDTH - 14, 50, note, size=16, anchor="end", colour=QUIET_TEXT)
    for place, world in enumerate(scene.session.worlds):
        points = panel.points(world.history["ready_soldiers"])
        canvas.line(points, colour=WORLD_COLOURS[place], width=4.5, dash=DASHES[place])
    _draw_key(scene, canvas)


def _draw_key(scene: Scene, canvas: Canvas) -> None:
    for place, name in enumerate(scene.world_names):
        x = 78 + 480 * place
        canvas.line(
            [(x, HEIGHT - 12), (x + 46, HEIGHT - 12)], colour=WORLD_COLOURS[place], width=4.5, dash=DASHES[place]
        )
        canvas.text(x + 54, HEIGHT - 6, name, size=18, colour=WORLD_COLOURS[place], bold=True)
