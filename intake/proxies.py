"""Somebody who helps a patient: a parent, a partner, a caregiver. Given at the desk, with a relation and a last day.

A proxy is a person of their own: their own codes, their own devices, their own name on the record. They see the plan,
tick what was done and answer questions, and each of these is written down as theirs. Patients give no access by
themselves: the desk looks at who stands before it. (OWASP ASVS 5.0: 8.2.1, 8.2.2)
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from intake.codes import revoke
from intake.devices import show_another
from intake.models import Patient, PatientAccess
from intake.models_access import PatientAccessQuerySet
from intake.names import search_key
from intake.of_age import OF_AGE, years_after
from intake.signing_in import open_to_person
from practice import audit
from practice.models import DeviceSession, User
from practice.sessions_deeds import end_all

LONGEST = timedelta(days=365)


@dataclass(frozen=True)
class ProxyRefused(Exception):
    """The access is not given; the message says why, for the desk."""

    message: str

    def __str__(self) -> str:
        return self.message


def give_access(
    patient: Patient, *, by: User, name: str, stands_as: str, until: date, today: date, same_as: User | None = None
) -> PatientAccess:
    """Let somebody open the patient's plan until that day. `same_as` is a proxy of somebody else who is meant.

    Raises ProxyRefused.
    """
    if not today <= until <= latest_end(patient, today):
        raise ProxyRefused("The last day is not within the days that are allowed.")
    with transaction.atomic():
        # Two people who give the same access at once wait for each other.
        Patient.objects.select_for_update().get(pk=patient.pk)
        if same_as and patient.access.filter(user=same_as).exists():
            raise ProxyRefused("This person has or had access to this record already. Add them as a new person.")
        user = same_as or User.objects.create_patient_user(display_name=name)
        access = PatientAccess.objects.create(
            patient=patient,
            user=user,
            relation=PatientAccess.Relation.PROXY,
            stands_as=stands_as,
            until=until,
            given_by=by,
        )
        # Not the last day: for a child it tells the birth date.
        audit.record(audit.Action.ACCESS_GIVEN, actor=by, about=access, patient_id=patient.pk, detail=stands_as)
    return access


def take_away(access: PatientAccess, *, by: User) -> bool:
    """The proxy opens nothing of this patient from the next request on; False when that was so already."""
    with transaction.atomic():
        ended = PatientAccess.objects.proxies().filter(pk=access.pk, ended_at=None)
        if not ended.update(ended_at=timezone.now(), ended_by=by):
            return False
        revoke(access)
        audit.record(audit.Action.ACCESS_TAKEN, actor=by, about=access, patient_id=access.patient_id)
        if accesses_of(access.user).exists():
            show_another(access)
        elif DeviceSession.objects.of(access.user).exists():
            end_all(access.user, by=by)
    return True


def accesses_of(user: User) -> PatientAccessQuerySet:
    """What this person may open today."""
    return open_to_person(user.pk)


def latest_end(patient: Patient, today: date) -> date:
    """The last day that a proxy can have: within a year, and for a child the day before they are of age."""
    in_a_year = today + LONGEST
    of_age = years_after(patient.birth_date, OF_AGE)
    return min(in_a_year, of_age - timedelta(days=1)) if today < of_age else in_a_year


def is_a_child(patient: Patient, today: date) -> bool:
    return patient.age_on(today) < OF_AGE


def proxies_named(name: str, *, besides: Patient, to: User) -> list[PatientAccess]:
    """Those who help other patients now and go by this name: perhaps it is the same person. Who helps somebody whose
    record is closed `to` whoever asks is not told."""
    wanted = search_key(name)
    others = PatientAccess.objects.open_on(timezone.localdate()).proxies().exclude(user__access__patient=besides)
    told = others.filter(patient__in=Patient.objects.open_to(to))
    found = told.select_related("user", "patient").order_by("given_at")
    return [each for each in found if search_key(each.user.display_name) == wanted]
