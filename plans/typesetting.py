"""A Sheet, a CodeSlip or a Leaflet to PDF/UA-1 bytes, by Typst. Same data, same bytes.

The data travels as JSON beside the template, never as markup: nothing a person typed can become Typst code.
"""

import io
import json
import re
import threading
import unicodedata
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import font_source_sans_pro
import segno
import typst
from fontTools.ttLib import TTFont
from lucide.templatetags.lucide import lucide

from plans.leaflet import Leaflet
from plans.packing import packed
from plans.sheet import CodeSlip, Paper, Sheet, SheetKind

FOLDER = Path(__file__).parent
HANDOUT, LEAFLET = FOLDER / "handout.typ", FOLDER / "leaflet.typ"
FONT_FOLDER = Path(font_source_sans_pro.__file__).parent / "files"
FONT_FILES = ("SourceSansPro-Regular.otf", "SourceSansPro-Semibold.otf")

# The clock is not part of a handout: the day it was issued is in its words.
FIXED_TIMESTAMP = 0
UNPRINTABLE_MARK = "[?]"
LONG_WORD = re.compile(r"\S{24,}")
BREAK_EVERY = 12
ZERO_WIDTH_SPACE = "\u200b"

ICONS = {SheetKind.ICE: "snowflake", SheetKind.HEAT: "flame", SheetKind.STRETCHING: "person-standing"}
ACCENT = "#1f5f5b"
PLAIN_FORMS = str.maketrans({"\u2010": "-", "\u2011": "-"})
# Pictures are documents of their own and codes are copied exactly; neither is text to tidy.
KEPT_AS_THEY_ARE = frozenset({"figures", "qr_svg", "icons", "start_url", "qr_url", "codes"})

_of_this_thread = threading.local()


class TypesettingError(ValueError):
    """The sheet cannot be set; the message is one sentence for staff."""


def render_pdf(sheet: Sheet, *, paper: Paper = Paper.LETTER, large: bool = False) -> bytes:
    """Set the handout; `large` is 18 pt print. Raises TypesettingError when there is nothing to print."""
    if not (any(phase.items for phase in sheet.phases) or sheet.dates or sheet.on_hold):
        raise TypesettingError("This plan has no instructions, so there is nothing to print.")
    _refuse_pictures_without_text(sheet)
    return _compile(_document(sheet, kind="sheet"), paper=paper, large=large)


def _refuse_pictures_without_text(sheet: Sheet) -> None:
    for item in (item for phase in sheet.phases for item in phase.items):
        if not all(picture.alt.strip() for picture in item.figures):
            raise TypesettingError(f"The picture of '{item.title}' has no text that says the same.")


def render_code_slip(slip: CodeSlip, *, paper: Paper = Paper.LETTER, large: bool = False) -> bytes:
    """Set the slip with sign-in codes alone. Raises TypesettingError when it holds no code."""
    if not slip.codes.codes:
        raise TypesettingError("There is no sign-in code to print.")
    return _compile(_document(slip, kind="slip"), paper=paper, large=large)


def render_leaflet(leaflet: Leaflet, *, paper: Paper = Paper.LETTER, large: bool = False) -> bytes:
    """Set an urgent card or the sheet for neither ice nor heat; `large` is 18 pt print."""
    data = asdict(leaflet)
    data["patient_name"] = printable_name(leaflet.patient_name, leaflet.record_number)
    return _compile({**_tidy_tree(data), "accent": ACCENT}, paper=paper, large=large, template=LEAFLET)


def unprintable(text: str) -> tuple[str, ...]:
    """The characters that the typeface has no glyph for, each once, in their order."""
    glyphs = _printable_characters()
    return tuple(dict.fromkeys(char for char in _composed(text) if char not in glyphs))


def printable_name(name: str, record_number: str) -> str:
    """The name, or the record number where any character of the name cannot be printed."""
    return record_number if not name.strip() or unprintable(name) else name


@cache
def _printable_characters() -> frozenset[str]:
    covered = [_coverage(FONT_FOLDER / file) for file in FONT_FILES]
    return frozenset.intersection(*covered)


def _composed(text: str) -> str:
    """Letters with their accents as one character, and hyphens as the one that the typeface has."""
    return unicodedata.normalize("NFC", text).translate(PLAIN_FORMS)


