"""The owner fills in how a patient reaches the clinic: none of it can be left out."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from practice.models import Clinic, User
from practice.roles import Role
from practice.tests.factories import make_clinic

pytestmark = pytest.mark.django_db
REACH = ("phone", "hours", "after_hours")


@pytest.fixture
def owner(client: Client) -> Client:
    call_command("make_roles", stdout=StringIO())
    user = User.objects.create_staff("vic", "a long quiet river", display_name="Victor Hale")
    user.groups.add(Group.objects.get(name=Role.OWNER))
    client.force_login(user, backend="practice.backends.SteadyBackend")
    return client


def save(owner: Client, **typed: str) -> int:
    """What the owner's page answers to these settings."""
    fields = {
        "name": "Riverbend",
        "phone": "(312) 555-0142",
        "hours": "8 to 5",
        "after_hours": "Call 555-0199",
        "time_zone": "America/Chicago",
        "paper": "letter",
        "screening_limit_days": "7",
        "comfortable_item_count": "4",
    }
    return owner.post(reverse("admin:practice_clinic_change", args=[Clinic.load().pk]), fields | typed).status_code


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
