"""How long the screening is: what a person taps and reads, so that it stays under three minutes.

Questions of a calm group share one press that says no to all that is open; a red flag is answered by itself.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from intake.asking import NO, YES, Question, matters
from intake.asking_again import Earlier
from intake.forms_screening import form_of_typed, said_in
from intake.questions import QUESTION_BY_NAME
from intake.tests.factories import typed_answers

BORN, TODAY = date(1980, 4, 12), date(2026, 11, 20)
EARLIER = Earlier(date(2026, 11, 10), {}, (), date(2026, 11, 10))
ASKED_AGAIN = {"earlier": EARLIER, "health_changed": NO, "pain_changed": NO}
SEVERAL = {"leg_symptoms": "one", "leg_weakness": "mild_stable", "cancer_history": YES, "diabetes": YES, "ms": YES}
# Guessed seconds: a red flag is read and tapped, a calm group is glanced over and gets one press, a field of its own (a
# day, a place) is thought about.
A_RED_FLAG, A_CALM_QUESTION, A_PRESS, AN_OWN_FIELD = 2.0, 0.6, 2.0, 4.0
THREE_MINUTES = 180


def visible(earlier: Earlier | None = None, **said: Any) -> Iterator[tuple[bool, list[Question], int]]:
    """Of each group that is asked: whether its questions are red flags, those, and how many fields of its own."""
    form = form_of_typed(typed_answers(**said), born=BORN, today=TODAY, earlier=earlier)
    answered = said_in(form)
    for group in form.groups:
        parts = [part for part in group.parts if matters(part, answered, QUESTION_BY_NAME)]
        questions = [part for part in parts if isinstance(part, Question)]
        if parts:
            yield group.red_flags, questions, len(parts) - len(questions)


def red_flags(**said: Any) -> int:
    return sum(len(questions) for is_red, questions, _ in visible(**said) if is_red)


def all_questions(**said: Any) -> int:
    return sum(len(questions) for _, questions, _ in visible(**said))


def seconds(**said: Any) -> float:
    total = 0.0
    for is_red, questions, own in visible(**said):
        each = A_RED_FLAG if is_red else A_CALM_QUESTION
        total += A_PRESS + own * AN_OWN_FIELD + len(questions) * each
    return total


def test_a_healthy_adult_is_asked_48_red_flag_questions() -> None:
    assert red_flags() == 48


@pytest.mark.parametrize(
    ("said", "most"), [({}, 99), (ASKED_AGAIN, 90), (SEVERAL, 104)], ids=["first", "again", "several answers"]
)
def test_the_number_of_questions_has_a_bound(said: dict[str, Any], most: int) -> None:
    assert all_questions(**said) <= most


@pytest.mark.parametrize("said", [{}, ASKED_AGAIN, SEVERAL], ids=["first", "again", "several answers"])
def test_the_taps_and_glances_of_the_screening_fit_in_three_minutes(said: dict[str, Any]) -> None:
    assert seconds(**said) < THREE_MINUTES


def test_the_words_of_the_red_flag_questions_have_a_bound() -> None:
    asked = [question for is_red, questions, _ in visible() if is_red for question in questions]
    assert sum(len(f"{question.text} {question.help}".split()) for question in asked) <= 600
