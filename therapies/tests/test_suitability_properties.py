"""The properties of rules.md section 12, on any findings."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from therapies.suitability import (
    VOCABULARY,
    Advice,
    Finding,
    Kind,
    Level,
    Modality,
    Verdict,
    advise,
    heat,
    ice,
    read_findings,
    stretching,
)
from therapies.suitability.tables import Table

Raw = dict[str, Any]
TABLES: dict[Modality, Table] = {
    Modality.ICE: ice.TABLE,
    Modality.HEAT: heat.TABLE,
    Modality.STRETCHING: stretching.TABLE,
}
INFLAMMATION = {"area_warm", "area_hot", "area_red", "area_flushed", "area_swollen"}
TIMING = {"onset_days", "onset_is_minimum", "recurrent", "new_injury", "chronic_label"}
# Everything a table reads beside the timing and the inflammation, which may turn a flare's ice to suitable.
READ = frozenset().union(*(table.keys for table in TABLES.values())) - TIMING - {"onset_days"}
RISKS = sorted(READ - INFLAMMATION)
ANSWERABLE = sorted(key for key in VOCABULARY if key not in {"onset_days", "temperature_c", "age"})


def answers_to(finding: Finding) -> list[object]:
    numbers: dict[str, list[object]] = {"temperature_c": [36.6, 37.9, 38.0], "pregnant_weeks": [0, 12, 40]}
    if finding.kind is Kind.YES_NO:
        return [True, False, None]
    return [*finding.choices, *numbers.get(finding.key, []), None]


def some_answers_to(keys: set[str], *, most: int) -> st.SearchStrategy[Raw]:
    each = [(key, answer) for key in sorted(keys) for answer in answers_to(VOCABULARY[key])]
    return st.lists(st.sampled_from(each), max_size=most).map(dict)


# A few answers beside the timing: enough to meet, few enough that not everything is barred.
some_findings: st.SearchStrategy[Raw] = st.builds(
    lambda onset, timing, signs: {"onset_days": onset, **timing, **signs},
    st.none() | st.integers(0, 45),
    some_answers_to(TIMING - {"onset_days"}, most=3),
    some_answers_to({*READ, "temperature_c"}, most=4),
)
often = settings(max_examples=150, deadline=None)


def advice(raw: Raw) -> Advice:
    return advise(read_findings(raw))


def severities(found: Advice) -> list[int]:
    return [found.for_modality(modality).verdict.severity for modality in Modality]


def never_better(after: Advice, before: Advice) -> bool:
    return all(now >= then for now, then in zip(severities(after), severities(before), strict=True))


def without(raw: Raw, key: str) -> Raw:
    return {name: value for name, value in raw.items() if name != key}


def yes_to(key: str) -> object:
    return {"pregnant_weeks": 12, "leg_symptoms": "one"}.get(key, True)


@often
@given(raw=some_findings, key=st.sampled_from(RISKS))
def test_a_risk_finding_never_improves_a_verdict(raw: Raw, key: str) -> None:
    assert never_better(advice({**raw, key: yes_to(key)}), advice(without(raw, key)))


@often
@given(raw=some_findings, key=st.sampled_from(sorted(INFLAMMATION)))
def test_inflammation_never_improves_heat(raw: Raw, key: str) -> None:
    after, before = advice({**raw, key: True}), advice(without(raw, key))
    assert after.heat.verdict.severity >= before.heat.verdict.severity


@often
@given(raw=some_findings, key=st.sampled_from(ANSWERABLE))
def test_unknown_instead_of_no_never_improves_a_verdict(raw: Raw, key: str) -> None:
    assert never_better(advice({**raw, key: None}), advice(without(raw, key)))


@often
@given(raw=some_findings, key=st.sampled_from(sorted(READ - {"leg_symptoms"})))
def test_an_unknown_that_a_table_reads_is_at_best_caution(raw: Raw, key: str) -> None:
    found = advice({**without(raw, "temperature_c"), key: None})
    reading = [modality for modality, table in TABLES.items() if key in table.keys]
    assert Verdict.SUITABLE not in [found.for_modality(modality).verdict for modality in reading]


@often
@given(raw=some_findings, pain=st.sampled_from([True, False, None]))
def test_pain_alone_never_changes_a_verdict(raw: Raw, pain: bool | None) -> None:
    assert advice({**raw, "area_painful": pain}).as_json() == advice(without(raw, "area_painful")).as_json()


@often
@given(raw=some_findings)
def test_the_verdict_is_its_first_and_strictest_reason(raw: Raw) -> None:
    for modality in Modality:
        found = advice(raw).for_modality(modality)
        strictest = max(reason.verdict.severity for reason in found.reasons)
        assert found.verdict.severity == found.reasons[0].verdict.severity == strictest


@often
@given(raw=some_findings)
def test_each_rule_gives_at_most_one_reason_for_a_modality(raw: Raw) -> None:
    for modality in Modality:
        rules = [reason.rule for reason in advice(raw).for_modality(modality).reasons]
        assert len(rules) == len(set(rules))


@often
@given(raw=some_findings)
def test_exactly_one_base_rule_speaks_for_each_modality(raw: Raw) -> None:
    for modality, table in TABLES.items():
        base = {row.rule for row in table.base}
        rules = [reason.rule for reason in advice(raw).for_modality(modality).reasons]
        assert sum(rule in base for rule in rules) == 1


@often
@given(raw=some_findings)
def test_ice_and_heat_are_never_both_suitable(raw: Raw) -> None:
    found = advice(raw)
    assert (found.ice.verdict, found.heat.verdict) != (Verdict.SUITABLE, Verdict.SUITABLE)


@often
@given(raw=some_findings)
def test_every_sentence_is_filled_in_and_ends_in_a_full_stop(raw: Raw) -> None:
    found = advice(raw)
    reasons = [reason for modality in Modality for reason in found.for_modality(modality).reasons]
    sentences = [text for reason in reasons for text in (reason.text, reason.patient_text)]
    sentences += [text for note in found.pairing for text in (note.text, note.patient_text)]
    assert all(text.endswith(".") and "{" not in text and ": ." not in text for text in sentences)


@often
@given(raw=some_findings, level=st.sampled_from([Level.EMERGENCY, Level.SAME_DAY]))
def test_an_urgent_level_bars_everything_whatever_else_is_found(raw: Raw, level: Level) -> None:
    assert severities(advise(read_findings(raw), level)) == [2, 2, 2]


@often
@given(raw=some_findings)
def test_a_review_is_caution_at_best_and_never_improves_a_verdict(raw: Raw) -> None:
    before = severities(advice(raw))
    held = severities(advise(read_findings(raw), Level.REVIEW))
    assert held == [max(severity, 1) for severity in before]


def outcome(raw: Raw, day: int) -> list[tuple[Verdict, set[str]]]:
    found = advice({**raw, "onset_days": day})
    each = [found.for_modality(modality) for modality in Modality]
    return [(one.verdict, {reason.rule for reason in one.reasons}) for one in each]


def edges(raw: Raw) -> list[set[int]]:
    """For ice, heat and stretching: the days on which the verdict or its rules differ from the day before."""
    days = [outcome(raw, day) for day in range(60)]
    return [
        {day for day in range(1, 60) if days[day][one] != days[day - 1][one]} for one in range(len(Modality))
    ]


@pytest.mark.parametrize("raw", [{}, {"recurrent": True}, {"chronic_label": True, "new_injury": True}])
def test_the_bands_change_only_at_day_14_and_22_and_stretching_at_day_3(raw: Raw) -> None:
    assert edges(raw) == [{14, 22}, {14, 22}, {3}]


@pytest.mark.parametrize("key", sorted(READ | {"onset_is_minimum"}))
@pytest.mark.parametrize("value", ["yes", "unknown"])
def test_no_finding_adds_another_edge_in_days(key: str, value: str) -> None:
    raw = {key: yes_to(key) if value == "yes" else None}
    assert set().union(*edges(raw)) <= {3, 14, 22}
