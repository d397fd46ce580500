"""The file of a backup: any change to it is noticed."""

from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_site.keeping import sealed_files
from clinic_site.keeping.refusals import Damaged, KeepingRefused, WrongKey
from clinic_site.keeping.sealed_files import TAG, opened, seal

KEY = "a key for tests, forty characters or more"
PIECE = 16


@pytest.fixture(autouse=True, scope="module")
def small_pieces() -> Iterator[None]:
    """Pieces of 16 bytes, so that a short content has several."""
    patch = pytest.MonkeyPatch()
    patch.setattr(sealed_files, "PIECE", PIECE)
    yield
    patch.undo()


def sealed(content: bytes) -> bytes:
    into = BytesIO()
    seal([content], into, facts={"made_at": "today"}, key=KEY)
    return into.getvalue()


def read(file: bytes, key: str = KEY) -> bytes:
    return b"".join(opened(BytesIO(file), key=key)[1])


def body_of(file: bytes) -> int:
    """Where the pieces begin."""
    return file.index(b"\n", file.index(b"{")) + 1


@given(st.binary(max_size=100))
def test_what_was_sealed_is_read(content: bytes) -> None:
    assert read(sealed(content)) == content


@given(st.binary(max_size=100), st.data())
def test_a_changed_byte_anywhere_is_noticed(content: bytes, data: st.DataObject) -> None:
    file = bytearray(sealed(content))
    place = data.draw(st.integers(0, len(file) - 1))
    file[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(KeepingRefused):
        read(bytes(file))


@given(st.binary(max_size=100), st.data())
def test_a_cut_file_is_noticed(content: bytes, data: st.DataObject) -> None:
    file = sealed(content)
    with pytest.raises(Damaged):
        read(file[: data.draw(st.integers(0, len(file) - 1))])


@given(st.binary(max_size=100), st.binary(min_size=1, max_size=50))
def test_a_lengthened_file_is_noticed(content: bytes, more: bytes) -> None:
    with pytest.raises(Damaged):
        read(sealed(content) + more)


def swapped(body: bytes) -> bytes:
    size = PIECE + TAG
    return body[size : 2 * size] + body[:size] + body[2 * size :]


def one_less(body: bytes) -> bytes:
    return body[PIECE + TAG :]


def ended_early(body: bytes) -> bytes:
    return body[: 2 * (PIECE + TAG)]


@pytest.mark.parametrize("change", [swapped, one_less, ended_early])
def test_pieces_in_another_order_or_number_are_noticed(change: Callable[[bytes], bytes]) -> None:
    file = sealed(bytes(range(100)))
    start = body_of(file)
    with pytest.raises(Damaged):
        read(file[:start] + change(file[start:]))


def test_facts_of_another_file_are_noticed() -> None:
    one, other = sealed(b"one"), sealed(b"other")
    with pytest.raises(Damaged):
        read(one[: body_of(one)] + other[body_of(other) :])


def test_another_key_is_told_from_damage() -> None:
    with pytest.raises(WrongKey):
        read(sealed(b"content"), key=KEY + "!")


def test_a_short_key_is_refused() -> None:
    with pytest.raises(KeepingRefused, match="at least 32"):
        seal([b""], BytesIO(), facts={}, key="short")


def test_the_same_content_is_never_sealed_alike() -> None:
    assert sealed(b"content") != sealed(b"content")
