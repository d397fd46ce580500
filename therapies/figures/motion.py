"""The way from one pose to another, joint by joint: every angle goes its own way, and what is held stays held."""

from collections.abc import Mapping
from dataclasses import replace

from therapies.figures.poses import Pose, Reach
from therapies.figures.reaching import put_at, stand
from therapies.figures.stance import Stance
from therapies.figures.vectors import Vector, between


class Motion:
    """Two poses of one body and everything between them."""

    def __init__(self, start: Pose, end: Pose, where: str = "pose") -> None:
        self.start, self.end, self.where = start, end, where
        self.first, self.last = stand(start, f"{where}, start"), stand(end, f"{where}, end")
        self.held = {limb for limb, reach in end.reaches.items() if _is_same(start.reaches.get(limb), reach)}

    def at(self, share: float) -> Stance:
        """The body when this share of the way (0 to 1) is done."""
        if share <= 0:
            return self.first
        if share >= 1:
            return self.last
        pose = replace(
            self.end,
            joints=_mixed_tables(self.first.joints, self.last.joints, share),
            body=_mixed(self.start.body, self.end.body, share),
            reaches={limb: _mixed_reach(self.start.reaches[limb], self.end.reaches[limb], share) for limb in self.held},
        )
        pinned = between(self.first.point(self.end.pin), self.last.point(self.end.pin), share)
        return put_at(pose, pinned, self.where)


def _is_same(one: Reach | None, other: Reach) -> bool:
    return one is not None and one.flat == other.flat and _kind(one) == _kind(other)


def _kind(reach: Reach) -> str:
    return reach.to if isinstance(reach.to, str) else ""


def _mixed(one: Mapping[str, float], other: Mapping[str, float], share: float) -> dict[str, float]:
    return {name: one[name] + (other[name] - one[name]) * share for name in other}


def _mixed_tables(
    one: Mapping[str, Mapping[str, float]], other: Mapping[str, Mapping[str, float]], share: float
) -> dict[str, Mapping[str, float]]:
    return {name: _mixed(one[name], other[name], share) for name in other}


def _mixed_reach(one: Reach, other: Reach, share: float) -> Reach:
    to: str | Vector = other.to
    if not isinstance(one.to, str) and not isinstance(other.to, str):
        to = between(one.to, other.to, share)
    return replace(other, to=to, by=between(one.by, other.by, share), bend=_mixed_bend(one.bend, other.bend, share))


def _mixed_bend(one: Vector | None, other: Vector | None, share: float) -> Vector | None:
    return between(one, other, share) if one and other else other
