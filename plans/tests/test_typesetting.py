"""The handout on paper: what a reader, a screen reader and a printer get from the bytes."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from plans.sheet import CodeSlip, Paper, Sheet, SheetClinic, SheetCodes, SheetItem, SheetPhase, SheetSource, SheetWords
from plans.typesetting import TypesettingError, printable_name, render_code_slip, render_pdf, unprintable

CLINIC = SheetClinic(
    name="Harbor Street Back Clinic",
    phone="(555) 010-0142",
    address="120 Harbor Street, Rivertown, OR 97000",
    hours="Monday to Friday, 8 am to 5 pm",
    after_hours="call (555) 010-0199",
)
CODES = SheetCodes(
    start_url="https://steady.example/start/",
    codes=("K7M-BCDF-GHJK", "P3Q-RTVW-XYZ2", "M9N-4HJK-LMNP"),
    qr_url="https://steady.example/start/#K7MBCDFGHJK",
    valid_until_words="The codes work until Thu 17 Dec 2026.",
)
FORTNIGHT = tuple(f"Day {number}" for number in range(1, 15))


def make_item(**changes: object) -> SheetItem:
    item = SheetItem(
        title="Pelvic tilt",
        kind="stretching",
        why="A first small movement after a spasm.",
        steps=("Lie on your back.", "Flatten your back to the floor.", "Let go."),
        dose_words="Hold 2 seconds. Do 5. 3 times a day.",
        feel="A mild pull in your lower back.",
        stop_if=("The cramp gets worse.",),
        not_now_if=("You feel unwell today.",),
        cautions=("Go only part of the way.",),
        times_a_day=3,
    )
    return replace(item, **changes)


def make_sheet(*items: SheetItem, **changes: object) -> Sheet:
    sheet = Sheet(
        language="en",
        title="Your home plan",
        clinic=CLINIC,
        patient_name="Mara Lindqvist",
        record_number="10042",
        version_words="Plan version 2, Fri 20 Nov 2026",
        issued_by="Dr. Ines Okafor",
        phases=(SheetPhase("Calm it down", "Fri 20 Nov to Thu 26 Nov", items or (make_item(),)),),
        universal_stop=("Your pain gets much worse.",),
        emergency=("You cannot control your bladder.",),
        grid_days=FORTNIGHT,
        sources=(SheetSource("NHS inform", "Back problems"),),
    )
    return replace(sheet, **changes)


def make_slip(**changes: object) -> CodeSlip:
    slip = CodeSlip(
        language="en",
        clinic=CLINIC,
        patient_name="Mara Lindqvist",
        record_number="10042",
        issued_words="Made on Fri 20 Nov 2026",
        codes=CODES,
    )
    return replace(slip, **changes)


def numbered_items(count: int) -> tuple[SheetItem, ...]:
    """Items of different lengths whose title and last line can be told apart."""
    return tuple(
        make_item(
            title=f"Movement {number:02d}",
            steps=(
                *("Breathe slowly and keep your shoulders down.",) * (number % 5 + 2),
                f"Finish {number:02d}.",
            ),
            cautions=(f"Care {number:02d}.",),
        )
        for number in range(1, count + 1)
    )


def reader_of(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def pages_of(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in reader_of(pdf).pages]


def text_of(pdf: bytes) -> str:
    return " ".join(pages_of(pdf)).replace("\u200b", "")


def metadata_of(pdf: bytes) -> str:
    stream = reader_of(pdf).trailer["/Root"]["/Metadata"]  # type: ignore[index]
    return str(stream.get_object().get_data().decode())


def objects_of(pdf: bytes) -> list[DictionaryObject]:
    """The file's dictionaries in the order of their numbers, packed ones too, and those right inside them."""
    reader = reader_of(pdf)
    numbers = sorted({*reader.xref[0], *reader.xref_objStm})
    found = [each for number in numbers for each in with_its_own(reader.get_object(number))]
    return [each for each in found if isinstance(each, DictionaryObject)]


