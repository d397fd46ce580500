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


def open_draft(patient: Patient, *, by: User) -> Screening:
    """The patient's screening draft; begun now when there is none."""
    draft = Screening.objects.drafts().filter(patient=patient).first()
    if draft:
        return draft
    try:
        with transaction.atomic():
            return Screening.objects.create(patient=patient, started_by=by)
    except IntegrityError:
        # Somebody began one in this very moment; the database allows one, and theirs will do.
        return Screening.objects.drafts().get(patient=patient)


def find_draft(patient: Patient, draft_id: str) -> Screening:
    """The draft that a page was drawn from. Raises ScreeningGone when it is no draft any more."""
    try:
        return Screening.objects.drafts().get(patient=patient, pk=UUID(draft_id))
    except (ValueError, Screening.DoesNotExist) as error:
        raise ScreeningGone from error


def keep_draft(draft: Screening, typed: dict[str, Any]) -> None:
    """Keep what was typed, checked or not, so that a closed browser loses nothing."""
    kept = Screening.objects.drafts().filter(pk=draft.pk).update(typed=typed, saved_at=timezone.now())
    if not kept:
        raise ScreeningGone


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
