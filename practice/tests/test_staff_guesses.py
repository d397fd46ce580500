"""Guessing at the staff's doors: who is stopped when, and who is not."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import signing
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from practice import staff_guesses
from practice.guessing import Limit
from practice.known_devices import SALT
from practice.models import AuditEvent
from practice.staff_guesses import (
    CODES,
    CODES_A_DAY,
    EVERYWHERE,
    HERE,
    KNOWN_DEVICE,
    KNOWN_DEVICE_CODES,
    KNOWN_DEVICE_CODES_A_DAY,
    QUARTER,
    guessing,
    password_guesses,
)
from practice.tests.factories_sign_in import (
    PASSWORD,
    code_now,
    make_app,
    make_member,
    make_recovery_codes,
    type_code,
    type_password,
)

pytestmark = pytest.mark.django_db
HOME, AWAY = "203.0.113.7", "198.51.100.9"
TOO_MANY = "Too many tries."


@pytest.fixture(autouse=True)
def _not_the_demo(settings: Settings) -> None:
    settings.ONE_STEP_SIGN_IN = False


def at(address: str) -> Client:
    """A browser at this address that has never been here."""
    return Client(REMOTE_ADDR=address)


def guess(client: Client, times: int, *, username: str = "jo", password: str = "a wrong password") -> Any:
    """The answer to the last of so many guesses."""
    for _ in range(times):
        answer = type_password(client, username=username, password=password)
    return answer


def is_stopped(answer: Any) -> bool:
    return TOO_MANY in answer.content.decode()


def known_device() -> Client:
    """A browser on which jo has signed in, and out again."""
    client = at(HOME)
    type_password(client)
    client.post(reverse("sign_out"))
    return client


@pytest.mark.requirement("ASVS 6.3.1")
def test_after_five_wrong_passwords_the_right_one_has_to_wait() -> None:
    make_member()
    client = at(HOME)
    guess(client, HERE.most)
    assert is_stopped(type_password(client))


def test_the_wait_is_said_in_words() -> None:
    with time_machine.travel(timezone.now(), tick=False):
        assert "Wait 15 minutes, then try again." in guess(at(HOME), HERE.most + 1).content.decode()


def test_after_the_wait_the_right_password_opens() -> None:
    make_member()
    client = at(HOME)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        guess(client, HERE.most + 1)
        clock.shift(QUARTER)
        assert type_password(client).status_code == 302


def test_what_was_right_does_not_count() -> None:
    make_member()
    for _ in range(HERE.most + 1):
        answer = type_password(at(HOME))
    assert answer.status_code == 302


@pytest.mark.requirement("ASVS 6.3.8")
def test_an_account_that_does_not_exist_is_locked_like_one_that_does() -> None:
    make_member()
    known, unknown = guess(at(HOME), HERE.most + 1), guess(at(HOME), HERE.most + 1, username="li")
    assert (is_stopped(known), is_stopped(unknown)) == (True, True)


def test_others_at_the_same_address_come_in() -> None:
    make_member(username="li")
    guess(at(HOME), HERE.most + 1)
    assert type_password(at(HOME), username="li").status_code == 302


def test_somebody_elsewhere_comes_in_to_the_account_that_is_guessed_at() -> None:
    make_member()
    guess(at(AWAY), HERE.most + 1)
    assert type_password(at(HOME)).status_code == 302


@pytest.mark.requirement("ASVS 6.3.1")
def test_guesses_at_one_account_from_many_places_are_stopped() -> None:
    make_member()
    for number in range(EVERYWHERE.most):
        guess(at(f"203.0.113.{number}"), 1)
    assert is_stopped(type_password(at(HOME)))


@pytest.mark.requirement("ASVS 6.3.1")
def test_guesses_at_many_accounts_from_one_place_are_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staff_guesses, "ADDRESS", Limit("password", "address", most=3, within=QUARTER))
    for number in range(3):
        guess(at(HOME), 1, username=f"name{number}")
    make_member()
    assert is_stopped(type_password(at(HOME)))


def test_a_device_that_is_known_is_not_locked_out_by_strangers() -> None:
    make_member()
    device = known_device()
    for number in range(EVERYWHERE.most):
        guess(at(f"203.0.113.{number}"), 1)
    assert type_password(device).status_code == 302


def test_a_device_that_is_known_has_a_limit_of_its_own() -> None:
    make_member()
    device = known_device()
    guess(device, KNOWN_DEVICE.most)
    assert is_stopped(type_password(device))


def test_a_device_is_known_for_the_account_alone_that_signed_in_on_it() -> None:
    make_member()
    device = known_device()
    guess(device, HERE.most, username="li")
    assert is_stopped(guess(device, 1, username="li"))


@pytest.mark.parametrize("forged", ["", "nonsense", "eyJudW1iZXIiOiIxIn0:1:x"])
def test_a_forged_mark_of_a_device_is_none(rf: RequestFactory, settings: Settings, forged: str) -> None:
    request = rf.get("/")
    request.COOKIES[settings.KNOWN_DEVICE_COOKIE_NAME] = forged
    assert len(password_guesses(request, "jo")) == 3


def test_the_mark_of_a_device_names_nobody(settings: Settings) -> None:
    make_member()
    held = signing.loads(known_device().cookies[settings.KNOWN_DEVICE_COOKIE_NAME].value, salt=SALT)
    assert all(len(mark) == 24 and int(mark, 16) for mark in held["marks"])


@pytest.mark.requirement("ASVS 16.3.1")
def test_a_lockout_stands_in_the_record_without_a_name() -> None:
    guess(at(HOME), HERE.most + 1)
    event = AuditEvent.objects.get(action="locked_out")
    assert (event.actor, event.address, event.detail) == (None, HOME, "password")


@pytest.mark.requirement("ASVS 6.3.8")
def test_a_refusal_takes_as_long_as_a_look_at_a_password(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    guess(at(HOME), HERE.most)
    hashed, encode = [], MD5PasswordHasher.encode

    def count(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(salt)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", count)
    guess(at(HOME), 1)
    assert len(hashed) == 1


@pytest.mark.requirement("ASVS 6.3.1")
def test_after_five_wrong_codes_the_right_one_has_to_wait(client: Client) -> None:
    app = make_app(user=make_member())
    type_password(client)
    for _ in range(CODES.most):
        type_code(client, "000000")
    assert is_stopped(type_code(client, code_now(app)))


@pytest.mark.requirement("ASVS 6.3.1")
def test_wrong_codes_count_together_wherever_they_are_typed() -> None:
    user = make_member()
    make_app(user=user)
    code = make_recovery_codes(user=user)[0]
    for number in range(CODES.most):
        client = at(f"203.0.113.{number}")
        type_password(client)
        type_code(client, "000000")
    client = at(HOME)
    type_password(client)
    assert is_stopped(type_code(client, code))


def known_with_codes() -> tuple[Client, list[str]]:
    """A browser on which jo has signed in by a code, and out again; jo's codes that are left."""
    user, device = make_member(), at(HOME)
    make_app(user=user)
    first, *left = make_recovery_codes(user=user)
    type_password(device)
    type_code(device, first)
    device.post(reverse("sign_out"))
    return device, left


