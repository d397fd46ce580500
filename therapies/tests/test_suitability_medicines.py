"""Each row of rules.md section 10: findings that show it, and findings that just miss it."""

from typing import Any

import pytest

from therapies.suitability import advise, read_findings

Raw = dict[str, Any]


def shown(raw: Raw) -> list[str]:
    return [alert.rule for alert in advise(read_findings(raw)).alerts]


def every(*keys: str) -> Raw:
    return dict.fromkeys(keys, True)


NSAID: Raw = {"taking_nsaid": True}

# rule, findings that show it, findings that just miss it
ROWS = [
    ("M01", every("alcohol_with_medicine"), every("alcohol_now")),
    ("M01", every("alcohol_with_medicine"), {"alcohol_with_medicine": None}),
    ("M02", every("taking_muscle_relaxant", "taking_opioid"), every("taking_muscle_relaxant")),
    ("M02", every("taking_muscle_relaxant", "taking_antidepressant"), every("taking_antidepressant")),
    ("M02", every("taking_muscle_relaxant", "alcohol_now"), every("taking_opioid", "taking_antidepressant")),
    ("M02", every("taking_muscle_relaxant", "alcohol_with_medicine"), every("alcohol_with_medicine")),
    ("M03", every("taking_nsaid", "bleeding_risk"), NSAID),
    ("M03", every("taking_nsaid", "heart_disease"), every("heart_disease", "bleeding_risk")),
    ("M03", {**NSAID, "pregnant_weeks": 20}, {**NSAID, "pregnant_weeks": 19}),
    ("M03", {**NSAID, "pregnant_weeks": None}, {"taking_nsaid": None, "pregnant_weeks": 20}),
    ("M04", every("sedating_medicine"), {"sedating_medicine": None}),
    ("M04", every("taking_muscle_relaxant"), every("taking_antidepressant")),
    ("M04", every("taking_opioid"), NSAID),
]


@pytest.mark.parametrize(("rule", "shows", "misses"), ROWS)
def test_an_alert_is_shown_for_what_it_names(rule: str, shows: Raw, misses: Raw) -> None:
    assert rule in shown(shows)


@pytest.mark.parametrize(("rule", "shows", "misses"), ROWS)
def test_an_alert_is_not_shown_just_beside_it(rule: str, shows: Raw, misses: Raw) -> None:
    assert rule not in shown(misses)


def test_alerts_come_in_the_order_of_the_record() -> None:
    raw = every("taking_opioid", "taking_muscle_relaxant", "taking_nsaid", "heart_disease", "alcohol_with_medicine")
    assert shown(raw) == ["M01", "M02", "M03", "M04"]


def test_alerts_change_no_verdict() -> None:
    # Keys that only section 10 reads: `sedating_medicine` and heart disease have rows of their own.
    raw: Raw = {"onset_days": 30}
    now = advise(read_findings({**raw, **every("taking_opioid", "taking_muscle_relaxant", "taking_nsaid")}))
    assert now.as_json()["advice"] == advise(read_findings(raw)).as_json()["advice"]


def test_alerts_raise_no_red_flag() -> None:
    assert advise(read_findings(every("taking_opioid", "taking_muscle_relaxant"))).red_flags == ()


def test_what_matters_for_a_pain_medicine_and_is_not_asked_is_named() -> None:
    (alert,) = advise(read_findings({**NSAID, "bleeding_risk": True})).alerts
    assert "an ulcer, a stomach bleed or kidney disease, which are not asked about" in alert.text


def test_an_alert_names_what_was_found() -> None:
    (alert,) = advise(read_findings({**NSAID, "bleeding_risk": True})).alerts
    assert "(an anti-inflammatory pain medicine and easy bleeding or a blood thinner)" in alert.text
