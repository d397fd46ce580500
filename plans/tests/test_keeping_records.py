"""An owner keeps a record longer: until it is let go nobody erases it, by the page or past it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.models import Patient
from intake.tests.factories import BACKEND, make_patient, make_staff
from plans.erasing import Basis, ErasureRefused, erase_patient, kept_until
from plans.keeping_records import KeepRefused, keep_longer, let_go
from plans.models import KeepOrder
from plans.tests.factories_keeping import make_keep_order
from plans.whole_record import whole_record
from practice.models import AuditEvent, Erasure, OpenErasure, User
from practice.roles import Role

pytestmark = pytest.mark.django_db
WHY = "A dispute about the bill runs."


@pytest.fixture
def owner() -> User:
    return make_staff(roles=(Role.OWNER,))


@pytest.fixture
def patient() -> Patient:
    """Registered by mistake: this record could go at once."""
    return make_patient()


def erase(patient: Patient, owner: User) -> Erasure:
    return erase_patient(patient, by=owner, basis=Basis.NEVER_TREATED, today=timezone.localdate())


def test_a_record_that_is_kept_is_not_erased(patient: Patient, owner: User) -> None:
    keep_longer(patient, by=owner, why=WHY)
    with pytest.raises(ErasureRefused, match=f"kept until an owner lets it go: {WHY}"):
        erase(patient, owner)


def test_a_record_that_was_let_go_is_erased_with_its_orders(patient: Patient, owner: User) -> None:
    keep_longer(patient, by=owner, why=WHY)
    let_go(patient, by=owner, why="The dispute is over.")
    erase(patient, owner)
    assert (Patient.objects.exists(), KeepOrder.objects.exists()) == (False, False)


def test_the_database_too_spares_what_is_kept(patient: Patient, owner: User) -> None:
    make_keep_order(patient=patient)
    erasure = Erasure.objects.create(patient_id=patient.pk, record_number=1, basis=Basis.RETENTION, by=owner)
    with pytest.raises(IntegrityError, match="is to be kept"), transaction.atomic():
        OpenErasure.objects.create(erasure=erasure)


def test_an_order_that_ended_does_not_begin_again(owner: User) -> None:
    order = make_keep_order(ended_at=timezone.now(), ended_by=owner)
    with pytest.raises(IntegrityError, match="ended once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE plans_keeporder SET ended_at = NULL, ended_by_id = NULL")
    assert order.ended_at


def test_an_order_is_nothing_that_was_written_about_the_patient(patient: Patient) -> None:
    before = kept_until(whole_record(patient))
    make_keep_order(patient=patient, at=timezone.now() + timedelta(days=800))
    assert kept_until(whole_record(patient)) == before


def test_a_record_is_kept_by_one_order_at_a_time(patient: Patient, owner: User) -> None:
    keep_longer(patient, by=owner, why=WHY)
    with pytest.raises(KeepRefused, match="kept already"):
        keep_longer(patient, by=owner, why=WHY)


def test_what_nobody_keeps_cannot_be_let_go(patient: Patient, owner: User) -> None:
    with pytest.raises(KeepRefused, match="No order keeps"):
        let_go(patient, by=owner, why=WHY)


@pytest.mark.requirement("HIPAA 164.312(b)")
def test_both_are_on_the_record_of_events_with_the_reason(patient: Patient, owner: User) -> None:
    keep_longer(patient, by=owner, why=WHY)
    let_go(patient, by=owner, why="The dispute is over.")
    events = AuditEvent.objects.filter(action="kept", actor=owner, patient_id=patient.pk).order_by("id")
    assert list(events.values_list("detail", "why")) == [("", WHY), ("let go", "The dispute is over.")]


def press(client: Client, owner: User, **typed: object) -> tuple[int, str]:
    client.force_login(owner, backend=BACKEND)
    answer = client.post(reverse("keep"), {"wish": "keep", "why": WHY} | typed)
    return answer.status_code, answer.content.decode()


def test_the_page_keeps_a_record_by_its_number(client: Client, owner: User, patient: Patient) -> None:
    assert press(client, owner, record_number=patient.record_number)[0] == 302
    assert KeepOrder.objects.standing().get().patient == patient


def test_the_page_lets_a_record_go(client: Client, owner: User, patient: Patient) -> None:
    make_keep_order(patient=patient)
    press(client, owner, record_number=patient.record_number, wish="let_go")
    assert not KeepOrder.objects.standing().exists()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("record_number", 99, "There is no record of this number."),
        ("record_number", "ten", "A record number is digits alone."),
        ("wish", "", "Choose one of the two."),
        ("wish", "let_go", "No order keeps this record"),
        ("why", "", "Say why."),
        ("why", "court", "Say a little more"),
        ("why", "Rivera sues the clinic", "without the patient"),
    ],
)
def test_the_page_says_what_is_wrong(
    client: Client, owner: User, patient: Patient, field: str, value: object, words: str
) -> None:
    status, page = press(client, owner, **{"record_number": patient.record_number, field: value})
    assert (status, words in page) == (422, True)
