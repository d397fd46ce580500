"""Registering a patient: the next record number, the row, the event, in one transaction."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max, Min

from intake.models import FIRST_RECORD_NUMBER, Patient, Screening
from practice import audit
from practice.history import changed_by
from practice.models import Erasure, User

TRIES = 5


def register_patient(patient: Patient, *, by: User) -> Patient:
    """Save a new patient under the next free record number."""
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                patient.record_number = next_record_number()
                patient.registered_by = by
                changed_by(patient, by).save(force_insert=True)
                audit.record(audit.Action.REGISTERED, actor=by, about=patient, patient_id=patient.pk)
                return patient
        except IntegrityError:
            # Somebody else registered at the same moment and took the number; the unique column told us.
            if attempt == TRIES - 1:
                raise
    raise AssertionError("unreachable")


def keep_details(patient: Patient, *, by: User) -> None:
    """Store the changed details of a patient."""
    with transaction.atomic():
        changed_by(patient, by).save()
        audit.record(audit.Action.CHANGED, actor=by, about=patient, patient_id=patient.pk, detail="details")


def next_record_number() -> int:
    """One more than any there was: the number of an erased record is not given to somebody else."""
    newest = max(_newest_of(Patient), _newest_of(Erasure))
    return max(FIRST_RECORD_NUMBER, newest + 1)


def _newest_of(model: type[Patient] | type[Erasure]) -> int:
    return model._default_manager.aggregate(newest=Max("record_number"))["newest"] or 0


def earliest_onset(patient: Patient) -> date | None:
    """The first day on which any pain of theirs is told to have begun: nobody is born after it."""
    sent = Screening.objects.sent().filter(patient=patient)
    found: date | None = sent.aggregate(first=Min("onset_date"))["first"]
    return found
