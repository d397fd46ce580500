"""How fast the figures of the catalogue are drawn, and how large they are."""

import time
from typing import Any

from therapies.figures.files import read_figure
from therapies.models import InstructionVersion
from therapies.pictures import pictures_of


def figure_drawing() -> dict[str, Any]:
    """Every panel of every published figure, drawn anew; and the largest picture of a page, in bytes."""
    versions = list(InstructionVersion.objects.published().prefetch_related("texts"))
    figures = [figure for version in versions for figure in version.figures.values()]
    begun = time.perf_counter()
    panels = sum(len(read_figure(figure, "figure").drawings("f")[0]) for figure in figures)
    taken = time.perf_counter() - begun
    sizes = {name: size for version in versions for name, size in _sizes(version)}
    return {
        "figures": len(figures),
        "panels": panels,
        "panels_a_second": round(panels / taken) if panels else None,
        "largest_bytes": max(sizes.values(), default=0),
        "largest": max(sizes, key=lambda name: sizes[name], default=""),
    }


def _sizes(version: InstructionVersion) -> list[tuple[str, int]]:
    """The largest picture of each of its figures."""
    text = version.texts.all()[0]
    found = []
    for name in version.figures:
        pictures = pictures_of(version.figures, text.pictures, name=name, title=text.title)
        found.append((f"{version.instruction_id}, {name}", max(len(each.svg.encode()) for each in pictures)))
    return found
