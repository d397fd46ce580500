"""The questions and the rules' vocabulary are held together here: nothing is left unasked, and all can be read."""

import re
from collections import Counter
from datetime import date

import pytest
from django import forms

from intake.asking import NO, UNKNOWN, YES, YES_NO_UNKNOWN, Question
from intake.asking_again import questions_about_changes
from intake.fields_screening import movements_field, regions_field, side_field
from intake.forms_screening import ScreeningForm
from intake.questions import ASKED_OTHERWISE, GROUPS, QUESTION_BY_NAME, QUESTIONS, QUESTIONS_OF_KEY
from therapies.suitability import RED_FLAG_KEYS, VOCABULARY, Kind
from therapies.tests.test_reading_grade import grade

MOST_GRADE = 5.0
BY_CHOICE = [question for question in QUESTIONS if question.choices != YES_NO_UNKNOWN and not question.many]
PARTS = [part for group in GROUPS for part in group.parts]
CHANGES = questions_about_changes(date(2026, 11, 20))
# What a clinic's people say, and no shorter word means: they count as two syllables.
KNOWN_NAMES = (
    "ibuprofen",
    "naproxen",
    "antidepressant",
    "osteoporosis",
    "multiple sclerosis",
    "diabetes",
    "aneurysm",
    "psoriasis",
)
NEW_OR_WORSE = re.compile(
    r"\bnew\b|\bworse\b|since this pain|with this pain|begin with|this pain s|four weeks ago", re.I
)


def plain(text: str) -> str:
    return re.sub("|".join(KNOWN_NAMES), "illness", text, flags=re.IGNORECASE)


def of_the_red_flags(question: Question) -> bool:
    return bool(RED_FLAG_KEYS & set(question.answers_keys)) and not question.asks_history


def test_every_finding_of_the_rules_is_asked_or_answered_otherwise() -> None:
    assert set(QUESTIONS_OF_KEY) | ASKED_OTHERWISE == set(VOCABULARY)


def test_nothing_is_asked_that_is_answered_otherwise() -> None:
    assert not set(QUESTIONS_OF_KEY) & ASKED_OTHERWISE


def test_no_question_is_asked_twice() -> None:
    assert max(Counter(question.name for question in QUESTIONS).values()) == 1


def test_every_field_of_the_form_is_asked_once() -> None:
    assert sorted(name for part in PARTS for name in part.names) == sorted(
        {*ScreeningForm.base_fields, *QUESTION_BY_NAME} - {"reason"}
    )


def test_no_question_has_the_name_of_another_field() -> None:
    assert not set(QUESTION_BY_NAME) & set(ScreeningForm.base_fields)


@pytest.mark.parametrize("question", BY_CHOICE, ids=lambda question: question.name)
def test_a_choice_has_the_values_of_the_rules_and_not_sure(question: Question) -> None:
    assert tuple(dict(question.choices)) == (*VOCABULARY[question.name].choices, UNKNOWN)


def test_a_plain_question_answers_a_yes_or_no_finding() -> None:
    plain_keys = {key for each in QUESTIONS if each.choices == YES_NO_UNKNOWN for key in each.answers_keys}
    assert {VOCABULARY[key].kind for key in plain_keys - {"pregnant_weeks"}} == {Kind.YES_NO}


def test_every_question_can_be_answered_not_sure_last() -> None:
    assert {question.choices[-1][0] for question in QUESTIONS} == {UNKNOWN}


def test_yes_stands_before_no() -> None:
    assert tuple(dict(YES_NO_UNKNOWN)) == (YES, NO, UNKNOWN)


def test_every_question_is_a_question() -> None:
    assert all(question.text.endswith("?") for question in QUESTIONS)


# --- the order -----------------------------------------------------------------------------------------


def test_the_signs_of_an_emergency_come_first() -> None:
    assert [group.slug for group in GROUPS[:3]] == ["urgent", "private", "other-signs"]


def test_what_the_patient_answers_alone_is_a_group_of_its_own() -> None:
    alone = {key for group in GROUPS if group.private for each in group.questions for key in each.answers_keys}
    assert alone == {
        "saddle_numbness",
        "bladder_change",
        "bowel_change",
        "sexual_change",
        "urine_symptoms",
        "blood_in_urine",
    }


def test_a_red_flag_question_is_never_answered_together_with_others() -> None:
    together = {question.name for group in GROUPS if not group.red_flags for question in group.questions}
    assert not {name for name in together if RED_FLAG_KEYS & set(QUESTION_BY_NAME[name].answers_keys)}


def test_a_parent_is_asked_before_its_children() -> None:
    names = [name for part in PARTS for name in part.names]
    late = [
        (part.names[0], above)
        for part in PARTS
        if part.only_if
        for above in (*part.only_if.parents, *part.only_if.reads)
        if names.index(above) > names.index(part.names[0])
    ]
    assert late == []


def test_answers_to_one_finding_are_taken_over_together_or_not_at_all() -> None:
    mixed = {key for key, each in QUESTIONS_OF_KEY.items() if len({question.lasting for question in each}) > 1}
    assert mixed == set()


def test_what_is_taken_over_is_guarded_by_a_question_about_changes() -> None:
    assert {part.lasting for part in PARTS} - {""} == {question.name for question in CHANGES}


# --- the words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", [*QUESTIONS, *CHANGES], ids=lambda question: question.name)
def test_a_question_reads_at_grade_five(question: Question) -> None:
    assert grade(plain(question.text)) <= MOST_GRADE


@pytest.mark.parametrize(
    "text",
    sorted({text for each in QUESTIONS for text in (each.help, *dict(each.choices).values()) if text}),
)
def test_a_help_or_an_answer_reads_at_grade_five(text: str) -> None:
    assert grade(plain(text)) <= MOST_GRADE


@pytest.mark.parametrize("field", [regions_field(), side_field(), movements_field()], ids=lambda field: field.label)
def test_a_field_of_its_own_reads_at_grade_five(field: forms.Field) -> None:
    assert grade(str(field.label)) <= MOST_GRADE


@pytest.mark.parametrize("question", list(filter(of_the_red_flags, QUESTIONS)), ids=lambda question: question.name)
def test_a_red_flag_question_asks_what_is_new_or_worse_with_this_pain(question: Question) -> None:
    assert NEW_OR_WORSE.search(question.text)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_question_speaks_to_the_person_in_one_sentence(question: Question) -> None:
    assert len(re.findall(r"[.!?]", question.text)) == 1
