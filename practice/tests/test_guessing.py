"""Counters of wrong guesses: nobody gets more looks than the limit, and time or a right guess frees them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from time_machine import travel

from practice.guessing import Limit, TooManyGuesses, forget, give_back, remove_old, take
from practice.models import GuessCount

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ACCOUNT = Limit("password", "account", most=3, within=timedelta(minutes=15))
ADDRESS = Limit("password", "address", most=5, within=timedelta(hours=1))


def looked_at(tries: int, *guesses: tuple[Limit, str]) -> int:
    """How many of so many guesses were looked at."""
    seen = 0
    for _ in range(tries):
        try:
            take(*guesses)
        except TooManyGuesses:
            continue
        seen += 1
    return seen


class AnyNumberOfGuesses(TestCase):
    @given(tries=st.integers(0, 12), most=st.integers(1, 6))
    def test_never_more_are_looked_at_than_the_limit_says(self, tries: int, most: int) -> None:
        limit = Limit("password", "account", most=most, within=timedelta(minutes=15))
        assert looked_at(tries, (limit, "ana")) == min(tries, most)


@pytest.mark.django_db
def test_another_account_is_not_held_back() -> None:
    looked_at(4, (ACCOUNT, "ana"))
    assert looked_at(1, (ACCOUNT, "ben")) == 1


@pytest.mark.django_db
def test_a_refused_guess_uses_up_no_other_limit() -> None:
    looked_at(9, (ACCOUNT, "ana"), (ADDRESS, "192.0.2.1"))
    assert looked_at(9, (ADDRESS, "192.0.2.1")) == ADDRESS.most - ACCOUNT.most


@pytest.mark.django_db
def test_time_frees_the_account() -> None:
    with travel(NOON, tick=False):
        looked_at(4, (ACCOUNT, "ana"))
    with travel(NOON + ACCOUNT.within, tick=False):
        assert looked_at(4, (ACCOUNT, "ana")) == ACCOUNT.most


@pytest.mark.django_db
def test_trying_on_does_not_make_the_wait_longer() -> None:
    with travel(NOON, tick=False) as clock:
        looked_at(4, (ACCOUNT, "ana"))
        clock.shift(timedelta(minutes=10))
        with pytest.raises(TooManyGuesses) as refused:
            take((ACCOUNT, "ana"))
    assert refused.value.wait == timedelta(minutes=5)


@pytest.mark.django_db
def test_a_right_guess_is_given_back() -> None:
    for _ in range(10):
        take((ACCOUNT, "ana"))
        give_back((ACCOUNT, "ana"))
    assert looked_at(9, (ACCOUNT, "ana")) == ACCOUNT.most


@pytest.mark.django_db
def test_forgetting_begins_anew() -> None:
    looked_at(4, (ACCOUNT, "ana"))
    forget((ACCOUNT, "ana"))
    assert looked_at(1, (ACCOUNT, "ana")) == 1


@pytest.mark.django_db
def test_the_table_names_nobody() -> None:
    take((ACCOUNT, "ana"))
    assert "ana" not in GuessCount.objects.get().key


@pytest.mark.django_db
def test_old_counters_are_removed() -> None:
    with travel(NOON, tick=False):
        take((ACCOUNT, "ana"))
    with travel(NOON + timedelta(days=2), tick=False):
        assert remove_old() == 1
