"""Who can open a patient's plan from outside, at the desk: codes, devices, proxies, and the patient's own ways in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intake.codes import own_sheet
from intake.devices import devices_of_patient
from intake.email_codes import turn_off
from intake.forms_proxies import ProxyForm
from intake.loading import open_patient
from intake.models import EmailWay, Patient, PatientAccess
from intake.passkeys import passkeys_about, remove
from intake.proxies import ProxyRefused, give_access, is_a_child, take_away
from plans.interpreting import interpreting_for
from practice.access import StaffRequest, staff_may
from practice.roles import May
from practice.sessions_deeds import end
from practice.stepping_up import freshly_signed_in


@staff_may(May.SEE_PATIENTS)
@require_safe
def access(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Everything that opens this patient's plan now."""
    patient = open_patient(request, patient_id)
    proxies = PatientAccess.objects.proxies().filter(patient=patient).select_related("user", "given_by", "ended_by")
    today = request.clinic.today()
    context = _about(request, patient) | {
        "overview": {"codes": own_sheet(patient)},
        "devices": devices_of_patient(patient),
        "email_ways": EmailWay.objects.filter(user__access__patient=patient).select_related("user"),
        "passkeys": passkeys_about(patient),
        "proxies": [each for each in proxies.order_by("-given_at") if each.is_open_on(today)],
        "past_proxies": [each for each in proxies.order_by("-given_at") if not each.is_open_on(today)],
    }
    return render(request, "plans/access.html", context)


@staff_may(May.GIVE_ACCESS)
@require_http_methods(["GET", "HEAD", "POST"])
@freshly_signed_in()
def proxy_new(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Give somebody who helps the patient access, until a day."""
    patient, today = open_patient(request, patient_id), request.clinic.today()
    form = ProxyForm(request.POST or None, patient=patient, today=today, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            give_access(patient, by=request.user, today=today, **form.cleaned_data)
        except ProxyRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Access is given. Make codes for them next.")
            return redirect("access", patient.pk)
    context = _about(request, patient) | {"form": form, "is_a_child": is_a_child(patient, today)}
    return render(request, "plans/proxy_new.html", context, status=422 if form.errors else 200)


@staff_may(May.GIVE_ACCESS)
@require_POST
def proxy_end(request: StaffRequest, patient_id: UUID, access_id: UUID) -> HttpResponse:
    """The proxy opens nothing of this patient any more."""
    patient = open_patient(request, patient_id)
    if take_away(get_object_or_404(patient.access.proxies(), pk=access_id), by=request.user):
        messages.success(request, "The access is taken away. Their codes and devices no longer open this plan.")
    else:
        messages.info(request, "This access was taken away already.")
    return redirect("access", patient.pk)


@staff_may(May.GIVE_ACCESS)
@require_POST
def device_end(request: StaffRequest, patient_id: UUID, device_id: UUID) -> HttpResponse:
    """Sign a phone out from here: lost, sold, or lent."""
    patient = open_patient(request, patient_id)
    end(get_object_or_404(devices_of_patient(patient), public_id=device_id), by=request.user, request=request)
    messages.success(request, "That device is signed out.")
    return redirect("access", patient.pk)


@staff_may(May.GIVE_ACCESS)
@require_POST
def email_off(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Codes by e-mail end for one person: an address that is not theirs any more."""
    patient = open_patient(request, patient_id)
    ways = EmailWay.objects.filter(user__access__patient=patient).select_related("user")
    way = get_object_or_404(ways, pk=_number(request.POST.get("way", "")))
    turn_off(way.user, by=request.user, request=request)
    messages.success(request, "No more codes go to that e-mail.")
    return redirect("access", patient.pk)


@staff_may(May.GIVE_ACCESS)
@require_POST
def passkey_remove(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """One passkey opens nothing any more: of a phone that was lost or sold."""
    patient = open_patient(request, patient_id)
    found = passkeys_about(patient)
    remove(get_object_or_404(found, pk=_number(request.POST.get("passkey", ""))), by=request.user, request=request)
    messages.success(request, "That passkey opens nothing any more.")
    return redirect("access", patient.pk)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def _about(request: StaffRequest, patient: Patient) -> dict[str, Any]:
    return {
        "patient": patient,
        "interpreting": interpreting_for(patient),
        "may_give": request.user.may(May.GIVE_ACCESS),
        "may_make_codes": request.user.may(May.MAKE_CODES),
    }
