"""The screening: what may be answered, in which sentence the rest is refused, and what the rules then read."""

from collections import ChainMap
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.asking import NO, UNKNOWN, YES
from intake.models import Screening
from intake.questions import QUESTIONS
from intake.screening import advice_on, answers_to_read, findings_on
from intake.tests.factories import cleaned_answers, make_patient, make_screening, make_screening_form
from intake.tests.stored import stored_findings
from practice.models import Clinic
from therapies.suitability import VOCABULARY, Verdict, advise, read_findings

BORN, TODAY = date(1970, 4, 12), date(2026, 11, 20)


def in_days(count: int) -> date:
    return Clinic.load().today() + timedelta(days=count)


def errors(**said: Any) -> dict[str, str]:
    """The first sentence beside each field at fault."""
    form = make_screening_form(born=BORN, today=TODAY, **said)
    return {field: str(sentences[0]) for field, sentences in form.errors.items()}


def onset(**said: Any) -> date | None:
    return cleaned_answers(**said)["onset_on"]


# --- questions -----------------------------------------------------------------------------------------


def test_a_form_with_every_question_answered_is_complete() -> None:
    assert errors() == {}


@pytest.mark.parametrize("key", ["saddle_numbness", "leg_symptoms", "taking_opioid", "pregnant"])
def test_an_open_question_is_asked_for(key: str) -> None:
    assert errors(**{key: None}) == {key: "Please answer. “Not sure” is an answer."}


@pytest.mark.parametrize("answer", ["maybe", "true", "1", "a" * 10_000, "Yes"])
def test_an_answer_that_is_not_offered_is_refused(answer: str) -> None:
    assert list(errors(fever=answer)) == ["fever"]


def test_no_place_is_refused() -> None:
    assert errors(regions=[]) == {"regions": "Choose at least one place."}


@pytest.mark.parametrize("place", ["moon", "", "LOW_BACK"])
def test_a_place_that_is_not_offered_is_refused(place: str) -> None:
    assert list(errors(regions=[place])) == ["regions"]


def test_several_places_are_taken() -> None:
    assert cleaned_answers(regions=["low_back", "hip_crest"])["regions"] == ["low_back", "hip_crest"]


def test_what_brings_it_on_has_a_limit() -> None:
    assert "at most 250" in errors(brought_on_by="a" * 10_000)["brought_on_by"]


def test_a_null_character_is_refused() -> None:
    assert list(errors(brought_on_by="lift\x00ing")) == ["brought_on_by"]


# --- onset ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ago", "unit", "days"), [("0", "days", 0), ("10", "days", 10), ("2", "weeks", 14), ("3", "months", 90)]
)
def test_a_time_ago_is_counted_back_from_today(ago: str, unit: str, days: int) -> None:
    assert onset(onset_ago=ago, onset_unit=unit) == TODAY - timedelta(days=days)


def test_a_time_ago_without_a_unit_is_in_days() -> None:
    assert onset(onset_ago="3", onset_unit="") == TODAY - timedelta(days=3)


def test_a_day_is_taken_as_it_is() -> None:
    assert onset(onset_date="11/10/2026") == date(2026, 11, 10)


def test_not_sure_when_is_no_day() -> None:
    assert onset(onset_unknown="on") is None


@pytest.mark.parametrize("day", ["11/21/2026", "1/1/2027"])
def test_an_onset_to_come_is_refused(day: str) -> None:
    assert "still to come" in errors(onset_date=day)["onset_date"]


def test_an_onset_before_birth_is_refused() -> None:
    assert "before the date of birth" in errors(onset_date="4/11/1970")["onset_date"]


def test_an_onset_on_the_day_of_birth_is_believed() -> None:
    assert onset(onset_date="4/12/1970") == BORN


def test_a_time_ago_before_birth_is_refused_beside_its_field() -> None:
    assert "before the date of birth" in errors(onset_ago="999", onset_unit="months")["onset_ago"]


def test_a_day_and_a_time_ago_are_one_too_many() -> None:
    assert errors(onset_date="11/10/2026", onset_ago="10") == {
        "onset_ago": "There is a day as well. Keep one of the two."
    }


