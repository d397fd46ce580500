"""Done today: one row for an item and a day, taken back on that day; only what is due, only one's own."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from intake.models import Patient
from intake.tests.factories import make_patient, sign_in_patient
from plans.models import DoneToday, PlanItem, PlanVersion
from plans.tests.factories import end, make_draft, make_issued, make_item
from practice.models import Clinic

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient(client: Client) -> Patient:
    """A patient who is signed in on `client`."""
    someone = make_patient()
    sign_in_patient(client, someone)
    return someone


def first_item(version: PlanVersion) -> PlanItem:
    item = version.items.first()
    assert item
    return item


def press(client: Client, item: PlanItem, **data: str) -> Any:
    return client.post(reverse("me_done", args=[item.pk]), data)


def today_page(client: Client) -> str:
    return client.get(reverse("me")).content.decode()


def done_yesterday(patient: Patient) -> tuple[PlanVersion, date]:
    today = Clinic.load().today()
    version = make_issued(patient=patient, items=[{"from_date": today - timedelta(days=3)}])
    yesterday = today - timedelta(days=1)
    DoneToday.objects.create(item=first_item(version), day=yesterday, by=version.changed_by)
    return version, yesterday


def test_done_today_is_one_row(client: Client, patient: Patient) -> None:
    item = first_item(make_issued(patient=patient))
    press(client, item)
    assert DoneToday.objects.get().day == Clinic.load().today()


def test_done_twice_is_still_one_row(client: Client, patient: Patient) -> None:
    item = first_item(make_issued(patient=patient))
    press(client, item)
    press(client, item)
    assert DoneToday.objects.count() == 1


def test_done_leads_back_to_the_item(client: Client, patient: Patient) -> None:
    item = first_item(make_issued(patient=patient))
    answer = press(client, item)
    assert (answer.status_code, answer.url) == (303, f"/me/#item-{item.pk}")


def test_a_done_item_offers_to_take_it_back(client: Client, patient: Patient) -> None:
    press(client, first_item(make_issued(patient=patient)))
    assert 'name="undo"' in today_page(client)


def test_undo_removes_the_row(client: Client, patient: Patient) -> None:
    item = first_item(make_issued(patient=patient))
    press(client, item)
    press(client, item, undo="1")
    assert not DoneToday.objects.exists()


def test_undo_of_what_was_not_done_changes_nothing(client: Client, patient: Patient) -> None:
    assert press(client, first_item(make_issued(patient=patient)), undo="1").status_code == 303


def test_undo_leaves_yesterday_alone(client: Client, patient: Patient) -> None:
    version, yesterday = done_yesterday(patient)
    press(client, first_item(version), undo="1")
    assert DoneToday.objects.get().day == yesterday


def test_what_was_done_yesterday_is_not_done_today(client: Client, patient: Patient) -> None:
    done_yesterday(patient)
    assert 'name="undo"' not in today_page(client)


def test_an_item_of_an_earlier_version_cannot_be_ticked(client: Client, patient: Patient) -> None:
    earlier = make_issued(patient=patient)
    make_issued(patient=patient)
    assert press(client, first_item(earlier)).status_code == 404


def test_an_item_of_an_ended_plan_cannot_be_ticked(client: Client, patient: Patient) -> None:
    version = make_issued(patient=patient)
    end(version)
    assert press(client, first_item(version)).status_code == 404


def test_an_item_of_a_draft_cannot_be_ticked(client: Client, patient: Patient) -> None:
    item = make_item(version=make_draft(plan=make_issued(patient=patient).plan))
    assert press(client, item).status_code == 404


def test_an_item_of_later_cannot_be_ticked_yet(client: Client, patient: Patient) -> None:
    tomorrow = Clinic.load().today() + timedelta(days=1)
    item = first_item(make_issued(patient=patient, items=[{"from_date": tomorrow}]))
    assert press(client, item).status_code == 404


def test_an_item_whose_days_are_over_cannot_be_ticked_any_more(client: Client, patient: Patient) -> None:
    yesterday = Clinic.load().today() - timedelta(days=1)
    item = first_item(make_issued(patient=patient, items=[{"from_date": yesterday, "until_date": yesterday}]))
    assert press(client, item).status_code == 404


def test_somebody_else_s_item_cannot_be_ticked(client: Client, patient: Patient) -> None:
    assert press(client, first_item(make_issued(patient=make_patient()))).status_code == 404


def test_an_unknown_item_is_not_found(client: Client, patient: Patient) -> None:
    assert client.post(reverse("me_done", args=[uuid4()])).status_code == 404


def test_looking_at_the_address_ticks_nothing(client: Client, patient: Patient) -> None:
    item = first_item(make_issued(patient=patient))
    assert client.get(reverse("me_done", args=[item.pk])).status_code == 405


def test_done_works_by_a_plain_form_without_scripts(patient: Patient) -> None:
    browser = Client(enforce_csrf_checks=True)
    sign_in_patient(browser, patient)
    make_issued(patient=patient)
    form = re.search(r'<form class="done-toggle".*?</form>', today_page(browser), re.DOTALL)
    assert form
    address, token = re.findall(r'(?:action|value)="([^"]+)"', form[0])
    browser.post(address, {"csrfmiddlewaretoken": token})
    assert DoneToday.objects.count() == 1
