"""People, their screenings and codes for tests: keyword-only, plain defaults."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.codes import MintedSheet, mint, recognize, use_up
from intake.forms_screening import ScreeningForm
from intake.models import Complaint, Patient, PatientAccess, RedFlag, RedFlagClosing, Screening
from intake.questions import QUESTIONS
from intake.registering import next_record_number
from intake.screening import advice_on
from practice.models import Clinic, User
from practice.roles import Role

BACKEND = "practice.backends.SteadyBackend"
_numbers = count(1)


def make_staff(*, roles: tuple[Role, ...] = (Role.FRONT_DESK,), password: str | None = None, **fields: Any) -> User:
    """Somebody of the staff, in the groups of these roles; hashing a password is slow, so only on demand."""
    defaults = {"username": f"staff{next(_numbers)}", "display_name": "Dr. Ana Ruiz"}
    user = User(kind=User.Kind.STAFF, **(defaults | fields))
    user.set_password(password)
    user.save()
    user.groups.set([Group.objects.get_or_create(name=role.value)[0] for role in roles])
    return user


def make_clinician(**fields: Any) -> User:
    return make_staff(roles=(Role.CLINICIAN,), **fields)


def make_patient(**fields: Any) -> Patient:
    defaults = {
        "given_name": "Sam",
        "family_name": "Rivera",
        "birth_date": date(1970, 4, 12),
        "record_number": next_record_number(),
    }
    return Patient.objects.create(**(defaults | fields))


def make_access(*, patient: Patient, **fields: Any) -> PatientAccess:
    """The patient's own access, with the user who signs in by code; the same one when there is one.

    With `relation=PROXY` somebody who helps the patient, for half a year unless told.
    """
    relation = fields.setdefault("relation", PatientAccess.Relation.SELF)
    if relation == PatientAccess.Relation.PROXY:
        fields = _of_a_proxy() | fields
    found = patient.access.filter(relation=relation).first()
    if found and relation == PatientAccess.Relation.SELF:
        return found
    user = fields.pop("user", None) or User.objects.create_patient_user()
    return PatientAccess.objects.create(patient=patient, user=user, **fields)


def _of_a_proxy() -> dict[str, Any]:
    return {
        "stands_as": PatientAccess.StandsAs.MOTHER,
        "until": Clinic.load().today() + timedelta(days=180),
        "given_by": make_staff(),
    }


def make_codes(*, patient: Patient, by: User | None = None, valid_until: date | None = None) -> MintedSheet:
    """A sheet of three codes, good for two weeks unless told."""
    until = valid_until or Clinic.load().today() + timedelta(days=14)
    return mint(patient, by=by or make_staff(), valid_until=until)


def redeem(code: str) -> User:
    """Who comes in with the code, which is used up."""
    return use_up(recognize(code)).user


def type_code(client: Client, code: str) -> Any:
    """The answer to a code on /start/ and, where it is right, to "Yes, open it"."""
    answer = client.post(reverse("start"), {"code": code})
    if answer.headers.get("Location") != reverse("start_confirm"):
        return answer
    return client.post(reverse("start_confirm"), {"mine": "yes"})


def make_complaint(*, patient: Patient, **fields: Any) -> Complaint:
    defaults = {"regions": ["low_back"]}
    return Complaint.objects.create(patient=patient, **(defaults | fields))


def make_screening(
    *, patient: Patient, findings: dict[str, Any] | None = None, onset_days: int | None = 10, **fields: Any
) -> Screening:
    """A sent screening of today. `findings` are those that are not a plain "no"."""
    onset = None if onset_days is None else Clinic.load().today() - timedelta(days=onset_days)
    by = fields.pop("sent_by", None) or make_staff()
    complaint = fields.pop("complaint", None) or patient.complaints.filter(closed_at=None).first()
    defaults = {
        "complaint": complaint or make_complaint(patient=patient, onset_date=onset),
        "status": Screening.Status.SENT,
        "findings": findings or {},
        "onset_date": onset,
        "started_by": by,
        "sent_at": timezone.now(),
        "sent_by": by,
    }
    screening = Screening(patient=patient, **(defaults | fields))
    if screening.status == Screening.Status.SENT and not screening.level:
        advice = advice_on(screening, Clinic.load().today())
        screening.level, screening.unanswered_count = advice.level.value, len(advice.unanswered)
    screening.save()
    return screening


def make_red_flag(*, screening: Screening | None = None, **fields: Any) -> RedFlag:
    """An open red flag of a sent screening: an emergency unless told."""
    screening = screening or make_screening(patient=make_patient())
    defaults = {"rule": "R01", "level": "emergency", "text": "Numb between the legs."}
    by = fields.pop("raised_by", None) or make_staff()
    return RedFlag.objects.create(patient=screening.patient, screening=screening, raised_by=by, **(defaults | fields))


def make_closing(*, flag: RedFlag | None = None, done: str = "Examined.", **fields: Any) -> RedFlagClosing:
    return RedFlagClosing.objects.create(flag=flag or make_red_flag(), by=make_clinician(), done=done, **fields)


def sign_in_patient(client: Client, patient: Patient) -> User:
    """Sign the patient in, as a code would have done."""
    user = make_access(patient=patient).user
    client.force_login(user, backend=BACKEND)
    return user


def sign_in_staff(client: Client, *roles: Role) -> User:
    user = make_staff(roles=roles or (Role.FRONT_DESK,))
    client.force_login(user, backend=BACKEND)
    return user


def typed_answers(**said: Any) -> dict[str, Any]:
    """The screening's fields as a page sends them: a low back 10 days old and "no" to all but what is said."""
    when = {} if {"onset_date", "onset_ago", "onset_unknown"} & set(said) else {"onset_ago": "10"}
    where = {"regions": ["low_back"], "side": "middle", "movements": ["none"]}
    return {"onset_unit": "days", "temperature_unit": "F", **where, **when, **plain_noes(), **said}


def plain_noes() -> dict[str, Any]:
    """A "no" to every question, also to those that no page would show."""
    return {question.name: ["none"] if question.many else question.plain_no for question in QUESTIONS}


def make_screening_form(
    *, born: date = date(1970, 4, 12), today: date = date(2026, 11, 20), **said: Any
) -> ScreeningForm:
    """The form with `typed_answers(**said)`; an answer of None was left open."""
    typed = {name: value for name, value in typed_answers(**said).items() if value is not None}
    return ScreeningForm(typed, born=born, today=today)


def cleaned_answers(**said: Any) -> dict[str, Any]:
    form = make_screening_form(**said)
    assert form.is_valid(), form.errors.as_json()
    return form.cleaned_data
