"""One unit's life in the two worlds: who is still there, what they know, which vehicles work."""

import numpy as np

from ssa_sim.workshop.drawing.canvas import GRID, INK, WORLD_COLOURS, Canvas, Panel
from ssa_sim.workshop.drawing.scene import Scene

WIDTH, HEIGHT = 1100, 430

_SOLDIERS = (("together", "#1442CC"), ("elsewhere", "#7FA3F0"), ("untrained", "#C9C9C9"))
_VEHICLES = (("working", "#1F7A55"), ("broken", "#DD7F55"), ("depot", "#D9CFA8"))
_INDICES = (("skill", "#5D0066", "3 3"), ("collective", "#CC3314", "9 4"), ("readiness", INK, ""))


def unit_life(scene: Scene, unit: int) -> str:
    """A row a world; in each: soldiers by where they were trained, vehicles by state, skill and readiness, by month."""
    canvas = Canvas(WIDTH, HEIGHT, description(scene, unit))
    headings = (("unit.soldiers", 78), ("unit.vehicles", 440), ("unit.indices", 790))
    for name, x in headings:
        canvas.text(x, 22, scene.texts(name), size=18, bold=True)
    for place in range(2):
        _draw_world(scene, canvas, unit, place)
    _draw_key(scene, canvas)
    return canvas.svg()


def description(scene: Scene, unit: int) -> str:
    """The unit in the room's world, in words."""
    world = scene.session.policy
    life = world.lives[max(0, world.month - 1), unit]
    numbers = {name: scene.texts.whole(float(life[name])) for name in ("together", "elsewhere", "untrained")}
    readiness = scene.texts.number(float(life["readiness"]))
    return scene.texts("unit.alt", unit=unit, month=scene.last_month, readiness=readiness, **numbers)


def _draw_world(scene: Scene, canvas: Canvas, unit: int, place: int) -> None:
    world = scene.session.worlds[place]
    lives = world.lives[: world.month, unit]
    top = 56 + 172 * place
    canvas.text(78, top - 10, scene.world_names[place], size=17, bold=True, colour=WORLD_COLOURS[place])
    months = scene.session.months
    posts = float(world.world.units.strength[unit])
    soldiers = Panel(78, top, 290, 120, months, 0.0, posts)
    _stack(scene, canvas, soldiers, lives, _SOLDIERS)
    vehicles = Panel(440, top, 290, 120, months, 0.0, scene.ticks(0.0, _most_vehicles(scene, unit), 3)[-1][0])
    _stack(scene, canvas, vehicles, lives, _VEHICLES)
    indices = Panel(790, top, 285, 120, months, 0.0, 1.0)
    indices.draw_axes(canvas, scene.ticks(0.0, 1.0, 2), scene.years()[::3], size=14)
    for name, colour, dash in _INDICES:
        canvas.line(indices.points(lives[name]), colour=colour, width=3, dash=dash)


def _most_vehicles(scene: Scene, unit: int) -> float:
    """The largest fleet that the unit had in either world, so that both are drawn on one scale."""
    fleets = [sum(world.lives[name][: world.month, unit] for name, _ in _VEHICLES) for world in scene.session.worlds]
    return max(10.0, *(float(np.max(fleet, initial=0.0)) for fleet in fleets))


def _stack(
    scene: Scene,
    canvas: Canvas,
    panel: Panel,
    lives: "np.ndarray[tuple[int], np.dtype[np.void]]",
    layers: tuple[tuple[str, str], ...],
) -> None:
    floor = np.zeros(len(lives))
    for name, colour in layers:
        roof = floor + lives[name]
        canvas.area(panel.between(floor, roof), colour=colour)
        floor = roof
    panel.draw_axes(canvas, scene.ticks(0.0, panel.high, 3), scene.years()[::3], size=14)
    right, bottom = panel.left + panel.width, panel.top + panel.height
    canvas.line([(panel.left, bottom), (right, bottom)], colour=GRID, width=1)


def _draw_key(scene: Scene, canvas: Canvas) -> None:
    """Below each column what its colours mean: two in a row, the third below."""
    indices = tuple((name, colour) for name, colour, _ in _INDICES)
    for left, layers in ((40, _SOLDIERS), (420, _VEHICLES), (738, indices)):
        for order, (name, colour) in enumerate(layers):
            x, y = left + 190 * (order % 2), HEIGHT - 24 + 20 * (order // 2)
            canvas.box(x, y - 12, 14, 14, colour=colour, edge="#555555")
            canvas.text(x + 19, y, scene.texts(f"unit.{name}"), size=14)
