"""What a form was not made for cannot be set by sending it along."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.contrib import admin
from django.forms import ModelForm
from django.test import Client
from django.urls import reverse

from intake.models import Patient
from intake.tests.factories import make_patient, sign_in_patient, sign_in_staff
from practice.models import User
from practice.roles import Role

TYPED = {
    "given_name": "Sam",
    "family_name": "Okoro",
    "birth_date": "1951-03-04",
    "language": "en",
    "text_size": "normal",
}
ANOTHER = uuid4()
# Every column of a patient that no form offers, with something to smuggle in.
SMUGGLED = {"id": str(ANOTHER), "pk": str(ANOTHER), "record_number": "999999"}


def ours(form: type[ModelForm] = ModelForm) -> Iterator[type[ModelForm]]:
    for one in form.__subclasses__():
        if one.__module__.split(".")[0] in ("practice", "therapies", "intake", "plans", "clinic_site"):
            yield one
        yield from ours(one)


@pytest.mark.requirement("ASVS 15.3.3")
def test_each_form_of_a_model_names_its_fields() -> None:
    named = {form: form._meta.fields for form in ours() if form._meta.model}
    assert [form.__name__ for form, fields in named.items() if not isinstance(fields, list | tuple)] == []


@pytest.mark.requirement("ASVS 15.3.3")
def test_the_admin_lets_nobody_give_themselves_more() -> None:
    offered = admin.site.get_model_admin(User).fields or ()
    assert not {"is_superuser", "is_staff", "kind", "password", "user_permissions"} & set(offered)


@pytest.mark.django_db
@pytest.mark.requirement("ASVS 15.3.3")
@pytest.mark.parametrize("smuggled", ["id", "record_number"])
def test_registering_takes_what_its_form_asks_and_no_more(client: Client, smuggled: str) -> None:
    sign_in_staff(client, Role.FRONT_DESK)
    client.post(reverse("patient_new"), TYPED | SMUGGLED)
    assert SMUGGLED[smuggled][:10] not in str(getattr(Patient.objects.get(), smuggled))


@pytest.mark.django_db
@pytest.mark.requirement("ASVS 15.3.3")
def test_changing_details_moves_nobody_to_another_number(client: Client) -> None:
    patient = make_patient()
    sign_in_staff(client, Role.FRONT_DESK)
    client.post(reverse("patient_edit", args=[patient.pk]), TYPED | SMUGGLED)
    assert Patient.objects.values_list("pk", "record_number").get() == (patient.pk, patient.record_number)


@pytest.mark.django_db
@pytest.mark.requirement("ASVS 8.2.1")
def test_a_patient_cannot_change_their_own_details(client: Client) -> None:
    patient = make_patient()
    sign_in_patient(client, patient)
    client.post(reverse("patient_edit", args=[patient.pk]), TYPED)
    assert Patient.objects.get().family_name == patient.family_name
