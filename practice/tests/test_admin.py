"""The admin keeps no door, no password page and no way to a secret of its own."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from time_machine import travel

from practice.models import AuditEvent, Clinic, User
from practice.roles import Role
from practice.tests.factories_sessions import sign_in
from practice.tests.factories_sign_in import PASSWORD, make_member

pytestmark = pytest.mark.django_db
LONG = "quiet rivers run deep"
STAFF_LIST = "admin:practice_user_changelist"


@pytest.fixture
def owner() -> Client:
    call_command("make_roles", stdout=StringIO())
    return sign_in(make_member(role=Role.OWNER))


@pytest.mark.requirement("ASVS 6.3.1")
def test_the_password_page_of_the_admin_is_ours(owner: Client) -> None:
    assert owner.get(reverse("admin:password_change"))["Location"] == reverse("account_change_password")


def test_a_password_that_is_sent_to_the_admin_changes_nothing(owner: Client) -> None:
    sent = {"old_password": PASSWORD, "new_password1": LONG, "new_password2": LONG}
    owner.post(reverse("admin:password_change"), sent)
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.requirement("ASVS 6.3.1")
def test_a_colleagues_password_is_not_tried_at_the_admins_door(owner: Client) -> None:
    make_member(username="colleague", role=Role.OWNER)
    sent = {"username": "colleague", "password": PASSWORD}
    assert owner.post(reverse("admin:login"), sent).status_code == 405


@pytest.mark.requirement("ASVS 16.3.1")
def test_who_leaves_through_the_admin_stands_in_the_record(owner: Client) -> None:
    owner.post(reverse("admin:logout"))
    assert AuditEvent.objects.filter(action=AuditEvent.Action.SIGNED_OUT).exists()


@pytest.mark.requirement("ASVS 8.2.3")
def test_the_hash_of_a_password_is_not_found_out_by_filtering(owner: Client) -> None:
    kind = identify_hasher(User.objects.get().password).algorithm
    assert owner.get(reverse(STAFF_LIST), {"password__startswith": kind}).status_code == 400


def test_sessions_are_not_found_out_by_filtering(owner: Client) -> None:
    assert owner.get(reverse(STAFF_LIST), {"device_sessions__session_key__startswith": "a"}).status_code == 400


@pytest.mark.parametrize("shown", [{"is_active__exact": "1"}, {"groups__id__exact": "1"}, {"q": "jo"}, {"o": "1"}])
def test_what_the_list_offers_to_filter_by_is_answered(shown: dict[str, str], owner: Client) -> None:
    assert owner.get(reverse(STAFF_LIST), shown).status_code == 200


def test_the_settings_of_the_clinic_are_changed_after_the_password_alone() -> None:
    """How long answers hold good is one of them."""
    with travel(datetime(2026, 11, 20, 8, tzinfo=UTC), tick=False) as clock:
        call_command("make_roles", stdout=StringIO())
        client = sign_in(make_member(role=Role.OWNER))
        clock.shift(timedelta(minutes=16))
        answer = client.post(reverse("admin:practice_clinic_change", args=[Clinic.load().pk]), {"name": "Another"})
    assert ("Is it still you?" in answer.content.decode(), Clinic.load().name == "Another") == (True, False)
