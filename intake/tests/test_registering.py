"""Registering: record numbers, the event, and who may be the same person."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from intake.models import FIRST_RECORD_NUMBER, Patient
from intake.names import LONGEST_SEARCH_KEY
from intake.registering import next_record_number, register_patient
from intake.tests.factories import make_patient, make_staff
from practice.models import AuditEvent

pytestmark = pytest.mark.django_db
BORN = date(1970, 4, 12)


def newcomer(**fields: object) -> Patient:
    return Patient(**({"given_name": "Sam", "family_name": "Rivera", "birth_date": BORN} | fields))


def alike(given_name: str = "Sam", family_name: str = "Rivera", birth_date: date = BORN) -> bool:
    patients = Patient.objects.alike(given_name=given_name, family_name=family_name, birth_date=birth_date)
    return patients.exists()


def test_the_first_patient_has_the_first_number() -> None:
    assert register_patient(newcomer(), by=make_staff()).record_number == FIRST_RECORD_NUMBER


def test_the_next_patient_has_the_next_number() -> None:
    make_patient(record_number=20000)
    assert register_patient(newcomer(), by=make_staff()).record_number == 20001


class TheOtherDesk:
    """Registers somebody in the moment between our look at the newest number and our writing."""

    def __init__(self) -> None:
        self.came = False

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        looked = execute(sql, *rest)
        if "MAX(" in sql and not self.came:
            self.came = True
            make_patient(record_number=20001)
        return looked


def test_a_number_that_somebody_else_took_meanwhile_is_looked_up_again() -> None:
    make_patient(record_number=20000)
    other, staff = TheOtherDesk(), make_staff()
    with connection.execute_wrapper(other):
        patient = register_patient(newcomer(), by=staff)
    # The other desk shares our connection here, so its row went with our first try and left the number free.
    assert other.came
    assert patient.record_number == 20001


def test_two_patients_never_share_a_number() -> None:
    make_patient(record_number=20000)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_patient(record_number=20000)


def test_a_number_is_not_given_again() -> None:
    make_patient(record_number=20000)
    assert next_record_number() == 20001


def test_who_registered_a_patient_is_kept() -> None:
    staff = make_staff()
    assert register_patient(newcomer(), by=staff).registered_by == staff


def test_registering_leaves_an_event() -> None:
    patient = register_patient(newcomer(), by=make_staff())
    assert AuditEvent.objects.get().patient_id == patient.pk


@pytest.mark.parametrize(
    "name",
    ["🙂", "علي", "X Æ A-12", "Nguyễn Thị", "Ng", "\u202bעדי\u202c", "d’Arcy-O’Neil", "\u0301", "Prince"],
)
def test_any_name_is_stored_as_it_was_typed(name: str) -> None:
    patient = register_patient(newcomer(given_name=name, family_name=""), by=make_staff())
    assert Patient.objects.get(pk=patient.pk).given_name == name


def test_a_name_that_folds_to_many_letters_fits_its_column() -> None:
    patient = make_patient(given_name="\ufdfa" * 120, family_name="\ufdfa" * 120)
    assert len(Patient.objects.get(pk=patient.pk).search_key) == LONGEST_SEARCH_KEY


@pytest.mark.parametrize(
    ("given_name", "family_name", "born"),
    [
        ("Sam", "Rivera", BORN),
        ("sam", "RIVERA", date(1999, 1, 1)),
        ("Rivera", "Sam", date(1999, 1, 1)),
        ("Sám", "Ríverà", date(1999, 1, 1)),
        ("Sam", "Oak", BORN),
        ("Sue", "Rivera", BORN),
        ("Samuel", "Rivera Gil", BORN),
    ],
)
def test_somebody_alike_is_noticed(given_name: str, family_name: str, born: date) -> None:
    make_patient(birth_date=BORN)
    assert alike(given_name, family_name, born)


@pytest.mark.parametrize(
    ("given_name", "family_name", "born"),
    [("Sue", "Oak", BORN), ("Sam", "Oak", date(1999, 1, 1)), ("\u0301", "", BORN), ("%", "_", BORN)],
)
def test_somebody_different_is_not_taken_for_the_same(given_name: str, family_name: str, born: date) -> None:
    make_patient(birth_date=BORN)
    assert not alike(given_name, family_name, born)


def test_the_longest_names_can_be_compared() -> None:
    assert not alike("\ufdfa " * 60, "a b c d " * 15)


def test_the_name_is_shown_given_name_first() -> None:
    assert make_patient(given_name="Sam", family_name="Rivera").full_name == "Sam Rivera"


def test_a_list_shows_the_family_name_first() -> None:
    assert make_patient(given_name="Sam", family_name="Rivera").listed_name == "Rivera, Sam"


def test_a_single_name_is_listed_without_a_comma() -> None:
    assert make_patient(given_name="Prince", family_name="").listed_name == "Prince"


@pytest.mark.parametrize(("day", "age"), [(date(2026, 4, 11), 55), (date(2026, 4, 12), 56), (date(1970, 4, 12), 0)])
def test_the_age_is_counted_in_whole_years(day: date, age: int) -> None:
    assert make_patient(birth_date=BORN).age_on(day) == age
