"""Answers that make an item worse than it was issued hold that item; a clinician lets it go on, within the rules."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from intake.models import Patient
from intake.tests.factories import make_clinician, make_patient, make_screening, make_staff, sign_in_staff
from plans import holding
from plans.assigning import issue_plan
from plans.holding import CannotRelease, release_hold
from plans.models import HoldRelease, ItemHold, Plan, PlanItem, PlanVersion
from plans.overview import overview_of, today_at_the_desk
from plans.tests.factories import end, make_draft, make_issued, make_item
from plans.tests.factories_decisions import acknowledge_all, issue_past_everything, make_acknowledgement
from plans.tests.factories_phases import (
    ask,
    begin,
    make_hold,
    make_opening,
    make_release,
    make_waiting,
    waiting_item,
)
from practice.models import AuditEvent, Clinic
from practice.roles import Role
from therapies.reading_language import in_reading_language
from therapies.tests.factories import make_instruction_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient() -> Patient:
    return make_patient()


@pytest.fixture
def ice(patient: Patient) -> PlanItem:
    """An ice pack at home beside a movement, issued as suitable."""
    version = make_issued(patient=patient, items=[{"kind": "ice", "title": "Ice pack"}, {"title": "Knee rolls"}])
    return version.items.get(position=1)


def held(patient: Patient) -> list[str]:
    """The titles of what is on hold at this patient's home."""
    return [row.title for row in overview_of(patient, Clinic.load()).held]


def release(hold: ItemHold, **fields: Any) -> HoldRelease:
    usual = {"reason": "Examined.", "by": make_clinician(), "today": Clinic.load().today()}
    return release_hold(hold, **usual | fields)


# --- what holds an item --------------------------------------------------------------------------------


def test_an_item_that_is_not_suitable_any_more_is_held(patient: Patient, ice: PlanItem) -> None:
    ask(patient, poor_circulation="yes")
    assert held(patient) == ["Ice pack"]


def test_an_item_that_now_needs_caution_is_held(patient: Patient, ice: PlanItem) -> None:
    ask(patient, diabetes="yes")
    assert held(patient) == ["Ice pack"]


def test_an_item_is_held_when_its_time_is_over(patient: Patient, ice: PlanItem) -> None:
    ask(patient, onset_ago="17")
    assert held(patient) == ["Ice pack"]


def test_a_movement_that_the_answers_forbid_is_held(patient: Patient) -> None:
    arms = make_instruction_version(cautions=[{"condition": "osteoporosis", "action": "avoid"}], title="Arms")
    # A caution for all stretching would hold it by itself; this one is read already.
    version = make_draft(patient=patient)
    make_item(version=version, instruction_version=arms)
    issue_with(version, "stretching", "caution", "S-C2")
    ask(patient, osteoporosis="yes")
    assert [hold.rule for hold in ItemHold.objects.all()] == ["movement"]


def test_plain_answers_hold_nothing(patient: Patient, ice: PlanItem) -> None:
    ask(patient)
    assert held(patient) == []


def test_the_other_items_go_on(patient: Patient, ice: PlanItem) -> None:
    ask(patient, poor_circulation="yes")
    assert not Plan.objects.get(patient=patient).is_stopped


def test_an_item_that_is_over_is_not_held(patient: Patient) -> None:
    yesterday = Clinic.load().today() - timedelta(days=1)
    over = {"kind": "ice", "from_date": yesterday - timedelta(days=5), "until_date": yesterday}
    make_issued(patient=patient, items=[over, {}])
    ask(patient, poor_circulation="yes")
    assert held(patient) == []


def test_an_item_of_an_ended_plan_is_not_held(patient: Patient, ice: PlanItem) -> None:
    end(ice.version)
    ask(patient, poor_circulation="yes")
    assert held(patient) == []


def test_the_item_of_somebody_else_goes_on(patient: Patient, ice: PlanItem) -> None:
    ask(make_patient(), poor_circulation="yes")
    assert not ItemHold.objects.exists()


def test_an_item_is_held_the_moment_its_answer_is_kept(patient: Patient, ice: PlanItem) -> None:
    begin(patient, poor_circulation="yes")
    assert held(patient) == ["Ice pack"]


def test_a_question_that_is_not_asked_yet_holds_nothing(patient: Patient, ice: PlanItem) -> None:
    begin(patient, saddle_numbness="no")
    assert held(patient) == []


def test_a_hold_stays_when_the_answer_is_taken_back(patient: Patient, ice: PlanItem) -> None:
    begin(patient, poor_circulation="yes")
    begin(patient, poor_circulation="no")
    assert held(patient) == ["Ice pack"]


def test_an_item_is_held_once_at_a_time(patient: Patient, ice: PlanItem) -> None:
    begin(patient, poor_circulation="yes")
    ask(patient, poor_circulation="yes")
    assert ItemHold.objects.count() == 1


def test_better_answers_alone_let_nothing_go_on(patient: Patient, ice: PlanItem) -> None:
    ask(patient, poor_circulation="yes")
    ask(patient)
    assert held(patient) == ["Ice pack"]


