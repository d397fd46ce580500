"""Asked again: what can change is asked anew, what lasts is taken over, and a change asks everything."""

from datetime import date
from typing import Any

import pytest

from intake.asking import NO, UNKNOWN, YES, Facts, Said
from intake.asking_again import Earlier, carried_findings, groups_to_ask_again, with_carried_answers
from intake.forms_screening import form_of_typed, pages_of
from intake.models import Screening
from intake.questions import QUESTIONS, QUESTIONS_OF_KEY
from intake.questions_red_flags import HEALTH_CHANGED, PAIN_CHANGED
from intake.reading import Reading
from intake.screening import findings_so_far, reading_of
from intake.tests.factories import cleaned_answers, make_patient, make_screening, make_staff, typed_answers
from intake.tests.stored import stored_findings
from practice.models import Clinic
from therapies.suitability import RED_FLAG_KEYS, VOCABULARY

BORN, TODAY = date(1970, 4, 12), date(2026, 11, 20)
BEFORE = Earlier(date(2026, 11, 1), {"diabetes": True, "ms": None, "hip_replacement": False}, ("osteoporosis",), TODAY)


def again(**answers: Any) -> Said:
    return Said(answers, Facts(50))


def names_asked(earlier: Earlier, **answers: Any) -> set[str]:
    return {name for group in groups_to_ask_again(earlier, again(**answers)) for name in group.names}


def test_what_lasts_is_not_asked_again() -> None:
    assert not {"diabetes", "hip_replacement", "onset_date", "regions"} & names_asked(BEFORE)


def test_what_can_change_is_asked_again() -> None:
    assert {"saddle_numbness", "fever", "area_warm", "topical_heat_product", "movements"} <= names_asked(BEFORE)


# What can come about while a plan runs, and bars ice or heat, or is a sign of another illness.
MAY_COME = ("past_ice_injury", "past_heat_injury", "raynauds", "cold_allergy", "inflammatory_pattern")


@pytest.mark.parametrize("key", MAY_COME)
def test_what_may_have_come_about_since_is_asked_again(key: str) -> None:
    assert {question.name for question in QUESTIONS_OF_KEY[key]} <= names_asked(Earlier(TODAY, {key: False}))


def test_every_red_flag_question_about_a_sign_is_asked_again() -> None:
    signs = {each.name for each in QUESTIONS if RED_FLAG_KEYS & set(each.answers_keys) and not each.asks_history}
    assert signs <= names_asked(BEFORE)


@pytest.mark.parametrize("answer", [YES, UNKNOWN])
def test_a_change_of_health_asks_what_lasts_as_well(answer: str) -> None:
    assert {"diabetes", "hip_replacement"} <= names_asked(BEFORE, health_changed=answer)


@pytest.mark.parametrize("answer", [YES, UNKNOWN])
def test_a_new_pain_asks_where_and_since_when(answer: str) -> None:
    assert {"regions", "onset_date", "new_injury"} <= names_asked(BEFORE, pain_changed=answer)


def test_what_was_not_known_before_is_asked_again() -> None:
    assert "ms" in names_asked(BEFORE)


def test_what_was_only_implied_before_is_asked_again() -> None:
    assert "osteoporosis" in names_asked(BEFORE)


def test_a_start_that_was_not_known_is_asked_again() -> None:
    assert "onset_date" in names_asked(Earlier(TODAY, {}))


def test_the_questions_about_changes_come_first() -> None:
    assert groups_to_ask_again(BEFORE, again())[0].names == (HEALTH_CHANGED, PAIN_CHANGED)


def test_the_questions_are_asked_again_on_fewer_pages() -> None:
    assert len(pages_of({}, born=BORN, today=TODAY, earlier=BEFORE)) <= 8


def test_what_still_stands_is_taken_over() -> None:
    assert carried_findings(BEFORE, again())["diabetes"] is True


def test_an_answer_that_was_taken_over_decides_on_its_children() -> None:
    assert with_carried_answers(again(), BEFORE).one("diabetes") == YES


def asked_again(**typed: Any) -> Reading:
    """Everything that is asked again answered with no, on top of the earlier answers."""
    earlier = Earlier(date(2026, 11, 1), stored_findings(cleaned_answers(diabetes=YES)), (), date(2026, 11, 10))
    form = form_of_typed({**typed_answers(), **typed}, born=BORN, today=TODAY, earlier=earlier)
    assert form.is_valid(), form.errors
    return reading_of(form.cleaned_data)


def test_what_is_taken_over_is_listed() -> None:
    found = asked_again(health_changed=NO, pain_changed=NO)
    assert ("diabetes" in found.carried, found.findings["diabetes"]) == (True, True)


def test_what_is_asked_again_is_not_listed_as_taken_over() -> None:
    assert not {"fever", "area_warm"} & set(asked_again(health_changed=NO, pain_changed=NO).carried)


def test_after_a_change_the_new_answer_counts() -> None:
    found = asked_again(health_changed=YES, pain_changed=NO)
    assert ("diabetes" in found.carried, found.findings["diabetes"]) == (False, False)


@pytest.mark.parametrize(("typed", "kept"), [(YES, True), (UNKNOWN, None)])
@pytest.mark.parametrize(
    ("question", "key"), [("ms", "ms"), ("known_aaa", "known_aaa"), ("stroke", "stroke_or_cord_injury")]
)
def test_a_typed_answer_is_not_dropped_for_an_earlier_no(
    question: str, key: str, typed: str, *, kept: bool | None
) -> None:
    found = asked_again(health_changed=NO, pain_changed=NO, **{question: typed})
    assert (key in found.carried, found.findings[key]) == (False, kept)


@pytest.mark.parametrize("typed", [NO, UNKNOWN])
def test_an_earlier_yes_stands_against_a_milder_typed_answer(typed: str) -> None:
    assert asked_again(health_changed=NO, pain_changed=NO, diabetes=typed).findings["diabetes"] is True


def test_asked_again_every_finding_of_the_rules_is_there() -> None:
    found = asked_again(health_changed=NO, pain_changed=NO).findings
    assert set(VOCABULARY) - set(found) == {"onset_days", "age", "pregnant_weeks"}


def draft(earlier: Screening) -> Screening:
    return Screening(patient=earlier.patient, started_by=make_staff(), based_on=earlier)


@pytest.mark.django_db
def test_a_draft_that_asks_again_holds_what_was_taken_over() -> None:
    earlier = make_screening(patient=make_patient(birth_date=BORN), findings={"diabetes": True})
    assert findings_so_far(draft(earlier), TODAY)["diabetes"] is True


@pytest.mark.django_db
def test_a_draft_that_asks_again_keeps_the_day_it_began() -> None:
    earlier = make_screening(patient=make_patient(birth_date=BORN), onset_days=10)
    assert findings_so_far(draft(earlier), Clinic.load().today())["onset_days"] == 10
