"""What was overridden, read or not known at the issue, and the answers that come later: what is new holds the item."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from intake.models import Patient
from intake.tests.factories import make_clinician, make_patient, make_screening
from plans.assigning import issue_plan
from plans.barring import bars_left
from plans.checking import OF_THE_LEVEL, assess_draft
from plans.holding import AsIssued, as_issued, worse_reason
from plans.models import ItemHold, PlanItem, PlanVersion
from plans.overriding import override
from plans.tests.factories import make_draft, make_issued, make_item, make_ready_draft
from plans.tests.factories_decisions import acknowledge_all, make_override
from plans.tests.factories_phases import ask, begin
from practice.models import Clinic
from therapies.models import Instruction, InstructionVersion, Therapy
from therapies.suitability import Advice, Modality, Verdict, advise, read_findings
from therapies.tests.factories import make_instruction_version

DAY = timedelta(days=1)


@pytest.fixture
def patient() -> Patient:
    return make_patient()


def given_out(patient: Patient, *, kind: str = "ice", over: str = "", last: int = 3, **said: str) -> PlanVersion:
    """Issued on these answers, with each caution read, and with this timing rule overridden."""
    clinic, clinician = Clinic.load(), make_clinician()
    ask(patient, by=clinician, **said)
    version = make_draft(patient=patient)
    make_item(version=version, kind=kind, title="Pack", until_date=clinic.today() + last * DAY)
    if over:
        assessment = assess_draft(version, clinic=clinic, today=clinic.today())
        override(version, kind, over, reason="It helps.", assessment=assessment, by=clinician)
    acknowledge_all(version)
    return issue_plan(version.pk, revision=0, by=clinician, clinic=clinic, today=clinic.today())


def rules_that_hold() -> list[str]:
    return list(ItemHold.objects.values_list("rule", flat=True))


# --- overridden or not, and what the same question is answered later ------------------------------------

ISSUED: dict[str, dict[str, str]] = {
    "ice in its time": {"onset_ago": "8"},
    "ice too late": {"onset_ago": "30", "over": "I-B4"},
    "heat too early": {"onset_ago": "8", "over": "H-B1", "kind": "heat"},
    "heat in its time": {"onset_ago": "30", "kind": "heat"},
}
CHANGES = {
    ("no", "yes"): ["C"],
    ("no", "unknown"): ["U"],
    ("unknown", "yes"): ["C"],
    ("yes", "yes"): [],
    ("unknown", "unknown"): [],
    ("yes", "unknown"): ["U"],
    ("yes", "no"): [],
    ("unknown", "no"): [],
}


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES, ids="-".join)
@pytest.mark.parametrize("issued", ISSUED)
@pytest.mark.parametrize("key", ["diabetes", "fragile_skin"])
def test_a_later_answer_holds_what_nobody_read(
    patient: Patient, issued: str, key: str, change: tuple[str, str]
) -> None:
    before, then = change
    given_out(patient, **ISSUED[issued], **{key: before})
    ask(patient, onset_ago=ISSUED[issued]["onset_ago"], **{key: then})
    assert [rule[2] for rule in rules_that_hold()] == CHANGES[change]


@pytest.mark.django_db
@pytest.mark.parametrize("then", ["yes", "unknown"])
def test_a_second_finding_under_a_rule_that_was_read_holds_what_was_overridden(patient: Patient, then: str) -> None:
    given_out(patient, onset_ago="30", over="I-B4", diabetes="yes", fragile_skin="unknown")
    ask(patient, onset_ago="30", diabetes="yes", fragile_skin="unknown", heart_disease=then)
    assert len(rules_that_hold()) == 1


@pytest.mark.django_db
def test_not_sure_that_becomes_a_yes_under_a_rule_that_was_read_holds_the_item(patient: Patient) -> None:
    given_out(patient, onset_ago="8", diabetes="unknown", heart_disease="yes")
    ask(patient, onset_ago="8", diabetes="yes", heart_disease="yes")
    assert rules_that_hold() == ["I-C2"]


@pytest.mark.django_db
def test_not_sure_that_becomes_a_yes_beside_another_not_sure_holds_the_item(patient: Patient) -> None:
    given_out(patient, onset_ago="8", diabetes="unknown", diabetes_neuropathy="unknown")
    ask(patient, onset_ago="8", diabetes="yes", diabetes_neuropathy="unknown")
    assert rules_that_hold() == ["I-U"]


@pytest.mark.django_db
def test_fewer_open_questions_hold_nothing(patient: Patient) -> None:
    given_out(patient, onset_ago="8", diabetes="unknown", area_painful="unknown", raynauds="unknown")
    ask(patient, onset_ago="8", diabetes="unknown")
    assert rules_that_hold() == []


@pytest.mark.django_db
def test_a_pregnancy_under_a_rule_that_was_read_holds_the_item(patient: Patient) -> None:
    given_out(patient, kind="stretching", onset_ago="8", osteoporosis="yes")
    ask(patient, onset_ago="8", osteoporosis="yes", pregnant="yes", pregnant_weeks="20")
    assert rules_that_hold() == ["S-C2"]


@pytest.mark.django_db
def test_an_overridden_caution_does_not_hold_again(patient: Patient) -> None:
    given_out(patient, onset_ago="8", over="I-C1", area_pale="yes")
    ask(patient, onset_ago="8", area_pale="yes")
    assert rules_that_hold() == []


@pytest.mark.django_db
def test_what_was_overridden_does_not_hold_when_its_days_pass_into_a_milder_band(patient: Patient) -> None:
    given_out(patient, kind="heat", over="H-B1", onset_ago="8", last=13)
    ask(patient, onset_ago="15")
    assert rules_that_hold() == []


@pytest.mark.django_db
def test_a_stricter_band_than_the_overridden_one_holds_the_item(patient: Patient) -> None:
    given_out(patient, over="I-B3", onset_ago="17")
    ask(patient, onset_ago="30")
    assert rules_that_hold() == ["I-B4"]


@pytest.mark.django_db
def test_an_override_for_older_answers_of_the_draft_covers_nothing(patient: Patient) -> None:
    version = make_ready_draft(patient=patient, items=[{"kind": "ice"}], onset_days=30)
    make_override(version=version)
    make_screening(patient=patient)
    acknowledge_all(version)
    clinic = Clinic.load()
    issue_plan(version.pk, revision=0, by=make_clinician(), clinic=clinic, today=clinic.today())
    ask(patient, onset_ago="30")
    assert rules_that_hold() == ["I-B4"]


# --- "not sure", before everything is sent --------------------------------------------------------------


@pytest.fixture
def ice(patient: Patient) -> PlanItem:
    return make_issued(patient=patient, items=[{"kind": "ice"}]).items.get()


@pytest.mark.django_db
@pytest.mark.parametrize("question", ["poor_circulation", "diabetes", "hives_in_cold", "cannot_say"])
def test_not_sure_holds_an_item_before_it_is_sent(patient: Patient, ice: PlanItem, question: str) -> None:
    begin(patient, **{question: "unknown"})
    assert rules_that_hold() == ["I-U"]


@pytest.mark.django_db
def test_not_sure_of_what_the_item_does_not_ask_holds_nothing(patient: Patient, ice: PlanItem) -> None:
    begin(patient, osteoporosis="unknown", area_painful="unknown")
    assert rules_that_hold() == []


@pytest.mark.django_db
@pytest.mark.parametrize("said", [{}, {"saddle_numbness": "no"}, {"poor_circulation": ""}])
def test_what_is_not_answered_yet_holds_nothing(patient: Patient, ice: PlanItem, said: dict[str, str]) -> None:
    begin(patient, **said)
    assert rules_that_hold() == []


@pytest.mark.django_db
def test_not_sure_beside_a_yes_of_the_same_finding_is_the_yes(patient: Patient, ice: PlanItem) -> None:
    begin(patient, hives_in_cold="unknown", cold_blood_illness="yes")
    assert "I-N3" in rules_that_hold() or "B09" in rules_that_hold()


@pytest.mark.django_db
def test_pregnant_with_no_weeks_said_yet_holds_movements(patient: Patient) -> None:
    make_issued(patient=patient, items=[{}])
    begin(patient, pregnant="unknown")
    assert rules_that_hold() == ["S-U"]


@pytest.mark.django_db
def test_not_sure_which_movement_hurts_holds_one_that_needs_to_know(patient: Patient) -> None:
    arching = make_instruction_version(cautions=[{"condition": "worse_arching", "action": "avoid"}])
    make_issued(patient=patient, items=[{"instruction_version": arching}])
    begin(patient, movements=["unknown"])
    assert rules_that_hold() == ["movement"]


# --- whatever is answered -------------------------------------------------------------------------------

TABLE_KEYS = (
    "poor_circulation raynauds diabetes diabetes_neuropathy fragile_skin heart_disease ms area_pale area_red area_cold"
    " alcohol_now medicated_patch bleeding_risk area_bruised recurrent new_injury cancer_history sedating_medicine"
).split()
SAID = st.dictionaries(st.sampled_from(TABLE_KEYS), st.sampled_from([True, False, None]), max_size=6)
ONSET = st.none() | st.integers(0, 45)
KINDS = st.sampled_from(["ice", "heat", "stretching"])


def unsaved(kind: str) -> PlanItem:
    instruction = Instruction(slug=kind, therapy=Therapy(slug=kind, kind=kind))
    return PlanItem(instruction_version=InstructionVersion(instruction=instruction), from_date=date.min)


def judged(said: Mapping[str, object], days: int | None) -> Advice:
    return advise(read_findings({**said, "onset_days": days, "age": 50}))


def given_on(item: PlanItem, said: Mapping[str, object], days: int | None, today: int | None) -> AsIssued:
    """As a clinician gives it out on these answers, overriding what can be; what else bars it is passed over."""
    kind = Modality(item.instruction_version.kind)
    advice = judged(said, days)
    overridden = frozenset((kind.value, bar.rule) for bar in bars_left(advice.for_modality(kind)))
    if any("-B" not in rule for _, rule in overridden):
        assume(False)
    item.verdict = advice.for_modality(kind).verdict.value
    then = as_issued(item, PlanVersion(advice=advice.as_record()), overridden, judged(said, today))
    assert then
    return then


def test_the_caution_that_a_review_brings_is_no_caution_of_the_item() -> None:
    ice, review = unsaved("ice"), {"cancer_history": True}
    then = given_on(ice, review, 10, 17)
    assert worse_reason(ice, then, judged(review, 17), review).rule == "I-B3"


@given(KINDS, SAID, ONSET)
def test_the_same_answers_on_the_same_day_never_hold(kind: str, said: dict[str, Any], days: int | None) -> None:
    item = unsaved(kind)
    assert worse_reason(item, given_on(item, said, days, days), judged(said, days), said) is None


@given(KINDS, SAID, SAID, ONSET, ONSET)
def test_a_rule_that_was_neither_there_nor_overridden_holds(
    kind: str, said: dict[str, Any], now: dict[str, Any], days: int | None, later: int | None
) -> None:
    item = unsaved(kind)
    then = given_on(item, said, days, later)
    was = {reason.rule for reason in judged(said, days).for_modality(Modality(kind)).reasons}
    is_now = judged(now, later).for_modality(Modality(kind)).reasons
    new = [each for each in is_now if each.verdict is not Verdict.SUITABLE and each.rule not in was | OF_THE_LEVEL]
    assume(any("-B" not in each.rule for each in new))
    assert worse_reason(item, then, judged(now, later), now)


@given(KINDS, SAID, SAID, ONSET, st.sampled_from(TABLE_KEYS))
def test_a_finding_that_was_no_yes_and_asks_for_care_alone_holds(
    kind: str, said: dict[str, Any], now: dict[str, Any], days: int | None, key: str
) -> None:
    item = unsaved(kind)
    then = given_on(item, {**said, key: said.get(key) and None}, days, days)
    by_itself = judged({key: True}, days).for_modality(Modality(kind)).reasons
    assume(any(key in each.found and each.verdict is not Verdict.SUITABLE for each in by_itself))
    answers = {**now, key: True}
    assert worse_reason(item, then, judged(answers, days), answers)


@given(KINDS, SAID, st.integers(0, 45), st.integers(0, 45))
def test_days_that_pass_hold_only_for_a_stricter_verdict(kind: str, said: dict[str, Any], days: int, more: int) -> None:
    item = unsaved(kind)
    then = given_on(item, said, days, days + more)
    held = worse_reason(item, then, judged(said, days + more), said)
    assert held is None or kind == "ice"
