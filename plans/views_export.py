"""Everything about one person: a page to read and print, and the same as data."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from intake.loading import open_patient
from plans.exporting import Export, export_of
from practice import audit
from practice.access import StaffRequest, staff_may
from practice.roles import May
from practice.stepping_up import freshly_signed_in_to_read


@staff_may(May.EXPORT)
@freshly_signed_in_to_read
@require_safe
def export(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """To read and to print: opening it counts as taking it out."""
    found = _taken_out(request, patient_id, "page")
    return render(request, "plans/export.html", {"export": found, "patient": found.patient})


@staff_may(May.EXPORT)
@freshly_signed_in_to_read
@require_safe
def export_data(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    found = _taken_out(request, patient_id, "data")
    name = f"record-{found.patient.record_number}.json"
    indented = {"indent": 1, "ensure_ascii": False}
    answer = JsonResponse(found.as_data(), json_dumps_params=indented)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _taken_out(request: StaffRequest, patient_id: UUID, detail: str) -> Export:
    patient = open_patient(request, patient_id)
    audit.record(audit.Action.EXPORTED, actor=request.user, about=patient, patient_id=patient.pk, detail=detail)
    return export_of(patient)
