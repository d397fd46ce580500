"""Which language a request is answered in: what was chosen on this device, else the patient's own, else the browser's.

The desk is English, whatever the browser asks for.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import activate, get_language_from_request, override

from intake.models import Patient
from intake.views_start import OWN_LANGUAGE
from practice.models import User
from therapies.languages import ENGLISH, LanguageFile, languages
from therapies.reading_language import reading_language
from therapies.reviewing import language_for

# Where staff work or come in.
ENGLISH_ONLY = ("/desk/", "/admin/", "/sign-in/", "/invitation/")
OFFERED, OFFERED_FOR = "languages-that-can-be-shown", 60


class LanguageMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with override(language_of(request)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", reading_language())
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


def language_of(request: HttpRequest) -> str:
    if is_for_staff(request):
        return ENGLISH
    own = request.session.get(OWN_LANGUAGE, "")
    return _shown(request, _chosen(request) or own or get_language_from_request(request))


def is_for_staff(request: HttpRequest) -> bool:
    if request.path_info.startswith(ENGLISH_ONLY):
        return True
    return isinstance(request.user, User) and request.user.works_here


def speak(request: HttpRequest, patient: Patient) -> bool:
    """Go on in this patient's language, unless another was chosen on the device; whether that is a change."""
    own = _shown(request, patient.language)
    if _chosen(request) or own == reading_language():
        return False
    request.session[OWN_LANGUAGE] = patient.language
    activate(own)
    return True


def languages_to_choose(request: HttpRequest) -> dict[str, list[LanguageFile]]:
    """For the switch on each page: the languages that it is not in, none for staff."""
    if is_for_staff(request):
        return {"other_languages": []}
    now = reading_language()
    return {"other_languages": [languages()[code] for code in _offered() if code != now]}


def _chosen(request: HttpRequest) -> str:
    code = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return code if code in languages() else ""


def _shown(request: HttpRequest, asked: str) -> str:
    """What language_for() says, asked once in a request."""
    known: dict[str, str] = request.__dict__.setdefault("languages_shown", {})
    if asked not in known:
        known[asked] = language_for(asked)
    return known[asked]


def _offered() -> list[str]:
    """The languages that can be shown. No page waits for the database to say so: each asks it anew before it speaks."""
    if settings.DEMO:
        return list(languages())
    offered: list[str] | None = cache.get_or_set(OFFERED, _that_can_be_shown, OFFERED_FOR)
    return offered or []


def _that_can_be_shown() -> list[str]:
    return [code for code in languages() if language_for(code) == code]
