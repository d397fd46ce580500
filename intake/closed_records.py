"""The middleware of restricted records: whoever meets a closed one is led to the page where the glass is broken."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from intake.loading import page_of
from intake.restricting import RecordClosed
from practice import audit

DOOR = "break_glass"
CLOSED = "This record is restricted."


class ClosedRecordMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, why: Exception) -> HttpResponseBase | None:
        if not isinstance(why, RecordClosed):
            return None
        door = reverse(DOOR, args=[why.patient.pk])
        if not why.is_a_look:
            return redirect(door)
        audit.refused(actor=request.user, about=why.patient, patient_id=why.patient.pk, detail=page_of(request))
        if not _is_a_page(request):
            return HttpResponse(CLOSED, status=403, content_type="text/plain")
        # What was sent is not sent again by itself: from there the way leads to the patient's page.
        return redirect(f"{door}?{urlencode({'to': request.path})}" if request.method == "GET" else door)


def _is_a_page(request: HttpRequest) -> bool:
    """Whether somebody goes there, and not a script of a page that was opened before."""
    return request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
