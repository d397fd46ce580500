"""The words of names are kept in step with the patients, also when two desks register at once."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intake.models import NameEnding, NameUse, NameWord, Patient
from intake.name_words import add_words
from intake.tests.factories import make_patient

pytestmark = pytest.mark.django_db
WORDS = ("intake_nameuse", "intake_nameword", "intake_nameending")
migration = import_module("intake.migrations.0006_words_of_names")


def words_of(patient: Patient) -> set[tuple[str, str]]:
    return set(NameUse.objects.filter(patient=patient).values_list("word_id", "search_key"))


def test_a_patient_has_each_word_of_the_name_once() -> None:
    key = " rivera ana ana"
    assert words_of(make_patient(given_name="Ana Ana", family_name="Rivera")) == {("rivera", key), ("ana", key)}


def test_a_new_name_replaces_the_words() -> None:
    patient = make_patient(given_name="Ana", family_name="Rivera")
    patient.family_name = "Oak"
    patient.save()
    assert words_of(patient) == {("oak", " oak ana"), ("ana", " oak ana")}


def test_another_change_leaves_the_words_alone() -> None:
    patient = make_patient()
    patient.phone = "555-0100"
    with CaptureQueriesContext(connection) as captured:
        patient.save()
    written = [each["sql"] for each in captured if each["sql"].startswith(("INSERT", "DELETE"))]
    assert not [sql for sql in written if any(table in sql for table in WORDS)]


def test_a_name_without_a_letter_has_no_words() -> None:
    assert words_of(make_patient(given_name="-", family_name="’")) == set()


def test_a_word_that_two_bear_is_kept_once() -> None:
    make_patient(given_name="Ana", family_name="Rivera")
    make_patient(given_name="Ben", family_name="Rivera")
    assert sorted(NameWord.objects.values_list("pk", flat=True)) == ["ana", "ben", "rivera"]


def test_each_ending_of_a_word_is_kept() -> None:
    make_patient(given_name="", family_name="Ann")
    assert sorted(NameEnding.objects.values_list("ending", flat=True)) == ["ann", "n", "nn"]


class TheOtherDesk:
    """Adds the same new word in the moment between our look at the known words and our writing."""

    def __init__(self) -> None:
        self.came = False

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        looked = execute(sql, *rest)
        if sql.startswith('SELECT "intake_nameword"') and not self.came:
            self.came = True
            make_patient(given_name="Ana", family_name="Quintrell")
        return looked


def test_a_word_that_somebody_else_added_meanwhile_is_no_error() -> None:
    # A record number that the other desk does not take.
    other, patient = TheOtherDesk(), Patient(given_name="Ben", family_name="Quintrell", birth_date="1970-04-12")
    patient.record_number = 20001
    with connection.execute_wrapper(other):
        patient.save()
    assert other.came
    assert words_of(patient) == {("quintrell", " quintrell ben"), ("ben", " quintrell ben")}


def test_the_words_of_many_are_added_at_once() -> None:
    patients = [make_patient(family_name=f"Rivera{number}") for number in range(3)]
    NameUse.objects.all().delete()
    add_words({patient.record_number: patient.search_key for patient in patients})
    assert [words_of(patient) for patient in patients] == [
        {(f"rivera{number}", f" rivera{number} sam"), ("sam", f" rivera{number} sam")} for number in range(3)
    ]


def test_patients_from_before_get_their_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migration, "BATCH", 2)
    patients = [make_patient(given_name="Ann", family_name=name) for name in ("O’Brien", "Smith-Jones", "Ann")]
    kept = [words_of(patient) for patient in patients]
    for model in (NameUse, NameEnding, NameWord):
        model.objects.all().delete()
    Patient.objects.update(search_key=" as it was folded before")
    migration.fill_words(apps, None)
    assert [words_of(patient) for patient in patients] == kept
