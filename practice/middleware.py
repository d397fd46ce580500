"""Gives each request its clinic, Django the clinic's time zone, and keeps private pages out of caches."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control

from practice.models import Clinic


class ClinicMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if getattr(request, "is_private", False):
            # A shared browser must not show a record again after somebody signed out.
            patch_cache_control(response, no_store=True, private=True)
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        # Here rather than in __call__, so that files and unknown addresses cost no query.
        if getattr(view, "needs_no_clinic", False):
            return
        request.is_private = getattr(view, "login_required", True)  # type: ignore[attr-defined]
        request.clinic = Clinic.load()  # type: ignore[attr-defined]
        timezone.activate(request.clinic.zone)  # type: ignore[attr-defined]
