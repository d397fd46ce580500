"""A sent picture is decoded and written anew; whatever is no such picture is refused by name."""

import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from therapies.reencoding import PAGE_SIDE, SMALL_SIDE, Reencoded, UploadError, reencode
from therapies.tests.factories_pictures import make_image, make_noise, moving, photo_with_a_place

PNG = make_image()
NOISE = make_noise()


def opened(made: Reencoded) -> Image.Image:
    return Image.open(BytesIO(made.page.data))


def with_header(width: int, height: int) -> bytes:
    """A PNG that claims this size and has the checksum for it."""
    huge = Image.new("1", (1, 1))
    held = BytesIO()
    huge.save(held, "PNG")
    data = bytearray(held.getvalue())
    data[16:24] = width.to_bytes(4) + height.to_bytes(4)
    data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4)
    return bytes(data)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_each_kind_that_phones_and_programs_write_is_taken(kind: str) -> None:
    assert opened(reencode(make_image(kind))).size == (300, 240)


@pytest.mark.requirement("ASVS 5.2.2", "ASVS 5.2.3")
@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"", "empty"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "an SVG drawing"),
        (b'<?xml version="1.0"?><svg onload="alert(1)"/>', "an SVG drawing"),
        (b"<!doctype html><script>alert(1)</script>", "a web page"),
        (b"GIF89a" + bytes(40), "a GIF"),
        (b"%PDF-1.7", "a PDF"),
        (b"PK\x03\x04" + bytes(40), "a ZIP file"),
        (b"MZ" + bytes(40), "a program"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(40), "HEIC"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "no picture"),
        (make_image("BMP"), "a BMP"),
        (make_image("TIFF"), "a TIFF"),
        (PNG + b"<script>alert(1)</script>", "a script as well"),
        (make_image("JPEG") + b"PK\x05\x06\x00\x00", "a ZIP file as well"),
        (make_image("JPEG", comment=b"<?php system('ls'); ?>"), "a script as well"),
        (PNG[:200], "broken"),
        (PNG[:60] + bytes(20) + PNG[80:], "broken"),
        (moving("WEBP"), "moves"),
        (moving("PNG"), "moves"),
        (make_image(size=(40, 40)), "40 by 40 pixels"),
        (make_image(size=(900, 250)), "cut it"),
        (with_header(30_000, 30_000), "25 million pixels"),
        (with_header(6_000, 5_000), "25 million pixels"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(data: bytes, named: str) -> None:
    with pytest.raises(UploadError, match=named):
        reencode(data)


def test_where_a_photo_was_taken_is_gone() -> None:
    assert not opened(reencode(photo_with_a_place())).getexif()


@pytest.mark.requirement("ASVS 5.2.2")
@pytest.mark.parametrize("trace", ["exif", "icc_profile", "comment"])
def test_nothing_but_the_pixels_is_carried_over(trace: str) -> None:
    assert trace not in opened(reencode(photo_with_a_place())).info


def test_a_photo_that_lies_on_its_side_is_stood_up() -> None:
    assert opened(reencode(photo_with_a_place())).size == (240, 300)


@pytest.mark.requirement("ASVS 5.2.2")
def test_what_hangs_on_behind_a_picture_is_gone() -> None:
    assert b"another one" not in reencode(make_image("JPEG") + b"another one").page.data


def test_a_large_picture_becomes_as_large_as_a_page_needs() -> None:
    made = reencode(make_image("JPEG", (2400, 1200)))
    assert [(each.width, each.height) for each in (made.page, made.small)] == [
        (PAGE_SIDE, PAGE_SIDE // 2),
        (SMALL_SIDE, SMALL_SIDE // 2),
    ]


def test_what_is_clear_becomes_white() -> None:
    clear = Image.new("RGBA", (300, 240), (0, 0, 0, 0))
    held = BytesIO()
    clear.save(held, "PNG")
    assert opened(reencode(held.getvalue())).convert("RGB").getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16"])
def test_every_way_to_store_colors_keeps_light_and_dark(mode: str) -> None:
    held = BytesIO()
    ramp = Image.linear_gradient("L").resize((300, 240))
    (ramp.convert("I").point(lambda value: value * 256).convert("I;16") if mode == "I;16" else ramp.convert(mode)).save(
        held, "PNG"
    )
    made = opened(reencode(held.getvalue())).convert("L")
    assert made.getpixel((150, 2)) < 60 < 190 < made.getpixel((150, 237))


@settings(deadline=None, max_examples=20)
@given(at=st.integers(len(NOISE) // 4, len(NOISE) - 20))
def test_the_letters_of_an_svg_that_stand_in_a_photo_by_chance_are_no_reason_to_refuse_it(at: int) -> None:
    assert reencode(NOISE[:at] + b"<svg" + NOISE[at + 4 :]).page.width == 300


@settings(deadline=None, max_examples=30)
@given(at=st.integers(0, len(PNG) - 1), put=st.binary(min_size=1, max_size=8), kind=st.sampled_from(["PNG", "WEBP"]))
def test_a_damaged_picture_is_refused_or_read_and_never_more(at: int, put: bytes, kind: str) -> None:
    whole = PNG if kind == "PNG" else make_image(kind)
    try:
        made = reencode(whole[:at] + put + whole[at + len(put) :])
    except UploadError:
        return
    assert made.page.format in ("png", "jpeg")
