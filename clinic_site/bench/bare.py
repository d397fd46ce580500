"""What the plan page is compared with: a bare Django view with the same template, queries and sessions.

Mounted by bare_wsgi.py for the bench alone, with two middlewares (session, user) and nothing else around it:
no audit event, no policy headers, no checks. The product never serves it.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from plans.days import long_day_words
from plans.today_plan import today_plan
from practice.models import Clinic, User

BARE_PATH = "/bare/"


def bare_plan(request: HttpRequest) -> HttpResponse:
    """The page of plans.views_patient.me, with nothing around it."""
    clinic = Clinic.load()
    request.clinic = clinic  # type: ignore[attr-defined]
    assert isinstance(request.user, User)
    today = clinic.today()
    plan = today_plan(request.user, today)
    # Without the patient the page would say that the access has ended, which is soon said.
    context = {"plan": plan, "patient": plan.patient if plan else None, "today": long_day_words(today)}
    return render(request, "plans/me.html", context)


urlpatterns = [path("bare/", bare_plan), path("", include("clinic_site.urls"))]
