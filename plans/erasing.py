"""erase_patient(): the one way past the triggers that keep a record, by the clinic's retention rule.

What goes: every row of the patient's record, their ways to sign in and their sessions. What stays, because the law
asks for it or because others stand on it: the events (who did and looked at what; they hold no names) and the
tombstone. Backups that were made before hold the record until the retention rule of backups removes them.
"""

from datetime import date

from django.conf import settings
from django.db import connection, models, transaction

from intake.devices import devices_showing
from intake.models import NameEnding, NameUse, NameWord, Patient, Screening
from intake.of_age import OF_AGE, years_after
from plans.keeping_records import order_to_keep
from plans.locking import lock_patient
from plans.models import PlanVersion
from plans.whole_record import WholeRecord, whole_record
from practice import audit
from practice.history import changed_by
from practice.models import Erasure, OpenErasure, User
from practice.roles import May
from practice.sessions_deeds import end

Basis = Erasure.Basis


class ErasureRefused(Exception):
    """The record stays; the message says why, and until when."""


def patient_numbered(number: int) -> Patient | None:
    """The patient of this record number. Whoever erases sees no patients, and of this one nothing but the number."""
    return Patient.objects.filter(record_number=number).first()


def erase_patient(patient: Patient, *, by: User, basis: Erasure.Basis, today: date) -> Erasure:
    """Remove everything about the patient but what the law keeps, and leave a tombstone, in one transaction.

    Raises ErasureRefused.
    """
    with transaction.atomic():
        lock_patient(patient.pk)
        record = whole_record(patient)
        _refuse_unless_due(record, by=by, basis=basis, today=today)
        erasure = Erasure.objects.create(patient_id=patient.pk, record_number=patient.record_number, basis=basis, by=by)
        opened = OpenErasure.objects.create(erasure=erasure)
        _remove(record, by=by)
        opened.delete()
        audit.record(audit.Action.ERASED, actor=by, about=erasure, patient_id=erasure.patient_id, detail=basis.value)
    return erasure


def kept_until(record: WholeRecord) -> date:
    """The last day on which the law keeps the record: so many years after it was last written, or after coming of
    age, whichever is later."""
    last, of_age = record.last_moment().date(), years_after(record.patient.birth_date, OF_AGE)
    return years_after(max(last, of_age), settings.RETENTION_YEARS)


def _refuse_unless_due(record: WholeRecord, *, by: User, basis: Erasure.Basis, today: date) -> None:
    if not by.may(May.ERASE):
        raise ErasureRefused("Only the owner erases a record.")
    if order := order_to_keep(record.patient):
        raise ErasureRefused(f"This record is kept until an owner lets it go: {order.why}")
    if basis == Basis.NEVER_TREATED:
        if _was_treated(record):
            raise ErasureRefused("Answers were sent or a plan was issued: the law keeps this record.")
        return
    until = kept_until(record)
    if today <= until:
        raise ErasureRefused(f"The law keeps this record until {until:%B} {until.day}, {until.year}.")


def _was_treated(record: WholeRecord) -> bool:
    return record.of(Screening).exists() or record.of(PlanVersion).filter(status=PlanVersion.Status.ISSUED).exists()


def _remove(record: WholeRecord, *, by: User) -> None:
    """Foreign keys are checked at the end of the transaction, so the order of the tables does not matter."""
    for device in devices_showing(record.patient):
        # Also of somebody who helps another patient as well, and keeps their account.
        end(device, by=by)
    words = set(record.of(NameUse).values_list("word", flat=True))
    for model in record.rows:
        # Past the models' own delete(), which refuses; the triggers refuse too, but for OpenErasure.
        record.of(model)._raw_delete(connection.alias)
    _forget_words(words)
    for user in User.objects.filter(pk__in=record.users):
        _make_nobody(user, by)


def _forget_words(words: set[str]) -> None:
    """The search's dictionary keeps no word that was in this name alone."""
    unused = words - set(NameUse.objects.filter(word__in=words).values_list("word", flat=True))
    for model, name in ((NameEnding, "word__in"), (NameWord, "pk__in")):
        models.QuerySet(model).filter(**{name: unused})._raw_delete(connection.alias)


def _make_nobody(user: User, by: User) -> None:
    """The account stays as a number that events point to; nothing says whose it was, and nobody can come in by it."""
    user.display_name = user.email = ""
    user.is_active = False
    user.set_unusable_password()
    changed_by(user, by).save()
