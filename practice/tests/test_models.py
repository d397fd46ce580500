"""The clinic's days and its people."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings

from practice.models import Clinic, User

pytestmark = pytest.mark.django_db
PASSWORD = "slow-and-steady-wins"
BACKEND = "practice.backends.SteadyBackend"


def make_staff(**fields: object) -> User:
    return User.objects.create_staff("ana", PASSWORD, display_name="Ana Ruiz", **fields)


def signs_in() -> bool:
    return authenticate(username="ana", password=PASSWORD) is not None


def test_the_clinic_is_there_before_anybody_filled_it_in() -> None:
    assert Clinic.load().name == "Our clinic"


def test_the_clinic_stays_one_however_often_it_is_loaded() -> None:
    Clinic.load()
    Clinic.load()
    assert Clinic.objects.count() == 1


@time_machine.travel(datetime(2026, 11, 21, 3, 0, tzinfo=UTC), tick=False)
def test_today_is_the_day_at_the_clinic() -> None:
    assert Clinic(time_zone="America/Chicago").today() == date(2026, 11, 20)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 8), 23), (date(2026, 11, 1), 25), (date(2026, 11, 20), 24)])
def test_a_day_is_as_long_as_its_clocks_make_it(day: date, hours: int) -> None:
    start, following = Clinic(time_zone="America/Chicago").day_span(day)
    assert following.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=hours)


def test_a_time_zone_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValidationError, match="is not a time zone"):
        Clinic(id=1, time_zone="America/Nowhere").full_clean()


def test_an_address_leaves_out_what_is_empty() -> None:
    assert Clinic(town="Riverbend").address == "Riverbend"


@pytest.mark.requirement("ASVS 6.3.2")
def test_a_new_database_knows_nobody() -> None:
    assert not User.objects.exists()


def test_staff_sign_in_with_their_password() -> None:
    make_staff()
    assert signs_in()


def test_a_patient_has_no_password_to_guess() -> None:
    assert not User.objects.create_patient_user().has_usable_password()


def test_somebody_who_left_cannot_sign_in() -> None:
    make_staff(is_active=False)
    assert not signs_in()


def test_demo_staff_sign_in_in_the_demo(settings: Settings) -> None:
    settings.DEMO = settings.DEBUG = True
    make_staff(is_demo=True)
    assert signs_in()


@pytest.mark.requirement("ASVS 6.3.2")
@pytest.mark.parametrize(("demo", "debug"), [(False, True), (True, False), (False, False)])
def test_demo_staff_are_refused_outside_the_demo(demo: bool, debug: bool, settings: Settings) -> None:
    settings.DEMO, settings.DEBUG = demo, debug
    make_staff(is_demo=True)
    assert not signs_in()


def test_a_demo_session_ends_with_the_demo(client: Client, settings: Settings) -> None:
    settings.DEBUG = False
    client.force_login(User.objects.create_patient_user(is_demo=True), backend=BACKEND)
    assert client.get("/me/").status_code == 302


def test_a_patient_shows_no_name() -> None:
    assert str(User.objects.create_patient_user()) == "patient"
