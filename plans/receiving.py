"""receive_answers(): the only writer of a sent screening.

A draft belongs to a patient, and any of the staff may go on with it. A page sends the revision that it was drawn
from and an id of its own: what somebody else typed meanwhile is never written over unseen (DraftElsewhere).
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from intake.models import Complaint, Patient, RedFlag, Screening
from intake.onset_words import onset_as_said
from intake.screening import OF_THE_COMPLAINT, advice_on, place_and_cause, reading_of, shared_answers
from intake.typed_answers import holds_answers
from plans.asking import needs_reason
from plans.holding import hold_worse_items
from plans.locking import lock_patient
from plans.opening import open_due_items
from plans.renewing import BegunEarlier, begun_earlier, blank, drawn_before_renewal
from plans.repeating import without_repeated
from plans.stopping import stop_if_unsafe
from plans.watching import raise_red_flags, watch_answers
from practice import audit
from practice.history import changed_by
from practice.models import User
from practice.roles import May

DISCARDED = "deleted begun answers"
KEPT_FOR_SAFETY = "These answers raised a red flag, hold an item or stopped the plan. Go on and send them."
KEPT_FOR_A_CLINICIAN = "Only a clinician deletes answers, with a reason. Go on and send them, or ask a clinician."


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


class ReasonMissing(Exception):
    """A red flag of an earlier screening is open: a clinician who asks anew says what the examination showed."""

    def __init__(self) -> None:
        super().__init__("A red flag is open. Say what you found and why the questions are asked anew.")


class DraftIsKept(Exception):
    """The begun answers are not dropped; the message says why."""


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
    draft: Screening,
    typed: dict[str, Any],
    *,
    by: User,
    today: date,
    channel: Screening.Channel = Screening.Channel.STAFF,
    revision: int | None = None,
    page: UUID | None = None,
    drawn: int | None = None,
) -> tuple[RedFlag, ...]:
    """Keep what was typed, checked or not, so that a closed browser loses nothing; `draft.revision` counts on.

    The red flags that it raises are stored in the same transaction (watching.py), and the new ones answered.
    `revision` is the one that the page was drawn from (the draft's own unless told), `page` the page's id. Raises
    DraftElsewhere when another page typed since, ScreeningGone when the draft was sent. `drawn` is the revision of a
    page that writes its answers onto whatever stands there now.

    Raises BegunEarlier for answers from before today: they raise what they raise, and are asked again.
    """
    with transaction.atomic():
        lock_patient(draft.patient_id)
        old = _of_an_earlier_day(draft, revision if drawn is None else drawn, today=today)
        if old:
            _judge_old(old, typed, by=by, today=today)
        else:
            raised = _keep(draft, typed, by=by, today=today, channel=channel, revision=revision, page=page)
    if old:
        raise BegunEarlier(old)
    return raised


def _keep(
    draft: Screening,
    typed: dict[str, Any],
    *,
    by: User,
    today: date,
    channel: Screening.Channel,
    revision: int | None,
    page: UUID | None,
) -> tuple[RedFlag, ...]:
    keeping = _begin if draft._state.adding else _go_on
    stored = keeping(draft, revision=revision, page=page)
    before = stored.typed
    stored.typed, stored.page, stored.channel, stored.saved_at = typed, page, channel, timezone.now()
    stored.revision += 1
    stored.save()
    raised = watch_answers(stored, before=before, by=by, today=today)
    draft.revision = stored.revision
    return raised


def _of_an_earlier_day(draft: Screening, drawn: int | None, *, today: date) -> Screening | None:
    """The stored draft, when it or the page that types was begun before it may go on today."""
    stored = Screening.objects.drafts().filter(pk=draft.pk).first()
    is_old = stored and (begun_earlier(stored, today) or drawn_before_renewal(stored, drawn))
    return stored if is_old else None


def _judge_old(stored: Screening, typed: dict[str, Any], *, by: User, today: date) -> None:
    """A warning sign is stored whatever day its page is from; the answers are not, but for what lasts."""
    there = stored.typed
    stored.typed = typed
    watch_answers(stored, before=there, by=by, today=today)
    if begun_earlier(stored, today):
        blank(stored, by=by)
    else:
        stored.typed = there


def _go_on(draft: Screening, *, revision: int | None, page: UUID | None) -> Screening:
    """The stored draft, when the page that types is the one that may."""
    stored = Screening.objects.drafts().select_for_update().filter(pk=draft.pk).first()
    if stored is None:
        raise ScreeningGone(Screening.objects.filter(pk=draft.pk).first())
    known = draft.revision if revision is None else revision
    if stored.revision != known and (page is None or stored.page != page):
        raise DraftElsewhere(stored)
    return stored


def _begin(draft: Screening, *, revision: int | None, page: UUID | None) -> Screening:
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError as error:
        # The database allows one draft for a patient: another one came first, or this page's own from a moment ago.
        other = Screening.objects.drafts().filter(patient=draft.patient_id).first()
        if other is None:
            raise ScreeningGone(Screening.objects.filter(pk=draft.pk, patient=draft.patient_id).first()) from error
        if other.pk != draft.pk:
            raise DraftElsewhere(other) from error
        return _go_on(other, revision=revision, page=page)
    return draft


def discard_draft(patient: Patient, *, by: User, reason: str = "") -> bool:
    """Delete what was begun; answers whether there was anything to delete.

    A plan could then be issued on the older answers: only a clinician drops newer ones, and says why in the audit
    trail. Raises DraftIsKept, for everybody when they raised a red flag, hold an item or stopped the plan.
    """
    with transaction.atomic():
        lock_patient(patient.pk)
        draft = Screening.objects.drafts().filter(patient=patient).first()
        if draft is None:
            return False
        if holds_answers(draft.typed):
            _refuse_to_drop_answers(by, reason)
        try:
            draft.delete()
        except ProtectedError as error:
            raise DraftIsKept(KEPT_FOR_SAFETY) from error
        audit.record(
            audit.Action.CHANGED,
            actor=by,
            about=patient,
            patient_id=patient.pk,
            detail=DISCARDED,
            why=reason.strip(),
        )
    return True


def _refuse_to_drop_answers(by: User, reason: str) -> None:
    if not by.may(May.DECIDE):
        raise DraftIsKept(KEPT_FOR_A_CLINICIAN)
    if not reason.strip():
        raise DraftIsKept("Say in your own words why these answers are deleted: it is kept.")


def receive_answers(
    draft: Screening,
    cleaned: dict[str, Any],
    *,
    by: User,
    today: date,
    channel: Screening.Channel = Screening.Channel.STAFF,
) -> Screening:
    """Turn a draft into a sent screening, bring the complaint up to date, stop a plan that the answers forbid.

    All in one transaction, with the patient's row locked first: issue_plan() does the same, so that neither misses
    the other. `cleaned` is the cleaned data of a valid ScreeningForm, `today` the day at the clinic, and
    `draft.revision` the one that `cleaned` came from. Raises ScreeningGone when it was sent before, BegunEarlier when
    it was begun on an earlier day, DraftElsewhere when newer answers stand there, ReasonMissing when a clinician asks
    anew past an open red flag without saying why. No screening closes a red flag, and what a clinician cleared is not
    raised by repeating it (repeating.py).
    """
    with transaction.atomic():
        lock_patient(draft.patient_id)
        screening = Screening.objects.select_for_update().drafts().filter(pk=draft.pk).first()
        if screening is None:
            raise ScreeningGone(Screening.objects.filter(pk=draft.pk).first())
        if begun_earlier(screening, today):
            raise BegunEarlier(screening)
        if screening.revision != draft.revision:
            raise DraftElsewhere(screening)
        if needs_reason(screening, by) and not cleaned.get("reason"):
            raise ReasonMissing
        before = screening.typed
        screening.complaint = _complaint(screening, cleaned, by)
        _fill(screening, cleaned)
        advice = advice_on(screening, today)
        screening.level, screening.unanswered_count = advice.level.value, len(advice.unanswered)
        screening.status, screening.channel = Screening.Status.SENT, channel
        screening.sent_at = screening.saved_at = timezone.now()
        screening.sent_by = by
        screening.save()
        audit.record(
            audit.Action.SCREENED,
            actor=by,
            about=screening,
            patient_id=screening.patient_id,
            why=screening.reason,
        )
        raised = without_repeated(advice.red_flags, screening)
        raise_red_flags(screening, raised, before=before, by=by, today=today)
        stop_if_unsafe(screening, raised, by=by, today=today)
        hold_worse_items(screening, by=by, today=today)
        open_due_items(screening, by=by, today=today)
    return screening


def says_the_same(sent: Screening, cleaned: dict[str, Any]) -> bool:
    """Whether a sent screening holds just these answers: a button was pressed twice."""
    again = Screening(based_on=sent.based_on)
    _fill(again, cleaned)
    return all(getattr(again, name) == getattr(sent, name) for name in ("findings", "onset_date", *OF_THE_COMPLAINT))


def _fill(screening: Screening, cleaned: dict[str, Any]) -> None:
    reading = reading_of(cleaned)
    screening.findings = reading.findings
    screening.implied, screening.carried = list(reading.implied), list(reading.carried)
    screening.onset_date = cleaned["onset_on"]
    for name, value in place_and_cause(cleaned, screening.based_on).items():
        setattr(screening, name, value)
    screening.reason = cleaned.get("reason", "")
    screening.typed = shared_answers(cleaned) | onset_as_said(cleaned, screening.based_on)


def _complaint(draft: Screening, cleaned: dict[str, Any], by: User) -> Complaint:
    """The patient's open complaint with what this screening says of it."""
    patient = draft.patient
    complaint = Complaint.objects.filter(patient=patient, closed_at=None).first() or Complaint(patient=patient)
    complaint.onset_date = cleaned["onset_on"]
    complaint.onset_is_minimum = cleaned["onset_is_minimum"]
    for name, value in place_and_cause(cleaned, draft.based_on).items():
        setattr(complaint, name, value)
    changed_by(complaint, by).save()
    return complaint
