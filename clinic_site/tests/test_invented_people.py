"""People who are invented: for the demo, and by the hundred for whoever measures."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from clinic_site.demo.filling import add_patients
from clinic_site.demo.people import people
from intake.finding import find_patients
from intake.models import Patient


def test_the_same_seed_gives_the_same_people() -> None:
    assert list(people(200, seed=4)) == list(people(200, seed=4))


def test_another_seed_gives_other_people() -> None:
    assert list(people(20, seed=4)) != list(people(20, seed=5))


def test_invented_telephone_numbers_reach_nobody() -> None:
    assert all("555-01" in person.phone for person in people(200, seed=4))


def test_every_invented_person_has_a_name() -> None:
    assert all(person.given_name or person.family_name for person in people(2000, seed=4))


def test_some_invented_names_have_accents_hyphens_and_apostrophes() -> None:
    names = " ".join(f"{person.given_name} {person.family_name}" for person in people(2000, seed=4))
    assert {"-", "’", "é", "ñ"} <= set(names)


@pytest.mark.django_db
def test_added_patients_are_found_by_their_folded_names() -> None:
    add_patients(300, seed=4)
    somebody = Patient.objects.filter(family_name__contains="ñ").first()
    assert somebody
    plain = somebody.family_name.replace("ñ", "n")
    assert somebody in find_patients(Patient.objects.all(), f"{plain} {somebody.given_name}")


@pytest.mark.django_db
def test_added_patients_come_after_those_that_are_there() -> None:
    add_patients(3, seed=4)
    assert add_patients(2, seed=4) == (10004, 10005)


@pytest.mark.django_db
def test_added_patients_were_registered_before_today() -> None:
    add_patients(50, seed=4)
    assert not Patient.objects.filter(registered_at__date__gte=date.today()).exists()


@pytest.mark.django_db
def test_adding_no_patients_is_refused() -> None:
    with pytest.raises(CommandError, match="1 or more"):
        call_command("demo_data", patients=0)


def test_invented_patients_are_refused_outside_the_demo(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="demo only"):
        call_command("demo_data", patients=5)
