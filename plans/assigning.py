"""issue_plan(): the only way a plan leaves draft. end_plan(): the only way one ends."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from intake import codes
from intake.models import Complaint
from plans.building import DELETED_DRAFT, DraftGone, StaleDraft
from plans.checking import Assessment, assess_draft
from plans.giving import change_problems, given_by
from plans.keeping_notes import notes_to_keep
from plans.locking import lock_patient, lock_patient_of
from plans.models import Plan, PlanItem, PlanVersion, StandingOrder
from plans.order_terms import NOT_EXACTLY, age_problems, exactly, order_problems, usable_problems
from plans.problems import Problem
from practice import audit
from practice.history import changed_by
from practice.models import Clinic, User
from practice.roles import May
from therapies.suitability import Level, Modality, Verdict
from therapies.suitability.advice import limits_of_use
from therapies.suitability.verdicts import ModalityRecord


class IssueRefused(Exception):
    """The draft cannot be issued; `problems` says why, each with the rule it comes from."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(problem.text for problem in problems))
        self.problems = problems


class AlreadyIssued(Exception):
    """Somebody issued this version before (or a button was pressed twice)."""


def issue_plan(
    version_id: UUID,
    *,
    revision: int,
    by: User,
    clinic: Clinic,
    today: date,
    standing_order: StandingOrder | None = None,
) -> PlanVersion:
    """Lock the patient, screen again with today's date, check everything, freeze and log, in one transaction.

    A clinician issues; with a `standing_order` the front desk may, and then far more must be so (order_terms.py).
    Raises IssueRefused with every problem, StaleDraft when the draft is not the one that was looked at,
    AlreadyIssued, or DraftGone. A refusal is logged after the rollback, so that it lasts.
    """
    try:
        with transaction.atomic():
            # First of all, so that no screening arrives between reading the newest one and issuing on it.
            lock_patient_of(version_id)
            version = _claim(version_id, revision=revision, by=by)
            assessment = assess_draft(version, clinic=clinic, today=today)
            order = _lock_order(standing_order)
            _refuse_unless_clear(assessment, by, order)
            _refuse_unless_ordered(version, assessment, order, clinic, today)
            return _freeze(version, assessment, order=order, by=by, today=today)
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
        for complaint in Complaint.objects.filter(patient=plan.patient_id, closed_at=None):
            complaint.closed_at = timezone.now()
            changed_by(complaint, by).save(update_fields=["closed_at"])
        codes.keep_valid(plan.patient, until=codes.valid_after_plan(today))
        audit.record(audit.Action.ENDED, actor=by, about=plan, patient_id=plan.patient_id)
    return True


def _log_refusal(version_id: UUID, refusal: IssueRefused, by: User) -> None:
    rules = ",".join(dict.fromkeys(problem.rule for problem in refusal.problems))
    version = PlanVersion.objects.select_related("plan").get(pk=version_id)
    audit.refused(actor=by, about=version, patient_id=version.plan.patient_id, detail=f"issue: {rules}")


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


def _lock_order(order: StandingOrder | None) -> StandingOrder | None:
    """The order as it is now: it may have been ended since the page was drawn."""
    if order is None:
        return None
    orders = StandingOrder.objects.select_for_update(of=("self",)).select_related("programme", "clinician")
    return orders.get(pk=order.pk)


def _refuse_unless_clear(assessment: Assessment, by: User, order: StandingOrder | None) -> None:
    problems = assessment.problems
    if not by.may(May.USE_ORDER if order else May.ISSUE_PLAN):
        problems = (Problem("role", "Only a clinician issues a plan."), *problems)
    if problems:
        raise IssueRefused(problems)


def _refuse_unless_ordered(
    version: PlanVersion, assessment: Assessment, order: StandingOrder | None, clinic: Clinic, today: date
) -> None:
    """Under a standing order: nothing but the order's programme, for whom every rule says "suitable"."""
    if order is None:
        return
    assert assessment.advice
    instructions = [item.instruction_version for item in assessment.items]
    problems = [
        *usable_problems(order, clinic, today),
        *change_problems(order, *given_by([order.programme])),
        *age_problems(order.programme, assessment.findings),
        *order_problems(assessment.advice, assessment.findings, instructions),
    ]
    if not exactly(assessment.items, order.programme, version.note, today):
        problems.append(Problem("programme", NOT_EXACTLY))
    if problems:
        raise IssueRefused(tuple(problems))


def _freeze(
    version: PlanVersion, assessment: Assessment, *, order: StandingOrder | None, by: User, today: date
) -> PlanVersion:
    """Write the issued state in one UPDATE, make it the patient's current version, and let its codes live on."""
    assert assessment.advice
    level, now = assessment.advice.level, timezone.now()
    _freeze_verdicts(assessment)
    frozen = (
        PlanVersion.objects.drafts()
        .filter(pk=version.pk, revision=version.revision)
        .update(
            status=PlanVersion.Status.ISSUED,
            issued_at=now,
            issued_on=today,
            issued_by=by,
            screening=assessment.screening,
            level=level.value,
            unanswered_count=len(assessment.advice.unanswered),
            advice=_record(assessment) | notes_to_keep(assessment.advice),
            clearance=assessment.clearance if level is Level.REVIEW else None,
            standing_order=order,
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


def _freeze_verdicts(assessment: Assessment) -> None:
    """What the rules say of each item today, written while the version is still a draft."""
    assert assessment.advice
    for item in assessment.items:
        verdict = assessment.advice.for_modality(Modality(item.instruction_version.kind)).verdict
        PlanItem.objects.filter(pk=item.pk).update(verdict=verdict.value)


def _record(assessment: Assessment) -> dict[str, ModalityRecord]:
    """The advice to keep. What is given in spite of a bar goes with the limits of any use (rules.md 3.7)."""
    assert assessment.advice
    record = assessment.advice.as_record()
    for name in {modality for modality, _ in assessment.overridden}:
        if record[name]["verdict"] == Verdict.NOT_SUITABLE:
            record[name]["limits"] = list(limits_of_use(Modality(name)))
    return record
