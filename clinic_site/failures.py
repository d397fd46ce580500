"""The pages for what went wrong: generic, without detail, in our own layout."""

import sys

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from practice.headers import is_leaving

TRY_AGAIN_SECONDS = 120


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token was missing or old: most often a page that stood open over a sign-in."""
    return render(request, "practice/csrf_failure.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was sent could not be read. Drawn without the request: a wrong host is refused before anybody is known."""
    return HttpResponse(loader.get_template("400.html").render(), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something failed. Both pages are drawn without a request, so that neither asks a database that is gone."""
    if _is_lost(sys.exc_info()[1]):
        # A lost or full database (503): what was begun is taken back by its transaction, and it may be well again soon.
        page = loader.get_template("503.html").render({"has_left": is_leaving(request)})
        return HttpResponse(page, status=503, headers={"Retry-After": TRY_AGAIN_SECONDS})
    return HttpResponse(loader.get_template("500.html").render(), status=500)


def _is_lost(error: BaseException | None) -> bool:
    """Whether the database itself failed, and not what was asked of it."""
    return isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError
