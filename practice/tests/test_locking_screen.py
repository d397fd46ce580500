"""Lock and switch on a shared computer: a PIN opens its person's own session, on that device, and nothing else."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from time_machine import travel

from practice.models import AuditEvent, DeviceSession, User
from practice.tests.factories_sessions import DESK, PIN, key_of, opens, row_of, sign_in
from practice.tests.factories_sign_in import make_member, type_password
from practice.tests.shared_computer import OTHER_PIN, lock, make_with_pin, sign_in_locked, unlock

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 20, 8, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def signed_in(client: Client) -> Any:
    """The key of whoever the browser is signed in as; None for nobody."""
    return row_of(client).values_list("user", flat=True).first()


def locked_here(client: Client) -> str:
    return client.get(reverse("locked")).content.decode()


def noted(user: User) -> list[tuple[str, str]]:
    return list(AuditEvent.objects.filter(actor=user).order_by("id").values_list("action", "detail"))


# --- The lock


def test_the_button_stands_on_each_page_of_the_desk() -> None:
    assert f'action="{reverse("screen_lock")}"' in sign_in(make_with_pin()).get(reverse("library")).content.decode()


def test_the_button_closes_every_page() -> None:
    client = sign_in_locked(make_with_pin())
    assert client.get(reverse("library"))["Location"] == reverse("locked")


def test_the_key_that_the_browser_had_opens_nothing_any_more() -> None:
    client = sign_in(make_with_pin())
    key = key_of(client)
    lock(client)
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    assert not opens(client)


def test_the_locked_screen_names_who_waits_there() -> None:
    assert "Jo Marsh" in locked_here(sign_in_locked(make_with_pin()))


def test_the_locked_screen_is_the_same_whatever_page_was_open() -> None:
    client = sign_in(make_with_pin())
    lock(client, page="/desk/patients/0f7c1d1e-0000-4000-8000-000000000001/")
    assert "0f7c1d1e" not in locked_here(client)


def test_another_computer_does_not_show_who_waits_here() -> None:
    sign_in_locked(make_with_pin())
    assert Client().get(reverse("locked"))["Location"] == reverse("sign_in")


def test_who_has_no_pin_is_led_to_choose_one() -> None:
    client = sign_in(make_member())
    assert (lock(client)["Location"], opens(client)) == (reverse("pin"), True)


def test_locking_is_written_down() -> None:
    user = make_with_pin()
    sign_in_locked(user)
    assert noted(user) == [("locked", "locked")]


@pytest.mark.requirement("ASVS 7.3.1", "HIPAA 164.312(a)")
def test_five_minutes_without_use_lock_by_themselves() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(make_with_pin())
        clock.shift(5 * MINUTE)
        answer = client.get(reverse("library"))
    assert answer["Location"] == reverse("locked")


def test_who_goes_on_typing_is_not_locked_out() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(make_with_pin())
        for _ in range(10):
            clock.shift(4 * MINUTE)
            client.get(reverse("still_here"))
        assert opens(client)


def test_the_page_itself_closes_after_the_same_time() -> None:
    assert '<meta name="idle-seconds" content="300">' in sign_in(make_with_pin()).get("/desk/library/").content.decode()


def test_the_page_of_who_has_no_pin_closes_after_an_hour() -> None:
    assert '<meta name="idle-seconds" content="3600">' in sign_in(make_member()).get("/desk/library/").content.decode()


def test_who_sent_something_too_late_is_told_that_it_was_not_saved() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(make_with_pin())
        clock.shift(5 * MINUTE)
        answer = client.post(reverse("patients"), {"text": "x"}, follow=True)
    assert "was not saved" in answer.content.decode()


def test_pressing_lock_too_late_loses_nothing() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(make_with_pin())
        clock.shift(5 * MINUTE)
        assert lock(client)["Location"] == reverse("locked")


def test_signing_out_ends_a_screen_that_had_locked_itself() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(user := make_with_pin())
        clock.shift(5 * MINUTE)
        client.post(reverse("sign_out"))
    assert not DeviceSession.objects.of(user).exists()


# --- Unlocking


def test_the_pin_opens_the_session_again() -> None:
    client = sign_in_locked(user := make_with_pin())
    unlock(client, user)
    assert opens(client)


def test_the_session_is_the_same_under_a_new_key() -> None:
    client = sign_in(user := make_with_pin())
    key, before = key_of(client), row_of(client).get().public_id
    lock(client)
    unlock(client, user)
    assert (key_of(client) != key, row_of(client).get().public_id) == (True, before)


def test_unlocking_is_written_down() -> None:
    client = sign_in_locked(user := make_with_pin())
    unlock(client, user)
    assert noted(user) == [("locked", "locked"), ("locked", "unlocked")]


def test_it_goes_on_with_the_page_it_was_locked_on() -> None:
    client = sign_in(user := make_with_pin())
    lock(client, page="/desk/library/?kind=ice")
    assert unlock(client, user)["Location"] == "/desk/library/?kind=ice"


def test_it_goes_on_with_the_page_that_locked_itself() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(user := make_with_pin())
        clock.shift(5 * MINUTE)
        client.get(reverse("library"))
        assert unlock(client, user)["Location"] == reverse("library")


def test_what_a_script_asked_is_no_page_to_come_back_to() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(user := make_with_pin())
        clock.shift(5 * MINUTE)
        client.get(reverse("today_state"), headers={"sec-fetch-dest": "empty"})
        assert unlock(client, user)["Location"] == reverse("today")


def test_another_site_is_no_page_to_come_back_to() -> None:
    client = sign_in(user := make_with_pin())
    client.post(reverse("screen_lock"), headers={"referer": "https://elsewhere.example/desk/"})
    assert unlock(client, user)["Location"] == reverse("today")


def test_the_pin_opens_it_until_twelve_hours_after_the_sign_in() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in_locked(user := make_with_pin())
        clock.shift(12 * HOUR - MINUTE)
        unlock(client, user)
        assert opens(client)


@pytest.mark.requirement("ASVS 7.3.2")
def test_after_twelve_hours_no_pin_opens_it() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in_locked(user := make_with_pin())
        clock.shift(12 * HOUR)
        unlock(client, user)
        assert not opens(client)


def test_unlocking_does_not_begin_the_twelve_hours_anew() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in_locked(user := make_with_pin())
        clock.shift(12 * HOUR - MINUTE)
        unlock(client, user)
        clock.shift(MINUTE)
        assert not opens(client)


def test_the_pin_opens_nothing_on_another_device() -> None:
    user = make_with_pin()
    sign_in_locked(user)
    elsewhere = Client()
    elsewhere.cookies[settings.DEVICE_COOKIE_NAME] = DESK.upper()
    unlock(elsewhere, user)
    assert not opens(elsewhere)


def test_the_pin_opens_nothing_of_who_has_signed_out() -> None:
    client = sign_in(user := make_with_pin())
    client.post(reverse("sign_out"))
    unlock(client, user)
    assert not opens(client)


def test_the_pin_opens_nothing_of_who_was_disabled() -> None:
    client = sign_in_locked(user := make_with_pin())
    User.objects.filter(pk=user.pk).update(is_active=False)
    unlock(client, user)
    assert not opens(client)


def test_the_pin_does_not_stand_for_the_password() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in_locked(user := make_with_pin())
        clock.shift(HOUR)
        unlock(client, user)
        assert "Is it still you?" in client.post(reverse("pin_remove")).content.decode()


def test_the_pin_opens_no_page_to_a_session_that_was_not_signed_in_fully(settings: Settings) -> None:
    client = sign_in_locked(user := make_with_pin())
    settings.ONE_STEP_SIGN_IN = False
    unlock(client, user)
    assert client.get(reverse("library"))["Location"] == reverse("second_factor_set_up")


# --- Wrong PINs


def test_a_wrong_pin_says_how_many_tries_are_left() -> None:
    client = sign_in_locked(user := make_with_pin())
    answer = unlock(client, user, OTHER_PIN)
    assert (answer.status_code, "You have 4 more tries." in answer.content.decode()) == (422, True)


def test_a_wrong_pin_is_not_written_into_the_page_again() -> None:
    client = sign_in_locked(user := make_with_pin())
    assert OTHER_PIN not in unlock(client, user, OTHER_PIN).content.decode()


def test_five_wrong_pins_end_the_session() -> None:
    client = sign_in_locked(user := make_with_pin())
    for _ in range(5):
        unlock(client, user, OTHER_PIN)
    assert not DeviceSession.objects.of(user).exists()


def test_the_fifth_try_may_be_the_right_one() -> None:
    client = sign_in_locked(user := make_with_pin())
    for _ in range(4):
        unlock(client, user, OTHER_PIN)
    unlock(client, user)
    assert opens(client)


def test_the_right_pin_is_no_error() -> None:
    client = sign_in_locked(user := make_with_pin())
    for _ in range(6):
        unlock(client, user)
        lock(client)
    unlock(client, user)
    assert opens(client)


def test_the_right_pin_in_between_does_not_give_a_colleague_five_more_guesses() -> None:
    client = sign_in_locked(user := make_with_pin())
    for _ in range(4):
        unlock(client, user, OTHER_PIN)
    unlock(client, user)
    lock(client)
    unlock(client, user, OTHER_PIN)
    assert not DeviceSession.objects.of(user).exists()


def test_five_wrong_pins_are_written_down() -> None:
    client = sign_in_locked(user := make_with_pin())
    for _ in range(5):
        unlock(client, user, OTHER_PIN)
    assert noted(user)[1:] == [("sign_in_failed", "PIN")] * 5 + [("locked_out", "PIN")]


def test_a_session_that_is_not_named_is_said_at_the_field() -> None:
    client = sign_in_locked(make_with_pin())
    answer = client.post(reverse("locked"), {"pin": PIN})
    assert (answer.status_code, "Choose your name" in answer.content.decode()) == (422, True)


# --- Switching


def sign_in_both() -> tuple[Client, User, User]:
    """Jo locked the computer, and Ana signed in there fully and locked it after that."""
    jo, ana = make_with_pin(), make_with_pin("ana", "Ana Ruiz", OTHER_PIN)
    client = sign_in_locked(jo)
    lock(sign_in(ana, client=client))
    return client, jo, ana


def test_both_wait_on_the_computer() -> None:
    client, _, _ = sign_in_both()
    assert all(name in locked_here(client) for name in ("Jo Marsh", "Ana Ruiz"))


def test_each_pin_opens_its_own_persons_session() -> None:
    client, jo, ana = sign_in_both()
    unlock(client, jo, PIN)
    first = signed_in(client)
    lock(client)
    unlock(client, ana, OTHER_PIN)
    assert (first, signed_in(client)) == (jo.pk, ana.pk)


def test_nobodys_pin_opens_another_persons_session() -> None:
    client, jo, _ = sign_in_both()
    unlock(client, jo, OTHER_PIN)
    assert signed_in(client) is None


def test_wrong_pins_end_nobody_elses_session() -> None:
    client, jo, ana = sign_in_both()
    for _ in range(5):
        unlock(client, jo, OTHER_PIN)
    assert [DeviceSession.objects.of(user).exists() for user in (jo, ana)] == [False, True]


def test_who_was_not_the_last_here_begins_at_today() -> None:
    jo, ana = make_with_pin(), make_with_pin("ana", "Ana Ruiz", OTHER_PIN)
    with travel(MORNING, tick=False) as clock:
        client = sign_in(jo)
        lock(client, page="/desk/library/")
        clock.shift(MINUTE)
        lock(sign_in(ana, client=client), page="/desk/patients/")
        assert unlock(client, jo)["Location"] == reverse("today")


def test_somebody_else_signs_in_with_the_password_and_who_waits_goes_on_waiting() -> None:
    client = sign_in_locked(jo := make_with_pin())
    make_member(username="ana", name="Ana Ruiz")
    type_password(client, username="ana")
    assert (opens(client), DeviceSession.objects.of(jo).exists()) == (True, True)


def test_who_signs_in_again_instead_of_unlocking_is_there_once() -> None:
    client = sign_in_locked(user := make_with_pin())
    type_password(client)
    assert (opens(client), DeviceSession.objects.of(user).count()) == (True, 1)


def test_a_sign_in_on_the_same_browser_belongs_to_the_same_device(client: Client) -> None:
    make_with_pin()
    type_password(client)
    first = row_of(client).get().device
    client.post(reverse("sign_out"))
    type_password(client)
    assert row_of(client).get().device == first


def test_the_browser_keeps_the_device_out_of_reach_of_scripts(client: Client) -> None:
    make_member()
    type_password(client)
    cookie = client.cookies[settings.DEVICE_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie.value in row_of(client).get().device) == (True, "Lax", False)