@pytest.mark.parametrize("given", [{"onset_date": "11/10/2026"}, {"onset_ago": "5"}, {"onset_ago": "0"}])
def test_not_sure_and_a_time_contradict_each_other(given: dict[str, str]) -> None:
    assert "Keep the time or “Not sure”, not both" in errors(onset_unknown="on", **given)["onset_unknown"]


def test_no_onset_at_all_is_asked_for() -> None:
    assert "Say when it began" in errors(onset_date="")["onset_date"]


@pytest.mark.parametrize("ago", ["-1", "1000", "ten", "1.5", "9" * 10_000])
def test_a_time_ago_that_is_no_believable_number_is_refused(ago: str) -> None:
    assert list(errors(onset_ago=ago)) == ["onset_ago"]


def test_a_unit_that_is_not_offered_is_refused() -> None:
    assert list(errors(onset_ago="3", onset_unit="years")) == ["onset_unit"]


@pytest.mark.parametrize("day", ["2/30/2026", "11/10/26", "soon"])
def test_an_onset_that_is_no_date_is_refused_once(day: str) -> None:
    assert list(errors(onset_date=day)) == ["onset_date"]


def test_an_onset_known_only_as_a_minimum_is_stored_so() -> None:
    assert stored_findings(cleaned_answers(onset_is_minimum="on"))["onset_is_minimum"] is True


def test_at_least_without_a_time_is_refused() -> None:
    said = errors(onset_unknown="on", onset_is_minimum="on")
    assert said == {"onset_is_minimum": "“It may be longer” needs a day or a time. Give one, or untick this."}


# --- where ---------------------------------------------------------------------------------------------


def test_no_side_is_asked_for() -> None:
    assert errors(side=None) == {"side": "Please answer. “Not sure” is an answer."}


def test_no_movement_at_all_is_asked_for() -> None:
    assert errors(movements=None) == {"movements": "Choose what fits. “Not sure” is an answer."}


@pytest.mark.parametrize("alone", ["none", UNKNOWN])
def test_no_movement_and_a_movement_contradict_each_other(alone: str) -> None:
    assert "cannot go with another choice" in errors(movements=[alone, "bending"])["movements"]


def test_no_movement_and_not_sure_contradict_each_other() -> None:
    assert "“No movement does” and “Not sure” cannot go" in errors(movements=["none", UNKNOWN])["movements"]


@pytest.mark.parametrize("ticked", ["dancing", "a" * 10_000, "\x00"])
def test_a_movement_that_is_not_offered_is_refused(ticked: str) -> None:
    assert list(errors(movements=[ticked])) == ["movements"]


# --- temperature and pregnancy -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "unit", "celsius"),
    [("98.6", "F", 37.0), ("100.4", "F", 38.0), ("98.6", "", 37.0), ("37.5", "C", 37.5), ("", "F", None)],
)
def test_a_temperature_is_kept_in_celsius(typed: str, unit: str, celsius: float | None) -> None:
    assert cleaned_answers(temperature=typed, temperature_unit=unit, fever=UNKNOWN)["temperature_c"] == celsius


@pytest.mark.parametrize(
    ("typed", "unit"), [("37.5", "F"), ("98.6", "C"), ("0", "F"), ("-40", "C"), ("200", "F"), ("45.01", "C")]
)
def test_a_temperature_that_cannot_be_is_refused(typed: str, unit: str) -> None:
    said = errors(temperature=typed, temperature_unit=unit)["temperature"]
    assert "cannot be right. Check the number and °F or °C" in said


@pytest.mark.parametrize("typed", ["warm", "NaN", "Infinity", "9" * 10_000, "98,6", "1e9"])
def test_a_temperature_that_is_no_number_is_refused(typed: str) -> None:
    assert list(errors(temperature=typed)) == ["temperature"]


def test_a_temperature_that_was_not_taken_is_no_open_answer() -> None:
    assert "temperature_c" not in read_findings(stored_findings(cleaned_answers())).unknown


def test_a_measured_fever_is_a_fever_though_it_was_not_known() -> None:
    assert "fever" in read_findings(stored_findings(cleaned_answers(temperature="101", fever=UNKNOWN))).yes


