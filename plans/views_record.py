"""The record for the chart: one printable page about a screening, and one about an issued version."""

from uuid import UUID

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from intake.loading import open_patient
from intake.models import Patient, Screening
from plans.loading import open_issued_version
from plans.record import decision_record, screening_record
from practice import audit
from practice.access import StaffRequest, staff_may
from practice.roles import May

DETAIL = "record for the chart"
OF_THE_RECORD = (
    "clearance__by",
    "standing_order__programme",
    "countersignature__by",
    "screening__patient",
    "screening__sent_by",
    "screening__based_on",
)


@staff_may(May.PRINT)
@require_safe
def version_record(request: StaffRequest, version_id: UUID) -> HttpResponse:
    """What was asked, what the rules said, who decided what, and what was given."""
    version = open_issued_version(request, version_id, along_with=OF_THE_RECORD)
    decision = decision_record(version, request.clinic)
    return _page(request, version.plan.patient, version, {"decision": decision, "record": decision.screening})


@staff_may(May.PRINT)
@require_safe
def screening_record_page(request: StaffRequest, patient_id: UUID, screening_id: UUID) -> HttpResponse:
    """A screening alone: also one that no plan stands on."""
    patient = open_patient(request, patient_id)
    sent = Screening.objects.sent().filter(patient=patient).select_related("patient", "sent_by", "based_on")
    screening = get_object_or_404(sent, pk=screening_id)
    return _page(request, patient, screening, {"record": screening_record(screening, request.clinic)})


def _page(request: StaffRequest, patient: Patient, about: Model, context: dict[str, object]) -> HttpResponse:
    # The browser prints this page without telling anybody: opening it counts as printing it.
    audit.record(
        audit.Action.PRINTED, actor=request.user, about=about, patient_id=patient.pk, request=request, detail=DETAIL
    )
    return render(request, "plans/record.html", {"patient": patient, **context})
