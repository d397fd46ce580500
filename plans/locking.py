"""The one lock of a patient's plan: their own row, taken first by whoever changes a plan, a draft or a screening.

Whoever has it needs no order among plan, version and items any more, so that two changes wait and never deadlock.
SQLite knows no row locks: there the transaction itself is the lock (BEGIN IMMEDIATE).
"""

from uuid import UUID

from intake.models import Patient


def lock_patient(patient_id: UUID) -> None:
    """Hold the patient's row to the end of the transaction; rows that only point at it may still be written."""
    list(Patient.objects.select_for_update(no_key=True).only("pk").filter(pk=patient_id))


def lock_patient_of(version_id: UUID) -> None:
    """The same, for the patient of a plan's version; nothing when there is no such version any more."""
    patients = Patient.objects.select_for_update(no_key=True, of=("self",)).only("pk")
    list(patients.filter(plans__versions=version_id))
