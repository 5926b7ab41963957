"""Three zones on a schematic map, once for each world: own drawing, no borders and no places."""

from ssa_sim.figures.style import QUIET_TEXT
from ssa_sim.model.state import OPERATIONS, ZONES
from ssa_sim.workshop.drawing.canvas import INK, WORLD_COLOURS, Canvas, Point
from ssa_sim.workshop.drawing.scene import Scene
from ssa_sim.workshop.live_world import LiveWorld

WIDTH, HEIGHT = 1100, 430

_SHAPES: dict[str, tuple[Point, ...]] = {
    "north": ((160, 36), (310, 36), (530, 136), (530, 190), (440, 216), (170, 216), (196, 160)),
    "centre": ((128, 224), (170, 216), (440, 216), (456, 262), (400, 306), (110, 296)),
    "south": ((6, 262), (128, 224), (110, 296), (400, 306), (330, 366), (150, 396), (36, 340)),
}
_WORDS_AT: dict[str, Point] = {"north": (334, 116), "centre": (286, 242), "south": (206, 328)}
_SCALE = ("#F6EFD8", "#F7D99B", "#F0B070", "#DD7F55", "#B94A3B", "#8A1F2B")
"""From calm to violent; dark enough at the end for white letters, light enough at the start for black ones."""


def zones_map(scene: Scene) -> str:
    """The zones of both worlds with threat, trust in the forces, state presence, army units and foreign soldiers."""
    canvas = Canvas(WIDTH, HEIGHT, _description(scene))
    for place, world in enumerate(scene.session.worlds):
        left = 20 + 550 * place
        canvas.text(left, 26, scene.world_names[place], size=21, bold=True, colour=WORLD_COLOURS[place])
        for zone in range(len(ZONES)):
            _draw_zone(scene, canvas, world, zone, left)
    _draw_scale(scene, canvas)
    return canvas.svg()


def _description(scene: Scene) -> str:
    words = []
    for world, name in zip(scene.session.worlds, scene.world_names, strict=True):
        threats = {zone: scene.texts.number(_threat(world, i)) for i, zone in enumerate(ZONES)}
        words.append(scene.texts("zones.alt", world=name, **threats))
    return " ".join(words)


def _threat(world: LiveWorld, zone: int) -> float:
    return float(world.world.nation[0].zones[zone].threat)


def _draw_zone(scene: Scene, canvas: Canvas, world: LiveWorld, index: int, left: float) -> None:
    texts = scene.texts
    name = ZONES[index]
    zone = world.world.nation[0].zones[index]
    shade = min(len(_SCALE) - 1, int(_threat(world, index) * len(_SCALE)))
    canvas.area([(left + x, y) for x, y in _SHAPES[name]], colour=_SCALE[shade], edge="#333333")
    x, y = left + _WORDS_AT[name][0], _WORDS_AT[name][1]
    ink = "#FFFFFF" if shade >= 4 else INK
    units = world.world.units
    out = int(((units.zone == index) & (units.status == OPERATIONS)).sum())
    label = texts(f"zones.{name}")
    canvas.text(
        x,
        y,
        texts("page.named", what=label, name=f"{texts('zones.threat')} {texts.number(float(zone.threat))}"),
        size=19,
        anchor="middle",
        colour=ink,
        bold=True,
    )
    canvas.text(
        x,
        y + 21,
        f"{texts('zones.trust')} {texts.number(float(zone.trust))} · {texts('zones.state')} {texts.number(float(zone.state_presence))}",
        size=16,
        anchor="middle",
        colour=ink,
    )
    canvas.text(
        x, y + 40, f"▲ {out}  ◆ {texts.whole(float(zone.foreign_soldiers))}", size=16, anchor="middle", colour=ink
    )


def _draw_scale(scene: Scene, canvas: Canvas) -> None:
    texts = scene.texts
    canvas.text(20, HEIGHT - 8, texts("zones.legend_low"), size=16, colour=QUIET_TEXT)
    for step, colour in enumerate(_SCALE):
        canvas.box(80 + 34 * step, HEIGHT - 24, 34, 18, colour=colour, edge="#777777")
    canvas.text(292, HEIGHT - 8, texts("zones.legend_high"), size=16, colour=QUIET_TEXT)
    words = f"▲ {texts('zones.units')}   ◆ {texts('zones.foreign')}   {texts('zones.schematic')}"
    canvas.text(WIDTH - 10, HEIGHT - 8, words, size=15, anchor="end", colour=QUIET_TEXT)
