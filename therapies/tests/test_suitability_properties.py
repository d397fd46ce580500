"""The properties of rules.md section 12, on any findings."""

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from therapies.suitability import (
    AS_SHIPPED,
    RED_FLAG_KEYS,
    VOCABULARY,
    Advice,
    ClinicChoices,
    Finding,
    Kind,
    Level,
    Modality,
    Verdict,
    advise,
    emergency,
    heat,
    ice,
    read_findings,
    red_flags,
    stretching,
)
from therapies.suitability.tables import Table
from therapies.suitability.truth import Truth
from therapies.tests.test_suitability_red_flags import ROWS as FLAG_ROWS

Raw = dict[str, Any]
TABLES: dict[Modality, Table] = {
    Modality.ICE: ice.TABLE,
    Modality.HEAT: heat.TABLE,
    Modality.STRETCHING: stretching.TABLE,
}
# Each row of 9.1 with findings that fire it alone.
EMERGENCIES = [(rule, fires) for rule, level, fires, _ in FLAG_ROWS if level is Level.EMERGENCY]
INFLAMMATION = {"area_warm", "area_hot", "area_red", "area_flushed", "area_swollen"}
TIMING = {"onset_days", "onset_is_minimum", "recurrent", "new_injury", "chronic_label"}
# Everything a table reads beside the timing and the inflammation, which may turn a flare's ice to suitable.
READ = frozenset().union(*(table.keys for table in TABLES.values())) - TIMING - {"onset_days"}
# Section 9's own findings: its red-flag set, and those of other groups that its rows read.
FLAGGED = frozenset().union(*(row.when.keys for row in red_flags.ROWS))
RISKS = sorted((READ | FLAGGED) - INFLAMMATION - TIMING - {"temperature_c", "age"})
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
# The same with the red flags of section 9, which bar nearly everything.
some_red_flags = some_answers_to({*(FLAGGED - TIMING - {"age"}), "temperature_c"}, most=4)
some_people: st.SearchStrategy[Raw] = st.builds(
    lambda found, flags, age: {**found, **flags, "age": age},
    some_findings,
    some_red_flags,
    st.sampled_from([17, 18, 40, 59, 60, 69, 70]),
)
# Red flags leave little to compare: half of these have none.
anybody = some_findings | some_people
often = settings(max_examples=150, deadline=None)
# For what is tried key by key.
each_time = settings(max_examples=25, deadline=None)
any_choices = st.sampled_from([AS_SHIPPED, ClinicChoices(allow_heat_under_14_days=True)])


def advice(raw: Raw, choices: ClinicChoices = AS_SHIPPED) -> Advice:
    return advise(read_findings(raw), choices)


def severities(found: Advice) -> list[int]:
    return [found.for_modality(modality).verdict.severity for modality in Modality]


def never_better(after: Advice, before: Advice) -> bool:
    return all(now >= then for now, then in zip(severities(after), severities(before), strict=True))


def without(raw: Raw, key: str) -> Raw:
    return {name: value for name, value in raw.items() if name != key}


def yes_to(key: str) -> object:
    return {"pregnant_weeks": 12, "leg_symptoms": "one", "leg_weakness": "mild_stable"}.get(key, True)


@pytest.mark.parametrize("key", RISKS)
@each_time
@given(raw=anybody, choices=any_choices)
def test_a_risk_finding_never_improves_a_verdict(key: str, raw: Raw, choices: ClinicChoices) -> None:
    assert never_better(advice({**raw, key: yes_to(key)}, choices), advice(without(raw, key), choices))


@pytest.mark.parametrize("key", RISKS)
def test_beside_any_one_other_finding_a_risk_finding_never_improves_a_verdict(key: str) -> None:
    others = [
        {other: yes_to(other)} for other in VOCABULARY if other not in {key, "onset_days", "temperature_c", "age"}
    ]
    found = [{"onset_days": days, **other} for days in (10, 18, 30) for other in others]
    assert [raw for raw in found if not never_better(advice({**raw, key: yes_to(key)}), advice(raw))] == []


@often
@given(raw=anybody, choices=any_choices)
def test_a_measured_fever_never_improves_a_verdict(raw: Raw, choices: ClinicChoices) -> None:
    assert never_better(advice({**raw, "temperature_c": 38.0}, choices), advice(without(raw, "temperature_c"), choices))


