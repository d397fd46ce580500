"""/start/passkey/: a passkey on this device opens the plan."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from intake.code_guesses import counted, guess_at_a_passkey, wait_words
from intake.passkeys import PasskeyRefused, options_to_sign_in, way_in_of
from intake.signing_in import sign_in
from practice import audit
from practice.guessing import TooManyGuesses


# Public: the passkey is what signs in.
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start_passkey(request: HttpRequest, plan_page: str, tablet_page: str) -> HttpResponse:
    """What the browser asks a passkey for; then what the passkey answered."""
    if request.method != "POST":
        return JsonResponse({"request_options": options_to_sign_in()})
    answered = request.POST.get("credential", "")
    try:
        access = counted(guess_at_a_passkey(request), lambda: way_in_of(answered))
    except PasskeyRefused as refused:
        audit.record(audit.Action.SIGN_IN_FAILED, actor=None, request=request, detail="passkey")
        messages.error(request, str(refused.message))
        return redirect("start")
    except TooManyGuesses as too_many:
        audit.record(audit.Action.LOCKED_OUT, actor=None, request=request, detail="passkey")
        messages.error(request, wait_words(too_many.wait))
        return redirect("start")
    sign_in(request, access, by="passkey")
    return redirect(plan_page)
