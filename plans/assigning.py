"""issue_plan(): the only way a plan leaves draft. end_plan(): the only way one ends."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from intake import codes
from intake.models import Complaint
from plans.building import DELETED_DRAFT, DraftGone, StaleDraft
from plans.checking import Assessment, Problem, assess_draft
from plans.locking import lock_patient, lock_patient_of
from plans.models import Plan, PlanVersion
from practice import audit
from practice.models import Clinic, User
from practice.roles import May


class IssueRefused(Exception):
    """The draft cannot be issued; `problems` says why, each with the rule it comes from."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(problem.text for problem in problems))
        self.problems = problems


class AlreadyIssued(Exception):
    """Somebody issued this version before (or a button was pressed twice)."""


def issue_plan(version_id: UUID, *, revision: int, by: User, clinic: Clinic, today: date) -> PlanVersion:
    """Lock the patient, screen again with today's date, check everything, freeze and log, in one transaction.

    Raises IssueRefused with every problem, StaleDraft when the draft is not the one that was looked at,
    AlreadyIssued, or DraftGone. A refusal is logged after the rollback, so that it lasts.
    """
    try:
        with transaction.atomic():
            # First of all, so that no screening arrives between reading the newest one and issuing on it.
            lock_patient_of(version_id)
            version = _claim(version_id, revision=revision, by=by)
            assessment = assess_draft(version, clinic=clinic, today=today)
            _refuse_unless_clear(assessment, by)
            return _freeze(version, assessment, by=by, today=today)
    except IssueRefused as refusal:
        _log_refusal(version_id, refusal, by)
        raise


def end_plan(plan: Plan, *, by: User, today: date) -> bool:
    """End an active plan: it stays readable, its codes work for two more weeks, a draft of it is removed.

    Answers whether it ended now: a plan that was never issued, or has ended before, stays as it is.
    """
    if not by.may(May.ISSUE_PLAN):
        raise IssueRefused((Problem("role", "Only a clinician ends a plan."),))
    with transaction.atomic():
        lock_patient(plan.patient_id)
        ended = (
            Plan.objects.active()
            .filter(pk=plan.pk)
            .update(status=Plan.Status.ENDED, ended_at=timezone.now(), ended_by=by)
        )
        if not ended:
            return False
        for draft in plan.versions.drafts():
            # Somebody may still be typing in it: its trace tells their page what became of it.
            audit.record(audit.Action.CHANGED, actor=by, about=draft, patient_id=plan.patient_id, detail=DELETED_DRAFT)
            draft.delete()
        Complaint.objects.filter(patient=plan.patient_id, closed_at=None).update(closed_at=timezone.now())
        codes.keep_valid(plan.patient, until=codes.valid_after_plan(today))
        audit.record(audit.Action.ENDED, actor=by, about=plan, patient_id=plan.patient_id)
    return True


def _log_refusal(version_id: UUID, refusal: IssueRefused, by: User) -> None:
    rules = ",".join(dict.fromkeys(problem.rule for problem in refusal.problems))
    version = PlanVersion.objects.select_related("plan").get(pk=version_id)
    audit.record(
        audit.Action.REFUSED, actor=by, about=version, patient_id=version.plan.patient_id, detail=f"issue: {rules}"
    )


def _claim(version_id: UUID, *, revision: int, by: User) -> PlanVersion:
    """The draft, locked, as it was looked at."""
    version = (
        PlanVersion.objects.select_for_update(of=("self",))
        .select_related("plan__patient", "changed_by")
        .filter(pk=version_id)
        .first()
    )
    if version is None:
        raise DraftGone
    if not version.is_draft:
        raise AlreadyIssued
    if version.revision != revision:
        raise StaleDraft(version)
    return version


def _refuse_unless_clear(assessment: Assessment, by: User) -> None:
    problems = assessment.problems
    if not by.may(May.ISSUE_PLAN):
        problems = (Problem("role", "Only a clinician issues a plan."), *problems)
    if problems:
        raise IssueRefused(problems)


def _freeze(version: PlanVersion, assessment: Assessment, *, by: User, today: date) -> PlanVersion:
    """Write the issued state in one UPDATE, make it the patient's current version, and let its codes live on."""
    assert assessment.advice
    now = timezone.now()
    frozen = (
        PlanVersion.objects.drafts()
        .filter(pk=version.pk, revision=version.revision)
        .update(
            status=PlanVersion.Status.ISSUED,
            issued_at=now,
            issued_on=today,
            issued_by=by,
            screening=assessment.screening,
            level=assessment.advice.level.value,
            unanswered_count=len(assessment.advice.unanswered),
            advice=assessment.advice.as_record(),
        )
    )
    if not frozen:
        raise AlreadyIssued
    plan = version.plan
    Plan.objects.filter(pk=plan.pk).update(
        status=Plan.Status.ACTIVE, current=version, stopped_by=None, stopped_level=""
    )
    end = max(item.until_date for item in assessment.items)
    codes.keep_valid(plan.patient, until=codes.valid_after_plan(end))
    audit.record(audit.Action.ISSUED, actor=by, about=version, patient_id=plan.patient_id)
    version.refresh_from_db()
    return version