@pytest.mark.parametrize("key", sorted(INFLAMMATION | {"new_injury"}))
@each_time
@given(raw=anybody, days=st.none() | st.integers(14, 45))
def test_past_the_recent_band_inflammation_and_injury_never_improve_a_verdict(
    key: str, raw: Raw, days: int | None
) -> None:
    # In the recent band they may: a flare's ice is at caution, that of a new injury is suitable.
    past = {**raw, "onset_days": days}
    assert never_better(advice({**past, key: True}), advice(without(past, key)))


@often
@given(raw=some_people, key=st.sampled_from([*RISKS, *sorted(INFLAMMATION)]))
def test_a_risk_finding_never_lowers_the_level(raw: Raw, key: str) -> None:
    after, before = advice({**raw, key: yes_to(key)}), advice(without(raw, key))
    assert after.level.severity >= before.level.severity


@often
@given(raw=some_people, key=st.sampled_from(ANSWERABLE))
def test_unknown_instead_of_no_never_lowers_the_level(raw: Raw, key: str) -> None:
    after, before = advice({**raw, key: None}), advice(without(raw, key))
    assert after.level.severity >= before.level.severity


@pytest.mark.parametrize("key", sorted(RED_FLAG_KEYS))
@each_time
@given(raw=some_people)
def test_an_unknown_red_flag_is_always_listed(key: str, raw: Raw) -> None:
    # A measured fever answers the question about fever.
    assert key in advice({**without(raw, "temperature_c"), key: None}).unanswered


@often
@given(raw=some_people)
def test_nothing_is_listed_as_unanswered_that_was_answered(raw: Raw) -> None:
    unknown = {key for key, value in raw.items() if value is None}
    assert set(advice(raw).unanswered) <= unknown & RED_FLAG_KEYS


def test_each_emergency_of_the_record_is_tried_alone() -> None:
    assert {rule for rule, _ in EMERGENCIES} == {row.rule for row in emergency.ROWS}


@pytest.mark.parametrize(("rule", "alone"), EMERGENCIES)
@each_time
@given(raw=some_people, choices=any_choices)
def test_an_emergency_always_wins(rule: str, alone: Raw, raw: Raw, choices: ClinicChoices) -> None:
    found = advice({**raw, **alone}, choices)
    assert (found.level, severities(found), found.pairing) == (Level.EMERGENCY, [2, 2, 2], ())


@pytest.mark.parametrize(("rule", "alone"), EMERGENCIES)
@each_time
@given(raw=some_people)
def test_an_emergency_is_told_first_and_by_its_rule(rule: str, alone: Raw, raw: Raw) -> None:
    flags = advice({**raw, **alone}).red_flags
    first = [flag.rule for flag in flags if flag.level is Level.EMERGENCY]
    assert [flag.rule for flag in flags][: len(first)] == first
    assert rule in first


@often
@given(raw=some_people)
def test_the_level_is_the_highest_red_flag(raw: Raw) -> None:
    found = advice(raw)
    highest = max((flag.level for flag in found.red_flags), key=lambda one: one.severity, default=Level.NONE)
    assert found.level is highest


@often
@given(raw=some_people)
def test_red_flags_come_strictest_first(raw: Raw) -> None:
    severities_of_flags = [flag.level.severity for flag in advice(raw).red_flags]
    assert severities_of_flags == sorted(severities_of_flags, reverse=True)


@often
@given(raw=some_people)
def test_the_index_finds_just_the_rows_that_are_certain(raw: Raw) -> None:
    findings = read_findings(raw)
    one_by_one = {row for row in red_flags.ROWS if row.when.truth(findings) is Truth.YES}
    assert set(red_flags.INDEX.firing(findings)) == one_by_one


@often
@given(raw=some_findings, key=st.sampled_from(sorted(INFLAMMATION)))
def test_inflammation_never_improves_heat(raw: Raw, key: str) -> None:
    after, before = advice({**raw, key: True}), advice(without(raw, key))
    assert after.heat.verdict.severity >= before.heat.verdict.severity


@pytest.mark.parametrize("key", ANSWERABLE)
@each_time
@given(raw=anybody, choices=any_choices)
def test_unknown_instead_of_no_never_improves_a_verdict(key: str, raw: Raw, choices: ClinicChoices) -> None:
    assert never_better(advice({**raw, key: None}, choices), advice(without(raw, key), choices))


@often
@given(raw=some_findings, key=st.sampled_from(sorted(READ - {"leg_symptoms"})))
def test_an_unknown_that_a_table_reads_is_at_best_caution(raw: Raw, key: str) -> None:
    found = advice({**without(raw, "temperature_c"), key: None})
    reading = [modality for modality, table in TABLES.items() if key in table.keys]
    assert Verdict.SUITABLE not in [found.for_modality(modality).verdict for modality in reading]


