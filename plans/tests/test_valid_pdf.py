"""Every kind of sheet, in each language, against the rules of PDF/UA-1 that a program can check."""

import io
from collections.abc import Callable

import page
import pytest
from pypdf import PdfWriter

from plans.tests.sheets_to_look_at import KINDS


def broken_rules(pdf: bytes) -> list[str]:
    report = page.validate_pdf_bytes(pdf, profile="ua1")
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_sheet_conforms_to_pdf_ua_1(kind: str, language: str) -> None:
    assert broken_rules(KINDS[kind](language)) == []


def without(key: str) -> Callable[[PdfWriter], None]:
    def leave_out(pdf: PdfWriter) -> None:
        del pdf.root_object[key]

    return leave_out


def without_words_for_a_picture(pdf: PdfWriter) -> None:
    pictures = [each for each in map(pdf.get_object, range(1, len(pdf._objects) + 1)) if is_picture(each)]
    del pictures[0]["/Alt"]


def is_picture(found: object) -> bool:
    return isinstance(found, dict) and found.get("/S") == "/Figure"


@pytest.mark.parametrize(
    "spoil",
    [without("/Lang"), without("/StructTreeRoot"), without("/ViewerPreferences"), without_words_for_a_picture],
    ids=["language", "structure", "title", "words of a picture"],
)
def test_a_sheet_that_lacks_something_is_refused(spoil: Callable[[PdfWriter], None]) -> None:
    spoiled, written = PdfWriter(clone_from=io.BytesIO(KINDS["ice"]("en"))), io.BytesIO()
    spoil(spoiled)
    spoiled.write(written)
    assert broken_rules(written.getvalue())


def test_writing_a_sheet_anew_breaks_nothing() -> None:
    copied, written = PdfWriter(clone_from=io.BytesIO(KINDS["ice"]("en"))), io.BytesIO()
    copied.write(written)
    assert broken_rules(written.getvalue()) == []
