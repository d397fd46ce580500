"""Standing orders: the page with all of them and their uses, signing one, using one, countersigning a use."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intake.loading import note_list, open_patient
from intake.restricting import closed_records
from plans.forms_orders import OrderForm
from plans.giving import given_by
from plans.loading import open_issued_version
from plans.models import StandingOrder
from plans.order_terms import LONGEST_DAYS
from plans.overview_orders import items_of, programmes_to_sign, running_orders, uses_to_countersign
from plans.standing import (
    OrderRefused,
    countersign,
    end_order,
    issue_under_order,
    sign_order,
)
from practice.access import StaffRequest, staff_may
from practice.roles import May
from practice.stepping_up import freshly_signed_in
from therapies.models import Programme, Status

SWITCHED_OFF = "Standing orders are switched off."


@staff_may(May.USE_ORDER)
@require_safe
def orders(request: StaffRequest) -> HttpResponse:
    """The orders that run, what could be signed, and every use that still waits for its clinician."""
    note_list(request)
    today = request.clinic.today()
    running = running_orders(today)
    context = {
        "orders": running,
        "programmes": programmes_to_sign(each.order for each in running),
        "uses": uses_to_countersign(today),
        "closed": closed_records(request.user),
        "may_sign": request.user.may(May.SIGN_ORDER),
    }
    return render(request, "plans/orders.html", context)


@staff_may(May.SIGN_ORDER)
@require_http_methods(["GET", "HEAD", "POST"])
@freshly_signed_in()
def order_sign(request: StaffRequest, slug: str) -> HttpResponse:
    """What an order for this programme would allow, in plain words, and the form that signs it."""
    programme = get_object_or_404(Programme, pk=slug, status=Status.PUBLISHED)
    today = request.clinic.today()
    form = OrderForm(request.POST or None, today=today)
    if form.is_valid():
        until = form.cleaned_data["until"]
        try:
            sign_order(programme, until=until, by=request.user, clinic=request.clinic, today=today)
        except OrderRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"Signed. The front desk may issue “{programme.title}” now.")
        return redirect("orders")
    (given,) = given_by([programme])
    context = {
        "programme": programme,
        "items": items_of(given),
        "why_not": given.why_not_signable if request.clinic.standing_orders_on else SWITCHED_OFF,
        "most_days": LONGEST_DAYS,
        "form": form,
    }
    return render(request, "plans/order_sign.html", context)


@staff_may(May.SIGN_ORDER)
@require_POST
def order_end(request: StaffRequest, order_id: UUID) -> HttpResponse:
    order = get_object_or_404(StandingOrder, pk=order_id)
    if end_order(order, by=request.user):
        messages.success(request, "The standing order is ended. Plans that were issued under it stay.")
    else:
        messages.info(request, "This standing order was ended before.")
    return redirect("orders")


@staff_may(May.USE_ORDER)
@require_POST
@freshly_signed_in()
def order_issue(request: StaffRequest, patient_id: UUID, order_id: UUID) -> HttpResponse:
    """Issue the order's programme for this patient."""
    patient = open_patient(request, patient_id)
    clinic = request.clinic
    try:
        version = issue_under_order(patient, order_id, by=request.user, clinic=clinic, today=clinic.today())
    except OrderRefused as refused:
        messages.error(request, f"Not issued. {refused}")
        return redirect("patient", patient.pk)
    messages.success(request, "Issued under the standing order. Its clinician is asked to countersign.")
    return redirect("plan_version", version.pk)


@staff_may(May.SIGN_ORDER)
@require_POST
@freshly_signed_in()
def order_countersign(request: StaffRequest, version_id: UUID) -> HttpResponse:
    """The order's own clinician presses; another gives a reason, when that one is here no more."""
    version, reason = open_issued_version(request, version_id), request.POST.get("reason", "").replace("\0", "")
    try:
        countersign(version, by=request.user, reason=reason)
    except OrderRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Countersigned.")
    return redirect("orders")
