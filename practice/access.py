"""The door of every page: who may open it. Loading through access happens in each app's `loading.py`."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from practice import audit
from practice.models import Clinic, User
from practice.roles import May

View = Callable[..., HttpResponseBase]


class StaffRequest(HttpRequest):
    """A request whose user is known to be one of ours (the decorators below saw to it)."""

    user: User
    clinic: Clinic


def staff_may(deed: May) -> Callable[[View], View]:
    """Only staff whose roles allow `deed`: a patient finds nothing here (404), other staff are told no (403)."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.user.may(deed):
                return view(request, *args, **kwargs)
            audit.refused(actor=request.user, detail=deed.name.lower())
            if not request.user.works_here:
                raise Http404
            raise PermissionDenied(f"Your role does not allow you to {deed.value}.")

        return guarded

    return decorate


def staff_only(view: View) -> View:
    """What is everybody's who works here, whatever their role: a patient finds nothing (404)."""

    @wraps(view)
    def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.works_here:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def patient_only(view: View) -> View:
    """Only somebody who signed in with a code; staff have the desk. Who is not signed in is sent to /start/."""

    @wraps(view)
    def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.works_here:
            raise Http404
        return view(request, *args, **kwargs)

    guarded.login_url = "start"  # type: ignore[attr-defined]
    return guarded
