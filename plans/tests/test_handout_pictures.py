"""Pictures on the handout: with their words, of a size that can be read, sent and set at once."""

from dataclasses import replace

import pytest

from plans.sheet import Paper, SheetPicture
from plans.tests.catalogue_sheets import shipped_sheet
from plans.tests.reading_pdf import Tagged
from plans.tests.test_typesetting import make_item, make_sheet, numbered_items, pages_of, text_of, values_of
from plans.typesetting import TypesettingError, render_pdf

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 40"><circle cx="20" cy="20" r="9"/></svg>'
THREE = ("pelvic-tilt", "knee-rolls", "single-knee-to-chest")
SIX = (*THREE, "belly-breathing", "cat-camel", "hamstring-stretch-with-towel")
USUAL = (
    THREE,
    ("hamstring-stretch-with-towel", "kneeling-hip-flexor-stretch", "standing-side-bend"),
    ("bridge", "bird-dog", "walking"),
    ("childs-pose", "cat-camel", "figure-four-stretch"),
    # These fit with smaller pictures alone.
    ("knee-to-opposite-shoulder", "chin-tuck", "open-book"),
    ("figure-four-stretch", "bridge", "walking"),
)


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


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("slugs", USUAL, ids=lambda slugs: slugs[0])
def test_three_items_with_pictures_doses_and_ticks_fit_one_page(
    slugs: tuple[str, ...], paper: Paper, language: str
) -> None:
    sheet = shipped_sheet(*slugs, language=language)
    front = pages_of(render_pdf(sheet, paper=paper))[0]
    items = [item for phase in sheet.phases for item in phase.items]
    wanted = [part for item in items for part in (item.title, item.dose_words, item.steps[-1], item.stop_if[-1])]
    assert [part for part in wanted if part not in front] == []
    assert front.count("☐") == 14 * sum(min(item.times_a_day, 4) for item in items)


@pytest.mark.parametrize("large", [False, True])
def test_six_items_as_they_are_drawn_stay_under_a_hundred_kilobytes(large: bool) -> None:
    assert len(render_pdf(shipped_sheet(*SIX), large=large)) < 100_000


def test_each_panel_of_six_items_is_read_out_with_its_words() -> None:
    sheet = shipped_sheet(*SIX)
    words = [picture.alt for phase in sheet.phases for item in phase.items for picture in item.figures]
    read_out = [each.alt for each in Tagged(render_pdf(sheet)).elements if each.kind == "Figure"]
    assert len(words) >= 12
    assert read_out == words
