"""close_red_flags(): several red flags of one patient closed with the same words, and the stopped plan eased."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from intake.models import Patient, RedFlag, RedFlagClosing
from intake.red_flags import close_red_flag
from plans.locking import lock_patient
from plans.stopping import ease_stop
from practice.models import User


def close_red_flags(patient: Patient, flags: Iterable[UUID], *, by: User, done: str) -> tuple[RedFlagClosing, ...]:
    """Close those of the patient's open red flags that were looked at; one that arose since stays open.

    The plan stays stopped: letting it go on is a decision of its own (resuming.py).
    """
    with transaction.atomic():
        lock_patient(patient.pk)
        due = RedFlag.objects.open().filter(patient=patient, pk__in=list(flags))
        closed = tuple(close_red_flag(flag, by=by, done=done) for flag in due)
        ease_stop(patient.pk)
    return closed
