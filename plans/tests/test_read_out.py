"""Every kind of sheet as a screen reader meets it (PDF/UA-1): tagged, named, in order."""

import io
from functools import cache

import pytest
from pypdf import PdfReader

from plans.tests.reading_pdf import Tagged
from plans.tests.sheets_to_look_at import KINDS, illustrated, plan_of
from plans.typesetting import render_pdf

every_kind = pytest.mark.parametrize("kind", KINDS)


@cache
def tagged(kind: str) -> Tagged:
    return Tagged(KINDS[kind]("en"))


@every_kind
def test_it_is_tagged_and_in_a_language_and_shows_its_title(kind: str) -> None:
    root = tagged(kind).root
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == (
        True,
        "en",
        True,
    )


@every_kind
def test_its_headings_begin_with_the_first_and_skip_no_level(kind: str) -> None:
    levels = tagged(kind).headings
    steps = [after - before for before, after in zip([0, *levels], levels, strict=False)]
    assert levels
    assert max(steps) <= 1


@every_kind
def test_each_picture_has_its_words(kind: str) -> None:
    assert [each for each in tagged(kind).elements if each.kind == "Figure" and not each.alt] == []


@every_kind
def test_each_header_of_a_table_says_what_it_heads(kind: str) -> None:
    headers = [each for each in tagged(kind).elements if each.kind == "TH"]
    assert [each.text for each in headers if "/Scope" not in each.attributes] == []


@every_kind
def test_no_text_is_outside_of_what_is_marked(kind: str) -> None:
    assert tagged(kind).unmarked_text == []


@every_kind
def test_every_font_is_in_the_file_with_its_letters(kind: str) -> None:
    fonts = tagged(kind).fonts
    assert fonts
    assert [name for name, is_whole in fonts.items() if not is_whole] == []


@pytest.mark.parametrize("large", [False, True])
def test_a_plan_is_read_out_in_the_order_in_which_it_is_done(large: bool) -> None:
    said = Tagged(render_pdf(plan_of(illustrated("Bridge")), large=large)).read_out
    first = ["Your home plan", "Call 911 if", "sign number 4", "Stop and call us if", "Bridge", "Lie on your back."]
    parts = [
        *first,
        "Let go.",
        "Stop if",
        "Tick what you did",
        "Call 911 if any",
        "sign number 12",
        "Where this advice",
    ]
    assert sorted(parts, key=said.index) == parts


def test_what_is_read_out_is_all_that_is_printed() -> None:
    sheet = tagged("plan")
    printed = " ".join(page.extract_text() for page in sheet.reader.pages).replace("☐", " ")
    footers = {"Page", "1", "2", "of"}
    assert set(printed.split()) - set(sheet.read_out.split()) <= footers


def test_a_source_is_read_out_in_the_language_of_its_title() -> None:
    pages = PdfReader(io.BytesIO(render_pdf(plan_of(language="es")))).pages
    assert any(b"/Lang(en)" in page.get_contents().get_data() for page in pages)
