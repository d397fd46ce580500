"""Everything about one person: nothing that is kept is missing, and nothing of anybody else is in it."""

import json
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from clinic_site.tests.one_full_record import full_record
from intake.models import EmailWay, Patient
from intake.tests.factories import BACKEND, make_access, make_patient, make_staff
from plans.exporting import NEVER_SHOWN, export_of
from plans.tests.factories import make_issued
from plans.whole_record import INDEX, models_about_patients, whole_record
from practice import audit
from practice.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient() -> Patient:
    return full_record()


def test_every_table_about_patients_has_a_row_in_the_full_record(patient: Patient) -> None:
    """Without it the tests below would say nothing about a table that somebody adds."""
    assert set(models_about_patients()) - set(whole_record(patient).rows) == set()


@pytest.mark.requirement("HIPAA 164.312(c)(1)")
def test_every_row_is_in_the_export(patient: Patient) -> None:
    tables = export_of(patient).as_data()["tables"]
    there = {
        model._meta.label_lower: len(keys) for model, keys in whole_record(patient).rows.items() if model not in INDEX
    }
    assert {name: len(tables[name]) for name in there} == there


def test_the_events_are_in_the_export(patient: Patient) -> None:
    events = export_of(patient).as_data()["tables"]["practice.auditevent"]
    assert len(events) == AuditEvent.objects.filter(patient_id=patient.pk).count() > 0


def test_nothing_of_anybody_else_is_in_the_export(patient: Patient) -> None:
    other = make_patient(given_name="Otherwise", family_name="Unconcerned")
    make_issued(patient=other)
    assert "Unconcerned" not in str(export_of(patient).as_data())


def test_somebody_who_helps_two_people_keeps_their_own_rows(patient: Patient) -> None:
    helper = patient.access.exclude(relation="self").get().user
    make_access(
        patient=make_patient(), user=helper, relation="proxy", stands_as="other", until="2030-01-01", given_by=helper
    )
    assert helper.pk not in whole_record(patient).users


def test_the_e_mail_of_somebody_who_helps_is_not_in_the_export(patient: Patient) -> None:
    helper = patient.access.exclude(relation="self").get().user
    EmailWay.objects.create(user=helper, email="helper@example.org", digest="1" * 64)
    assert "helper@example.org" not in str(export_of(patient).as_data())


def test_from_where_others_looked_is_not_in_the_export(patient: Patient) -> None:
    own = patient.access.get(relation="self").user
    for actor, address in ((own, "192.0.2.1"), (make_staff(), "192.0.2.2"), (None, "192.0.2.3")):
        request = RequestFactory(REMOTE_ADDR=address).get("/")
        audit.record(audit.Action.OPENED, actor=actor, patient_id=patient.pk, request=request)
    events = tables_of(patient)["practice.auditevent"]
    assert {event["address"] for event in events} == {None, "192.0.2.1"}


def test_no_key_and_no_digest_is_in_the_export(patient: Patient) -> None:
    tables = export_of(patient).as_data()["tables"]
    assert {name for rows in tables.values() for row in rows for name in row} & NEVER_SHOWN == set()


def test_the_questions_are_in_words(patient: Patient) -> None:
    sent = [row for row in tables_of(patient)["intake.screening"] if "answers" in row]
    assert any("Where it hurts: " in answer for row in sent for answer in row["answers"])


def sign_in_carer(client: Client, patient: Patient) -> None:
    """The clinician who is named on the record's restriction."""
    client.force_login(patient.restrictions.get().carers.get().user, backend=BACKEND)


def tables_of(patient: Patient) -> dict[str, list[dict[str, Any]]]:
    tables: dict[str, list[dict[str, Any]]] = export_of(patient).as_data()["tables"]
    return tables


def test_the_page_shows_the_name_and_the_plan(client: Client, patient: Patient) -> None:
    sign_in_carer(client, patient)
    page = client.get(reverse("export", args=[patient.pk])).content.decode()
    assert (patient.family_name in page, "Plan items" in page) == (True, True)


def test_the_data_is_json_named_by_the_record_number(client: Client, patient: Patient) -> None:
    sign_in_carer(client, patient)
    answer = client.get(reverse("export_data", args=[patient.pk]))
    assert json.loads(answer.content)["record_number"] == patient.record_number
    assert f'"record-{patient.record_number}.json"' in answer["Content-Disposition"]


@pytest.mark.parametrize("name", ["export", "export_data"])
def test_each_export_leaves_its_event(client: Client, patient: Patient, name: str) -> None:
    sign_in_carer(client, patient)
    client.get(reverse(name, args=[patient.pk]))
    assert AuditEvent.objects.filter(action="exported", patient_id=patient.pk).count() == 1
