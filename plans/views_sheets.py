"""Sheets that are not one patient's plan: the library's on paper, and the plans of several patients in one file."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from intake.loading import note_list
from plans.booklet import MOST, BookletRefused, offered_to_print, print_booklet
from plans.giving import given_by
from plans.interpreting import languages_not_shown
from plans.printing import pdf_response
from plans.sheet import Paper
from plans.sheets_without_a_plan import instruction_pdf, page_pdf, programme_pdf
from plans.typesetting import TypesettingError
from practice import audit
from practice.access import StaffRequest, staff_may
from practice.roles import May
from therapies.languages import ENGLISH, languages
from therapies.models import InstructionText, InstructionVersion, Programme, Status, TherapyPage


@staff_may(May.SEE_LIBRARY)
@require_safe
def sheets(request: StaffRequest) -> HttpResponse:
    """What is published, to print without a patient."""
    english = InstructionText.objects.filter(language=ENGLISH, version__in=InstructionVersion.objects.handed_out())
    context = {
        "texts": english.order_by("title"),
        "programmes": Programme.objects.filter(status=Status.PUBLISHED),
        "pages": TherapyPage.objects.filter(status=Status.PUBLISHED).order_by("therapy__order", "language"),
        "languages": languages().values(),
        "not_shown": languages_not_shown(),
    }
    return render(request, "plans/sheets.html", context)


@staff_may(May.SEE_LIBRARY)
@never_cache
@require_safe
def instruction_print(request: StaffRequest, version_id: UUID) -> HttpResponse:
    """One instruction's version on one sheet; a draft says on it that it is one."""
    versions = InstructionVersion.objects.select_related("instruction__therapy")
    version = get_object_or_404(versions, pk=version_id)
    try:
        pdf = instruction_pdf(
            version, language=_language(request), paper=_paper(request), large=_large(request), clinic=request.clinic
        )
    except TypesettingError as why:
        messages.error(request, str(why))
        return redirect("sheets")
    audit.record(audit.Action.PRINTED, actor=request.user, about=version, request=request, detail="one instruction")
    return pdf_response(pdf, "home-care.pdf")


@staff_may(May.SEE_LIBRARY)
@never_cache
@require_safe
def programme_print(request: StaffRequest, slug: str) -> HttpResponse:
    """A programme without a patient, as it is published now."""
    given = given_by([get_object_or_404(Programme, pk=slug)])[0]
    try:
        pdf = programme_pdf(
            given, language=_language(request), paper=_paper(request), large=_large(request), clinic=request.clinic
        )
    except TypesettingError as why:
        messages.error(request, str(why))
        return redirect("library")
    detail = f"program {given.programme.pk}"
    audit.record(audit.Action.PRINTED, actor=request.user, request=request, detail=detail)
    return pdf_response(pdf, "home-program.pdf")


@staff_may(May.SEE_LIBRARY)
@never_cache
@require_safe
def page_print(request: StaffRequest, page: int) -> HttpResponse:
    """A therapy's education page, in its own language."""
    found = get_object_or_404(TherapyPage.objects.select_related("therapy"), pk=page)
    try:
        pdf = page_pdf(found, paper=_paper(request), large=_large(request), clinic=request.clinic)
    except TypesettingError as why:
        messages.error(request, str(why))
        return redirect("sheets")
    detail = f"education page {found.therapy_id}"
    audit.record(audit.Action.PRINTED, actor=request.user, request=request, detail=detail)
    return pdf_response(pdf, "about-a-therapy.pdf")


@staff_may(May.PRINT)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def booklet(request: StaffRequest) -> HttpResponse:
    """Choose patients whose plan runs; their sheets come in one file, each on a leaf of its own."""
    chosen = [each for each in map(_uuid, request.POST.getlist("patient")) if each]
    refused: tuple[str, ...] = ()
    if request.method == "POST":
        paper = Paper(request.clinic.paper)
        try:
            return pdf_response(print_booklet(chosen, by=request.user, clinic=request.clinic, paper=paper), "plans.pdf")
        except BookletRefused as why:
            refused = why.reasons
    note_list(request)
    context = {
        "plans": offered_to_print(request.user),
        "chosen": chosen,
        "refused": refused,
        "most": MOST,
        "not_shown": languages_not_shown(),
    }
    return render(request, "plans/booklet.html", context, status=409 if refused else 200)


def _paper(request: StaffRequest) -> Paper:
    """The paper that the address asks for, else the clinic's own."""
    asked = request.GET.get("paper", "")
    return Paper(asked if asked in list(Paper) else request.clinic.paper)


def _large(request: HttpRequest) -> bool:
    return request.GET.get("print") == "large"


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("language", ENGLISH)
    return asked if asked in languages() else ENGLISH


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
