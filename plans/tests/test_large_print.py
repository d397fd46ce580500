"""Large print: as few pages as its size of letters lets it have, with nothing split, small or over a page's foot."""

import re
from dataclasses import replace

import pypdfium2
import pytest

from plans.sheet import Paper, Sheet, SheetPicture, SheetPictures
from plans.tests.catalogue_sheets import shipped_sheet
from plans.tests.reading_pdf import Tagged
from plans.tests.sheets_to_look_at import PAIR, care_item, plan_of
from plans.tests.test_typesetting import CODES, make_item, pages_of, reader_of
from plans.typesetting import render_pdf

HEAT = ("heat-pack", "cat-camel", "pelvic-tilt")
ICE = ("ice-pack", "single-knee-to-chest", "knee-rolls")
FIVE = ("pelvic-tilt", "hamstring-stretch-with-towel", "figure-four-stretch", "open-book", "walking")
# In points: the room that every page keeps free below, and how far a letter's tail hangs into it.
FOOT, TAIL = 0.95 * 72, 6
FOOTER = re.compile(r"Expediente 10042 · Plan version 2, Fri 20 Nov 2026 Página \d de \d")


def large(sheet: Sheet, paper: Paper = Paper.LETTER) -> bytes:
    return render_pdf(sheet, paper=paper, large=True)


@pytest.mark.parametrize(
    ("slugs", "language", "most"),
    [
        (HEAT, "en", 5),
        (HEAT, "es", 6),
        (ICE, "en", 5),
        (ICE, "es", 7),
        (("ice-pack",), "en", 4),
        (("heat-pack",), "es", 4),
        (FIVE, "en", 7),
        (FIVE, "es", 8),
    ],
    ids=str,
)
def test_large_print_needs_few_pages(slugs: tuple[str, ...], language: str, most: int) -> None:
    assert len(pages_of(large(shipped_sheet(*slugs, language=language)))) <= most


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("paper", Paper)
def test_a_movement_is_on_one_page_with_all_that_goes_with_it(paper: Paper, language: str) -> None:
    sheet = shipped_sheet(*FIVE, language=language)
    pages = pages_of(large(sheet, paper))
    lines = {item.title: (item.title, *item.steps, *item.stop_if, item.feel) for item in sheet.phases[0].items}
    assert [
        title for title, said in lines.items() if not any(all(line in page for line in said) for page in pages)
    ] == []


@pytest.mark.parametrize("slugs", [HEAT, FIVE], ids=str)
def test_nothing_of_large_print_runs_into_the_foot(slugs: tuple[str, ...]) -> None:
    with pypdfium2.PdfDocument(large(shipped_sheet(*slugs, language="es"))) as pages:
        feet = [page.get_textpage().get_text_bounded(top=FOOT - TAIL) for page in pages]
    assert [foot for foot in feet if not FOOTER.fullmatch(" ".join(foot.split()))] == []


def test_no_letter_of_large_print_is_small() -> None:
    sizes: list[float] = []
    for page in reader_of(large(replace(shipped_sheet(*HEAT), codes=CODES))).pages:
        page.extract_text(
            visitor_text=lambda text, _cm, tm, _font, size: sizes.append(abs(size * tm[3])) if text else None
        )
    assert min(sizes) >= 18


def pictures(count: int) -> SheetPictures:
    figures = tuple(SheetPicture(PAIR[0].svg, f"This is what picture {number} shows.", 0.5) for number in range(count))
    return SheetPictures("Your skin after", figures, "A check mark is fine.")


@pytest.mark.parametrize("items", [1, 2, 3])
def test_pictures_that_explain_are_not_parted(items: int) -> None:
    pages = pages_of(
        large(plan_of(*(make_item(title=f"Item {number}") for number in range(items)), explained=(pictures(4),)))
    )
    shown = [each.alt for each in pictures(4).figures]
    assert [page for page in pages if shown[0] in page and not all(alt in page for alt in shown)] == []


def test_pictures_that_no_page_holds_are_all_there() -> None:
    said = " ".join(pages_of(large(plan_of(care_item(), explained=(pictures(14),)))))
    assert [each.alt for each in pictures(14).figures if each.alt not in said] == []


def test_boxes_that_no_page_holds_are_all_there() -> None:
    items = [make_item(title=f"Movement {number:02d}", times_a_day=4) for number in range(24)]
    assert " ".join(pages_of(large(plan_of(*items)))).count("☐") == 24 * 4 * 14


def test_what_follows_the_items_is_read_out_in_the_order_in_which_it_stands() -> None:
    pdf = large(shipped_sheet(*HEAT))
    titles = ("Tick what you did", "Call 911 if any of these is true", "Where this advice comes from")
    stands, said = " ".join(pages_of(pdf)), Tagged(pdf).read_out
    assert sorted(titles, key=said.index) == sorted(titles, key=stands.index)


LONG = "A reason that somebody at the clinic wrote, number {}, as long as most of them are and then a little longer."


@pytest.mark.parametrize("name", ["not_now_if", "steps", "stop_if"])
def test_a_list_that_no_page_holds_runs_on_to_the_next(name: str) -> None:
    lines = tuple(LONG.format(number) for number in range(18))
    with pypdfium2.PdfDocument(large(plan_of(make_item(title="Ice pack", **{name: lines})))) as pages:
        feet = [page.get_textpage().get_text_bounded(top=FOOT - TAIL) for page in pages]
    assert [foot for foot in feet if "A reason" in foot or "a little longer" in foot] == []


def test_rows_of_boxes_with_long_titles_stay_above_the_foot() -> None:
    items = [
        make_item(title=f"Shoulder-blade squeezes against resistance {number}", times_a_day=2) for number in range(4)
    ]
    with pypdfium2.PdfDocument(large(plan_of(*items))) as pages:
        feet = [page.get_textpage().get_text_bounded(top=FOOT - TAIL) for page in pages]
    assert [foot for foot in feet if "resistance" in foot or "☐" in foot] == []


def test_the_sources_never_stand_before_the_signs() -> None:
    said = " ".join(pages_of(large(shipped_sheet("heat-pack", "cat-camel", "pelvic-tilt", "bridge"))))
    assert said.index("Call 911 if any of these is true") < said.index("Where this advice comes from")
