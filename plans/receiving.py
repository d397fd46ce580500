"""receive_answers(): the only writer of a sent screening."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from intake.models import Complaint, Patient, Screening
from intake.screening import stored_findings
from practice import audit
from practice.models import User


class ScreeningGone(Exception):
    """The draft was sent or removed meanwhile: the answers that were typed have not been stored."""


class DraftElsewhere(Exception):
    """Somebody else began a screening of this patient meanwhile; `draft` is theirs."""

    def __init__(self, draft: Screening) -> None:
        super().__init__("A draft was begun meanwhile.")
        self.draft = draft


def open_draft(patient: Patient, *, by: User) -> Screening:
    """The patient's screening draft, or a new one that is not stored before it holds an answer."""
    return Screening.objects.drafts().filter(patient=patient).first() or Screening(patient=patient, started_by=by)


def find_draft(patient: Patient, draft_id: str, *, by: User) -> Screening:
    """The draft that a page was drawn from, stored or not. Raises ScreeningGone when it was sent or removed."""
    try:
        pk = UUID(draft_id)
    except ValueError as error:
        raise ScreeningGone from error
    stored = Screening.objects.filter(pk=pk).first()
    if stored is None:
        return Screening(pk=pk, patient=patient, started_by=by)
    if stored.patient_id != patient.pk or stored.status != Screening.Status.DRAFT:
        raise ScreeningGone
    return stored


def keep_draft(draft: Screening, typed: dict[str, Any]) -> None:
    """Keep what was typed, checked or not, so that a closed browser loses nothing.

    Raises DraftElsewhere when the patient has another draft by now, ScreeningGone when this one was sent.
    """
    if draft._state.adding:
        _begin(draft, typed)
    elif not Screening.objects.drafts().filter(pk=draft.pk).update(typed=typed, saved_at=timezone.now()):
        raise ScreeningGone


def _begin(draft: Screening, typed: dict[str, Any]) -> None:
    draft.typed = typed
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError as error:
        # The database allows one draft for a patient: another one came first, or this page's own from a moment ago.
        other = Screening.objects.drafts().filter(patient=draft.patient).first()
        if other is None:
            raise ScreeningGone from error
        if other.pk != draft.pk:
            raise DraftElsewhere(other) from error
        keep_draft(other, typed)


def receive_answers(draft: Screening, cleaned: dict[str, Any], *, by: User) -> Screening:
    """Turn a draft into a sent screening and bring the complaint up to date, in one transaction.

    `cleaned` is the cleaned data of a valid ScreeningForm. Raises ScreeningGone when the draft was sent before.
    """
    with transaction.atomic():
        screening = Screening.objects.select_for_update().drafts().filter(pk=draft.pk).first()
        if screening is None:
            raise ScreeningGone
        screening.complaint = _complaint(screening.patient, cleaned)
        screening.findings = stored_findings(cleaned)
        screening.onset_date = cleaned["onset_on"]
        screening.typed = {}
        screening.status = Screening.Status.SENT
        screening.sent_at = screening.saved_at = timezone.now()
        screening.sent_by = by
        screening.save()
        audit.record(audit.Action.SCREENED, actor=by, about=screening, patient_id=screening.patient_id)
    return screening


def _complaint(patient: Patient, cleaned: dict[str, Any]) -> Complaint:
    """The patient's open complaint with what this screening says of it."""
    complaint = Complaint.objects.filter(patient=patient, closed_at=None).first() or Complaint(patient=patient)
    complaint.regions = cleaned["regions"]
    complaint.onset_date = cleaned["onset_on"]
    complaint.onset_is_minimum = cleaned["onset_is_minimum"]
    complaint.brought_on_by = cleaned["brought_on_by"]
    complaint.how_often = cleaned["how_often"]
    complaint.save()
    return complaint
