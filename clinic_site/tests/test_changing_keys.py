"""What the README says of each key that is changed (AUDIT_KEY: practice/tests/test_sealing_keys.py)."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from intake.codes import CodeRefused, recognize
from intake.tests.factories import make_codes, make_patient, make_staff, sign_in_patient
from practice import inviting
from practice.roles import Role

pytestmark = pytest.mark.django_db
OTHER = "another key, of more than thirty-two characters"


def test_a_new_secret_key_signs_everybody_out(client: Client, settings: Settings) -> None:
    sign_in_patient(client, make_patient())
    settings.SECRET_KEY = OTHER
    assert client.get(reverse("me")).status_code == 302


def test_a_new_secret_key_leaves_codes_and_passwords_good(settings: Settings) -> None:
    staff, minted = make_staff(password="a long enough password"), make_codes(patient=make_patient())
    settings.SECRET_KEY = OTHER
    assert (staff.check_password("a long enough password"), recognize(minted.codes[0]).number) == (True, 1)


def test_a_new_code_key_ends_codes_on_paper(settings: Settings) -> None:
    minted = make_codes(patient=make_patient())
    settings.CODE_KEY = OTHER
    with pytest.raises(CodeRefused):
        recognize(minted.codes[0])


def test_a_new_code_key_ends_invitations(settings: Settings) -> None:
    _, code = inviting.invite(username="jo", display_name="Jo", roles=[Role.FRONT_DESK], by=None)
    settings.CODE_KEY = OTHER
    with pytest.raises(inviting.NotOpen):
        inviting.whose(code)


def test_a_new_code_key_signs_nobody_out(client: Client, settings: Settings) -> None:
    sign_in_patient(client, make_patient())
    settings.CODE_KEY = OTHER
    assert client.get(reverse("me")).status_code == 200
