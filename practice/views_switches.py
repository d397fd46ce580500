"""The switches that change who decides: one plain page to read, an owner who asks, a clinician who signs."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from practice.access import StaffRequest, staff_may
from practice.models import Switch, SwitchDecision
from practice.roles import May
from practice.stepping_up import freshly_signed_in
from practice.switches import EXPLAINED, SwitchError, ask, end, sign

NOT_READ = "Read what it changes, and tick that you have."


@require_safe
@staff_may(May.END_SWITCH)
def switches(request: StaffRequest) -> HttpResponse:
    """Each switch: what it changes, how it stands, and what this person may do about it."""
    standing = {row.switch: row for row in SwitchDecision.objects.not_ended().select_related("asked_by", "signed_by")}
    context = {
        "switches": [
            {"switch": switch, "said": EXPLAINED[switch], "decision": standing.get(switch.value)} for switch in Switch
        ],
        "history": SwitchDecision.objects.exclude(ended_at=None).select_related("asked_by", "signed_by", "ended_by"),
    }
    return render(request, "practice/switches.html", context)


@require_POST
@staff_may(May.ASK_FOR_SWITCH)
def switch_ask(request: StaffRequest, switch: str) -> HttpResponse:
    if switch not in Switch.values:
        raise Http404("There is no such switch.")
    return _done(request, lambda: ask(Switch(switch), by=request.user), "Asked for. It stays off until it is signed.")


@require_POST
@staff_may(May.SIGN_SWITCH)
@freshly_signed_in()
def switch_sign(request: StaffRequest, decision: int) -> HttpResponse:
    asked = get_object_or_404(SwitchDecision, pk=decision)
    return _done(request, lambda: sign(asked, by=request.user), "Signed: it is on.")


@require_POST
@staff_may(May.END_SWITCH)
def switch_end(request: StaffRequest, decision: int) -> HttpResponse:
    standing = get_object_or_404(SwitchDecision, pk=decision)
    return _tell(request, lambda: end(standing, by=request.user), "It is off.")


def _done(request: StaffRequest, deed: Callable[[], object], said: str) -> HttpResponse:
    """A step towards "on": only by somebody who ticked that they read the page."""
    if "read" not in request.POST:
        messages.error(request, NOT_READ)
        return redirect("switches")
    return _tell(request, deed, said)


def _tell(request: StaffRequest, deed: Callable[[], object], said: str) -> HttpResponse:
    try:
        deed()
    except SwitchError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("switches")
