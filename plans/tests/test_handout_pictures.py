"""Pictures on the handout: with their words, of a size that can be sent and set at once."""

from dataclasses import replace

import pytest
from django.core.management import call_command
from django.utils.translation import override

from plans.handout import build_sheet
from plans.sheet import Paper, Sheet, SheetPicture
from plans.tests.factories import make_issued
from plans.tests.test_typesetting import make_item, make_sheet, numbered_items, pages_of, text_of, values_of
from plans.typesetting import TypesettingError, render_pdf
from practice.models import Clinic
from therapies.models import InstructionVersion

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 40"><circle cx="20" cy="20" r="9"/></svg>'
THREE = ("pelvic-tilt", "knee-rolls", "single-knee-to-chest")
SIX = (*THREE, "belly-breathing", "cat-camel", "hamstring-stretch-with-towel")


def make_picture(alt: str = "A person.") -> SheetPicture:
    return SheetPicture(PICTURE, alt, 40 / 90)


@pytest.mark.parametrize("large", [False, True])
def test_each_picture_has_its_text_in_order(large: bool) -> None:
    pictures = (make_picture("A person lies down."), make_picture("The knees come up."))
    pdf = render_pdf(make_sheet(make_item(figures=pictures)), large=large)
    assert values_of(pdf, "/Alt") == ["A person lies down.", "The knees come up."]


def test_the_dose_of_an_illustrated_item_stands_in_words() -> None:
    item = make_item(figures=(make_picture(),), dose_words="Hold 2 seconds. Do 5.")
    assert "Hold 2 seconds. Do 5." in text_of(render_pdf(make_sheet(item)))


def test_six_illustrated_items_stay_under_a_hundred_kilobytes() -> None:
    items = [replace(item, figures=(make_picture(), make_picture())) for item in numbered_items(6)]
    assert len(render_pdf(make_sheet(*items))) < 100_000


def test_a_picture_without_text_is_refused() -> None:
    with pytest.raises(TypesettingError, match="Pelvic tilt"):
        render_pdf(make_sheet(make_item(figures=(make_picture(), make_picture(" ")))))


def test_a_broken_picture_is_refused_with_a_sentence() -> None:
    with pytest.raises(TypesettingError, match="could not be set"):
        render_pdf(make_sheet(make_item(figures=(SheetPicture("<svg", "A person.", 0.5),))))


# --- as the catalogue draws them ------------------------------------------------------------------------


@pytest.fixture
def catalogue(db: None) -> None:
    call_command("load_catalogue", verbosity=0)


def sheet_of(*slugs: str) -> Sheet:
    drawn = {each.instruction_id: each for each in InstructionVersion.objects.published()}
    version = make_issued(items=[{"instruction_version": drawn[slug]} for slug in slugs])
    with override("en"):
        return build_sheet(version, clinic=Clinic.load(), codes=(), start_url="")


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("paper", Paper)
def test_three_items_with_pictures_fit_one_page_and_the_ticks_the_page_before(paper: Paper) -> None:
    sheet = sheet_of(*THREE)
    pages = pages_of(render_pdf(sheet, paper=paper))
    titles = [item.title for item in sheet.phases[0].items]
    assert (len(pages), [title for title in titles if title not in pages[1]]) == (2, [])


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("large", [False, True])
def test_six_items_as_they_are_drawn_stay_under_a_hundred_kilobytes(large: bool) -> None:
    assert len(render_pdf(sheet_of(*SIX), large=large)) < 100_000


@pytest.mark.usefixtures("catalogue")
def test_each_panel_of_six_items_is_on_the_sheet_with_its_words() -> None:
    sheet = sheet_of(*SIX)
    words = [picture.alt for phase in sheet.phases for item in phase.items for picture in item.figures]
    assert len(words) >= 12
    assert values_of(render_pdf(sheet), "/Alt") == words
