"""Each row of rules.md section 9: findings that fire it, and findings that just miss it."""

from typing import Any

import pytest

from therapies.suitability import Level, advise, read_findings

NOW, TODAY, LOOK = Level.EMERGENCY, Level.SAME_DAY, Level.REVIEW
Raw = dict[str, Any]

LATE: Raw = {"onset_days": 30}
CANCER: Raw = {"cancer_history": True}
FEVER: Raw = {"fever": True}


def raised(raw: Raw) -> dict[str, Level]:
    return {flag.rule: flag.level for flag in advise(read_findings(raw)).red_flags}


def every(*keys: str) -> Raw:
    return dict.fromkeys(keys, True)


# rule, level, findings that fire it, findings that just miss it
ROWS = [
    ("R01", NOW, every("saddle_numbness"), {"saddle_numbness": None}),
    ("R01", NOW, every("bladder_change"), every("urine_symptoms")),
    ("R01", NOW, every("bowel_change"), every("abdominal_pain")),
    ("R01", NOW, every("sexual_change"), {"sexual_change": False}),
    ("R02", NOW, {"leg_symptoms": "both"}, {"leg_symptoms": "one"}),
    ("R02", NOW, {"leg_symptoms": "both"}, {"leg_symptoms": None}),
    ("R03", NOW, {"leg_weakness": "progressive_or_severe"}, {"leg_weakness": "mild_stable"}),
    ("R03", NOW, every("gait_unsteady"), every("falls_risk")),
    ("R04", NOW, every("major_trauma"), every("minor_trauma")),
    ("R05", NOW, every("chest_pain"), every("heart_disease")),
    ("R05", NOW, every("breathless"), {"breathless": None}),
    ("R06", NOW, every("known_aaa"), every("abdominal_pain")),
    ("R06", NOW, every("pulsating_abdomen"), every("sudden_severe_onset")),
    (
        "R06",
        NOW,
        {**every("sudden_severe_onset", "abdominal_pain"), "age": 30},
        {"sudden_severe_onset": True, "abdominal_pain": None, "age": 80},
    ),
    ("R31", NOW, every("collapse_or_faint"), every("falls_risk")),
    ("R32", NOW, every("rigors_or_very_unwell"), every("whole_body_cold", "whole_body_hot")),
    ("R33", NOW, every("fever", "iv_drug_use"), every("iv_drug_use")),
    ("R33", NOW, every("fever", "immunosuppressed"), FEVER),
    ("R33", NOW, every("fever", "night_sweats"), {"fever": None, "night_sweats": True}),
    ("R33", NOW, every("fever", "recent_infection_or_spinal_procedure"), {"fever": True, "iv_drug_use": None}),
    ("R33", NOW, {"temperature_c": 38.0, "iv_drug_use": True}, {"temperature_c": 37.9, "iv_drug_use": True}),
    ("R07", NOW, {**FEVER, "leg_weakness": "mild_stable"}, {**FEVER, "leg_symptoms": "one"}),
    ("R07", NOW, {**FEVER, "leg_weakness": "progressive_or_severe"}, {"leg_weakness": "progressive_or_severe"}),
    ("R07", NOW, {**FEVER, "saddle_numbness": True}, {**FEVER, "saddle_numbness": None}),
    ("R08", NOW, {**CANCER, "gait_unsteady": True}, {"gait_unsteady": True}),
    ("R08", NOW, {**CANCER, "leg_weakness": "mild_stable"}, {**CANCER, "leg_weakness": "none"}),
    ("R08", NOW, {**CANCER, "leg_weakness": "progressive_or_severe"}, {**CANCER, "leg_weakness": None}),
    ("R08", NOW, {**CANCER, "saddle_numbness": True}, {**CANCER, "bowel_change": True}),
    ("R08", NOW, {**CANCER, "area_numb": True}, {"cancer_at_site": True, "area_numb": True}),
    ("R08", NOW, {**CANCER, "leg_symptoms": "one"}, {**CANCER, "stretch_increases_leg_pain": True}),
    ("R08", NOW, {**CANCER, "bladder_change": True}, {"cancer_history": None, "bladder_change": True}),
    ("R09", NOW, every("pregnancy_bleeding_fluid_or_contractions"), {"pregnant_weeks": 30}),
    ("R10", NOW, every("stroke_like_signs"), every("stroke_or_cord_injury")),
    ("R11", TODAY, FEVER, {"fever": None}),
    ("R11", TODAY, {"temperature_c": 38.0}, {"temperature_c": 37.9}),
    ("R12", TODAY, every("weight_loss_unexplained"), {"weight_loss_unexplained": False}),
    ("R13", TODAY, every("cancer_history", "constant_night_or_rest_pain"), CANCER),
    ("R13", TODAY, every("cancer_history", "worsening"), every("cancer_history", "not_improving")),
    ("R13", TODAY, every("cancer_history", "thoracic_pain"), every("thoracic_pain")),
    (
        "R13",
        TODAY,
        every("cancer_history", "worse_cough_sneeze_strain"),
        {**CANCER, "worse_cough_sneeze_strain": None},
    ),
    ("R14", TODAY, every("osteoporosis", "minor_trauma"), every("osteoporosis", "major_trauma")),
    ("R14", TODAY, every("long_term_steroids", "sudden_severe_onset"), every("long_term_steroids")),
    ("R14", TODAY, {"age": 70, "minor_trauma": True}, {"age": 69, "minor_trauma": True}),
    ("R14", TODAY, {"age": 70, "sudden_severe_onset": True}, {"age": 70, "sudden_severe_onset": None}),
    ("R15", TODAY, every("new_lump_or_shape_change"), every("area_swollen")),
    ("R16", TODAY, every("blood_in_urine"), every("urine_symptoms")),
    ("R16", TODAY, every("flank_pain", "urine_symptoms"), every("flank_pain")),
    ("R18", TODAY, every("one_sided_blister_rash"), every("skin_infection_or_rash")),
    ("R18", TODAY, every("dvt_suspected"), every("dvt_current")),
    ("R19", TODAY, {"leg_weakness": "mild_stable"}, {"leg_weakness": "progressive_or_severe"}),
    ("R20", TODAY, every("iv_drug_use", "immunosuppressed"), every("iv_drug_use")),
    (
        "R20",
        TODAY,
        every("recent_infection_or_spinal_procedure", "night_sweats"),
        {"recent_infection_or_spinal_procedure": True, "night_sweats": None},
    ),
    ("R20", TODAY, every("immunosuppressed", "night_sweats", "iv_drug_use"), every("night_sweats", "fever")),
    ("R17", LOOK, every("inflammatory_pattern"), {"inflammatory_pattern": None}),
    ("R21", LOOK, every("iv_drug_use"), every("iv_drug_use", "fever")),
    ("R21", LOOK, every("immunosuppressed"), every("immunosuppressed", "night_sweats")),
    ("R21", LOOK, every("recent_infection_or_spinal_procedure"), every("skin_infection_or_rash")),
    ("R21", LOOK, {"night_sweats": True, "fever": None}, {"night_sweats": None}),
    ("R21", LOOK, {"night_sweats": True, "iv_drug_use": None}, {"iv_drug_use": None}),
    ("R22", LOOK, CANCER, every("cancer_history", "worsening")),
    ("R22", LOOK, {**CANCER, "worsening": None}, {**CANCER, "gait_unsteady": True}),
    ("R23", LOOK, every("constant_night_or_rest_pain"), every("pain_severe")),
    ("R23", LOOK, every("thoracic_pain"), {"thoracic_pain": None}),
    ("R23", LOOK, {"worse_cough_sneeze_strain": True, "thoracic_pain": None}, every("worse_bending")),
    ("R23", TODAY, every("constant_night_or_rest_pain", "thoracic_pain"), {}),
    ("R23", TODAY, every("thoracic_pain", "worse_cough_sneeze_strain"), {}),
    ("R23", TODAY, every("constant_night_or_rest_pain", "worse_cough_sneeze_strain"), {}),
    ("R24", LOOK, {"age": 17}, {"age": 18}),
    ("R24", LOOK, {"age": 0}, {"age": None}),
    ("R25", LOOK, every("not_improving"), {"onset_days": 400}),
    ("R25", LOOK, every("worsening"), {"worsening": False}),
    ("R26", LOOK, {"leg_symptoms": "one"}, {"leg_symptoms": "both"}),
    ("R26", LOOK, every("stretch_increases_leg_pain"), every("worse_bending", "worse_arching")),
    ("R27", LOOK, every("pain_severe"), every("area_painful")),
    ("R28", LOOK, every("area_numb"), every("diabetes_neuropathy")),
    ("R28", LOOK, every("recent_spine_surgery_or_fracture"), every("hip_replacement")),
    ("R28", LOOK, every("dvt_current"), every("dvt_suspected")),
    ("R28", LOOK, every("cannot_report_or_remove"), {"cannot_report_or_remove": None}),
    ("R28", LOOK, every("cancer_at_site"), CANCER),
    ("R29", LOOK, {"onset_days": 22, "area_warm": True}, {"onset_days": 21, "area_warm": True}),
    ("R29", LOOK, {"onset_days": 30, "onset_is_minimum": True, "area_red": True}, {"area_red": True}),
    ("R29", LOOK, every("area_cold", "area_hot"), every("area_cold")),
    ("R29", LOOK, every("whole_body_cold", "area_swollen"), every("whole_body_cold", "area_painful")),
    ("R29", LOOK, {"whole_body_hot": True}, {"whole_body_hot": True, "temperature_c": 36.9}),
    ("R30", LOOK, {"age": 60, "onset_days": 42}, {"age": 60, "onset_days": 41}),
    ("R30", LOOK, {"age": 60, "onset_days": 42}, {"age": 59, "onset_days": 42}),
    (
        "R30",
        LOOK,
        {"age": 80, "onset_days": 42, "onset_is_minimum": True},
        {"age": 80, "onset_days": 41, "onset_is_minimum": True},
    ),
]


