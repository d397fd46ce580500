"""The middleware of restricted records: whoever meets a closed one is led to the page where the glass is broken."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from intake.loading import note_knock
from intake.restricting import RecordClosed
from intake.views_restrictions import glass_before_a_form, held_fields
from practice.access import StaffRequest
from practice.models import User
from practice.roles import May

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
        is_a_page, asked = _is_a_page(request), cast(StaffRequest, request)
        if is_a_page and _has_typed(request):
            return glass_before_a_form(asked, why.patient)
        note_knock(asked, why.patient)
        if not is_a_page:
            return HttpResponse(CLOSED, status=403, content_type="text/plain")
        # A button alone is not pressed again by itself: from there the way leads to the patient's page.
        return redirect(f"{door}?{urlencode({'to': request.path})}" if request.method == "GET" else door)


def _has_typed(request: HttpRequest) -> bool:
    """Whether a form was sent that would be lost, by somebody who may break the glass."""
    return isinstance(request.user, User) and request.user.may(May.SEE_PATIENTS) and bool(held_fields(request))


def _is_a_page(request: HttpRequest) -> bool:
    """Whether somebody goes there, and not a script of a page that was opened before."""
    return request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