@pytest.mark.parametrize(("typed", "unit"), [("100.4", "F"), ("38", "C"), ("104", "F")])
def test_a_measured_fever_that_is_denied_is_refused(typed: str, unit: str) -> None:
    assert "the temperature is a fever" in errors(temperature=typed, temperature_unit=unit, fever=NO)["fever"]


@pytest.mark.parametrize(("typed", "unit", "fever"), [("100.3", "F", NO), ("37.9", "C", NO), ("38", "C", YES)])
def test_a_temperature_that_fits_the_answer_is_taken(typed: str, unit: str, fever: str) -> None:
    assert errors(temperature=typed, temperature_unit=unit, fever=fever) == {}


@pytest.mark.parametrize(
    "said",
    [
        {"leg_weakness": "mild_stable"},
        {"leg_weakness": "progressive_or_severe"},
        {"leg_weakness": UNKNOWN, "both_legs_weak": "both"},
    ],
)
def test_legs_that_are_well_and_are_not_are_refused(said: dict[str, str]) -> None:
    assert "For your legs the answer is No" in errors(leg_symptoms="none", **said)["leg_symptoms"]


@pytest.mark.parametrize(
    "said",
    [
        {"leg_symptoms": "one", "leg_weakness": "mild_stable", "stretch_increases_leg_pain": YES},
        {"leg_symptoms": UNKNOWN, "leg_weakness": "mild_stable"},
        {"leg_symptoms": "none", "leg_weakness": UNKNOWN, "stretch_increases_leg_pain": UNKNOWN},
        # Old pain down a leg is not new or worse.
        {"leg_symptoms": "none", "stretch_increases_leg_pain": YES},
        # Hidden: nobody is asked about both legs of whom none is weak.
        {"leg_symptoms": "none", "leg_weakness": "none", "both_legs_weak": "both"},
    ],
)
def test_legs_of_which_nothing_contradicts_are_taken(said: dict[str, str]) -> None:
    assert errors(**said) == {}


def test_a_contradiction_says_one_sentence() -> None:
    said = errors(leg_symptoms="none", leg_weakness="mild_stable", both_legs_weak="both")
    assert said == {"leg_symptoms": "A leg or foot is weak. For your legs the answer is No. Change one of them."}


def test_weeks_of_a_pregnancy_that_is_denied_are_refused() -> None:
    assert "the answer above is No" in errors(pregnant=NO, pregnant_weeks="12")["pregnant_weeks"]


@pytest.mark.parametrize("weeks", ["0", "46", "-1", "twelve"])
def test_weeks_that_cannot_be_are_refused(weeks: str) -> None:
    assert list(errors(pregnant=YES, pregnant_weeks=weeks)) == ["pregnant_weeks"]


@pytest.mark.parametrize(
    ("pregnant", "weeks", "stored"), [(YES, "12", 12), (YES, "", None), (UNKNOWN, "", None), (UNKNOWN, "12", 12)]
)
def test_a_pregnancy_is_stored_by_its_weeks(pregnant: str, weeks: str, stored: int | None) -> None:
    assert stored_findings(cleaned_answers(pregnant=pregnant, pregnant_weeks=weeks))["pregnant_weeks"] == stored


def test_no_pregnancy_leaves_no_weeks() -> None:
    assert "pregnant_weeks" not in stored_findings(cleaned_answers())


# --- what the rules read -------------------------------------------------------------------------------


def test_every_finding_is_stored_but_those_counted_anew_each_day() -> None:
    stored = stored_findings(cleaned_answers(pregnant=YES))
    assert set(VOCABULARY) - set(stored) == {"onset_days", "age"}


@pytest.mark.parametrize(("answer", "stored"), [(YES, True), (NO, False), (UNKNOWN, None)])
def test_an_answer_is_stored_as_the_rules_read_it(answer: str, stored: bool | None) -> None:
    assert stored_findings(cleaned_answers(osteoporosis=answer))["osteoporosis"] is stored


