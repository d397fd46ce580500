"""The screening page. It ends in receive_answers()."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from intake.forms_screening import ScreeningForm
from intake.loading import open_patient
from intake.models import Patient, RedFlag, Screening
from intake.typed_answers import read_typed, typed_with_page
from plans.answering import revision_of
from plans.asking import staff_form
from plans.desk_state import state_of_red_flags
from plans.interpreting import interpreting_for
from plans.receiving import (
    DraftElsewhere,
    ReasonMissing,
    ScreeningGone,
    find_draft,
    keep_draft,
    open_draft,
    receive_answers,
    says_the_same,
)
from plans.renewing import BegunEarlier, day_begun, drawn_today, renew_draft, seen_anew
from practice.access import StaffRequest, staff_may
from practice.roles import May

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

NOT_KEPT_OLD = "Not kept: these questions were begun on an earlier day. Press “Done” to see what is asked again."
OLD = "This page is from an earlier day. Answers that can change are asked again; what it showed is not used."

# What the buttons that only keep send as `then`: this, or the slug of the card that they stand in.
LATER = "later"
STAFF_CARD = "staff-card-here"


@staff_may(May.SCREEN)
@require_http_methods(["GET", "HEAD", "POST"])
def screening(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Ask. Each POST is kept as a draft first, then checked: nothing typed is lost to an error."""
    patient = open_patient(request, patient_id)
    if request.method != "POST":
        return _as_it_stands(request, patient)
    try:
        draft, form = _keep(request, patient)
        if then := request.POST.get("then"):
            return _kept(request, patient, form, then)
        if form.is_valid():
            receive_answers(draft, form.cleaned_data, by=request.user, today=request.clinic.today())
            messages.success(request, "The screening is done.")
            return redirect("patient", patient.pk)
    except ScreeningGone as gone:
        return _after_sending(request, patient, gone.sent)
    except DraftElsewhere as elsewhere:
        return _conflict(request, elsewhere.draft, ELSEWHERE)
    except BegunEarlier:
        return _as_it_stands(request, patient, why=OLD)
    except ReasonMissing as missing:
        form.add_error(None, str(missing))
    return _page(request, draft, form)


