"""The pictures of two versions side by side, where what is drawn differs."""

from dataclasses import dataclass

from therapies.library import text_in
from therapies.models import InstructionVersion
from therapies.pictures import Picture, pictures_of


@dataclass(frozen=True)
class Pictured:
    """One figure in both versions; a side that has none is empty."""

    name: str
    before: tuple[Picture, ...]
    after: tuple[Picture, ...]


def changed_pictures(before: InstructionVersion, after: InstructionVersion) -> tuple[Pictured, ...]:
    """Every figure whose data differ: a joint, an arrow, a prop, another photograph. Their words are compared apart."""
    names = dict.fromkeys((*before.figures, *after.figures))
    return tuple(
        Pictured(name, _pictures(before, name, "before"), _pictures(after, name, "after"))
        for name in names
        if before.figures.get(name) != after.figures.get(name)
    )


def _pictures(version: InstructionVersion, name: str, side: str) -> tuple[Picture, ...]:
    text = text_in(version)
    if text is None:
        return ()
    return pictures_of(
        version.figures, text.pictures, name=name, title=text.title, ids=f"{side}-{name}", minutes=version.minutes
    )