def _coverage(path: Path) -> frozenset[str]:
    with TTFont(path, lazy=True) as font:
        points = font.getBestCmap()
    return frozenset(char for char in map(chr, points) if not _invisible(char))


def _invisible(char: str) -> bool:
    """Whether it is a control or format character (a bell, a change of direction, a joiner)."""
    return unicodedata.category(char) in ("Cc", "Cf")


def _document(source: Sheet | CodeSlip, *, kind: str) -> dict[str, Any]:
    """The template's input: the dataclass as a tree, with printable text and ready pictures."""
    data = asdict(source)
    data["patient_name"] = printable_name(source.patient_name, source.record_number)
    data = _tidy_tree(data)
    if source.codes is not None:
        data["codes"]["qr_svg"] = _qr_svg(source.codes.qr_url)
    made_words = data["issued_words"] if kind == "slip" else data["version_words"]
    return {**data, "kind": kind, "made_words": made_words, "accent": ACCENT, "icons": _icons()}


def _tidy_tree(value: Any) -> Any:
    if isinstance(value, str):
        return _tidy_text(value)
    if isinstance(value, list | tuple):
        return [_tidy_tree(part) for part in value]
    if isinstance(value, dict):
        return {key: _tidy_field(key, part) for key, part in value.items()}
    return value


def _tidy_field(key: str, value: Any) -> Any:
    if key == "note":
        return [line for line in map(_tidy_text, value.splitlines()) if line]
    if key in KEPT_AS_THEY_ARE and not isinstance(value, dict):
        return value
    return _tidy_tree(value)


def _tidy_text(text: str) -> str:
    """One line that the typeface can print; a character that it cannot is marked, never silently dropped."""
    line = _marked(" ".join(_composed(text).split()))
    return LONG_WORD.sub(_breakable, line)


def _marked(text: str) -> str:
    if not unprintable(text):
        return text
    glyphs = _printable_characters()
    visible = "".join(char for char in text if char in glyphs or not _invisible(char))
    missing = "".join(map(re.escape, unprintable(visible)))
    return re.sub(f"[{missing}]+(?: [{missing}]+)*", UNPRINTABLE_MARK, visible) if missing else visible


def _breakable(match: re.Match[str]) -> str:
    word = match.group()
    return ZERO_WIDTH_SPACE.join(word[at : at + BREAK_EVERY] for at in range(0, len(word), BREAK_EVERY))


def _qr_svg(url: str) -> str:
    """The QR code as an SVG document; the template leaves the quiet zone that scanners need (4 modules)."""
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(out, kind="svg", xmldecl=False, border=0, nl=False)
    return out.getvalue().decode()


@cache
def _icons() -> dict[str, str]:
    return {kind.value: _icon(name) for kind, name in ICONS.items()}


def _icon(name: str) -> str:
    svg = str(lucide(name, stroke=ACCENT))
    return svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)


def _compile(document: dict[str, Any], *, paper: Paper, large: bool, template: Path = HANDOUT) -> bytes:
    document |= {"paper": paper.value, "large": large}
    try:
        pdf = _compiler().compile(
            _source(document, template),
            format="pdf",
            pdf_standards="ua-1",
            timestamp=FIXED_TIMESTAMP,
        )
    except typst.TypstError as error:
        raise TypesettingError(f"The sheet could not be set: {error.message}.") from error
    if not isinstance(pdf, bytes):
        raise TypesettingError("The sheet could not be set: the typesetter gave back no file.")
    return packed(pdf)


def _source(document: dict[str, Any], template: Path) -> bytes:
    """The template with the data as one string literal in front of it.

    Through sys_inputs every new sheet would change Typst's library, and nothing already laid out could be
    used again: 170 ms a sheet where this takes 20. ASCII JSON has just two characters to escape in a string.
    """
    literal = json.dumps(document, ensure_ascii=True).replace("\\", "\\\\").replace('"', '\\"')
    return f'#let data = json(bytes("{literal}"))\n{_template(template)}'.encode()


@cache
def _template(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _compiler() -> typst.Compiler:
    """This thread's compiler: it keeps what it has laid out before, and two threads cannot share one."""
    if not hasattr(_of_this_thread, "compiler"):
        _of_this_thread.compiler = typst.Compiler(root=FOLDER, font_paths=_fonts())
    compiler: typst.Compiler = _of_this_thread.compiler
    return compiler


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[FONT_FOLDER])
