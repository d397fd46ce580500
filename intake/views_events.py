"""The record of events: the owner reads it; a patient is given the list of who looked at theirs."""

from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from intake.events import events_wanted, lines_of_file, page_of_events
from intake.forms_events import EventsForm
from intake.loading import open_patient
from intake.looks import looks_at
from practice import audit
from practice.access import StaffRequest, staff_may
from practice.models import AuditEvent
from practice.roles import May
from therapies.reviewing import language_for

ALL = "the record of events"
LOOKS = "list of who looked"


@staff_may(May.RUN_CLINIC)
@require_safe
def events(request: StaffRequest) -> HttpResponse:
    """Who did what, and when, about whose record; the newest first."""
    form = _form(request)
    if not form.is_valid() and form.is_bound:
        return render(request, "intake/events.html", {"form": form}, status=422)
    page = page_of_events(events_wanted(form.wanted, request.clinic), before=_before(request))
    audit.record(audit.Action.OPENED, actor=request.user, detail=ALL)
    kept = request.GET.copy()
    kept.pop("before", None)
    context = {"form": form, "page": page, "asked": kept.urlencode(), "is_first": "before" not in request.GET}
    return render(request, "intake/events.html", context)


@staff_may(May.RUN_CLINIC)
@require_safe
def events_file(request: StaffRequest) -> HttpResponse | StreamingHttpResponse:
    """The same as a file for a spreadsheet: not a page of it, but as much as a file may hold."""
    form = _form(request)
    if not form.is_valid() and form.is_bound:
        return render(request, "intake/events.html", {"form": form}, status=422)
    audit.record(audit.Action.EXPORTED, actor=request.user, detail=ALL)
    # What is exported ends with the export itself: what comes while it is written is in the next one.
    newest = AuditEvent.objects.order_by("-id").values_list("id", flat=True)[0]
    wanted = events_wanted(form.wanted, request.clinic).filter(id__lte=newest)
    return StreamingHttpResponse(
        lines_of_file(wanted),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="record.csv"'},
    )


@staff_may(May.SEE_PATIENTS)
@require_safe
def who_looked(request: StaffRequest, patient_id: UUID, patient_page: str) -> HttpResponse:
    """Who opened, printed or changed this patient's record, in the patient's words and language, to print."""
    patient = open_patient(request, patient_id)
    with override(language := language_for(patient.language)):
        looks = looks_at(patient, request.clinic)
    # The browser prints this page without telling anybody: opening it counts as printing it.
    audit.record(audit.Action.PRINTED, actor=request.user, about=patient, patient_id=patient.pk, detail=LOOKS)
    context = {"patient": patient, "looks": looks, "language": language, "patient_page": patient_page}
    return render(request, "intake/who_looked.html", context)


def _form(request: StaffRequest) -> EventsForm:
    asked = set(request.GET) - {"before"}
    return EventsForm(request.GET if asked else None)


def _before(request: StaffRequest) -> int | None:
    text = request.GET.get("before", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
