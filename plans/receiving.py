"""receive_answers(): the only writer of a sent screening.

A draft belongs to a patient, and any of the staff may go on with it. A page sends the revision that it was drawn
from and an id of its own: what somebody else typed meanwhile is never written over unseen (DraftElsewhere).
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from intake.models import Complaint, Patient, Screening
from intake.screening import advice_on, stored_findings
from plans.locking import lock_patient
from plans.stopping import stop_if_unsafe
from practice import audit
from practice.models import User

OF_THE_COMPLAINT = ("regions", "brought_on_by", "how_often")


class ScreeningGone(Exception):
    """The draft was sent or removed meanwhile: the answers that were typed have not been stored.

    `sent` is the screening that it became, when this page's draft did.
    """

    def __init__(self, sent: Screening | None = None) -> None:
        super().__init__("The draft is gone.")
        self.sent = sent


class DraftElsewhere(Exception):
    """Somebody else typed into this patient's screening meanwhile; `draft` is what stands there."""

    def __init__(self, draft: Screening) -> None:
        super().__init__("The draft changed meanwhile.")
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
    if stored.patient_id != patient.pk:
        raise ScreeningGone
    if stored.status != Screening.Status.DRAFT:
        raise ScreeningGone(stored)
    return stored


def keep_draft(
    draft: Screening, typed: dict[str, Any], *, revision: int | None = None, page: UUID | None = None
) -> None:
    """Keep what was typed, checked or not, so that a closed browser loses nothing; `draft.revision` counts on.

    `revision` is the one that the page was drawn from (the draft's own unless told), `page` the page's id. Raises
    DraftElsewhere when another page typed since, ScreeningGone when the draft was sent.
    """
    if draft._state.adding:
        _begin(draft, typed, revision=revision, page=page)
        return
    with transaction.atomic():
        stored = Screening.objects.drafts().select_for_update().filter(pk=draft.pk).first()
        if stored is None:
            raise ScreeningGone(Screening.objects.filter(pk=draft.pk).first())
        known = draft.revision if revision is None else revision
        if stored.revision != known and (page is None or stored.page != page):
            raise DraftElsewhere(stored)
        stored.typed, stored.page, stored.saved_at = typed, page, timezone.now()
        stored.revision += 1
        stored.save()
    draft.revision = stored.revision


def _begin(draft: Screening, typed: dict[str, Any], *, revision: int | None, page: UUID | None) -> None:
    draft.typed, draft.page, draft.revision = typed, page, 1
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError as error:
        # The database allows one draft for a patient: another one came first, or this page's own from a moment ago.
        other = Screening.objects.drafts().filter(patient=draft.patient).first()
        if other is None:
            raise ScreeningGone(Screening.objects.filter(pk=draft.pk, patient=draft.patient).first()) from error
        if other.pk != draft.pk:
            raise DraftElsewhere(other) from error
        keep_draft(other, typed, revision=revision, page=page)
        draft.revision = other.revision


def receive_answers(draft: Screening, cleaned: dict[str, Any], *, by: User, today: date) -> Screening:
    """Turn a draft into a sent screening, bring the complaint up to date, stop a plan that the answers forbid.

    All in one transaction, with the patient's row locked first: issue_plan() does the same, so that neither misses
    the other. `cleaned` is the cleaned data of a valid ScreeningForm, `today` the day at the clinic. Raises
    ScreeningGone when it was sent before.
    """
    with transaction.atomic():
        lock_patient(draft.patient_id)
        screening = Screening.objects.select_for_update().drafts().filter(pk=draft.pk).first()
        if screening is None:
            raise ScreeningGone(Screening.objects.filter(pk=draft.pk).first())
        screening.complaint = _complaint(screening.patient, cleaned)
        _fill(screening, cleaned)
        advice = advice_on(screening, today)
        screening.level, screening.unanswered_count = advice.level.value, len(advice.unanswered)
        screening.status = Screening.Status.SENT
        screening.sent_at = screening.saved_at = timezone.now()
        screening.sent_by = by
        screening.save()
        audit.record(audit.Action.SCREENED, actor=by, about=screening, patient_id=screening.patient_id)
        stop_if_unsafe(screening, by=by, today=today)
    return screening


def says_the_same(sent: Screening, cleaned: dict[str, Any]) -> bool:
    """Whether a sent screening holds just these answers: a button was pressed twice."""
    again = Screening()
    _fill(again, cleaned)
    return all(getattr(again, name) == getattr(sent, name) for name in ("findings", "onset_date", *OF_THE_COMPLAINT))


def _fill(screening: Screening, cleaned: dict[str, Any]) -> None:
    screening.findings = stored_findings(cleaned)
    screening.onset_date = cleaned["onset_on"]
    for name in OF_THE_COMPLAINT:
        setattr(screening, name, cleaned[name])
    screening.typed = {}


def _complaint(patient: Patient, cleaned: dict[str, Any]) -> Complaint:
    """The patient's open complaint with what this screening says of it."""
    complaint = Complaint.objects.filter(patient=patient, closed_at=None).first() or Complaint(patient=patient)
    complaint.onset_date = cleaned["onset_on"]
    complaint.onset_is_minimum = cleaned["onset_is_minimum"]
    for name in OF_THE_COMPLAINT:
        setattr(complaint, name, cleaned[name])
    complaint.save()
    return complaint
