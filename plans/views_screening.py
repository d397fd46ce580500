"""The screening page. It ends in receive_answers()."""

from typing import Any
from uuid import UUID, uuid4

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
    says_the_same,
)
from practice.access import StaffRequest, staff_may
from practice.roles import May

LISTS = {"regions"}
ANSWERS = frozenset(ScreeningForm.base_fields) | {question.key for question in QUESTIONS}
LONGEST_ANSWER = 10_000
ELSEWHERE = (
    "Somebody else typed in this screening meanwhile. Your answers are below and not stored yet; press again to use "
    "them instead."
)
GONE = (
    "Somebody sent a screening meanwhile. Your answers are below and not stored yet; check them and send them as a "
    "new screening."
)
SENT_TWICE = "These answers were sent already. To change one, ask the questions again."
NOT_KEPT_GONE = "Not kept: this screening was sent meanwhile. Press “Done” to go on with your answers."
NOT_KEPT_ELSEWHERE = "Not kept: somebody else typed in this screening meanwhile. Press “Done” to see what differs."


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
        draft = _keep(request, patient)
        if request.POST.get("then") == "later":
            messages.success(request, "Kept as a draft. You can go on later, on any computer.")
            return redirect("patient", patient.pk)
        if form.is_valid():
            receive_answers(draft, form.cleaned_data, by=request.user, today=request.clinic.today())
            messages.success(request, "The screening is done.")
            return redirect("patient", patient.pk)
    except ScreeningGone as gone:
        return _after_sending(request, patient, form, gone.sent)
    except DraftElsewhere as elsewhere:
        return _conflict(request, patient, form, elsewhere.draft, ELSEWHERE)
    return _page(request, patient, form, draft)


@staff_may(May.SCREEN)
@require_POST
def screening_keep(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """What the page sends by itself while somebody types; answers 204, or 409 with a sentence when it is not kept."""
    patient = open_patient(request, patient_id)
    try:
        _keep(request, patient)
    except ScreeningGone:
        return _not_kept(NOT_KEPT_GONE)
    except DraftElsewhere:
        return _not_kept(NOT_KEPT_ELSEWHERE)
    return HttpResponse(status=204)


def _keep(request: StaffRequest, patient: Patient) -> Screening:
    draft = find_draft(patient, request.POST.get("draft", ""), by=request.user)
    keep_draft(draft, _typed(request), revision=_revision(request), page=_page_id(request))
    return draft


def _after_sending(
    request: StaffRequest, patient: Patient, form: ScreeningForm, sent: Screening | None
) -> HttpResponse:
    """The page's draft is sent: by this page's own first press, or by somebody else."""
    own = sent is not None and sent.page == _page_id(request)
    if sent and own and form.is_valid() and says_the_same(sent, form.cleaned_data):
        messages.info(request, SENT_TWICE)
        return redirect("patient", patient.pk)
    return _conflict(request, patient, form, open_draft(patient, by=request.user), GONE)


def _conflict(request: StaffRequest, patient: Patient, form: ScreeningForm, draft: Screening, why: str) -> HttpResponse:
    """The typed answers again, on the draft as it stands now, beside what somebody else typed otherwise."""
    return _page(request, patient, form, draft, why=why, differing=_differing(draft, _typed(request), form))


def _page(
    request: StaffRequest, patient: Patient, form: ScreeningForm, draft: Screening, **conflict: Any
) -> HttpResponse:
    context = {
        "patient": patient,
        "form": form,
        "draft": draft,
        "groups": GROUPS,
        "page": _page_id(request) or uuid4(),
        **conflict,
    }
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "plans/screening.html", context, status=status)


def _differing(draft: Screening, typed: dict[str, Any], form: ScreeningForm) -> list[tuple[str, str, str]]:
    """(anchor, question, stored answer) for each answer that somebody else stored otherwise."""
    return [
        # Of a list of choices the first one has the anchor; the list itself has none.
        (form[name].id_for_label or f"{form[name].auto_id}_0", str(field.label), _words(field, stored))
        for name, field in form.fields.items()
        if (stored := draft.typed.get(name)) and stored != typed.get(name)
    ]


def _words(field: Any, stored: Any) -> str:
    said = dict(getattr(field, "choices", ()))
    values = stored if isinstance(stored, list) else [stored]
    return ", ".join(str(said.get(value, value)) for value in values)


def _revision(request: StaffRequest) -> int:
    """The revision that the page was drawn from; 0 is a page from before anything was kept."""
    try:
        return int(request.POST.get("revision", "0"))
    except ValueError:
        return 0


def _page_id(request: StaffRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("page", ""))
    except ValueError:
        return None


def _not_kept(why: str) -> HttpResponse:
    return HttpResponse(why, status=409, content_type="text/plain; charset=utf-8")


def _typed(request: StaffRequest) -> dict[str, Any]:
    """The POST as plain values, cut to a believable length, for the draft."""
    typed: dict[str, Any] = {}
    for name in ANSWERS.intersection(request.POST):
        # PostgreSQL stores no NUL; the form says so beside the field, and the rest of the answer is kept.
        values = [value[:LONGEST_ANSWER].replace("\0", "") for value in request.POST.getlist(name)]
        typed[name] = values if name in LISTS else values[-1]
    return typed
