"""The desk's tablet: staff hand it over with a code, see how far the visit is, dismiss its card and end it."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from intake.loading import open_patient
from intake.tablet import dismiss_card, end_visit, open_visit, running_visit_of
from plans.interpreting import interpreting_for
from plans.leading import see_other
from plans.tablet_session import Door, finish, on_the_tablet
from practice.access import StaffRequest, patient_only, staff_may
from practice.roles import May

NO_VISIT = "No visit on the tablet is running for this patient any more."


@staff_may(May.SCREEN)
@never_cache
@require_POST
def tablet_open(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Make a code for the tablet and show it, this once; an earlier visit of the patient ends."""
    patient = open_patient(request, patient_id)
    opened = open_visit(patient, by=request.user, private_only=bool(request.POST.get("private_only")))
    context = {
        "patient": patient,
        "interpreting": interpreting_for(patient),
        "visit": opened.visit,
        "code": opened.code,
        "start_url": request.build_absolute_uri(reverse("start")),
    }
    return render(request, "plans/tablet_code.html", context)


@staff_may(May.SCREEN)
@require_POST
def tablet_end(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """End the patient's visit: the tablet forgets it at its next request."""
    patient = open_patient(request, patient_id)
    visit = running_visit_of(patient)
    if visit is None:
        messages.info(request, NO_VISIT)
    else:
        end_visit(visit, by=request.user)
        messages.success(request, "The visit on the tablet is ended. What was answered is kept.")
    return redirect("patient", patient.pk)


@staff_may(May.SCREEN)
@require_POST
def tablet_dismiss(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Staff are with the patient: the urgent card leaves the tablet, its red flags stay open."""
    patient = open_patient(request, patient_id)
    visit = running_visit_of(patient)
    if visit is None:
        messages.info(request, NO_VISIT)
    else:
        dismiss_card(visit, by=request.user)
        messages.success(request, "The card is off the tablet. The red flag stays open until a clinician closes it.")
    return redirect("patient", patient.pk)


@on_the_tablet(Door.CARD)
@patient_only
@never_cache
@require_safe
def tablet_state(request: StaffRequest) -> HttpResponse:
    """What the tablet asks every few seconds: whether it shows a card. A visit that is over gets no answer here."""
    visit = getattr(request, "tablet_visit", None)
    if visit is None:
        return see_other("me")
    return HttpResponse("card" if visit.holds_card else "questions", content_type="text/plain; charset=utf-8")


@on_the_tablet(Door.QUESTIONS)
@patient_only
@never_cache
@require_POST
def tablet_finish(request: StaffRequest) -> HttpResponse:
    """The patient is done: nothing of the visit stays on the tablet."""
    visit = getattr(request, "tablet_visit", None)
    return finish(request, visit) if visit else see_other("me")


# Public: the tablet is signed out when it shows this, and the page holds nothing of anybody.
@login_not_required
@never_cache
@require_safe
def tablet_done(request: HttpRequest) -> HttpResponse:
    response = render(request, "plans/tablet_done.html")
    # Back must not find the visit's pages in the browser's memory.
    response["Clear-Site-Data"] = '"cache", "storage"'
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response
