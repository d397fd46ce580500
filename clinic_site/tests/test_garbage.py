"""The collector leaves alone what the server has loaded, and still finds what a request leaves behind."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from clinic_site.garbage import NEW_OBJECTS, keep_what_is_loaded


class Loaded:
    """Something that could be garbage."""


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    threshold = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*threshold)


def test_what_is_loaded_is_not_gone_over_again() -> None:
    loaded = Loaded()
    keep_what_is_loaded()
    assert not any(each is loaded for each in gc.get_objects())


def test_what_is_left_behind_later_is_still_collected() -> None:
    keep_what_is_loaded()
    left = Loaded()
    left.itself = left
    gone = weakref.ref(left)
    del left
    gc.collect()
    assert gone() is None


def test_the_collector_comes_less_often() -> None:
    keep_what_is_loaded()
    assert gc.get_threshold()[0] == NEW_OBJECTS
