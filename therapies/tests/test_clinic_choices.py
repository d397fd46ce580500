"""D1: a clinic may allow heat in the first two weeks. Off as shipped; on, it touches H-B1 and nothing else."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.models import Clinic, Switch
from practice.tests.factories import make_decision
from practice.tests.test_roles import make_staff
from therapies.choices import choices_of
from therapies.suitability import AS_SHIPPED, Advice, ClinicChoices, Modality, Verdict, advise, heat, read_findings
from therapies.tests.test_reading_grade import MOST, grade
from therapies.tests.test_suitability_properties import (
    ANSWERABLE,
    INFLAMMATION,
    RISKS,
    never_better,
    often,
    some_findings,
    some_people,
    without,
    yes_to,
)

Raw = dict[str, Any]
EARLY_HEAT = ClinicChoices(allow_heat_under_14_days=True)
RECENT: Raw = {"onset_days": 5}


def chosen(raw: Raw) -> Advice:
    return advise(read_findings(raw), EARLY_HEAT)


def as_shipped(raw: Raw) -> Advice:
    return advise(read_findings(raw))


def test_nothing_is_chosen_as_shipped() -> None:
    assert ClinicChoices() == AS_SHIPPED


def test_a_recent_pain_gets_no_heat_as_shipped() -> None:
    assert as_shipped(RECENT).heat.verdict is Verdict.NOT_SUITABLE


@pytest.mark.parametrize("days", [0, 13])
def test_a_recent_pain_may_get_heat_with_a_clinicians_word(days: int) -> None:
    found = chosen({"onset_days": days}).heat
    assert [(reason.rule, reason.verdict) for reason in found.reasons] == [("H-B1", Verdict.CAUTION)]


def test_the_reason_names_its_sources() -> None:
    source = chosen(RECENT).heat.reasons[0].source
    assert all(name in source for name in ("American College of Physicians 2017", "Cochrane 2006", "D1"))


def test_the_patients_sentence_reads_at_grade_six() -> None:
    assert grade(chosen(RECENT).heat.reasons[0].patient_text) <= MOST


@pytest.mark.parametrize("key", ["new_injury", *sorted(INFLAMMATION)])
@pytest.mark.parametrize("answer", [True, None])
def test_a_new_injury_or_inflammation_keeps_heat_barred_even_when_it_is_only_possible(
    key: str, answer: bool | None
) -> None:
    assert chosen({**RECENT, key: answer}).heat.verdict is Verdict.NOT_SUITABLE


@pytest.mark.parametrize("row", heat.BARS, ids=lambda row: row.rule)
def test_what_forbids_heat_still_does(row: Any) -> None:
    raw = {**RECENT, "onset_days": 1, **{key: yes_to(key) for key in row.when.keys - {"onset_days"}}}
    assert chosen(raw).heat.verdict is Verdict.NOT_SUITABLE


@pytest.mark.parametrize("days", [None, 14, 21, 22, 40])
def test_other_days_are_judged_as_shipped(days: int | None) -> None:
    raw = {"onset_days": days}
    assert chosen(raw).as_json() == as_shipped(raw).as_json()


def base(days: int) -> tuple[str, Verdict]:
    reason = chosen({"onset_days": days}).heat.reasons[0]
    return reason.rule, reason.verdict


def test_the_base_bands_change_only_at_13_and_21_days() -> None:
    edges = [day for day in range(1, 60) if base(day) != base(day - 1)]
    assert edges == [14, 22]


@often
@given(raw=some_people)
def test_ice_and_stretching_do_not_notice(raw: Raw) -> None:
    now, before = chosen(raw), as_shipped(raw)
    assert (now.ice, now.stretching, now.level) == (before.ice, before.stretching, before.level)


@often
@given(raw=some_people)
def test_heat_is_never_better_than_caution_for_it(raw: Raw) -> None:
    now, before = chosen(raw).heat.verdict, as_shipped(raw).heat.verdict
    assert now is before or (now, before) == (Verdict.CAUTION, Verdict.NOT_SUITABLE)


@often
@given(raw=some_people, key=st.sampled_from(RISKS))
def test_a_risk_finding_never_improves_a_verdict(raw: Raw, key: str) -> None:
    assert never_better(chosen({**raw, key: yes_to(key)}), chosen(without(raw, key)))


@often
@given(raw=some_people, key=st.sampled_from(ANSWERABLE))
def test_unknown_instead_of_no_never_improves_a_verdict(raw: Raw, key: str) -> None:
    assert never_better(chosen({**raw, key: None}), chosen(without(raw, key)))


@often
@given(raw=some_findings, key=st.sampled_from([*sorted(INFLAMMATION), "new_injury"]))
def test_inflammation_or_an_injury_never_improves_heat(raw: Raw, key: str) -> None:
    after, before = chosen({**raw, key: True}).heat, chosen(without(raw, key)).heat
    assert after.verdict.severity >= before.verdict.severity


@often
@given(raw=some_findings)
def test_the_verdict_is_its_first_reasons(raw: Raw) -> None:
    for modality in Modality:
        found = chosen(raw).for_modality(modality)
        assert found.verdict is found.reasons[0].verdict


@pytest.mark.django_db
def test_the_clinics_switch_is_the_rules_choice() -> None:
    make_decision(switch=Switch.HEAT_UNDER_14_DAYS, by=make_staff(), signed=True)
    assert choices_of(Clinic.load()) == EARLY_HEAT


@pytest.mark.django_db
def test_without_the_switch_nothing_is_chosen() -> None:
    assert choices_of(Clinic.load()) == AS_SHIPPED
