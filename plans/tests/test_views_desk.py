"""Today, the staff page of a patient, and the first and the last step of a plan."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from intake.models import Patient, Screening
from intake.tests.factories import (
    make_codes,
    make_patient,
    make_screening,
    make_staff,
    sign_in_patient,
    sign_in_staff,
)
from plans.models import Plan, PlanVersion, Printing
from plans.tests.factories import end, make_draft, make_issued, make_ready_draft
from practice.models import AuditEvent
from practice.roles import Role

pytestmark = pytest.mark.django_db
UNKNOWN_ID = "00000000-0000-4000-8000-000000000000"
# The test client's answer has no public type.
Response = Any
PAGES = ("today", "patient", "plan_start", "plan_end")


@pytest.fixture
def desk(client: Client) -> Client:
    sign_in_staff(client, Role.FRONT_DESK)
    return client


@pytest.fixture
def clinician(client: Client) -> Client:
    sign_in_staff(client, Role.CLINICIAN)
    return client


def address(name: str, plan: Plan) -> str:
    of = {"today": [], "plan_end": [plan.pk]}
    return reverse(name, args=of.get(name, [plan.patient_id]))


def ask(client: Client, name: str, url: str) -> Response:
    return client.get(url) if name in ("today", "patient") else client.post(url)


def page_of(client: Client, patient: Patient) -> str:
    return client.get(reverse("patient", args=[patient.pk])).content.decode()


def today(client: Client) -> str:
    return client.get(reverse("today")).content.decode()


def section(page: str, heading: str) -> str:
    """The part of Today under this heading's id."""
    return page.split(f'id="{heading}"')[1].split("</section>")[0]


# --- who may -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["today", "patient"])
@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.CLINICIAN])
def test_the_desk_opens_the_page(client: Client, role: Role, name: str) -> None:
    sign_in_staff(client, role)
    assert client.get(address(name, make_issued().plan)).status_code == 200


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", [Role.EDITOR, Role.OWNER])
def test_another_role_is_told_no(client: Client, role: Role, name: str) -> None:
    sign_in_staff(client, role)
    assert ask(client, name, address(name, make_issued().plan)).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_a_patient_finds_nothing(client: Client, name: str) -> None:
    plan = make_issued().plan
    sign_in_patient(client, plan.patient)
    assert ask(client, name, address(name, plan)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_is_asked_to_sign_in(client: Client, name: str) -> None:
    assert ask(client, name, address(name, make_issued().plan)).url.startswith(reverse("sign_in"))


@pytest.mark.parametrize("name", PAGES[1:])
def test_an_unknown_id_is_not_found(clinician: Client, name: str) -> None:
    assert ask(clinician, name, reverse(name, args=[UNKNOWN_ID])).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_another_method_is_refused(clinician: Client, name: str) -> None:
    assert clinician.put(address(name, make_issued().plan)).status_code == 405


@pytest.mark.parametrize("name", PAGES[2:])
def test_a_link_starts_and_ends_nothing(clinician: Client, name: str) -> None:
    assert clinician.get(address(name, make_issued().plan)).status_code == 405


def test_a_refusal_is_written_down(client: Client) -> None:
    sign_in_staff(client, Role.EDITOR)
    client.get(reverse("today"))
    assert AuditEvent.objects.get(action="refused").detail == "see_patients"


# --- today ---------------------------------------------------------------------------------------------


def test_who_was_registered_today_is_listed(desk: Client) -> None:
    make_patient()
    assert "Rivera, Sam" in section(today(desk), "registered")


def test_who_was_screened_today_is_listed(desk: Client) -> None:
    make_screening(patient=make_patient())
    assert "Rivera, Sam" in section(today(desk), "screened")


def test_a_screening_draft_is_listed_and_leads_on(desk: Client) -> None:
    patient = make_patient()
    Screening.objects.create(patient=patient, started_by=make_staff())
    assert reverse("screening", args=[patient.pk]) in section(today(desk), "drafts")


def test_a_plan_draft_is_listed_and_leads_on(desk: Client) -> None:
    draft = make_draft()
    assert reverse("plan_build", args=[draft.pk]) in section(today(desk), "drafts")


def test_a_plan_to_print_is_listed(desk: Client) -> None:
    version = make_issued()
    assert reverse("plan_version", args=[version.pk]) in section(today(desk), "to-print")


def test_a_printed_plan_is_listed_no_more(desk: Client) -> None:
    version = make_issued()
    Printing.objects.create(version=version, by=make_staff())
    assert "Everything is printed." in section(today(desk), "to-print")


def people(count: int) -> None:
    """`count` people in every list of Today."""
    for _ in range(count):
        make_issued(patient=make_patient())
        make_draft(patient=make_patient())
        Screening.objects.create(patient=make_patient(), started_by=make_staff())


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)