@pytest.mark.parametrize(("rule", "level", "fires", "misses"), ROWS)
def test_a_red_flag_is_raised_at_its_level_by_what_it_names(rule: str, level: Level, fires: Raw, misses: Raw) -> None:
    assert raised(fires).get(rule) is level


@pytest.mark.parametrize(("rule", "level", "fires", "misses"), ROWS)
def test_a_red_flag_is_not_raised_just_beside_it(rule: str, level: Level, fires: Raw, misses: Raw) -> None:
    assert rule not in raised(misses)


def test_one_common_warning_pain_is_not_yet_for_the_same_day() -> None:
    assert raised(every("thoracic_pain")) == {"R23": LOOK}


def test_two_common_warning_pains_are_told_once() -> None:
    flags = advise(read_findings(every("thoracic_pain", "worse_cough_sneeze_strain"))).red_flags
    assert [(flag.rule, flag.level) for flag in flags] == [("R23", TODAY)]


def test_nothing_found_raises_nothing() -> None:
    assert raised(LATE) == {}


def test_unknown_answers_raise_nothing() -> None:
    assert raised(dict.fromkeys(["fever", "iv_drug_use", "cancer_history", "leg_symptoms"])) == {}


def test_a_combination_of_which_a_part_is_unknown_is_unanswered() -> None:
    found = advise(read_findings({"sudden_severe_onset": True, "abdominal_pain": None}))
    assert (found.level, found.unanswered) == (Level.NONE, ("abdominal_pain",))


