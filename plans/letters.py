"""How wide words are as a sheet prints them, and how many lines they take: from the typeface's own letters.

To set a page and measure it takes several times as long as to set it.
"""

from functools import cache

from fontTools.ttLib import TTFont

from therapies.glyphs import FONT_FILES, FONT_FOLDER

# Of a character that the typeface lacks.
USUAL_WIDTH = 0.6
# A word of so many letters is broken into pieces of so many.
LONG_WORD, PIECE = 24, 12
# Of capitals, and of the gap between lines that stand close (em).
CAPITAL, LEADING = 0.66, 0.42
REGULAR, SEMIBOLD = FONT_FILES


def width_of(text: str, *, bold: bool = False) -> float:
    """How wide on one line, in the size of the letters (em)."""
    widths = _widths(SEMIBOLD if bold else REGULAR)
    return sum([widths.get(char, USUAL_WIDTH) for char in text])


def high(lines: int, size: float) -> float:
    """How high so many close lines of `size` are, in the same unit."""
    return lines * CAPITAL * size + max(lines - 1, 0) * LEADING * size


def pieces_of(word: str) -> list[str]:
    """A word that no line may hold (an address of a web page) in pieces, between which a line may end."""
    if len(word) < LONG_WORD:
        return [word]
    return [word[at : at + PIECE] for at in range(0, len(word), PIECE)]


class Lines:
    """Counts the lines of texts, and keeps what it found for as long as one sheet is worked out."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, bool], list[float]] = {}
        self._counted: dict[tuple[str, float, str, bool], int] = {}

    def of(self, text: str, width: float, *, label: str = "", bold: bool = False) -> int:
        """How many lines of `width` (em) the text takes behind its semibold label; no text takes none."""
        if not text:
            return 0
        key = (text, width, label, bold)
        if key not in self._counted:
            behind = self._words(label, bold=True) if label else []
            self._counted[key] = _lines(behind + self._words(text, bold=bold), width)
        return self._counted[key]

    def _words(self, text: str, *, bold: bool) -> list[float]:
        key = (text, bold)
        if key not in self._known:
            pieces = [piece for word in text.split() for piece in pieces_of(word)]
            self._known[key] = [width_of(piece, bold=bold) for piece in pieces]
        return self._known[key]


def _lines(words: list[float], width: float) -> int:
    space, count, room = SPACE, 0, -1.0
    for word in words:
        room -= space + word
        if room < 0:
            count, room = count + 1, width - word
    return count


@cache
def _widths(file: str) -> dict[str, float]:
    with TTFont(FONT_FOLDER / file, lazy=True) as font:
        advances, em = font["hmtx"], font["head"].unitsPerEm
        return {chr(point): advances[name][0] / em for point, name in font.getBestCmap().items()}


SPACE = width_of(" ")
