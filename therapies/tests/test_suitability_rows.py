"""Each row of rules.md sections 5, 6 and 8: findings that fire it, and findings that just miss it."""

from typing import Any

import pytest

from therapies.suitability import (
    Advice,
    Modality,
    ModalityAdvice,
    Reason,
    Verdict,
    advise,
    read_findings,
    worst,
)

YES, CARE, NO = Verdict.SUITABLE, Verdict.CAUTION, Verdict.NOT_SUITABLE
Raw = dict[str, Any]

RECENT: Raw = {"onset_days": 10}
GREY: Raw = {"onset_days": 18}
LATE: Raw = {"onset_days": 30}
FLARE: Raw = {"recurrent": True}


# Each raises its level and is read by no row of sections 5, 6 and 8.
REVIEW: Raw = {"worsening": True}
SAME_DAY: Raw = {"weight_loss_unexplained": True}
EMERGENCY: Raw = {"chest_pain": True}


def advice(raw: Raw) -> Advice:
    return advise(read_findings(raw))


def modality_of(rule: str) -> Modality:
    return {"I": Modality.ICE, "H": Modality.HEAT, "S": Modality.STRETCHING}[rule[0]]


def about(rule: str, raw: Raw) -> ModalityAdvice:
    return advice(raw).for_modality(modality_of(rule))


def own_reasons(found: ModalityAdvice) -> list[Reason]:
    """The reasons but for the red-flag level's: some findings of a row raise a red flag too."""
    return [reason for reason in found.reasons if reason.rule not in ("3.2", "3.4", "S-R")]


# rule, findings that fire it, the verdict then (but for a red flag), findings that just miss it
BASE_AND_SIGNS = [
    ("I-B1", {"onset_days": 13}, YES, {"onset_days": 14}),
    ("I-B1", {"onset_days": 0}, YES, {"onset_days": None}),
    ("I-B1", {**RECENT, **FLARE, "new_injury": True}, YES, {**RECENT, **FLARE}),
    ("I-B2", {**RECENT, "recurrent": True}, CARE, RECENT),
    ("I-B2", {**RECENT, "chronic_label": True}, CARE, {**RECENT, "chronic_label": True, "new_injury": True}),
    ("I-B2", {**RECENT, **FLARE}, CARE, {**RECENT, **FLARE, "area_swollen": True}),
    ("I-B3", {"onset_days": 14}, CARE, {"onset_days": 13}),
    ("I-B3", {"onset_days": 21}, CARE, {"onset_days": 22}),
    ("I-B3", {"onset_days": 5, "onset_is_minimum": True}, CARE, {"onset_days": 5}),
    ("I-B4", {"onset_days": 22}, NO, {"onset_days": 21}),
    ("I-B4", {"onset_days": 22, "onset_is_minimum": True}, NO, {"onset_days": 21, "onset_is_minimum": True}),
    ("I-B5", {"onset_days": None}, CARE, RECENT),
    ("I-B5", {}, CARE, RECENT),
    ("I-S1", {**RECENT, "area_warm": True}, YES, RECENT),
    ("I-S1", {**GREY, "area_red": True}, CARE, GREY),
    ("I-S1", {"onset_days": None, "area_hot": True}, CARE, {"onset_days": None}),
    ("I-S1", {**LATE, "area_swollen": True}, NO, LATE),
    ("I-S1", {**RECENT, "area_flushed": True}, YES, {**RECENT, "area_painful": True, "area_bruised": True}),
    ("H-B1", {"onset_days": 13}, NO, {"onset_days": 14}),
    ("H-B1", {**RECENT, **FLARE, "new_injury": True}, NO, {**RECENT, **FLARE}),
    ("H-B2", {**RECENT, "recurrent": True}, CARE, RECENT),
    ("H-B2", {**RECENT, "chronic_label": True}, CARE, {**RECENT, "chronic_label": True, "new_injury": True}),
    ("H-B3", {"onset_days": 14}, CARE, {"onset_days": 13}),
    ("H-B3", {"onset_days": 21}, CARE, {"onset_days": 22}),
    ("H-B3", {**GREY, **FLARE}, YES, {**LATE, **FLARE}),
    ("H-B3", {**GREY, **FLARE, "onset_is_minimum": True}, CARE, {**LATE, **FLARE, "onset_is_minimum": True}),
    ("H-B3", {"onset_days": 3, "onset_is_minimum": True}, CARE, {"onset_days": 3}),
    ("H-B4", {"onset_days": 22}, YES, {"onset_days": 21}),
    ("H-B4", {"onset_days": 22, "onset_is_minimum": True}, YES, {"onset_days": 21, "onset_is_minimum": True}),
    ("H-B5", {"onset_days": None}, CARE, RECENT),
    ("S-B", LATE, YES, None),
    ("S-C1", {"onset_days": 2}, CARE, {"onset_days": 3}),
    ("S-C1", {**RECENT, "area_warm": True}, CARE, RECENT),
    ("S-C1", {"onset_days": 21, "area_swollen": True}, CARE, {"onset_days": 22, "area_swollen": True}),
    ("H-N11", {"onset_days": 2, "area_bruised": True}, NO, {"onset_days": 3, "area_bruised": True}),
    ("I-C2", {**RECENT, "diabetes": True}, CARE, {**RECENT, "diabetes": True, "diabetes_neuropathy": True}),
    ("H-N2", {**LATE, "temperature_c": 38.0}, NO, {**LATE, "temperature_c": 37.9}),
    ("H-C2", {**LATE, "pregnant_weeks": 0}, CARE, LATE),
    ("S-C2", {**LATE, "pregnant_weeks": 30}, CARE, LATE),
    ("S-C2", {**LATE, "leg_symptoms": "one"}, CARE, {**LATE, "leg_symptoms": "none"}),
    ("S-C2", {**LATE, "leg_symptoms": "both"}, CARE, {**LATE, "leg_weakness": "mild_stable"}),
]

