"""What the desk does while a patient answers: nothing is dropped as if it were kept, nothing is sent unread."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from intake.models import Patient, RedFlag, Screening
from intake.tests.factories import make_clinician, make_patient, make_screening, make_staff, sign_in_patient
from plans.receiving import discard_draft, keep_draft
from plans.tests.answering_pages import PAGE, answer_everything, press_send
from practice.models import Clinic

pytestmark = pytest.mark.django_db

# The other hand's answers of the page "now" that matter here.
LEG_CLOT = {"dvt_current": "yes", "cannot_report": "yes"}


@pytest.fixture
def patient(client: Client) -> Patient:
    someone = make_patient()
    sign_in_patient(client, someone)
    return someone


@pytest.fixture
def page_now(client: Client, patient: Patient) -> dict[str, object]:
    """What the page "now" of an asked-again draft sends, which the desk has deleted meanwhile."""
    make_screening(patient=patient)
    first = {"page": PAGE, "revision": 0, "again": "1", "health_changed": "no", "pain_changed": "no"}
    client.post(reverse("answer_page", args=["again"]), first)
    shown = client.get(reverse("answer_page", args=["now"])).content.decode()
    draft = Screening.objects.drafts().get()
    discard_draft(patient, by=make_clinician(), reason="Typed for somebody else.")
    again = {"again": "1"} if 'name="again" value="1"' in shown else {}
    return {**again, "draft": str(draft.pk), "page": PAGE, "revision": draft.revision, **LEG_CLOT}


def begin_anew(patient: Patient) -> None:
    draft = Screening(patient=patient, started_by=make_staff())
    keep_draft(draft, {"fever": "no"}, by=make_staff(), today=Clinic.load().today())


def press_next(client: Client, fields: dict[str, object]) -> HttpResponse:
    return client.post(reverse("answer_page", args=["now"]), fields)


def test_a_page_of_a_deleted_draft_keeps_its_answers(client: Client, page_now: dict[str, object]) -> None:
    press_next(client, page_now)
    assert Screening.objects.drafts().get().typed["dvt_current"] == "yes"


def test_a_deleted_draft_is_begun_anew_as_it_was(client: Client, page_now: dict[str, object]) -> None:
    press_next(client, page_now)
    assert Screening.objects.drafts().get().based_on_id


def test_a_page_of_a_deleted_draft_that_keeps_by_itself_keeps(client: Client, page_now: dict[str, object]) -> None:
    client.post(reverse("answer_keep", args=["now"]), page_now)
    assert RedFlag.objects.exists()


def test_a_page_that_is_no_more_is_told_it_is_not_kept(
    client: Client, patient: Patient, page_now: dict[str, object]
) -> None:
    begin_anew(patient)
    assert client.post(reverse("answer_keep", args=["now"]), page_now).status_code == 409


def test_next_on_a_page_that_is_no_more_keeps_its_answers(
    client: Client, patient: Patient, page_now: dict[str, object]
) -> None:
    begin_anew(patient)
    press_next(client, page_now)
    assert Screening.objects.drafts().get().typed["dvt_current"] == "yes"


def test_next_on_a_page_that_is_no_more_takes_nothing_else_away(
    client: Client, patient: Patient, page_now: dict[str, object]
) -> None:
    begin_anew(patient)
    press_next(client, page_now)
    assert Screening.objects.drafts().get().typed["fever"] == "no"


def by_desk(patient: Patient) -> None:
    draft = Screening.objects.drafts().get(patient=patient)
    keep_draft(draft, {**draft.typed, "poor_circulation": "yes"}, by=make_staff(), today=Clinic.load().today())


def test_answers_that_came_after_the_check_page_are_not_sent_unread(client: Client, patient: Patient) -> None:
    answer_everything(client)
    read = Screening.objects.drafts().get()
    by_desk(patient)
    press_send(client, read)
    assert not Screening.objects.sent().exists()


def test_answers_that_came_after_the_check_page_are_told(client: Client, patient: Patient) -> None:
    answer_everything(client)
    read = Screening.objects.drafts().get()
    by_desk(patient)
    assert "These answers changed meanwhile." in press_send(client, read).content.decode()
