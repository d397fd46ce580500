"""The middleware of the record: events say from where, and a refusal outlasts what it undid."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase

from practice import audit
from practice.models import User
from practice.where import Where, answering

REFUSING = (403, 404)


class RecordMiddleware:
    """Stands inside of the sessions and outside of everything that refuses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with answering(request) as where:
            try:
                response = self.get_response(request)
                _note_a_closed_door(where, response)
            finally:
                audit.write_refusals(where)
            return response


def _note_a_closed_door(where: Where, response: HttpResponseBase) -> None:
    """Somebody who is signed in asked for what is not theirs, or not there: to them both look the same.

    An address that no page has is not noted, and nothing of what was typed into one: only a key is kept.
    """
    match, user = where.request.resolver_match, getattr(where.request, "user", None)
    if response.status_code not in REFUSING or where.refusals or match is None or not isinstance(user, User):
        return
    audit.refused(
        actor=user,
        patient_id=_uuid(match.kwargs.get("patient_id")),
        object_id=_key(match.kwargs),
        detail=f"{response.status_code} {match.view_name}",
    )


def _key(kwargs: Mapping[str, Any]) -> str:
    return next((str(value) for value in kwargs.values() if isinstance(value, UUID | int)), "")


def _uuid(value: object) -> UUID | None:
    return value if isinstance(value, UUID) else None
