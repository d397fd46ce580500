"""The desk's tablet: one screening by the patient alone, begun by staff with a short code that works once.

A visit ends by finishing, by staff or by time. Its row decides at each request, so the tablet's own clock and what
its browser still holds do not matter. An urgent card stays in front of the patient until staff dismiss it, past the
visit's time too.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from intake.codes import LOCATOR, CodeRefused, digest, own_access
from intake.models import Patient, PatientAccess, TabletVisit
from practice import audit
from practice.models import User

CODE_LENGTH = 6
CODE_LIVES = timedelta(minutes=10)
VISIT_LASTS = timedelta(minutes=30)


@dataclass(frozen=True)
class OpenedVisit:
    """The only moment at which the code can be read."""

    visit: TabletVisit
    code: str


def open_visit(patient: Patient, *, by: User, private_only: bool = False) -> OpenedVisit:
    """A visit that waits for its code to be typed on the tablet; one that still runs for the patient ends."""
    now = timezone.now()
    with transaction.atomic():
        # Two people who press the button at once wait for each other; the second code replaces the first.
        Patient.objects.select_for_update().get(pk=patient.pk)
        access = own_access(patient)
        for earlier in TabletVisit.objects.filter(access=access, ended_at=None):
            end_visit(earlier, by=by)
        code = "".join(secrets.choice(LOCATOR) for _ in range(CODE_LENGTH))
        visit = TabletVisit.objects.create(
            access=access,
            private_only=private_only,
            digest=digest(code),
            opened_by=by,
            opened_at=now,
            code_until=now + CODE_LIVES,
            ends_at=now + CODE_LIVES,
        )
        _note(audit.Action.CODES_MADE, visit, by, "tablet")
    return OpenedVisit(visit, code)


def looks_like_visit(typed: str) -> bool:
    """Whether it has as many letters and digits as a tablet's code; a code from a sheet has eleven."""
    return sum(character.isalnum() for character in typed) == CODE_LENGTH


def redeem_visit(typed: str) -> TabletVisit:
    """The visit whose code this is, begun now; the code is used up. Raises CodeRefused."""
    now = timezone.now()
    with transaction.atomic():
        waiting = TabletVisit.objects.filter(
            digest=digest(typed), started_at=None, ended_at=None, code_until__gt=now
        ).select_related("access__user", "access__patient")
        visit = waiting.first()
        if visit is None or not _may_come_in(visit.access):
            raise CodeRefused
        # The condition on started_at decides between two tablets that send the same code at once.
        if not waiting.filter(pk=visit.pk).update(started_at=now, ends_at=now + VISIT_LASTS):
            raise CodeRefused
        visit.started_at, visit.ends_at = now, now + VISIT_LASTS
        _note(audit.Action.SIGNED_IN, visit, visit.access.user, "tablet")
    return visit


def running_visit(visit_id: str, now: datetime) -> TabletVisit | None:
    """The visit of a tablet's session, while it may go on; one whose time is over is ended here."""
    visit = TabletVisit.objects.filter(pk=UUID(visit_id)).select_related("access__user", "access__patient").first()
    if visit is None or visit.ended_at is not None:
        return None
    if visit.ends_at <= now and not visit.holds_card:
        end_visit(visit, by=None)
        return None
    return visit


def running_visit_of(patient: Patient) -> TabletVisit | None:
    """The patient's visit that waits for its code, is answered, or holds its card."""
    return TabletVisit.objects.running(timezone.now()).filter(access__patient=patient).first()


def hold_card(visit: TabletVisit) -> None:
    """An urgent card is in front of the patient: it stays until staff have seen to it."""
    TabletVisit.objects.filter(pk=visit.pk, ended_at=None).update(holds_card=True)
    visit.holds_card = True


def dismiss_card(visit: TabletVisit, *, by: User) -> None:
    """Staff are with the patient: the tablet goes on with the questions while there is time."""
    with transaction.atomic():
        if TabletVisit.objects.filter(pk=visit.pk, holds_card=True, ended_at=None).update(holds_card=False):
            _note(audit.Action.CHANGED, visit, by, "tablet: card dismissed")


def end_visit(visit: TabletVisit, *, by: User | None) -> None:
    """The tablet forgets it. `by` is who ended it: staff, or the patient by finishing; nobody when time did."""
    with transaction.atomic():
        ended = TabletVisit.objects.filter(pk=visit.pk, ended_at=None).update(
            ended_at=timezone.now(), ended_by=by, holds_card=False
        )
        if ended:
            _note(audit.Action.SIGNED_OUT, visit, by, "tablet" if by else "tablet: time is over")


def _may_come_in(access: PatientAccess) -> bool:
    today = timezone.localdate()
    return access.user.is_active and (access.until is None or today <= access.until)


def _note(action: audit.Action, visit: TabletVisit, actor: User | None, detail: str) -> None:
    audit.record(action, actor=actor, about=visit, patient_id=visit.access.patient_id, detail=detail)
