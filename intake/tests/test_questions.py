"""The questions and the rules' vocabulary are held together here: nothing is left unasked."""

from collections import Counter

import pytest

from intake.forms_screening import ScreeningForm
from intake.questions import (
    ASKED_OTHERWISE,
    GROUPS,
    NO,
    QUESTION_BY_KEY,
    QUESTIONS,
    UNKNOWN,
    YES,
    YES_NO_UNKNOWN,
    Question,
)
from therapies.suitability import VOCABULARY, Kind

BY_CHOICE = [question for question in QUESTIONS if question.choices != YES_NO_UNKNOWN]


def test_every_finding_of_the_rules_is_asked_or_answered_otherwise() -> None:
    assert set(QUESTION_BY_KEY) | ASKED_OTHERWISE == set(VOCABULARY)


def test_nothing_is_asked_that_is_answered_otherwise() -> None:
    assert not set(QUESTION_BY_KEY) & ASKED_OTHERWISE


def test_no_finding_is_asked_twice() -> None:
    assert max(Counter(key for question in QUESTIONS for key in question.keys).values()) == 1


def test_the_groups_hold_every_question_once() -> None:
    assert [question for group in GROUPS for question in group.questions] == list(QUESTIONS)


def test_no_question_has_the_name_of_another_field() -> None:
    assert not set(QUESTION_BY_KEY) & set(ScreeningForm.base_fields)


def test_a_plain_question_answers_a_yes_or_no_finding() -> None:
    plain = {key for question in QUESTIONS if question.choices == YES_NO_UNKNOWN for key in question.keys}
    assert {VOCABULARY[key].kind for key in plain} == {Kind.YES_NO}


@pytest.mark.parametrize("question", BY_CHOICE, ids=lambda question: question.key)
def test_a_choice_has_the_values_of_the_rules_and_not_sure(question: Question) -> None:
    assert tuple(dict(question.choices)) == (*VOCABULARY[question.key].choices, UNKNOWN)


def test_every_question_can_be_answered_not_sure_last() -> None:
    assert {question.choices[-1][0] for question in QUESTIONS} == {UNKNOWN}


def test_yes_stands_before_no() -> None:
    assert tuple(dict(YES_NO_UNKNOWN)) == (YES, NO, UNKNOWN)


def test_every_question_is_a_question() -> None:
    assert all(question.text.endswith("?") for question in QUESTIONS)
