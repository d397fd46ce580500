"""Which language a page is in: what was chosen on the device, else the patient's own, else the browser's."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from intake.models import Patient
from intake.tablet import open_visit
from intake.tests.factories import make_patient, make_staff, sign_in_patient, sign_in_staff
from plans.tests.factories import make_issued

pytestmark = pytest.mark.django_db

COOKIE = settings.LANGUAGE_COOKIE_NAME
SPANISH_BROWSER = {"accept-language": "es-MX,es;q=0.9,en;q=0.8"}


@pytest.fixture
def patient(client: Client) -> Patient:
    someone = make_patient(language="es")
    sign_in_patient(client, someone)
    make_issued(patient=someone)
    return someone


def choose(client: Client, code: str, **headers: str) -> HttpResponse:
    return client.post(reverse("language"), {"language": code}, headers=headers)


def language_of(answer: HttpResponse) -> str:
    page = answer.content.decode()
    return page.split('<html lang="')[1].split('"')[0]


def test_a_public_page_is_in_the_browser_s_language(client: Client) -> None:
    assert language_of(client.get(reverse("home"), headers=SPANISH_BROWSER)) == "es"


def test_a_browser_with_another_language_gets_english(client: Client) -> None:
    assert language_of(client.get(reverse("home"), headers={"accept-language": "fr"})) == "en"


def test_a_choice_comes_before_the_browser_s_language(client: Client) -> None:
    choose(client, "en")
    assert language_of(client.get(reverse("home"), headers=SPANISH_BROWSER)) == "en"


def test_the_switch_leads_back_to_the_page_that_it_stands_on(client: Client) -> None:
    here = f"http://testserver{reverse('start')}"
    assert choose(client, "es", referer=here).headers["Location"] == here


def test_the_switch_leads_to_no_other_site(client: Client) -> None:
    assert choose(client, "es", referer="https://elsewhere.example/").headers["Location"] == "/"


def test_an_unsupported_language_is_named_and_refused(client: Client) -> None:
    answer = choose(client, "fr")
    assert (answer.status_code, answer.content.decode()[:5], COOKIE in answer.cookies) == (400, "“fr” ", False)


def test_a_made_up_cookie_changes_nothing(client: Client) -> None:
    client.cookies[COOKIE] = "../../xx"
    assert language_of(client.get(reverse("home"))) == "en"


def test_a_patient_s_page_is_in_their_own_language(client: Client, patient: Patient) -> None:
    assert language_of(client.get(reverse("me"))) == "es"


def test_what_stands_on_it_is_too(client: Client, patient: Patient) -> None:
    assert "Llame al 911 o vaya a la sala de emergencias ahora." in client.get(reverse("me")).content.decode()


def test_pages_that_know_no_patient_stay_in_it(client: Client, patient: Patient) -> None:
    client.get(reverse("me"))
    assert language_of(client.get("/nothing-here/")) == "es"


def test_a_patient_s_choice_comes_before_the_record(client: Client, patient: Patient) -> None:
    choose(client, "en")
    assert language_of(client.get(reverse("me"))) == "en"


def test_a_choice_does_not_change_the_record(client: Client, patient: Patient) -> None:
    choose(client, "en")
    patient.refresh_from_db()
    assert patient.language == "es"


def test_a_record_that_changes_speaks_at_once(client: Client, patient: Patient) -> None:
    client.get(reverse("me"))
    Patient.objects.filter(pk=patient.pk).update(language="en")
    assert language_of(client.get(reverse("me"))) == "en"


@pytest.mark.parametrize("name", ["answer_wrong", "my_plans"])
def test_every_page_of_a_patient_speaks_it(client: Client, patient: Patient, name: str) -> None:
    assert language_of(client.get(reverse(name))) == "es"


@pytest.mark.parametrize("name", ["today", "home"])
def test_staff_read_english_whatever_the_browser_asks_for(client: Client, name: str) -> None:
    sign_in_staff(client)
    client.cookies[COOKIE] = "es"
    assert language_of(client.get(reverse(name), headers=SPANISH_BROWSER)) == "en"


def test_the_screening_of_a_spanish_patient_is_english_at_the_desk(client: Client) -> None:
    sign_in_staff(client)
    someone = make_patient(language="es")
    page = client.get(reverse("screening", args=[someone.pk]), headers=SPANISH_BROWSER).content.decode()
    assert "Have you passed out since this pain began?" in page


@pytest.mark.parametrize("name", ["sign_in", "today"])
def test_a_page_for_staff_has_no_switch(client: Client, name: str) -> None:
    if name == "today":
        sign_in_staff(client)
    assert reverse("language") not in client.get(reverse(name)).content.decode()


def test_the_switch_names_the_other_language_in_its_own_words(client: Client) -> None:
    assert (
        '<button type="submit" name="language" value="es" lang="es">Español</button>'
        in client.get("/").content.decode()
    )


def on_the_tablet(client: Client, patient: Patient) -> None:
    opened = open_visit(patient, by=make_staff(username="opens"))
    client.post(reverse("start"), {"code": opened.code})


def test_the_tablet_speaks_the_patient_s_language(client: Client) -> None:
    on_the_tablet(client, make_patient(language="es"))
    assert language_of(client.get(reverse("answer"), follow=True)) == "es"


def test_the_tablet_forgets_what_the_person_before_chose(client: Client) -> None:
    choose(client, "en")
    on_the_tablet(client, make_patient(language="es"))
    assert language_of(client.get(reverse("answer"), follow=True)) == "es"


def test_the_tablet_s_last_page_is_in_the_patient_s_language_once(client: Client) -> None:
    on_the_tablet(client, make_patient(language="es"))
    last = client.post(reverse("tablet_finish"), follow=True)
    assert (language_of(last), language_of(client.get(reverse("tablet_done")))) == ("es", "en")
