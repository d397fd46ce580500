"""The sheets look as somebody approved them: rendered in gray, as a black-and-white printer prints them, and one page
in color.

After a change of the look: print a sheet, look at it, then
    APPROVE_PICTURES=yes .venv/bin/pytest plans/tests/test_approved_pictures.py
writes the pictures in approved/ anew; look at those too before you commit them.
"""

import os
import re
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from plans.tests.figure_thumbnails import pictures_of, side_by_side
from plans.tests.sheets_to_look_at import LOOKS, Look, illustrated, plan_of
from plans.typesetting import ACCENT, FOLDER, render_pdf

APPROVED = Path(__file__).parent / "approved"
DOTS_PER_INCH = 50
# Of a picture in each mode.
SHADES = {"L": 16, "RGB": 64}
# Shades of 255, on the average of a page and for a spot: letters may lie a hair's breadth elsewhere, no more.
MEAN_MOST, SPOT, SPOTS_MOST = 0.25, 40, 0.0002
# WCAG 1.4.3 for text, which holds in gray as well.
CONTRAST_LEAST = 4.5


def rendered(look: Look) -> Image.Image:
    with pypdfium2.PdfDocument(look.pdf()) as pdf:
        bitmap = pdf[look.page - 1].render(scale=DOTS_PER_INCH / 72, grayscale=not look.in_color)
        page: Image.Image = bitmap.to_pil().convert(look.mode)
        return page.quantize(SHADES[look.mode]).convert(look.mode)


def differs(shown: Image.Image, approved: Image.Image) -> str:
    """In what two pictures of a page differ beyond the tolerance; empty where they do not."""
    if shown.size != approved.size:
        return f"the size is {shown.size}, not {approved.size}"
    soft = ImageFilter.BoxBlur(1)
    difference = ImageChops.difference(shown.filter(soft), approved.filter(soft))
    mean = max(ImageStat.Stat(difference).mean)
    spots = max(sum(band.histogram()[SPOT:]) for band in difference.split())
    if mean <= MEAN_MOST and spots <= SPOTS_MOST * shown.width * shown.height:
        return ""
    return f"{mean:.2f} shades on the average, {spots} spots of more than {SPOT}, first in {difference.getbbox()}"


@pytest.mark.parametrize("name", LOOKS)
def test_a_sheet_looks_as_it_was_approved(name: str) -> None:
    shown, path = rendered(LOOKS[name]), APPROVED / f"{name}.png"
    if os.environ.get("APPROVE_PICTURES") == "yes":
        APPROVED.mkdir(exist_ok=True)
        shown.quantize(SHADES[shown.mode]).save(path, optimize=True)
    assert differs(shown, Image.open(path).convert(LOOKS[name].mode)) == ""


def test_no_approved_picture_is_left_over() -> None:
    assert {path.stem for path in APPROVED.glob("*.png")} == set(LOOKS)


@pytest.mark.parametrize("change", [{"title": "Pelvic tilt"}, {"steps": ("Lie down.",)}, {"figures": ()}])
def test_an_item_that_changed_is_noticed(change: dict[str, object]) -> None:
    before, after = (
        rendered(Look(lambda item=item: render_pdf(plan_of(item)))) for item in (illustrated(), illustrated(**change))
    )
    assert differs(after, before)


def test_a_figure_that_changed_is_noticed() -> None:
    before = pictures_of("movements", 0, 4)
    after = [*before[:1], before[0], *before[2:]]
    shown, approved = (rendered(Look(lambda each=each: side_by_side(each))) for each in (after, before))
    assert differs(shown, approved)


def luminance(color: str) -> float:
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_color_of_words_stays_readable_in_gray() -> None:
    named = re.compile(r'#let (?:ink|soft) = rgb\("(#[0-9a-f]{6})"\)')
    colors = {ACCENT, *(color for path in FOLDER.glob("*.typ") for color in named.findall(path.read_text()))}
    assert len(colors) > 2
    assert [color for color in colors if 1.05 / (luminance(color) + 0.05) < CONTRAST_LEAST] == []
