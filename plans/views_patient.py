"""What a patient opens on a phone: today's plan, earlier plans, and the sheet to print."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from intake.loading import leave_trace
from intake.models import Patient, RedFlag, Screening
from plans.cards import card_of_patient
from plans.days import long_day_words
from plans.doing import tick, untick
from plans.handout import handout_pdf
from plans.loading import open_issued_version
from plans.models import Plan, PlanVersion
from plans.printing import is_printable, pdf_response
from plans.sheet import Paper
from plans.speaking import speak
from plans.today_plan import TodayPlan, issued_to, items_to_tick, read_version, today_plan
from practice import audit
from practice.access import StaffRequest, patient_only
from therapies.reading_language import reading_language


@patient_only
@never_cache
@require_safe
def me(request: StaffRequest) -> HttpResponse:
    """What to do today first, then what comes later, then when to stop and call."""
    today = request.clinic.today()
    plan = _plan_of(request)
    patient = plan.patient if plan else _own_record(request)
    if patient:
        speak(request, patient)
    _leave_trace(request, patient, plan.version if plan else None)
    context = {"plan": plan, "patient": patient, "today": long_day_words(today)}
    return render(request, "plans/me.html", context | _instead_of_plan(patient, plan))


@patient_only
@never_cache
@require_POST
def me_done(request: StaffRequest, item_id: UUID) -> HttpResponse:
    """Tick an item as done today, or take that back; another day's tick cannot be changed."""
    today = request.clinic.today()
    item = get_object_or_404(items_to_tick(request.user, today), pk=item_id)
    if item.version.plan.is_stopped:
        return _to_the_card()
    if request.POST.get("undo"):
        untick(item, day=today)
    else:
        tick(item, day=today, by=request.user)
    response = redirect(f"{reverse('me')}#item-{item.pk}")
    response.status_code = 303
    return response


@patient_only
@never_cache
@require_safe
def me_movement(request: StaffRequest, item_id: UUID) -> HttpResponse:
    """One item of today large: its pictures, to play, and its steps. What is closed or on hold is not here."""
    plan = _plan_of(request)
    if plan and plan.is_stopped:
        return _to_the_card()
    each = plan.to_do(item_id) if plan else None
    if plan is None or each is None:
        raise Http404
    _leave_trace(request, plan.patient, plan.version)
    shown = replace(each, side=request.GET.get("side", ""))
    return render(request, "plans/me_movement.html", {"plan": plan, "each": shown})


@patient_only
@never_cache
@require_safe
def me_plans(request: StaffRequest) -> HttpResponse:
    """Every version that was issued, newest first."""
    patient = _own_record(request)
    if patient:
        speak(request, patient)
    _leave_trace(request, patient)
    return render(request, "plans/me_plans.html", {"issued": issued_to(request.user)})


@patient_only
@never_cache
@require_safe
def me_plan(request: StaffRequest, version_id: UUID) -> HttpResponse:
    """One issued version to read: the current one, or what an earlier one or an ended plan was about. While the card
    stands in the place of the plan, none."""
    version = open_issued_version(request, version_id)
    if _has_the_card(version.plan.patient):
        return _to_the_card()
    speak(request, version.plan.patient)
    return render(request, "plans/me_plan.html", {"plan": read_version(version)})


@patient_only
@never_cache
@require_safe
def me_print(request: StaffRequest, version_id: UUID) -> HttpResponse:
    """The sheet as PDF, in large print for who wants it so. It carries no codes: the phone is signed in."""
    version = open_issued_version(request, version_id)
    speak(request, version.plan.patient)
    if version.plan.is_stopped:
        messages.warning(request, _("Your plan is stopped, so it can't be printed now."))
        return _to_the_card()
    if not version.plan.runs(version) or _has_the_card(version.plan.patient):
        messages.warning(request, _("Only the plan that you have now can be printed."))
        return _to_the_card()
    if not is_printable(version):
        messages.warning(request, _("A part of your plan changed for safety, so it can't be printed now. Call us."))
        return _to_the_card()
    patient = version.plan.patient
    pdf = handout_pdf(
        version,
        clinic=request.clinic,
        paper=Paper(request.clinic.paper),
        large=patient.text_size == Patient.TextSize.LARGE,
        language=reading_language(),
    )
    audit.record(audit.Action.PRINTED, actor=request.user, about=version, patient_id=patient.pk, request=request)
    return pdf_response(pdf, "home-plan.pdf")


def _plan_of(request: StaffRequest) -> TodayPlan | None:
    """The plan in the person's own language, which is not known before it."""
    plan = today_plan(request.user, request.clinic.today())
    if plan and speak(request, plan.patient):
        return today_plan(request.user, request.clinic.today())
    return plan


def _instead_of_plan(patient: Patient | None, plan: TodayPlan | None) -> dict[str, object]:
    """The urgent card while a red flag is open or the plan is stopped, and how far the questions are.

    A plan that runs has no open red flag (each stops it when it is raised), so then nothing is asked.
    """
    if patient is None or (plan and not plan.has_ended and not plan.is_stopped):
        return {}
    stopped_level = plan.version.plan.stopped_level if plan and plan.is_stopped else ""
    newest = getattr(patient, "newest_screening", None) if plan is None else _newest_screening(patient)
    return {
        "card": card_of_patient(patient, stopped_level=stopped_level),
        "answering": newest == Screening.Status.DRAFT,
        "answered": newest == Screening.Status.SENT,
    }


def _newest_screening(patient: Patient) -> str | None:
    return Screening.objects.filter(patient=patient).values_list("status", flat=True).first()


def _has_the_card(patient: Patient) -> bool:
    """Whether an open urgent red flag, or a plan that is stopped, bars every plan of this person, old ones too."""
    flagged = RedFlag.objects.open().urgent().filter(patient=patient).exists()
    return flagged or Plan.objects.stopped().filter(patient=patient).exists()


def _to_the_card() -> HttpResponse:
    """A stopped plan shows nothing but what to do instead (rules.md section 3)."""
    response = redirect("me")
    response.status_code = 303
    return response


def _own_record(request: StaffRequest) -> Patient | None:
    """Whom this person signed in for, with the state of the newest screening."""
    newest = Screening.objects.filter(patient=OuterRef("pk")).values("status")[:1]
    return Patient.objects.visible_to(request.user).annotate(newest_screening=Subquery(newest)).first()


def _leave_trace(request: StaffRequest, patient: Patient | None, version: PlanVersion | None = None) -> None:
    """One event for the opening; somebody whose access has ended opens nothing."""
    if patient is not None:
        leave_trace(request, version or patient, patient.pk)
