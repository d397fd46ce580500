"""Guessing codes: the limits by locator, by address and for everybody, and one answer for all that opens nothing."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from time_machine import travel

from intake.code_guesses import (
    SHEET_BY_ADDRESS,
    SHEET_BY_EVERYBODY,
    SHEET_BY_LOCATOR,
    TABLET_BY_ADDRESS,
    TABLET_BY_EVERYBODY,
)
from intake.codes import revoke
from intake.tablet import open_visit
from intake.tests.factories import make_codes, make_patient, make_staff, redeem
from practice.guessing import Limit, take
from practice.models import AuditEvent, Clinic

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 18, tzinfo=UTC)
WRONG = "K7N-BCDF-GHJK"
CSRF = re.compile(r'value="\w{64}"')
ADDRESS = "127.0.0.1"


def press(code: str, client: Client | None = None) -> Any:
    return (client or Client()).post(reverse("start"), {"code": code})


def use_up(limit: Limit, value: str, *, leaving: int = 0) -> None:
    for _ in range(limit.most - leaving):
        take((limit, value))


@pytest.fixture
def code() -> str:
    return make_codes(patient=make_patient()).codes[0]


@pytest.mark.requirement("ASVS 6.3.1", "ASVS 6.6.3")
@pytest.mark.parametrize("limit", [SHEET_BY_ADDRESS, SHEET_BY_EVERYBODY, SHEET_BY_LOCATOR], ids=lambda each: each.scope)
def test_no_more_codes_are_looked_at_than_the_limit_says(code: str, limit: Limit) -> None:
    use_up(limit, {"locator": code[:3], "address": ADDRESS, "everybody": ""}[limit.scope])
    assert press(code).status_code == 429


@pytest.mark.requirement("ASVS 6.3.1")
@pytest.mark.parametrize("limit", [TABLET_BY_ADDRESS, TABLET_BY_EVERYBODY], ids=lambda each: each.scope)
def test_no_more_codes_of_a_tablet_are_looked_at_than_the_limit_says(limit: Limit) -> None:
    use_up(limit, {"address": ADDRESS, "everybody": ""}[limit.scope])
    assert press(open_visit(make_patient(), by=make_staff()).code).status_code == 429


def test_wrong_codes_count(code: str) -> None:
    use_up(SHEET_BY_ADDRESS, ADDRESS, leaving=1)
    press(WRONG)
    assert press(code).status_code == 429


def test_another_sheet_is_not_held_back_by_guesses_at_one(code: str) -> None:
    use_up(SHEET_BY_LOCATOR, "K7N")
    assert press(code).status_code == 302


def test_the_locator_counts_however_it_is_typed() -> None:
    use_up(SHEET_BY_LOCATOR, "K7N")
    assert press(" k-7 n bcdf ghjk").status_code == 429


def test_right_codes_do_not_count(code: str) -> None:
    use_up(SHEET_BY_ADDRESS, ADDRESS, leaving=1)
    press(code)
    assert press(code).status_code == 302


def test_a_device_that_is_signed_in_is_never_held_back(client: Client) -> None:
    sheet = make_codes(patient=make_patient())
    client.force_login(redeem(sheet.codes[0]), backend="practice.backends.SteadyBackend")
    use_up(SHEET_BY_EVERYBODY, "")
    assert press(sheet.codes[0], client).url == reverse("me")


def test_the_way_in_is_open_again_when_the_time_is_over(code: str) -> None:
    with travel(NOON, tick=False):
        use_up(SHEET_BY_LOCATOR, code[:3])
    with travel(NOON + SHEET_BY_LOCATOR.within, tick=False):
        assert press(code).status_code == 302


def test_whoever_is_held_back_is_told_how_long() -> None:
    with travel(NOON, tick=False):
        use_up(SHEET_BY_ADDRESS, ADDRESS)
    with travel(NOON + timedelta(minutes=3), tick=False):
        assert "Wait 12 minutes, then try again, or call us." in press(WRONG).content.decode()


def test_the_browser_is_told_how_long_too() -> None:
    with travel(NOON, tick=False):
        use_up(SHEET_BY_ADDRESS, ADDRESS)
        assert press(WRONG)["Retry-After"] == str(15 * 60)


def test_whoever_is_held_back_keeps_what_was_typed() -> None:
    use_up(SHEET_BY_ADDRESS, ADDRESS)
    assert f'value="{WRONG}"' in press(WRONG).content.decode()


def test_being_held_back_is_written_down() -> None:
    use_up(SHEET_BY_ADDRESS, ADDRESS)
    press(WRONG)
    assert AuditEvent.objects.get(action=AuditEvent.Action.LOCKED_OUT).detail == "code"


def used() -> str:
    code = make_codes(patient=make_patient()).codes[0]
    redeem(code)
    return code


def expired() -> str:
    return make_codes(patient=make_patient(), valid_until=Clinic.load().today() - timedelta(days=1)).codes[0]


def revoked() -> str:
    sheet = make_codes(patient=make_patient())
    revoke(sheet.sheet.access)
    return sheet.codes[0]


def of_somebody_locked_out() -> str:
    sheet = make_codes(patient=make_patient())
    sheet.sheet.access.user.is_active = False
    sheet.sheet.access.user.save()
    return sheet.codes[0]


def work_for(code: str) -> list[str]:
    """The statements that a code costs, without what is in them."""
    with CaptureQueriesContext(
        connection,
    ) as heard:
        press(code)
    sent = (query["sql"] for query in heard.captured_queries if "SAVEPOINT" not in query["sql"])
    return [re.split(r" WHERE | VALUES | SET ", each)[0] for each in sent]


@pytest.mark.requirement("ASVS 6.3.8")
@pytest.mark.parametrize("how", [used, expired, revoked, of_somebody_locked_out], ids=lambda how: how.__name__)
def test_a_code_that_opens_nothing_costs_the_same_work_as_one_that_never_was(how: Any) -> None:
    code = how()
    # The counter of the address is there already, as it is for whoever guesses.
    press(WRONG)
    assert work_for(code) == work_for("ZZ9-BCDF-GHJK")


@pytest.mark.requirement("ASVS 6.3.8")
def test_a_used_code_and_one_that_never_was_get_the_same_page() -> None:
    code = used()
    told = [CSRF.sub("", press(each).content.decode().replace(each, "")) for each in (code, WRONG)]
    assert told[0] == told[1]


@pytest.mark.requirement("ASVS 6.5.1")
def test_a_code_that_was_used_opens_nothing_again() -> None:
    assert press(used()).status_code == 422