def test_who_knows_the_password_does_not_keep_a_known_device_out() -> None:
    device, codes = known_with_codes()
    stranger = at(AWAY)
    type_password(stranger)
    for _ in range(CODES.most):
        type_code(stranger, "000000")
    type_password(device)
    assert type_code(device, codes[0]).status_code == 302


@pytest.mark.requirement("ASVS 6.3.1", "ASVS 6.6.3")
def test_codes_on_a_known_device_have_a_limit_of_their_own() -> None:
    device, codes = known_with_codes()
    type_password(device)
    for _ in range(KNOWN_DEVICE_CODES.most):
        type_code(device, "000000")
    assert is_stopped(type_code(device, codes[0]))


@pytest.mark.requirement("ASVS 6.3.1")
@pytest.mark.parametrize(("a_quarter", "a_day"), [(CODES, CODES_A_DAY), (KNOWN_DEVICE_CODES, KNOWN_DEVICE_CODES_A_DAY)])
def test_codes_are_guessed_no_more_often_on_a_known_device(a_quarter: Limit, a_day: Limit) -> None:
    assert (a_quarter.most, a_quarter.within, a_day.most, a_day.within) == (5, QUARTER, 20, timedelta(days=1))


def test_failed_passkeys_at_the_same_address_do_not_keep_a_known_device_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staff_guesses, "PASSKEYS", Limit("passkey", "address", most=1, within=QUARTER))
    make_member()
    device, door = known_device(), reverse("mfa_login_webauthn")
    at(HOME).post(door, {"credential": "{}"})
    assert not is_stopped(device.post(door, {"credential": "{}"}, follow=True))


@pytest.mark.requirement("ASVS 6.3.1")
def test_failed_passkeys_on_a_known_device_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    few = Limit("passkey", "known device", most=1, within=QUARTER)
    monkeypatch.setattr(staff_guesses, "KNOWN_DEVICE_PASSKEYS", few)
    make_member()
    device, door = known_device(), reverse("mfa_login_webauthn")
    device.post(door, {"credential": "{}"})
    assert is_stopped(device.post(door, {"credential": "{}"}, follow=True))


def test_the_password_again_is_guessed_under_the_same_limits(client: Client) -> None:
    make_member()
    type_password(client)
    for _ in range(KNOWN_DEVICE.most):
        client.post(reverse("account_reauthenticate"), {"password": "a wrong password"})
    assert is_stopped(client.post(reverse("account_reauthenticate"), {"password": PASSWORD}))


def test_what_raises_inside_a_guess_still_counts(rf: RequestFactory) -> None:
    one = (Limit("a door", "address", most=1, within=QUARTER), "here")
    with pytest.raises(ZeroDivisionError), guessing(rf.get("/"), one, door="a door"):
        raise ZeroDivisionError
    with pytest.raises(staff_guesses.Refused), guessing(rf.get("/"), one, door="a door"):
        pass


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (1, "a minute"),
        (60, "a minute"),
        (61, "2 minutes"),
        (7199, "2 hours"),
        (7141, "2 hours"),
        (7140, "119 minutes"),
        (86400, "24 hours"),
    ],
)
def test_a_wait_is_rounded_up(seconds: int, said: str) -> None:
    assert said in staff_guesses.wait_in_words(timedelta(seconds=seconds))
