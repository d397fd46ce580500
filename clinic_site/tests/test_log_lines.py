"""A line of the program's log: when, how grave, from where; and nobody's words."""

import logging
import re

import pytest
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from clinic_site.log_lines import LogLine

NAME = "Rosalind Okafor"


def written(message: str, *, error: BaseException | None = None) -> str:
    info = (type(error), error, error.__traceback__) if error else None
    return LogLine().format(logging.LogRecord("django.request", logging.ERROR, "", 1, message, None, info))


def raised() -> BaseException:
    """A fault as it reaches the log: the database quotes the row that it refuses, and a name led to that."""
    try:
        _refuse()
    except IntegrityError as error:
        return error
    raise AssertionError


def _refuse() -> None:
    try:
        int(NAME)
    except ValueError as first:
        raise IntegrityError(f"Failing row contains ({NAME}, 1951-03-04).") from first


@pytest.mark.requirement("ASVS 16.2.2")
def test_a_line_begins_with_the_time_in_utc() -> None:
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00 ", written("Not Found: /"))


@pytest.mark.requirement("ASVS 16.2.1")
def test_a_line_says_how_grave_and_from_which_part() -> None:
    assert "ERROR django.request Not Found: /" in written("Not Found: /")


@pytest.mark.requirement("ASVS 16.4.1")
@given(st.text())
def test_whatever_is_logged_is_one_line(message: str) -> None:
    assert len(written(message.replace("%", "")).splitlines()) == 1


@pytest.mark.requirement("ASVS 16.2.5")
@pytest.mark.parametrize("words", [NAME, "1951-03-04", "Failing row"])
def test_what_a_fault_said_is_not_kept(words: str) -> None:
    assert words not in written("Internal Server Error: /desk/", error=raised())


def test_what_kind_of_fault_it_was_is_kept() -> None:
    assert "django.db.utils.IntegrityError" in written("Internal Server Error: /desk/", error=raised())


def test_the_fault_that_led_to_it_is_kept_too() -> None:
    assert "builtins.ValueError" in written("Internal Server Error: /desk/", error=raised())


def test_the_place_of_a_fault_is_kept() -> None:
    assert "test_log_lines.py:" in written("Internal Server Error: /desk/", error=raised())
