"""Which characters the printed typeface has: a sheet refuses the others, and so does a draft of its words."""

import unicodedata
from functools import cache
from pathlib import Path

import font_source_sans_pro
from fontTools.ttLib import TTFont

FONT_FOLDER = Path(font_source_sans_pro.__file__).parent / "files"
FONT_FILES = ("SourceSansPro-Regular.otf", "SourceSansPro-Semibold.otf")
PLAIN_FORMS = str.maketrans({"\u2010": "-", "\u2011": "-"})


def unprintable(text: str) -> tuple[str, ...]:
    """The characters that the typeface has no glyph for, each once, in their order."""
    glyphs, shown = printable_characters(), composed(text)
    # Nearly every text is printable as a whole, and a sheet has two hundred of them.
    return () if glyphs.issuperset(shown) else tuple(dict.fromkeys(char for char in shown if char not in glyphs))


@cache
def printable_characters() -> frozenset[str]:
    covered = [_coverage(FONT_FOLDER / file) for file in FONT_FILES]
    return frozenset.intersection(*covered)


def composed(text: str) -> str:
    """Letters with their accents as one character, and hyphens as the one that the typeface has."""
    return text if text.isascii() else unicodedata.normalize("NFC", text).translate(PLAIN_FORMS)


def is_invisible(char: str) -> bool:
    """Whether it is a control or format character (a bell, a change of direction, a joiner)."""
    return unicodedata.category(char) in ("Cc", "Cf")


def _coverage(path: Path) -> frozenset[str]:
    with TTFont(path, lazy=True) as font:
        points = font.getBestCmap()
    return frozenset(char for char in map(chr, points) if not is_invisible(char))
