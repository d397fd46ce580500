"""What stays in use, and what each person reaches for: retire, bring back, star."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from practice.access import StaffRequest, staff_may
from practice.roles import May
from practice.stepping_up import freshly_signed_in
from therapies.models import Favourite, Instruction
from therapies.retiring import RetiringError, bring_back, retire


@require_POST
@staff_may(May.RETIRE)
def library_retire(request: StaffRequest, slug: str) -> HttpResponse:
    return _decide(request, slug, retire, "Retired. It goes into no new plan; plans that have it keep it.")


@require_POST
@staff_may(May.BRING_BACK)
@freshly_signed_in()
def library_bring_back(request: StaffRequest, slug: str) -> HttpResponse:
    return _decide(request, slug, bring_back, "It is back. It can go into plans again.")


@require_POST
@staff_may(May.SEE_LIBRARY)
def library_star(request: StaffRequest, slug: str) -> HttpResponse:
    """Star the instruction, or take the star away: `starred` says which."""
    instruction = get_object_or_404(Instruction, pk=slug)
    if request.POST.get("starred") == "no":
        Favourite.objects.filter(user=request.user, instruction=instruction).delete()
    else:
        Favourite.objects.get_or_create(user=request.user, instruction=instruction)
    return redirect("library_instruction", slug=slug)


def _decide(request: StaffRequest, slug: str, verb: Callable[..., None], done: str) -> HttpResponse:
    instruction = get_object_or_404(Instruction, pk=slug)
    reason = request.POST.get("reason", "").replace("\0", "")
    try:
        verb(instruction, by=request.user, at=timezone.now(), reason=reason)
    except RetiringError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("library_instruction", slug=slug)
