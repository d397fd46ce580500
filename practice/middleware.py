"""Gives each request its clinic, and Django the clinic's time zone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from practice.models import Clinic


class ClinicMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        # Here rather than in __call__, so that files and unknown addresses cost no query.
        if getattr(view, "needs_no_clinic", False):
            return
        request.clinic = Clinic.load()  # type: ignore[attr-defined]
        timezone.activate(request.clinic.zone)  # type: ignore[attr-defined]
