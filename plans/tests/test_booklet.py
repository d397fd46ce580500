"""The plans of several patients in one file: each on a leaf of its own, each noted, or none at all."""

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from intake.models import Patient
from intake.tests.factories import make_patient, sign_in_staff
from plans.models import Printing
from plans.tests.factories import make_draft, make_issued
from practice.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    sign_in_staff(client)
    return client


def planned(name: str, title: str = "Knee to chest", **fields: Any) -> Patient:
    patient = make_patient(family_name=name, **fields)
    make_issued(patient=patient, items=[{"title": title}])
    return patient


def printed(desk: Client, *patients: Patient) -> Any:
    return desk.post(reverse("booklet"), {"patient": [str(patient.pk) for patient in patients]})


def pages(answer: Any) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(answer.content)).pages]


def test_each_patients_sheet_begins_on_the_front_of_a_page(desk: Client) -> None:
    found = pages(printed(desk, planned("Adams"), planned("Brown", text_size="large"), planned("Clark")))
    starts = {name: next(at for at, page in enumerate(found) if name in page) for name in ("Adams", "Brown", "Clark")}
    assert list(starts) == sorted(starts, key=starts.__getitem__)
    assert [name for name, at in starts.items() if at % 2] == []


def test_a_page_names_one_record_and_counts_that_patients_pages(desk: Client) -> None:
    patients = [planned("Adams", "Bridge"), planned("Brown", "Pelvic tilt")]
    found = [page for page in pages(printed(desk, *patients)) if page]
    records = [[str(patient.record_number) in page for patient in patients] for page in found]
    assert all(sum(of_page) == 1 for of_page in records)
    assert [page for page in found if "Bridge" in page and "Pelvic tilt" in page] == []
    assert sum("Page 1 of" in page for page in found) == 2


def test_a_blank_back_says_nothing(desk: Client) -> None:
    answer = printed(desk, planned("Adams", text_size="large"), planned("Brown"))
    assert [page for page in pages(answer) if len(page) < 40] in ([], [""])


def test_each_patient_is_noted(desk: Client) -> None:
    patients = [planned("Adams"), planned("Brown")]
    printed(desk, *patients)
    events = AuditEvent.objects.filter(action=AuditEvent.Action.PRINTED)
    assert {event.patient_id for event in events} == {patient.pk for patient in patients}
    assert (events.count(), Printing.objects.count()) == (2, 2)


def without_plan() -> Patient:
    return make_patient(family_name="Davis")


def with_a_draft() -> Patient:
    patient = make_patient(family_name="Davis")
    make_draft(patient=patient)
    return patient


def stopped() -> Patient:
    patient = planned("Davis")
    plan = patient.plans.get()
    plan.stopped_by, plan.stopped_level = plan.current.screening, "none"
    plan.save()
    return patient


@pytest.mark.parametrize("of", [without_plan, with_a_draft, stopped])
def test_who_has_no_plan_to_print_is_named_and_nothing_is_printed(desk: Client, of: Any) -> None:
    answer = printed(desk, planned("Adams"), of())
    said = answer.content.decode()
    assert (answer.status_code, "Davis" in said, Printing.objects.count()) == (409, True, 0)
    assert "checked" in said


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ([], "Choose at least one patient."),
        (["no id"], "Choose at least one patient."),
        (["7d444840-9dc0-11d1-b245-5ffdce74fad2"], "was not found"),
        ([f"7d444840-9dc0-11d1-b245-5ffdce74{number:04x}" for number in range(51)], "At most 50 patients"),
    ],
)
def test_a_choice_that_cannot_be_printed_is_refused_with_a_sentence(desk: Client, chosen: list[str], said: str) -> None:
    answer = desk.post(reverse("booklet"), {"patient": chosen})
    assert (answer.status_code, said in answer.content.decode()) == (409, True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_three_plans_as_for_one(
    desk: Client, django_assert_max_num_queries: Any, count: int
) -> None:
    for number in range(count):
        planned(f"Adams {number}")
    with django_assert_max_num_queries(12):
        desk.get(reverse("booklet"))
