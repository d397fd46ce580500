"""Who can open a plan from outside: the desk's page of it, and the patient's own pages of devices and choices."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from intake.models import EmailWay, Patient, PatientAccess
from intake.tests.factories import (
    BACKEND,
    make_access,
    make_codes,
    make_patient,
    sign_in_patient,
    sign_in_staff,
    type_code,
)
from plans.tests.factories import make_issued
from practice.models import AuditEvent, Clinic, DeviceSession, User
from practice.tests.factories_sign_in import make_passkey

pytestmark = pytest.mark.django_db
ANDROID = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"


@pytest.fixture
def patient() -> Patient:
    return make_patient(given_name="Rosamund", family_name="Aster")


def phone_of(patient: Patient) -> Client:
    phone = Client(headers={"user-agent": ANDROID})
    type_code(phone, make_codes(patient=patient).codes[0])
    return phone


def make_proxy(patient: Patient, name: str = "Ana Ruiz", **fields: Any) -> PatientAccess:
    user = fields.pop("user", None) or User.objects.create_patient_user(display_name=name)
    return make_access(patient=patient, relation=PatientAccess.Relation.PROXY, user=user, **fields)


def page(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def typed(**said: str) -> dict[str, str]:
    until = Clinic.load().today() + timedelta(days=30)
    return {"name": "Ana Ruiz", "stands_as": "mother", "until": f"{until:%m/%d/%Y}", **said}


def device_of(user: User) -> DeviceSession:
    return DeviceSession.objects.get(user=user)


@pytest.mark.requirement("ASVS 7.5.2")
def test_a_patient_sees_where_they_are_signed_in(patient: Patient) -> None:
    phone = phone_of(patient)
    assert "Chrome on Android" in page(phone, "my_devices")


def test_this_device_is_told_from_the_others(patient: Patient) -> None:
    phone = phone_of(patient)
    sign_in_patient(Client(), patient)
    text = page(phone, "my_devices")
    assert (text.count("This device"), text.count("Another device")) == (1, 1)


@pytest.mark.requirement("ASVS 7.5.2", "ASVS 7.4.1")
def test_a_patient_signs_another_device_out(patient: Patient) -> None:
    lost, phone = Client(), phone_of(patient)
    user = sign_in_patient(lost, patient)
    device = DeviceSession.objects.of(user).get(browser="")
    phone.post(reverse("my_device_end", args=[device.public_id]))
    assert lost.get(reverse("me")).status_code == 302


@pytest.mark.requirement("ASVS 7.4.3")
def test_a_patient_signs_all_other_devices_out(patient: Patient) -> None:
    lost, phone = Client(), phone_of(patient)
    sign_in_patient(lost, patient)
    phone.post(reverse("my_devices_end_others"))
    assert [each.get(reverse("me")).status_code for each in (lost, phone)] == [302, 200]


def test_the_end_of_a_device_is_written_down(patient: Patient) -> None:
    phone = phone_of(patient)
    sign_in_patient(Client(), patient)
    phone.post(reverse("my_devices_end_others"))
    assert AuditEvent.objects.filter(action=AuditEvent.Action.SESSION_ENDED).count() == 1


def test_somebody_elses_device_is_not_found(patient: Patient) -> None:
    phone = phone_of(patient)
    theirs = device_of(sign_in_patient(Client(), make_patient()))
    assert phone.post(reverse("my_device_end", args=[theirs.public_id])).status_code == 404


@pytest.mark.requirement("ASVS 7.4.5")
def test_the_desk_signs_a_lost_phone_out(client: Client, patient: Patient) -> None:
    sign_in_staff(client)
    lost = phone_of(patient)
    device = DeviceSession.objects.get(browser="Chrome")
    client.post(reverse("access_device_end", args=[patient.pk, device.public_id]))
    assert lost.get(reverse("me")).status_code == 302


def test_the_desk_finds_no_device_of_another_patient_under_this_one(client: Client, patient: Patient) -> None:
    sign_in_staff(client)
    theirs = device_of(sign_in_patient(Client(), make_patient()))
    answer = client.post(reverse("access_device_end", args=[patient.pk, theirs.public_id]))
    assert answer.status_code == 404


def test_the_desk_sees_the_devices_of_proxies_with_their_names(client: Client, patient: Patient) -> None:
    sign_in_staff(client)
    Client().force_login(make_proxy(patient).user, backend=BACKEND)
    assert "· <bdi>Ana Ruiz</bdi>" in page(client, "access", patient.pk)


def test_the_desk_reads_by_which_signs_a_code_is_found(client: Client, patient: Patient) -> None:
    sign_in_staff(client)
    code = make_codes(patient=patient).codes[1]
    assert f"Code 2 ({code[:3]}…)" in page(client, "access", patient.pk)


def test_the_desk_gives_a_proxy_access(client: Client, patient: Patient) -> None:
    staff = sign_in_staff(client)
    client.post(reverse("proxy_new", args=[patient.pk]), typed())
    given = PatientAccess.objects.proxies().get()
    assert (given.patient, given.user.display_name, given.stands_as, given.given_by) == (
        patient,
        "Ana Ruiz",
        "mother",
        staff,
    )


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "…"}, "Write the name in letters."),
        ({"stands_as": ""}, "This field is required."),
        ({"until": ""}, "This field is required."),
        ({"until": "soon"}, "Write the date like"),
        ({"until": "01/01/2020"}, "This day is over. Choose a later one."),
        ({"until": "01/01/2090"}, "is the latest day, a year from today."),
    ],
)
def test_what_is_wrong_is_said(client: Client, patient: Patient, said: dict[str, str], sentence: str) -> None:
    sign_in_staff(client)
    assert sentence in client.post(reverse("proxy_new", args=[patient.pk]), typed(**said)).content.decode()


@pytest.mark.requirement("ASVS 15.3.3")
def test_a_proxy_is_given_for_the_patient_of_the_page_by_whoever_is_signed_in(client: Client, patient: Patient) -> None:
    staff, other = sign_in_staff(client), make_patient()
    smuggled = {"patient": str(other.pk), "given_by": str(make_access(patient=other).user_id), "relation": "self"}
    client.post(reverse("proxy_new", args=[patient.pk]), typed(**smuggled))
    given = PatientAccess.objects.exclude(patient=other).get()
    assert (given.patient, given.given_by, given.relation) == (patient, staff, PatientAccess.Relation.PROXY)


@pytest.mark.requirement("ASVS 8.2.3")
@pytest.mark.parametrize("name", ["me", "my_plans", "ways_in", "my_devices", "whose"])
def test_a_proxy_reads_the_plan_and_not_what_else_is_kept_of_the_patient(client: Client, name: str) -> None:
    kept = {"phone": "(312) 555-0188", "email": "aster@mail.example"}
    version = make_issued(patient=make_patient(birth_date=date(1943, 5, 17), **kept))
    client.force_login(make_proxy(version.plan.patient).user, backend=BACKEND)
    read = page(client, name)
    assert ("Sign out" in read, [each for each in (*kept.values(), "1943") if each in read]) == (True, [])


def test_what_was_typed_is_kept(client: Client, patient: Patient) -> None:
    sign_in_staff(client)
    answer = client.post(reverse("proxy_new", args=[patient.pk]), typed(until="soon"))
    assert 'value="Ana Ruiz"' in answer.content.decode()


def test_a_proxy_of_a_child_ends_before_the_child_is_of_age(client: Client) -> None:
    today = Clinic.load().today()
    child = make_patient(birth_date=today.replace(year=today.year - 18, day=1) + timedelta(days=60))
    sign_in_staff(client)
    assert "the day before the patient is 18" in page(client, "proxy_new", child.pk)


def test_a_proxy_of_that_name_is_asked_about_first(client: Client, patient: Patient) -> None:
    make_proxy(make_patient(given_name="Tomas", family_name="Ruiz"))
    sign_in_staff(client)
    answer = client.post(reverse("proxy_new", args=[patient.pk]), typed())
    assert "The one who helps Tomas Ruiz as mother" in answer.content.decode()


@pytest.mark.parametrize(("choice", "people"), [("same", 1), ("new", 2)])
def test_the_same_person_stays_one_person(client: Client, patient: Patient, choice: str, people: int) -> None:
    known = make_proxy(make_patient()).user
    sign_in_staff(client)
    chosen = str(known.pk) if choice == "same" else choice
    client.post(reverse("proxy_new", args=[patient.pk]), typed(same_as=chosen))
    assert User.objects.filter(display_name="Ana Ruiz").count() == people


def test_the_desk_makes_codes_for_a_proxy(client: Client, patient: Patient) -> None:
    sign_in_staff(client)
    proxy = make_proxy(patient)
    answer = client.post(reverse("proxy_codes", args=[patient.pk, proxy.pk]))
    assert answer.context["minted"].sheet.access == proxy


def test_codes_of_a_proxy_end_with_the_access(client: Client, patient: Patient) -> None:
    sign_in_staff(client)
    proxy = make_proxy(patient, until=Clinic.load().today() + timedelta(days=1))
    answer = client.post(reverse("proxy_codes", args=[patient.pk, proxy.pk]))
    assert answer.context["minted"].sheet.valid_until == proxy.until


def test_codes_of_a_proxy_are_printed_on_a_slip(client: Client, patient: Patient) -> None:
    sign_in_staff(client)
    proxy = make_proxy(patient)
    minted = client.post(reverse("proxy_codes", args=[patient.pk, proxy.pk])).context["minted"]
    slip = client.post(reverse("codes_print", args=[patient.pk]), {"code": list(minted.codes)})
    assert slip["Content-Type"] == "application/pdf"


def test_the_desk_takes_access_away(client: Client, patient: Patient) -> None:
    sign_in_staff(client)
    proxy = make_proxy(patient)
    client.post(reverse("proxy_end", args=[patient.pk, proxy.pk]))
    assert "taken away" in page(client, "access", patient.pk)


def test_who_lost_access_reads_that_and_no_plan(client: Client, patient: Patient) -> None:
    client.force_login(make_proxy(patient, until=Clinic.load().today() - timedelta(days=2)).user, backend=BACKEND)
    assert "You cannot open this plan any more" in page(client, "me")


def test_a_proxy_of_two_chooses_whose_plan_the_device_shows(client: Client, patient: Patient) -> None:
    first = make_proxy(make_patient(given_name="Tomas"))
    make_proxy(patient, user=first.user)
    client.force_login(first.user, backend=BACKEND)
    client.post(reverse("whose"), {"patient": str(patient.pk)})
    assert "You are looking at Rosamund’s plan as Ana Ruiz (mother)." in page(client, "me")


def test_a_device_that_shows_one_patient_finds_nothing_of_the_other(client: Client, patient: Patient) -> None:
    first = make_proxy(make_patient(given_name="Tomas"))
    make_proxy(patient, user=first.user)
    client.force_login(first.user, backend=BACKEND)
    client.post(reverse("whose"), {"patient": str(patient.pk)})
    seen = AuditEvent.objects.filter(action=AuditEvent.Action.OPENED, patient_id=first.patient_id)
    page(client, "me")
    assert not seen.exists()


@pytest.mark.requirement("ASVS 8.2.2")
def test_nobody_chooses_a_patient_of_somebody_else(client: Client, patient: Patient) -> None:
    client.force_login(make_proxy(patient).user, backend=BACKEND)
    answer = client.post(reverse("whose"), {"patient": str(make_patient().pk)})
    assert answer.status_code == 422


def test_the_patient_reads_no_line_about_helping(patient: Patient) -> None:
    assert "You are looking at" not in page(phone_of(patient), "me")


def test_the_desk_ends_codes_by_e_mail(client: Client, patient: Patient) -> None:
    sign_in_staff(client)
    way = EmailWay.objects.create(user=make_access(patient=patient).user, email="r@mail.example", digest="0")
    client.post(reverse("access_email_off", args=[patient.pk]), {"way": way.pk})
    assert not EmailWay.objects.exists()


def test_the_desk_removes_a_passkey_of_a_lost_phone(client: Client, patient: Patient) -> None:
    sign_in_staff(client)
    passkey = make_passkey(user=make_access(patient=patient).user)
    client.post(reverse("access_passkey_remove", args=[patient.pk]), {"passkey": passkey.pk})
    assert "opens nothing any more" in page(client, "access", patient.pk)


@pytest.mark.parametrize("typed_number", ["", "x", "٣", "9" * 40])
def test_what_is_no_number_is_not_found(client: Client, patient: Patient, typed_number: str) -> None:
    sign_in_staff(client)
    answer = client.post(reverse("access_passkey_remove", args=[patient.pk]), {"passkey": typed_number})
    assert answer.status_code == 404


def test_a_passkey_of_another_patient_is_not_found(client: Client, patient: Patient) -> None:
    sign_in_staff(client)
    theirs = make_passkey(user=make_access(patient=make_patient()).user)
    answer = client.post(reverse("access_passkey_remove", args=[patient.pk]), {"passkey": theirs.pk})
    assert answer.status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_as_many_queries_for_many_as_for_one(
    client: Client, patient: Patient, django_assert_max_num_queries: Any, count: int
) -> None:
    sign_in_staff(client)
    for _ in range(count):
        proxy = make_proxy(patient)
        Client().force_login(proxy.user, backend=BACKEND)
        make_passkey(user=proxy.user)
    page(client, "access", patient.pk)
    with django_assert_max_num_queries(16):
        page(client, "access", patient.pk)
