"""Every shipped figure as a thumbnail on one sheet of paper, as paper draws it."""

import json
from pathlib import Path

import typst

from therapies import figures
from therapies.figures.files import load_figure
from therapies.glyphs import FONT_FOLDER

FOLDER = Path(figures.__file__).parent
# A thumbnail is as small as on a list of many, and large enough to show a limb that has moved.
SOURCE = """
#set page(width: 9in, height: auto, margin: 0.1in)
#grid(
  columns: 8, gutter: 4pt,
  ..json(bytes(sys.inputs.pictures)).map(each => {
    image(bytes(each), format: "svg", width: 100%, height: 0.9in, fit: "contain")
  }),
)
"""


def thumbnails(kind: str, part: int = 0, parts: int = 1) -> bytes:
    """The figures of a folder, one part of them of so many, as a PDF of one page."""
    return side_by_side(pictures_of(kind, part, parts))


def pictures_of(kind: str, part: int = 0, parts: int = 1) -> list[str]:
    paths = sorted((FOLDER / kind).glob("*.toml"))
    size = -(-len(paths) // parts)
    drawn = (load_figure(path) for path in paths[part * size : (part + 1) * size])
    return [svg for place, one in enumerate(drawn) for svg in one.svgs({}, ids=f"figure-{place}", paper=True)]


def side_by_side(pictures: list[str]) -> bytes:
    inputs = {"pictures": json.dumps(pictures)}
    compiler = typst.Compiler(font_paths=[FONT_FOLDER], ignore_system_fonts=True, sys_inputs=inputs)
    pdf = compiler.compile(SOURCE.encode(), format="pdf")
    assert isinstance(pdf, bytes)
    return pdf