def test_unanswered_questions_come_in_the_order_of_the_vocabulary() -> None:
    asked = {"stroke_like_signs": None, "dvt_suspected": None, "fever": None, "saddle_numbness": None}
    assert advise(read_findings(asked)).unanswered == (
        "fever",
        "dvt_suspected",
        "saddle_numbness",
        "stroke_like_signs",
    )


@pytest.mark.parametrize("key", ["onset_days", "area_numb", "raynauds", "taking_nsaid", "temperature_c"])
def test_an_unknown_answer_outside_the_red_flag_set_is_not_listed(key: str) -> None:
    assert advise(read_findings({key: None})).unanswered == ()


def test_red_flags_come_strictest_first_and_then_in_the_order_of_the_record() -> None:
    raw = every("pain_severe", "chest_pain", "weight_loss_unexplained", "gait_unsteady", "iv_drug_use", "fever")
    assert list(raised(raw)) == ["R03", "R05", "R33", "R11", "R12", "R27"]


def test_a_fever_is_for_the_same_day_and_with_shaking_chills_an_emergency() -> None:
    assert [max_level(FEVER), max_level({**FEVER, "rigors_or_very_unwell": True})] == [TODAY, NOW]


def max_level(raw: Raw) -> Level:
    return advise(read_findings(raw)).level


def test_a_red_flag_names_what_was_found() -> None:
    (flag,) = advise(read_findings(every("flank_pain", "urine_symptoms"))).red_flags
    assert flag.text == "May be a kidney infection: pain in the side under the ribs and pain or burning on passing pee."


def test_a_red_flag_says_to_the_patient_what_it_might_be() -> None:
    (flag,) = advise(read_findings(every("flank_pain", "urine_symptoms"))).red_flags
    assert flag.patient_text == "It may come from your kidneys."


def test_a_red_flag_names_a_finding_once() -> None:
    flags = advise(read_findings({**LATE, **every("area_warm", "area_cold")})).red_flags
    assert [flag.text.count("warm back") for flag in flags] == [1]
