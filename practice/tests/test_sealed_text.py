"""Secrets that lie in the database: sealed, opened, and nothing to be read in the table."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from practice.forms import PENDING_SECRET
from practice.sealed_text import WrongKey, seal, unseal
from practice.tests.factories_sign_in import make_app, make_member, make_recovery_codes

OLD, NEW = "an older key of thirty-two characters", "a newer key of thirty-two characters!"


@given(st.text())
def test_what_was_sealed_opens_again(text: str) -> None:
    assert unseal(seal(text)) == text


def test_the_same_text_is_sealed_differently_each_time() -> None:
    assert seal("a secret") != seal("a secret")


def test_another_key_opens_nothing(settings: Settings) -> None:
    settings.MFA_KEY = OLD
    sealed = seal("a secret")
    settings.MFA_KEY = NEW
    with pytest.raises(WrongKey):
        unseal(sealed)


def test_while_the_key_is_changed_both_open(settings: Settings) -> None:
    settings.MFA_KEY = OLD
    sealed = seal("a secret")
    settings.MFA_KEY = f"{NEW}, {OLD}"
    assert unseal(sealed) == "a secret"


def test_the_newest_key_seals(settings: Settings) -> None:
    settings.MFA_KEY = f"{NEW}, {OLD}"
    sealed = seal("a secret")
    settings.MFA_KEY = NEW
    assert unseal(sealed) == "a secret"


def test_a_changed_text_does_not_open() -> None:
    sealed = seal("a secret")
    with pytest.raises(WrongKey):
        unseal(f"{sealed[:-6]}AAAAA=")


@pytest.mark.django_db
@pytest.mark.requirement("ASVS 6.5.2", "HIPAA 164.312(a)")
def test_no_secret_of_a_second_factor_can_be_read_in_the_table() -> None:
    user = make_member()
    secret = unseal(make_app(user=user).data["secret"])
    codes = make_recovery_codes(user=user)
    seed = unseal(Authenticator.objects.get(type="recovery_codes").data["seed"])
    table = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert not any(part in table for part in (secret, seed, *codes))


@pytest.mark.django_db
def test_the_secret_of_an_app_that_is_being_set_up_is_sealed_too(client: Client) -> None:
    client.force_login(make_member())
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    held = dict(client.session.items())
    assert unseal(held[PENDING_SECRET]) == secret
    assert secret not in json.dumps(held)
