"""Uploading a picture, and showing one on pages and paper."""

from base64 import b64encode
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from practice.file_limit import MEGABYTE
from practice.models import AuditEvent, User
from practice.roles import Role
from therapies.models import UploadedPicture
from therapies.pictures import Use, faults_of, moves, pictures_of
from therapies.tests.factories_pictures import make_image, make_uploaded_picture, photo_with_a_place
from therapies.tests.test_library import staff_client

pytestmark = pytest.mark.django_db
WORDS = {"main": ["A towel."]}


@pytest.fixture
def editor() -> Client:
    return staff_client(Role.EDITOR)


def upload(client: Client, data: bytes, name: str = "towel.png", **fields: Any) -> Any:
    typed = {"title": "Our towel", "alt_en": "A folded towel.", "alt_es": "", "agreed": "on"} | fields
    return client.post(reverse("library_upload"), {**typed, "file": SimpleUploadedFile(name, data)})


def faults(response: Any, field: str = "file") -> str:
    return " ".join(response.context["form"].errors.get(field, []))


def test_an_uploaded_picture_is_stored_with_its_words(editor: Client) -> None:
    upload(editor, make_image(), alt_es="Una toalla doblada.")
    assert UploadedPicture.objects.get().words == {"en": ["A folded towel."], "es": ["Una toalla doblada."]}


def test_what_is_stored_is_not_what_was_sent(editor: Client) -> None:
    upload(editor, photo_with_a_place())
    assert b"Exif" not in bytes(UploadedPicture.objects.get().page)


def test_an_upload_is_in_the_audit_trail(editor: Client) -> None:
    upload(editor, make_image())
    assert AuditEvent.objects.filter(object_type="therapies.uploadedpicture").count() == 1


@pytest.mark.requirement("ASVS 5.2.2", "ASVS 5.2.3")
@pytest.mark.parametrize(
    ("data", "name", "named"),
    [
        (bytes(20 * MEGABYTE), "photo.png", "20.0 MB"),
        (b"<svg><script>alert(1)</script></svg>", "drawing.svg", "an SVG drawing, which can hold scripts"),
        (b"<html><script>alert(1)</script></html>", "photo.jpg", "a web page"),
        (make_image("GIF"), "photo.png", "a GIF"),
    ],
)
def test_a_bad_file_is_named_at_the_file(editor: Client, data: bytes, name: str, named: str) -> None:
    assert named in faults(upload(editor, data, name))


@pytest.mark.parametrize("field", ["title", "alt_en", "agreed", "file"])
def test_nothing_is_stored_when_something_is_missing(editor: Client, field: str) -> None:
    response = upload(editor, b"" if field == "file" else make_image(), **({} if field == "file" else {field: ""}))
    assert (bool(faults(response, field)), UploadedPicture.objects.exists()) == (True, False)


def test_a_refused_file_leaves_the_words_as_they_were_typed(editor: Client) -> None:
    assert 'value="A folded towel."' in upload(editor, b"GIF89a").content.decode()


def test_the_same_picture_is_stored_once(editor: Client) -> None:
    upload(editor, make_image())
    assert "has this picture already: “Our towel”" in faults(upload(editor, make_image(), title="Another"))


def test_a_picture_is_sent_as_our_own_and_nothing_else(client: Client) -> None:
    client.force_login(User.objects.create(kind=User.Kind.PATIENT))
    headers = client.get(reverse("uploaded_picture", args=[make_uploaded_picture().pk, "page"])).headers
    assert {name: headers[name] for name in ("Content-Type", "X-Content-Type-Options", "Content-Security-Policy")} == {
        "Content-Type": "image/png",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }


def test_a_browser_keeps_a_picture(editor: Client) -> None:
    kept = editor.get(reverse("uploaded_picture", args=[make_uploaded_picture().pk, "small"])).headers["Cache-Control"]
    assert kept == "private, max-age=31536000, immutable"


@pytest.mark.parametrize("size", ["title", "content_hash", "huge"])
def test_no_other_column_can_be_asked_for(editor: Client, size: str) -> None:
    assert editor.get(reverse("uploaded_picture", args=[make_uploaded_picture().pk, size])).status_code == 404


def test_a_page_asks_for_the_picture_at_its_address() -> None:
    picture = make_uploaded_picture()
    shown = pictures_of({"main": picture.figure}, WORDS, title="Towel")[0]
    address = reverse("uploaded_picture", args=[picture.pk, "page"])
    assert all(part in shown.svg for part in (f'href="{address}"', ">A towel.<"))


def test_paper_holds_the_picture_itself() -> None:
    picture = make_uploaded_picture()
    shown = pictures_of({"main": picture.figure}, WORDS, title="Towel", use=Use.PAPER, minutes=10)[0]
    assert f"data:image/png;base64,{b64encode(picture.small).decode()}" in shown.svg


def test_an_uploaded_picture_does_not_move() -> None:
    assert not moves(make_uploaded_picture().figure)


@pytest.mark.parametrize("figure", [{"upload": "../me"}, {"upload": "x", "size": [1, 2]}, {"upload": None, "size": 1}])
def test_what_is_no_uploaded_picture_is_a_fault(figure: dict[str, Any]) -> None:
    assert next(faults_of({"main": figure}, WORDS)).startswith("The figure “main” cannot be drawn")