def with_its_own(value: object) -> list[object]:
    return [value, *value.values()] if isinstance(value, DictionaryObject) else [value]


def values_of(pdf: bytes, key: str) -> list[str]:
    return [str(each[key]) for each in objects_of(pdf) if key in each]


def structure_of(pdf: bytes) -> list[str]:
    return [each["/S"].removeprefix("/") for each in objects_of(pdf) if each.get("/Type") == "/StructElem"]


def embedded_fonts(pdf: bytes) -> dict[str, bool]:
    fonts = [each for each in objects_of(pdf) if each.get("/Type") == "/FontDescriptor"]
    return {each["/FontName"].split("+")[1]: any("FontFile" in key for key in each) for each in fonts}


# --- What it says ---


HEAD = (
    "Harbor Street Back Clinic",
    "Your home plan",
    "Mara Lindqvist",
    "Dr. Ines Okafor",
    "Call 911 if",
    "Stop and call us if",
    "Your pain gets much worse.",
)
DETAILS = (
    "Calm it down",
    "Pelvic tilt",
    "Do 5. 3 times a day.",
    "Lie on your back.",
    "Let go.",
    "Not now if",
    "Go only part of the way.",
)
CODE_LINES = ("K7M-BCDF-GHJK", "M9N-4HJK-LMNP")
SOURCES = ("Where this advice comes from",)
TICKS = ("Tick what you did",)
# In large print the sources stand where they save a page.
LARGE_PRINT = HEAD + DETAILS + TICKS + CODE_LINES


def places_in_order(text: str, expected: tuple[str, ...]) -> list[str]:
    """The expected words that are found, each after the one before."""
    found, at = [], 0
    for words in expected:
        place = text.find(words, at)
        if place >= 0:
            found.append(words)
            at = place + len(words)
    return found


@pytest.mark.parametrize(("large", "expected"), [(False, HEAD + DETAILS + CODE_LINES + SOURCES), (True, LARGE_PRINT)])
def test_words_stand_in_reading_order(large: bool, expected: tuple[str, ...]) -> None:
    text = text_of(render_pdf(make_sheet(codes=CODES), large=large))
    assert places_in_order(text, expected) == list(expected)


def test_the_boxes_to_tick_stand_at_the_foot_of_the_first_page() -> None:
    expected = ("Call 911 if", "Movement 01", *TICKS, "Page 1 of")
    first = pages_of(render_pdf(make_sheet(*numbered_items(6))))[0]
    assert places_in_order(first, expected) == list(expected)


def test_every_page_tells_its_record_version_and_number() -> None:
    pages = pages_of(render_pdf(make_sheet(*numbered_items(5))))
    footers = [f"Page {number} of {len(pages)}" for number in range(1, len(pages) + 1)]
    assert all(
        "Record 10042" in page and "Plan version 2" in page and footer in page
        for page, footer in zip(pages, footers, strict=True)
    )


def test_each_item_stands_there_once() -> None:
    assert text_of(render_pdf(make_sheet(grid_days=()))).count("Flatten your back to the floor.") == 1


def test_labels_come_from_the_words_of_the_sheet() -> None:
    words = SheetWords(stop_and_call="Pare y llame si", page_of="Página {page} de {pages}")
    text = text_of(render_pdf(make_sheet(words=words, language="es")))
    assert "Pare y llame si" in text
    assert "Página 1 de" in text


def test_what_a_person_typed_is_never_read_as_markup() -> None:
    typed = '#pagebreak() *bold* $x$ "quoted" \\ back #{1+1} <label> @ref'
    assert typed in text_of(render_pdf(make_sheet(make_item(note=typed))))


def test_a_note_keeps_its_lines() -> None:
    pdf = render_pdf(make_sheet(make_item(note="First line.\r\n\r\nSecond line."), grid_days=()))
    lines = {line.strip() for page in reader_of(pdf).pages for line in page.extract_text().splitlines()}
    assert {"First line.", "Second line."} <= lines


