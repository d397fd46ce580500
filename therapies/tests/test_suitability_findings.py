"""Findings are read strictly: rules.md section 2."""

import pytest

from therapies.suitability import RED_FLAG_KEYS, VOCABULARY, Findings, FindingsError, Kind, read_findings
from therapies.suitability.truth import Truth


def test_true_is_a_yes() -> None:
    assert read_findings({"area_warm": True}).truth("area_warm") is Truth.YES


def test_false_is_a_no() -> None:
    assert read_findings({"area_warm": False}).truth("area_warm") is Truth.NO


def test_absent_is_a_no() -> None:
    assert read_findings({}).truth("area_warm") is Truth.NO


def test_null_is_unknown() -> None:
    assert read_findings({"area_warm": None}).truth("area_warm") is Truth.UNKNOWN


def test_a_temperature_that_was_not_measured_is_not_unanswered() -> None:
    assert read_findings({"temperature_c": None}).unanswered(VOCABULARY) == ("onset_days",)


@pytest.mark.parametrize("raw", [{}, {"onset_days": None}])
def test_a_day_count_that_is_not_given_is_unknown(raw: dict[str, object]) -> None:
    assert read_findings(raw).truth("onset_days") is Truth.UNKNOWN


@pytest.mark.parametrize(
    ("celsius", "fever"), [(37.9, Truth.NO), (38.0, Truth.YES), (38, Truth.YES), (41.5, Truth.YES)]
)
def test_a_measured_temperature_is_a_fever_from_38_0(celsius: float, fever: Truth) -> None:
    assert read_findings({"temperature_c": celsius}).truth("fever") is fever


def test_a_high_temperature_outweighs_an_answer_of_no_fever() -> None:
    assert read_findings({"fever": False, "temperature_c": 38.4}).truth("fever") is Truth.YES


def test_a_high_temperature_answers_an_unknown_fever() -> None:
    assert read_findings({"fever": None, "temperature_c": 38.4}).unanswered(["fever"]) == ()


def test_a_normal_temperature_does_not_answer_an_unknown_fever() -> None:
    assert read_findings({"fever": None, "temperature_c": 36.8}).truth("fever") is Truth.UNKNOWN


@pytest.mark.parametrize(
    ("raw", "pregnant"),
    [
        ({}, Truth.NO),
        ({"pregnant_weeks": None}, Truth.UNKNOWN),
        ({"pregnant_weeks": 0}, Truth.YES),
        ({"pregnant_weeks": 20}, Truth.YES),
    ],
)
def test_weeks_of_pregnancy_say_whether_there_is_one(raw: dict[str, object], pregnant: Truth) -> None:
    assert read_findings(raw).truth("pregnant_weeks") is pregnant


def test_an_absent_choice_is_none() -> None:
    assert read_findings({}).choice("leg_symptoms") == "none"


def test_a_null_choice_is_unknown() -> None:
    assert read_findings({"leg_symptoms": None}).choice("leg_symptoms") is None


def test_unanswered_questions_come_in_the_order_of_the_vocabulary() -> None:
    findings = read_findings({"stroke_like_signs": None, "fever": None, "saddle_numbness": None})
    assert findings.unanswered(RED_FLAG_KEYS) == ("fever", "saddle_numbness", "stroke_like_signs")


def test_findings_cannot_be_changed_after_reading() -> None:
    raw: dict[str, object] = {"onset_days": 3}
    findings = read_findings(raw)
    raw["onset_days"] = 30
    assert findings.onset_days == 3


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ({"area_nmub": True}, "'area_nmub': no finding has this name"),
        ({"area_numb": "yes"}, "area_numb: must be true, false or null, not 'yes'"),
        ({"area_numb": 1}, "area_numb: must be true, false or null, not 1"),
        ({"onset_days": "ten"}, "onset_days: must be a whole number of days, 0 to 44000, not 'ten'"),
        ({"onset_days": -1}, "onset_days: must be a whole number of days, 0 to 44000, not -1"),
        ({"onset_days": 10.0}, "onset_days: must be a whole number of days, 0 to 44000, not 10.0"),
        ({"onset_days": True}, "onset_days: must be a whole number of days, 0 to 44000, not True"),
        ({"age": 121}, "age: must be a whole number of years, 0 to 120, not 121"),
        ({"pregnant_weeks": 46}, "pregnant_weeks: must be a whole number of weeks, 0 to 45, not 46"),
        ({"pregnant_weeks": False}, "pregnant_weeks: must be a whole number of weeks, 0 to 45, not False"),
        ({"temperature_c": 100.4}, "temperature_c: must be a number of degrees Celsius, 30 to 45, not 100.4"),
        ({"temperature_c": "38"}, "temperature_c: must be a number of degrees Celsius, 30 to 45, not '38'"),
        ({"leg_symptoms": "two"}, "leg_symptoms: must be one of none, one, both, or null, not 'two'"),
        ({"leg_symptoms": True}, "leg_symptoms: must be one of none, one, both, or null, not True"),
        (
            {"leg_weakness": []},
            "leg_weakness: must be one of none, mild_stable, progressive_or_severe, or null",
        ),
    ],
)
def test_a_wrong_finding_is_refused_by_name(raw: dict[str, object], message: str) -> None:
    with pytest.raises(FindingsError) as refusal:
        read_findings(raw)
    assert str(refusal.value).startswith(message)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 10**400])
def test_a_number_that_is_none_is_refused(value: float) -> None:
    with pytest.raises(FindingsError, match="temperature_c"):
        read_findings({"temperature_c": value})


def test_a_very_long_value_is_shortened_in_the_message() -> None:
    with pytest.raises(FindingsError) as refusal:
        read_findings({"area_numb": "x" * 10_000})
    assert len(str(refusal.value)) < 200


def test_something_that_is_no_set_of_findings_is_refused() -> None:
    with pytest.raises(FindingsError, match="names with values"):
        read_findings([])


def test_every_finding_accepts_null() -> None:
    assert isinstance(read_findings(dict.fromkeys(VOCABULARY)), Findings)


@pytest.mark.parametrize("key", VOCABULARY)
def test_every_finding_has_a_label_that_fits_in_a_sentence(key: str) -> None:
    label = VOCABULARY[key].label
    assert label
    assert not label.endswith(".")
    assert "_" not in label


def test_only_choices_have_choices() -> None:
    assert all(bool(one.choices) == (one.kind is Kind.CHOICE) for one in VOCABULARY.values())


@pytest.mark.parametrize("raw", [{"age": 6, "onset_days": 2562}, {"age": 0, "onset_days": 366}])
def test_pain_that_began_before_birth_is_refused(raw: dict[str, object]) -> None:
    with pytest.raises(FindingsError, match=r"onset_days, age: .* before the birth"):
        read_findings(raw)


@pytest.mark.parametrize(
    "raw",
    [
        {"age": 6, "onset_days": 2561},
        {"age": None, "onset_days": 40_000},
        {"onset_days": None, "age": 0},
        {"onset_days": None, "onset_is_minimum": True},
        {"fever": True, "temperature_c": 37.0},
    ],
)
def test_answers_that_can_both_be_true_are_read(raw: dict[str, object]) -> None:
    assert read_findings(raw)
