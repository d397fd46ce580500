"""At the edge of each request: the limits of sessions, why one is over, and which device asks.

Stands inside of Django's sessions and outside of everything that asks who somebody is.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import escape_leading_slashes, url_has_allowed_host_and_scheme

from practice import audit
from practice.models import DeviceSession, User
from practice.models_sessions import digest
from practice.sessions_deeds import RAN_OUT, device_of, note_seen
from practice.sessions_limits import STAFF, Over, why_over

SAFE = ("GET", "HEAD", "OPTIONS")
ViewT = TypeVar("ViewT", bound=Callable[..., HttpResponseBase])
DEVICE_KEPT = 400 * 24 * 60 * 60


def asked_by_the_page(view: ViewT) -> ViewT:
    """Marks a view that an open page asks by itself: that is no sign of life."""
    view.asked_by_the_page = True  # type: ignore[attr-defined]
    return view


class SessionLimitsMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = _when_over(request) or self.get_response(request)
        _note_seen(request)
        if _asks_to_sign_in(answer):
            waits = DeviceSession.objects.locked_on(device_of(request), timezone.now()).exists()
            answer = _leave(request, reverse("locked") if waits else answer.headers["Location"])
        _remember_device(request, answer)
        _leave_cookie(request)
        return answer


def page_asked_for(request: HttpRequest) -> str:
    """The page to come back to: the one that is asked for, or the one that a form or a script was sent from."""
    if request.method in SAFE and _is_navigation(request):
        return request.get_full_path()
    came_from = request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure()):
        return ""
    parts = urlsplit(came_from)
    # As get_full_path() does: a page at "//elsewhere" must not become a link to that host.
    return escape_leading_slashes(parts.path) + (f"?{parts.query}" if parts.query else "")


def _is_navigation(request: HttpRequest) -> bool:
    """Whether the browser goes to another page, rather than a script asking something for the open one."""
    return request.headers.get("Sec-Fetch-Dest", "document") == "document"


def _when_over(request: HttpRequest) -> HttpResponse | None:
    """Whoever comes with a session that is over is told why. None when there is none, or nothing to tell."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if key is None or SESSION_KEY in request.session or request.session.session_key:
        return None
    if request.path == reverse("locked"):
        return None
    row = DeviceSession.objects.filter(pk=digest(key), user__isnull=False).select_related("user").first()
    if row is None or row.user is None or row.ends_at is None:
        return None
    why = why_over(timezone.now(), ends_at=row.ends_at, locks_itself=row.locks_itself)
    if why is Over.LOCKED and request.path != reverse("sign_out"):
        return _to_lock_screen(request, row)
    _let_end(row, row.user, why)
    return _say_why(request, why) if row.user.works_here else None


def _to_lock_screen(request: HttpRequest, row: DeviceSession) -> HttpResponse:
    """The key is taken from the browser; the PIN opens the session under a new one."""
    DeviceSession.objects.filter(pk=row.pk, left_page="").update(left_page=page_asked_for(request)[:300])
    # Nothing is kept of what was sent: the session that might keep it is closed.
    return _leave(request, reverse("locked") + ("?unsaved=yes" if _is_lost(request) else ""))


@transaction.atomic
def _let_end(row: DeviceSession, user: User, why: Over) -> None:
    row.delete()
    audit.record(audit.Action.SESSION_ENDED, actor=None, about=user, detail=why.value)


def _say_why(request: HttpRequest, why: Over) -> HttpResponse | None:
    """The sign-in says it. What was sent is gone: the page it was typed on opens again after the sign-in."""
    is_lost = _is_lost(request)
    request.session[RAN_OUT] = {"why": why.value, "is_lost": is_lost}
    if not is_lost:
        return None
    return _leave(request, f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': page_asked_for(request)})}")


def _is_lost(request: HttpRequest) -> bool:
    """Whether something was typed and sent that goes no further now."""
    return request.method not in SAFE and request.path not in (reverse("sign_out"), reverse("screen_lock"))


def _leave(request: HttpRequest, address: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        # A part of a page that is fetched must not become the sign-in: the whole page goes there.
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def _note_seen(request: HttpRequest) -> None:
    row, now = getattr(request.session, "row", None), timezone.now()
    if row is None or row.seen_at is None or now - row.seen_at < STAFF.noted_every:
        return
    if request.resolver_match and hasattr(request.resolver_match.func, "asked_by_the_page"):
        return
    user = getattr(request, "user", None)
    if isinstance(user, User):
        # A full disk takes nobody the page that was just read; the session ends the earlier.
        with suppress(OperationalError):
            note_seen(row, works_here=user.works_here, now=now)


def _leave_cookie(request: HttpRequest) -> None:
    """What a script asks never takes the browser's cookie: on another tab a new key may have come in between."""
    if not _is_navigation(request) and request.session.session_key is None:
        request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)


def _asks_to_sign_in(answer: HttpResponseBase) -> bool:
    return answer.status_code == 302 and answer.headers["Location"].split("?")[0] == reverse(settings.LOGIN_URL)


def _remember_device(request: Any, answer: HttpResponseBase) -> None:
    if new := getattr(request, "new_device", ""):
        answer.set_cookie(
            settings.DEVICE_COOKIE_NAME,
            new,
            max_age=DEVICE_KEPT,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
