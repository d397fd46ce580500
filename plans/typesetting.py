"""A Sheet, a CodeSlip or a Leaflet to PDF/UA-1 bytes, by Typst. Same data, same bytes.

The data travels as JSON beside the template, never as markup: nothing a person typed can become Typst code.
"""

import io
import json
import re
import threading
from collections.abc import Sequence
from dataclasses import is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import segno
import typst
from django.utils.translation import gettext, override
from lucide.templatetags.lucide import lucide

from plans.education import Education
from plans.leaflet import Leaflet
from plans.letters import LONG_WORD, pieces_of
from plans.one_page import one_page
from plans.packing import packed
from plans.sheet import CodeSlip, Paper, Sheet, SheetKind
from plans.sheet_head import TEXT_WIDTH, Head
from therapies.glyphs import FONT_FOLDER, composed, is_invisible, printable_characters, unprintable

FOLDER = Path(__file__).parent
EXPLAINED, SOURCES = FOLDER / "explained.typ", FOLDER / "sources.typ"
PARTS, SIGNS = FOLDER / "sheet_parts.typ", FOLDER / "signs.typ"
FRONT, ITEMS, TIGHT = (FOLDER / f"handout_{part}.typ" for part in ("front", "items", "tight"))
NORMAL = (EXPLAINED, SOURCES, PARTS, SIGNS, FRONT, ITEMS, TIGHT, FOLDER / "handout.typ")
LARGE = (EXPLAINED, SOURCES, PARTS, SIGNS, *(FOLDER / f"handout_large{part}.typ" for part in ("", "_items", "_pages")))
SLIP = (EXPLAINED, PARTS, FOLDER / "slip.typ")
LEAFLET, EDUCATION = (FOLDER / "leaflet.typ",), (EXPLAINED, SOURCES, FOLDER / "education.typ")
Template = tuple[Path, ...]
# What is set, and the words for it.
Document = tuple[Template, dict[str, Any]]

# The clock is not part of a handout: the day it was issued is in its words.
FIXED_TIMESTAMP = 0
UNPRINTABLE_MARK = "[?]"
ZERO_WIDTH_SPACE = "\u200b"

ICONS = {SheetKind.ICE: "snowflake", SheetKind.HEAT: "flame", SheetKind.STRETCHING: "person-standing"}
ACCENT = "#1f5f5b"
# Pictures are documents of their own and codes are copied exactly; neither is text to tidy.
KEPT_AS_THEY_ARE = frozenset({"figures", "qr_svg", "icons", "start_url", "qr_url", "codes"})

_of_this_thread = threading.local()


class TypesettingError(ValueError):
    """The sheet cannot be set; the message is one sentence for staff."""


def render_pdf(sheet: Sheet, *, paper: Paper = Paper.LETTER, large: bool = False) -> bytes:
    """Set the handout; `large` is 18 pt print. Raises TypesettingError when there is nothing to print."""
    return _compile([_sheet(sheet, paper, large=large)], paper=paper, title=sheet.title, author=sheet.clinic.name)


def render_booklet(sheets: Sequence[tuple[Sheet, bool]], *, title: str, paper: Paper = Paper.LETTER) -> bytes:
    """Set many handouts, each with its own print (`large`), pages from 1 and a front of its own.

    Raises TypesettingError when one of them holds nothing to print.
    """
    documents = [_sheet(sheet, paper, large=large) for sheet, large in sheets]
    return _compile(documents, paper=paper, title=title, author=sheets[0][0].clinic.name)


def _sheet(sheet: Sheet, paper: Paper, *, large: bool) -> Document:
    if not (any(phase.items for phase in sheet.phases) or sheet.dates or sheet.on_hold):
        raise TypesettingError("This plan has no instructions, so there is nothing to print.")
    _refuse_pictures_without_text(sheet)
    data = _data(sheet) | {"made_words": sheet.version_words, "large": large}
    if not large:
        head = Head(sheet, data["words"], TEXT_WIDTH[paper])
        data |= {"contact_in_one_line": head.contact_is_one_line(), "title_column": head.title_column()}
        data["one_page"] = one_page(sheet, data["words"], paper)
    return (LARGE if large else NORMAL), data


def _refuse_pictures_without_text(sheet: Sheet) -> None:
    for item in (item for phase in sheet.phases for item in phase.items):
        if not all(picture.alt.strip() for picture in item.figures):
            raise TypesettingError(f"The picture of '{item.title}' has no text that says the same.")


def render_code_slip(slip: CodeSlip, *, paper: Paper = Paper.LETTER, large: bool = False) -> bytes:
    """Set the slip with sign-in codes alone. Raises TypesettingError when it holds no code."""
    if not slip.codes.codes:
        raise TypesettingError("There is no sign-in code to print.")
    data = _data(slip) | {"made_words": slip.issued_words, "reviewed": "", "large": large}
    return _compile([(SLIP, data)], paper=paper, title=data["words"]["slip_title"], author=slip.clinic.name)


def render_leaflet(leaflet: Leaflet, *, paper: Paper = Paper.LETTER, large: bool = False) -> bytes:
    """Set an urgent card or the sheet for neither ice nor heat; `large` is 18 pt print."""
    data = vars(leaflet) | {"words": _words_of(leaflet)}
    data["patient_name"] = printable_name(leaflet.patient_name, leaflet.record_number)
    document = {**_tidy_tree(data), "accent": ACCENT, "large": large}
    return _compile([(LEAFLET, document)], paper=paper, title=leaflet.title, author=leaflet.clinic.name)


