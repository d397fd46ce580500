"""Ice and heat by date: what a day with neither says, and what the one that waits says while the other one is on."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.models import Patient
from intake.tests.factories import make_patient, make_screening, sign_in_patient, sign_in_staff
from plans.handout import build_sheet
from plans.models import PlanVersion
from plans.tests.factories import make_issued
from plans.tests.factories_phases import (
    let_patients_open,
    make_hold,
    make_opening,
    make_release,
    make_waiting,
    waiting_item,
)
from practice.models import Clinic
from therapies.models import SafetyNotice

pytestmark = pytest.mark.django_db

NOON = "2026-11-24T18:00:00Z"


@pytest.fixture
def patient(client: Client) -> Patient:
    someone = make_patient()
    sign_in_patient(client, someone)
    return someone


def sign_in_afresh(client: Client, patient: Patient) -> None:
    """A session of the day that the clock was moved to."""
    client.logout()
    sign_in_patient(client, patient)


def me(client: Client) -> str:
    return client.get(reverse("me")).content.decode()


# --- between ice and heat ------------------------------------------------------------------------------

NO_ICE_NO_HEAT = "Today: no ice and no heat."


def me_on(client: Client, patient: Patient, day: date) -> str:
    """Ice until Dec 3, day 13, and heat that waits for Dec 12, day 22: the page of `day`."""
    ice = {"kind": "ice", "title": "Ice pack", "until_date": date(2026, 12, 3)}
    with time_machine.travel(NOON, tick=False):
        make_issued(
            patient=patient,
            items=[ice, {"kind": "heat", "title": "Heat pack", "gated": True} | {"from_date": date(2026, 12, 12)}],
        )
    with time_machine.travel(datetime(day.year, day.month, day.day, 18, tzinfo=UTC), tick=False):
        sign_in_afresh(client, patient)
        return me(client)


def test_between_ice_and_heat_the_page_says_that_there_is_neither(client: Client, patient: Patient) -> None:
    assert NO_ICE_NO_HEAT in me_on(client, patient, date(2026, 12, 5))


def test_between_ice_and_heat_the_page_says_what_comes_next(client: Client, patient: Patient) -> None:
    assert "From Sat, Dec 12: heat. Call us first." in me_on(client, patient, date(2026, 12, 5))


def test_while_ice_is_on_the_page_does_not_say_that_there_is_none(client: Client, patient: Patient) -> None:
    assert NO_ICE_NO_HEAT not in me_on(client, patient, date(2026, 12, 3))


def test_after_the_last_phase_the_page_says_that_there_is_neither(client: Client, patient: Patient) -> None:
    assert NO_ICE_NO_HEAT in me_on(client, patient, date(2027, 1, 20))


@pytest.mark.parametrize("words", ["Heat: not open yet. Read why below.", "Call us first. We ask you a few questions"])
def test_heat_whose_day_has_come_is_never_left_out(client: Client, patient: Patient, words: str) -> None:
    assert words in me_on(client, patient, date(2026, 12, 12))


# --- ice and heat are kept apart -----------------------------------------------------------------------


def beside_ice(patient: Patient, *, days: int = 3) -> PlanVersion:
    """Heat whose day has come, and ice for `days` more."""
    ice = {"kind": "ice", "until_date": Clinic.load().today() + timedelta(days=days)}
    return make_issued(patient=patient, items=[ice, {"kind": "heat", "title": "Heat pack", "gated": True}])


@time_machine.travel(NOON, tick=False)
def test_heat_beside_ice_says_what_keeps_it_closed(client: Client, patient: Patient) -> None:
    sign_in_afresh(client, patient)
    beside_ice(patient)
    assert "You have ice in your plan until Fri, Nov 27. This stays closed while that is on." in me(client)


def test_nobody_is_asked_for_answers_that_cannot_open_it(client: Client, patient: Patient) -> None:
    let_patients_open()
    beside_ice(patient)
    assert "to open this" not in me(client)


def test_heat_beside_ice_is_not_laid_on_the_answers(client: Client, patient: Patient) -> None:
    beside_ice(patient)
    make_screening(patient=patient, onset_days=30)
    assert "Your answers do not open this" not in me(client)


def test_once_ice_is_over_answers_from_before_are_not_blamed(client: Client, patient: Patient) -> None:
    beside_ice(patient)
    make_screening(patient=patient, onset_days=30)
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        sign_in_afresh(client, patient)
        assert "Call us first. We ask you a few questions" in me(client)


def test_heat_that_is_blocked_for_safety_asks_for_no_answers(client: Client, patient: Patient) -> None:
    item = waiting_item(make_waiting(patient=patient))
    SafetyNotice.objects.create(version=item.instruction_version, text="It burned somebody.")
    assert "Call us first. We ask you a few questions" not in me(client)


def opened_beside_ice(patient: Patient) -> PlanVersion:
    """Heat that opened while ice was on hold, and ice that went on all the same."""
    version = beside_ice(patient)
    hold = make_hold(item=version.items.get(gated=False))
    make_opening(item=waiting_item(version))
    make_release(hold=hold)
    return version


def test_what_was_opened_counts_for_one_at_a_time(client: Client, patient: Patient) -> None:
    opened_beside_ice(patient)
    assert "one at a time, at least 2 hours apart" in me(client)


def dates_on_paper(version: PlanVersion) -> tuple[str, ...]:
    return build_sheet(version, clinic=Clinic.load(), codes=(), start_url="").dates


def test_what_was_opened_counts_for_one_at_a_time_on_paper(patient: Patient) -> None:
    assert "Ice or heat: one at a time, at least 2 hours apart." in dates_on_paper(opened_beside_ice(patient))


def test_what_waits_does_not_count_on_paper(patient: Patient) -> None:
    assert not any("one at a time" in line for line in dates_on_paper(beside_ice(patient)))


# --- at the desk ---------------------------------------------------------------------------------------


def at_the_desk(client: Client, version: PlanVersion) -> str:
    client.logout()
    sign_in_staff(client)
    return client.get(reverse("plan_version", args=[version.pk])).content.decode()


@time_machine.travel(NOON, tick=False)
def test_staff_see_what_keeps_heat_closed(client: Client, patient: Patient) -> None:
    assert "No answers open it while ice is in the plan, until Fri, Nov 27" in at_the_desk(client, beside_ice(patient))


def test_staff_see_nothing_in_the_way_of_heat_without_ice(client: Client, patient: Patient) -> None:
    assert "No answers open it" not in at_the_desk(client, make_waiting(patient=patient))


def test_an_earlier_version_says_nothing_of_what_keeps_heat_closed(client: Client, patient: Patient) -> None:
    earlier = beside_ice(patient)
    make_issued(patient=patient)
    assert "No answers open it" not in at_the_desk(client, earlier)
