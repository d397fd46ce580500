"""The owner keeps a record longer than the retention rule does: a dispute runs, or a court asks for it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from intake.unnamed import what_is_wrong
from plans.erasing import patient_numbered
from plans.forms_keeping import KeepForm, Wish
from plans.keeping_records import KeepRefused, keep_longer, let_go
from plans.models import KeepOrder
from practice.access import StaffRequest, staff_may
from practice.roles import May
from practice.stepping_up import freshly_signed_in


@staff_may(May.ERASE)
@require_http_methods(["GET", "HEAD", "POST"])
@freshly_signed_in()
def keep(request: StaffRequest) -> HttpResponse:
    """By its number: an owner who sees no patients needs no name for it."""
    form = KeepForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _done(request, form):
        return redirect("keep")
    context = {"form": form, "orders": KeepOrder.objects.standing().select_related("patient", "by")}
    return render(request, "plans/keep.html", context, status=422 if form.errors else 200)


def _done(request: StaffRequest, form: KeepForm) -> bool:
    patient = patient_numbered(int(form.cleaned_data["record_number"]))
    if patient is None:
        form.add_error("record_number", "There is no record of this number.")
        return False
    if wrong := what_is_wrong(form.cleaned_data["why"], patient):
        form.add_error("why", wrong)
        return False
    keeps = form.cleaned_data["wish"] == Wish.KEEP
    try:
        (keep_longer if keeps else let_go)(patient, by=request.user, why=form.cleaned_data["why"])
    except KeepRefused as refused:
        form.add_error("record_number", str(refused))
        return False
    said = "is kept until an owner lets it go" if keeps else "is under the retention rule again"
    messages.success(request, f"Record {patient.record_number} {said}.")
    return True
