"""Adding many invented patients at once, for trying the search on a clinic of any size."""

from datetime import timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone

from clinic_site.demo.people import Person, people
from intake.models import Patient
from intake.name_words import add_words
from intake.names import search_key
from intake.registering import next_record_number

BATCH = 5_000


def add_patients(count: int, *, seed: int) -> tuple[int, int]:
    """Add `count` patients to those that are there; answers their first and last record number."""
    with transaction.atomic():
        first = next_record_number()
        rows = enumerate(people(count, seed=seed), start=first)
        while batch := [_row(number, person) for number, person in islice(rows, BATCH)]:
            Patient.objects.bulk_create(batch)
            add_words({patient.record_number: patient.search_key for patient in batch})
    return first, first + count - 1


def _row(number: int, person: Person) -> Patient:
    # bulk_create() passes save() by, which makes the search key and its words otherwise.
    return Patient(
        record_number=number,
        given_name=person.given_name,
        family_name=person.family_name,
        birth_date=person.birth_date,
        phone=person.phone,
        search_key=search_key(person.family_name, person.given_name),
        registered_at=timezone.now() - timedelta(days=person.registered_days_ago),
    )
