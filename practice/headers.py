"""What every answer tells the browser, beside the content security policy and what Django says itself.

HeadersMiddleware stands in front of everything, so that files, redirects and refusals carry its headers too.
PrivacyMiddleware stands around the session. (OWASP ASVS 5.0: 3.4, 14.3)
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_cache_control

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# Passkeys are the one thing of a device that Steady uses.
OWN = ("publickey-credentials-create", "publickey-credentials-get")
NOBODYS = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "xr-spatial-tracking",
)
PERMISSIONS = ", ".join([*(f"{name}=(self)" for name in OWN), *(f"{name}=()" for name in NOBODYS)])
LEAVING = ("sign_out", "screen_lock")
# Not "cookies": that ends the sessions of the clinic's other sites under the same domain too, and forgets the language.
# Our own session ends on the server, and its cookie is taken back by the same answer.
FORGET = '"cache", "storage"'


class HeadersMiddleware:
    """No camera, no place, no other site: what a page of ours may do, and who may load an answer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class PrivacyMiddleware:
    """Keeps private answers out of every cache, and tells the browser to forget once a session is over.

    Everything is private but the views that say that they are open to anybody, and those that say that nothing of
    theirs is about the clinic or a person (`needs_no_clinic`).
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        has_failed = response.status_code >= 500 and is_leaving(request)
        if has_failed:
            # The session may last on the server, but nobody has its key any more.
            response.delete_cookie(settings.SESSION_COOKIE_NAME, path=settings.SESSION_COOKIE_PATH, samesite="Lax")
        is_over = has_failed or session_is_over(request)
        if is_over:
            response.headers["Clear-Site-Data"] = FORGET
        if is_over or getattr(request, "is_private", True):
            # A shared browser must not show a record again after somebody signed out.
            patch_cache_control(response, no_store=True, private=True)
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        open_to_all = getattr(view, "needs_no_clinic", False) or not getattr(view, "login_required", True)
        request.is_private = not open_to_all  # type: ignore[attr-defined]


def is_leaving(request: HttpRequest) -> bool:
    """Whether somebody signs out or locks the screen: the browser forgets them, whatever else fails."""
    return request.method == "POST" and request.path in {reverse(name) for name in LEAVING} and _key_held(request) != ""


def _key_held(request: HttpRequest) -> str:
    return request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")


def session_is_over(request: HttpRequest) -> bool:
    """Whether the browser came with a session that this answer leaves it without: signed out, ended or run out."""
    held = _key_held(request)
    if not held or not hasattr(request, "session"):
        return False
    return request.session.session_key != held and SESSION_KEY not in request.session
