"""The door of a tablet's session: it opens the pages of its one visit and nothing else.

The session is signed in as the patient, so every other page of theirs would open too. That is why this stands in
front of all views and asks the visit's row at each request. A view says by `on_the_tablet` that it belongs to a visit.
"""

from collections.abc import Callable
from enum import Enum
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils import timezone

from intake.models import TabletVisit
from intake.tablet import end_visit, running_visit
from intake.views_start import TABLET_VISIT
from plans.leading import see_other
from practice.models import User
from therapies.reading_language import reading_language

SIGN_OUT = "sign_out"
ViewT = TypeVar("ViewT", bound=Callable[..., HttpResponseBase])


class Door(Enum):
    """When a visit may open a view."""

    QUESTIONS = "while no urgent card is held"
    CARD = "always"


def on_the_tablet(door: Door) -> Callable[[ViewT], ViewT]:
    """Marks a view as one of a tablet's visit."""

    def mark(view: ViewT) -> ViewT:
        view.tablet_door = door  # type: ignore[attr-defined]
        return view

    return mark


class TabletMiddleware:
    """Sets `request.tablet_visit`: the visit of a tablet's session, None for everybody else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        visit_id = request.session.get(TABLET_VISIT)
        request.tablet_visit = None  # type: ignore[attr-defined]
        if visit_id is None:
            return self.get_response(request)
        visit = running_visit(visit_id, timezone.now()) if request.user.is_authenticated else None
        if visit is None:
            return leave_tablet(request)
        request.tablet_visit = visit  # type: ignore[attr-defined]
        return self._of_the_visit(request, visit)

    def _of_the_visit(self, request: HttpRequest, visit: TabletVisit) -> HttpResponseBase:
        door, name = _door(request)
        if visit.holds_card:
            return self._answer(request, visit) if door is Door.CARD else see_other("answer_card")
        if name == SIGN_OUT and request.method == "POST":
            return finish(request, visit)
        return self._answer(request, visit) if door else see_other("answer")

    def _answer(self, request: HttpRequest, visit: TabletVisit) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and not visit.holds_card:
            # Nobody has to touch the tablet for its screen to forget, with or without JavaScript.
            left = (visit.ends_at - timezone.now()).total_seconds()
            response["Refresh"] = str(max(1, round(left) + 1))
        return response


def finish(request: HttpRequest, visit: TabletVisit) -> HttpResponseRedirect:
    """The patient is done: the visit ends, and the tablet forgets it."""
    assert isinstance(request.user, User)
    end_visit(visit, by=request.user)
    return leave_tablet(request)


def leave_tablet(request: HttpRequest) -> HttpResponseRedirect:
    """The session goes with all it holds; the page that follows is the same for all, in the patient's language."""
    request.session.flush()
    response = see_other("tablet_done")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        reading_language(),
        httponly=True,
        samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
    return response


def _door(request: HttpRequest) -> tuple[Door | None, str]:
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return None, ""
    return getattr(match.func, "tablet_door", None), match.view_name or ""
