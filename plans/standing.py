"""Standing orders: a clinician lets the front desk issue one programme; each use is countersigned.

sign_order(), end_order(), issue_under_order() and countersign() are the only ways. They ship switched off.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from intake.models import Patient
from intake.unnamed import what_is_wrong
from plans.assigning import IssueRefused, issue_plan
from plans.building import apply_programme, change_draft, start_plan
from plans.checking import assess_draft
from plans.footing import Footing, footing_of, footing_problems
from plans.giving import Given, change_problems, given_by
from plans.locking import lock_patient
from plans.models import Countersignature, Plan, PlanVersion, StandingOrder
from plans.order_terms import age_problems, last_day_allowed, order_problems
from plans.problems import Problem
from practice import audit
from practice.models import Clinic, User
from practice.roles import May
from therapies.choices import choices_of
from therapies.models import Programme

SIGNED = "signed a standing order"
ENDED = "ended a standing order"
COUNTERSIGNED = "countersigned"
USED = "standing order"
LONGEST_REASON = Countersignature._meta.get_field("reason").max_length or 500


class OrderRefused(Exception):
    """A standing order cannot be signed, used or countersigned like this; the message is for the person who tried."""


@dataclass(frozen=True)
class Offer:
    """A running order for one patient: it may be used when nothing stands against it."""

    order: StandingOrder
    problems: tuple[Problem, ...]

    @property
    def fits(self) -> bool:
        return not self.problems


def sign_order(programme: Programme, *, until: date, by: User, clinic: Clinic, today: date) -> StandingOrder:
    """A clinician lets the front desk issue this programme up to a day. Raises OrderRefused, PermissionDenied."""
    if not by.may(May.SIGN_ORDER):
        raise PermissionDenied("Only a clinician signs a standing order.")
    given = _signable(programme, until, clinic, today)
    try:
        with transaction.atomic():
            _end_the_outrun(programme, by, today)
            order = StandingOrder.objects.create(programme=programme, clinician=by, until=until, content=given.content)
            audit.record(audit.Action.SIGNED, actor=by, about=order, detail=f"{SIGNED}: {programme.pk}")
    except IntegrityError as error:
        raise OrderRefused("There is a standing order for this program already. End that one first.") from error
    return order


def end_order(order: StandingOrder, *, by: User) -> bool:
    """End an order at once; any clinician may. Answers whether it ended now."""
    if not by.may(May.SIGN_ORDER):
        raise PermissionDenied("Only a clinician ends a standing order.")
    with transaction.atomic():
        ended = StandingOrder.objects.filter(pk=order.pk, ended_at=None).update(ended_at=timezone.now(), ended_by=by)
        if ended:
            audit.record(audit.Action.CHANGED, actor=by, about=order, detail=ENDED)
    return bool(ended)


def offers_for(patient: Patient, footing: Footing | None, *, clinic: Clinic, today: date) -> tuple[Offer, ...]:
    """Each running order with what stands against using it for this patient; none while the switch is off."""
    if footing is None or not clinic.standing_orders_on:
        return ()
    against = (*footing_problems(footing, clinic, today), *_of_open_plans(patient))
    usable = list(StandingOrder.objects.usable_on(today).select_related("programme", "clinician"))
    given = given_by([order.programme for order in usable])
    return tuple(
        Offer(order, (*against, *_of_the_programme(order, each, footing)))
        for order, each in zip(usable, given, strict=True)
    )


def issue_under_order(patient: Patient, order_id: UUID, *, by: User, clinic: Clinic, today: date) -> PlanVersion:
    """Make the programme's plan and issue it under the order, in one transaction.

    Raises OrderRefused, and records that after the rollback, so that it lasts.
    """
    try:
        with transaction.atomic():
            lock_patient(patient.pk)
            offer = _offer(patient, order_id, clinic=clinic, today=today)
            draft = _draft_of(offer.order, patient, by=by, clinic=clinic, today=today)
            return issue_plan(
                draft.pk, revision=draft.revision, by=by, clinic=clinic, today=today, standing_order=offer.order
            )
    except (OrderRefused, IssueRefused) as refusal:
        audit.refused(actor=by, about=patient, patient_id=patient.pk, detail=USED)
        raise OrderRefused(str(refusal)) from refusal


def countersign(version: PlanVersion, *, by: User, reason: str = "") -> Countersignature:
    """A clinician looked at this use; the signature that is there when it was done before.

    The order's own clinician needs no `reason`. Another one signs only when that one is here no more, and says why.
    Raises PermissionDenied, OrderRefused.
    """
    signed = {"by": by, "reason": _why_in_place(version, by, reason)}
    with transaction.atomic():
        signature, is_new = Countersignature.objects.get_or_create(version=version, defaults=signed)
        if is_new:
            patient_id = version.plan.patient_id
            audit.record(
                audit.Action.SIGNED,
                actor=by,
                about=version,
                patient_id=patient_id,
                detail=COUNTERSIGNED,
                why=signature.reason,
            )
    return signature


def _why_in_place(version: PlanVersion, by: User, reason: str) -> str:
    """Why `by` signs in somebody else's place; empty for the order's own clinician."""
    order = version.standing_order
    if order is None or not by.may(May.SIGN_ORDER):
        raise PermissionDenied("Only a clinician countersigns, and only the uses of standing orders.")
    if order.clinician_id == by.pk:
        return ""
    if not StandingOrder.objects.left_behind().filter(pk=order.pk).exists():
        raise PermissionDenied("Only the clinician of the standing order countersigns its uses.")
    if not reason.strip():
        raise OrderRefused(f"Not countersigned. Say why you sign in the place of {order.clinician}.")
    if wrong := what_is_wrong(reason, version.plan.patient):
        raise OrderRefused(f"Not countersigned. {wrong}")
    return reason.strip()[:LONGEST_REASON]


def _signable(programme: Programme, until: date, clinic: Clinic, today: date) -> Given:
    """What the programme gives now. Raises OrderRefused."""
    if not clinic.standing_orders_on:
        raise OrderRefused("Standing orders are switched off.")
    (given,) = given_by([programme])
    if given.why_not_signable:
        raise OrderRefused(given.why_not_signable)
    if not today <= until <= last_day_allowed(today):
        raise OrderRefused("Its last day is today or later, and within six months.")
    return given


def _end_the_outrun(programme: Programme, by: User, today: date) -> None:
    """An order whose last day is over makes room for the next one."""
    outrun = StandingOrder.objects.filter(programme=programme, ended_at=None, until__lt=today)
    outrun.update(ended_at=timezone.now(), ended_by=by)


def _of_open_plans(patient: Patient) -> Iterable[Problem]:
    plan = Plan.objects.filter(patient=patient, status__in=Plan.OPEN).first()
    if plan and plan.status == Plan.Status.ACTIVE:
        yield Problem("plan", "There is a plan already. A clinician changes it.")
    elif plan:
        yield Problem("plan", "A draft is open. A clinician issues it, or delete it first.")


def _of_the_programme(order: StandingOrder, given: Given, footing: Footing) -> Iterable[Problem]:
    yield from change_problems(order, given)
    if given.why_not_signable:
        yield Problem("programme", given.why_not_signable)
    yield from age_problems(given.programme, footing.findings)
    yield from order_problems(footing.advice, footing.findings, given.instructions)


def _offer(patient: Patient, order_id: UUID, *, clinic: Clinic, today: date) -> Offer:
    offers = offers_for(patient, footing_of(patient, today, choices_of(clinic)), clinic=clinic, today=today)
    offer = next((each for each in offers if each.order.pk == order_id), None)
    if offer is None:
        raise OrderRefused("This standing order is over, or standing orders are switched off.")
    if not offer.fits:
        raise OrderRefused(" ".join(dict.fromkeys(problem.text for problem in offer.problems)))
    return offer


def _draft_of(order: StandingOrder, patient: Patient, *, by: User, clinic: Clinic, today: date) -> PlanVersion:
    """A draft with all of the programme. Raises OrderRefused when anything of it was left out."""
    draft = start_plan(patient, by=by)
    assessment = assess_draft(draft, clinic=clinic, today=today)
    with change_draft(draft, revision=draft.revision, by=by) as version:
        _, left_out = apply_programme(version, order.programme, assessment=assessment, today=today)
    if left_out:
        raise OrderRefused(f"Left out: {'; '.join(left_out)}")
    return version
