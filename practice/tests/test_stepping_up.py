"""The password or a passkey again, before what counts, after a quarter of an hour."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import travel

from practice.models import AuditEvent, DeviceSession, StaffPin, Switch, SwitchDecision, User
from practice.models_sessions import digest
from practice.roles import Role
from practice.tests.factories import make_decision
from practice.tests.factories_sessions import key_of, sign_in
from practice.tests.factories_sign_in import PASSWORD, make_app, make_member, make_passkey
from practice.tests.soft_passkey import SoftPasskey

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 20, 8, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
ASKS = "Is it still you?"
OF_ONE_KEY = ("mfa_remove_webauthn", "mfa_edit_webauthn")
CHANGES = (
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_add_webauthn",
    *OF_ONE_KEY,
    "mfa_generate_recovery_codes",
)


def make_clinician() -> User:
    return make_member(role=Role.CLINICIAN)


def press_sign(client: Client, user: User, *, switch: Switch = Switch.STANDING_ORDERS, **answer: str) -> Any:
    """A switch that waits for a clinician's signature: one of the deeds that count."""
    waits = SwitchDecision.objects.filter(switch=switch).first() or make_decision(switch=switch, by=user)
    return client.post(reverse("switch_sign", args=[waits.pk]), {"read": "on"} | answer)


def is_signed(*, switch: Switch = Switch.STANDING_ORDERS) -> bool:
    return SwitchDecision.objects.on().filter(switch=switch).exists()


def test_nothing_is_asked_within_a_quarter_of_an_hour() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(user := make_clinician())
        clock.shift(QUARTER - timedelta(seconds=1))
        press_sign(client, user)
    assert is_signed()


def test_after_a_quarter_of_an_hour_the_deed_waits_for_the_password() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(user := make_clinician())
        clock.shift(QUARTER)
        answer = press_sign(client, user).content.decode()
    assert (ASKS in answer, is_signed()) == (True, False)


def test_the_page_that_asks_keeps_what_was_sent() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(user := make_clinician())
        clock.shift(QUARTER)
        answer = press_sign(client, user, reason="Two <words>").content.decode()
    assert '<input type="hidden" name="reason" value="Two &lt;words&gt;">' in answer


@pytest.mark.requirement("ASVS 7.2.4")
def test_the_right_password_does_the_deed_under_a_new_key() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(user := make_clinician())
        before = key_of(client)
        clock.shift(QUARTER)
        press_sign(client, user, **{"again-password": PASSWORD})
    assert (is_signed(), DeviceSession.objects.filter(pk=digest(before)).exists()) == (True, False)


def test_a_wrong_password_does_nothing_and_is_said_at_the_field() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(user := make_clinician())
        clock.shift(QUARTER)
        answer = press_sign(client, user, **{"again-password": "wrong"}).content.decode()
    assert ("That is not your password" in answer, is_signed()) == (True, False)


def test_a_wrong_password_is_never_written_into_the_page_again() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(user := make_clinician())
        clock.shift(QUARTER)
        assert "mistyped-one" not in press_sign(client, user, **{"again-password": "mistyped-one"}).content.decode()


def test_somebody_elses_password_is_no_answer() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(user := make_clinician())
        other = make_member(username="ana", name="Ana", role=Role.CLINICIAN)
        other.set_password("a wide and quiet lake")
        other.save()
        clock.shift(QUARTER)
        press_sign(client, user, **{"again-password": "a wide and quiet lake"})
    assert not is_signed()


def test_the_quarter_of_an_hour_begins_anew_with_the_answer() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(user := make_clinician())
        clock.shift(QUARTER)
        press_sign(client, user, **{"again-password": PASSWORD})
        clock.shift(QUARTER - timedelta(seconds=1))
        press_sign(client, user, switch=Switch.PATIENT_OPENED_PHASES)
    assert is_signed(switch=Switch.PATIENT_OPENED_PHASES)


def test_asking_again_is_written_down() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(user := make_clinician())
        clock.shift(QUARTER)
        press_sign(client, user, **{"again-password": PASSWORD})
    assert AuditEvent.objects.filter(action=AuditEvent.Action.SIGNED_IN, detail="again", actor=user).count() == 1


def test_guessing_the_password_there_is_limited_too() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(user := make_clinician())
        clock.shift(QUARTER)
        for _ in range(11):
            press_sign(client, user, **{"again-password": "wrong"})
        answer = press_sign(client, user, **{"again-password": PASSWORD}).content.decode()
    assert ("Too many tries" in answer, is_signed()) == (True, False)


def test_a_passkey_answers_as_well() -> None:
    with travel(MORNING, tick=False) as clock:
        client, passkey = sign_in(user := make_clinician()), SoftPasskey()
        make_passkey(user=user, passkey=passkey)
        clock.shift(QUARTER)
        options = press_sign(client, user).context["passkey_options"]
        press_sign(client, user, credential=json.dumps(passkey.get(options)))
    assert is_signed()


def test_a_passkey_of_somebody_else_does_not() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(user := make_clinician())
        make_passkey(user=user)
        clock.shift(QUARTER)
        options = press_sign(client, user).context["passkey_options"]
        press_sign(client, user, credential=json.dumps(SoftPasskey().get(options)))
    assert not is_signed()


def test_the_way_back_leads_to_no_other_site() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(make_clinician())
        clock.shift(QUARTER)
        answer = client.post(reverse("pin_remove"), headers={"referer": "http://testserver//elsewhere.example/x"})
    assert 'href="//elsewhere.example' not in answer.content.decode()


def test_who_may_not_is_told_so_and_asked_for_nothing() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(user := make_member())
        clock.shift(QUARTER)
        assert press_sign(client, user).status_code == 403


def test_reading_asks_for_nothing() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(make_clinician())
        clock.shift(QUARTER)
        assert ASKS not in client.get(reverse("pin")).content.decode()


@pytest.mark.requirement("ASVS 7.2.4")
def test_the_page_of_django_allauth_that_asks_gives_a_new_key_too() -> None:
    client = sign_in(make_clinician())
    before = key_of(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert (key_of(client) != before, client.get(reverse("mfa_index")).status_code) == (True, 200)


@pytest.mark.requirement("ASVS 7.5.1")
def test_a_pin_is_set_only_after_the_password() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(make_clinician())
        clock.shift(QUARTER)
        answer = client.post(reverse("pin"), {"pin": "740913", "again": "740913"}).content.decode()
    assert (ASKS in answer, StaffPin.objects.exists()) == (True, False)


@pytest.mark.requirement("ASVS 7.5.1")
@pytest.mark.parametrize("name", CHANGES)
def test_each_change_of_how_somebody_signs_in_asks_again(name: str) -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(user := make_clinician())
        make_app(user=user)
        key = make_passkey(user=user)
        clock.shift(QUARTER)
        answer = client.post(reverse(name, args=[key.pk] if name in OF_ONE_KEY else []))
        assert answer.headers.get("Location", "").startswith(reverse("account_reauthenticate"))
