"""reencode(): the bytes of a sent picture -> a fresh picture that holds its pixels and nothing else. No Django here.

The kind is told by the content, never by the name. Nothing of the sent file is kept: no place where a photo was
taken, no color profile, no comment, and nothing that hangs on behind it.
"""

import struct
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("PNG", "JPEG", "WEBP")
# Pixels. Larger ones would take the memory of a worker to open.
MOST_PIXELS = 25_000_000
# The longer side, as it is stored for a page, and for a phone's list and paper (3 inches at 160 to the inch).
PAGE_SIDE, SMALL_SIDE = 1200, 480
# Below this a print is blurred.
LEAST_SIDE = 240
# A picture stands beside another: how many times longer than wide.
LONGEST = 3
QUALITY = 82

# What a broken or hostile file leads to in the decoder.
BROKEN = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)
USABLE = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF")
# What else people send, by its first bytes.
KINDS = (
    (b"GIF8", "a GIF"),
    (b"%PDF", "a PDF"),
    (b"PK", "a ZIP file or an office document"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"BM", "a BMP picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
)
# Far into a picture these are no chance: another file hides in it. An SVG drawing is only one from its first byte on
# (_kind_of() names it there), and the four bytes of "<svg" stand in every hundredth large photo by chance.
HIDDEN = (
    (b"<script", "a script"),
    (b"<html", "a web page"),
    (b"<!doctype", "a web page"),
    (b"<?php", "a script"),
    (b"%pdf-1.", "a PDF"),
    (b"pk\x05\x06\x00\x00", "a ZIP file"),
)
SAVE_ANEW = "Open it in a picture program and save it as a PNG or a JPEG."


class UploadError(Exception):
    """The file is no picture that can be used; the message is a sentence for whoever sent it."""


@dataclass(frozen=True)
class Rendition:
    """One size of the picture: the bytes of a PNG or a JPEG, whichever is smaller."""

    data: bytes
    format: str
    width: int
    height: int


@dataclass(frozen=True)
class Reencoded:
    page: Rendition
    small: Rendition


def reencode(data: bytes) -> Reencoded:
    """Raises UploadError, which names what is wrong."""
    _refuse_other_kinds(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            _verify(data)
            pixels = _pixels(data)
            return Reencoded(_rendition(pixels, PAGE_SIDE), _rendition(pixels, SMALL_SIDE))
    except BOMB as error:
        raise UploadError(_too_many_pixels()) from error
    except BROKEN as error:
        raise UploadError(f"This picture is broken: it cannot be read to its end. {SAVE_ANEW}") from error


def _refuse_other_kinds(data: bytes) -> None:
    if not data:
        raise UploadError("This file is empty.")
    if not data.startswith(USABLE) or (data.startswith(b"RIFF") and data[8:12] != b"WEBP"):
        raise UploadError(f"This is {_kind_of(data)}. A picture has to be a PNG, a JPEG or a WebP. {SAVE_ANEW}")
    if hidden := next(_hidden_in(data), ""):
        raise UploadError(f"This picture holds {hidden} as well. {SAVE_ANEW}")


def _kind_of(data: bytes) -> str:
    head = data[:4096].lower()
    if b"<svg" in head:
        return "an SVG drawing, which can hold scripts"
    if data[4:8] == b"ftyp":
        return "a HEIC or AVIF picture or a film"
    if b"<html" in head or b"<!doctype" in head or b"<script" in head:
        return "a web page"
    return next((words for start, words in KINDS if data.startswith(start)), "no picture that Steady knows")


def _hidden_in(data: bytes) -> Iterator[str]:
    lower = data.lower()
    return (words for sign, words in HIDDEN if sign in lower)


def _verify(data: bytes) -> None:
    """The header, the size and the checksums. Raises UploadError, or what BROKEN and BOMB hold."""
    try:
        image = Image.open(BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError as error:
        raise UploadError(f"This is no picture that Steady can read. {SAVE_ANEW}") from error
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise UploadError(_too_many_pixels())
    if max(width, height) < LEAST_SIDE:
        raise UploadError(
            f"This picture is {width} by {height} pixels: it would be blurred. At least {LEAST_SIDE} are needed."
        )
    if max(width, height) > LONGEST * min(width, height):
        raise UploadError(f"This picture is {width} by {height} pixels: cut it to less than {LONGEST} times as long.")
    # A phone's JPEG may hold a second picture behind the first, which is no animation.
    if image.format != "MPO" and getattr(image, "is_animated", False):
        raise UploadError("This picture moves. Choose one that stands still.")
    image.verify()


def _too_many_pixels() -> str:
    return f"This picture has more than {MOST_PIXELS // 1_000_000} million pixels. Save it smaller."


def _pixels(data: bytes) -> Image.Image:
    """The picture upright and on white, in a new image that carries nothing over."""
    image = Image.open(BytesIO(data), formats=FORMATS)
    # A JPEG is decoded at a fraction of its size where that is enough.
    image.draft("RGB", (2 * PAGE_SIDE, 2 * PAGE_SIDE))
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith("I"):
        upright = upright.convert("I").point(lambda value: value / 256).convert("L")
    upright.thumbnail((2 * PAGE_SIDE, 2 * PAGE_SIDE))
    clear = upright.convert("RGBA") if upright.has_transparency_data else upright.convert("RGB")
    fresh = Image.new("RGB", clear.size, "white")
    fresh.paste(clear, mask=clear.getchannel("A") if clear.mode == "RGBA" else None)
    return fresh


def _rendition(pixels: Image.Image, side: int) -> Rendition:
    image = pixels.copy()
    image.thumbnail((side, side), Image.Resampling.LANCZOS)
    png, jpeg = BytesIO(), BytesIO()
    image.save(png, "PNG", optimize=True)
    image.save(jpeg, "JPEG", quality=QUALITY, optimize=True)
    made, kind = min((png.getvalue(), "png"), (jpeg.getvalue(), "jpeg"), key=lambda each: len(each[0]))
    return Rendition(made, kind, *image.size)
