"""Where a patient is signed in, and whose plan this device shows."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intake.devices import devices_of, is_this_device
from intake.proxies import accesses_of
from intake.signing_in import choose, chosen_patient
from practice.access import StaffRequest, patient_only
from practice.sessions_deeds import end, end_others


@patient_only
@never_cache
@require_safe
def my_devices(request: StaffRequest) -> HttpResponse:
    """Each device that opens the plan without a code; this one first."""
    devices = list(devices_of(request.user))
    context = {
        "this": [each for each in devices if is_this_device(request, each)],
        "others": [each for each in devices if not is_this_device(request, each)],
    }
    return render(request, "plans/me_devices.html", context)


@patient_only
@require_POST
def my_device_end(request: StaffRequest, device_id: UUID) -> HttpResponse:
    end(get_object_or_404(devices_of(request.user), public_id=device_id), by=request.user, request=request)
    messages.success(request, _("That device is signed out."))
    return redirect("my_devices")


@patient_only
@require_POST
def my_devices_end_others(request: StaffRequest) -> HttpResponse:
    end_others(request, request.user)
    messages.success(request, _("All other devices are signed out."))
    return redirect("my_devices")


@patient_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def whose(request: StaffRequest) -> HttpResponse:
    """A proxy of two people says whose plan this device shows."""
    open_now = accesses_of(request.user).select_related("patient").order_by("given_at")
    if request.method == "POST":
        choose(request, get_object_or_404(open_now, patient=_uuid(request.POST.get("patient", ""))))
        return redirect("me")
    context = {"accesses": open_now, "chosen": chosen_patient(request)}
    return render(request, "plans/me_whose.html", context)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
