"""A clinician lets a held item go on."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from intake.loading import open_patient
from plans.forms_decisions import ReasonForm
from plans.holding import CannotRelease, release_hold
from plans.models import ItemHold
from practice.access import StaffRequest, staff_may
from practice.roles import May
from practice.stepping_up import freshly_signed_in


@staff_may(May.DECIDE)
@require_POST
@freshly_signed_in()
def hold_release(request: StaffRequest, patient_id: UUID, hold_id: UUID) -> HttpResponse:
    """Release one of this patient's holds, with a reason."""
    patient = open_patient(request, patient_id)
    hold = get_object_or_404(ItemHold.objects.filter(screening__patient=patient), pk=hold_id)
    form = ReasonForm(request.POST, patient=patient)
    if not form.is_valid():
        messages.error(request, form.problem)
        return redirect("patient", patient.pk)
    try:
        release_hold(hold, reason=form.cleaned_data["reason"], by=request.user, today=request.clinic.today())
        messages.success(request, "The item goes on. It is back on the patient's page.")
    except CannotRelease as why:
        messages.error(request, str(why))
    return redirect("patient", patient.pk)
