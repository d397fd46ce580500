"""A file that is too large is thrown away as it comes: its form still learns its size, and its other fields arrive."""

from io import BytesIO

import pytest
from django.core.files.uploadhandler import StopUpload
from django.test import RequestFactory

from practice import file_limit
from practice.file_limit import MEGABYTE, MOST_BYTES, FileLimit


def send(*sizes: int) -> RequestFactory:
    files = {f"file{place}": named(bytes(size), f"{place}.png") for place, size in enumerate(sizes)}
    request = RequestFactory().post("/", {"title": "Towel", **files})
    request.upload_handlers = [FileLimit(request)]
    return request


def named(data: bytes, name: str) -> BytesIO:
    held = BytesIO(data)
    held.name = name
    return held


def test_a_file_within_the_limit_arrives_whole() -> None:
    assert send(1000).FILES["file0"].read() == bytes(1000)


def test_a_larger_file_is_told_with_its_true_size() -> None:
    assert send(20 * MEGABYTE).FILES["file0"].size == 20 * MEGABYTE


@pytest.mark.requirement("ASVS 5.2.1")
def test_no_more_of_it_than_the_limit_is_held() -> None:
    assert len(send(20 * MEGABYTE).FILES["file0"].read()) == MOST_BYTES


def test_several_files_are_held_within_one_limit() -> None:
    files = send(4 * MEGABYTE, 4 * MEGABYTE).FILES
    assert len(files["file0"].read()) + len(files["file1"].read()) == MOST_BYTES


def test_the_other_fields_of_its_form_arrive() -> None:
    assert send(20 * MEGABYTE).POST["title"] == "Towel"


@pytest.mark.requirement("ASVS 5.2.1")
def test_what_is_far_too_large_is_not_read_to_its_end() -> None:
    handler = FileLimit()
    handler.handle_raw_input(None, {}, file_limit.CUT_OFF + 1, b"")
    with pytest.raises(StopUpload) as stopped:
        handler.new_file("file", "film.mp4", "video/mp4", 0)
    assert stopped.value.connection_reset
