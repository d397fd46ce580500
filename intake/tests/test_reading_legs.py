"""Signs in both legs, which two questions tell of; and red-flag questions that wait for the sign they belong to."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.asking import UNKNOWN
from intake.models import Screening
from intake.questions import QUESTION_BY_NAME
from intake.screening import answers_to_read, findings_so_far, shared_answers
from intake.tests.factories import cleaned_answers, make_patient, make_screening, make_staff
from intake.tests.test_reading import reading
from therapies.suitability import VOCABULARY, Kind, Level, advise, read_findings

BORN, TODAY = date(1970, 4, 12), date(2026, 11, 20)
YES_OR_NO = sorted(key for key, finding in VOCABULARY.items() if finding.kind is Kind.YES_NO)
LEGS = [
    ("none", "none", "none"),
    ("one", "none", "one"),
    ("none", "both", "both"),
    ("one", "both", "both"),
    ("both", "none", "both"),
    ("both", UNKNOWN, "both"),
    (UNKNOWN, "both", "both"),
    ("", "both", "both"),
    ("one", UNKNOWN, "one"),
    ("one", "", "one"),
    ("none", UNKNOWN, None),
    ("none", "", None),
    (UNKNOWN, "none", None),
    (UNKNOWN, UNKNOWN, None),
]


@pytest.mark.parametrize(("felt", "weak", "found"), LEGS)
def test_the_worst_of_what_was_said_about_the_legs_counts(felt: str, weak: str, found: str | None) -> None:
    answers = {"leg_symptoms": felt, "leg_weakness": "mild_stable", "both_legs_weak": weak}
    assert reading(**answers).findings["leg_symptoms"] == found


def test_both_legs_are_not_asked_about_without_a_weak_leg() -> None:
    assert reading(leg_weakness="none", both_legs_weak="both").findings["leg_symptoms"] == "none"


@pytest.mark.parametrize("weak", ["mild_stable", "progressive_or_severe", UNKNOWN])
def test_both_legs_weak_is_an_emergency(weak: str) -> None:
    found = reading(leg_weakness=weak, both_legs_weak="both").findings
    assert "R02" in {flag.rule for flag in advise(read_findings(found)).red_flags}


@pytest.mark.parametrize("felt", ["none", "one", "both", UNKNOWN])
@pytest.mark.parametrize("weak", ["mild_stable", "progressive_or_severe", UNKNOWN])
def test_not_sure_whether_both_legs_are_weak_sets_no_plan_free(felt: str, weak: str) -> None:
    found = reading(leg_symptoms=felt, leg_weakness=weak, both_legs_weak=UNKNOWN).findings
    advice = advise(read_findings({**found, "age": 50, "onset_days": 10}))
    assert advice.unanswered or advice.level in (Level.SAME_DAY, Level.EMERGENCY)


def draft(**typed: str) -> Screening:
    return Screening(patient=make_patient(birth_date=BORN), started_by=make_staff(), typed=typed)


@pytest.mark.django_db
def test_both_legs_weak_is_read_before_the_rest_is_given() -> None:
    found = advise(read_findings(findings_so_far(draft(leg_weakness="mild_stable", both_legs_weak="both"), TODAY)))
    assert {flag.rule for flag in found.red_flags} == {"R02", "R19"}


@pytest.mark.django_db
@pytest.mark.parametrize("typed", [{}, {"leg_weakness": "mild_stable"}, {"leg_weakness": UNKNOWN}])
def test_signs_in_one_leg_are_read_before_the_weak_legs_are_asked_about(typed: dict[str, str]) -> None:
    assert findings_so_far(draft(leg_symptoms="one", **typed), TODAY)["leg_symptoms"] == "one"


@pytest.mark.django_db
def test_of_the_two_questions_about_the_legs_each_is_read_out_that_was_not_a_no() -> None:
    said = {"leg_symptoms": "one", "leg_weakness": "mild_stable", "both_legs_weak": "both"}
    typed = shared_answers(cleaned_answers(**said))
    screening = make_screening(patient=make_patient(), findings={"leg_symptoms": "both"}, typed=typed)
    assert [answer for _, answer in answers_to_read(screening)] == ["One leg", "Yes"]


# --- a sign that counts only beside another ------------------------------------------------------------

BESIDE = ("abdominal_pain", "flank_pain", "long_term_steroids")


def parents_of(name: str) -> tuple[str, ...]:
    only_if = QUESTION_BY_NAME[name].only_if
    return only_if.parents if only_if else ()


@settings(deadline=None)
@given(found=st.dictionaries(st.sampled_from(YES_OR_NO), st.booleans()), age=st.sampled_from([17, 50, 80]))
@pytest.mark.parametrize("key", BESIDE)
def test_a_red_flag_question_that_is_hidden_could_have_changed_nothing(
    key: str, found: dict[str, bool], age: int
) -> None:
    hidden = {**found, **dict.fromkeys(parents_of(key), False), "age": age}
    yes, no = (advise(read_findings({**hidden, key: answer})) for answer in (True, False))
    assert yes.as_json() == no.as_json()


@pytest.mark.parametrize("key", BESIDE)
def test_a_red_flag_question_that_is_asked_beside_its_sign_can_change_the_level(key: str) -> None:
    shown = {**dict.fromkeys(parents_of(key), True), "age": 50}
    yes, no = (advise(read_findings({**shown, key: answer})) for answer in (True, False))
    assert (yes.level is Level.NONE, no.level) == (False, Level.NONE)
