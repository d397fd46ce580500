"""Building a draft: each change is one verb, in one transaction, and counts the draft's revision up.

A page sends the revision it was drawn from. When somebody else changed the draft meanwhile, the change is not
made (StaleDraft); the page shows what was typed beside what is there now.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone

from intake.models import Patient, Screening
from plans.checking import Assessment, unfit
from plans.locking import lock_patient, lock_patient_of
from plans.models import Acknowledgement, Plan, PlanItem, PlanVersion
from plans.phases import USUAL_DAYS, gate_problems
from plans.proposing import later_day, proposed
from practice import audit
from practice.models import User
from practice.roles import May
from therapies.dose import DOSE_FIELDS
from therapies.models import InstructionVersion, Programme
from therapies.suitability.constants import GREY_MAX_DAYS, RECENT_MAX_DAYS

DELETED_DRAFT = "deleted a draft"
CHANGED_DRAFT = "changed a draft"


class StaleDraft(Exception):
    """The draft changed since the page was drawn; `by` changed it last."""

    def __init__(self, version: PlanVersion) -> None:
        super().__init__("The draft changed meanwhile.")
        self.by = version.changed_by
        self.at = version.changed_at


class DraftGone(Exception):
    """The draft was issued or deleted."""


class CannotAdd(Exception):
    """The instruction is not suitable for this person, is there already, or is not published; the message says so."""


def start_plan(patient: Patient, *, by: User) -> PlanVersion:
    """The draft to work on: of the patient's open plan, or of a new one."""
    with transaction.atomic():
        lock_patient(patient.pk)
        plan = Plan.objects.select_for_update().filter(patient=patient, status__in=Plan.OPEN).first()
        if plan is None:
            plan = _new_plan(patient)
        return plan.versions.drafts().first() or _new_version(plan, by=by)


def delete_draft(version: PlanVersion, *, by: User) -> None:
    """Remove a draft, and the plan with it when nothing of it was ever issued."""
    with transaction.atomic():
        lock_patient_of(version.pk)
        draft = _locked_draft(version.pk)
        plan = draft.plan
        audit.record(audit.Action.CHANGED, actor=by, about=draft, patient_id=plan.patient_id, detail=DELETED_DRAFT)
        draft.delete()
        if plan.status == Plan.Status.DRAFT:
            plan.delete()


@contextmanager
def change_draft(version: PlanVersion, *, revision: int, by: User) -> Iterator[PlanVersion]:
    """The draft, locked and one revision on, for changes in the same transaction."""
    with transaction.atomic():
        lock_patient_of(version.pk)
        # The condition on the revision decides on both databases: SQLite knows no row locks.
        claimed = (
            PlanVersion.objects.drafts()
            .filter(pk=version.pk, revision=revision)
            .update(revision=F("revision") + 1, changed_at=timezone.now(), changed_by=by)
        )
        draft = _locked_draft(version.pk)
        if not claimed:
            raise StaleDraft(draft)
        yield draft
        patient_id = draft.plan.patient_id
        audit.record(audit.Action.CHANGED, actor=by, about=draft, patient_id=patient_id, detail=CHANGED_DRAFT)


def set_items(draft: PlanVersion, note: str, changes: Mapping[UUID, Mapping[str, Any]]) -> None:
    """Store the draft's note, and dose, dates and note of its items; items that are gone are passed over."""
    PlanVersion.objects.drafts().filter(pk=draft.pk).update(note=note)
    for item in draft.items.all():
        for field, value in changes.get(item.pk, {}).items():
            setattr(item, field, value)
        item.save()


def add_item(draft: PlanVersion, instruction_slug: str, *, assessment: Assessment, today: date) -> PlanItem:
    """Put the published version of an instruction at the end of the draft. Raises CannotAdd."""
    version = _addable(draft, instruction_slug, assessment)
    assert assessment.advice
    for problem in unfit(version, assessment.advice, assessment.findings, assessment.overridden):
        raise CannotAdd(problem.text)
    return _append(draft, version, first=today, last=_usual_until(version, assessment.screening, today))


def add_offer(draft: PlanVersion, modality: str, *, assessment: Assessment, today: date) -> PlanItem:
    """Put in what a proposed phase offers of a modality: on its days, and approved in advance where it is so.

    Raises CannotAdd.
    """
    phases = proposed(assessment.screening, today, assessment.choices)
    offer = next((each for phase in phases for each in phase.offers if each.modality.value == modality), None)
    if offer is None:
        raise CannotAdd("No phase offers this.")
    version = _addable(draft, offer.slug, assessment)
    item = _append(draft, version, first=offer.first, last=offer.last, gated=offer.gated)
    for problem in gate_problems(item, assessment.findings, today) if offer.gated else ():
        item.delete()
        raise CannotAdd(problem.text)
    return item


def add_later(draft: PlanVersion, instruction_slug: str, *, assessment: Assessment, today: date) -> PlanItem:
    """Put in, approved in advance, what does not fit today: from the first day that its timing may allow it.

    Raises CannotAdd.
    """
    version = _addable(draft, instruction_slug, assessment)
    first = later_day(version.kind, assessment.screening, today)
    last = first + timedelta(days=USUAL_DAYS - 1)
    item = _append(draft, version, first=first, last=last, gated=True)
    for problem in gate_problems(item, assessment.findings, today):
        item.delete()
        raise CannotAdd(problem.text)
    return item


