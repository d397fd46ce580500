"""Where a patient is signed in, and whose plan this device shows."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intake.devices import devices_of, is_this_device
from intake.proxies import accesses_of
from intake.signing_in import choose, chosen_patient
from plans.days import long_day_words
from plans.leading import see_other
from practice.access import StaffRequest, patient_only
from practice.models import DeviceSession
from practice.sessions_deeds import end, end_others


@patient_only
@never_cache
@require_safe
def my_devices(request: StaffRequest) -> HttpResponse:
    """Each device that opens the plan without a code; this one first."""
    devices = list(devices_of(request.user))
    context = {
        "this": [_in_words(each) for each in devices if is_this_device(request, each)],
        "others": [_in_words(each) for each in devices if not is_this_device(request, each)],
    }
    return render(request, "plans/me_devices.html", context)


@patient_only
@require_POST
def my_device_end(request: StaffRequest, device_id: UUID) -> HttpResponse:
    device = get_object_or_404(devices_of(request.user), public_id=device_id)
    if is_this_device(request, device):
        logout(request)
        return see_other("home")
    end(device, by=request.user, request=request)
    messages.success(request, _("That device is signed out."))
    return see_other("my_devices")


@patient_only
@require_POST
def my_devices_end_others(request: StaffRequest) -> HttpResponse:
    end_others(request, request.user)
    messages.success(request, _("All other devices are signed out."))
    return see_other("my_devices")


@patient_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def whose(request: StaffRequest) -> HttpResponse:
    """A proxy of two people says whose plan this device shows."""
    open_now = accesses_of(request.user).select_related("patient").order_by("given_at")
    if request.method == "POST":
        wanted = [each for each in open_now if str(each.patient_id) == request.POST.get("patient")]
        if wanted:
            choose(request, wanted[0])
            return see_other("me")
    context = {"accesses": open_now, "chosen": chosen_patient(request)}
    return render(request, "plans/me_whose.html", context, status=422 if request.method == "POST" else 200)


def _in_words(device: DeviceSession) -> dict[str, Any]:
    since, seen = (long_day_words(timezone.localdate(at)) for at in (device.signed_in_at, device.seen_at) if at)
    return {"device": device, "since": since, "seen": seen}
