"""/start/: a code from the paper opens the plan; every failure says the same and loses no typing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from intake.codes import revoke
from intake.tests.factories import make_codes, make_patient, sign_in_patient, sign_in_staff, type_code
from practice.models import AuditEvent, Clinic

pytestmark = pytest.mark.django_db

FAILURE = "Each code works once; try the next or call"
WRONG = "K7M-BCDF-GHJK"


def press(client: Client, code: str) -> Any:
    return type_code(client, code)


@pytest.fixture
def codes() -> tuple[str, ...]:
    return make_codes(patient=make_patient()).codes


def test_the_page_asks_for_a_code(client: Client) -> None:
    assert 'name="code"' in client.get(reverse("start")).content.decode()


def test_a_code_leads_to_the_plan(client: Client, codes: tuple[str, ...]) -> None:
    assert press(client, codes[0]).url == reverse("me")


def test_a_code_signs_its_owner_in_for_thirty_days(client: Client, codes: tuple[str, ...]) -> None:
    press(client, codes[0])
    assert client.session.get_expiry_age() == 30 * 24 * 60 * 60


def test_opening_the_page_uses_no_code_up(client: Client, codes: tuple[str, ...]) -> None:
    client.get(reverse("start"), {"code": codes[0]})
    assert press(client, codes[0]).status_code == 302


def test_a_used_code_does_not_open_the_plan_again(client: Client, codes: tuple[str, ...]) -> None:
    press(Client(), codes[0])
    assert press(client, codes[0]).status_code == 422


def used() -> str:
    code = make_codes(patient=make_patient()).codes[0]
    press(Client(), code)
    return code


def expired() -> str:
    return make_codes(patient=make_patient(), valid_until=Clinic.load().today() - timedelta(days=1)).codes[0]


def revoked() -> str:
    sheet = make_codes(patient=make_patient())
    revoke(sheet.sheet.access)
    return sheet.codes[0]


@pytest.mark.parametrize("how", [used, expired, revoked, lambda: WRONG], ids=["used", "expired", "revoked", "wrong"])
def test_every_code_that_opens_nothing_gets_the_same_sentence(client: Client, how: object) -> None:
    assert callable(how)
    assert FAILURE in press(client, how()).content.decode()


@pytest.mark.parametrize("typed", ["😀😀😀", "K" * 10_000, "\x00\x07\x1bK7M", "<script>", "كود"])
def test_what_is_no_code_gets_the_same_sentence(client: Client, typed: str) -> None:
    assert FAILURE in press(client, typed).content.decode()


@pytest.mark.parametrize("typed", ["", "   ", "\t\n"])
def test_nothing_typed_gets_its_own_sentence(client: Client, typed: str) -> None:
    assert "Type a code from your sheet." in press(client, typed).content.decode()


def test_a_form_without_the_field_gets_a_sentence_too(client: Client) -> None:
    assert client.post(reverse("start")).status_code == 422


def test_what_was_typed_is_kept(client: Client) -> None:
    assert f'value="{WRONG}"' in press(client, WRONG).content.decode()


def test_what_was_typed_is_escaped(client: Client) -> None:
    assert "<script>alert" not in press(client, "<script>alert(1)</script>").content.decode()


def test_the_sentence_is_tied_to_the_field(client: Client) -> None:
    page = press(client, WRONG).content.decode()
    assert 'aria-describedby="code-error code-help"' in page


def test_a_failure_is_logged_without_what_was_typed(client: Client) -> None:
    press(client, WRONG)
    event = AuditEvent.objects.get(action=AuditEvent.Action.SIGN_IN_FAILED)
    assert event.detail == "code"


def test_a_sign_in_is_logged(client: Client, codes: tuple[str, ...]) -> None:
    press(client, codes[0])
    assert AuditEvent.objects.filter(action=AuditEvent.Action.SIGNED_IN, detail="code").count() == 1


def test_the_page_is_never_kept_by_the_browser(client: Client) -> None:
    assert "no-store" in client.get(reverse("start"))["Cache-Control"]


def test_a_signed_in_device_is_led_on_without_a_code(client: Client) -> None:
    sign_in_patient(client, make_patient())
    assert f'href="{reverse("me")}"' in client.get(reverse("start")).content.decode().split("<main")[1]


def test_staff_are_not_told_that_a_plan_is_open(client: Client) -> None:
    sign_in_staff(client)
    assert "This device is signed in" not in client.get(reverse("start")).content.decode()


def test_another_method_is_refused(client: Client) -> None:
    assert client.delete(reverse("start")).status_code == 405


def test_the_field_is_not_remembered_and_not_corrected(client: Client) -> None:
    page = client.get(reverse("start")).content.decode()
    assert 'autocomplete="off" autocapitalize="characters" spellcheck="false"' in page


def test_a_code_opens_the_plan_on_its_last_day_at_the_clinic(client: Client) -> None:
    # 11 pm on December 4 in Chicago is December 5 in UTC.
    with time_machine.travel(datetime(2026, 11, 20, 18, tzinfo=UTC), tick=False):
        sheet = make_codes(patient=make_patient(), valid_until=datetime(2026, 12, 4, tzinfo=UTC).date())
    with time_machine.travel(datetime(2026, 12, 5, 5, tzinfo=UTC), tick=False):
        assert press(client, sheet.codes[0]).status_code == 302


def test_a_code_opens_nothing_on_the_day_after(client: Client) -> None:
    with time_machine.travel(datetime(2026, 11, 20, 18, tzinfo=UTC), tick=False):
        sheet = make_codes(patient=make_patient(), valid_until=datetime(2026, 12, 4, tzinfo=UTC).date())
    with time_machine.travel(datetime(2026, 12, 5, 7, tzinfo=UTC), tick=False):
        assert press(client, sheet.codes[0]).status_code == 422
