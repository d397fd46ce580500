"""The owner erases a record that the law no longer keeps."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from plans.erasing import ErasureRefused, erase_patient, patient_numbered
from plans.forms_erasing import EraseForm
from practice.access import StaffRequest, staff_may
from practice.models import Erasure
from practice.roles import May
from practice.stepping_up import freshly_signed_in

LAST_ONES = 50


@staff_may(May.ERASE)
@require_http_methods(["GET", "HEAD", "POST"])
@freshly_signed_in()
def erase(request: StaffRequest) -> HttpResponse:
    """By its number: an owner who sees no patients needs no name for it."""
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _erased(request, form):
        return redirect("erase")
    context = {"form": form, "erasures": Erasure.objects.select_related("by")[:LAST_ONES]}
    return render(request, "plans/erase.html", context, status=422 if form.errors else 200)


def _erased(request: StaffRequest, form: EraseForm) -> bool:
    patient = patient_numbered(form.cleaned_data["record_number"])
    if patient is None:
        raise Http404
    basis = Erasure.Basis(form.cleaned_data["basis"])
    try:
        erasure = erase_patient(patient, by=request.user, basis=basis, today=request.clinic.today())
    except ErasureRefused as refused:
        form.add_error("record_number", str(refused))
        return False
    messages.success(request, f"Record {erasure.record_number} is erased.")
    return True