INFLAMED = ["area_warm", "area_hot", "area_red", "area_flushed", "area_swollen"]

# rule, the findings of which any one fires it, the verdict then
ANY_OF = [
    ("I-N1", ["poor_circulation", "pvd"], NO),
    ("I-N2", ["area_cold", "whole_body_cold"], NO),
    ("I-N3", ["raynauds", "cold_allergy", "past_ice_injury"], NO),
    ("I-N4", ["area_numb", "diabetes_neuropathy"], NO),
    ("I-N5", ["skin_broken", "skin_infection_or_rash"], NO),
    ("I-N6", ["cannot_report_or_remove"], NO),
    ("I-C1", ["area_pale"], CARE),
    ("I-C2", ["diabetes", "heart_disease", "fragile_skin", "ms"], CARE),
    ("I-C2", ["cancer_at_site", "alcohol_now", "sedating_medicine"], CARE),
    ("H-N1", INFLAMED, NO),
    ("H-N2", ["whole_body_hot", "fever"], NO),
    ("H-N3", ["pvd"], NO),
    ("H-N4", ["area_numb", "diabetes_neuropathy"], NO),
    ("H-N5", ["dvt_current", "dvt_suspected", "cancer_at_site"], NO),
    ("H-N6", ["skin_broken", "skin_infection_or_rash", "past_heat_injury"], NO),
    ("H-N7", ["topical_heat_product"], NO),
    ("H-N12", ["medicated_patch"], NO),
    ("H-N13", ["stroke_or_cord_injury"], NO),
    ("H-N8", ["plans_sleep_with_heat"], NO),
    ("H-N9", ["ms_heat_sensitive", "cannot_report_or_remove"], NO),
    ("H-N10", ["alcohol_now"], NO),
    ("H-C1", ["poor_circulation", "diabetes", "heart_disease", "ms"], CARE),
    ("H-C1", ["fragile_skin", "sedating_medicine", "bleeding_risk"], CARE),
    ("S-N1", ["stretch_increases_leg_pain", "recent_spine_surgery_or_fracture", "pain_severe"], NO),
    ("S-C2", ["osteoporosis", "hip_replacement", "falls_risk", "sedating_medicine"], CARE),
    ("S-C2", ["heart_disease", "cannot_report_or_remove"], CARE),
]
ONE_BY_ONE = [(rule, key, verdict) for rule, keys, verdict in ANY_OF for key in keys]

