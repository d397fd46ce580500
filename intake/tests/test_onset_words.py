"""What was said as "about 2 weeks ago" is read out as that, beside the day that it is counted as."""

from datetime import date
from typing import Any

import pytest

from intake.chart import every_answer
from intake.models import Screening
from intake.onset_words import about_words, onset_as_said, onset_words
from intake.screening import answers_to_read
from intake.tests.factories import cleaned_answers, make_patient, make_screening

TWO_WEEKS = {"onset_ago": 2, "onset_unit": "weeks"}


def began(typed: dict[str, Any], day: date | None = date(2026, 11, 6), **findings: object) -> Screening:
    return Screening(typed=typed, onset_date=day, findings=findings)


@pytest.mark.parametrize(
    ("ago", "unit", "words"),
    [
        (2, "weeks", "about 2 weeks before Fri, Nov 20, 2026"),
        (1, "months", "about 1 month before Sun, Dec 6, 2026"),
        (14, "days", "about 14 days before Fri, Nov 20, 2026"),
    ],
)
def test_a_guess_is_read_out_as_it_was_said(ago: int, unit: str, words: str) -> None:
    assert about_words(began({"onset_ago": ago, "onset_unit": unit})) == words


def test_the_chart_says_both_the_guess_and_the_day() -> None:
    words = "About 2 weeks before Fri, Nov 20, 2026 (counted as Fri, Nov 6, 2026)"
    assert onset_words(began(TWO_WEEKS)) == words


def test_a_guess_that_may_be_longer_says_so() -> None:
    assert onset_words(began(TWO_WEEKS, onset_is_minimum=True)).endswith("Nov 6, 2026), or before")


def test_a_day_is_read_out_as_a_day() -> None:
    assert onset_words(began({})) == "Fri, Nov 6, 2026"


def test_no_day_is_not_sure() -> None:
    assert onset_words(began(TWO_WEEKS, None)) == "Not sure"


def test_what_was_said_is_kept() -> None:
    assert onset_as_said(cleaned_answers(onset_ago="2", onset_unit="weeks"), None) == TWO_WEEKS


@pytest.mark.parametrize("said", [{"onset_date": "11/06/2026"}, {"onset_unknown": "on"}, {"onset_ago": "0"}])
def test_what_was_no_guess_is_not_kept_as_one(said: dict[str, str]) -> None:
    assert onset_as_said(cleaned_answers(**said), began(TWO_WEEKS)) == {}


def test_a_guess_that_is_not_asked_again_is_taken_over() -> None:
    assert onset_as_said({}, began(TWO_WEEKS | {"leaks_pee": "yes"})) == TWO_WEEKS


@pytest.mark.django_db
def test_the_record_reads_it_out() -> None:
    screening = make_screening(patient=make_patient(), onset_days=14, typed=TWO_WEEKS)
    answers = {row.question: row.answer for row in every_answer(screening)[0].answers}
    assert answers["When it began"].startswith("About 2 weeks before")


@pytest.mark.django_db
def test_the_desk_reads_it_out() -> None:
    screening = make_screening(patient=make_patient(), onset_days=14, typed=TWO_WEEKS)
    assert dict(answers_to_read(screening))["When it began, as it was said"].startswith("About 2 weeks before")
