"""INT-1 to INT-8 and D1 to D5: the code and rules.md name the same ones, and the rules that stand on them."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

import therapies
from therapies.suitability import AS_SHIPPED, Advice, ClinicChoices, Level, Verdict, advise, read_findings
from therapies.suitability.interpretations import DISAGREEMENTS, INTERPRETATIONS, Disagreement, Interpretation
from therapies.suitability.open_questions import OPEN_QUESTIONS
from therapies.suitability.record import RECORD, conditions, precedence
from therapies.suitability.vocabulary import RED_FLAG_KEYS

INSTRUCTIONS = Path(therapies.__file__).parent / "catalogue" / "instructions"
TEXT = RECORD.read_text(encoding="utf-8")
ENTRIES = (*INTERPRETATIONS, *DISAGREEMENTS, *OPEN_QUESTIONS)
HEAT = ClinicChoices(allow_heat_under_14_days=True)


def test_the_interpretations_are_those_of_the_record() -> None:
    assert [entry.id for entry in INTERPRETATIONS] == sorted(set(re.findall(r"INT-\d", TEXT)))


def test_the_disagreements_are_those_of_section_11() -> None:
    assert [entry.id for entry in DISAGREEMENTS] == re.findall(r"^\| (D\d) \|", TEXT, re.M)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_the_rules_that_stand_on_it_exist(entry: Interpretation) -> None:
    assert set(entry.rules) <= set(conditions())


@pytest.mark.parametrize("entry", INTERPRETATIONS, ids=lambda entry: entry.id)
def test_each_row_of_the_record_that_names_an_interpretation_is_among_its_rules(entry: Interpretation) -> None:
    rows = re.findall(rf"^\| ([IHS]-\w+|[BR]\d\d) \|.*\[{entry.id}\]", TEXT, re.M)
    assert set(rows) <= set(entry.rules)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_each_says_what_is_open_and_what_is_done(entry: Interpretation) -> None:
    assert entry.about.endswith(".")
    assert entry.does.endswith(".")


def test_every_rule_whose_threshold_an_age_over_fifty_lowers_is_an_open_question() -> None:
    [sentence] = re.findall(r"^Age over 50 .*$", TEXT, re.M)
    assert set(re.findall(r"R\d\d", sentence)) == set(OPEN_QUESTIONS[0].rules)


def test_no_age_of_the_rules_is_fifty() -> None:
    assert not {age for age in range(50, 60) if levels(age) != levels(49)}


def levels(age: int) -> list[Level]:
    """What the rules of that sentence raise at an age."""
    signs = ("weight_loss_unexplained", "cancer_history", "minor_trauma", "thoracic_pain")
    return [advise(read_findings({"age": age, "onset_days": 10, sign: True})).level for sign in signs]


def open_question(name: str) -> Interpretation:
    return next(entry for entry in OPEN_QUESTIONS if entry.id == name)


# The findings of the rules of Q8, but for the red-flag set, each with what lets it raise its rule when it is a yes.
BESIDE_THE_SET = {
    "osteoporosis": "minor_trauma",
    "not_improving": "",
    "worsening": "",
    "stretch_increases_leg_pain": "",
    "pain_severe": "",
    "area_numb": "",
    "recent_spine_surgery_or_fracture": "",
    "dvt_current": "",
    "cannot_report_or_remove": "",
    "cancer_at_site": "",
}


def with_answer(key: str, *, answer: bool | None) -> Advice:
    beside = BESIDE_THE_SET[key]
    return advise(read_findings({"onset_days": 10, key: answer} | ({beside: True} if beside else {})))


def test_every_finding_of_these_rules_is_in_the_red_flag_set_or_named_here() -> None:
    named = re.findall(r"`([a-z_]+)", " ".join(conditions()[rule] for rule in open_question("Q8").rules))
    assert set(named) - RED_FLAG_KEYS - {"age"} == set(BESIDE_THE_SET)


@pytest.mark.parametrize("key", BESIDE_THE_SET)
def test_not_sure_beside_the_red_flag_set_raises_nothing(key: str) -> None:
    assert with_answer(key, answer=None).level is Level.NONE


@pytest.mark.parametrize("key", BESIDE_THE_SET)
def test_a_yes_beside_the_red_flag_set_raises_one_of_these_rules(key: str) -> None:
    assert {flag.rule for flag in with_answer(key, answer=True).red_flags} & set(open_question("Q8").rules)


SILENT = {"age": 70, "area_bruised": True, "area_cold": True, "raynauds": True, "area_swollen": True}


def rules_of(days: int | None) -> set[str]:
    advice = advise(read_findings({**SILENT, "onset_days": days}))
    modalities = (advice.ice, advice.heat, advice.stretching)
    return {reason.rule for each in modalities for reason in each.reasons} | {flag.rule for flag in advice.red_flags}


def test_without_a_day_the_rules_that_count_days_are_silent() -> None:
    assert rules_of(None).isdisjoint(open_question("Q9").rules)


def test_on_some_day_each_of_them_speaks() -> None:
    assert set(open_question("Q9").rules) <= rules_of(1) | rules_of(60)


def test_without_a_day_all_three_are_at_best_at_caution() -> None:
    advice = advise(read_findings({"onset_days": None}))
    assert {advice.ice.verdict, advice.heat.verdict, advice.stretching.verdict} == {Verdict.CAUTION}


def test_no_instruction_gives_ice_and_heat_by_turns() -> None:
    texts = [path.read_text(encoding="utf-8") for path in INSTRUCTIONS.glob("*.toml")]
    assert texts
    assert not [text for text in texts if "contrast" in text.lower()]


def test_each_choice_of_a_clinic_belongs_to_a_disagreement() -> None:
    assert {entry.choice for entry in DISAGREEMENTS if entry.choice} == {field.name for field in fields(ClinicChoices)}


def of(name: str) -> Disagreement:
    return next(entry for entry in DISAGREEMENTS if entry.id == name)


def test_as_shipped_the_article_stands() -> None:
    assert of("D1").in_force(AS_SHIPPED) == of("D1").does


def test_the_clinics_choice_changes_what_is_in_force() -> None:
    assert of("D1").in_force(HEAT) == of("D1").if_chosen


def test_a_choice_changes_no_other_disagreement() -> None:
    assert [entry.id for entry in DISAGREEMENTS if entry.is_chosen(HEAT)] == ["D1"]


def test_the_record_says_when_a_rule_applies() -> None:
    assert conditions()["I-N4"] == "`area_numb` or `diabetes_neuropathy`"


def test_the_record_says_what_comes_first() -> None:
    assert (len(precedence()), precedence()[3].startswith("`review`: cap all")) == (9, True)