def test_today_takes_as_many_queries_for_three_as_for_one(desk: Client) -> None:
    people(1)
    today(desk)  # the very first request makes the clinic's row
    for_one = queries_of(desk, reverse("today"))
    people(2)
    assert queries_of(desk, reverse("today")) == for_one


# --- the patient's page --------------------------------------------------------------------------------


def test_opening_a_record_leaves_an_event(desk: Client) -> None:
    patient = make_patient()
    page_of(desk, patient)
    assert AuditEvent.objects.get(action="opened").patient_id == patient.pk


def test_before_the_screening_the_page_leads_to_it(desk: Client) -> None:
    assert "Next: the screening" in page_of(desk, make_patient())


def test_after_the_screening_the_verdicts_stand_there(desk: Client) -> None:
    patient = make_patient()
    make_screening(patient=patient)
    assert "less than two weeks old (10 days)" in page_of(desk, patient)


def test_a_draft_leads_on(desk: Client) -> None:
    version = make_ready_draft()
    assert reverse("plan_build", args=[version.pk]) in page_of(desk, version.plan.patient)


def test_the_plan_and_its_earlier_versions_are_listed(desk: Client) -> None:
    first = make_issued()
    second = make_issued(patient=first.plan.patient)
    page = page_of(desk, first.plan.patient)
    assert all(reverse("plan_version", args=[version.pk]) in page for version in (first, second))


def test_only_a_clinician_is_offered_to_end_the_plan(desk: Client) -> None:
    assert "End this plan" not in page_of(desk, make_issued().plan.patient)


def test_a_clinician_is_offered_to_end_the_plan(clinician: Client) -> None:
    assert "End this plan" in page_of(clinician, make_issued().plan.patient)


def a_history(count: int) -> Patient:
    """A patient with `count` screenings, issued versions and sheets of codes."""
    patient = make_patient()
    for _ in range(count):
        make_issued(patient=patient, items=[{}] * count)
        make_codes(patient=patient)
    return patient


def test_the_page_takes_as_many_queries_for_three_versions_as_for_one(desk: Client) -> None:
    one, three = a_history(1), a_history(3)
    page_of(desk, one)  # the very first request makes the clinic's row
    urls = [reverse("patient", args=[patient.pk]) for patient in (one, three)]
    assert queries_of(desk, urls[1]) == queries_of(desk, urls[0])


# --- starting and ending -------------------------------------------------------------------------------


def start(client: Client, patient: Patient) -> Response:
    return client.post(reverse("plan_start", args=[patient.pk]))


def test_a_plan_is_started_in_the_builder(desk: Client) -> None:
    patient = make_patient()
    make_screening(patient=patient)
    assert start(desk, patient).url == reverse("plan_build", args=[PlanVersion.objects.get().pk])


def test_a_double_click_starts_one_draft(desk: Client) -> None:
    patient = make_patient()
    make_screening(patient=patient)
    assert start(desk, patient).url == start(desk, patient).url


def test_without_a_screening_no_plan_is_started(desk: Client) -> None:
    start(desk, make_patient())
    assert not Plan.objects.exists()


def test_without_a_screening_the_start_leads_to_it(desk: Client) -> None:
    patient = make_patient()
    assert start(desk, patient).url == reverse("screening", args=[patient.pk])


def test_a_clinician_ends_a_plan(clinician: Client) -> None:
    clinician.post(address("plan_end", make_issued().plan))
    assert Plan.objects.get().status == Plan.Status.ENDED


def test_the_front_desk_ends_no_plan(desk: Client) -> None:
    assert desk.post(address("plan_end", make_issued().plan)).status_code == 403


def told_on_ending(client: Client, plan: Plan) -> str:
    answer: str = client.post(address("plan_end", plan), follow=True).content.decode()
    return answer


def test_ending_a_plan_says_that_it_is_ended(clinician: Client) -> None:
    assert "The plan is ended." in told_on_ending(clinician, make_issued().plan)


def test_ending_an_ended_plan_says_who_ended_it(clinician: Client) -> None:
    ended = end(make_issued())
    assert f"was ended by {ended.ended_by} on" in told_on_ending(clinician, ended)


def test_ending_a_plan_that_was_never_issued_says_so(clinician: Client) -> None:
    assert "This plan was never issued" in told_on_ending(clinician, make_draft().plan)


def test_a_plan_that_has_ended_ends_no_second_time(clinician: Client) -> None:
    ended = end(make_issued())
    clinician.post(address("plan_end", ended))
    assert Plan.objects.get().ended_at == ended.ended_at
