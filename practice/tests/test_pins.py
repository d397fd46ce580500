"""The PIN of a shared computer: which ones are taken, choosing one, and doing without."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from practice.models import AuditEvent, DeviceSession, StaffPin
from practice.pins import COMMON, problem_of, remove_pin, set_pin
from practice.tests.factories_sessions import PIN, opens, sign_in
from practice.tests.factories_sign_in import PASSWORD, make_member, type_password
from practice.tests.shared_computer import OTHER_PIN, lock, make_with_pin, sign_in_locked, unlock

pytestmark = pytest.mark.django_db


def choose(client: Client, pin: str, again: str = "") -> Any:
    return client.post(reverse("pin"), {"pin": pin, "again": again or pin})


def test_a_pin_is_chosen_on_its_page() -> None:
    user = make_member()
    choose(sign_in(user), PIN)
    assert StaffPin.objects.get().user == user


def test_the_session_that_chose_it_locks_itself_from_then_on() -> None:
    client = sign_in(make_member())
    choose(client, PIN)
    lock(client)
    assert not opens(client)


def test_the_table_holds_no_pin() -> None:
    choose(sign_in(make_member()), PIN)
    assert PIN not in StaffPin.objects.get().encoded


def test_choosing_one_is_written_down() -> None:
    user = make_member()
    choose(sign_in(user), PIN)
    noted = AuditEvent.objects.filter(actor=user).values_list("action", "detail")
    assert ("factor_changed", "PIN set") in noted


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4", "१२३४५६", "12 34"])
def test_a_pin_is_four_to_eight_digits(pin: str) -> None:
    assert "4 to 8 digits" in problem_of(pin)


@pytest.mark.parametrize("pin", "1111 1234 9876 7890 1212 565656 1958 24121958 2580 123123".split())
def test_an_easy_pin_is_refused(pin: str) -> None:
    assert "first that somebody would try" in problem_of(pin)


@given(st.from_regex(r"[0-9]{6}", fullmatch=True))
def test_hardly_any_pin_of_six_digits_is_refused(pin: str) -> None:
    is_pattern = len(set(pin)) <= 2 or abs(int(pin[0]) - int(pin[1])) in (1, 9) or pin in COMMON
    assert not problem_of(pin) or is_pattern


def test_an_easy_pin_is_refused_beside_its_field() -> None:
    answer = choose(sign_in(make_member()), "1234")
    assert (answer.status_code, "first that somebody would try" in answer.content.decode()) == (422, True)


def test_two_pins_that_differ_are_refused() -> None:
    answer = choose(sign_in(make_member()), PIN, OTHER_PIN)
    assert (answer.status_code, "not the same" in answer.content.decode()) == (422, True)


def test_without_the_pin_nothing_locks_and_what_is_locked_ends() -> None:
    user = make_with_pin()
    sign_in_locked(user)
    here = sign_in(user)
    remove_pin(user, by=user)
    assert list(DeviceSession.objects.of(user).values_list("locks_itself", flat=True)) == [False]
    assert opens(here)


def test_a_new_pin_takes_the_place_of_the_old_one() -> None:
    client = sign_in_locked(user := make_with_pin())
    set_pin(user, OTHER_PIN)
    unlock(client, user, OTHER_PIN)
    assert opens(client)


def test_the_password_signs_in_whatever_the_pin(client: Client) -> None:
    make_with_pin()
    type_password(client, password=PASSWORD)
    assert opens(client)
