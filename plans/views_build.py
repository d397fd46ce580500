"""The plan builder: one page, one form; every button keeps what was typed and then does its own thing."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from plans.assigning import AlreadyIssued, IssueRefused, issue_plan
from plans.building import DraftGone, StaleDraft, delete_draft
from plans.choosing import choices_for
from plans.drafting import Draft, apply_action, load_draft, posted_revision
from plans.loading import open_version, patient_of_deleted_draft
from plans.models import PlanVersion
from practice.access import StaffRequest, staff_may
from practice.roles import May

GONE = "This draft was deleted meanwhile. What you typed in it could not be kept."
ISSUED = "This version was issued already."


@staff_may(May.PREPARE_PLAN)
@require_http_methods(["GET", "POST"])
def plan_build(request: StaffRequest, version_id: UUID) -> HttpResponseBase:
    """Show the draft, or take what was typed and do what was pressed."""
    try:
        version = open_version(request, version_id)
    except Http404:
        return _gone(request, version_id)
    if not version.is_draft:
        messages.info(request, f"This version was issued by {version.issued_by} already.")
        return redirect("plan_version", version.pk)
    if request.method != "POST":
        return _page(request, load_draft(version, request.clinic))
    draft = load_draft(version, request.clinic, request.POST)
    if not draft.is_valid:
        return _page(request, draft, status=422)
    try:
        return _act(request, draft)
    except StaleDraft as stale:
        return _stale(request, version, stale)
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


def _stale(request: StaffRequest, version: PlanVersion, stale: StaleDraft) -> HttpResponse:
    """Somebody else changed the draft: show what was typed in the draft as it is now, and say so."""
    version.refresh_from_db()
    draft = load_draft(version, request.clinic, request.POST)
    draft.note.is_valid()
    return _page(request, draft, status=409, stale=stale)


def _gone(request: StaffRequest, version_id: UUID) -> HttpResponse:
    """The draft that a page was drawn from is no draft any more: say whether it was issued or deleted."""
    if PlanVersion.objects.issued().filter(pk=version_id).exists():
        messages.info(request, ISSUED)
        return redirect("plan_version", version_id)
    patient_id = patient_of_deleted_draft(version_id)
    messages.warning(request, GONE)
    return redirect("patient", patient_id)


def _page(
    request: StaffRequest, draft: Draft, *, status: int = 200, stale: StaleDraft | None = None
) -> HttpResponse:
    context = {
        "version": draft.version,
        "patient": draft.version.plan.patient,
        "draft": draft,
        "choices": choices_for(draft.assessment),
        "stale": stale,
        "may_issue": request.user.may(May.ISSUE_PLAN),
        "too_many": len(draft.items) > request.clinic.comfortable_item_count,
    }
    return render(request, "plans/plan_build.html", context, status=status)
