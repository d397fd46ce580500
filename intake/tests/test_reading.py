"""What was said, and what the rules then read: yes, no, implied, taken over or not known; nothing is guessed."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.asking import NO, UNKNOWN, YES, Facts, Said
from intake.forms_screening import pages_of
from intake.models import Screening
from intake.questions import QUESTIONS, QUESTIONS_OF_KEY
from intake.reading import Reading, inflammatory_pattern, not_sure, read_said
from intake.screening import answers_to_read, findings_so_far, shared_answers
from intake.tests.factories import cleaned_answers, make_patient, make_screening, make_staff, plain_noes, typed_answers
from intake.tests.stored import stored_findings
from therapies.suitability import VOCABULARY, Level, advise, read_findings

BORN, TODAY = date(1970, 4, 12), date(2026, 11, 20)
SEVERAL = {key: each for key, each in QUESTIONS_OF_KEY.items() if len(each) > 1}
SPLIT = {key: each for key, each in SEVERAL.items() if key not in ("inflammatory_pattern", "leg_symptoms")}
often = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def said(*, age: int = 50, onset_days: int | None = 10, plan_days: int | None = None, **answers: Any) -> Said:
    """A "no" to everything but these answers; None leaves one open."""
    given = {name: answer for name, answer in {**plain_noes(), **answers}.items() if answer is not None}
    return Said(given, Facts(age, onset_days, plan_days=plan_days))


def reading(**given: Any) -> Reading:
    return read_said(said(**given))


# --- two ideas, one finding ----------------------------------------------------------------------------


@pytest.mark.parametrize("key", SPLIT)
def test_a_yes_to_any_of_its_questions_is_a_yes(key: str) -> None:
    answers = {SPLIT[key][-1].name: YES, SPLIT[key][0].name: UNKNOWN, "pregnant": YES}
    assert reading(onset_days=40, plan_days=20, **answers).findings[key] is True


@pytest.mark.parametrize("key", SPLIT)
def test_a_not_sure_without_a_yes_is_not_known(key: str) -> None:
    answers = {SPLIT[key][-1].name: UNKNOWN, "pregnant": YES}
    assert reading(onset_days=40, plan_days=20, **answers).findings[key] is None


@pytest.mark.parametrize("key", SPLIT)
def test_an_open_question_without_a_yes_is_not_known(key: str) -> None:
    answers = {SPLIT[key][0].name: None, "pregnant": YES}
    assert reading(onset_days=40, plan_days=20, **answers).findings[key] is None


@pytest.mark.parametrize("key", SPLIT)
def test_only_noes_are_a_no(key: str) -> None:
    assert reading(onset_days=40, plan_days=20, pregnant=YES).findings[key] is False


# --- what is only asked when it matters ----------------------------------------------------------------

HANGS_ON = {
    "pregnancy_bleeding_fluid_or_contractions": ("pregnant", "pregnancy_bleeding"),
    "ms_heat_sensitive": ("ms", "ms_heat_sensitive"),
    "diabetes_neuropathy": ("diabetes", "diabetes_neuropathy"),
    "cancer_at_site": ("cancer_history", "cancer_at_site"),
    "alcohol_with_medicine": ("taking_opioid", "alcohol_with_medicine"),
    "abdominal_pain": ("sudden_severe_onset", "abdominal_pain"),
    "flank_pain": ("urine_symptoms", "flank_pain"),
    "long_term_steroids": ("minor_trauma", "long_term_steroids"),
}


@pytest.mark.parametrize("key", HANGS_ON)
def test_a_child_of_a_no_is_implied_whatever_was_answered_before(key: str) -> None:
    found = reading(**{HANGS_ON[key][1]: YES})
    assert (found.findings[key], key in found.implied) == (False, True)


@pytest.mark.parametrize("parent", [YES, UNKNOWN])
@pytest.mark.parametrize("key", HANGS_ON)
def test_a_child_of_a_yes_or_a_not_sure_is_asked(key: str, parent: str) -> None:
    above, name = HANGS_ON[key]
    found = reading(**{above: parent, name: YES})
    assert (found.findings[key], key in found.implied) == (True, False)


@pytest.mark.parametrize("key", HANGS_ON)
def test_a_child_of_an_open_question_is_not_known(key: str) -> None:
    above, name = HANGS_ON[key]
    assert reading(**{above: None, name: None}).findings[key] is None


def test_what_was_asked_and_denied_is_not_implied() -> None:
    assert "ms" not in reading().implied


@pytest.mark.parametrize(("age", "implied"), [(60, False), (61, True)])
def test_pregnancy_is_asked_up_to_the_age_of_sixty(age: int, implied: bool) -> None:
    assert ("pregnant_weeks" in reading(age=age, pregnant=YES).implied) is implied


def test_somebody_who_is_not_asked_about_pregnancy_has_no_weeks() -> None:
    assert "pregnant_weeks" not in reading(age=61, pregnant=YES).findings


@pytest.mark.parametrize(("days", "asked"), [(27, False), (28, True), (None, True)])
def test_four_weeks_without_getting_better_are_asked_from_day_28(days: int | None, asked: bool) -> None:
    assert reading(onset_days=days, no_better_in_4_weeks=YES).findings["not_improving"] is asked


def test_four_weeks_are_asked_about_when_it_may_be_longer() -> None:
    answers = {**said(no_better_in_4_weeks=YES).answers}
    asked = read_said(Said(answers, Facts(50, onset_days=3, onset_is_minimum=True)))
    assert asked.findings["not_improving"] is True


@pytest.mark.parametrize(("days", "asked"), [(None, False), (13, False), (14, True)])
def test_the_plan_is_asked_about_after_two_weeks(days: int | None, asked: bool) -> None:
    assert reading(plan_days=days, no_better_on_plan=YES).findings["not_improving"] is asked


# --- R17: a pain of many months ------------------------------------------------------------------------

TWO_SIGNS = {"began_before_45": YES, "inflammatory_signs": ["wakes", "family"]}


@pytest.mark.parametrize(
    ("began", "signs", "found"),
    [
        (YES, ["wakes", "family"], True),
        (YES, ["wakes", "family", UNKNOWN], True),
        (YES, ["wakes"], False),
        (YES, ["none"], False),
        (YES, ["wakes", UNKNOWN], None),
        (YES, [UNKNOWN], None),
        (YES, [], None),
        (YES, ["none", "wakes"], None),
        (UNKNOWN, ["wakes", "family"], None),
        (UNKNOWN, ["wakes"], False),
        (NO, ["wakes", "family"], False),
        ("", ["wakes", "family"], None),
    ],
)
def test_two_signs_and_an_early_start_make_the_pattern(began: str, signs: list[str], found: bool | None) -> None:
    assert inflammatory_pattern(said(began_before_45=began, inflammatory_signs=signs)) is found


@pytest.mark.parametrize(("age", "found"), [(34, True), (35, False)])
def test_being_younger_than_35_is_a_sign_by_itself(age: int, found: bool) -> None:
    assert inflammatory_pattern(said(age=age, inflammatory_signs=["wakes"])) is found


@pytest.mark.parametrize(("age", "found"), [(44, True), (45, None)])
def test_somebody_under_45_is_not_asked_about_the_start(age: int, found: bool | None) -> None:
    answers = {**TWO_SIGNS, "began_before_45": None}
    assert reading(age=age, onset_days=200, **answers).findings["inflammatory_pattern"] is found


@pytest.mark.parametrize(("days", "implied"), [(91, True), (92, False), (None, False)])
def test_the_pattern_is_asked_after_three_months(days: int | None, implied: bool) -> None:
    assert ("inflammatory_pattern" in reading(age=40, onset_days=days).implied) is implied


def test_a_pain_called_long_term_is_asked_about_at_once() -> None:
    assert reading(onset_days=2, chronic_label=YES, **TWO_SIGNS).findings["inflammatory_pattern"] is True


@pytest.mark.parametrize(("age", "days", "implied"), [(45, 200, False), (46, 200, True), (46, 400, False)])
def test_a_pain_that_began_late_is_not_asked_about(age: int, days: int, implied: bool) -> None:
    assert ("inflammatory_pattern" in reading(age=age, onset_days=days).implied) is implied


# --- what makes it worse -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ticked", "bending", "arching"),
    [
        (["bending"], True, False),
        (["arching"], False, True),
        (["standing", "sitting"], False, True),
        (["none"], False, False),
        ([UNKNOWN], None, None),
        ([], None, None),
    ],
)
def test_movements_are_read_as_the_rules_know_them(
    ticked: list[str], bending: bool | None, arching: bool | None
) -> None:
    found = reading(movements=ticked).findings
    assert (found["worse_bending"], found["worse_arching"]) == (bending, arching)


# --- any answers ---------------------------------------------------------------------------------------

ONE_OF = [each for each in QUESTIONS if not each.many]
ANY = st.fixed_dictionaries({each.name: st.sampled_from(["", *dict(each.choices)]) for each in ONE_OF})
AGES = st.sampled_from([17, 34, 44, 45, 60, 61, 80])
DAYS = st.sampled_from([None, 0, 27, 28, 91, 92, 4000])


@often
@given(answers=ANY, age=AGES, days=DAYS)
def test_every_finding_is_there_whatever_is_answered(answers: dict[str, str], age: int, days: int | None) -> None:
    found = read_said(Said(answers, Facts(age, days))).findings
    assert set(QUESTIONS_OF_KEY) - set(found) <= {"pregnant_weeks"}


@often
@given(answers=ANY, age=AGES, days=DAYS)
def test_an_open_answer_is_never_read_as_a_no(answers: dict[str, str], age: int, days: int | None) -> None:
    found = read_said(Said(answers, Facts(age, days)))
    single = {key: each[0].name for key, each in QUESTIONS_OF_KEY.items() if len(each) == 1 and key != "pregnant_weeks"}
    wrong = {key for key, name in single.items() if answers.get(name) in ("", UNKNOWN) and found.findings[key] is False}
    assert wrong <= set(found.implied)


@often
@given(answers=ANY, age=AGES, days=DAYS, name=st.sampled_from([each.name for each in ONE_OF]))
def test_a_not_sure_never_lowers_the_level_that_a_no_gives(
    answers: dict[str, str], age: int, days: int | None, name: str
) -> None:
    def found_with(answer: str) -> dict[str, object]:
        return dict(read_said(Said({**answers, name: answer}, Facts(age, days))).findings)

    def unanswered(found: dict[str, object]) -> set[str]:
        return set(advise(read_findings({**found, "age": age, "onset_days": days})).unanswered)

    no, not_sure = found_with(next(each.plain_no for each in ONE_OF if each.name == name)), found_with(UNKNOWN)
    # "Not sure" opens further questions: what a yes to one of them answers is open no more, but a sign.
    assert unanswered(no) <= unanswered(not_sure) | {key for key, value in not_sure.items() if value is True}


# --- a draft so far ------------------------------------------------------------------------------------


def draft(*, born: date = BORN, **typed: Any) -> Screening:
    return Screening(patient=make_patient(birth_date=born), started_by=make_staff(), typed=typed)


@pytest.mark.django_db
def test_nothing_answered_yet_is_nothing_known() -> None:
    found = findings_so_far(draft(), TODAY)
    assert {key for key, value in found.items() if value is not None} == {"age", "onset_is_minimum"}


@pytest.mark.django_db
def test_a_draft_holds_every_finding_of_the_rules() -> None:
    assert set(findings_so_far(draft(), TODAY)) == set(VOCABULARY)


@pytest.mark.django_db
def test_one_answer_is_read_before_the_rest_is_given() -> None:
    found = advise(read_findings(findings_so_far(draft(saddle_numbness=YES), TODAY)))
    assert found.level is Level.EMERGENCY


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["maybe", "", "x" * 10_000, ["yes"], "YES"])
def test_an_answer_that_is_not_offered_is_not_known(typed: Any) -> None:
    assert findings_so_far(draft(fever=typed), TODAY)["fever"] is None


@pytest.mark.django_db
def test_a_day_that_cannot_be_is_not_known() -> None:
    assert findings_so_far(draft(onset_date="4/11/1970"), TODAY)["onset_days"] is None


@pytest.mark.django_db
def test_a_draft_counts_the_days() -> None:
    assert findings_so_far(draft(onset_ago="2", onset_unit="weeks"), TODAY)["onset_days"] == 14


@pytest.mark.django_db
def test_a_whole_draft_says_the_same_as_when_it_is_sent() -> None:
    typed = typed_answers(fever=UNKNOWN, movements=["bending"], temperature="98.6")
    sent = stored_findings(cleaned_answers(fever=UNKNOWN, movements=["bending"], temperature="98.6"))
    assert findings_so_far(draft(**typed), TODAY) == {**sent, "onset_days": 10, "age": 56}


# --- pages and reading out -----------------------------------------------------------------------------


def test_a_page_whose_questions_do_not_matter_is_left_out() -> None:
    pages = pages_of({"onset_ago": "3", "recurrent": NO, "chronic_label": NO}, born=BORN, today=TODAY)
    assert "long" not in {page.slug for page in pages}


def test_a_page_whose_questions_matter_is_there() -> None:
    pages = pages_of({"onset_ago": "4", "onset_unit": "months"}, born=date(1995, 1, 1), today=TODAY)
    assert "long" in {page.slug for page in pages}


@pytest.mark.django_db
def test_what_was_not_asked_is_read_out_with_the_reason() -> None:
    screening = make_screening(patient=make_patient(), implied=["ms_heat_sensitive"])
    assert answers_to_read(screening) == (("Does heat make your MS worse?", "Not asked: no MS"),)


@pytest.mark.django_db
def test_movements_are_read_out() -> None:
    screening = make_screening(patient=make_patient(), movements=["bending", "sitting"])
    assert answers_to_read(screening) == (("What makes it hurt more?", "Bending forward, sitting"),)


@pytest.mark.django_db
def test_of_several_questions_the_one_that_was_not_a_no_is_read_out() -> None:
    screening = make_screening(
        patient=make_patient(), findings={"bladder_change": True}, typed={"leaks_pee": "yes", "cannot_pee": "unknown"}
    )
    assert answers_to_read(screening) == (
        ("Is it hard to pee, new or worse with this pain?", "Not sure"),
        ("Do you leak pee, new or worse with this pain?", "Yes"),
    )


def test_a_sent_screening_keeps_which_of_several_questions_it_was() -> None:
    kept = shared_answers(cleaned_answers(leaks_pee=YES, cannot_pee=NO, ms=YES))
    assert kept == {"leaks_pee": YES}


def test_a_hidden_question_is_not_kept_as_an_answer() -> None:
    assert shared_answers(cleaned_answers(pregnancy_fluid=YES)) == {}


@pytest.mark.django_db
def test_a_finding_of_several_questions_is_read_out_by_its_name() -> None:
    screening = make_screening(patient=make_patient(), findings={"bladder_change": True})
    assert answers_to_read(screening) == (("A change in passing or holding pee", "Yes"),)


# --- not sure, before all is answered ------------------------------------------------------------------


def just(**answers: Any) -> Said:
    """These answers alone; everything else is still open."""
    return Said(answers, Facts(age=50))


def test_an_open_question_is_not_not_sure() -> None:
    assert not_sure(just(saddle_numbness=NO)) == frozenset()


@pytest.mark.parametrize("key", SPLIT)
def test_not_sure_of_one_of_its_questions_counts_before_the_others_are_answered(key: str) -> None:
    assert key in not_sure(just(**{SPLIT[key][0].name: UNKNOWN}))


def test_not_sure_which_movement_hurts_is_not_sure_of_each() -> None:
    assert not_sure(just(movements=[UNKNOWN])) == {"worse_bending", "worse_arching"}


def test_a_yes_beside_a_not_sure_is_a_yes() -> None:
    assert "bladder_change" not in not_sure(just(cannot_pee=UNKNOWN, leaks_pee=YES))


def test_when_it_began_decides_nothing_before_the_signs_are_answered() -> None:
    assert not_sure(just(began_before_45=UNKNOWN)) == frozenset()


def test_when_it_began_decides_once_there_are_signs_enough() -> None:
    said = just(began_before_45=UNKNOWN, inflammatory_signs=["wakes", "buttock"])
    assert not_sure(said) == {"inflammatory_pattern"}