def test_the_note_of_the_plan_stands_before_its_first_phase() -> None:
    text = text_of(render_pdf(make_sheet(note="Start slowly.")))
    assert 0 < text.find("Start slowly.") < text.find("Calm it down")


def test_a_day_that_is_not_due_has_no_box() -> None:
    item = make_item(times_a_day=1, grid_days_on=(0, 1, 2))
    assert text_of(render_pdf(make_sheet(item))).count("☐") == 3


@pytest.mark.parametrize(("times", "boxes"), [(1, 1), (2, 2), (3, 3), (4, 4), (9, 4)])
def test_a_day_has_a_box_for_each_time_up_to_four(times: int, boxes: int) -> None:
    sheet = make_sheet(make_item(times_a_day=times), grid_days=("Fri 20",))
    assert text_of(render_pdf(sheet)).count("☐") == boxes


def test_the_sheet_without_codes_has_no_codes_block() -> None:
    assert SheetWords().codes_once not in text_of(render_pdf(make_sheet()))


def test_the_first_code_is_not_in_the_link() -> None:
    pdf = render_pdf(make_sheet(codes=CODES))
    assert values_of(pdf, "/URI") == ["https://steady.example/start/"]


# --- Characters ---


@pytest.mark.parametrize("name", ["Ana 😀", "سلام", "李雷", "Ana\x07", "\u202eAna", "  "])
def test_a_name_that_cannot_be_printed_becomes_the_record_number(name: str) -> None:
    text = text_of(render_pdf(make_sheet(patient_name=name)))
    assert "For Record 10042" in text


@pytest.mark.parametrize(
    "name", ["María José Nguyễn", "O'Brien-Świątek", "Jürgen Ł.", "Ana\u2011Lía", "Анна Иванова", "Zoe\u0301"]
)
def test_a_name_of_letters_we_have_is_kept(name: str) -> None:
    assert printable_name(name, "10042") == name


def test_unprintable_names_each_character_once_in_order() -> None:
    assert unprintable("a😀b中😀") == ("😀", "中")


@pytest.mark.parametrize("large", [False, True])
def test_a_note_with_emoji_prints_with_a_mark_in_their_place(large: bool) -> None:
    pdf = render_pdf(make_sheet(make_item(note="Well done 😀😀 today")), large=large)
    assert "Well done [?] today" in text_of(pdf)


# --- How it falls on pages ---


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("count", [1, 2, 4, 6, 10])
def test_no_item_is_split_across_pages(count: int, large: bool) -> None:
    pages = pages_of(render_pdf(make_sheet(*numbered_items(count), grid_days=()), large=large))
    split = [
        number
        for number in range(1, count + 1)
        if not any(f"Movement {number:02d}" in page and f"Care {number:02d}." in page for page in pages)
    ]
    assert split == []


def test_a_phase_heading_is_never_parted_from_its_first_item() -> None:
    phases = tuple(SheetPhase(f"Phase {item.title}", "", (item,)) for item in numbered_items(7))
    pages = pages_of(render_pdf(make_sheet(phases=phases, grid_days=())))
    assert all(any(f"Phase {p.items[0].title} {p.items[0].title}" in page for page in pages) for p in phases)


@pytest.mark.parametrize("note", ["Keep it easy. " * 700 + "The end.", "x" * 10_000 + " The end."])
def test_a_note_of_ten_thousand_characters_is_printed_whole(note: str) -> None:
    assert "The end." in text_of(render_pdf(make_sheet(make_item(note=note))))


def test_a_word_without_end_is_broken_into_lines() -> None:
    pdf = render_pdf(make_sheet(make_item(title="W" * 200), grid_days=()))
    lines = reader_of(pdf).pages[0].extract_text().splitlines()
    runs = [len(run) for line in lines for run in re.findall("W{5,}", line.replace("\u200b", ""))]
    assert sum(runs) == 200
    assert max(runs) < 50


