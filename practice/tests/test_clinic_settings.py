"""The owner fills in how a patient reaches the clinic: none of it can be left out."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from practice.models import Clinic, User
from practice.reach import Reach
from practice.roles import Role
from practice.tests.factories import make_clinic

pytestmark = pytest.mark.django_db
REACH = ("phone", "hours", "after_hours")
SETTINGS = {
    "name": "Riverbend",
    "phone": "(312) 555-0142",
    "hours": "8 to 5",
    "after_hours": "Call 555-0199",
    "time_zone": "America/Chicago",
    "paper": "letter",
    "screening_limit_days": "7",
    "comfortable_item_count": "4",
}


@pytest.fixture
def owner(client: Client) -> Client:
    call_command("make_roles", stdout=StringIO())
    user = User.objects.create_staff("vic", "a long quiet river", display_name="Victor Hale")
    user.groups.add(Group.objects.get(name=Role.OWNER))
    client.force_login(user, backend="practice.backends.SteadyBackend")
    return client


def save(owner: Client, **typed: str) -> int:
    """What the owner's page answers to these settings."""
    return owner.post(reverse("admin:practice_clinic_change", args=[Clinic.load().pk]), SETTINGS | typed).status_code


def test_a_clinic_that_can_be_called_is_saved(owner: Client) -> None:
    save(owner)
    assert Clinic.load().can_be_called


@pytest.mark.parametrize("typed", ["", "   "])
@pytest.mark.parametrize("name", REACH)
def test_nothing_of_how_the_clinic_is_reached_is_left_out(owner: Client, name: str, typed: str) -> None:
    make_clinic()
    save(owner, **{name: typed})
    assert Clinic.load().can_be_called


def test_a_clinic_that_nobody_filled_in_cannot_be_called() -> None:
    assert not Clinic.load().can_be_called


@pytest.mark.parametrize("name", REACH)
def test_a_clinic_cannot_be_called_without(name: str) -> None:
    clinic = make_clinic()
    setattr(clinic, name, "")
    assert not clinic.can_be_called


SPANISH = {"hours_es": "De 8 a 5", "after_hours_es": "Llame al 555-0199"}


def test_a_patient_reads_the_hours_in_the_language_of_the_page(owner: Client) -> None:
    save(owner, **SPANISH)
    with override("es"):
        assert Clinic.load().reach == Reach("De 8 a 5", "Llame al 555-0199", "es")


def test_hours_that_nobody_wrote_in_a_language_are_the_english_ones(owner: Client) -> None:
    save(owner)
    with override("es"):
        assert Clinic.load().reach == Reach("8 to 5", "Call 555-0199", "en")


@pytest.mark.parametrize("left_out", SPANISH)
def test_half_of_the_words_in_a_language_are_refused_next_to_the_empty_field(owner: Client, left_out: str) -> None:
    address = reverse("admin:practice_clinic_change", args=[Clinic.load().pk])
    page = owner.post(address, {**SETTINGS, **SPANISH, left_out: ""})
    assert list(page.context["adminform"].form.errors) == [left_out]


def test_words_that_are_saved_stand_in_the_form_again(owner: Client) -> None:
    save(owner, **SPANISH)
    page = owner.get(reverse("admin:practice_clinic_change", args=[Clinic.load().pk]))
    assert page.context["adminform"].form.initial["hours_es"] == "De 8 a 5"
