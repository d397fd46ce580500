"""Today and the staff page of a patient."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_POST, require_safe

from intake.loading import find_patient, note_list, open_patient
from intake.models import Screening
from intake.restricting import closed_records, restriction_of
from intake.tablet import running_visit_of
from plans.assigning import end_plan
from plans.building import start_plan
from plans.desk_state import state_of_patient, state_of_red_flags, state_of_today
from plans.interpreting import interpreting_for
from plans.leaflets import neither_applies
from plans.loading import open_plan
from plans.models import Plan
from plans.overview import overview_of, today_at_the_desk
from plans.overview_orders import uses_to_countersign
from plans.standing import offers_for
from practice.access import StaffRequest, staff_may
from practice.roles import May
from practice.sessions_middleware import asked_by_the_page


@staff_may(May.SEE_PATIENTS)
@require_safe
def today(request: StaffRequest) -> HttpResponse:
    """Who was registered or screened today, drafts, and plans still to print."""
    note_list(request)
    return render(request, "plans/today.html", _today(request))


@staff_may(May.SEE_PATIENTS)
@require_safe
@asked_by_the_page
def today_state(request: StaffRequest) -> HttpResponse:
    """What Today asks every few seconds: 204 while it shows what there is, else the new lists."""
    if request.GET.get("shown") == state_of_today(request.clinic):
        return HttpResponse(status=204)
    return render(request, "plans/today_lists.html", _today(request))


def _today(request: StaffRequest) -> dict[str, object]:
    # The state first: what comes while the lists are read is told the next time.
    state, whole = state_of_today(request.clinic), "whole" in request.GET
    return {
        "state": state,
        "whole": whole,
        "desk": today_at_the_desk(request.clinic, whole=whole),
        "uses": uses_to_countersign(request.clinic.today()),
        "closed": closed_records(request.user),
    }


@staff_may(May.SEE_PATIENTS)
@require_safe
def patient(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Everything about one patient: the newest screening with its verdicts, the plan, earlier ones, codes."""
    opened = open_patient(request, patient_id)
    state = state_of_patient(opened)
    overview = overview_of(opened, request.clinic)
    context = {
        "patient": opened,
        "shown": state,
        "overview": overview,
        "interpreting": interpreting_for(opened, overview.plan.current if overview.plan else None),
        "visit": running_visit_of(opened),
        "restriction": restriction_of(opened),
        "neither": neither_applies(overview.footing, request.clinic, request.clinic.today()),
        "may_issue": request.user.may(May.ISSUE_PLAN),
        "may_decide": request.user.may(May.DECIDE),
        "offers": offers_for(opened, overview.footing, clinic=request.clinic, today=request.clinic.today()),
    }
    return render(request, "plans/patient.html", context)


@staff_may(May.SEE_PATIENTS)
@require_safe
@asked_by_the_page
def patient_state(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """What the patient's page asks every few seconds: 204 while it shows what there is, else that there is more.

    It leaves no trace of an opened record: nothing of the record is in the answer.
    """
    asked, shown = find_patient(request.user, patient_id), request.GET.get("shown", "")
    state = state_of_patient(asked)
    if shown == str(state):
        return HttpResponse(status=204)
    context = {
        "patient": asked,
        "shown": shown,
        "changed": True,
        "red_flags_changed": state.has_other_red_flags(shown),
    }
    return render(request, "plans/patient_news.html", context)


@staff_may(May.SEE_PATIENTS)
@require_safe
@asked_by_the_page
def red_flags_state(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """What other pages about a patient ask every few seconds: 204 while the red flags are those of the page.

    `asking` says that the page is the screening, which tells whoever answers it of what their own answers raise.
    """
    asked, asking = find_patient(request.user, patient_id), "asking" in request.GET
    shown = request.GET.get("shown", "")
    if shown == state_of_red_flags(asked, besides=request.user if asking else None):
        return HttpResponse(status=204)
    context = {"patient": asked, "shown_flags": shown, "asking": asking, "changed": True}
    return render(request, "plans/red_flag_news.html", context)


@staff_may(May.PREPARE_PLAN)
@require_POST
def plan_start(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Open the patient's draft: a first one, the one that is there, or a new version of the plan they have."""
    opened = open_patient(request, patient_id)
    if Screening.objects.newest_of(opened) is None:
        messages.error(request, "Ask the screening first: the plan is built on its answers.")
        return redirect("screening", opened.pk)
    return redirect("plan_build", start_plan(opened, by=request.user).pk)


@staff_may(May.ISSUE_PLAN)
@require_POST
def plan_end(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    plan = open_plan(request, plan_id)
    if end_plan(plan, by=request.user, today=request.clinic.today()):
        messages.success(request, "The plan is ended. The patient can still read it.")
    else:
        plan.refresh_from_db()
        messages.warning(request, _why_not_ended(plan))
    return redirect("patient", plan.patient_id)


def _why_not_ended(plan: Plan) -> str:
    if plan.ended_at is None:
        return "This plan was never issued, so there is nothing to end. You can delete its draft."
    day = date_format(timezone.localdate(plan.ended_at), "F j, Y")
    return f"The plan was ended by {plan.ended_by} on {day} already."
