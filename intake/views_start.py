"""/start/: the way in for a patient, with a code from the paper. The only page that knows codes."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from intake.codes import CodeRefused, is_of, redeem
from intake.tablet import looks_like_visit, redeem_visit
from practice import audit
from practice.models import User

BACKEND = "practice.backends.SteadyBackend"
LONGEST_CODE = 40
# The session of the desk's tablet holds the visit's id under this key, and opens nothing but that visit.
TABLET_VISIT = "tablet_visit"
# The patient's own language, for pages that do not know the patient: under this key in the session.
OWN_LANGUAGE = "own_language"


# Public: somebody who holds a code has no account to sign in with yet.
@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, plan_page: str, tablet_page: str) -> HttpResponse:
    """Type a code, or scan it: a scanned one reaches the server when "Open my plan" is pressed."""
    if request.method != "POST":
        return _page(request, plan_page)
    typed = request.POST.get("code", "").strip()
    if not typed:
        return _again(request, plan_page, _("Type a code from your sheet."))
    if looks_like_visit(typed):
        return _start_visit(request, plan_page, tablet_page)
    try:
        user = redeem(typed[:LONGEST_CODE])
    except CodeRefused as refused:
        if _is_own(request, typed):
            return redirect(plan_page)
        return _refused(request, plan_page, refused)
    login(request, user, backend=BACKEND)
    request.session.set_expiry(settings.PATIENT_SESSION_AGE)
    audit.record(audit.Action.SIGNED_IN, actor=user, request=request, detail="code")
    return redirect(plan_page)


def _start_visit(request: HttpRequest, plan_page: str, tablet_page: str) -> HttpResponse:
    """A code that staff made for the desk's tablet: one visit, in a session that holds nothing of the one before."""
    try:
        visit = redeem_visit(request.POST["code"])
    except CodeRefused as refused:
        return _refused(request, plan_page, refused)
    request.session.flush()
    login(request, visit.access.user, backend=BACKEND)
    request.session[TABLET_VISIT] = str(visit.pk)
    request.session[OWN_LANGUAGE] = visit.access.patient.language
    request.session.set_expiry(0)
    response = redirect(tablet_page)
    # Who sat here before chose that.
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response


def _refused(request: HttpRequest, plan_page: str, refused: CodeRefused) -> HttpResponse:
    audit.record(audit.Action.SIGN_IN_FAILED, actor=None, request=request, detail="code")
    return _again(request, plan_page, str(refused.message))


def _is_own(request: HttpRequest, typed: str) -> bool:
    """A device that is signed in opens the plan whatever its codes' state: code 1 is used when it scans again."""
    return isinstance(request.user, User) and not request.user.works_here and is_of(request.user, typed[:LONGEST_CODE])


def _again(request: HttpRequest, plan_page: str, error: str) -> HttpResponse:
    # What was typed is shown again, so that a slip can be mended; the page is never cached.
    typed = request.POST.get("code", "")[:LONGEST_CODE]
    return _page(request, plan_page, error=error, typed=typed, status=422)


def _page(request: HttpRequest, plan_page: str, *, status: int = 200, **shown: str) -> HttpResponse:
    """The form, and straight on to the plan for a device that is signed in already."""
    signed_in = isinstance(request.user, User) and not request.user.works_here
    context = {"plan_page": plan_page, "signed_in": signed_in, **shown}
    return render(request, "intake/start.html", context, status=status)
