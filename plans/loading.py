"""Loading plans through access, with one audit event for each opening. What is not yours is not found (404)."""

from datetime import timedelta
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from intake.loading import leave_trace
from intake.models import Patient
from intake.restricting import refuse_closed
from plans.building import DELETED_DRAFT
from plans.models import Plan, PlanVersion
from practice import audit
from practice.access import StaffRequest
from practice.models import AuditEvent, User

# A page is hardly left open for longer than a week.
REMEMBERED_DAYS = 7
OF_A_VERSION = ("plan__patient", "plan__current", "changed_by", "issued_by", "standing_order__clinician")


def open_plan(request: StaffRequest, plan_id: UUID) -> Plan:
    plans = Plan.objects.filter(patient__in=Patient.objects.visible_to(request.user))
    plan = get_object_or_404(plans.select_related("patient", "current"), pk=plan_id)
    refuse_closed(request.user, plan.patient)
    leave_trace(request, plan, plan.patient_id)
    return plan


def open_version(request: StaffRequest, version_id: UUID) -> PlanVersion:
    """A draft, or the issued version that it became meanwhile: for staff."""
    return _open_version(request, version_id)


def patient_of_deleted_draft(version_id: UUID) -> UUID:
    """Whose draft it was, for a page that was still open when the draft was deleted. Raises Http404."""
    lately = timezone.now() - timedelta(days=REMEMBERED_DAYS)
    trace = AuditEvent.objects.filter(
        at__gte=lately, action=audit.Action.CHANGED, object_id=str(version_id), detail=DELETED_DRAFT
    ).first()
    if trace is None or trace.patient_id is None:
        raise Http404
    return trace.patient_id


def open_issued_version(request: StaffRequest, version_id: UUID, *, along_with: tuple[str, ...] = ()) -> PlanVersion:
    """An issued version: the only kind a patient can open; with what it leads to in the same query."""
    return _open_version(request, version_id, along_with=along_with, status=PlanVersion.Status.ISSUED)


def version_as_it_is_now(user: User, version_id: UUID) -> PlanVersion | None:
    """What has become of a draft since the page was opened that noted the opening."""
    versions = PlanVersion.objects.filter(plan__patient__in=Patient.objects.open_to(user), pk=version_id)
    return versions.select_related("plan__patient", "plan__current", "changed_by", "issued_by").first()


def _open_version(
    request: StaffRequest, version_id: UUID, *, along_with: tuple[str, ...] = (), **which: str
) -> PlanVersion:
    versions = PlanVersion.objects.filter(plan__patient__in=Patient.objects.visible_to(request.user), **which)
    version = get_object_or_404(versions.select_related(*OF_A_VERSION, *along_with), pk=version_id)
    refuse_closed(request.user, version.plan.patient)
    leave_trace(request, version, version.plan.patient_id)
    return version