def test_a_new_version_leaves_the_hold_behind(patient: Patient, ice: PlanItem) -> None:
    ask(patient, poor_circulation="yes")
    make_issued(patient=patient)
    assert held(patient) == []


def test_a_hold_leaves_an_event(patient: Patient, ice: PlanItem) -> None:
    ask(patient, poor_circulation="yes")
    assert AuditEvent.objects.filter(detail="held an item: I-N1", patient_id=patient.pk).exists()


def test_a_hold_says_why_in_plain_words(patient: Patient, ice: PlanItem) -> None:
    ask(patient, poor_circulation="yes")
    assert "Do not use ice" in ItemHold.objects.get().patient_text


def test_a_reason_that_is_too_long_to_keep_is_still_a_sentence_in_spanish(
    patient: Patient, ice: PlanItem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding, "LONGEST_TEXT", 40)
    ask(patient, poor_circulation="yes")
    with override("es"):
        assert in_reading_language(ItemHold.objects.get().patient_text).startswith("No use hielo")


def test_an_urgent_sign_stops_the_plan_and_holds_no_single_item(patient: Patient, ice: PlanItem) -> None:
    ask(patient, saddle_numbness="yes")
    assert not ItemHold.objects.exists()


def test_a_review_holds_no_item_for_being_a_review(patient: Patient, ice: PlanItem) -> None:
    ask(patient, cancer_history="yes")
    assert not ItemHold.objects.exists()


def test_what_is_worse_beside_a_review_is_held(patient: Patient, ice: PlanItem) -> None:
    ask(patient, cancer_history="yes", poor_circulation="yes")
    assert [hold.rule for hold in ItemHold.objects.all()] == ["I-N1"]


def test_what_waits_has_nothing_to_hold(patient: Patient) -> None:
    make_waiting(patient=patient)
    ask(patient, topical_heat_product="yes", onset_ago="30")
    assert not ItemHold.objects.exists()


def test_what_was_opened_is_held_like_any_other(patient: Patient) -> None:
    version = make_waiting(patient=patient)
    make_opening(item=waiting_item(version))
    ask(patient, diabetes="yes", onset_ago="30")
    assert held(patient) == ["Heat pack"]


def issue_with(version: PlanVersion, kind: str, verdict: str, *rules: str, **findings: bool) -> None:
    """Issue the draft with this verdict of a modality, and the rules that gave it, which a clinician read."""
    make_screening(patient=version.plan.patient, findings=findings)
    version.items.update(verdict=verdict)
    for rule in rules:
        make_acknowledgement(version=version, modality=kind, rule=rule)
    reasons = [{"rule": rule, "verdict": verdict, "text": "Read.", "source": ""} for rule in rules]
    issue_past_everything(version, advice={kind: {"verdict": verdict, "reasons": reasons}})
    Plan.objects.filter(pk=version.plan_id).update(status=Plan.Status.ACTIVE, current=version)


def ice_issued_with_caution(patient: Patient, *rules: str, **findings: bool) -> None:
    version = make_draft(patient=patient)
    make_item(version=version, kind="ice")
    issue_with(version, "ice", "caution", *rules, **findings)


def test_a_caution_that_was_read_at_the_issue_holds_nothing(patient: Patient) -> None:
    ice_issued_with_caution(patient, "I-C2", diabetes=True)
    ask(patient, diabetes="yes")
    assert not ItemHold.objects.exists()


def test_a_caution_that_nobody_has_read_holds_the_item(patient: Patient) -> None:
    ice_issued_with_caution(patient, "I-C2", diabetes=True)
    ask(patient, diabetes="yes", area_pale="yes")
    assert [hold.rule for hold in ItemHold.objects.all()] == ["I-C1"]


def issue_ice_for_somebody_with_diabetes(patient: Patient) -> None:
    ask(patient, diabetes="yes")
    version = make_draft(patient=patient)
    make_item(version=version, kind="ice", title="Ice pack")
    clinic = Clinic.load()
    acknowledge_all(version)
    issue_plan(version.pk, revision=0, by=make_clinician(), clinic=clinic, today=clinic.today())


def test_a_new_answer_under_a_rule_that_was_read_holds_the_item(patient: Patient) -> None:
    issue_ice_for_somebody_with_diabetes(patient)
    ask(patient, diabetes="yes", sedating_medicine="yes")
    assert held(patient) == ["Ice pack"]


def test_the_same_answers_under_a_rule_that_was_read_hold_nothing(patient: Patient) -> None:
    issue_ice_for_somebody_with_diabetes(patient)
    ask(patient, diabetes="yes")
    assert held(patient) == []


def test_days_that_pass_within_caution_hold_nothing(patient: Patient) -> None:
    ice_issued_with_caution(patient, "I-B2")
    ask(patient, onset_ago="17")
    assert not ItemHold.objects.exists()


# --- letting it go on ----------------------------------------------------------------------------------


def test_a_clinician_lets_an_item_go_on(patient: Patient, ice: PlanItem) -> None:
    ask(patient, diabetes="yes")
    release(ItemHold.objects.get())
    assert held(patient) == []


