"""What clinicians decide on the patient's page: red flags, reviews, stopped plans. Each ends in one verb."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from intake.loading import open_patient
from intake.models import Patient, Screening
from plans.clearing import CannotClear, clear_review
from plans.closing import close_red_flags
from plans.forms_decisions import DiscardForm, ReasonForm
from plans.loading import open_plan
from plans.receiving import DraftIsKept, discard_draft
from plans.resuming import CannotResume, resume_plan
from practice.access import StaffRequest, staff_may
from practice.roles import May
from practice.stepping_up import freshly_signed_in

NOTHING_CLOSED = "Nothing was closed: tick the red flags that you looked at."


def _may_drop_answers(request: StaffRequest) -> bool:
    """Whether this person's press may delete answers, not only an empty sheet: a plan could go by older ones then."""
    return request.user.may(May.DECIDE)


class NoReason(Exception):
    """There are no words to keep with the decision; the message says what to mend."""


@staff_may(May.DECIDE)
@require_POST
@freshly_signed_in()
def red_flags_close(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Close the red flags that were ticked, saying what was done."""
    patient = open_patient(request, patient_id)
    try:
        looked_at = _ids(request.POST.getlist("flag"))
        if close_red_flags(patient, looked_at, by=request.user, done=_reason(request, patient)):
            messages.success(request, "Closed. A stopped plan stays stopped until a clinician lets it go on.")
        else:
            messages.info(request, NOTHING_CLOSED)
    except NoReason as why:
        messages.error(request, str(why))
    return redirect("patient", patient.pk)


@staff_may(May.DECIDE)
@require_POST
@freshly_signed_in()
def review_clear(request: StaffRequest, patient_id: UUID, screening_id: UUID) -> HttpResponse:
    """Clear the review of the screening that was looked at, with a reason."""
    patient = open_patient(request, patient_id)
    screening = get_object_or_404(Screening.objects.sent().filter(patient=patient), pk=screening_id)
    try:
        clear_review(screening, reason=_reason(request, patient), by=request.user, today=request.clinic.today())
        messages.success(request, "The review is cleared. A plan can be issued now.")
    except (NoReason, CannotClear) as why:
        messages.error(request, str(why))
    return redirect("patient", patient.pk)


@staff_may(May.DECIDE)
@require_POST
@freshly_signed_in()
def plan_resume(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """Let a stopped plan go on as it is, with a reason."""
    plan = open_plan(request, plan_id)
    try:
        resume_plan(plan, reason=_reason(request, plan.patient), by=request.user, today=request.clinic.today())
        messages.success(request, "The plan goes on. What the answers made worse stays on hold.")
    except (NoReason, CannotResume) as why:
        messages.error(request, str(why))
    return redirect("patient", plan.patient_id)


@staff_may(May.SCREEN)
@require_POST
@freshly_signed_in(when=_may_drop_answers)
def screening_discard(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Delete what was begun and never sent: answers only by a clinician, who says why."""
    patient = open_patient(request, patient_id)
    try:
        if discard_draft(patient, by=request.user, reason=_reason(request, patient, DiscardForm)):
            messages.success(request, "The begun answers are deleted.")
        else:
            messages.info(request, "There are no begun answers any more.")
    except (NoReason, DraftIsKept) as why:
        messages.error(request, str(why))
    return redirect("patient", patient.pk)


def _reason(request: StaffRequest, patient: Patient, asked: type[ReasonForm] = ReasonForm) -> str:
    form = asked(request.POST, patient=patient)
    if not form.is_valid():
        raise NoReason(form.problem)
    reason: str = form.cleaned_data["reason"]
    return reason


def _ids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