# What holds a suitable modality at caution: rule, findings that do, findings that just miss it
HELD_BACK = [
    ("I-U", {**RECENT, "raynauds": None}, CARE, {**RECENT, "topical_heat_product": None}),
    ("I-U", {**RECENT, "area_pale": None}, CARE, {**RECENT, "area_pale": False}),
    ("I-U", {**RECENT, "recurrent": None}, CARE, RECENT),
    ("H-U", {**LATE, "topical_heat_product": None}, CARE, {**LATE, "raynauds": None}),
    ("H-U", {**LATE, "pregnant_weeks": None}, CARE, LATE),
    ("H-U", {**LATE, "area_warm": None}, CARE, {**LATE, "area_painful": None}),
    ("S-U", {"onset_days": None}, CARE, LATE),
    ("S-U", {**LATE, "falls_risk": None}, CARE, {**LATE, "raynauds": None}),
    ("S-U", {**LATE, "leg_symptoms": None}, CARE, {**LATE, "leg_weakness": None}),
    ("S-R", {**LATE, **REVIEW}, CARE, LATE),
    ("S-R", {**LATE, "area_warm": True}, CARE, {"onset_days": 21, "area_warm": True}),
    ("S-R", {**LATE, "cancer_history": True}, CARE, {**LATE, "cancer_history": None}),
]

# Where each modality is suitable when nothing else is found.
FIT: dict[Modality, Raw] = {Modality.ICE: RECENT, Modality.HEAT: LATE, Modality.STRETCHING: LATE}


@pytest.mark.parametrize(("rule", "fires", "verdict", "misses"), BASE_AND_SIGNS)
def test_a_row_fires_on_what_it_names(rule: str, fires: Raw, verdict: Verdict, misses: Raw | None) -> None:
    reasons = own_reasons(about(rule, fires))
    strictest = worst(*[r.verdict for r in reasons])
    assert (strictest, [r.verdict for r in reasons if r.rule == rule]) == (verdict, [verdict])


@pytest.mark.parametrize(
    ("rule", "misses"), [(rule, misses) for rule, _, _, misses in BASE_AND_SIGNS if misses is not None]
)
def test_a_row_stays_silent_just_beside_it(rule: str, misses: Raw) -> None:
    # The base rows of one id share it (grey with and without a flare), so a miss is a miss of the id.
    assert rule not in [reason.rule for reason in about(rule, misses).reasons]


@pytest.mark.parametrize(("rule", "held", "verdict", "misses"), HELD_BACK)
def test_a_suitable_modality_is_held_back(rule: str, held: Raw, verdict: Verdict, misses: Raw) -> None:
    found = about(rule, held)
    assert (found.verdict, [r.verdict for r in found.reasons if r.rule == rule]) == (verdict, [verdict])


@pytest.mark.parametrize(("rule", "held", "verdict", "misses"), HELD_BACK)
def test_nothing_holds_it_back_just_beside_that(rule: str, held: Raw, verdict: Verdict, misses: Raw) -> None:
    assert rule not in [reason.rule for reason in about(rule, misses).reasons]


@pytest.mark.parametrize(("rule", "key", "verdict"), ONE_BY_ONE)
def test_each_finding_of_a_row_fires_it_alone(rule: str, key: str, verdict: Verdict) -> None:
    first = own_reasons(about(rule, {**FIT[modality_of(rule)], key: True}))[0]
    assert (first.verdict, first.rule) == (verdict, rule)


@pytest.mark.parametrize(("rule", "key", "verdict"), ONE_BY_ONE)
def test_no_finding_of_a_row_leaves_it_suitable(rule: str, key: str, verdict: Verdict) -> None:
    found = about(rule, {**FIT[modality_of(rule)], key: False})
    assert (found.verdict, rule in [r.rule for r in found.reasons]) == (YES, False)


@pytest.mark.parametrize(("rule", "key", "verdict"), ONE_BY_ONE)
def test_an_unknown_answer_gives_caution_and_names_the_question(rule: str, key: str, verdict: Verdict) -> None:
    modality = modality_of(rule)
    found = about(rule, {**FIT[modality], key: None})
    assert (found.verdict, found.reasons[0].rule) == (CARE, f"{rule[0]}-U")


