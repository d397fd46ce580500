"""Loading through access: the only way a view gets hold of a patient. A stranger's record is not found (404)."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from intake.models import Patient
from practice import audit
from practice.access import StaffRequest
from practice.models import User


def open_patient(request: StaffRequest, patient_id: UUID) -> Patient:
    """The patient, with one audit event for the opening."""
    patient = find_patient(request.user, patient_id)
    note_opening(request, patient)
    return patient


def find_patient(user: User, patient_id: UUID) -> Patient:
    """The patient, for what shows nothing of the record: it leaves no trace."""
    return get_object_or_404(Patient.objects.visible_to(user), pk=patient_id)


def note_opening(request: StaffRequest, patient: Patient) -> None:
    """The trace of an opened record."""
    audit.record(
        audit.Action.OPENED,
        actor=request.user,
        about=patient,
        patient_id=patient.pk,
        request=request,
        detail=page_of(request),
    )


def page_of(request: HttpRequest) -> str:
    """The name of the page, which holds no id: "patient", "plan_build"."""
    return request.resolver_match.view_name if request.resolver_match else ""
