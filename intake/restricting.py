"""Restricted records: who may open one, and the way in for everybody else when it cannot wait.

A record is restricted to those who treat the person: a colleague who is a patient here, a neighbor, a name that people
talk about. Everybody else at the desk still finds the name, and opens the record only by breaking the glass: they say
why, the owner is told, and it stays open to them for one shift. Nothing of an emergency waits for that: the desk
sees whose red flag is open. What the patient opens on a phone is not touched.
(OWASP ASVS 5.0: 8.2.2; HIPAA 164.312(a)(2)(ii))
"""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from intake.models import Patient
from intake.models_restrictions import Carer, GlassBroken, GlassSeen, Restriction, RestrictionQuerySet
from practice import audit
from practice.mailing import send_later
from practice.models import User
from practice.roles import Role

ONE_SHIFT = timedelta(hours=8)
MOST_SEEN = 20
SUBJECT = "A restricted record was opened"
TEXT = "Somebody who is not named on a restricted record has opened it. Sign in to read who and why.\n"
NAMED_ANOTHER = "restriction: named another"
LIFTED = "restriction: lifted"


class RecordClosed(Exception):
    """The record is restricted, and this person is not named on it.

    `is_a_look`: somebody went there; no page that was open before asked by itself whether there is news.
    """

    def __init__(self, patient: Patient, *, is_a_look: bool) -> None:
        super().__init__("This record is restricted.")
        self.patient = patient
        self.is_a_look = is_a_look


class AlreadyRestricted(Exception):
    """Somebody restricted the record meanwhile."""


class NotRestricted(Exception):
    """The restriction was lifted meanwhile."""


def refuse_closed(user: User, patient: Patient, *, is_a_look: bool = True) -> None:
    """Raise RecordClosed where the patient's record is not open to this person of the staff."""
    if is_closed_to(user, patient):
        raise RecordClosed(patient, is_a_look=is_a_look)


def is_closed_to(user: User, patient: Patient) -> bool:
    return user.works_here and _closed_to(user).filter(patient=patient).exists()


def closed_records(user: User) -> frozenset[UUID]:
    """The patients of whom lists show this person no more than the name."""
    return frozenset(_closed_to(user).values_list("patient", flat=True))


def restriction_of(patient: Patient) -> Restriction | None:
    return Restriction.objects.standing().filter(patient=patient).first()


def restrict(patient: Patient, *, to: Iterable[User], by: User, why: str) -> Restriction:
    """From now on only those named open the record as a matter of course. Raises AlreadyRestricted."""
    try:
        with transaction.atomic():
            restriction = Restriction.objects.create(patient=patient, by=by, why=why)
            _name(restriction, to, by)
            audit.record(audit.Action.RESTRICTED, actor=by, about=restriction, patient_id=patient.pk, why=why)
    except IntegrityError as clash:
        raise AlreadyRestricted from clash
    return restriction


def name_more(restriction: Restriction, *, to: Iterable[User], by: User) -> None:
    """These open the record as well from now on. Raises NotRestricted."""
    with transaction.atomic():
        _hold(restriction)
        _name(restriction, to, by)
        audit.record(
            audit.Action.RESTRICTED,
            actor=by,
            about=restriction,
            patient_id=restriction.patient_id,
            detail=NAMED_ANOTHER,
        )


def lift(restriction: Restriction, *, by: User, why: str) -> None:
    """The record is as any other again. Raises NotRestricted."""
    with transaction.atomic():
        held = _hold(restriction)
        held.lifted_at, held.lifted_by = timezone.now(), by
        held.save(update_fields=["lifted_at", "lifted_by"])
        audit.record(audit.Action.RESTRICTED, actor=by, about=held, patient_id=held.patient_id, detail=LIFTED, why=why)


def break_glass(patient: Patient, *, by: User, why: str) -> GlassBroken | None:
    """Open a restricted record for one shift; nothing is done where it is open to this person anyway."""
    with transaction.atomic():
        restriction = _closed_to(by).select_for_update(of=("self",)).filter(patient=patient).first()
        if restriction is None:
            return None
        now = timezone.now()
        opening = GlassBroken.objects.create(restriction=restriction, user=by, at=now, until=now + ONE_SHIFT, why=why)
        audit.record(audit.Action.BROKE_GLASS, actor=by, about=restriction, patient_id=patient.pk, why=why)
        transaction.on_commit(_write_to_owners)
    return opening


def note_seen(opening: GlassBroken, *, by: User) -> None:
    """This owner knows of it now; a second time changes nothing."""
    GlassSeen.objects.get_or_create(opening=opening, by=by)


def find_opening(opening_id: UUID) -> GlassBroken:
    """Raises Http404."""
    return get_object_or_404(GlassBroken, pk=opening_id)


def openings_unseen_by(owner: User) -> int:
    return GlassBroken.objects.unseen_by(owner).count()


def openings_to_show(owner: User) -> list[GlassBroken]:
    """Every opening that this owner has not seen, then the last ones that they have; each with `is_new`."""
    openings = GlassBroken.objects.select_related("restriction__patient", "user")
    new = list(openings.unseen_by(owner))
    for opening in new:
        opening.is_new = True
    return new + list(openings.exclude(pk__in=[opening.pk for opening in new])[:MOST_SEEN])


def standing_restrictions() -> QuerySet[Restriction]:
    """The newest first, with who is named on each."""
    found = Restriction.objects.standing().select_related("patient", "by")
    return found.prefetch_related(Prefetch("carers", Carer.objects.select_related("user")))


def _write_to_owners() -> None:
    """Where the clinic can send mail: no more than that there is something to read. It names nobody."""
    owners = User.objects.filter(is_active=True, groups__name=Role.OWNER.value).exclude(email="")
    for owner in owners if settings.CAN_MAIL else ():
        send_later(subject=SUBJECT, text=TEXT, to=owner.email)


def _closed_to(user: User) -> RestrictionQuerySet:
    return Restriction.objects.closed_to(user, timezone.now())


def _name(restriction: Restriction, people: Iterable[User], by: User) -> None:
    for person in people:
        Carer.objects.get_or_create(restriction=restriction, user=person, defaults={"by": by})


def _hold(restriction: Restriction) -> Restriction:
    held = Restriction.objects.standing().select_for_update(of=("self",)).filter(pk=restriction.pk).first()
    if held is None:
        raise NotRestricted
    return held