def test_what_went_on_is_held_again_by_newer_answers(patient: Patient, ice: PlanItem) -> None:
    ask(patient, diabetes="yes")
    release(ItemHold.objects.get())
    ask(patient, diabetes="yes")
    assert held(patient) == ["Ice pack"]


def test_the_front_desk_lets_nothing_go_on(patient: Patient, ice: PlanItem) -> None:
    with pytest.raises(CannotRelease, match="Only a clinician"):
        release(make_hold(item=ice), by=make_staff())


def test_nothing_goes_on_without_a_reason(patient: Patient, ice: PlanItem) -> None:
    with pytest.raises(CannotRelease, match="Say why"):
        release(make_hold(item=ice), reason="  ")


def test_what_the_newest_answers_bar_does_not_go_on(patient: Patient, ice: PlanItem) -> None:
    ask(patient, poor_circulation="yes")
    with pytest.raises(CannotRelease, match="Make a new version"):
        release(ItemHold.objects.get())


def test_nothing_goes_on_before_the_rest_is_asked(patient: Patient, ice: PlanItem) -> None:
    begin(patient, poor_circulation="yes")
    with pytest.raises(CannotRelease, match="not sent yet"):
        release(ItemHold.objects.get())


@pytest.mark.parametrize("sign", ["saddle_numbness", "dvt_suspected"])
def test_nothing_goes_on_under_an_urgent_sign(patient: Patient, ice: PlanItem, sign: str) -> None:
    hold = make_hold(item=ice)
    make_screening(patient=patient, findings={sign: True})
    with pytest.raises(CannotRelease, match="hold the whole plan"):
        release(hold)


def test_nothing_goes_on_while_a_red_flag_question_is_open(patient: Patient, ice: PlanItem) -> None:
    hold = make_hold(item=ice)
    make_screening(patient=patient, findings={"saddle_numbness": None})
    with pytest.raises(CannotRelease, match="hold the whole plan"):
        release(hold)


def test_letting_go_on_twice_is_one_row(patient: Patient, ice: PlanItem) -> None:
    first = make_release(hold=make_hold(item=ice))
    assert release(first.hold) == first


def test_letting_go_on_leaves_an_event(patient: Patient, ice: PlanItem) -> None:
    release(make_hold(item=ice))
    assert AuditEvent.objects.filter(detail="released an item", patient_id=patient.pk).exists()


# --- what the desk sees --------------------------------------------------------------------------------


def test_today_lists_what_is_on_hold(patient: Patient, ice: PlanItem) -> None:
    make_hold(item=ice)
    assert [row.title for row in today_at_the_desk(Clinic.load()).held.rows] == ["Ice pack"]


@pytest.mark.parametrize("name", ["today", "patient"])
def test_the_desk_is_told_why(client: Client, patient: Patient, ice: PlanItem, name: str) -> None:
    make_hold(item=ice, text="No ice where blood flow is poor.")
    sign_in_staff(client, Role.FRONT_DESK)
    page = client.get(reverse(name, args=[patient.pk] if name == "patient" else []))
    assert "No ice where blood flow is poor." in page.content.decode()


@pytest.mark.parametrize(("role", "offered"), [(Role.CLINICIAN, True), (Role.FRONT_DESK, False)])
def test_only_clinicians_are_offered_to_let_it_go_on(
    client: Client, patient: Patient, ice: PlanItem, role: Role, *, offered: bool
) -> None:
    make_hold(item=ice)
    sign_in_staff(client, role)
    assert ("Let Ice pack go on" in client.get(reverse("patient", args=[patient.pk])).content.decode()) is offered


def press(client: Client, hold: ItemHold, reason: str) -> str:
    address = reverse("hold_release", args=[hold.screening.patient_id, hold.pk])
    return client.post(address, {"reason": reason}, follow=True).content.decode()


def test_a_clinician_lets_it_go_on_from_the_patients_page(client: Client, patient: Patient, ice: PlanItem) -> None:
    sign_in_staff(client, Role.CLINICIAN)
    press(client, make_hold(item=ice), "Examined.")
    assert HoldRelease.objects.get().reason == "Examined."


def test_a_press_without_a_reason_is_told(client: Client, patient: Patient, ice: PlanItem) -> None:
    sign_in_staff(client, Role.CLINICIAN)
    assert "Write a few words first" in press(client, make_hold(item=ice), "")


def test_a_press_that_the_rules_refuse_is_told(client: Client, patient: Patient, ice: PlanItem) -> None:
    ask(patient, poor_circulation="yes")
    sign_in_staff(client, Role.CLINICIAN)
    assert "Make a new version" in press(client, ItemHold.objects.get(), "Examined.")


def test_a_hold_is_not_found_under_another_patient(client: Client, ice: PlanItem) -> None:
    hold = make_hold(item=ice)
    sign_in_staff(client, Role.CLINICIAN)
    address = reverse("hold_release", args=[make_patient().pk, hold.pk])
    assert client.post(address, {"reason": "Examined."}).status_code == 404
