"""Sent pictures, good and bad, and rows of the clinic's own pictures."""

from functools import cache
from io import BytesIO
from typing import Any
from uuid import uuid4

from PIL import Image

from practice.models import User
from therapies.models import ClinicFigure, UploadedPicture
from therapies.tests.sample_figures import WORDS, make_figure

HASH = "0" * 64


def make_editor(**fields: Any) -> User:
    return User.objects.create(**({"username": f"editor-{uuid4()}", "display_name": "Eve Editor"} | fields))


def make_image(kind: str = "PNG", size: tuple[int, int] = (300, 240), mode: str = "RGB", **saved: Any) -> bytes:
    """The bytes of a picture as somebody might send it."""
    held = BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(held, kind, **saved)
    return held.getvalue()


@cache
def make_noise() -> bytes:
    """A JPEG that is nearly all picture data: grain, as in a photo of a dark room."""
    held = BytesIO()
    Image.effect_noise((300, 240), 80).save(held, "JPEG")
    return held.getvalue()


@cache
def photo_with_a_place() -> bytes:
    """A JPEG that says where it was taken, lies on its side, and has a profile and a comment."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (41.0, 52.0, 43.0)
    return make_image("JPEG", exif=exif, comment=b"at home", icc_profile=b"\x00" * 128)


@cache
def moving(kind: str) -> bytes:
    held = BytesIO()
    frames = [Image.new("RGB", (300, 240), color) for color in ("red", "blue")]
    frames[0].save(held, kind, save_all=True, append_images=frames[1:])
    return held.getvalue()


def make_clinic_figure(**fields: Any) -> ClinicFigure:
    defaults: dict[str, Any] = {"title": "A bend of ours", "data": make_figure(), "words": {"en": WORDS}}
    return ClinicFigure.objects.create(**(defaults | {"by": fields.pop("by", None) or make_editor()} | fields))


def make_uploaded_picture(**fields: Any) -> UploadedPicture:
    data = make_image()
    defaults: dict[str, Any] = {
        "title": "Our towel",
        "words": {"en": ["A towel."]},
        "width": 300,
        "height": 240,
        "page": data,
        "page_format": "png",
        "small": data,
        "small_format": "png",
        "content_hash": HASH,
    }
    return UploadedPicture.objects.create(**(defaults | {"by": fields.pop("by", None) or make_editor()} | fields))