def test_an_item_longer_than_a_page_loses_nothing() -> None:
    steps = tuple(f"Step number {number:02d} with some more words." for number in range(1, 61))
    text = text_of(render_pdf(make_sheet(make_item(steps=steps)), large=True))
    assert all(step in text for step in steps)


@pytest.mark.parametrize(("paper", "size"), [(Paper.LETTER, (612, 792)), (Paper.A4, (595, 842))])
def test_the_page_has_the_size_of_the_paper(paper: Paper, size: tuple[int, int]) -> None:
    box = reader_of(render_pdf(make_sheet(), paper=paper)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == size


def test_large_print_is_set_in_eighteen_points() -> None:
    sizes: list[float] = []
    page = reader_of(render_pdf(make_sheet(), large=True)).pages[0]
    page.extract_text(visitor_text=lambda text, cm, tm, font, size: sizes.append(size) if "worse" in text else None)
    assert min(sizes) >= 18


# --- What machines read ---


def test_the_file_declares_pdf_ua_1() -> None:
    assert re.search(r"<pdfuaid:part>1</pdfuaid:part>|pdfuaid:part=\"1\"", metadata_of(render_pdf(make_sheet())))


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_file_declares_its_language(language: str) -> None:
    root = reader_of(render_pdf(make_sheet(language=language))).trailer["/Root"]
    assert root["/Lang"] == language  # type: ignore[index]


def test_the_file_has_a_title() -> None:
    metadata = reader_of(render_pdf(make_sheet())).metadata
    assert metadata is not None
    assert metadata.title == "Your home plan"


def test_the_headings_are_one_title_then_parts_then_items() -> None:
    headings = [kind for kind in structure_of(render_pdf(make_sheet())) if re.fullmatch(r"H\d", kind)]
    assert headings == ["H1", "H2", "H2", "H2", "H3", "H2", "H2"]


def test_the_ticks_are_a_table_with_header_cells() -> None:
    structure = structure_of(render_pdf(make_sheet()))
    assert (structure.count("Table"), structure.count("TH")) == (1, 1 + len(FORTNIGHT))


def test_the_same_sheet_gives_the_same_bytes() -> None:
    sheet = make_sheet(codes=CODES)
    first = render_pdf(sheet)
    render_pdf(make_sheet(make_item(title="Something else")))
    assert render_pdf(sheet) == first


def test_every_font_is_embedded() -> None:
    fonts = embedded_fonts(render_pdf(make_sheet(codes=CODES)))
    assert fonts == {"SourceSansPro-Regular": True, "SourceSansPro-Semibold": True, "DejaVuSansMono": True}


def test_threads_can_print_at_the_same_time() -> None:
    sheets = [make_sheet(record_number=str(number)) for number in range(8)]
    with ThreadPoolExecutor(max_workers=4) as pool:
        together = list(pool.map(render_pdf, sheets))
    assert together == [render_pdf(sheet) for sheet in sheets]


# --- Refusals and the slip ---


@pytest.mark.parametrize("phases", [(), (SheetPhase("Calm it down", "", ()),)])
def test_a_plan_without_items_is_refused(phases: tuple[SheetPhase, ...]) -> None:
    with pytest.raises(TypesettingError, match="no instructions"):
        render_pdf(make_sheet(phases=phases))


def test_the_slip_holds_clinic_patient_and_codes() -> None:
    text = text_of(render_code_slip(make_slip()))
    expected = ("Harbor Street Back Clinic", "Mara Lindqvist", "steady.example/start/", *CODES.codes)
    assert [words for words in expected if words not in text] == []


@pytest.mark.parametrize("large", [False, True])
def test_the_slip_is_one_page(large: bool) -> None:
    assert len(pages_of(render_code_slip(make_slip(), large=large))) == 1


def test_a_slip_without_codes_is_refused() -> None:
    with pytest.raises(TypesettingError, match="no sign-in code"):
        render_code_slip(make_slip(codes=replace(CODES, codes=())))
