"""What a browser and the record of events keep, page by page."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from intake.tests.factories import make_codes, make_patient, make_staff, sign_in_patient, sign_in_staff, type_code
from practice.models import AuditEvent, User
from practice.roles import Role

pytestmark = pytest.mark.django_db


def signed_in(client: Client, role: Role) -> Client:
    call_command("make_roles", stdout=StringIO())
    sign_in_staff(client, role)
    return client


def test_a_desk_page_is_kept_by_no_cache(client: Client) -> None:
    page = signed_in(client, Role.FRONT_DESK).get("/desk/")
    assert "no-store" in page["Cache-Control"]


def test_a_public_page_may_be_cached(client: Client) -> None:
    assert "no-store" not in client.get("/learn/").get("Cache-Control", "")


def test_the_admin_sends_to_the_one_sign_in_page(client: Client) -> None:
    assert client.get("/admin/login/").url.startswith("/sign-in/")


def test_signing_in_twice_does_not_go_round_in_circles(client: Client) -> None:
    answer = signed_in(client, Role.CLINICIAN).get("/sign-in/?next=/sign-in/")
    assert answer.url == "/desk/"


def test_a_patient_at_the_desk_is_noted(client: Client) -> None:
    patient = make_patient()
    sign_in_patient(client, patient)
    client.get("/desk/")
    assert AuditEvent.objects.filter(action=AuditEvent.Action.REFUSED).exists()


def test_a_signed_in_phone_opens_the_plan_with_its_used_code(client: Client) -> None:
    patient = make_patient()
    code = make_codes(patient=patient).codes[0]
    type_code(client, code)
    again = client.post("/start/", {"code": code})
    assert again.url == "/me/"


@pytest.mark.requirement("ASVS 6.4.1")
@pytest.mark.parametrize("page", ["add/", "{pk}/password/", "{pk}/change/"])
def test_an_owner_sets_nobodys_password_in_the_admin(client: Client, page: str) -> None:
    desk = make_staff()
    owner = signed_in(client, Role.OWNER)
    fields = {"username": "new", "password1": "a-long-Pass-1234", "password2": "a-long-Pass-1234"}
    answer = owner.post(f"/admin/practice/user/{page.format(pk=desk.pk)}", fields)
    assert answer.status_code in (302, 403, 404)
    assert User.objects.get(pk=desk.pk).password == desk.password
    assert not User.objects.filter(username="new").exists()
