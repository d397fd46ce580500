"""Dates as people write them: every way that can be meant, and a sentence for every one that cannot."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.dates import DateError, read_date, readings

MARCH_14 = date(1961, 3, 14)
WAYS = (
    "03/14/1961",
    "3/14/1961",
    "3-14-1961",
    "3.14.1961",
    "3 14 1961",
    "1961-03-14",
    "1961/3/14",
    "1961.3.14",
    "14 Mar 1961",
    "14 March 1961",
    "14-Mar-1961",
    "14/Mar/1961",
    "14th March, 1961",
    "Mar 14, 1961",
    "Mar. 14 1961",
    "march 14th 1961",
    "MARCH 14 1961",
    "  3/14/1961 ",
    "14   mar   1961",
)
NO_DATES = (
    "",
    "rivera",
    "14",
    "march",
    "3/14",
    "10001",
    "3/14/1961/2",
    "14 foo",
    "²/³/1961",
    "0/0/0",
    "1961-3",
)
SHORT_YEARS = ("3/14/61", "03-14-61", "14 Mar 61", "Mar 14, 61", "3.14.61", " 3/14/61 ")
NO_SUCH_DAYS = (
    "2/30/1961",
    "1961-02-30",
    "30 Feb 1961",
    "Feb 30, 1961",
    "0/14/1961",
    "13/13/1961",
    "2/29/1961",
)


@pytest.mark.parametrize("text", WAYS)
def test_a_date_is_read_however_it_is_written(text: str) -> None:
    assert read_date(text) == MARCH_14


@pytest.mark.parametrize("text", WAYS)
def test_an_unambiguous_date_has_one_reading(text: str) -> None:
    assert readings(text) == (MARCH_14,)


def test_numbers_that_can_be_turned_have_both_readings_month_first() -> None:
    assert readings("3/4/1961") == (date(1961, 3, 4), date(1961, 4, 3))


def test_a_labelled_field_takes_the_month_first() -> None:
    assert read_date("3/4/1961") == date(1961, 3, 4)


def test_equal_day_and_month_are_one_reading() -> None:
    assert readings("4/4/1961") == (date(1961, 4, 4),)


def test_a_day_first_date_has_its_reading_in_the_search() -> None:
    assert readings("14/3/1961") == (MARCH_14,)


def test_a_day_first_date_in_a_field_is_asked_back() -> None:
    with pytest.raises(DateError, match=r"The month comes first here.*Did you mean March 14, 1961"):
        read_date("14/3/1961")


@pytest.mark.parametrize("text", SHORT_YEARS)
def test_a_short_year_is_asked_for_in_four_digits(text: str) -> None:
    with pytest.raises(DateError, match="four digits"):
        read_date(text)


@pytest.mark.parametrize("text", SHORT_YEARS)
def test_a_short_year_is_never_guessed(text: str) -> None:
    assert readings(text) == ()


@pytest.mark.parametrize("text", NO_SUCH_DAYS)
def test_a_day_that_does_not_exist_is_said_so(text: str) -> None:
    with pytest.raises(DateError, match="There is no such day"):
        read_date(text)


@pytest.mark.parametrize("text", NO_SUCH_DAYS)
def test_a_day_that_does_not_exist_has_no_reading(text: str) -> None:
    assert readings(text) == ()


def test_the_29th_of_february_is_a_day_of_a_leap_year() -> None:
    assert read_date("2/29/1960") == date(1960, 2, 29)


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_has_no_reading(text: str) -> None:
    assert readings(text) == ()


def test_the_sentence_shows_how_to_write_a_date() -> None:
    with pytest.raises(DateError, match="like 03/14/1961 or 14 Mar 1961"):
        read_date("soon")


def test_ten_thousand_digits_are_no_date() -> None:
    assert readings("1" * 10_000) == ()


@pytest.mark.parametrize("number", range(1, 13))
def test_every_month_is_known_by_its_short_and_its_full_name(number: int) -> None:
    day = date(1961, number, 5)
    assert read_date(f"{day:%b} 5, 1961") == read_date(f"5 {day:%B} 1961") == day


def test_sept_is_september() -> None:
    assert read_date("5 Sept 1961") == date(1961, 9, 5)


@given(day=st.dates(min_value=date(1000, 1, 1)))
def test_a_date_that_is_written_is_read_again(day: date) -> None:
    for form in ("%m/%d/%Y", "%Y-%m-%d", "%d %b %Y", "%B %d, %Y"):
        assert read_date(day.strftime(form)) == day


def answer_to(text: str) -> date | str:
    """The date that is read, or the sentence that refuses it."""
    try:
        return read_date(text)
    except DateError as error:
        return str(error)


@given(text=st.text(max_size=40) | st.from_regex(r"\A[0-9]{1,5}[/. -][0-9a-z]{1,5}[/. -][0-9]{1,5}\Z"))
def test_any_text_is_either_a_date_or_refused_with_a_sentence(text: str) -> None:
    answer = answer_to(text)
    assert isinstance(answer, date) or answer.endswith((".", "?"))
