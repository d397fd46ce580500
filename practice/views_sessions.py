"""Where somebody of the staff is signed in, to see and to end."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from practice.access import StaffRequest, staff_only
from practice.models import DeviceSession
from practice.models_sessions import digest
from practice.sessions_deeds import end, end_others
from practice.stepping_up import freshly_signed_in


@staff_only
@never_cache
@require_safe
def sessions(request: StaffRequest) -> HttpResponse:
    """This device first, then the others."""
    rows = DeviceSession.objects.of(request.user).alive(timezone.now())
    own = digest(request.session.session_key or "")
    context = {
        "here": next((row for row in rows if row.pk == own), None),
        "others": [row for row in rows if row.pk != own],
    }
    return render(request, "practice/sessions.html", context)


@staff_only
@require_POST
@freshly_signed_in()
def session_end(request: StaffRequest, session: UUID) -> HttpResponse:
    row = get_object_or_404(DeviceSession.objects.of(request.user), public_id=session)
    end(row, by=request.user, request=request)
    if row.pk == digest(request.session.session_key or ""):
        logout(request)
        return redirect("sign_in")
    messages.success(request, "Ended. That device has to sign in again.")
    return redirect("sessions")


@staff_only
@require_POST
@freshly_signed_in()
def sessions_end_others(request: StaffRequest) -> HttpResponse:
    if end_others(request, request.user):
        messages.success(request, "Ended. You are signed in on this device only.")
    else:
        messages.info(request, "You are signed in on this device only.")
    return redirect("sessions")


@staff_only
@never_cache
@require_safe
def still_here(request: StaffRequest) -> HttpResponse:
    """A sign of life of somebody who types and presses nothing: the session does not lock under their hands."""
    return HttpResponse(status=204)