def render_education(page: Education, *, paper: Paper = Paper.LETTER, large: bool = False) -> bytes:
    """Set the education page of a therapy; `large` is 18 pt print."""
    document = {**_tidy_tree(page), "accent": ACCENT, "large": large}
    return _compile([(EDUCATION, document)], paper=paper, title=page.title, author=page.clinic.name)


def printable_name(name: str, record_number: str) -> str:
    """The name, or the record number where any character of the name cannot be printed."""
    return record_number if not name.strip() or unprintable(name) else name


def _data(source: Sheet | CodeSlip) -> dict[str, Any]:
    """The template's input: the dataclass as a tree, with printable text and ready pictures."""
    data = vars(source) | {"words": _words_of(source)}
    data["patient_name"] = printable_name(source.patient_name, source.record_number)
    data = _tidy_tree(data)
    if source.codes is not None:
        data["codes"]["qr_svg"] = _qr_svg(source.codes.qr_url)
    return {**data, "accent": ACCENT, "icons": _icons()}


def _words_of(source: Sheet | CodeSlip | Leaflet) -> dict[str, str]:
    """Its labels in its own language."""
    with override(source.language):
        return {name: gettext(word) for name, word in vars(source.words).items()}


def _tidy_tree(value: Any) -> Any:
    if isinstance(value, str):
        return _tidy_text(value)
    if isinstance(value, list | tuple):
        return [_tidy_tree(part) for part in value]
    # asdict() would copy every word of it first.
    if is_dataclass(value):
        value = vars(value)
    if isinstance(value, dict):
        return {key: _tidy_field(key, part) for key, part in value.items()}
    return value


def _tidy_field(key: str, value: Any) -> Any:
    if key == "note":
        return [line for line in map(_tidy_text, value.splitlines()) if line]
    # A sheet's `codes` are a tree, of which its `codes` are kept.
    if key in KEPT_AS_THEY_ARE and isinstance(value, str | tuple):
        return value
    return _tidy_tree(value)


def _tidy_text(text: str) -> str:
    """One line that the typeface can print; a character that it cannot is marked, never silently dropped."""
    line = _marked(" ".join(composed(text).split()))
    words = line.split()
    if max(map(len, words), default=0) < LONG_WORD:
        return line
    return " ".join(ZERO_WIDTH_SPACE.join(pieces_of(word)) for word in words)


def _marked(text: str) -> str:
    if not unprintable(text):
        return text
    glyphs = printable_characters()
    visible = "".join(char for char in text if char in glyphs or not is_invisible(char))
    missing = "".join(map(re.escape, unprintable(visible)))
    return re.sub(f"[{missing}]+(?: [{missing}]+)*", UNPRINTABLE_MARK, visible) if missing else visible


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


def _compile(documents: Sequence[Document], *, paper: Paper, title: str, author: str) -> bytes:
    try:
        pdf = _compiler().compile(
            _source(documents, paper, {"title": title, "author": author}),
            format="pdf",
            pdf_standards="ua-1",
            timestamp=FIXED_TIMESTAMP,
        )
    except typst.TypstError as error:
        raise TypesettingError(f"The sheet could not be set: {error.message}.") from error
    if not isinstance(pdf, bytes):
        raise TypesettingError("The sheet could not be set: the typesetter gave back no file.")
    return packed(pdf)


def _source(documents: Sequence[Document], paper: Paper, about: dict[str, str]) -> bytes:
    """Each template as a function of its data, then a call for each document, the next one on an odd page.

    Through sys_inputs every new sheet would change Typst's library, and nothing already laid out could be
    used again: 170 ms a sheet where this takes 20. The functions are evaluated from strings because those are parsed
    once, while this source is parsed each time: half of what a sheet took that had been laid out before.
    """
    names = {template: f"set{at}" for at, template in enumerate(dict.fromkeys(each for each, _ in documents))}
    functions = (f'#let {name} = eval({_function(template)}, mode: "code")' for template, name in names.items())
    head = f"#let about = {_literal(about)}\n#set document(title: about.title, author: about.author, date: none)"
    calls = (f"#{names[template]}({_literal(data | {'paper': paper.value})})" for template, data in documents)
    return "\n".join((*functions, head, '\n#pagebreak(to: "odd")\n'.join(calls))).encode()


def _literal(data: dict[str, Any]) -> str:
    """The data as ASCII JSON. What is kept as it is may still be a dataclass."""
    return f"json(bytes({_quoted(json.dumps(data, ensure_ascii=True, default=_fields))}))"


def _fields(value: Any) -> dict[str, Any]:
    if not is_dataclass(value):
        raise TypeError(f"{value!r} is nothing that a sheet can hold.")
    return vars(value)


def _quoted(text: str) -> str:
    """A string of Typst; a line may end within it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


@cache
def _function(files: Template) -> str:
    markup = "\n".join(path.read_text(encoding="utf-8") for path in files)
    return _quoted(f"(data) => [\n{markup}\n]")


def _compiler() -> typst.Compiler:
    """This thread's compiler: it keeps what it has laid out before, and two threads cannot share one."""
    if not hasattr(_of_this_thread, "compiler"):
        _of_this_thread.compiler = typst.Compiler(root=FOLDER, font_paths=_fonts())
    compiler: typst.Compiler = _of_this_thread.compiler
    return compiler


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[FONT_FOLDER])
