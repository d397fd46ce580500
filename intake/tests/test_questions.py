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
from intake.questions_red_flags import HEALTH_CHANGED
from therapies.suitability import RED_FLAG_KEYS, VOCABULARY, Kind, emergency, same_day
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
# What a row of rules.md 9.1 or 9.2 reads, and what of that needs no question: it is counted, from what.
URGENT_KEYS = frozenset().union(*(row.when.keys for row in (*emergency.ROWS, *same_day.ROWS)))
COUNTED = {"age": "the birth date"}
# The questions with an "or" in them, and why that is one idea.
ONE_IDEA = {
    "leg_symptoms": "signs in both legs count together, whichever they are: rules.md R02",
    "leg_weakness": "a foot is part of the leg",
    "major_trauma": "one event of great force",
    "minor_trauma": "one event of little force",
    "saddle_numbness": "one area of skin",
    "urine_symptoms": "one pain, in two words",
    "worse_cough_sneeze_strain": "one sudden push inside the belly",
    "cancer_history": "cancer at any time",
    "pain_severe": "one pain that stops all else: the sense of R27",
    "new_injury": "one event that began it",
    "chronic_label": "whoever uses that word",
    "area_warm": "more or less of the same",
    "area_red": "more or less of the same",
    "pvd": "more or less of the same",
    "raynauds": "one illness; it shows in both",
    "diabetes_neuropathy": "one illness; it shows in both",
    "skin_broken": "skin that is not whole, in three words",
    "past_ice_injury": "ice is cold",
    "bleeds_easily": "a bruise is a bleed",
    "cancer_at_site": "one area",
    "cannot_remove": "one movement, away from the pack",
    "topical_heat_product": "one thing, in two words",
    "alcohol_now": "one thing, by example",
    "alcohol_with_medicine": "one thing, by example",
    "taking_nsaid": "one kind of medicine, by example",
    HEALTH_CHANGED: "anything new: a yes asks about all of it",
}
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
def test_a_choice_has_values_of_the_rules_and_not_sure(question: Question) -> None:
    *values, last = dict(question.choices)
    assert (set(values) - set(VOCABULARY[question.answers_keys[0]].choices), last) == (set(), UNKNOWN)


@pytest.mark.parametrize("key", sorted(key for key, finding in VOCABULARY.items() if finding.kind is Kind.CHOICE))
def test_every_value_of_a_choice_can_be_answered(key: str) -> None:
    answers = {value for question in QUESTIONS_OF_KEY[key] for value in dict(question.choices)}
    assert set(VOCABULARY[key].choices) <= answers


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


@pytest.mark.parametrize("key", sorted(URGENT_KEYS - set(COUNTED)))
def test_what_may_mean_an_emergency_or_a_doctor_today_is_asked_among_the_red_flags(key: str) -> None:
    of_a_group = {question.name: group for group in GROUPS for question in group.questions}
    assert [each.name for each in QUESTIONS_OF_KEY[key] if not of_a_group[each.name].red_flags] == []


def test_what_is_counted_decides_and_has_no_question() -> None:
    assert set(COUNTED) <= URGENT_KEYS & ASKED_OTHERWISE


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


def test_whoever_is_asked_about_a_pain_medicine_reads_what_no_finding_holds() -> None:
    assert re.search("ulcer or sick kidneys, ask", QUESTION_BY_NAME["taking_nsaid"].help)


def test_numb_skin_of_the_back_counts_however_old_it_is() -> None:
    assert not NEW_OR_WORSE.search(QUESTION_BY_NAME["area_numb"].text)


def test_a_question_with_an_or_is_one_idea_for_a_stated_reason() -> None:
    texts = {each.name: re.sub(r"new or (worse|more)", "new", each.text) for each in (*QUESTIONS, *CHANGES)}
    assert {name for name, text in texts.items() if re.search(r"\bor\b", text)} == set(ONE_IDEA)
