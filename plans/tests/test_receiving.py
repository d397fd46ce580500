"""receive_answers(): a draft holds what was typed until it is sent, once; sent, it is never edited."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from intake.models import Complaint, Patient, Screening
from intake.tests.factories import (
    cleaned_answers,
    make_clinician,
    make_complaint,
    make_patient,
    make_screening,
    make_staff,
)
from plans.assigning import end_plan
from plans.receiving import (
    DraftElsewhere,
    ScreeningGone,
    find_draft,
    keep_draft,
    open_draft,
    receive_answers,
)
from plans.tests.factories import make_issued
from practice.append_only import AppendOnlyError
from practice.models import AuditEvent, User

pytestmark = pytest.mark.django_db
# The day on which cleaned_answers() are given.
TODAY = date(2026, 11, 20)


@pytest.fixture
def patient() -> Patient:
    return make_patient()


@pytest.fixture
def staff() -> User:
    return make_staff()


def kept(patient: Patient, staff: User, **typed: Any) -> Screening:
    draft = open_draft(patient, by=staff)
    keep_draft(draft, typed or {"fever": "no"}, by=staff, today=TODAY)
    return draft


# --- drafts --------------------------------------------------------------------------------------------


def test_opening_the_screening_stores_nothing(patient: Patient, staff: User) -> None:
    open_draft(patient, by=staff)
    assert not Screening.objects.exists()


def test_a_draft_is_stored_with_its_first_answer(patient: Patient, staff: User) -> None:
    kept(patient, staff, fever="yes")
    assert Screening.objects.drafts().get().typed == {"fever": "yes"}


def test_a_draft_is_found_again(patient: Patient, staff: User) -> None:
    draft = kept(patient, staff)
    assert open_draft(patient, by=make_staff()) == draft


def test_a_draft_is_found_by_its_page(patient: Patient, staff: User) -> None:
    draft = kept(patient, staff)
    assert find_draft(patient, str(draft.pk), by=staff) == draft


def test_a_draft_keeps_what_was_typed_last(patient: Patient, staff: User) -> None:
    draft = kept(patient, staff, fever="yes")
    keep_draft(find_draft(patient, str(draft.pk), by=staff), {"fever": "no"}, by=staff, today=TODAY)
    assert Screening.objects.get().typed == {"fever": "no"}


def test_a_page_that_was_drawn_before_the_first_answer_keeps_its_draft(patient: Patient, staff: User) -> None:
    keep_draft(find_draft(patient, str(drawn := uuid4()), by=staff), {}, by=staff, today=TODAY)
    assert Screening.objects.get().pk == drawn


@pytest.mark.parametrize("draft_id", ["", "1", "draft", "a" * 10_000, "\x00"])
def test_a_page_without_a_real_id_has_no_draft(patient: Patient, staff: User, draft_id: str) -> None:
    with pytest.raises(ScreeningGone):
        find_draft(patient, draft_id, by=staff)


def test_the_draft_of_another_patient_is_not_found(patient: Patient, staff: User) -> None:
    theirs = kept(make_patient(), staff)
    with pytest.raises(ScreeningGone):
        find_draft(patient, str(theirs.pk), by=staff)


def test_a_sent_screening_is_no_draft_any_more(patient: Patient, staff: User) -> None:
    with pytest.raises(ScreeningGone):
        find_draft(patient, str(make_screening(patient=patient).pk), by=staff)


def test_a_second_draft_meanwhile_is_told(patient: Patient, staff: User) -> None:
    mine, theirs = open_draft(patient, by=staff), kept(patient, make_staff())
    with pytest.raises(DraftElsewhere) as elsewhere:
        keep_draft(mine, {"fever": "yes"}, by=staff, today=TODAY)
    assert elsewhere.value.draft == theirs


def test_a_second_draft_does_not_overwrite_the_first(patient: Patient, staff: User) -> None:
    mine = open_draft(patient, by=staff)
    kept(patient, make_staff(), fever="no")
    with pytest.raises(DraftElsewhere):
        keep_draft(mine, {"fever": "yes"}, by=staff, today=TODAY)
    assert Screening.objects.get().typed == {"fever": "no"}


def test_nothing_is_kept_in_a_screening_that_was_sent_meanwhile(patient: Patient, staff: User) -> None:
    draft = kept(patient, staff)
    receive_answers(draft, cleaned_answers(), by=staff, today=TODAY)
    with pytest.raises(ScreeningGone):
        keep_draft(draft, {"fever": "yes"}, by=staff, today=TODAY)


# --- sending -------------------------------------------------------------------------------------------


def test_a_sent_screening_holds_the_findings(patient: Patient, staff: User) -> None:
    sent = receive_answers(kept(patient, staff), cleaned_answers(fever="yes"), by=staff, today=TODAY)
    assert Screening.objects.get(pk=sent.pk).findings["fever"] is True


def test_a_sent_screening_holds_the_onset(patient: Patient, staff: User) -> None:
    cleaned = cleaned_answers(onset_ago="10")
    assert receive_answers(kept(patient, staff), cleaned, by=staff, today=TODAY).onset_date == cleaned["onset_on"]


def test_a_sent_screening_says_who_sent_it(patient: Patient, staff: User) -> None:
    sender = make_staff()
    assert receive_answers(kept(patient, staff), cleaned_answers(), by=sender, today=TODAY).sent_by == sender


def test_a_sent_screening_holds_no_typing(patient: Patient, staff: User) -> None:
    said = cleaned_answers(onset_date="11/10/2026")
    assert receive_answers(kept(patient, staff), said, by=staff, today=TODAY).typed == {}


def test_a_sent_screening_holds_how_its_beginning_was_said(patient: Patient, staff: User) -> None:
    said = cleaned_answers(onset_ago="2", onset_unit="weeks")
    sent = receive_answers(kept(patient, staff), said, by=staff, today=TODAY)
    assert sent.typed == {"onset_ago": 2, "onset_unit": "weeks"}


def test_sending_leaves_an_event(patient: Patient, staff: User) -> None:
    sent = receive_answers(kept(patient, staff), cleaned_answers(), by=staff, today=TODAY)
    assert AuditEvent.objects.get(action="screened").object_id == str(sent.pk)


def test_answers_are_sent_once(patient: Patient, staff: User) -> None:
    draft = kept(patient, staff)
    receive_answers(draft, cleaned_answers(), by=staff, today=TODAY)
    with pytest.raises(ScreeningGone):
        receive_answers(draft, cleaned_answers(), by=staff, today=TODAY)


def test_a_second_sending_makes_no_second_screening(patient: Patient, staff: User) -> None:
    draft = kept(patient, staff)
    receive_answers(draft, cleaned_answers(), by=staff, today=TODAY)
    with pytest.raises(ScreeningGone):
        receive_answers(draft, cleaned_answers(fever="yes"), by=staff, today=TODAY)
    assert Screening.objects.get().findings["fever"] is False


def test_newer_answers_are_not_sent_over(patient: Patient, staff: User) -> None:
    draft = kept(patient, staff)
    keep_draft(Screening.objects.get(), {"fever": "yes"}, by=make_staff(), today=TODAY)
    with pytest.raises(DraftElsewhere):
        receive_answers(draft, cleaned_answers(), by=staff, today=TODAY)


def test_the_newest_screening_is_the_one_sent_last(patient: Patient, staff: User) -> None:
    make_screening(patient=patient)
    newer = receive_answers(kept(patient, staff), cleaned_answers(), by=staff, today=TODAY)
    assert Screening.objects.newest_of(patient) == newer


# --- the complaint -------------------------------------------------------------------------------------


def test_a_first_screening_opens_a_complaint(patient: Patient, staff: User) -> None:
    receive_answers(kept(patient, staff), cleaned_answers(regions=["low_back", "hip_crest"]), by=staff, today=TODAY)
    assert Complaint.objects.get().regions == ["low_back", "hip_crest"]


def test_a_further_screening_brings_the_complaint_up_to_date(patient: Patient, staff: User) -> None:
    make_complaint(patient=patient)
    receive_answers(kept(patient, staff), cleaned_answers(brought_on_by="lifting"), by=staff, today=TODAY)
    assert Complaint.objects.get().brought_on_by == "lifting"


def test_a_closed_complaint_stays_closed(patient: Patient, staff: User) -> None:
    closed = make_complaint(patient=patient)
    Complaint.objects.update(closed_at=closed.opened_at)
    receive_answers(kept(patient, staff), cleaned_answers(), by=staff, today=TODAY)
    assert Complaint.objects.filter(closed_at=None).get() != closed


# --- append-only ---------------------------------------------------------------------------------------


def test_a_sent_screening_is_not_saved_again(patient: Patient) -> None:
    screening = make_screening(patient=patient)
    screening.findings = {"fever": True}
    with pytest.raises(AppendOnlyError):
        screening.save()


def test_a_sent_screening_is_not_deleted(patient: Patient) -> None:
    with pytest.raises(AppendOnlyError):
        make_screening(patient=patient).delete()


def test_a_bulk_update_changes_no_sent_screening(patient: Patient) -> None:
    make_screening(patient=patient)
    with pytest.raises(IntegrityError), transaction.atomic():
        Screening.objects.update(findings={"fever": True})


@pytest.mark.parametrize("statement", ["UPDATE intake_screening SET findings = '{}'", "DELETE FROM intake_screening"])
def test_sql_changes_no_sent_screening(patient: Patient, statement: str) -> None:
    make_screening(patient=patient)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


# --- place and cause -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "said"), [("regions", ["neck"]), ("brought_on_by", "lifting"), ("how_often", "some_days")]
)
def test_a_sent_screening_keeps_its_place_and_cause(patient: Patient, staff: User, field: str, said: Any) -> None:
    first = receive_answers(kept(patient, staff), cleaned_answers(**{field: said}), by=staff, today=TODAY)
    receive_answers(kept(patient, staff), cleaned_answers(), by=staff, today=TODAY)
    assert getattr(Screening.objects.get(pk=first.pk), field) == said


def test_a_screening_after_an_ended_plan_opens_a_new_complaint(patient: Patient, staff: User) -> None:
    version = make_issued(patient=patient)
    end_plan(version.plan, by=make_clinician(), today=TODAY)
    sent = receive_answers(kept(patient, staff), cleaned_answers(), by=staff, today=TODAY)
    assert list(Complaint.objects.filter(closed_at=None)) == [sent.complaint]
