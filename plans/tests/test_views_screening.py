"""The screening's page: it keeps what is typed, sends it once, and loses nothing to an error."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from intake.models import Patient, Screening
from intake.tests.factories import (
    make_patient,
    make_screening,
    make_staff,
    sign_in_patient,
    sign_in_staff,
    typed_answers,
)
from plans.receiving import keep_draft, open_draft
from practice.models import AuditEvent, Clinic
from practice.roles import Role

pytestmark = pytest.mark.django_db
UNKNOWN_ID = "00000000-0000-4000-8000-000000000000"
# The test client's answer has no public type.
Response = Any
PAGES = ("screening", "screening_keep")


@pytest.fixture
def patient() -> Patient:
    return make_patient()


@pytest.fixture
def desk(client: Client) -> Client:
    sign_in_staff(client, Role.FRONT_DESK)
    return client


def send(client: Client, patient: Patient, name: str = "screening", **said: Any) -> Response:
    """POST the whole page; a `draft` is the one of a page that was drawn before anything was kept."""
    data = {"draft": str(uuid4()), **typed_answers(), **said}
    return client.post(reverse(name, args=[patient.pk]), data)


def page(client: Client, patient: Patient) -> str:
    return client.get(reverse("screening", args=[patient.pk])).content.decode()


def text_of(response: Response) -> str:
    page: str = response.content.decode()
    return page


# --- who may -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.CLINICIAN])
def test_the_desk_opens_the_screening(client: Client, patient: Patient, role: Role) -> None:
    sign_in_staff(client, role)
    assert "Where does it hurt?" in page(client, patient)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", [Role.EDITOR, Role.OWNER])
def test_another_role_is_told_no(client: Client, patient: Patient, role: Role, name: str) -> None:
    sign_in_staff(client, role)
    assert send(client, patient, name).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_a_patient_finds_nothing(client: Client, patient: Patient, name: str) -> None:
    sign_in_patient(client, patient)
    assert send(client, patient, name).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_is_asked_to_sign_in(client: Client, patient: Patient, name: str) -> None:
    assert send(client, patient, name).url.startswith(reverse("sign_in"))


@pytest.mark.parametrize("name", PAGES)
def test_an_unknown_patient_is_not_found(desk: Client, name: str) -> None:
    assert desk.post(reverse(name, args=[UNKNOWN_ID])).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_another_method_is_refused(desk: Client, patient: Patient, name: str) -> None:
    assert desk.put(reverse(name, args=[patient.pk])).status_code == 405


def test_keeping_by_a_link_is_refused(desk: Client, patient: Patient) -> None:
    assert desk.get(reverse("screening_keep", args=[patient.pk])).status_code == 405


def test_opening_the_screening_leaves_an_event(desk: Client, patient: Patient) -> None:
    page(desk, patient)
    assert AuditEvent.objects.get(action="opened", detail="screening").patient_id == patient.pk


# --- sending -------------------------------------------------------------------------------------------


def test_answers_are_sent(desk: Client, patient: Patient) -> None:
    send(desk, patient, fever="yes")
    assert Screening.objects.sent().get().findings["fever"] is True


def test_sending_leads_to_the_patient(desk: Client, patient: Patient) -> None:
    assert send(desk, patient).url == reverse("patient", args=[patient.pk])


def test_a_double_click_sends_once(desk: Client, patient: Patient) -> None:
    draft = str(uuid4())
    send(desk, patient, draft=draft)
    send(desk, patient, draft=draft)
    assert Screening.objects.count() == 1


def test_a_double_click_is_told(desk: Client, patient: Patient) -> None:
    draft = str(uuid4())
    send(desk, patient, draft=draft, page=draft)
    told = desk.post(reverse("screening", args=[patient.pk]), typed_answers(draft=draft, page=draft), follow=True)
    assert "These answers were sent already" in text_of(told)


def test_the_draft_of_another_patient_takes_no_answers(desk: Client, patient: Patient) -> None:
    theirs = open_draft(make_patient(), by=make_staff())
    keep_draft(theirs, {"fever": "no"}, by=make_staff(), today=Clinic.load().today())
    send(desk, patient, draft=str(theirs.pk), fever="yes")
    theirs.refresh_from_db()
    assert (theirs.typed, Screening.objects.count()) == ({"fever": "no"}, 1)


@pytest.mark.parametrize("draft", ["", "draft", "a" * 10_000, "\x00"])
def test_a_crafted_draft_is_told(desk: Client, patient: Patient, draft: str) -> None:
    assert send(desk, patient, draft=draft).status_code == 409


def test_an_open_question_is_shown_with_a_sentence(desk: Client, patient: Patient) -> None:
    answer = send(desk, patient, fever="")
    assert "Please answer. “Not sure” is an answer." in text_of(answer)


def test_bad_input_has_its_own_status(desk: Client, patient: Patient) -> None:
    assert send(desk, patient, onset_ago="soon").status_code == 422


def test_bad_input_sends_nothing(desk: Client, patient: Patient) -> None:
    send(desk, patient, onset_ago="soon")
    assert not Screening.objects.sent().exists()


def test_bad_input_stays_in_its_field(desk: Client, patient: Patient) -> None:
    assert 'value="2/30/2026"' in text_of(send(desk, patient, onset_ago="", onset_date="2/30/2026"))


def test_bad_input_is_kept_in_the_draft(desk: Client, patient: Patient) -> None:
    send(desk, patient, onset_ago="", onset_date="2/30/2026")
    assert Screening.objects.drafts().get().typed["onset_date"] == "2/30/2026"


def test_ten_thousand_characters_are_refused_and_kept(desk: Client, patient: Patient) -> None:
    send(desk, patient, brought_on_by="a" * 10_000)
    assert len(Screening.objects.drafts().get().typed["brought_on_by"]) == 10_000


def test_a_null_character_is_refused_without_harm(desk: Client, patient: Patient) -> None:
    assert "Null characters are not allowed" in text_of(send(desk, patient, brought_on_by="lift\x00ing"))


def test_a_null_character_is_left_out_of_the_draft(desk: Client, patient: Patient) -> None:
    send(desk, patient, brought_on_by="lift\x00ing")
    assert Screening.objects.drafts().get().typed["brought_on_by"] == "lifting"


def test_what_is_no_answer_of_the_page_is_not_kept(desk: Client, patient: Patient) -> None:
    send(desk, patient, "screening_keep", nonsense="x")
    assert "nonsense" not in Screening.objects.get().typed


# --- drafts --------------------------------------------------------------------------------------------


def test_going_on_later_keeps_the_draft(desk: Client, patient: Patient) -> None:
    send(desk, patient, then="later", fever="yes")
    assert Screening.objects.drafts().get().typed["fever"] == "yes"


def test_going_on_later_leads_to_the_patient(desk: Client, patient: Patient) -> None:
    assert send(desk, patient, then="later").url == reverse("patient", args=[patient.pk])


def test_a_kept_draft_survives_a_closed_browser(desk: Client, patient: Patient) -> None:
    send(desk, patient, "screening_keep", brought_on_by="lifting a box", onset_ago="12")
    later = Client()
    sign_in_staff(later, Role.CLINICIAN)
    shown = page(later, patient)
    assert 'value="lifting a box"' in shown
    assert 'value="12"' in shown


def test_a_kept_answer_is_ticked_again(desk: Client, patient: Patient) -> None:
    send(desk, patient, "screening_keep", fever="unknown")
    [box] = [tag for tag in page(desk, patient).split("<input")[1:] if 'name="fever"' in tag and "checked" in tag]
    assert 'value="unknown"' in box


def test_keeping_answers_with_nothing(desk: Client, patient: Patient) -> None:
    assert send(desk, patient, "screening_keep").status_code == 204


def test_keeping_in_a_sent_screening_is_told(desk: Client, patient: Patient) -> None:
    sent = make_screening(patient=patient)
    assert send(desk, patient, "screening_keep", draft=str(sent.pk)).status_code == 409


def test_somebody_elses_draft_meanwhile_is_told(desk: Client, patient: Patient) -> None:
    keep_draft(open_draft(patient, by=make_staff()), {"fever": "no"}, by=make_staff(), today=Clinic.load().today())
    assert "Somebody else typed in this screening meanwhile" in text_of(send(desk, patient))


def test_somebody_elses_draft_meanwhile_loses_no_typing(desk: Client, patient: Patient) -> None:
    keep_draft(open_draft(patient, by=make_staff()), {"fever": "no"}, by=make_staff(), today=Clinic.load().today())
    assert 'value="lifting"' in text_of(send(desk, patient, brought_on_by="lifting"))


def test_pressing_again_uses_the_answers_of_the_page(desk: Client, patient: Patient) -> None:
    theirs = open_draft(patient, by=make_staff())
    keep_draft(theirs, {"fever": "no"}, by=make_staff(), today=Clinic.load().today())
    send(desk, patient, fever="yes")
    send(desk, patient, fever="yes", draft=str(theirs.pk), revision=theirs.revision)
    assert Screening.objects.sent().get().findings["fever"] is True
