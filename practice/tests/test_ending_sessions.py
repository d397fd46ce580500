"""Ending sessions: by oneself, from elsewhere, by an owner; and the page that shows them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from time_machine import travel

from practice.models import DeviceSession, User
from practice.models_sessions import digest
from practice.roles import Role
from practice.sessions_deeds import end, end_all
from practice.tests.factories import make_clinic
from practice.tests.factories_sessions import endings, key_of, make_session, opens, row_of, sign_in
from practice.tests.factories_sign_in import PASSWORD, make_member

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 20, 8, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


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


def takes_the_cookie(dest: str) -> bool:
    """Whether the answer to a key that opens nothing takes the cookie from the browser."""
    client = sign_in(make_member())
    row_of(client).delete()
    return settings.SESSION_COOKIE_NAME in client.get(reverse("library"), headers={"sec-fetch-dest": dest}).cookies


def test_a_key_that_opens_nothing_is_taken_from_the_browser() -> None:
    assert takes_the_cookie("document")


def test_a_script_that_asks_under_the_old_key_does_not_take_the_new_one() -> None:
    assert not takes_the_cookie("empty")


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
