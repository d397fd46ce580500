"""A packed PDF is the same document in fewer bytes."""

import io
import re
from collections.abc import Iterator

import pypdfium2
import pytest
import typst
from PIL import Image, ImageChops, ImageStat
from pypdf import PdfReader

from plans import packing
from plans.packing import packed
from plans.tests.sheets_to_look_at import THREE, plan_of
from plans.typesetting import render_pdf

MARKUP = """
#set document(title: "Plan", date: none)
= Plan
#table(columns: 14, ..range(28 * 14).map(at => [#at]))
#link("https://steady.example/")[Open]
"""


@pytest.fixture(scope="module")
def plain() -> bytes:
    pdf = typst.Compiler().compile(MARKUP.encode(), format="pdf", pdf_standards="ua-1", timestamp=0)
    assert isinstance(pdf, bytes)
    return pdf


def reader_of(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf), strict=True)


def written(value: object) -> str:
    """The value as text, its references by their numbers alone."""
    return re.sub(r"(IndirectObject\(\d+, \d+), \d+", r"\1", repr(value))


def test_it_is_less_than_half_as_large(plain: bytes) -> None:
    assert len(packed(plain)) < len(plain) / 2


def test_every_page_says_the_same(plain: bytes) -> None:
    said = [[page.extract_text() for page in reader_of(pdf).pages] for pdf in (plain, packed(plain))]
    assert said[0] == said[1]


def test_every_object_is_the_same(plain: bytes) -> None:
    before, after = reader_of(plain), reader_of(packed(plain))
    numbers = [number for number in before.xref[0] if number]
    assert [written(after.get_object(number)) for number in numbers] == [
        written(before.get_object(number)) for number in numbers
    ]


def test_the_trailer_is_the_same(plain: bytes) -> None:
    before, after = (reader_of(pdf).trailer for pdf in (plain, packed(plain)))
    kept = ("/Root", "/Info", "/ID")
    assert [written(after.raw_get(key)) for key in kept] == [written(before.raw_get(key)) for key in kept]


def test_the_same_file_gives_the_same_bytes(plain: bytes) -> None:
    assert packed(plain) == packed(plain)


def drawn() -> bytes:
    return render_pdf(plan_of(*THREE), large=True)


def pictures_of(pdf: bytes) -> Iterator[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as pages:
        yield from (page.render().to_pil().convert("L") for page in pages)


def test_a_large_file_is_squeezed_too(monkeypatch: pytest.MonkeyPatch) -> None:
    before = len(drawn())
    monkeypatch.setattr(packing, "LARGE", 0)
    assert len(drawn()) < before


def test_a_squeezed_drawing_looks_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    before = list(pictures_of(drawn()))
    monkeypatch.setattr(packing, "LARGE", 0)
    differences = map(ImageChops.difference, before, pictures_of(drawn()))
    assert max(ImageStat.Stat(each).mean[0] for each in differences) < 0.2


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7\nno table", b"xref\n0 1\ngarbled"])
def test_what_is_not_such_a_file_is_left_as_it_is(pdf: bytes) -> None:
    assert packed(pdf) == pdf


def test_what_is_packed_already_is_left_as_it_is(plain: bytes) -> None:
    assert packed(packed(plain)) == packed(plain)
