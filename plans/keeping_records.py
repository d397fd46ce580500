"""keep_longer() and let_go(): an owner's order that a record must not be erased, whatever the retention rule says."""

from django.db import transaction
from django.utils import timezone

from intake.models import Patient
from plans.locking import lock_patient
from plans.models import KeepOrder
from practice import audit
from practice.models import User

ENDED = "let go"


class KeepRefused(Exception):
    """Nothing changed; the message says why."""


def order_to_keep(patient: Patient) -> KeepOrder | None:
    return KeepOrder.objects.standing().filter(patient=patient).first()


def keep_longer(patient: Patient, *, by: User, why: str) -> KeepOrder:
    """From now on erase_patient() refuses this record, until it is let go. Raises KeepRefused."""
    with transaction.atomic():
        # Whoever erases the record at this moment is before or after this.
        lock_patient(patient.pk)
        if order_to_keep(patient):
            raise KeepRefused("This record is kept already.")
        order = KeepOrder.objects.create(patient=patient, by=by, why=why)
        audit.record(audit.Action.KEPT, actor=by, about=order, patient_id=patient.pk, why=why)
    return order


def let_go(patient: Patient, *, by: User, why: str) -> None:
    """The record is under the retention rule again. Raises KeepRefused."""
    with transaction.atomic():
        lock_patient(patient.pk)
        order = order_to_keep(patient)
        if order is None:
            raise KeepRefused("No order keeps this record: the retention rule alone does.")
        order.ended_at, order.ended_by = timezone.now(), by
        order.save(update_fields=["ended_at", "ended_by"])
        audit.record(audit.Action.KEPT, actor=by, about=order, patient_id=patient.pk, detail=ENDED, why=why)
