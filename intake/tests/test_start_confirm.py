"""After a right code the first name is shown: only "Yes" uses the code up and opens the plan."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import travel

from intake.codes import mint_for_proxy, revoke
from intake.models import PatientAccess, SignInCode
from intake.tests.factories import make_access, make_codes, make_patient, make_staff, redeem
from practice.models import AuditEvent, Clinic, User

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 18, tzinfo=UTC)
CONFIRM = "/start/confirm/"


@pytest.fixture
def code() -> str:
    return make_codes(patient=make_patient(given_name="Rosamund", family_name="Featherstonehaugh")).codes[0]


def typed(client: Client, code: str) -> Any:
    client.post(reverse("start"), {"code": code})
    return client.get(CONFIRM)


def said(client: Client, answer: str) -> Any:
    return client.post(CONFIRM, {"mine": answer})


@pytest.mark.requirement("HIPAA 164.312(d)")
def test_a_right_code_asks_for_the_first_name(client: Client, code: str) -> None:
    assert "Is this Rosamund’s plan?" in typed(client, code).content.decode()


def test_the_last_name_is_not_shown(client: Client, code: str) -> None:
    assert "Featherstonehaugh" not in typed(client, code).content.decode()


def test_somebody_with_one_name_is_asked_for_by_it(client: Client) -> None:
    code = make_codes(patient=make_patient(given_name="", family_name="Sukarno")).codes[0]
    assert "Is this Sukarno’s plan?" in typed(client, code).content.decode()


@pytest.mark.requirement("ASVS 7.6.2")
def test_nothing_is_open_before_yes(client: Client, code: str) -> None:
    typed(client, code)
    assert client.get(reverse("me")).status_code == 302


def test_a_code_is_not_used_up_before_yes(client: Client, code: str) -> None:
    typed(client, code)
    assert not SignInCode.objects.exclude(used_at=None).exists()


def test_yes_opens_the_plan(client: Client, code: str) -> None:
    typed(client, code)
    assert said(client, "yes").url == reverse("me")


def test_yes_uses_the_code_up(client: Client, code: str) -> None:
    typed(client, code)
    said(client, "yes")
    assert SignInCode.objects.exclude(used_at=None).count() == 1


def test_no_uses_no_code_up(client: Client, code: str) -> None:
    typed(client, code)
    said(client, "no")
    assert not SignInCode.objects.exclude(used_at=None).exists()


def test_no_says_to_give_the_sheet_back(client: Client, code: str) -> None:
    typed(client, code)
    assert "Please give it back to us" in said(client, "no").content.decode()


def test_no_forgets_the_code(client: Client, code: str) -> None:
    typed(client, code)
    said(client, "no")
    assert said(client, "yes").url == reverse("start")


def test_no_is_written_down_with_whose_sheet_it_was(client: Client, code: str) -> None:
    typed(client, code)
    said(client, "no")
    event = AuditEvent.objects.get(action=AuditEvent.Action.SIGN_IN_FAILED)
    assert (event.detail, event.patient_id) == ("code: not mine", SignInCode.objects.first().sheet.access.patient_id)


def test_anything_else_than_yes_opens_nothing(client: Client, code: str) -> None:
    typed(client, code)
    said(client, "")
    assert client.get(reverse("me")).status_code == 302


@pytest.mark.requirement("ASVS 6.6.2")
def test_only_the_session_that_typed_the_code_may_say_yes(client: Client, code: str) -> None:
    typed(client, code)
    assert said(Client(), "yes").url == reverse("start")


def test_the_question_waits_ten_minutes(client: Client, code: str) -> None:
    with travel(NOON, tick=False):
        typed(client, code)
    with travel(NOON + timedelta(minutes=10), tick=False):
        assert said(client, "yes").url == reverse("start")


def test_of_two_phones_that_wait_with_the_same_code_one_opens_the_plan(client: Client, code: str) -> None:
    other = Client()
    typed(client, code)
    typed(other, code)
    assert [said(each, "yes").url for each in (client, other)] == [reverse("me"), reverse("start")]


def test_a_code_that_was_replaced_meanwhile_opens_nothing(client: Client, code: str) -> None:
    typed(client, code)
    revoke(PatientAccess.objects.get())
    assert said(client, "yes").url == reverse("start")


def test_the_page_is_never_kept_by_the_browser(client: Client, code: str) -> None:
    assert "no-store" in typed(client, code)["Cache-Control"]


@pytest.mark.requirement("ASVS 7.2.4")
def test_yes_gives_the_session_a_new_key(client: Client, code: str) -> None:
    typed(client, code)
    before = client.session.session_key
    said(client, "yes")
    assert client.session.session_key != before


def test_whoever_was_signed_in_before_is_not_any_more(client: Client, code: str) -> None:
    client.force_login(redeem(make_codes(patient=make_patient()).codes[0]), backend="practice.backends.SteadyBackend")
    typed(client, code)
    said(client, "yes")
    assert client.session["_auth_user_id"] == str(PatientAccess.objects.get(patient__given_name="Rosamund").user_id)


def test_a_proxy_reads_as_whom_the_plan_opens(client: Client) -> None:
    access = make_access(
        patient=make_patient(given_name="Rosamund"),
        relation=PatientAccess.Relation.PROXY,
        user=User.objects.create_patient_user(display_name="Ana Ruiz"),
    )
    minted = mint_for_proxy(access, by=make_staff(), valid_until=Clinic.load().today())
    assert "You open it as Ana Ruiz (mother)." in typed(client, minted.codes[0]).content.decode()
