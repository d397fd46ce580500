"""The pages for what went wrong: generic, without detail, in our own layout."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token was missing or old: most often a page that stood open over a sign-in."""
    return render(request, "practice/csrf_failure.html", status=403)
