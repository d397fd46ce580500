"""The screening page. It ends in receive_answers()."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from intake.forms_screening import ScreeningForm
from intake.loading import open_patient
from intake.models import Patient, Screening
from intake.questions import GROUPS, QUESTIONS
from plans.receiving import (
    DraftElsewhere,
    ScreeningGone,
    find_draft,
    keep_draft,
    open_draft,
    receive_answers,
)
from practice.access import StaffRequest, staff_may
from practice.roles import May

LISTS = {"regions"}
ANSWERS = frozenset(ScreeningForm.base_fields) | {question.key for question in QUESTIONS}
LONGEST_ANSWER = 10_000
ELSEWHERE = "Somebody else began to screen this patient meanwhile. Your answers are below; press again to use them."
GONE = "These answers were sent or removed already, on another page. To change one, ask the questions again."


@staff_may(May.SCREEN)
@require_http_methods(["GET", "POST"])
def screening(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Ask. Each POST is kept as a draft first, then checked: nothing typed is lost to an error."""
    patient = open_patient(request, patient_id)
    if request.method != "POST":
        draft = open_draft(patient, by=request.user)
        form = ScreeningForm(initial=draft.typed, born=patient.birth_date, today=request.clinic.today())
        return _page(request, patient, form, draft)
    form = ScreeningForm(request.POST, born=patient.birth_date, today=request.clinic.today())
    try:
        draft = find_draft(patient, request.POST.get("draft", ""), by=request.user)
        keep_draft(draft, _typed(request))
        if request.POST.get("then") == "later":
            messages.success(request, "Kept as a draft. You can go on later, on any computer.")
            return redirect("patient", patient.pk)
        if form.is_valid():
            receive_answers(draft, form.cleaned_data, by=request.user)
            messages.success(request, "The screening is done.")
            return redirect("patient", patient.pk)
    except ScreeningGone:
        messages.warning(request, GONE)
        return redirect("patient", patient.pk)
    except DraftElsewhere as elsewhere:
        messages.warning(request, ELSEWHERE)
        return _page(request, patient, form, elsewhere.draft)
    return _page(request, patient, form, draft)


@staff_may(May.SCREEN)
@require_POST
def screening_keep(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """What the page sends by itself while somebody types; answers 204, or 409 when the draft is gone."""
    patient = open_patient(request, patient_id)
    try:
        keep_draft(find_draft(patient, request.POST.get("draft", ""), by=request.user), _typed(request))
    except (ScreeningGone, DraftElsewhere):
        return HttpResponse(GONE, status=409, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)


def _page(request: StaffRequest, patient: Patient, form: ScreeningForm, draft: Screening) -> HttpResponse:
    status = 422 if form.errors else 200
    context = {"patient": patient, "form": form, "draft": draft, "groups": GROUPS}
    return render(request, "plans/screening.html", context, status=status)


def _typed(request: StaffRequest) -> dict[str, Any]:
    """The POST as plain values, cut to a believable length, for the draft."""
    typed: dict[str, Any] = {}
    for name in ANSWERS.intersection(request.POST):
        # PostgreSQL stores no NUL; the form says so beside the field, and the rest of the answer is kept.
        values = [value[:LONGEST_ANSWER].replace("\0", "") for value in request.POST.getlist(name)]
        typed[name] = values if name in LISTS else values[-1]
    return typed
