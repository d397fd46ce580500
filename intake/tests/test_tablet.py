"""The desk's tablet: its code works once and for minutes; its visit ends by finishing, by staff or by time."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.codes import CodeRefused
from intake.models import Patient, TabletVisit
from intake.tablet import (
    CODE_LENGTH,
    CODE_LIVES,
    VISIT_LASTS,
    dismiss_card,
    end_visit,
    hold_card,
    open_visit,
    redeem_visit,
    running_visit,
)
from intake.tests.factories import make_access, make_patient, make_staff, sign_in_patient, sign_in_staff
from practice.models import AuditEvent, User

pytestmark = pytest.mark.django_db
FAILURE = "Each code works once; try the next or call"
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def patient() -> Patient:
    return make_patient()


@pytest.fixture
def staff() -> User:
    return make_staff()


def running(visit: TabletVisit, *, after: timedelta = timedelta(0)) -> TabletVisit | None:
    return running_visit(str(visit.pk), timezone.now() + after)


@pytest.mark.requirement("ASVS 6.5.4")
def test_the_code_is_short_enough_to_type(patient: Patient, staff: User) -> None:
    assert len(open_visit(patient, by=staff).code) == CODE_LENGTH


@pytest.mark.requirement("ASVS 6.5.2")
def test_the_code_is_not_kept(patient: Patient, staff: User) -> None:
    opened = open_visit(patient, by=staff)
    assert opened.code not in str(TabletVisit.objects.values_list())


def test_the_code_opens_the_visit(patient: Patient, staff: User) -> None:
    opened = open_visit(patient, by=staff)
    assert redeem_visit(opened.code) == opened.visit


def test_small_letters_and_dashes_do_not_matter(patient: Patient, staff: User) -> None:
    code = open_visit(patient, by=staff).code
    assert redeem_visit(f"{code[:3].lower()}-{code[3:]}")


@pytest.mark.requirement("ASVS 6.5.1")
def test_the_code_works_once(patient: Patient, staff: User) -> None:
    code = open_visit(patient, by=staff).code
    redeem_visit(code)
    with pytest.raises(CodeRefused):
        redeem_visit(code)


def test_the_code_works_until_its_last_minute(patient: Patient, staff: User) -> None:
    code = open_visit(patient, by=staff).code
    with time_machine.travel(timezone.now() + CODE_LIVES - A_MINUTE):
        assert redeem_visit(code)


@pytest.mark.requirement("ASVS 6.5.5")
def test_the_code_does_not_work_after_ten_minutes(patient: Patient, staff: User) -> None:
    code = open_visit(patient, by=staff).code
    with time_machine.travel(timezone.now() + CODE_LIVES), pytest.raises(CodeRefused):
        redeem_visit(code)


def test_a_new_code_replaces_the_one_before(patient: Patient, staff: User) -> None:
    first = open_visit(patient, by=staff).code
    open_visit(patient, by=staff)
    with pytest.raises(CodeRefused):
        redeem_visit(first)


def test_a_new_code_ends_the_visit_before(patient: Patient, staff: User) -> None:
    visit = redeem_visit(open_visit(patient, by=staff).code)
    open_visit(patient, by=staff)
    assert running(visit) is None


def test_a_person_who_may_not_sign_in_gets_no_visit(patient: Patient, staff: User) -> None:
    code = open_visit(patient, by=staff).code
    User.objects.filter(pk=make_access(patient=patient).user_id).update(is_active=False)
    with pytest.raises(CodeRefused):
        redeem_visit(code)


def test_a_visit_runs_for_half_an_hour_from_its_start(patient: Patient, staff: User) -> None:
    visit = redeem_visit(open_visit(patient, by=staff).code)
    assert running(visit, after=VISIT_LASTS - A_MINUTE) == visit


def test_a_visit_ends_by_time(patient: Patient, staff: User) -> None:
    visit = redeem_visit(open_visit(patient, by=staff).code)
    running(visit, after=VISIT_LASTS)
    assert TabletVisit.objects.get().ended_at is not None


def test_a_visit_that_ended_by_time_was_ended_by_nobody(patient: Patient, staff: User) -> None:
    visit = redeem_visit(open_visit(patient, by=staff).code)
    running(visit, after=VISIT_LASTS)
    assert TabletVisit.objects.get().ended_by is None


def test_a_card_holds_the_visit_past_its_time(patient: Patient, staff: User) -> None:
    visit = redeem_visit(open_visit(patient, by=staff).code)
    hold_card(visit)
    assert running(visit, after=VISIT_LASTS * 3) == visit


def test_a_dismissed_card_lets_time_end_the_visit(patient: Patient, staff: User) -> None:
    visit = redeem_visit(open_visit(patient, by=staff).code)
    hold_card(visit)
    dismiss_card(visit, by=staff)
    assert running(visit, after=VISIT_LASTS) is None


def test_ending_twice_is_noted_once(patient: Patient, staff: User) -> None:
    visit = redeem_visit(open_visit(patient, by=staff).code)
    for _ in range(2):
        end_visit(visit, by=staff)
    assert AuditEvent.objects.filter(action=AuditEvent.Action.SIGNED_OUT).count() == 1


def test_ending_takes_the_card_away(patient: Patient, staff: User) -> None:
    visit = redeem_visit(open_visit(patient, by=staff).code)
    hold_card(visit)
    end_visit(visit, by=staff)
    assert not TabletVisit.objects.get().holds_card


@pytest.mark.parametrize("action", [AuditEvent.Action.CODES_MADE, AuditEvent.Action.SIGNED_IN])
def test_the_opening_and_the_start_are_noted(patient: Patient, staff: User, action: str) -> None:
    redeem_visit(open_visit(patient, by=staff).code)
    assert AuditEvent.objects.get(action=action).detail == "tablet"


# --- the way in -----------------------------------------------------------------------------------------


def press(client: Client, code: str) -> str:
    answer = client.post(reverse("start"), {"code": code})
    return answer.headers.get("Location", "") or answer.content.decode()


def test_the_start_page_takes_the_tablets_code(client: Client, patient: Patient, staff: User) -> None:
    assert press(client, open_visit(patient, by=staff).code) == reverse("answer")


def test_a_wrong_code_of_six_gets_the_same_sentence(client: Client) -> None:
    assert FAILURE in press(client, "BCDFGH")


def test_the_tablets_session_ends_with_the_browser(client: Client, patient: Patient, staff: User) -> None:
    press(client, open_visit(patient, by=staff).code)
    assert client.session.get_expire_at_browser_close()


def test_the_tablets_session_holds_nothing_of_the_one_before(client: Client, patient: Patient, staff: User) -> None:
    sign_in_staff(client)
    session = client.session
    session["left"] = "behind"
    session.save()
    press(client, open_visit(patient, by=staff).code)
    assert "left" not in client.session


def test_the_session_before_is_gone(client: Client, patient: Patient, staff: User) -> None:
    sign_in_patient(client, make_patient())
    before = client.session.session_key
    press(client, open_visit(patient, by=staff).code)
    assert not client.session.exists(before)
