"""Sessions as rows: whose they are, how long they last, and how they end."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.test import Client, RequestFactory
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from time_machine import travel

from practice.models import DeviceSession, User
from practice.models_sessions import digest
from practice.sessions_browser import browser_of
from practice.sessions_deeds import limit_to
from practice.sessions_limits import PATIENTS, STAFF, Over, opens_until, why_over
from practice.sessions_store import SessionStore
from practice.tests.factories_sessions import BACKEND, endings, key_of, opens, row_of, seen, sign_in
from practice.tests.factories_sign_in import PASSWORD, make_member, type_password

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 20, 8, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1"


def said(client: Client) -> str:
    """The sign-in page, as whoever has just been sent to it sees it."""
    return client.get(reverse("sign_in")).content.decode()


# --- What the table holds


def test_the_table_does_not_hold_the_key() -> None:
    client = sign_in(make_member())
    (row,) = DeviceSession.objects.values_list()
    assert not any(key_of(client) in str(value) for value in row)


def test_the_row_says_whose_it_is_and_since_when() -> None:
    with travel(MORNING, tick=False):
        user = make_member()
        row = row_of(sign_in(user)).get()
    assert (row.user, row.signed_in_at, row.seen_at) == (user, MORNING, MORNING)


def test_the_row_says_which_browser_and_from_where(client: Client) -> None:
    make_member()
    client.post(reverse("sign_in"), {"username": "jo", "password": PASSWORD}, headers={"user-agent": EDGE})
    row = row_of(client).get()
    assert (row.browser, row.system, row.address) == ("Edge", "Windows", "127.0.0.1")


def test_who_chose_something_before_signing_in_has_a_session_that_is_nobodys(client: Client) -> None:
    session = client.session
    session["choice"] = "kept"
    session.save()
    assert (DeviceSession.objects.get().user, client.session["choice"]) == (None, "kept")


@pytest.mark.parametrize(
    ("agent", "browser"),
    [
        (EDGE, ("Edge", "Windows")),
        (IPHONE, ("Safari", "iPhone")),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", ("Firefox", "Linux")),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36", ("Chrome", "Android")),
        ("curl/8", ("", "")),
    ],
)
def test_a_browser_is_named_in_words(agent: str, browser: tuple[str, str]) -> None:
    assert browser_of(agent) == browser


# --- Signing in


@pytest.mark.requirement("ASVS 7.2.4")
def test_signing_in_gives_a_new_key_and_the_old_one_opens_nothing(client: Client) -> None:
    make_member()
    session = client.session
    session["choice"] = "before"
    session.save()
    before = session.session_key
    type_password(client)
    assert key_of(client) != before
    assert not DeviceSession.objects.filter(pk=digest(before)).exists()


@pytest.mark.requirement("ASVS 7.2.4")
def test_signing_in_once_more_gives_a_new_key_too(client: Client) -> None:
    user = make_member()
    client.force_login(user, backend=BACKEND)
    before = key_of(client)
    client.force_login(user, backend=BACKEND)
    assert (key_of(client) == before, DeviceSession.objects.count()) == (False, 1)


@pytest.mark.requirement("ASVS 7.6.2")
@pytest.mark.parametrize("name", ["home", "sign_in", "start", "locked", "mfa_authenticate"])
def test_opening_a_page_signs_nobody_in(client: Client, name: str) -> None:
    make_member()
    client.get(reverse(name), {"username": "jo", "password": PASSWORD, "code": "BCD"})
    assert not DeviceSession.objects.exclude(user=None).exists()


# --- Limits


@pytest.mark.requirement("ASVS 7.3.1", "HIPAA 164.312(a)")
def test_an_hour_without_use_signs_staff_out() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(make_member())
        clock.shift(HOUR)
        assert not opens(client)


def test_a_little_less_than_an_hour_does_not() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(make_member())
        clock.shift(HOUR - MINUTE)
        assert opens(client)


def use_all_day(client: Client, clock: Any) -> None:
    for _ in range(23):
        clock.shift(timedelta(minutes=30))
        assert opens(client)


def test_whoever_goes_on_stays_signed_in() -> None:
    with travel(MORNING, tick=False) as clock:
        use_all_day(sign_in(make_member()), clock)


@pytest.mark.requirement("ASVS 7.3.2")
def test_twelve_hours_end_the_session_of_who_never_paused() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(make_member())
        use_all_day(client, clock)
        clock.shift(timedelta(minutes=30))
        assert not opens(client)


@pytest.mark.requirement("ASVS 7.3.2")
def test_a_patients_device_is_signed_in_for_thirty_days() -> None:
    with travel(MORNING, tick=False) as clock:
        client = Client()
        client.force_login(User.objects.create_patient_user(), backend=BACKEND)
        clock.shift(timedelta(days=30) - MINUTE)
        before = client.get(reverse("my_plans")).status_code
        clock.shift(MINUTE)
        after = client.get(reverse("my_plans"))["Location"]
    assert (before != 302, after.startswith(reverse("start"))) == (True, True)


def test_a_session_can_be_cut_short() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(make_member())
        request = RequestFactory().get("/")
        request.session = client.session
        limit_to(request, MORNING + 10 * MINUTE)
        clock.shift(9 * MINUTE)
        before = opens(client)
        clock.shift(MINUTE)
        assert (before, opens(client)) == (True, False)


def test_a_session_is_never_drawn_out() -> None:
    with travel(MORNING, tick=False):
        client = sign_in(make_member())
        request = RequestFactory().get("/")
        request.session = client.session
        limit_to(request, MORNING + timedelta(days=3))
    assert row_of(client).get().ends_at == MORNING + STAFF.altogether


def test_somebody_else_signs_in_on_the_same_device_without_signing_out_first() -> None:
    client = sign_in(make_member())
    other = make_member(username="other")
    client.force_login(other, backend=BACKEND)
    assert row_of(client).get().user == other


def test_the_patients_cookie_lasts_as_long_as_the_session() -> None:
    assert PATIENTS.altogether.total_seconds() == settings.PATIENT_SESSION_AGE


def test_the_cookie_of_staff_outlives_the_session_so_that_a_page_can_say_why() -> None:
    assert STAFF.altogether.total_seconds() < settings.SESSION_COOKIE_AGE


def test_the_page_says_that_an_hour_went_by_without_use() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(make_member())
        clock.shift(HOUR)
        client.get(reverse("library"))
        assert "an hour without use" in said(client)


def test_the_page_says_that_the_twelve_hours_are_over() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(make_member())
        use_all_day(client, clock)
        clock.shift(timedelta(minutes=30))
        client.get(reverse("library"))
        assert "12 hours" in said(client)


def test_who_signs_in_again_comes_back_to_the_page() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(make_member())
        clock.shift(HOUR)
        where = client.get(reverse("library"))["Location"]
        assert where.endswith(f"next={reverse('library')}")


def sent_too_late(client: Client) -> Any:
    return client.post(reverse("patients"), {"text": "x"}, headers={"referer": "http://testserver/desk/"})


def test_a_form_sent_too_late_leads_back_to_the_page_it_was_typed_on() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(make_member())
        clock.shift(HOUR)
        assert sent_too_late(client)["Location"].endswith("next=%2Fdesk%2F")


def test_a_form_sent_too_late_is_said_to_be_lost() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(make_member())
        clock.shift(HOUR)
        sent_too_late(client)
        assert "was not saved" in said(client)


def test_a_part_of_a_page_never_becomes_the_sign_in() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(make_member())
        clock.shift(HOUR)
        answer = client.post(reverse("patients"), {"text": "x"}, headers={"hx-request": "true"})
    assert (answer.status_code, answer["HX-Redirect"].startswith(reverse("sign_in"))) == (204, True)


def test_nor_does_a_part_that_nobody_signed_in_for() -> None:
    answer = Client().post(reverse("patients"), {"text": "x"}, headers={"hx-request": "true"})
    assert (answer.status_code, answer["HX-Redirect"].startswith(reverse("sign_in"))) == (204, True)


def test_signing_out_too_late_is_signing_out() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(make_member())
        clock.shift(HOUR)
        assert client.post(reverse("sign_out"))["Location"] == reverse("home")


def test_an_idle_end_is_written_down_once() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(make_member())
        clock.shift(HOUR)
        opens(client)
        opens(client)
    assert endings() == [(None, "idle")]


def test_use_is_noted_once_a_minute() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(make_member())
        times = []
        for seconds in (59, 1, 59):
            clock.shift(timedelta(seconds=seconds))
            client.get(reverse("still_here"))
            times.append(seen(client))
    assert times == [MORNING, MORNING + MINUTE, MORNING + MINUTE]


def test_what_a_page_asks_by_itself_is_no_use() -> None:
    with travel(MORNING, tick=False) as clock:
        client = sign_in(make_member())
        clock.shift(30 * MINUTE)
        client.get(reverse("today_state"))
        assert seen(client) == MORNING


moments = st.integers(0, 3 * 24 * 60).map(lambda minutes: MORNING + minutes * MINUTE)


@given(used=moments, ends_at=moments, locks_itself=st.booleans())
def test_no_use_makes_a_session_last_longer_than_its_end(used: datetime, ends_at: datetime, locks_itself: bool) -> None:
    until = opens_until(used, ends_at=ends_at, limits=STAFF, locks_itself=locks_itself)
    assert until <= ends_at
    assert until <= used + STAFF.idle


@given(now=moments, ends_at=moments)
def test_a_pin_opens_nothing_after_the_end(now: datetime, ends_at: datetime) -> None:
    assert (why_over(now, ends_at=ends_at, locks_itself=True) is Over.LOCKED) == (now < ends_at)


@pytest.mark.requirement("ASVS 7.4.1")
def test_a_session_that_was_ended_meanwhile_does_not_come_back_under_a_new_key() -> None:
    store = SessionStore(key_of(sign_in(user := make_member())))
    store.get("what it holds")
    DeviceSession.objects.of(user).delete()
    with pytest.raises(SessionInterrupted):
        store.cycle_key()