def _addable(draft: PlanVersion, instruction_slug: str, assessment: Assessment) -> InstructionVersion:
    """The published version, when the draft has none of it yet. Raises CannotAdd."""
    version = (
        InstructionVersion.objects.handed_out()
        .select_related("instruction__therapy")
        .filter(instruction=instruction_slug)
        .first()
    )
    if version is None:
        raise CannotAdd("This instruction is not published, or it is blocked for safety.")
    if draft.items.filter(instruction_version__instruction=instruction_slug).exists():
        raise CannotAdd("This instruction is in the plan already.")
    if assessment.advice is None:
        raise CannotAdd("Ask the screening first.")
    return version


def apply_programme(
    draft: PlanVersion, programme: Programme, *, assessment: Assessment, today: date
) -> tuple[list[PlanItem], list[str]]:
    """Add what of the programme fits this person; answers the items, and for each one left out why."""
    added, left_out = [], []
    for entry in programme.items.select_related("instruction"):
        try:
            added.append(add_item(draft, entry.instruction_id, assessment=assessment, today=today))
        except CannotAdd as reason:
            left_out.append(f"{_title(entry.instruction_id)}: {reason}")
    return added, left_out


def remove_item(draft: PlanVersion, item_id: UUID) -> None:
    draft.items.filter(pk=item_id).delete()


def move_item(draft: PlanVersion, item_id: UUID, *, by: int) -> None:
    """Move an item `by` places (-1 is up); at either end it stays."""
    items = list(draft.items.all())
    here = next((index for index, item in enumerate(items) if item.pk == item_id), None)
    if here is None or not 0 <= here + by < len(items):
        return
    items.insert(here + by, items.pop(here))
    for position, item in enumerate(items, start=1):
        item.position = position
        item.save(update_fields=["position"])


def acknowledge(draft: PlanVersion, keys: set[str], *, assessment: Assessment, by: User) -> None:
    """Store that the clinician read the named caution reasons of the screening the draft stands on.

    Raises PermissionDenied for all but clinicians.
    """
    if not by.may(May.ISSUE_PLAN):
        raise PermissionDenied("Only a clinician acknowledges cautions.")
    if assessment.screening is None:
        return
    read = (each for each in assessment.to_acknowledge if each.key in keys and not each.done)
    Acknowledgement.objects.bulk_create(
        [
            Acknowledgement(
                version=draft,
                screening=assessment.screening,
                modality=each.modality.value,
                rule=each.reason.rule,
                text=each.reason.text,
                by=by,
            )
            for each in read
        ],
        # Somebody may have read it on another page a moment ago.
        ignore_conflicts=True,
    )


def _new_plan(patient: Patient) -> Plan:
    try:
        with transaction.atomic():
            return Plan.objects.create(patient=patient)
    except IntegrityError:
        # Two people pressed at once; the database allows one open plan, and the other one's is as good.
        return Plan.objects.get(patient=patient, status__in=Plan.OPEN)


def _new_version(plan: Plan, *, by: User) -> PlanVersion:
    """The next draft: empty, or with the items of the version the patient has now."""
    newest = plan.versions.aggregate(number=Max("number"))["number"] or 0
    note = plan.current.note if plan.current else ""
    version = PlanVersion.objects.create(plan=plan, number=newest + 1, changed_by=by, note=note)
    for item in plan.current.items.select_related("instruction_version", "opening") if plan.current else ():
        published = InstructionVersion.objects.published().filter(instruction=item.instruction_version.instruction_id)
        # What was opened is like any other item now: the present answers judge it.
        item.gated, item.verdict = item.gated and not hasattr(item, "opening"), ""
        item.pk = None
        item._state.adding = True
        item.version = version
        # The newest words go into a new version of the plan; a retired instruction stays and is named as a problem.
        item.instruction_version = published.first() or item.instruction_version
        item.save(force_insert=True)
    return version


def _append(
    draft: PlanVersion, version: InstructionVersion, *, first: date, last: date, gated: bool = False
) -> PlanItem:
    place = (draft.items.aggregate(last=Max("position"))["last"] or 0) + 1
    dose = {field: getattr(version, field) for field in DOSE_FIELDS}
    return PlanItem.objects.create(
        version=draft,
        instruction_version=version,
        position=place,
        from_date=first,
        until_date=last,
        gated=gated,
        **dose,
    )


def _usual_until(version: InstructionVersion, screening: Screening | None, today: date) -> date:
    """Two weeks from today; ice ends with the band that today is in, on day 13 or 21 (rules.md section 1)."""
    usual = today + timedelta(days=USUAL_DAYS - 1)
    if version.kind == "ice" and screening and screening.onset_date:
        ends = (screening.onset_date + timedelta(days=days) for days in (RECENT_MAX_DAYS, GREY_MAX_DAYS))
        return min(usual, next((end for end in ends if end >= today), usual))
    return usual


def _locked_draft(pk: UUID) -> PlanVersion:
    draft = (
        PlanVersion.objects.drafts()
        .select_for_update(of=("self",))
        .select_related("plan__patient", "changed_by")
        .filter(pk=pk)
        .first()
    )
    if draft is None:
        raise DraftGone
    return draft


def _title(slug: str) -> str:
    return slug.replace("-", " ").capitalize()
