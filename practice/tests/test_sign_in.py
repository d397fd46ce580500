"""How staff sign in: password and code, recovery code, passkey; what is refused, and in the same words."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import IntegrityError
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from pytest_django import Settings

from practice.allauth_adapters import AccountAdapter
from practice.models import AuditEvent, User
from practice.tests.factories_sign_in import (
    PASSWORD,
    code_now,
    make_app,
    make_member,
    make_passkey,
    make_recovery_codes,
    type_code,
    type_password,
)
from practice.tests.soft_passkey import SoftPasskey

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _not_the_demo(settings: Settings) -> None:
    settings.ONE_STEP_SIGN_IN = False


def signed_in(client: Client) -> str:
    """The key of whoever is signed in; empty for nobody."""
    return client.session.get("_auth_user_id", "")


def details() -> list[tuple[str, str]]:
    return list(AuditEvent.objects.order_by("id").values_list("action", "detail"))


def sign_in_by(client: Client, passkey: SoftPasskey) -> Any:
    asked = client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"}).json()
    return client.post(reverse("mfa_login_webauthn"), {"credential": json.dumps(passkey.get(asked["request_options"]))})


def text_of(answer: Any) -> str:
    """What the page says, without what is new in each one: the token of its forms and the name that was typed."""
    lines = answer.content.decode().splitlines()
    return "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line and 'name="login"' not in line)


@pytest.mark.requirement("ASVS 6.3.3", "HIPAA 164.312(d)")
def test_a_password_alone_signs_nobody_in_who_has_a_second_factor(client: Client) -> None:
    make_app(user=make_member())
    answer = type_password(client)
    assert (answer["Location"], signed_in(client)) == (reverse("mfa_authenticate"), "")


def test_password_and_code_sign_in(client: Client) -> None:
    app = make_app(user=make_member())
    type_password(client)
    assert type_code(client, code_now(app))["Location"] == reverse("today")


def test_after_both_steps_the_page_that_was_asked_for_comes(client: Client) -> None:
    app = make_app(user=make_member())
    type_password(client, after=reverse("library"))
    assert type_code(client, code_now(app))["Location"] == reverse("library")


@pytest.mark.requirement("ASVS 16.3.1")
def test_the_record_says_how_somebody_signed_in(client: Client) -> None:
    app = make_app(user=make_member())
    type_password(client)
    type_code(client, code_now(app))
    assert details() == [("signed_in", "password and totp")]


def test_a_wrong_code_is_refused_with_a_sentence(client: Client) -> None:
    make_app(user=make_member())
    type_password(client)
    assert "That code is not right" in type_code(client, "000000").content.decode()


def test_a_wrong_code_stands_in_the_record(client: Client) -> None:
    make_app(user=make_member())
    type_password(client)
    type_code(client, "000000")
    assert details() == [("sign_in_failed", "second factor")]


def with_another_password(user: User) -> None:
    user.set_password("quiet rivers run deep")
    user.save()


def inactive(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


@pytest.mark.requirement("ASVS 7.4.2", "ASVS 7.4.3")
@pytest.mark.parametrize("become", [with_another_password, inactive])
def test_a_first_step_counts_no_more_after(become: Callable[[User], None], client: Client) -> None:
    app = make_app(user=make_member())
    type_password(client)
    become(app.user)
    type_code(client, code_now(app))
    assert (signed_in(client), ("signed_in", "password and totp") in details()) == ("", False)


def test_whose_second_step_is_gone_is_not_sent_in_circles(client: Client) -> None:
    app = make_app(user=make_member())
    type_password(client)
    app.delete()
    assert client.get(reverse("mfa_authenticate"), follow=True).status_code == 200


@pytest.mark.requirement("ASVS 6.5.1")
def test_a_code_of_the_app_works_once_whichever_worker_is_asked(client: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        app = make_app(user=make_member())
        type_password(client)
        type_code(client, code_now(app))
        client.post(reverse("sign_out"))
        cache.clear()  # The memory of another worker.
        type_password(client)
        assert "was used before" in type_code(client, code_now(app)).content.decode()


@pytest.mark.requirement("ASVS 6.5.5")
def test_a_code_of_the_app_is_right_for_30_seconds(client: Client) -> None:
    app = make_app(user=make_member())
    with time_machine.travel("2026-03-02 15:00:00Z", tick=False) as clock:
        code = code_now(app)
        clock.shift(30)
        type_password(client)
        assert type_code(client, code).status_code == 200


@pytest.mark.requirement("ASVS 6.5.1")
def test_a_recovery_code_works_once(client: Client) -> None:
    user = make_member()
    make_app(user=user)
    code = make_recovery_codes(user=user)[0]
    type_password(client)
    type_code(client, code)
    client.post(reverse("sign_out"))
    type_password(client)
    assert type_code(client, code).status_code == 200


@pytest.mark.requirement("ASVS 6.5.3", "ASVS 6.5.4")
def test_recovery_codes_are_eight_digits_each_made_of_a_random_seed() -> None:
    made = [make_recovery_codes(user=make_member(username=name)) for name in ("jo", "li")]
    assert {len(code) for codes in made for code in codes} == {8}
    assert len({code for codes in made for code in codes}) == 20


def test_a_passkey_signs_in_alone(client: Client) -> None:
    user, passkey = make_member(), SoftPasskey()
    make_passkey(user=user, passkey=passkey)
    sign_in_by(client, passkey)
    assert client.get(reverse("today")).status_code == 200


def test_a_passkey_that_did_not_ask_for_its_holder_signs_nobody_in(client: Client) -> None:
    passkey = SoftPasskey(knows_its_holder=False)
    make_passkey(user=make_member(), passkey=passkey)
    sign_in_by(client, passkey)
    assert signed_in(client) == ""


def test_a_passkey_of_another_site_signs_nobody_in(client: Client) -> None:
    passkey = SoftPasskey(origin="https://evil.example")
    make_passkey(user=make_member(), passkey=passkey)
    sign_in_by(client, passkey)
    assert signed_in(client) == ""


def test_the_answer_of_a_passkey_works_once(client: Client) -> None:
    passkey = SoftPasskey()
    make_passkey(user=make_member(), passkey=passkey)
    asked = client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"}).json()
    sent = {"credential": json.dumps(passkey.get(asked["request_options"]))}
    client.post(reverse("mfa_login_webauthn"), sent)
    client.post(reverse("sign_out"))
    client.post(reverse("mfa_login_webauthn"), sent)
    assert signed_in(client) == ""


def test_a_patients_passkey_does_not_open_the_desks_door(client: Client) -> None:
    passkey = SoftPasskey()
    make_passkey(user=User.objects.create_patient_user(), passkey=passkey)
    sign_in_by(client, passkey)
    assert signed_in(client) == ""


@pytest.mark.requirement("ASVS 6.3.8")
def test_a_passkey_of_somebody_inactive_is_told_what_an_unknown_one_is(client: Client) -> None:
    passkey, user = SoftPasskey(), make_member()
    make_passkey(user=user, passkey=passkey)
    User.objects.update(is_active=False)
    known = sign_in_by(client, passkey)
    user.authenticator_set.all().delete()
    unknown = sign_in_by(client, passkey)
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert set(details()) == {("sign_in_failed", "passkey")}


@pytest.mark.parametrize("sent", ["", "nothing", "[]", "{}", '{"response": {"userHandle": "!"}}'])
def test_nonsense_instead_of_a_passkey_is_refused(client: Client, sent: str) -> None:
    client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
    assert client.post(reverse("mfa_login_webauthn"), {"credential": sent})["Location"] == reverse("sign_in")


def an_unknown_name() -> str:
    return PASSWORD


def a_wrong_password() -> str:
    make_member()
    return "a wrong password"


def somebody_inactive() -> str:
    User.objects.filter(pk=make_member().pk).update(is_active=False)
    return PASSWORD


def somebody_invited() -> str:
    member = make_member()
    member.set_unusable_password()
    member.save(update_fields=["password"])
    return PASSWORD


FAILING = [an_unknown_name, a_wrong_password, somebody_inactive, somebody_invited]


@pytest.mark.requirement("ASVS 6.3.8")
def test_every_failed_sign_in_is_told_the_same() -> None:
    said = set()
    for prepared in FAILING:
        User.objects.filter(username="jo").delete()
        answer = type_password(Client(), password=prepared())
        said.add((answer.status_code, text_of(answer)))
    assert len(said) == 1


@pytest.mark.requirement("ASVS 6.3.8")
@pytest.mark.parametrize("prepared", FAILING)
def test_every_failed_sign_in_takes_the_time_of_one_password(
    prepared: Callable[[], str], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hashing is what takes the time: each kind of failure hashes once."""
    password, hashed, encode = prepared(), [], MD5PasswordHasher.encode

    def count(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(salt)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", count)
    type_password(client, password=password)
    assert len(hashed) == 1


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "account_email", "account_logout"])
def test_what_allauth_offers_besides_is_mounted_nowhere(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_nobody_signs_up(rf: Any) -> None:
    assert not AccountAdapter().is_open_for_signup(rf.get("/"))


@pytest.mark.requirement("HIPAA 164.312(a)")
def test_no_two_people_have_the_same_user_name() -> None:
    make_member()
    with pytest.raises(IntegrityError):
        make_member()
