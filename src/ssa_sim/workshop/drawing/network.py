"""Partners, their running projects and the units that these go to, duplicates marked."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np

from ssa_sim.figures.style import QUIET_TEXT
from ssa_sim.model.state import RUNNING, ZONES
from ssa_sim.workshop.drawing.canvas import ALARM_COLOUR, INK, WORLD_COLOURS, Canvas, Point
from ssa_sim.workshop.drawing.scene import Scene
from ssa_sim.workshop.live_world import LiveWorld

WIDTH, HEIGHT = 1100, 430
_TOP, _BOTTOM = 74, 396


@dataclass(frozen=True)
class Link:
    """A running project: whose, for which unit, and whether it doubles another partner's."""

    donor: int
    unit: int
    is_duplicate: bool


def links_of(world: LiveWorld) -> list[Link]:
    """Every running project."""
    found = []
    projects = world.world.donors["projects"]
    for donor, slot in zip(*np.nonzero(projects["status"] == RUNNING), strict=True):
        project = projects[donor, slot]
        found.append(Link(int(donor), int(project["unit"]), bool(project["duplicate"])))
    return found


def network(scene: Scene, place: int) -> str:
    """The network of one world: 0 the one compared with, 1 the room's."""
    texts = scene.texts
    world = scene.session.worlds[place]
    links = links_of(world)
    present = np.flatnonzero(world.world.donors.active == 1)
    partners = sorted({*present.tolist(), *(link.donor for link in links)})
    duplicates = sum(link.is_duplicate for link in links)
    count = texts("network.count", projects=len(links), partners=len(partners), duplicates=duplicates)
    canvas = Canvas(WIDTH, HEIGHT, texts("network.alt", count=count))
    canvas.text(8, 26, scene.world_names[place], size=21, bold=True, colour=WORLD_COLOURS[place])
    canvas.text(WIDTH - 8, 26, count, size=19, anchor="end", bold=True)
    canvas.text(8, 56, texts("network.partners"), size=17, colour=QUIET_TEXT)
    canvas.text(WIDTH - 8, 56, texts("network.units"), size=17, anchor="end", colour=QUIET_TEXT)
    donors, units = _donor_places(partners), _unit_places(world)
    _draw_links(canvas, links, donors, units)
    _draw_donors(canvas, world, donors)
    _draw_units(scene, canvas, world, units)
    _draw_key(scene, canvas, world, links)
    return canvas.svg()


def _donor_places(partners: list[int]) -> dict[int, Point]:
    """Two columns on the left."""
    rows = max(1, (len(partners) + 1) // 2)
    step = (_BOTTOM - _TOP) / rows
    return {
        donor: (60 + 70 * (order % 2), _TOP + step * (order // 2 + 0.25 + 0.5 * (order % 2)))
        for order, donor in enumerate(partners)
    }


def _unit_places(world: LiveWorld) -> dict[int, Point]:
    """A block a zone on the right, row by row."""
    places: dict[int, Point] = {}
    tall = (_BOTTOM - _TOP) / len(ZONES)
    for zone in range(len(ZONES)):
        members = np.flatnonzero(world.world.units.zone == zone).tolist()
        columns = max(1, -(-len(members) // 4))
        step = min(34.0, 460.0 / columns)
        for order, unit in enumerate(members):
            places[unit] = (580 + step * (order % columns), _TOP + tall * zone + 16 + 23 * (order // columns))
    return places


def _draw_links(canvas: Canvas, links: list[Link], donors: dict[int, Point], units: dict[int, Point]) -> None:
    for link in sorted(links, key=lambda link: link.is_duplicate):
        colour = ALARM_COLOUR if link.is_duplicate else "#7D8CA3"
        ends = [donors[link.donor], units[link.unit]]
        canvas.line(
            ends, colour=colour, width=2.2 if link.is_duplicate else 1.4, dash="7 4" if link.is_duplicate else ""
        )


def _draw_donors(canvas: Canvas, world: LiveWorld, donors: dict[int, Point]) -> None:
    for donor, (x, y) in donors.items():
        budget = float(world.world.donors.annual_budget[donor])
        canvas.disc(x, y, 4.0 + 7.0 * min(1.0, (budget / 8e6) ** 0.5), colour="#5D0066", edge="#FFFFFF")


def _draw_units(scene: Scene, canvas: Canvas, world: LiveWorld, units: dict[int, Point]) -> None:
    for unit, (x, y) in units.items():
        readiness = float(world.world.units.readiness[unit])
        light = round(235 - 190 * min(1.0, readiness / 0.4))
        what = f"{scene.texts('unit.choose')} {unit}"
        name = f"{scene.texts('unit.readiness')} {scene.texts.number(readiness)}"
        label = scene.texts("page.named", what=what, name=name)
        canvas.disc(x, y, 8, colour=f"rgb({light},{light},{light})", edge=INK, label=label)
    tall = (_BOTTOM - _TOP) / len(ZONES)
    for zone, name in enumerate(ZONES):
        canvas.text(WIDTH - 8, _TOP + tall * zone + 60, scene.texts(f"zones.{name}"), size=18, anchor="end", bold=True)


def _draw_key(scene: Scene, canvas: Canvas, world: LiveWorld, links: list[Link]) -> None:
    texts = scene.texts
    y = HEIGHT - 8
    canvas.line([(8, y - 6), (48, y - 6)], colour="#7D8CA3", width=2)
    canvas.text(54, y, texts("network.project"), size=16)
    canvas.line([(130, y - 6), (170, y - 6)], colour=ALARM_COLOUR, width=2.5, dash="7 4")
    canvas.text(176, y, texts("network.duplicate"), size=16)
    canvas.text(WIDTH - 8, y, _reach(scene, world, links), size=16, anchor="end")


def _reach(scene: Scene, world: LiveWorld, links: list[Link]) -> str:
    if not links:
        return scene.texts("network.nobody")
    served = Counter[Any](link.unit for link in links)
    return scene.texts("network.reach", served=len(served), units=len(world.world.units), most=max(served.values()))
