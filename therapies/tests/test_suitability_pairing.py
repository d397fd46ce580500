"""rules.md section 7: both or neither, and never both suitable by default."""

from typing import Any

import pytest

from therapies.suitability import Advice, Level, Verdict, advise, read_findings

Raw = dict[str, Any]

RECENT: Raw = {"onset_days": 10}
GREY: Raw = {"onset_days": 18}
LATE: Raw = {"onset_days": 30}
FLARE: Raw = {"recurrent": True}


def advice(raw: Raw) -> Advice:
    return advise(read_findings(raw))


def notes(raw: Raw) -> list[str]:
    return [note.rule for note in advice(raw).pairing]


# row, findings that fire it, findings that just miss it
ROWS = [
    ("B01", RECENT, {**RECENT, "heart_disease": True}),
    ("B02", LATE, {**LATE, "heart_disease": True}),
    ("B03", GREY, {**GREY, **FLARE}),
    ("B03", {"onset_days": None}, RECENT),
    ("B03", {**RECENT, **FLARE}, {**RECENT, **FLARE, "new_injury": True}),
    ("B03", {**GREY, "diabetes": True}, {**GREY, "raynauds": None}),
    ("B04", {**GREY, **FLARE}, GREY),
    ("B05", {**LATE, "pvd": True}, LATE),
    ("B06", {"onset_days": 22, "area_swollen": True}, {"onset_days": 21, "area_swollen": True}),
    ("B06", {**LATE, "area_warm": True}, {**LATE, "area_painful": True}),
    ("B06", {**LATE, "area_red": True}, {**LATE, "area_red": None}),
    ("B07", {**GREY, "area_warm": True, "area_cold": True}, {**GREY, "area_warm": True}),
    ("B07", {**GREY, "area_red": True, "whole_body_cold": True}, {**GREY, "whole_body_cold": True}),
    ("B08", {**RECENT, "area_cold": True}, {**GREY, "area_cold": True}),
    ("B08", {**RECENT, "whole_body_cold": True}, RECENT),
    ("B09", {**RECENT, "poor_circulation": True}, {**GREY, "poor_circulation": True}),
    ("B09", {**RECENT, "raynauds": True}, {"onset_days": None, "raynauds": True}),
    ("B09", {**RECENT, "cold_allergy": True}, {**RECENT, "cold_allergy": False}),
    ("B09", {**RECENT, "area_numb": True}, {**RECENT, "area_numb": None}),
    ("B10", {**LATE, "whole_body_hot": True}, {**GREY, "whole_body_hot": True}),
    ("B10", {**LATE, "whole_body_hot": True}, {**LATE, "whole_body_hot": True, "temperature_c": 37.1}),
    ("B11", GREY, RECENT),
]


@pytest.mark.parametrize(("rule", "fires", "misses"), ROWS)
def test_a_pattern_is_noted_when_it_is_met(rule: str, fires: Raw, misses: Raw) -> None:
    assert rule in notes(fires)


@pytest.mark.parametrize(("rule", "fires", "misses"), ROWS)
def test_a_pattern_is_not_noted_just_beside_it(rule: str, fires: Raw, misses: Raw) -> None:
    assert rule not in notes(misses)


@pytest.mark.parametrize(
    "barred", ["area_cold", "whole_body_cold", "poor_circulation", "raynauds", "cold_allergy", "area_numb"]
)
def test_neither_is_offered_to_a_recent_flare_that_ice_would_harm(barred: str) -> None:
    found = advice({**RECENT, **FLARE, barred: True})
    assert {found.ice.verdict, found.heat.verdict} == {Verdict.NOT_SUITABLE}


def test_a_start_that_may_be_recent_counts_as_recent_for_neither() -> None:
    found = advice({**RECENT, **FLARE, "onset_is_minimum": None, "area_cold": True})
    assert found.heat.verdict is Verdict.NOT_SUITABLE


CONTRADICTORY = [
    pytest.param("B06", {**LATE, "area_swollen": True}, id="B06"),
    pytest.param("B07", {**GREY, "area_warm": True, "area_cold": True}, id="B07"),
    pytest.param("B10", {**LATE, "whole_body_hot": True}, id="B10"),
]


@pytest.mark.parametrize(("rule", "raw"), CONTRADICTORY)
def test_contradictory_signs_leave_neither(rule: str, raw: Raw) -> None:
    assert notes(raw) == ["B05", rule]


@pytest.mark.parametrize(("rule", "raw"), CONTRADICTORY)
def test_contradictory_signs_are_for_a_review(rule: str, raw: Raw) -> None:
    assert [(flag.rule, flag.level) for flag in advice(raw).red_flags] == [("R29", Level.REVIEW)]


@pytest.mark.parametrize(("rule", "raw"), CONTRADICTORY)
def test_contradictory_signs_bar_ice_whoever_overrides_its_timing(rule: str, raw: Raw) -> None:
    assert rule in [r.rule for r in advice(raw).ice.reasons if r.verdict is Verdict.NOT_SUITABLE]


@pytest.mark.parametrize(("rule", "raw"), CONTRADICTORY)
def test_contradictory_signs_bar_heat_whoever_overrides_its_timing(rule: str, raw: Raw) -> None:
    assert rule in [r.rule for r in advice(raw).heat.reasons if r.verdict is Verdict.NOT_SUITABLE]


def test_tight_muscles_break_a_tie_toward_heat_in_words() -> None:
    assert [note.rule for note in advice({**GREY, "area_tight": True}).pairing] == ["B03", "B03", "B11"]


def test_tight_muscles_change_no_verdict() -> None:
    assert advice({**GREY, "area_tight": True}).as_json() == advice(GREY).as_json()


def test_nothing_is_offered_instead_in_an_emergency() -> None:
    assert advice({**LATE, "chest_pain": True}).pairing == ()
