"""The plan builder: one page, one form; every button keeps what was typed and then does its own thing."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from plans.assigning import AlreadyIssued, IssueRefused, issue_plan
from plans.barring import ToAcknowledge
from plans.building import DraftGone, StaleDraft, delete_draft
from plans.choosing import Choice, Choices, choices_for
from plans.desk_state import state_of_red_flags
from plans.drafting import Draft, apply_action, load_draft, load_overtaken_draft, posted_revision
from plans.forms import ItemForm
from plans.interpreting import interpreting_for
from plans.loading import open_version, patient_of_deleted_draft, version_as_it_is_now
from plans.meanwhile import loses_something, lost_items, typed_note
from plans.models import PlanVersion
from plans.proposing import proposal_for
from practice.access import StaffRequest, staff_may
from practice.roles import May
from practice.stepping_up import freshly_signed_in

GONE = "This draft was deleted meanwhile."
ISSUED = "This version was issued already."
# Problems of an item's own fields and version: nothing needs to take its place.
MENDED_IN_PLACE = ("dates", "dose", "published")


def _counts(request: StaffRequest) -> bool:
    """Whether the button that was pressed issues or overrides; what a role may not do is refused further in."""
    action = request.POST.get("action", "")
    issues = action == "issue" and request.user.may(May.ISSUE_PLAN)
    return issues or (action.startswith("override:") and request.user.may(May.DECIDE))


@staff_may(May.PREPARE_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
@freshly_signed_in(when=_counts)
def plan_build(request: StaffRequest, version_id: UUID) -> HttpResponseBase:
    """Show the draft, or take what was typed and do what was pressed."""
    try:
        version = open_version(request, version_id)
    except Http404:
        return _gone(request, version_id)
    if not version.is_draft:
        return _issued_meanwhile(request, version)
    if request.method != "POST":
        return _page(request, load_draft(version, request.clinic))
    if posted_revision(request.POST) != version.revision:
        return _stale(request, version.pk)
    draft = load_draft(version, request.clinic, request.POST)
    if not draft.is_valid:
        return _page(request, draft, status=422)
    try:
        return _act(request, draft)
    except StaleDraft:
        return _stale(request, version.pk)
    except DraftGone:
        return _gone(request, version.pk)


@staff_may(May.PREPARE_PLAN)
@require_POST
def draft_delete(request: StaffRequest, version_id: UUID) -> HttpResponse:
    try:
        version = open_version(request, version_id)
        delete_draft(version, by=request.user)
    except (Http404, DraftGone):
        return _gone(request, version_id)
    messages.success(request, "The draft is deleted.")
    return redirect("patient", version.plan.patient_id)


def _act(request: StaffRequest, draft: Draft) -> HttpResponseBase:
    for words in apply_action(draft, request.POST, by=request.user, clinic=request.clinic):
        messages.warning(request, words)
    if request.POST.get("action") == "issue":
        return _issue(request, draft.version)
    return redirect("plan_build", draft.version.pk)


@staff_may(May.ISSUE_PLAN)
def _issue(request: StaffRequest, version: PlanVersion) -> HttpResponseBase:
    """Issue the draft just as it was kept: a change that came in between makes it stale again."""
    try:
        issue_plan(
            version.pk,
            revision=posted_revision(request.POST) + 1,
            by=request.user,
            clinic=request.clinic,
            today=request.clinic.today(),
        )
    except IssueRefused as refused:
        for problem in refused.problems:
            messages.error(request, problem.text)
        return redirect("plan_build", version.pk)
    except AlreadyIssued:
        messages.info(request, ISSUED)
    return redirect("plan_version", version.pk)


def _stale(request: StaffRequest, version_id: UUID) -> HttpResponse:
    """Somebody else changed the draft: show it as it is now with what this person changed, and say so."""
    version = version_as_it_is_now(request.user, version_id)
    if version is None or not version.is_draft:
        return _gone(request, version_id)
    draft = load_overtaken_draft(version, request.clinic, request.POST)
    return _page(request, draft, status=409, stale=StaleDraft(version))


def _gone(request: StaffRequest, version_id: UUID) -> HttpResponse:
    """The draft that a page was drawn from is no draft any more: say whether it was issued or deleted."""
    version = version_as_it_is_now(request.user, version_id)
    if version and not version.is_draft:
        return _issued_meanwhile(request, version)
    patient_id = patient_of_deleted_draft(version_id)
    note, items = typed_note(request.POST), lost_items(request.POST)
    if not note and not items:
        messages.warning(request, GONE)
        return redirect("patient", patient_id)
    context = {"note": note, "items": items, "patient_id": patient_id}
    return render(request, "plans/build_gone.html", context, status=410)


def _issued_meanwhile(request: StaffRequest, version: PlanVersion) -> HttpResponse:
    """Lead to the issued version; when the page held a change that did not go into it, show that change first."""
    # Only the builder's own form sends a note: the button that deletes a draft has typed nothing.
    if "note" not in request.POST or not loses_something(load_draft(version, request.clinic, request.POST).bound):
        messages.info(request, f"This version was issued by {version.issued_by} already.")
        return redirect("plan_version", version.pk)
    note = typed_note(request.POST)
    context = {
        "note": note if note and note.changed else None,
        "items": [item for item in lost_items(request.POST) if item.changed],
        "patient_id": version.plan.patient_id,
        "issued": version,
    }
    return render(request, "plans/build_gone.html", context, status=409)


def _instead_of(form: ItemForm, choices: Choices) -> tuple[Choice, ...]:
    """What could take the place of an item that the rules or its own cautions refuse."""
    refused = any(problem.rule not in MENDED_IN_PLACE for problem in form.problems)
    return choices.instead_of(form.instance.instruction_version) if refused else ()


def _to_acknowledge(draft: Draft, choices: Choices) -> list[tuple[ToAcknowledge, tuple[Choice, ...]]]:
    """Each caution to acknowledge; beside one that is only confirmed by asking, what to give those who have it."""
    instead = choices.instead_of_confirming(draft.assessment)
    return [(row, () if row.done else instead.get(row.key, ())) for row in draft.assessment.to_acknowledge]


def _page(request: StaffRequest, draft: Draft, *, status: int = 200, stale: StaleDraft | None = None) -> HttpResponse:
    choices = choices_for(draft.assessment, of=request.user)
    context = {
        "version": draft.version,
        "patient": draft.version.plan.patient,
        "shown_flags": state_of_red_flags(draft.version.plan.patient),
        "interpreting": interpreting_for(draft.version.plan.patient, draft.version),
        "draft": draft,
        "choices": choices,
        "items": [(form, _instead_of(form, choices)) for form in draft.items],
        "to_acknowledge": _to_acknowledge(draft, choices),
        "proposal": proposal_for(draft.assessment, request.clinic.today()),
        "stale": stale,
        "may_issue": request.user.may(May.ISSUE_PLAN),
        "may_decide": request.user.may(May.DECIDE),
        "too_many": len(draft.items) > request.clinic.comfortable_item_count,
    }
    return render(request, "plans/plan_build.html", context, status=status)
