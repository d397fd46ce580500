"""erase_patient(): everything goes but what the law keeps, and nobody else gets past the triggers."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from time_machine import travel

from clinic_site.tests.elsewhere import committed
from clinic_site.tests.one_full_record import full_record
from intake.models import NameEnding, NameUse, NameWord, Patient, PatientAccess
from intake.registering import next_record_number
from intake.signing_in import CHOSEN
from intake.tests.factories import BACKEND, make_access, make_patient, make_screening, make_staff
from plans.erasing import Basis, ErasureRefused, erase_patient, kept_until
from plans.tests.factories import make_issued
from plans.whole_record import EVENTS, models_about_patients, whole_record
from practice.models import DeviceSession, Erasure, OpenErasure, User
from practice.roles import Role
from practice.sealing import check, seal
from practice.sessions_store import SessionStore
from practice.tests.factories_sessions import make_session

pytestmark = pytest.mark.django_db(transaction=connection.vendor == "postgresql")
LATER = timezone.now() + timedelta(days=366 * 10 + 5)


@pytest.fixture
def owner() -> User:
    return make_staff(roles=(Role.OWNER,))


@pytest.fixture
def patient() -> Patient:
    return full_record()


def erase(patient: Patient, owner: User, *, basis: Basis = Basis.RETENTION, today: date | None = None) -> Erasure:
    return erase_patient(patient, by=owner, basis=basis, today=today or LATER.date())


def test_nothing_of_the_record_is_left(patient: Patient, owner: User) -> None:
    erase(patient, owner)
    assert whole_record(patient).rows.keys() == {Patient}
    assert {model._meta.label for model in models_about_patients() if model._base_manager.exists()} == set()


def test_nobody_else_loses_a_row(owner: User) -> None:
    other = make_issued(patient=make_patient(given_name="Ann", family_name="Otherwise")).plan.patient
    before = dict(whole_record(other).rows)
    erase(full_record(), owner)
    assert whole_record(other).rows == before


def test_a_device_of_somebody_who_helps_two_forgets_the_name(patient: Patient, owner: User) -> None:
    helper = patient.access.exclude(relation="self").get().user
    other = make_patient()
    make_access(patient=other, user=helper, relation=PatientAccess.Relation.PROXY)
    for shown in (patient, other):
        chosen = {CHOSEN: {"patient": str(shown.pk), "called": shown.called}}
        make_session(user=helper, session_key=shown.pk.hex, session_data=SessionStore().encode(chosen))
    erase(patient, owner)
    assert [each.pk for each in DeviceSession.objects.of(helper)] == [other.pk.hex]


def test_no_word_of_the_name_is_left_in_the_search(patient: Patient, owner: User) -> None:
    erase(patient, owner)
    assert [model.objects.exists() for model in (NameUse, NameWord, NameEnding)] == [False] * 3


def test_a_word_that_somebody_else_bears_stays(patient: Patient, owner: User) -> None:
    make_patient(given_name="Fulla", family_name="Otherwise")
    erase(patient, owner)
    assert NameWord.objects.filter(pk="fulla").exists()


def test_the_accounts_say_nothing_and_open_nothing(patient: Patient, owner: User) -> None:
    users = whole_record(patient).users
    erase(patient, owner)
    left = User.objects.filter(pk__in=users).values_list("display_name", "email", "is_active")
    assert set(left) == {("", "", False)}


@pytest.mark.requirement("HIPAA 164.312(b)")
def test_the_events_stay_and_still_fit_their_seals(patient: Patient, owner: User) -> None:
    seal()
    events = EVENTS.objects.filter(patient_id=patient.pk).count()
    erase(patient, owner)
    assert (EVENTS.objects.filter(patient_id=patient.pk).count(), check().fits) == (events + 1, True)


def test_a_tombstone_is_left(patient: Patient, owner: User) -> None:
    erasure = erase(patient, owner)
    assert (erasure.record_number, erasure.by) == (patient.record_number, owner)


def test_the_record_number_is_not_given_again(patient: Patient, owner: User) -> None:
    erase(patient, owner)
    assert next_record_number() == patient.record_number + 1


def test_the_law_keeps_a_record_for_ten_years(patient: Patient, owner: User) -> None:
    with pytest.raises(ErasureRefused, match="The law keeps this record until"):
        erase(patient, owner, today=kept_until(whole_record(patient)))


def test_the_law_keeps_a_childs_record_until_ten_years_after_they_come_of_age() -> None:
    with travel("2026-11-21"):
        child = make_patient(birth_date=date(2020, 2, 29))
        assert kept_until(whole_record(child)) == date(2048, 3, 1)


def test_a_record_that_was_made_by_mistake_goes_at_once(owner: User) -> None:
    erase(make_patient(), owner, basis=Basis.NEVER_TREATED, today=timezone.localdate())
    assert not Patient.objects.exists()


def test_answers_that_were_sent_are_no_mistake(owner: User) -> None:
    patient = make_patient()
    make_screening(patient=patient)
    with pytest.raises(ErasureRefused, match="the law keeps"):
        erase(patient, owner, basis=Basis.NEVER_TREATED)


def test_only_an_owner_erases(patient: Patient) -> None:
    with pytest.raises(ErasureRefused, match="Only the owner"):
        erase(patient, make_staff(roles=(Role.CLINICIAN,)))


def test_after_an_erasure_the_triggers_refuse_again(patient: Patient, owner: User) -> None:
    erase(patient, owner)
    version = make_issued()
    with pytest.raises(IntegrityError, match="kept"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM plans_planversion")
    assert version.plan_id


def test_whoever_leaves_the_key_in_the_lock_loses_everything(tmp_path: Path, owner: User) -> None:
    make_issued()
    erasure = Erasure.objects.create(patient_id=uuid4(), record_number=9, basis="retention", by=owner)
    with committed(tmp_path):
        with pytest.raises(IntegrityError):
            leave_the_key(erasure)
        assert (OpenErasure.objects.exists(), patients_items()) == (False, 1)


@transaction.atomic
def leave_the_key(erasure: Erasure) -> None:
    OpenErasure.objects.create(erasure=erasure)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM plans_printing")
        cursor.execute("DELETE FROM plans_planitem")


def patients_items() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM plans_planitem")
        count: int = cursor.fetchone()[0]
    return count


def erase_by_page(client: Client, owner: User, **typed: object) -> Any:
    client.force_login(owner, backend=BACKEND)
    return client.post(reverse("erase"), {"basis": "never_treated"} | typed)


def test_the_page_erases_what_is_named_twice(client: Client, owner: User) -> None:
    number = make_patient().record_number
    answer = erase_by_page(client, owner, record_number=number, typed=f"ERASE {number}")
    assert (answer.status_code, Patient.objects.exists()) == (302, False)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("typed", "ERASE 1", "This has to be: ERASE"),
        ("typed", "", "Type ERASE and the record"),
        ("record_number", 99, "There is no record of this number."),
        ("record_number", "ten", "in digits"),
        ("basis", "", "Say why the record may go."),
        ("basis", "retention", "The law keeps this record until"),
    ],
)
def test_the_page_says_what_is_wrong(client: Client, owner: User, field: str, value: object, words: str) -> None:
    number = make_patient().record_number
    typed = {"record_number": number, "typed": f"ERASE {number}"} | {field: value}
    answer = erase_by_page(client, owner, **typed)
    assert (answer.status_code, words in answer.content.decode(), Patient.objects.count()) == (422, True, 1)
