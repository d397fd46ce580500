"""Sessions as rows: whose they are, how long they last, and how they end."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from time_machine import travel

from practice.models import AuditEvent, DeviceSession, User
from practice.models_sessions import digest
from practice.roles import Role
from practice.sessions_browser import browser_of
from practice.sessions_deeds import end, end_all, limit_to
from practice.sessions_limits import PATIENTS, STAFF, Over, opens_until, why_over
from practice.tests.factories import make_clinic
from practice.tests.factories_sessions import BACKEND, key_of, make_session, row_of, seen, sign_in
from practice.tests.factories_sign_in import PASSWORD, make_member, type_password

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 20, 8, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1"


def opens(client: Client) -> bool:
    """Whether the browser's session opens a page of the desk."""
    return client.get(reverse("library")).status_code == 200


def said(client: Client) -> str:
    """The sign-in page, as whoever has just been sent to it sees it."""
    return client.get(reverse("sign_in")).content.decode()


def endings() -> list[tuple[User | None, str]]:
    found = AuditEvent.objects.filter(action=AuditEvent.Action.SESSION_ENDED).select_related("actor")
    return [(event.actor, event.detail) for event in found]


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
    client.post(reverse("sign_in"), {"login": "jo", "password": PASSWORD}, headers={"user-agent": EDGE})
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
@pytest.mark.parametrize("name", ["home", "sign_in", "start", "locked"])
def test_opening_a_page_signs_nobody_in(client: Client, name: str) -> None:
    make_member()
    client.get(reverse(name), {"login": "jo", "password": PASSWORD, "code": "BCD"})
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


# --- Ending


@pytest.mark.requirement("ASVS 7.4.1")
def test_after_signing_out_the_key_opens_nothing() -> None:
    client = sign_in(make_member())
    key = key_of(client)
    client.post(reverse("sign_out"))
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    assert (opens(client), DeviceSession.objects.filter(pk=digest(key)).exists()) == (False, False)


@pytest.mark.requirement("ASVS 7.4.1")
def test_an_ended_session_does_not_come_back_by_what_was_under_way() -> None:
    user = make_member()
    client = sign_in(user)
    under_way = client.session
    end(row_of(client).get(), by=user)
    with pytest.raises(UpdateError):
        under_way.save()
    assert not opens(client)


@pytest.mark.requirement("ASVS 7.4.2")
def test_a_disabled_account_is_signed_out_everywhere_at_once() -> None:
    user = make_member()
    clients = [sign_in(user), sign_in(user)]
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert [opens(client) for client in clients] == [False, False]


@pytest.mark.requirement("ASVS 7.4.3")
def test_a_changed_password_ends_the_sessions_elsewhere() -> None:
    user = make_member()
    here, elsewhere = sign_in(user), sign_in(user)
    new = "a wide and quiet lake"
    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (opens(here), opens(elsewhere)) == (True, False)


@pytest.mark.requirement("ASVS 7.4.4")
@pytest.mark.parametrize("name", ["library", "mfa_index", "sessions", "pin", "learn"])
def test_each_page_shows_the_way_out(name: str) -> None:
    text = sign_in(make_member()).get(reverse(name)).content.decode()
    assert f'action="{reverse("sign_out")}"' in text


@pytest.mark.requirement("ASVS 7.4.5")
def test_an_owner_ends_all_sessions_of_a_person() -> None:
    user, owner = make_member(), make_member(username="ana", role=Role.OWNER)
    client = sign_in(user)
    end_all(user, by=owner)
    assert (opens(client), endings()) == (False, [(owner, "")])


def test_what_is_over_is_cleared_away_and_what_waits_for_its_pin_is_not() -> None:
    user, now = make_member(), datetime.now(UTC)
    make_session(user=user, expire_date=now - HOUR)
    waits = make_session(user=user, expire_date=now - HOUR, locks_itself=True, device="d")
    runs = make_session(user=user)
    call_command("clearsessions")
    assert set(DeviceSession.objects.all()) == {waits, runs}


# --- The page


def page(client: Client) -> str:
    return client.get(reverse("sessions")).content.decode()


@pytest.mark.requirement("ASVS 7.5.2")
def test_the_page_shows_this_device_and_the_others() -> None:
    user = make_member()
    make_session(user=user, browser="Firefox", system="Mac", address="203.0.113.7")
    text = page(sign_in(user))
    assert all(part in text for part in ("This device", "Another device", "Firefox on Mac", "203.0.113.7"))


def test_the_page_shows_nobody_elses_sessions() -> None:
    make_session(user=make_member(username="ana", name="Ana"), browser="Opera")
    assert "Opera" not in page(sign_in(make_member()))


@pytest.mark.requirement("ASVS 7.5.2")
def test_one_session_is_ended_by_its_button() -> None:
    user = make_member()
    here, elsewhere = sign_in(user), sign_in(user)
    here.post(reverse("session_end", args=[row_of(elsewhere).get().public_id]))
    assert (opens(here), opens(elsewhere)) == (True, False)


def test_who_ends_the_session_in_hand_is_signed_out() -> None:
    here = sign_in(make_member())
    answer = here.post(reverse("session_end", args=[row_of(here).get().public_id]))
    assert (answer["Location"], opens(here)) == (reverse("sign_in"), False)


@pytest.mark.requirement("ASVS 7.5.2")
def test_all_others_are_ended_by_one_button() -> None:
    user = make_member()
    here, others = sign_in(user), [sign_in(user), sign_in(user)]
    here.post(reverse("sessions_end_others"))
    assert (opens(here), [opens(other) for other in others]) == (True, [False, False])


def test_ending_is_written_down_with_who_did_it() -> None:
    user = make_member()
    here = sign_in(user)
    sign_in(user)
    here.post(reverse("sessions_end_others"))
    assert endings() == [(user, "")]


def test_somebody_elses_session_is_not_found() -> None:
    row = make_session(user=make_member(username="ana", name="Ana"))
    assert sign_in(make_member()).post(reverse("session_end", args=[row.public_id])).status_code == 404


@pytest.mark.requirement("ASVS 7.5.2")
@pytest.mark.parametrize("name", ["session_end", "sessions_end_others"])
def test_ending_sessions_asks_for_the_password_after_a_quarter_of_an_hour(name: str) -> None:
    with travel(MORNING, tick=False) as clock:
        user = make_member()
        here, elsewhere = sign_in(user), sign_in(user)
        clock.shift(15 * MINUTE)
        args = [row_of(elsewhere).get().public_id] if name == "session_end" else []
        answer = here.post(reverse(name, args=args)).content.decode()
        assert ("Is it still you?" in answer, opens(elsewhere)) == (True, True)


def queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("sessions"))
    return len(asked)


def test_the_page_takes_as_many_queries_for_three_others_as_for_one() -> None:
    user = make_member()
    client = sign_in(user)
    make_clinic()
    make_session(user=user)
    of_one = queries(client)
    for _ in range(2):
        make_session(user=user)
    assert queries(client) == of_one


def test_to_look_a_session_up_takes_one_query() -> None:
    client = sign_in(make_member())
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("still_here"))
    assert sum("practice_devicesession" in query["sql"] for query in asked) == 1
