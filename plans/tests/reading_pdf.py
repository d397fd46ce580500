"""What a screen reader gets from a PDF: its structure in order, with the text that each part holds."""

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject

SHOWS_TEXT = (b"Tj", b"TJ", b"'", b'"')
HEADING = re.compile(r"H[1-6]")


@dataclass(frozen=True)
class Element:
    """One element of the structure: `kind` is its tag, `text` what it and all in it say."""

    kind: str
    text: str
    alt: str
    attributes: str


class Tagged:
    """A tagged PDF."""

    def __init__(self, pdf: bytes) -> None:
        self.reader = PdfReader(io.BytesIO(pdf))
        self.root: Any = self.reader.trailer["/Root"]
        self.texts = dict(self._texts())

    @property
    def elements(self) -> list[Element]:
        """In the order in which they are read out."""
        return list(self._walk(self.root["/StructTreeRoot"]["/K"], None))

    @property
    def read_out(self) -> str:
        return " ".join(self._text(self.root["/StructTreeRoot"]["/K"], None).split())

    @property
    def headings(self) -> list[int]:
        return [int(each.kind[1]) for each in self.elements if HEADING.fullmatch(each.kind)]

    @property
    def unmarked_text(self) -> list[bytes]:
        """The operators that show text outside of all marked content."""
        return [operator for page in self.reader.pages for operator, depth in self._shown(page) if depth == 0]

    @property
    def fonts(self) -> dict[str, bool]:
        """Each font by its name, and whether the file holds it and says which letters its shapes are."""
        found = {}
        for page in self.reader.pages:
            for font in page["/Resources"].get("/Font", {}).values():
                held = font.get_object()
                descriptor = held["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
                embedded = any("FontFile" in key for key in descriptor)
                found[str(held["/BaseFont"]).split("+")[-1]] = embedded and "/ToUnicode" in held
        return found

    def _shown(self, page: Any) -> Iterator[tuple[bytes, int]]:
        depth = 0
        for _operands, operator in ContentStream(page.get_contents(), self.reader).operations:
            depth += (operator in (b"BDC", b"BMC")) - (operator == b"EMC")
            if operator in SHOWS_TEXT:
                yield operator, depth

    def _texts(self) -> Iterator[tuple[tuple[int, int], str]]:
        """The text of each piece of marked content, by its page and number."""
        for page in self.reader.pages:
            said: dict[Any, list[str]] = defaultdict(list)
            marks: list[Any] = []

            def note(operator: bytes, operands: Any, *_rest: Any, marks: list[Any] = marks) -> None:
                if operator in (b"BDC", b"BMC"):
                    about = operands[1] if operator == b"BDC" else {}
                    marks.append(about.get("/MCID") if hasattr(about, "get") else None)
                elif operator == b"EMC":
                    marks.pop()

            def keep(text: str, *_rest: Any, marks: list[Any] = marks, said: Any = said) -> None:
                said[next((mark for mark in reversed(marks) if mark is not None), None)].append(text)

            page.extract_text(visitor_operand_before=note, visitor_text=keep)
            number = page.indirect_reference.idnum if page.indirect_reference else 0
            yield from (((number, mark), "".join(parts)) for mark, parts in said.items() if mark is not None)

    def _walk(self, kid: Any, page: Any) -> Iterator[Element]:
        held = kid.get_object()
        if isinstance(held, ArrayObject):
            for each in held:
                yield from self._walk(each, page)
        elif isinstance(held, DictionaryObject) and "/S" in held:
            text = " ".join(self._text(kid, page).split())
            attributes = str(held.get("/A", ""))
            yield Element(str(held["/S"])[1:], text, str(held.get("/Alt", "")), attributes)
            if "/K" in held:
                yield from self._walk(held["/K"], held.get("/Pg", page))

    def _text(self, kid: Any, page: Any) -> str:
        held = kid.get_object() if isinstance(kid, IndirectObject) else kid
        if isinstance(held, ArrayObject):
            return " ".join(self._text(each, page) for each in held)
        if not isinstance(held, DictionaryObject):
            return self.texts.get((page.indirect_reference.idnum, int(held)), "") if page is not None else ""
        page = held.get("/Pg", page)
        if "/MCID" in held:
            return self.texts.get((page.indirect_reference.idnum, held["/MCID"]), "")
        return self._text(held["/K"], page) if "/K" in held else ""