@pytest.mark.parametrize(("answer", "stored"), [("none", "none"), ("one", "one"), (UNKNOWN, None)])
def test_a_choice_is_stored_by_its_value(answer: str, stored: str | None) -> None:
    assert stored_findings(cleaned_answers(leg_symptoms=answer))["leg_symptoms"] == stored


def test_a_question_for_two_findings_answers_both() -> None:
    stored = stored_findings(cleaned_answers(area_warm=YES))
    assert stored["area_warm"]
    assert stored["area_hot"]


ONE_OF = [each for each in QUESTIONS if not each.many]
ASKED = st.fixed_dictionaries({each.name: st.sampled_from(sorted(dict(each.choices))) for each in ONE_OF})
WHEN = st.sampled_from([{"onset_ago": "0"}, {"onset_ago": "13"}, {"onset_ago": "40"}, {"onset_unknown": "on"}])
PREGNANT = st.sampled_from([{"pregnant": NO}, {"pregnant": YES, "pregnant_weeks": "20"}, {"pregnant": UNKNOWN}])
TAKEN = st.sampled_from([{}, {"temperature": "98.6"}, {"temperature": "104"}])
ANSWERS = st.builds(lambda *parts: dict(ChainMap(*parts)), PREGNANT, WHEN, TAKEN, ASKED)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(said=ANSWERS)
def test_any_answers_give_findings_that_the_rules_accept(said: dict[str, str]) -> None:
    form = make_screening_form(**said)
    # Contradictions are refused, and read all the same.
    form.is_valid()
    findings = read_findings({**stored_findings(form.cleaned_data), "onset_days": 3, "age": 40})
    assert advise(findings).ice.verdict in Verdict


# --- a sent screening on a later day -------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(("later", "days"), [(0, 10), (4, 14)])
def test_the_days_since_the_onset_are_counted_anew(later: int, days: int) -> None:
    screening = make_screening(patient=make_patient(), onset_days=10)
    day = in_days(later)
    assert findings_on(screening, day)["onset_days"] == days


@pytest.mark.django_db
def test_an_unknown_onset_stays_unknown() -> None:
    screening = make_screening(patient=make_patient(), onset_days=None)
    assert findings_on(screening, TODAY)["onset_days"] is None


@pytest.mark.django_db
def test_a_start_before_birth_is_not_known() -> None:
    screening = make_screening(patient=make_patient(birth_date=in_days(-5)), onset_days=10)
    assert findings_on(screening, in_days(0))["onset_days"] is None


@pytest.mark.django_db
def test_the_age_is_that_of_the_day() -> None:
    screening = make_screening(patient=make_patient(birth_date=BORN))
    assert findings_on(screening, TODAY)["age"] == 56


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("later", "verdict"), [(3, Verdict.SUITABLE), (4, Verdict.CAUTION), (12, Verdict.NOT_SUITABLE)]
)
def test_ice_is_advised_by_the_age_of_the_injury_on_the_day(later: int, verdict: Verdict) -> None:
    screening = make_screening(patient=make_patient(), onset_days=10)
    day = in_days(later)
    assert advice_on(screening, day).ice.verdict is verdict


def _sent(**said: Any) -> Screening:
    return make_screening(patient=make_patient(), findings=stored_findings(cleaned_answers(**said)))


@pytest.mark.django_db
def test_plain_noes_are_not_read_out() -> None:
    assert answers_to_read(_sent()) == ()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "row"),
    [
        ({"osteoporosis": YES}, ("Do you have thin bones (osteoporosis)?", "Yes")),
        ({"osteoporosis": UNKNOWN}, ("Do you have thin bones (osteoporosis)?", "Not sure")),
        ({"leg_symptoms": "one"}, ("Pain, tingling, numbness or weakness in a leg", "One leg")),
        ({"temperature": "98.6"}, ("Temperature", "98.6 °F (37.0 °C)")),
        ({"pregnant": YES, "pregnant_weeks": "20"}, ("Pregnant", "20 weeks")),
        ({"pregnant": UNKNOWN}, ("Pregnant", "Yes or not sure; weeks not known")),
    ],
)
def test_what_is_more_than_a_no_is_read_out(said: dict[str, str], row: tuple[str, str]) -> None:
    assert answers_to_read(_sent(**said)) == (row,)