@pytest.mark.parametrize("key", ["recurrent", "chronic_label", "new_injury", "onset_is_minimum", "area_hot"])
def test_an_unknown_timing_answer_holds_suitable_heat_at_caution(key: str) -> None:
    assert advice({**LATE, key: None}).heat.verdict is CARE


def test_an_unknown_flare_counts_as_the_stricter_reading() -> None:
    assert advice({**RECENT, "recurrent": None}).heat.reasons[0].rule == "H-B1"


def test_an_unknown_new_injury_counts_as_the_stricter_reading_for_ice() -> None:
    assert "I-B2" in [r.rule for r in advice({**RECENT, **FLARE, "new_injury": None}).ice.reasons]


def test_a_minimum_that_is_unknown_keeps_recent_heat_barred() -> None:
    assert advice({"onset_days": 5, "onset_is_minimum": None}).heat.verdict is NO


@pytest.mark.parametrize("key", ["pregnant_weeks", "leg_symptoms", "osteoporosis"])
def test_stretching_is_caution_while_a_question_it_reads_is_open(key: str) -> None:
    assert [r.rule for r in advice({**LATE, key: None}).stretching.reasons] == ["S-U", "S-B"]


def test_an_unknown_onset_holds_stretching_at_caution() -> None:
    assert [r.rule for r in advice({"onset_days": None}).stretching.reasons] == ["S-U", "S-B"]


def test_an_unknown_onset_is_named_once_for_ice() -> None:
    assert [r.rule for r in advice({"onset_days": None}).ice.reasons] == ["I-B5"]


def test_an_open_question_is_named_in_its_reason() -> None:
    text = advice({**RECENT, "raynauds": None, "area_numb": None}).ice.reasons[0].text
    assert "numb skin on the back and Raynaud's" in text


@pytest.mark.parametrize("key", ["urine_symptoms", "taking_nsaid", "area_tight", "area_painful", "age"])
def test_an_open_question_that_no_table_reads_changes_no_verdict(key: str) -> None:
    now, before = advice({**LATE, key: None}), advice(LATE)
    assert now.as_json()["advice"] == before.as_json()["advice"]


def test_a_review_holds_suitable_heat_at_caution() -> None:
    assert advice({**LATE, **REVIEW}).heat.verdict is CARE


def test_a_review_leaves_barred_ice_barred() -> None:
    assert advice({**LATE, **REVIEW}).ice.verdict is NO


@pytest.mark.parametrize("urgent", [EMERGENCY, SAME_DAY])
@pytest.mark.parametrize("modality", Modality)
def test_an_urgent_level_bars_everything(urgent: Raw, modality: Modality) -> None:
    found = advice({**LATE, **urgent}).for_modality(modality)
    assert (found.verdict, found.reasons[0].rule, found.limits) == (NO, "3.2", ())


def test_what_bars_everything_names_the_red_flags_of_that_level() -> None:
    text = advice({**LATE, **EMERGENCY, **SAME_DAY, "gait_unsteady": True}).heat.reasons[0].text
    assert text == "A red flag (R03, R05) calls for emergency care now, so there is no home care."


def test_a_contraindication_comes_before_the_timing_among_equal_reasons() -> None:
    assert [r.rule for r in own_reasons(advice({**RECENT, "area_numb": True}).heat)] == [
        "H-N4",
        "B09",
        "H-B1",
    ]


def test_a_reason_names_only_what_was_found() -> None:
    text = advice({**RECENT, "pvd": True}).ice.reasons[0].text
    assert text == "No ice where blood flow is poor: artery disease in the legs or body (PVD)."


def test_a_suitable_verdict_carries_its_base_rule_and_signs_only() -> None:
    assert [r.rule for r in advice({**RECENT, "area_red": True}).ice.reasons] == ["I-B1", "I-S1"]


def test_nobody_is_told_to_take_a_medicine_patch_off() -> None:
    (reason, *_) = advice({**LATE, "medicated_patch": True}).heat.reasons
    assert not {"remove", "take"} & set(f"{reason.text} {reason.patient_text}".lower().split())


def test_the_limits_of_ice_come_with_a_caution() -> None:
    assert any("20" in limit for limit in advice(GREY).ice.limits)


def test_barred_heat_has_no_limits_to_use_it_within() -> None:
    assert advice(RECENT).heat.limits == ()
