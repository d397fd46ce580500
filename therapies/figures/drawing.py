"""One picture: props, body and marks from back to front, as an SVG that pages colour by class and paper by itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

from therapies.figures.body import Part, Sitter, body_parts
from therapies.figures.eye import Eye
from therapies.figures.marks import arrow, feel
from therapies.figures.motion import Motion
from therapies.figures.poses import PoseError
from therapies.figures.props import prop_part
from therapies.figures.shapes import number
from therapies.figures.stance import Stance

# What paper shows. On a page the classes take their colours from the style sheet.
TONES = {
    "skin": "#cb9571",
    "skin far": "#ad7958",
    "shirt": "#2c8c82",
    "shirt far": "#1f6a62",
    "pants": "#2b456b",
    "pants far": "#1d304c",
    "hair": "#3a2d28",
    "eyes": "#3a2d28",
    "ear": "#b9825f",
    "mat": "#c3d0d3",
    "mat top": "#dbe4e6",
    "wood": "#b79a78",
    "wood top": "#cdb391",
    "linen": "#c9d3da",
    "linen top": "#e1e8ec",
    "wall": "#cfd6d9",
    "ball": "#8f7fb8",
    "shine": "#b9aed6",
    "towel": "#e0b64f",
    "cloth": "#f4f1e8",
    "cloth top": "#e3dcc8",
    "ice": "#5aa9d6",
    "heat": "#d2553f",
    "cover": "#8a5a78",
    "steel": "#8b979e",
    "face": "#ffffff",
    "time": "#e08a3c",
    "ink": "#22313b",
    "patch": "#cb9571",
    "flush": "#d99080",
    "pale": "#f2ede4",
    "blue": "#a9b4c6",
    "burn": "#8f2d25",
    "blister": "#e9c99a",
    "gleam": "#fdf6ea",
    "yes": "#25794a",
    "no": "#b3261e",
}
# What is a line and no surface: its colour and its width in units.
LINES = {
    "sign line": ("#ffffff", 2.4),
    "ice line": ("#5aa9d6", 3),
    "ink line": ("#22313b", 1.8),
    "note line": ("#1d3b4d", 2),
    "water line": ("#3f8fc2", 1.8),
    "burn line": ("#8f2d25", 2.6),
}
WITHOUT_EDGE = frozenset({"ear", "eyes", "shine", "hair", "gleam", "time", "flush", "pale", "blue", "burn"})
EDGE = 'stroke="#0d1b24" stroke-opacity=".45" stroke-width="1.2" stroke-linejoin="round" paint-order="stroke"'
# Lighter than on the screen: printed in gray it must stand out from a shirt.
GLOW = "#ff8f52"

# Left, top, right, bottom, in units.
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Scene:
    """A stance with what is around it. `motion`: the way from the start, for arrows along it.

    `order`: how much farther away (units) a part counts than it is, where the usual overlap is wrong.
    `alone`: the things without the body. `bare`: the trunk without its shirt. `shod`: the feet in shoes. `shade`: the
    side of a limb that is the darker one, where its distance would change that on the way.
    """

    stance: Stance
    eye: Eye
    props: Sequence[Mapping[str, Any]] = ()
    feels: Sequence[Mapping[str, Any]] = ()
    arrows: Sequence[Mapping[str, Any]] = ()
    order: Mapping[str, float] = field(default_factory=dict)
    motion: Motion | None = None
    alone: bool = False
    bare: bool = False
    shod: bool = False
    shade: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Drawing:
    """The inside of a picture and the box it fills."""

    inside: str
    box: Box
    ids: str


def draw(scene: Scene, where: str, *, ids: str, paper: bool = False) -> Drawing:
    """Raises PoseError where the scene asks for what nobody can draw. `ids` begins every id in it.

    `paper`: with colours of its own; on a page they come from the style sheet by class.
    """
    sitter = Sitter(scene.stance, scene.eye, shod=scene.shod, shade=scene.shade)
    parts = _of_the_body(scene, sitter)
    props = [prop_part(sitter, each, where) for each in scene.props]
    felt = [feel(each, sitter, parts, where) for each in scene.feels]
    ordered = in_order([*props, *parts], scene.order, where)
    ink = Ink(ids, paper=paper)
    drawn = [
        ink.part(part, place, [ellipse for on, ellipse in felt if on == part.name])
        for place, part in enumerate(ordered)
    ]
    arrows = [arrow(each, sitter, scene.motion, where) for each in scene.arrows]
    light = ink.light() if felt else ""
    edge = f" {EDGE}" if paper else ""
    inside = f'{light}<g class="f-body"{edge}>{"".join(drawn)}</g>{"".join(arrows)}'
    return Drawing(inside, sitter.box, ids)


def _of_the_body(scene: Scene, sitter: Sitter) -> list[Part]:
    if scene.alone:
        return []
    parts = body_parts(sitter)
    return [_undressed(part) for part in parts] if scene.bare else parts


def _undressed(part: Part) -> Part:
    paths, joins = (
        tuple((tone.replace("shirt", "skin"), path) for tone, path in each) for each in (part.paths, part.joins)
    )
    return replace(part, paths=paths, joins=joins)


def in_order(parts: Sequence[Part], order: Mapping[str, float], where: str) -> list[Part]:
    """From the farthest to the nearest. Raises PoseError for a part that is not drawn."""
    names = {part.name for part in parts}
    for name in order:
        if name not in names:
            raise PoseError(f"{where}, order: “{name}” is no drawn part; known are {', '.join(sorted(names))}.")
    return sorted(parts, key=lambda part: -(part.depth + order.get(part.name, 0)))


def classes_of(tone: str) -> str:
    return " ".join(f"f-{word}" for word in tone.split())


def look_of(tone: str, *, bare: bool = False) -> dict[str, str]:
    """The attributes that a path of this tone has besides its color; `bare`: without an edge."""
    classes = classes_of(tone)
    if tone in LINES:
        width = str(LINES[tone][1])
        return {
            "class": classes,
            "fill": "none",
            "stroke-opacity": "1",
            "stroke-width": width,
            "stroke-linecap": "round",
        }
    return {"class": classes, "stroke": "none"} if bare or tone in WITHOUT_EDGE else {"class": classes}


def svg(drawing: Drawing, *, title: str, description: str, box: Box | None = None) -> str:
    """`description` is empty where a caption says the same: a screen reader tells it once."""
    ids = drawing.ids
    named, described = f"{ids}-t", f"{ids}-d" if description else ""
    told = f'<desc id="{described}">{escape(description)}</desc>' if described else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="figure" viewBox="{view_box(box or drawing.box)}" role="img" '
        f'aria-labelledby="{" ".join(filter(None, (named, described)))}"><title id="{named}">{escape(title)}</title>'
        f"{told}{drawing.inside}</svg>"
    )


def view_box(box: Box) -> str:
    left, top, right, bottom = box
    return " ".join(number(each) for each in (left, top, right - left, bottom - top))


def common_box(drawings: Iterable[Drawing]) -> Box:
    """One box that all of them fit in, so that they stand at one scale and on one floor."""
    left, top, right, bottom = zip(*(drawing.box for drawing in drawings), strict=True)
    return min(left), min(top), max(right), max(bottom)


@dataclass(frozen=True)
class Ink:
    """Writes parts; `paper` gives each path its colour."""

    ids: str
    paper: bool

    def part(self, part: Part, place: int = 0, ellipses: Sequence[str] = ()) -> str:
        """One part, which stands at this `place` of the picture, and where on it something is felt."""
        clip = f"{self.ids}-{place}" if ellipses else ""
        outer = [which for which, (tone, _) in enumerate(part.paths) if clip and tone not in WITHOUT_EDGE]
        paths = [
            self._path(*path, name=f"{clip}-{which}" if which in outer else "") for which, path in enumerate(part.paths)
        ]
        joins = [self._path(*path, bare=True) for path in part.joins]
        return "".join([*paths, *joins, self._felt(clip, outer, ellipses) if clip else ""])

    def light(self) -> str:
        stop = '<stop class="f-glow"' + (f' stop-color="{GLOW}"' if self.paper else "")
        return (
            f'<radialGradient id="{self.ids}-glow">{stop} stop-opacity=".95" offset=".3"/>'
            f'{stop} stop-opacity="0" offset="1"/></radialGradient>'
        )

    def _path(self, tone: str, path: str, *, name: str = "", bare: bool = False) -> str:
        look = look_of(tone, bare=bare)
        if name:
            look["id"] = name
        if self.paper:
            look |= {"stroke": LINES[tone][0]} if tone in LINES else {"fill": TONES[tone]}
        said = "".join(f' {key}="{value}"' for key, value in look.items())
        return f'<path{said} d="{path}"/>'

    def _felt(self, clip: str, outer: Iterable[int], ellipses: Sequence[str]) -> str:
        """Where it is felt, cut to the part's own outline."""
        uses = "".join(f'<use href="#{clip}-{which}"/>' for which in outer)
        glow = "".join(f'{each} fill="url(#{self.ids}-glow)"/>' for each in ellipses)
        return f'<clipPath id="{clip}">{uses}</clipPath><g clip-path="url(#{clip})" stroke="none">{glow}</g>'