@pytest.mark.parametrize("pain", [True, False, None])
@often
@given(raw=anybody, choices=any_choices)
def test_pain_alone_changes_nothing_at_all(pain: bool | None, raw: Raw, choices: ClinicChoices) -> None:
    assert advice({**raw, "area_painful": pain}, choices) == advice(without(raw, "area_painful"), choices)


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
@given(raw=some_people, key=st.sampled_from(["chest_pain", "weight_loss_unexplained"]))
def test_an_urgent_level_bars_everything_whatever_else_is_found(raw: Raw, key: str) -> None:
    assert severities(advice({**raw, key: True})) == [2, 2, 2]


@often
@given(raw=some_findings)
def test_a_review_is_caution_at_best_and_never_improves_a_verdict(raw: Raw) -> None:
    # A finding that raises a review and that no table reads.
    held = advice({**raw, "worsening": True})
    assume(held.level is Level.REVIEW)
    assert severities(held) == [max(severity, 1) for severity in severities(advice(raw))]


def outcome(raw: Raw, day: int) -> list[tuple[Verdict, set[str]]]:
    found = advice({**raw, "onset_days": day})
    each = [found.for_modality(modality) for modality in Modality]
    return [(one.verdict, {reason.rule for reason in one.reasons}) for one in each]


def edges(raw: Raw) -> list[set[int]]:
    """For ice, heat and stretching: the days on which the verdict or its rules differ from the day before."""
    days = [outcome(raw, day) for day in range(60)]
    return [{day for day in range(1, 60) if days[day][one] != days[day - 1][one]} for one in range(len(Modality))]


@pytest.mark.parametrize("raw", [{}, {"recurrent": True}, {"chronic_label": True, "new_injury": True}])
def test_the_bands_change_only_at_day_14_and_22_and_stretching_at_day_3(raw: Raw) -> None:
    assert edges(raw) == [{14, 22}, {14, 22}, {3}]


@pytest.mark.parametrize("key", sorted(READ | {"onset_is_minimum"}))
@pytest.mark.parametrize("value", ["yes", "unknown"])
def test_no_finding_adds_another_edge_in_days(key: str, value: str) -> None:
    raw = {key: yes_to(key) if value == "yes" else None}
    assert set().union(*edges(raw)) <= {3, 14, 22}


# The days on which a verdict or its reasons may change: the bands (INT-1), S-C1 and H-N11 after day 2, R30 from day 42.
ICE_EDGES, HEAT_EDGES, STRETCHING_EDGES = {14, 22, 42}, {3, 14, 22, 42}, {3, 22, 42}
LISTED = dict(zip(Modality, (ICE_EDGES, HEAT_EDGES, STRETCHING_EDGES), strict=True))
MINIMUM_LISTED = dict(zip(Modality, ({22, 42}, {3, 22, 42}, {3, 22, 42}), strict=True))


@each_time
@given(raw=anybody)
@pytest.mark.parametrize(("at_least", "listed"), [(False, LISTED), (None, LISTED), (True, MINIMUM_LISTED)])
@pytest.mark.parametrize("modality", Modality)
def test_whatever_else_is_found_a_modality_changes_on_the_listed_days_only(
    modality: Modality, at_least: bool | None, listed: dict[Modality, set[int]], raw: Raw
) -> None:
    found = edges({**raw, "onset_is_minimum": at_least})[list(Modality).index(modality)]
    assert found <= listed[modality] - (set() if raw.get("age", 0) >= 60 else {42})


def level_edges(raw: Raw) -> set[int]:
    """The days on which the red flags differ from the day before."""
    days = [{flag.rule for flag in advice({**raw, "onset_days": day}).red_flags} for day in range(60)]
    return {day for day in range(1, 60) if days[day] != days[day - 1]}


def test_the_level_changes_at_day_42_from_the_age_of_60() -> None:
    assert level_edges({"age": 60}) == {42}


def test_the_level_never_changes_with_the_days_below_the_age_of_60() -> None:
    assert level_edges({"age": 59}) == set()


@pytest.mark.parametrize("key", sorted(FLAGGED - TIMING - INFLAMMATION - {"age", "temperature_c"}))
def test_no_red_flag_adds_another_edge_in_days(key: str) -> None:
    assert level_edges({key: yes_to(key)}) == set()


@pytest.mark.parametrize("key", sorted(INFLAMMATION))
def test_inflammation_becomes_a_red_flag_where_the_late_band_begins(key: str) -> None:
    assert level_edges({key: True}) == {22}
