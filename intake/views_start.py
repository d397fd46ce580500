"""/start/: the way in for a patient, with a code from the paper. The only pages that know codes."""

from collections.abc import Callable
from datetime import timedelta
from math import ceil
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from intake.code_guesses import Guess, counted, guess_at_a_sheet, guess_at_a_tablet, wait_words
from intake.codes import CodeRefused, access_of, recognize, use_up
from intake.models import PatientAccess, TabletVisit
from intake.signing_in import BACKEND, choose, is_patient, sign_in
from intake.tablet import looks_like_visit, redeem_visit
from intake.waiting_codes import forget_code, wait_for_yes, waiting_code
from practice import audit
from practice.guessing import TooManyGuesses
from practice.models import User
from practice.sessions_deeds import limit_to

LONGEST_CODE = 40
# The session of the desk's tablet holds the visit's id under this key, and opens nothing but that visit.
TABLET_VISIT = "tablet_visit"
WORKING_DAY = timedelta(hours=12)
# The patient's own language, for pages that do not know the patient: under this key in the session.
OWN_LANGUAGE = "own_language"
Found = TypeVar("Found")


# Public: somebody who holds a code has no account to sign in with yet.
@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, plan_page: str, tablet_page: str) -> HttpResponse:
    """Type a code, or scan it: a scanned one reaches the server when "Open my plan" is pressed."""
    if request.method != "POST":
        return _page(request, plan_page)
    typed = request.POST.get("code", "").strip()[:LONGEST_CODE]
    if not typed:
        return _again(request, plan_page, _("Type a code from your sheet."))
    if own := _own_access(request, typed):
        choose(request, own)
        return redirect(plan_page)
    try:
        if looks_like_visit(typed):
            visit = _looked_at(request, guess_at_a_tablet(request), lambda: redeem_visit(typed))
            return _start_visit(request, tablet_page, visit)
        wait_for_yes(request.session, _looked_at(request, guess_at_a_sheet(request, typed), lambda: recognize(typed)))
    except CodeRefused as refused:
        return _again(request, plan_page, str(refused.message))
    except TooManyGuesses as too_many:
        return _held_back(request, plan_page, too_many.wait)
    return redirect("start_confirm")


# Public: nobody is signed in before this page's "Yes".
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, plan_page: str, tablet_page: str) -> HttpResponse:
    """Whose sheet it is, by the first name alone. "Yes" uses the code up and opens the plan."""
    code = waiting_code(request.session)
    if code is None:
        return redirect("start")
    access = code.sheet.access
    if request.method != "POST":
        return render(request, "intake/start_confirm.html", {"access": access})
    forget_code(request.session)
    if request.POST.get("mine") != "yes":
        _note_failure(request, "code: not mine", patient_id=access.patient_id)
        return render(request, "intake/start_not_mine.html")
    try:
        sign_in(request, use_up(code), by="code")
    except CodeRefused as refused:
        _note_failure(request, "code")
        return _again(request, plan_page, str(refused.message))
    return redirect(plan_page)


def _start_visit(request: HttpRequest, tablet_page: str, visit: TabletVisit) -> HttpResponse:
    """A code that staff made for the desk's tablet: one visit, in a session that holds nothing of the one before."""
    request.session.flush()
    login(request, visit.access.user, backend=BACKEND)
    request.session[TABLET_VISIT] = str(visit.pk)
    request.session[OWN_LANGUAGE] = visit.access.patient.language
    request.session.set_expiry(0)
    # An urgent card outlasts its visit, until staff have seen to it; never the working day.
    limit_to(request, visit.ends_at + WORKING_DAY)
    response = redirect(tablet_page)
    # Who sat here before chose that.
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response


def _looked_at(request: HttpRequest, guesses: tuple[Guess, ...], look: Callable[[], Found]) -> Found:
    """What `look` finds within the limits of guessing; a failure is written down. Raises as `counted` does."""
    try:
        return counted(guesses, look)
    except CodeRefused:
        _note_failure(request, "code")
        raise
    except TooManyGuesses:
        audit.record(audit.Action.LOCKED_OUT, actor=None, request=request, detail="code")
        raise


def _note_failure(request: HttpRequest, detail: str, *, patient_id: UUID | None = None) -> None:
    audit.record(audit.Action.SIGN_IN_FAILED, actor=None, request=request, patient_id=patient_id, detail=detail)


def _own_access(request: HttpRequest, typed: str) -> PatientAccess | None:
    """A device that is signed in opens the plan whatever its codes' state: code 1 is used when it scans again."""
    return access_of(request.user, typed) if isinstance(request.user, User) and is_patient(request.user) else None


def _held_back(request: HttpRequest, plan_page: str, wait: timedelta) -> HttpResponse:
    response = _again(request, plan_page, wait_words(wait), status=429)
    response["Retry-After"] = str(ceil(wait.total_seconds()))
    return response


def _again(request: HttpRequest, plan_page: str, error: str, *, status: int = 422) -> HttpResponse:
    # What was typed is shown again, so that a slip can be mended; the page is never cached.
    typed = request.POST.get("code", "")[:LONGEST_CODE]
    return _page(request, plan_page, error=error, typed=typed, status=status)


def _page(request: HttpRequest, plan_page: str, *, status: int = 200, **shown: str) -> HttpResponse:
    """The form, and straight on to the plan for a device that is signed in already."""
    signed_in = is_patient(request.user)
    context = {"plan_page": plan_page, "signed_in": signed_in, "can_mail": settings.CAN_MAIL, **shown}
    return render(request, "intake/start.html", context, status=status)
