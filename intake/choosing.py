"""Whose plan a device shows: a proxy of two people sees one at a time, and everybody else always the same one."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from intake.signing_in import chosen_patient, is_patient


class ChosenPatientMiddleware:
    """The person who is signed in sees, in this request, only the patient that the device has chosen."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_patient(request.user):
            request.user.sees_only = chosen_patient(request)  # type: ignore[union-attr]
        return self.get_response(request)