@staff_may(May.SCREEN)
@require_POST
def screening_keep(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """What the page sends by itself while somebody types; answers 409 with a sentence when it is not kept, else 204,
    or 200 with the staff's card while an urgent red flag is open.

    The header Not-Asked names the fields that do not matter by the answers so far.
    """
    patient = open_patient(request, patient_id)
    try:
        _, form = _keep(request, patient)
    except ScreeningGone:
        return _not_kept(NOT_KEPT_GONE)
    except DraftElsewhere:
        return _not_kept(NOT_KEPT_ELSEWHERE)
    except BegunEarlier:
        return _not_kept(NOT_KEPT_OLD)
    form.is_valid()
    flags = _urgent_flags(patient)
    card = render_to_string("plans/staff_card.html", {"urgent_flags": flags, "patient": patient}) if flags else ""
    headers = {"Not-Asked": " ".join(form.not_asked())}
    return HttpResponse(card, status=200 if flags else 204, headers=headers)


def _kept(request: StaffRequest, patient: Patient, form: ScreeningForm, then: str) -> HttpResponse:
    """The answers so far are kept: go on later, or with the card after `then`; first of all with an urgent flag."""
    if then == LATER:
        messages.success(request, "Kept as a draft. You can go on later, on any computer.")
        return redirect("patient", patient.pk)
    place = STAFF_CARD if _urgent_flags(patient) else f"group-{form.group_after(then)}"
    return redirect(f"{reverse('screening', args=[patient.pk])}#{place}")


def _urgent_flags(patient: Patient) -> tuple[RedFlag, ...]:
    """The patient's open urgent red flags, the most urgent first."""
    return tuple(RedFlag.objects.open().urgent().filter(patient=patient).most_urgent_first())


def _keep(request: StaffRequest, patient: Patient) -> tuple[Screening, ScreeningForm]:
    """Keep what the page sent; the draft, and the form as it was sent."""
    draft, today = find_draft(patient, request.POST.get("draft", ""), by=request.user), request.clinic.today()
    if drawn_today(request.POST, today):
        draft = renew_draft(draft, by=request.user, today=today)
    typed = typed_with_page(draft.typed, request.POST, _form(request, draft).fields)
    keep_draft(
        draft,
        typed,
        by=request.user,
        today=today,
        revision=revision_of(request.POST),
        page=_page_id(request),
    )
    return draft, _form(request, draft, sent=typed)


def _form(request: StaffRequest, draft: Screening, *, sent: dict[str, Any] | None = None) -> ScreeningForm:
    """The draft's form as it is stored, or checked with what was `sent`."""
    data = None if sent is None else request.POST
    typed = draft.typed if sent is None else sent
    return staff_form(draft, by=request.user, today=request.clinic.today(), data=data, typed=typed)


def _as_it_stands(request: StaffRequest, patient: Patient, **conflict: Any) -> HttpResponse:
    """The page with what is stored; what can change is asked again of answers from an earlier day."""
    draft = seen_anew(open_draft(patient, by=request.user), request.clinic.today())
    return _page(request, draft, _form(request, draft), **conflict)


def _after_sending(request: StaffRequest, patient: Patient, sent: Screening | None) -> HttpResponse:
    """The page's draft is sent: by this page's own first press, or by somebody else."""
    if sent is not None and sent.page == _page_id(request):
        form = _form(request, sent, sent=read_typed(request.POST))
        if form.is_valid() and says_the_same(sent, form.cleaned_data):
            messages.info(request, SENT_TWICE)
            return redirect("patient", patient.pk)
    return _conflict(request, open_draft(patient, by=request.user), GONE)


def _conflict(request: StaffRequest, draft: Screening, why: str) -> HttpResponse:
    """The typed answers again, on the draft as it stands now, beside what somebody else typed otherwise.

    What this page left open and somebody else answered is filled in, so that pressing again loses none of it.
    """
    typed = read_typed(request.POST)
    together = {**draft.typed, **typed}
    form = staff_form(draft, by=request.user, today=request.clinic.today(), data=together, typed=together)
    return _page(request, draft, form, why=why, differing=_differing(draft, typed, form))


def _page(request: StaffRequest, draft: Screening, form: ScreeningForm, **conflict: Any) -> HttpResponse:
    context = {
        "patient": draft.patient,
        "shown_flags": state_of_red_flags(draft.patient, besides=request.user),
        "interpreting": interpreting_for(draft.patient),
        "form": form,
        "draft": draft,
        "begun_on": day_begun(draft),
        # A page of an earlier day is answered with a new one.
        "page": (None if conflict.get("why") == OLD else _page_id(request)) or uuid4(),
        "not_asked": _not_asked(request, draft, form),
        "urgent_flags": _urgent_flags(draft.patient),
        "keeps_so_far": True,
        **conflict,
    }
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "plans/screening.html", context, status=status)


def _not_asked(request: StaffRequest, draft: Screening, form: ScreeningForm) -> tuple[str, ...]:
    """What the page hides at first: questions that do not matter by the answers so far, or not yet."""
    checked = form if form.is_bound else _bound(request, draft)
    checked.is_valid()
    return checked.not_asked()


def _bound(request: StaffRequest, draft: Screening) -> ScreeningForm:
    today = request.clinic.today()
    return staff_form(draft, by=request.user, today=today, data=draft.typed, typed=draft.typed)


def _differing(draft: Screening, typed: dict[str, Any], form: ScreeningForm) -> list[tuple[str, str, str]]:
    """(anchor, question, stored answer) for each answer that somebody else stored otherwise."""
    return [
        # Of a list of choices the first one has the anchor; the list itself has none.
        (form[name].id_for_label or f"{form[name].auto_id}_0", str(field.label), _words(field, stored))
        for name, field in form.fields.items()
        if (stored := draft.typed.get(name)) and stored != typed.get(name, stored)
    ]


def _words(field: Any, stored: Any) -> str:
    said = dict(getattr(field, "choices", ()))
    values = stored if isinstance(stored, list) else [stored]
    return ", ".join(str(said.get(value, value)) for value in values)


def _page_id(request: StaffRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("page", ""))
    except ValueError:
        return None


def _not_kept(why: str) -> HttpResponse:
    return HttpResponse(why, status=409, content_type="text/plain; charset=utf-8")
