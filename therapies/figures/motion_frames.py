"""A movement as frames: the same paths at each moment, so that a page can play it by nothing but their shapes."""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from therapies.figures.body import Part, Sitter, body_parts
from therapies.figures.drawing import Box, in_order, look_of, view_box
from therapies.figures.files import Figure, Panel, mirror, with_margin
from therapies.figures.motion import Motion
from therapies.figures.poses import PoseError
from therapies.figures.props import prop_part
from therapies.figures.skeleton import SIDES
from therapies.figures.stance import Stance

STEPS = 18
# The part, which one of that name, the tone, which path of that tone, and whether it covers a joint.
Key = tuple[str, int, str, int, bool]


@dataclass(frozen=True)
class Frames:
    """`looks`: the attributes of each path, from back to front; `shapes`: their data at each moment.

    A path that is not seen at a moment has no data then. The paths keep the order that they have at the end. `flip`:
    what turns all of them over, where the other side is shown.
    """

    box: str
    looks: tuple[dict[str, str], ...]
    shapes: tuple[tuple[str, ...], ...]
    flip: str = ""


def frames_of(figure: Figure) -> Frames:
    """Raises PoseError, also for a figure that stands still."""
    if len(figure.panels) < 2:
        raise PoseError(f"{figure.name}: it has one panel, so nothing moves.")
    if figure.still:
        raise PoseError(f"{figure.name}: its panels are no way from one to the next.")
    moments = list(_moments(figure))
    split = _split_arms(figure, moments[-1][0])
    drawn = [_paths(figure, stance, panel, split) for stance, panel in moments]
    seen = [paths for paths, _ in drawn]
    box = _box_of(figure, [each for _, each in drawn])
    keys = _in_one_order([list(paths) for paths in seen])
    tones = {key: tone for paths in seen for key, (tone, _) in paths.items()}
    return Frames(
        box=view_box(box),
        looks=tuple(look_of(tones[key], bare=key[-1]) for key in keys),
        shapes=tuple(tuple(paths[key][1] if key in paths else "" for key in keys) for paths in seen),
        flip=mirror(box) if figure.panels[0].mirrored else "",
    )


def _box_of(figure: Figure, seen: Sequence[Box]) -> Box:
    """What shows every moment: a limb may swing out farther on the way than at either end."""
    left, top, right, bottom = zip(figure.box, *map(with_margin, seen), strict=True)
    return figure.box if figure.window else (min(left), min(top), max(right), max(bottom))


def _moments(figure: Figure) -> Iterator[tuple[Stance, Panel]]:
    """The body at even steps on the way through all panels, each with the panel that it goes to."""
    ways = [(Motion(one.pose, other.pose, figure.name), other) for one, other in itertools.pairwise(figure.panels)]
    yield ways[0][0].first, ways[0][1]
    steps = -(-STEPS // len(ways))
    for motion, panel in ways:
        for step in range(1, steps + 1):
            yield motion.at(step / steps), panel


def _split_arms(figure: Figure, end: Stance) -> dict[str, bool]:
    names = {part.name for part in body_parts(Sitter(end, figure.eye))}
    return {side: f"forearm.{side}" in names for side in SIDES}


def _paths(
    figure: Figure, stance: Stance, panel: Panel, split: dict[str, bool]
) -> tuple[dict[Key, tuple[str, str]], Box]:
    """Tone and data of every path, from the farthest to the nearest, and the box that holds them."""
    sitter = Sitter(stance, figure.eye, split, shod=panel.shod, shade=figure.shade)
    parts = [*(prop_part(sitter, each, figure.name) for each in panel.props), *body_parts(sitter)]
    order = {name: by for name, by in panel.order.items() if name in {part.name for part in parts}}
    return dict(_keyed(in_order(parts, order, figure.name))), sitter.box


def _keyed(parts: Sequence[Part]) -> Iterator[tuple[Key, tuple[str, str]]]:
    named: Counter[str] = Counter()
    for part in parts:
        named[part.name] += 1
        toned: Counter[str] = Counter()
        for is_join, paths in ((False, part.paths), (True, part.joins)):
            for tone, data in paths:
                base = tone.removesuffix(" far")
                toned[base] += 1
                yield (part.name, named[part.name], base, toned[base], is_join), (tone, data)


def _in_one_order(orders: Sequence[Sequence[Key]]) -> list[Key]:
    """The order of the end, with what is seen only before it behind its neighbor."""
    merged = list(orders[-1])
    for order in orders:
        for place, key in enumerate(order):
            if key not in merged:
                merged.insert(merged.index(order[place - 1]) + 1 if place else 0, key)
    return merged
