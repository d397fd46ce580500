"""An issued version for staff: read it, print it, make sign-in codes for it."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from intake import codes
from intake.loading import open_patient
from intake.models import Patient
from plans.days import by_phase, span_words
from plans.desk_state import state_of_red_flags
from plans.forms import PrintForm
from plans.handout import caution_sentences, texts_for
from plans.interpreting import interpreting_for
from plans.loading import open_issued_version
from plans.models import Plan, PlanItem, PlanVersion
from plans.opening import open_items
from plans.phases import apart_on_the_desk
from plans.printing import NotPrinted, is_printable, pdf_response, print_handout, print_slip
from plans.sheet import Paper
from practice.access import StaffRequest, staff_may
from practice.roles import May
from therapies.dose_in_words import dose_cells, dose_words
from therapies.models import InstructionText

OLD_CODES = "These codes have been replaced by newer ones meanwhile. Make new codes and print again."


@staff_may(May.SEE_PATIENTS)
@require_safe
def plan_version(request: StaffRequest, version_id: UUID) -> HttpResponse:
    """The version as it was issued, whether it is the current one or an earlier one."""
    version = open_issued_version(request, version_id)
    with_hold = version.items.with_hold().select_related("instruction_version__instruction__therapy", "opening__by")
    items = list(with_hold)
    words = texts_for(items, "en")
    apart = _kept_apart(version, items, request.clinic.today())
    phases = [
        (span_words(first, last), [_shown(version, item, words) | {"apart": apart.get(item.pk)} for item in group])
        for first, last, group in by_phase(items)
    ]
    plan = version.plan
    context = {
        "version": version,
        "patient": plan.patient,
        "shown_flags": state_of_red_flags(plan.patient),
        "interpreting": interpreting_for(plan.patient, version),
        "plan": plan,
        "phases": phases,
        "is_current": plan.runs(version),
        "acknowledged": version.acknowledgements.select_related("by"),
        "overridden": version.overrides.select_related("by"),
        "print_form": PrintForm(clinic=request.clinic, patient=plan.patient),
        "may_issue": request.user.may(May.ISSUE_PLAN),
    }
    return render(request, "plans/plan_version.html", context)


@staff_may(May.PRINT)
@never_cache
@sensitive_post_parameters("code")
@require_POST
def plan_print(request: StaffRequest, version_id: UUID) -> HttpResponse:
    """The sheet as PDF; with the codes that the page before it has just shown, when it sends them along."""
    version = open_issued_version(request, version_id, along_with=("screening",))
    shown = tuple(request.POST.getlist("code"))
    if shown and not codes.belong_to(version.plan.patient, shown):
        messages.warning(request, OLD_CODES)
        return redirect("plan_version", version.pk)
    form = PrintForm(request.POST, clinic=request.clinic, patient=version.plan.patient)
    try:
        pdf = print_handout(
            version,
            by=request.user,
            clinic=request.clinic,
            paper=form.paper,
            large=form.large,
            codes=shown,
            start_url=request.build_absolute_uri(reverse("start")),
        )
    except NotPrinted as why:
        messages.error(request, str(why))
        return redirect("plan_version", version.pk)
    return pdf_response(pdf, "home-plan.pdf")


@staff_may(May.MAKE_CODES)
@never_cache
@require_POST
def codes_make(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Make three codes and show them, this once; the page can print them and nothing else can."""
    patient = open_patient(request, patient_id)
    current = _current_version(patient)
    minted = codes.mint(patient, by=request.user, valid_until=_valid_until(current, request.clinic.today()))
    return _minted_page(request, patient, minted, current)


@staff_may(May.MAKE_CODES)
@never_cache
@require_POST
def proxy_codes(request: StaffRequest, patient_id: UUID, access_id: UUID) -> HttpResponse:
    """The same for somebody who helps the patient, good until their last day at most."""
    patient = open_patient(request, patient_id)
    today = request.clinic.today()
    access = get_object_or_404(patient.access.open_on(today).proxies().select_related("user"), pk=access_id)
    current = _current_version(patient)
    until = min(_valid_until(current, today), access.until or today)
    minted = codes.mint_for_proxy(access, by=request.user, valid_until=until)
    return _minted_page(request, patient, minted, current)


@staff_may(May.MAKE_CODES)
@never_cache
@sensitive_post_parameters("code")
@require_POST
def codes_print(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """The slip with the codes that the page before it has just shown."""
    patient = open_patient(request, patient_id)
    shown = tuple(request.POST.getlist("code"))
    if not codes.belong_to(patient, shown):
        messages.warning(request, OLD_CODES)
        return redirect("patient", patient.pk)
    pdf = print_slip(
        patient,
        by=request.user,
        clinic=request.clinic,
        paper=Paper(request.clinic.paper),
        codes=shown,
        start_url=request.build_absolute_uri(reverse("start")),
    )
    return pdf_response(pdf, "sign-in-codes.pdf")


def _valid_until(current: PlanVersion | None, today: date) -> date:
    if current is None:
        return codes.valid_without_plan(today)
    return max(codes.valid_after_plan(max(item.until_date for item in current.items.all())), today)


def _minted_page(
    request: StaffRequest, patient: Patient, minted: codes.MintedSheet, current: PlanVersion | None
) -> HttpResponse:
    access = minted.sheet.access
    context = {
        "patient": patient,
        "proxy": access if access.is_proxy else None,
        "interpreting": interpreting_for(patient, current),
        "minted": minted,
        # What is not printed (a stopped plan, a blocked part) has its codes on a slip; so have a proxy's.
        "version": current if current and is_printable(current) and not access.is_proxy else None,
        "print_form": PrintForm(clinic=request.clinic, patient=patient),
        "start_url": request.build_absolute_uri(reverse("start")),
    }
    return render(request, "plans/codes.html", context)


def _current_version(patient: Patient) -> PlanVersion | None:
    plan = Plan.objects.active().filter(patient=patient).select_related("current__plan").first()
    return plan.current if plan else None


def _kept_apart(version: PlanVersion, items: list[PlanItem], today: date) -> dict[UUID, str]:
    """Of the version that the patient has now: why ice or heat that waits stays closed beside the other one."""
    if not version.plan.runs(version):
        return {}
    standing = open_items(version, today)
    return {item.pk: apart_on_the_desk(item, standing, today) for item in items if item.gated}


def _shown(version: PlanVersion, item: PlanItem, words: dict[object, InstructionText]) -> dict[str, object]:
    text = words[item.instruction_version_id]
    return {
        "item": item,
        "text": text,
        "dose_words": dose_words(item.dose),
        "dose_cells": dose_cells(item.dose),
        "cautions": caution_sentences(version, item, text),
    }
