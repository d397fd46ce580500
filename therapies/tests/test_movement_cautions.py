"""A movement's own cautions against a person's answers: unknown is never no."""

import pytest

from therapies.movement_cautions import (
    ACTIONS,
    NOT_ASKED_WORDS,
    Caution,
    cautions_that_apply,
    conditions_not_asked,
    words_for,
)
from therapies.suitability import VOCABULARY, label_of

AVOID = {"condition": "osteoporosis", "action": "avoid"}
ADAPT = {"condition": "hip_replacement", "action": "adapt"}
PREGNANT = {"condition": "pregnant_weeks", "action": "avoid"}
LEG = {"condition": "leg_symptoms", "action": "adapt"}
EARLY = {"condition": "onset_days", "action": "avoid"}
STENOSIS = {"condition": "spinal_stenosis", "action": "avoid"}


@pytest.mark.parametrize(
    ("caution", "findings"),
    [
        (AVOID, {"osteoporosis": True}),
        (AVOID, {"osteoporosis": None}),
        (ADAPT, {"hip_replacement": True}),
        (PREGNANT, {"pregnant_weeks": 16}),
        (PREGNANT, {"pregnant_weeks": 40}),
        (PREGNANT, {"pregnant_weeks": None}),
        (LEG, {"leg_symptoms": "one"}),
        (LEG, {"leg_symptoms": "both"}),
        (LEG, {"leg_symptoms": None}),
        (EARLY, {"onset_days": 0}),
        (EARLY, {"onset_days": 21}),
        (EARLY, {"onset_days": None}),
        (EARLY, {}),
    ],
)
def test_a_caution_applies(caution: dict[str, str], findings: dict[str, object]) -> None:
    assert [each.condition for each in cautions_that_apply([caution], findings)] == [caution["condition"]]


@pytest.mark.parametrize(
    ("caution", "findings"),
    [
        (AVOID, {}),
        (AVOID, {"osteoporosis": False}),
        (AVOID, {"hip_replacement": True}),
        (PREGNANT, {}),
        (PREGNANT, {"pregnant_weeks": 15}),
        (PREGNANT, {"pregnant_weeks": 1}),
        (LEG, {"leg_symptoms": "none"}),
        (EARLY, {"onset_days": 22}),
    ],
)
def test_a_caution_does_not_apply(caution: dict[str, str], findings: dict[str, object]) -> None:
    assert cautions_that_apply([caution], findings) == ()


def test_a_condition_that_the_screening_does_not_ask_is_not_decided_by_answers() -> None:
    assert cautions_that_apply([STENOSIS], {}) == ()


def test_a_condition_that_the_screening_does_not_ask_is_to_be_asked_about() -> None:
    assert conditions_not_asked([AVOID, STENOSIS, PREGNANT]) == ("spinal_stenosis",)


@pytest.mark.parametrize(
    ("condition", "words"),
    [("spinal_stenosis", "a narrow spinal canal (stenosis)"), ("shoulder_surgery", "shoulder surgery")],
)
def test_a_condition_has_words(condition: str, words: str) -> None:
    assert words_for(condition) == words


def test_no_condition_is_named_in_words_that_the_screening_asks_itself() -> None:
    assert not set(NOT_ASKED_WORDS) & set(VOCABULARY)


def test_each_caution_is_looked_at_for_itself() -> None:
    applying = cautions_that_apply([AVOID, ADAPT, LEG], {"osteoporosis": True, "leg_symptoms": "one"})
    assert [each.condition for each in applying] == ["osteoporosis", "leg_symptoms"]


@pytest.mark.parametrize("action", ACTIONS)
def test_only_avoid_forbids(action: str) -> None:
    assert Caution("osteoporosis", action, answer_known=True).forbids == (action == "avoid")


def test_the_reason_names_the_condition_in_words() -> None:
    because = Caution("osteoporosis", "avoid", answer_known=True).because
    assert because == f"This movement is not for people with {label_of('osteoporosis')}."


def test_the_reason_says_that_it_is_too_early() -> None:
    because = Caution("onset_days", "avoid", answer_known=True).because
    assert because == "This movement is not for people with pain that is less than three weeks old."


def test_the_reason_says_when_the_answer_is_missing() -> None:
    [caution] = cautions_that_apply([AVOID], {"osteoporosis": None})
    assert caution.because == f"This movement needs an answer about {label_of('osteoporosis')}: it was “not sure”."
